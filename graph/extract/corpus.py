"""Many documents, by several processes, resumable: one line of JSON a candidate.

In: files and folders, a project. Out: rows in the order of the files, appended to the file of results as soon as a
document is done, and a journal beside it (OUT.progress) that says how far it got. A document that fails is reported
and skipped, never the run; a process that dies takes one document with it. Threads crash the parser: processes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import Problem, SokanzuError, UsageError, Where
from ..model import Project, Source, When
from .cache import engine
from .flow import Candidate, Document
from .parse import available
from .written import Row, as_line, row

if TYPE_CHECKING:
    from .llm.ask import LlmResult
    from .llm.http import Endpoint

READS = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")
Seen = Callable[[int, int], None]
AHEAD = 4  # documents a process has in hand, so that none waits and memory stays flat


@dataclass(frozen=True)
class Task:
    """What the processes need to know."""

    project: Project
    rules: tuple[str, ...]
    date: When | None = None
    dates: tuple[tuple[str, str], ...] = ()  # by document
    llm: Endpoint | None = None  # asked beside the rules
    llm_only: bool = False


@dataclass(frozen=True)
class Done:
    """One document: its rows, or why it was left out."""

    name: str
    rows: tuple[Row, ...] = ()
    error: SokanzuError | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    characters: int = 0
    llm: LlmResult | None = None  # its numbers
    sha256: str = ""  # of the file


@dataclass
class Ran:
    """What a run did."""

    documents: int = 0
    resumed: int = 0
    candidates: int = 0
    characters: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    failed: list[Done] = field(default_factory=list)
    llm: LlmResult | None = None


def files(named: Iterable[Path]) -> list[Path]:
    """The files that were named, and those of a kind that can be read in folders that were. Raises UsageError."""
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in READS and p.is_file())
            found |= dict.fromkeys(p for p in inside if not any(part.startswith(".") for part in p.parts))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError("no-such-document", file=path)
    return list(found)


def extract_files(
    paths: Sequence[Path], task: Task, jobs: int = 1, seen: Seen = lambda done, all: None
) -> Iterator[Done]:
    """Each file's rows, in the order given. `seen` is told how many of how many are done."""
    work = _alone(paths, task) if jobs < 2 or len(paths) < 2 else _together(paths, task, jobs)
    for number, done in enumerate(work, 1):
        yield done
        seen(number, len(paths))


class Journal:
    """Results that survive being killed: what is in the journal is whole in the file of results."""

    def __init__(self, out: Path, key: str) -> None:
        self.out, self.key = out, key
        self.path = out.with_name(out.name + ".progress")

    def resume(self) -> set[str]:
        """The documents that are done already. Both files are cut to what these gave.

        The first document that has changed since, and all after it, are to be done again.
        """
        head, *lines = self._lines() or [{}]
        done: dict[str, int] = {}
        end = 0
        if head == {"key": self.key}:
            size = self.out.stat().st_size if self.out.is_file() else 0
            for line in lines:
                name, upto = str(line.get("document")), line.get("end")
                if not isinstance(upto, int) or not end <= upto <= size or line.get("sha256") != _sha256(name):
                    break
                done[name] = end = upto
        kept = [{"key": self.key}, *lines[: len(done)]]
        self.path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), encoding="utf-8")
        self.out.touch()
        os.truncate(self.out, end)
        return set(done)

    def _lines(self) -> list[dict[str, Any]]:
        """The whole lines; one that was cut off is none."""
        try:
            lines = [json.loads(line) for line in self.path.read_bytes().split(b"\n")[:-1]]
        except (OSError, ValueError):
            return []
        return lines if all(isinstance(line, dict) for line in lines) else []

    def add(self, stream: IO[bytes], journal: IO[str], done: Done) -> None:
        """Write a document's rows, then that it is done."""
        stream.write("".join(map(as_line, done.rows)).encode())
        stream.flush()
        if done.error is None:  # what failed is tried again
            whole = done.llm is None or done.llm.complete  # else it is asked again, and so is what comes after it
            line = {"document": done.name, "sha256": done.sha256 if whole else None, "end": stream.tell()}
            journal.write(json.dumps(line, ensure_ascii=False) + "\n")
            journal.flush()

    def finish(self) -> None:
        """All is there: the journal has done its work."""
        self.path.unlink(missing_ok=True)


def _sha256(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def run_to_file(paths: Sequence[Path], task: Task, out: Path, jobs: int, seen: Seen) -> Ran:
    """Extract into a file of JSON Lines; begun anew where it was cut off. Raises UsageError where it cannot write."""
    ran = Ran()
    journal = Journal(out, run_key(task))
    try:
        before = journal.resume()
        left = [path for path in paths if str(path) not in before]
        ran.resumed = len(paths) - len(left)
        with out.open("ab") as stream, journal.path.open("a", encoding="utf-8") as notes:
            for done in extract_files(left, task, jobs, lambda n, _: seen(n + ran.resumed, len(paths))):
                journal.add(stream, notes, done)
                count(ran, done)
    except OSError as error:
        raise UsageError("cannot-write", out=out, why=error.strerror or str(error)) from None
    journal.finish()
    return ran


def count(ran: Ran, done: Done) -> None:
    """Add a document to what a run did."""
    ran.documents += 1
    ran.candidates += len(done.rows)
    ran.characters += done.characters
    ran.left_out.update(dict(done.left_out))
    if done.error:
        ran.failed.append(done)
    if done.llm and ran.llm:
        ran.llm.add(done.llm)
    else:
        ran.llm = ran.llm or done.llm


def run_key(task: Task) -> str:
    """What a result depends on besides its document: what extracts, the project, rules, dates, the model asked."""
    rules = [(Path(path).name, hashlib.sha256(Path(path).read_bytes()).hexdigest()) for path in task.rules]
    project = (task.project.entities, task.project.sources, task.project.base, task.project.languages)
    model = (task.llm.url, task.llm.model, task.llm_only) if task.llm else None
    told = repr((engine(), available(), project, rules, task.date, task.dates, model))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _alone(paths: Sequence[Path], task: Task) -> Iterator[Done]:
    worker = _Worker(task)
    return (worker.extract(str(path)) for path in paths)


def _together(paths: Sequence[Path], task: Task, jobs: int) -> Iterator[Done]:
    """In order, with a bounded number of documents in hand. A pool that broke is made anew."""
    todo = deque(map(str, paths))
    while todo:
        hand: deque[tuple[str, Future[Done]]] = deque()
        with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,)) as pool:
            try:
                while todo or hand:
                    while todo and len(hand) < jobs * AHEAD:
                        hand.append((todo[0], pool.submit(_extract, todo[0])))
                        todo.popleft()
                    name, future = hand[0]
                    yield future.result()
                    hand.popleft()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
        # One of those in hand killed its process: each gets a process of its own, and the one that kills it is named.
        for name, _ in hand:
            with ProcessPoolExecutor(1, get_context("spawn"), _begin, (task,)) as pool:
                try:
                    yield pool.submit(_extract, name).result()
                except BrokenProcessPool:
                    yield Done(name, error=SokanzuError("document-killed", file=name))


class _Worker:
    """One process: reads the frames and loads the parser once."""

    def __init__(self, task: Task) -> None:
        from .pipeline import Extractor

        self.task = task
        self.extractor = Extractor(task.project, [Path(path) for path in task.rules])
        self.dates = dict(task.dates)
        self.sources = {source.sha256: source for source in task.project.sources if source.sha256}
        self.chat: Any = None
        if task.llm:
            from .llm.http import Chat

            self.chat = Chat(task.llm)

    def extract(self, path: str) -> Done:
        try:
            return self.rows(path)
        except SokanzuError as error:
            return Done(path, error=error)
        except MemoryError:
            return Done(path, error=SokanzuError("document-memory", file=path))
        except Exception as error:  # a document that we cannot cope with must not end the run; it is told by name
            why = f"{type(error).__name__}: {error}"
            return Done(path, error=SokanzuError("document-failed", file=path, why=why))

    def rows(self, path: str) -> Done:
        from .reading.text import load

        sha256 = _sha256(path)
        document = load(Path(path))
        source = self.sources.get(hashlib.sha256(document.text.encode(errors="surrogatepass")).hexdigest())
        date = self.dates.get(document.name) or self.dates.get(Path(path).name)
        when = When.parse(date) if date else self.task.date
        named = replace(document, name=path, date=when or document.date)
        if source and when:
            source = replace(source, date=when)
        told = self.extractor.extract(named, source)
        found: list[Candidate] = told.candidates
        asked = self.asked(named, source) if self.task.llm else None
        if asked:
            both = asked.beside(found, self.task.project.claims)
            found, asked = asked.candidates if self.task.llm_only else both, asked.tally()
        rows = tuple(row(candidate, self.task.project) for candidate in found)
        return Done(path, rows, None, tuple(told.left_out.items()), len(document.text), asked, sha256)

    def asked(self, document: Document, source: Source | None) -> LlmResult:
        """What the language model proposes; whatever it does, the rules' results stay."""
        from .llm.ask import LlmResult, propose

        endpoint = self.chat.endpoint
        try:
            return propose(document, self.task.project, self.extractor.names, endpoint, source, self.chat)
        except SokanzuError:
            raise
        except Exception as error:
            words = {"why": f"{type(error).__name__}: {error}"}
            return LlmResult(problems=[Problem("llm-broke", Where(document.name), words)])


_worker: Any = None


def _begin(task: Task) -> None:
    global _worker
    _worker = _Worker(task)


def _extract(path: str) -> Done:
    done: Done = _worker.extract(path)
    return done
