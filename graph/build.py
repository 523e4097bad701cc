"""The flow: read → sources → extract → store → rules → check → write.

In: a project folder. Out: a folder with graph.ttl, chart.html, network.html and the store
that answers questions. Where the project has errors nothing is written, and what was
built before still answers. docs/how-it-works.md numbers the same stages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, parse

from .check import Report, check
from .errors import Problem, ProjectError, Severity
from .export.turtle import turtle
from .extract.flow import Candidate
from .extract.run import candidates_of
from .folder import REVIEWS, STORIES, find_project, fingerprint
from .model import Project
from .paths import ONTOLOGY
from .project import read_project
from .proposals import enter, gone
from .rdf import Writer, graph_name, prefixes
from .reading import file_name
from .reviews import Applied, Decision, read_reviews
from .rules import apply
from .search import write_index
from .sources import attach, surrounded
from .store import beside, draft, swap, writable, writing
from .terms import vocabulary
from .told import proved

STAGES = ("read", "sources", "extract", "store", "rules", "check", "write")
Progress = Callable[[str], None]
"""Told each stage when it begins, and within a long one how far it is: "extract 3/120"."""


@dataclass(frozen=True)
class Built:
    """What a build made."""

    project: Project
    report: Report
    out: Path
    files: tuple[Path, ...]
    counts: dict[str, int]


def build(
    folder: str | Path,
    out: str | Path,
    texts: Sequence[str | Path] = (),
    progress: Progress = lambda stage: None,
    charts: bool = True,
    extract: bool = True,
) -> Built:
    """Build a project into `out`. Raises UsageError, ProjectError with all problems, StoreError."""
    folder, out, named = find_project(Path(folder), Path.cwd()), Path(out), [Path(text) for text in texts]
    before = fingerprint(folder, [path for path in named if path.is_file()])  # of what is about to be read
    project, report, store = prepare(folder, named, progress, extract)
    if report.errors:
        raise ProjectError(list(report.problems))
    progress("write")
    with writing(out) as shelf:
        meta = {"fingerprint": before, **_meta(project, store, folder, named)}
        files = {"graph.ttl": "".join(turtle(store, meta))}
        if charts:
            files |= _charts(project)
        # All that may fail comes before the swap, so that what was built before answers until all is there.
        with writable(out), draft(shelf) as new, beside(out, files):
            new.load(store.quads_for_pattern(None, None, None, None))
            write_index(new.path / "names.db", project)
            swap(shelf, new, meta)
    return Built(project, report, out, tuple(out / name for name in files), meta["counts"])


@dataclass(frozen=True)
class Gathered:
    """Everything that files and rules say, before it becomes a graph.

    `read` is the project as its files have it; `project` has the candidates and what was decided of them as well.
    `texts` are those at hand, by source; `candidates` are all that were found, `decisions` all that were made.
    `whole`: every text at hand was read, so that what is not proposed now is gone.
    """

    read: Project
    project: Project
    texts: Mapping[str, str]
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...]
    applied: Applied
    problems: tuple[Problem, ...]
    whole: bool = True


def gather(
    folder: Path, texts: Sequence[Path] = (), progress: Progress = lambda stage: None, extract: bool = True
) -> Gathered:
    """Read a project and its sources, extract, and bring the decisions to the candidates."""
    progress("read")
    read, problems = read_project(folder)
    sound = not any(problem.severity is Severity.error for problem in problems)
    decisions, wrong = read_reviews(folder / REVIEWS, read)
    if not sound:  # what was left out for its own mistakes is no mistake of who names it
        wrong = [problem for problem in wrong if not problem.code.startswith("unknown-")]
    progress("sources")
    read, at_hand, misfits = attach(read, texts)
    candidates: list[Candidate] = []
    troubles: list[Problem] = []
    if extract and sound:
        progress("extract")
        candidates, troubles = candidates_of(read, at_hand, lambda done, all: progress(f"extract {done + 1}/{all}"))
    entered = enter(read, at_hand, candidates, decisions)
    project, doubtful = proved(surrounded(entered.project, at_hand), not _lost(problems, folder))
    told = [*problems, *wrong, *misfits, *troubles, *entered.problems, *doubtful]
    whole = extract and sound and not troubles
    if whole:
        told += gone(entered.applied, read, at_hand)
    found = (tuple(candidates), tuple(decisions), entered.applied, tuple(told), whole)
    return Gathered(read, project, at_hand, *found)


def _lost(problems: Iterable[Problem], folder: Path) -> bool:
    """Whether a mistake left out anything that a story may name: one in another file than a story's."""
    own = file_name(folder / STORIES) + "/"
    return any(p.severity is Severity.error and not p.where.file.startswith(own) for p in problems)


def prepare(
    folder: Path, texts: Sequence[Path] = (), progress: Progress = lambda stage: None, extract: bool = True
) -> tuple[Project, Report, Store]:
    """Read and check a project; nothing is written. The store lies in memory."""
    found = gather(folder, texts, progress, extract)
    progress("store")
    store = Store()
    store.bulk_extend(quads(found.project))
    progress("rules")
    apply(store)
    progress("check")
    return found.project, check(found.project, store, found.problems), store


def quads(project: Project) -> Iterator[Quad]:
    """The graphs that come from files: entities, sources, claims and the ontology."""
    for name, triples in Writer(project).graphs():
        graph = graph_name(name)
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
    for file in ("sokanzu.ttl", "alignments.ttl"):
        for quad in parse(path=str(ONTOLOGY / file), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph_name("ontology"))


def _meta(project: Project, store: Store, folder: Path, texts: Sequence[Path]) -> dict[str, Any]:
    dates = [s.date for s in project.sources if s.date] + [c.reviewed_on for c in project.claims if c.reviewed_on]
    plain = sum(1 for _ in store.quads_for_pattern(None, None, None, graph_name("asserted")))
    return {
        "folder": str(folder.resolve()),
        "texts": [str(path.resolve()) for path in texts],
        "title": dict(project.title),
        "base": project.base,
        "licence": project.licence,
        "languages": list(project.languages),
        "prefixes": prefixes(project.base),
        "sources": [s.id for s in project.sources],
        "newest": str(max(dates, key=lambda when: when.latest())) if dates else "",
        "counts": {
            "entities": len(project.entities),
            "sources": len(project.sources),
            "claims": sum(not claim.unreviewed for claim in project.claims),
            "candidates": sum(claim.unreviewed for claim in project.claims),
            "plain": plain,
            "triples": len(store),
        },
    }


def _charts(project: Project) -> dict[str, str]:
    from .chart.page import page
    from .chart.pyvis import network

    lang = project.languages[0]
    return {
        "chart.html": page(project, vocabulary(), lang),
        "network.html": network(project, vocabulary(), lang),
    }
