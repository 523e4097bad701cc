"""build: read, check, store, write; then say in three lines what was made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..build import build as build_project
from ..check import Report
from ..errors import ProjectError, Severity, StoreError
from ..store import current
from .context import Context

_TEXTS = (
    "wrong-hash",
    "source-not-utf8",
    "no-such-source-text",
    "wrong-length",
    "file-unreadable",
)  # told at once, by name


def build(context: Context, texts: Sequence[Path] = (), extract: bool = True) -> int:
    """Build the project into the folder of outputs. Raises StoreError."""
    there = _other_project(context)
    try:
        with context.progress() as say:
            built = build_project(context.folder, context.out, texts, say, extract=extract)
    except ProjectError as error:
        told = Report(tuple(error.problems))
        print("\n".join(told.lines(context.lang)), file=sys.stderr)
        context.tell("not-built", errors=told.errors, warnings=told.count(Severity.warning))
        return error.exit_code
    warnings = sum(p.severity is Severity.warning and p.code not in _TEXTS for p in built.report.problems)
    print(context.text("built-graph", file=context.out / "graph.ttl", **built.counts))
    print(context.text("built-charts", chart=context.out / "chart.html", network=context.out / "network.html"))
    checked = context.text("built-check" if warnings else "built-clean", warnings=warnings)
    waiting = built.counts["candidates"]
    print(checked + (context.text("built-waiting", count=waiting) if waiting else ""))
    if there:
        context.tell("replaced-other", out=context.out, there=there)
    for problem in built.report.problems:
        if problem.code in _TEXTS:
            context.tell("plain", text=problem.line(context.lang))
    return 0


def _other_project(context: Context) -> str:
    """The project folder that the folder of outputs was built from so far, if it was another."""
    try:
        before = str(current(context.out).meta["folder"])
    except StoreError:
        return ""
    return before if before != str(context.folder.resolve()) else ""
