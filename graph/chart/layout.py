"""Where everything stands: theme panels, nodes, lines, labels, in pixels of a 1400 × 900 screen.

In: a Drawing and a language. Out: a Layout. Each theme is laid out by dot and set as a panel of the page;
lines between panels are then led around what stands there (routes). Without Graphviz a plainer layered
layout fills the panels. Nothing here depends on fonts, time or hash seeds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .drawing import Drawing, Line, Node
from .graphviz import Graphviz, Placed, Point, Size
from .nearness import best_of
from .panels import Margins, Tiling, tile
from .parts import Part, Setter, parts
from .routes import Router
from .text import clean, width

PAGE: Size = (1392.0, 780.0)  # what a 1400 × 900 screen leaves the picture
TITLE_SIZE = 16.0
_GAP = 22.0  # between panels: the lanes of the lines that join them
_PART_GAP = 12.0
_PAD = 9.0
_TITLE = 27.0


@dataclass(frozen=True)
class Spot:
    """A node: its centre, its size, its label's lines."""

    node: Node
    x: float
    y: float
    w: float
    h: float
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """A line: a spline (start, then triples) or a route (corners), and its label."""

    line: Line
    points: tuple[Point, ...]
    curved: bool
    rows: tuple[str, ...]
    label: Point
    label_size: Size


@dataclass(frozen=True)
class Frame:
    """A theme's panel."""

    theme: str
    title: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Layout:
    """The picture in one language, ready to be written as SVG."""

    drawing: Drawing
    lang: str
    w: float
    h: float
    spots: tuple[Spot, ...] = ()
    paths: tuple[Path, ...] = ()
    frames: tuple[Frame, ...] = ()
    scale: float = 1.0  # how far it must shrink to fit the page; labels are at least 11 px where this is 1


@dataclass
class _Group:
    """A theme on its way to a panel."""

    theme: str
    title: str
    nodes: list[Node]
    lines: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def margins(self) -> Margins:
        """What the panel adds around the parts: room for a title, if there is one."""
        least = width(self.title, TITLE_SIZE) + 24 if self.title else 0.0
        return Margins(_PAD, _TITLE if self.title else _PAD, _PAD, least)


def layout(drawing: Drawing, lang: str = "", dot: Graphviz | None = None, page: Size = PAGE) -> Layout:
    """Lay the drawing out in `lang` (left out: the drawing's own), in the proportions of `page`, in pixels.

    `dot` may serve several layouts.
    """
    lang = lang or drawing.lang
    groups, outer = _themes(drawing, lang)
    if not groups:
        return Layout(drawing, lang, *page)
    with dot or Graphviz() as dot:
        setter = Setter(drawing, lang, dot)
        (w, h), tilings = _tiled(groups, setter, page)
        rects, places = best_of(tilings, [group.parts for group in groups], setter, outer)
        spots, paths = _inner(groups, rects, places, setter)
    frames = [
        Frame(group.theme, group.title, *(round(v, 1) for v in (at.x, at.y, at.w, at.h)))
        for group, at in ((group, rects[i, -1]) for i, group in enumerate(groups))
        if group.theme
    ]
    paths += _outer(w, h, outer, setter, spots, paths, frames)
    order = {line.id: i for i, line in enumerate(drawing.lines)}
    return Layout(
        drawing=drawing,
        lang=lang,
        w=round(w, 1),
        h=round(h, 1),
        spots=tuple(spots),
        paths=tuple(sorted(paths, key=lambda path: order[path.line.id])),
        frames=tuple(frames),
        scale=round(min(1.0, page[0] / w, page[1] / h), 3),
    )


def room_needed(drawing: Drawing, lang: str, dot: Graphviz, page: Size = PAGE) -> float:
    """How many times as wide as `page` the drawing comes out: up to 1, its labels are at least 11 px there."""
    groups, _ = _themes(drawing, lang)
    if not groups:
        return 0.0
    (w, h), _ = _tiled(groups, Setter(drawing, lang, dot), page)
    return max(w / page[0], h / page[1])


def _themes(drawing: Drawing, lang: str) -> tuple[list[_Group], list[Line]]:
    """The themes with their parts, and the lines between themes."""
    groups = _groups(drawing, lang)
    group_of = {node.id: i for i, group in enumerate(groups) for node in group.nodes}
    outer: list[Line] = []
    for line in drawing.lines:
        one, other = group_of[line.source], group_of[line.target]
        (groups[one].lines if one == other else outer).append(line)
    for group in groups:
        group.parts = parts(group.nodes, group.lines)
    return groups, outer


def _tiled(groups: list[_Group], setter: Setter, page: Size) -> tuple[Size, list[Tiling]]:
    sizes = [[setter.offer(part) for part in group.parts] for group in groups]
    return tile(sizes, [group.margins() for group in groups], page, (_GAP, _PART_GAP))


def _groups(drawing: Drawing, lang: str) -> list[_Group]:
    nodes = {node.id: node for node in drawing.nodes}
    boxed = {id for box in drawing.boxes for id in box.nodes}
    groups = [_Group(box.id, clean(box.name.best(lang)), [nodes[id] for id in box.nodes]) for box in drawing.boxes]
    if loose := [node for node in drawing.nodes if node.id not in boxed]:
        groups.append(_Group("", "", loose))
    return groups


def _inner(
    groups: list[_Group], rects: Tiling, places: dict[tuple[int, int], Placed], setter: Setter
) -> tuple[list[Spot], list[Path]]:
    """Nodes and lines of each theme, in its panel."""
    measure = setter.measure
    spots: list[Spot] = []
    paths: list[Path] = []
    for (i, j), placed in sorted(places.items()):
        part = groups[i].parts[j]
        limit = part.offers[rects[i, j].choice].limit
        for node in part.nodes:
            x, y = placed.nodes[setter.keys[node.id]]
            spots.append(Spot(node, x, y, *measure.size(node, limit), measure.rows(node, limit)))
        for line in part.lines:
            rows, size = measure.label(line)
            paths.append(Path(line, placed.curves[line.id], True, rows, placed.labels[line.id], size))
    return spots, paths


def _outer(
    w: float, h: float, outer: list[Line], setter: Setter, spots: list[Spot], inner: list[Path], frames: list[Frame]
) -> list[Path]:
    """Lines between themes, shortest first, each led around what stands there."""
    router = Router(w, h)
    for frame in frames:
        router.frame(frame.x, frame.y, frame.w, frame.h, width(frame.title, TITLE_SIZE) * 1.06 + 20)
    for spot in spots:
        router.block(spot.node.id, spot.x, spot.y, spot.w, spot.h)
    for path in inner:
        router.curve(path.points)
        router.label(path.label, path.label_size)
    ends = {spot.node.id: spot for spot in spots}
    shortest_first = sorted(outer, key=lambda line: (_reach(ends[line.source], ends[line.target]), line.id))
    ways = [(line, router.route(line.source, line.target)) for line in shortest_first]
    found = []
    for line, way in ways:  # labels last: they know all lines, and no line goes out of its way for one
        rows, size = setter.measure.label(line)
        found.append(Path(line, router.ways[way], False, rows, router.place(way, size), size))
    return found


def _reach(one: Spot, other: Spot) -> float:
    return abs(one.x - other.x) + abs(one.y - other.y)
