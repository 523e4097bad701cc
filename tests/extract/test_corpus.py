"""Many documents: order, resumption after a kill, documents that fail, processes that die."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.extract.corpus import Ran, Task, extract_files, files, run_key, run_to_file
from graph.extract.frames import own_files
from graph.model import Entity, Project, Source, When, Words

HOUSE = Path(__file__).parents[2]
ENTITIES = (
    Entity("Town", "GovernmentBody", Words({"en": "Aoba Town"})),
    Entity("Board", "PoliceBody", Words({"en": "the Harbour Police"})),
    Entity("Rules", "Guideline", Words({"en": "the Camera Rules"})),
    Entity("Group", "CivilSocietyGroup", Words({"en": "the Citizens' League"})),
)
PROJECT = Project("", Words({"en": "Test"}), "https://example.org/id/", ("en",), entities=ENTITIES)
TASK = Task(PROJECT, tuple(map(str, own_files())))
SAYS = (
    "Aoba Town amended the Camera Rules in June {year}.",
    "The Citizens' League opposes the Camera Rules.",
    "The Harbour Police issued the Camera Rules in {year}.",
)
QUIET = "Nobody was at the meeting, and nothing was said there."


def corpus(folder: Path, documents: int) -> list[Path]:
    """English documents, for which no parser need be loaded: each says another number of things."""
    folder.mkdir(exist_ok=True)
    for n in range(documents):
        lines = [SAYS[i % 3].format(year=2000 + n) for i in range(n % 4)]
        (folder / f"d{n:03}.txt").write_text("\n\n".join([QUIET, *lines]) + "\n", encoding="utf-8")
    return files([folder])


def told(paths: Sequence[Path], jobs: int = 1) -> list[tuple[str, int, str]]:
    """Name, number of rows and error of each document."""
    done = extract_files(paths, TASK, jobs)
    return [(Path(d.name).name, len(d.rows), d.error.code if d.error else "") for d in done]


def to_file(paths: Sequence[Path], out: Path, task: Task = TASK, jobs: int = 1) -> Ran:
    return run_to_file(paths, task, out, jobs, lambda done, all: None)


@pytest.fixture
def whole(tmp_path: Path) -> tuple[list[Path], bytes]:
    """Twelve documents and what an undisturbed run makes of them."""
    paths = corpus(tmp_path / "in", 12)
    out = tmp_path / "whole.jsonl"
    ran = to_file(paths, out)
    assert ran.documents == 12 and ran.candidates > 8
    assert not out.with_name("whole.jsonl.progress").exists()
    return paths, out.read_bytes()


def test_files_of_a_folder_are_read_in_order_and_hidden_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.md", "c.exe", ".git/d.txt", "e.PDF"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in files([tmp_path, tmp_path / "b.txt"])] == ["a.md", "b.txt", "e.PDF"]
    assert [path.name for path in files([tmp_path / "c.exe"])] == ["c.exe"]  # who names it means it
    with pytest.raises(UsageError) as error:
        files([tmp_path / "none.txt"])
    assert "none.txt" in error.value.message("en")


def test_the_output_is_the_same_whatever_the_number_of_processes(
    tmp_path: Path, whole: tuple[list[Path], bytes]
) -> None:
    paths, expected = whole
    to_file(paths, tmp_path / "three.jsonl", jobs=3)
    assert (tmp_path / "three.jsonl").read_bytes() == expected
    rows = [json.loads(line) for line in expected.decode().splitlines()]
    assert [row["document"] for row in rows] == sorted(row["document"] for row in rows)


def test_progress_counts_every_document(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    list(extract_files(corpus(tmp_path / "in", 3), TASK, 1, lambda done, all: seen.append((done, all))))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_fails_is_named_and_the_others_go_on(tmp_path: Path, jobs: int) -> None:
    paths = corpus(tmp_path / "in", 5)
    paths[1].write_bytes(b"\x7fELF\x00\x01\x02" * 400)
    paths[3].unlink()
    found = told(paths, jobs)
    assert [name for name, _, _ in found] == [path.name for path in paths]
    assert [bool(error) for _, _, error in found] == [False, True, False, True, False]
    assert found[2][1] == 2


def test_a_failed_document_is_no_part_of_the_results_and_is_tried_again(tmp_path: Path) -> None:
    paths = corpus(tmp_path / "in", 4)
    text = paths[2].read_bytes()
    paths[2].write_bytes(b"\x00\x01" * 400)
    out = tmp_path / "out.jsonl"
    ran = to_file(paths, out)
    assert [Path(done.name).name for done in ran.failed] == ["d002.txt"]
    assert "d002" not in out.read_text(encoding="utf-8")
    paths[2].write_bytes(text)
    assert to_file(paths, out).failed == []
    assert "d002" in out.read_text(encoding="utf-8")


# --- cut off

_RUN = """
import sys
from pathlib import Path
from tests.extract.test_corpus import TASK, to_file
if __name__ == "__main__":
    to_file([Path(name) for name in sys.argv[3:]], Path(sys.argv[1]), jobs=int(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_was_killed_goes_on_and_loses_and_doubles_nothing(tmp_path: Path, jobs: int) -> None:
    paths = corpus(tmp_path / "in", 150)
    expected = tmp_path / "whole.jsonl"
    to_file(paths, expected)
    out = tmp_path / "out.jsonl"
    script = tmp_path / "killed.py"
    script.write_text(_RUN, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, str(script), str(out), str(jobs), *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        start_new_session=True,
    )
    journal = out.with_name("out.jsonl.progress")
    while running.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") > 8):
        time.sleep(0.002)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert journal.exists(), "it was done before it could be killed"

    ran = to_file(paths, out, jobs=jobs)
    assert 0 < ran.resumed < 150
    assert ran.resumed + ran.documents == 150
    assert out.read_bytes() == expected.read_bytes()


def cut(paths: Sequence[Path], out: Path, documents: int) -> None:
    """A run that ended after so many documents, in the middle of writing the next one."""
    with pytest.raises(KeyboardInterrupt):
        run_to_file(paths, TASK, out, 1, lambda done, all: _stop() if done == documents else None)
    with out.open("ab") as stream, out.with_name(out.name + ".progress").open("ab") as notes:
        stream.write('{"document": "途'.encode()[:-1])
        notes.write('{"document": "途'.encode()[:-1])


def _stop() -> None:
    raise KeyboardInterrupt


def test_what_was_half_written_is_written_anew_however_often(tmp_path: Path, whole: tuple[list[Path], bytes]) -> None:
    paths, expected = whole
    out = tmp_path / "out.jsonl"
    cut(paths, out, 3)
    cut(paths, out, 6)
    ran = to_file(paths, out)
    assert ran.resumed >= 5
    assert out.read_bytes() == expected


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        (TASK, True),
        (replace(TASK, date=When(2015)), False),
        (replace(TASK, rules=TASK.rules[1:]), False),
        (replace(TASK, project=replace(PROJECT, entities=ENTITIES[1:])), False),
        (replace(TASK, project=replace(PROJECT, sources=(Source("s", Words({"en": "S"})),))), False),
    ],
)
def test_other_rules_entities_or_dates_begin_anew(tmp_path: Path, changed: Task, kept: bool) -> None:
    paths = corpus(tmp_path / "in", 4)
    out, fresh = tmp_path / "out.jsonl", tmp_path / "fresh.jsonl"
    cut(paths, out, 2)
    assert (to_file(paths, out, changed).resumed > 0) is kept
    to_file(paths, fresh, changed)
    assert out.read_bytes() == fresh.read_bytes()


def test_another_rule_of_the_same_name_is_another_key(tmp_path: Path) -> None:
    rule = tmp_path / "mine.yaml"
    rule.write_text("a", encoding="utf-8")
    before = run_key(replace(TASK, rules=(str(rule),)))
    rule.write_text("b", encoding="utf-8")
    assert run_key(replace(TASK, rules=(str(rule),))) != before


def test_a_document_that_changed_meanwhile_is_read_again(tmp_path: Path) -> None:
    paths = corpus(tmp_path / "in", 8)
    out, fresh = tmp_path / "out.jsonl", tmp_path / "fresh.jsonl"
    cut(paths, out, 6)
    paths[3].write_text("Aoba Town amended the Camera Rules in May 1999.\n", encoding="utf-8")
    ran = to_file(paths, out)
    to_file(paths, fresh)
    assert ran.resumed == 3
    assert out.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize("damage", ["gone", "short", "journal", "nothing"])
def test_damaged_results_are_made_anew(tmp_path: Path, whole: tuple[list[Path], bytes], damage: str) -> None:
    paths, expected = whole
    out = tmp_path / "out.jsonl"
    cut(paths, out, 9)
    journal = out.with_name("out.jsonl.progress")
    if damage == "gone":
        out.unlink()
    if damage == "short":
        out.write_bytes(out.read_bytes()[:200])
    if damage == "journal":
        journal.write_bytes(b"\x00\n" + journal.read_bytes())
    if damage == "nothing":
        journal.write_text('[]\n{"document": 3}\n', encoding="utf-8")
    to_file(paths, out)
    assert out.read_bytes() == expected


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path: Path) -> None:
    paths = corpus(tmp_path / "in", 1)
    with pytest.raises(UsageError) as error:
        to_file(paths, tmp_path / "none" / "out.jsonl")
    assert "out.jsonl" in error.value.message("en") and "out.jsonl" in error.value.message("ja")


# --- processes that die


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes")
def test_a_document_that_kills_its_process_is_named_and_no_other_is_lost(tmp_path: Path) -> None:
    paths = corpus(tmp_path / "in", 14)
    paths[5].unlink()
    os.mkfifo(paths[5])  # whoever opens it is killed by us
    ended = threading.Event()

    def kill() -> None:
        while not ended.is_set():
            try:
                pipe = os.open(paths[5], os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads it
                time.sleep(0.02)
                continue
            for child in multiprocessing.active_children():
                child.kill()
                child.join()
            os.close(pipe)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = told(paths, jobs=2)
    finally:
        ended.set()
        killer.join()
    assert [name for name, _, _ in found] == [path.name for path in paths]
    assert [(name, error) for name, _, error in found if error] == [("d005.txt", "document-killed")]
    assert [rows for name, rows, _ in found if name != "d005.txt"] == [n % 4 for n in range(14) if n != 5]
