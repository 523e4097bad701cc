"""Claims that one person alone has read against their source, and those of which no reader is recorded.

In: a Chosen. Out: a Readers. What says most of a person comes first: there a slip does most harm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ..check import FEWEST_READERS
from ..model import Claim, Review
from ..terms import vocabulary
from .chosen import Chosen
from .sheet import Line, Part, Sheet, left_out
from .tongue import Tongue, clean


@dataclass(frozen=True)
class Reading:
    """Claims of one source that the same people, or nobody, have read. `people`: those of them about a person."""

    source: str
    readers: tuple[str, ...]
    claims: tuple[Claim, ...]
    people: tuple[Claim, ...]


@dataclass(frozen=True)
class Readers:
    """By source: what one person alone has read, what nobody is known to have read; `enough`: how many have two."""

    alone: tuple[Reading, ...]
    nobody: tuple[Reading, ...]
    enough: int
    left: Counter[str]


def readers(chosen: Chosen) -> Readers:
    """Count readers; the same name twice is one."""
    groups: dict[tuple[str, tuple[str, ...]], list[Claim]] = defaultdict(list)
    left, enough = Counter(chosen.left), 0
    for claim in chosen.claims:
        names = tuple(
            sorted({name.strip().casefold(): name.strip() for name in claim.readers if name.strip()}.values())
        )
        if claim.review is Review.candidate:
            left["unread-candidate"] += 1  # a candidate is what nobody has read yet
        elif len(names) >= FEWEST_READERS:
            enough += 1
        else:
            groups[claim.source, names].append(claim)
    people = {entity.id for entity in chosen.project.entities if vocabulary().is_a(entity.cls, "Person")}
    found = [
        Reading(
            source,
            names,
            tuple(claims),
            tuple(c for c in claims if c.subject in people or (isinstance(c.object, str) and c.object in people)),
        )
        for (source, names), claims in groups.items()
    ]
    found.sort(key=lambda reading: (-len(reading.people), -len(reading.claims), reading.source, reading.readers))
    alone = tuple(reading for reading in found if reading.readers)
    return Readers(alone, tuple(reading for reading in found if not reading.readers), enough, left)


def sheet(found: Readers, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read."""

    def line(reading: Reading, code: str) -> Line:
        text = tongue.text(
            code,
            source=tongue.name(reading.source),
            id=reading.source,
            count=len(reading.claims),
            people=len(reading.people),
            readers=tongue.text("explore-comma").join(map(clean, reading.readers)),
        )
        data = {
            "source": reading.source,
            "readers": list(reading.readers),
            "about_people": [claim.handle for claim in reading.people],
        }
        first = {tie.claim for tie in chosen.proofs(reading.people)}
        proofs = sorted(chosen.proofs(reading.claims), key=lambda tie: tie.claim not in first)
        return Line(text, tuple(proofs), data)

    counts = [sum(len(reading.claims) for reading in group) for group in (found.alone, found.nobody)]
    parts = (
        Part(
            "one-reader",
            tongue.text("readers-alone"),
            tuple(line(reading, "readers-alone-line") for reading in found.alone),
            tongue.text("readers-alone-note", count=counts[0]),
            rated=False,
        ),
        Part(
            "no-reader",
            tongue.text("readers-nobody"),
            tuple(line(reading, "readers-nobody-line") for reading in found.nobody),
            tongue.text("readers-nobody-note", count=counts[1]),
            rated=False,
        ),
    )
    numbers = {"one_reader": counts[0], "no_reader": counts[1], "two_or_more": found.enough}
    notes = (tongue.text("readers-note", count=found.enough),)
    return Sheet("readers", tongue.text("readers-title"), parts, notes, left_out(tongue, found.left), numbers)
