"""Who says otherwise, and who has read what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from graph.explore.chosen import choose
from graph.explore.contradictions import Contradiction, Kind, contradictions, sheet
from graph.explore.readers import readers
from graph.explore.readers import sheet as readers_sheet
from graph.explore.ties import Filter
from graph.explore.tongue import Tongue
from graph.model import Claim, Project, Review, Stance, When, Words
from tests.explore.claim_graphs import claim, entity, project, projects


def found(*claims: Claim) -> tuple[Contradiction, ...]:
    return contradictions(choose(project(claims))).found


def value(number: int, told: Any, predicate: str = "date", **more: Any) -> Claim:
    return replace(claim("a", "b", number, predicate, **more), object=told)


def kinds(claims: Sequence[Contradiction]) -> list[Kind]:
    return [one.kind for one in claims]


def test_said_and_denied() -> None:
    (one,) = found(claim("a", "b", 0), claim("a", "b", 1, negated=True, source="s1"), claim("a", "c", 2, negated=True))
    assert one.kind is Kind.denied
    assert [[c.handle for c in side.claims] for side in one.sides] == [["C0"], ["C1"]]


def test_what_is_only_proposed_is_not_contradicted_by_a_denial() -> None:
    (one,) = found(claim("a", "b", 0, stance=Stance.proposed), claim("a", "b", 1, negated=True))
    assert one.kind is Kind.mood
    (other,) = found(claim("a", "b", 0), claim("a", "b", 1, negated=True, stance=Stance.demanded))
    assert other.kind is Kind.mood


def test_what_holds_at_other_times_does_not_contradict() -> None:
    once = claim("a", "b", 0, valid_from=When(2010), valid_to=When(2011))
    assert kinds(found(once, claim("a", "b", 1, negated=True, as_of=When(2013)))) == [Kind.mood]
    assert kinds(found(once, claim("a", "b", 1, negated=True, as_of=When(2011)))) == [Kind.denied]
    assert kinds(found(once, claim("a", "b", 1, negated=True))) == [Kind.denied]


def test_a_symmetric_tie_may_be_denied_the_other_way_round() -> None:
    (one,) = found(claim("a", "b", 0, "alliedWith"), claim("b", "a", 1, "alliedWith", negated=True))
    assert one.kind is Kind.denied
    assert not found(claim("a", "b", 0, "supplies"), claim("b", "a", 1, "supplies", negated=True))


def test_two_days_for_one_thing() -> None:
    (one,) = found(value(0, When(2017, 6, 15)), value(1, When(2017, 6, 16), review=Review.disputed))
    assert one.kind is Kind.value and len(one.sides) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (When(2017), When(2017, 6, 16)),
        (When(2017, 6), When(2017, 6, 16)),
        (Words(en="5 sets (one for each)"), Words(en="5 devices")),
        (Words(en="Five  sets"), Words(en="five sets")),
        (Words(ja="１０００件"), Words(ja="1,000件")),
        (Words(ja="五つ"), Words(en="six")),  # no language in common: nothing can be said
        (Words(ja="約1000万件", en="about 10 million"), Words(ja="1000万件", en="some ten million")),
    ],
)
def test_values_that_may_both_be_right(one: Any, other: Any) -> None:
    predicate = "date" if isinstance(one, When) else "count"
    assert not found(value(0, one, predicate), value(1, other, predicate))


def test_different_numbers_and_words_without_numbers() -> None:
    (one,) = found(value(0, Words(en="27 persons"), "count"), value(1, Words(en="31 persons"), "count"))
    assert one.kind is Kind.value
    (other,) = found(value(0, Words(en="many"), "count"), value(1, Words(en="few"), "count"))
    assert other.kind is Kind.value


def test_values_narrowed_differently_or_of_other_times_may_both_hold() -> None:
    ninth = value(0, When(2013, 12, 11), qualifiers=(("ordinal", 9),))
    assert kinds(found(ninth, value(1, When(2014, 11, 26)))) == [Kind.loose]
    early = value(0, Words(en="5 shops"), "count", as_of=When(2010))
    assert kinds(found(early, value(1, Words(en="9 shops"), "count", as_of=When(2012)))) == [Kind.loose]
    assert kinds(found(early, value(1, Words(en="9 shops"), "count", as_of=When(2010, 5)))) == [Kind.value]


def test_a_status_may_change_and_words_may_be_many() -> None:
    assert not found(value(0, Words(en="planned"), "status"), value(1, Words(en="built"), "status"))


def test_a_value_that_is_only_demanded_contradicts_nothing() -> None:
    assert not found(value(0, When(2010)), value(1, When(2012), stance=Stance.demanded))


def test_a_dispute_is_told_with_its_note() -> None:
    made = project([claim("a", "b", 0, review=Review.disputed, note=Words(en="Others say so."))])
    chosen = choose(made)
    told = sheet(contradictions(chosen), chosen, Tongue(made, "en"))
    (line,) = next(part for part in told.parts if part.key == "disputed").lines
    assert "Others say so." in line.text and line.proofs[0].review is Review.disputed


@given(projects())
def test_sides_never_share_a_claim_and_denials_stand_on_their_own_side(made: Project) -> None:
    for one in contradictions(choose(made, Filter(candidates=True))).found:
        handles = [c.handle for side in one.sides for c in side.claims]
        assert len(handles) == len(set(handles))
        if one.kind in (Kind.denied, Kind.mood):
            assert [{c.negated for c in side.claims} for side in one.sides] == [{False}, {True}]


@given(projects())
def test_whatever_is_said_and_denied_alike_is_found(made: Project) -> None:
    chosen = choose(made)
    said: dict[tuple[object, ...], set[bool]] = {}
    for c in chosen.claims:
        said.setdefault((c.subject, c.predicate, c.object), set()).add(c.negated)
    both = {key for key, ways in said.items() if len(ways) == 2}
    told = {(c.subject, c.predicate, c.object) for c in contradictions(chosen).found}
    assert {key for key in both if isinstance(key[2], str)} == {key for key in told if key[2]}


# --- readers


def test_one_reader_under_two_spellings_is_one() -> None:
    claims = [
        claim("a", "b", 0, readers=("Sato", "sato ")),
        claim("a", "b", 1, readers=("Sato", "Abe")),
        claim("a", "b", 2, readers=()),
        claim("a", "b", 3, readers=("Sato",), review=Review.candidate),
    ]
    result = readers(choose(project(claims), Filter(candidates=True)))
    assert [[c.handle for c in reading.claims] for reading in result.alone] == [["C0"]]
    assert [[c.handle for c in reading.claims] for reading in result.nobody] == [["C2"]]
    assert result.enough == 1 and result.left == {"unread-candidate": 1}


def test_what_is_said_of_people_comes_first() -> None:
    claims = [claim("a", "b", n, source="s0", readers=("x",)) for n in range(5)]
    claims += [claim("p", "b", 9, source="s1", readers=("x",))]
    made = project(claims, [entity("p", "Person")])
    chosen = choose(made)
    result = readers(chosen)
    assert [reading.source for reading in result.alone] == ["s1", "s0"]
    assert [c.handle for c in result.alone[0].people] == ["C9"]
    told = readers_sheet(result, chosen, Tongue(made, "en"))
    assert told.parts[0].lines[0].data["about_people"] == ["C9"]


@given(projects())
def test_every_claim_is_counted_once(made: Project) -> None:
    chosen = choose(made)
    result = readers(chosen)
    told = sum(len(reading.claims) for reading in (*result.alone, *result.nobody))
    assert told + result.enough == len(chosen.claims)
