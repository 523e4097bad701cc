"""A project as a store knows it: what exploring needs, without its files being read again.

In: a store and what its build says of itself (meta). Out: a Project with every entity, source and claim; what no
analysis asks for (passages, exact words, gists, replies, methods) stays in the store.
"""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from ..model import (
    CURATOR,
    Claim,
    Entity,
    Existence,
    Grade,
    Project,
    Qualifier,
    Review,
    Source,
    Stance,
    Theme,
    Value,
    When,
    Words,
)
from ..rdf import COMMENT, DCTERMS, LABEL, PROV, RDF, SKOS, TYPE, XSD, graph_name
from ..terms import SK, vocabulary

_Node = dict[str, list[NamedNode | Literal]]

_ONE = {  # what a claim has once at most
    **{name: RDF + name for name in ("subject", "predicate")},
    "handle": DCTERMS + "identifier",
    "source": PROV + "wasDerivedFrom",
    **{name: SK + name for name in ("stance", "negated", "hedged", "voicedBy", "review")},
    **{name: SK + name for name in ("validFrom", "validTo", "asOf")},
}
_MORE = {  # what it may have several times, or in several languages
    "object": RDF + "object",
    "note": COMMENT.value,
    **{name: SK + name for name in ("citedVia", "basedOn", "reader")},
}
_DATES = {XSD + name for name in ("gYear", "gYearMonth", "date")}


def project_of(store: Store, meta: Mapping[str, Any]) -> Project:
    """The project that a store was built from."""
    with unswept():
        return _Reader(store, meta).project()


@contextmanager
def unswept() -> Iterator[None]:
    """Hold back the search for garbage that goes in circles; claims do not, and each search looks at all of them."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


class _Reader:
    def __init__(self, store: Store, meta: Mapping[str, Any]) -> None:
        self.store, self.meta = store, meta
        self.spaces = {kind: meta["prefixes"][kind] for kind in ("entity", "claim", "source", "theme")}
        self.when: Callable[[str], When] = lru_cache(maxsize=100_000)(When.parse)
        self.shared: dict[str, str] = {}
        self.qualifiers = tuple(vocabulary().qualifiers)

    def project(self) -> Project:
        """All of it, in the order of ids; claims in the order of their handles."""
        entities, themes = self.entities()
        claims = sorted(self.claims(), key=lambda claim: (claim.source, claim.handle, claim.subject, claim.predicate))
        return Project(
            folder=self.meta["folder"],
            title=Words(self.meta["title"]),
            base=self.meta["base"],
            languages=tuple(self.meta["languages"]),
            themes=themes,
            entities=entities,
            sources=self.sources(),
            claims=tuple(claims),
            licence=self.meta["licence"],
        )

    def nodes(self, graph: str) -> dict[str, _Node]:
        """What a graph says of each node."""
        found: dict[str, _Node] = defaultdict(dict)
        for quad in self.store.quads_for_pattern(None, None, None, graph_name(graph)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
                found[quad.subject.value].setdefault(quad.predicate.value, []).append(quad.object)
        return found

    def terms(self, predicate: str) -> Iterator[tuple[str, NamedNode | Literal]]:
        """What claims have by one property, by the claim's IRI: the same text each time, not the same again."""
        share = self.shared.setdefault
        for quad in self.store.quads_for_pattern(None, NamedNode(predicate), None, graph_name("claims")):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
                claim = quad.subject.value
                yield share(claim, claim), quad.object

    def entities(self) -> tuple[tuple[Entity, ...], tuple[Theme, ...]]:
        """The entities and, as they stand in the same graph, the themes."""
        known, themes = [], []
        classes = vocabulary().classes
        for iri, node in self.nodes("entities").items():
            if iri.startswith(self.spaces["theme"]):
                themes.append(Theme(iri.removeprefix(self.spaces["theme"]), words(node.get(SKOS + "prefLabel", ()))))
                continue
            kinds = [term.value.removeprefix(SK) for key in (SK + "wouldBe", TYPE.value) for term in node.get(key, ())]
            state = last(node, SK + "existence")
            known.append(
                Entity(
                    id=self.local(iri, "entity"),
                    cls=next((kind for kind in kinds if kind in classes), "Thing"),
                    name=words(node.get(LABEL.value, ())),
                    also=tuple(sorted(term.value for term in node.get(SKOS + "altLabel", ()))),
                    theme=first(node, SK + "theme").removeprefix(self.spaces["theme"]),
                    existence=Existence(state) if state else None,
                )
            )
        return tuple(sorted(known, key=lambda e: e.id)), tuple(sorted(themes, key=lambda theme: theme.id))

    def sources(self) -> tuple[Source, ...]:
        """The sources."""
        found = []
        for iri, node in self.nodes("sources").items():
            if not iri.startswith(self.spaces["source"]) and DCTERMS + "title" not in node:
                continue
            date, grade = first(node, DCTERMS + "date"), last(node, SK + "grade")
            found.append(
                Source(
                    id=self.local(iri, "source"),
                    title=words(node.get(DCTERMS + "title", ())),
                    publisher=words(node.get(DCTERMS + "publisher", ())),
                    date=self.when(date) if date else None,
                    addresses=tuple(sorted(term.value for term in node.get(SK + "address", ()))),
                    language=first(node, DCTERMS + "language"),
                    grade=Grade(grade) if grade else None,
                    document=self.local(first(node, SK + "document"), "entity"),
                    retells=self.local(first(node, SK + "retells"), "entity"),
                )
            )
        return tuple(sorted(found, key=lambda source: source.id))

    def claims(self) -> Iterator[Claim]:
        """The claims, read property by property. What one is based on is named by handle, as in the files."""
        share = self.shared.setdefault
        one = {
            name: {claim: share(term.value, term.value) for claim, term in self.terms(iri)}
            for name, iri in _ONE.items()
        }
        more: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for name, iri in (*_MORE.items(), *((name, SK + name) for name in self.qualifiers)):
            more[name] = defaultdict(list)
            for claim, term in self.terms(iri):
                more[name][claim].append(term)
        for claim in one["subject"]:
            single = {name: values[claim] for name, values in one.items() if claim in values}
            several = {name: values[claim] for name, values in more.items() if claim in values}
            yield self.claim(claim, single, several, one["handle"])

    def claim(
        self,
        iri: str,
        one: Mapping[str, str],
        more: Mapping[str, list[NamedNode | Literal]],
        handles: Mapping[str, str],
    ) -> Claim:
        """One claim."""
        told = more["object"]
        rests = (term.value for term in more.get("basedOn", ()))
        dates = {name: self.when(one[name]) for name in ("validFrom", "validTo", "asOf") if name in one}
        return Claim(
            subject=self.local(one["subject"], "entity"),
            predicate=sys.intern(one["predicate"].removeprefix(SK)),
            object=self.local(told[0].value, "entity") if isinstance(told[0], NamedNode) else self.value(told),
            source=self.local(one["source"], "source"),
            stance=Stance(one["stance"].rpartition("/")[2]),
            handle=one.get("handle", ""),
            negated="negated" in one,
            hedged="hedged" in one,
            voiced_by=self.voice(one["voicedBy"]),
            cited_via=tuple(sorted(self.local(term.value, "entity") for term in more.get("citedVia", ()))),
            valid_from=dates.get("validFrom"),
            valid_to=dates.get("validTo"),
            as_of=dates.get("asOf"),
            qualifiers=tuple((name, self.qualifier(more[name])) for name in self.qualifiers if name in more),
            based_on=tuple(sorted(handles.get(ground) or self.local(ground, "claim") for ground in rests)),
            review=Review(one["review"].rpartition("/")[2]),
            readers=tuple(sorted(term.value for term in more.get("reader", ()))),
            note=words(more.get("note", ())),
            known_as=self.local(iri, "claim"),
        )

    def qualifier(self, terms: list[NamedNode | Literal]) -> Qualifier:
        """Entities, or a value."""
        if isinstance(terms[0], NamedNode):
            return tuple(sorted(self.local(term.value, "entity") for term in terms))
        return self.value(terms)

    def value(self, terms: list[NamedNode | Literal]) -> Value:
        """A date, a number, or words."""
        term = terms[0]
        datatype = "" if not isinstance(term, Literal) or term.language else term.datatype.value
        if datatype in _DATES:
            return self.when(term.value)
        if datatype == XSD + "integer":
            return int(term.value)
        return words(terms)

    def voice(self, iri: str) -> str:
        return CURATOR if iri == SK + CURATOR else self.local(self.local(iri, "entity"), "source")

    def local(self, iri: str, kind: str) -> str:
        return sys.intern(iri.removeprefix(self.spaces[kind]))


def first(node: _Node, key: str) -> str:
    """A value as text; "" where there is none."""
    return node[key][0].value if key in node else ""


def last(node: _Node, key: str) -> str:
    """The last word of an IRI: stated for …/stance/stated."""
    return first(node, key).rpartition("/")[2]


def words(terms: Iterable[NamedNode | Literal]) -> Words:
    """The same words in their languages."""
    return Words({term.language or "und": term.value for term in terms if isinstance(term, Literal)})
