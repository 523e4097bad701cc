"""Other claims like one: curated or proposed, the same or the opposite.

In: the project's claims, the candidates. Out: for a candidate, who else says such a thing, the nearest first; and
how many claims one sentence backs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..extract.flow import Candidate
from ..model import Claim, Passage
from ..terms import Vocabulary

MANY = 4  # claims that one sentence may back before the reviewer is warned


@dataclass(frozen=True)
class Alike:
    """A claim like another, and how: the same relation, another one of the same two, the same of another object."""

    claim: Claim
    number: int  # of the candidate; -1 for a claim of the project
    how: str  # "same", "pair", "subject"
    opposite: bool = False


class Alikes:
    """Knows every claim by the two that it joins, and by subject and property; built when first asked."""

    def __init__(self, claims: Sequence[Claim], candidates: Sequence[Candidate], vocabulary: Vocabulary) -> None:
        self.claims, self.candidates, self.vocabulary = claims, candidates, vocabulary

    @cached_property
    def _all(self) -> list[tuple[Claim, int]]:
        curated = [(claim, -1) for claim in self.claims]
        return curated + [(candidate.claim, number) for number, candidate in enumerate(self.candidates)]

    @cached_property
    def _pairs(self) -> dict[frozenset[object], list[int]]:
        found: dict[frozenset[object], list[int]] = defaultdict(list)
        for at, (claim, _) in enumerate(self._all):
            found[frozenset((claim.subject, claim.object))].append(at)
        return found

    @cached_property
    def _subjects(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, (claim, _) in enumerate(self._all):
            found[claim.subject, claim.predicate].append(at)
        return found

    @cached_property
    def _sentences(self) -> Counter[tuple[str, tuple[Passage, ...]]]:
        return Counter((c.document, c.context or c.claim.passages) for c in self.candidates)

    def backed(self, candidate: Candidate) -> int:
        """How many candidates the sentence of this one backs."""
        return self._sentences[candidate.document, candidate.context or candidate.claim.passages]

    def of(self, number: int, most: int = 8) -> tuple[list[Alike], int]:
        """The claims most like a candidate, and how many there are in all."""
        own = self.candidates[number].claim
        found: dict[int, Alike] = {}
        for at in self._pairs.get(frozenset((own.subject, own.object)), ()):
            claim, which = self._all[at]
            same = self.says_the_same(own, claim)
            found[at] = Alike(claim, which, "same" if same else "pair", same and claim.negated != own.negated)
        for at in self._subjects.get((own.subject, own.predicate), ()):
            found.setdefault(at, Alike(*self._all[at], "subject"))
        others = [alike for alike in found.values() if alike.number != number]
        others.sort(key=lambda a: (not a.opposite, ("same", "pair", "subject").index(a.how), a.number >= 0, a.number))
        return others[:most], len(others)

    def says_the_same(self, one: Claim, other: Claim) -> bool:
        """Whether two claims, their negation aside, tell one relation, be it from the other end."""
        property = self.vocabulary.properties.get(one.predicate)
        straight = (one.subject, one.object) == (other.subject, other.object)
        if one.predicate == other.predicate:
            return straight or bool(property and property.symmetric)
        other_property = self.vocabulary.properties.get(other.predicate)
        inverses = {property.inverse if property else "", other_property.inverse if other_property else ""} - {""}
        return not straight and bool(inverses & {one.predicate, other.predicate})
