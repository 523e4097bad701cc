"""`sokanzu review` as scripts use it: all of a call or nothing, lists, rates, differences; and a real terminal."""

from __future__ import annotations

import hashlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from graph.build import build, gather
from graph.commands import review as review_command
from graph.commands.context import Context
from graph.decisions import read_reviews
from graph.errors import ProjectError, SokanzuError, UsageError
from graph.model import claim_id
from graph.review.desk import reviewer
from graph.review.screen import ReviewApp
from graph.review.sheet import Sheet
from graph.reviews import Verdict
from graph.store import current
from tests.review_case import FILES, TEXT

HOUSE = Path(__file__).resolve().parent.parent
ENGLISH = (
    "The city provides data to the police. The police use the camera network. The ward opposes the camera network.\n"
    "It is alleged that Mori advises the city. The city does not provide data to the ward.\n"
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKANZU_CACHE", str(tmp_path_factory.getbasetemp() / "review-cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with an English text of five candidates, and a claim written by hand."""
    old, new = (hashlib.sha256(text.encode()).hexdigest() for text in (TEXT, ENGLISH))
    told = FILES["sources.yaml"].replace(old, new).replace(f"characters: {len(TEXT)}", f"characters: {len(ENGLISH)}")
    files = FILES | {
        "sources.yaml": told.replace("language: ja", "language: en"),
        "sources/minutes.txt": ENGLISH,
        "entities.yaml": FILES["entities.yaml"].replace("the cameras", "the camera network"),
        "claims/a.yaml": "source: minutes\nclaims:\n- {id: C1, subject: Ward, predicate: oversees, object: Net, "
        "stance: stated, passages: [[0, 8]], gist: {ja: 区。, en: The ward.}}\n",
    }
    for name, text in files.items():
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path / "p"


def run(folder: Path, *shown: str, note: str = "", by: str = "Aoi", format: str = "table", **verdicts: Any) -> int:
    return review_command.review(Context(folder), (), verdicts, note, by, shown, format)


def said(folder: Path) -> list[tuple[str, str]]:
    found, problems = read_reviews(folder / "reviews.yaml", gather(folder, extract=False).read)
    assert not problems, [problem.line() for problem in problems]
    return [(f"{d.claim.subject} {d.claim.predicate}" if d.claim else "", str(d.verdict)) for d in found]


def handles(folder: Path) -> dict[str, str]:
    return {
        f"{c.claim.subject} {c.claim.predicate} {c.claim.object}": c.claim.handle for c in gather(folder).candidates
    }


USES, GIVES, OPPOSES = "Police uses Net", "City providesDataTo Police", "Ward opposes Net"
ADVISES, DENIED = "Mori advises City", "City providesDataTo Ward"


def test_accept_and_reject_by_handle_id_digits_and_address(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = handles(folder)
    assert set(ids) == {USES, GIVES, OPPOSES, ADVISES, DENIED}
    found = gather(folder)
    long = {c.claim.subject + c.claim.predicate: claim_id(c.claim, found.read.base) for c in found.candidates}
    accept = [ids[USES], f"https://example.org/p/claim/{long['Wardopposes']}"]
    assert run(folder, accept=accept, reject=[ids[GIVES].removeprefix("X-")[:6], f"claim:{ids[DENIED][2:]}"]) == 0
    assert sorted(verdict for _, verdict in said(folder)) == ["accept", "accept", "reject", "reject"]
    assert capsys.readouterr().out == "2 accepted, 2 rejected; 1 wait\n"
    made = build(folder, folder / "build", charts=False)
    store = current(folder / "build").open()
    sk, entity = "https://w3id.org/sokanzu/ns#", "https://example.org/p/entity/"
    asked = f"SELECT ?s ?p {{ GRAPH <https://w3id.org/sokanzu/graph/asserted> {{ ?s ?p <{entity}Net> }} }}"
    rows = {(str(row["p"].value), str(row["s"].value)) for row in store.query(asked)}  # type: ignore[union-attr]
    assert rows >= {(f"{sk}uses", f"{entity}Police"), (f"{sk}opposes", f"{entity}Ward")}
    assert made.counts["candidates"] == 0, "that about a person is held back"


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ({"accept": [USES, "X-00000000"]}, "review-unknown-id"),
        ({"accept": [USES, ""]}, "review-unknown-id"),
        ({"accept": [USES, "\x1b[2J"]}, "review-unknown-id"),
        ({"accept": [USES, "C1"]}, "review-by-hand"),
        ({"accept": [USES], "reject": [USES]}, "review-both"),
        ({"accept": [USES], "undo": [f"{USES}…"]}, "review-both"),
        ({"accept": [USES, ADVISES]}, "review-wants-note"),
    ],
)
def test_a_call_with_one_mistake_does_nothing(folder: Path, verdicts: dict[str, list[str]], code: str) -> None:
    ids = handles(folder)
    ids[f"{USES}…"] = ids[USES][:-1]
    with pytest.raises(UsageError) as raised:
        named = {key: [ids.get(name, name) for name in names] for key, names in verdicts.items()}
        review_command.review(Context(folder), (), named, by="Aoi")
    assert raised.value.code == code and not (folder / "reviews.yaml").exists()
    for lang in ("en", "ja"):
        assert raised.value.message(lang).isprintable()


def test_a_slip_in_an_id_is_told_with_the_one_that_is_near(folder: Path) -> None:
    handle = handles(folder)[USES]
    wrong = handle[:-1] + ("0" if handle[-1] != "0" else "1")
    with pytest.raises(UsageError) as raised:
        run(folder, accept=[wrong])
    assert raised.value.code == "review-unknown-id-near" and handle[2:] in raised.value.message("en")


def test_a_reason_goes_with_what_is_alleged_about_a_person(folder: Path) -> None:
    handle = handles(folder)[ADVISES]
    assert run(folder, accept=[handle], note="公職にある") == 0
    (claim,) = [c for c in gather(folder).project.claims if c.subject == "Mori"]
    assert dict(claim.reason) == {"ja": "公職にある"}


def test_saying_the_same_twice_is_written_once_and_another_reader_counts(folder: Path) -> None:
    handle = handles(folder)[USES]
    for by in ("Aoi", "Aoi", "Ken", "Ken"):
        run(folder, accept=[handle, handle], by=by)
    assert len(said(folder)) == 2
    (claim,) = [c for c in gather(folder).project.claims if c.predicate == "uses"]
    assert claim.readers == ("Aoi", "Ken")


def test_undo_offers_it_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handle = handles(folder)[USES]
    run(folder, reject=[handle])
    run(folder, undo=[handle])
    assert capsys.readouterr().out.splitlines()[-2:] == ["0 accepted, 0 rejected; 5 wait", "taken back: 1"]
    assert len(gather(folder).applied.new) == 5
    run(folder, undo=[handle])
    assert len(said(folder)) == 2


def test_to_accept_what_was_edited_is_to_stand_by_the_edit(folder: Path) -> None:
    run(folder, accept=[handles(folder)[USES]])
    path = folder / "reviews.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  decision: accept", "  edited: {subject: Ward}\n  decision: edit"), encoding="utf-8")
    run(folder, accept=[handles(folder)[USES]], by="Ken")
    assert [verdict for _, verdict in said(folder)] == ["edit", "edit"]
    (claim,) = [c for c in gather(folder).project.claims if c.predicate == "uses"]
    assert (claim.subject, claim.readers) == ("Ward", ("Aoi", "Ken"))


def test_what_is_no_longer_proposed_can_still_be_rejected(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handle = handles(folder)[USES]
    run(folder, accept=[handle])
    change(folder, "use the camera network", "like the camera network")
    found = gather(folder)
    assert [p.code for p in found.problems if p.code == "reviews-gone"]
    assert [c.predicate for c in found.project.claims if c.asserted and c.method != "curated"] == ["uses"]
    capsys.readouterr()
    run(folder, "diff")
    told = capsys.readouterr().out.splitlines()
    assert told[-1].endswith("1 gone") and [line.count("uses →") for line in told if line.startswith("- ")] == [1]
    run(folder, reject=[handle])
    assert not [c for c in gather(folder).project.claims if c.asserted and c.method != "curated"]


def change(folder: Path, old: str, new: str) -> None:
    """Another text, as its record says too."""
    path = folder / "sources" / "minutes.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    other = text.replace(old, new)
    path.write_text(other, encoding="utf-8")
    record = folder / "sources.yaml"
    told = record.read_text(encoding="utf-8")
    hash = hashlib.sha256(other.encode()).hexdigest()
    told = re.sub(r"sha256: \w+", f"sha256: {hash}", re.sub(r"characters: \d+", f"characters: {len(other)}", told))
    record.write_text(told, encoding="utf-8")


def test_list_stats_and_diff_are_for_people_and_for_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = handles(folder)
    run(folder, accept=[ids[USES]], reject=[ids[GIVES]])
    capsys.readouterr()
    for what in ("list", "stats", "diff"):
        run(folder, what)
        table = capsys.readouterr().out
        run(folder, what, format="json")
        assert json.loads(capsys.readouterr().out) and table.isprintable() is False and len(table.splitlines()) > 3
    run(folder, "list", format="json")
    rows = json.loads(capsys.readouterr().out)
    assert {row["handle"]: row["review"] for row in rows} == {
        handle: "accepted" if name == USES else "rejected" if name == GIVES else "candidate"
        for name, handle in ids.items()
    }
    assert all(row["quote"] in ENGLISH for row in rows)
    run(folder, "stats", format="json")
    rates = {row["rule"]: row for row in json.loads(capsys.readouterr().out)}
    assert rates["uses-en@1"] == {
        "rule": "uses-en@1", "accepted": 1, "edited": 0, "rejected": 0, "waiting": 0, "share": 1.0
    }  # fmt: skip
    assert (rates["provides-data-en@1"]["share"], rates["provides-data-en@1"]["waiting"]) == (0.0, 1)
    assert rates["opposes-en@1"]["share"] is None
    run(folder, "diff", format="json")
    told = json.loads(capsys.readouterr().out)
    assert (len(told["new"]), told["changed"], told["gone"]) == (3, [], [])


RULE = """\
- id: looks-after
  version: {version}
  lang: en
  property: {property}
  verbs: [{verbs}]
  examples:
    - "{{The city|GovernmentBody|S}} cherishes {{the ward|GovernmentBody|O}}."
"""
CHERISHED = "The police cherish the camera network."


def test_decisions_survive_a_new_version_of_a_rule_and_the_diff_tells_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A frame of the project's own: first too wide, then mended and renamed."""
    rule = folder / "rules" / "own.yaml"
    rule.parent.mkdir()
    rule.write_text(RULE.format(version=1, property="promotes", verbs="cherish, oppose"), encoding="utf-8")
    change(folder, "The ward", f"{CHERISHED} The city cherishes the ward. The ward")
    ids = handles(folder)
    wrong, right, other = ids["Ward promotes Net"], ids["Police promotes Net"], ids["City promotes Ward"]
    run(folder, accept=[right], reject=[wrong])
    rule.write_text(RULE.format(version=2, property="promotes", verbs="cherish"), encoding="utf-8")
    capsys.readouterr()
    run(folder, "diff", format="json")
    told = json.loads(capsys.readouterr().out)
    assert [row["handle"] for row in told["gone"]] == [wrong]
    changed = [(row["handle"], row["changes"]) for row in told["changed"]]
    assert changed == [(right, {"rule": ["looks-after@1", "looks-after@2"]})]
    assert other in [row["handle"] for row in told["new"]]
    claims = {c.handle: c.review for c in gather(folder).project.claims}
    assert (claims[wrong], claims[right], claims[other]) == ("rejected", "accepted", "candidate")
    rule.unlink()
    claims = {c.handle: c.review for c in gather(folder).project.claims}
    assert (claims[wrong], claims[right]) == ("rejected", "accepted") and other not in claims


def test_what_is_proposed_otherwise_than_it_was_decided_shows_in_the_diff(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handle = handles(folder)[USES]
    run(folder, reject=[handle])
    path = folder / "reviews.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("uses-en@1", "uses-en@0").replace("stated", "alleged"), encoding="utf-8")
    capsys.readouterr()
    run(folder, "diff")
    told = capsys.readouterr().out
    assert f"~ {handle}" in told and "rule: uses-en@0 → uses-en@1" in told and "stance: alleged → stated" in told
    assert told.splitlines()[-1] == "4 new, 0 unchanged, 1 changed, 0 gone"
    assert not [c for c in gather(folder).project.claims if c.predicate == "uses" and c.asserted]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"shown": ("list", "stats")}, "review-one-thing"),
        ({"shown": ("list",), "verdicts": {"accept": ["X-1234"]}}, "review-one-thing"),
        ({"note": "x"}, "review-loose-note"),
        ({"format": "xml", "shown": ("list",)}, "unknown-format"),
        ({"by": "aoi@example.org", "verdicts": {"accept": ["X-1234"]}}, "review-bad-reviewer"),
        ({"by": "\u202eaoi", "verdicts": {"accept": ["X-1234"]}}, "review-bad-reviewer"),
        ({}, "review-no-terminal"),
    ],
)
def test_a_command_that_was_wrong_says_how_it_is_right(folder: Path, words: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as raised:
        review_command.review(Context(folder), **words)
    assert raised.value.code == code and raised.value.exit_code == 2


def test_who_cannot_see_what_was_decided_cannot_decide(folder: Path) -> None:
    broken = "- claim: [\n  decision: accept\n"
    (folder / "reviews.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(ProjectError):
        run(folder, "list")
    with pytest.raises(ProjectError):
        run(folder, accept=["X-1234"])
    assert (folder / "reviews.yaml").read_text(encoding="utf-8") == broken


# --- who decides


def test_the_reviewer_is_named_or_git_knows_or_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("LOGNAME", "login")
    assert reviewer("  Aoi   M ", tmp_path) == "Aoi M"
    assert reviewer("", tmp_path) == "login"
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "config", "user.name", "Git Name"], check=True)
    assert reviewer("", tmp_path) == "Git Name"
    subprocess.run(["git", "-C", str(tmp_path), "config", "user.name", "a@example.org"], check=True)
    assert reviewer("", tmp_path) == "login"
    monkeypatch.setenv("PATH", "")
    assert reviewer("", tmp_path) == "login"


# --- where it may be written


def test_the_bundled_project_and_an_installed_one_are_not_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    for verdicts in ({"accept": ["X-1234"]}, {}):
        with pytest.raises(UsageError) as raised:
            review_command.review(Context(), (), verdicts)
        assert raised.value.code == "source-bundled" and "-p" in raised.value.message("en")
    (folder.parent / "elsewhere").mkdir()
    monkeypatch.setattr("graph.intake.HOUSE", folder.parent)
    with pytest.raises(UsageError) as raised:
        run(folder, accept=["X-1234"])
    assert raised.value.code == "source-installed" and "sokanzu new" in raised.value.message("en")


def test_a_list_can_be_had_of_a_project_that_cannot_be_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *words: False)
    run(folder, "list")
    assert "X-" in capsys.readouterr().out
    with pytest.raises(UsageError) as raised:
        run(folder, accept=["X-1234"])
    assert raised.value.code == "source-read-only"


def test_a_full_disk_is_one_sentence_and_nothing_is_half_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = handles(folder)
    run(folder, accept=[ids[USES]])
    data = (folder / "reviews.yaml").read_bytes()

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SokanzuError) as raised:
        run(folder, accept=[ids[GIVES], ids[OPPOSES]])
    assert raised.value.code == "review-unwritable" and (folder / "reviews.yaml").read_bytes() == data


def test_a_fault_of_the_screen_ends_it_without_its_insides(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The command says it in one sentence, as of any other fault."""

    def broken(self: Sheet, number: int) -> list[Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(review_command, "_is_terminal", lambda: True)
    monkeypatch.setattr(Sheet, "lines", broken)
    monkeypatch.setattr(ReviewApp, "run", lambda self: App.run(self, headless=True))
    with pytest.raises(ZeroDivisionError):
        run(folder)
    told = capfd.readouterr()
    assert "Traceback" not in told.out + told.err and "broken" not in told.out + told.err


# --- the real command


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "sokanzu", "review", "-p", str(folder), *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


def test_the_real_command_speaks_and_ends_as_it_should(folder: Path) -> None:
    def go(*words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
        call = command(folder, *words)
        call[3:3] = ["--lang", lang]
        return subprocess.run(
            call, env=environment(), cwd=folder.parent, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
        )

    nowhere = go()
    assert (nowhere.returncode, nowhere.stdout) == (2, "") and nowhere.stderr.count("\n") == 1
    assert "terminal" in nowhere.stderr and "端末" in go(lang="ja").stderr
    handle = handles(folder)[USES]
    done = go("--accept", handle, "--by", "Aoi", "--note", "p. 1")
    assert (done.returncode, done.stdout) == (0, "1 accepted, 0 rejected; 4 wait\n")
    assert said(folder) == [("Police uses", "accept")]
    assert handle in go("--list").stdout


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_in_a_terminal_each_decision_survives_a_kill(folder: Path) -> None:
    """The real screen in a pseudo-terminal; killed outright, it goes on where it was."""
    handles(folder)  # into the cache
    assert terminal(folder, ["a", "r"], 2) == ["accept", "reject"]
    assert terminal(folder, ["a"], 3) == ["accept", "reject", "accept"]
    subjects = [subject for subject, _ in said(folder)]
    assert len(set(subjects)) == 3, "each time the next one was asked about"


def terminal(folder: Path, keys: Sequence[str], records: int) -> list[str]:
    """Press keys, wait for so many records, kill -9; the verdicts that are on disk."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        command(folder, "--by", "Aoi"), stdin=slave, stdout=slave, stderr=slave, env=environment(), cwd=folder.parent
    )
    os.close(slave)
    try:
        drain(master, "quit")
        for key in keys:
            wanted = len(verdicts(folder)) + 1
            os.write(master, key.encode())
            until(folder, wanted)
            drain(master, "")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)
    found = verdicts(folder)
    assert len(found) == records
    return found


def verdicts(folder: Path) -> list[str]:
    path = folder / "reviews.yaml"
    return re.findall(r"^  decision: (\w+)\n", path.read_text(encoding="utf-8"), re.M) if path.exists() else []


def drain(master: int, wanted: str) -> None:
    """Read what is drawn until it holds the words, then what is left."""
    seen = ""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        ready, _, _ = select.select([master], [], [], 0.2)
        if ready:
            seen += os.read(master, 65536).decode("utf-8", "replace")
        elif wanted in seen:
            return
    raise AssertionError(seen[-2000:])


def until(folder: Path, records: int) -> None:
    """Wait until so many decisions are in the file."""
    ends = time.monotonic() + 60
    while len(verdicts(folder)) < records:
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_verdicts_have_words_on_the_command_line() -> None:
    assert {"accept", "reject", "undo"} < set(Verdict)
