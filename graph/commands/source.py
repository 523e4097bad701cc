"""source: documents that a project rests on: add one, list them, show one with everything taken from it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ..ask import aligned
from ..build import Gathered, gather
from ..dossier import clean
from ..errors import Severity, UsageError
from ..extract.flow import Candidate
from ..folder import FILE
from ..intake import add as add_source
from ..model import CURATOR, Claim, Review, Source, Value, Words, claim_id
from ..names import nearest
from ..paths import SEEDS
from ..terms import vocabulary
from .context import Context

FORMATS = ("table", "json")


def add(context: Context, what: str, id: str = "", date: str = "", title: str = "") -> int:
    """Take a file or an address in. Raises UsageError, SourceError, ProjectError."""
    if not what.strip():
        raise UsageError("no-path")
    folder = context.folder
    if context.project is None and folder == SEEDS:
        raise UsageError("source-bundled", file=FILE)
    made = add_source(folder, what, id=id, date=date, title=title)
    for note in made.notes:
        context.tell(note, file=what)
    if made.new:
        print(context.text("source-added", id=made.id, characters=made.characters, files=", ".join(made.files)))
    elif made.files:
        print(context.text("source-completed", id=made.id, files=", ".join(made.files)))
    else:
        print(context.text("source-there", id=made.id))
    return 0


def list_sources(context: Context, format: str = "table") -> int:
    """Print the sources, each with how many of its claims stand where. Raises UsageError on an unknown format."""
    _check(format)
    found = _gathered(context)
    counts: dict[str, Counter[Review]] = defaultdict(Counter)
    for claim in _claims(found):
        counts[claim.source][claim.review] += 1
    if format == "json":
        rows = [_row(source, found, counts[source.id]) for source in found.project.sources]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    labels = [vocabulary().values["review"][review].label.best(context.lang) for review in Review]
    head = [context.text(f"source-column-{key}") for key in ("id", "date", "language", "text")]
    table = [[*head, *labels, context.text("source-column-title")]]
    for source in found.project.sources:
        text = context.text("source-yes" if source.id in found.texts else "source-no")
        numbers = [str(counts[source.id][review] or "") for review in Review]
        about = [source.id, str(source.date or ""), source.language, text]
        table.append([clean(cell) for cell in (*about, *numbers, source.title.best(context.lang))])
    for line in aligned(table):
        print(line)
    return 0


def show(context: Context, name: str, format: str = "table") -> int:
    """Print a source's record and its claims in the order of the text. Raises UsageError on an unknown one."""
    _check(format)
    found = _gathered(context)
    source = found.project.source(name)
    if source is None:
        if near := nearest(name, [source.id for source in found.project.sources]):
            raise UsageError("source-unknown-near", name=name, near=near)
        raise UsageError("source-unknown", name=name)
    claims = [claim for claim in _claims(found) if claim.source == source.id]
    claims.sort(key=lambda claim: (not claim.passages, claim.passages, claim.predicate, claim.handle))
    if format == "json":
        rows = [_claim_row(claim, found) for claim in claims]
        told = {**_record(source), "text": source.id in found.texts, "claims": rows}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for key, value in _record(source).items():
        words = Words(value).best(context.lang) if isinstance(value, dict) else value
        print(clean(f"{key}: {', '.join(words) if isinstance(words, list) else words}"))
    print(f"text: {context.text('source-yes' if source.id in found.texts else 'source-no')}")
    print("\n" + context.text("source-claims", count=len(claims)))
    told_of = _Told(context, found)
    for claim in claims:
        print()
        for line in told_of.claim(claim):
            print(line)
    return 0


def _check(format: str) -> None:
    if format not in FORMATS:
        raise UsageError("unknown-format", format=format, known=", ".join(FORMATS))


def _gathered(context: Context) -> Gathered:
    with context.progress() as say:
        found = gather(context.folder, (), say)
    for problem in found.problems:
        if problem.severity is not Severity.info:
            context.tell("plain", text=problem.line(context.lang))
    return found


def _claims(found: Gathered) -> list[Claim]:
    """All claims: those of the graph, and the candidates that are held back from it."""
    there = {claim_id(claim, found.project.base) for claim in found.project.claims}
    held = [c.claim for c in found.applied.new if claim_id(c.claim, found.project.base) not in there]
    return [*found.project.claims, *held]


def _claim_row(claim: Claim, found: Gathered) -> dict[str, Any]:
    """A claim with the keys of a candidate, and what became of it."""
    from ..extract.written import row

    return {
        **row(Candidate(claim, claim.source), found.project),
        "handle": claim.handle or None,
        "review": str(claim.review),
        "readers": list(claim.readers),
        "place": dict(claim.place),
        "held": _is_held(claim, found),
    }


def _is_held(claim: Claim, found: Gathered) -> bool:
    """Whether it is kept out of the graph for now."""
    return not any(one is claim for one in found.project.claims)


def _row(source: Source, found: Gathered, counts: Counter[Review]) -> dict[str, Any]:
    claims = {str(review): counts[review] for review in Review}
    return {**_record(source), "text": source.id in found.texts, "claims": claims}


def _record(source: Source) -> dict[str, Any]:
    """What sources.yaml says of it, with its keys."""
    told: dict[str, Any] = {
        "id": source.id,
        "title": dict(source.title),
        "publisher": dict(source.publisher),
        "date": str(source.date or ""),
        "address": list(source.addresses),
        "retrieved": str(source.retrieved or ""),
        "language": source.language,
        "rights": dict(source.rights),
        "grade": str(source.grade or ""),
        "read": dict(source.read),
        "document": source.document,
        "sha256": source.sha256,
        "characters": source.characters,
        "file": source.file,
        "original": source.original,
        "originalSha256": source.original_sha256,
        "note": dict(source.note),
    }
    return {key: value for key, value in told.items() if value or value == 0}


class _Told:
    """A claim for people."""

    def __init__(self, context: Context, found: Gathered) -> None:
        self.context, self.found, self.terms = context, found, vocabulary()
        self.lang = context.lang

    def claim(self, claim: Claim) -> Iterator[str]:
        """What it says, how surely, in whose words, what became of it."""
        handle = claim.handle or claim_id(claim, self.found.project.base)
        property = self.terms.properties[claim.predicate].label.best(self.lang)
        sign = "✕→" if claim.negated else "→"
        yield clean(f"  {handle}  {self.name(claim.subject)} → {property} {sign} {self.object(claim.object)}")
        yield "    " + " · ".join(filter(None, self.badges(claim)))
        yield clean(f"    {claim.gist.best(self.lang)}")
        if claim.quote:
            yield clean(f"    「{' '.join(claim.quote.split())}」")
        if claim.voiced_by not in ("", claim.source):
            yield clean("    " + self.context.text("show-voice", voice=self.name(claim.voiced_by)))

    def badges(self, claim: Claim) -> Iterator[str]:
        yield self.terms.values["stance"][claim.stance].label.best(self.lang)
        for flag in ("negated", "hedged"):
            if getattr(claim, flag):
                yield self.context.text(f"show-{flag}")
        review = self.terms.values["review"][claim.review].label.best(self.lang)
        yield self.context.text("show-review", review=review)
        if claim.readers:
            yield ", ".join(claim.readers)
        yield ", ".join(f"{p.start}–{p.end}" for p in claim.passages) or claim.place.best(self.lang)
        if claim.method != "curated":
            yield claim.method
        if _is_held(claim, self.found):
            yield self.context.text("source-held")

    def name(self, id: str) -> str:
        if id == CURATOR:
            return self.context.text("voice-curator")
        entity, source = self.found.project.entity(id), self.found.project.source(id)
        return (entity.name if entity else source.title if source else Words(en=id)).best(self.lang)

    def object(self, value: str | Value) -> str:
        if isinstance(value, str):
            return self.name(value)
        return value.best(self.lang) if isinstance(value, Words) else str(value)
