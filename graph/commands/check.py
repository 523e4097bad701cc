"""check: the report alone; exit code 1 where there are errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..build import prepare
from ..errors import UsageError
from .context import Context

FORMATS = ("text", "json", "shacl")


def check(context: Context, format: str = "text", texts: Sequence[Path] = ()) -> int:
    """Print every finding about the project. Raises UsageError on an unknown format."""
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    with context.progress() as say:
        _, report, _ = prepare(context.folder, texts, say)
    print({"text": lambda: report.text(context.lang), "json": report.json, "shacl": report.shacl}[format]())
    return 1 if report.errors else 0
