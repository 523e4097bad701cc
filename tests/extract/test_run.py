"""A project's sources: what is taken from the cache, what is done again, and what failed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import Severity
from graph.extract import run
from graph.extract.parse import available
from graph.extract.run import candidates_of, extractable
from graph.model import Entity, Project, Source, When, Words

TEXT = "Aoba Town amended the Camera Rules last June.\n\nThe Citizens' League opposes the Camera Rules.\n"
OTHER = "The Citizens' League criticized Aoba Town.\n"


def source(id: str, text: str = TEXT, **more: object) -> Source:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    made = Source(id, Words({"en": id}), date=When(2016, 5), language="en", sha256=sha256, file=f"{id}.txt")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two sources; the cache is the test's own."""
    monkeypatch.setenv("SOKANZU_CACHE", str(tmp_path / "cache"))
    entities = (
        Entity("Town", "GovernmentBody", Words({"en": "Aoba Town"})),
        Entity("Rules", "Guideline", Words({"en": "the Camera Rules"})),
        Entity("Group", "CivilSocietyGroup", Words({"en": "the Citizens' League"})),
    )
    folder = tmp_path / "project"
    folder.mkdir()
    sources = (source("a"), source("b", OTHER))
    return Project(str(folder), Words({"en": "T"}), "https://example.org/id/", ("en",), (), entities, sources)


TEXTS = {"a": TEXT, "b": OTHER}


def work(project: Project, texts: dict[str, str] | None = None) -> int:
    """How many sources were not in the cache."""
    seen: list[tuple[int, int]] = []
    candidates_of(project, TEXTS if texts is None else texts, lambda done, all: seen.append((done, all)))
    return len(seen)


def test_candidates_come_source_after_source_and_again_from_the_cache(project: Project) -> None:
    found, problems = candidates_of(project, TEXTS)
    assert problems == []
    assert [(c.claim.source, c.claim.subject, c.claim.predicate, c.claim.object) for c in found] == [
        ("a", "Town", "amends", "Rules"),
        ("a", "Group", "opposes", "Rules"),
        ("b", "Group", "criticizes", "Town"),
    ]
    assert all(TEXTS[c.claim.source][p.start : p.end] in c.claim.quote for c in found for p in c.claim.passages)
    assert work(project) == 0
    assert candidates_of(project, TEXTS) == (found, [])


def test_a_source_without_its_text_or_hash_or_in_another_language_is_left(project: Project) -> None:
    assert {c.claim.source for c in candidates_of(project, {"b": OTHER})[0]} == {"b"}
    assert extractable(source("a")) and extractable(source("a", language="ja-Latn"))
    assert not extractable(source("a", sha256="")) and not extractable(source("a", language="fr"))


def test_only_what_changed_is_done_again(project: Project) -> None:
    assert work(project) == 2
    assert work(project, {**TEXTS, "b": OTHER + " "}) == 1
    dated = replace(project, sources=(source("a", date=When(2017, 5)), project.sources[1]))
    assert work(dated) == 1
    assert work(project) == 0  # what was there before is there still


def test_other_entities_are_another_matter_for_every_source(project: Project) -> None:
    work(project)
    named = replace(project.entities[0], also=("the Town",))
    assert work(replace(project, entities=(named, *project.entities[1:]))) == 2
    assert work(replace(project, entities=project.entities[1:])) == 2
    assert work(replace(project, base="https://example.org/other/")) == 2


def test_a_note_or_theme_of_an_entity_changes_nothing(project: Project) -> None:
    work(project)
    noted = replace(project.entities[0], note=Words({"en": "a town"}), theme="towns")
    assert work(replace(project, entities=(noted, *project.entities[1:]))) == 0


def test_another_parser_or_another_engine_is_another_matter(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    work(project)
    with monkeypatch.context() as patched:
        there = available()
        patched.setattr(run, "available", lambda: not there)
        assert work(project) == 2
    with monkeypatch.context() as patched:
        patched.setattr("graph.extract.cache.engine", lambda: "another")
        assert work(project) == 2
    assert work(project) == 0


def test_a_rule_of_the_project_counts_and_a_broken_one_stops_with_its_place(project: Project) -> None:
    work(project)
    rules = Path(project.folder, "rules")
    rules.mkdir()
    rule = rules / "mine.yaml"
    rule.write_text("- nonsense: [\n", encoding="utf-8")
    found, problems = candidates_of(project, TEXTS)
    assert found == [] and any(p.severity is Severity.error and "mine.yaml" in p.where.file for p in problems)
    found, again = candidates_of(project, TEXTS)
    assert found == [] and again == problems  # told every time
    rule.unlink()
    assert work(project) == 0


def test_a_damaged_cache_is_computed_anew(project: Project, tmp_path: Path) -> None:
    found, _ = candidates_of(project, TEXTS)
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_text("{}", encoding="utf-8")
    assert work(project) == 2
    assert candidates_of(project, TEXTS) == (found, [])


def test_where_no_cache_can_be_written_it_works_all_the_same(project: Project, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert len(candidates_of(project, TEXTS)[0]) == 3
    assert work(project) == 2
