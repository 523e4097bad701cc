"""How long a route takes on a store of a million triples, beside what the engine takes to say that there is none.

In: nothing; a made-up project (bench/synthetic.py), built once. Out: rows of (what, ratio, goal). SPARQL has no answer
to "which route"; what comes nearest is to ask whether a property path joins the two. Where it does not, the engine
has to walk all that can be reached, and where it does, no link is named.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, QueryBoolean, Store, Variable

from graph.build import prepare
from graph.explore.paths import find
from graph.explore.ties_store import StoreTies
from graph.rdf import prefixes
from graph.store import Draft

from .measure import Row, ratio
from .synthetic import PROPOSITIONS, write_project

PLAIN = "|".join(sorted({f"sk:{name}|^sk:{name}" for _, name, _ in PROPOSITIONS}))
CLAIMS = "(^rdf:subject/rdf:object)|(^rdf:object/rdf:subject)"
PAIRS_OF_ENDS = 5


def rows(quick: bool) -> Iterator[Row]:
    """A store on disk, as the command opens it; every route is found with nothing kept from the one before."""
    claims, pairs = (5_000, 3) if quick else (53_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        project, report, memory = prepare(write_project(top / "project", claims), extract=False)
        assert not report.errors
        known, count = prefixes(project.base), len(memory)
        draft = Draft(top)
        draft.load(memory.quads_for_pattern(None, None, None, None))
        draft.store.flush()
        del draft, memory
        yield from asking(Store.read_only(str(top / "db")), known, f"{count:,}", pairs)


def asking(store: Store, known: dict[str, str], count: str, pairs: int) -> Iterator[Row]:
    """The same pairs of ends for both: the one finds the routes, the other is asked for what cannot be reached."""
    chance = random.Random(1)
    ids = sorted(_firms(store, known))
    ends = [chance.sample(ids, 2) for _ in range(PAIRS_OF_ENDS)]

    def ours() -> None:
        for one, other in ends:
            assert find(StoreTies(store, known), one, other).routes

    def engine(path: str) -> None:
        for one, _ in ends:
            start = NamedNode(known["entity"] + one)
            answer = store.query(
                f"ASK {{ ?start ({path})+ <https://example.org/nothing> }}",
                prefixes=known,
                use_default_graph_as_union=True,
                substitutions={Variable("start"): start},
            )
            assert isinstance(answer, QueryBoolean) and not answer

    what = f"all shortest routes with their claims, {count} triples"
    yield Row(f"{what} : ASK over claims that finds none", ratio(ours, lambda: engine(CLAIMS), pairs), 1.0)
    yield Row(f"{what} : ASK over plain triples that finds none", ratio(ours, lambda: engine(PLAIN), pairs), 1.0)


def _firms(store: Store, known: dict[str, str]) -> Iterator[str]:
    kind, graph = NamedNode(known["rdf"] + "type"), NamedNode(known["graph"] + "entities")
    for quad in store.quads_for_pattern(None, kind, NamedNode(known["sk"] + "Company"), graph):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value.removeprefix(known["entity"])
