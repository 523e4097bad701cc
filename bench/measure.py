"""How everything here is measured: in pairs, one right after the other, within one run.

In: two things to time. Out: the median of the pairs' ratios. A busy machine slows both
of a pair alike, so that the ratio holds where seconds would not.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table: what was measured, the ratio, and at most how much it should be."""

    what: str
    ratio: float
    goal: float | None = None  # None: there for the eye


def ratio(one: Callable[[], object], other: Callable[[], object], pairs: int) -> float:
    """How many times as long `one` takes as `other`: the median over so many pairs, after one to warm up."""
    one(), other()
    return statistics.median(_seconds(one) / _seconds(other) for _ in range(pairs))


def _seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def command(*words: str | Path) -> list[str]:
    """The `sokanzu` command with these words, as an installed user starts it."""
    script = Path(sys.executable).with_name("sokanzu.exe" if sys.platform == "win32" else "sokanzu")
    start = [str(script)] if script.is_file() else [sys.executable, str(Path(__file__).parents[1] / "sokanzu.py")]
    return [*start, *map(str, words)]


def run(words: Sequence[str], cwd: Path | None = None) -> str:
    """Run a program to its end and give what it printed. Raises RuntimeError with its last words."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-1000:]}")
    return done.stdout
