"""Candidates and decisions enter the project.

In: a project whose texts are at hand, its candidates, its decisions. Out: the project with the claims that they make,
and in a few Problems what waits for review and what is gone. What a curator wrote stands; what is inferred or alleged
about a person is held back until someone accepts it and writes down why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import Problem, Severity, Where
from .extract.flow import Candidate, overlaps
from .folder import REVIEWS
from .model import Claim, Project, Review, claim_id
from .reading import file_name
from .reviews import DOUBTFUL, Applied, Decision, apply, persons
from .sources import words_at

PRIVATE = ("startDate", "endDate", "date", "locatedIn")  # of a person: not recorded at all


@dataclass(frozen=True)
class Entered:
    """The project with what entered, how decisions and candidates met, and what is to be told."""

    project: Project
    applied: Applied
    problems: tuple[Problem, ...] = ()


def enter(
    project: Project, texts: Mapping[str, str], candidates: Sequence[Candidate], decisions: Sequence[Decision]
) -> Entered:
    """Add candidates and decided claims to a project."""
    fresh = without_repeats(project, candidates)
    applied = apply(fresh, decisions, project)
    gate = _Gate(project, texts)
    claims = tuple(claim for claim in map(gate.passed, applied.claims) if claim)
    waiting = len(applied.new)
    if waiting:
        words = {"count": waiting, "held": gate.held}
        gate.problems.append(Problem("candidates-waiting", Where(), words, Severity.info))
    return Entered(replace(project, claims=(*project.claims, *claims)), applied, tuple(gate.problems))


def lost(applied: Applied, project: Project, read: Iterable[str]) -> list[Decision]:
    """Of the sources that were `read`, the decisions whose candidates are no longer proposed."""
    known = set(read)
    return [d for d in applied.gone if d.claim and (d.claim.source in known or not project.source(d.claim.source))]


def gone(applied: Applied, project: Project, read: Iterable[str]) -> list[Problem]:
    """The same, told in one line."""
    found = lost(applied, project, read)
    if not found:
        return []
    where = Where(file_name(Path(project.folder) / REVIEWS), found[0].where.line)
    return [Problem("reviews-gone", where, {"count": len(found)}, Severity.info)]


def without_repeats(project: Project, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that say what no claim of the project says at the same place of the same source.

    Of two with one id the first; and nothing private of a person, which is not even put down to be decided on.
    """
    curated = _Curated(project)
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        claim = candidate.claim
        if not curated.says(claim) and not private(claim, project):
            found.setdefault(claim_id(claim, project.base), candidate)
    return list(found.values())


def private(claim: Claim, project: Project) -> bool:
    """Whether it says of a person what is not recorded at all."""
    return claim.predicate in PRIVATE and claim.subject in persons(claim, project)


def wants_reason(claim: Claim, project: Project) -> bool:
    """Whether it says so much of a person that a reason must be given to show it."""
    return claim.stance in DOUBTFUL and not claim.reason and bool(persons(claim, project))


class _Curated:
    """The claims that were written by hand."""

    def __init__(self, project: Project) -> None:
        self.base = project.base
        self.ids = {claim_id(claim, project.base) for claim in project.claims}
        self.places: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
        for claim in project.claims:
            self.places[self.key(claim)] += [(p.start, p.end) for p in claim.passages]

    def key(self, claim: Claim) -> tuple[object, ...]:
        return claim.source, claim.subject, claim.predicate, claim.object, claim.negated

    def says(self, claim: Claim) -> bool:
        """Whether one of them says the same at a place that overlaps."""
        if claim_id(claim, self.base) in self.ids:
            return True
        places = self.places.get(self.key(claim), ())
        return any(overlaps((p.start, p.end), place) for p in claim.passages for place in places)


class _Gate:
    """Lets claims into the project, each with its voice, its words and a handle of its own."""

    def __init__(self, project: Project, texts: Mapping[str, str]) -> None:
        self.project, self.texts = project, texts
        self.problems: list[Problem] = []
        self.held = 0
        self.curated = _Curated(project)
        self.ids: set[str] = set()
        self.handles = {claim.handle for claim in project.claims}

    def passed(self, claim: Claim) -> Claim | None:
        """The claim as it enters; None where it must not."""
        id = claim_id(claim, self.project.base)
        source = self.project.source(claim.source)
        if source is None or id in self.ids or self.curated.says(claim):
            return None
        self.ids.add(id)
        if not self.may(claim):
            return None
        handle = claim.handle
        if handle in self.handles:
            handle = f"X-{id}"
        self.handles.add(handle)
        text = self.texts.get(claim.source, "")
        inside = bool(claim.passages) and all(p.end <= len(text) for p in claim.passages)
        return replace(
            claim,
            handle=handle,
            voiced_by=claim.voiced_by or source.document or source.id,
            quote=words_at(text, claim.passages) if inside else "",
        )

    def may(self, claim: Claim) -> bool:
        """Whether it may stand in the graph: what says something private or doubtful of a person may not just so."""
        people = persons(claim, self.project)
        secret = private(claim, self.project)
        doubtful = claim.stance in DOUBTFUL and people
        if not secret and (not doubtful or (claim.review is Review.accepted and claim.reason)):
            return True
        self.held += claim.review is Review.candidate
        if claim.review is Review.accepted:
            code = "review-private" if secret else "review-reason"
            about = self.project.entity(people[0])
            words = {"name": dict(about.name) if about else people[0]}
            self.problems.append(Problem(code, claim.where, words, Severity.warning))
        return False
