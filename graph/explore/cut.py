"""A project cut down to what one picture is to show: some themes, the surroundings of one entity, a date, stances.

In: a Project and a Cut. Out: a CutDown: a Project that is drawn like any other, the claims of which it is not known
whether they held at the date, and in words what it was cut down to. Denials stay: they are lines of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..chart.drawing import LANGUAGES, MOST_CANDIDATES, UNSURE
from ..chart.text import clean
from ..errors import ChartError, UsageError, sentence
from ..model import Claim, Project, Stance, When, Words
from ..names import fold, nearest
from ..terms import vocabulary
from ..told import proposed, told
from .chosen import choose
from .ties import Filter, Holds


@dataclass(frozen=True)
class Cut:
    """What to show; what is empty leaves nothing out. `themes` and `around` are ids."""

    themes: tuple[str, ...] = ()
    around: str = ""
    hops: int = 1  # how many lines away from `around`
    at: When | None = None
    only: frozenset[Stance] = frozenset()


@dataclass(frozen=True)
class CutDown:
    """What is left of a project. `words` are empty where nothing was asked for."""

    project: Project
    unsure: frozenset[Claim] = frozenset()
    words: Words = Words()

    @property
    def titled(self) -> Project:
        """The project under a title that says what it was cut down to, for pages that have one line for both."""
        if not self.words:
            return self.project
        title = self.project.title
        both = {lang: f"{clean(title.best(lang))} – {self.words.best(lang)}" for lang in (*title, *LANGUAGES)}
        return replace(self.project, title=Words(both))


def cut_down(project: Project, cut: Cut) -> CutDown:
    """The part of a project that a cut leaves.

    Raises UsageError where the entity stands outside the themes, ChartError where no line is left.
    """
    if cut == Cut():
        return CutDown(project)
    centre = project.entity(cut.around)
    if centre and cut.themes and centre.theme not in cut.themes:
        themes = {lang: _joined((_theme(project, id, lang) for id in cut.themes), lang) for lang in LANGUAGES}
        raise UsageError("cut-outside", name=_name(project, cut.around), themes=themes)
    counted = choose(project, Filter(only=cut.only, at=cut.at, candidates=True))
    passed = set(map(id, counted.claims))
    drawn = {id(claim) for claim in (*told(project), *proposed(project)[:MOST_CANDIDATES])}
    claims = [claim for claim in project.claims if id(claim) in passed and id(claim) in drawn]
    if cut.themes:
        inside = {entity.id for entity in project.entities if entity.theme in cut.themes}
        claims = [claim for claim in claims if _ends(claim) <= inside]
    if cut.around:
        inside = _reached(claims, cut.around, cut.hops)
        claims = [claim for claim in claims if _ends(claim) <= inside]
    known = {entity.id for entity in project.entities}
    lines = [c for c in claims if not c.is_literal and c.subject != c.object and _ends(c) <= known]
    unsure = frozenset(c for c in claims if cut.at and counted.proof(c).holds(cut.at) is not Holds.yes)
    words = Words({lang: _words(project, cut, lines, unsure, lang) for lang in LANGUAGES})
    if not lines:
        raise ChartError("cut-nothing", cut=dict(words))
    return CutDown(_part(project, claims), unsure, words)


def theme_named(project: Project, name: str) -> str:
    """The id of the theme that an id or a name in any language means. Raises UsageError with what is near."""
    named = {form: theme.id for theme in project.themes for form in theme.name.values()}
    named |= {theme.id: theme.id for theme in project.themes}
    if name in named:
        return named[name]
    same = {id for form, id in named.items() if fold(form) == fold(name)}
    if name.strip() and len(same) == 1:
        return same.pop()
    near = nearest(name, named) if name.strip() else None
    if near:
        raise UsageError("unknown-theme-near", name=name, near=near)
    raise UsageError("unknown-theme-asked", name=name, known=", ".join(t.id for t in project.themes) or "–")


def _ends(claim: Claim) -> set[str]:
    return {claim.subject} if claim.is_literal else {claim.subject, str(claim.object)}


def _reached(claims: Iterable[Claim], start: str, hops: int) -> set[str]:
    """The entities at most so many lines away."""
    around: dict[str, set[str]] = {}
    for claim in claims:
        for end in (ends := _ends(claim)):
            around.setdefault(end, set()).update(ends)
    found, edge = {start}, {start}
    for _ in range(hops):
        edge = {other for id in edge for other in around.get(id, ())} - found
        if not edge:
            break
        found |= edge
    return found


def _part(project: Project, claims: list[Claim]) -> Project:
    """The project with these claims alone, and whatever they name."""
    named = {id for claim in claims for id in _named(claim)}
    sources = tuple(source for source in project.sources if source.id in named)
    named |= {source.document for source in sources}
    entities = tuple(entity for entity in project.entities if entity.id in named)
    themes = {entity.theme for entity in entities}
    return replace(
        project,
        themes=tuple(theme for theme in project.themes if theme.id in themes),
        entities=entities,
        sources=sources,
        claims=tuple(claims),
        stories=(),  # they lead through the whole
    )


def _named(claim: Claim) -> Iterable[str]:
    yield from (*_ends(claim), claim.source, claim.voiced_by, *claim.cited_via)
    yield from (reply.by for reply in claim.replies)
    for _, value in claim.qualifiers:
        if isinstance(value, tuple):
            yield from value


def _words(project: Project, cut: Cut, lines: list[Claim], unsure: frozenset[Claim], lang: str) -> str:
    """What was asked for, in one line."""
    said = []
    if cut.themes:
        said.append(sentence("cut-themes", lang, names=_joined((_theme(project, t, lang) for t in cut.themes), lang)))
    if cut.around:
        said.append(sentence("cut-around", lang, name=_name(project, cut.around)[lang], hops=cut.hops))
    if cut.at:
        maybe = sum(claim in unsure for claim in lines)
        said.append(sentence("cut-at", lang, date=cut.at, sure=len(lines) - maybe, maybe=maybe, mark=UNSURE))
    if cut.only:
        labels = vocabulary().values["stance"]
        chosen = (labels[stance].label.best(lang).split("・")[0] for stance in Stance if stance in cut.only)
        said.append(sentence("cut-only", lang, stances=_joined(chosen, lang)))
    return sentence("cut-down", lang, what=("／" if lang == "ja" else "; ").join(said))


def _joined(names: Iterable[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(names)


def _theme(project: Project, id: str, lang: str) -> str:
    found = next((theme for theme in project.themes if theme.id == id), None)
    return clean(found.name.best(lang)) if found else id


def _name(project: Project, id: str) -> dict[str, str]:
    found = project.entity(id)
    return {lang: clean(found.name.best(lang)) if found else id for lang in LANGUAGES}
