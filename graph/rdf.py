"""A project as triples: with rdf_reader, the one place that knows the claim model's shape in RDF.

In: a Project. Out: triples, one graph at a time, in an order that depends on the project
alone. There are no blank nodes: every node is named by what it says, so that the same
project gives the same triples on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from .model import (
    CURATOR,
    Claim,
    Entity,
    Project,
    Qualifier,
    Source,
    Value,
    When,
    Words,
    claim_id,
    iri,
)
from .terms import SK

HOME = "https://w3id.org/sokanzu/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
GRAPHS = ("entities", "sources", "claims", "asserted", "inferred", "ontology")

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
COMMENT = NamedNode(RDFS + "comment")
_BOOLEAN, _STRING, _DECIMAL = (NamedNode(XSD + n) for n in ("boolean", "string", "decimal"))
_TRUE = Literal("true", datatype=_BOOLEAN)


def prefixes(base: str) -> dict[str, str]:
    """The prefixes that every command knows, for a project with this base."""
    return {
        "sk": SK,
        "entity": base + "entity/",
        "claim": base + "claim/",
        "source": base + "source/",
        "theme": base + "theme/",
        **{k: f"{HOME}{k}/" for k in ("stance", "review", "existence", "grade", "graph")},
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": XSD,
        "skos": SKOS,
        "dcterms": DCTERMS,
        "prov": PROV,
        "schema": "https://schema.org/",
    }


def graph_name(name: str) -> NamedNode:
    """The IRI of one of the store's graphs (GRAPHS)."""
    return NamedNode(f"{HOME}graph/{name}")


def sk(name: str) -> NamedNode:
    """A term of the ontology."""
    return NamedNode(SK + name)


def value_of(kind: str, name: str) -> NamedNode:
    """A stance, review, existence or grade value."""
    return NamedNode(f"{HOME}{kind}/{name}")


def date_literal(when: When) -> Literal:
    """A date at its own precision: xsd:gYear, xsd:gYearMonth or xsd:date."""
    return Literal(str(when), datatype=NamedNode(XSD + when.datatype))


def text_literal(text: str, lang: str) -> Literal:
    """Text in a language; "und" (not in any language, such as a page) is a plain string."""
    return Literal(text) if lang == "und" else Literal(text, language=lang)


class Writer:
    """Writes one project's triples."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.base = project.base
        self.claim_iris = {id(c): iri(self.base, "claim", claim_id(c, self.base)) for c in project.claims}
        self.by_handle = {c.handle: self.claim_iris[id(c)] for c in project.claims if c.handle}

    def node(self, kind: str, id: str) -> NamedNode:
        """The node of an entity, claim, source or theme."""
        return NamedNode(iri(self.base, kind, id))

    def voice(self, id: str) -> NamedNode:
        """The node of whoever speaks: an entity, a source, or the curator."""
        if id == CURATOR:
            return sk(CURATOR)
        return self.node("entity" if self.project.entity(id) else "source", id)

    def words(self, s: NamedNode, p: NamedNode, words: Words) -> Iterator[Triple]:
        """One triple a language."""
        for lang, text in words.items():
            yield Triple(s, p, text_literal(text, lang))

    def themes(self) -> Iterator[Triple]:
        """The project's stories, as concepts."""
        for theme in self.project.themes:
            node = self.node("theme", theme.id)
            yield Triple(node, TYPE, NamedNode(SKOS + "Concept"))
            yield from self.words(node, NamedNode(SKOS + "prefLabel"), theme.name)

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """An entity. What does not simply exist is no member of its class, but would be."""
        node = self.node("entity", entity.id)
        if entity.existence:
            yield Triple(node, TYPE, sk("Thing"))
            yield Triple(node, sk("wouldBe"), sk(entity.cls))
            yield Triple(node, sk("existence"), value_of("existence", entity.existence))
        else:
            yield Triple(node, TYPE, sk(entity.cls))
        yield from self.words(node, LABEL, entity.name)
        for form in entity.also:
            yield Triple(node, NamedNode(SKOS + "altLabel"), Literal(form))
        if entity.reading:
            yield Triple(node, sk("reading"), Literal(entity.reading))
        if entity.kind:
            yield Triple(node, sk("documentKind"), Literal(entity.kind))
        if entity.theme:
            yield Triple(node, sk("theme"), self.node("theme", entity.theme))
        yield from self.words(node, COMMENT, entity.note)

    def source(self, source: Source) -> Iterator[Triple]:
        """A source and what is known of it."""
        node = self.node("source", source.id)
        yield Triple(node, TYPE, sk("Source"))
        yield from self.words(node, NamedNode(DCTERMS + "title"), source.title)
        yield from self.words(node, NamedNode(DCTERMS + "publisher"), source.publisher)
        if source.date:
            yield Triple(node, NamedNode(DCTERMS + "date"), date_literal(source.date))
        for address in source.addresses:
            yield Triple(node, sk("address"), Literal(address, datatype=NamedNode(XSD + "anyURI")))
        if source.language:
            yield Triple(node, NamedNode(DCTERMS + "language"), Literal(source.language))
        yield from self.words(node, NamedNode(DCTERMS + "rights"), source.rights)
        if source.grade:
            yield Triple(node, sk("grade"), value_of("grade", source.grade))
        yield from self.words(node, sk("readAs"), source.read)
        if source.document:
            yield Triple(node, sk("document"), self.node("entity", source.document))
        if source.sha256:
            yield Triple(node, sk("sha256"), Literal(source.sha256))
        if source.characters is not None:
            yield Triple(node, sk("characters"), Literal(source.characters))
        if source.original_sha256:
            yield Triple(node, sk("originalSha256"), Literal(source.original_sha256))
        if source.retrieved:
            yield Triple(node, sk("retrieved"), date_literal(source.retrieved))
        if source.retells:
            yield Triple(node, sk("retells"), self.node("entity", source.retells))
        yield from self.words(node, COMMENT, source.note)

    def told(self, claim: Claim) -> Iterator[NamedNode | Literal]:
        """The object, or the value: a term for each of its languages."""
        if isinstance(claim.object, str):
            yield self.node("entity", claim.object)
        else:
            yield from self.literals(claim.object)

    def literals(self, value: Value) -> Iterator[Literal]:
        """A value's literals."""
        if isinstance(value, When):
            yield date_literal(value)
        elif isinstance(value, int):
            yield Literal(value)
        else:
            yield from (text_literal(text, lang) for lang, text in value.items())

    def claim(self, claim: Claim) -> Iterator[Triple]:
        """A claim node: the proposition, then whose it is, then where it stands, then the rest."""
        node = NamedNode(self.claim_iris[id(claim)])
        source = iri(self.base, "source", claim.source)
        yield Triple(node, TYPE, sk("Claim"))
        if claim.handle:
            yield Triple(node, NamedNode(DCTERMS + "identifier"), Literal(claim.handle))
        yield Triple(node, NamedNode(RDF + "subject"), self.node("entity", claim.subject))
        yield Triple(node, NamedNode(RDF + "predicate"), sk(claim.predicate))
        for term in self.told(claim):
            yield Triple(node, NamedNode(RDF + "object"), term)
        if claim.negated:
            yield Triple(node, sk("negated"), _TRUE)
        for name, value in claim.qualifiers:
            for term in self.qualifier(value):
                yield Triple(node, sk(name), term)
        for name, when in self.dates(claim):
            yield Triple(node, sk(name), date_literal(when))
        yield Triple(node, sk("stance"), value_of("stance", claim.stance))
        if claim.hedged:
            yield Triple(node, sk("hedged"), _TRUE)
        if claim.cue:
            yield Triple(node, sk("cue"), Literal(claim.cue))
        yield Triple(node, sk("voicedBy"), self.voice(claim.voiced_by))
        for via in claim.cited_via:
            yield Triple(node, sk("citedVia"), self.node("entity", via))
        yield Triple(node, NamedNode(PROV + "wasDerivedFrom"), NamedNode(source))
        yield from self.evidence(node, source, claim)
        yield from self.words(node, sk("gist"), claim.gist)
        for handle in claim.based_on:
            target = self.by_handle.get(handle) or iri(self.base, "claim", handle)
            yield Triple(node, sk("basedOn"), NamedNode(target))
        yield from self.verdict(node, claim)

    def evidence(self, node: NamedNode, source: str, claim: Claim) -> Iterator[Triple]:
        """Where in the source it stands: RFC 5147 character ranges, words, the exact words."""
        marks = [f"char={p.start},{p.end}" for p in claim.passages]
        for mark in marks:
            yield Triple(node, sk("passage"), NamedNode(f"{source}#{mark}"))
        if list(claim.passages) != sorted(claim.passages):
            yield Triple(node, sk("readingOrder"), Literal(" ".join(marks)))
        yield from self.words(node, sk("place"), claim.place)
        if claim.quote:
            found = self.project.source(claim.source)
            yield Triple(node, sk("quote"), text_literal(claim.quote, (found and found.language) or "und"))

    def verdict(self, node: NamedNode, claim: Claim) -> Iterator[Triple]:
        """Our own side: how it was made, what we think of it, who read it, who answered."""
        method = sk("curated") if claim.method == "curated" else self.node("rule", claim.method)
        yield Triple(node, sk("method"), method)
        if claim.confidence is not None:
            yield Triple(node, sk("confidence"), Literal(str(Decimal(str(claim.confidence))), datatype=_DECIMAL))
        yield Triple(node, sk("review"), value_of("review", claim.review))
        if claim.reviewed_on:
            yield Triple(node, sk("reviewedOn"), date_literal(claim.reviewed_on))
        for reader in claim.readers:
            yield Triple(node, sk("reader"), Literal(reader))
        yield from self.words(node, sk("reason"), claim.reason)
        yield from self.words(node, COMMENT, claim.note)
        for number in range(len(claim.replies)):
            yield Triple(node, sk("reply"), self.reply_node(node, number))

    def reply_node(self, node: NamedNode, number: int) -> NamedNode:
        """A reply is named by its claim and its number."""
        return NamedNode(f"{node.value}#reply-{number + 1}")

    def replies(self, claim: Claim) -> Iterator[Triple]:
        """The replies to a claim."""
        for number, reply in enumerate(claim.replies):
            node = self.reply_node(NamedNode(self.claim_iris[id(claim)]), number)
            yield Triple(node, TYPE, sk("Reply"))
            yield Triple(node, sk("by"), self.node("entity", reply.by))
            yield from self.words(node, sk("gist"), reply.gist)
            if reply.date:
                yield Triple(node, sk("date"), date_literal(reply.date))
            if reply.address:
                yield Triple(node, sk("address"), Literal(reply.address, datatype=NamedNode(XSD + "anyURI")))

    def qualifier(self, value: Qualifier) -> Iterator[NamedNode | Literal]:
        """A qualifier's terms."""
        if isinstance(value, tuple):
            yield from (self.node("entity", id) for id in value)
        else:
            yield from self.literals(value)

    def dates(self, claim: Claim) -> Iterator[tuple[str, When]]:
        """The claim's own dates."""
        for name, when in (("validFrom", claim.valid_from), ("validTo", claim.valid_to), ("asOf", claim.as_of)):
            if when:
                yield name, when

    def graphs(self) -> Iterator[tuple[str, Iterable[Triple]]]:
        """Every graph that is written from the files, with its triples."""
        project = self.project
        yield "entities", (t for part in (self.themes(), *map(self.entity, project.entities)) for t in part)
        yield "sources", (t for source in project.sources for t in self.source(source))
        yield "claims", (t for c in project.claims for part in (self.claim(c), self.replies(c)) for t in part)
