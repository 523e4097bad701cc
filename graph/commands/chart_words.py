"""How `sokanzu chart` is spelled.

In: the application, what runs a command (cli.py's). Out: one more command. The work is in chart.py, loaded when it is
called.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer


def chart_words(app: typer.Typer, run: Callable[..., None]) -> None:
    """Add the command; `run` loads and calls one by its name."""

    @app.command()
    def chart(
        file: Annotated[
            Path | None,
            typer.Option("-o", "--write", help="The file: .html, .svg, .pdf or .png. Default: build/chart.html."),
        ] = None,
        theme: Annotated[
            list[str] | None,
            typer.Option("--theme", help="Draw this story alone: its id or name. Repeatable.", metavar="THEME"),
        ] = None,
        around: Annotated[
            str | None, typer.Option("--around", help="Draw what is near this entity: its id or name.", metavar="X")
        ] = None,
        hops: Annotated[
            int | None, typer.Option("--hops", min=1, help="How many lines away from X at most. Default: 1.")
        ] = None,
        at: Annotated[
            str, typer.Option("--at", help="Draw what held or may have held then: 2016, 2016-03 or 2016-03-15.")
        ] = "",
        only: Annotated[
            list[str] | None,
            typer.Option("--only", help="Draw claims of this stance alone. Repeatable.", metavar="STANCE"),
        ] = None,
        size: Annotated[
            str,
            typer.Option("--size", help="a4, a3 (landscape) or wide (16:9). Default: a3 for .pdf, wide for .png."),
        ] = "",
        pyvis: Annotated[bool, typer.Option("--pyvis", help="Draw a pyvis network instead.")] = False,
        source: Annotated[
            list[Path] | None,
            typer.Option(
                "--source", help="A file with a source's text; its hash tells which. Repeatable.", metavar="FILE"
            ),
        ] = None,
        project: Annotated[
            Path | None,
            typer.Option(
                "-p", "--project", help="The project folder. Default: this folder if it is one, else the bundled one."
            ),
        ] = None,
    ) -> None:
        """Draw the chart, or a part of it: a page, a picture, or a PDF for print."""
        asked = {"themes": theme or [], "around": around, "hops": hops, "at": at, "only": only or []}
        run("chart", project, Path("build"), file, pyvis, source or [], size, **asked)
