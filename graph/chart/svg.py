"""The picture as a file of its own: SVG with title, caption, legend and the standing notice.

In: a Layout, what else the caption tells, the paper if there is one. Out: SVG text that needs no style sheet, font or
script from elsewhere. Colours are those of the page's light palette, written out, as drawing programs know no CSS
variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise

from ..errors import sentence
from ..paths import TEMPLATES
from .drawing import STYLES, UNSURE
from .kinds import KINDS
from .layout import Layout
from .layout import layout as lay_out
from .picture import groups, number
from .text import breaks, clean, width
from .words import word

_ROW, _SIZE = 19.0, 12.0
_TITLE, _TITLE_ON_PAPER = 18.0, 24.0
_LEAST = 640.0  # the width that title and legend have, however small the picture
_ABOVE, _BELOW = 8.0, 14.0  # between the picture and what stands over and under it
_ALIGNED = 0.1  # of the room: where less is left beside the picture, text begins where the picture does
_LOOSE = 1.06  # fonts differ from our widths: text that must not run over is taken to be so much wider


@dataclass(frozen=True)
class Paper:
    """A sheet to set the picture on: its size and margin in pixels of the picture, and its true size in words."""

    w: float
    h: float
    margin: float
    width: str
    height: str
    title: float = _TITLE_ON_PAPER

    @property
    def room(self) -> tuple[float, float]:
        """What the margins leave."""
        return self.w - 2 * self.margin, self.h - 2 * self.margin


def svg(layout: Layout, lang: str = "", told: Sequence[str] = (), paper: Paper | None = None) -> str:
    """The picture with title, what is `told` under it, notice and legend; on paper, in the middle of it.

    In another language than the layout's, it is laid out anew.
    """
    if lang and lang != layout.lang:
        layout = lay_out(layout.drawing, lang)
    lang = layout.lang
    on_paper = paper is not None
    paper = paper or _bare(layout, told)
    room, top = paper.room[0], paper.margin
    over, under = surroundings(layout, told, room, paper.title)
    free = max(0.0, paper.room[1] - over - under - layout.h)
    title = escape(clean(layout.drawing.title.best(lang)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" lang="{lang}" '
        f'viewBox="0 0 {number(paper.w)} {number(paper.h)}" '
        f'width="{paper.width}" height="{paper.height}" role="group" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>{_style()}</style>",
        f'<rect class="ground" width="{number(paper.w)}" height="{number(paper.h)}"/>',
    ]
    y = top
    across = (room - layout.w) / 2
    left = paper.margin + (across if across < _ALIGNED * room else 0)
    for look, size, leading, row in _head(layout, told, room, paper.title):
        y += leading
        parts.append(
            f'<text class="{look}" x="{number(left)}" y="{number(y - 0.25 * size)}" font-size="{number(size)}">'
            f"{escape(row)}</text>"
        )
    across += paper.margin
    parts += [
        f'<g transform="translate({number(across)} {number(top + over + free / 2)})">',
        *groups(layout, plates=on_paper),
        "</g>",
    ]
    y = top + over + free + layout.h + _BELOW
    for line in _foot(layout, room):
        y += _ROW
        parts.append(f'<g class="keys" transform="translate({number(left)} {number(y - 0.3 * _ROW)})">')
        parts += [f'<g transform="translate({number(x)} 0)">{key}</g>' for x, key in line]
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def surroundings(
    layout: Layout, told: Sequence[str], room: float, title: float = _TITLE_ON_PAPER
) -> tuple[float, float]:
    """How high what stands over and under the picture is, in pixels, where lines may be `room` wide."""
    over = sum(leading for _, _, leading, _ in _head(layout, told, room, title)) + _ABOVE
    return over, _BELOW + _ROW * len(_foot(layout, room))


def _bare(layout: Layout, told: Sequence[str]) -> Paper:
    """As much as picture, title and legend need."""
    room = max(layout.w, _LEAST)
    w, h = room + 16, sum(surroundings(layout, told, room, _TITLE)) + layout.h + 16
    return Paper(w, h, 8, number(w), number(h), _TITLE)


def _head(layout: Layout, told: Sequence[str], room: float, large: float) -> list[tuple[str, float, float, str]]:
    """The lines over the picture: class, size, height, text."""
    room = _line(layout, room)
    title = _wrapped(clean(layout.drawing.title.best(layout.lang)), large, room)
    rows = [("title", large, 1.35 * large, row) for row in title]
    for look, text in [*(("told", one) for one in told if one), ("notice", word("notice", layout.lang))]:
        rows += [(look, _SIZE, 1.4 * _SIZE, row) for row in _wrapped(clean(text), _SIZE, room)]
    return rows


def _foot(layout: Layout, room: float) -> list[list[tuple[float, str]]]:
    """The legend in lines: each key with where it begins."""
    room = _line(layout, room)
    found: list[list[tuple[float, str]]] = []
    for keys in (_stances(layout), _kinds(layout)):
        x = room
        for key, wide in keys:
            if x and x + wide - 16 > room:
                found.append([])
                x = 0.0
            found[-1].append((x, key))
            x += wide
    return found


def _line(layout: Layout, room: float) -> float:
    """How long a line of text may be."""
    return layout.w if 0 < room - layout.w < 2 * _ALIGNED * room else room


def _wrapped(text: str, size: float, room: float) -> Iterable[str]:
    """The text in as many lines as it takes; what has no place to break is broken anywhere."""
    room /= _LOOSE
    rows = [""]
    for part in (text[a:b] for a, b in pairwise((0, *breaks(text), len(text)))):
        if rows[-1] and width(rows[-1] + part.rstrip(), size) > room:
            rows.append("")
        for char in part:
            if rows[-1] and width(rows[-1] + char.strip(), size) > room:
                rows.append("")
            rows[-1] += char
    return [row.strip() for row in rows if row.strip()]


def _stances(layout: Layout) -> list[tuple[str, float]]:
    """A sample line for each stance of the picture, with the room that it takes."""
    lang, lines = layout.lang, layout.drawing.lines
    labels = {line.stance: line.tag.best(lang) for line in lines}
    row = [_text(word("stances", lang), 0)]
    for stance, style in STYLES.items():
        if stance in labels:
            row.append(_line_key(f"s-{style}", labels[stance], False))
    if any(line.negated for line in lines):
        row.append(_line_key("s-stated", word("negated", lang), True))
    if any(line.disputed for line in lines):
        row.append(_text(f"{word('disputed', lang)}？", 0))
    if any(line.unsure for line in lines):
        row.append(_text(sentence("chart-unsure", lang, mark=UNSURE), 0))
    return [*row, _text(word("marks", lang), 0)]


def _kinds(layout: Layout) -> list[tuple[str, float]]:
    """A box in the colour of each kind of the picture, with the room that it takes."""
    found = {node.kind for node in layout.drawing.nodes}
    row = [_text(word("kinds", layout.lang), 0)]
    for kind in KINDS:
        if kind in found:
            text, room = _text(word(f"kind-{kind}", layout.lang), 16)
            row.append(
                (f'<g class="node k-{kind}"><rect x="0" y="-10" width="11" height="11" rx="3"/></g>{text}', room)
            )
    return [*row, _text(word("marks-box", layout.lang), 0)]


def _line_key(look: str, label: str, struck: bool) -> tuple[str, float]:
    text, room = _text(label, 34)
    cross = '<path class="cross" d="M7,-8L15,0M7,0L15,-8"/>' if struck else ""
    head = '<path class="head" d="M30,-4L22,-7.5L22,-0.5Z"/>'
    return f'<g class="line {look}"><path class="stroke" d="M0,-4H22"/>{head}{cross}</g>{text}', room


def _text(label: str, x: float) -> tuple[str, float]:
    text = f'<text class="key" x="{number(x)}" y="0" font-size="{number(_SIZE)}">{escape(clean(label))}</text>'
    return text, x + _LOOSE * width(clean(label), _SIZE) + 16


@cache
def _style() -> str:
    """The rules of the page that dress the picture, each colour written out."""
    sheet = (TEMPLATES / "chart.css").read_text(encoding="utf-8")
    palette = dict(re.findall(r"--([\w-]+): (#\w+)", sheet[: sheet.index("@media")]))
    own = sheet[sheet.index(".chart {") : sheet.index("@media (max-width")]
    rules = [(name.strip(), body) for name, body in re.findall(r"([^{}]+) \{ ([^}]*) \}", own)]
    rules = [
        (name, body)
        for name, body in rules
        if not re.search(r":hover|:focus|\.on|picked|\.hit", name) and "--" not in body.split("var")[0]
    ]
    rules += [(".ground", "fill: var(--paper)"), (".chart .title", "text-anchor: start; font-weight: 700")]
    rules += [(".chart .key, .chart .notice, .chart .told", "text-anchor: start")]
    rules += [(".chart .notice", "fill: var(--soft)"), (".chart .told", "font-weight: 500")]
    rules += [(".line.plated text", "stroke: none"), (".plate", "fill: var(--frame)")]
    rules += [(".plate.bare", "fill: var(--paper)")]
    for name in KINDS:
        rules += [(f".k-{name} rect", f"stroke: var(--{name})"), (f".k-{name} text", f"fill: var(--{name})")]
    for name in ("proposed", "doubtful", "intended"):
        rules.append((f".s-{name} .stroke, .s-{name} .head", f"stroke: var(--{name})"))
        rules.append((f".s-{name} .head", f"fill: var(--{'paper' if name == 'proposed' else name})"))
    text = "".join(f"{selector}{{{body}}}" for selector, body in rules)
    text = text.replace("var(--c, var(--stroke))", "var(--stroke)").replace("var(--kind)", "var(--other)")
    return escape(re.sub(r"var\(--([\w-]+)\)", lambda found: palette[found[1]], text), quote=False)
