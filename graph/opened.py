"""A project, opened from Python: its records, its graph as rdflib knows it, its answers.

In: a folder. Out: an Opened. Nothing is written: the store lies in memory. rdflib is
imported only where an rdflib object is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolution, QuerySolutions, Store, Triple

from .ask import ask
from .build import prepare
from .check import Report
from .errors import QueryError
from .folder import find_project
from .model import Claim, Entity, Project, Source
from .rdf import GRAPHS, graph_name, prefixes
from .rules import why

if TYPE_CHECKING:
    import rdflib


def open_project(folder: str | os.PathLike[str] | None = None, texts: Sequence[str | os.PathLike[str]] = ()) -> Opened:
    """Open a project: a folder, else the current one if it is a project, else the bundled one.

    `texts` are files with the text of sources, found by their hash. Errors in the project
    do not raise here: see `Opened.report`. Raises UsageError where there is no project.
    """
    found = find_project(None if folder is None else Path(folder), Path.cwd())
    return Opened(*prepare(found, [Path(text) for text in texts]))


class Opened:
    """A project that was read: `project`, `report`, `store`, and questions to it."""

    def __init__(self, project: Project, report: Report, store: Store) -> None:
        self.project, self.report, self.store = project, report, store

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Its entities."""
        return self.project.entities

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its claims."""
        return self.project.claims

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its sources."""
        return self.project.sources

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes known in questions."""
        return prefixes(self.project.base)

    def query(self, text: str) -> Rows | bool | rdflib.Graph:
        """The answer to SPARQL: Rows for SELECT, a bool for ASK, a Graph for CONSTRUCT.

        Raises QueryError. A question cannot be stopped once it runs: give strangers'
        questions to the `sokanzu query` command, which limits time and memory.
        """
        answer = ask(self.store, text, self.prefixes)
        if isinstance(answer, QuerySolutions):
            return Rows(answer)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        return _rdflib_graph(answer, self.prefixes)

    def graph(self, name: str | None = None) -> rdflib.Graph:
        """An rdflib Graph: one of the store's graphs by name, or all that is said in one.

        Names: entities, sources, claims, asserted, inferred, ontology. Raises QueryError for others.
        """
        if name is not None and name not in GRAPHS:
            raise QueryError("unknown-graph", name=name, known=", ".join(GRAPHS))
        chosen = [name] if name else ["entities", "sources", "claims", "asserted"]
        found = (q.triple for n in chosen for q in self.store.quads_for_pattern(None, None, None, graph_name(n)))
        return _rdflib_graph(found, self.prefixes)

    def why(self, subject: str, predicate: str, object: str) -> list[str]:
        """The IRIs of the claims that a plain or inferred triple of three IRIs rests on."""
        triple = Triple(NamedNode(subject), NamedNode(predicate), NamedNode(object))
        return [node.value for node in why(self.store, triple)]


class Rows:
    """The rows of a SELECT: dict-like, each cell made an rdflib term when it is touched."""

    def __init__(self, solutions: QuerySolutions) -> None:
        self.names = [variable.value for variable in solutions.variables]
        self._at = {name: number for number, name in enumerate(self.names)}
        self._rows = list(solutions)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self._at, row) for row in self._rows)

    def __getitem__(self, number: int) -> Row:
        return Row(self._at, self._rows[number])


class Row(Mapping[str, Any]):
    """One row: `row["name"]` is an rdflib term, or None where the variable is not bound."""

    __slots__ = ("_at", "_row")

    def __init__(self, at: dict[str, int], row: QuerySolution) -> None:
        self._at, self._row = at, row

    def __getitem__(self, name: str) -> Any:
        term = self._row[self._at[name]]
        return None if term is None else _terms()(term)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


@cache
def _terms() -> Callable[[object], rdflib.term.Node]:
    """Makes rdflib terms of the engine's; IRIs, which come back again and again, are kept."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as Text

    uri = lru_cache(maxsize=100_000)(URIRef)
    plain = "http://www.w3.org/2001/XMLSchema#string"

    def term(given: object) -> rdflib.term.Node:
        if isinstance(given, NamedNode):
            return uri(given.value)
        if isinstance(given, Literal):
            if given.language:
                return Text(given.value, lang=given.language)
            datatype = given.datatype.value
            return Text(given.value) if datatype == plain else Text(given.value, datatype=uri(datatype))
        return BNode(str(given).removeprefix("_:"))

    return term


def _rdflib_graph(triples: Any, known: Mapping[str, str]) -> rdflib.Graph:
    import rdflib

    graph, term = rdflib.Graph(), _terms()
    for prefix, space in known.items():
        graph.bind(prefix, space, replace=True)
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph
