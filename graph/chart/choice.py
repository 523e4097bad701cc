"""Which entities the first picture shows, and behind which neighbour the others stand.

In: a project, the claims between its entities. Out: the ids of the nodes, and a host for each that
is left out. The picture is peeled: the node that carries the least goes first, until what is left
can be read; each theme keeps a core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log2, sqrt

from ..model import Claim, Entity, Project, Review, Stance
from ..terms import Vocabulary
from .kinds import weight

_LINES = 64  # lines that can still be told apart; a denser picture is peeled further
_MANY = 6  # times as many entities as there is room for: then half of them go at once
_LEAST = 40  # but not below this number of nodes, unless it has twice as many lines
_FOLDED = 0.4  # what a line to a node that is left out still counts: it stands behind this one
_UNREAD = 0.3  # what a candidate carries of what a claim does
_BRIDGE = 1.4  # a line between two stories carries more
# How much a line carries: who sits where and who is against whom is what such a chart is read for.
_GROUPS = {"contention": 1.3, "works": 0.4}
_TIES = {"holdsPostIn": 2.0, "formerlyHeldPostIn": 2.0, "partOf": 0.6, "interprets": 0.5, "sharesDataWith": 1.6}

Neighbours = dict[str, dict[str, float]]


def choose(project: Project, between: list[Claim], vocabulary: Vocabulary, most: int) -> frozenset[str]:
    """The ids of the entities that the first picture shows: at most `most`, fewer where the lines would crowd."""
    around = neighbours(between, vocabulary)
    entities = {e.id: e for e in project.entities if e.id in around}
    speakers = _speakers(project)
    weights = {id: 1.0 if id in speakers else weight(entity.cls, vocabulary) for id, entity in entities.items()}
    left = set(entities)
    themes = {entity.theme for entity in entities.values()}
    core = max(2, min(most, len(left)) * 2 // (3 * max(1, len(themes))))

    def score(id: str) -> tuple[float, str]:
        return _score(id, left, around, weights, entities), id

    while len(left) > _MANY * most:  # first roughly: half of a crowd at a time, but no theme's best
        ranked = sorted(left, key=score, reverse=True)
        best = {id for theme in themes for id in [id for id in ranked if entities[id].theme == theme][:core]}
        left = best | set(ranked[: max(most, len(ranked) // 2)])
        if len(left) == len(ranked):
            break
    left = {id for id in left if any(other in left for other in around[id])}
    sizes = Counter(entities[id].theme for id in left)
    pairs = {(c.subject, str(c.object), c.predicate, c.negated) for c in between if {c.subject, c.object} <= left}

    def drop(id: str) -> None:
        left.discard(id)
        sizes[entities[id].theme] -= 1

    def crowded() -> bool:
        lines = _between(pairs, left)
        return (lines > _LINES and len(left) > _LEAST) or (lines > 2 * _LINES and len(left) > 6)

    while len(left) > most or crowded():
        spare = [id for id in left if sizes[entities[id].theme] > core] or list(left)
        worst = min(spare, key=score)
        drop(worst)
        for id in sorted(around[worst]):  # what lost its last line goes along
            if id in left and not any(other in left for other in around[id]):
                drop(id)
    return frozenset(left)


def fold(chosen: frozenset[str], between: list[Claim], vocabulary: Vocabulary) -> dict[str, str]:
    """For each entity that is left out but tied to the picture: the node it stands behind.

    That is its strongest neighbour; one whose neighbours are all left out follows them.
    """
    around = neighbours(between, vocabulary)
    hosts: dict[str, str] = {}
    waiting = sorted(set(around) - chosen)
    while waiting:
        found: dict[str, str] = {}
        for id in waiting:
            near = {other: tie for other, tie in around[id].items() if other in chosen or other in hosts}
            if near:
                best = min(near, key=lambda other: (other not in chosen, -near[other], other))
                found[id] = best if best in chosen else hosts[best]
        if not found:
            break
        hosts.update(found)
        waiting = [id for id in waiting if id not in found]
    return hosts


def _speakers(project: Project) -> frozenset[str]:
    """Documents that tell a good part of the project: they act in it, and are no mere reference."""
    told = Counter(claim.source for claim in project.claims)
    return frozenset(s.document for s in project.sources if s.document and told[s.id] * 10 >= len(project.claims))


def neighbours(between: Iterable[Claim], vocabulary: Vocabulary) -> Neighbours:
    """Who is tied to whom, and how much the lines between them carry.

    A source from which many claims come tells the story; one with a single claim adds to it.
    """
    claims = [claim for claim in between if isinstance(claim.object, str) and claim.object != claim.subject]
    told = Counter(claim.source for claim in claims)
    most = max(told.values(), default=1)
    around: Neighbours = {}
    for claim in claims:
        term = vocabulary.properties.get(claim.predicate)
        tie = _TIES.get(claim.predicate) or _GROUPS.get(term.group if term else "", 1.0)
        tie *= 0.4 + 0.6 * sqrt(told[claim.source] / most)
        if claim.review is Review.candidate:  # nobody has read it: it fills a picture, it does not make one
            tie *= _UNREAD
        if claim.stance is not Stance.stated:  # what is only said of someone is what a reader looks for
            tie *= 1.15
        for one, other in ((claim.subject, str(claim.object)), (str(claim.object), claim.subject)):
            ties = around.setdefault(one, {})
            ties[other] = ties.get(other, 0.0) + tie
    return around


def _between(pairs: set[tuple[str, str, str, bool]], left: set[str]) -> int:
    return sum(1 for subject, object, _, _ in pairs if subject in left and object in left)


def _score(
    id: str, left: set[str], around: Neighbours, weights: dict[str, float], entities: dict[str, Entity]
) -> float:
    """What the picture loses without this node: its ties, more so those that join two stories."""
    total = 0.0
    for other, tie in around[id].items():
        share = 1.0 if other in left else _FOLDED
        bridge = _BRIDGE if entities[other].theme != entities[id].theme else 1.0
        total += share * min(tie, 2.5) * bridge * (0.5 + 0.5 * weights[other])
    return weights[id] * log2(1 + total)
