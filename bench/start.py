"""What it costs to start: whole processes, against a Python that does nothing.

In: nothing. Out: rows of (what, ratio, goal).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .measure import Row, command, ratio, run

QUESTION = "SELECT ?o { entity:NationalShopliftingPreventionOrganization sk:proposes ?o }"


def rows(quick: bool) -> Iterator[Row]:
    """`--help`, and one question to the bundled project."""
    pairs = 15 if quick else 40
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run(command("build", "-o", out), cwd=out)

        def bare() -> object:
            return run([sys.executable, "-c", "pass"])

        yield Row("--help, whole process : bare Python", ratio(lambda: run(command("--help")), bare, pairs), 7)
        ask = command("query", "-b", out, "--format", "csv", QUESTION)
        yield Row("one query, whole process : bare Python", ratio(lambda: run(ask, cwd=out), bare, pairs), 8)
