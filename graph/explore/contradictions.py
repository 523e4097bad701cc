"""What is said and denied, and different values for one thing, with who says what.

In: a Chosen. Out: a Contradictions. Claims that our reviewer disputes take part: a dispute often comes of just this.
Whether two claims truly exclude each other is for a reader to judge, so that what may be reconciled stands apart:
where they may speak of different times, or are narrowed differently, or one only proposes what the other denies.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ..model import Claim, Review, Stance, Value, When, Words
from ..terms import vocabulary
from .chosen import Chosen
from .sheet import Line, Part, Sheet, left_out
from .tongue import Tongue


class Kind(Enum):
    """How claims stand against each other."""

    denied = "denied"  # said by some, denied by others
    mood = "mood"  # denied by some; others only propose, intend, demand or ask it
    value = "value"  # two values for one thing at one time
    loose = "loose"  # two values, but narrowed differently or perhaps at different times


@dataclass(frozen=True)
class Side:
    """Claims that say the same."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Contradiction:
    """Two or more sides on one proposition or one value."""

    kind: Kind
    subject: str
    predicate: str
    object: str  # "" where values differ
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Contradictions:
    """All that was found, by kind and subject; and what our review disputes, whatever stands against it."""

    found: tuple[Contradiction, ...]
    disputed: tuple[Claim, ...]
    left: Counter[str]


SINGLE = ("startDate", "endDate", "date", "count", "price")
"""Literal-valued properties of which a thing has one value at one time. A status may have several, words may too."""

_SAYS_SO = frozenset({Stance.stated, Stance.reported, Stance.inferred, Stance.alleged})


def contradictions(chosen: Chosen) -> Contradictions:
    """Set claims against each other."""
    found = [*_denied(chosen.claims), *_values(chosen.claims)]
    kinds = list(Kind)
    found.sort(key=lambda c: (kinds.index(c.kind), c.subject, c.predicate, c.object, c.sides[0].claims[0].handle))
    disputed = (claim for claim in chosen.claims if claim.review is Review.disputed)
    return Contradictions(tuple(found), tuple(disputed), Counter(chosen.left))


def _denied(claims: Sequence[Claim]) -> Iterator[Contradiction]:
    symmetric = {name for name, property in vocabulary().properties.items() if property.symmetric}
    groups: dict[tuple[str, str, str | Value], list[Claim]] = defaultdict(list)
    for claim in claims:
        subject, told = claim.subject, claim.object
        if claim.predicate in symmetric and isinstance(told, str):
            subject, told = sorted((subject, told))
        groups[subject, claim.predicate, told].append(claim)
    for (subject, predicate, told), group in groups.items():
        no = [claim for claim in group if claim.negated]
        yes = [claim for claim in group if not claim.negated]
        if not no or not yes:
            continue
        about = told if isinstance(told, str) else str(told)
        firm = [claim for claim in yes if claim.stance in _SAYS_SO and meets(claim, no)]
        denials = [claim for claim in no if claim.stance in _SAYS_SO]
        if firm and denials:
            yield Contradiction(Kind.denied, subject, predicate, about, (Side(tuple(firm)), Side(tuple(no))))
        rest = [claim for claim in yes if not denials or claim not in firm]
        if rest:
            yield Contradiction(Kind.mood, subject, predicate, about, (Side(tuple(rest)), Side(tuple(no))))


def meets(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether it may speak of the same time as one of the others; without dates it may."""
    return any(_overlap(claim, other) for other in others)


def _span(claim: Claim) -> tuple[date, date]:
    """When it holds as far as it says: its own dates, else the day as of which it is told, else any time."""
    start = claim.valid_from or (None if claim.valid_to else claim.as_of)
    end = claim.valid_to or (None if claim.valid_from else claim.as_of)
    return start.earliest() if start else date.min, end.latest() if end else date.max


def _overlap(one: Claim, two: Claim) -> bool:
    (a, b), (c, d) = _span(one), _span(two)
    return a <= d and c <= b


def _values(claims: Sequence[Claim]) -> Iterator[Contradiction]:
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in SINGLE and claim.is_literal and not claim.negated and claim.stance in _SAYS_SO:
            groups[claim.subject, claim.predicate].append(claim)
    for (subject, predicate), group in groups.items():
        if len(sides := _sides(group)) < 2:
            continue
        # Where claims of two sides are narrowed alike and may speak of one time, their values exclude each other.
        pairs = ((side, other) for n, side in enumerate(sides) for other in sides[n + 1 :])
        firm = any(_alike(one, two) for side, other in pairs for one, two in _firsts(side, other))
        kind = Kind.value if firm else Kind.loose
        yield Contradiction(kind, subject, predicate, "", tuple(Side(tuple(side)) for side in sides))


def _firsts(side: list[Claim], other: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of two sides, one for each way in which claims are narrowed and dated: a hub has many that are alike."""
    yield from ((one, two) for one in _kinds(side) for two in _kinds(other))


def _kinds(side: list[Claim]) -> list[Claim]:
    return list({(claim.qualifiers, claim.valid_from, claim.valid_to, claim.as_of): claim for claim in side}.values())


def _alike(one: Claim, two: Claim) -> bool:
    """Whether they speak of the same thing at the same time, as far as they say."""
    return dict(one.qualifiers) == dict(two.qualifiers) and _overlap(one, two)


def _sides(group: list[Claim]) -> list[list[Claim]]:
    """Claims by what they give as the value. A date that lies within another agrees with it."""
    sides: list[list[Claim]] = []
    for claim in sorted(group, key=lambda claim: (-_precision(claim), str(claim.object), claim.handle)):
        agreeing = next((side for side in sides if agree(side[0], claim)), None)
        if agreeing is None:
            sides.append([claim])
        else:
            agreeing.append(claim)
    return sides


def _precision(claim: Claim) -> int:
    return len(str(claim.object)) if isinstance(claim.object, When) else 0


def agree(one: Claim, two: Claim) -> bool:
    """Whether two values may both be right as they stand."""
    a, b = one.object, two.object
    if isinstance(a, When) and isinstance(b, When):
        return a.earliest() <= b.latest() and b.earliest() <= a.latest()
    if isinstance(a, Words) and isinstance(b, Words):
        return _words_agree(a, b)
    return a == b


def _words_agree(one: Words, two: Words) -> bool:
    """In a language that both have: the same words, or the same numbers in them. Without one, nothing can be said."""
    shared = [lang for lang in one if lang in two]
    if not shared:
        return True
    return any(
        _even(one[lang]) == _even(two[lang]) or _numbers(one[lang]) == _numbers(two[lang]) != () for lang in shared
    )


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _numbers(text: str) -> tuple[str, ...]:
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", text))
    return tuple(sorted(number.replace(",", "") for number in found))


def sheet(found: Contradictions, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read: each side with its claims, none of them called right."""
    parts = []
    for kind in Kind:
        lines = [line for one in found.found if one.kind is kind for line in _lines(one, chosen, tongue)]
        key = f"contradictions-{kind.value}"
        parts.append(Part(kind.value, tongue.text(key), tuple(lines), tongue.text(f"{key}-note"), rated=False))
    lines = [_disputed(claim, chosen, tongue) for claim in found.disputed]
    title, note = tongue.text("contradictions-disputed"), tongue.text("contradictions-disputed-note")
    parts.append(Part("disputed", title, tuple(lines), note))
    numbers = {kind.value: sum(c.kind is kind for c in found.found) for kind in Kind}
    numbers["disputed"] = len(found.disputed)
    title = tongue.text("contradictions-title")
    notes = (tongue.text("contradictions-note"),)
    return Sheet("contradictions", title, tuple(parts), notes, left_out(tongue, found.left), numbers)


def _disputed(claim: Claim, chosen: Chosen, tongue: Tongue) -> Line:
    """A claim with what the reviewer says of it."""
    text = tongue.proposition(claim)
    if note := tongue.words(claim.note):
        text = tongue.text("contradictions-disputed-line", proposition=text, note=note)
    data = {"subject": claim.subject, "predicate": claim.predicate, "note": dict(claim.note)}
    named = chosen.named((claim,))
    return Line(text, chosen.proofs((claim,)), data, remarks=tongue.remarks(named))


def _lines(one: Contradiction, chosen: Chosen, tongue: Tongue) -> Iterator[Line]:
    if one.object:
        told = one.sides[0].claims[0].object
        text = tongue.line(one.subject, one.predicate, tongue.value(told))
    else:
        text = tongue.text("timeline-date", subject=tongue.name(one.subject), property=tongue.property(one.predicate))
    data = {"subject": one.subject, "predicate": one.predicate, "object": one.object or None}
    yield Line(text, (), {**data, "sides": len(one.sides)})
    for number, side in enumerate(one.sides, 1):
        first = side.claims[0]
        if one.object:
            yes = "contradictions-yes" if one.kind is Kind.denied else "contradictions-other"
            said = tongue.text("contradictions-no") if first.negated else tongue.text(yes)
        else:
            said = tongue.text("explore-comma").join(dict.fromkeys(tongue.value(claim.object) for claim in side.claims))
        value = None if one.object else [str(claim.object) for claim in side.claims if isinstance(claim.object, When)]
        remarks = tongue.remarks(chosen.named(side.claims))
        more = {"side": number, "negated": first.negated, **({"values": value} if value else {})}
        yield Line(said, chosen.proofs(side.claims), {**data, **more}, depth=1, remarks=remarks)
