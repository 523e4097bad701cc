"""What must be said beside a route, and of two ends that no route joins.

In: ties, routes. Out: the links that run through whatever merely oversees, the denials that touch a route, and what
each end does reach.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .paths import Around, Route, Walk
from .ties import Tie

OVERSEEING = ("oversees", "regulates", "amends")
"""Whoever does this to two things does not tie them to each other."""

MOST_REACHED = 300


class Denying(Protocol):
    """Whatever knows the denials at an entity."""

    def denied_at(self, id: str) -> list[Tie]:
        """What is denied of an entity and another."""


@dataclass(frozen=True)
class Reach:
    """What an end does reach: the entities one link away, two links away and so on. `whole`: there are no others."""

    levels: tuple[tuple[str, ...], ...]
    whole: bool

    @property
    def count(self) -> int:
        """How many it reaches."""
        return sum(map(len, self.levels))


def overseers(route: Route) -> tuple[Tie, ...]:
    """The links that rest on oversight alone, by one who stands between the ends: they tie no overseen to another."""
    ends = (route.nodes[0], route.nodes[-1])
    return tuple(
        link.tie
        for link in route.links
        if all(tie.predicate in OVERSEEING and tie.subject not in ends for tie in link.ties)
    )


def denials(ties: Denying, nodes: Sequence[str], kind: Callable[[str], str]) -> tuple[Tie, ...]:
    """What is denied between entities of a route, the surest first.

    Also what is denied between one of them and a thing of the same kind as an end: that a shop gives anything to the
    police is denied of the police at large and not of each body by name.
    """
    start, end = nodes[0], nodes[-1]
    kinds = {id: kind(id) for id in (start, end)}
    found: dict[str, Tie] = {}
    for node in nodes:
        # What is denied between an end and its own like says nothing on the two ends.
        alike = {kinds[id] for id in (start, end) if id != node} - {""}
        for tie in ties.denied_at(node):
            other = tie.other(node)
            if other != node and (other in nodes or kind(other) in alike):
                found[tie.claim] = tie
    return tuple(sorted(found.values(), key=lambda tie: tie.order))


def reach(ties: Around, start: str, walk: Walk, limit: int, most: int = MOST_REACHED) -> Reach:
    """What an end reaches within `limit` links, link by link, until there is no more or more than `most`."""
    shut = (ties.documents | walk.avoid) - set(walk.through)
    levels: list[tuple[str, ...]] = []
    seen, edge = {start}, [start]
    while edge and len(seen) <= most and len(levels) < limit:
        found = {tie.other(id) for id in edge for tie in ties.around(id)} - seen - shut
        edge = sorted(found)
        seen |= found
        if edge:
            levels.append(tuple(edge))
    return Reach(tuple(levels), not edge)
