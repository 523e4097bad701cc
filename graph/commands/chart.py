"""chart: the relationship chart as one offline page, as a picture, or as a pyvis network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..build import prepare
from ..errors import ProjectError, UsageError
from ..store import writable, write_file
from ..terms import vocabulary
from .context import Context

ENDINGS = (".html", ".svg")


def chart(context: Context, file: Path | None = None, pyvis: bool = False, texts: Sequence[Path] = ()) -> int:
    """Draw the project's chart into a file. Raises UsageError, ProjectError, ChartError."""
    file = file or context.out / ("network.html" if pyvis else "chart.html")
    if file.suffix not in ENDINGS or (pyvis and file.suffix != ".html"):
        raise UsageError("chart-ending", file=file, known=", ".join(ENDINGS[:1] if pyvis else ENDINGS))
    with context.progress() as say:
        project, report, _ = prepare(context.folder, texts, say)
    if report.errors:
        raise ProjectError(list(report.problems))
    if pyvis:
        from ..chart.pyvis import network

        text = network(project, vocabulary(), context.lang)
    elif file.suffix == ".svg":
        from ..chart.drawing import draw
        from ..chart.layout import layout
        from ..chart.svg import svg

        text = svg(layout(draw(project, vocabulary(), context.lang)), context.lang)
    else:
        from ..chart.page import page

        text = page(project, vocabulary(), context.lang)
    with writable(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text)
    print(context.text("charted", file=file))
    return 0
