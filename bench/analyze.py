"""How long `sokanzu analyze` takes on 100,000 claims, and how much memory, beside networkx on the bare graph.

In: nothing; a made-up project (bench/synthetic.py), built once. Out: rows of (what, ratio, goal). Ours reads every
claim with stance, source and dates out of the store, analyses and writes the sheet; networkx is given the same claims,
read in the same way, as who is next to whom, and is asked what comes nearest. Time is the processor's; memory is what
the whole process held at most.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from graph.build import prepare
from graph.rdf import prefixes
from graph.store import Draft

from .measure import Row
from .synthetic import write_project

GRAPHS = ("brokers", "communities")  # what networkx knows as well
OTHERS = ("interlocks", "timeline", "corroboration", "contradictions", "readers")


def rows(quick: bool) -> Iterator[Row]:
    """Each in a process of its own, so that one's memory is not another's."""
    claims, pairs = (10_000, 1) if quick else (100_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        project, report, memory = prepare(write_project(top / "project", claims), extract=False)
        assert not report.errors
        meta = {"folder": "", "title": {"en": "x"}, "base": project.base, "languages": ["en"], "licence": ""}
        (top / "meta.json").write_text(json.dumps({**meta, "prefixes": prefixes(project.base)}), encoding="utf-8")
        draft = Draft(top)
        draft.load(memory.quads_for_pattern(None, None, None, None))
        draft.store.flush()
        del draft, memory, project
        for kind in (*GRAPHS, *OTHERS):
            bare = kind if kind in GRAPHS else "nothing"
            times, sizes = [], []
            for _ in range(pairs):
                ours, theirs = _apart(top, "ours", kind), _apart(top, "bare", bare)
                times.append(ours[0] / theirs[0])
                sizes.append(ours[1] / theirs[1])
            what = f"networkx {bare}" if kind in GRAPHS else "networkx"
            told = f"analyze {kind}, {claims:,} claims : reading them and {what} on the bare graph"
            yield Row(told, statistics.median(times), 1.0)
            if sizes[0]:
                yield Row(f"memory: {told}", statistics.median(sizes))


def _apart(top: Path, which: str, kind: str) -> tuple[float, float]:
    """The processor's seconds and the most memory held, of one analysis in a process of its own."""
    words = [sys.executable, "-m", "bench.analyze", str(top), which, kind]
    done = subprocess.run(words, capture_output=True, check=True, encoding="utf-8", cwd=Path(__file__).parents[1])
    seconds, memory = map(float, done.stdout.split()[-2:])
    return seconds, memory


def _ours(store: Store, meta: Mapping[str, Any], kind: str) -> None:
    from graph.commands.analyze import analysis
    from graph.explore.chosen import choose
    from graph.explore.sheet import show
    from graph.explore.stored import project_of
    from graph.explore.ties import Filter
    from graph.explore.tongue import Tongue

    project = project_of(store, meta)
    tongue = Tongue(project, "en")
    for _ in show(analysis(kind, choose(project, Filter()), tongue), tongue, "table", 100):
        pass


def _bare(store: Store, meta: Mapping[str, Any], kind: str) -> None:
    import networkx

    from graph.explore.brokers import SAMPLE, SAMPLE_ABOVE, SEED
    from graph.explore.stored import project_of

    graph = networkx.Graph()
    graph.add_edges_from((c.subject, c.object) for c in project_of(store, meta).claims if isinstance(c.object, str))
    if kind == "brokers":
        networkx.betweenness_centrality(graph, k=SAMPLE if len(graph) > SAMPLE_ABOVE else None, seed=SEED)
        list(networkx.connected_components(graph))
        list(networkx.articulation_points(graph))
    elif kind == "communities":
        networkx.community.louvain_communities(graph, seed=SEED)


def _most() -> float:
    """The most memory that this process held, in megabytes; 0 where the system does not say."""
    try:  # of this program alone: what getrusage says begins with whatever started it
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(top: Path, which: str, kind: str) -> None:
    """One analysis: print how long it took and how much it held."""
    meta = json.loads((top / "meta.json").read_text(encoding="utf-8"))
    does: Callable[[Store, Mapping[str, Any], str], None] = _ours if which == "ours" else _bare
    store = Store.read_only(str(top / "db"))
    start = time.process_time()
    does(store, meta, kind)
    print(time.process_time() - start, _most())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
