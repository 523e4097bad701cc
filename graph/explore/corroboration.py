"""Who else says so: propositions with the sources that are independent of one another, and those that rest on one.

In: a Chosen. Out: a Corroboration. Two sources are one origin where anything joins them: the same document, one that
retells the other, a document through which both have it, one voice, one publisher, a claim that rests on the other's,
or that one of them is known to use the document on which the other rests. So a chain of second hands counts once.
Where in doubt, sources count as one: too few witnesses do less harm than too many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model import CURATOR, Claim, Project, Review, Value, When
from ..terms import vocabulary
from .chosen import ASSERTED, Chosen, best
from .sheet import Line, Part, Sheet, left_out
from .tongue import Tongue

_Key = tuple[str, str]  # what may join two sources: its kind and its id


@dataclass(frozen=True)
class Origin:
    """Claims that come down to one: `shared` is what joins their sources, as (kind, id)."""

    claims: tuple[Claim, ...]
    sources: tuple[str, ...]
    shared: tuple[_Key, ...] = ()


@dataclass(frozen=True)
class Proposition:
    """What some claims say alike, in one mood: asserted, or one of the weaker stances."""

    subject: str
    predicate: str
    object: str | Value
    negated: bool
    mood: str
    origins: tuple[Origin, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of its claims."""
        return tuple(claim for origin in self.origins for claim in origin.claims)

    @property
    def sources(self) -> tuple[str, ...]:
        """All of its sources."""
        return tuple(sorted({source for origin in self.origins for source in origin.sources}))


@dataclass(frozen=True)
class Corroboration:
    """Propositions by how many sources stand behind them.

    `several` have two or more independent ones, `seeming` have several sources that come down to one, `single` have one
    source. `left` counts the claims that are no witnesses.
    """

    several: tuple[Proposition, ...]
    seeming: tuple[Proposition, ...]
    single: tuple[Proposition, ...]
    left: Counter[str]


def corroboration(chosen: Chosen) -> Corroboration:
    """Bring together what says the same, and count who says it."""
    left = Counter(chosen.left)
    counted = []
    for claim in chosen.claims:
        if claim.review is Review.disputed:
            left["disputed"] += 1
        elif claim.voiced_by == CURATOR:
            left["curator"] += 1
        else:
            counted.append(claim)
    origins = Origins(chosen.project)
    found = [
        Proposition(group[0].subject, group[0].predicate, told, group[0].negated, mood(group[0]), origins.of(group))
        for told, group in alike(counted)
    ]
    several = [p for p in found if len(p.origins) > 1]
    several.sort(key=lambda p: -len(p.origins))
    seeming = [p for p in found if len(p.origins) == 1 and len(p.sources) > 1]
    single = sorted((p for p in found if len(p.sources) == 1), key=lambda p: p.sources)
    return Corroboration(tuple(several), tuple(seeming), tuple(single), left)


def mood(claim: Claim) -> str:
    """`asserted` for what is stated or reported; else the stance: what is proposed does not bear out what is so."""
    return "asserted" if claim.stance in ASSERTED else claim.stance.value


def alike(claims: Iterable[Claim]) -> Iterator[tuple[str | Value, list[Claim]]]:
    """Claims that say the same, in the order of the first of each, with the object that they agree on.

    A date bears out a coarser one (a day its month and year), never a finer one. What held at times that cannot be the
    same is not the same. Qualifiers may differ; they are shown.
    """
    symmetric = {name for name, property in vocabulary().properties.items() if property.symmetric}
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        ends: tuple[object, ...] = claim.subject, claim.object
        if claim.predicate in symmetric:
            ends = tuple(sorted(map(str, ends)))
        if isinstance(claim.object, When):
            ends = claim.subject, "when"
        groups[claim.predicate, *ends, claim.negated, mood(claim)].append(claim)
    for group in groups.values():
        if isinstance(group[0].object, When):
            yield from _dated(group)
        else:
            yield from ((group[0].object, part) for part in at_one_time(group))


def _dated(group: Sequence[Claim]) -> Iterator[tuple[str | Value, list[Claim]]]:
    """For each date of a group the claims that bear it out."""
    by_date: dict[When, list[Claim]] = {}
    for claim in group:
        assert isinstance(claim.object, When)
        by_date.setdefault(claim.object, [])
    for claim in group:
        when = claim.object
        assert isinstance(when, When)
        coarser = {when, When(when.year), *([When(when.year, when.month)] if when.month else [])}
        for other in sorted(coarser & by_date.keys(), key=str):
            by_date[other].append(claim)
    yield from by_date.items()


def at_one_time(group: Sequence[Claim]) -> Iterator[list[Claim]]:
    """A group, cut so that the claims of each part can all hold at one time.

    Those without a time go with the others where there is one such part, else they stay by themselves.
    """
    dated = sorted((c for c in group if c.valid_from or c.valid_to), key=_reach)
    loose = [claim for claim in group if not (claim.valid_from or claim.valid_to)]
    parts: list[list[Claim]] = []
    until = date.min
    for claim in dated:
        begin, end = _reach(claim)
        if not parts or begin > until:
            parts.append([])
            until = end
        parts[-1].append(claim)
        until = min(until, end)
    if loose and len(parts) != 1:
        parts.append([])
    if loose:
        parts[-1].extend(loose)
    yield from parts


def _reach(claim: Claim) -> tuple[date, date]:
    begin = claim.valid_from.earliest() if claim.valid_from else date.min
    return begin, claim.valid_to.latest() if claim.valid_to else date.max


class Origins:
    """Tells which sources come down to one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.sources = {source.id: source for source in project.sources}
        self.by_handle = {claim.handle: claim for claim in project.claims if claim.handle}
        self.wholes: dict[str, list[str]] = defaultdict(list)
        self.cited: dict[str, list[str]] = defaultdict(list)
        for claim in project.claims:
            if claim.negated or claim.is_literal or claim.review in (Review.rejected, Review.withdrawn):
                continue
            # Weak claims count as well: what may make two sources one is enough.
            if claim.predicate == "partOf":
                self.wholes[claim.subject].append(str(claim.object))
            elif claim.predicate == "cites":
                self.cited[claim.subject].append(str(claim.object))
        self._whole: dict[str, frozenset[str]] = {}
        self._behind: dict[str, frozenset[str]] = {}
        used: dict[str, set[str]] = defaultdict(set)
        for claim in project.claims:
            used[claim.source].update(claim.cited_via)
        told = {source.document: source.id for source in project.sources if source.document}
        for source in project.sources:  # who retells a document has at second hand what that has at first
            if source.retells in told:
                used[source.id] |= used[told[source.retells]]
        self.used = {id: frozenset(doc for via in vias for doc in self.behind(via)) for id, vias in used.items()}
        """By source, the documents through which it has anything at all, and what stands behind them."""

    def of(self, claims: Sequence[Claim]) -> tuple[Origin, ...]:
        """The claims by origin, in the order of the first of each."""
        parent = list(range(len(claims)))

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = number = parent[parent[number]]
            return number

        first: dict[_Key, int] = {}
        keys = [self.keys(claim) for claim in claims] if len(claims) > 1 else [frozenset[_Key]()] * len(claims)

        def join(one: int, two: int) -> None:
            low, high = sorted((root(one), root(two)))
            parent[high] = low

        for number, own in enumerate(keys):
            for key in own:
                join(first.setdefault(key, number), number)
        # What one rests on may be what another is known to use, even where it does not say so here.
        for number, claim in enumerate(claims if len(claims) > 1 else ()):
            for document in self.used.get(claim.source, ()):
                if (other := first.get(("document", document))) is not None:
                    join(other, number)
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(claims)):
            groups[root(number)].append(number)
        return tuple(self._origin([claims[n] for n in group], [keys[n] for n in group]) for group in groups.values())

    def _origin(self, claims: list[Claim], keys: list[frozenset[_Key]]) -> Origin:
        sources = tuple(sorted({claim.source for claim in claims}))
        at: dict[_Key, set[str]] = defaultdict(set)
        for claim, own in zip(claims, keys, strict=True):
            for key in own | {("document", document) for document in self.used.get(claim.source, ())}:
                at[key].add(claim.source)
        rested = {key for own in keys for key in own if key[0] != "source"}
        shared = tuple(sorted(key for key, who in at.items() if len(who) > 1 and key in rested))
        return Origin(tuple(claims), sources, shared)

    def keys(self, claim: Claim) -> frozenset[_Key]:
        """Everything by which a claim's source may be joined to another's."""
        found: set[_Key] = {("source", claim.source)}
        source = self.sources.get(claim.source)
        if source and source.document:
            found |= {("document", id) for id in self.whole(source.document)}
        if source and source.retells:
            found |= {("document", id) for id in self.whole(source.retells)}
        if source and source.publisher:
            found.add(("publisher", source.publisher.best("ja")))
        told_in = claim.qualifier("document")
        for via in (*claim.cited_via, *(told_in if isinstance(told_in, tuple) else ())):
            found |= {("document", id) for id in self.behind(via)}
        if claim.voiced_by in self.sources:
            voice = self.sources[claim.voiced_by]
            found.add(("source", voice.id))
            if voice.document:
                found |= {("document", id) for id in self.whole(voice.document)}
        elif claim.voiced_by and claim.voiced_by != CURATOR:
            of_document = any(kind == "document" and id == claim.voiced_by for kind, id in found)
            if not of_document:
                kind = "document" if self.is_document(claim.voiced_by) else "voice"
                found |= {(kind, id) for id in self.whole(claim.voiced_by)}
        for handle in claim.based_on:
            if other := self.by_handle.get(handle):
                found.add(("source", other.source))
        return frozenset(found)

    def is_document(self, id: str) -> bool:
        """Whether it is a text, and not someone who speaks."""
        entity, known = self.project.entity(id), vocabulary()
        return entity is not None and any(known.is_a(entity.cls, cls) for cls in ("Document", "Instrument"))

    def whole(self, id: str) -> frozenset[str]:
        """It and all that it is part of."""
        if id not in self._whole:
            self._whole[id] = _closure(id, (self.wholes,))
        return self._whole[id]

    def behind(self, id: str) -> frozenset[str]:
        """A document, all that it is part of, and all that stands behind it by citation."""
        if id not in self._behind:
            self._behind[id] = _closure(id, (self.wholes, self.cited))
        return self._behind[id]


def _closure(id: str, steps: Iterable[Mapping[str, list[str]]]) -> frozenset[str]:
    seen, todo = {id}, [id]
    while todo:
        here = todo.pop()
        for step in steps:
            for there in step.get(here, ()):
                if there not in seen:
                    seen.add(there)
                    todo.append(there)
    return frozenset(seen)


def sheet(found: Corroboration, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read."""

    def line(proposition: Proposition, code: str, depth: int = 0) -> Line:
        told = tongue.line(
            proposition.subject, proposition.predicate, tongue.value(proposition.object), proposition.negated
        )
        shared = [_key(key, tongue) for origin in proposition.origins for key in origin.shared]
        text = tongue.text(
            code,
            proposition=told,
            sources=len(proposition.sources),
            origins=len(proposition.origins),
            shared=tongue.text("explore-comma").join(dict.fromkeys(shared)),
        )
        each = [chosen.proofs(origin.claims) for origin in proposition.origins]
        return Line(
            text,
            chosen.proofs(proposition.claims),
            {
                "subject": proposition.subject,
                "predicate": proposition.predicate,
                "object": proposition.object if isinstance(proposition.object, str) else _plain(proposition.object),
                "negated": proposition.negated,
                "mood": proposition.mood,
                "origins": [
                    {"sources": list(o.sources), "shared": [{"kind": k, "id": i} for k, i in o.shared]}
                    for o in proposition.origins
                ],
            },
            needs=tuple(best(ties) for ties in each),
            depth=depth,
            remarks=tongue.remarks(chosen.named(proposition.claims)),
        )

    single = []
    counts = Counter(p.sources[0] for p in found.single)
    before = ""
    for proposition in found.single:
        source = proposition.sources[0]
        if source != before:
            text = tongue.text("corroboration-source", source=tongue.name(source), id=source, count=counts[source])
            single.append(Line(text, (), {"source": source, "propositions": counts[source]}))
            before = source
        single.append(line(proposition, "corroboration-single-line", 1))
    parts = (
        Part(
            "independent",
            tongue.text("corroboration-several"),
            tuple(line(p, "corroboration-several-line") for p in found.several),
            tongue.text("corroboration-several-note"),
        ),
        Part(
            "one-origin",
            tongue.text("corroboration-seeming"),
            tuple(line(p, "corroboration-seeming-line") for p in found.seeming),
            tongue.text("corroboration-seeming-note"),
        ),
        Part(
            "one-source",
            tongue.text("corroboration-single"),
            tuple(single),
            tongue.text("corroboration-single-note", count=len(found.single), sources=len(counts)),
        ),
    )
    numbers = {"independent": len(found.several), "one_origin": len(found.seeming), "one_source": len(found.single)}
    title = tongue.text("corroboration-title")
    return Sheet("corroboration", title, parts, (), left_out(tongue, found.left), numbers)


def _key(key: _Key, tongue: Tongue) -> str:
    kind, id = key
    return tongue.text(f"origin-{kind}", name=id if kind == "publisher" else tongue.name(id))


def _plain(value: Value) -> object:
    return str(value) if isinstance(value, When) else value if isinstance(value, int) else dict(value)
