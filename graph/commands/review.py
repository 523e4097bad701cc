"""review: candidates are shown one after the other and decided on; for scripts lists and verdicts by id."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ask import aligned
from ..build import Gathered, gather
from ..errors import ProjectError, Severity, SokanzuError, UsageError
from ..extract.flow import Document
from ..folder import FILE, REVIEWS
from ..model import Claim, Review, Value, Words
from ..paths import SEEDS
from ..review.desk import Desk, Row, handle, reviewer
from ..review.inert import inert
from ..review_file import Verdict
from ..reviews import Rate, acceptance
from ..terms import vocabulary
from .context import Context

if TYPE_CHECKING:
    from ..review.screen import ReviewApp

FORMATS = ("table", "json")


def review(
    context: Context,
    texts: Sequence[Path] = (),
    verdicts: Mapping[str, Sequence[str]] | None = None,
    note: str = "",
    by: str = "",
    shown: Sequence[str] = (),
    format: str = "table",
) -> int:
    """Open the screen; or write down `verdicts` (ids by verdict); or print what is `shown`: list, stats, diff.

    Raises UsageError where the words are wrong, ProjectError where the project is.
    """
    named = [(id, Verdict(verdict)) for verdict, ids in (verdicts or {}).items() for id in ids]
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))
    if len(shown) + bool(named) > 1:
        raise UsageError("review-one-thing")
    if note and not named:
        raise UsageError("review-loose-note")
    if not shown:
        _writable(context)
        if not named and not _is_terminal():
            raise UsageError("review-no-terminal")
    who = "" if shown else reviewer(by, context.folder)
    found = _gathered(context, texts)
    desk = Desk(found.read, found.candidates, found.applied, found.decisions, who)
    if shown:
        {"list": _list, "stats": _stats, "diff": _diff}[shown[0]](_Told(context, desk, found), format)
        return 0
    if named:
        return _decide(context, desk, named, note)
    if not desk.rows:
        context.tell("review-no-candidates")
        return 0
    app = _app(context, found, desk)
    app.run()
    app.lookup.close()
    if app.failure:
        raise app.failure
    said = Counter(judged.verdict for judged in app.queue.said.values())
    waiting = len(desk.rows) - said.total()
    print(context.text("review-wrote", accepted=said[Review.accepted], rejected=said[Review.rejected], waiting=waiting))
    return 0


def _writable(context: Context) -> None:
    """See that decisions can be written there, before anybody has made one."""
    from ..intake import writable

    folder = context.folder
    if context.project is None and folder == SEEDS != Path.cwd():
        raise UsageError("source-bundled", file=FILE)
    writable(folder)
    path = folder / REVIEWS
    if path.exists() and not os.access(path, os.W_OK):
        raise UsageError("source-read-only", folder=path)


def _is_terminal() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)  # the screen is drawn on the last one
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM", "") != "dumb"


def _gathered(context: Context, texts: Sequence[Path]) -> Gathered:
    """The project with its candidates. Raises ProjectError: who decides must see all that was decided."""
    with context.progress() as say:
        found = gather(context.folder, texts, say)
    errors = [problem for problem in found.problems if problem.severity is Severity.error]
    if errors:
        raise ProjectError(errors)
    for problem in found.problems:
        if problem.severity is not Severity.info:
            context.tell("plain", text=problem.line(context.lang))
    return found


def _decide(context: Context, desk: Desk, named: Sequence[tuple[str, Verdict]], note: str) -> int:
    once: dict[str, Verdict] = {}
    for id, verdict in named:
        if once.setdefault(id, verdict) is not verdict:
            raise UsageError("review-both", id=inert(id))
    made = Counter(decision.verdict for decision in desk.decide(once, note))
    accepted = made[Verdict.accept] + made[Verdict.edit]
    now = {desk.row(id).id: verdict is not Verdict.undo for id, verdict in once.items()}
    waiting = sum(not now.get(row.id, row.decision is not None) for row in desk.rows)
    print(context.text("review-wrote", accepted=accepted, rejected=made[Verdict.reject], waiting=waiting))
    if made[Verdict.undo]:
        print(context.text("review-undid", undone=made[Verdict.undo]))
    return 0


def _app(context: Context, found: Gathered, desk: Desk) -> ReviewApp:
    from ..extract.run import document
    from ..review.edit import Editor
    from ..review.lookup import Lookup
    from ..review.screen import ReviewApp
    from ..review.sheet import Sheet

    def read(id: str) -> Document | None:
        source = found.read.source(id)
        try:
            return document(found.read, source, found.texts[id]) if source and id in found.texts else None
        except SokanzuError:  # the sentence is shown without those around it
            return None

    terms = vocabulary()
    sheet = Sheet(desk.queue(), desk.known(), terms, found.texts, read, context.lang)
    return ReviewApp(sheet, Editor(found.read, terms, context.lang), Lookup(found.read))


# what is printed


class _Told:
    """Candidates in words."""

    def __init__(self, context: Context, desk: Desk, found: Gathered) -> None:
        self.context, self.desk, self.found = context, desk, found
        self.terms, self.lang = vocabulary(), context.lang

    def object(self, value: str | Value) -> str:
        """An object as a script can take it: an id, or the value."""
        return value if isinstance(value, str) else value.best(self.lang) if isinstance(value, Words) else str(value)

    def says(self, claim: Claim) -> str:
        """A claim on one line, by its ids."""
        sign = "✕→" if claim.negated else "→"
        return inert(f"{claim.subject} → {claim.predicate} {sign} {self.object(claim.object)}")

    def cells(self, row: Row) -> list[str]:
        """A candidate in a table."""
        claim = row.candidate.claim
        review = self.terms.values["review"][row.review].label.best(self.lang)
        stance = self.terms.values["stance"][claim.stance].label.best(self.lang)
        place = ", ".join(f"{p.start}–{p.end}" for p in claim.passages)
        told = (handle(row), review, stance, self.says(claim), claim.source, place, claim.method)
        return [inert(one) for one in told]

    def table(self, rows: Sequence[Sequence[str]], *columns: str) -> None:
        """Print rows below the names of their columns."""
        for line in aligned([[self.context.text(f"review-column-{name}") for name in columns], *rows]):
            print(line)

    def json(self, row: Row) -> dict[str, Any]:
        """A candidate for a script."""
        claim = row.candidate.claim
        told = self.object(claim.object)
        return {
            "id": row.id,
            "handle": handle(row),
            "review": str(row.review),
            "subject": claim.subject,
            "predicate": claim.predicate,
            "object" if isinstance(claim.object, str) else "value": told,
            "stance": str(claim.stance),
            "negated": claim.negated,
            "source": claim.source,
            "passages": [[p.start, p.end] for p in claim.passages],
            "quote": claim.quote,
            "rule": claim.method,
            "how": list(row.candidate.how),
        }


def _json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))


def _list(told: _Told, format: str) -> None:
    """The candidates in the order of the texts, decided or not."""
    if format == "json":
        _json([told.json(row) for row in told.desk.rows])
        return
    rows = [told.cells(row) for row in told.desk.rows]
    told.table(rows, "id", "review", "stance", "claim", "source", "place", "rule")


def _stats(told: _Told, format: str) -> None:
    """How often each rule was right, and how many of its candidates wait."""
    rates = acceptance(told.desk.decisions)
    waiting = Counter(row.candidate.rule for row in told.desk.rows if row.decision is None)
    rules = sorted({*rates, *waiting})
    names = ("accepted", "edited", "rejected", "waiting")
    made: list[dict[str, Any]] = []
    for rule in rules:
        rate = rates.get(rule, Rate())
        numbers = (rate.accepted, rate.edited, rate.rejected, waiting[rule])
        share = round(rate.share, 3) if rule in rates else None
        made.append({"rule": rule, **dict(zip(names, numbers, strict=True)), "share": share})
    if format == "json":
        _json(made)
        return
    rows = [[inert(row["rule"]), *(str(row[name]) for name in names), _percent(row["share"])] for row in made]
    told.table(rows, "rule", *names, "share")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _diff(told: _Told, format: str) -> None:
    """What is proposed now against what was decided: new (+), otherwise (~), gone (-)."""
    from ..proposals import lost

    desk, found = told.desk, told.found
    new = [row for row in desk.rows if row.decision is None]
    changed = [row for row in desk.rows if row.changes]
    ids = {decision.id for decision in lost(found.applied, found.read, found.texts)} if found.whole else set()
    gone = [row for row in desk.gone if row.id in ids]
    if format == "json":
        differ = [{**told.json(row), "changes": {k: list(v) for k, v in row.changes.items()}} for row in changed]
        _json({"new": list(map(told.json, new)), "changed": differ, "gone": list(map(told.json, gone))})
        return
    for sign, rows in (("+", new), ("~", changed), ("-", gone)):
        for row in rows:
            print(sign + " " + "  ".join(told.cells(row)))
            for key, (old, now) in row.changes.items():
                print(inert(f"    {key}: {told.context.text('review-none') if old is None else old}") + " → ", end="")
                print(inert(str(told.context.text("review-none") if now is None else now)))
    counts = {"new": len(new), "changed": len(changed), "gone": len(gone)}
    unchanged = len(desk.rows) - len(new) - len(changed)
    print(told.context.text("review-diff-counts", unchanged=unchanged, **counts))
    if not found.whole:
        told.context.tell("review-diff-partial")
