"""Which claims an analysis counts, and how many it leaves out for which reason.

In: a Project and a Filter. Out: a Chosen: the claims that count, in the project's order, and the number of the others
by reason. Literal-valued claims are judged like ties, by the same Filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..model import Claim, Project, Review, Stance, When, claim_id
from .ties import Filter, Sureness, Tie, Ties, as_tie, certainty, ties_of

ASSERTED = frozenset({Stance.stated, Stance.reported})
"""What a source says is so, or that others say is so."""


@dataclass(frozen=True)
class Chosen:
    """The claims that count, and why others do not.

    `left` counts them by reason: candidate, rejected, withdrawn, filter.
    """

    project: Project
    wanted: Filter
    claims: tuple[Claim, ...]
    left: Counter[str] = field(default_factory=Counter)

    @cached_property
    def ties(self) -> Ties:
        """The ties between entities among them, as paths walk them."""
        return ties_of(self.project, self.wanted)

    @cached_property
    def left_of_ties(self) -> Counter[str]:
        """Why claims are no ties: besides `left` those that are denied, that give a value, or that a document makes."""
        left, documents = Counter(self.left), self.ties.documents
        for claim in self.claims:
            if claim.negated:
                left["negated"] += 1
            elif claim.is_literal:
                left["value"] += 1
            elif not self.wanted.documents and (claim.subject in documents or claim.object in documents):
                left["document"] += 1
        return left

    @cached_property
    def _said(self) -> dict[str, When | None]:
        return {source.id: source.date for source in self.project.sources}

    @cached_property
    def _ids(self) -> dict[int, tuple[Claim, str]]:
        return {}

    def id(self, claim: Claim) -> str:
        """A claim's own id, made once: several lines may show it."""
        known = self._ids.get(id(claim))
        if known is None:
            known = self._ids[id(claim)] = claim, claim_id(claim, self.project.base)
        return known[1]

    def proof(self, claim: Claim) -> Tie:
        """A claim as a line shows it; the object of one with a value stays empty."""
        return as_tie(claim, self._said, self.id(claim))

    def named(self, claims: Iterable[Claim]) -> list[tuple[str, Claim]]:
        """Claims with their ids."""
        return [(self.id(claim), claim) for claim in claims]

    def proofs(self, claims: Iterable[Claim]) -> tuple[Tie, ...]:
        """Claims as a line shows them, the surer first; each once."""
        found = {tie.claim: tie for tie in map(self.proof, claims)}
        return tuple(sorted(found.values(), key=lambda tie: tie.order))


def choose(project: Project, wanted: Filter = Filter()) -> Chosen:  # noqa: B008 - frozen
    """The claims of a project that pass the filter, denials among them."""
    said = {source.id: source.date for source in project.sources}
    claims, left, narrows = [], Counter[str](), wanted.narrows
    for claim in project.claims:
        if claim.review in (Review.rejected, Review.withdrawn):
            left[claim.review.value] += 1
        elif claim.review is Review.candidate and not wanted.candidates:
            left["candidate"] += 1
        elif not narrows or wanted.admits(_timed(claim, said)):
            claims.append(claim)
        else:
            left["filter"] += 1
    return Chosen(project, wanted, tuple(claims), left)


def best(ties: Iterable[Tie]) -> Tie:
    """The surest of several claims on one thing: one of them is enough."""
    return min(ties, key=lambda tie: tie.order)


def rests(needed: Iterable[Iterable[Tie]]) -> Sureness:
    """How sure a whole is that needs all of these, for each of which any one claim is enough."""
    return certainty([best(ties) for ties in needed])


def _timed(claim: Claim, said: dict[str, When | None]) -> Tie:
    """A claim with its times; those of one that gives a date are what that date bounds."""
    tie, when = as_tie(claim, said), claim.object
    if not isinstance(when, When) or claim.valid_from or claim.valid_to:
        return tie
    start = when if claim.predicate in ("startDate", "date") else None
    return replace(tie, valid_from=start, valid_to=when if claim.predicate in ("endDate", "date") else None)
