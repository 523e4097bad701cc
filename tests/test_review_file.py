"""The file of decisions as bytes: killed at any byte, two writers, a full disk, a hand in it. Nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import review_file
from graph.decisions import Decision, Reviews, decide, read_reviews
from graph.errors import Problem, SokanzuError
from graph.reading import Fields, Items, Text, Tree, parse_yaml
from graph.review_file import HEAD, Appender, Verdict, as_text, divide
from tests.review_case import ALL, GIVES, KEEPS, PROJECT, USES

HOUSE = Path(__file__).resolve().parent.parent


def made(candidate: Any = GIVES, verdict: Verdict = Verdict.accept, **more: Any) -> Decision:
    return decide(candidate, verdict, PROJECT, reviewer="Aoi", **more)


def read(path: Path) -> list[Decision]:
    """The decisions; nothing may be wrong with the file but a last record that was cut off."""
    decisions, problems = read_reviews(path, PROJECT)
    assert {p.code for p in problems} <= {"review-torn"}, [p.line() for p in problems]
    return decisions


def plain(tree: Tree | None) -> Any:
    if isinstance(tree, Text):
        return tree.text
    if isinstance(tree, Items):
        return [plain(item) for item in tree.items]
    assert isinstance(tree, Fields)
    return {key: plain(value) for key, value in tree.fields.items()}


# --- one record


texts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(
    st.lists(st.dictionaries(st.sampled_from(["note", "cue", "b"]), texts | st.lists(texts, max_size=2), min_size=1))
)
def test_whatever_is_written_is_read_and_every_record_is_told_from_the_next(records: list[dict[str, Any]]) -> None:
    """A note that looks like a record's end, a line mark, a quotation mark: all stay inside their own record."""
    whole = [{"claim": "0" * 16, **record, "decision": "accept"} for record in records]
    text = "".join(map(as_text, whole))
    problems: list[Problem] = []
    found = parse_yaml(text, "reviews.yaml", problems)
    assert not problems
    assert (plain(found) if found else []) == whole
    assert divide(text.encode()) == (text.encode(), b"")


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029", "\x0b", "\ufeff", "\u200b"])
def test_a_line_mark_in_a_note_does_not_make_the_file_unreadable(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made(note=f"a{mark}b"))
    assert [d.verdict for d in read(path)] == [Verdict.accept]


def test_what_no_file_may_hold_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made(note="a\x07\ud800b\x1b[2J"))
    assert read(path)[0].note == "a\ufffd\ufffdb\ufffd[2J"


# --- a writer that is killed


def test_cut_at_every_byte_nothing_but_the_last_record_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made(GIVES, note="市は…: 'x'"))
    Reviews(path).add(made(USES, Verdict.reject))
    before = len(path.read_bytes())
    Reviews(path).add(
        made(KEEPS, changes={"stance": "alleged"}, note="渡していない\n- claim: ffff\n  decision: accept\n")
    )
    data = path.read_bytes()
    verdicts = [Verdict.accept, Verdict.reject, Verdict.edit]
    for cut in range(before, len(data) + 1):
        path.write_bytes(data[:cut])
        left = [d.verdict for d in read(path)]
        assert left in (verdicts[:2], verdicts), (cut, left)
        Reviews(path).add(made(ALL[1], Verdict.reject))
        again = read(path)
        assert [d.verdict for d in again] == [*left, Verdict.reject], cut
        assert path.read_bytes().startswith(data[:before])
    assert left == verdicts, "with its last line all of it is there"


def test_cut_within_the_first_bytes_of_all(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    data = path.read_bytes()
    for cut in range(len(data)):
        path.write_bytes(data[:cut])
        Reviews(path).add(made(USES))
        assert read(path)[-1].claim is not None and read(path)[-1].claim.subject == "Police", cut  # type: ignore[union-attr]


def test_what_was_cut_off_is_kept_as_a_comment_and_a_power_cut_leaves_no_zeros(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    with path.open("ab") as file:
        file.write("- claim: 0123\n  note: 半分".encode() + b"\xe5\x88" + b"\0" * 700)
    Reviews(path).add(made(USES))
    text = path.read_text(encoding="utf-8")
    assert "# cut off:\n# - claim: 0123\n#   note: 半分" in text and "\0" not in text
    assert len(read(path)) == 2


def test_zeros_behind_a_whole_record_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    data = path.read_bytes()
    path.write_bytes(data + b"\0" * 700)
    assert len(read(path)) == 1
    Reviews(path).add(made(USES))
    assert path.read_bytes().startswith(data) and b"\0" not in path.read_bytes() and len(read(path)) == 2


def test_a_writer_goes_on_where_it_stopped_itself(tmp_path: Path) -> None:
    """The file is read through once a session, not at every decision."""
    path = tmp_path / "reviews.yaml"
    reviews = Reviews(path)
    reviews.add(made())
    seen: list[int] = []
    reviews.file._mended = lambda number, size: seen.append(size) or (size, b"")  # type: ignore[method-assign,func-returns-value]
    reviews.add(made(USES))
    assert seen == [] and len(read(path)) == 2


def test_decisions_of_one_call_are_all_there_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    data = path.read_bytes()
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(SokanzuError) as raised:
        Reviews(path).add(made(USES), made(KEEPS, Verdict.reject))
    monkeypatch.undo()
    assert raised.value.code == "review-unwritable" and path.read_bytes() == data
    Reviews(path).add(made(USES), made(KEEPS, Verdict.reject))
    assert [d.verdict for d in read(path)] == [Verdict.accept, Verdict.accept, Verdict.reject]


def _no_space(number: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_device_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    path.symlink_to("/dev/full")
    appender = Appender(path)
    appender.end = 0
    with pytest.raises(SokanzuError) as raised:
        appender.add({"claim": "0" * 16, "decision": "accept"})
    assert raised.value.code == "review-unwritable" and "No space left" in raised.value.message("en")
    assert "{" not in raised.value.message("ja")


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_disk_that_fills_in_the_middle_of_a_record_keeps_what_was_there(tmp_path: Path) -> None:
    """A real limit on the size of files: the kernel takes a part of the record and refuses the rest."""
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    data = path.read_bytes()
    code = f"""
    import resource, signal, sys
    from pathlib import Path
    from graph.decisions import Reviews
    from graph.errors import SokanzuError
    from tests.test_review_file import made, USES
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({len(data) + 50}, {len(data) + 50}))
    try:
        Reviews(Path(sys.argv[1])).add(made(USES))
    except SokanzuError as error:
        print(error.code)
    """
    assert python(code, str(path)).stdout.strip() == "review-unwritable"
    assert path.read_bytes() == data


def python(code: str, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "PYTHONPATH": str(HOUSE)}
    call = [sys.executable, "-c", textwrap.dedent(code), *words]
    return subprocess.run(call, env=known, capture_output=True, encoding="utf-8", timeout=60, check=True, **more)


# --- two writers


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    code = """
    import sys
    from pathlib import Path
    from graph.decisions import Reviews
    from tests.test_review_file import made
    reviews = Reviews(Path(sys.argv[1]))
    for n in range(40):
        reviews.add(made(note=f"{sys.argv[2]} {n}"))
    """
    known = {**os.environ, "PYTHONPATH": str(HOUSE)}
    call = [sys.executable, "-c", textwrap.dedent(code), str(path)]
    both = [subprocess.Popen([*call, name], env=known) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    notes = [d.note for d in read(path)]
    for name in "ab":
        assert [note for note in notes if note[0] == name] == [f"{name} {n}" for n in range(40)]
    assert path.read_text(encoding="utf-8").count(HEAD) == 1


def test_a_writer_that_does_not_end_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_file, "LOCK_SECONDS", 0)
    path = tmp_path / "reviews.yaml"
    with review_file.locked(path), pytest.raises(SokanzuError) as raised:
        Reviews(path).add(made())
    assert raised.value.code == "file-locked" and not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_outright_while_writing_on_and_on(tmp_path: Path) -> None:
    """What the writer had reported as written is there after kill -9."""
    path = tmp_path / "reviews.yaml"
    code = """
    import sys
    from pathlib import Path
    from graph.decisions import Reviews
    from tests.test_review_file import made
    reviews = Reviews(Path(sys.argv[1]))
    for n in range(100000):
        reviews.add(made(note=str(n)))
        print(n, flush=True)
    """
    known = {**os.environ, "PYTHONPATH": str(HOUSE)}
    call = [sys.executable, "-c", textwrap.dedent(code), str(path)]
    with subprocess.Popen(call, env=known, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        for line in process.stdout:
            if int(line) >= 25:
                break
        process.kill()
        told = [int(line), *map(int, process.stdout.read().split())]
    notes = [d.note for d in read(path)]
    assert notes[: told[-1] + 1] == [str(n) for n in range(told[-1] + 1)] and len(notes) <= told[-1] + 2
    Reviews(path).add(made(USES, Verdict.reject))
    assert len(read(path)) == len(notes) + 1


# --- a hand in the file


HAND = [
    ("no end of line", lambda text: text.rstrip("\n")),
    ("a comment at the end", lambda text: text + "# mine\n\n"),
    ("Windows", lambda text: text.replace("\n", "\r\n")),
    ("a mark of its encoding", lambda text: "\ufeff" + text),
    ("one line", lambda text: text + "- {claim: '0123456789abcdef', decision: undo}\n"),
    ("a wider margin", lambda text: text.replace("\n  ", "\n    ").replace("\n- ", "\n-   ")),
    ("a beginning", lambda text: "---\n" + text),
    (
        "another order",
        lambda text: text.replace("  decision: accept\n", "").replace("- claim", "- decision: accept\n  claim"),
    ),
]


@pytest.mark.parametrize(("how", "hand"), HAND, ids=[how for how, _ in HAND])
def test_what_a_person_does_to_the_file_is_kept(tmp_path: Path, how: str, hand: Any) -> None:
    path = tmp_path / "reviews.yaml"
    Reviews(path).add(made())
    path.write_bytes(hand(path.read_text(encoding="utf-8")).encode())
    before = read(path)
    data = path.read_bytes()
    assert before and before[0].verdict is Verdict.accept
    Reviews(path).add(made(USES, Verdict.reject))
    assert path.read_bytes().startswith(data)
    assert [d.verdict for d in read(path)] == [*(d.verdict for d in before), Verdict.reject]


@pytest.mark.parametrize(
    "text",
    [
        "  - claim: '0123456789abcdef'\n    decision: undo\n",
        "reviews:\n- claim: a\n",
        "[]\n",
        "- {claim: a}\n...\n",
        "- {claim: a}\n]\n",
    ],
)
def test_a_list_that_cannot_be_added_to_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reviews.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SokanzuError) as raised:
        Reviews(path).add(made())
    assert raised.value.code == "review-no-list" and path.read_text(encoding="utf-8") == text
    assert raised.value.message("ja") and "reviews.yaml" in raised.value.message("en")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "\0\0\0"])
def test_an_empty_file_is_begun(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reviews.yaml"
    path.write_text(text, encoding="utf-8")
    Reviews(path).add(made())
    assert len(read(path)) == 1


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    path = tmp_path / "reviews.yaml"
    path.mkdir()
    with pytest.raises(SokanzuError) as raised:
        Reviews(path).add(made())
    assert raised.value.code == "review-unwritable"
    shutil.rmtree(path)
