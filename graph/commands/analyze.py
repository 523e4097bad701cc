"""analyze: who joins the parts, who sits on both sides, what rests on one source, and more of the kind.

In: which analysis, filters, a format. Out: what it found, on standard output, or a timeline drawn into a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from ..explore.stored import project_of, unswept
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
    with context.patience() as say:
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
    with unswept():
        return _analysis(kind, chosen, tongue, system, say)


def _analysis(kind: str, chosen: Chosen, tongue: Tongue, system: str, say: Say) -> Sheet:
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
