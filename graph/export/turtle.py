"""The graph as Turtle that people read.

In: a store and what it was made of. Out: chunks of Turtle: a header with licence, date and
standing notice; then entities, sources, claims and the plain view, each block with its
name beside it. Profile `core` leaves out the claims and the sources: names and plain view only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from ..rdf import COMMENT, DCTERMS, LABEL, RDF, TYPE, graph_name
from ..turtle import Turtle, comment

NOTICE = {
    "ja": "ここに載ることは不正や違法を意味しない。各記述はその出典によるもので、確からしさは出典ごとに示す。",
    "en": "Inclusion implies no wrongdoing. Statements are their sources', each with its source's own certainty.",
}
PROFILES = ("core", "full")
_ORDER = (
    *("type", "wouldBe", "identifier", "existence", "label", "prefLabel", "title", "altLabel", "reading"),
    *("subject", "predicate", "object", "negated", "role", "stance", "hedged", "cue", "voicedBy", "citedVia"),
    *("validFrom", "validTo", "asOf", "wasDerivedFrom", "passage", "readingOrder", "place"),
    *("gist", "quote", "basedOn", "method", "confidence", "review", "reviewedOn", "reader", "reason", "reply"),
)
_RANK = {name: rank for rank, name in enumerate(_ORDER)}


def turtle(store: Store, meta: Mapping[str, Any], profile: str = "full") -> Iterator[str]:
    """The Turtle, a chunk at a time."""
    writer = Turtle(meta["prefixes"])
    yield from _head(writer, meta, profile)
    labels = _labels(store)
    yield from _section(writer, store, "entities", "Who and what the claims speak of", labels)
    if profile == "full":
        yield from _section(writer, store, "sources", "The documents that make the claims", labels)
        yield from _section(writer, store, "claims", "The claims", labels)
    title = "The plain view: accepted, stated or reported, not negated"
    yield from _section(writer, store, "asserted", title, labels)


def ordered(store: Store, graph: str) -> list[Triple]:
    """A graph's triples in the order they are written: by subject, then as people expect."""
    rows = [q.triple for q in store.quads_for_pattern(None, None, None, graph_name(graph))]
    return sorted(rows, key=_place)


def _place(triple: Triple) -> tuple[str, int, str, str, str, str]:
    predicate, value = triple.predicate.value, triple.object
    local = predicate.rpartition("#")[2].rpartition("/")[2]
    language = (value.language or "") if isinstance(value, Literal) else ""
    text = value.value if isinstance(value, (Literal, NamedNode)) else str(value)
    subject = triple.subject.value if isinstance(triple.subject, NamedNode) else str(triple.subject)
    # Japanese before English: it is the language of the first subject, and "ja" sorts after "en".
    return (subject, _RANK.get(local, len(_ORDER)), predicate, {"ja": "", "en": " "}.get(language, language), text,
            str(value))  # fmt: skip


def _head(writer: Turtle, meta: Mapping[str, Any], profile: str) -> Iterator[str]:
    title = meta["title"]
    for text in title.values():
        yield f"# {comment(text)}\n"
    yield "#\n"
    for text in NOTICE.values():
        yield f"# {text}\n"
    if meta["licence"]:
        yield f"# {comment(meta['licence'])}\n"
    counts = meta["counts"]
    yield f"# {counts['entities']} entities, {counts['sources']} sources, {counts['claims']} claims"
    yield f"; profile: {profile}" + (f"; newest date in the sources: {meta['newest']}" if meta["newest"] else "")
    yield "\n\n" + writer.head() + "\n"
    dataset = NamedNode(meta["base"])
    rows = [Triple(dataset, TYPE, NamedNode("http://www.w3.org/ns/dcat#Dataset"))]
    rows += [Triple(dataset, NamedNode(DCTERMS + "title"), Literal(t, language=k)) for k, t in title.items()]
    if meta["licence"]:
        rows.append(Triple(dataset, NamedNode(DCTERMS + "license"), NamedNode(meta["licence"])))
    rows += [Triple(dataset, COMMENT, Literal(t, language=k)) for k, t in NOTICE.items()]
    yield from (block + "\n" for _, block in writer.blocks(rows))


def _section(writer: Turtle, store: Store, graph: str, title: str, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"\n# ── {title} " + "─" * max(3, 80 - len(title)) + "\n\n"
    triples = ordered(store, graph)
    names = _claim_names(triples, labels) if graph == "claims" else labels
    for subject, block in writer.blocks(triples):
        name = names.get(subject, "") if graph != "entities" else ""
        yield (f"# {comment(name)}\n" if name else "") + block + "\n"


def _labels(store: Store) -> dict[str, str]:
    """Names by IRI, Japanese first."""
    found: dict[str, str] = {}
    rows = store.quads_for_pattern(None, LABEL, None, graph_name("entities"))
    for quad in sorted(rows, key=lambda q: (str(q.subject), q.object.language != "ja", str(q.object))):  # type: ignore[union-attr]
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found.setdefault(quad.subject.value, quad.object.value)
    return found


def _claim_names(triples: list[Triple], labels: Mapping[str, str]) -> dict[str, str]:
    """For each claim a line "subject · property · object"."""
    parts: dict[str, dict[str, str]] = {}
    for triple in triples:
        key = triple.predicate.value.removeprefix(RDF)
        if key in ("subject", "predicate", "object") and isinstance(triple.subject, NamedNode):
            value = triple.object
            text = value.value if isinstance(value, (Literal, NamedNode)) else str(value)
            name = labels.get(text) or (text if isinstance(value, Literal) else text.rpartition("#")[2])
            parts.setdefault(triple.subject.value, {}).setdefault(key, name)
    order = ("subject", "predicate", "object")
    return {claim: " · ".join(words[k] for k in order if k in words) for claim, words in parts.items()}
