"""What happened when: every date that a claim gives, at its own precision.

In: a Chosen. Out: a Timeline: entries in order of time. A date without month or day is some time in its year, and
stands before the finer ones of that year. An end that is not given stays open; as of a day says nothing of the days
around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ..model import Claim, When
from .chosen import Chosen
from .sheet import Line, Lines, Part, Sheet, left_out
from .ties import Tie, is_former
from .tongue import Tongue


class Kind(Enum):
    """What the dates of an entry mean."""

    happened = "happened"  # at some time within the date
    lasted = "lasted"  # from one date to another
    since = "since"  # its end is not given
    until = "until"  # its beginning is not given
    seen = "seen"  # so it was then
    over = "over"  # a former post: its beginning is given, its end only as that it was over when told


@dataclass(frozen=True)
class Entry:
    """One thing at one time, with all claims that say so. `start` is None for `until`, `end` for `since`."""

    kind: Kind
    start: When | None
    end: When | None
    claims: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        """The first of its claims; the others say the same."""
        return self.claims[0]

    @property
    def earliest(self) -> date:
        """The first day that it may touch, as far as dates are given."""
        return (self.start or self.end or _NEVER).earliest()

    @property
    def latest(self) -> date:
        """The last day that it may touch, as far as dates are given."""
        return (self.end or self.start or _NEVER).latest()

    @property
    def order(self) -> tuple[object, ...]:
        """By the first day it can mean; of those the coarser date first, as nothing more is known of it."""
        first = self.start or self.end or _NEVER
        precision = 0 if first.month is None else 1 if first.day is None else 2
        last = (self.end or first).latest()
        claim = self.claim
        told = str(claim.object) if not isinstance(claim.object, dict) else ""
        return (self.earliest, precision, last, self.kind.value, claim.subject, claim.predicate, told, claim.handle)


_NEVER = When(9999)


@dataclass(frozen=True)
class Timeline:
    """The entries in order, and how many claims give no date."""

    entries: tuple[Entry, ...]
    left: Counter[str]


def timeline(chosen: Chosen) -> Timeline:
    """Gather the dates of claims: their own, and those that are what they say."""
    left = Counter(chosen.left)
    said = {source.id: source.date for source in chosen.project.sources}
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in chosen.claims:
        dates = list(_dates(claim, said.get(claim.source)))
        if not dates:
            left["undated"] += 1
        for kind, start, end in dates:
            key = claim.subject, claim.predicate, claim.object, claim.negated, kind, start, end
            groups[key].append(claim)
    entries = [
        Entry(kind, start, end, tuple(claims))  # type: ignore[arg-type]
        for (*_, kind, start, end), claims in groups.items()
    ]
    return Timeline(tuple(sorted(entries, key=lambda entry: entry.order)), left)


def _dates(claim: Claim, said: When | None) -> Iterator[tuple[Kind, When | None, When | None]]:
    if isinstance(claim.object, When):
        # startDate, endDate, date: what they date happened then; that it lasted is another claim.
        yield Kind.happened, claim.object, claim.object
        return
    start, end = claim.valid_from, claim.valid_to
    if start and not end and is_former(claim.predicate):
        by = claim.as_of or said
        yield Kind.over, start, by if by and by.latest() >= start.earliest() else None
    elif start and end:
        yield (Kind.happened if start == end else Kind.lasted), start, end
    elif start:
        yield Kind.since, start, None
    elif end:
        yield Kind.until, None, end
    elif claim.as_of:
        yield Kind.seen, claim.as_of, claim.as_of


def dated(entry: Entry, tongue: Tongue) -> str:
    """The dates of an entry in words: 2014 is some time in 2014."""
    if entry.kind is Kind.since:
        return tongue.text("timeline-since", start=entry.start)
    if entry.kind is Kind.until:
        return tongue.text("timeline-until", end=entry.end)
    if entry.kind is Kind.over:
        over = tongue.text("timeline-over-by", date=entry.end) if entry.end else tongue.text("timeline-over")
        return tongue.text("timeline-was", start=entry.start, over=over)
    if entry.kind is Kind.lasted:
        return f"{entry.start} – {entry.end}"
    if entry.kind is Kind.seen:
        return tongue.text("timeline-seen", date=entry.start)
    return str(entry.start)


def told(entry: Entry, tongue: Tongue) -> str:
    """What an entry says, its date apart. What is dated by a date is said without saying the date twice."""
    claim = entry.claim
    if isinstance(claim.object, When):
        code = "timeline-denied-date" if claim.negated else "timeline-date"
        text = tongue.text(code, subject=tongue.name(claim.subject), property=tongue.property(claim.predicate))
    else:
        text = tongue.proposition(claim)
    return text


def surest(entry: Entry, chosen: Chosen) -> Tie:
    """The surest of an entry's claims: any one of them is enough for it."""
    return chosen.proofs(entry.claims)[0]


def sheet(found: Timeline, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read: a part for each year."""

    def line(entry: Entry) -> Line:
        proofs = chosen.proofs(entry.claims)
        claim = entry.claim
        data = {
            "kind": entry.kind.value,
            "from": str(entry.start) if entry.start else None,
            "to": str(entry.end) if entry.end else None,
            "subject": claim.subject,
            "predicate": claim.predicate,
            "object": claim.object if isinstance(claim.object, str) else tongue.value(claim.object),
            "negated": claim.negated,
        }
        text = tongue.text("timeline-line", date=dated(entry, tongue), text=told(entry, tongue))
        remarks = tongue.remarks(chosen.named(entry.claims))
        for tie in proofs:
            if tie.said and tie.said.latest() < entry.earliest:  # announced, planned: that it came to be is not said
                both = remarks.get(tie.claim, ""), tongue.text("timeline-before")
                remarks[tie.claim] = tongue.text("explore-semicolon").join(filter(None, both))
        return Line(text, proofs, data, proofs[:1], remarks=remarks)

    years: dict[int, list[Entry]] = defaultdict(list)
    for entry in found.entries:
        years[entry.earliest.year].append(entry)
    parts = tuple(
        Part(str(year), tongue.text("timeline-year", year=year), Lines(entries, line))
        for year, entries in sorted(years.items())
    )
    notes = (tongue.text("timeline-note"),)
    title = tongue.text("timeline-title")
    numbers = {"entries": len(found.entries)}
    return Sheet("timeline", title, parts, notes, left_out(tongue, found.left), numbers)
