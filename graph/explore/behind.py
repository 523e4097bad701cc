"""Which claims of a store tell how some sources hang together: what is part of what, what cites what, what is used.

In: a store, a Project cut down to some claims. Out: the ids of further claims, so that what is counted on the part is
what would be counted on the whole. Only what the documents at hand lead to is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from ..model import Claim, Project
from ..rdf import PROV, RDF, graph_name, sk

_CLAIMS, _SOURCES = graph_name("claims"), graph_name("sources")
_KINDS = (sk("partOf"), sk("cites"))


class Behind:
    """Looks behind the sources of some claims."""

    def __init__(self, store: Store, spaces: Mapping[str, str]) -> None:
        self.store, self.spaces = store, spaces

    def claims(self, project: Project) -> set[str]:
        """The claims by which the project's sources may hang together, by id."""
        found, todo = set[str](), [id for source in project.sources for id in (source.document, source.retells) if id]
        for claim in project.claims:
            todo += [*claim.cited_via, claim.voiced_by, *_documents(claim)]
        for via, id in self._used(project):
            todo.append(via)
            found.add(id)
        seen = set(todo)
        for id in todo:
            for link, whole in self._links(id):
                found.add(link)
                if whole not in seen:
                    seen.add(whole)
                    todo.append(whole)
        return found

    def _links(self, id: str) -> Iterator[tuple[str, str]]:
        """The claims that say of what it is part, or what it cites, each with that."""
        node = NamedNode(id if ":" in id else self.spaces["entity"] + id)
        for quad in self.store.quads_for_pattern(None, NamedNode(RDF + "subject"), node, _CLAIMS):
            claim = NamedNode(value(quad.subject))
            if any(Quad(claim, NamedNode(RDF + "predicate"), kind, _CLAIMS) in self.store for kind in _KINDS):
                for other in self._objects(claim, RDF + "object"):
                    yield claim.value.removeprefix(self.spaces["claim"]), other.removeprefix(self.spaces["entity"])

    def _used(self, project: Project) -> Iterable[tuple[str, str]]:
        """The documents through which the sources, or those they retell, have anything, each with a claim."""
        there = {source.id for source in project.sources}
        retold = {source.retells for source in project.sources if source.retells}
        for quad in self.store.quads_for_pattern(None, sk("document"), None, _SOURCES):
            if value(quad.object).removeprefix(self.spaces["entity"]) in retold:
                there.add(value(quad.subject).removeprefix(self.spaces["source"]))
        found: dict[tuple[str, str], str] = {}
        for quad in self.store.quads_for_pattern(None, sk("citedVia"), None, _CLAIMS):
            claim = NamedNode(value(quad.subject))
            for origin in self._objects(claim, PROV + "wasDerivedFrom"):
                key = origin.removeprefix(self.spaces["source"]), value(quad.object).removeprefix(self.spaces["entity"])
                id = claim.value.removeprefix(self.spaces["claim"])
                if key[0] in there and (key not in found or id < found[key]):
                    found[key] = id
        return [(via, id) for (_, via), id in sorted(found.items())]

    def _objects(self, claim: NamedNode, predicate: str) -> list[str]:
        rows = self.store.quads_for_pattern(claim, NamedNode(predicate), None, _CLAIMS)
        return [value(quad.object) for quad in rows]


def value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """A term's text; "" for what has none."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def _documents(claim: Claim) -> tuple[str, ...]:
    told_in = claim.qualifier("document")
    return told_in if isinstance(told_in, tuple) else ()
