"""Decisions as values: read back as they were made, brought to candidates, kept when rules change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import Decision, Reviews, claim_fields, decide, read_reviews
from graph.extract.flow import Candidate
from graph.model import CURATOR, Claim, Passage, Review, Stance, When, Words, claim_id
from graph.reviews import Rate, Verdict, acceptance, apply, settled
from tests.review_case import ADVISES, ALL, GIVES, KEEPS, PROJECT, USES, candidate, many

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


def made(one: Candidate, verdict: Verdict = Verdict.accept, **more: Any) -> Decision:
    return decide(one, verdict, PROJECT, **{"reviewer": "Aoi", "now": NOW, **more})


def stored(folder: Path, *decisions: Decision) -> list[Decision]:
    """Decisions as they come back from the file, which must be without fault."""
    Reviews(folder / "reviews.yaml").add(*decisions)
    found, problems = read_reviews(folder / "reviews.yaml", PROJECT)
    assert not problems, [problem.line() for problem in problems]
    return found


# --- there and back


claims = st.builds(
    Claim,
    subject=st.sampled_from(["City", "Police", "Ward"]),
    predicate=st.just("providesDataTo"),
    object=st.sampled_from(["City", "Police", "Ward"]),
    source=st.just("minutes"),
    stance=st.sampled_from(Stance),
    passages=st.sampled_from([(Passage(0, 3),), (Passage(9, 12), Passage(0, 3))]),
    negated=st.booleans(),
    hedged=st.booleans(),
    voiced_by=st.sampled_from(["", "City", "minutes", CURATOR]),
    valid_from=st.none() | st.builds(When, st.integers(1000, 2000), st.none() | st.integers(1, 12)),
    valid_to=st.none() | st.builds(When, st.integers(2001, 9999)),
    as_of=st.none() | st.just(When(2014, 6, 30)),
    qualifiers=st.sampled_from(
        [
            (),
            (("role", Words(ja="理事長", en="chair: of 'the' board")),),
            (("data", ("Net",)), ("amount", Words(ja="少なくとも5"))),
            (("ordinal", 3),),
        ]
    ),
    cue=st.sampled_from(["", "no", "- 'x': {", "2014-06", "もっぱら#"]),
    method=st.just("gives@1"),
    reason=st.just(Words()) | st.just(Words(ja="公職にある", en="holds a public post")),
)


@given(claims, st.sampled_from(Verdict), st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20))
def test_a_decision_comes_back_as_it_was_made(
    tmp_path_factory: pytest.TempPathFactory, claim: Claim, verdict: Verdict, note: str
) -> None:
    folder = tmp_path_factory.mktemp("p")
    decision = made(Candidate(claim, "minutes"), verdict, note=note)
    found = stored(folder, decision)[0]
    assert found.claim and claim_fields(found.claim) == claim_fields(claim)
    assert claim_id(found.claim, PROJECT.base) == found.id == claim_id(claim, PROJECT.base)
    told = (found.verdict, found.reviewer, found.time, found.rule, found.note)
    assert told == (verdict, "Aoi", "2026-11-24T15:30:00+00:00", "gives@1", note.strip())
    assert found.date == When(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"subject": "Ward"}, {"subject": "Ward"}),
        ({"predicate": "advises", "object": "Police"}, {"predicate": "advises", "object": "Police"}),
        ({"object": "Ward"}, {"object": "Ward"}),
        ({"stance": "alleged"}, {"stance": Stance.alleged}),
        ({"negated": True}, {"negated": True}),
        ({"hedged": True}, {"hedged": True}),
        ({"voicedBy": "Ward"}, {"voiced_by": "Ward"}),
        ({"validFrom": "2014-06"}, {"valid_from": When(2014, 6)}),
        ({"validTo": None}, {"valid_to": None}),
        ({"gist": {"ja": "市は渡す。"}}, {"gist": Words(ja="市は渡す。")}),
        ({"role": {"ja": "提供"}, "data": "Net"}, {"qualifiers": (("data", ("Net",)), ("role", Words(ja="提供")))}),
        ({"asOf": "2014", "cue": None}, {"as_of": When(2014), "cue": ""}),
    ],
)
def test_every_field_can_be_mended_and_the_mended_claim_is_what_counts(
    tmp_path: Path, changes: dict[str, Any], expected: dict[str, Any]
) -> None:
    one = replace(GIVES, claim=replace(GIVES.claim, valid_to=When(2015)))
    decision = made(one, changes=changes)
    found = stored(tmp_path, decision)[0]
    assert found.verdict is decision.verdict is Verdict.edit and found.id == claim_id(one.claim, PROJECT.base)
    for kept in (found, decision):
        assert kept.claim and kept.claim.valid_to == When(2015) and kept.claim.stance is Stance.stated
        assert kept.final and {key: getattr(kept.final, key) for key in expected} == expected
    claim = apply([one], [found], PROJECT).claims[0]
    assert {key: getattr(claim, key) for key in expected if key != "gist"} == {
        key: value for key, value in expected.items() if key != "gist"
    }
    assert claim.review is Review.accepted and claim.gist["en"] and claim.reviewed_on == When(2026, 11, 24)


def test_a_mended_object_takes_the_place_of_a_value(tmp_path: Path) -> None:
    one = candidate("森は市の顧問だという", "Mori", "occupation", Words(ja="顧問"), "occupation@1")
    found = stored(tmp_path, made(one, changes={"predicate": "advises", "object": "City"}))[0]
    assert found.final and found.final.object == "City" and found.claim and found.claim.object == Words(ja="顧問")


# --- hand-written files


GOOD = """\
- claim: 0123456789abcdef
  subject: City
  predicate: providesDataTo
  object: Police
  source: minutes
  stance: stated
  passages: [[0, 4]]
  decision: accept
"""


def problems(folder: Path, text: str) -> list[tuple[str, int, str]]:
    (folder / "reviews.yaml").write_text(text, encoding="utf-8")
    _, found = read_reviews(folder / "reviews.yaml", PROJECT)
    assert all(problem.message("ja") and problem.message("en") for problem in found)
    return [(problem.code, problem.where.line, str(problem.severity)) for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("0123456789abcdef", "X-0123", "bad-claim-id", 1),
        ("accept", "acept", "unknown-choice-near", 8),
        ("City", "Town", "unknown-entity", 2),
        ("providesDataTo", "providesDataTwo", "unknown-property-near", 3),
        ("minutes", "minute", "unknown-source-near", 5),
        ("[[0, 4]]", "[[0, 4000]]", "passage-outside", 7),
        ("  stance: stated\n", "", "missing-key", 1),
        ("  stance: stated\n", "  stance: stated\n  time: gestern\n", "bad-time", 7),
        ("  stance: stated\n", "  stance: stated\n  review: accepted\n", "unknown-key-near", 7),
        ("  stance: stated\n", "  stance: stated\n  edited: {decision: undo}\n", "unknown-key", 7),
        ("  stance: stated\n", "  stance: stated\n  edited: [x]\n", "not-a-mapping", 7),
        ("- claim", "- &a claim", "yaml-alias", 1),
        ("City", "'City", "yaml-syntax", 2),
    ],
)
def test_a_mistake_of_the_hand_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    assert problems(tmp_path, GOOD) == []
    told = problems(tmp_path, GOOD.replace(old, new))
    assert (code, line, "error") in told, told


def test_what_was_revised_or_rejected_raises_no_error(tmp_path: Path) -> None:
    """The entity was renamed since; the person has decided anew, or wants none of it."""
    old = GOOD.replace("City", "Town")
    assert problems(tmp_path, old + GOOD) == []
    assert problems(tmp_path, old + GOOD.replace("accept", "undo").replace("City", "Town")) == []
    told = problems(tmp_path, old.replace("accept", "reject"))
    assert told and {severity for _, _, severity in told} == {"warning"}


def test_one_bad_record_does_not_take_the_others_along(tmp_path: Path) -> None:
    (tmp_path / "reviews.yaml").write_text(GOOD.replace("accept", "x") + GOOD, encoding="utf-8")
    found, wrong = read_reviews(tmp_path / "reviews.yaml", PROJECT)
    assert [d.verdict for d in found] == [Verdict.accept] and len(wrong) == 1


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "reviews.yaml").write_bytes(GOOD.encode() + "# 監視\n".encode("shift_jis"))
    _, wrong = read_reviews(tmp_path / "reviews.yaml", PROJECT)
    assert [(p.code, p.where.line) for p in wrong] == [("not-utf8", 9)]


# --- candidates and decisions


def test_the_last_word_counts_and_can_be_taken_back() -> None:
    one, two = made(GIVES), made(GIVES, Verdict.reject)
    assert [d.verdict for d in settled([one, two]).values()] == [Verdict.reject]
    assert settled([one, two, made(GIVES, Verdict.undo)]) == {}
    applied = apply(ALL, [one, two, made(GIVES, Verdict.undo)], PROJECT)
    assert applied.new == ALL and all(claim.review is Review.candidate for claim in applied.claims)


def test_what_was_rejected_is_not_offered_again_and_what_was_accepted_stands() -> None:
    applied = apply(ALL, [made(GIVES, Verdict.reject), made(USES)], PROJECT)
    assert applied.new == (ADVISES, KEEPS)
    by_subject = {claim.handle: claim.review for claim in applied.claims}
    assert by_subject[GIVES.claim.handle] is Review.rejected and by_subject[USES.claim.handle] is Review.accepted
    assert not any(claim.asserted for claim in applied.claims if claim.subject == "City")


def test_an_accepted_claim_lives_when_its_rule_and_its_text_are_gone() -> None:
    applied = apply([], [made(USES), made(GIVES, Verdict.reject)], PROJECT)
    assert [(c.subject, c.review, c.method) for c in applied.claims] == [
        ("Police", Review.accepted, "uses@1"),
        ("City", Review.rejected, "gives@1"),
    ]
    assert len(applied.gone) == 2 and not applied.new


def newer(one: Candidate, start: int = 0, end: int = 0, rule: str = "gives@2", **more: Any) -> Candidate:
    """The same, found by a newer rule whose evidence reaches further."""
    passages = tuple(Passage(p.start + start, p.end + end) for p in one.claim.passages)
    return replace(one, claim=replace(one.claim, passages=passages, method=rule, **more))


def test_decisions_survive_a_new_version_of_the_rule() -> None:
    decisions = [made(GIVES, Verdict.reject), made(USES)]
    after = [newer(GIVES), newer(USES, 0, -1, "uses@2"), newer(ADVISES, 0, 0, "advises@2")]
    applied = apply(after, decisions, PROJECT)
    assert [d.verdict for _, d in applied.unchanged] == [Verdict.reject, Verdict.accept]
    assert applied.new == (after[2],) and applied.gone == ()
    assert applied.id_of(after[1]) == decisions[1].id != claim_id(after[1].claim, PROJECT.base)
    revised = made(after[1], Verdict.reject, id=applied.id_of(after[1]))
    assert [c.review for c in apply(after, [*decisions, revised], PROJECT).claims][:2] == [Review.rejected] * 2


def test_the_same_elsewhere_in_the_text_is_another_claim() -> None:
    moved = newer(GIVES, 40, 40)
    applied = apply([moved], [made(GIVES, Verdict.reject)], PROJECT)
    assert applied.new == (moved,) and len(applied.gone) == 1


@pytest.mark.parametrize("change", [{"negated": True}, {"subject": "Ward"}, {"object": "Ward"}, {"predicate": "uses"}])
def test_another_proposition_at_the_same_place_is_offered(change: dict[str, Any]) -> None:
    """To reject a claim is not to reject its contrary, though that has the same id."""
    other = newer(GIVES, 0, 1, **change) if "negated" not in change else newer(GIVES, **change)
    assert apply([other], [made(GIVES, Verdict.reject)], PROJECT).new == (other,)


def test_two_decisions_near_a_candidate_the_nearer_one_settles_it() -> None:
    far, near = newer(GIVES, -0, -12), newer(GIVES, 0, -2)
    between = newer(GIVES, 0, -1)
    decisions = [made(far, Verdict.reject), made(near)]
    for order in (decisions, decisions[::-1]):
        (pair,) = apply([between], order, PROJECT).unchanged
        assert pair[1].verdict is Verdict.accept


def test_an_edited_claim_meets_the_candidate_that_a_better_rule_makes() -> None:
    decision = made(GIVES, changes={"subject": "Ward"})
    better = newer(GIVES, 0, -1, subject="Ward")
    applied = apply([better], [decision], PROJECT)
    assert applied.new == () and [c.subject for c in applied.claims] == ["Ward"]


def test_readers_are_those_who_stand_behind_what_counts() -> None:
    by = [made(GIVES, reviewer=name) for name in ("Aoi", "Ken", "Aoi")]
    assert apply([GIVES], by, PROJECT).claims[0].readers == ("Aoi", "Ken")
    turned = [*by, made(GIVES, Verdict.reject, reviewer="Rin")]
    assert apply([GIVES], turned, PROJECT).claims[0].readers == ("Rin",)
    back = [*turned, made(GIVES, reviewer="Ken")]
    assert apply([GIVES], back, PROJECT).claims[0].readers == ("Ken",)
    edited = [*by, made(GIVES, reviewer="Rin", changes={"stance": "alleged"})]
    assert apply([GIVES], edited, PROJECT).claims[0].readers == ("Rin",)
    assert apply([GIVES], [made(GIVES, reviewer="")], PROJECT).claims[0].readers == ()


def test_acceptance_by_rule_counts_what_was_right_as_it_was_proposed() -> None:
    decisions = [
        made(GIVES),
        made(KEEPS, changes={"stance": "alleged"}),
        made(USES, Verdict.reject),
        made(ADVISES, Verdict.reject),
        made(ADVISES, Verdict.undo),
    ]
    assert acceptance(decisions) == {"gives@1": Rate(1, 0, 1), "uses@1": Rate(0, 1, 0)}
    assert acceptance(decisions)["gives@1"].share == 0.5 and Rate().share == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Verdict)), max_size=12))
def test_every_candidate_is_new_or_settled_and_no_decision_is_forgotten(said: list[tuple[int, Verdict]]) -> None:
    decisions = [made(ALL[n], verdict) for n, verdict in said]
    applied = apply(ALL[:3], decisions, PROJECT)
    assert {id(c) for c in applied.new} | {id(c) for c, _ in applied.unchanged} == set(map(id, ALL[:3]))
    assert len(applied.new) + len(applied.unchanged) == 3
    counting = settled(decisions)
    assert {d.id for _, d in applied.unchanged} | {d.id for d in applied.gone} == set(counting)
    assert sum(c.review is Review.accepted for c in applied.claims) == sum(
        d.verdict in (Verdict.accept, Verdict.edit) for d in counting.values()
    )


def test_thousands_are_compared_by_key_not_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from graph import reviews

    compared = 0
    real = reviews._shared

    def counted(*words: Any) -> int:
        nonlocal compared
        compared += 1
        return real(*words)

    monkeypatch.setattr(reviews, "_shared", counted)
    candidates = many(3000)
    decisions = [made(one, Verdict.reject) for one in candidates[:1500]]
    applied = apply(candidates, decisions, PROJECT)
    assert len(applied.new) == 1500 and compared == 0, "ids alone settle what has not changed"
