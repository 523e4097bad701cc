"""Everything that the store holds on one entity or one claim, as plain text.

In: a store, a node, a language. Out: lines: what it is; then each claim with its stance,
gist, exact words where they are at hand, source, place, date, voice, second-hand chain,
our verdict, the replies to it, and the claims that say the same or the opposite.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Store

from .errors import sentence
from .model import Words
from .rdf import COMMENT, DCTERMS, LABEL, PROV, RDF, SKOS, TYPE, graph_name, sk
from .terms import SK, vocabulary

Node = dict[str, list[NamedNode | Literal]]
_Key = tuple[str, frozenset[NamedNode | Literal]]  # a property and its object: words have one in each language
_UNFIT = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories: control, format, half of a pair, line and paragraph separators
_ABOUT = ("subject", "object", "voicedBy")


class Dossier:
    """Reads nodes of a store and tells them in one language."""

    def __init__(self, store: Store, prefixes: Mapping[str, str], lang: str) -> None:
        self.store, self.prefixes, self.lang = store, prefixes, lang
        self.terms = vocabulary()
        self._said: dict[str, dict[_Key, list[str]]] = {}
        self.label = lru_cache(maxsize=None)(self._label)
        self.claims_of = lru_cache(maxsize=None)(self._claims_of)

    def node(self, iri: str, graph: str) -> Node:
        """A node's values by predicate."""
        found: Node = defaultdict(list)
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, graph_name(graph)):
            if isinstance(quad.object, (NamedNode, Literal)):
                found[quad.predicate.value].append(quad.object)
        for values in found.values():
            values.sort(key=str)
        return found

    def words(self, node: Node, key: str) -> str:
        """The value in the reader's language, else in another."""
        given = {v.language or "und": v.value for v in node.get(key, ()) if isinstance(v, Literal)}
        return clean(Words(given).best(self.lang))

    def _label(self, iri: str) -> str:
        """What an entity or a source is called."""
        if iri == SK + "curator":
            return self.text("voice-curator")
        entity = self.words(self.node(iri, "entities"), LABEL.value)
        return entity or self.words(self.node(iri, "sources"), DCTERMS + "title") or iri

    def text(self, code: str, **words: object) -> str:
        """A message in the reader's language."""
        return sentence(code, self.lang, **words)

    def term(self, kind: str, node: Node, key: str) -> str:
        """The label of a stance, review or existence value; "" where there is none."""
        if not node.get(SK + key):
            return ""
        name = node[SK + key][0].value.rpartition("/")[2]
        return self.terms.values[kind][name].label.best(self.lang)

    def _claims_of(self, iri: str) -> dict[str, list[str]]:
        """The claims in which it is subject, object, voice, or named otherwise."""
        found: dict[str, set[str]] = defaultdict(set)
        seen: set[str] = set()
        rows = list(self.store.quads_for_pattern(None, None, NamedNode(iri), graph_name("claims")))
        for role in (*_ABOUT, ""):
            for quad in rows:
                local = quad.predicate.value.removeprefix(RDF).removeprefix(SK)
                claim = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
                if quad.predicate == sk("by"):  # a reply of its: named with the claim that was answered
                    claim = next(iter(self._naming(SK + "reply", claim)), "")
                if claim and claim not in seen and (local == role or not role):
                    found[role].add(claim)
            seen |= found[role]
        return {role: sorted(claims, key=self.order) for role, claims in found.items() if claims}

    def order(self, claim: str) -> tuple[str, str, str]:
        """Claims stand by property, then by handle."""
        handle, predicate = (self._values(claim, key) for key in (DCTERMS + "identifier", RDF + "predicate"))
        return (predicate[0].value if predicate else "", handle[0].value if handle else "", claim)

    def entity(self, iri: str, most: int = 0) -> Iterator[str]:
        """An entity: what it is, then its claims, grouped by the part it plays in them; `most` of each, all if 0."""
        node = self.node(iri, "entities")
        kinds = [v.value.removeprefix(SK) for v in [*node.get(SK + "wouldBe", []), *node.get(TYPE.value, [])]]
        name = next((k for k in kinds if k in self.terms.classes), "Thing")
        other = ", ".join(clean(v.value) for v in node.get(SKOS + "altLabel", ()))
        yield f"{self.label(iri)}  {iri.removeprefix(self.prefixes['entity'])}"
        parts = [self.terms.classes[name].label.best(self.lang), self.term("existence", node, "existence"), other]
        yield "  " + " · ".join(p for p in parts if p)
        if note := self.words(node, COMMENT.value):
            yield f"  {note}"
        for role, claims in self.claims_of(iri).items():
            yield ""
            yield self.text(f"show-{role or 'named'}", count=len(claims))
            yield from self.several(claims, most)

    def several(self, claims: list[str], most: int = 0) -> Iterator[str]:
        """Claims in full, and a word on those that are left."""
        shown = claims[:most] if most else claims
        for claim in shown:
            yield ""
            yield from self.claim(claim)
        if len(shown) < len(claims):
            yield ""
            yield "  " + self.text("show-more", count=len(claims) - len(shown))

    def claim(self, iri: str) -> Iterator[str]:
        """A claim, with everything that a reader must know before repeating it."""
        node = self.node(iri, "claims")
        handle = self.handle(iri) if DCTERMS + "identifier" in node else ""
        yield f"  {self.line(node)}  ({' '.join(filter(None, (handle, iri.removeprefix(self.prefixes['claim']))))})"
        badges = [self.term("stance", node, "stance")]
        badges += [self.text(f"show-{key}") for key in ("negated", "hedged") if SK + key in node]
        badges += [self.dates(node), self.text("show-review", review=self.term("review", node, "review"))]
        if SK + "reviewedOn" in node:
            badges.append(self.text("show-reviewed-on", date=node[SK + "reviewedOn"][0].value))
        yield "    " + " · ".join(b for b in badges if b)
        yield f"    {self.words(node, SK + 'gist')}"
        for quote in node.get(SK + "quote", ()):
            yield f"    「{clean(quote.value)}」"
        yield from self.narrowing(node)
        yield from self.origin(node)
        if note := self.words(node, COMMENT.value):
            yield "    " + self.text("show-note", note=note)
        for reply in node.get(SK + "reply", ()):
            yield "    " + self.reply(self.node(reply.value, "claims"))
        yield from self.footing(node)
        yield from self.others(iri, node)

    def line(self, node: Node) -> str:
        """Subject → property → object."""
        property = node[RDF + "predicate"][0].value.removeprefix(SK)
        told = node.get(RDF + "object", [])
        literal = bool(told) and isinstance(told[0], Literal)
        object = self.words(node, RDF + "object") if literal else self.label(told[0].value) if told else ""
        label = self.terms.properties[property].label.best(self.lang)
        sign = "✕→" if SK + "negated" in node else "→"
        return f"{self.label(node[RDF + 'subject'][0].value)} → {label} {sign} {object}"

    def dates(self, node: Node) -> str:
        """Since and until when, and as of when it is said."""
        start, end, as_of = (
            node[SK + key][0].value if SK + key in node else "" for key in ("validFrom", "validTo", "asOf")
        )
        property = self.terms.properties.get(node[RDF + "predicate"][0].value.removeprefix(SK))
        span = start if start == end else f"{start}–{end}"
        if start and not end and property and property.former:
            span = self.text("timeline-was", start=start, over=self.text("timeline-over"))
        return " ".join(p for p in (span, self.text("show-as-of", date=as_of) if as_of else "") if p)

    def narrowing(self, node: Node) -> Iterator[str]:
        """The qualifiers."""
        for name, property in self.terms.qualifiers.items():
            values = node.get(SK + name, [])
            if values and isinstance(values[0], Literal):
                yield f"    {property.label.best(self.lang)}: {self.words(node, SK + name)}"
            elif values:
                yield f"    {property.label.best(self.lang)}: {', '.join(self.label(v.value) for v in values)}"

    def origin(self, node: Node) -> Iterator[str]:
        """Whose words, through whom, from which source, where in it."""
        source = node[PROV + "wasDerivedFrom"][0].value
        voice = node[SK + "voicedBy"][0].value
        about = self.node(source, "sources")
        marks = ", ".join(v.value.partition("#char=")[2].replace(",", "–") for v in node.get(SK + "passage", ()))
        place = " ".join(p for p in (marks, self.words(node, SK + "place")) if p)
        date = about[DCTERMS + "date"][0].value if DCTERMS + "date" in about else ""
        grade = self.term("grade", about, "grade")
        title = " · ".join(p for p in (self.label(source), date, grade) if p)
        yield "    " + self.text("show-source", source=title, place=place)
        for address in about.get(SK + "address", ()):
            yield f"      {clean(address.value)}"
        if voice not in (source, *(d.value for d in about.get(SK + "document", ()))):
            yield "    " + self.text("show-voice", voice=self.label(voice))
        if via := [self.label(v.value) for v in node.get(SK + "citedVia", ())]:
            yield "    " + self.text("show-via", via=", ".join(via))

    def reply(self, said: Node) -> str:
        """What someone answered, when and where."""
        date, address = (said[SK + key][0].value if SK + key in said else "" for key in ("date", "address"))
        by = self.label(said[SK + "by"][0].value) if SK + "by" in said else ""
        gist = self.words(said, SK + "gist")
        return self.text(
            "show-reply", by=by, date=f" ({date})" if date else "", gist=gist, address=clean(address)
        ).rstrip()

    def footing(self, node: Node) -> Iterator[str]:
        """Why it is shown, what it rests on, the words that carry its stance, how it was made, who read it."""
        if reason := self.words(node, SK + "reason"):
            yield "    " + self.text("show-reason", reason=reason)
        if based := [self.handle(claim.value) for claim in node.get(SK + "basedOn", ())]:
            yield "    " + self.text("show-based-on", claims=", ".join(based))
        if cue := self.words(node, SK + "cue"):
            yield "    " + self.text("show-cue", cue=cue)
        if (method := node[SK + "method"][0].value) != SK + "curated":
            yield "    " + self.text("show-method", method=clean(method))
        if readers := [clean(reader.value) for reader in node.get(SK + "reader", ())]:
            yield "    " + self.text("show-readers", readers=", ".join(readers))

    def handle(self, claim: str) -> str:
        """What a claim is called: its handle, else its id."""
        known = self.node(claim, "claims").get(DCTERMS + "identifier")
        return clean(known[0].value) if known else claim.removeprefix(self.prefixes["claim"])

    def others(self, iri: str, node: Node) -> Iterator[str]:
        """Other claims on the same subject, property and object: the same way round, or the opposite."""
        for claim, opposite in self.alike(iri):
            other = self.node(claim, "claims")
            yield "    " + self.text(
                "show-opposite" if opposite else "show-same",
                claim=self.handle(claim),
                stance=self.term("stance", other, "stance"),
                source=self.label(other[PROV + "wasDerivedFrom"][0].value),
            )

    def alike(self, claim: str) -> list[tuple[str, bool]]:
        """Other claims with the same proposition, by name, and whether they say the opposite of it."""
        told = self._proposition(claim)
        if told is None:
            return []
        subject, key = told
        ends = {subject}
        property = self.terms.properties.get(key[0])
        if property and property.symmetric:
            ends |= {value.value for value in key[1] if isinstance(value, NamedNode)}
        near = [other for end in sorted(ends) for other in self._index(end).get(self._turned(subject, key, end), ())]
        negated = self._negated(claim)
        found = sorted({other for other in near if other != claim}, key=lambda other: (self.handle(other), other))
        return [(other, self._negated(other) != negated) for other in found]

    @staticmethod
    def _turned(subject: str, key: _Key, end: str) -> _Key:
        """What a symmetric property says, as said from this end."""
        return key if end == subject else (key[0], frozenset({NamedNode(subject)}))

    def _index(self, subject: str) -> dict[_Key, list[str]]:
        """The claims on one subject by what they say of it, read once."""
        if subject not in self._said:
            found: dict[_Key, list[str]] = defaultdict(list)
            row = NamedNode(RDF + "subject"), NamedNode(subject)
            for quad in self.store.quads_for_pattern(None, *row, graph_name("claims")):
                if isinstance(quad.subject, NamedNode) and (told := self._proposition(quad.subject.value)):
                    found[told[1]].append(quad.subject.value)
            self._said[subject] = found
        return self._said[subject]

    def _proposition(self, claim: str) -> tuple[str, _Key] | None:
        """Of whom a claim says what."""
        subject, predicate, told = (self._values(claim, RDF + name) for name in ("subject", "predicate", "object"))
        if not (subject and predicate and told):
            return None
        return subject[0].value, (predicate[0].value.removeprefix(SK), frozenset(told))

    def _negated(self, claim: str) -> bool:
        return bool(self._values(claim, SK + "negated"))

    def _values(self, claim: str, predicate: str) -> list[NamedNode | Literal]:
        found = self.store.quads_for_pattern(NamedNode(claim), NamedNode(predicate), None, graph_name("claims"))
        return [quad.object for quad in found if isinstance(quad.object, (NamedNode, Literal))]

    def claims_from(self, source: str) -> list[str]:
        """The claims that a source makes, in the order of its text; those without a place in it come last."""

        def place(claim: str) -> tuple[list[tuple[int, ...]], tuple[str, str, str]]:
            marks = (value.value.partition("#char=")[2] for value in self._values(claim, SK + "passage"))
            spans = sorted(tuple(int(number) for number in mark.split(",") if number.isdigit()) for mark in marks)
            return spans or [(sys.maxsize,)], self.order(claim)

        return sorted(self._naming(PROV + "wasDerivedFrom", source), key=place)

    def grounds(self, claim: str, back: bool = False) -> list[tuple[str, int]]:
        """The claims that one rests on, and what those rest on, each once with how many steps it lies off.

        `back`: those that rest on it.
        """
        found: dict[str, int] = {claim: 0}
        todo = [claim]
        for here in todo:
            if back:
                there = self._naming(SK + "basedOn", here)
            else:
                there = [value.value for value in self._values(here, SK + "basedOn")]
            for other in sorted(there):
                if other not in found:
                    found[other] = found[here] + 1
                    todo.append(other)
        return [(other, steps) for other, steps in found.items() if other != claim]

    def _naming(self, predicate: str, iri: str) -> list[str]:
        rows = self.store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), graph_name("claims"))
        return [quad.subject.value for quad in rows if isinstance(quad.subject, NamedNode)]


def find_claim(store: Store, prefixes: Mapping[str, str], name: str) -> str | None:
    """The IRI of the claim with that handle or id, or None."""
    for quad in store.quads_for_pattern(None, NamedNode(DCTERMS + "identifier"), Literal(name), graph_name("claims")):
        if isinstance(quad.subject, NamedNode):
            return quad.subject.value
    for iri in (name, prefixes["claim"] + name.removeprefix("claim:")):
        try:
            row = store.quads_for_pattern(NamedNode(iri), TYPE, sk("Claim"), graph_name("claims"))
        except ValueError:  # no IRI at all: then no claim's
            continue
        if next(row, None):
            return iri
    return None


def clean(text: str) -> str:
    """Text without what would move a terminal's cursor or turn its direction."""
    return "".join(c if unicodedata.category(c) not in _UNFIT else " " for c in text)
