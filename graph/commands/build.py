"""build: read, check, store, write; then say in three lines what was made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..build import build as build_project
from ..errors import Severity
from .context import Context


def build(context: Context, texts: Sequence[Path] = ()) -> int:
    """Build the project into the folder of outputs. Raises ProjectError, StoreError."""
    built = build_project(context.folder, context.out, texts, context.progress())
    warnings = sum(p.severity is Severity.warning for p in built.report.problems)
    print(context.text("built-graph", file=context.out / "graph.ttl", **built.counts))
    print(context.text("built-charts", chart=context.out / "chart.html", network=context.out / "network.html"))
    print(context.text("built-check" if warnings else "built-clean", warnings=warnings))
    for problem in built.report.problems:
        if problem.code in ("wrong-hash", "source-not-utf8", "no-such-source-text"):
            context.tell("plain", text=problem.line(context.lang))
    return 0
