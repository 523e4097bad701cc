"""One claim with everything that a reader must know before repeating it, as sentences of one language.

In: a claim of a Project, a Tongue. Out: a Told, for pages, Markdown and JSON. What a claim is good for stands first: a
fact, something weaker, a denial, disputed, a candidate, or turned down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ..model import Claim, Reply, Review, Value, When, Words
from .ties import is_former
from .tongue import Tongue, clean


class Standing(Enum):
    """What a claim is good for, by stance, negation and our review together."""

    asserted = "asserted"  # it makes a plain triple
    weaker = "weaker"  # inferred, alleged, proposed and the like: nobody says that it is so
    denied = "denied"
    disputed = "disputed"  # by our review
    candidate = "candidate"  # nobody has reviewed it
    down = "down"  # rejected or withdrawn: a tombstone


def standing(claim: Claim) -> Standing:
    """Where a claim belongs."""
    if claim.review in (Review.rejected, Review.withdrawn):
        return Standing.down
    if claim.review is not Review.accepted:
        return Standing[claim.review.value]
    if claim.negated:
        return Standing.denied
    return Standing.asserted if claim.asserted else Standing.weaker


@dataclass(frozen=True)
class Beside:
    """Another claim, named beside one: what it is called, how sure its source is, which source."""

    name: str
    id: str
    stance: str
    source: str


@dataclass(frozen=True)
class Told:
    """A claim. `details` are (kind, sentence), `text` is the proposition, `badges` say how sure it is and when."""

    claim: Claim
    id: str
    name: str
    standing: Standing
    text: str
    badges: tuple[str, ...]
    gist: str
    words: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    same: tuple[Beside, ...] = ()
    opposite: tuple[Beside, ...] = ()
    rests: tuple[tuple[str, str], ...] = ()  # the claims it rests on: name and id


def told(
    claim: Claim,
    id: str,
    tongue: Tongue,
    *,
    same: Sequence[Beside] = (),
    opposite: Sequence[Beside] = (),
    rests: Sequence[tuple[str, str]] = (),
) -> Told:
    """A claim as sentences; `rests` names what it rests on."""
    source = tongue.project.source(claim.source)
    return Told(
        claim,
        id,
        claim.handle or id,
        standing(claim),
        tongue.proposition(claim),
        tuple(_badges(claim, tongue)),
        tongue.words(claim.gist),
        tuple(clean(line).strip() for line in claim.quote.splitlines() if line.strip()),
        tuple(_details(claim, tongue)),
        tuple(map(clean, source.addresses)) if source else (),
        tuple(same),
        tuple(opposite),
        tuple(rests),
    )


def _badges(claim: Claim, tongue: Tongue) -> Iterator[str]:
    yield tongue.stance(claim.stance.value)
    if claim.negated:
        yield tongue.text("show-negated")
    if claim.hedged:
        yield tongue.text("show-hedged")
    if dates := tongue.span(claim.valid_from, claim.valid_to, claim.as_of, is_former(claim.predicate)):
        yield dates
    yield tongue.text("show-review", review=tongue.review(claim.review.value))
    if claim.reviewed_on:
        yield tongue.text("show-reviewed-on", date=claim.reviewed_on)


def place(claim: Claim, tongue: Tongue) -> str:
    """Where in its source a claim stands."""
    spans = ", ".join(f"{span.start}–{span.end}" for span in claim.passages)
    return " ".join(part for part in (spans, tongue.words(claim.place)) if part)


def _details(claim: Claim, tongue: Tongue) -> Iterator[tuple[str, str]]:
    for name, value in claim.qualifiers:
        yield name, tongue.text("explore-pair", key=tongue.property(name), value=tongue.value(value))
    source = tongue.project.source(claim.source)
    title = [tongue.name(claim.source), str(source.date or "") if source else ""]
    if source and source.grade:
        title.append(tongue.terms.values["grade"][source.grade.value].label.best(tongue.lang))
    about = " · ".join(filter(None, title))
    yield "source", tongue.text("show-source", source=about, place=place(claim, tongue))
    if claim.voiced_by and claim.voiced_by not in (claim.source, source.document if source else ""):
        yield "voice", tongue.text("show-voice", voice=tongue.name(claim.voiced_by))
    if claim.cited_via:
        yield "via", tongue.text("show-via", via=tongue.names(claim.cited_via))
    if note := tongue.words(claim.note):
        yield "note", tongue.text("show-note", note=note)
    for reply in claim.replies:
        yield "reply", reply_text(reply, tongue)
    if reason := tongue.words(claim.reason):
        yield "reason", tongue.text("show-reason", reason=reason)
    if claim.cue:
        yield "cue", tongue.text("show-cue", cue=clean(claim.cue))
    if claim.method != "curated":
        yield "method", tongue.text("show-method", method=clean(claim.method))
    if claim.readers:
        yield "readers", tongue.text("show-readers", readers=", ".join(map(clean, claim.readers)))


def reply_text(reply: Reply, tongue: Tongue) -> str:
    """What someone answered, when, and where to read it."""
    date = f" ({reply.date})" if reply.date else ""
    words = {"by": tongue.name(reply.by), "gist": tongue.words(reply.gist), "address": clean(reply.address)}
    return tongue.text("show-reply", date=date, **words).rstrip()


def data(one: Told) -> dict[str, Any]:
    """A claim as plain values, in both languages where it has words; what it does not have is left out."""
    claim = one.claim
    rows: dict[str, Any] = {
        "claim": one.name,
        "id": one.id,
        "standing": one.standing.value,
        "text": one.text,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": _plain(claim.object),
        "stance": claim.stance.value,
        "review": claim.review.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "voice": claim.voiced_by,
        "source": claim.source,
        "passages": [[span.start, span.end] for span in claim.passages],
        "place": dict(claim.place),
        "gist": dict(claim.gist),
        "words": list(one.words),
        "qualifiers": {name: _plain(value) for name, value in claim.qualifiers},
        "cited_via": list(claim.cited_via),
        "from": _plain(claim.valid_from),
        "to": _plain(claim.valid_to),
        "as_of": _plain(claim.as_of),
        "note": dict(claim.note),
        "reason": dict(claim.reason),
        "cue": claim.cue,
        "method": claim.method,
        "reviewed_on": _plain(claim.reviewed_on),
        "readers": list(claim.readers),
        "replies": [
            {"by": reply.by, "gist": dict(reply.gist), "date": _plain(reply.date), "address": reply.address}
            for reply in claim.replies
        ],
        "rests_on": [name for name, _ in one.rests],
        "same": [beside.name for beside in one.same],
        "opposite": [beside.name for beside in one.opposite],
    }
    return {key: value for key, value in rows.items() if value is False or value not in (None, "", [], {})}


def _plain(value: str | Value | tuple[str, ...] | None) -> object:
    if isinstance(value, When):
        return str(value)
    if isinstance(value, Words):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def pile(claims: Sequence[Told]) -> Mapping[Standing, list[Told]]:
    """Claims by standing, those that have any."""
    found = {kind: [one for one in claims if one.standing is kind] for kind in Standing}
    return {kind: ones for kind, ones in found.items() if ones}
