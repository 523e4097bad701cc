"""What is known, as frozen values: entities, sources, passages, claims.

In: plain Python values. Out: values that compare, hash and sort. No files, no RDF.
An entity, a source or a document is named by its id within the project
("NationalPoliceAgency"), or by an absolute IRI where it belongs to someone else.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from .errors import Where

CURATOR = "curator"  # the reserved voice of the project's own curator


class Stance(StrEnum):
    """How sure the source itself is, surest first."""

    stated = "stated"
    reported = "reported"
    inferred = "inferred"
    alleged = "alleged"
    intended = "intended"
    proposed = "proposed"
    demanded = "demanded"
    questioned = "questioned"

    @property
    def rank(self) -> int:
        """0 for the surest; used to name the weakest link."""
        return list(Stance).index(self)


class Review(StrEnum):
    """Our verdict on a claim."""

    candidate = "candidate"
    accepted = "accepted"
    rejected = "rejected"
    disputed = "disputed"
    withdrawn = "withdrawn"


class Existence(StrEnum):
    """What kept a thing from simply existing, where something did."""

    proposed = "proposed"
    planned = "planned"
    alleged = "alleged"
    absent = "absent"


class Grade(StrEnum):
    """How near a source stands to what it tells."""

    primary = "primary"
    secondary = "secondary"
    tertiary = "tertiary"


class Words(Mapping[str, str]):
    """The same words in one or more languages: an immutable, hashable {"ja": …, "en": …}."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str] | None = None, /, **more: str) -> None:
        self._by_language = tuple(sorted({**(by_language or {}), **more}.items()))

    def __getitem__(self, lang: str) -> str:
        for key, text in self._by_language:
            if key == lang:
                return text
        raise KeyError(lang)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(self._by_language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self._by_language == other._by_language

    def __repr__(self) -> str:
        return f"Words({dict(self)!r})"

    def best(self, lang: str) -> str:
        """The text in `lang`, else in English, else in whichever language there is; "" if none."""
        return self.get(lang) or self.get("en") or next(iter(self.values()), "")


_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}
_ERA_DATE = re.compile(r"(明治|大正|昭和|平成|令和)(元|\d{1,2})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_WESTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_JAPANESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


@dataclass(frozen=True, order=False)
class When:
    """A date at the precision of its source: a year, a month or a day; never padded.

    `earliest()` and `latest()` bound it, so that 2014 is some time in 2014.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.month is None and self.day is not None:
            raise ValueError("a day without a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> When:
        """Read 2014, 2014-06, 2014-06-30, 2014年6月 or 平成22年10月.

        Raises ValueError where there is no such date (2014-13, 平成99年).
        """
        text = unicodedata.normalize("NFKC", text).strip()
        if era := _ERA_DATE.fullmatch(text):
            first, years = _ERAS[era[1]]
            n = 1 if era[2] == "元" else int(era[2])
            if not 1 <= n <= years:
                raise ValueError(f"{era[1]} has the years 1 to {years}")
            return cls(first + n - 1, *(int(g) for g in era.groups()[2:] if g))
        if found := _WESTERN.fullmatch(text) or _JAPANESE.fullmatch(text):
            return cls(*(int(g) for g in found.groups() if g))
        raise ValueError("not a date")

    @property
    def datatype(self) -> str:
        """The XML Schema datatype's local name: gYear, gYearMonth or date."""
        return "date" if self.day else "gYearMonth" if self.month else "gYear"

    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can mean."""
        if self.day:
            return self.earliest()
        if self.month and self.month < 12:
            return date.fromordinal(date(self.year, self.month + 1, 1).toordinal() - 1)
        return date(self.year, 12, 31)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text


@dataclass(frozen=True, order=True)
class Passage:
    """The characters [start, end) of a source's text as Python decodes it, untouched."""

    start: int
    end: int


@dataclass(frozen=True)
class Theme:
    """A story that the chart draws a box around."""

    id: str
    name: Words


@dataclass(frozen=True)
class Entity:
    """An actor, a policy, a system or any other thing that claims speak of."""

    id: str
    cls: str
    name: Words
    also: tuple[str, ...] = ()
    reading: str = ""
    theme: str = ""
    existence: Existence | None = None
    kind: str = ""
    note: Words = Words()
    where: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Source:
    """A document that makes claims, and what is known of it.

    `file` holds the text that passages count in; where that was taken out of a PDF or the like, `original` is the
    file it was taken from. `retrieved` is the day on which it was fetched from its address. `retells` is the document
    that it only tells again, as a digest or a translation does: no independent witness of what stands there.
    """

    id: str
    title: Words
    publisher: Words = Words()
    date: When | None = None
    addresses: tuple[str, ...] = ()
    language: str = ""
    rights: Words = Words()
    grade: Grade | None = None
    read: Words = Words()
    document: str = ""
    sha256: str = ""
    characters: int | None = None
    file: str = ""
    original: str = ""
    original_sha256: str = ""
    retrieved: When | None = None
    retells: str = ""
    note: Words = Words()
    where: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Reply:
    """What someone answered to a claim, or that they were asked and what came of it."""

    by: str
    gist: Words
    date: When | None = None
    address: str = ""


Value = Words | When | int
"""What a literal-valued property holds: words, a date or a number."""

Qualifier = Words | When | int | tuple[str, ...]
"""What narrows a claim: words, a date, a number, or the entities named."""


@dataclass(frozen=True)
class Claim:
    """One proposition, as voiced in one source, at one or more places in it.

    `object` is an entity's id, or the value itself where the property takes a literal.
    `voiced_by` is an entity's or a source's id, or CURATOR.
    `passages` point into the source's text; `place` says in words where to look
    (a page, a heading) when no text with offsets is at hand.
    """

    subject: str
    predicate: str
    object: str | Value
    source: str
    stance: Stance = Stance.stated
    passages: tuple[Passage, ...] = ()
    place: Words = Words()
    handle: str = ""
    negated: bool = False
    hedged: bool = False
    voiced_by: str = ""
    cited_via: tuple[str, ...] = ()
    valid_from: When | None = None
    valid_to: When | None = None
    as_of: When | None = None
    qualifiers: tuple[tuple[str, Qualifier], ...] = ()
    gist: Words = Words()
    quote: str = ""
    cue: str = ""
    based_on: tuple[str, ...] = ()
    method: str = "curated"
    confidence: float | None = None
    review: Review = Review.accepted
    reviewed_on: When | None = None
    readers: tuple[str, ...] = ()
    reason: Words = Words()
    note: Words = Words()
    replies: tuple[Reply, ...] = ()
    where: Where = field(default=Where(), compare=False)
    around: tuple[str, str] = field(default=("", ""), compare=False)  # what stands before and after the quote
    known_as: str = field(default="", compare=False)  # its id, of one that was read from a store without its place

    @property
    def is_literal(self) -> bool:
        """Whether the object is a value rather than an entity."""
        return not isinstance(self.object, str)

    @property
    def unreviewed(self) -> bool:
        """Whether a machine proposed the claim and nobody has decided on it."""
        return self.review is Review.candidate and self.method != "curated"

    @property
    def asserted(self) -> bool:
        """Whether the claim makes a plain triple: the one place where that policy stands.

        Accepted by us, stated or reported by its source, and not negated.
        """
        return self.review is Review.accepted and self.stance in (Stance.stated, Stance.reported) and not self.negated

    def qualifier(self, name: str) -> Qualifier | None:
        """The qualifier of that name, or None."""
        return dict(self.qualifiers).get(name)


@dataclass(frozen=True)
class Step:
    """One step of a story: the curator's caption, and what it shows.

    `claims` are handles or ids of claims, `claim_lines` their lines; `focus` is one of the claims or entities.
    """

    caption: Words
    title: Words = Words()
    claims: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    theme: str = ""
    focus: str = ""
    claim_lines: tuple[int, ...] = field(default=(), compare=False, repr=False)
    where: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Story:
    """A numbered way through the chart: presentation, and no claim."""

    id: str
    title: Words
    steps: tuple[Step, ...]
    intro: Words = Words()
    where: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Project:
    """A project folder, read: everything that the graph is made of."""

    folder: str
    title: Words
    base: str
    languages: tuple[str, ...] = ("ja", "en")
    themes: tuple[Theme, ...] = ()
    entities: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    licence: str = ""
    stories: tuple[Story, ...] = ()

    def entity(self, id: str) -> Entity | None:
        """The entity of that id, or None."""
        return self._entities.get(id)

    def source(self, id: str) -> Source | None:
        """The source of that id, or None."""
        return self._sources.get(id)

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}


def iri(base: str, kind: str, id: str) -> str:
    """The IRI of an entity, claim, source or theme (`kind`); an absolute IRI stays as it is."""
    return id if ":" in id else f"{base}{kind}/{id}"


_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def claim_id(claim: Claim, base: str) -> str:
    """The claim's own id: 16 hexadecimal digits of a SHA-256.

    Made of the IRIs of subject, property, object and source and of the place in it, so that the same claim has the same
    id on every machine, and a correction of its gist, stance or review does not move it.
    """
    if claim.known_as:
        return claim.known_as
    value = claim.object
    if isinstance(value, str):
        told: object = iri(base, "entity", value)
    elif isinstance(value, Words):
        told = {"words": dict(value)}
    else:
        told = {type(value).__name__: str(value)}
    at: object = [[p.start, p.end] for p in claim.passages] or dict(claim.place)
    parts = [iri(base, "entity", claim.subject), claim.predicate, told, iri(base, "source", claim.source), at]
    return hashlib.sha256(_as_json(parts).encode()).hexdigest()[:16]
