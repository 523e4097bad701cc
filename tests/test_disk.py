"""What a disk can do to a build: whatever happens, what was built before still answers, and the next build is clean."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.errors import ProjectError, StoreError, StoreLocked, StoreMissing
from graph.store import current, write_file, writing
from tests.bad_cases import FILES, A

HOUSE = Path(__file__).resolve().parent.parent
OLD, NEW = 5, 6  # claims, before and after `grow`
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that was built, in its own build/."""
    folder = tmp_path / "project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, folder / "build", charts=False)
    return folder


def claims(folder: Path) -> int:
    """How many claims the store knows, which must answer."""
    store = current(folder / "build").open()
    return len(list(store.query("SELECT ?c { GRAPH ?g { ?c a <https://w3id.org/sokanzu/ns#Claim> } }")))  # type: ignore[arg-type]


def grow(folder: Path) -> None:
    """Add a claim, so that the next generation differs from this one."""
    added = FILES[A].partition("  - id: C3")[2].replace("place: p. 3", "place: p. 4").replace("    basedOn: [C2]\n", "")
    (folder / A).write_text(f"{FILES[A]}  - id: C4{added}", encoding="utf-8")


def litter(folder: Path) -> list[str]:
    """What lies in build/ and should not."""
    out = folder / "build"
    known = {"graph.ttl", "chart.html", "network.html", "store"}
    generations = [path for path in (out / "store").iterdir() if path.is_dir()]
    loose = [path.name for path in out.iterdir() if path.name not in known]
    loose += [
        path.name
        for path in (out / "store").iterdir()
        if path.name not in ("CURRENT", "LOCK") and path not in generations
    ]
    return loose + [path.name for path in generations[2:]]  # the one that answers, and the one before it


def sokanzu(folder: Path, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """The real command, in the project's folder; `before` is Python that runs ahead of it."""
    code = f"{textwrap.dedent(before)}\nimport sokanzu; sokanzu.main()"
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def one_sentence(done: subprocess.CompletedProcess[str], code: int, says: str) -> None:
    assert done.returncode == code and says in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert "should not" not in done.stderr, "an error that nobody thought of"


# --- no room, no right


@pytest.mark.parametrize("taken", ["", "store", "store/LOCK", "store/CURRENT"])
def test_something_else_stands_where_the_store_should(taken: str, folder: Path) -> None:
    out = folder / "elsewhere"
    if taken.endswith(("LOCK", "CURRENT")):
        (out / taken).mkdir(parents=True)
    else:
        (out / taken).parent.mkdir(parents=True, exist_ok=True)
        (out / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError) as error:
        build(folder, out, charts=False)
    assert error.value.code == "cannot-write" and error.value.message("ja") and str(out) in error.value.message("en")
    assert (out / taken).is_dir() or (out / taken).read_text(encoding="utf-8") == "mine"


def test_a_folder_stands_where_the_turtle_should(folder: Path) -> None:
    """The last step fails: the new generation is complete by then, and must not be taken away again."""
    grow(folder)
    (folder / "build" / "graph.ttl").unlink()
    (folder / "build" / "graph.ttl").mkdir()
    with pytest.raises(StoreError):
        build(folder, folder / "build", charts=False)
    assert claims(folder) in (OLD, NEW) and litter(folder) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no /proc here")
def test_a_folder_that_nobody_can_write_to(folder: Path) -> None:
    done = sokanzu(folder, "build", "-o", "/proc/sokanzu")
    one_sentence(done, 1, "/proc/sokanzu cannot be written")
    assert done.stdout == "" and claims(folder) == OLD


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind nobody who is root")
def test_a_read_only_folder(folder: Path) -> None:
    grow(folder)
    for path in (folder / "build" / "store", folder / "build"):
        path.chmod(0o500)
    try:
        one_sentence(sokanzu(folder, "build"), 1, "cannot be written")
        assert claims(folder) == OLD
    finally:
        for path in (folder / "build", folder / "build" / "store"):
            path.chmod(0o700)


FULL = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""


@POSIX
@pytest.mark.parametrize("size", [0, 3_000, 70_000, 150_000])
def test_a_full_disk(size: int, folder: Path) -> None:
    """No file may grow beyond a size: the engine, the index of names or a page fails, each in its turn."""
    grow(folder)
    turtle = (folder / "build" / "graph.ttl").read_bytes()
    one_sentence(sokanzu(folder, "build", before=FULL.format(size=size)), 1, "cannot be written")
    assert claims(folder) == OLD and litter(folder) == []
    assert (folder / "build" / "graph.ttl").read_bytes() == turtle
    build(folder, folder / "build", charts=False)
    assert claims(folder) == NEW and litter(folder) == []


WRITES = ("mkdir", "fsync", "replace")


def failing(monkeypatch: pytest.MonkeyPatch, number: int) -> list[str]:
    """From now on the disk is full at its n-th write; the list fills with the calls."""
    calls: list[str] = []

    def fail(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) == number:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return function(*given, **more)

        return call

    for name in WRITES:
        monkeypatch.setattr(os, name, fail(name, getattr(os, name)))
    return calls


def test_whichever_write_fails_something_whole_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for number in range(1, 100):
        grow(folder)
        before = claims(folder)
        with monkeypatch.context() as patch:
            calls = failing(patch, number)
            try:
                build(folder, folder / "build", charts=False)
            except StoreError as error:
                assert error.code in ("cannot-write", "names-unwritable") and error.message("ja")
            if len(calls) < number:
                break
        assert claims(folder) in (before, NEW) and litter(folder) == [], calls
        seen.add(calls[number - 1])
    assert seen == set(WRITES) and claims(folder) == NEW


# --- two at once


def test_a_second_build_is_told_to_wait_and_the_first_finishes(folder: Path) -> None:
    grow(folder)
    with writing(folder / "build"):
        second = sokanzu(folder, "build")
        one_sentence(second, 1, "another build is writing to build")
        with pytest.raises(StoreLocked):
            build(folder, folder / "build", charts=False)
        assert claims(folder) == OLD
    build(folder, folder / "build", charts=False)
    assert claims(folder) == NEW and litter(folder) == []


def test_real_builds_at_once(folder: Path) -> None:
    grow(folder)
    code = "from graph.build import build; build('.', 'build', charts=False)"
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    command = [sys.executable, "-c", code]
    running = [
        subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(3)
    ]
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in running]
    assert any(code == 0 for _, code in ends)
    assert all(code == 0 or "StoreLocked" in said for said, code in ends), ends
    assert claims(folder) == NEW and litter(folder) == []


def test_whoever_reads_is_not_disturbed_by_a_build(folder: Path) -> None:
    store = current(folder / "build").open()
    grow(folder)
    build(folder, folder / "build", charts=False)
    assert len(store) > 0 and len(list(store.quads_for_pattern(None, None, None, None))) == len(store)
    assert claims(folder) == NEW


# --- killed


KILLED = """
    import os, signal
    seen = 0
    def deadly(function):
        def call(*given, **more):
            global seen
            seen += 1
            if seen == {number}:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*given, **more)
        return call
    for name in {names}:
        setattr(os, name, deadly(getattr(os, name)))
    from pathlib import Path
    from graph.build import build
    build(Path("."), Path("build"), charts=False)
    raise SystemExit
"""


@POSIX
def test_a_build_killed_at_any_write_leaves_something_whole(folder: Path) -> None:
    moments = 0
    for number in range(1, 100):
        grow(folder)
        before = claims(folder)
        done = sokanzu(folder, before=KILLED.format(number=number, names=WRITES))
        assert claims(folder) in (before, NEW)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        moments += 1
    assert moments > 5 and claims(folder) == NEW and litter(folder) == []


@POSIX
def test_the_real_command_killed_at_some_moments(folder: Path) -> None:
    grow(folder)
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    for wait in (0.2, 0.5, 0.8):
        running = subprocess.Popen(
            [sys.executable, "-m", "sokanzu", "build"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
        )
        time.sleep(wait)
        running.kill()
        running.wait()
        assert claims(folder) in (OLD, NEW)
    done = sokanzu(folder, "build")
    assert done.returncode == 0 and claims(folder) == NEW and litter(folder) == []


def test_an_interrupted_build_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(folder)

    def interrupted(*given: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("graph.build.write_index", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build(folder, folder / "build", charts=False)
    assert claims(folder) == OLD and litter(folder) == []


# --- what others did to the folder


SPOILT = [
    b"",
    b"\n",
    b"\xff\xfe\x00",
    b"../..",
    b"..",
    b".",
    b"store",
    b"generation-00000000",
    b"x" * 5000,
    b"a\0b",
    b"/etc",
]


@pytest.mark.parametrize("content", SPOILT)
def test_a_spoilt_name_of_the_generation(content: bytes, folder: Path) -> None:
    (folder / "build" / "store" / "CURRENT").write_bytes(content)
    with pytest.raises(StoreMissing):
        current(folder / "build")
    build(folder, folder / "build", charts=False)
    assert claims(folder) == OLD and litter(folder) == []


@pytest.mark.parametrize("lost", ["store", "store/CURRENT", ""])
def test_a_question_builds_what_was_deleted(lost: str, folder: Path) -> None:
    path = folder / "build" / lost
    path.unlink() if path.is_file() else shutil.rmtree(path)
    done = sokanzu(folder, "query", "-f", "csv", "SELECT (COUNT(*) AS ?n) { ?c a sk:Claim }")
    assert done.returncode == 0 and done.stdout.split() == ["n", "5"], done.stderr
    one_sentence(done, 0, "nothing was built in build yet")


META = [b"", b"{", b"[]", b"null", b"{}", b'{"folder": 1}', b"\xff", b"[" * 100_000]


@pytest.mark.parametrize("content", META, ids=range(len(META)))
def test_a_spoilt_description_of_the_store(content: bytes, folder: Path) -> None:
    (current(folder / "build").path / "meta.json").write_bytes(content)
    with pytest.raises(StoreError) as error:
        assert current(folder / "build").meta
    assert error.value.code == "store-unreadable" and len(error.value.message("ja")) < 400
    build(folder, folder / "build", charts=False)
    assert current(folder / "build").meta["folder"] == str(folder.resolve())


@pytest.mark.parametrize("how", ["gone", "emptied", "garbage", "cut", "tables"])
def test_a_spoilt_store(how: str, folder: Path) -> None:
    triples = current(folder / "build").path / "db"
    for path in triples.iterdir():
        if path.is_file() and how in ("garbage", "cut"):
            path.write_bytes(b"garbage" * 50 if how == "garbage" else path.read_bytes()[:20])
        elif path.suffix == ".sst" and how == "tables":  # the rest stays, so that it opens
            data = path.read_bytes()
            path.write_bytes(b"\xff" * (len(data) // 2) + data[len(data) // 2 :])
    if how in ("gone", "emptied"):
        shutil.rmtree(triples)
    if how == "emptied":
        triples.mkdir()
    one_sentence(sokanzu(folder, "query", "SELECT ?s { ?s a sk:Claim }"), 1, "cannot be read")
    build(folder, folder / "build", charts=False)
    assert claims(folder) == OLD


def test_another_projects_folder_is_not_mistaken_for_ours(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    shutil.rmtree(other / "build")
    shutil.copytree(folder / "build", other / "build")
    done = sokanzu(other, "query", "SELECT ?s { ?s a sk:Claim }")
    one_sentence(done, 2, f"build was built from {folder.resolve()}, not from")
    build(other, other / "build", charts=False)
    assert sokanzu(other, "query", "SELECT ?s { ?s a sk:Claim }").returncode == 0


def test_what_is_not_ours_is_left_alone(folder: Path) -> None:
    """Someone may name any folder with -o, and may keep things in it."""
    mine = ["store/mine/letter.txt", "store/generation-of-1968/letter.txt", "store/letter.txt", "letter.txt", ".x.part"]
    for name in mine:
        (folder / "build" / name).parent.mkdir(exist_ok=True)
        (folder / "build" / name).write_text("dear", encoding="utf-8")
    for _ in range(3):
        build(folder, folder / "build", charts=False)
    assert all((folder / "build" / name).read_text(encoding="utf-8") == "dear" for name in mine)


# --- is it still true?


def test_an_answer_from_before_a_change_says_so(folder: Path) -> None:
    question = ("query", "-f", "csv", "SELECT (COUNT(*) AS ?n) { ?c a sk:Claim }")
    assert sokanzu(folder, *question).stderr == ""
    grow(folder)
    done = sokanzu(folder, *question)
    assert done.stdout.split() == ["n", str(OLD)]
    one_sentence(done, 0, "has changed since build was built")
    build(folder, folder / "build", charts=False)
    done = sokanzu(folder, *question)
    assert done.stdout.split() == ["n", str(NEW)] and done.stderr == ""


def test_a_change_made_during_a_build_is_seen(folder: Path) -> None:
    build(folder, folder / "build", progress=lambda stage: grow(folder) if stage == "write" else None, charts=False)
    assert claims(folder) == OLD
    assert "has changed" in sokanzu(folder, "query", "SELECT ?s { ?s a sk:Claim }").stderr


def test_a_project_with_errors_writes_nothing(folder: Path) -> None:
    (folder / A).write_text("claims: [", encoding="utf-8")
    before = sorted(path.stat().st_mtime_ns for path in (folder / "build").rglob("*"))
    with pytest.raises(ProjectError):
        build(folder, folder / "build", charts=False)
    assert sorted(path.stat().st_mtime_ns for path in (folder / "build").rglob("*")) == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "graph.ttl"
    write_file(target, "old")
    failing(monkeypatch, 1)
    with pytest.raises(OSError, match="space"):
        write_file(target, "new")
    assert target.read_text(encoding="utf-8") == "old" and [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    write_file(target, "new")
    assert target.read_text(encoding="utf-8") == "new"
