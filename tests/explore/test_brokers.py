"""Who joins the parts: the pieces against plain removal, certainty, hubs; and communities beside themes."""

from __future__ import annotations

from dataclasses import replace

import networkx
from hypothesis import given

from graph.explore.brokers import SAMPLE, SAMPLE_ABOVE, brokers, simple
from graph.explore.brokers import sheet as brokers_sheet
from graph.explore.chosen import choose
from graph.explore.communities import communities
from graph.explore.communities import sheet as communities_sheet
from graph.explore.ties import Filter, Tie, ties_of
from graph.explore.tongue import Tongue
from graph.model import Project, Stance, Theme, Words
from tests.explore.claim_graphs import claim, project, projects


@given(projects(9))
def test_the_pieces_are_those_of_plain_removal(made: Project) -> None:
    ties = ties_of(made)
    graph = simple(ties)
    found = {broker.entity: broker for broker in brokers(ties).joints}
    assert set(found) == set(networkx.articulation_points(graph))
    for id, broker in found.items():
        part = graph.subgraph(networkx.node_connected_component(graph, id)).copy()
        part.remove_node(id)
        pieces = [set(piece) for piece in networkx.connected_components(part)]
        assert [piece.size for piece in broker.pieces] == sorted(map(len, pieces), reverse=True)
        for piece in broker.pieces:
            (there,) = [whole for whole in pieces if set(piece.some) & whole]
            assert set(piece.some) <= there and len(there) == piece.size
            assert {tie.other(id) for tie in piece.ties} == set(graph.adj[id]) & there


@given(projects(9))
def test_betweenness_is_that_of_the_bare_graph(made: Project) -> None:
    ties = ties_of(made)
    share = networkx.betweenness_centrality(simple(ties))
    for broker in brokers(ties).between:
        assert broker.betweenness == round(share[broker.entity], 6) > 0


@given(projects())
def test_nobody_is_a_surer_broker_than_the_weakest_of_their_links(made: Project) -> None:
    chosen = choose(made, Filter(candidates=True))
    found = brokers(chosen.ties)
    told = brokers_sheet(found, chosen, Tongue(made, "en"))
    for broker, line in zip(found.between, told.parts[0].lines, strict=True):
        near: dict[str, list[Tie]] = {}
        for tie in chosen.ties.around(broker.entity):
            near.setdefault(tie.other(broker.entity), []).append(tie)
        least = max(min(tie.sureness for tie in ties) for ties in near.values())
        assert broker.sureness == least and line.weakest and line.weakest.sureness == least


def test_a_hub_with_five_thousand_neighbours() -> None:
    made = project([claim("hub", f"e{n}", n) for n in range(5_000)])
    found = brokers(ties_of(made))
    assert [broker.entity for broker in found.joints] == ["hub"]
    assert found.joints[0].neighbours == 5_000 and len(found.joints[0].pieces) == 5_000
    assert found.sampled == SAMPLE and len(made.entities) > SAMPLE_ABOVE
    assert [broker.entity for broker in found.between] == ["hub"]
    chosen = choose(made)
    assert "betweenness is estimated" in " ".join(brokers_sheet(found, chosen, Tongue(made, "en")).notes)


def test_nothing_at_all() -> None:
    made = project([claim("a", "a")])
    for empty in (project([]), made, project([claim("a", "b", negated=True)])):
        found = brokers(ties_of(empty))
        assert not found.between and not found.joints
        assert not communities(ties_of(empty), empty).communities


def test_the_same_claims_in_any_order_give_the_same() -> None:
    claims = [claim(f"e{n % 7}", f"e{(n * 3 + 1) % 11}", n) for n in range(30)]
    one, other = project(claims), project(list(reversed(claims)))
    assert brokers(ties_of(one)) == brokers(ties_of(other))
    assert communities(ties_of(one), one) == communities(ties_of(other), other)


def two_cliques() -> Project:
    """Two groups of four, joined by one tie; one of the second group bears the first's theme."""
    pairs = [(f"{g}{i}", f"{g}{j}") for g in "ab" for i in range(4) for j in range(i)]
    claims = [claim(one, other, n) for n, (one, other) in enumerate([*pairs, ("a0", "b0")])]
    made = project(claims)
    theme = {**{f"a{n}": "first" for n in range(4)}, **{f"b{n}": "second" for n in range(4)}, "b3": "first"}
    themed = tuple(replace(entity, theme=theme[entity.id]) for entity in made.entities)
    names = tuple(Theme(id, Words(en=id.title(), ja=id)) for id in ("first", "second"))
    return replace(made, entities=themed, themes=names)


def test_communities_beside_themes() -> None:
    made = two_cliques()
    found = communities(ties_of(made), made)
    assert sorted(map(sorted, (c.members for c in found.communities))) == [
        ["a0", "a1", "a2", "a3"],
        ["b0", "b1", "b2", "b3"],
    ]
    assert {c.theme for c in found.communities} == {"first", "second"}
    (stray,) = found.strays
    assert stray.entity == "b3" and {tie.other("b3") for tie in stray.ties} == {"b0", "b1", "b2"}
    assert [theme for theme, _ in found.spread] == ["first", "second"]


def test_a_stray_is_no_surer_than_its_ties() -> None:
    made = two_cliques()
    weak = tuple(replace(c, stance=Stance.proposed) if "b3" in (c.subject, c.object) else c for c in made.claims)
    made = replace(made, claims=weak)
    chosen = choose(made)
    told = communities_sheet(communities(chosen.ties, made), chosen, Tongue(made, "en"))
    (line,) = told.parts[1].lines
    assert line.weakest and line.weakest.stance is Stance.proposed


@given(projects(9))
def test_every_entity_is_in_one_community_at_most(made: Project) -> None:
    found = communities(ties_of(made), made)
    members = [id for one in found.communities for id in one.members]
    assert len(members) == len(set(members))
    if found.communities:
        assert len(members) + found.small == len(ties_of(made).entities)
