"""Where everything stands that the first picture has no room for: around it, near what it is tied to.

In: the first picture's spots and frames, a drawing of the whole project. Out: a place for each further node, on rings
of cells around the picture, no two in one cell. Who is tied to the picture stands on the inner rings; on each ring
the nodes follow the direction of their neighbours and of their theme. Takes about as long as writing the nodes down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from math import atan2, cos, hypot, pi, sin, sqrt

from .drawing import Drawing
from .graphviz import Point
from .layout import Layout

CELL = (196.0, 46.0)  # what one node takes up, its label on one line
_MARGIN = 70.0  # between the picture and what stands around it
_FLAT = 0.62  # height of the whole by its width
_THEME = 0.6  # how much a theme pulls, where a neighbour pulls with 1
_SWEEPS = 2  # times that each ring is put in order again, now that both sides of it are known
_GOLDEN = pi * (3 - sqrt(5))


def spread(layout: Layout, drawing: Drawing, scale: float) -> dict[str, Point]:
    """Places for the nodes of `drawing` that `layout` does not hold, in its pixels times `scale`."""
    placed = {spot.node.id: (spot.x * scale, spot.y * scale) for spot in layout.spots}
    waiting = [node.id for node in drawing.nodes if node.id not in placed]
    if not waiting:
        return {}
    w, h = (layout.w * scale, layout.h * scale) if placed else (0.0, 0.0)
    middle = (w / 2, h / 2)
    near = _neighbours(drawing)
    pull = _pulls(layout, drawing, middle, scale)
    toward = {id: _unit(at, middle) for id, at in placed.items()}  # the direction of each node from the middle
    order = _from_inside(waiting, set(placed), near, pull)
    rings: list[tuple[list[Point], list[str]]] = []
    left = iter(order)
    for cells in _rings(middle, w, h):
        ids = list(islice(left, len(cells)))
        if not ids:
            break
        cells = sorted(cells[: len(ids)], key=lambda cell: _angle(cell, middle))
        rings.append((cells, ids))
        _settle(cells, ids, near, pull, toward, middle)
    for _ in range(_SWEEPS):
        for cells, ids in rings:
            _settle(cells, ids, near, pull, toward, middle)
    return {id: (round(x, 1), round(y, 1)) for cells, ids in rings for id, (x, y) in zip(ids, cells, strict=True)}


def _settle(
    cells: list[Point], ids: list[str], near: Mapping[str, list[str]], pull: Mapping[str, Point],
    toward: dict[str, Point], middle: Point,
) -> None:  # fmt: skip
    """Put a ring's nodes in the order of the directions that they are drawn to; cells are in that order already."""

    def drawn_to(id: str) -> tuple[float, str]:
        x, y = pull.get(id, (0.0, 0.0))
        for other in near[id]:
            if other in toward:
                x, y = x + toward[other][0], y + toward[other][1]
        return round(atan2(y, x), 6), id

    ids.sort(key=drawn_to)
    for id, cell in zip(ids, cells, strict=True):
        toward[id] = _unit(cell, middle)


def _neighbours(drawing: Drawing) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for line in drawing.lines:
        near[line.source].append(line.target)
        near[line.target].append(line.source)
    return near


def _pulls(layout: Layout, drawing: Drawing, middle: Point, scale: float) -> dict[str, Point]:
    """The direction of each node's theme: that of its panel, or one of its own."""
    directions = {
        frame.theme: _unit(((frame.x + frame.w / 2) * scale, (frame.y + frame.h / 2) * scale), middle)
        for frame in layout.frames
    }
    for n, theme in enumerate(sorted({node.theme for node in drawing.nodes} - set(directions) - {""})):
        directions[theme] = (cos(n * _GOLDEN), sin(n * _GOLDEN))
    return {
        node.id: (_THEME * x, _THEME * y) for node in drawing.nodes if node.theme for x, y in [directions[node.theme]]
    }


def _from_inside(
    waiting: list[str], drawn: set[str], near: Mapping[str, list[str]], pull: dict[str, Point]
) -> list[str]:
    """Who comes first: the fewest lines away from the picture, there the best connected; then what hangs apart.

    Of what hangs apart, each part gets a direction of its own, where its themes give it none.
    """
    left = set(waiting)
    found: list[str] = []
    level = _next(sorted(drawn), near, left)
    for n, start in enumerate([None, *sorted(waiting, key=lambda id: (-len(near[id]), id))]):
        if start in left:
            pull.setdefault(start, (_THEME * cos(n * _GOLDEN), _THEME * sin(n * _GOLDEN)))
            left.discard(start)
            level = [start]
        while level:
            found += level
            level = _next(level, near, left)
    return found


def _next(level: Iterable[str], near: Mapping[str, list[str]], left: set[str]) -> list[str]:
    """Who of `left` is tied to `level`, the best connected first; they are taken out of it."""
    reached = {other for id in level for other in near[id]} & left
    left -= reached
    return sorted(reached, key=lambda id: (-len(near[id]), id))


def _rings(middle: Point, w: float, h: float) -> Iterator[list[Point]]:
    """Cells outside a picture of this size, in rings as thick as a cell is wide; innermost first, there too.

    The first is twice as thick: a small project is better ordered by themes than by distance.
    """
    wide, high = CELL
    inner = (w / 2 + wide / 2 + _MARGIN, h / 2 + high / 2 + _MARGIN) if w else (0.0, 0.0)
    before = (0.0, 0.0)
    for n in count(2):
        outer = (w / 2 + wide * n, max(h / 2 + wide * n * _FLAT, (w / 2 + wide * n) * _FLAT))
        ring = []
        for row in range(-int(outer[1] / high), int(outer[1] / high) + 1):
            y, shift = row * high, wide / 2 if row % 2 else 0.0
            for column in range(-int(outer[0] / wide) - 1, int(outer[0] / wide) + 2):
                x = column * wide + shift
                outside = abs(x) >= inner[0] or abs(y) >= inner[1]
                if outside and hypot(x / outer[0], y / outer[1]) <= 1 and not _within(x, y, before):
                    ring.append((middle[0] + x, middle[1] + y))
        yield sorted(ring, key=lambda cell: (round(hypot(cell[0] - middle[0], (cell[1] - middle[1]) / _FLAT)), cell))
        before = outer


def _within(x: float, y: float, reach: Point) -> bool:
    """Whether a point is within an ellipse around the middle."""
    return reach[0] > 0 and hypot(x / reach[0], y / reach[1]) <= 1


def _unit(at: Point, middle: Point) -> Point:
    x, y = at[0] - middle[0], at[1] - middle[1]
    far = hypot(x, y) or 1.0
    return round(x / far, 6), round(y / far, 6)


def _angle(at: Point, middle: Point) -> tuple[float, Point]:
    return round(atan2(at[1] - middle[1], at[0] - middle[0]), 6), at
