"""A project, opened from Python: its records, its graph as rdflib knows it, its answers.

In: a folder. Out: an Opened. Nothing is written: the store lies in memory. rdflib is
imported only where an rdflib object is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
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
        self._rows = list(solutions)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.names, row) for row in self._rows)

    def __getitem__(self, number: int) -> Row:
        return Row(self.names, self._rows[number])


class Row(Mapping[str, Any]):
    """One row: `row["name"]` is an rdflib term, or None where the variable is not bound."""

    __slots__ = ("_names", "_row")

    def __init__(self, names: list[str], row: QuerySolution) -> None:
        self._names, self._row = names, row

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        term = self._row[name]
        return None if term is None else _rdflib_term(term)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _rdflib_term(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    return rdflib.BNode(str(term).removeprefix("_:"))


def _rdflib_graph(triples: Any, known: Mapping[str, str]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for prefix, space in known.items():
        graph.bind(prefix, space, replace=True)
    for triple in triples:
        graph.add(tuple(_rdflib_term(t) for t in (triple.subject, triple.predicate, triple.object)))  # type: ignore[arg-type]
    return graph
