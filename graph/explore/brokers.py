"""Who joins the parts: entities on the shortest ways between others, and what falls apart without each.

In: Ties. Out: a Brokers. Two entities that any tie joins are neighbours, once, whichever way the tie runs and however
many claims there are. Betweenness is networkx's, a share of all pairs from 0 to 1; above SAMPLE_ABOVE entities it is
an estimate from a fixed sample of SAMPLE of them. Being between says where someone stands in these claims, and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .chosen import Chosen, best, rests
from .sheet import Line, Part, Sheet, left_out, once
from .ties import Sureness, Tie, Ties
from .tongue import Tongue

if TYPE_CHECKING:
    from networkx import Graph

SAMPLE_ABOVE = 2_000
SAMPLE = 100
SEED = 20161
SHOWN = 20
"""How many by betweenness; whoever holds parts together is listed whole."""
NAMED = 6
"""How many of a part that falls off are named."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Piece:
    """What falls off without someone: how many, some of them, and the ties that hold it there."""

    size: int
    some: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Broker:
    """An entity between others. `pieces` are what its part of the graph falls into without it, the largest first."""

    entity: str
    betweenness: float
    neighbours: int
    ties: tuple[Tie, ...]
    pieces: tuple[Piece, ...] = ()

    @property
    def sureness(self) -> Sureness:
        """How sure the weakest of its links is, each as sure as its surest claim."""
        return rests(by_other(self.entity, self.ties).values())


@dataclass(frozen=True)
class Brokers:
    """`between` by betweenness, `joints` by how much falls off without them; `parts`: the sizes of separate parts."""

    between: tuple[Broker, ...]
    joints: tuple[Broker, ...]
    parts: tuple[int, ...]
    sampled: int = 0


def by_other(entity: str, ties: tuple[Tie, ...]) -> dict[str, list[Tie]]:
    """Its ties by who is at the other end."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.other(entity)].append(tie)
    return found


def simple(ties: Ties) -> Graph[str]:
    """The bare graph: who is next to whom, in a fixed order; nobody is next to themselves."""
    from networkx import Graph

    graph: Graph[str] = Graph()
    graph.add_nodes_from(ties.entities)
    graph.add_edges_from((tie.subject, tie.object) for tie in ties if tie.subject != tie.object)
    return graph


def brokers(ties: Ties, progress: Progress = lambda stage: None) -> Brokers:
    """Find who joins what."""
    import networkx

    graph = simple(ties)
    sampled = SAMPLE if len(graph) > SAMPLE_ABOVE else 0
    progress("betweenness")
    share: dict[str, float] = networkx.betweenness_centrality(graph, k=sampled or None, seed=SEED)
    progress("joints")
    components = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda p: (-len(p), p))
    falling = dict(_falling(graph))
    ranked = sorted((id for id in graph if share[id] > 0), key=lambda id: (-share[id], id))

    def broker(id: str) -> Broker:
        around = tuple(ties.around(id))
        near = by_other(id, around)
        pieces = tuple(
            Piece(size, some, once(tie for next_to in ends for tie in near[next_to]))
            for size, some, ends in falling.get(id, ())
        )
        return Broker(id, round(share[id], 6), len(near) - (id in near), around, pieces)

    joints = sorted(falling, key=lambda id: (-sum(size for size, _, _ in falling[id][1:]), id))
    between = tuple(broker(id) for id in ranked[:SHOWN])
    return Brokers(between, tuple(map(broker, joints)), tuple(len(part) for part in components), sampled)


_Fall = list[tuple[int, tuple[str, ...], tuple[str, ...]]]


def _falling(graph: Graph[str]) -> Iterator[tuple[str, _Fall]]:
    """For each articulation point the pieces without it: size, some of its members, who of it is next to the point.

    Walks the tree of blocks (biconnected components) and articulation points once, so that it stays linear.
    """
    import networkx

    blocks = [frozenset(block) for block in networkx.biconnected_components(graph)]
    blocks.sort(key=min)
    at: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for id in sorted(block):
            at[id].append(number)
    joints = {id for id, there in at.items() if len(there) > 1}
    tree: Graph[Any] = networkx.Graph()
    tree.add_nodes_from(range(len(blocks)))
    tree.add_edges_from((number, id) for id in sorted(joints) for number in at[id])
    below: dict[Hashable, int] = {}
    above: dict[Hashable, Hashable] = {}
    whole: dict[Hashable, int] = {}
    for root in range(len(blocks)):
        if root in below:
            continue
        edges = list(networkx.dfs_edges(tree, root))
        above.update((child, parent) for parent, child in edges)
        order = [root, *(child for _, child in edges)]
        for node in reversed(order):  # children before parents
            # A block's own: its members that are no joints. A joint counts where it stands, above its blocks.
            own = len(blocks[node] - joints) if isinstance(node, int) else 1
            below[node] = own + sum(below[child] for child in tree[node] if above.get(child) == node)
        whole.update(dict.fromkeys(order, below[root]))
    for joint in sorted(joints):
        pieces: _Fall = []
        for number in at[joint]:
            size = below[number] if above.get(number) == joint else whole[joint] - below[joint]
            near, block = graph.adj[joint], blocks[number]
            small, large = (block, near) if len(block) < len(near) else (near, block)
            ends = tuple(sorted(id for id in small if id in large))
            pieces.append((size, _some(graph, joint, ends), ends))
        pieces.sort(key=lambda piece: (-piece[0], piece[2]))
        yield joint, pieces


def _some(graph: Graph[str], joint: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest of a piece."""
    found = dict.fromkeys(ends[:NAMED])
    for id in list(found):
        for other in sorted(graph.adj[id]) if len(found) < NAMED and len(graph.adj[id]) <= 100 * NAMED else ():
            if other != joint and len(found) < NAMED:
                found[other] = None
    return tuple(found)


def sheet(found: Brokers, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read."""

    def between(broker: Broker) -> Line:
        text = tongue.text(
            "brokers-line",
            name=tongue.name(broker.entity),
            share=f"{broker.betweenness:.3f}",
            count=broker.neighbours,
        )
        data = {"entity": broker.entity, "betweenness": broker.betweenness, "neighbours": broker.neighbours}
        return Line(text, once(broker.ties), data, needs=_needs(broker))

    def joint(broker: Broker) -> Iterator[Line]:
        off = broker.pieces[1:]
        text = tongue.text(
            "brokers-joint-line",
            name=tongue.name(broker.entity),
            pieces=len(broker.pieces),
            largest=broker.pieces[0].size,
        )
        sizes = [piece.size for piece in broker.pieces]
        yield Line(text, (), {"entity": broker.entity, "pieces": sizes, "betweenness": broker.betweenness})
        for piece in off:
            more = piece.size - len(piece.some)
            code = "brokers-piece-more" if more else "brokers-piece"
            told = tongue.text(code, size=piece.size, names=tongue.names(piece.some), more=more)
            needs = tuple(best(ties) for ties in by_other(broker.entity, piece.ties).values())
            surest = (best(needs),) if needs else ()
            yield Line(told, piece.ties, {"size": piece.size, "some": list(piece.some)}, needs=surest, depth=1)

    parts = (
        Part(
            "between",
            tongue.text("brokers-between"),
            tuple(map(between, found.between)),
            tongue.text("brokers-between-note", count=SHOWN),
        ),
        Part(
            "joints",
            tongue.text("brokers-joints"),
            tuple(line for broker in found.joints for line in joint(broker)),
            tongue.text("brokers-joints-note"),
        ),
    )
    sizes = ", ".join(map(str, found.parts[:10])) + (" …" if len(found.parts) > 10 else "")
    notes = [tongue.text("brokers-note"), tongue.text("brokers-parts", count=len(found.parts), sizes=sizes or "0")]
    if found.sampled:
        notes.append(tongue.text("brokers-sampled", count=found.sampled, seed=SEED))
    numbers = {"parts": len(found.parts), "joints": len(found.joints), "sampled": found.sampled}
    left = left_out(tongue, chosen.left_of_ties)
    return Sheet("brokers", tongue.text("brokers-title"), parts, tuple(notes), left, numbers)


def _needs(broker: Broker) -> tuple[Tie, ...]:
    """The surest claim to each neighbour: who stands between must be linked to all of them."""
    return tuple(best(ties) for ties in by_other(broker.entity, broker.ties).values())
