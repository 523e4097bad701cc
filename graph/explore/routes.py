"""An answer to "how are these two connected", as a Sheet: routes link by link, and what must be said beside them.

In: what was found, what stands beside it, a Tongue. Out: a Sheet for a terminal, Markdown or JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..dossier import clean
from .beside import Reach, overseers
from .paths import Found, Link, Route, Walk
from .sheet import Line, Part, Sheet, sureness_data
from .sheet import data as sheet_data
from .ties import Filter, Holds, Tie
from .tongue import Tongue

_NAMED = 12  # entities that are named of what an end reaches at one distance


@dataclass(frozen=True)
class Answer:
    """What was found and what is said beside it; `wanted` and `walk` are what was asked for.

    `reaches` tells what each end reaches where there is no route.
    """

    found: Found
    wanted: Filter
    walk: Walk
    denials: tuple[Tie, ...] = ()
    reaches: tuple[Reach, ...] = ()


def sheet(answer: Answer, tongue: Tongue) -> Sheet:
    """The whole answer."""
    found = answer.found
    start, end = tongue.name(found.start), tongue.name(found.end)
    parts = [_route(number, route, answer, tongue) for number, route in enumerate(found.routes, 1)]
    notes = [_verdict(answer, tongue)]
    if found.cut:
        notes.append(tongue.text("path-cut"))
    if answer.denials:
        lines = tuple(_claim(tie, tongue) for tie in answer.denials)
        parts.append(Part("denied", tongue.text("path-denied"), lines, tongue.text("path-denied-note"), rated=False))
    parts += [
        _reached(id, reach, tongue)
        for id, reach in zip((found.start, found.end), answer.reaches, strict=bool(answer.reaches))
    ]
    numbers = {"routes": len(found.routes), "left": found.left}
    if found.routes:
        numbers["links"] = len(found.routes[0].links)
    title = tongue.text("path-title", start=start, end=end)
    return Sheet("path", title, tuple(parts), tuple(notes), _left(answer, tongue), numbers)


def data(answer: Answer, tongue: Tongue) -> dict[str, Any]:
    """The answer as plain values: the sheet, and the routes in short."""
    found = answer.found
    return sheet_data(sheet(answer, tongue), tongue) | {
        "start": found.start,
        "end": found.end,
        "apart": found.apart,
        "complete": not found.cut,
        "routes": [
            {
                "nodes": list(route.nodes),
                "links": len(route.links),
                "sureness": sureness_data(route.certainty),
                "weakest": [link.tie.name for link in route.weakest],
                "claims": [link.tie.name for link in route.links],
                "only_overseen_by": sorted({tie.subject for tie in overseers(route)}),
            }
            for route in found.routes
        ],
    }


def _verdict(answer: Answer, tongue: Tongue) -> str:
    """The answer in one sentence."""
    found = answer.found
    if found.start == found.end:
        return tongue.text("path-same")
    if not found.routes:
        if found.apart:
            return tongue.text("path-none")
        far = tongue.text("path-far", links=answer.walk.max_hops)
        return far + (tongue.text("path-nearest", links=found.nearest) if found.nearest else "")
    links = len(found.routes[0].links)
    count = sum(len(route.links) == links for route in found.routes) + found.left
    longer = len(found.routes) + found.left - count
    told = tongue.text("path-found", links=links, count=count)
    if found.left:
        told += tongue.text("path-left", count=found.left)
    if longer:
        told += tongue.text("path-longer", count=longer)
    return told


def _left(answer: Answer, tongue: Tongue) -> tuple[str, ...]:
    """What the filters leave out."""
    wanted = answer.wanted
    told = [tongue.text("path-left-documents")]
    if not wanted.candidates:
        told.append(tongue.text("path-left-candidates"))
    if wanted.sources:
        told.append(tongue.text("path-left-sources", names=", ".join(sorted(map(clean, wanted.sources)))))
    if wanted.only:
        stances = (tongue.stance(stance.value) for stance in sorted(wanted.only, key=lambda stance: stance.rank))
        told.append(tongue.text("path-left-stances", names=", ".join(stances)))
    if wanted.without:
        told.append(tongue.text("path-left-without", names=", ".join(map(tongue.property, sorted(wanted.without)))))
    if wanted.at:
        told.append(tongue.text("path-left-at", date=wanted.at))
    if answer.walk.avoid:
        told.append(tongue.text("path-left-avoid", names=tongue.names(sorted(answer.walk.avoid))))
    return tuple(told)


def _route(number: int, route: Route, answer: Answer, tongue: Tongue) -> Part:
    if len(route.weakest) == len(route.links):
        told = [tongue.text("path-even", sure=tongue.sure(route.certainty))]
    else:
        steps = ((_step(link, tongue), clean(link.tie.name)) for link in route.weakest)
        weak = "; ".join(tongue.text("path-weakest", link=link, claim=claim) for link, claim in steps)
        told = [tongue.text("path-sure", sure=tongue.sure(route.certainty), links=weak)]
    told += [tongue.text("path-overseer", name=tongue.name(tie.subject), claim=tie.name) for tie in overseers(route)]
    title = tongue.text("path-route", number=number, links=len(route.links))
    lines = tuple(_link(link, link in route.weakest, answer.wanted, tongue) for link in route.links)
    return Part("route", title, lines, " ".join(told))


def _step(link: Link, tongue: Tongue) -> str:
    """A link in the order of the route, its arrow as the claim says it."""
    forward = link.tie.subject == link.one
    code = "path-forward" if forward else "path-backward"
    words = {"one": tongue.name(link.one), "other": tongue.name(link.other)}
    return tongue.text(code, property=tongue.property(link.tie.predicate), **words)


def _link(link: Link, least: bool, wanted: Filter, tongue: Tongue) -> Line:
    data: dict[str, Any] = {
        "from": link.one,
        "to": link.other,
        "property": link.tie.predicate,
        "forward": link.tie.subject == link.one,
        "sureness": sureness_data(link.sureness),
        "is_weakest": least,
    }
    text = _step(link, tongue)
    if wanted.at:
        holds = Holds.yes if any(tie.holds(wanted.at) is Holds.yes for tie in link.ties) else Holds.maybe
        data["holds"] = holds.value
        if holds is Holds.maybe:
            text += tongue.text("path-maybe")
    return Line(text, link.ties, data, needs=(link.tie,))


def _claim(tie: Tie, tongue: Tongue) -> Line:
    text = tongue.line(tie.subject, tie.predicate, tongue.name(tie.object), tie.negated)
    return Line(text, (tie,), {"subject": tie.subject, "property": tie.predicate, "object": tie.object})


def _reached(id: str, reach: Reach, tongue: Tongue) -> Part:
    code = "path-reach" if reach.whole else "path-reach-more"
    lines = tuple(
        Line(
            tongue.text("path-reach-level", links=links, count=len(level), names=tongue.names(level, _NAMED)),
            data={"links": links, "count": len(level), "entities": list(level)},
        )
        for links, level in enumerate(reach.levels, 1)
    )
    note = "" if lines else tongue.text("path-reach-nothing")
    return Part("reach", tongue.text(code, name=tongue.name(id), count=reach.count), lines, note, rated=False)
