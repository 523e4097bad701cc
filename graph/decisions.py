"""What people decided on candidates: reviews.yaml, read and added to.

In: a project's reviews.yaml (docs/project-folder.md), a person's verdicts. Out: Decisions and the Problems of the
file; one more record, on disk before `add` returns. Each record holds its claim in full, so that what was accepted
stays when the rule or the parser is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from .errors import Problem, Severity, Where
from .extract.flow import Candidate
from .folder import REVIEWS
from .model import CURATOR, Claim, Project, Source, When, Words, claim_id
from .reading import Fields, Items, Text, Tree, file_name, parse_yaml, read_bytes
from .records import CLAIM_KEYS, Records
from .review_file import Appender, Verdict, as_text, divide
from .terms import vocabulary
from .values import Mention

OWN_KEYS = ("claim", "decision", "reviewer", "time", "rule", "source", "edited")
_NOT_DECIDED = ("id", "basedOn", "review", "reviewedOn", "readers", "reply")  # a record cannot bring these
_ID = re.compile("[0-9a-f]{16}")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Decision:
    """What one person said of one candidate.

    `id` is the candidate's when it was first decided on; `claim` the claim as it was proposed; `edited` what was mended
    in it, with the keys and in the form of a claims file (None: taken out); `final` the claim with that.
    """

    id: str
    verdict: Verdict
    reviewer: str = ""
    time: str = ""
    rule: str = ""
    note: str = ""
    claim: Claim | None = None
    edited: Mapping[str, Any] = field(default_factory=dict)
    final: Claim | None = None
    where: Where = field(default=Where(), compare=False)

    @property
    def date(self) -> When | None:
        """The day of the decision."""
        return When.parse(self.time[:10]) if self.time else None


def decide(
    candidate: Candidate,
    verdict: Verdict,
    project: Project,
    *,
    reviewer: str,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    reason: Mapping[str, str] | None = None,
    id: str = "",
    now: datetime | None = None,
) -> Decision:
    """A decision on a candidate, to be added to the file.

    `id` is that of an earlier decision which this one revises (Applied.id_of tells), else the candidate's own.
    `reason` says in public why something inferred or alleged about a person is shown at all.
    """
    edited = dict(changes or {})
    claim = replace(candidate.claim, reason=Words(reason)) if reason else candidate.claim
    if edited and verdict is Verdict.accept:
        verdict = Verdict.edit
    time = (now or datetime.now().astimezone()).isoformat(timespec="seconds")
    id = id or claim_id(candidate.claim, project.base)
    made = Decision(id, verdict, reviewer, time, candidate.rule, note, claim, edited, claim)
    if not edited:
        return made
    problems: list[Problem] = []  # whoever edits has checked it; what is wrong all the same is told when it is read
    tree = parse_yaml(as_text(record(made)), REVIEWS, problems)
    read = _Reader(REVIEWS, project, problems).read(tree)
    return replace(made, final=read[0].final if read else None)


# reading


def read_reviews(path: Path, project: Project) -> tuple[list[Decision], list[Problem]]:
    """The decisions in their order, and what is wrong with the file. No file: no decisions.

    Only what counts must be right: an old decision that was revised, or an undone one, raises no Problem.
    """
    problems: list[Problem] = []
    if not path.exists() and not path.is_symlink():
        return [], problems
    data = read_bytes(path, problems)
    if data is None:
        return [], problems
    name = file_name(path)
    whole, torn = divide(data)
    if torn:
        problems.append(Problem("review-torn", Where(name, whole.count(b"\n") + 1), {}, Severity.warning))
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = whole.count(b"\n", 0, error.start) + 1
        return [], [*problems, Problem("not-utf8", Where(name, line), {"byte": f"0x{whole[error.start]:02x}"})]
    tree = parse_yaml(text, name, problems)
    return _Reader(name, project, problems).read(tree), problems


class _Reader:
    def __init__(self, name: str, project: Project, problems: list[Problem]) -> None:
        self.name, self.project, self.problems = name, project, problems
        self.vocabulary = vocabulary()
        self.entities = dict.fromkeys(entity.id for entity in project.entities)
        self.voices = {*self.entities, CURATOR, *(source.id for source in project.sources)}
        self.keys = tuple(
            key for key in (*OWN_KEYS, *CLAIM_KEYS, *self.vocabulary.qualifiers) if key not in _NOT_DECIDED
        )

    def records(self, problems: list[Problem]) -> Records:
        return Records(self.name, problems, self.vocabulary, self.project.languages)

    def read(self, tree: Tree | None) -> list[Decision]:
        records = self.records(self.problems)
        found = records.each(tree, "reviews", lambda item: self.head(item, records))
        counting = {decision.id: n for n, (decision, _) in enumerate(found)}
        told = []
        for n, (decision, fields) in enumerate(found):
            problems: list[Problem] = []
            decision = self.body(decision, fields, problems)
            if counting[decision.id] == n and decision.verdict is not Verdict.undo:
                if decision.verdict is Verdict.reject:  # it keeps its claim away whatever has become of the rest
                    problems = [replace(problem, severity=Severity.warning) for problem in problems]
                self.problems += problems
            told.append(decision)
        return told

    def head(self, tree: Tree, records: Records) -> tuple[Decision, Fields] | None:
        """Who decided what on which claim."""
        before = records.errors
        fields = records.fields(tree, "decision", self.keys)
        if fields is None or not isinstance(tree, Fields):
            return None
        records.need(fields, "decision", ("claim", "decision"), tree)
        id = records.line(fields.get("claim"), "claim")
        if id and not _ID.fullmatch(id):
            records.problem("bad-claim-id", fields["claim"], id=id)
        verdict = records.choice(fields.get("decision"), Verdict, "decision")
        time = records.line(fields.get("time"), "time")
        if time and not _is_time(time):
            records.problem("bad-time", fields["time"], text=time)
        decision = Decision(
            id,
            verdict or Verdict.undo,
            records.line(fields.get("reviewer"), "reviewer"),
            time,
            records.line(fields.get("rule"), "rule"),
            records.text(fields.get("note"), "note"),
            where=records.where(tree),
        )
        return (decision, tree) if records.errors == before else None

    def body(self, decision: Decision, tree: Fields, problems: list[Problem]) -> Decision:
        """The decision with its claim, as proposed and as mended; Problems of the one that counts."""
        edits = tree.fields.get("edited")
        proposed = self.claim(tree, {}, [] if edits else problems, decision)
        if edits is None:
            return replace(decision, claim=proposed, final=proposed)
        if not isinstance(edits, Fields):
            self.records(problems).problem("not-a-mapping", edits, what="edited")
            return replace(decision, claim=proposed)
        changed = {key: (value, edits.lines[key]) for key, value in edits.fields.items()}
        final = self.claim(tree, changed, problems, decision)
        return replace(decision, claim=proposed, edited=plain_tree(edits), final=final)

    def claim(
        self, tree: Fields, changed: Mapping[str, tuple[Tree, int]], problems: list[Problem], decision: Decision
    ) -> Claim | None:
        """The claim of a record, with changes."""
        records = self.records(problems)
        fields = {key: value for key, value in tree.fields.items() if key not in (*OWN_KEYS, "note")}
        lines = dict(tree.lines)
        for key, other in (("object", "value"), ("value", "object")):
            if key in changed:
                fields.pop(other, None)
        for key, (value, line) in changed.items():
            if key in OWN_KEYS or key in _NOT_DECIDED or key == "note":
                records.unknown("unknown-key", key, self.keys, line, what="edited")
            fields[key], lines[key] = value, line
        id = records.id(tree.fields.get("source"), "source")
        source = self.project.source(id) if id else None
        if source is None:
            records.need(tree.fields, "decision", ("source",), tree)
            if id:
                known = [source.id for source in self.project.sources]
                records.unknown("unknown-source", id, known, tree.fields["source"])
            source = Source(id or "unknown", Words())
        claim = records.claim(Fields(fields, {key: lines[key] for key in fields}, tree.line), source, gist=False)
        for mention in records.mentions:
            self.check(mention, records)
        return replace(claim, method=decision.rule or "curated") if claim else None

    def check(self, mention: Mention, records: Records) -> None:
        """That what the claim names is there."""
        if mention.id in (self.voices if mention.kind == "voice" else self.entities):
            return
        records.unknown("unknown-entity", mention.id, self.entities, mention.where.line, key=mention.key)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return len(text) >= len("2026-11-24")


def plain_tree(tree: Tree) -> Any:
    """A tree as the text, lists and mappings that it holds."""
    if isinstance(tree, Text):
        return tree.text
    if isinstance(tree, Items):
        return [plain_tree(item) for item in tree.items]
    return {key: plain_tree(value) for key, value in tree.fields.items()}


# writing


class Reviews:
    """The file, for whoever decides."""

    def __init__(self, path: Path) -> None:
        self.file = Appender(path)

    def add(self, *decisions: Decision) -> None:
        """Append decisions, all or none; they are on disk when this returns. Raises SokanzuError where they cannot."""
        self.file.add(*map(record, decisions))


def record(decision: Decision) -> dict[str, Any]:
    """A decision with the keys of reviews.yaml; `decision` stands last: what has it is whole."""
    made: dict[str, Any] = {"claim": decision.id}
    if decision.rule:
        made["rule"] = decision.rule
    if decision.claim:
        made |= claim_fields(decision.claim)
    if decision.edited:
        made["edited"] = {key: "" if value is None else value for key, value in decision.edited.items()}
    told = {"note": decision.note, "reviewer": decision.reviewer, "time": decision.time}
    made |= {key: value for key, value in told.items() if value}
    return {key: _legible(value) for key, value in made.items()} | {"decision": str(decision.verdict)}


def _legible(value: Any) -> Any:
    """The same without the characters that no file of a project may hold."""
    if isinstance(value, str):
        return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {key: _legible(part) for key, part in value.items()}
    return [_legible(part) for part in value] if isinstance(value, (list, tuple)) else value


def claim_fields(claim: Claim) -> dict[str, Any]:
    """A claim with the keys of a claims file and its source, without its gist, which is made anew of what it says."""
    told: dict[str, Any] = {"subject": claim.subject, "predicate": claim.predicate}
    told["object" if isinstance(claim.object, str) else "value"] = _written(claim.object)
    told |= {"source": claim.source, "stance": str(claim.stance)}
    more = {
        "negated": claim.negated,
        "hedged": claim.hedged,
        "voicedBy": claim.voiced_by,
        "validFrom": _written(claim.valid_from),
        "validTo": _written(claim.valid_to),
        "asOf": _written(claim.as_of),
        **{name: _written(value) for name, value in claim.qualifiers},
        "passages": [[p.start, p.end] for p in claim.passages],
        "place": dict(claim.place),
        "cue": claim.cue,
        "reason": dict(claim.reason),
    }
    return told | {key: value for key, value in more.items() if value or (value == 0 and value is not False)}


def _written(value: object) -> Any:
    if isinstance(value, Words):
        return dict(value)
    if isinstance(value, When):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
