"""Triples as claims: what rdf writes, read back.

In: the Turtle of a file. Out: the Claims in it, and Problems for whatever is broken.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from .errors import Problem, Where
from .model import CURATOR, Claim, Passage, Qualifier, Reply, Review, Stance, Value, When, Words
from .rdf import DCTERMS, PROV, RDF, RDFS, TYPE, sk
from .terms import SK, Property, Vocabulary

_Term = NamedNode | Literal
_Row = dict[str, list[_Term]]


def claims_from_turtle(
    text: str, base: str, file: str, vocabulary: Vocabulary, problems: list[Problem]
) -> list[Claim]:
    """The claims of a Turtle text that follows the claim model; what is broken becomes Problems."""
    rows: dict[str, _Row] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in parse(text, format=RdfFormat.TURTLE):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, (NamedNode, Literal)):
                rows[triple.subject.value][triple.predicate.value].append(triple.object)
    except SyntaxError as error:
        why = re.sub(r"^Parser error[^:]*: ", "", str(error.msg))
        problems.append(Problem("turtle-syntax", Where(file, error.lineno or 0), {"why": why}))
        return []
    reader = _ClaimReader(rows, base, file, text, vocabulary, problems)
    return [c for node, row in rows.items() if sk("Claim") in row[TYPE.value] and (c := reader.claim(node, row))]


class _ClaimReader:
    def __init__(
        self,
        rows: dict[str, _Row],
        base: str,
        file: str,
        text: str,
        vocabulary: Vocabulary,
        problems: list[Problem],
    ) -> None:
        self.rows, self.base, self.file, self.text = rows, base, file, text
        self.vocabulary, self.problems = vocabulary, problems

    def local(self, term: _Term, kind: str) -> str:
        """An entity's, source's or claim's id: local where it is the project's own."""
        head = f"{self.base}{kind}/"
        return term.value.removeprefix(head)

    def where(self, node: str) -> Where:
        """The line where a node's block begins, as well as text can tell."""
        name = re.escape(node.removeprefix(f"{self.base}claim/"))
        found = re.search(rf"(?m)^(claim:{name}|<{re.escape(node)}>)\s", self.text)
        return Where(self.file, self.text.count("\n", 0, found.start()) + 1 if found else 0)

    def claim(self, node: str, row: _Row) -> Claim | None:
        where = self.where(node)
        try:
            return self.read(row, where)
        except (KeyError, ValueError, IndexError) as error:
            self.problems.append(Problem("claim-unreadable", where, {"claim": node, "why": str(error)}))
            return None

    def read(self, row: _Row, where: Where) -> Claim:
        def one(key: str) -> str:
            terms = row.get(key, ())
            if not terms:
                raise ValueError(f"no {key.rpartition('#')[2].rpartition('/')[2]}")
            return terms[0].value

        def words(key: str) -> Words:
            return Words({t.language or "und": t.value for t in row.get(key, ()) if isinstance(t, Literal)})

        def when(key: str) -> When | None:
            return When.parse(one(SK + key)) if SK + key in row else None

        def text(key: str) -> str:
            return one(key) if key in row else ""

        predicate = one(RDF + "predicate").removeprefix(SK)
        if predicate not in self.vocabulary.properties:
            raise ValueError(f"unknown property {predicate}")
        source = self.local(row[PROV + "wasDerivedFrom"][0], "source")
        passages = [re.search(r"#char=(\d+),(\d+)$", t.value) for t in row.get(SK + "passage", ())]
        spans = sorted(Passage(int(m[1]), int(m[2])) for m in passages if m)
        if order := text(SK + "readingOrder"):
            spans = [Passage(*map(int, mark.removeprefix("char=").split(","))) for mark in order.split()]
        via = sorted(self.local(t, "entity") for t in row.get(SK + "citedVia", ()))
        voice = row[SK + "voicedBy"][0].value if SK + "voicedBy" in row else ""
        kind = "entity" if voice.startswith(f"{self.base}entity/") else "source"
        handles = [self.handle(t.value) for t in row.get(SK + "basedOn", ())]
        return Claim(
            subject=self.local(row[RDF + "subject"][0], "entity"),
            predicate=predicate,
            object=self.told(row[RDF + "object"], self.vocabulary.properties[predicate]),
            source=source,
            stance=Stance(one(SK + "stance").rpartition("/")[2]),
            passages=tuple(spans),
            place=words(SK + "place"),
            handle=text(DCTERMS + "identifier"),
            negated=text(SK + "negated") == "true",
            hedged=text(SK + "hedged") == "true",
            voiced_by=CURATOR if voice == SK + CURATOR else voice.removeprefix(f"{self.base}{kind}/"),
            cited_via=tuple(via),
            valid_from=when("validFrom"),
            valid_to=when("validTo"),
            as_of=when("asOf"),
            qualifiers=tuple(
                (name, self.qualifier(row[SK + name], property))
                for name, property in sorted(self.vocabulary.qualifiers.items())
                if SK + name in row
            ),
            gist=words(SK + "gist"),
            quote=text(SK + "quote"),
            cue=text(SK + "cue"),
            based_on=tuple(sorted(handles)),
            method="curated" if one(SK + "method") == SK + "curated" else self.local(row[SK + "method"][0], "rule"),
            confidence=float(one(SK + "confidence")) if SK + "confidence" in row else None,
            review=Review(one(SK + "review").rpartition("/")[2]),
            reviewed_on=when("reviewedOn"),
            readers=tuple(sorted(t.value for t in row.get(SK + "reader", ()))),
            reason=words(SK + "reason"),
            note=words(RDFS + "comment"),
            replies=tuple(self.reply(t.value) for t in sorted(row.get(SK + "reply", ()), key=lambda t: t.value)),
            where=where,
        )

    def handle(self, claim: str) -> str:
        """A claim's handle, else its hash."""
        known = self.rows.get(claim, {}).get(DCTERMS + "identifier")
        return known[0].value if known else claim.removeprefix(f"{self.base}claim/")

    def told(self, terms: list[_Term], property: Property) -> str | Value:
        first = terms[0]
        if isinstance(first, NamedNode):
            return self.local(first, "entity")
        return self.value(terms, property)

    def value(self, terms: list[_Term], property: Property) -> Value:
        if "PartialDate" in property.range:
            return When.parse(terms[0].value)
        if "integer" in property.range:
            return int(terms[0].value)
        return Words({t.language or "und": t.value for t in terms if isinstance(t, Literal)})

    def qualifier(self, terms: list[_Term], property: Property) -> Qualifier:
        if isinstance(terms[0], NamedNode):
            return tuple(sorted(self.local(t, "entity") for t in terms))
        return self.value(terms, property)

    def reply(self, node: str) -> Reply:
        row = self.rows[node]
        date = row.get(SK + "date")
        address = row.get(SK + "address")
        return Reply(
            by=self.local(row[SK + "by"][0], "entity"),
            gist=Words({t.language or "und": t.value for t in row[SK + "gist"] if isinstance(t, Literal)}),
            date=When.parse(date[0].value) if date else None,
            address=address[0].value if address else "",
        )
