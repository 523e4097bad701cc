"""A theme's parts (nodes that hang together by its own lines), each laid out by dot in several ways.

In: nodes and lines of one theme, a language. Out: parts with their offers, sizes in pixels; and the final
positions of a part in the rectangle that the page leaves it. Without Graphviz a plainer layout stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from .drawing import Drawing, Line, Node
from .graphviz import Graphviz, Placed, Size
from .layered import layered
from .panels import Rect
from .text import lines, width

NAME_SIZE = 11.5
LABEL_SIZE = 11.0
_MEDIUM = 1.02  # names are set in a medium weight, a little wider
_LIMITS = {"ja": (80.0, 106.0, 132.0), "en": (92.0, 120.0, 150.0)}  # widths that a node's label should keep to
_LABEL_LIMIT = {"ja": 62.0, "en": 74.0}
_LEAVES = 3  # a node with more leaves may have them in two ranks


@dataclass(frozen=True)
class Offer:
    """One way to lay a part out: what dot is told, and what it answered."""

    direction: str
    limit: float
    stagger: bool
    placed: Placed


@dataclass
class Part:
    """Nodes that hang together, their lines, and the layouts on offer."""

    nodes: list[Node]
    lines: list[Line] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


def badge_width(node: Node) -> float:
    """What the count of folded entities takes up beside a node's name."""
    return round(width(f"+{len(node.folded)}", LABEL_SIZE) + 4) if node.folded else 0.0


class Measure:
    """What a label takes up in one language."""

    def __init__(self, drawing: Drawing, lang: str) -> None:
        self.drawing, self.lang = drawing, lang
        self.rows = cache(self._rows)
        self.label = cache(self._label)

    def _rows(self, node: Node, limit: float) -> tuple[str, ...]:
        """A node's label in lines, the last one saying that it was only proposed, planned …"""
        rows = lines(node.label.best(self.lang), NAME_SIZE, limit)
        if node.tag:
            tag = node.tag.best(self.lang)
            rows.append(f"〔{tag}〕" if self.lang == "ja" else f"[{tag}]")
        return tuple(rows)

    def size(self, node: Node, limit: float) -> Size:
        """The box around a node's label."""
        rows = self.rows(node, limit)
        w = max(width(row, NAME_SIZE) for row in rows) * _MEDIUM + 14 + badge_width(node)
        return round(w), round(len(rows) * NAME_SIZE * 1.24 + 9)

    def _label(self, line: Line) -> tuple[tuple[str, ...], Size]:
        """A line's label in lines, and its size."""
        rows = tuple(lines(self.drawing.words_on(line, self.lang), LABEL_SIZE, _LABEL_LIMIT[self.lang]))
        w = max(width(row, LABEL_SIZE) for row in rows) + 5
        return rows, (round(w), round(len(rows) * LABEL_SIZE * 1.18 + 2))


def parts(nodes: list[Node], inner: list[Line]) -> list[Part]:
    """The nodes by what hangs together, largest part first."""
    home = {node.id: node.id for node in nodes}
    for line in inner:
        one, other = home[line.source], home[line.target]
        home = {id: one if top == other else top for id, top in home.items()}
    found: dict[str, Part] = {}
    for node in nodes:
        found.setdefault(home[node.id], Part([])).nodes.append(node)
    for line in inner:
        found[home[line.source]].lines.append(line)
    return sorted(found.values(), key=lambda part: -len(part.nodes))


class Setter:
    """Lays parts out with dot, or plainly without it."""

    def __init__(self, drawing: Drawing, lang: str, dot: Graphviz) -> None:
        self.measure, self.dot = Measure(drawing, lang), dot
        self.keys = {node.id: f"n{i}" for i, node in enumerate(drawing.nodes)}
        self._filled: dict[tuple[str, int, int, int], Placed] = {}

    def offer(self, part: Part) -> list[Size]:
        """Make the part's offers, and tell their sizes."""
        for limit in _LIMITS[self.measure.lang]:
            if not part.lines:
                size = self.measure.size(part.nodes[0], limit)
                middle = {self.keys[part.nodes[0].id]: (size[0] / 2, size[1] / 2)}
                part.offers.append(Offer("", limit, False, Placed(size, middle, {}, {})))
                continue
            for direction in ("LR", "TB"):
                for stagger in (False, True) if self._leaves(part) else (False,):
                    placed = self._place(part, direction, limit, stagger)
                    part.offers.append(Offer(direction, limit, stagger, placed))
        return [offer.placed.size for offer in part.offers]

    def fill(self, part: Part, room: Rect) -> Placed:
        """The part spread to use the room that the tiling left it; made once for each size."""
        key = (part.nodes[0].id, room.choice, round(room.w), round(room.h))
        if key not in self._filled:
            self._filled[key] = self._spread(part, room)
        return self._filled[key]

    def _spread(self, part: Part, room: Rect) -> Placed:
        offer = part.offers[room.choice]
        if part.lines and (room.w > offer.placed.size[0] + 4 or room.h > offer.placed.size[1] + 4):
            size = f"{room.w / 72:.4f},{room.h / 72:.4f}!"
            spread = self._place(part, offer.direction, offer.limit, offer.stagger, ratio="fill", size=size)
            if spread.size[0] <= room.w + 2 and spread.size[1] <= room.h + 2:
                return spread
        return offer.placed

    def _place(self, part: Part, direction: str, limit: float, stagger: bool, **graph: str) -> Placed:
        nodes = {self.keys[node.id]: self.measure.size(node, limit) for node in part.nodes}
        ties = [(self.keys[li.source], self.keys[li.target], li.id, self.measure.label(li)[1]) for li in part.lines]
        apart = self._leaves(part) if stagger else frozenset()
        settings = {"rankdir": direction, "nodesep": "0.09", "ranksep": "0.16"} | graph
        return self.dot.place(nodes, ties, apart, **settings) or layered(nodes, ties, direction)

    def _leaves(self, part: Part) -> frozenset[str]:
        """Every second line to a leaf of a node with many: those that may be longer."""
        degree: dict[str, int] = {}
        for line in part.lines:
            for id in (line.source, line.target):
                degree[id] = degree.get(id, 0) + 1
        hanging: dict[tuple[str, bool], list[str]] = {}
        for line in part.lines:
            for leaf, stem in ((line.target, line.source), (line.source, line.target)):
                if degree[leaf] == 1:
                    hanging.setdefault((stem, leaf == line.target), []).append(line.id)
        return frozenset(id for ids in hanging.values() if len(ids) >= _LEAVES for id in ids[1::2])
