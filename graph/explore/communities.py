"""Which entities hang together more closely, beside the themes of the project: where the two differ.

In: Ties and a Project. Out: a Communities. Louvain's method (networkx) on the bare graph, with a fixed seed and in a
fixed order, so that the same claims give the same groups. A group is a way of looking at the ties, not a finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ..model import Project
from .brokers import Progress, by_other, simple
from .chosen import Chosen, best
from .sheet import Line, Lines, Part, Sheet, left_out, once
from .ties import Tie, Ties
from .tongue import Tongue

SEED = 20161
SMALLEST = 3  # of fewer, nothing can be said that the ties do not say themselves
NAMED = 8


@dataclass(frozen=True)
class Community:
    """Entities that hang together, by their number of ties within; `theme` is that of most of them, "" if none is.

    `themes` counts them by theme; `inner` are the ties within.
    """

    members: tuple[str, ...]
    theme: str
    themes: tuple[tuple[str, int], ...]
    inner: tuple[Tie, ...]


@dataclass(frozen=True)
class Stray:
    """An entity whose neighbours are mostly of another theme than its own, with the ties to its community."""

    entity: str
    theme: str
    community: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Communities:
    """The communities, the largest first; who strays; how themes are spread; how much hangs together loosely."""

    communities: tuple[Community, ...]
    strays: tuple[Stray, ...]
    spread: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]  # theme, (community, how many)
    modularity: float
    small: int


def communities(ties: Ties, project: Project, progress: Progress = lambda stage: None) -> Communities:
    """Find what hangs together."""
    import networkx

    graph = simple(ties)
    if not graph.number_of_edges():
        return Communities((), (), (), 0.0, len(graph))
    progress("communities")
    groups = networkx.community.louvain_communities(graph, seed=SEED)
    modularity = round(networkx.community.modularity(graph, groups), 6)
    groups = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    large = [group for group in groups if len(group) >= SMALLEST]
    home = {id: number for number, group in enumerate(large) for id in group}
    themes = {entity.id: entity.theme for entity in project.entities}
    inner: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if (at := home.get(tie.subject)) is not None and at == home.get(tie.object):
            inner[at].append(tie)
    found = [_community(group, inner[number], themes) for number, group in enumerate(large)]
    strays = []
    for id, number in sorted(home.items()):
        if (own := themes.get(id, "")) and found[number].theme and own != found[number].theme:
            mine = once(tie for tie in ties.around(id) if home.get(tie.other(id)) == number and tie.other(id) != id)
            strays.append(Stray(id, own, number, mine))
    strays.sort(key=lambda stray: (stray.community, stray.theme, stray.entity))
    where: dict[str, Counter[int]] = defaultdict(Counter)
    for id, number in home.items():
        where[themes.get(id, "")][number] += 1
    spread = tuple((theme, tuple(sorted(where[theme].items()))) for theme in sorted(where))
    small = sum(len(group) for group in groups) - len(home)
    return Communities(tuple(found), tuple(strays), spread, modularity, small)


def _community(group: list[str], inner: list[Tie], themes: dict[str, str]) -> Community:
    degree: Counter[str] = Counter()
    for one, other in {(t.subject, t.object) for t in inner if t.subject != t.object}:
        degree[one] += 1
        degree[other] += 1
    counts = Counter(themes.get(id, "") for id in group)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    theme = ranked[0][0] if ranked[0][1] * 2 > len(group) else ""
    members = tuple(sorted(group, key=lambda id: (-degree[id], id)))
    return Community(members, theme, tuple(ranked), once(inner))


def sheet(found: Communities, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read."""
    groups = []
    for number, one in enumerate(found.communities, 1):
        told = tongue.text("explore-comma").join(f"{tongue.theme(theme)} {count}" for theme, count in one.themes)
        text = tongue.text(
            "communities-line",
            number=number,
            count=len(one.members),
            names=tongue.names(one.members, NAMED),
            themes=told,
        )
        data = {
            "community": number,
            "members": list(one.members),
            "theme": one.theme or None,
            "themes": {theme or "-": count for theme, count in one.themes},
        }
        groups.append(Line(text, one.inner, data))

    def astray(stray: Stray) -> Line:
        return Line(
            tongue.text(
                "communities-stray-line",
                name=tongue.name(stray.entity),
                theme=tongue.theme(stray.theme),
                number=stray.community + 1,
                most=tongue.theme(found.communities[stray.community].theme),
            ),
            stray.ties,
            {"entity": stray.entity, "theme": stray.theme, "community": stray.community + 1},
            needs=tuple(best(ties) for ties in by_other(stray.entity, stray.ties).values()),
        )

    spread = [
        Line(
            tongue.text(
                "communities-spread-line",
                theme=tongue.theme(theme),
                count=sum(count for _, count in places),
                places=tongue.text("explore-comma").join(
                    tongue.text("communities-place", number=number + 1, count=count) for number, count in places
                ),
            ),
            (),
            {"theme": theme or None, "communities": {str(number + 1): count for number, count in places}},
        )
        for theme, places in found.spread
    ]
    parts = (
        Part(
            "communities",
            tongue.text("communities-groups"),
            tuple(groups),
            tongue.text("communities-groups-note"),
            rated=False,
        ),
        Part(
            "strays",
            tongue.text("communities-strays"),
            Lines(found.strays, astray),
            tongue.text("communities-strays-note"),
        ),
        Part("spread", tongue.text("communities-spread"), tuple(spread), tongue.text("communities-spread-note")),
    )
    notes = [tongue.text("communities-note", seed=SEED, modularity=f"{found.modularity:.2f}")]
    if found.small:
        notes.append(tongue.text("communities-small", count=found.small, size=SMALLEST))
    numbers = {"communities": len(found.communities), "strays": len(found.strays), "small": found.small}
    title = tongue.text("communities-title")
    left = left_out(tongue, chosen.left_of_ties)
    return Sheet("communities", title, parts, tuple(notes), left, numbers)
