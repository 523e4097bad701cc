"""path: how two entities are connected, and how sure each link is; told, or drawn into a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from ..errors import UsageError
from ..explore.beside import MOST_REACHED, denials, reach
from ..explore.part import part
from ..explore.paths import MOST_HOPS, Walk, find
from ..explore.routes import Answer, data, sheet
from ..explore.sheet import FORMATS, show
from ..explore.ties import Filter
from ..explore.ties_store import StoreTies
from ..explore.tongue import Tongue
from ..model import Project, Words
from ..rdf import TYPE, graph_name, sk
from ..search import Index
from ..store import Generation, writable, write_file
from ..terms import SK, vocabulary
from .asked import asked_filter, entity
from .context import Context

ENDINGS = (".html", ".svg")


@dataclass(frozen=True)
class Asked:
    """What was asked for, its names understood."""

    start: str
    end: str
    wanted: Filter
    walk: Walk


def path(
    context: Context,
    start: str,
    end: str,
    *,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    sources: Sequence[str] = (),
    at: str = "",
    candidates: bool = False,
    max_hops: int = MOST_HOPS,
    through: Sequence[str] = (),
    avoid: Sequence[str] = (),
    more: int = 0,
    format: str = "table",
    chart: Path | None = None,
) -> int:
    """Print the routes between two entities; that there is none is an answer too. Raises UsageError."""
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if chart is not None and chart.suffix not in ENDINGS:
        raise UsageError("chart-ending", file=chart, known=", ".join(ENDINGS))
    generation = context.generation()
    wanted = asked_filter(generation, only, without, sources, at, candidates)
    with Index(generation.names) as index:
        ends = [entity(context, index, name) for name in (start, end)]
        stops = tuple(entity(context, index, name) for name in through)
        shut = frozenset(entity(context, index, name) for name in avoid)
    asked = Asked(ends[0], ends[1], wanted, Walk(max_hops, stops, shut, more))
    store = generation.open()
    with context.patience() as say:
        say("walking")
        answer = answered(store, generation, asked)
        tongue = Tongue(part(store, generation.meta, named(answer), told(answer)), context.lang)
    if format == "json":
        print(json.dumps(data(answer, tongue), ensure_ascii=False, indent=2))
    else:
        for text in show(sheet(answer, tongue), tongue, format):
            print(text)
    if chart is not None:
        _draw(context, store, generation, answer, tongue, chart)
    return 0


def answered(store: Store, generation: Generation, asked: Asked) -> Answer:
    """The routes, and what must be said beside them; of the store only that is read which the walk comes by."""
    ties = StoreTies(store, generation.meta["prefixes"], asked.wanted)
    found = find(ties, asked.start, asked.end, asked.walk)
    if asked.start == asked.end:
        return Answer(found, asked.wanted, asked.walk)
    classes = vocabulary().classes

    def kind(id: str) -> str:
        """Its class, or what it would be if it existed."""
        quads = (
            quad.object.value.removeprefix(SK)  # type: ignore[union-attr]
            for predicate in (sk("wouldBe"), TYPE)
            for quad in store.quads_for_pattern(ties.node(id), predicate, None, graph_name("entities"))
        )
        return next((name for name in quads if name in classes and name != "Thing"), "")

    lines = [route.nodes for route in found.routes] or [(asked.start, asked.end)]
    beside = {tie.claim: tie for nodes in lines for tie in denials(ties, nodes, kind)}
    denied = tuple(sorted(beside.values(), key=lambda tie: tie.order))
    ends = () if found.routes else (asked.start, asked.end)
    limit = MOST_REACHED if found.apart else asked.walk.max_hops
    reaches = tuple(reach(ties, id, asked.walk, limit) for id in ends)
    return Answer(found, asked.wanted, asked.walk, denied, reaches)


def named(answer: Answer) -> Iterable[str]:
    """The entities that an answer names."""
    yield from (answer.found.start, answer.found.end, *answer.walk.avoid, *answer.walk.through)
    for route in answer.found.routes:
        yield from route.nodes
    for reached in answer.reaches:
        for level in reached.levels:
            yield from level


def told(answer: Answer) -> Iterable[str]:
    """The ids of the claims that an answer tells."""
    yield from (tie.claim for route in answer.found.routes for link in route.links for tie in link.ties)
    yield from (tie.claim for tie in answer.denials)


def _draw(context: Context, store: Store, generation: Generation, answer: Answer, tongue: Tongue, file: Path) -> None:
    if not answer.found.routes:
        context.tell("path-chart-none", file=file)
        return
    ends = {"start": tongue.name(answer.found.start), "end": tongue.name(answer.found.end)}
    title = Words({context.lang: context.text("path-title-chart", **ends)})
    with context.patience() as say:
        say("drawing")
        drawn = part(store, generation.meta, (), told(answer))
        text = _chart(replace(drawn, title=title), file.suffix, context.lang)
    with writable(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text)
    context.tell("charted", file=file)
    if unread := sum(claim.unreviewed for claim in drawn.claims):
        context.tell("path-chart-candidates", count=unread)


def _chart(project: Project, ending: str, lang: str) -> str:
    """A project drawn as a picture or as a page."""
    if ending == ".svg":
        from ..chart.drawing import draw
        from ..chart.layout import layout
        from ..chart.svg import svg

        return svg(layout(draw(project, vocabulary(), lang)), lang)
    from ..chart.page import page

    return page(project, vocabulary(), lang)
