"""How boxes tile the page: every theme a panel, as a newspaper sets them.

In: for each theme its parts (what hangs together), for each part the sizes it can take. Out: a rectangle
for every theme, and in it one for every part, with the size chosen. All slicings (a cut from side to
side, again in each half) of up to six boxes are weighed; of more, the smallest are joined first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import inf
from operator import attrgetter, itemgetter

Size = tuple[float, float]
_EXACT = 6  # boxes that are weighed in every slicing
_KEPT = 40  # shapes that are kept for a set of boxes
_SWAPS = 7  # cuts whose halves are tried in both orders


@dataclass(frozen=True)
class Rect:
    """A rectangle, and which of the offered sizes stands in it."""

    x: float
    y: float
    w: float
    h: float
    choice: int = 0


Tiling = dict[tuple[int, int], Rect]
"""Rectangles by (theme, part); (theme, -1) is the theme's panel."""


@dataclass(frozen=True)
class Margins:
    """What a panel adds around its parts, and the least width that its title needs."""

    side: float
    top: float
    bottom: float
    least: float


@dataclass(frozen=True)
class _Shape:
    """A box: a part at one of its sizes, a theme around its parts, or two boxes beside or above each other."""

    w: float
    h: float
    key: tuple[int, int] = (-1, -1)
    choice: int = 0
    inside: _Shape | None = None
    margins: Margins | None = None
    halves: tuple[_Shape, _Shape] | None = None
    beside: bool = False
    gap: float = 0.0


def tile(
    themes: Sequence[Sequence[Sequence[Size]]],
    margins: Sequence[Margins],
    page: Size,
    gaps: tuple[float, float],
) -> tuple[Size, list[Tiling]]:
    """The whole's size, and the ways to fill it; `gaps` stand between panels and between parts.

    The whole has the page's proportions and is as small as the slicings allow, so that it needs the
    least shrinking. The ways differ in which half of each cut comes first.
    """
    sets = []
    for number, (parts, around) in enumerate(zip(themes, margins, strict=True)):
        options = [
            _best([_Shape(w, h, (number, part), choice) for choice, (w, h) in enumerate(sizes)])
            for part, sizes in enumerate(parts)
        ]
        sets.append(_best([_framed(shape, number, around) for shape in _slicings(options, gaps[1])]))
    whole = _slicings(sets, gaps[0])
    shape = max(whole, key=lambda s: (round(min(page[0] / s.w, page[1] / s.h), 3), -s.w * s.h))
    scale = min(page[0] / shape.w, page[1] / shape.h)
    size = (max(shape.w, page[0] / scale), max(shape.h, page[1] / scale))
    return size, _orders(shape, size)


def _framed(shape: _Shape, theme: int, margins: Margins) -> _Shape:
    w = max(shape.w + 2 * margins.side, margins.least)
    return _Shape(w, shape.h + margins.top + margins.bottom, (theme, -1), inside=shape, margins=margins)


def _slicings(sets: list[list[_Shape]], gap: float) -> list[_Shape]:
    """The best shapes of all the boxes together, each box in one of its own."""
    sets = list(sets)
    while len(sets) > _EXACT:
        sets.sort(key=lambda shapes: (min(s.w * s.h for s in shapes), shapes[0].key))
        sets[:2] = [_best(_joined(sets[0], sets[1], gap))]
    known: dict[int, list[_Shape]] = {1 << n: shapes for n, shapes in enumerate(sets)}
    for mask in range(1, 1 << len(sets)):
        if mask in known:
            continue
        found: list[_Shape] = []
        part = (mask - 1) & mask
        while part > mask ^ part:  # each split once: the larger number first
            found += _joined(known[part], known[mask ^ part], gap)
            part = (part - 1) & mask
        known[mask] = _best(found)
    return known[(1 << len(sets)) - 1]


def _joined(one: list[_Shape], other: list[_Shape], gap: float) -> list[_Shape]:
    """Every shape of two sets of boxes beside or above each other that no other undercuts."""
    pairs: list[tuple[float, float, int, _Shape, _Shape, bool]] = []
    for a, b in product(one, other):
        pairs.append((a.w + gap + b.w, a.h if a.h > b.h else b.h, len(pairs), a, b, True))
        pairs.append((a.w if a.w > b.w else b.w, a.h + gap + b.h, len(pairs), a, b, False))
    pairs.sort(key=itemgetter(0, 1, 2))
    found = []
    lowest = inf
    for w, h, _, a, b, beside in pairs:
        if h < lowest:
            lowest = h
            found.append(_Shape(w, h, halves=(a, b), beside=beside, gap=gap))
    return found


def _best(shapes: list[_Shape]) -> list[_Shape]:
    """Those that no other undercuts in both width and height, thinned to a few evenly."""
    front: list[_Shape] = []
    for shape in sorted(shapes, key=attrgetter("w", "h")):
        if not front or shape.h < front[-1].h:
            front.append(shape)
    if len(front) > _KEPT:
        front = [front[round(n * (len(front) - 1) / (_KEPT - 1))] for n in range(_KEPT)]
    return front


def _orders(shape: _Shape, size: Size) -> list[Tiling]:
    """Every order of the halves, of the cuts between themes first where there are too many."""
    cuts = _cuts(shape)
    found = []
    for number in range(1 << min(cuts, _SWAPS)):
        rects: Tiling = {}
        _place(shape, Rect(0.0, 0.0, *size), [bool(number >> n & 1) for n in reversed(range(cuts))], rects)
        found.append(rects)
    return found


def _cuts(shape: _Shape) -> int:
    inner = _cuts(shape.inside) if shape.inside else 0
    return 1 + sum(_cuts(half) for half in shape.halves) if shape.halves else inner


def _place(shape: _Shape, room: Rect, swaps: list[bool], rects: dict[tuple[int, int], Rect]) -> None:
    """Cut the room as the shape says; what is left over goes to both halves by their size."""
    if shape.halves:
        one, other = shape.halves if not (swaps and swaps.pop()) else (shape.halves[1], shape.halves[0])
        if shape.beside:
            first = one.w + (room.w - shape.gap - one.w - other.w) * one.w / (one.w + other.w)
            rest = Rect(room.x + first + shape.gap, room.y, room.w - first - shape.gap, room.h)
            _place(one, Rect(room.x, room.y, first, room.h), swaps, rects)
        else:
            first = one.h + (room.h - shape.gap - one.h - other.h) * one.h / (one.h + other.h)
            rest = Rect(room.x, room.y + first + shape.gap, room.w, room.h - first - shape.gap)
            _place(one, Rect(room.x, room.y, room.w, first), swaps, rects)
        _place(other, rest, swaps, rects)
        return
    rects[shape.key] = Rect(room.x, room.y, room.w, room.h, shape.choice)
    if shape.inside and shape.margins:
        around = shape.margins
        inner = Rect(
            room.x + around.side, room.y + around.top, room.w - 2 * around.side, room.h - around.top - around.bottom
        )
        _place(shape.inside, inner, swaps, rects)
