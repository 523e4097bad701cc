"""Lines between panels: led around nodes and labels, along the gaps between panels where that is near.

In: what stands on the page. Out: for each line its corners, then a free place for its label. A search for
the cheapest way on a grid of ten pixels, where turns, crossings and strange panels cost; ties are broken
by position, so that the way is always the same.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from math import hypot

from .graphviz import Point, Size

_GRID = 10.0
_TURN, _CROSS, _ALONG, _INSIDE = 7.0, 7.0, 14.0, 0.7
_WALL = 1e6
_BIN = 40.0


class Router:
    """The page as a grid of costs; `route` adds each way it finds to them."""

    def __init__(self, w: float, h: float) -> None:
        self.columns, self.rows = int(w // _GRID), int(h // _GRID)
        self.cost = [1.0] * (self.columns * self.rows)  # of standing in a cell
        self.across = [[0.0] * len(self.cost) for _ in range(2)]  # of moving sideways, up or down there
        self.blocks: dict[str, tuple[float, float, float, float]] = {}
        self.taken: list[tuple[float, float, float, float]] = []  # rectangles no label may touch
        # points of lines with the way they belong to, by bins of the page; 0 for the curves inside panels
        self.strokes: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        self.ways: list[tuple[Point, ...]] = []

    def frame(self, x: float, y: float, w: float, h: float, title: float) -> None:
        """A panel: ways inside cost a little more than those in the gaps."""
        for cell in self._cells(x, y, w, h):
            self.cost[cell] += _INSIDE
        self._avoid(x, y, title, 26.0, 60.0)
        self.taken.append((x, y, title, 26.0))

    def block(self, id: str, x: float, y: float, w: float, h: float) -> None:
        """A node, by its centre: no way leads through it."""
        left, top = x - w / 2, y - h / 2
        self.blocks[id] = (left, top, w, h)
        self._avoid(left - 4, top - 4, w + 8, h + 8, _WALL)
        self.taken.append((left, top, w, h))

    def label(self, at: Point, size: Size) -> None:
        """A label: ways go around it."""
        x, y = at[0] - size[0] / 2, at[1] - size[1] / 2
        self._avoid(x, y, *size, 40.0)
        self.taken.append((x, y, *size))

    def curve(self, points: tuple[Point, ...]) -> None:
        """A spline that is already drawn: crossing it costs, following it costs more."""
        for a, b, c, d in zip(points[::3], points[1::3], points[2::3], points[3::3], strict=False):
            length = hypot(d[0] - a[0], d[1] - a[1])
            steps = max(2, int(length / 5))
            seen: set[int] = set()
            for n in range(steps + 1):
                t = n / steps
                u = 1 - t
                x = u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0]
                y = u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1]
                self._stroke(x, y)
                cell = self._cell(x, y)
                if cell not in seen:
                    seen.add(cell)
                    self.across[0][cell] += _CROSS
                    self.across[1][cell] += _CROSS

    def route(self, source: str, target: str) -> int:
        """Find the cheapest way between two nodes; its corners are `ways[…]` of the number returned."""
        steps = self._search(source, target)
        points = self._corners(source, target, steps)
        for cell, way in steps:
            self.across[way][cell] += _ALONG * 2
            self.across[1 - way][cell] += _CROSS
        self.ways.append(points)
        for (x1, y1), (x2, y2) in pairwise(points):
            count = max(1, int((abs(x1 - x2) + abs(y1 - y2)) / 5))
            for n in range(count):
                self._stroke(x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count, len(self.ways))
        return len(self.ways) - 1

    def _cell(self, x: float, y: float) -> int:
        column = min(max(int(x // _GRID), 0), self.columns - 1)
        return min(max(int(y // _GRID), 0), self.rows - 1) * self.columns + column

    def _cells(self, x: float, y: float, w: float, h: float) -> list[int]:
        """The cells whose middle lies in the rectangle."""
        first, last = max(0, int((x + 4.9) // _GRID)), min(self.columns - 1, int((x + w - 5) // _GRID))
        top, bottom = max(0, int((y + 4.9) // _GRID)), min(self.rows - 1, int((y + h - 5) // _GRID))
        return [r * self.columns + c for r in range(top, bottom + 1) for c in range(first, last + 1)]

    def _avoid(self, x: float, y: float, w: float, h: float, cost: float) -> None:
        for cell in self._cells(x, y, w, h):
            self.cost[cell] += cost

    def _middle(self, cell: int) -> Point:
        return (cell % self.columns + 0.5) * _GRID, (cell // self.columns + 0.5) * _GRID

    def _ports(self, id: str) -> list[tuple[int, int]]:
        """Cells beside a node from which a way may start, each with its way (0 sideways, 1 up or down)."""
        x, y, w, h = self.blocks[id]
        found: list[tuple[int, int]] = []
        for column in range(int(x // _GRID), int((x + w) // _GRID) + 1):
            if x + 8 <= (middle := (column + 0.5) * _GRID) <= x + w - 8:
                found += [(self._cell(middle, y - 9), 1), (self._cell(middle, y + h + 9), 1)]
        for row in range(int(y // _GRID), int((y + h) // _GRID) + 1):
            if y + 4 <= (middle := (row + 0.5) * _GRID) <= y + h - 4:
                found += [(self._cell(x - 9, middle), 0), (self._cell(x + w + 9, middle), 0)]
        return sorted(set(found))

    def _search(self, source: str, target: str) -> list[tuple[int, int]]:
        """Cells and ways from source to target; the cheapest, by A*."""
        goals = set(self._ports(target))
        left, top, w, h = self.blocks[target]
        right, bottom = left + w, top + h
        columns, rows, cost, across = self.columns, self.rows, self.cost, self.across

        def ahead(cell: int) -> float:
            x, y = (cell % columns + 0.5) * _GRID, (cell // columns + 0.5) * _GRID
            return (max(left - x, x - right, 0.0) + max(top - y, y - bottom, 0.0)) / _GRID

        best: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], tuple[int, int] | None] = {}
        heap: list[tuple[float, float, int, int]] = []
        for cell, way in self._ports(source):
            price = cost[cell] + across[way][cell]
            best[cell, way], came[cell, way] = price, None
            heappush(heap, (price + ahead(cell), price, cell, way))
        while heap:
            _, price, cell, way = heappop(heap)
            if price > best[cell, way]:
                continue
            if (cell, way) in goals:
                steps: list[tuple[int, int]] = []
                at: tuple[int, int] | None = (cell, way)
                while at is not None:
                    steps.append(at)
                    at = came[at]
                return steps[::-1]
            column, row = cell % columns, cell // columns
            for new_way, step, open_ in (
                (0, -1, column > 0),
                (0, 1, column < columns - 1),
                (1, -columns, row > 0),
                (1, columns, row < rows - 1),
            ):
                if open_:
                    new = cell + step
                    total = price + cost[new] + across[new_way][new] + (0.0 if new_way == way else _TURN)
                    if total < best.get((new, new_way), 9e15):
                        best[new, new_way], came[new, new_way] = total, (cell, way)
                        heappush(heap, (total + ahead(new), total, new, new_way))
        return []

    def _corners(self, source: str, target: str, steps: list[tuple[int, int]]) -> tuple[Point, ...]:
        if not steps:
            return self._centre(source), self._centre(target)
        middles = [self._middle(cell) for cell, _ in steps]
        points = [self._touch(source, *steps[0]), *middles, self._touch(target, *steps[-1])]
        kept = [points[0]]
        for before, here, after in zip(points, points[1:], points[2:], strict=False):
            if (before[0] - here[0]) * (after[1] - here[1]) != (before[1] - here[1]) * (after[0] - here[0]):
                kept.append(here)
        return tuple((round(x, 1), round(y, 1)) for x, y in (*kept, points[-1]))

    def _centre(self, id: str) -> Point:
        x, y, w, h = self.blocks[id]
        return x + w / 2, y + h / 2

    def _touch(self, id: str, cell: int, way: int) -> Point:
        """The point of a node's border that a port lies before."""
        x, y, w, h = self.blocks[id]
        px, py = self._middle(cell)
        if way == 0:
            return (x if px < x + w / 2 else x + w), py
        return px, (y if py < y + h / 2 else y + h)

    def place(self, way: int, size: Size) -> Point:
        """A label's middle, on its way or close beside it, where it covers least; of equals nearest the middle."""
        points = self.ways[way]
        spots: list[tuple[float, Point]] = []
        stretches = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points)]
        total, gone = sum(stretches) or 1.0, 0.0
        for (one, other), length in zip(pairwise(points), stretches, strict=True):
            level = one[1] == other[1]
            beside = (0.0, 1.0, size[1] / 2) if level else (1.0, 0.0, size[0] / 2)
            count = max(1, int(length / 8))
            for n in range(count + 1):
                x, y = one[0] + (other[0] - one[0]) * n / count, one[1] + (other[1] - one[1]) * n / count
                off = abs((gone + length * n / count) / total - 0.5)
                spots.append((off, (x, y)))
                for away, dear in ((3.0, 2.0), (18.0, 12.0)):
                    for shift in (-beside[2] - away, beside[2] + away):
                        spots.append((off + dear, (x + shift * beside[0], y + shift * beside[1])))
            gone += length
        _, best = min((self._covered(at, size, way + 1) + off, (round(at[0], 1), round(at[1], 1))) for off, at in spots)
        self.taken.append((best[0] - size[0] / 2, best[1] - size[1] / 2, *size))
        return best

    def _covered(self, at: Point, size: Size, own: int) -> float:
        left, top = at[0] - size[0] / 2 - 1, at[1] - size[1] / 2 - 1
        right, bottom = left + size[0] + 2, top + size[1] + 2
        cost = 0.0
        if left < 0 or top < 0 or right > self.columns * _GRID or bottom > self.rows * _GRID:
            cost += 50
        for x, y, w, h in self.taken:
            if left < x + w and x < right and top < y + h and y < bottom:
                cost += 30
        if cost >= 30:
            return cost
        near = range(int(left // _BIN), int(right // _BIN) + 1)
        for column in near:
            for row in range(int(top // _BIN), int(bottom // _BIN) + 1):
                for x, y, whose in self.strokes.get((column, row), ()):
                    if whose != own and left < x < right and top < y < bottom:
                        cost += 1.2
        return cost

    def _stroke(self, x: float, y: float, whose: int = 0) -> None:
        self.strokes.setdefault((int(x // _BIN), int(y // _BIN)), []).append((x, y, whose))
