"""The shapes' check against pySHACL on the same triples, with the same findings.

In: a made-up graph in which one claim in twenty is broken. Out: the ratio. pySHACL gets its
questions parsed once (see graph.shapes.union), which makes it some ten times faster than it
comes: a harder comparison than the stock one.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from graph.paths import ONTOLOGY
from graph.shapes import check, reference_on, union
from graph.terms import SK, vocabulary

GOAL = 0.2
ID = "https://example.org/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEME = "https://w3id.org/sokanzu/"


def made_up(claims: int) -> Store:
    """A store with that many claims, about 16 triples each with all that they stand on."""
    store = Store()
    store.bulk_load(path=ONTOLOGY / "sokanzu.ttl", format=RdfFormat.TURTLE, to_graph=_graph("ontology"))
    store.bulk_extend(_quads(claims))
    return store


def _graph(name: str) -> NamedNode:
    return NamedNode(f"{SCHEME}graph/{name}")


def _quads(claims: int) -> Iterator[Quad]:
    def node(kind: str, name: object) -> NamedNode:
        return NamedNode(f"{ID}{kind}/{name}")

    def quad(graph: str, s: NamedNode, p: str, o: NamedNode | Literal) -> Quad:
        return Quad(s, NamedNode(p if p.startswith("http") else SK + p), o, _graph(graph))

    classes = [name for name in vocabulary().classes if name != "Thing"]
    entities = max(len(classes), claims // 5)
    for n in range(entities):
        yield quad("entities", node("entity", n), RDF + "type", NamedNode(SK + classes[n % len(classes)]))
        yield quad("entities", node("entity", n), RDFS + "label", Literal(f"実体{n}", language="ja"))
        yield quad("entities", node("entity", n), RDFS + "label", Literal(f"entity {n}", language="en"))
    source = node("source", "s")
    yield quad("sources", source, RDF + "type", NamedNode(SK + "Source"))
    yield quad("sources", source, "http://purl.org/dc/terms/title", Literal("題", language="ja"))
    yield quad("sources", source, "sha256", Literal("0" * 64))
    stances = list(vocabulary().values["stance"])
    for n in range(claims):
        claim = node("claim", n)
        subject, related = node("entity", n % entities), node("entity", (n * 7 + 1) % entities)
        stance = stances[n % len(stances)]
        about: list[tuple[str, NamedNode | Literal]] = [
            (RDF + "type", NamedNode(SK + "Claim")),
            (RDF + "subject", subject),
            (RDF + "predicate", NamedNode(SK + ("holdsPostIn" if n % 20 == 0 else "reliesOn"))),
            (RDF + "object", related),
            ("stance", NamedNode(f"{SCHEME}stance/{stance}")),
            ("review", NamedNode(f"{SCHEME}review/accepted")),
            ("voicedBy", subject),
            ("http://www.w3.org/ns/prov#wasDerivedFrom", source),
            ("passage", NamedNode(f"{source.value}#char={n},{n + 9}")),
            ("gist", Literal(f"要旨{n}", language="ja")),
            ("gist", Literal(f"gist {n}", language="en")),
            ("method", NamedNode(SK + "curated")),
            ("validFrom", Literal(str(1990 + n % 30), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))),
        ]
        yield from (quad("claims", claim, p, o) for p, o in about)
        if stance in ("stated", "reported"):
            yield quad("asserted", subject, about[2][1].value, related)


def rows(quick: bool) -> Iterator[tuple[str, float, float]]:
    """The row of the table: 3,000 triples where quick, else 100,000."""
    from time import perf_counter

    store = made_up(60 if quick else 7_000)
    data = union(store)
    start = perf_counter()
    found = check(store)
    between = perf_counter()
    expected = reference_on(data)
    end = perf_counter()
    if [one.key for one in found] != sorted({one.key for one in expected}):
        raise AssertionError("the check and pySHACL disagree")
    name = f"shapes, {len(store):,} triples, {len(found):,} findings: our check against pySHACL"
    yield name, (between - start) / (end - between), GOAL
