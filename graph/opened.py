"""A project, opened from Python: its records, its graph for rdflib, networkx and pandas, its answers.

In: a folder. Out: an Opened. The store lies in memory; nothing is left on the disk. rdflib, networkx
and pandas are imported only where what is theirs is asked for.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolution, QuerySolutions, Store, Triple

from .ask import ask
from .build import prepare
from .check import Report
from .commands.asked import asked_cut, asked_filter, entity
from .commands.context import Context
from .errors import QueryError, SokanzuError, UsageError, language
from .explore.paths import MOST_HOPS, Found, Walk, find
from .explore.ties import Filter, Ties, ties_of
from .folder import find_project
from .model import Claim, Entity, Project, Source, When
from .pictured import Chart
from .plain import TABLES, network
from .rdf import GRAPHS, graph_name, prefixes
from .rules import why
from .search import Index, write_index
from .store import Generation

if TYPE_CHECKING:
    import pandas
    import rdflib
    from networkx import MultiDiGraph

Names = str | Iterable[str]
"""One, or several."""


class Wanted(TypedDict, total=False):
    """Which claims count, as `sokanzu path` has it: what is not named leaves nothing out."""

    only: Names  # stances
    without: Names  # properties
    sources: Names  # ids of sources
    at: str | When  # what cannot have held then is left out
    candidates: bool  # what nobody has reviewed counts as well


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

    def entity(self, name: str) -> Entity:
        """The one entity that a name in any language, or an id, means.

        Raises UsageError where it means none, with what is near, or several, with what they are.
        """
        found = self.project.entity(name.removeprefix("entity:"))
        if found is None:
            found = self.project.entity(entity(Context(), self._names, name))
        assert found is not None, "the index is of this project"
        return found

    def ties(self, **wanted: Unpack[Wanted]) -> Ties:
        """The ties between entities: one for each claim that joins two of them and counts.

        Filters: `only` these stances, `without` these properties, these `sources` alone, what may have held
        `at` a date, `candidates` as well. Raises UsageError for a word that is none of them.
        """
        return ties_of(self.project, _filter(self.project, **wanted))

    def network(self, *, denials: bool = False, **wanted: Unpack[Wanted]) -> MultiDiGraph:
        """The ties as a networkx MultiDiGraph, all of it plain values: nx.write_graphml takes it as it is.

        A node has `label`, a label in each of the project's languages (`label_ja`), `class`, `theme` and
        `existence`; an edge `claim`, `predicate`, `stance`, `review`, `negated`, `hedged`, `voiced_by`, `sources`,
        `valid_from`, `valid_to`, `as_of`. A denial ties nothing: with `denials` it is an edge that says `negated`.
        Filters as for `ties`.
        """
        ties = self.ties(**wanted)
        return network(ties, self.project, ties.denials if denials else ())

    def paths(
        self,
        a: str,
        b: str,
        *,
        max_hops: int = MOST_HOPS,
        through: Names = (),
        avoid: Names = (),
        k: int = 0,
        **wanted: Unpack[Wanted],
    ) -> Found:
        """How two entities are connected: `routes`, the shorter first, then the surer, each with its `weakest_tie`.

        `a`, `b`, `through` and `avoid` are names in any language or ids; `k` is how many routes are wanted beyond
        the shortest. Filters as for `ties`. Without routes, `apart` says whether there is none of any length.
        Raises UsageError for names and words as `sokanzu path` does.
        """
        start, end = (self.entity(name).id for name in (a, b))
        stops = tuple(self.entity(name).id for name in _several(through))
        shut = frozenset(self.entity(name).id for name in _several(avoid))
        return find(self.ties(**wanted), start, end, Walk(max_hops, stops, shut, k))

    def chart(
        self,
        *,
        themes: Names = (),
        around: str | None = None,
        hops: int | None = None,
        at: str | When = "",
        only: Names = (),
        size: str = "",
        pyvis: bool = False,
        lang: str = "",
    ) -> Chart:
        """The chart, or a part of it: a notebook shows it, `.svg()` and `.html()` give it, `.save(path)` writes it.

        `themes` (ids or names), what is at most `hops` lines `around` an entity, what held or may have held `at` a
        date, `only` these stances. `size`: a4, a3 or wide, for .pdf, .png and .svg. `lang`: ja or en; left out, the
        locale's. Raises UsageError for names and words as `sokanzu chart` does, ChartError where nothing is left.
        """
        cut = asked_cut(
            self.project, lambda name: self.entity(name).id, _several(themes), around, hops, str(at), _several(only)
        )
        return Chart(self.project, cut, language(lang or None), size, pyvis)

    def frame(self, table: OneOf["claims", "entities", "sources"]) -> pandas.DataFrame:
        """A table as a pandas DataFrame, one row a record, one column a field, all of it plain values.

        The claims are all there are: what was rejected and what nobody has reviewed says so in `review`.
        Raises SokanzuError where pandas is not installed, UsageError where there is no such table.
        """
        if table not in TABLES:
            raise UsageError("unknown-table", name=table, known=", ".join(TABLES))
        try:
            import pandas
        except ImportError as error:
            raise SokanzuError("no-pandas") from error
        rows, blank = TABLES[table]
        columns = blank(self.project)
        types = {name: type(cell) for name, cell in columns.items() if not isinstance(cell, str)}
        return pandas.DataFrame(rows(self.project), columns=list(columns)).astype(types)

    @cached_property
    def _names(self) -> Index:
        """The index of names, in a folder that goes away with this or with the program."""
        folder = TemporaryDirectory(prefix="sokanzu-", ignore_cleanup_errors=True)
        weakref.finalize(self, folder.cleanup)
        file = Path(folder.name) / "names.db"
        write_index(file, self.project)
        index = Index(file)
        weakref.finalize(self, index.close)
        return index


class _Unwritten(Generation):
    """A project that was not built, as far as filters look at what was."""

    def __init__(self, project: Project) -> None:
        super().__init__(Path(project.folder))
        self.__dict__["meta"] = {"sources": [source.id for source in project.sources]}


def _filter(
    project: Project,
    only: Names = (),
    without: Names = (),
    sources: Names = (),
    at: str | When = "",
    candidates: bool = False,
) -> Filter:
    there = _Unwritten(project)
    return asked_filter(there, _several(only), _several(without), _several(sources), str(at), candidates)


def _several(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


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
