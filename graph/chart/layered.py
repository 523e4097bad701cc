"""A plain layered layout, for machines without Graphviz: ranks along the lines, straight strokes.

In: sizes of nodes, lines with the sizes of their labels, a direction. Out: positions in the form that
Graphviz gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .graphviz import Placed, Point, Size

_NODE_GAP = 14.0


def layered(nodes: Mapping[str, Size], lines: Sequence[tuple[str, str, str, Size | None]], direction: str) -> Placed:
    """Nodes in ranks, ordered by their neighbours' places; labels in the middle of straight lines."""
    sideways = direction == "LR"
    ranks = _ranks(nodes, lines)
    rows: dict[int, list[str]] = {}
    for name in nodes:
        rows.setdefault(ranks[name], []).append(name)
    place = {name: float(i) for row in rows.values() for i, name in enumerate(row)}
    near: dict[str, list[str]] = {name: [] for name in nodes}
    for tail, head, _, _ in lines:
        near[tail].append(head)
        near[head].append(tail)
    for _ in range(4):
        for rank in sorted(rows):
            rows[rank].sort(key=lambda n: (sum(place[o] for o in near[n]) / len(near[n]) if near[n] else place[n], n))
            place.update({name: float(i) for i, name in enumerate(rows[rank])})
    along = max((size[0 if sideways else 1] for *_, size in lines if size), default=0.0) + 24.0  # room for a label
    centres: dict[str, Point] = {}
    offset = breadth = 0.0
    for rank in sorted(rows):
        depth = max(nodes[n][0 if sideways else 1] for n in rows[rank])
        across = 0.0
        for name in rows[rank]:
            extent = nodes[name][1 if sideways else 0]
            middle = (offset + depth / 2, across + extent / 2)
            centres[name] = middle if sideways else (middle[1], middle[0])
            across += extent + max(_NODE_GAP, 20.0 if lines else 0.0)
        breadth = max(breadth, across - _NODE_GAP)
        offset += depth + along
    length = offset - along
    curves, labels = {}, {}
    for tail, head, key, _ in lines:
        start = _border(centres[tail], nodes[tail], centres[head])
        end = _border(centres[head], nodes[head], centres[tail])
        third = ((end[0] - start[0]) / 3, (end[1] - start[1]) / 3)
        curves[key] = (
            start,
            (start[0] + third[0], start[1] + third[1]),
            (end[0] - third[0], end[1] - third[1]),
            end,
        )
        labels[key] = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return Placed((length, breadth) if sideways else (breadth, length), centres, curves, labels)


def _ranks(nodes: Mapping[str, Size], lines: Sequence[tuple[str, str, str, Size | None]]) -> dict[str, int]:
    """The longest way to each node, lines that close a circle left out."""
    after: dict[str, list[str]] = {name: [] for name in nodes}
    for tail, head, _, _ in lines:
        if tail != head and not _reaches(head, tail, after):
            after[tail].append(head)
    ranks = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for name in nodes:
            for head in after[name]:
                ranks[head] = max(ranks[head], ranks[name] + 1)
    return ranks


def _reaches(start: str, goal: str, after: Mapping[str, list[str]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        waiting += [n for n in after[name] if n not in seen]
        seen.update(after[name])
    return False


def _border(centre: Point, size: Size, towards: Point) -> Point:
    """Where the way from a node's centre leaves its box."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    if not dx and not dy:
        return centre
    share = min(size[0] / 2 / abs(dx) if dx else 9e9, size[1] / 2 / abs(dy) if dy else 9e9)
    return (centre[0] + dx * share, centre[1] + dy * share)
