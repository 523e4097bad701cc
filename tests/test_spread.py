"""All of a project as a network: what is drawn beyond the first picture, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import hypot
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.chart import pyvis
from graph.chart.data import page_data
from graph.chart.drawing import LANGUAGES, Drawing, draw, whole
from graph.chart.layout import Layout, layout
from graph.chart.page import first_picture
from graph.chart.spread import CELL, spread
from graph.chart.text import width
from graph.model import Claim, Entity, Project, Source, Theme, Words
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary
from tests.browser.projects import hostile, large, small

SCALE = 1.15
NAMES = {"bundled": lambda: read_project(SEEDS)[0], "small": small, "hostile": hostile, "large": large}


@cache
def made(name: str) -> tuple[Project, Drawing, Layout]:
    """A project, all of it as drawn, the layout of its first picture."""
    project = NAMES[name]()
    first, layouts = first_picture(project, vocabulary())
    return project, whole(project, vocabulary(), first), layouts[0]


def boxes(drawing: Drawing, found: Layout) -> list[tuple[float, float, float, float]]:
    """Every node as a rectangle (left, top, right, bottom); of those outside the picture, their cells."""
    all_of_them = [
        (spot.x * SCALE - spot.w / 2, spot.y * SCALE - spot.h / 2, spot.x * SCALE + spot.w / 2,
         spot.y * SCALE + spot.h / 2)
        for spot in found.spots
    ]  # fmt: skip
    w, h = CELL[0] - 2, CELL[1] - 2
    places = spread(found, drawing, SCALE).values()
    return [*all_of_them, *((x - w / 2, y - h / 2, x + w / 2, y + h / 2) for x, y in places)]


def overlapping(found: list[tuple[float, float, float, float]]) -> int:
    """How many rectangles lie on one to their left."""
    found = sorted(found)
    count = 0
    for n, (_, top, right, bottom) in enumerate(found):
        for left2, top2, _, bottom2 in found[n + 1 :]:
            if left2 >= right:
                break
            count += top < bottom2 and top2 < bottom
    return count


# --- what is drawn


@pytest.mark.parametrize("name", NAMES)
def test_whatever_has_a_line_is_drawn_once(name: str) -> None:
    project, drawing, found = made(name)
    known = {entity.id for entity in project.entities}
    tied = [c for c in drawing.claims if isinstance(c.object, str) and {c.subject, c.object} <= known]
    ends = {end for c in tied if c.subject != c.object for end in (c.subject, str(c.object))}
    ids = [node.id for node in drawing.nodes]
    assert len(ids) == len(set(ids)) and set(ids) == ends
    assert ids[: len(found.spots)] == [node.id for node in found.drawing.nodes]
    told = sorted(index for line in drawing.lines for index in line.claims)
    assert [drawing.claims[index] for index in told] == [c for c in tied if c.subject != c.object]
    assert not drawing.hosts and not any(node.folded for node in drawing.nodes)


def test_beyond_the_limit_the_nearest_stay_and_the_rest_is_still_found() -> None:
    project, everything, found = made("large")
    first = found.drawing
    drawing = whole(project, vocabulary(), first, most=300)
    drawn = {node.id for node in first.nodes}
    assert len(drawing.lines) == 300 < len(everything.lines)
    assert {line.id for line in drawing.lines} < {line.id for line in everything.lines}

    def away(line: Any) -> int:
        return (line.source not in drawn) + (line.target not in drawn)

    left_out = [line for line in everything.lines if line not in drawing.lines]
    assert max(map(away, drawing.lines)) <= min(map(away, left_out))
    ids = {node.id for node in drawing.nodes}
    assert drawn <= ids and not {folded for folded, _ in drawing.hosts} & ids
    assert {folded for folded, _ in drawing.hosts} | ids == {entity.id for entity in project.entities}
    data = page_data(project, vocabulary(), drawing, "ja")
    assert {e["id"] for e in data["entities"] if e.get("drawn")} == ids


# --- where it stands


@pytest.mark.parametrize("name", NAMES)
def test_no_node_lies_on_another(name: str) -> None:
    _, drawing, found = made(name)
    rectangles = boxes(drawing, found)
    assert len(rectangles) == len(drawing.nodes)
    assert overlapping(rectangles) == 0


def test_the_check_for_overlaps_can_fail() -> None:
    assert overlapping([(0, 0, 10, 10), (9, 9, 20, 20), (30, 0, 40, 10)]) == 1


@pytest.mark.parametrize("name", ["bundled", "large"])
def test_nothing_is_put_into_the_picture(name: str) -> None:
    _, drawing, found = made(name)
    for x, y in spread(found, drawing, SCALE).values():
        inside = -CELL[0] / 2 < x < found.w * SCALE + CELL[0] / 2 and -CELL[1] / 2 < y < found.h * SCALE + CELL[1] / 2
        assert not inside


def test_who_is_few_lines_away_stands_nearer_than_who_is_many() -> None:
    """A chain that leads away from a knot."""
    entities = tuple(Entity(f"e{n:03}", "System", Words(ja=f"項{n}"), theme="a") for n in range(300))
    ids = [entity.id for entity in entities]
    claims = [Claim(one, "uses", other, "s") for one, other in pairwise(ids)]
    claims += [Claim(ids[a], "uses", ids[b], "s", handle=f"{a}x{b}") for a in range(8) for b in range(a)]
    project = Project("", Words(ja="題"), "", ("ja",), (Theme("a", Words(ja="甲")),), entities, (), tuple(claims))
    knot = replace(project, entities=entities[:8])
    first = draw(knot, vocabulary())
    assert {node.id for node in first.nodes} == set(ids[:8])
    found = layout(first, "ja")
    places = spread(found, whole(project, vocabulary(), replace(first, claims=project.claims)), SCALE)
    far = {id: hypot(x - found.w * SCALE / 2, (y - found.h * SCALE / 2) / 0.62) for id, (x, y) in places.items()}
    near, away = [far[id] for id in ids[8:100]], [far[id] for id in ids[208:]]
    assert max(near) < min(away)


@st.composite
def any_project(pick: Any) -> Project:
    count = pick(st.integers(1, 120))
    theme = st.sampled_from(["", "a", "b"])
    entities = tuple(Entity(f"e{n}", "System", Words(ja=f"項{n}"), theme=pick(theme)) for n in range(count))
    ends = st.integers(0, count - 1)
    ties = pick(st.lists(st.tuples(ends, ends), max_size=200))
    claims = tuple(Claim(f"e{a}", "uses", f"e{b}", "s", handle=f"C{n}") for n, (a, b) in enumerate(ties))
    known = (Theme("a", Words(ja="甲")), Theme("b", Words(ja="乙")))
    return Project("", Words(ja="題"), "", ("ja",), known, entities, (Source("s", Words(ja="出")),), claims)


@given(any_project(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_any_project_is_spread_the_same_way_whatever_the_order(project: Project, chance: Any) -> None:
    first = draw(project, vocabulary(), most=6)
    found = layout(first, "ja")
    drawing = whole(project, vocabulary(), first)
    assert overlapping(boxes(drawing, found)) == 0
    nodes, lines = list(drawing.nodes), list(drawing.lines)
    chance.shuffle(nodes)
    chance.shuffle(lines)
    assert spread(found, replace(drawing, nodes=tuple(nodes), lines=tuple(lines)), SCALE) == spread(
        found, drawing, SCALE
    )


# --- as pyvis has it


@pytest.mark.parametrize("name", NAMES)
def test_pyvis_gets_all_of_it_with_places_and_parallel_lines(name: str) -> None:
    _, drawing, found = made(name)
    net = pyvis.filled(drawing, found)
    assert [node["id"] for node in net.nodes] == [node.id for node in drawing.nodes] == net.node_ids
    assert [edge["id"] for edge in net.edges] == [line.id for line in drawing.lines]
    spots = {spot.node.id: (round(spot.x * SCALE, 1), round(spot.y * SCALE, 1)) for spot in found.spots}
    assert {node["id"]: (node["x"], node["y"]) for node in net.nodes if node["id"] in spots} == spots
    for node in net.nodes:
        assert not {"title", "href"} & set(node)
        if node["id"] not in spots:
            for code in LANGUAGES:
                assert width(node["labels"][code], pyvis._NAME) + 14 <= CELL[0]
    pairs = [tuple(sorted((edge["from"], edge["to"]))) for edge in net.edges]
    bends = [(pair, edge.get("smooth", {}).get("roundness", 0)) for pair, edge in zip(pairs, net.edges, strict=True)]
    assert len(bends) == len(set(bends))


def test_a_large_project_is_straight_and_still() -> None:
    project = large(400)
    first, layouts = first_picture(project, vocabulary())
    net = pyvis.filled(whole(project, vocabulary(), first), *layouts)
    *_, options = net.get_network_data()
    assert '"physics": {"enabled": false}' in options and '"hideEdgesOnDrag": true' in options
    pairs = [frozenset((edge["from"], edge["to"])) for edge in net.edges]
    parallel = [n for n, pair in enumerate(pairs) if pair in pairs[:n]]
    assert len(net.edges) > 1000 and [n for n, edge in enumerate(net.edges) if "smooth" in edge] == parallel


def test_the_picture_keeps_its_lines_of_text_in_both_languages() -> None:
    _, drawing, _ = made("bundled")
    _, layouts = first_picture(made("bundled")[0], vocabulary())
    net = pyvis.filled(drawing, *layouts)
    labels = {node["id"]: node["labels"] for node in net.nodes}
    for one in layouts:
        for spot in one.spots:
            assert labels[spot.node.id][one.lang] == "\n".join(spot.rows)
