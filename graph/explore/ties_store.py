"""Ties from a store: all of them at once, or those around an entity as a walk comes by.

In: a store and its prefixes. Out: the same Ties that ties_of makes of the project it was built from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from ..model import CURATOR, Review, Stance, When
from ..rdf import DCTERMS, PROV, RDF, graph_name, sk, value_of
from ..terms import SK
from .ties import Filter, Tie, Ties, gathered

_CLAIMS, _SOURCES = graph_name("claims"), graph_name("sources")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_KEYS = {
    **{RDF + name: name for name in ("subject", "predicate", "object")},
    DCTERMS + "identifier": "handle",
    PROV + "wasDerivedFrom": "source",
    **{
        SK + name: name
        for name in (
            "stance",
            "negated",
            "hedged",
            "voicedBy",
            "review",
            "validFrom",
            "validTo",
            "asOf",
            "citedVia",
            "reader",
        )
    },
}
_STANCES = {value_of("stance", stance).value: stance for stance in Stance}
_REVIEWS = {value_of("review", review).value: review for review in Review}
_NEEDED = ("subject", "predicate", "object", "source", "stance", "review", "voicedBy")
_Said = dict[str, list[str]]


class StoreTies:
    """The ties of a store, read where they are asked for and kept."""

    def __init__(self, store: Store, prefixes: Mapping[str, str], wanted: Filter = Filter()) -> None:  # noqa: B008
        self.store, self.prefixes, self.wanted = store, prefixes, wanted
        self._around: dict[str, list[Tie]] = {}
        self._ties: dict[str, Tie | None] = {}
        self.when: Callable[[str], When] = lru_cache(maxsize=100_000)(When.parse)

    def all(self) -> Ties:
        """Every tie. What each claim must have is asked for at once, what it may have piece by piece."""
        said: dict[str, _Said] = {
            claim: {key: [value] for key, value in zip(_NEEDED, values, strict=True)}
            for claim, *values in self._asked(_NEEDED)
        }
        for key in _KEYS.values():
            if key not in _NEEDED:
                for claim, value in self._asked((key,)):
                    if claim in said:
                        said[claim].setdefault(key, []).append(value)
        ties = (self.tie(claim, about) for claim, about in said.items())
        return gathered((tie for tie in ties if tie), self.documents, self.wanted)

    def _asked(self, keys: Sequence[str]) -> Iterator[list[str]]:
        """Each claim with these of its values, as the engine writes them: quicker than term by term."""
        iris = {key: iri for iri, key in _KEYS.items()}
        pattern = " . ".join(f"?claim <{iris[key]}> ?{key}" for key in keys)
        only = "FILTER(isIRI(?object))" if "object" in keys else ""
        found = self.store.query(
            f"SELECT ?claim {' '.join('?' + key for key in keys)} {{ {pattern} {only} }}", default_graph=[_CLAIMS]
        )
        assert isinstance(found, QuerySolutions)
        text = found.serialize(format=QueryResultsFormat.CSV)
        assert text is not None
        rows = csv.reader(io.StringIO(text.decode(), newline=""))
        next(rows)
        return rows

    def around(self, id: str) -> list[Tie]:
        """The ties that begin or end at an entity, in the order of their claims' ids."""
        found = self._around.get(id)
        if found is None:
            found = self._around[id] = [tie for tie in self.claims_around(id) if self.wanted.passes(tie)]
        return found

    def denied_at(self, id: str) -> list[Tie]:
        """What is denied of an entity and another."""
        return [tie for tie in self.claims_around(id) if self.wanted.denies(tie)]

    def claims_around(self, id: str) -> Iterator[Tie]:
        """All claims that join an entity to one, whatever our verdict on them; each once."""
        node = self.node(id)
        claims = {
            quad.subject.value
            for role in (_SUBJECT, _OBJECT)
            for quad in self.store.quads_for_pattern(None, role, node, _CLAIMS)
            if isinstance(quad.subject, NamedNode)
        }
        for claim in sorted(claims):
            if claim not in self._ties:
                self._ties[claim] = self.tie(claim, self._read(claim))
            if tie := self._ties[claim]:
                yield tie

    def node(self, id: str) -> NamedNode:
        """The node of an entity."""
        return NamedNode(id if ":" in id else self.prefixes["entity"] + id)

    def _read(self, claim: str) -> _Said:
        about: _Said = {}
        for quad in self.store.quads_for_pattern(NamedNode(claim), None, None, _CLAIMS):
            key = _KEYS.get(quad.predicate.value)
            if key == "object" and not isinstance(quad.object, NamedNode):
                return {}  # a value: it joins nothing
            if key and isinstance(quad.object, (NamedNode, Literal)):
                about.setdefault(key, []).append(quad.object.value)
        return about

    def tie(self, claim: str, about: _Said) -> Tie | None:
        """A claim's tie, or None where it joins no two entities."""
        if not all(key in about for key in _NEEDED):
            return None
        source = self._local(about["source"][0], "source")
        return Tie(
            self._local(about["subject"][0], "entity"),
            about["predicate"][0].removeprefix(SK),
            self._local(about["object"][0], "entity"),
            self._local(claim, "claim"),
            _first(about, "handle"),
            _STANCES[about["stance"][0]],
            "negated" in about,
            "hedged" in about,
            self._voice(about["voicedBy"][0]),
            source,
            _REVIEWS[about["review"][0]],
            self._date(about, "validFrom"),
            self._date(about, "validTo"),
            self._date(about, "asOf"),
            self.dates.get(source),
            tuple(sorted(self._local(iri, "entity") for iri in about.get("citedVia", ()))),
            tuple(sorted(about.get("reader", ()))),
        )

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that sources consist of."""
        found = (quad.object for quad in self.store.quads_for_pattern(None, sk("document"), None, _SOURCES))
        return frozenset(self._local(term.value, "entity") for term in found if isinstance(term, NamedNode))

    @cached_property
    def dates(self) -> dict[str, When]:
        """The dates of the sources."""
        return {
            self._local(quad.subject.value, "source"): self.when(quad.object.value)
            for quad in self.store.quads_for_pattern(None, NamedNode(DCTERMS + "date"), None, _SOURCES)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }

    def _local(self, iri: str, kind: str) -> str:
        return iri.removeprefix(self.prefixes[kind])

    def _voice(self, iri: str) -> str:
        return CURATOR if iri == SK + CURATOR else self._local(self._local(iri, "entity"), "source")

    def _date(self, about: _Said, key: str) -> When | None:
        return self.when(about[key][0]) if key in about else None


def _first(about: _Said, key: str) -> str:
    return about[key][0] if key in about else ""
