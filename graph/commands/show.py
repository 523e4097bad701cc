"""show: one entity, source or claim: everything said of it, by whom, how surely, with the words."""

from __future__ import annotations

from pathlib import Path

from ..dossier import find_claim
from ..errors import UsageError
from ..explore.about import About
from ..explore.about_text import MOST, as_json, markdown, text
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
    with context.patience() as say:
        say("reading")
        about = About(generation.open(), generation.meta, context.lang, kind, id)
        if format == "html":
            from ..explore.about_page import page

            told = page(about)
        elif format == "json":
            told = as_json(about) + "\n"
        else:
            lines = markdown(about) if format == "markdown" else text(about, 0 if file else limit)
            told = "".join(f"{line}\n" for line in lines)
    if file is None:
        print(told, end="")
        return 0
    with writable(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, told)
    context.tell("shown", file=file)
    return 0


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
            if near and error.code == "nothing-found":
                raise UsageError("source-unknown-near", name=name, near=near) from None
            raise
