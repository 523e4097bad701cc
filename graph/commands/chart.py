"""chart: the relationship chart as one offline page, a picture, a PDF or PNG, or a pyvis network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..build import prepare
from ..errors import ProjectError
from ..explore.cut import Cut
from ..model import Project
from ..pictured import Chart, check_ending
from .asked import asked_cut, entity, names_of
from .context import Context


def chart(
    context: Context,
    file: Path | None = None,
    pyvis: bool = False,
    texts: Sequence[Path] = (),
    size: str = "",
    themes: Sequence[str] = (),
    around: str | None = None,
    hops: int | None = None,
    at: str = "",
    only: Sequence[str] = (),
) -> int:
    """Draw the project's chart, or a part of it, into a file. Raises UsageError, ProjectError, ChartError."""
    file = file or context.out / ("network.html" if pyvis else "chart.html")
    check_ending(file, size, pyvis)
    with context.progress() as say:
        project, report, _ = prepare(context.folder, texts, say)
    if report.errors:
        raise ProjectError(list(report.problems))
    cut = _cut(context, project, themes, around, hops, at, only)
    Chart(project, cut, context.lang, size, pyvis).save(file)
    print(context.text("charted", file=file))
    return 0


def _cut(
    context: Context,
    project: Project,
    themes: Sequence[str],
    around: str | None,
    hops: int | None,
    at: str,
    only: Sequence[str],
) -> Cut:
    def find(name: str) -> str:
        with names_of(project) as index:
            return entity(context, index, name)

    return asked_cut(project, find, themes, around, hops, at, only)
