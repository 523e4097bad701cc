"""Routes between two entities over ties: all the shortest ones and the next best, the surer first.

In: ties (Ties, or StoreTies, which reads what the walk comes by), two ends, a Walk. Out: Found: the routes in order,
each as sure as its weakest link, or how the two lie apart. Both ends are walked from at once, so that little is read.

A link joins two entities by one claim or by several, in either direction; the surest of them stands for it. Of routes
of one length that one comes first whose weakest link is the surest; of equals, the second weakest decides, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import Protocol

from .ties import Sureness, Tie, certainty, weakest

MOST_HOPS = 8  # beyond so many links everything is connected to everything
MOST_SHORTEST = 20  # of equally short routes
MOST_BEYOND = 300  # entities that are walked from one end after that, to see whether they are all
MOST_STEPS = 200_000  # of the search for one length: what has not been found by then is said to be left

State = tuple[str, int]  # an entity, and which of the entities to go through lie behind it, as bits
_Costs = tuple[Sureness, ...]  # of a route's links, the least sure first


class Around(Protocol):
    """Whatever knows the ties around an entity."""

    @property
    def documents(self) -> frozenset[str]:
        """The documents that sources consist of: no route leads through one."""

    def around(self, id: str) -> list[Tie]:
        """The ties that begin or end at an entity."""


@dataclass(frozen=True)
class Walk:
    """How routes may run: at most so many links, through these entities in any order, past those never.

    `more` is how many routes are wanted beyond the shortest.
    """

    max_hops: int = MOST_HOPS
    through: tuple[str, ...] = ()
    avoid: frozenset[str] = frozenset()
    more: int = 0


@dataclass(frozen=True)
class Link:
    """Two neighbours on a route, and the claims that tie them, the surest first."""

    one: str
    other: str
    ties: tuple[Tie, ...]

    @property
    def tie(self) -> Tie:
        """The claim that stands for the link."""
        return self.ties[0]

    @property
    def sureness(self) -> Sureness:
        """How sure it is: as the surest of its claims; many weak ones make no strong one."""
        return self.ties[0].sureness


@dataclass(frozen=True)
class Route:
    """Links from one end to the other; no entity comes twice."""

    links: tuple[Link, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The entities on it, both ends included."""
        return (self.links[0].one, *(link.other for link in self.links))

    @property
    def certainty(self) -> Sureness:
        """As sure as its weakest link, never surer."""
        return certainty([link.tie for link in self.links])

    @property
    def weakest(self) -> tuple[Link, ...]:
        """The links than which none is less sure, in the order of the route."""
        return tuple(link for link in self.links if link.sureness == self.certainty)

    @property
    def weakest_tie(self) -> Tie:
        """The claim that the whole is no surer than; of several the first in order."""
        return weakest([link.tie for link in self.links])

    @property
    def order(self) -> tuple[int, _Costs, tuple[str, ...]]:
        """The shorter first, then the surer, then by the entities' ids."""
        return len(self.links), _sorted(link.sureness for link in self.links), self.nodes


@dataclass(frozen=True)
class Found:
    """The answer. Without routes: `apart` says that no route of any length is there, else none is short enough.

    `nearest` is then the length of the shortest, 0 where it is not known. `left` is how many more of the shortest there
    are than are told; `cut` says that the search was given up before it was through, so that routes may be missing.
    """

    start: str
    end: str
    routes: tuple[Route, ...] = ()
    left: int = 0
    apart: bool = False
    cut: bool = False
    nearest: int = 0


def find(ties: Around, start: str, end: str, walk: Walk = Walk()) -> Found:
    """All shortest routes (at most MOST_SHORTEST) and the next best. An entity and itself have none between them."""
    if start == end:
        return Found(start, end)
    field = _Field(ties, start, end, walk)
    if {start, end} & walk.avoid or set(walk.through) & walk.avoid:
        return Found(start, end, apart=True)
    length = field.meet(walk.max_hops)
    routes: list[Route] = []
    left, more, cut = 0, walk.more, False
    while length is not None and length <= walk.max_hops:
        if not routes:  # the shortest: with entities to go through there may be none that passes each place once
            layers = _Layers(field, length)
            # Through entities a walk may pass a place twice: then routes are counted one by one, and not as walks.
            found = list(islice(layers.routes(), None if field.bits else MOST_SHORTEST + 1))
            every = len(found) if field.bits or len(found) <= MOST_SHORTEST else layers.count()
            left = max(0, every - MOST_SHORTEST)
            routes += map(field.route, found[:MOST_SHORTEST])
        elif more > 0:
            layers = _Layers(field, length)
            found = list(islice(layers.routes(), more))
            more -= len(found)
            routes += map(field.route, found)
        else:
            break
        cut = cut or layers.cut
        length = field.widen(length + 1)
    nearest = length if length and not routes and not walk.through else 0
    return Found(start, end, tuple(routes), left, not routes and field.apart, cut, nearest)


class _Field:
    """What has been walked from both ends, and how far from its end each state lies."""

    def __init__(self, ties: Around, start: str, end: str, walk: Walk) -> None:
        self.ties, self.start, self.end = ties, start, end
        self.bits = {id: 1 << n for n, id in enumerate(dict.fromkeys(walk.through)) if id not in (start, end)}
        self.shut = (ties.documents | walk.avoid) - {start, end, *self.bits}
        self.all = (1 << len(self.bits)) - 1
        self.begin, self.goal = (start, 0), (end, self.all)
        self.apart = False
        self.seen = ({self.begin: 0}, {self.goal: 0})  # from the start, from the end
        self.edge = ([self.begin], [self.goal])
        self.depth = [0, 0]
        self._links: dict[str, dict[str, Sureness]] = {}

    def links(self, id: str) -> Mapping[str, Sureness]:
        """Who is next to an entity, and how sure the surest claim of that link is."""
        found = self._links.get(id)
        if found is None:
            found = self._links[id] = {}
            for tie in self.ties.around(id):
                other, sureness = tie.other(id), tie.sureness
                if other != id and other not in self.shut and (other not in found or sureness < found[other]):
                    found[other] = sureness
        return found

    def steps(self, state: State, back: bool = False) -> Iterator[State]:
        """Where one link leads from a state, towards the end or back from it."""
        id, behind = state
        if back:
            before = behind & ~self.bits.get(id, 0)
            for other in self.links(id):
                if self.bits.get(other, 0) & ~before or other == self.end or (other == self.start and before):
                    continue
                yield other, before
            return
        for other in self.links(id):
            bit = self.bits.get(other, 0)
            if bit & behind or other == self.start or (other == self.end and behind != self.all):
                continue
            yield other, behind | bit

    def grow(self) -> None:
        """Walk one link further from that end from which there is less to walk."""
        side = 0 if len(self.edge[0]) <= len(self.edge[1]) else 1
        if not self.edge[side]:  # all that lies there has been walked
            side = 1 - side
        seen, new = self.seen[side], []
        stop = self.goal if side == 0 else self.begin
        for state in self.edge[side]:
            if state == stop:
                continue
            for other in self.steps(state, side == 1):
                if other not in seen:
                    seen[other] = self.depth[side] + 1
                    new.append(other)
        self.edge[side][:] = new
        self.depth[side] += 1

    def meet(self, most: int) -> int | None:
        """Walk until the two sides meet: the length of a shortest route. None where it is not to be had.

        Beyond `most` links a little more is walked, to tell ends that lie apart from ends that lie far apart.
        """
        while sum(self.depth) < most or min(map(len, self.seen)) <= MOST_BEYOND:
            self.grow()
            if not self.seen[0].keys().isdisjoint(self.edge[1]) or not self.seen[1].keys().isdisjoint(self.edge[0]):
                return sum(self.depth)
            if not self.edge[0] or not self.edge[1]:
                self.apart = True
                return None
        return None

    def widen(self, length: int) -> int:
        """Walk on until routes of this length lie within what has been walked."""
        while sum(self.depth) < length and (self.edge[0] or self.edge[1]):
            self.grow()
        self.depth[0] += max(0, length - sum(self.depth))  # nothing is left to walk: all lies within
        return length

    def route(self, nodes: tuple[str, ...]) -> Route:
        """The route over these entities with the claims of its links."""
        return Route(tuple(self.link(one, other) for one, other in pairwise(nodes)))

    def link(self, one: str, other: str) -> Link:
        """All claims that tie two neighbours."""
        near = (tie for tie in self.ties.around(one) if tie.other(one) == other)
        return Link(one, other, tuple(sorted(near, key=lambda tie: tie.order)))


class _Layers:
    """All walks of one length, place by place: which states may stand at each place of a route."""

    def __init__(self, field: _Field, length: int) -> None:
        self.field, self.length = field, length
        self.cut = False
        self.at = self._layers()

    def _layers(self) -> list[dict[State, list[State]]]:
        """For each place the states there, each with those that may follow it; what leads nowhere is left out."""
        field, length = self.field, self.length
        middle = min(field.depth[0], length)
        near = [{field.begin}]
        for _ in range(middle):
            near.append({other for state in near[-1] if state != field.goal for other in field.steps(state)})
        far = [{field.goal}]
        for _ in range(length - middle):
            back = (other for state in far[-1] if state != field.begin for other in field.steps(state, back=True))
            far.append(set(back))
        far.reverse()
        states = [*near[:-1], near[-1] & far[0], *far[1:]]
        layers: list[dict[State, list[State]]] = [{state: [] for state in states[-1]}]
        for here in reversed(states[:-1]):
            after = layers[-1]
            following = (
                (state, [other for other in field.steps(state) if other in after])
                for state in here
                if state != field.goal
            )
            layers.append({state: others for state, others in following if others})
        layers.reverse()
        return layers

    @cached_property
    def best(self) -> list[dict[State, _Costs]]:
        """For each place and state: what the surest way from there to the end costs, were places free to come twice."""
        found: list[dict[State, _Costs]] = [{state: () for state in self.at[-1]}]
        for here in reversed(self.at[:-1]):
            after = found[-1]
            found.append(
                {
                    state: min(_sorted((self.field.links(state[0])[other[0]], *after[other])) for other in others)
                    for state, others in here.items()
                }
            )
        found.reverse()
        return found

    def count(self) -> int:
        """How many walks there are; of the shortest length, without entities to go through, each is a route."""
        ways = dict.fromkeys(self.at[-1], 1)
        for here in reversed(self.at[:-1]):
            ways = {state: sum(ways[other] for other in others) for state, others in here.items()}
        return ways.get(self.field.begin, 0)

    def routes(self) -> Iterator[tuple[str, ...]]:
        """The routes of this length, the surer first, each as its entities; none comes twice."""
        field = self.field
        if field.begin not in self.at[0]:
            return
        waiting: list[tuple[_Costs, tuple[str, ...], State, _Costs]] = []
        heappush(waiting, (self.best[0][field.begin], (field.start,), field.begin, ()))
        steps = 0
        while waiting:
            _, nodes, state, spent = heappop(waiting)
            place = len(nodes) - 1
            if place == self.length:
                yield nodes
                continue
            steps += 1
            if steps > MOST_STEPS:
                self.cut = True
                return
            links = field.links(state[0])
            for other in self.at[place][state]:
                if other[0] not in nodes:
                    costs = _sorted((*spent, links[other[0]]))
                    least = _sorted((*costs, *self.best[place + 1][other]))
                    heappush(waiting, (least, (*nodes, other[0]), other, costs))


def _sorted(costs: Iterable[Sureness]) -> _Costs:
    return tuple(sorted(costs, reverse=True))
