"""query: SPARQL, given, from a file, from standard input, or by its name in the project."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from ..ask import (
    FORMATS,
    Watchdog,
    ask,
    named_queries,
    named_query,
    on_deep_stack,
    only_sources,
    read_question,
    unknown_terms,
    write_answer,
)
from ..errors import UsageError
from ..store import Generation
from .context import Context

ALIASES = {"turtle": "ttl", "ntriples": "nt"}  # as export calls them


def query(
    context: Context,
    text: str | None = None,
    *,
    file: Path | None = None,
    name: str | None = None,
    format: str = "table",
    sources: Sequence[str] = (),
    given: Sequence[str] = (),
    timeout: float = 60.0,
    memory: int = 4000,
) -> int:
    """Answer a question on standard output. Raises UsageError, QueryError."""
    format = ALIASES.get(format, format)
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if sum(x is not None for x in (text, file, name)) > 1:
        raise UsageError("one-question")
    generation = context.generation()
    if name is not None:
        asked = named_query(context.folder, name).text
    elif file is not None and str(file) != "-":
        asked = read_question(file)
    elif text is not None and text != "-":
        asked = text
    elif text is None and file is None and sys.stdin.isatty():
        raise UsageError("no-question")
    else:
        asked = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    if not asked.strip():
        raise UsageError("no-question")
    values = dict(_value(generation, row) for row in given)

    def answer() -> None:
        store = generation.open()
        if sources:
            store = only_sources(generation, store, sources)
        prefixes = generation.meta["prefixes"]
        found = write_answer(ask(store, asked, prefixes, values), format, sys.stdout.buffer, prefixes, context.lang)
        sys.stdout.buffer.flush()
        if format == "table" and not found:
            unknown = unknown_terms(asked)
            context.tell("query-unknown-term" if unknown else "query-no-rows", terms=", ".join(unknown))

    def overrun(what: str) -> None:
        context.tell(f"query-overrun-{what}", seconds=f"{timeout:g}", megabytes=memory)

    with Watchdog(timeout, memory, overrun):
        on_deep_stack(answer)
    return 0


def list_queries(context: Context) -> int:
    """Print the named questions of the project with their titles."""
    for found in named_queries(context.folder):
        title = found.title.get(context.lang) or next(iter(found.title.values()), "")
        print(f"{found.id}  {title}")
        if help := found.help.get(context.lang):
            print(f"      {help}")
    return 0


def _value(generation: Generation, row: str) -> tuple[str, NamedNode | Literal]:
    """ "person=TakehanaYutaka" or "word='…'": a variable and the term it stands for."""
    name, sign, value = row.partition("=")
    if not sign or not re.fullmatch(r"\w+", name):
        raise UsageError("bad-given", row=row)
    if value[:1] in "\"'" and len(value) > 1 and value[-1] == value[0]:
        return name, Literal(value[1:-1])
    prefix, colon, local = value.partition(":")
    spaces = generation.meta["prefixes"]
    if colon and prefix in spaces:
        return name, NamedNode(spaces[prefix] + local)
    kind = "source" if name == "source" else "claim" if name == "claim" else "entity"
    try:
        return name, NamedNode(value if "://" in value else spaces[kind] + value)
    except ValueError as error:
        raise UsageError("bad-given", row=row) from error
