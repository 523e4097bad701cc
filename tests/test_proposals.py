"""What of candidates and decisions enters the project: curated claims stand, doubtful words on people wait outside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.decisions import Decision, decide
from graph.errors import Severity
from graph.extract.flow import Candidate
from graph.model import Claim, Passage, Project, Review, Stance, When, Words, claim_id
from graph.proposals import PRIVATE, enter, gone, lost, wants_reason, without_repeats
from graph.reviews import DOUBTFUL, Verdict
from tests.review_case import ADVISES, ALL, GIVES, KEEPS, PROJECT, TEXT, USES, candidate, project

TEXTS = {"minutes": TEXT}


def made(one: Candidate, verdict: Verdict = Verdict.accept, **more: Any) -> Decision:
    return decide(one, verdict, PROJECT, reviewer="Aoi", **more)


def entered(
    candidates: Any, *decisions: Decision, into: Project = PROJECT
) -> tuple[list[Claim], list[tuple[str, Any]]]:
    found = enter(into, TEXTS, candidates, decisions)
    return list(found.project.claims), [(problem.code, problem.words) for problem in found.problems]


def test_nothing_unreviewed_is_asserted() -> None:
    claims, told = entered(ALL)
    assert len(claims) == 3 and not any(claim.asserted for claim in claims)
    assert all(claim.review is Review.candidate and claim.unreviewed for claim in claims)
    assert told == [("candidates-waiting", {"count": 4, "held": 1})]


def test_an_accepted_candidate_has_its_words_its_voice_and_its_rule() -> None:
    (claim,), told = entered([USES], made(USES))
    assert claim.asserted and claim.quote == "警察はカメラ網を使っている" and claim.voiced_by == "minutes"
    assert claim.method == "uses@1" and claim.readers == ("Aoi",) and told == []
    (negated,), _ = entered([KEEPS], made(KEEPS))
    assert negated.review is Review.accepted and not negated.asserted


def test_a_curated_claim_stands_and_is_not_proposed_again() -> None:
    start = USES.claim.passages[0].start
    by_hand = replace(USES.claim, method="curated", review=Review.accepted, handle="C1")
    near = replace(by_hand, passages=(Passage(start + 3, start + 5),), stance=Stance.alleged)
    for curated in (by_hand, near):
        into = project(claims=[curated])
        claims, told = entered([USES], into=into)
        assert claims == [curated] and told == []
        assert entered([USES], made(USES, Verdict.reject), into=into)[0] == [curated]
    for other in (replace(near, negated=True), replace(near, object="Ward"), replace(near, passages=(Passage(0, 2),))):
        assert len(entered([USES], into=project(claims=[other]))[0]) == 2


def test_two_candidates_of_one_id_are_asked_about_once() -> None:
    twin = replace(GIVES, claim=replace(GIVES.claim, stance=Stance.proposed, method="other@1"))
    assert without_repeats(PROJECT, [GIVES, twin]) == [GIVES]


def test_a_handle_that_is_taken_grows() -> None:
    curated = replace(GIVES.claim, subject="Ward", handle=USES.claim.handle, passages=(Passage(1, 2),))
    claims, _ = entered([USES], into=project(claims=[curated]))
    assert [c.handle for c in claims] == [USES.claim.handle, f"X-{claim_id(USES.claim, PROJECT.base)}"]


def test_a_source_that_is_gone_takes_its_claims_along() -> None:
    other = replace(USES, claim=replace(USES.claim, source="elsewhere"))
    assert entered([other])[0] == []


# --- people


@pytest.mark.parametrize("stance", list(Stance))
def test_what_is_doubtful_about_a_person_stays_out_until_a_reason_is_written(stance: Stance) -> None:
    one = replace(ADVISES, claim=replace(ADVISES.claim, stance=stance))
    doubtful = stance in DOUBTFUL
    assert wants_reason(one.claim, PROJECT) == doubtful
    claims, told = entered([one])
    assert bool(claims) != doubtful and told[0][1]["held"] == doubtful
    claims, told = entered([one], made(one))
    assert bool(claims) != doubtful
    assert [code for code, _ in told] == (["review-reason"] if doubtful else [])
    (claim,), told = entered([one], made(one, note="公職にあり、議事録に名がある"))
    assert told == [] and claim.review is Review.accepted
    assert claim.reason == (Words(ja="公職にあり、議事録に名がある") if doubtful else Words())
    assert entered([one], made(one, Verdict.reject, note="違う"))[0] == [] or not doubtful


def test_a_person_as_the_object_counts_too() -> None:
    one = candidate("森は市の顧問だという", "City", "appoints", "Mori", stance=Stance.inferred)
    assert wants_reason(one.claim, PROJECT) and entered([one])[0] == []


def test_a_claim_edited_to_be_about_a_person_waits_for_a_reason() -> None:
    one = candidate("市は警察にカメラの映像を渡している", "City", "advises", "Police", stance=Stance.alleged)
    changes = {"subject": "Mori"}
    claims, told = entered([one], made(one, changes=changes))
    assert claims == [] and [code for code, _ in told] == ["review-reason"]
    assert [c.subject for c in entered([one], made(one, changes=changes, note="公職"))[0]] == ["Mori"]


@pytest.mark.parametrize("predicate", PRIVATE)
def test_what_is_private_of_a_person_is_not_even_offered(predicate: str) -> None:
    value: Any = "City" if predicate == "locatedIn" else When(1950)
    one = candidate("森は市の顧問だという", "Mori", predicate, value)
    claims, told = entered([one])
    assert claims == [] and told == []
    claims, told = entered([one], made(one, note="理由"))
    assert claims == [] and [code for code, _ in told] == ["review-private"], "written into the file by hand"
    of_a_body = candidate("市は警察にカメラの映像を渡している", "City", predicate, value)
    assert len(entered([of_a_body])[0]) == 1


# --- what is gone


def test_what_is_gone_is_told_of_the_sources_that_were_read() -> None:
    found = enter(PROJECT, TEXTS, [USES], [made(GIVES), made(USES)])
    assert [d.id for d in lost(found.applied, PROJECT, TEXTS)] == [claim_id(GIVES.claim, PROJECT.base)]
    assert lost(found.applied, PROJECT, []) == [], "its text was not at hand: nobody can know"
    (told,) = gone(found.applied, PROJECT, TEXTS)
    assert told.code == "reviews-gone" and told.severity is Severity.info and told.words == {"count": 1}
    assert [c.review for c in found.project.claims] == [Review.accepted] * 2
    assert gone(enter(PROJECT, TEXTS, ALL, [made(USES)]).applied, PROJECT, TEXTS) == []
