"""What is open about some claims: what a reader would have to ask before relying on them.

In: a Chosen, which of its claims are opposed, a Tongue. Out: Parts of a Sheet. Nothing here says that a claim is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..model import Claim, Entity, Review, When
from .chosen import ASSERTED, Chosen
from .corroboration import Proposition, corroboration
from .readers import Reading, readers
from .sheet import Line, Part
from .tongue import Tongue, clean


def open_questions(
    chosen: Chosen, opposed: Sequence[tuple[Claim, list[Claim]]], tongue: Tongue, entity: Entity | None = None
) -> list[Part]:
    """A part for each question; those on which nothing is open have no lines."""
    return [
        _part("existence", tongue, _existence(entity, tongue)),
        _part("disputed", tongue, _each([c for c in chosen.claims if c.review is Review.disputed], chosen, tongue)),
        _part("opposed", tongue, _opposed(opposed, chosen, tongue)),
        _part("weak", tongue, _weak(chosen, tongue), rated=True),
        *_single(chosen, tongue),
        _part("readers", tongue, _readers(chosen, tongue)),
        _part("undated", tongue, _undated(chosen, tongue)),
    ]


def _part(key: str, tongue: Tongue, lines: Sequence[Line], rated: bool = False) -> Part:
    title = tongue.text("open-title", question=tongue.text(f"open-{key}"))
    return Part(f"open-{key}", title, tuple(lines), tongue.text(f"open-{key}-note"), rated=rated)


def _existence(entity: Entity | None, tongue: Tongue) -> list[Line]:
    """What does not simply exist."""
    if entity is None or entity.existence is None:
        return []
    return [Line(tongue.name(entity.id), data={"existence": entity.existence.value})]


def _each(claims: Sequence[Claim], chosen: Chosen, tongue: Tongue) -> list[Line]:
    """A line for each of some claims, with our note, which says why."""
    lines = []
    for claim in claims:
        note = tongue.words(claim.note)
        text = tongue.proposition(claim)
        text = tongue.text("explore-narrowed", text=text, narrowing=note) if note else text
        lines.append(Line(text, chosen.proofs([claim])))
    return lines


def _opposed(opposed: Sequence[tuple[Claim, list[Claim]]], chosen: Chosen, tongue: Tongue) -> list[Line]:
    """What is said as well as denied: the two sides in one line."""
    return [
        Line(tongue.proposition(claim), chosen.proofs([claim, *others]))
        for claim, others in opposed
        if not claim.negated
    ]


def _weak(chosen: Chosen, tongue: Tongue) -> list[Line]:
    """What no source states or reports: it is inferred, alleged, proposed and the like, and nothing more."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in chosen.claims:
        groups[claim.subject, claim.predicate, claim.object, claim.negated].append(claim)
    weak = [group for group in groups.values() if not any(claim.stance in ASSERTED for claim in group)]
    lines = []
    for group in weak:
        proofs = chosen.proofs(group)
        lines.append(Line(tongue.proposition(group[0]), proofs, needs=proofs[:1]))
    return lines


def _single(chosen: Chosen, tongue: Tongue) -> list[Part]:
    """What rests on one source, or on several that come down to one."""
    found = corroboration(chosen)

    def lines(propositions: Sequence[Proposition]) -> list[Line]:
        return [
            Line(
                tongue.line(p.subject, p.predicate, tongue.value(p.object), p.negated),
                chosen.proofs(p.claims),
                {"sources": list(p.sources)},
            )
            for p in propositions
        ]

    return [_part("single", tongue, lines(found.single)), _part("one-origin", tongue, lines(found.seeming))]


def _readers(chosen: Chosen, tongue: Tongue) -> list[Line]:
    """What fewer than two people have read against its source."""
    found = readers(chosen)

    def line(reading: Reading) -> Line:
        text = tongue.text(
            "readers-alone-line" if reading.readers else "readers-nobody-line",
            source=tongue.name(reading.source),
            id=reading.source,
            count=len(reading.claims),
            people=len(reading.people),
            readers=tongue.text("explore-comma").join(map(clean, reading.readers)),
        )
        return Line(text, chosen.proofs(reading.claims), {"source": reading.source, "readers": list(reading.readers)})

    return [line(reading) for reading in (*found.alone, *found.nobody)]


def _undated(chosen: Chosen, tongue: Tongue) -> list[Line]:
    """Of which nobody says when."""
    claims = [c for c in chosen.claims if not (c.valid_from or c.valid_to or c.as_of or isinstance(c.object, When))]
    if not claims:
        return []
    return [Line(tongue.text("open-undated-line", count=len(claims)), chosen.proofs(claims))]
