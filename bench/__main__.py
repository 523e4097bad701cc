"""`python -m bench [--quick]`: everything that is claimed about speed, as a table of ratios.

In: nothing. Out: one line for each row of each module here, with its goal and whether it
is met. Exit code 1 where something could not be measured; a missed goal is said, not punished.
"""

from __future__ import annotations

import argparse
import importlib
import math
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterable

import bench

Measure = Callable[[bool], Iterable[tuple[str, float, float | None]]]

FIRST = ("start", "build", "store")  # the others follow by name
ABOUT = """\
Each number is a ratio: what the first thing takes (time, if nothing else is said) over what the second takes.
Both are timed in pairs, one right after the other, within this run; the median of the pairs' ratios counts.
"""


def modules() -> list[str]:
    """Every module of this folder that has rows to show."""
    names = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_"))
    return [*FIRST, *(name for name in names if name not in FIRST)]


def line(what: str, ratio: float, goal: float | None) -> str:
    """One row of the table."""
    verdict = "" if goal is None else "met" if ratio <= goal else "MISSED"
    return f"{_number(ratio):>8}  {'' if goal is None else '≤ ' + _number(goal):>8}  {verdict:<6}  {what}"


def _number(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 or value == 0 else f"{value:.{1 - math.floor(math.log10(value))}f}"


def main(words: list[str]) -> int:
    """Measure and print, row by row, so that one sees it go on."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure what is claimed about speed.")
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer pairs: minutes, not an hour")
    parser.add_argument("only", nargs="*", help=f"some of: {', '.join(modules())} (all, if left out)")
    asked = parser.parse_args(words)
    if unknown := set(asked.only) - set(modules()):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    missed, failed = 0, 0
    print(ABOUT)
    print(f"{'ratio':>8}  {'goal':>8}  {'':6}  what")
    for name in asked.only or modules():
        try:
            measure: Measure = getattr(importlib.import_module(f"bench.{name}"), "rows", lambda quick: ())
            for what, ratio, goal in measure(asked.quick):
                print(line(what, ratio, goal), flush=True)
                missed += goal is not None and ratio > goal
        except Exception as error:
            traceback.print_exc()
            print(f"{'–':>8}  {'':>8}  FAILED  {name}: {error}", flush=True)
            failed += 1
    print(f"\n{missed} missed, {failed} could not be measured" if missed or failed else "\nAll goals met")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
