"""What a page carries besides the picture: everything that panel, search, list and legend need.

In: a project, the vocabulary, the drawing. Out: plain data for JSON, keys in a fixed order, empty values
left out. All claims and all entities are in it, whether drawn or not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..model import CURATOR, Claim, Entity, Project, Review, Source, Stance, Step, When, Words
from ..terms import Term, Vocabulary
from ..told import Evidence
from .analysis import origins
from .drawing import LANGUAGES, STYLES, Drawing, shared_forms, short
from .kinds import KINDS, kinds
from .text import clean
from .themes import Placement
from .words import network_words, words

_WORDLESS = re.compile(r"^(?:picture-help|nothing|no-script)$")  # printed by the template alone


class _Places(NamedTuple):
    """Where things stand in the page's data, by id; `spots` are the places in sources, by their words."""

    entities: dict[str, int]
    sources: dict[str, int]
    themes: dict[str, int]
    kinds: dict[str, int]
    classes: dict[str, int]
    grades: dict[str, int]
    spots: dict[Words, int]

    def of(self, id: str) -> int | str:
        """An entity's place; an id that is no entity's as it is."""
        return self.entities.get(id, id)


def page_data(project: Project, vocabulary: Vocabulary, drawing: Drawing, lang: str) -> dict[str, Any]:
    """The page's data; names are on one line and free of control characters, other words as written.

    A claim names its ends, its source, its stance and the place in its source by their places in `entities`,
    `sources`, `stances` and `spots`; an end that is no entity stands as written. So do an entity its class, theme
    and kind, and a source its grade. The ends of a line are those of its claims.
    """
    kind_of = kinds(project, vocabulary)
    kinds_there = [name for name in KINDS if name in kind_of.values()]
    made = [box for box in drawing.boxes if box.made]
    places = _Places(
        {entity.id: n for n, entity in enumerate(project.entities)},
        {source.id: n for n, source in enumerate(project.sources)},
        {id: n for n, id in enumerate((*(theme.id for theme in project.themes), *(box.id for box in made)))},
        {name: n for n, name in enumerate(kinds_there)},
        {name: n for n, name in enumerate(dict.fromkeys(entity.cls for entity in project.entities))},
        {name: n for n, name in enumerate(vocabulary.values["grade"])},
        {place: n for n, place in enumerate(dict.fromkeys(claim.place for claim in drawing.claims if claim.place))},
    )
    hosts = dict(drawing.hosts)
    drawn = {node.id for node in drawing.nodes}
    shared = shared_forms(project)
    origin = origins(project, drawing.claims)
    documents = {source.document for source in project.sources if source.document}
    terms = vocabulary.properties | vocabulary.qualifiers
    used = {claim.predicate for claim in drawing.claims}
    used |= {name for claim in drawing.claims for name, _ in claim.qualifiers}
    return {
        "lang": lang,
        "words": {
            code: text for code, text in words().items() if code not in network_words() and not _WORDLESS.match(code)
        },
        "kinds": kinds_there,
        "themes": [
            *({"id": theme.id, "name": _name(theme.name)} for theme in project.themes),
            *({"id": box.id, "name": _name(box.name), "made": True} for box in made),
        ],
        "stances": [_value(vocabulary, "stance", stance.value) | {"style": STYLES[stance]} for stance in Stance],
        "reviews": [_value(vocabulary, "review", name) for name in vocabulary.values.get("review", {})],
        "terms": {name: _name(terms[name].label) if name in terms else {} for name in sorted(used)},
        "classes": [
            _name(vocabulary.classes[name].label) if name in vocabulary.classes else {"ja": name}
            for name in places.classes
        ],
        "grades": [_name(vocabulary.values["grade"][name].label) for name in places.grades],
        "entities": [
            _entity(entity, vocabulary, places.kinds[kind_of[entity.id]], places, drawing.placement)
            | _full(
                {
                    "drawn": entity.id in drawn,
                    "host": places.of(hosts.get(entity.id, "")),
                    "label": _label(entity, shared),
                    "doc": entity.id in documents,
                }
            )
            for entity in project.entities
        ],
        "sources": [_source(source, places) for source in project.sources],
        "spots": [_words(place) for place in places.spots],
        "claims": [_claim(claim, places, origin.get(n, 0)) for n, claim in enumerate(drawing.claims)],
        "left": drawing.left,
        "past": sorted(name for name in used if name in terms and terms[name].former),
        "lines": [
            ({} if line.id == f"l{n}" else {"id": line.id}) | {"claims": line.claims}
            for n, line in enumerate(drawing.lines)
        ],
        "stories": _stories(project, drawing.claims),
    }


def embedded(data: Mapping[str, Any]) -> str:
    """JSON for a <script type="application/json">: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _name(name: Words) -> dict[str, str]:
    """A name in the languages of the page, where they differ."""
    by_language = {lang: clean(name.best(lang)) for lang in LANGUAGES}
    return by_language if by_language["ja"] != by_language["en"] else {"ja": by_language["ja"]}


def _label(entity: Entity, shared: frozenset[str]) -> dict[str, str]:
    """The name as the chart prints it, in the languages in which it is shorter than the name."""
    label = {lang: short(entity, lang, shared) for lang in LANGUAGES}
    return {lang: text for lang, text in label.items() if text != clean(entity.name.best(lang))}


def _words(text: Words) -> dict[str, str]:
    return dict(text)


def _value(vocabulary: Vocabulary, scheme: str, name: str) -> dict[str, Any]:
    term: Term | None = vocabulary.values.get(scheme, {}).get(name)
    if term is None:
        return {"id": name, "name": {"ja": name}}
    return {"id": name, "name": _name(term.label), "about": _words(term.definition)}


def _entity(entity: Entity, vocabulary: Vocabulary, kind: int, places: _Places, placement: Placement) -> dict[str, Any]:
    existence = vocabulary.values.get("existence", {}).get(entity.existence or "")
    return _full(
        {
            "id": entity.id,
            "name": _name(entity.name),
            "also": [form for form in map(clean, entity.also) if form != "∅"],
            "reading": entity.reading,
            "cls": places.classes[entity.cls],
            "kind": kind,
            "theme": places.themes.get(placement.theme(entity), ""),
            "made": entity.id in placement.by_machine,
            "existence": _name(existence.label) if existence else {},
            "note": _words(entity.note),
        }
    )


def _source(source: Source, places: _Places) -> dict[str, Any]:
    return _full(
        {
            "id": source.id,
            "title": _name(source.title),
            "publisher": _words(source.publisher),
            "date": str(source.date or ""),
            "addresses": [address for address in source.addresses if is_web(address)],
            "elsewhere": [clean(address) for address in source.addresses if not is_web(address)],
            "grade": places.grades.get(source.grade or "", ""),
            "read": _words(source.read),
            "note": _words(source.note),
        }
    )


def is_web(address: str) -> bool:
    """Whether an address may become a link: http or https, and nothing in it that an address cannot hold."""
    if clean(address) != address or re.search(r"[\s\"'<>`\\]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _claim(claim: Claim, places: _Places, origin: int) -> dict[str, Any]:
    return _full(
        {
            "s": places.of(claim.subject),
            "p": claim.predicate,
            "o": places.of(claim.object) if isinstance(claim.object, str) else "",
            "v": None if isinstance(claim.object, str) else _literal(claim.object),
            "stance": claim.stance.rank,
            "origin": origin or None,
            "not": claim.negated,
            "hedged": claim.hedged,
            "source": places.sources.get(claim.source, claim.source),
            "passages": [[p.start, p.end] for p in claim.passages],
            "place": places.spots.get(claim.place, ""),
            "handle": claim.handle,
            "voice": places.of(claim.voiced_by) if claim.voiced_by != CURATOR else ".curator",
            "via": [places.of(id) for id in claim.cited_via],
            "from": str(claim.valid_from or ""),
            "to": str(claim.valid_to or ""),
            "asOf": str(claim.as_of or ""),
            "narrow": [[name, _literal(value)] for name, value in claim.qualifiers],
            "gist": _words(claim.gist),
            "quote": claim.quote,
            "around": list(claim.around) if any(claim.around) else [],
            "cue": claim.cue,
            "basedOn": list(claim.based_on),
            "method": claim.method if claim.method != "curated" else "",
            "review": claim.review.value if claim.review != "accepted" else "",
            "reviewedOn": str(claim.reviewed_on or ""),
            "note": _words(claim.note),
            "reason": _words(claim.reason),
            "replies": [
                _full({"by": r.by, "gist": _words(r.gist), "date": str(r.date or ""), "address": r.address})
                for r in claim.replies
            ],
        }
    )


def _stories(project: Project, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """The stories all of whose evidence is among the claims, which steps name by their numbers."""
    evidence = Evidence(project, claims)
    return [
        _full(
            {
                "id": story.id,
                "title": _name(story.title),
                "intro": _words(story.intro),
                "steps": [_step(step, evidence, claims) for step in story.steps],
            }
        )
        for story in project.stories
        if evidence.stands(story)
    ]


def _step(step: Step, evidence: Evidence, claims: tuple[Claim, ...]) -> dict[str, Any]:
    """A step with the weakest stance of the claims that it rests on; `focus` is what a click on it would choose."""
    grounds = [claims[number] for number in evidence.of(step)]
    shown = evidence.named(step)
    focus = {}
    if step.focus in step.claims:
        number = shown[step.claims.index(step.focus)]
        focus = {"kind": "claim", "id": claims[number].handle or f".{number}"}
    elif step.focus:
        focus = {"kind": "node", "id": step.focus}
    told = {"title": _name(step.title) if step.title else {}, "theme": step.theme, "focus": focus}
    return _full(told) | {
        "caption": _words(step.caption),
        "claims": list(dict.fromkeys(shown)),
        "entities": list(step.entities),
        "weakest": max((claim.stance for claim in grounds), key=lambda stance: stance.rank).value,
        "disputed": any(claim.review is Review.disputed for claim in grounds),
    }


def _literal(value: object) -> Any:
    """Words by language, a list of entities' ids, or text."""
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, When) else value


def _full(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value or (value == 0 and value is not False)}


def _method(claim: Claim) -> str:
    """Who proposed a claim: a person, a rule, a language model."""
    return claim.method if claim.method == "curated" else "llm" if claim.method.startswith("llm") else "rule"


def counts(project: Project, drawing: Drawing, vocabulary: Vocabulary) -> dict[str, Counter[str]]:
    """How many entities there are of each kind and theme, and how many claims of each stance."""
    return {
        "kind": Counter(kinds(project, vocabulary).values()),
        "theme": Counter(drawing.placement.theme(entity) for entity in project.entities),
        "stance": Counter(claim.stance.value for claim in drawing.claims),
        "mark": Counter(
            {
                "negated": sum(claim.negated for claim in drawing.claims),
            }
        ),
        "review": Counter(claim.review.value for claim in drawing.claims),
        "method": Counter(_method(claim) for claim in drawing.claims),
    }
