"""The `sokanzu` command: words in, sentences out.

In: the command line. Out: an exit code: 0 done, 1 the data has errors, 2 the command was
wrong. What the commands do is in graph/commands; each is loaded when it is called.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sokanzu import SokanzuError, __version__, part

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Relationship charts (相関図) whose every line answers with its source.",
    epilog="Exit codes: 0 done, 1 the data has errors, 2 the command was wrong.",
)

Project = Annotated[
    Path | None,
    typer.Option(
        "-p", "--project", help="The project folder. Default: this folder if it is one, else the bundled one."
    ),
]
Out = Annotated[Path, typer.Option("-o", "--out", help="The folder for what is made.")]
Made = Annotated[Path, typer.Option("-b", "--build", help="The folder that holds what was built.")]
Texts = Annotated[
    list[Path] | None,
    typer.Option("--source", help="A file with a source's text; its hash tells which. Repeatable.", metavar="FILE"),
]


class _Settings:
    """What is said once for all commands."""

    lang = "en"
    debug = False


def _run(command: str, project: Path | None = None, out: Path = Path("build"), *words: Any, **more: Any) -> None:
    """Load and call a command; its errors become one sentence and an exit code."""
    debug = _Settings.debug
    try:
        context = part("commands.context").Context(project, out, _Settings.lang)
        module, _, function = command.partition(".")
        code = getattr(part(f"commands.{module}"), function or module)(context, *words, **more)
    except SokanzuError as error:
        if debug:
            raise
        print(error.message(_Settings.lang), file=sys.stderr)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # The reader of our output went away; point stdout elsewhere, or Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if debug:
            raise
        why = f"{type(error).__name__}: {error}"
        print(part("errors").sentence("unexpected", _Settings.lang, why=why), file=sys.stderr)
        code = 1
    raise typer.Exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sokanzu {__version__}")
        raise typer.Exit


@app.callback()
def main(
    lang: Annotated[str | None, typer.Option(help="Speak ja or en. Default: as the locale says.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take what holds for every command."""
    errors = part("errors")
    _Settings.lang, _Settings.debug = errors.language(lang), debug
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal's locale must not decide whether 警察 can be printed
            stream.reconfigure(encoding="utf-8", errors="replace")
    if lang is not None and lang not in ("ja", "en"):
        print(errors.sentence("unknown-language", "en", lang=lang), file=sys.stderr)
        raise typer.Exit(2)


@app.command()
def build(
    project: Project = None,
    out: Out = Path("build"),
    source: Texts = None,
    extract: Annotated[
        bool, typer.Option("--extract/--no-extract", help="Look for candidates in the sources' texts.")
    ] = True,
) -> None:
    """Read, check and store a project; write graph.ttl, chart.html and network.html."""
    _run("build", project, out, source or [], extract)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Documents (txt, md, html, pdf, docx) or folders of them.")],
    project: Project = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A file for the candidates; else they are shown.")
    ] = None,
    format: Annotated[
        str, typer.Option("-f", "--format", help="yaml or jsonl. Default: as the file is named, else yaml.")
    ] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="List likely new entities, ready for entities.yaml.")
    ] = False,
    score: Annotated[
        Path | None, typer.Option("--score", help="Gold (JSON Lines, or a folder of *.gold.jsonl) to measure against.")
    ] = None,
    date: Annotated[
        str, typer.Option("--date", help="The documents' date, where they bear none: 2016, 2016-03 or 2016-03-15.")
    ] = "",
    jobs: Annotated[int, typer.Option("-j", "--jobs", help="How many processes work.")] = 1,
    llm: Annotated[
        str,
        typer.Option(
            "--llm",
            help="Ask a language model as well: any OpenAI-compatible address. It gets the text.",
            metavar="URL",
        ),
    ] = "",
    llm_model: Annotated[str, typer.Option("--llm-model", help="Which model to ask there.", metavar="NAME")] = "",
    llm_seconds: Annotated[int, typer.Option("--llm-seconds", min=1, help="How long one answer may take.")] = 120,
    llm_only: Annotated[
        bool, typer.Option("--llm-only", help="Show what the model alone found: the rules' candidates come by a build.")
    ] = False,
) -> None:
    """Propose claims from documents, each with its exact words and the rule that found it."""
    asked = {"llm": llm, "llm_model": llm_model, "llm_seconds": llm_seconds, "llm_only": llm_only}
    _run("extract", project, Path("build"), files, out, format, suggest, score, date, jobs, **asked)


@app.command()
def check(
    project: Project = None,
    format: Annotated[str, typer.Option("-f", "--format", help="text, json or shacl.")] = "text",
    source: Texts = None,
) -> None:
    """Report every finding about a project; exit code 1 where there are errors."""
    _run("check", project, Path("build"), format, source or [])


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL; - for standard input. Prefixes are known.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file with the question; - for standard input.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A named question of the project, such as CQ01.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named questions.")] = False,
    format: Annotated[
        str, typer.Option("-f", "--format", help="table, csv, tsv, json or xml; ttl, nt or jsonld for triples.")
    ] = "table",
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="Answer as if these sources alone existed. Repeatable.", metavar="ID"),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="A value for one of the question's variables. Repeatable.", metavar="NAME=VALUE"),
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds after which the question is stopped.")] = 60,
    memory: Annotated[int, typer.Option(help="Megabytes after which it is stopped (on Linux).")] = 4000,
    project: Project = None,
    out: Made = Path("build"),
) -> None:
    """Ask SPARQL."""
    if list_:
        _run("query.list_queries", project, out)
    _run(
        "query",
        project,
        out,
        text,
        file=file,
        name=name,
        format=format,
        sources=source or [],
        given=given or [],
        timeout=timeout,
        memory=memory,
    )


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name or a part of one, in any script; typos are forgiven.")],
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    project: Project = None,
    out: Made = Path("build"),
) -> None:
    """Find entities by name; exit code 1 where nothing is found."""
    _run("find", project, out, name, limit)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An entity's id or name, or a claim's id.")],
    project: Project = None,
    out: Made = Path("build"),
) -> None:
    """Show everything said of an entity, or one claim in full."""
    _run("show", project, out, name)


@app.command()
def path(
    start: Annotated[str, typer.Argument(metavar="A", help="One end: an entity's id or name, in any language.")],
    end: Annotated[str, typer.Argument(metavar="B", help="The other end.")],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Walk claims of this stance alone. Repeatable.", metavar="STANCE"),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Leave out claims with this property. Repeatable.", metavar="PROPERTY"),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="Walk what these sources say alone. Repeatable.", metavar="ID"),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help="Leave out what cannot have held then: 2016, 2016-03 or 2016-03-15.")
    ] = "",
    max_hops: Annotated[int, typer.Option("--max-hops", min=1, max=100, help="How many links at most.")] = 8,
    through: Annotated[
        list[str] | None,
        typer.Option("--through", help="Only routes through this entity. Repeatable.", metavar="X"),
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option("--avoid", help="No route through this entity. Repeatable.", metavar="X")
    ] = None,
    k: Annotated[int, typer.Option("--k", min=0, max=1000, help="How many routes beyond the shortest.")] = 0,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Walk candidates as well, which nobody has reviewed.")
    ] = False,
    format: Annotated[str, typer.Option("-f", "--format", help="table, json or markdown.")] = "table",
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Draw the routes into this file: .html or .svg.", metavar="FILE")
    ] = None,
    project: Project = None,
    out: Made = Path("build"),
) -> None:
    """Show how two entities are connected: every route link by link, the surer first, its weakest link named."""
    _run(
        "path",
        project,
        out,
        start,
        end,
        only=only or [],
        without=without or [],
        sources=source or [],
        at=at,
        candidates=candidates,
        max_hops=max_hops,
        through=through or [],
        avoid=avoid or [],
        more=k,
        format=format,
        chart=chart,
    )


@app.command()
def export(
    format: Annotated[
        str, typer.Option("-f", "--format", help="turtle, trig, nquads, ntriples, jsonld or rdfxml.")
    ] = "turtle",
    profile: Annotated[str, typer.Option(help="Of Turtle: full, or core for names and plain view alone.")] = "full",
    file: Annotated[
        Path | None, typer.Option("-o", "--write", help="The file to write. Default: standard output.")
    ] = None,
    project: Project = None,
    out: Made = Path("build"),
) -> None:
    """Export the graph."""
    _run("export", project, out, format, profile, file)


@app.command()
def review(
    project: Project = None,
    source: Texts = None,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="Accept this candidate: its handle or id. Repeatable.", metavar="ID"),
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", help="Reject this candidate. Repeatable.", metavar="ID")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", help="Take back what was decided on this candidate. Repeatable.", metavar="ID"),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", help="A public note on what is decided; the reason, where one is asked for.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="Who decides. Default: git's user.name, else the login name.", metavar="NAME")
    ] = "",
    list_: Annotated[bool, typer.Option("--list", help="List the candidates with their ids.")] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Show how often each rule was right.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what is new, changed or gone against what was decided.")
    ] = False,
    format: Annotated[str, typer.Option("-f", "--format", help="Of what is shown: table or json.")] = "table",
) -> None:
    """Go through the candidates, one by one, and decide on them."""
    shown = [name for name, wanted in (("list", list_), ("stats", stats), ("diff", diff)) if wanted]
    verdicts = {"accept": accept or [], "reject": reject or [], "undo": undo or []}
    _run("review", project, Path("build"), source or [], verdicts, note, by, shown, format)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a project folder that builds at once and explains itself."""
    _run("new", None, Path("build"), folder)


part("commands.chart_words").chart_words(app, _run)
app.add_typer(part("commands.analyze_words").analyze_words(_run), name="analyze")

source_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The documents that the project rests on: add, list, show."
)
app.add_typer(source_app, name="source")


@source_app.command("add")
def source_add(
    what: Annotated[str, typer.Argument(metavar="FILE|URL", help="A document: txt, md, html, pdf, docx.")],
    project: Project = None,
    id: Annotated[str, typer.Option("--id", help="Its id. Default: made from the file's name or the title.")] = "",
    date: Annotated[str, typer.Option("--date", help="Its date: 2016, 2016-03 or 2016-03-15.")] = "",
    title: Annotated[str, typer.Option("--title", help="Its title. Default: as the document says.")] = "",
) -> None:
    """Take a document in: a copy in sources/, a record in sources.yaml. Nothing is fetched but the address given."""
    _run("source.add", project, Path("build"), what, id, date, title)


@source_app.command("list")
def source_list(
    project: Project = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
) -> None:
    """List the sources, each with how many of its claims were accepted, rejected or wait."""
    _run("source.list_sources", project, Path("build"), format)


@source_app.command("show")
def source_show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A source's id.")],
    project: Project = None,
    format: Annotated[str, typer.Option("-f", "--format", help="table or json.")] = "table",
) -> None:
    """Show a source's record and all its claims in the order of the text."""
    _run("source.show", project, Path("build"), name, format)


if __name__ == "__main__":
    app(prog_name="sokanzu")
