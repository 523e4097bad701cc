"""How `sokanzu analyze` is spelled: one sub-command an analysis, all with the filters of `path`.

In: what runs a command (cli.py's). Out: a typer application. The work is in analyze.py, loaded when it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from .typed import path

Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="Count claims of this stance alone. Repeatable.", metavar="STANCE"),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", help="Leave out claims with this property. Repeatable.", metavar="PROPERTY"),
]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", help="Count what these sources say alone. Repeatable.", metavar="ID"),
]
At = Annotated[str, typer.Option("--at", help="Leave out what cannot have held then: 2016, 2016-03 or 2016-03-15.")]
Candidates = Annotated[bool, typer.Option("--candidates", help="Count candidates as well, which nobody has reviewed.")]
Format = Annotated[str, typer.Option("-f", "--format", help="table, json or markdown.")]
Limit = Annotated[
    int, typer.Option("--limit", min=0, help="How many lines of each part are shown; 0 shows all. JSON holds all.")
]
Picture = Annotated[
    Path | None,
    typer.Option("-o", "--write", help="Draw the timeline into this file: .svg.", metavar="FILE", parser=path),
]
System = Annotated[str, typer.Argument(help="A system's id or name, in any language.")]
Project = Annotated[
    Path | None,
    typer.Option(
        "-p",
        "--project",
        help="The project folder. Default: this folder if it is one, else the bundled one.",
        parser=path,
    ),
]
Made = Annotated[Path, typer.Option("-b", "--build", help="The folder that holds what was built.", parser=path)]

PLAIN = {
    "brokers": "Show who stands between others, and what falls apart without each.",
    "interlocks": "Show people and bodies on several sides, and who went between state and private bodies.",
    "communities": "Show what hangs together, beside the project's themes, and where the two differ.",
    "corroboration": "Show what independent sources bear out, and what rests on one.",
    "contradictions": "Show what is said and denied, and different values for one thing, with who says what.",
    "readers": "Show the claims that one person alone has read against their source.",
}


def analyze_words(run: Callable[..., None]) -> typer.Typer:
    """The sub-commands; `run` loads and calls a command by its name."""
    app = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Who joins the parts, who sits on both sides, what happened when, what rests on one source.",
    )
    for kind, help in PLAIN.items():
        app.command(kind, help=help)(_plain(run, kind))

    @app.command()
    def timeline(
        only: Only = None,
        without: Without = None,
        source: Source = None,
        at: At = "",
        candidates: Candidates = False,
        format: Format = "table",
        limit: Limit = 0,
        file: Picture = None,
        project: Project = None,
        out: Made = Path("build"),
    ) -> None:
        """Show what happened when, with dates as precise as their source's; as text, JSON or a picture."""
        asked = _asked(only, without, source, at, candidates, format, limit)
        run("analyze", project, out, "timeline", **asked, file=file)

    @app.command()
    def dataflow(
        system: System,
        only: Only = None,
        without: Without = None,
        source: Source = None,
        at: At = "",
        candidates: Candidates = False,
        format: Format = "table",
        limit: Limit = 0,
        project: Project = None,
        out: Made = Path("build"),
    ) -> None:
        """Show what becomes of data in a system: who is recorded, what is kept and matched, where it goes."""
        run("analyze", project, out, "dataflow", system, **_asked(only, without, source, at, candidates, format, limit))

    return app


def _plain(run: Callable[..., None], kind: str) -> Callable[..., None]:
    """A sub-command that takes nothing but filters."""

    def command(
        only: Only = None,
        without: Without = None,
        source: Source = None,
        at: At = "",
        candidates: Candidates = False,
        format: Format = "table",
        limit: Limit = 0,
        project: Project = None,
        out: Made = Path("build"),
    ) -> None:
        run("analyze", project, out, kind, **_asked(only, without, source, at, candidates, format, limit))

    return command


def _asked(
    only: list[str] | None,
    without: list[str] | None,
    source: list[str] | None,
    at: str,
    candidates: bool,
    format: str,
    limit: int,
) -> dict[str, Any]:
    return {
        "only": only or [],
        "without": without or [],
        "sources": source or [],
        "at": at,
        "candidates": candidates,
        "format": format,
        "limit": limit,
    }
