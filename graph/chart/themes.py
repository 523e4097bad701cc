"""A theme for entities that the project gives none: for the drawing alone, and marked as made by machine.

In: a project, the claims between its entities that the drawing counts. Out: a Placement. What hangs together is found
by Louvain's method (networkx) with a fixed seed, on numbers in a fixed order: the same claims give the same themes,
whatever the order of files. Where most of a community's themed members share one of the project's themes, the others
join it; else they make a theme of their own, around the best connected of them. Nothing here enters the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ..model import Claim, Entity, Project
from ..terms import Vocabulary
from .choice import Neighbours, neighbours

MOST_BOXES = 8  # of a picture: beyond the project's own themes, no more are made than make up this number
SMALLEST = 3  # nodes that make a box worth drawing
FEW = 6  # nodes below which a picture needs no boxes
SEED = 20161
_SPEAKS = 0.2  # the part of a community that must have the theme which the rest of it joins

Pairs = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Made:
    """A theme made by machine; its members, the best connected first."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Placement:
    """Entities that a machine gave a theme: those that joined one of the project's, and themes of their own."""

    themes: frozenset[str] = frozenset()  # of the project
    joined: tuple[tuple[str, str], ...] = ()  # (entity, theme)
    made: tuple[Made, ...] = ()

    @cached_property
    def by_machine(self) -> dict[str, str]:
        """The theme of each entity that was placed here."""
        return dict(self.joined) | {id: theme.id for theme in self.made for id in theme.members}

    def theme(self, entity: Entity) -> str:
        """An entity's theme, the project's own first; "" where there is none."""
        return entity.theme if entity.theme in self.themes else self.by_machine.get(entity.id, "")

    def on(self, project: Project) -> Project:
        """The project as the drawing sees it: each entity with its theme; the same one if nothing differs."""
        placed = [e if e.theme == (theme := self.theme(e)) else replace(e, theme=theme) for e in project.entities]
        if all(one is other for one, other in zip(placed, project.entities, strict=True)):
            return project
        return replace(project, entities=tuple(placed))

    def settled(self, chosen: Set[str]) -> Placement:
        """What of it a picture of these entities can show, each made theme around the best connected that is drawn."""
        if len(chosen) < FEW:
            return Placement(self.themes)
        drawn = [(theme, [id for id in theme.members if id in chosen]) for theme in self.made]
        drawn = [(theme, ids) for theme, ids in drawn if len(ids) >= SMALLEST]
        if not self.themes and len(drawn) == 1 and len(drawn[0][1]) == len(chosen):
            return Placement(self.themes)  # one box around everything says nothing
        return replace(self, made=tuple(Made(_name(ids[0]), theme.members) for theme, ids in drawn))


def place(project: Project, between: Sequence[Claim], vocabulary: Vocabulary) -> Placement:
    """Find a theme for each entity that has none and has claims in `between`; not all of them get one."""
    themes = frozenset(theme.id for theme in project.themes)
    own = {entity.id: entity.theme for entity in project.entities if entity.theme in themes}
    if all(end in own for claim in between for end in (claim.subject, str(claim.object))):
        return Placement(themes)
    ties = neighbours(sorted(between, key=_by_what_it_says), vocabulary)
    joined: list[tuple[str, str]] = []
    found: list[tuple[str, ...]] = []
    for members in _communities(ties):
        loose = [id for id in members if id not in own]
        if theme := _spoken_for([own[id] for id in members if id in own], len(members)):
            joined += [(id, theme) for id in loose]
        elif len(loose) >= SMALLEST:
            found.append(_ranked(loose, ties))
    found.sort(key=lambda members: (-len(members), members))
    made = tuple(Made(_name(members[0]), members) for members in found[: max(0, MOST_BOXES - len(themes))])
    return Placement(themes, tuple(sorted(joined)), made)


def _by_what_it_says(claim: Claim) -> tuple[str, ...]:
    """All that a tie's weight depends on: claims that agree in it may stand in any order."""
    return claim.subject, str(claim.object), claim.predicate, claim.source, claim.stance, claim.review


def _spoken_for(themes: list[str], size: int) -> str:
    """The theme of most of a community's themed members, if these are enough to speak for all."""
    if not themes:
        return ""
    theme, count = max(Counter(themes).items(), key=lambda item: (item[1], item[0]))
    return theme if count * 2 > len(themes) and count >= size * _SPEAKS else ""


def _ranked(ids: list[str], ties: Neighbours) -> tuple[str, ...]:
    """The best connected first: by how many of the others it is tied to, then by how much."""
    inside = set(ids)
    near = {id: [tie for other, tie in sorted(ties[id].items()) if other in inside] for id in ids}
    return tuple(sorted(ids, key=lambda id: (-len(near[id]), -round(sum(near[id]), 6), id)))


def _name(member: str) -> str:
    """The id of a theme around an entity: no id that a project can give begins with a dot."""
    return f".around-{member}"


def _communities(ties: Neighbours) -> list[list[str]]:
    """What hangs together, each sorted."""
    ids = sorted(ties)
    number = {id: n for n, id in enumerate(ids)}
    pairs = tuple(
        (n, number[other], max(1, round(1000 * tie)))
        for n, id in enumerate(ids)
        for other, tie in sorted(ties[id].items())
        if id < other
    )
    return [[ids[n] for n in members] for members in _louvain(len(ids), pairs)]


@lru_cache(maxsize=2)  # a first picture is drawn several times, until it has room
def _louvain(count: int, pairs: Pairs) -> tuple[tuple[int, ...], ...]:
    """Communities of the numbers below `count`; whole numbers as weights, so that no sum depends on its order."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(pairs)
    groups = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return tuple(sorted(tuple(sorted(group)) for group in groups))
