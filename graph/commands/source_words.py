"""How `sokanzu source` is spelled: add, list, show.

In: what runs a command (cli.py's). Out: a typer application. The work is in source.py, loaded when it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .typed import path

Project = Annotated[
    Path | None,
    typer.Option(
        "-p",
        "--project",
        help="The project folder. Default: this folder if it is one, else the bundled one.",
        parser=path,
    ),
]


def source_words(run: Callable[..., None]) -> typer.Typer:
    """The sub-commands; `run` loads and calls a command by its name."""
    app = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="The documents that the project rests on: add, list, show."
    )

    @app.command("add")
    def source_add(
        what: Annotated[str, typer.Argument(metavar="FILE|URL", help="A document: txt, md, html, pdf, docx.")],
        project: Project = None,
        id: Annotated[str, typer.Option("--id", help="Its id. Default: made from the file's name or the title.")] = "",
        date: Annotated[str, typer.Option("--date", help="Its date: 2016, 2016-03 or 2016-03-15.")] = "",
        title: Annotated[str, typer.Option("--title", help="Its title. Default: as the document says.")] = "",
    ) -> None:
        """Take a document in: a copy in sources/, a record in sources.yaml. Only the address given is fetched."""
        run("source.add", project, Path("build"), what, id, date, title)

    @app.command("list")
    def source_list(
        project: Project = None,
        format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
    ) -> None:
        """List the sources, each with how many of its claims were accepted, rejected or wait."""
        run("source.list_sources", project, Path("build"), format)

    @app.command("show")
    def source_show(
        name: Annotated[str, typer.Argument(metavar="ID", help="A source's id.")],
        project: Project = None,
        format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
    ) -> None:
        """Show a source's record and all its claims in the order of the text."""
        run("source.show", project, Path("build"), name, format)

    return app
