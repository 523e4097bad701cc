"""Themes made by machine: who joins what, the same whatever the order, and nothing touched where none is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.chart import themes
from graph.chart.data import counts, page_data
from graph.chart.drawing import LANGUAGES, Drawing, draw
from graph.chart.layout import layout
from graph.chart.themes import FEW, MOST_BOXES, SMALLEST, Placement, place
from graph.model import Claim, Entity, Project, Review, Source, Stance, Theme, Words
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary
from tests.test_chart import check_layout

HOUSE = Path(__file__).resolve().parent.parent


@cache
def bundled() -> Project:
    return read_project(SEEDS)[0]


def without_themes(project: Project) -> Project:
    return replace(project, themes=(), entities=tuple(replace(e, theme="") for e in project.entities))


def clusters(sizes: list[int], of: dict[int, str] | None = None, known: tuple[str, ...] = ()) -> Project:
    """Rings of entities, each tied to its hub, the hubs in a row; `of` gives themes to entities by their number."""
    ids = [(ring, n) for ring, size in enumerate(sizes) for n in range(size)]
    entities = tuple(
        Entity(
            f"e{ring}x{n}", "System", Words(ja=f"項{ring}の{n}", en=f"item {ring} {n}"), theme=(of or {}).get(at, "")
        )
        for at, (ring, n) in enumerate(ids)
    )
    claims = [Claim(f"e{r}x{n}", "uses", f"e{r}x0", "s", handle=f"C{r}x{n}") for r, n in ids if n]
    claims += [Claim(f"e{r}x{n}", "uses", f"e{r}x{n - 1}", "s") for r, n in ids if n > 1]
    claims += [Claim(f"e{r}x0", "uses", f"e{r + 1}x0", "s") for r in range(len(sizes) - 1)]
    boxes = tuple(Theme(id, Words(ja=f"話題{id}", en=f"story {id}")) for id in known)
    source = Source("s", Words(ja="出典"))
    return Project("", Words(ja="題"), "https://example.org/", ("ja",), boxes, entities, (source,), tuple(claims))


def placed(project: Project) -> Placement:
    return place(project, [c for c in project.claims if isinstance(c.object, str)], vocabulary())


def titles(drawing: Drawing) -> dict[str, Words]:
    return {box.id: box.name for box in drawing.boxes if box.made}


# --- who joins what


def test_a_project_without_themes_gets_boxes_around_what_hangs_together() -> None:
    drawing = draw(clusters([5, 4, 6]), vocabulary())
    assert [set(box.nodes) for box in drawing.boxes] == [
        {f"e2x{n}" for n in range(6)},
        {f"e0x{n}" for n in range(5)},
        {f"e1x{n}" for n in range(4)},
    ]
    assert all(box.made for box in drawing.boxes)
    assert {node.theme for node in drawing.nodes} == {box.id for box in drawing.boxes}
    assert titles(drawing)[".around-e2x0"] == Words(
        ja="項2の0のまわり（自動分類）", en="around item 2 0 (grouped by machine)"
    )
    for lang in LANGUAGES:
        found = layout(drawing, lang)
        check_layout(found)
        assert {frame.title for frame in found.frames} == {name[lang] for name in titles(drawing).values()}


def test_who_has_no_theme_joins_that_of_its_community() -> None:
    project = clusters([5, 5], {0: "a", 1: "a", 2: "b", 5: "b", 6: "b"}, ("a", "b"))
    assert dict(placed(project).joined) == {"e0x3": "a", "e0x4": "a", "e1x2": "b", "e1x3": "b", "e1x4": "b"}
    drawing = draw(project, vocabulary())
    assert [box.made for box in drawing.boxes] == [False, False]
    assert next(node.theme for node in drawing.nodes if node.id == "e0x2") == "b"  # its own, whatever its neighbours


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ({0: "a", 1: "b"}, "as many here as there"),
        ({0: "a", 8: "b"}, "one of eight speaks for nobody"),
        ({0: "nowhere", 1: "nowhere", 2: "nowhere"}, "no theme of the project"),
    ],
)
def test_a_community_that_no_theme_speaks_for_makes_its_own(own: dict[int, str], why: str) -> None:
    found = placed(clusters([8, 4], {**own, 8: "b", 9: "b", 10: "b"}, ("a", "b")))
    assert [set(theme.members) >= {f"e0x{n}" for n in range(3, 8)} for theme in found.made] == [True], why
    assert dict(found.joined) == {"e1x3": "b"}


def test_two_are_no_theme() -> None:
    drawing = draw(clusters([6, 2]), vocabulary())
    assert all(len(box.nodes) >= SMALLEST for box in drawing.boxes)
    found = placed(clusters([2, 2, 2, 2]))
    assert all(len(theme.members) >= SMALLEST for theme in found.made)


def test_a_single_box_around_everything_is_left_out() -> None:
    project = clusters([FEW + 1])
    tangle = tuple(Claim(a.id, "uses", b.id, "s") for a, b in combinations(project.entities, 2))
    drawing = draw(replace(project, claims=tangle), vocabulary())
    assert len(placed(replace(project, claims=tangle)).made) == 1
    assert len(drawing.nodes) == FEW + 1 and not drawing.boxes
    assert {node.theme for node in drawing.nodes} == {""}


@pytest.mark.parametrize("sizes", [[5], [3, 2], [4]])
def test_a_small_picture_stays_open(sizes: list[int]) -> None:
    drawing = draw(clusters(sizes), vocabulary())
    assert len(drawing.nodes) < FEW
    assert not drawing.boxes and {node.theme for node in drawing.nodes} == {""}


@pytest.mark.parametrize("own", [0, 3, 8, 10])
def test_there_are_never_more_made_boxes_than_can_be_told_apart(own: int) -> None:
    known = tuple(f"t{n}" for n in range(own))
    found = placed(clusters([4] * 20, {}, known))
    assert len(found.made) == max(0, MOST_BOXES - own)


def test_what_is_rejected_makes_no_theme_and_what_waits_counts_as_it_is_drawn() -> None:
    """Two halves that only rejected claims tie together; one whom only candidates tie to anybody."""
    project = clusters([4, 4])
    across = [Claim(f"e0x{a}", "uses", f"e1x{b}", "s") for a in range(4) for b in range(4)]
    rejected = tuple(replace(claim, review=Review.rejected) for claim in across)
    stray = Entity("stray", "System", Words(ja="はぐれ"))
    waiting = tuple(Claim("stray", "uses", f"e0x{n}", "s", review=Review.candidate) for n in range(3))
    bare = draw(project, vocabulary())
    assert len(bare.boxes) == 2
    assert draw(replace(project, claims=project.claims + rejected), vocabulary()).boxes == bare.boxes
    assert draw(replace(project, claims=project.claims + tuple(across)), vocabulary()).boxes != bare.boxes
    more = draw(replace(project, entities=(*project.entities, stray), claims=project.claims + waiting), vocabulary())
    assert "stray" in next(box for box in more.boxes if "e0x0" in box.nodes).nodes


def test_the_page_says_what_a_machine_placed() -> None:
    project = clusters([5, 5, 3], {0: "a", 1: "a", 2: "a", 10: "a"}, ("a",))
    drawing = draw(project, vocabulary())
    data = page_data(project, vocabulary(), drawing, "ja")
    assert data["themes"] == [
        {"id": "a", "name": {"ja": "話題a", "en": "story a"}},
        {"id": ".around-e1x0", "name": dict(titles(drawing)[".around-e1x0"]), "made": True},
    ]
    names = [theme["id"] for theme in data["themes"]]
    of = {
        entity["id"]: (names[entity["theme"]], entity.get("made", False))
        for entity in data["entities"]
        if "theme" in entity
    }
    assert of["e0x0"] == ("a", False)
    assert of["e0x4"] == ("a", True)
    assert of["e1x4"] == (".around-e1x0", True)
    assert counts(project, drawing, vocabulary())["theme"] == {"a": 8, ".around-e1x0": 5}
    assert [entity.theme for entity in project.entities][:4] == ["a", "a", "a", ""]  # the project is as it was


# --- nothing touched, and the same whatever the order


def test_where_all_have_themes_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "_louvain", lambda *_: pytest.fail("looked for communities"))
    found = placed(bundled())
    assert found == Placement(found.themes)
    assert found.on(bundled()) is bundled()
    drawing = draw(bundled(), vocabulary())
    assert not any(box.made for box in drawing.boxes)
    assert [node.theme for node in drawing.nodes] == [
        entity.theme for entity in bundled().entities if entity.id in {node.id for node in drawing.nodes}
    ]
    assert not [e for e in page_data(bundled(), vocabulary(), drawing, "ja")["entities"] if "made" in e]


def test_most_of_what_a_machine_places_stands_where_a_person_would_put_it() -> None:
    """Every second entity of the bundled project without its theme: most get it back."""
    own = {entity.id: entity.theme for entity in bundled().entities}
    half = tuple(replace(e, theme="") if n % 2 else e for n, e in enumerate(bundled().entities))
    joined = placed(replace(bundled(), entities=half)).joined
    assert len(joined) >= 50
    assert sum(own[id] == theme for id, theme in joined) >= len(joined) * 0.75


@st.composite
def projects(pick: Any) -> Project:
    """Projects of any shape; some entities have a theme, some one that nobody knows."""
    count = pick(st.integers(2, 24))
    own = st.sampled_from(["", "", "a", "b", "nowhere"])
    entities = tuple(Entity(f"e{n}", "Law", Words(ja=f"項{n}"), theme=pick(own)) for n in range(count))
    ends = st.integers(0, count - 1)
    ties = pick(st.lists(st.tuples(ends, ends, st.sampled_from(list(Stance)), st.sampled_from("st")), max_size=50))
    claims = tuple(
        Claim(f"e{a}", "uses", f"e{b}", source, stance, review=pick(st.sampled_from(list(Review)[:2])))
        for a, b, stance, source in ties
    )
    known = pick(st.sampled_from([(), (Theme("a", Words(ja="甲")), Theme("b", Words(ja="乙")))]))
    return Project("", Words(), "https://example.org/", ("ja",), known, entities, (), claims)


@given(projects())
@settings(max_examples=60)
def test_every_entity_with_claims_has_at_most_one_theme(project: Project) -> None:
    found = placed(project)
    known = {theme.id for theme in project.themes}
    own = {entity.id for entity in project.entities if entity.theme in known}
    told = {end for claim in project.claims for end in (claim.subject, claim.object)}
    given = [id for id, _ in found.joined] + [id for theme in found.made for id in theme.members]
    assert len(given) == len(set(given)) and set(given) <= told - own
    assert {theme for _, theme in found.joined} <= known
    assert not {theme.id for theme in found.made} & known
    drawing = draw(project, vocabulary())
    boxed = [id for box in drawing.boxes for id in box.nodes]
    assert len(boxed) == len(set(boxed))
    assert {node.theme for node in drawing.nodes} - {""} == {box.id for box in drawing.boxes}
    assert all(len(box.nodes) >= SMALLEST for box in drawing.boxes if box.made)
    check_layout(layout(drawing, "ja"))


@given(projects(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_entities_and_claims_changes_nothing(project: Project, chance: Any) -> None:
    entities, claims = list(project.entities), list(project.claims)
    chance.shuffle(entities)
    chance.shuffle(claims)
    other = replace(project, entities=tuple(entities), claims=tuple(claims))
    assert placed(other) == placed(project)


_PRINT = """
from dataclasses import replace
from graph.chart.themes import place
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary
project, _ = read_project(SEEDS)
bare = replace(project, themes=(), entities=tuple(replace(e, theme="") for e in project.entities))
known = {entity.id for entity in project.entities}
print(place(bare, [c for c in bare.claims if {c.subject, c.object} <= known], vocabulary()).made)
"""


def test_a_hash_seed_changes_nothing() -> None:
    def printed(seed: str) -> str:
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "TMPDIR")}
        environment = kept | {"PYTHONUTF8": "1", "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _PRINT]
        done = subprocess.run(command, cwd=HOUSE, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    assert "Made" in printed("1")
    assert printed("1") == printed("2")


def test_the_bundled_project_without_its_themes_still_makes_a_picture() -> None:
    drawing = draw(without_themes(bundled()), vocabulary())
    assert 3 <= len(drawing.boxes) <= MOST_BOXES
    check_layout(layout(drawing, "en"))
