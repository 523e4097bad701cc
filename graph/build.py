"""The flow: read → sources → store → rules → check → write.

In: a project folder. Out: a folder with graph.ttl, chart.html, network.html and the store
that answers questions. Where the project has errors nothing is written, and what was
built before still answers. docs/how-it-works.md numbers the same stages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, parse

from .check import Report, check
from .errors import ProjectError
from .export.turtle import turtle
from .folder import find_project, fingerprint
from .model import Project
from .paths import ONTOLOGY
from .project import read_project
from .rdf import Writer, graph_name, prefixes
from .rules import apply
from .search import write_index
from .sources import attach
from .store import beside, draft, swap, writable, writing
from .terms import vocabulary

STAGES = ("read", "sources", "store", "rules", "check", "write")
Progress = Callable[[str], None]


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
) -> Built:
    """Build a project into `out`. Raises UsageError, ProjectError with all problems, StoreError."""
    folder, out, named = find_project(Path(folder), Path.cwd()), Path(out), [Path(text) for text in texts]
    before = fingerprint(folder, [path for path in named if path.is_file()])  # of what is about to be read
    project, report, store = prepare(folder, named, progress)
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


def prepare(
    folder: Path, texts: Sequence[Path] = (), progress: Progress = lambda stage: None
) -> tuple[Project, Report, Store]:
    """Read and check a project; nothing is written. The store lies in memory."""
    progress("read")
    project, problems = read_project(folder)
    progress("sources")
    project, _, misfits = attach(project, texts)
    progress("store")
    store = Store()
    store.bulk_extend(quads(project))
    progress("rules")
    apply(store)
    progress("check")
    return project, check(project, store, [*problems, *misfits]), store


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
            "claims": len(project.claims),
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
