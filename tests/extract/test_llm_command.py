"""sokanzu extract --llm, as a person types it, against a server on this machine that also misbehaves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from graph.extract.corpus import Journal, Task, run_key
from graph.extract.llm import http as llm_http
from graph.extract.llm.http import KEY
from graph.project import read_project
from tests.extract.chat import Server, reply, serving

HOUSE = Path(__file__).resolve().parent.parent.parent
BLANK = HOUSE / "graph" / "blank"
EN = (
    "Example City criticised Example Police Station.\n\n"
    "This spring, Example City spoke with Example Police Station about the cameras.\n"
)
SAID = "Example City criticised Example Police Station."
SPOKE = "Example City spoke with Example Police Station about the cameras"


def claim(predicate: str, quote: str, **more: Any) -> dict[str, Any]:
    told = {"subject": "ExampleCity", "predicate": predicate, "object": "ExamplePoliceStation", "quote": quote}
    return {**told, "stance": "stated", "negated": False, "hedged": False, **more}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as told:
        yield told


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a note, in which we stand."""
    made = Path(shutil.copytree(BLANK, tmp_path / "p"))
    (made / "note.txt").write_text(EN, encoding="utf-8")
    monkeypatch.chdir(made)
    monkeypatch.setenv("SOKANZU_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setattr(llm_http, "_sleep", lambda seconds: None)
    return made


def run(*words: str, lang: str = "en") -> tuple[int, str, str]:
    """The exit code and what was written on the two streams."""
    done = CliRunner().invoke(cli.app, ["--lang", lang, "extract", *words])
    assert "Traceback" not in done.stderr
    return done.exit_code, done.stdout, done.stderr


def rows(server: Server, *words: str) -> tuple[int, list[dict[str, Any]], str]:
    """The candidates of a run that asks the server."""
    code, out, told = run("note.txt", "-f", "jsonl", "--llm", server.url, "--llm-model", "tiny:1b", *words)
    return code, [json.loads(line) for line in out.splitlines()], told


def facts(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["predicate"], one["rule"].partition("@")[0]) for one in found}


@pytest.fixture
def rules(folder: Path) -> set[tuple[str, str]]:
    """What the rules find in the note; there is something, and none of it is a model's."""
    found = facts([json.loads(line) for line in run("note.txt", "-f", "jsonl")[1].splitlines()])
    assert [predicate for predicate, _ in found] == ["criticizes"] and "llm" not in str(found)
    return found


# --- what it adds


def test_a_model_adds_to_what_the_rules_found(server: Server, rules: set[tuple[str, str]]) -> None:
    server.says(claim("hasAgreementWith", SPOKE))
    code, found, told = rows(server)
    assert code == 0 and facts(found) == rules | {("hasAgreementWith", "llm-tiny-1b")}
    one = next(row for row in found if row["rule"] == "llm-tiny-1b@1")
    assert one["quote"] == SPOKE == "".join(EN[start:end] for start, end in one["passages"])
    assert "1 candidates kept" in told


def test_what_the_rules_found_is_not_said_twice(server: Server, rules: set[tuple[str, str]]) -> None:
    server.says(claim("criticizes", SAID, stance="alleged"))
    code, found, told = rows(server)
    assert code == 0 and facts(found) == rules and len(found) == 1
    assert "already: " in told


def test_what_is_thrown_away_is_counted_and_shown(server: Server, rules: set[tuple[str, str]]) -> None:
    server.says(
        claim("opposes", "Example City hates Example Police Station"), claim("knows", SAID), {"subject": 3}, "nonsense"
    )
    code, found, told = rows(server)
    assert code == 0 and facts(found) == rules, "the model was wrong, not the run"
    assert "quoted words not in the text: 1" in told and "no such property: 1" in told and "wrong form: 2" in told


def test_the_models_word_alone_goes_into_the_project(server: Server, folder: Path) -> None:
    """What --llm-only writes is a file of claims/ as it is; asked again, it is known."""
    Path("sources").joinpath("note.txt").write_text(EN, encoding="utf-8")
    assert CliRunner().invoke(cli.app, ["source", "add", "note.txt"]).exit_code == 0
    server.says(claim("hasAgreementWith", SPOKE, stance="alleged", hedged=True), claim("criticizes", SAID))
    words = ["note.txt", "--llm", server.url, "--llm-model", "m", "--llm-only"]
    assert run(*words, "-o", "claims/note-llm.yaml")[0] == 0
    project, problems = read_project(folder)
    assert problems == []
    (made,) = [one for one in project.claims if one.source == "note"]
    assert (made.predicate, made.stance, made.hedged, made.review) == ("hasAgreementWith", "alleged", True, "candidate")
    code, out, told = run(*words)
    assert (code, out) == (0, "") and "already: " in told


def test_processes_ask_too(server: Server, folder: Path, rules: set[tuple[str, str]]) -> None:
    (folder / "more.txt").write_text(EN.replace("spring", "summer"), encoding="utf-8")
    server.says(claim("hasAgreementWith", SPOKE))
    words = ["note.txt", "more.txt", "-f", "jsonl", "--llm", server.url, "--llm-model", "m"]
    one, two = run(*words), run(*words, "--jobs", "2")
    assert one == two and one[0] == 0
    assert "2 of 2 parts answered, 2 candidates kept" in one[2]


def test_a_run_with_a_model_goes_on_no_run_without(server: Server, folder: Path) -> None:
    """Results of the rules alone, cut off, are not taken for results of both."""
    server.says(claim("hasAgreementWith", SPOKE))
    assert run("note.txt", "-o", "out.jsonl")[0] == 0
    alone = Path("out.jsonl").read_bytes()
    task = Task(read_project(folder)[0], ())
    end = llm_http.Endpoint("http://h/v1", "m", key="hidden")
    keys = [run_key(Task(task.project, (), llm=one)) for one in (None, end, llm_http.Endpoint("http://h/v1", "n"))]
    assert len(set(keys)) == 3
    assert run_key(Task(task.project, (), llm=llm_http.Endpoint("http://h/v1", "m", key="other"))) == keys[1]
    assert run("note.txt", "-o", "out.jsonl", "--llm", server.url, "--llm-model", "m")[0] == 0
    assert Path("out.jsonl").read_bytes().count(b"\n") == alone.count(b"\n") + 1


def test_a_run_that_is_taken_up_asks_again_what_had_no_answer(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at its end: the first document is done, the second had no answer."""
    (folder / "second.txt").write_text(EN.replace("spring", "summer"), encoding="utf-8")
    good = {"choices": [{"message": {"content": json.dumps({"claims": [claim("hasAgreementWith", SPOKE)]})}}]}

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        fails = len(server.asked) == 2
        reply(handler, 500 if fails else 200, json.dumps(good).encode())

    server.answer = answer
    words = ["note.txt", "second.txt", "-o", "out.jsonl", "--llm", server.url, "--llm-model", "m"]
    with monkeypatch.context() as killed:
        killed.setattr(Journal, "finish", lambda self: None)
        assert run(*words)[0] == 1
    cut = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    code, _, told = run(*words)
    assert code == 0 and "1 of them were done before" in told and len(server.asked) == 3
    lines = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == len(cut) + 1 and set(cut) < set(lines)


# --- a server that misbehaves: loud, and what the rules found stays


Answer = Any


def status(number: int, **headers: str) -> Answer:
    return lambda handler, body: reply(handler, number, b"secret", **headers)


def stalls(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    handler.rfile.read(1)


def floods(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b" " * (1 << 20))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(500), "HTTP 500"),
        (status(401), "HTTP 401"),
        (status(429, Retry_After="1"), "HTTP 429"),
        (status(302, Location="http://127.0.0.1:9/"), "HTTP 302"),
        (lambda handler, _: reply(handler, 200, b"<p>Hello</p>", "text/html"), "text/html"),
        (lambda handler, _: reply(handler, 200, b"{}"), "not JSON"),
        (stalls, "1 s"),
        (floods, "4096 KiB"),
    ],
)
def test_a_failure_is_loud_and_the_rules_results_stay(
    server: Server, rules: set[tuple[str, str]], answer: Answer, said: str
) -> None:
    server.answer = answer
    code, found, told = rows(server, "--llm-seconds", "1")
    assert code == 1 and facts(found) == rules
    assert said in told and "what the rules found stands" in told and "secret" not in told


def test_nobody_there_is_said_once_for_all_documents(folder: Path, rules: set[tuple[str, str]]) -> None:
    for number in range(5):
        (folder / f"n{number}.txt").write_text(EN, encoding="utf-8")
    words = [f"n{number}.txt" for number in range(5)]
    code, out, told = run(*words, "-f", "jsonl", "--llm", "http://127.0.0.1:9/v1", "--llm-model", "m")
    assert code == 1 and len(out.splitlines()) == 5
    assert told.count("no connection") == 1 and "4 documents have what the rules found alone" in told


def test_nonsense_that_breaks_us_takes_nothing_away(
    server: Server, rules: set[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a model's answer find a mistake of ours, the rules' results are there all the same."""
    from graph.extract.llm import schema as llm_schema

    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a mistake")

    server.says()
    monkeypatch.setattr(llm_schema, "read", breaks)
    code, found, told = rows(server)
    assert code == 1 and facts(found) == rules and "ZeroDivisionError" in told


def test_a_document_with_nothing_to_ask_is_not_sent(server: Server, folder: Path) -> None:
    (folder / "note.txt").write_text("Nobody we know said anything.", encoding="utf-8")
    code, _, told = rows(server)
    assert code == 0 and not server.asked and "not asked" in told


def test_without_the_option_nobody_is_asked(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sk-hidden")
    assert run("note.txt")[0] == 0
    assert not server.asked and not server.paths


def test_the_key_is_sent_and_never_shown(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sk-hidden-1234")
    server.answer = status(401)
    code, out, told = run("note.txt", "note.txt", "-j", "2", "--llm", server.url, "--llm-model", "m")
    assert code == 1 and server.headers[0]["Authorization"] == "Bearer sk-hidden-1234"
    assert "hidden" not in out + told


# --- wrong words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--llm", "localhost:11434", "--llm-model", "m"], "http://localhost:11434/v1"),
        (["--llm", "file:///etc/hostname", "--llm-model", "m"], "http://localhost:11434/v1"),
        (["--llm", "http://127.0.0.1:9/v1"], "--llm-model"),
        (["--llm-model", "m"], "--llm http"),
        (["--llm-only"], "--llm URL"),
        (["--llm", "http://me:hidden@h/v1", "--llm-model", "m"], KEY),
        (["--llm", "http://127.0.0.1:9/v1", "--llm-model", "m", "--suggest"], "leave one of them out"),
        (["--llm", "http://127.0.0.1:9/v1", "--llm-model", "m", "--llm-seconds", "0"], "--llm-seconds"),
        (["--llm", "http://127.0.0.1:9/v1", "--llm-model", "m", "--llm-seconds", "nan"], "--llm-seconds"),
    ],
)
def test_a_wrong_option_is_told_before_the_work(folder: Path, words: list[str], said: str) -> None:
    code, out, told = run("note.txt", *words)
    assert (code, out) == (2, "") and said in told and "hidden" not in told


def test_without_pydantic_there_is_a_clear_word(folder: Path) -> None:
    """In a Python of its own, where pydantic cannot be imported."""
    code = "import sys; sys.modules['pydantic'] = None; import sokanzu; sokanzu.main()"
    words = ["--lang", "en", "extract", "note.txt"]
    known = {**os.environ, "PYTHONPATH": str(HOUSE)}
    ask = ["--llm", "http://127.0.0.1:9/v1", "--llm-model", "m"]
    done = [
        subprocess.run([sys.executable, "-c", code, *words, *more], env=known, capture_output=True, encoding="utf-8")
        for more in (ask, [])
    ]
    assert done[0].returncode == 2 and "sokanzu[llm]" in done[0].stderr and done[0].stderr.count("\n") == 1
    assert done[1].returncode == 0 and "criticizes" in done[1].stdout, "who asks no model needs none"


@pytest.mark.parametrize("name", ["nowhere/out.yaml", "nowhere/out.jsonl"])
def test_where_nothing_can_be_written_that_is_said(folder: Path, name: str) -> None:
    code, out, told = run("note.txt", "-o", name)
    assert (code, out) == (2, "") and name in told and told.count("\n") == 1
