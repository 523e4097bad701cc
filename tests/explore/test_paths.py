"""Routes: against brute force, and on the shapes that make a search stumble."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.explore import paths
from graph.explore.beside import OVERSEEING, denials, overseers, reach
from graph.explore.paths import MOST_SHORTEST, Found, Link, Route, Walk, find
from graph.explore.ties import Filter, Ties, ties_of
from graph.model import Claim, Project, Review, Stance
from tests.explore.claim_graphs import claim, filters, project, projects, stored


def all_routes(ties: Ties, start: str, end: str, walk: Walk) -> list[Route]:
    """Every route, found by trying all of them."""
    shut = (ties.documents | walk.avoid) - {start, end, *walk.through}
    graph = networkx.Graph()
    graph.add_nodes_from((start, end))
    graph.add_edges_from((tie.subject, tie.object) for tie in ties if not {tie.subject, tie.object} & shut)
    found = []
    for nodes in networkx.all_simple_paths(graph, start, end, cutoff=walk.max_hops):
        if set(walk.through) <= set(nodes):
            links = [
                Link(a, b, tuple(sorted((t for t in ties if {t.subject, t.object} == {a, b}), key=lambda t: t.order)))
                for a, b in pairwise(nodes)
            ]
            found.append(Route(tuple(links)))
    return sorted(found, key=lambda route: route.order)


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    ids = [f"e{n}" for n in range(7)]
    return Walk(
        draw(st.integers(1, 8)),
        tuple(draw(st.lists(st.sampled_from(ids), max_size=2))),
        draw(st.frozensets(st.sampled_from(ids), max_size=2)),
        draw(st.sampled_from([0, 0, 1, 3, 50])),
    )


@settings(max_examples=400)
@given(projects(), filters, walks())
def test_routes_are_those_of_brute_force(made: Project, wanted: Filter, walk: Walk) -> None:
    start, end = made.entities[0].id, made.entities[1].id
    kept = Filter(wanted.only, wanted.without, wanted.sources, wanted.at, wanted.candidates, documents=True)
    ties = ties_of(made, kept)
    found = find(stored(made, wanted), start, end, walk)
    assert find(ties, start, end, walk) == found
    barred = {start, end, *walk.through} & walk.avoid
    every = [] if barred else all_routes(ties, start, end, walk)
    shortest = [route for route in every if len(route.links) == len(every[0].links)]
    assert not found.cut
    assert found.left == max(0, len(shortest) - MOST_SHORTEST)
    longer = every[len(shortest) :][: walk.more]
    assert list(found.routes) == [*shortest[:MOST_SHORTEST], *longer]
    for route in found.routes:
        assert all(route.certainty >= link.sureness for link in route.links)
        assert route.weakest_tie.sureness == route.certainty == route.weakest[0].sureness
        assert all(kept.passes(tie) and not tie.negated for link in route.links for tie in link.ties)
    if not every and not barred and not walk.through:
        further = all_routes(ties, start, end, Walk(20, (), walk.avoid))
        assert found.apart == (not further)
        assert found.nearest == (len(further[0].links) if further else 0)


@st.composite
def networks(draw: st.DrawFn) -> Project:
    """Eight entities, well joined by claims of every stance."""
    pairs = st.tuples(st.integers(0, 7), st.integers(0, 7))
    told = draw(st.lists(st.tuples(pairs, st.sampled_from(list(Stance))), min_size=8, max_size=20))
    return project([claim(f"e{a}", f"e{b}", n, stance=stance) for n, ((a, b), stance) in enumerate(told)])


@settings(max_examples=200)
@given(networks(), st.lists(st.integers(2, 7), min_size=1, max_size=3, unique=True), st.integers(0, 9))
def test_routes_through_several_are_those_of_brute_force(made: Project, stops: list[int], more: int) -> None:
    ties, walk = ties_of(made), Walk(through=tuple(f"e{n}" for n in stops), more=more)
    every = all_routes(ties, "e0", "e1", walk)
    shortest = sum(len(route.links) == len(every[0].links) for route in every)
    found = find(stored(made), "e0", "e1", walk)
    assert list(found.routes) == every[: min(shortest, MOST_SHORTEST)] + every[shortest:][:more]
    assert found.left == max(0, shortest - MOST_SHORTEST)


@given(projects(), filters)
def test_leaving_claims_out_makes_no_route_shorter(made: Project, wanted: Filter) -> None:
    start, end = made.entities[0].id, made.entities[1].id
    all_of_it = find(ties_of(made, Filter(candidates=True)), start, end)
    part = find(ties_of(made, wanted), start, end)
    if part.routes:
        best, least = all_of_it.routes[0], part.routes[0]
        assert best.order[:2] <= least.order[:2]


def chain(*ids: str, first: int = 0) -> list[tuple[str, str, int]]:
    return [(a, b, first + n) for n, (a, b) in enumerate(pairwise(ids))]


def test_an_entity_and_itself() -> None:
    ties = ties_of(project([claim("a", "a"), claim("a", "b", 1)]))
    assert find(ties, "a", "a") == Found("a", "a")


def test_entities_without_claims_lie_apart() -> None:
    ties = ties_of(project([claim("a", "a"), claim("c", "d", 1)]))
    assert find(ties, "a", "c").apart and find(ties, "nobody", "c").apart
    assert reach(ties, "a", Walk(), 9).levels == () and reach(ties, "a", Walk(), 9).whole


def test_a_cycle_of_parts_ends() -> None:
    ties = ties_of(project([claim(a, b, n, "partOf") for a, b, n in chain("a", "b", "c", "a", "d", "e", "a")]))
    found = find(ties, "b", "e", Walk(more=9))
    assert {route.nodes for route in found.routes} == {
        ("b", "a", "e"),
        ("b", "a", "d", "e"),
        ("b", "c", "a", "e"),
        ("b", "c", "a", "d", "e"),
    }


def test_a_spur_is_no_way_through() -> None:
    """To go to x and come back the same way passes the same place twice."""
    told = [claim(a, b, n) for a, b, n in [*chain("a", "b", "c"), *chain("b", "x", first=9)]]
    found = find(ties_of(project(told)), "a", "c", Walk(through=("x",)))
    assert not found.routes


def test_what_is_left_of_routes_through_an_entity_is_counted_as_routes() -> None:
    """Forty ways to x, forty from x on: the same forty places, and none may come twice."""
    told = [claim(one, f"n{n}", 100 * k + n) for k, one in enumerate(("a", "x", "b")) for n in range(40)]
    found = find(ties_of(project(told)), "a", "b", Walk(through=("x",)))
    assert len(found.routes) + found.left == 40 * 39


def test_hubs_of_five_thousand_neighbours() -> None:
    """Two hubs that share all their neighbours: most of the routes are told by number."""
    told = [claim(hub, f"n{n}", n + 10_000 * (hub == "h2")) for hub in ("h1", "h2") for n in range(5_000)]
    sure = claim("h1", "n4321", 50_000, stance=Stance.stated, review=Review.accepted)
    doubtful = [
        claim(one.subject, str(one.object), number, stance=Stance.alleged) for number, one in enumerate(told, 60_000)
    ]
    ties = ties_of(project([*doubtful, sure, claim("a", "h1", 90_000), claim("h2", "b", 90_001)]))
    found = find(ties, "a", "b")
    assert (len(found.routes), found.left) == (MOST_SHORTEST, 5_000 - MOST_SHORTEST)
    assert found.routes[0].nodes == ("a", "h1", "n4321", "h2", "b")
    assert [route.order for route in found.routes] == sorted(route.order for route in found.routes)
    assert not reach(ties, "a", Walk(), 9, most=100).whole


def test_a_long_chain_needs_leave() -> None:
    ids = [f"n{n}" for n in range(30)]
    ties = ties_of(project([claim(a, b, n) for a, b, n in chain(*ids)]))
    far = find(ties, "n0", "n29")
    assert (far.routes, far.apart, far.nearest) == ((), False, 29)
    assert find(ties, "n0", "n29", Walk(max_hops=29)).routes[0].nodes == tuple(ids)
    near = reach(ties, "n0", Walk(), 3)
    assert near.levels == (("n1",), ("n2",), ("n3",)) and not near.whole


def test_a_search_that_is_given_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"n{n}" for n in range(9)]
    told = [claim(a, b, 10 * n + m) for n, a in enumerate(ids) for m, b in enumerate(ids) if a < b]
    monkeypatch.setattr(paths, "MOST_STEPS", 5)
    assert find(ties_of(project(told)), "n0", "n8", Walk(more=1000)).cut


def test_many_weak_claims_make_no_strong_link() -> None:
    told = [claim("a", "b", n, stance=Stance.alleged, source=f"s{n % 3}") for n in range(9)]
    (route,) = find(ties_of(project(told)), "a", "b").routes
    assert len(route.links[0].ties) == 9 and route.certainty.stance is Stance.alleged


def test_the_surer_comes_first_and_the_second_weakest_decides() -> None:
    def way(middle: str, number: int, one: Stance, other: Stance) -> list[Claim]:
        return [claim("a", middle, number, stance=one), claim(middle, "b", number + 1, stance=other)]

    told = [
        *way("m1", 0, Stance.proposed, Stance.proposed),
        *way("m2", 2, Stance.stated, Stance.proposed),
        *way("m3", 4, Stance.alleged, Stance.alleged),
        *way("m4", 6, Stance.stated, Stance.questioned),
    ]
    found = find(ties_of(project(told)), "a", "b")
    assert [route.nodes[1] for route in found.routes] == ["m3", "m2", "m1", "m4"]


def test_a_document_that_makes_claims_is_no_bridge() -> None:
    told = [claim("a", "paper", 0), claim("paper", "b", 1)]
    assert find(stored(project(told, documents=["paper"])), "a", "b").apart
    assert find(stored(project(told)), "a", "b").routes
    assert find(stored(project(told, documents=["paper"])), "a", "paper").routes, "but it may be what is asked for"


@pytest.mark.parametrize("predicate", OVERSEEING)
def test_what_is_overseen_by_one_is_not_tied_by_that(predicate: str) -> None:
    told = [claim("x", "a", 0, predicate), claim("x", "b", 1, predicate)]
    (route,) = find(ties_of(project(told)), "a", "b").routes
    assert [tie.handle for tie in overseers(route)] == ["C0", "C1"]
    (route,) = find(ties_of(project(told)), "x", "b").routes
    assert overseers(route) == (), "whoever is asked for and oversees is tied to what it oversees"
    (route,) = find(ties_of(project([*told, claim("x", "a", 2, "partOf")])), "a", "b").routes
    assert [tie.handle for tie in overseers(route)] == ["C1"], "what is more than overseen is tied"


def test_denials_beside_a_route() -> None:
    told = [
        *(claim(a, b, n) for a, b, n in chain("a", "m", "b")),
        claim("m", "a", 10, negated=True),
        claim("police", "m", 11, negated=True),
        claim("m", "elsewhere", 12, negated=True),
        claim("a", "police", 13, negated=True),
        claim("m", "police", 14, negated=True, review=Review.rejected),
    ]
    kinds = {"a": "PoliceBody", "police": "PoliceBody", "b": "Facility"}
    for ties in (ties_of(project(told)), stored(project(told))):
        (route,) = find(ties, "a", "b").routes
        beside = denials(ties, route.nodes, lambda id: kinds.get(id, ""))
        assert [tie.handle for tie in beside] == ["C10", "C11"]
