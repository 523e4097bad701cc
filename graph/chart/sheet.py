"""The chart on paper: which picture fits a sheet at a size of type that can be read.

In: a project, the vocabulary, a language, the name of a size. Out: a Sheet: SVG of the sheet's size, and that size in
points. What is too much for the sheet is folded, as in the first picture of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ChartError
from ..model import Claim, Project
from ..terms import Vocabulary
from .drawing import LANGUAGES, READABLE, Drawing, draw
from .graphviz import Graphviz
from .layout import Layout, layout, room_needed
from .parts import LABEL_SIZE
from .svg import Paper, surroundings, svg

_MM = 72 / 25.4
_FINEST = 0.995  # how much smaller each type is that is tried


@dataclass(frozen=True)
class Form:
    """A size of paper: width, height, margin and the smallest and largest type of labels, in points."""

    w: float
    h: float
    margin: float
    least: float
    most: float
    width: str
    height: str


SIZES = {
    "a4": Form(297 * _MM, 210 * _MM, 8 * _MM, 6.0, 11.0, "297mm", "210mm"),
    "a3": Form(420 * _MM, 297 * _MM, 10 * _MM, 7.0, 14.0, "420mm", "297mm"),
    "wide": Form(1200.0, 675.0, 15.0, 7.5, 15.0, "1600", "900"),  # a screen of 1600 × 900 pixels
}


@dataclass(frozen=True)
class Sheet:
    """A sheet that is ready: SVG, width and height in points, title, and how large the labels are, in points."""

    svg: str
    w: float
    h: float
    title: str
    type: float


def sheet(
    project: Project,
    vocabulary: Vocabulary,
    lang: str,
    size: str,
    told: Sequence[str] = (),
    unsure: frozenset[Claim] = frozenset(),
) -> Sheet:
    """The chart on a sheet of this size. Raises ChartError where there is nothing to draw."""
    lang, form = lang if lang in LANGUAGES else "ja", SIZES[size]
    least, largest = form.least / LABEL_SIZE, form.most / LABEL_SIZE  # points a pixel
    most = READABLE
    with Graphviz() as dot:
        while True:
            drawing = draw(project, vocabulary, lang, most, unsure)
            if not drawing.nodes:
                raise ChartError("chart-nothing")
            room = _room(drawing, lang, form, least, told)
            needed = room_needed(drawing, lang, dot, room)
            if needed <= 1 or len(drawing.nodes) <= 2:
                break
            most = max(2, len(drawing.nodes) - max(1, round((needed - 1) * 40)))
        scale, best = 0.0, None
        for _ in range(3):  # larger type leaves a room of other proportions, and those another layout
            found = layout(drawing, lang, dot, room)
            fits = _largest(found, form, told, least, largest)
            if best is not None and fits <= scale:
                break
            scale, best = fits, found
            room = _room(drawing, lang, form, scale, told)
    assert best is not None
    paper = Paper(form.w / scale, form.h / scale, form.margin / scale, form.width, form.height)
    title = drawing.title.best(lang)
    return Sheet(svg(best, lang, told, paper), form.w, form.h, title, round(scale * LABEL_SIZE, 2))


def _room(drawing: Drawing, lang: str, form: Form, scale: float, told: Sequence[str]) -> tuple[float, float]:
    """What title, caption and legend leave of the sheet, in pixels."""
    w, h = ((side - 2 * form.margin) / scale for side in (form.w, form.h))
    return w, max(60.0, h - sum(surroundings(Layout(drawing, lang, w, h), told, w)))


def _largest(found: Layout, form: Form, told: Sequence[str], least: float, largest: float) -> float:
    """The largest type at which a layout fits the sheet, in points a pixel; below `least` where it must be."""
    scale = largest
    while True:
        w, h = _room(found.drawing, found.lang, form, scale, told)
        if (found.w <= w and found.h <= h) or scale < least / 8:
            return scale
        scale *= _FINEST
