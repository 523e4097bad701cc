"""Who else says so: propositions with the sources that are independent of one another, and those that rest on one.

In: a Chosen. Out: a Corroboration. Two sources are one origin where anything joins them: the same document, one that
retells the other, a document through which both have it, one voice, one publisher, a claim that rests on the other's,
or that one of them is known to use the document on which the other rests. So a chain of second hands counts once.
Where in doubt, sources count as one: too few witnesses do less harm than too many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..model import CURATOR, Claim, Review, Value, When
from ..terms import vocabulary
from .chosen import ASSERTED, Chosen, best
from .origins import Key, Origin, Origins
from .sheet import Line, Lines, Part, Sheet, left_out, once
from .tongue import Tongue


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
        if len(self.origins) == 1:
            return self.origins[0].sources
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
    if len(group) == 1:
        yield list(group)
        return
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
            each[0] if len(each) == 1 else once(tie for ties in each for tie in ties),
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

    counts: dict[str, int] = {}
    single: list[str | Proposition] = []  # below each source what it alone says
    for proposition in found.single:
        source = proposition.origins[0].sources[0]
        if source not in counts:
            counts[source] = 0
            single.append(source)
        counts[source] += 1
        single.append(proposition)

    def of_source(one: str | Proposition) -> Line:
        if isinstance(one, Proposition):
            return line(one, "corroboration-single-line", 1)
        text = tongue.text("corroboration-source", source=tongue.name(one), id=one, count=counts[one])
        return Line(text, (), {"source": one, "propositions": counts[one]})

    parts = (
        Part(
            "independent",
            tongue.text("corroboration-several"),
            Lines(found.several, lambda one: line(one, "corroboration-several-line")),
            tongue.text("corroboration-several-note"),
        ),
        Part(
            "one-origin",
            tongue.text("corroboration-seeming"),
            Lines(found.seeming, lambda one: line(one, "corroboration-seeming-line")),
            tongue.text("corroboration-seeming-note"),
        ),
        Part(
            "one-source",
            tongue.text("corroboration-single"),
            Lines(single, of_source, len(counts)),
            tongue.text("corroboration-single-note", count=len(found.single), sources=len(counts)),
        ),
    )
    numbers = {"independent": len(found.several), "one_origin": len(found.seeming), "one_source": len(found.single)}
    title = tongue.text("corroboration-title")
    return Sheet("corroboration", title, parts, (), left_out(tongue, found.left), numbers)


def _key(key: Key, tongue: Tongue) -> str:
    kind, id = key
    return tongue.text(f"origin-{kind}", name=id if kind == "publisher" else tongue.name(id))


def _plain(value: Value) -> object:
    return str(value) if isinstance(value, When) else value if isinstance(value, int) else dict(value)
