"""What our layers add to the engine: loading, asking, answering.

In: nothing; a made-up project (bench/synthetic.py), built once. Out: rows of (what, ratio, goal).
"""

from __future__ import annotations

import io
import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from graph.ask import Watchdog, ask, write_answer
from graph.build import prepare
from graph.opened import Rows
from graph.rdf import prefixes
from graph.store import Draft

from .measure import Row, ratio, run
from .synthetic import write_project

SMALL = "SELECT ?o { entity:Firm7 sk:supplies ?o }"
LARGE = "SELECT ?claim ?s ?o ?gist { ?claim rdf:subject ?s ; rdf:object ?o ; sk:gist ?gist }"


def rows(quick: bool) -> Iterator[Row]:
    """A store on disk, as the commands open it; the bare engine on the same store beside it."""
    claims, pairs = (5_000, 7) if quick else (50_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        project, report, memory = prepare(write_project(top / "project", claims))
        assert not report.errors
        known = prefixes(project.base)
        yield from loading(top, memory, pairs)
        yield from asking(Store.read_only(str(top / "0" / "db")), known, pairs)


def loading(top: Path, memory: Store, pairs: int) -> Iterator[Row]:
    """A built graph onto disk. Leaves the first one at top/0/db."""
    dump = top / "graph.nq"
    memory.dump(str(dump), format=RdfFormat.N_QUADS)
    numbers = itertools.count()
    triples = f"{len(memory):,} triples"

    def place() -> Path:
        path = top / str(next(numbers))
        path.mkdir()
        return path

    def ours() -> None:
        draft = Draft(place())
        draft.load(memory.quads_for_pattern(None, None, None, None))
        draft.store.flush()

    def program() -> None:
        run([oxigraph(), "load", "--location", str(place() / "db"), "--file", str(dump)])

    yield Row(f"{triples} onto disk, as build does it : `oxigraph load`", ratio(ours, program, pairs), 1.1)


def asking(store: Store, known: dict[str, str], pairs: int) -> Iterator[Row]:
    """Questions to a warm store."""

    def bare(text: str) -> QuerySolutions:
        found = store.query(text, prefixes=known, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return found

    def small(times: int = 200) -> None:
        for _ in range(times):
            list(solutions(ask(store, SMALL, known)))

    def small_bare(times: int = 200) -> None:
        for _ in range(times):
            list(bare(SMALL))

    def watched() -> None:
        with Watchdog(60, 8_000, print):
            list(solutions(ask(store, LARGE, known)))

    yield Row("a small question, warm : bare pyoxigraph", ratio(small, small_bare, 3 * pairs), 1.1)
    yield Row("a large one under its budgets : bare pyoxigraph", ratio(watched, lambda: list(bare(LARGE)), pairs), 1.3)
    for name, form in (
        ("csv", QueryResultsFormat.CSV),
        ("tsv", QueryResultsFormat.TSV),
        ("json", QueryResultsFormat.JSON),
    ):

        def ours(name: str = name) -> None:
            write_answer(ask(store, LARGE, known), name, io.BytesIO(), known)

        def engine(form: QueryResultsFormat = form) -> None:
            bare(LARGE).serialize(io.BytesIO(), form)

        yield Row(f"a large answer as {name} : the engine's own writer", ratio(ours, engine, pairs), 1.1)

    graph = rdflib.Dataset(store=OxigraphStore(store=store), default_union=True)
    declared = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in known.items())

    def terms() -> int:
        return sum(len([row[name] for name in row]) for row in Rows(solutions(ask(store, LARGE, known))))

    def oxrdflib() -> int:
        return sum(len(row) for row in graph.query(declared + LARGE) if isinstance(row, rdflib.query.ResultRow))

    assert terms() == oxrdflib()
    yield Row("a large answer as rdflib terms : oxrdflib", ratio(terms, oxrdflib, pairs), 0.8)


def solutions(answer: object) -> QuerySolutions:
    """The answer to a SELECT, which it is here."""
    assert isinstance(answer, QuerySolutions)
    return answer


def oxigraph() -> str:
    """The `oxigraph` program, which comes with the extra `bench`."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if not found:
        raise FileNotFoundError("no `oxigraph` program; it comes with: pip install 'sokanzu[bench]'")
    return found
