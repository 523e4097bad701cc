"""The vocabulary: what the ontology says of its classes, properties and values.

In: ontology/sokanzu.ttl, read once. Out: `vocabulary()`, by local name: labels and
definitions in every language, domains, ranges, groups. No other module spells out a
class or a property's domain, so that adding one touches the ontology alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, RdfFormat, parse

from .model import Words
from .paths import ONTOLOGY

SK = "https://w3id.org/sokanzu/ns#"
SCHEMES = {name: f"https://w3id.org/sokanzu/{name}/" for name in ("stance", "review", "existence", "grade", "kind")}
"""Where the values live: stance, review, existence, grade, kind (of a document)."""

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"
_TYPE = _RDF + "type"
_PROPERTY_TYPES = {_OWL + "ObjectProperty", _OWL + "DatatypeProperty", _RDF + "Property"}
_KINDS = {SK + "relatedTo": "relation", SK + "literalProperty": "literal", SK + "qualifier": "qualifier"}

_Facts = dict[str, list[str]]


@dataclass(frozen=True)
class Term:
    """A class, a stance, a verdict or another value: its name, address and meaning."""

    name: str
    iri: str
    label: Words
    definition: Words
    parents: tuple[str, ...]
    examples: Words


@dataclass(frozen=True)
class Property(Term):
    """A property: what it may join. An empty domain or range fits anything."""

    kind: str = "field"  # "relation" between things, "literal", "qualifier", "field" of the claim model
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: str = ""
    group: str = ""
    transitive: bool = False
    symmetric: bool = False
    former: bool = False  # what it says was over when its source told of it


class Vocabulary:
    """Everything that the ontology names, by local name, in the ontology's own order."""

    def __init__(
        self,
        classes: dict[str, Term],
        apparatus: dict[str, Term],
        properties: dict[str, Property],
        values: dict[str, dict[str, Term]],
    ) -> None:
        self.classes = classes
        """What an entity can be: Thing and all below it."""
        self.apparatus = apparatus
        """Claim, Source, Rule, Run, Reply: never the class of an entity."""
        self.properties = {n: p for n, p in properties.items() if p.kind in ("relation", "literal")}
        """What a claim can say: relations and literal-valued properties."""
        self.qualifiers = {n: p for n, p in properties.items() if p.kind == "qualifier"}
        """What narrows a claim."""
        self.fields = {n: p for n, p in properties.items() if p.kind == "field"}
        """What else stands on a claim, a source or an entity."""
        self.values = values
        """By scheme: values["stance"]["stated"]; kinds of document as written in a project: "press report"."""
        self._ancestors = {name: tuple(self._climb(name)) for name in (*classes, *apparatus)}

    def _climb(self, cls: str) -> Iterable[str]:
        terms = self.classes | self.apparatus
        seen, level = {cls}, [cls]
        while level := [p for c in level for p in terms[c].parents if p in terms and p not in seen]:
            seen.update(level)
            yield from level

    def ancestors(self, cls: str) -> tuple[str, ...]:
        """The classes above `cls`, nearest first; none for a name that is no class."""
        return self._ancestors.get(cls, ())

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether `cls` is `ancestor` or lies below it."""
        return cls == ancestor or ancestor in self.ancestors(cls)

    def fits(self, cls: str, wanted: tuple[str, ...]) -> bool:
        """Whether `cls` is, or lies below, one of the classes wanted; () wants nothing in particular."""
        return not wanted or any(self.is_a(cls, one) for one in wanted)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of ontology/sokanzu.ttl, read on first use."""
    facts, words = _read()
    classes, apparatus, properties = {}, {}, {}
    values: dict[str, dict[str, Term]] = {scheme: {} for scheme in SCHEMES}
    for iri, about in facts.items():
        types = set(about.get(_TYPE, ()))
        name = iri.removeprefix(SK)
        if _OWL + "Class" in types:
            apparatus[name] = _term(iri, name, about, words)
        elif types & _PROPERTY_TYPES and iri not in _KINDS:
            properties[name] = _property(iri, name, about, words)
        else:
            for scheme in set(about.get(_SKOS + "topConceptOf", ())) & set(SCHEMES.values()):
                notation = about[_SKOS + "notation"][0]
                values[scheme.split("/")[-2]][notation] = _term(iri, notation, about, words)
    todo = ["Thing"]
    below = defaultdict(list)
    for term in apparatus.values():
        for parent in term.parents:
            below[parent].append(term.name)
    while todo:
        name = todo.pop()
        classes[name] = apparatus[name]
        todo += reversed(below[name])
    return Vocabulary(classes, {n: t for n, t in apparatus.items() if n not in classes}, properties, values)


def _read() -> tuple[dict[str, _Facts], dict[tuple[str, str], dict[str, str]]]:
    """What the file says of each subject: IRIs and plain values, and apart from them words by language."""
    facts: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for quad in parse(path=ONTOLOGY / "sokanzu.ttl", format=RdfFormat.TURTLE):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if isinstance(value, Literal) and value.language:
            words[subject, predicate][value.language] = value.value
        else:
            facts[subject][predicate].append(value.value)
    return facts, words


def _local(iri: str) -> str:
    """Thing for sk:Thing, langString for rdf:langString, Concept for skos:Concept."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _term(iri: str, name: str, about: _Facts, words: dict[tuple[str, str], dict[str, str]]) -> Term:
    parents = about.get(_RDFS + "subClassOf", ())
    return Term(name, iri, *_words(iri, words), parents=tuple(map(_local, parents)), examples=_examples(iri, words))


def _property(iri: str, name: str, about: _Facts, words: dict[tuple[str, str], dict[str, str]]) -> Property:
    parents = about.get(_RDFS + "subPropertyOf", ())
    types = about[_TYPE]

    def classes(which: str) -> tuple[str, ...]:
        named = *about.get(_RDFS + which, ()), *about.get(f"{_SCHEMA}{which}Includes", ())
        return tuple(map(_local, named))

    return Property(
        name,
        iri,
        *_words(iri, words),
        parents=tuple(map(_local, parents)),
        examples=_examples(iri, words),
        kind=next((_KINDS[p] for p in parents if p in _KINDS), "field"),
        domain=classes("domain"),
        range=classes("range"),
        inverse=_local(next(iter(about.get(_OWL + "inverseOf", ())), "")),
        group=next(iter(about.get(SK + "group", ())), ""),
        transitive=_OWL + "TransitiveProperty" in types,
        symmetric=_OWL + "SymmetricProperty" in types,
        former="true" in about.get(SK + "former", ()),
    )


def _words(iri: str, words: dict[tuple[str, str], dict[str, str]]) -> tuple[Words, Words]:
    return Words(words[iri, _RDFS + "label"]), Words(words[iri, _SKOS + "definition"])


def _examples(iri: str, words: dict[tuple[str, str], dict[str, str]]) -> Words:
    return Words(words.get((iri, _SKOS + "example"), {}))
