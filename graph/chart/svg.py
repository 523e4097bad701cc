"""The picture as a file of its own: SVG with title, legend and the standing notice.

In: a Layout. Out: SVG text that needs no style sheet, font or script from elsewhere. Colours are those
of the page's light palette, written out, as drawing programs know no CSS variables.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from itertools import accumulate

from ..paths import TEMPLATES
from .drawing import STYLES
from .kinds import KINDS
from .layout import Layout
from .layout import layout as lay_out
from .picture import groups, number
from .text import clean, width
from .words import word

_HEAD, _ROW, _SIZE = 46.0, 19.0, 12.0


def svg(layout: Layout, lang: str = "") -> str:
    """The picture with title, legend and notice; in another language than the layout's, it is laid out anew."""
    if lang and lang != layout.lang:
        layout = lay_out(layout.drawing, lang)
    lang, w = layout.lang, layout.w + 16
    keys = [_stances(layout), _kinds(layout)]
    h = _HEAD + layout.h + 10 + _ROW * len(keys) + 10
    title = escape(clean(layout.drawing.title.best(lang)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" lang="{lang}" viewBox="0 0 {number(w)} {number(h)}" '
        f'width="{number(w)}" height="{number(h)}" role="group" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>{_style()}</style>",
        f'<rect class="ground" width="{number(w)}" height="{number(h)}"/>',
        f'<text class="title" x="12" y="22" font-size="18">{title}</text>',
        f'<text class="notice" x="12" y="38" font-size="{number(_SIZE)}">{escape(word("notice", lang))}</text>',
        f'<g transform="translate(8 {number(_HEAD)})">',
        *groups(layout),
        "</g>",
    ]
    for n, row in enumerate(keys):
        parts.append(f'<g class="keys" transform="translate(12 {number(_HEAD + layout.h + 20 + n * _ROW)})">')
        starts = accumulate((room for _, room in row), initial=0.0)
        parts += [
            f'<g transform="translate({number(x)} 0)">{key}</g>' for x, (key, _) in zip(starts, row, strict=False)
        ]
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


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
    return text, x + width(clean(label), _SIZE) + 16


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
    rules += [(".chart .key, .chart .notice", "text-anchor: start"), (".notice", "fill: var(--soft)")]
    for name in KINDS:
        rules += [(f".k-{name} rect", f"stroke: var(--{name})"), (f".k-{name} text", f"fill: var(--{name})")]
    for name in ("proposed", "doubtful", "intended"):
        rules.append((f".s-{name} .stroke, .s-{name} .head", f"stroke: var(--{name})"))
        rules.append((f".s-{name} .head", f"fill: var(--{'paper' if name == 'proposed' else name})"))
    text = "".join(f"{selector}{{{body}}}" for selector, body in rules)
    text = text.replace("var(--c, var(--stroke))", "var(--stroke)").replace("var(--kind)", "var(--other)")
    return escape(re.sub(r"var\(--([\w-]+)\)", lambda found: palette[found[1]], text), quote=False)
