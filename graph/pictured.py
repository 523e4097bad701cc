"""A chart that was asked for: one thing that knows how to be a page, a picture, a PDF, and to stand in a notebook.

In: a Project, a Cut, a language. Out: a Chart; nothing is drawn before it is asked for. Where a project was cut down,
every form says to what.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .chart.drawing import LANGUAGES
from .errors import UsageError, sentence
from .explore.cut import Cut, CutDown, cut_down
from .model import Project
from .store import writable, write_file
from .terms import vocabulary
from .told import told

if TYPE_CHECKING:
    from .chart.sheet import Sheet

SIZES = ("a4", "a3", "wide")
ENDINGS = (".html", ".svg", ".pdf", ".png")
_HEIGHT = 720  # of the page in a notebook, in pixels


@dataclass(frozen=True, repr=False)
class Chart:
    """A project's chart, cut down or whole. A notebook shows it as a page in a frame that can reach nothing.

    `size` is that of .pdf, .png and .svg: a4, a3, wide, or "" for the usual one. `pyvis`: .html is a network.
    """

    whole: Project
    cut: Cut = field(default_factory=Cut)
    lang: str = "ja"
    size: str = ""
    pyvis: bool = False

    def __post_init__(self) -> None:
        if self.size and self.size not in SIZES:
            raise UsageError("chart-size", size=self.size, known=", ".join(SIZES))
        if self.cut != Cut():
            _ = self.left  # what cannot be is said at once

    def __repr__(self) -> str:
        title = self.left.titled.title.best(self.lang)
        return f"<Chart: {title}>"

    @cached_property
    def left(self) -> CutDown:
        """What the cut leaves of the project. Raises UsageError, ChartError."""
        return cut_down(self.whole, self.cut)

    def html(self, framed: bool = False) -> str:
        """The chart as a page of its own; `framed` where it stands inside another one."""
        if self.pyvis:
            from .chart.pyvis import network

            return network(self.left.titled, vocabulary(), self.lang, self.left.unsure)
        from .chart.page import page

        return page(self.left.titled, vocabulary(), self.lang, self.left.unsure, framed)

    def svg(self) -> str:
        """The chart as a picture: as large as it comes, or on a sheet of `size`."""
        from .chart.drawing import draw
        from .chart.layout import layout
        from .chart.svg import svg

        if self.size:
            return self._sheet("").svg
        drawing = draw(self.left.project, vocabulary(), self.lang, unsure=self.left.unsure)
        return svg(layout(drawing, self._language), told=self._told)

    def pdf(self, file: object = "chart.pdf") -> bytes:
        """The chart as a PDF of one page. Raises ChartError where typst or a font is missing; `file` names it."""
        from .chart.press import pdf

        return pdf(self._sheet("a3"), self._language, file)

    def png(self, file: object = "chart.png") -> bytes:
        """The chart in pixels, two for each of a screen's. Raises as `pdf` does."""
        from .chart.press import png

        return png(self._sheet("wide"), self._language, file)

    def save(self, path: str | Path) -> Path:
        """Write the chart; the ending says as what. Raises UsageError, ChartError, StoreError."""
        file = Path(path)
        check_ending(file, self.size, self.pyvis)
        ending = file.suffix.lower()
        made: str | bytes
        if ending in (".pdf", ".png"):
            made = self.pdf(file) if ending == ".pdf" else self.png(file)
        else:
            made = self.svg() if ending == ".svg" else self.html()
        with writable(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file(file, made)
        return file

    def _repr_html_(self) -> str:
        title = escape(self.left.titled.title.best(self.lang))
        page = escape(replace(self, pyvis=False).html(framed=True))
        return (
            f'<iframe title="{title}" sandbox="allow-scripts" width="100%" height="{_HEIGHT}" '
            f'style="border: 1px solid #d6cdb8" srcdoc="{page}"></iframe>'
        )

    def _repr_svg_(self) -> str:
        return self.svg()

    @property
    def _language(self) -> str:
        return self.lang if self.lang in LANGUAGES else "ja"

    @property
    def _told(self) -> tuple[str, ...]:
        """What stands under the title: the cut, and of when the newest source is."""
        drawn = {claim.source for claim in told(self.left.project)}
        dates = [source.date for source in self.left.project.sources if source.date and source.id in drawn]
        newest = max(dates, key=lambda when: when.latest(), default=None)
        last = sentence("chart-newest", self._language, date=newest) if newest else ""
        return self.left.words.best(self._language), last

    def _sheet(self, usual: str) -> Sheet:
        from .chart.sheet import sheet

        left = self.left
        return sheet(left.project, vocabulary(), self._language, self.size or usual, self._told, left.unsure)


def check_ending(file: Path, size: str = "", pyvis: bool = False) -> None:
    """Whether a chart can be written to a file of this name. Raises UsageError."""
    known = ENDINGS[:1] if pyvis else ENDINGS
    if file.suffix.lower() not in known:
        raise UsageError("chart-ending", file=file, known=", ".join(known))
    if size and file.suffix.lower() == ".html":
        raise UsageError("chart-size-page", file=file)
