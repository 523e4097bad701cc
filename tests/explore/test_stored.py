"""A project read back from its store is the project, as far as exploring goes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graph.build import gather, quads
from graph.explore.chosen import choose
from graph.explore.stored import project_of
from graph.model import CURATOR, Claim, Entity, Existence, Grade, Project, Source, Theme, When, Words, claim_id
from graph.paths import SEEDS
from graph.project import read_project
from graph.rdf import prefixes
from tests.explore.claim_graphs import claim, project, projects, undecided

LEFT = {
    "passages",
    "place",
    "gist",
    "quote",
    "cue",
    "method",
    "confidence",
    "reviewed_on",
    "reason",
    "replies",
    "where",
    "around",
    "known_as",
}
KEPT = [field.name for field in fields(Claim) if field.name not in LEFT]


def back(made: Project) -> Project:
    store = Store()
    store.extend(quads(made))
    meta: dict[str, Any] = {"folder": made.folder, "title": dict(made.title), "base": made.base}
    meta |= {"languages": list(made.languages), "licence": made.licence, "prefixes": prefixes(made.base)}
    return project_of(store, meta)


def even(claim: Claim) -> dict[str, object]:
    """What is kept of a claim, whatever the order of what has none."""
    told: dict[str, object] = {name: getattr(claim, name) for name in KEPT}
    told |= {name: set(getattr(claim, name)) for name in ("cited_via", "based_on", "readers")}
    told["qualifiers"] = {k: set(v) if isinstance(v, tuple) else v for k, v in claim.qualifiers}
    return told


def assert_same(one: Project, other: Project) -> None:
    def by_handle(claims: tuple[Claim, ...]) -> list[dict[str, object]]:
        return [even(c) for c in sorted(claims, key=lambda c: (c.source, c.handle))]

    assert by_handle(one.claims) == by_handle(other.claims)
    for name in ("id", "cls", "name", "theme", "existence"):
        entities = (sorted(p.entities, key=lambda e: e.id) for p in (one, other))
        assert [getattr(e, name) for e in next(entities)] == [getattr(e, name) for e in next(entities)], name
    for name in ("id", "title", "publisher", "date", "grade", "document", "retells", "addresses", "language"):
        sources = (sorted(p.sources, key=lambda s: s.id) for p in (one, other))
        assert [getattr(s, name) for s in next(sources)] == [getattr(s, name) for s in next(sources)], name
    assert sorted(one.themes, key=lambda t: t.id) == sorted(other.themes, key=lambda t: t.id)


def test_a_claim_keeps_the_id_that_the_store_knows_it_by() -> None:
    """What it was made of, its place, stays in the store: two that differ in nothing else are still two."""
    made = read_project(SEEDS)[0]
    known = {claim_id(claim, made.base) for claim in made.claims}
    told = choose(back(made))
    assert {id for id, _ in told.named(told.claims)} <= known
    assert len({tie.claim for tie in told.ties}) == len(tuple(told.ties)) and {tie.claim for tie in told.ties} <= known


def test_the_bundled_project_comes_back(tmp_path: Path) -> None:
    made = gather(undecided(tmp_path / "seeds")).project
    assert any(c.unreviewed for c in made.claims) and any(s.retells for s in made.sources)
    assert_same(back(made), made)


@given(projects())
def test_any_project_comes_back(made: Project) -> None:
    assert_same(back(made), made)


@given(
    st.sampled_from([Words(en="5"), Words(ja="五つ", en="five"), Words(und="5"), When(2014), When(2014, 6), 7]),
    st.sampled_from([Words(en="x"), When(2010, 1, 2), 9, ("a", "b"), ("https://example.org/entity/elsewhere",)]),
)
def test_any_value_comes_back(told: Any, narrowed: Any) -> None:
    name = {Words: "role", When: "reportedOn", int: "ordinal", tuple: "at"}[type(narrowed)]
    one = claim("a", told, 0, "count", qualifiers=((name, narrowed),), voiced_by=CURATOR, note=Words(ja="注"))
    made = project([one], [Entity("b", "Person", Words(ja="人"), existence=Existence.alleged, theme="t")])
    source = Source("s0", Words(en="S"), grade=Grade.primary, document="b", retells="a", date=When(2015, 3))
    made = Project("", Words(en="x"), made.base, themes=(Theme("t", Words(en="T")),), entities=made.entities,
                   sources=(source,), claims=made.claims)  # fmt: skip
    if isinstance(narrowed, tuple) and ":" in narrowed[0]:
        pytest.skip("an IRI within the base is the id itself")
    assert_same(back(made), made)
