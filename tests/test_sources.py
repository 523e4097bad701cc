"""A source's text, its hash, and passages ⇄ words."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Passage, Project
from graph.project import read_project
from graph.sources import attach, words_at

BLANK = Path(__file__).resolve().parent.parent / "graph" / "blank"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BLANK, tmp_path / "p"))


def read(folder: Path) -> Project:
    project, problems = read_project(folder)
    assert problems == []
    return project


def test_a_text_with_the_right_hash_brings_its_words(folder: Path) -> None:
    project, texts, problems = attach(read(folder))
    assert problems == []
    for claim in project.claims:
        assert claim.quote == words_at(texts[claim.source], claim.passages) != ""


def test_a_changed_text_is_named_and_the_build_goes_on(folder: Path) -> None:
    text = folder / "sources" / "example-minutes.txt"
    text.write_text(text.read_text(encoding="utf-8") + "。", encoding="utf-8")
    project, texts, problems = attach(read(folder))
    assert [p.code for p in problems] == ["wrong-hash"]
    assert "example-minutes" in problems[0].line("en")
    assert texts == {} and all(not c.quote for c in project.claims)


def test_a_text_is_known_by_its_hash_whatever_its_name(folder: Path) -> None:
    text = folder / "sources" / "example-minutes.txt"
    text.rename(text.with_name("scan 3.txt"))
    project, _, problems = attach(read(folder))
    assert problems == [] and all(c.quote for c in project.claims)


def test_a_named_file_is_taken_from_anywhere(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    (folder / "sources" / "example-minutes.txt").rename(elsewhere)
    assert not any(c.quote for c in attach(read(folder))[0].claims)
    project, _, problems = attach(read(folder), [elsewhere])
    assert problems == [] and all(c.quote for c in project.claims)


def test_a_named_file_that_no_source_wants_is_said(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("something else", encoding="utf-8")
    wrong = tmp_path / "example-minutes.txt"
    wrong.write_text("not it", encoding="utf-8")
    missing = tmp_path / "missing.txt"
    problems = attach(read(folder), [other, wrong, missing])[2]
    found = {(p.code, Path(p.where.file).name) for p in problems}
    assert found == {
        ("no-such-source-text", "other.txt"),
        ("wrong-hash", "example-minutes.txt"),
        ("file-unreadable", "missing.txt"),
    }


def test_a_text_that_is_not_utf8_is_said(folder: Path) -> None:
    text, record = folder / "sources" / "example-minutes.txt", folder / "sources.yaml"
    old = hashlib.sha256(text.read_bytes()).hexdigest()
    text.write_bytes("市は協定を結んだ".encode("shift_jis"))
    new = hashlib.sha256(text.read_bytes()).hexdigest()
    record.write_text(record.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert [p.code for p in attach(read(folder))[2]] == ["source-not-utf8"]


def test_a_passage_past_the_end_of_the_text_is_an_error(folder: Path) -> None:
    record = folder / "sources.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("  characters: 127\n", ""), encoding="utf-8")
    claims = folder / "claims" / "example-minutes.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("[[105, 125]]", "[[105, 128]]"), encoding="utf-8")
    problems = attach(read(folder))[2]
    assert [(p.code, p.severity.value) for p in problems] == [("passage-outside", "error")]
    assert problems[0].where.file.endswith("example-minutes.yaml") and problems[0].where.line == 29


@given(st.text(), st.data())
def test_words_are_the_passages_joined(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = [Passage(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    assert words_at(text, spans) == "".join(text[p.start : p.end] for p in spans)
    assert words_at(text, [Passage(0, len(text))]) == text
