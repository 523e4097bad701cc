"""A page's words in reading order: lines, columns, blocks; horizontal and vertical writing.

In: the characters of a page with their boxes. Out: Texts, each the lines of one block, in the order of reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from operator import itemgetter
from statistics import median

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_READING = re.compile("[ぁ-ゖァ-ヺー・ ]+")
_DEEPEST = 6  # columns within columns


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, y growing upwards.

    `made`: the reader of the page put it in (a space between words). `turned`: it lies on its side, its line goes down.
    """

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    made: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A block: its lines. `edge`: at the upper or lower edge of the page; `full`: the last line fills its column."""

    text: str
    edge: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a line. Along is the direction of reading; down grows with the lines. `cut`: a box cuts it short."""

    text: str
    start: float
    end: float
    top: float
    bottom: float
    size: float
    cut: bool = False

    @property
    def middle(self) -> float:
        """Where the line lies."""
        return (self.top + self.bottom) / 2


def laid_out(glyphs: Sequence[Glyph]) -> list[Text]:
    """The blocks of a page in reading order."""
    groups = sorted(_runs(glyphs), key=lambda runs: -sum(len(r.text) for r in runs))
    found: list[Text] = []
    for runs in groups:
        if left := _without_readings(runs):
            found += _blocks(left)
    return found


def _runs(glyphs: Sequence[Glyph]) -> tuple[list[_Run], list[_Run]]:
    """The pieces of lines, as the file draws them one after the other: horizontal ones and vertical ones."""
    across: list[_Run] = []
    down: list[_Run] = []
    single: list[Glyph] = []
    line: list[Glyph] = []
    way = ""

    def end() -> None:
        if way:
            _end(line, way, across, down)
        else:
            single.extend(g for g in line if not g.made)

    before: Glyph | None = None
    for glyph in glyphs:
        if glyph.made:
            if line:
                line.append(glyph)
            continue
        if before and _box(before) == _box(glyph):  # one sign for two letters (fi), or one drawn twice
            if before.char != glyph.char:
                line.append(glyph)
            continue
        step = _step(before, glyph, way, len(down) > len(across)) if before else ""
        if step:
            way = step
            line.append(glyph)
        else:
            end()
            line, way = [glyph], ""
        before = glyph
    end()
    for glyph in single:  # it goes the way of the page
        _end([glyph], "down" if len(down) > len(across) else "across", across, down)
    return across, down


def _step(one: Glyph, other: Glyph, way: str, vertical: bool) -> str:
    """The way of a line that goes on from one character to the other: "across", "down"; "" where a new one begins."""
    size = max(one.size, other.size, 1.0)
    wide = _WIDE.match(one.char) or _WIDE.match(other.char)
    beside = abs(_mid(one.y0, one.y1) - _mid(other.y0, other.y1)) < 0.5 * size
    if beside and -0.3 * size < other.x0 - one.x1 < 1.3 * size and not (one.turned and other.turned):
        # Two figures that stand upright side by side in a vertical line are a piece of it.
        return way if way == "down" and not wide else "" if way == "down" else "across"
    below = abs(_mid(one.x0, one.x1) - _mid(other.x0, other.x1)) < 0.4 * size and (
        -0.3 * size < one.y0 - other.y1 < 0.9 * size
    )
    if below and (wide or way == "down" or (one.turned and other.turned)) and (way != "across" or vertical):
        return "down"
    return ""


def _without_readings(runs: list[_Run]) -> list[_Run]:
    """The pieces without the small kana over or beside a line, which tell how its characters are read."""
    small = [r for r in runs if _READING.fullmatch(r.text)]
    if not small:
        return runs
    bases = sorted((r for r in runs if _WIDE.search(r.text)), key=lambda r: r.top)
    tops = [r.top for r in bases]
    tallest = max((r.size for r in bases), default=0.0)
    readings: set[int] = set()
    for run in small:
        near = bases[bisect_left(tops, run.bottom - tallest) : bisect_right(tops, run.bottom + tallest)]
        if any(
            run.size < 0.65 * base.size
            and abs(base.top - run.bottom) < 0.5 * base.size
            and base.start - base.size < run.start
            and run.end < base.end + base.size
            for base in near
        ):
            readings.add(id(run))
    return [r for r in runs if id(r) not in readings]


def _box(glyph: Glyph) -> tuple[float, float, float, float]:
    return glyph.x0, glyph.y0, glyph.x1, glyph.y1


def _mid(a: float, b: float) -> float:
    return (a + b) / 2


def _end(line: list[Glyph], way: str, across: list[_Run], down: list[_Run]) -> None:
    if not line:
        return
    text = _spaced(line, way)
    if not text.strip():
        return
    shown = [g for g in line if not g.made]
    x0, x1 = min(g.x0 for g in shown), max(g.x1 for g in shown)
    y0, y1 = min(g.y0 for g in shown), max(g.y1 for g in shown)
    size = median(g.size for g in shown)
    if way == "down":
        down.append(_Run(text, -y1, -y0, -x1, -x0, size))  # lines go from right to left
    else:
        across.append(_Run(text, x0, x1, -y1, -y0, size))


def _spaced(line: list[Glyph], way: str) -> str:
    """The characters of a piece; a space that only spreads Japanese over the line is none."""
    out: list[str] = []
    space = False
    for glyph in line:
        if glyph.made:
            space = True
            continue
        if space and out and out[-1] != " ":
            beside = (_WIDE.match(out[-1]), _WIDE.match(glyph.char))
            if not any(beside) or (way == "across" and not all(beside)):
                out.append(" ")
        space = False
        out.append(glyph.char)
    return "".join(out)


# --- from pieces to blocks


def _blocks(runs: list[_Run]) -> Iterator[Text]:
    size = max(0.1, median(r.size for r in runs for _ in range(min(len(r.text), 20))))
    first, last = min(r.top for r in runs), max(r.bottom for r in runs)
    margin = max(2.5 * size, 0.06 * (last - first))
    lines = _one_line(runs, size)
    for region in _regions(lines, size, 0):
        column = region if len(region) > 2 else [line for line in lines if abs(line.start - region[-1].start) < size]
        reach = max(line.end for line in column) - 1.2 * size
        for block in _parted(region, size):
            edge = len(block) == 1 and (block[0].bottom <= first + margin or block[0].top >= last - margin)
            full = len(column) > 2 and block[-1].end >= reach
            yield Text(_lines(block), edge, full)


def _lines(block: list[_Run]) -> str:
    """The lines of a block; one that a box cuts short goes on in the next."""
    parts: list[str] = []
    for line, following in zip_longest(block, block[1:]):
        parts.append(line.text)
        if following and line.cut:
            parts.append("" if _WIDE.match(line.text[-1]) or _WIDE.match(following.text) else " ")
        elif following:
            parts.append("\n")
    return "".join(parts)


def _one_line(runs: list[_Run], size: float) -> list[_Run]:
    """Pieces that stand on one line with no more than a word's space between them are one."""
    found: list[_Run] = []
    for run in sorted(runs, key=lambda r: (round(r.middle / (0.5 * size)), r.start)):
        near = range(len(found) - 1, max(-1, len(found) - 5), -1)
        at = next((i for i in near if abs(found[i].middle - run.middle) < 0.45 * max(found[i].size, run.size)), -1)
        last = found[at] if at >= 0 else run
        if at >= 0 and -0.5 * size < run.start - last.end < 1.0 * size and run.size >= 0.7 * last.size:
            space = " " if run.start - last.end > 0.2 * size and not _WIDE.match(last.text[-1]) else ""
            found[at] = _Run(
                last.text + space + run.text,
                last.start,
                run.end,
                min(last.top, run.top),
                max(last.bottom, run.bottom),
                max(last.size, run.size),
            )
        else:
            found.append(run)
    return found


def _regions(lines: list[_Run], size: float, depth: int) -> Iterator[list[_Run]]:
    """The columns, in reading order: what lies across a gutter, such as a title, parts the page into bands."""
    lines = sorted(lines, key=lambda r: (r.middle, r.start))
    gutter = _gutter(lines, size) if depth < _DEEPEST else None
    if gutter is None:
        yield from _bands(lines, size, depth)
        return
    band: list[_Run] = []
    for line in lines:
        if line.start < gutter - 0.1 * size and line.end > gutter + 0.1 * size:
            yield from _sides(band, gutter, size, depth)
            band = []
            yield [line]
        else:
            band.append(line)
    yield from _sides(band, gutter, size, depth)


def _bands(lines: list[_Run], size: float, depth: int) -> Iterator[list[_Run]]:
    """Lines that no gutter parts as a whole. A box beside some of them is read after them; columns, one by one."""
    groups = [(paired, [line for _, line in group]) for paired, group in groupby(_paired(lines), key=itemgetter(0))]
    rest: list[_Run] = []
    boxes: list[list[_Run]] = []
    for number, (paired, band) in enumerate(groups):
        at = _gutter(band, size, box=True) if paired and depth < _DEEPEST and len(groups) > 1 else None
        side = _boxed(band, at, lines, size) if at is not None else ""
        if at is None or (not side and len(band) < 6):
            rest += band
            continue
        first, last = band[0], band[-1]
        # A line beside the margin of the box is cut short by it as well.
        while rest and _is_beside(rest[-1], at, first, size):
            band.insert(0, rest.pop())
        after = groups[number + 1][1] if number + 1 < len(groups) else []
        while after and _is_beside(after[0], at, last, size):
            band.append(after.pop(0))
        if side:
            boxes.append([line for line in band if (line.end > at) == (side == "right")])
            beside = [line for line in band if (line.end > at) != (side == "right")]
            reach = max(line.end for line in beside) - 1.2 * size
            rest += [replace(line, cut=line.end >= reach) for line in beside]
            continue
        if rest:
            yield rest
        rest = []
        yield from _sides(band, at, size, depth)
    if rest:
        yield rest
    for box in boxes:
        yield from _regions(box, size, depth + 1)


def _boxed(band: list[_Run], at: float, lines: list[_Run], size: float) -> str:
    """The side of a gutter that stands in a frame: its lines keep away from the margin that all others reach."""
    inside = {id(line) for line in band}
    others = [line for line in lines if id(line) not in inside]
    start, end = min(r.start for r in others), max(r.end for r in others)
    left = min(r.start for r in band if r.end <= at)
    right = max(r.end for r in band if r.end > at)
    if right < end - 0.4 * size and left < start + 0.3 * size:
        return "right"
    return "left" if left > start + 0.4 * size and right > end - 1.2 * size else ""


def _is_beside(line: _Run, at: float, near: _Run, size: float) -> bool:
    return abs(line.middle - near.middle) < 2.5 * size and (line.end <= at or line.start >= at)


def _paired(lines: list[_Run]) -> Iterator[tuple[bool, _Run]]:
    """The lines, and whether another one stands beside them."""
    for i, line in enumerate(lines):
        near = lines[max(0, i - 6) : i + 7]
        yield (
            any(min(line.bottom, o.bottom) - max(line.top, o.top) > 0.15 * line.size for o in near if _apart(line, o)),
            line,
        )


def _apart(one: _Run, other: _Run) -> bool:
    return one.end <= other.start or other.end <= one.start


def _sides(band: list[_Run], gutter: float, size: float, depth: int) -> Iterator[list[_Run]]:
    for side in ([r for r in band if r.end <= gutter + 0.1 * size], [r for r in band if r.end > gutter + 0.1 * size]):
        if side:
            yield from _regions(side, size, depth + 1)


def _gutter(lines: list[_Run], size: float, *, box: bool = False) -> float | None:
    """Where a white stripe parts the lines into columns, few lines lying across it; none across the side of a box."""
    least = 2 if box else 3  # lines on each side
    if len(lines) < 2 * least:
        return None
    left, right = min(r.start for r in lines), max(r.end for r in lines)
    cell = max(0.5 * size, (right - left) / 400)
    covered: Counter[int] = Counter()
    for line in lines:
        for at in range(int((line.start - left) / cell), int((line.end - left - 1e-6) / cell) + 1):
            covered[at] += 1
    cells = int((right - left) / cell) + 1
    allowed = 0 if box else max(1, len(lines) // 8)
    best: tuple[int, int, float] | None = None
    at = 0
    while at < cells:
        few = covered[at]
        if few > allowed:
            at += 1
            continue
        end = at
        while end < cells and covered[end] == few:
            end += 1
        middle = left + cell * (at + end) / 2
        if (end - at) * cell >= 0.9 * size and _is_gutter(lines, middle, least):
            found = (-few, end - at, middle)
            best = max(best, found) if best else found
        at = end
    return best[2] if best else None


def _is_gutter(lines: list[_Run], at: float, least: int) -> bool:
    """Whether columns stand on both sides, and not a line of titles or a table's figures."""
    before = [r for r in lines if r.end <= at]
    after = [r for r in lines if r.start >= at]
    if min(len(before), len(after)) < least:
        return False
    wide = [median(r.end - r.start for r in side) for side in (before, after)]
    return min(wide) >= 6 * median(r.size for r in lines)


def _parted(lines: list[_Run], size: float) -> Iterator[list[_Run]]:
    """The lines of a column as blocks: a wider space or another size of letters begins one."""
    steps = [b.middle - a.middle for a, b in pairwise(lines) if b.middle - a.middle > 0.3 * size]
    usual = median(steps) if steps else 1.5 * size
    block: list[_Run] = []
    for line in lines:
        if block:
            before = block[-1]
            step = line.middle - before.middle
            other = not 0.85 < line.size / max(before.size, 0.1) < 1.18
            if step > 1.35 * max(usual, 1.1 * size) or (other and step > 0.3 * size):
                yield block
                block = []
        block.append(line)
    if block:
        yield block
