"""Who else says so: what counts as one origin, what bears out what; over made-up claims and the bundled ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explore.chosen import choose
from graph.explore.corroboration import Corroboration, corroboration, sheet
from graph.explore.ties import Filter
from graph.explore.tongue import Tongue
from graph.model import CURATOR, Claim, Entity, Project, Review, Stance, When, Words
from tests.explore.claim_graphs import claim, entity, project, projects

PAPERS = (
    entity("book", "Document"),
    entity("letter", "Document"),
    entity("series", "Document"),
    entity("answers", "Notice"),
    entity("firm", "Company"),
    entity("bureau", "OrganizationalUnit"),
    entity("ministry", "GovernmentBody"),
)


def said(number: int, **more: Any) -> Claim:
    """The same proposition, in a source of its own unless one is named."""
    return claim("a", "b", number, **{"source": f"s{number}", "voiced_by": f"s{number}"} | more)


def found(claims: Sequence[Claim], **sources: Any) -> Corroboration:
    made = project(claims, PAPERS)
    changed = tuple(replace(s, **sources.get(s.id, {})) for s in made.sources)
    return corroboration(choose(replace(made, sources=changed)))


def origins(claims: Sequence[Claim], **sources: Any) -> int:
    """How many origins the proposition `a supplies b` has."""
    result = found(claims, **sources)
    (one,) = [p for p in (*result.several, *result.seeming, *result.single) if p.subject == "a"]
    return len(one.origins)


def test_two_sources_that_nothing_joins_are_two() -> None:
    result = found([said(0), said(1)])
    assert [len(p.origins) for p in result.several] == [2] and not result.seeming and not result.single


def test_one_source_twice_is_one() -> None:
    assert origins([said(0), said(1, source="s0", voiced_by="s0")]) == 1


@pytest.mark.parametrize(
    "claims",
    [
        [said(0, cited_via=("book",)), said(1, cited_via=("book",))],
        [said(0, voiced_by="firm"), said(1, voiced_by="firm")],
        [said(0), said(1, voiced_by="s0")],
        [said(0), said(1, based_on=("C0",))],
        # second hand of second hand: the answers, the book that cites them, the letter that cites the book
        [
            said(0, cited_via=("book",)),
            said(1, cited_via=("answers",)),
            claim("book", "answers", 8, "cites", source="s2", voiced_by="s2"),
        ],
        # two issues of one paper, be it only by an inference of ours
        [
            said(0, cited_via=("book",)),
            said(1, cited_via=("letter",)),
            claim("book", "series", 7, "partOf", stance=Stance.inferred, voiced_by=CURATOR, source="s2"),
            claim("letter", "series", 8, "partOf", source="s2"),
        ],
        [
            said(0, voiced_by="bureau"),
            said(1, voiced_by="ministry"),
            claim("bureau", "ministry", 8, "partOf", source="s2"),
        ],
        # s0 is known to use the book, though it does not say so here
        [said(0), said(1, cited_via=("book",)), claim("x", "y", 8, source="s0", cited_via=("book",))],
    ],
    ids=["one article", "one voice", "voice of a source", "rests on it", "chain", "one paper", "bureau", "known use"],
)
def test_what_comes_down_to_one_counts_once(claims: list[Claim]) -> None:
    result = found(claims)
    assert origins(claims) == 1 and not result.several
    (seeming,) = result.seeming
    assert seeming.sources == ("s0", "s1")


def test_one_publisher_is_one_and_a_digest_is_no_witness() -> None:
    claims = [said(0), said(1)]
    daily, weekly = Words(ja="日報", en="Daily"), Words(ja="週報", en="Weekly")
    assert origins(claims, s0={"publisher": daily}, s1={"publisher": daily}) == 1
    assert origins(claims, s0={"publisher": daily}, s1={"publisher": weekly}) == 2
    assert origins(claims, s0={"document": "letter"}, s1={"retells": "letter"}) == 1
    assert origins(claims, s0={"retells": "letter"}, s1={"retells": "letter"}) == 1
    assert origins(claims, s0={"document": "letter"}, s1={"retells": "book"}) == 2


def test_a_digest_uses_what_its_original_uses() -> None:
    claims = [said(0), said(1, cited_via=("book",)), claim("x", "y", 8, source="s2", cited_via=("book",))]
    assert origins(claims, s2={"document": "letter"}, s0={"retells": "letter"}) == 1
    assert origins(claims, s2={"document": "letter"}) == 2


def test_what_is_proposed_does_not_bear_out_what_is_so() -> None:
    result = found([said(0), said(1, stance=Stance.proposed), said(2, negated=True)])
    assert not result.several and len(result.single) == 3
    assert [len(p.origins) for p in found([said(0), said(1, stance=Stance.reported)]).several] == [2]


def test_the_disputed_and_the_curator_are_no_witnesses() -> None:
    result = found([said(0), said(1, review=Review.disputed), said(2, voiced_by=CURATOR, stance=Stance.inferred)])
    assert len(result.single) == 1 and result.left == {"disputed": 1, "curator": 1}


def test_a_finer_date_bears_out_a_coarser_one_and_never_the_other_way() -> None:
    dates = [When(2005, 6, 23), When(2005, 6), When(2005), When(2006)]
    claims = [replace(said(n % 3), predicate="startDate", object=when, handle=f"D{n}") for n, when in enumerate(dates)]
    result = found(claims)
    support = {str(p.object): {c.handle for c in p.claims} for p in (*result.several, *result.seeming, *result.single)}
    assert support == {"2005-06-23": {"D0"}, "2005-06": {"D0", "D1"}, "2005": {"D0", "D1", "D2"}, "2006": {"D3"}}


def test_what_held_at_times_that_cannot_meet_is_not_the_same() -> None:
    once = said(0, valid_from=When(2000), valid_to=When(2001))
    again = said(1, valid_from=When(2010))
    result = found([once, again])
    assert not result.several and len(result.single) == 2
    overlapping = said(1, valid_from=When(2001, 5))
    assert origins([once, overlapping]) == 2
    undated = found([once, again, said(2)])
    assert not undated.several and len(undated.single) == 3  # nobody knows which of the two it means


def test_a_chain_of_overlaps_is_not_one_time() -> None:
    spans = [(2000, 2004), (2003, 2008), (2007, 2009)]
    claims = [said(n, valid_from=When(a), valid_to=When(b)) for n, (a, b) in enumerate(spans)]
    assert max(len(p.origins) for p in found(claims).several) == 2


@given(projects())
def test_every_claim_that_counts_is_told_and_none_twice(made: Project) -> None:
    chosen = choose(made, Filter(candidates=True))
    result = corroboration(chosen)
    told = [c.handle for p in (*result.several, *result.seeming, *result.single) for c in p.claims]
    counted = {c.handle for c in chosen.claims if c.review is not Review.disputed and c.voiced_by != CURATOR}
    assert len(told) == len(set(told)) and set(told) == counted
    for proposition in (*result.several, *result.seeming, *result.single):
        assert 1 <= len(proposition.origins) <= len(proposition.sources)


@given(projects(), st.sampled_from(["s0", "s1", "s2"]), st.sampled_from(["s0", "s1", "s2"]))
def test_learning_that_sources_hang_together_never_makes_more_origins(made: Project, one: str, other: str) -> None:
    joined = tuple(replace(s, publisher=Words(en="P")) if s.id in (one, other) else s for s in made.sources)
    before, after = (corroboration(choose(p)) for p in (made, replace(made, sources=joined)))

    def counts(result: Corroboration) -> dict[tuple[str, ...], int]:
        every = (*result.several, *result.seeming, *result.single)
        return {tuple(sorted(c.handle for c in p.claims)): len(p.origins) for p in every}

    assert all(counts(after)[key] <= number for key, number in counts(before).items())


@given(projects())
def test_no_line_is_surer_than_its_weakest_witness(made: Project) -> None:
    chosen = choose(made, Filter(candidates=True))
    result = corroboration(chosen)
    told = sheet(result, chosen, Tongue(made, "en"))
    lines = [line for line in told.parts[0].lines if line.proofs]
    for proposition, line in zip(result.several, lines, strict=True):
        least = max(min(chosen.proof(c).sureness for c in origin.claims) for origin in proposition.origins)
        assert line.weakest and line.weakest.sureness == least


def test_names_that_look_like_markup_do_no_harm() -> None:
    odd = Entity("a", "Person", Words(en="[x](javascript:y) *b* <i>\n# z"))
    made = project([said(0)], [odd])
    chosen = choose(made)
    told = sheet(corroboration(chosen), chosen, Tongue(made, "en"))
    assert all("\n" not in line.text for part in told.parts for line in part.lines)


LETTER, BOOK, SERIES = {"document": "letter"}, {"document": "book"}, {"document": "series"}


@pytest.mark.parametrize(
    ("claims", "sources", "count"),
    [
        # s0 has it through the letter, whose source has other things through the book, which s1 is
        ([said(0, cited_via=("letter",)), said(1), claim("x", "y", 8, source="s2", cited_via=("book",))], "-BL", 1),
        # the same, but nothing ties the letter to the book
        ([said(0, cited_via=("letter",)), said(1), claim("x", "y", 8, source="s2")], "-BL", 2),
        # s0 is a document that cites the one that s1 is, be it on another matter
        ([said(0), said(1), claim("letter", "book", 8, "cites", source="s2")], "LB-", 1),
        ([said(0), said(1), claim("letter", "book", 8, "cites", source="s2", negated=True)], "LB-", 2),
        ([said(0), said(1), claim("letter", "book", 8, "cites", source="s2", review=Review.rejected)], "LB-", 2),
        # one document after the other, in a circle
        (
            [
                said(0),
                said(1),
                claim("letter", "series", 7, "cites", source="s2"),
                claim("series", "letter", 8, "cites", source="s2"),
                claim("series", "book", 9, "cites", source="s2"),
                claim("book", "book", 10, "cites", source="s2"),
            ],
            "LB-",
            1,
        ),
        # both know a third document, on which neither rests here: that alone makes them no one
        (
            [
                said(0),
                said(1),
                claim("letter", "series", 7, "cites", source="s2"),
                claim("book", "series", 8, "cites", source="s2"),
            ],
            "LB-",
            2,
        ),
    ],
    ids=["through", "apart", "cites", "denied", "rejected", "circle", "third"],
)
def test_roots_are_followed_from_document_to_document(claims: list[Claim], sources: str, count: int) -> None:
    known = {"L": LETTER, "B": BOOK, "S": SERIES, "-": {}}
    assert origins(claims, **{f"s{n}": known[letter] for n, letter in enumerate(sources)}) == count


def test_a_digest_of_a_digest_is_no_witness_either() -> None:
    claims = [said(0), said(1), claim("x", "y", 8, source="s2")]
    assert origins(claims, s0={"retells": "letter"}, s1=BOOK, s2=LETTER | {"retells": "book"}) == 1
    assert origins(claims, s0={"retells": "letter"}, s1=BOOK, s2=LETTER) == 2
    assert origins(claims, s0=LETTER | {"retells": "letter"}, s1=BOOK | {"retells": "book"}) == 2  # itself: no loop


def test_a_publisher_is_the_same_under_each_of_its_names() -> None:
    claims = [said(0), said(1), claim("x", "y", 8, source="s2")]
    both = Words(ja="日報", en="Daily")
    assert origins(claims, s0={"publisher": both}, s1={"publisher": Words(en="ＤＡＩＬＹ ")}) == 1
    one, other = {"publisher": Words(ja="日報")}, {"publisher": Words(en="Daily")}
    assert origins(claims, s0=one, s1=other) == 2
    assert origins(claims, s0=one, s1=other, s2={"publisher": both}) == 1  # a third source says that they are one
    assert origins(claims, s0=one, s1={"publisher": Words(ja="日報社")}) == 2


def test_who_publishes_one_and_speaks_in_the_other_is_one() -> None:
    claims = [said(0), said(1, voiced_by="firm")]
    assert origins(claims, s0={"publisher": Words(en="Firm")}) == 1
    assert origins(claims, s0={"publisher": Words(en="Firm and Sons")}) == 2
