"""analyze: who joins the parts, who sits on both sides, what rests on one source, and more of the kind.

In: which analysis, filters, a format. Out: what it found, on standard output, or a timeline drawn into a file.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import UsageError
from ..explore import brokers as broker
from ..explore import communities as community
from ..explore import contradictions as contradiction
from ..explore import corroboration as corroborated
from ..explore import dataflow as flow
from ..explore import interlocks as interlock
from ..explore import readers as reader
from ..explore import timeline as time_line
from ..explore.chosen import Chosen, choose
from ..explore.sheet import FORMATS, Sheet, show
from ..explore.stored import project_of
from ..explore.tongue import Tongue
from ..search import Index
from ..store import writable, write_file
from .asked import asked_filter, entity
from .context import Context

Say = Callable[[str], None]

ANALYSES = (
    *("brokers", "interlocks", "communities", "timeline"),
    *("corroboration", "contradictions", "readers", "dataflow"),
)
PATIENCE = 1.0  # seconds of silence on a terminal


def analyze(
    context: Context,
    kind: str,
    system: str = "",
    *,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    sources: Sequence[str] = (),
    at: str = "",
    candidates: bool = False,
    format: str = "table",
    limit: int = 0,
    file: Path | None = None,
) -> int:
    """Print one of ANALYSES; draw a timeline where a file is named. Raises UsageError."""
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if file is not None and file.suffix != ".svg":
        raise UsageError("analyze-ending", file=file)
    generation = context.generation()
    wanted = asked_filter(generation, only, without, sources, at, candidates)
    if kind == "dataflow":
        with Index(generation.names) as index:
            system = entity(context, index, system)
    with patience(context) as say:
        say("reading")
        project = project_of(generation.open(), generation.meta)
        say("counting")
        chosen, tongue = choose(project, wanted), Tongue(project, context.lang)
        if file is not None:
            drawn, count = _drawn(chosen, tongue)
        else:
            sheet = analysis(kind, chosen, tongue, system, say)
    if file is not None:
        with writable(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file(file, drawn)
        context.tell("timeline-drawn", file=file, count=count)
        return 0
    for text in show(sheet, tongue, format, limit):
        print(text)
    return 0


def analysis(kind: str, chosen: Chosen, tongue: Tongue, system: str = "", say: Say = lambda stage: None) -> Sheet:
    """One of ANALYSES, ready to be read; `system` is the id that dataflow asks for."""
    if kind == "brokers":
        return broker.sheet(broker.brokers(chosen.ties, say), chosen, tongue)
    if kind == "communities":
        return community.sheet(community.communities(chosen.ties, chosen.project, say), chosen, tongue)
    if kind == "interlocks":
        return interlock.sheet(interlock.interlocks(chosen), chosen, tongue)
    if kind == "timeline":
        return time_line.sheet(time_line.timeline(chosen), chosen, tongue)
    if kind == "corroboration":
        return corroborated.sheet(corroborated.corroboration(chosen), chosen, tongue)
    if kind == "contradictions":
        return contradiction.sheet(contradiction.contradictions(chosen), chosen, tongue)
    if kind == "readers":
        return reader.sheet(reader.readers(chosen), chosen, tongue)
    return flow.sheet(flow.dataflow(chosen, system), chosen, tongue)


def _drawn(chosen: Chosen, tongue: Tongue) -> tuple[str, int]:
    from ..explore.timeline_svg import MOST, svg

    found = time_line.timeline(chosen)
    return svg(found, chosen, tongue), min(len(found.entries), MOST)


@contextmanager
def patience(context: Context) -> Iterator[Say]:
    """Says on a terminal what is being done, once that has taken PATIENCE seconds; wiped when it is over."""
    stage, begun, over = "", False, False
    turn = threading.Lock()  # the timer has a thread of its own

    def tell() -> None:
        words = context.text("analyze-stage", stage=context.text(f"stage-{stage}"))
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    def begin() -> None:
        nonlocal begun
        with turn:
            if stage and not over:
                begun = True
                tell()

    def say(now: str) -> None:
        nonlocal stage
        with turn:
            stage = now
            if begun:
                tell()

    timer = threading.Timer(PATIENCE, begin)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield say
    finally:
        timer.cancel()
        with turn:
            over = True
            if begun:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)
