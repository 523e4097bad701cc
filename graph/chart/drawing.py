"""What is drawn, as plain data: nodes, lines, themes, labels in both languages, claims per line.

In: a Project and the Vocabulary. Out: a Drawing, which knows nothing of positions, SVG or HTML.
Rejected and withdrawn claims are not drawn, nor what a digest says of a document whose own claims are there; candidates
are, dimmed and said to be such. What the first picture has no room for is folded into a neighbour, and stays in the
page's data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..model import Claim, Entity, Project, Review, Stance, Words
from ..terms import Vocabulary
from ..told import proposed, told
from .analysis import origins
from .choice import choose, fold
from .kinds import kinds
from .text import clean, width
from .themes import Placement, place
from .words import word

MOST_NODES = 60  # of any picture: what is larger takes dot long and nobody reads it
MOST_LINES = 20_000  # of a drawing of everything
READABLE = 46  # of the first one: names stay at 11 px on a laptop's screen
MOST_CANDIDATES = 3000  # that nobody has read: whoever has more of them reads them in `review`
LANGUAGES = ("ja", "en")
STYLES: dict[Stance, str] = {
    Stance.stated: "stated",
    Stance.reported: "reported",
    Stance.inferred: "doubtful",
    Stance.alleged: "doubtful",
    Stance.questioned: "doubtful",
    Stance.proposed: "proposed",
    Stance.demanded: "proposed",
    Stance.intended: "intended",
}
UNSURE = "†"
_LONG = {"ja": 13.0, "en": 22.5}  # ems; a longer name looks for a shorter form
_LONGEST = 40.0
_BRIEF = 9.0  # what is longer loses its asides in brackets
_LEGAL_FORM = re.compile(r"^(?:特定非営利活動法人|(?:一般|公益)(?:社団|財団)法人|株式会社|NPO法人)\s*|\s*株式会社$")
_ASIDE = re.compile(r"\s*(?:（[^（）]*）|\([^()]*\))\s*")


@dataclass(frozen=True)
class Node:
    """An entity of the picture; `folded` are the ids of those that stand behind it."""

    id: str
    name: Words
    label: Words
    cls: Words
    kind: str
    theme: str
    existence: str
    tag: Words  # what keeps it from simply existing, in words
    folded: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """Claims of one proposition at one degree of certainty; `claims` are indexes into Drawing.claims."""

    id: str
    source: str
    target: str
    predicate: str
    label: Words
    stance: Stance
    tag: Words  # the stance in words
    style: str
    negated: bool
    disputed: bool
    candidate: bool
    claims: tuple[int, ...]
    origins: int = 1  # independent sources that say so
    unsure: bool = False  # at the date that was asked for none of its claims surely held


@dataclass(frozen=True)
class Box:
    """A theme with the nodes that stand in it; `made` by machine, or the project's."""

    id: str
    name: Words
    nodes: tuple[str, ...]
    made: bool = False


@dataclass(frozen=True)
class Drawing:
    """The first picture, and what of the project it leaves to search and list."""

    title: Words
    lang: str
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    claims: tuple[Claim, ...]
    hosts: tuple[tuple[str, str], ...]  # (folded entity, the node it stands behind)
    entities: int
    left: int = 0  # candidates that the page has no room for
    placement: Placement = Placement()  # the themes of entities that the project gives none

    def words_on(self, line: Line, lang: str) -> str:
        """What is printed on a line: struck, label, stance, whether nobody has read it, how many claims, our doubt."""
        struck = "✕" if line.negated else ""
        stance = "" if line.stance is Stance.stated else line.tag.best(lang)
        said = ("・" if lang == "ja" else ", ").join(
            filter(None, (stance, word("candidate", lang) if line.candidate else ""))
        )
        tag = (f"（{said}）" if lang == "ja" else f" ({said})") if said else ""
        count = f" ×{len(line.claims)}" if len(line.claims) > 1 else ""
        doubt = ("？" if line.disputed else "") + (UNSURE if line.unsure else "")
        return f"{struck}{line.label.best(lang)}{tag}{count}{doubt}"

    @property
    def shown(self) -> int:
        """How many claims have a line in the picture."""
        return len({index for line in self.lines for index in line.claims})


def draw(
    project: Project,
    vocabulary: Vocabulary,
    lang: str = "ja",
    most: int = 0,
    unsure: frozenset[Claim] = frozenset(),
) -> Drawing:
    """The first picture of a project: at most `most` nodes (0: as many as read well), the rest folded.

    Labels come in both languages; `lang` is the one to be shown first. Lines of `unsure` claims alone are marked.
    """
    waiting = proposed(project)
    kept = set(map(id, waiting[:MOST_CANDIDATES])) | set(map(id, told(project)))
    claims = tuple(claim for claim in project.claims if id(claim) in kept)
    known = {entity.id for entity in project.entities}
    between = [c for c in claims if isinstance(c.object, str) and {c.subject, c.object} <= known]
    placement = place(project, between, vocabulary)
    chosen = choose(placement.on(project), between, vocabulary, min(most or READABLE, MOST_NODES))
    placement = placement.settled(chosen)
    project = placement.on(project)
    hosts = fold(chosen, between, vocabulary)
    behind: dict[str, list[str]] = {}
    for folded, host in hosts.items():
        behind.setdefault(host, []).append(folded)
    shared = shared_forms(project)
    kind_of = kinds(project, vocabulary)
    nodes = tuple(
        _node(entity, vocabulary, kind_of[entity.id], shared, behind.get(entity.id, []))
        for entity in project.entities
        if entity.id in chosen
    )
    return Drawing(
        title=project.title,
        lang=lang,
        nodes=nodes,
        lines=_lines(claims, chosen, vocabulary, origins(project, claims), unsure),
        boxes=_boxes(project, nodes, placement),
        claims=claims,
        hosts=tuple(sorted(hosts.items())),
        entities=len(project.entities),
        left=len(waiting[MOST_CANDIDATES:]),
        placement=placement,
    )


def whole(
    project: Project,
    vocabulary: Vocabulary,
    first: Drawing,
    most: int = MOST_LINES,
    unsure: frozenset[Claim] = frozenset(),
) -> Drawing:
    """All that has lines, the nodes of the first picture first: at most `most` lines, those nearest to it.

    What is beyond them stays folded as it was, in search and list.
    """
    known = frozenset(entity.id for entity in project.entities)
    drawn = {node.id for node in first.nodes}
    lines = _lines(first.claims, known, vocabulary, origins(project, first.claims), unsure)
    if len(lines) > most:
        away = [(line.source not in drawn) + (line.target not in drawn) for line in lines]
        nearest = sorted(range(len(lines)), key=lambda n: (away[n], n))[:most]
        lines = tuple(lines[n] for n in sorted(nearest))
    ends = {end for line in lines for end in (line.source, line.target)} - drawn
    shared, kind_of = shared_forms(project), kinds(project, vocabulary)
    more = (
        _node(entity, vocabulary, kind_of[entity.id], shared, ())
        for entity in first.placement.on(project).entities
        if entity.id in ends
    )
    return replace(
        first,
        nodes=(*(replace(node, folded=()) for node in first.nodes), *more),
        lines=lines,
        hosts=tuple((folded, host) for folded, host in first.hosts if folded not in ends),
    )


def style(claim: Claim) -> str:
    """The line style that tells how sure the source is."""
    return STYLES[claim.stance]


def shared_forms(project: Project) -> frozenset[str]:
    """Written forms that more than one entity goes by: no label, as five systems stay five."""
    count = Counter(
        form
        for e in project.entities
        for form in {*map(clean, (*e.name.values(), *e.also)), *(_bare(clean(name)) for name in e.name.values())}
    )
    return frozenset(form for form, many in count.items() if many > 1)


def short(entity: Entity, lang: str, shared: frozenset[str] = frozenset()) -> str:
    """The form of a name that a chart prints: the name, or a shorter written form where it is long.

    Legal forms and asides in brackets go first; then the longest other form that fits and is its own.
    """
    full = cut(clean(entity.name.best(lang)))
    if width(full, 1) <= _BRIEF:
        return full
    forms = [_bare(full), full, *(cut(clean(form)) for form in entity.also if _written_in(form, lang))]
    forms = [form for form in forms if form not in shared and width(form, 1) >= 2.5] or [full]
    if width(forms[0], 1) <= _LONG[lang]:
        return forms[0]
    if fitting := [form for form in forms if width(form, 1) <= _LONG[lang]]:
        return max(fitting, key=lambda form: (width(form, 1), form))
    return min(forms, key=lambda form: (width(form, 1), form))


def cut(name: str, most: float = _LONGEST) -> str:
    """A name no longer than a label can be; the whole of it stands in the panel."""
    while width(name, 1) > most:
        name = name[: max(1, int(len(name) * most / width(name, 1)) - 1)] + "…"
    return name


def _bare(name: str) -> str:
    """A name without its legal form and without asides in brackets."""
    return clean(_ASIDE.sub(" ", _LEGAL_FORM.sub("", name)))


def _written_in(form: str, lang: str) -> bool:
    japanese = bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", form))
    return japanese == (lang == "ja")


def _node(entity: Entity, vocabulary: Vocabulary, kind: str, shared: frozenset[str], behind: Iterable[str]) -> Node:
    term = vocabulary.classes.get(entity.cls)
    return Node(
        id=entity.id,
        name=entity.name,
        label=Words({lang: short(entity, lang, shared) for lang in LANGUAGES}),
        cls=term.label if term else Words(en=entity.cls),
        kind=kind,
        theme=entity.theme,
        existence=entity.existence.value if entity.existence else "",
        tag=_value(vocabulary, "existence", entity.existence) if entity.existence else Words(),
        folded=tuple(sorted(behind)),
    )


def _boxes(project: Project, nodes: tuple[Node, ...], placement: Placement) -> tuple[Box, ...]:
    """One box per theme that has nodes, the project's in its order first; a node without a theme stands in none."""
    labels = {node.id: node.label for node in nodes}
    boxes = [Box(t.id, t.name, tuple(n.id for n in nodes if n.theme == t.id)) for t in project.themes]
    for theme in placement.made:
        around = next(labels[id] for id in theme.members if id in labels)
        name = Words({lang: word("made-theme", lang, name=cut(around[lang], _LONG[lang])) for lang in LANGUAGES})
        boxes.append(Box(theme.id, name, tuple(n.id for n in nodes if n.theme == theme.id), made=True))
    return tuple(box for box in boxes if box.nodes)


def _lines(
    claims: tuple[Claim, ...],
    chosen: frozenset[str],
    vocabulary: Vocabulary,
    origin: Mapping[int, int],
    unsure: frozenset[Claim],
) -> tuple[Line, ...]:
    """Claims of one property between the same two nodes make one line; what is denied makes its own.

    The line shows the surest of its claims; each of them is told with its own stance on a click.
    """
    bundles: dict[tuple[str, str, str, bool], list[int]] = {}
    for index, claim in enumerate(claims):
        if isinstance(claim.object, str) and {claim.subject, claim.object} <= chosen and claim.subject != claim.object:
            bundles.setdefault((claim.subject, claim.object, claim.predicate, claim.negated), []).append(index)
    lines = []
    for number, (key, indexes) in enumerate(sorted(bundles.items())):
        members = [claims[i] for i in indexes]
        # a candidate lends no certainty to a line that has claims we accepted
        settled = [c for c in members if c.review is not Review.candidate] or members
        surest = min(settled, key=lambda claim: claim.stance.rank)
        lines.append(
            Line(
                id=f"l{number}",
                source=key[0],
                target=key[1],
                predicate=key[2],
                label=line_label(members, vocabulary),
                stance=surest.stance,
                tag=_value(vocabulary, "stance", surest.stance),
                style=style(surest),
                negated=key[3],
                disputed=any(c.review is Review.disputed for c in members),
                candidate=settled[0].review is Review.candidate,
                claims=tuple(indexes),
                origins=len({origin.get(index, 0) for index in indexes}),
                unsure=bool(unsure) and all(c in unsure for c in members),
            )
        )
    return tuple(lines)


def _value(vocabulary: Vocabulary, scheme: str, name: str) -> Words:
    """The label of a stance or an existence, its first alternative."""
    term = vocabulary.values.get(scheme, {}).get(name)
    return Words({lang: (term.label.best(lang) if term else name).split("・")[0] for lang in LANGUAGES})


def line_label(members: list[Claim], vocabulary: Vocabulary) -> Words:
    """What a line says: the role that most of its claims name, else the property."""
    roles = Counter(role for c in members if isinstance(role := c.qualifier("role"), Words) and role)
    term = vocabulary.properties.get(members[0].predicate)
    label = term.label if term else Words(en=members[0].predicate)
    if roles:
        role, many = max(roles.items(), key=lambda item: (item[1], item[0].best("ja")))
        if many * 2 >= len(members):
            former = term is not None and term.former
            others = len(roles) > 1
            label = Words(
                ja=("元" if former else "") + _brief(clean(role.best("ja"))) + ("ほか" if others else ""),
                en=("former " if former else "") + _brief(clean(role.best("en"))) + (", and others" if others else ""),
            )
    return Words({lang: _brief(clean(label.best(lang))) for lang in LANGUAGES})


def _brief(label: str) -> str:
    """A label without its asides, where it is long."""
    bare = clean(_ASIDE.sub(" ", label)) if width(label, 1) > _BRIEF else label
    return cut(label if bare == "∅" else bare, 0.8 * _LONGEST)
