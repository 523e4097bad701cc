"""Who sits on both sides: people and bodies with posts or seats in two or more bodies that are not parts of one.

In: a Chosen. Out: an Interlocks. A post in a bureau is one in its agency: partOf is followed upwards. A revolving door
is a person with a post in police, ministries or other bodies of the state and one in a private body, now or once. What
came first is said only where the claims do; that someone has sat on both sides says nothing of what they did there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from ..model import Claim, Project
from ..terms import Vocabulary, vocabulary
from .chosen import Chosen, best
from .sheet import Line, Part, Sheet, left_out, once
from .ties import Tie
from .tongue import Tongue

PRESENT, FORMER = "holdsPostIn", "formerlyHeldPostIn"
OF_PEOPLE = (PRESENT, FORMER, "memberOf")
OF_BODIES = ("memberOf", "participatesIn", "administers")
STATE = ("GovernmentBody",)
PRIVATE = ("Company", "NonProfit", "MediaOrganization")


class Direction(Enum):
    """Which way a door turned, as far as the claims tell."""

    out = "out"  # once with the state, now private
    into = "into"  # once private, now with the state
    both = "both"  # both at present
    past = "past"  # both are over; which came first is not said


@dataclass(frozen=True)
class Seat:
    """What ties someone to one body: the claims by property, and the claims that lead up from it to its wholes."""

    body: str
    predicate: str
    claims: tuple[Claim, ...]
    wholes: tuple[str, ...]
    upwards: tuple[Claim, ...]


@dataclass(frozen=True)
class Side:
    """Seats in bodies that are parts of one another, or of one whole. `kind` is state, private or other."""

    kind: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Sitter:
    """A person or a body with seats on two or more sides; `doors` are the ways in which it goes between them."""

    entity: str
    sides: tuple[Side, ...]
    doors: tuple[Direction, ...] = ()


@dataclass(frozen=True)
class Interlocks:
    """People who go between state and private bodies, other people, bodies; the most sides first."""

    doors: tuple[Sitter, ...]
    people: tuple[Sitter, ...]
    bodies: tuple[Sitter, ...]
    left: Counter[str]


def interlocks(chosen: Chosen) -> Interlocks:
    """Find who sits on several sides."""
    left, known = Counter(chosen.left), vocabulary()
    people = {e.id for e in chosen.project.entities if known.is_a(e.cls, "Person")}
    seats: dict[str, dict[tuple[str, str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    above: dict[str, list[Claim]] = defaultdict(list)
    for claim in chosen.claims:
        if not isinstance(claim.object, str) or claim.subject == claim.object:
            continue
        wanted = claim.predicate in (OF_PEOPLE if claim.subject in people else OF_BODIES)
        if claim.negated:
            left["negated"] += wanted
        elif wanted:
            seats[claim.subject][claim.object, claim.predicate].append(claim)
        elif claim.predicate == "partOf":
            above[claim.subject].append(claim)
    climb = _Climb(above)
    found = []
    for who in sorted(seats):
        own = [
            Seat(body, predicate, tuple(claims), *climb.up(body)) for (body, predicate), claims in seats[who].items()
        ]
        if len(sides := _sides(own, chosen.project, known)) > 1:
            found.append(Sitter(who, sides, _doors(sides) if who in people else ()))
    found.sort(key=lambda sitter: (-len(sitter.sides), sitter.entity))
    persons = [sitter for sitter in found if sitter.entity in people]
    return Interlocks(
        tuple(sitter for sitter in persons if sitter.doors),
        tuple(sitter for sitter in persons if not sitter.doors),
        tuple(sitter for sitter in found if sitter.entity not in people),
        left,
    )


class _Climb:
    """Leads from a body up to all that it is part of; a circle of parts is walked once."""

    def __init__(self, above: dict[str, list[Claim]]) -> None:
        self.above = above
        self.known: dict[str, tuple[tuple[str, ...], tuple[Claim, ...]]] = {}

    def up(self, body: str) -> tuple[tuple[str, ...], tuple[Claim, ...]]:
        """The wholes, nearest first, and the claims that say so."""
        if body not in self.known:
            wholes: dict[str, None] = {}
            claims: list[Claim] = []
            level = [body]
            while level:
                steps = [claim for id in level for claim in self.above.get(id, ())]
                claims += steps
                level = [str(c.object) for c in steps if c.object != body and str(c.object) not in wholes]
                level = list(dict.fromkeys(level))
                wholes.update(dict.fromkeys(level))
            self.known[body] = tuple(wholes), tuple(claims)
        return self.known[body]


def _sides(seats: list[Seat], project: Project, known: Vocabulary) -> tuple[Side, ...]:
    """Seats whose bodies or wholes meet are on one side."""
    groups: list[tuple[set[str], list[Seat]]] = []
    for seat in sorted(seats, key=lambda seat: (seat.body, seat.predicate)):
        reach, mine = {seat.body, *seat.wholes}, [seat]
        apart = []
        for others, group in groups:
            if reach & others:
                reach, mine = reach | others, [*group, *mine]
            else:
                apart.append((others, group))
        groups = [*apart, (reach, mine)]
    sides = [Side(_kind(reach, project, known), tuple(group)) for reach, group in groups]
    return tuple(sorted(sides, key=lambda side: (_KINDS.index(side.kind), side.seats[0].body)))


_KINDS = ("state", "private", "other")


def _kind(bodies: Iterable[str], project: Project, known: Vocabulary) -> str:
    """State where any of them is one, as a bureau is what it is part of."""
    classes = [entity.cls for id in sorted(bodies) if (entity := project.entity(id))]
    for kind, wanted in (("state", STATE), ("private", PRIVATE)):
        if any(known.fits(cls, wanted) for cls in classes):
            return kind
    return "other"


def _doors(sides: tuple[Side, ...]) -> tuple[Direction, ...]:
    """The ways in which someone goes between the state and private bodies."""
    found = set()
    for state in (side for side in sides if side.kind == "state"):
        for private in (side for side in sides if side.kind == "private"):
            here, there = ({seat.predicate for seat in side.seats} for side in (state, private))
            now_here, now_there = here - {FORMER}, there - {FORMER}
            if now_here and now_there:
                found.add(Direction.both)
            elif now_there:
                found.add(Direction.out)
            elif now_here:
                found.add(Direction.into)
            else:
                found.add(Direction.past)
    return tuple(direction for direction in Direction if direction in found)


def sheet(found: Interlocks, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read."""
    groups = (("doors", found.doors), ("people", found.people), ("bodies", found.bodies))
    parts = tuple(
        Part(
            key,
            tongue.text(f"interlocks-{key}"),
            tuple(line for sitter in sitters for line in _lines(sitter, chosen, tongue)),
            tongue.text(f"interlocks-{key}-note"),
        )
        for key, sitters in groups
    )
    numbers = {key: len(sitters) for key, sitters in groups}
    title = tongue.text("interlocks-title")
    notes = (tongue.text("interlocks-note"),)
    return Sheet("interlocks", title, parts, notes, left_out(tongue, found.left), numbers)


def _lines(sitter: Sitter, chosen: Chosen, tongue: Tongue) -> Iterator[Line]:
    each = {seat: _proofs(seat, chosen) for side in sitter.sides for seat in side.seats}
    text = tongue.text("interlocks-line", name=tongue.name(sitter.entity), count=len(sitter.sides))
    for direction in sitter.doors:
        text = tongue.text("explore-narrowed", text=text, narrowing=tongue.text(f"interlocks-{direction.value}"))
    # Of each side one seat is enough; all sides together make the line.
    needs = tuple(
        least
        for side in sitter.sides
        for least in min((each[seat][1] for seat in side.seats), key=lambda ties: max(tie.sureness for tie in ties))
    )
    data = {"entity": sitter.entity, "doors": [direction.value for direction in sitter.doors]}
    yield Line(text, (), {**data, "sides": len(sitter.sides)}, needs=needs)
    for number, side in enumerate(sitter.sides, 1):
        for seat in side.seats:
            proofs, needed = each[seat]
            told, named = _seat(seat, side, tongue), chosen.named((*seat.claims, *seat.upwards))
            more = {"side": number, "kind": side.kind, "body": seat.body, "predicate": seat.predicate}
            yield Line(told, proofs, {**data, **more, "wholes": list(seat.wholes)}, needed, 1, tongue.remarks(named))


def _proofs(seat: Seat, chosen: Chosen) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    """All claims behind a seat, and those that it needs: one for the seat, one for each step up."""
    own, upwards = chosen.proofs(seat.claims), chosen.proofs(seat.upwards)
    steps: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in upwards:
        steps[tie.subject, tie.object].append(tie)
    return once((*own, *upwards)), (best(own), *(best(ties) for ties in steps.values()))


def _seat(seat: Seat, side: Side, tongue: Tongue) -> str:
    """What it is, where, and what that is part of; roles and dates stand beside the claims."""
    body = tongue.name(seat.body)
    if seat.wholes:
        body = tongue.text("interlocks-part", body=body, wholes=tongue.names(seat.wholes))
    return tongue.text(
        "interlocks-seat",
        kind=tongue.text(f"interlocks-kind-{side.kind}"),
        property=tongue.property(seat.predicate),
        body=body,
    )
