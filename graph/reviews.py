"""What decisions make of candidates.

In: candidates, the decisions of reviews.yaml. Out: the claims that they make together, what is new, unchanged and gone
since; how often each rule was right. An accepted claim lives from its record alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .decisions import Decision, Reviews, decide, read_reviews
from .extract.flow import Candidate, overlaps
from .extract.wording import gist
from .model import Claim, Passage, Project, Review, Stance, Words, claim_id
from .review_file import Verdict
from .terms import vocabulary

__all__ = [
    "DOUBTFUL",
    "Applied",
    "Decision",
    "Rate",
    "Reviews",
    "Verdict",
    "acceptance",
    "apply",
    "decide",
    "persons",
    "read_reviews",
    "settled",
]


DOUBTFUL = (Stance.inferred, Stance.alleged, Stance.intended, Stance.questioned)
"""What says of a person more than the source does, and so needs a reason to be shown."""


@dataclass(frozen=True)
class Applied:
    """Candidates and decisions, brought together.

    `claims`: those decided on, as they were decided, then the new ones as candidates. `unchanged`: candidates with the
    decision that settles each; where its rule differs, another one found the same. `new`: candidates that nobody has
    decided on. `gone`: decisions whose candidate is no longer proposed; what they accepted stays.
    """

    claims: tuple[Claim, ...]
    unchanged: tuple[tuple[Candidate, Decision], ...]
    new: tuple[Candidate, ...]
    gone: tuple[Decision, ...]

    def id_of(self, candidate: Candidate) -> str:
        """The id under which a decision on the candidate is revised; "" where there is none."""
        return next((decision.id for one, decision in self.unchanged if one is candidate), "")


def settled(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decisions that count: the last one on each claim, unless that took back the one before."""
    last = {decision.id: decision for decision in decisions}
    return {id: decision for id, decision in last.items() if decision.verdict is not Verdict.undo}


def apply(candidates: Sequence[Candidate], decisions: Sequence[Decision], project: Project) -> Applied:
    """Bring decisions to the candidates they were made on, by the claims' ids, else by what they say and where."""
    counting = settled(decisions)
    alike: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
    ids = [claim_id(candidate.claim, project.base) for candidate in candidates]
    there = set(ids)
    for decision in counting.values():
        if decision.id not in there:  # its own candidate is gone: the same may be proposed under another id
            for claim in {decision.claim, decision.final} - {None}:
                alike[_key(claim)].append(decision)
    unchanged, new, met = [], [], set()
    for id, candidate in zip(ids, candidates, strict=True):
        found = counting.get(id) or _nearest(candidate.claim, alike[_key(candidate.claim)])
        if found and found.verdict is Verdict.reject and found.claim and found.claim.negated != candidate.claim.negated:
            found = None  # the id is the same, yet the contrary was rejected
        if found:
            unchanged.append((candidate, found))
            met.add(found.id)
        else:
            new.append(candidate)
    readers = _readers(decisions)
    decided = (decided_claim(decision, project, readers[decision.id]) for decision in counting.values())
    claims = (*filter(None, decided), *(candidate.claim for candidate in new))
    gone = tuple(decision for decision in counting.values() if decision.id not in met)
    return Applied(claims, tuple(unchanged), tuple(new), gone)


def _key(claim: Claim | None) -> tuple[object, ...]:
    return (claim.subject, claim.predicate, claim.object, claim.source, claim.negated) if claim else ()


def _nearest(claim: Claim, choices: Iterable[Decision]) -> Decision | None:
    """Of decisions on the same proposition the one whose passages share most with the claim's; None without any."""
    shared = [(_shared(claim.passages, c.passages), d) for d in choices for c in (d.claim, d.final) if c]
    best = max(shared, key=lambda one: one[0], default=(0, None))
    return best[1] if best[0] else None


def _shared(ones: Iterable[Passage], others: Sequence[Passage]) -> int:
    return sum(
        min(a.end, b.end) - max(a.start, b.start)
        for a in ones
        for b in others
        if overlaps((a.start, a.end), (b.start, b.end))
    )


def _readers(decisions: Iterable[Decision]) -> dict[str, tuple[str, ...]]:
    """Who stands behind the decision that counts: everyone who has decided so since it was last decided otherwise."""
    behind: dict[str, tuple[object, list[str]]] = {}
    for decision in decisions:
        told = (decision.verdict, repr(decision.edited))
        before = behind.get(decision.id)
        names = before[1] if before and before[0] == told else []
        behind[decision.id] = (told, [*names, decision.reviewer])
    return {id: tuple(sorted({name for name in names if name})) for id, (_, names) in behind.items()}


def decided_claim(decision: Decision, project: Project, readers: tuple[str, ...]) -> Claim | None:
    """The claim as it was decided; None where its record could not be read."""
    if decision.final is None:
        return None
    claim = decision.final
    if decision.note and not claim.reason and claim.stance in DOUBTFUL and persons(claim, project):
        claim = replace(claim, reason=Words({project.languages[0]: decision.note}))  # asked for, so that it is shown
    claim = replace(
        claim,
        review=Review.rejected if decision.verdict is Verdict.reject else Review.accepted,
        readers=readers,
        reviewed_on=decision.date,
        method=decision.rule or "curated",
        where=decision.where,
    )
    claim = replace(claim, handle=f"X-{claim_id(claim, project.base)[:8]}")
    return replace(claim, gist=Words({**gist(claim, project, vocabulary()), **claim.gist}))


def persons(claim: Claim, project: Project) -> list[str]:
    """Which of subject and object are people."""
    named = [project.entity(id) for id in (claim.subject, claim.object) if isinstance(id, str)]
    return [entity.id for entity in named if entity and vocabulary().is_a(entity.cls, "Person")]


@dataclass(frozen=True)
class Rate:
    """How often a rule was right: what was accepted as it was proposed, of all that was decided."""

    accepted: int = 0
    rejected: int = 0
    edited: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        decided = self.accepted + self.rejected + self.edited
        return self.accepted / decided if decided else 0.0


def acceptance(decisions: Iterable[Decision]) -> dict[str, Rate]:
    """By rule, name@version, what became of its candidates; sorted by name."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for decision in settled(decisions).values():
        counts[decision.rule][decision.verdict] += 1
    return {
        rule: Rate(found[Verdict.accept], found[Verdict.reject], found[Verdict.edit])
        for rule, found in sorted(counts.items())
    }
