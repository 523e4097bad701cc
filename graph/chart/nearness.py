"""Which way round everything stands: panels swapped and parts mirrored, so that linked nodes come near.

In: the tilings of the page, the parts of each theme, the lines between themes. Out: the tiling and the
final positions for which those lines are shortest. A part laid out downwards is mirrored sideways only,
and the other way round, so that its lines keep their direction.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from .drawing import Line
from .graphviz import Placed, Point
from .panels import Rect, Tiling
from .parts import Part, Setter

Key = tuple[int, int]
_CLIMB = 1.25  # a stretch up or down is dearer than one across: the page is wide


def best_of(
    tilings: list[Tiling], groups: list[list[Part]], setter: Setter, outer: list[Line]
) -> tuple[Tiling, dict[Key, Placed]]:
    """The tiling whose outer lines can be shortest, and its parts in their final places."""
    home = {node.id: (i, j) for i, parts in enumerate(groups) for j, part in enumerate(parts) for node in part.nodes}
    keys = setter.keys
    ends = [(keys[line.source], home[line.source], keys[line.target], home[line.target]) for line in outer]
    best: tuple[float, Tiling, dict[Key, Placed]] | None = None
    for tiling in tilings:
        options: dict[Key, list[Placed]] = {}
        for i, parts in enumerate(groups):
            for j, part in enumerate(parts):
                room = tiling[i, j]
                placed = _centred(setter.fill(part, room), room)
                flips = _flips(part.offers[room.choice].direction)
                options[i, j] = [_mirrored(placed, room, *flip) for flip in flips]
        chosen = dict.fromkeys(options, 0)
        cost = _cost(options, chosen, ends)
        for _, key in product(range(3), sorted(options)):  # each in turn, thrice: it settles
            for option in range(len(options[key])):
                tried = chosen | {key: option}
                if (price := _cost(options, tried, ends)) < cost - 0.5:
                    chosen, cost = tried, price
        # of equals: the first theme stands where reading starts
        cost += 0.2 * (tiling[0, -1].x + tiling[0, -1].y)
        if best is None or cost < best[0] - 0.5:
            best = (cost, tiling, {key: options[key][option] for key, option in chosen.items()})
    assert best
    return best[1], best[2]


def _flips(direction: str) -> list[tuple[bool, bool]]:
    """Whether a part may be mirrored across, and down."""
    return [(False, False), *{"TB": [(True, False)], "LR": [(False, True)]}.get(direction, [])]


def _cost(options: dict[Key, list[Placed]], chosen: dict[Key, int], ends: list[tuple[str, Key, str, Key]]) -> float:
    cost = 0.0
    for one, home, other, there in ends:
        a, b = options[home][chosen[home]].nodes[one], options[there][chosen[there]].nodes[other]
        cost += abs(a[0] - b[0]) + _CLIMB * abs(a[1] - b[1])
    return cost


def _centred(placed: Placed, room: Rect) -> Placed:
    dx, dy = room.x + (room.w - placed.size[0]) / 2, room.y + (room.h - placed.size[1]) / 2
    return _mapped(placed, lambda at: (round(at[0] + dx, 1), round(at[1] + dy, 1)))


def _mirrored(placed: Placed, room: Rect, across: bool, down: bool) -> Placed:
    if not (across or down):
        return placed
    x, y = 2 * room.x + room.w, 2 * room.y + room.h

    def move(at: Point) -> Point:
        return round(x - at[0], 1) if across else at[0], round(y - at[1], 1) if down else at[1]

    return _mapped(placed, move)


def _mapped(placed: Placed, move: Callable[[Point], Point]) -> Placed:
    return Placed(
        placed.size,
        {name: move(at) for name, at in placed.nodes.items()},
        {key: tuple(move(at) for at in points) for key, points in placed.curves.items()},
        {key: move(at) for key, at in placed.labels.items()},
    )
