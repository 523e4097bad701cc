"""A project cut down to a few entities and claims of a store, so that they can be named and drawn.

In: a store, what its build says of itself (meta), ids. Out: a Project that holds these entities, these claims with
their passages, gists and words, and the sources they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, serialize

from ..model import Claim, Entity, Existence, Grade, Project, Source, Theme, When, Words
from ..rdf import COMMENT, DCTERMS, LABEL, SKOS, TYPE, graph_name, sk
from ..rdf_reader import claims_from_turtle
from ..terms import SK, vocabulary

_Node = dict[str, list[NamedNode | Literal]]


def part(
    store: Store,
    meta: Mapping[str, Any],
    entities: Iterable[str],
    claims: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Project:
    """The part with these entities, claims and sources, by id, and whatever the claims name beside them."""
    return _Part(store, meta).project(set(entities), sorted(set(claims)), set(sources))


class _Part:
    def __init__(self, store: Store, meta: Mapping[str, Any]) -> None:
        self.store, self.meta = store, meta
        self.spaces: Mapping[str, str] = meta["prefixes"]

    def project(self, entities: set[str], claims: list[str], also: set[str]) -> Project:
        told = self.claims(claims)
        for claim in told:
            entities |= {claim.subject, claim.voiced_by, *claim.cited_via, *(reply.by for reply in claim.replies)}
            entities |= {claim.object} if isinstance(claim.object, str) else set()
            entities |= {id for _, value in claim.qualifiers if isinstance(value, tuple) for id in value}
        sources = [source for id in sorted({claim.source for claim in told} | also) if (source := self.source(id))]
        entities |= {id for source in sources for id in (source.document, source.retells) if id}
        known = [entity for id in sorted(entities) if (entity := self.entity(id))]
        return Project(
            folder=self.meta["folder"],
            title=Words(self.meta["title"]),
            base=self.meta["base"],
            languages=tuple(self.meta["languages"]),
            themes=tuple(self.theme(id) for id in sorted({entity.theme for entity in known if entity.theme})),
            entities=tuple(known),
            sources=tuple(sources),
            claims=tuple(told),
            licence=self.meta["licence"],
        )

    def node(self, kind: str, id: str, graph: str) -> _Node:
        """What a graph says of a node, in a fixed order."""
        found: _Node = {}
        iri = id if ":" in id else self.spaces[kind] + id
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, graph_name(graph)):
            if isinstance(quad.object, (NamedNode, Literal)):
                found.setdefault(quad.predicate.value, []).append(quad.object)
        for values in found.values():
            values.sort(key=str)
        return found

    def claims(self, ids: list[str]) -> list[Claim]:
        """The claims of these ids, read as from a file of Turtle."""
        graph, triples = graph_name("claims"), []
        for id in ids:
            for quad in self.store.quads_for_pattern(NamedNode(self.spaces["claim"] + id), None, None, graph):
                triples.append(quad.triple)
                if quad.predicate == sk("reply") and isinstance(quad.object, NamedNode):
                    triples += [q.triple for q in self.store.quads_for_pattern(quad.object, None, None, graph)]
                elif quad.predicate == sk("basedOn") and isinstance(quad.object, NamedNode):  # named by its handle
                    row = quad.object, NamedNode(DCTERMS + "identifier")
                    triples += [q.triple for q in self.store.quads_for_pattern(*row, None, graph)]
        if not triples:
            return []
        text = serialize(triples, format=RdfFormat.TURTLE)
        assert text is not None
        return claims_from_turtle(text.decode(), self.meta["base"], "", vocabulary(), [])

    def entity(self, id: str) -> Entity | None:
        """An entity, None where there is none of that id."""
        node = self.node("entity", id, "entities")
        kinds = [term.value.removeprefix(SK) for key in (SK + "wouldBe", TYPE.value) for term in node.get(key, ())]
        if not kinds:
            return None
        state = _local(node, SK + "existence")
        return Entity(
            id,
            next((kind for kind in kinds if kind in vocabulary().classes), "Thing"),
            _words(node, LABEL.value),
            tuple(term.value for term in node.get(SKOS + "altLabel", ())),
            _text(node, SK + "reading"),
            _text(node, SK + "theme").removeprefix(self.spaces["theme"]),
            Existence(state) if state else None,
            _text(node, SK + "documentKind"),
            _words(node, COMMENT.value),
        )

    def source(self, id: str) -> Source | None:
        """A source, None where there is none of that id."""
        node = self.node("source", id, "sources")
        if not node:
            return None
        grade, date = _local(node, SK + "grade"), _text(node, DCTERMS + "date")
        return Source(
            id,
            _words(node, DCTERMS + "title"),
            _words(node, DCTERMS + "publisher"),
            When.parse(date) if date else None,
            tuple(term.value for term in node.get(SK + "address", ())),
            _text(node, DCTERMS + "language"),
            _words(node, DCTERMS + "rights"),
            Grade(grade) if grade else None,
            _words(node, SK + "readAs"),
            _text(node, SK + "document").removeprefix(self.spaces["entity"]),
            retells=_text(node, SK + "retells").removeprefix(self.spaces["entity"]),
            note=_words(node, COMMENT.value),
        )

    def theme(self, id: str) -> Theme:
        """A theme."""
        return Theme(id, _words(self.node("theme", id, "entities"), SKOS + "prefLabel"))


def _text(node: _Node, key: str) -> str:
    return node[key][0].value if key in node else ""


def _local(node: _Node, key: str) -> str:
    return _text(node, key).rpartition("/")[2]


def _words(node: _Node, key: str) -> Words:
    return Words({v.language or "und": v.value for v in node.get(key, ()) if isinstance(v, Literal)})
