"""extract: candidates of documents, to read, to review, or to score against what a person annotated."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import ProjectError, Severity, UsageError
from ..model import Project, When
from ..project import read_project
from ..reading import shown
from .context import Context

if TYPE_CHECKING:
    from ..extract.corpus import Ran, Seen, Task
    from ..extract.llm.ask import LlmResult
    from ..extract.llm.http import Endpoint

FORMATS = ("yaml", "jsonl")


def extract(
    context: Context,
    named: Sequence[Path],
    out: Path | None = None,
    format: str = "",
    suggest: bool = False,
    gold: Path | None = None,
    date: str = "",
    jobs: int = 1,
    llm: str = "",
    llm_model: str = "",
    llm_seconds: float = 0,
    llm_only: bool = False,
) -> int:
    """Extract from files and folders. Raises UsageError on a wrong option, ProjectError on a project with errors."""
    from ..extract.corpus import Task, files

    chosen = format or ("jsonl" if out and out.suffix == ".jsonl" else "yaml")
    if chosen not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if jobs < 1:
        raise UsageError("no-jobs", jobs=jobs)
    endpoint = _endpoint(llm, llm_model, llm_seconds)
    if llm_only and not endpoint:
        raise UsageError("llm-alone")
    if endpoint and suggest:
        raise UsageError("llm-no-entities")
    paths = files(named)
    if not paths:
        raise UsageError("no-documents", files=", ".join(map(str, named)))
    project = _project(context)
    if suggest:
        return _suggest(context, paths, project, out)
    task = Task(project, _rules(project), _date(date), llm=endpoint, llm_only=llm_only)
    if gold:
        return _score(context, paths, task, gold, jobs, out)
    if out and chosen == "jsonl":
        return _to_file(context, paths, task, out, jobs)
    return _to_stream(context, paths, task, out, chosen, jobs)


def _project(context: Context) -> Project:
    project, problems = read_project(context.folder)
    errors = [p for p in problems if p.severity is Severity.error]
    if errors:
        raise ProjectError(errors)
    return project


def _rules(project: Project) -> tuple[str, ...]:
    """The frames' files, read once here so that a mistake in one is told before the work begins."""
    from ..extract.pipeline import Extractor

    extractor = Extractor(project)
    _ = extractor.frames
    if extractor.problems:
        raise ProjectError(extractor.problems)
    return tuple(map(str, extractor.files))


def _endpoint(url: str, model: str, seconds: float) -> Endpoint | None:
    """The language model to ask besides, if the user named one; what is missing for that is told before the work."""
    if not url:
        if model:
            raise UsageError("llm-model-alone", model=model)
        return None
    from ..extract.llm.ask import ready
    from ..extract.llm.http import SECONDS, endpoint

    ready()
    return endpoint(url, model, seconds or SECONDS)


def _date(text: str) -> When | None:
    if not text:
        return None
    try:
        return When.parse(text)
    except ValueError:
        raise UsageError("bad-date-option", text=text) from None


def _to_file(context: Context, paths: Sequence[Path], task: Task, out: Path, jobs: int) -> int:
    from ..extract.corpus import run_to_file

    with _progress(context) as seen:
        ran = run_to_file(paths, task, out, jobs, seen)
    return _told(context, ran, str(out), task.llm)


def _to_stream(context: Context, paths: Sequence[Path], task: Task, out: Path | None, format: str, jobs: int) -> int:
    from ..extract.corpus import Ran, count, extract_files
    from ..extract.written import as_claims, as_line

    ran = Ran()
    with _stream(out) as stream, _progress(context) as seen:
        for done in extract_files(paths, task, jobs, seen):
            count(ran, done)
            stream.writelines(map(as_line, done.rows) if format == "jsonl" else as_claims(done.rows))
    return _told(context, ran, str(out) if out else "", task.llm)


def _told(context: Context, ran: Ran, out: str, endpoint: Endpoint | None) -> int:
    """What was done, on stderr; exit code 1 where a document could not be read."""
    for done in ran.failed:
        context.tell("plain", text=done.error.message(context.lang) if done.error else done.name)
    if ran.left_out.pop("no parser", 0):
        context.tell("extract-no-parser")
    dropped = sum(ran.left_out.values())
    context.tell("extracted", documents=ran.documents - len(ran.failed), candidates=ran.candidates, dropped=dropped)
    if ran.resumed:
        context.tell("extract-resumed", documents=ran.resumed)
    answered = _told_llm(context, ran.llm, endpoint) if ran.llm and endpoint else True
    if out:
        context.tell("extract-written", file=out)
    return 1 if ran.failed or not answered else 0


def _told_llm(context: Context, told: LlmResult, endpoint: Endpoint) -> bool:
    """What the language model did, and whether it answered to the end."""
    if told.asked or not told.skipped:
        context.tell("plain", text=told.told(context.lang))
    for problem in told.problems:
        context.tell("plain", text=problem.line(context.lang))
    if told.skipped:
        context.tell("llm-gave-up", host=endpoint.host, model=shown(endpoint.model, 60), skipped=told.skipped)
    return told.complete


def _suggest(context: Context, paths: Sequence[Path], project: Project, out: Path | None) -> int:
    from ..errors import SokanzuError
    from ..extract.naming.names import Names
    from ..extract.reading.text import load
    from ..extract.suggest.suggest import as_yaml, suggest

    documents, failed = [], False
    for path in paths:
        try:
            documents.append(load(path))
        except SokanzuError as error:
            context.tell("plain", text=error.message(context.lang))
            failed = True
    with _stream(out) as stream:
        stream.write(as_yaml(suggest(documents, Names(project.entities), project.entities)))
    return 1 if failed else 0


def _score(context: Context, paths: Sequence[Path], task: Task, gold: Path, jobs: int, out: Path | None) -> int:
    from dataclasses import replace

    from ..extract.corpus import Ran, count, extract_files
    from ..extract.reading.text import load
    from ..extract.score import read_gold, report, score
    from ..terms import vocabulary

    rows = read_gold(gold)
    names = {Path(row["document"]).name for row in rows}
    paths = [path for path in paths if path.name in names]
    if not paths:
        raise UsageError("gold-without-documents", file=gold)
    dates = tuple((row["document"], row["date"]) for row in rows if row.get("date") and "subject" not in row)
    ran, found = Ran(), []
    with _progress(context) as seen:
        for done in extract_files(paths, replace(task, dates=dates), jobs, seen):
            count(ran, done)
            found += [{**made, "document": Path(done.name).name} for made in done.rows]
    texts = {path.name: load(path).text for path in paths}
    there = [row for row in rows if row["document"] in texts]
    told = score(there, found, vocabulary(), texts)
    with _stream(out) as stream:
        if out and out.suffix == ".json":
            stream.write(json.dumps(told.as_json(), ensure_ascii=False, indent=1) + "\n")
        else:
            stream.write(report(told, context.lang))
    return _told(context, ran, "", task.llm)


@contextmanager
def _stream(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    try:
        with out.open("w", encoding="utf-8") as stream:
            yield stream
    except OSError as error:
        raise UsageError("cannot-write", out=out, why=error.strerror or str(error)) from None


@contextmanager
def _progress(context: Context) -> Iterator[Seen]:
    """How many of how many, how fast, and about how long it will take; on a terminal only."""
    began, shown = time.monotonic(), sys.stderr.isatty()
    last = began

    def seen(done: int, all: int) -> None:
        nonlocal last
        now = time.monotonic()
        if shown and (now - last > 0.2 or done == all):
            last = now
            left = (now - began) / done * (all - done)
            minutes, seconds = divmod(round(left), 60)
            words = context.text("extract-progress", done=done, all=all, left=f"{minutes}:{seconds:02}")
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    try:
        yield seen
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
