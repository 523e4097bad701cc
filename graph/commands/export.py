"""export: the graph as Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from ..errors import UsageError
from ..export.engine import FORMATS as ENGINE
from ..export.engine import write
from ..export.turtle import PROFILES, turtle
from ..store import writable
from .context import Context

FORMATS = ("turtle", *ENGINE)
ALIASES = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads"}  # as query and file names call them


def export(context: Context, format: str = "turtle", profile: str = "full", file: Path | None = None) -> int:
    """Write the graph to a file or to standard output. Raises UsageError, StoreError."""
    format = ALIASES.get(format, format)
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if profile not in PROFILES:
        raise UsageError("unknown-profile", profile=profile, known=", ".join(PROFILES))
    if profile == "core" and format != "turtle":
        raise UsageError("profile-is-turtles", format=format)
    generation = context.generation()
    store, out = generation.open(), io.BytesIO()
    if format == "turtle":
        for chunk in turtle(store, generation.meta, profile):
            out.write(chunk.encode())
    else:
        write(store, format, out, generation.meta["prefixes"])
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(out.getvalue())
        sys.stdout.buffer.flush()
        return 0
    with writable(file):
        file.write_bytes(out.getvalue())
    return 0
