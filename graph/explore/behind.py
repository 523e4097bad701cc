"""Which claims of a store tell how some sources hang together: what is part of what, what cites what, what is used.

In: a store, a Project cut down to some claims. Out: ids of further claims and sources, so that what is counted on
the part is what would be counted on the whole. Only what the documents at hand lead to is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from ..model import Claim, Project
from ..rdf import PROV, RDF, graph_name, sk
from ..terms import SK

_CLAIMS, _SOURCES = graph_name("claims"), graph_name("sources")
_KINDS = (sk("partOf"), sk("cites"))


class Behind:
    """Looks behind the sources of some claims."""

    def __init__(self, store: Store, spaces: Mapping[str, str]) -> None:
        self.store, self.spaces = store, spaces

    def found(self, project: Project) -> tuple[set[str], set[str]]:
        """The claims by which the project's sources may hang together, and the sources behind them; ids."""
        claims, sources = set[str](), {source.id for source in project.sources}
        todo = [id for source in project.sources for id in (source.document, source.retells) if id]
        for claim in project.claims:
            todo += [*claim.cited_via, claim.voiced_by, *_documents(claim)]
        for source in sorted(sources):
            todo += self._used(source, claims)
        seen = set(todo)
        for id in todo:
            there = []
            for link, other in self._links(id):
                claims.add(link)
                there.append(other)
            for source in self._sources(id):
                sources.add(source)
                retells = self._objects(NamedNode(self._iri("source", source)), SK + "retells", _SOURCES)
                there += [other.removeprefix(self.spaces["entity"]) for other in retells]
                there += self._used(source, claims)
            todo += [other for other in dict.fromkeys(there) if other not in seen]
            seen.update(there)
        return claims, sources

    def _iri(self, kind: str, id: str) -> str:
        return id if ":" in id else self.spaces[kind] + id

    def _sources(self, document: str) -> list[str]:
        """The sources that consist of a document."""
        row = sk("document"), NamedNode(self._iri("entity", document))
        rows = self.store.quads_for_pattern(None, *row, _SOURCES)
        return sorted(value(quad.subject).removeprefix(self.spaces["source"]) for quad in rows)

    def _used(self, source: str, claims: set[str]) -> list[str]:
        """The documents through which a source has anything; a claim that says so is added for each."""
        found = self._vias.get(source, {})
        claims.update(found.values())
        return list(found)

    @cached_property
    def _vias(self) -> dict[str, dict[str, str]]:
        """By source, the documents through which it has anything, each with a claim."""
        found: dict[str, dict[str, str]] = {}
        for quad in self.store.quads_for_pattern(None, sk("citedVia"), None, _CLAIMS):
            claim, via = NamedNode(value(quad.subject)), value(quad.object).removeprefix(self.spaces["entity"])
            id = claim.value.removeprefix(self.spaces["claim"])
            for origin in self._objects(claim, PROV + "wasDerivedFrom"):
                vias = found.setdefault(origin.removeprefix(self.spaces["source"]), {})
                vias[via] = min(id, vias.get(via, id))
        return found

    def _links(self, id: str) -> Iterator[tuple[str, str]]:
        """The claims that say of what it is part, or what it cites, each with that."""
        node = NamedNode(self._iri("entity", id))
        for quad in self.store.quads_for_pattern(None, NamedNode(RDF + "subject"), node, _CLAIMS):
            claim = NamedNode(value(quad.subject))
            if any(Quad(claim, NamedNode(RDF + "predicate"), kind, _CLAIMS) in self.store for kind in _KINDS):
                for other in self._objects(claim, RDF + "object"):
                    yield claim.value.removeprefix(self.spaces["claim"]), other.removeprefix(self.spaces["entity"])

    def _objects(self, node: NamedNode, predicate: str, graph: NamedNode = _CLAIMS) -> list[str]:
        rows = self.store.quads_for_pattern(node, NamedNode(predicate), None, graph)
        return [value(quad.object) for quad in rows]


def value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """A term's text; "" for what has none."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def _documents(claim: Claim) -> tuple[str, ...]:
    told_in = claim.qualifier("document")
    return told_in if isinstance(told_in, tuple) else ()
