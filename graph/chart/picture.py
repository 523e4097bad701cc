"""The picture as SVG: our own writer, so that the bytes are ours and everything is escaped.

In: a Layout. Out: SVG text that a style sheet dresses. Nodes and lines are groups with ids, names for a
screen reader and a place in the tab order; stance is told by stroke and words, never by colour alone.
"""

from __future__ import annotations

from html import escape

from .layout import TITLE_SIZE, Frame, Layout, Path, Spot
from .parts import LABEL_SIZE, NAME_SIZE, badge_width
from .text import clean, width
from .words import word


def picture(layout: Layout) -> str:
    """The layout as an SVG element for a page."""
    w, h = number(layout.w), number(layout.h)
    title = escape(clean(layout.drawing.title.best(layout.lang)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" lang="{layout.lang}" viewBox="0 0 {w} {h}" '
        f'width="{w}" height="{h}" role="group" aria-label="{title}">',
        *groups(layout),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def groups(layout: Layout, plates: bool = False) -> list[str]:
    """Panels, lines and nodes, in the order in which they lie on each other.

    With `plates` labels lie over all lines, on plates of their ground's colour, for programs that would set the
    outline of a label letter by letter, each over the one before.
    """
    return [
        '<g class="frames">',
        *(_frame(frame) for frame in layout.frames),
        '</g><g class="lines">',
        *(_line(path, layout, plates) for path in layout.paths),
        *(_on_plates(path, layout) for path in layout.paths if plates),
        '</g><g class="nodes">',
        *(_node(spot, layout) for spot in layout.spots),
        "</g>",
    ]


def number(value: float) -> str:
    """A coordinate, short: one decimal at most, none where it is zero."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else "0" if text == "-0" else text


def _frame(frame: Frame) -> str:
    x, y = number(frame.x), number(frame.y)
    return (
        f'<g class="frame" data-theme="{escape(frame.theme)}">'
        f'<rect x="{x}" y="{y}" width="{number(frame.w)}" height="{number(frame.h)}" rx="4"/>'
        f'<text x="{number(frame.x + 10)}" y="{number(frame.y + 20)}" font-size="{number(TITLE_SIZE)}">'
        f"{escape(frame.title)}</text></g>"
    )


def _node(spot: Spot, layout: Layout) -> str:
    node, lang = spot.node, layout.lang
    x, y = spot.x - spot.w / 2, spot.y - spot.h / 2
    name = clean(node.name.best(lang))
    said = f"{name}, {node.cls.best(lang)}" + (f", {node.tag.best(lang)}" if node.tag else "")
    badge = ""
    text_x = spot.x
    if node.folded:
        said += ", " + word("folded", lang, count=len(node.folded))
        text_x -= badge_width(node) / 2
        badge = f'<text class="more" x="{number(x + spot.w - 6)}" y="{number(spot.y + 4)}">+{len(node.folded)}</text>'
    tagged = len(spot.rows) - 1 if node.tag else -1
    return (
        f'<g class="node k-{node.kind}{" unreal" if node.existence else ""}" tabindex="0" role="button" '
        f'data-node="{escape(node.id)}" aria-label="{escape(said)}">'
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(spot.w)}" height="{number(spot.h)}" rx="6"/>'
        f"{_rows(spot.rows, text_x, spot.y, NAME_SIZE, 1.24, tagged)}{badge}</g>"
    )


def _rows(rows: tuple[str, ...], x: float, y: float, size: float, leading: float, tagged: int = -1) -> str:
    first = y - (len(rows) - 1) * size * leading / 2 + size * 0.36
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{first + i * size * leading:.0f}"'
        + (' class="tag">' if i == tagged else ">")
        + f"{escape(row)}</tspan>"
        for i, row in enumerate(rows)
    )
    return f"<text>{spans}</text>"  # sized by the style sheet


def _line(path: Path, layout: Layout, plates: bool) -> str:
    line, lang = path.line, layout.lang
    names = {spot.node.id: spot.node.name for spot in layout.spots}
    about = {"subject": clean(names[line.source].best(lang)), "object": clean(names[line.target].best(lang))}
    said = word("line", lang, label=layout.drawing.words_on(line, lang), stance=line.tag.best(lang), **about)
    classes = ["line", f"s-{line.style}"]
    signs = {"outer": not path.curved, "not": line.negated, "dim": line.candidate, "w2": line.origins == 2}
    signs["w3"] = line.origins > 2
    classes += [name for name, on in signs.items() if on]
    d = _curve(path.points) if path.curved else _rounded(path.points)
    return (
        f'<g class="{" ".join(classes)}" tabindex="0" role="button" data-line="{line.id}" aria-label="{escape(said)}">'
        f'<path class="stroke" d="{d}"/>{_head(path)}'
        f"{_cross(path) if line.negated else ''}"
        f"{'' if plates else _rows(path.rows, *path.label, LABEL_SIZE, 1.18)}</g>"
    )


def _on_plates(path: Path, layout: Layout) -> str:
    """A line's label on a plate for each of its rows, to lie over all lines."""
    (x, y), high = path.label, LABEL_SIZE * 1.18
    inside = any(f.x <= x <= f.x + f.w and f.y <= y <= f.y + f.h for f in layout.frames)
    top = y - len(path.rows) * high / 2
    plates = "".join(
        f'<rect class="plate{"" if inside else " bare"}" x="{number(x - wide / 2)}" y="{number(top + n * high)}" '
        f'width="{number(wide)}" height="{number(high)}"/>'
        for n, row in enumerate(path.rows)
        for wide in [width(row, LABEL_SIZE) + 2]
    )
    look = "line plated dim" if path.line.candidate else "line plated"
    return f'<g class="{look}">{plates}{_rows(path.rows, x, y, LABEL_SIZE, 1.18)}</g>'


def _curve(points: tuple[tuple[float, float], ...]) -> str:
    start, *rest = points
    last = len(rest) - len(rest) % 3  # dot's spline ends where the arrow's head begins; the tip comes after
    tip = "".join(f"L{_at(point)}" for point in rest[last:])
    return f"M{_at(start)}C" + " ".join(_at(point) for point in rest[:last]) + tip


def _rounded(points: tuple[tuple[float, float], ...], radius: float = 9.0) -> str:
    """A way of straight strokes with round corners."""
    parts = [f"M{_at(points[0])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _towards(here, before, radius), _towards(here, after, radius)
        parts.append(f"L{_at(into)}Q{_at(here)} {_at(out)}")
    return "".join(parts) + f"L{_at(points[-1])}"


def _towards(here: tuple[float, float], there: tuple[float, float], step: float) -> tuple[float, float]:
    length = abs(there[0] - here[0]) + abs(there[1] - here[1])
    share = min(step, length / 2) / length if length else 0
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.0f},{point[1]:.0f}"  # half a pixel is not seen, and every chart would carry it


def _direction(path: Path) -> tuple[float, float]:
    """The unit vector in which a line arrives."""
    (x, y), end = path.points[-2], path.points[-1]
    for point in reversed(path.points[:-1]):  # dot repeats the end at times
        x, y = point
        if abs(end[0] - x) + abs(end[1] - y) > 0.5:
            break
    dx, dy = end[0] - x, end[1] - y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return dx / length, dy / length


def _head(path: Path) -> str:
    """The arrow's head; hollow for what is proposed or demanded, by its class."""
    (x, y), (dx, dy) = path.points[-1], _direction(path)
    left, right = (x - 9 * dx + 4 * dy, y - 9 * dy - 4 * dx), (x - 9 * dx - 4 * dy, y - 9 * dy + 4 * dx)
    return f'<path class="head" d="M{_at((x, y))}L{_at(left)}L{_at(right)}Z"/>'


def _cross(path: Path) -> str:
    """The mark of a negated line, a little before its head."""
    (x, y), (dx, dy) = path.points[-1], _direction(path)
    x, y = x - 18 * dx, y - 18 * dy
    return (
        f'<path class="cross" d="M{_at((x - 4, y - 4))}L{_at((x + 4, y + 4))}'
        f'M{_at((x - 4, y + 4))}L{_at((x + 4, y - 4))}"/>'
    )
