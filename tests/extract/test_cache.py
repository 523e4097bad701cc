"""The cache of extraction: what comes out is what went in, or nothing."""

from __future__ import annotations

import multiprocessing
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.cache import Cache, Entry, digest, engine, root
from graph.extract.flow import Candidate
from graph.model import Claim, Passage, Review, Stance, When, Words

TEXT = st.text(max_size=12)
PASSAGES = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=3).map(
    lambda pairs: tuple(Passage(start, start + length) for start, length in pairs)
)
WHEN = st.none() | st.sampled_from([When(2014), When(2014, 6), When(2014, 6, 30)])
VALUE = TEXT | st.integers() | st.booleans() | st.just(Words({"ja": "店", "en": "shop"})) | st.just(When(2014, 6))
CLAIMS = st.builds(
    Claim,
    subject=TEXT,
    predicate=TEXT,
    object=VALUE,
    source=TEXT,
    stance=st.sampled_from(Stance),
    passages=PASSAGES,
    negated=st.booleans(),
    hedged=st.booleans(),
    voiced_by=TEXT,
    valid_from=WHEN,
    valid_to=WHEN,
    as_of=WHEN,
    qualifiers=st.lists(st.tuples(TEXT, VALUE | st.just(("A", "B"))), max_size=2).map(tuple),
    gist=st.just(Words({"ja": "要旨"})),
    quote=TEXT,
    cue=TEXT,
    method=TEXT,
    confidence=st.none() | st.floats(0, 1),
    review=st.sampled_from(Review),
)
CANDIDATES = st.builds(
    Candidate,
    claim=CLAIMS,
    document=TEXT,
    how=st.lists(TEXT, max_size=2).map(tuple),
    context=PASSAGES,
    marks=st.lists(st.tuples(TEXT, st.just(Passage(1, 2))), max_size=2).map(tuple),
)
CLAIM = Claim("A", "amends", "B", "s", Stance.stated, (Passage(0, 3),), quote="…", method="amends-ja@1")
ENTRY = Entry((Candidate(CLAIM, "s", ("同社 → A",), (Passage(0, 9),)),), {"question": 2})


@given(st.lists(CANDIDATES, max_size=3).map(tuple), st.dictionaries(TEXT, st.integers(0, 9), max_size=2))
def test_what_comes_out_is_what_went_in(candidates: tuple[Candidate, ...], left: dict[str, int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        kept = Cache(Path(name))
        kept.put("ab12", Entry(candidates, left))
        assert kept.get("ab12") == Entry(candidates, left)


def test_another_key_has_nothing(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.put("ab12", ENTRY)
    assert kept.get("ab13") is None


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "binary", "other", "folder"])
def test_a_broken_entry_counts_as_none_and_is_written_anew(tmp_path: Path, damage: str) -> None:
    kept = Cache(tmp_path)
    kept.put("ab12", ENTRY)
    path = kept.path("ab12")
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[:-5])
    if damage == "flipped":
        path.write_bytes(whole.replace(b'"stated"', b'"denied"'))
    if damage == "empty":
        path.write_bytes(b"")
    if damage == "binary":
        path.write_bytes(bytes(range(256)))
    if damage == "other":
        body = '{"candidates": [{}], "leftOut": {}}'
        from hashlib import sha256

        path.write_text(f"{sha256(body.encode()).hexdigest()}\n{body}", encoding="utf-8")
    if damage == "folder":
        path.unlink()
        path.mkdir()
    assert kept.get("ab12") is None
    kept.put("ab12", ENTRY)  # never raises
    assert kept.get("ab12") == (None if damage == "folder" else ENTRY)


@pytest.mark.parametrize("where", ["a file in its place", "a folder that may not be written to"])
def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path, where: str) -> None:
    if where.startswith("a file"):
        (tmp_path / "extract").write_text("x", encoding="utf-8")
    elif sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("whoever may write anywhere cannot be kept out")
    else:
        tmp_path.chmod(0o500)
    kept = Cache(tmp_path)
    kept.put("ab12", ENTRY)
    assert kept.get("ab12") is None


def _write(folder: str, rounds: int) -> None:
    kept = Cache(Path(folder))
    for _ in range(rounds):
        kept.put("ab12", ENTRY)


def test_two_processes_at_once_never_show_half_an_entry(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.put("ab12", ENTRY)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(str(tmp_path), 200)) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert kept.get("ab12") == ENTRY
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [path.name for path in kept.path("ab12").parent.iterdir()] == ["ab12.json"]  # nothing is left lying about


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKANZU_CACHE", str(tmp_path / "mine"))
    assert root() == tmp_path / "mine"
    monkeypatch.delenv("SOKANZU_CACHE")
    assert root().name == "sokanzu"


def test_a_key_tells_its_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest(("a",), "b") != digest(("a", "b"))
    assert len(engine()) == 64


def test_a_claim_that_differs_in_anything_is_another_entry(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    changed = replace(ENTRY, candidates=(replace(ENTRY.candidates[0], claim=replace(CLAIM, negated=True)),))
    kept.put("ab12", changed)
    assert kept.get("ab12") == changed != ENTRY
