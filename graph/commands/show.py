"""show: one entity, source or claim: everything said of it, by whom, how surely, with the words."""

from __future__ import annotations

import sys
from pathlib import Path

from ..dossier import find_claim
from ..errors import UsageError
from ..explore.about import About
from ..explore.about_text import MOST, as_json, claims_text, markdown, sheet_text, text
from ..names import nearest
from ..search import Index
from ..store import Generation, writable, write_file
from .asked import entity
from .context import Context

FORMATS = ("text", "json", "markdown", "html")
ENDINGS = {".html": "html", ".json": "json", ".md": "markdown", ".txt": "text"}


def show(context: Context, name: str, format: str = "", file: Path | None = None, limit: int = MOST) -> int:
    """Print or write what the graph holds on an entity (id or name), a source (id) or a claim (handle or id).

    Without a format the file's ending decides. Raises UsageError where the name means nothing, or several things.
    """
    format = format or ENDINGS.get(file.suffix.lower() if file else ".txt", "text")
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if not name.strip():
        raise UsageError("no-name")
    generation = context.generation()
    kind, id = _meant(context, generation, name)
    about = About(generation.open(), generation.meta, context.lang, kind, id)
    if file is None and format == "text":
        for line in claims_text(about, limit):  # told while the rest is being read
            print(line)
        sys.stdout.flush()
    with context.patience() as say:
        say("reading")
        if file is None and format == "text":
            told = "".join(f"{line}\n" for line in sheet_text(about, limit))
        else:
            told = _told(about, format)
    if file is None:
        print(told, end="")
        return 0
    with writable(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, told)
    context.tell("shown", file=file)
    return 0


def _told(about: About, format: str) -> str:
    """All of it, in one of FORMATS."""
    if format == "html":
        from ..explore.about_page import page

        return page(about)
    if format == "json":
        return as_json(about) + "\n"
    return "".join(f"{line}\n" for line in (markdown(about) if format == "markdown" else text(about, 0)))


def _meant(context: Context, generation: Generation, name: str) -> tuple[str, str]:
    """What a name means: entity, source or claim, and its id."""
    prefixes, sources = generation.meta["prefixes"], generation.meta["sources"]
    given = name.strip()
    if claim := find_claim(generation.open(), prefixes, given):
        return "claim", claim.removeprefix(prefixes["claim"])
    source = given.removeprefix("source:").removeprefix(prefixes["source"])
    if source in sources:
        return "source", source
    with Index(generation.names) as index:
        try:
            return "entity", entity(context, index, given.removeprefix(prefixes["entity"]))
        except UsageError as error:
            near = nearest(source, sources)
            if not near or error.code not in ("nothing-found", "show-near"):
                raise
            known = ", ".join(filter(None, (error.words.get("known"), near)))
            raise UsageError("show-near", name=name, known=known) from None
