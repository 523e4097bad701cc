"""Who sits on both sides, and what becomes of data in a system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explore.chosen import choose
from graph.explore.dataflow import STEPS, Dataflow, dataflow
from graph.explore.dataflow import sheet as dataflow_sheet
from graph.explore.interlocks import Direction, Interlocks, interlocks, sheet
from graph.explore.ties import Filter
from graph.explore.tongue import Tongue
from graph.model import Claim, Project, Review, Stance
from tests.explore.claim_graphs import claim, entity, project

CAST = (
    entity("p", "Person"),
    entity("agency", "PoliceBody"),
    entity("bureau", "OrganizationalUnit"),
    entity("desk", "OrganizationalUnit"),
    entity("npo", "NonProfit"),
    entity("firm", "Vendor"),
    entity("group", "CivilSocietyGroup"),
)
NOW, ONCE = "holdsPostIn", "formerlyHeldPostIn"
PART = [claim("bureau", "agency", 90, "partOf"), claim("desk", "bureau", 91, "partOf")]


def found(claims: Sequence[Claim]) -> Interlocks:
    return interlocks(choose(project(claims, CAST)))


def test_a_bureau_is_what_it_is_part_of() -> None:
    result = found([*PART, claim("p", "desk", 0, ONCE), claim("p", "npo", 1, NOW)])
    (door,) = result.doors
    assert [side.kind for side in door.sides] == ["state", "private"] and door.doors == (Direction.out,)
    (seat,) = door.sides[0].seats
    assert seat.wholes == ("bureau", "agency") and {c.handle for c in seat.upwards} == {"C90", "C91"}


def test_posts_within_one_body_are_no_interlock() -> None:
    result = found([*PART, claim("p", "desk", 0, NOW), claim("p", "agency", 1, ONCE), claim("p", "bureau", 2, NOW)])
    assert not result.doors and not result.people


def test_without_the_claim_that_says_so_a_bureau_is_no_state_body() -> None:
    result = found([claim("p", "bureau", 0, ONCE), claim("p", "npo", 1, NOW)])
    assert not result.doors and [sitter.entity for sitter in result.people] == ["p"]


@pytest.mark.parametrize(
    ("state", "private", "way"),
    [
        (ONCE, NOW, Direction.out),
        (NOW, ONCE, Direction.into),
        (NOW, NOW, Direction.both),
        (ONCE, ONCE, Direction.past),
    ],
)
def test_which_way_the_door_turned(state: str, private: str, way: Direction) -> None:
    (door,) = found([claim("p", "agency", 0, state), claim("p", "firm", 1, private)]).doors
    assert door.doors == (way,)


def test_a_citizens_group_makes_no_revolving_door() -> None:
    result = found([claim("p", "agency", 0, ONCE), claim("p", "group", 1, NOW)])
    assert not result.doors and len(result.people) == 1


def test_a_denied_post_is_no_seat() -> None:
    result = found([claim("p", "agency", 0, ONCE, negated=True), claim("p", "npo", 1, NOW)])
    assert not result.doors and not result.people and result.left["negated"] == 1


def test_circles_of_parts_end() -> None:
    circle = [claim("bureau", "desk", 80, "partOf"), claim("desk", "bureau", 81, "partOf")]
    result = found([*circle, claim("p", "desk", 0, NOW), claim("p", "bureau", 1, NOW), claim("p", "npo", 2, NOW)])
    assert [len(sitter.sides) for sitter in result.people] == [2]
    assert not found([claim("p", "p", 0, "memberOf"), claim("desk", "desk", 1, "partOf")]).people


def test_an_interlock_is_no_surer_than_what_it_needs() -> None:
    weak = claim("bureau", "agency", 90, "partOf", stance=Stance.inferred)
    claims = [weak, claim("p", "bureau", 0, ONCE), claim("p", "npo", 1, NOW), claim("p", "npo", 2, NOW, hedged=True)]
    made = project(claims, CAST)
    chosen = choose(made)
    told = sheet(interlocks(chosen), chosen, Tongue(made, "en"))
    whole, state, private = told.parts[0].lines
    assert whole.weakest and whole.weakest.handle == "C90" and state.weakest == whole.weakest
    assert private.weakest and private.weakest.handle == "C1"  # the surer of two is enough


def test_bodies_that_take_part_in_several() -> None:
    claims = [claim("firm", "npo", 0, "memberOf"), claim("firm", "group", 1, "participatesIn")]
    (body,) = found(claims).bodies
    assert body.entity == "firm" and len(body.sides) == 2 and not body.doors


# --- dataflow

SYSTEM = (
    entity("s", "FaceRecognitionSystem"),
    entity("t", "FaceRecognitionSystem"),
    entity("db", "Database"),
    entity("shop", "Facility"),
    entity("mall", "Facility"),
    entity("pact", "Project"),
    entity("faces", "DataCategory"),
    entity("crowd", "AffectedPeople"),
    entity("police", "PoliceBody"),
    entity("sign", "Sign"),
)


def flows(claims: Sequence[Claim], system: str = "s") -> Dataflow:
    return dataflow(choose(project(claims, SYSTEM), Filter(candidates=True)), system)


def handles(result: Dataflow, **wanted: Any) -> set[str]:
    chosen = (f for f in result.flows if all(getattr(f, key) == value for key, value in wanted.items()))
    return {c.handle for flow in chosen for c in flow.claims}


BASIC = [
    claim("shop", "s", 0, "operates"),
    claim("s", "crowd", 1, "records"),
    claim("s", "faces", 2, "collects"),
    claim("s", "db", 3, "matchesAgainst"),
    claim("db", "crowd", 4, "holdsDataOn"),
    claim("shop", "faces", 5, "retains"),
    claim("shop", "police", 6, "providesDataTo", stance=Stance.proposed),
    claim("shop", "crowd", 7, "informs", negated=True),
]


def test_the_way_of_the_data() -> None:
    result = flows(BASIC)
    assert {f.step: {c.handle for c in f.claims} for f in result.flows if not f.apart and f.step != "recorded"} == {
        "run": {"C0"},
        "made": {"C2"},
        "matched": {"C3"},
        "kept": {"C5"},
    }
    assert handles(result, step="recorded") == {"C1", "C4"}
    assert handles(result, apart="weaker") == {"C6"} and handles(result, apart="denied") == {"C7"}
    assert handles(result, of_runner="shop") == {"C6", "C7"}  # C5 names what the system makes


def test_who_runs_two_systems_is_not_mistaken_for_one() -> None:
    result = flows([*BASIC, claim("shop", "t", 8, "operates")])
    assert not handles(result, of_runner="shop") and "C5" in handles(result)
    named = claim("shop", "police", 9, "providesDataTo", qualifiers=(("regarding", ("s",)),))
    assert "C9" in handles(flows([*BASIC, claim("shop", "t", 8, "operates"), named]), step="given")


def test_what_is_said_of_other_data_is_left_alone() -> None:
    other = claim("shop", "police", 9, "providesDataTo", qualifiers=(("data", ("db2",)),))
    assert "C9" not in handles(flows([*BASIC, other]))


def test_a_runner_that_is_only_alleged_is_shown_and_not_followed() -> None:
    alleged = claim("shop", "s", 0, "operates", stance=Stance.alleged)
    result = flows([alleged, *BASIC[1:]])
    assert handles(result, step="run", apart="weaker") == {"C0"}
    assert not handles(result) & {"C5", "C6", "C7"}


def test_partners_of_a_project_count_by_the_data_they_share() -> None:
    claims = [
        claim("pact", "s", 0, "operates"),
        claim("shop", "pact", 1, "participatesIn"),
        claim("s", "db", 2, "matchesAgainst"),
        claim("db", "faces", 3, "contains"),
        claim("shop", "mall", 4, "sharesDataWith", qualifiers=(("data", ("faces",)),)),
        claim("shop", "police", 5, "sharesDataWith"),
    ]
    result = flows(claims)
    assert handles(result, step="given") == {"C4"} and handles(result, of_runner="pact") == {"C1"}
    made = project(claims, SYSTEM)
    chosen = choose(made)
    told = dataflow_sheet(dataflow(chosen, "s"), chosen, Tongue(made, "en"))
    (line,) = next(part for part in told.parts if part.key == "given").lines
    assert line.proofs[0].handle == "C4" and {tie.handle for tie in line.proofs} == {"C0", "C1", "C4"}


def test_what_nobody_says_is_said_to_be_unsaid() -> None:
    made = project([claim("shop", "s", 0, "operates")], SYSTEM)
    chosen = choose(made)
    told = dataflow_sheet(dataflow(chosen, "s"), chosen, Tongue(made, "en"))
    assert {part.key for part in told.parts if part.note == "No claim that counts here says so."} == {*STEPS} - {"run"}


@st.composite
def systems(draw: st.DrawFn) -> Project:
    """Any claims between a system and what is around it."""
    ids = [one.id for one in SYSTEM]
    predicates = [p for properties in STEPS.values() for p in properties] + ["criticizes"]
    claims = [
        claim(
            draw(st.sampled_from(ids)),
            draw(st.sampled_from(ids)),
            number,
            draw(st.sampled_from(predicates)),
            stance=draw(st.sampled_from([Stance.stated] * 4 + list(Stance))),
            negated=draw(st.integers(0, 4)) == 0,
            review=draw(st.sampled_from([Review.accepted] * 4 + list(Review))),
        )
        for number in range(draw(st.integers(1, 14)))
    ]
    return project(claims, SYSTEM)


@given(systems())
def test_nothing_denied_weaker_or_unsettled_stands_among_what_is_so(made: Project) -> None:
    chosen = choose(made, Filter(candidates=True))
    result = dataflow(chosen, "s")
    seen: list[str] = []
    for flow in result.flows:
        seen += [c.handle for c in flow.claims]
        for c in flow.claims:
            plain = not c.negated and c.stance in (Stance.stated, Stance.reported) and c.review is Review.accepted
            assert plain == (flow.apart == "")
            assert c.review not in (Review.rejected, Review.withdrawn)
        for link in flow.links:
            assert all(not c.negated and c.stance in (Stance.stated, Stance.reported) for c in link)
    assert len(seen) == len(set(seen))
    told = dataflow_sheet(result, chosen, Tongue(made, "ja"))
    for part in told.parts:
        for line in part.lines:
            assert line.weakest and line.weakest.sureness >= min(tie.sureness for tie in line.proofs)
            if part.key in STEPS:
                assert line.weakest.stance in (Stance.stated, Stance.reported)
