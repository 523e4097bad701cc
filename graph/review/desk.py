"""Where candidates, the decisions on them and the file of decisions come together.

In: what a build gathers of a project, who decides. Out: a Queue for the screen; the candidate of an id; decisions
written down, all of a call or none.
"""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..decisions import Decision, Reviews, claim_fields, decide
from ..errors import UsageError
from ..extract.flow import Candidate
from ..folder import REVIEWS
from ..model import Project, Review, claim_id, iri
from ..names import nearest
from ..proposals import wants_reason
from ..reading import shown
from ..review_file import Verdict
from ..reviews import Applied
from .queue import Judged, Queue

SHORTEST = 4  # digits of an id that may stand for the whole

VERDICTS: Mapping[Verdict, Review] = {
    Verdict.accept: Review.accepted,
    Verdict.edit: Review.accepted,
    Verdict.reject: Review.rejected,
    Verdict.undo: Review.candidate,
}


@dataclass(frozen=True)
class Row:
    """A candidate, its id, and the decision that settles it, if there is one."""

    id: str
    candidate: Candidate
    decision: Decision | None = None

    @property
    def review(self) -> Review:
        """What became of it."""
        return VERDICTS[self.decision.verdict] if self.decision else Review.candidate

    @property
    def changes(self) -> dict[str, tuple[object, object]]:
        """By key what was decided on and what is proposed now, where they differ; the rule with them."""
        if self.decision is None or self.decision.claim is None:
            return {}
        old, new = claim_fields(self.decision.claim), claim_fields(self.candidate.claim)
        old["rule"], new["rule"] = self.decision.rule, self.candidate.rule
        keys = [key for key in dict.fromkeys((*new, *old)) if key != "reason" and old.get(key) != new.get(key)]
        return {key: (old.get(key), new.get(key)) for key in keys}


class Desk:
    """Candidates in their order with what was decided of each."""

    def __init__(
        self,
        project: Project,
        candidates: Sequence[Candidate],
        applied: Applied,
        decisions: Sequence[Decision],
        reviewer: str = "",
    ) -> None:
        self.project, self.applied, self.decisions, self.reviewer = project, applied, decisions, reviewer
        self.reviews = Reviews(Path(project.folder) / REVIEWS)
        known = {id(candidate): decision for candidate, decision in applied.unchanged}
        offered = {*known, *map(id, applied.new)}
        there = (one for one in candidates if id(one) in offered)
        self.rows = [Row(claim_id(one.claim, project.base), one, known.get(id(one))) for one in there]

    @cached_property
    def gone(self) -> list[Row]:
        """What was decided on and is no longer proposed."""
        pairs = [(decision, decision.claim) for decision in self.applied.gone]
        return [Row(d.id, Candidate(claim, claim.source), d) for d, claim in pairs if claim]

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Every row by its id, by that of the decision on it, by the decided claim's own; a row's own goes first."""
        found: dict[str, Row] = {}
        for row in (*self.rows, *self.gone):
            found.setdefault(row.id, row)
        for row in (*self.rows, *self.gone):
            if row.decision:
                found.setdefault(row.decision.id, row)
                if row.decision.final:
                    found.setdefault(claim_id(row.decision.final, self.project.base), row)
        return found

    def row(self, name: str) -> Row:
        """The row of a handle (X-…), an id, its first digits or its address. Raises UsageError."""
        wanted = name.strip().removeprefix(iri(self.project.base, "claim", "")).removeprefix("claim:")
        wanted = wanted.lower().removeprefix("x-")
        if exact := self.by_id.get(wanted):
            return exact
        found = {row.id: row for id, row in self.by_id.items() if len(wanted) >= SHORTEST and id.startswith(wanted)}
        if len(found) == 1:
            return next(iter(found.values()))
        told = shown(name)
        if found:
            raise UsageError("review-vague-id", id=told, known=", ".join(sorted(found)))
        for claim in self.project.claims:
            if claim.handle == name or claim_id(claim, self.project.base) == wanted:
                raise UsageError("review-by-hand", id=told, where=str(claim.where))
        if near := nearest(wanted, [name for row in self.rows for name in (row.id, row.id[: len(wanted)])]):
            raise UsageError("review-unknown-id-near", id=told, near=near)
        raise UsageError("review-unknown-id", id=told)

    # decisions

    def decide(self, named: Mapping[str, Verdict], note: str = "") -> list[Decision]:
        """Write down a verdict on each that is named. Raises UsageError, and then has written nothing.

        What stands as decided already, by the same person, is not written again.
        """
        verdicts: dict[str, Verdict] = {}
        for name, verdict in named.items():
            row = self.row(name)
            if verdicts.setdefault(row.id, verdict) is not verdict:
                raise UsageError("review-both", id=shown(name))
        made = [self.decision(self.by_id[id], verdict, note) for id, verdict in verdicts.items()]
        new = [one for one in made if not self.stands(one)]
        if new:
            self.reviews.add(*new)
        return new

    def decision(self, row: Row, verdict: Verdict, note: str) -> Decision:
        """A verdict on a row. To accept what was edited, or is no longer proposed, is to stand by that."""
        before = row.decision
        candidate = row.candidate
        edited = before.edited if before and before.verdict is Verdict.edit and verdict is Verdict.accept else {}
        if edited and before and before.claim:
            candidate = replace(candidate, claim=before.claim)
        if verdict is Verdict.accept:
            note = note or (before.note if before else "")
            final = before.final if edited and before and before.final else candidate.claim
            if not note and wants_reason(final, self.project):
                raise UsageError("review-wants-note", id=handle(row), gist=dict(final.gist) or final.predicate)
        id = before.id if before else row.id
        return decide(candidate, verdict, self.project, reviewer=self.reviewer, note=note, changes=edited, id=id)

    def stands(self, made: Decision) -> bool:
        """Whether just that was the last word already."""
        last = next((one for one in reversed(self.decisions) if one.id == made.id), None)
        if last is None:
            return made.verdict is Verdict.undo
        return told(last) == told(made)

    # the screen

    def queue(self) -> Queue:
        """The candidates, to be gone through; each decision is written down as it is made."""
        last = {decision.id: decision for decision in self.decisions}
        said: dict[str, Judged] = {}
        for row in self.rows:
            decision = row.decision or last.get(row.id)
            if row.decision:
                said[row.id] = judged(row.id, row.decision)
            elif decision and decision.note:  # noted or undone
                said[row.id] = Judged(row.id, Review.candidate, decision.rule, decision.note)
        return Queue([row.candidate for row in self.rows], self.project.base, said, self.write)

    def write(self, said: Judged) -> None:
        """Put down what was said of a candidate. Raises SokanzuError."""
        row = self.by_id[said.id]
        verdicts = {Review.accepted: Verdict.accept, Review.rejected: Verdict.reject, Review.candidate: Verdict.undo}
        made = decide(
            row.candidate,
            verdicts[said.verdict],
            self.project,
            reviewer=self.reviewer,
            note=said.note,
            changes=said.changes,
            id=row.decision.id if row.decision else row.id,
        )
        self.reviews.add(made)

    def known(self) -> Project:
        """The project with the accepted claims whose candidates are gone, so that the like of them is seen."""
        finals = [(decision.final, decision.verdict) for decision in self.applied.gone]
        return replace(
            self.project,
            claims=(*self.project.claims, *(replace(claim, review=VERDICTS[v]) for claim, v in finals if claim)),
        )


def told(decision: Decision) -> tuple[object, ...]:
    """What a decision says, its time aside."""
    claim = claim_fields(decision.claim) if decision.claim else {}
    return decision.verdict, decision.reviewer, decision.note, repr(decision.edited), repr(claim)


def judged(id: str, decision: Decision) -> Judged:
    """A decision as the queue has it."""
    return Judged(id, VERDICTS[decision.verdict], decision.rule, decision.note, decision.edited)


def handle(row: Row) -> str:
    """What a person calls the candidate by."""
    return row.candidate.claim.handle or f"X-{row.id[:8]}"


def reviewer(named: str, folder: Path) -> str:
    """Who decides: as named, else git's user.name for the project, else the login name. Raises UsageError.

    The file is public, so that an address of mail has no place in it.
    """
    name = " ".join(named.split())
    if named and (not name or "@" in name or not name.isprintable()):
        raise UsageError("review-bad-reviewer", name=shown(named))
    return name or _git_name(folder) or _login()


def _git_name(folder: Path) -> str:
    try:
        asked = ["git", "-C", str(folder), "config", "user.name"]
        done = subprocess.run(asked, capture_output=True, stdin=subprocess.DEVNULL, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return ""
    name = " ".join(done.stdout.decode("utf-8", "replace").split())
    return name if name.isprintable() and "@" not in name else ""


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # nobody known to the system
        return ""
