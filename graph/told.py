"""What is told to a reader: the claims that a chart shows, and the stories that rest on them.

In: a project with all its claims. Out: the claims that may be told, what a step of a story rests on, and Problems for
steps that would tell something else. Not told are: what was rejected or withdrawn, what a machine proposed and nobody
has reviewed, and what a digest says of a document whose own claims are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .errors import Problem, Severity, Where
from .model import Claim, Project, Review, Step, Story, claim_id
from .reading import shown
from .values import Values

_LEFT_OUT = (Review.rejected, Review.withdrawn)


def digests(project: Project) -> frozenset[str]:
    """The sources that only tell again what another source of the project says: a second count of one voice."""
    told = {source.document for source in project.sources if source.document}
    return frozenset(source.id for source in project.sources if source.retells in told)


def told(project: Project) -> tuple[Claim, ...]:
    """The claims that may be told, in the project's order."""
    again = digests(project)
    return tuple(claim for claim in project.claims if not _untold(claim, again))


def proposed(project: Project) -> tuple[Claim, ...]:
    """What a machine proposed and nobody has reviewed; a page may show it, marked, and no story rests on it."""
    again = digests(project)
    return tuple(claim for claim in project.claims if claim.unreviewed and claim.source not in again)


def _untold(claim: Claim, again: frozenset[str]) -> str:
    """The message that says why a claim is not told, "" where it is."""
    if claim.review in _LEFT_OUT:
        return "step-rejected"
    if claim.unreviewed:
        return "step-unreviewed"
    return "step-digest" if claim.source in again else ""


class Evidence:
    """What the steps of a project's stories rest on, as numbers of `claims`."""

    def __init__(self, project: Project, claims: tuple[Claim, ...]) -> None:
        claims = claims if project.stories else ()
        self._names = names(claims, project.base)
        self._themes = {entity.id: entity.theme for entity in project.entities if entity.theme}
        self._about: dict[tuple[str, str], list[int]] = {}
        for number, claim in enumerate(claims):
            for key in self._spoken_of(claim):
                self._about.setdefault(key, []).append(number)

    def _spoken_of(self, claim: Claim) -> set[tuple[str, str]]:
        named = {claim.subject, *([claim.object] if isinstance(claim.object, str) else [])}
        for _, value in claim.qualifiers:
            named |= set(value) if isinstance(value, tuple) else set()
        themes = {("theme", self._themes[id]) for id in named if id in self._themes}
        return {("entity", id) for id in named} | themes

    def named(self, step: Step) -> tuple[int, ...]:
        """The claims that a step names, as far as they are there."""
        return tuple(self._names[name] for name in step.claims if name in self._names)

    def of(self, step: Step) -> tuple[int, ...]:
        """The claims that a step rests on: those it names, else those that speak of its entities and theme."""
        if step.claims:
            return self.named(step)
        keys = [*(("entity", id) for id in step.entities), *([("theme", step.theme)] if step.theme else [])]
        return tuple(sorted({number for key in keys for number in self._about.get(key, ())}))

    def stands(self, story: Story) -> bool:
        """Whether all claims that it names are there, and each of its steps rests on one."""
        return all(len(self.named(step)) == len(step.claims) and self.of(step) for step in story.steps)


def names(claims: tuple[Claim, ...], base: str) -> dict[str, int]:
    """Claims by what a file may call them, their handle or their id; where two have one name, a handle goes first."""
    found: dict[str, int] = {}
    for number, claim in enumerate(claims):
        if claim.handle:
            found.setdefault(claim.handle, number)
    for number, claim in enumerate(claims):
        found.setdefault(claim_id(claim, base), number)
    return found


def proved(project: Project, whole: bool = True) -> tuple[Project, list[Problem]]:
    """The project with the stories whose steps all rest on what may be told, and Problems for the others.

    `whole`: nothing else was left out for mistakes of its own, so that a claim that is not there does not exist.
    """
    if not project.stories:
        return project, []
    problems: list[Problem] = []
    known, again = names(project.claims, project.base), digests(project)
    evidence = Evidence(project, told(project))
    stories = []
    for story in project.stories:
        before = len(problems)
        for step in story.steps:
            _weigh(step, project, known, again, problems, whole)
            if whole and len(problems) == before and not evidence.of(step):
                problems.append(Problem("step-without-evidence", step.where))
        if len(problems) == before and evidence.stands(story):
            stories.append(story)
    return replace(project, stories=tuple(stories)), problems


def _weigh(
    step: Step,
    project: Project,
    known: Mapping[str, int],
    again: frozenset[str],
    problems: list[Problem],
    whole: bool,
) -> None:
    """A Problem for each claim of a step that is not there, or not told."""
    values = Values(step.where.file, problems, project.languages)
    for name, line in zip(step.claims, step.claim_lines, strict=True):
        if name not in known:
            if whole:
                values.unknown("unknown-handle", name, known, line, key="claims")
            continue
        claim = project.claims[known[name]]
        if code := _untold(claim, again):
            words = {"name": shown(name), "source": claim.source}
            problems.append(Problem(code, Where(step.where.file, line), words, Severity.error))
