"""How building grows with the number of claims.

In: nothing; made-up projects (bench/synthetic.py). Out: rows of (what, ratio, goal).
What counts is the time per claim beside that of 1,000 claims: 1 is growing in step,
and the first hundred carry what any build costs. The charts are left out: they show
at most so many things, and would flatter every larger project.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .measure import Row, run
from .synthetic import write_project

ONE_BUILD = """
import sys, time
from pathlib import Path

import sokanzu

start = time.perf_counter()
sokanzu.build(Path(sys.argv[1]), Path(sys.argv[2]), charts=False)
print(time.perf_counter() - start)
"""


def rows(quick: bool) -> Iterator[Row]:
    """A process for each build, so that none profits from another's memory."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        base = write_project(top / "1000", 1_000)
        for claims, pairs in ((100, 5), (10_000, 3), *(() if quick else ((100_000, 1),))):
            project = write_project(top / str(claims), claims)
            times = [(seconds(project, top) / claims, seconds(base, top) / 1_000) for _ in range(pairs)]
            middle = statistics.median(one / other for one, other in times)
            goal = 1.5 if claims > 1_000 else None
            yield Row(f"build, time per claim: {claims:,} claims : 1,000 claims", middle, goal)


def seconds(project: Path, top: Path) -> float:
    """One build into a folder of its own, without the start of Python."""
    with tempfile.TemporaryDirectory(dir=top) as out:
        return float(run([sys.executable, "-c", ONE_BUILD, str(project), out]).split()[-1])
