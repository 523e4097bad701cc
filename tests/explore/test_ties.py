"""Ties: which claims tie, how sure they are, when they hold; the same from a project and from its store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explore.ties import Filter, Holds, Sureness, Tie, certainty, ties_of, to_networkx, weakest
from graph.model import Project, Review, Stance, When
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary
from tests.explore.claim_graphs import PROPERTIES, claim, filters, project, projects, stored, whens


@given(projects(), filters)
def test_a_store_gives_the_ties_of_its_project(made: Project, wanted: Filter) -> None:
    ours, theirs = ties_of(made, wanted), stored(made, wanted)
    assert theirs.all() == ours
    assert theirs.documents == ours.documents
    for id in ours.entities:
        near = [tie for tie in theirs.around(id) if not {tie.subject, tie.object} & ours.documents]
        assert ours.around(id) == near
    assert ours.around("nobody") == theirs.around("nobody") == []


@given(projects(), filters)
def test_what_ties_is_what_passes(made: Project, wanted: Filter) -> None:
    """Every condition spelled out once more, claim by claim."""
    documents = {source.document for source in made.sources}
    handles = set()
    for one in made.claims:
        reviews = {Review.accepted, Review.disputed} | ({Review.candidate} if wanted.candidates else set())
        if (
            isinstance(one.object, str)
            and not one.negated
            and one.review in reviews
            and not {one.subject, one.object} & documents
            and (not wanted.only or one.stance in wanted.only)
            and one.predicate not in wanted.without
            and (not wanted.sources or one.source in wanted.sources)
            and (
                wanted.at is None
                or not (
                    (one.valid_from and one.valid_from.earliest() > wanted.at.latest())
                    or (one.valid_to and one.valid_to.latest() < wanted.at.earliest())
                )
            )
        ):
            handles.add(one.handle)
    assert {tie.handle for tie in ties_of(made, wanted)} == handles


@given(projects())
def test_adjacency_holds_each_tie_at_both_ends(made: Project) -> None:
    ties = ties_of(made)
    for id in ties.entities:
        assert ties.around(id) == [tie for tie in ties if id in (tie.subject, tie.object)]
    graph = to_networkx(ties)
    assert graph.number_of_edges() == len(ties) and set(graph) == set(ties.entities)
    assert all(about["tie"].claim == key for _, _, key, about in graph.edges(keys=True, data=True))


def days(when: When | None, otherwise: list[date]) -> list[date]:
    if when is None:
        return otherwise
    length = (when.latest() - when.earliest()).days
    return sorted({when.earliest() + timedelta(n) for n in (0, length // 2, length)})


@given(st.none() | whens, st.none() | whens, whens)
def test_a_date_leaves_out_only_what_cannot_have_held(start: When | None, end: When | None, at: When) -> None:
    """Whatever days the partial dates stand for; an open end stands for any."""
    tie = Tie("a", "partOf", "b", "x", valid_from=start, valid_to=end)
    starts, ends = days(start, [date(1, 1, 1)]), days(end, [date(9999, 12, 31)])
    asked = days(at, [])
    held = [one <= day <= other for one, other, day in product(starts, ends, asked)]
    if tie.holds(at) is Holds.no:
        assert not any(held)
    elif tie.holds(at) is Holds.yes:
        assert all(held)
    if any(held):
        assert Filter(at=at).passes(tie)


def test_a_year_is_some_time_in_it() -> None:
    since = Tie("a", "partOf", "b", "x", valid_from=When(2014), said=When(2016))
    assert since.holds(When(2013)) is Holds.no
    assert since.holds(When(2014, 1)) is Holds.maybe
    assert since.holds(When(2015)) is Holds.yes
    both = Tie("a", "partOf", "b", "x", valid_from=When(2011), valid_to=When(2013))
    assert (both.holds(When(2012)), both.holds(When(2013))) == (Holds.yes, Holds.maybe)
    assert since.holds(When(2017)) is Holds.maybe  # its source knew nothing of 2017
    assert Tie("a", "partOf", "b", "x").holds(When(2015)) is Holds.maybe
    assert Tie("a", "partOf", "b", "x", as_of=When(2015, 3, 1)).holds(When(2015, 3, 1)) is Holds.yes
    assert Tie("a", "partOf", "b", "x", valid_to=When(2015)).holds(When(2016)) is Holds.no


def test_a_former_post_is_not_known_to_go_on_after_its_beginning() -> None:
    """It ended at some day that nobody gives, before its source told of it."""
    assert [name for name, known in vocabulary().properties.items() if known.former] == ["formerlyHeldPostIn"]
    began = Tie("a", "formerlyHeldPostIn", "b", "x", valid_from=When(2003, 6), said=When(2020))
    held = [began.holds(at) for at in (When(2002), When(2003, 6, 15), When(2004), When(2020), When(2021))]
    assert held == [Holds.no, *[Holds.maybe] * 4]
    told = replace(began, as_of=When(2007, 8, 30))
    assert told.holds(When(2005)) is told.holds(When(2007, 8, 30)) is Holds.maybe
    assert replace(told, valid_from=None).holds(When(2007, 8, 30)) is Holds.maybe
    ended = replace(began, valid_to=When(2005, 8))
    assert (ended.holds(When(2004)), ended.holds(When(2005, 8, 15)), ended.holds(When(2006))) == (
        Holds.yes,
        Holds.maybe,
        Holds.no,
    )
    assert replace(began, predicate="holdsPostIn").holds(When(2004)) is Holds.yes


def test_no_former_post_of_the_bundled_project_is_said_to_have_held() -> None:
    made = read_project(SEEDS)[0]
    posts = {tie.handle: tie for tie in ties_of(made) if tie.predicate == "formerlyHeldPostIn"}
    assert {"P019", "P024"} <= posts.keys()
    for handle in ("P019", "P024"):
        assert {posts[handle].holds(When(year)) for year in range(2004, 2025)} == {Holds.maybe}


def test_the_order_of_sureness() -> None:
    told = [
        claim("a", "b", n, stance=stance, hedged=hedged, review=review)
        for n, (review, stance, hedged) in enumerate(
            product((Review.accepted, Review.disputed, Review.candidate), Stance, (False, True))
        )
    ]
    ties = [tie for tie in ties_of(project(told), Filter(candidates=True))]
    assert len(ties) == len(told)
    assert [tie.handle for tie in sorted(ties, key=lambda tie: tie.order)] == [one.handle for one in told]
    assert ties[0].sureness.review in Review and ties[0].sureness.stance in Stance


@given(projects(), st.data())
def test_no_whole_is_surer_than_its_weakest_part(made: Project, data: st.DataObject) -> None:
    ties = list(ties_of(made, Filter(candidates=True)))
    if not ties:
        assert certainty([]) == Sureness()
        return
    links = data.draw(st.lists(st.sampled_from(ties), min_size=1))
    assert all(certainty(links) >= tie.sureness for tie in links)
    assert weakest(links).sureness == certainty(links)
    assert certainty(links) <= certainty([*links, data.draw(st.sampled_from(ties))])


def test_a_denial_is_told_whatever_stances_may_tie() -> None:
    told = [claim("a", "b", 0, negated=True, stance=Stance.reported), claim("a", "b", 1)]
    ties = ties_of(project(told), Filter(only=frozenset({Stance.stated})))
    assert [tie.handle for tie in ties.denials] == ["C0"] and [tie.handle for tie in ties] == ["C1"]
    assert ties.denied("b", "a") == ties.denied_at("a") == list(ties.denials)
    assert not ties_of(project(told), Filter(sources=frozenset({"s1"}))).denials


@pytest.mark.parametrize("review", [Review.rejected, Review.withdrawn])
def test_what_we_turned_down_ties_nothing(review: Review) -> None:
    told = [claim("a", "b", 0, review=review), claim("a", "b", 1, review=review, negated=True)]
    ties = ties_of(project(told), Filter(candidates=True))
    assert not len(ties) and not ties.denials


def test_the_properties_are_real() -> None:
    from graph.terms import vocabulary

    assert set(PROPERTIES) <= set(vocabulary().properties)
