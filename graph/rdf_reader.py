"""Triples as claims: what rdf writes, read back.

In: the Turtle of a file. Out: the Claims in it with all that they name, and Problems for
whatever is broken, unknown or would be lost. Triples that are about no claim are left
aside: an exported graph holds the entities, the sources and the plain view as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from .errors import Problem, Severity, Where
from .model import CURATOR, Claim, Passage, Qualifier, Reply, Review, Stance, Value, When, Words, claim_id
from .rdf import DCTERMS, PROV, RDF, RDFS, TYPE, prefixes, sk
from .records import Records
from .terms import SCHEMES, SK, Property, Vocabulary
from .turtle_lines import TurtleLines
from .values import Mention

_Term = NamedNode | Literal | BlankNode
_Row = dict[str, dict[_Term, None]]  # by property, the values in their order

E = TypeVar("E", bound=StrEnum)

_FIELDS = (
    *("negated", "hedged", "stance", "voicedBy", "citedVia", "validFrom", "validTo", "asOf"),
    *("passage", "readingOrder", "place", "gist", "quote", "cue", "basedOn", "method", "confidence", "review"),
    *("reviewedOn", "reader", "reason", "reply"),
)
_KNOWN = (
    *(TYPE.value, RDF + "subject", RDF + "predicate", RDF + "object", PROV + "wasDerivedFrom"),
    *(DCTERMS + "identifier", RDFS + "comment"),
    *(SK + name for name in _FIELDS),
)


def claims_from_turtle(text: str, base: str, file: str, vocabulary: Vocabulary, problems: list[Problem]) -> list[Claim]:
    """The claims of a Turtle text that follows the claim model; what is broken becomes Problems."""
    records = Records(file, problems, vocabulary, ("und",))
    return [claim for claim, _ in read_claims(text, base, records) if claim]


def read_claims(text: str, base: str, records: Records) -> Iterator[tuple[Claim | None, list[Mention]]]:
    """Each claim of a Turtle text, None where it must be left out, with everything that it names."""
    rows: dict[str, _Row] = {}
    nameless = False
    parser = parse(text, format=RdfFormat.TURTLE)
    try:
        for triple in parser:
            subject, value = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(value, _Term):
                rows.setdefault(subject.value, {}).setdefault(triple.predicate.value, {})[value] = None
            elif value == sk("Claim") or triple.predicate.value == RDF + "subject":
                nameless = True
    except SyntaxError as error:
        why = re.sub(r"^Parser error at [^:]*: | \(line \d+\)$", "", str(error.msg))
        records.problem("turtle-syntax", error.lineno or 0, why=why)
        return
    except MemoryError:  # the parser keeps 16 MB for one term
        records.problem("turtle-long", 0)
        return
    reader = _ClaimReader(rows, base, text, dict(parser.prefixes), records)
    claims = [node for node, row in rows.items() if sk("Claim") in row.get(TYPE.value, ())]
    if nameless:
        records.problem("nameless-claim", reader.lines.nameless)
    elif rows and not claims:
        records.problem("no-claims", 1)
    for node in claims:
        first = len(records.mentions)
        claim = reader.claim(node)
        yield claim, records.mentions[first:]


class _ClaimReader:
    """Reads one claim at a time; Problems are collected, nothing is raised."""

    def __init__(
        self, rows: dict[str, _Row], base: str, text: str, spaces: Mapping[str, str], records: Records
    ) -> None:
        self.rows, self.base, self.records = rows, base, records
        self.prefixes = prefixes(base)
        self.lines = TurtleLines(text, spaces)
        self.start = 0
        self.row: _Row = {}
        qualifiers = records.vocabulary.qualifiers
        self.known = (*_KNOWN, *(SK + name for name in qualifiers))

    def line_of(self, key: str) -> int:
        """The line of a property in the claim's block."""
        return self.lines.property(key, self.start)

    def problem(self, code: str, key: str, severity: Severity = Severity.error, **words: object) -> None:
        self.records.problem(code, self.line_of(key), severity, key=self.short(key), **words)

    def short(self, iri: str) -> str:
        """sk:stance for its IRI."""
        space = next((p for p, s in self.prefixes.items() if s and iri.startswith(s)), "")
        return f"{space}:{iri.removeprefix(self.prefixes[space])}" if space else iri

    # a claim

    def claim(self, node: str) -> Claim | None:
        """The claim of a node, or None."""
        self.row, self.start = self.rows[node], self.lines.subject(node)
        before = self.records.errors
        self.check_keys()
        claim = self.read()
        sound = self.records.errors == before
        local = self.local(node, "claim")
        if not claim.handle and not (sound and local == claim_id(claim, self.base)):
            claim = replace(claim, handle=local)  # a name that someone gave it
        if claim.handle:
            where = self.records.where(self.line_of(DCTERMS + "identifier"))
            self.records.mentions.append(Mention("handle", "id", claim.handle, where))
        return claim if sound else None

    def check_keys(self) -> None:
        """What would be lost without a word."""
        for key in self.row:
            if key in self.known:
                continue
            if key.startswith(SK):
                names = [self.short(name) for name in self.known]
                self.records.unknown("unknown-key", self.short(key), names, self.line_of(key), what="claim")
            else:
                self.problem("triple-left-out", key, Severity.warning)

    def read(self) -> Claim:
        vocabulary = self.records.vocabulary
        name = self.iri(RDF + "predicate", needed=True)
        predicate = name.removeprefix(SK)
        property = vocabulary.properties.get(predicate)
        if name and property is None:
            line = self.line_of(RDF + "predicate")
            self.records.unknown("unknown-property", predicate, vocabulary.properties, line)
        source = self.iri(PROV + "wasDerivedFrom", needed=True)
        told = self.told(property)
        method = self.iri(SK + "method")
        return Claim(
            subject=self.ref(RDF + "subject"),
            predicate=predicate,
            object="" if told is None else told,
            source=self.local(source, "source"),
            stance=self.choice("stance", Stance, needed=True) or Stance.questioned,
            passages=self.passages(source),
            place=self.words(SK + "place"),
            handle=self.text_of(DCTERMS + "identifier"),
            negated=self.flag("negated"),
            hedged=self.flag("hedged"),
            voiced_by=self.voice(),
            cited_via=self.refs(SK + "citedVia"),
            valid_from=self.when(SK + "validFrom"),
            valid_to=self.when(SK + "validTo"),
            as_of=self.when(SK + "asOf"),
            qualifiers=tuple(
                (name, value)
                for name, property in sorted(vocabulary.qualifiers.items())
                if SK + name in self.row and (value := self.qualifier(SK + name, property)) is not None
            ),
            gist=self.words(SK + "gist"),
            quote=self.text_of(SK + "quote"),
            cue=self.text_of(SK + "cue"),
            based_on=self.based_on(),
            method="curated" if method in ("", SK + "curated") else self.local(method, "rule"),
            confidence=self.confidence(),
            review=self.choice("review", Review) or Review.accepted,
            reviewed_on=self.when(SK + "reviewedOn"),
            readers=tuple(sorted(self.texts(SK + "reader"))),
            reason=self.words(SK + "reason"),
            note=self.words(RDFS + "comment"),
            replies=tuple(self.reply(node) for node in sorted(self.iris(SK + "reply"))),
            where=self.records.where(self.start),
        )

    # terms

    def local(self, iri: str, kind: str) -> str:
        """An entity's, source's or claim's id: local where it is the project's own."""
        return unicodedata.normalize("NFC", iri.removeprefix(f"{self.base}{kind}/"))

    def terms(self, key: str) -> list[NamedNode | Literal]:
        """The values of a property; a blank node names nothing."""
        found = self.row.get(key, {})
        if any(isinstance(term, BlankNode) for term in found):
            self.problem("blank-node", key)
        return [term for term in found if not isinstance(term, BlankNode)]

    def iris(self, key: str) -> list[str]:
        """The values that must be IRIs."""
        terms = self.terms(key)
        if any(isinstance(term, Literal) for term in terms):
            self.problem("wants-iri", key)
        return [term.value for term in terms if isinstance(term, NamedNode)]

    def texts(self, key: str) -> list[str]:
        """The values that must be literals."""
        terms = self.terms(key)
        if any(isinstance(term, NamedNode) for term in terms):
            self.problem("wants-literal", key)
        return [term.value for term in terms if isinstance(term, Literal)]

    def single(self, key: str, found: list[str], needed: bool) -> str:
        """The one value of a property that takes one."""
        if len(found) > 1:
            self.problem("several-values", key)
        if needed and key not in self.row:
            self.records.problem("missing-key", self.start, what="claim", key=self.short(key))
        return found[0] if found else ""

    def iri(self, key: str, needed: bool = False) -> str:
        return self.single(key, self.iris(key), needed)

    def text_of(self, key: str, needed: bool = False) -> str:
        return self.single(key, self.texts(key), needed)

    def refs(self, key: str, kind: str = "entity") -> tuple[str, ...]:
        """The ids of other things; whether they exist is asked when everything is read."""
        ids = sorted({self.local(iri, kind) for iri in self.iris(key)})
        where = self.records.where(self.line_of(key)) if ids else Where()
        self.records.mentions += [Mention(kind, self.short(key), id, where) for id in ids]
        return tuple(ids)

    def ref(self, key: str) -> str:
        """The id of one other thing, which must be there."""
        return self.single(key, list(self.refs(key)), needed=True)

    def words(self, key: str) -> Words:
        """Words by language; without one, they count as in none."""
        found: dict[str, str] = {}
        self.texts(key)
        for term in self.row.get(key, {}):
            if isinstance(term, Literal) and found.setdefault(term.language or "und", term.value) != term.value:
                self.problem("several-values", key)
        return Words(found)

    def when(self, key: str) -> When | None:
        text = self.text_of(key)
        try:
            return When.parse(text) if text else None
        except ValueError:
            self.problem("bad-date", key, text=text)
            return None

    def number(self, key: str) -> int | None:
        text = self.text_of(key)
        if text and not re.fullmatch(r"[+-]?[0-9]{1,15}", text):
            self.problem("not-a-number", key, text=text)
            return None
        return int(text) if text else None

    def flag(self, name: str) -> bool:
        text = self.text_of(SK + name)
        if text not in ("", "true", "false", "1", "0"):
            self.problem("not-a-flag", SK + name, text=text)
        return text in ("true", "1")

    def confidence(self) -> float | None:
        text = self.text_of(SK + "confidence")
        if not text:
            return None
        if re.fullmatch(r"[01](\.[0-9]+)?|0?\.[0-9]+", text) and float(text) <= 1:
            return float(text)
        self.problem("bad-confidence", SK + "confidence", text=text)
        return None

    def choice(self, name: str, kind: type[E], needed: bool = False) -> E | None:
        """A stance or a review, by its IRI."""
        iri = self.iri(SK + name, needed)
        value = iri.removeprefix(SCHEMES[name])
        if iri and value not in set(kind):
            line, choices = self.line_of(SK + name), ", ".join(kind)
            self.records.unknown("unknown-choice", value, list(kind), line, key=f"sk:{name}", choices=choices)
            return None
        return kind(value) if iri else None

    def told(self, property: Property | None) -> str | Value | None:
        """The object: an entity's id, or the value that the property takes."""
        key = RDF + "object"
        terms = self.terms(key)
        if property is None or key not in self.row:
            self.single(key, [], needed=True)
            return None
        wants = Literal if property.kind == "literal" else NamedNode
        if not all(isinstance(term, wants) for term in terms):
            line = self.line_of(key)
            self.records.problem("wants-value" if wants is Literal else "wants-object", line, property=property.name)
            return None
        return self.value(key, property) if wants is Literal else self.ref(key)

    def value(self, key: str, property: Property) -> Value | None:
        if "PartialDate" in property.range:
            return self.when(key)
        if "integer" in property.range:
            return self.number(key)
        return self.words(key) or None

    def qualifier(self, key: str, property: Property) -> Qualifier | None:
        if {"langString", "string", "integer", "PartialDate"} & set(property.range):
            return self.value(key, property)
        return self.refs(key) or None

    def passages(self, source: str) -> tuple[Passage, ...]:
        """The spans in the source, in reading order."""
        key, found = SK + "passage", []
        for iri in self.iris(key):
            if match := re.fullmatch(re.escape(source) + r"#char=([0-9]{1,12}),([0-9]{1,12})", iri):
                found.append(Passage(int(match[1]), int(match[2])))
            else:
                self.problem("bad-passage-iri", key, iri=iri)
        marks = {f"char={span.start},{span.end}": span for span in sorted(found)}
        order = self.text_of(SK + "readingOrder").split()
        if order and sorted(order) != sorted(marks):
            self.problem("bad-reading-order", SK + "readingOrder")
            order = []
        return tuple(marks[mark] for mark in order or marks)

    def voice(self) -> str:
        """An entity, a source, or the curator."""
        iri = self.iri(SK + "voicedBy")
        if iri in ("", SK + CURATOR):
            return CURATOR if iri else ""
        id = self.local(iri, "entity" if iri.startswith(f"{self.base}entity/") else "source")
        where = self.records.where(self.line_of(SK + "voicedBy"))
        self.records.mentions.append(Mention("voice", "sk:voicedBy", id, where))
        return id

    def based_on(self) -> tuple[str, ...]:
        """Handles of other claims, else their names."""
        key, found = SK + "basedOn", []
        for iri in self.iris(key):
            given = self.rows.get(iri, {}).get(DCTERMS + "identifier", {})
            found.append(next((t.value for t in given if isinstance(t, Literal)), self.local(iri, "claim")))
        where = self.records.where(self.line_of(key)) if found else Where()
        self.records.mentions += [Mention("claim", "sk:basedOn", handle, where) for handle in found]
        return tuple(sorted(found))

    def reply(self, node: str) -> Reply:
        """What someone answered."""
        claim, self.row = self.row, self.rows.get(node, {})
        try:
            return Reply(
                by=self.ref(SK + "by"),
                gist=self.words(SK + "gist"),
                date=self.when(SK + "date"),
                address=self.text_of(SK + "address"),
            )
        finally:
            self.row = claim
