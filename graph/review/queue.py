"""The queue of a review: what is asked next, what was decided, and the way back.

In: candidates, what was decided of them before, a function that writes a decision down. Out: the next candidate, and
a decision on disk before it is. No screen, no file of its own.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..extract.flow import Candidate
from ..model import Review, claim_id

SIEVES = ("source", "rule", "property", "stance")


@dataclass(frozen=True)
class Judged:
    """What a person said of one candidate; `candidate` as verdict takes back what was said before.

    `changes` holds the fields that were mended, with the keys and the form of a claims file.
    """

    id: str
    verdict: Review
    rule: str = ""
    note: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sieve:
    """Which candidates are asked about; "" lets everything through."""

    source: str = ""
    rule: str = ""
    property: str = ""
    stance: str = ""

    def passes(self, candidate: Candidate) -> bool:
        """Whether the candidate is asked about."""
        return all(not wanted or told == wanted for wanted, told in zip(self.values(), sorts(candidate), strict=True))

    def values(self) -> tuple[str, ...]:
        """What is wanted, in the order of SIEVES."""
        return self.source, self.rule, self.property, self.stance


def sorts(candidate: Candidate) -> tuple[str, ...]:
    """What a candidate can be chosen by, in the order of SIEVES."""
    claim = candidate.claim
    return claim.source, claim.method, claim.predicate, str(claim.stance)


@dataclass(frozen=True)
class _Step:
    number: int
    skipped: bool


class Queue:
    """Candidates in their order, each with what was said of it.

    `write` puts a decision on disk and returns when it is there; where it raises, nothing has changed.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        base: str,
        said: Mapping[str, Judged],
        write: Callable[[Judged], None],
    ) -> None:
        self.candidates = candidates
        self.ids = [claim_id(candidate.claim, base) for candidate in candidates]
        self.said = {id: judged for id, judged in said.items() if judged.verdict is not Review.candidate}
        self.write = write
        self.sieve = Sieve()
        self.steps: list[_Step] = []
        self.notes = {id: judged.note for id, judged in said.items() if judged.note}
        self.rates: dict[str, Counter[str]] = {}
        for judged in self.said.values():
            self.count(judged, 1)
        self.todo: deque[int] = deque()
        self.shown: list[int] = []
        self.choose(Sieve())

    def choose(self, sieve: Sieve) -> None:
        """Ask about these only, from the first one on."""
        self.sieve = sieve
        self.shown = [n for n, candidate in enumerate(self.candidates) if sieve.passes(candidate)]
        self.todo = deque(n for n in self.shown if self.ids[n] not in self.said)

    @property
    def current(self) -> int | None:
        """The number of the candidate that is asked about; None where all is said."""
        return self.todo[0] if self.todo else None

    def decide(self, verdict: Review, note: str = "", changes: Mapping[str, Any] | None = None) -> None:
        """Write down what was said of the current candidate and go on to the next."""
        if not self.todo:
            return
        number = self.todo[0]
        id = self.ids[number]
        note = note or self.notes.get(id, "")
        judged = Judged(id, verdict, self.candidates[number].rule, note, changes or {})
        self.put(judged)
        if note:
            self.notes[id] = note
        self.todo.popleft()
        self.steps.append(_Step(number, False))

    def skip(self) -> None:
        """Leave the current candidate for the end."""
        if len(self.todo) > 1:
            self.steps.append(_Step(self.todo[0], True))
            self.todo.rotate(-1)

    def note(self, text: str) -> None:
        """Write down a note on the current candidate; it goes with the decision that follows."""
        if not self.todo or text == self.notes.get(self.ids[self.todo[0]], ""):
            return
        id = self.ids[self.todo[0]]
        self.write(Judged(id, Review.candidate, self.candidates[self.todo[0]].rule, text))
        self.notes[id] = text

    def undo(self) -> bool:
        """Take the last step back; whether there was one."""
        if not self.steps:
            return False
        step = self.steps[-1]
        id = self.ids[step.number]
        if not step.skipped:
            self.put(Judged(id, Review.candidate, self.candidates[step.number].rule, self.notes.get(id, "")))
        self.steps.pop()
        if step.number in self.todo:
            self.todo.remove(step.number)
        self.todo.appendleft(step.number)
        return True

    def put(self, judged: Judged) -> None:
        """Write a decision down, then count it."""
        self.write(judged)
        if before := self.said.pop(judged.id, None):
            self.count(before, -1)
        if judged.verdict is not Review.candidate:
            self.said[judged.id] = judged
            self.count(judged, 1)

    def count(self, judged: Judged, by: int) -> None:
        """Add a decision to its rule's, or take it away."""
        self.rates.setdefault(judged.rule, Counter())["edited" if judged.changes else judged.verdict] += by

    def rate(self, rule: str) -> tuple[int, int]:
        """How many of a rule's candidates were accepted as they were proposed, of how many that were decided."""
        counts = self.rates.get(rule, Counter())
        return counts[Review.accepted], counts.total()

    def progress(self) -> tuple[int, int, int]:
        """How many are decided, of how many, and how many of them are accepted; of what the sieve lets through."""
        decided = [self.said[self.ids[n]] for n in self.shown if self.ids[n] in self.said]
        return len(decided), len(self.shown), sum(judged.verdict is Review.accepted for judged in decided)

    def choices(self) -> dict[str, Counter[str]]:
        """What can be chosen by, with how many wait there."""
        waiting = [n for n in range(len(self.candidates)) if self.ids[n] not in self.said]
        rows = [sorts(self.candidates[n]) for n in waiting]
        return {name: Counter(row[at] for row in rows) for at, name in enumerate(SIEVES)}
