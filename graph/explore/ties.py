"""The ties between entities: one for each claim that joins two of them.

In: a Project (or, by ties_store, a store) and a Filter. Out: Ties: frozen values in a fixed order, with who is next to
whom. What a claim must be to tie anything stands here alone, and so does the order of sureness.

    ties = ties_of(project, Filter(sources=frozenset({"newsletter-2016"})))
    ties.around("NationalPoliceAgency")      the ties that begin or end there
    to_networkx(ties)                        a MultiDiGraph, one edge a claim, keyed by its id

A tie is an accepted or disputed claim (a candidate only where asked for) that is not negated and whose object is an
entity. A document that some source consists of makes claims on everything: it ties nothing together by that, so ties
that begin or end at one are left out, unless asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..model import Claim, Project, Review, Stance, When, claim_id
from ..terms import vocabulary

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class Sureness(NamedTuple):
    """How sure a tie is; the smaller, the surer.

    Our own doubt counts first: what we dispute is less sure than all that we accept, and what nobody has read is less
    sure still. Then the source's stance, stated first; then whether it is hedged.
    """

    doubt: int = 0  # 0 accepted, 1 disputed, 2 a candidate
    rank: int = 0  # the stance's
    hedged: bool = False

    @property
    def stance(self) -> Stance:
        """The stance that is meant by `rank`."""
        return _STANCES[self.rank]

    @property
    def review(self) -> Review:
        """Our verdict that is meant by `doubt`."""
        return _DOUBTS[self.doubt]


_STANCES = tuple(Stance)
_DOUBTS = (Review.accepted, Review.disputed, Review.candidate)
_DOUBT = {review: number for number, review in enumerate(_DOUBTS)}
_SURE = {
    (review, stance, hedged): Sureness(_DOUBT.get(review, len(_DOUBTS) - 1), stance.rank, hedged)
    for review in Review
    for stance in Stance
    for hedged in (False, True)
}
SUREST = Sureness()
WEAKEST_POSSIBLE = Sureness(len(_DOUBTS) - 1, len(_STANCES) - 1, True)


class Holds(Enum):
    """Whether something held at a date, as far as dates at their own precision tell."""

    yes = "yes"
    maybe = "maybe"
    no = "no"


def is_former(predicate: str) -> bool:
    """Whether what a property says was over when its source told of it: sk:former of the ontology."""
    known = vocabulary().properties.get(predicate)
    return known is not None and known.former


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim that joins two entities. `subject` and `object` are ids as in the model, `claim` is the claim's own id.

    `said` is the date of its source. `negated` is False for all that ties; a denial is told beside a route.
    """

    subject: str
    predicate: str
    object: str
    claim: str
    handle: str = ""
    stance: Stance = Stance.stated
    negated: bool = False
    hedged: bool = False
    voice: str = ""
    source: str = ""
    review: Review = Review.accepted
    valid_from: When | None = None
    valid_to: When | None = None
    as_of: When | None = None
    said: When | None = None
    via: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the claim is called: its handle, else its id."""
        return self.handle or self.claim

    @property
    def sureness(self) -> Sureness:
        """How sure it is."""
        return _SURE[self.review, self.stance, self.hedged]

    @property
    def order(self) -> tuple[Sureness, str, str]:
        """The surer first, then by name: of the claims that tie the same two the first stands for them."""
        return self.sureness, self.name, self.claim

    def other(self, id: str) -> str:
        """The end that is not `id`; `id` itself where both are."""
        return self.object if self.subject == id else self.subject

    def holds(self, at: When) -> Holds:
        """Whether it held at a date: `no` only where it cannot have; 2014 may be any day of 2014.

        What has no end is known to go on until its source said so, not longer; what has no beginning, at that day. What
        was over by then, as a former post, is known to go on only between a beginning and an end that are both given.
        """
        if self.valid_from and self.valid_from.earliest() > at.latest():
            return Holds.no
        if self.valid_to and self.valid_to.latest() < at.earliest():
            return Holds.no
        told, said = (None, None) if is_former(self.predicate) else (self.as_of, self.said)
        start = self.valid_from or told
        end = self.valid_to or told or said
        if start and end and start.latest() <= at.earliest() and at.latest() <= end.earliest():
            return Holds.yes
        return Holds.maybe


@dataclass(frozen=True)
class Filter:
    """Which claims count. Empty sets leave nothing out."""

    only: frozenset[Stance] = frozenset()
    without: frozenset[str] = frozenset()  # properties
    sources: frozenset[str] = frozenset()
    at: When | None = None
    candidates: bool = False
    documents: bool = False  # keep the ties of documents that sources consist of

    @property
    def narrows(self) -> bool:
        """Whether more than our own verdict may leave a claim out."""
        return bool(self.only or self.without or self.sources or self.at is not None)

    def passes(self, tie: Tie) -> bool:
        """Whether a tie is to be walked."""
        return not tie.negated and self.admits(tie)

    def denies(self, tie: Tie) -> bool:
        """Whether it is a denial that is to be told: `only` names what may tie, and silences no denial."""
        return tie.negated and self._told(tie) and tie.predicate not in self.without

    def admits(self, tie: Tie) -> bool:
        """Whether the claim counts, be it negated or not."""
        if tie.predicate in self.without or (self.only and tie.stance not in self.only):
            return False
        return self._told(tie)

    def _told(self, tie: Tie) -> bool:
        """By a source that counts, at a date that counts, and not turned down by us."""
        if tie.review not in _DOUBT or (tie.review is Review.candidate and not self.candidates):
            return False
        if self.sources and tie.source not in self.sources:
            return False
        return self.at is None or tie.holds(self.at) is not Holds.no


@dataclass(frozen=True)
class Ties:
    """Ties in the order of their claims' ids, and who is next to whom."""

    ties: tuple[Tie, ...]
    denials: tuple[Tie, ...] = ()
    documents: frozenset[str] = field(default=frozenset(), compare=False)

    def __len__(self) -> int:
        return len(self.ties)

    def __iter__(self) -> Iterator[Tie]:
        return iter(self.ties)

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """The entities that are tied to anything, by id."""
        return tuple(sorted({end for tie in self.ties for end in (tie.subject, tie.object)}))

    def around(self, id: str) -> list[Tie]:
        """The ties that begin or end at an entity; a tie of one to itself comes once."""
        number = self._number.get(id)
        if number is None:
            return []
        starts, places = self._rows
        return [self.ties[place] for place in places[starts[number] : starts[number + 1]]]

    def denied(self, one: str, other: str) -> list[Tie]:
        """What is denied between two entities, either way round."""
        return [tie for tie in self.denials if {tie.subject, tie.object} == {one, other}]

    def denied_at(self, id: str) -> list[Tie]:
        """What is denied of an entity and another."""
        return [tie for tie in self.denials if id in (tie.subject, tie.object)]

    @cached_property
    def _number(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self.entities)}

    @cached_property
    def _rows(self) -> tuple[array[int], array[int]]:
        """For each entity where its ties begin in one long list of their places: eight bytes an end."""
        number, starts = self._number, array("l", bytes(array("l").itemsize * (len(self.entities) + 1)))
        for tie in self.ties:
            for end in {tie.subject, tie.object}:
                starts[number[end] + 1] += 1
        for row in range(1, len(starts)):
            starts[row] += starts[row - 1]
        free, places = array("l", starts), array("l", bytes(array("l").itemsize * starts[-1]))
        for place, tie in enumerate(self.ties):
            for end in {tie.subject, tie.object}:
                places[free[number[end]]] = place
                free[number[end]] += 1
        return starts, places


def ties_of(project: Project, wanted: Filter = Filter()) -> Ties:
    """The ties of a project's claims."""
    documents = frozenset(source.document for source in project.sources if source.document)
    said = {source.id: source.date for source in project.sources}
    between = (claim for claim in project.claims if not claim.is_literal)
    return gathered((as_tie(claim, said, claim_id(claim, project.base)) for claim in between), documents, wanted)


def gathered(told: Iterable[Tie], documents: frozenset[str], wanted: Filter) -> Ties:
    """Those of the claims that count, in order: what ties, and what is denied."""
    found = sorted(told, key=lambda tie: tie.claim)
    if not wanted.documents:
        found = [tie for tie in found if tie.subject not in documents and tie.object not in documents]
    ties = tuple(tie for tie in found if wanted.passes(tie))
    return Ties(ties, tuple(tie for tie in found if wanted.denies(tie)), documents)


def weakest(links: Sequence[Tie]) -> Tie:
    """The least sure of them: no whole is surer. Of equals the first in order."""
    least = max(tie.sureness for tie in links)
    return min((tie for tie in links if tie.sureness == least), key=lambda tie: tie.order)


def certainty(links: Sequence[Tie]) -> Sureness:
    """How sure a whole is that rests on all of these: as its weakest link, never surer."""
    return max((tie.sureness for tie in links), default=SUREST)


def to_networkx(ties: Ties) -> MultiDiGraph:
    """A directed multigraph: one edge a claim, from subject to object, keyed by the claim's id.

    An edge has `tie` (all of it), `predicate`, `stance`, `source`, `review` and `sureness`.
    """
    from networkx import MultiDiGraph

    graph = MultiDiGraph()
    graph.add_nodes_from(ties.entities)
    for tie in ties:
        about = {"predicate": tie.predicate, "stance": tie.stance.value, "source": tie.source}
        graph.add_edge(
            tie.subject, tie.object, tie.claim, tie=tie, review=tie.review.value, sureness=tie.sureness, **about
        )
    return graph


def as_tie(claim: Claim, said: dict[str, When | None], id: str = "") -> Tie:
    """A claim as a tie, under this id; one that gives a value ends nowhere. `said` dates the sources."""
    return Tie(
        claim.subject,
        claim.predicate,
        "" if claim.is_literal else str(claim.object),
        id,
        claim.handle,
        claim.stance,
        claim.negated,
        claim.hedged,
        claim.voiced_by,
        claim.source,
        claim.review,
        claim.valid_from,
        claim.valid_to,
        claim.as_of,
        said.get(claim.source),
        tuple(sorted(claim.cited_via)) if claim.cited_via else (),
        tuple(sorted(claim.readers)) if claim.readers else (),
    )
