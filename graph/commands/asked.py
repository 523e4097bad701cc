"""What a user names: an entity by any name, filters by words.

In: words from the command line, a generation. Out: ids, a Filter. Raises UsageError with what may have been meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import UsageError
from ..explore.ties import Filter
from ..model import Stance, When
from ..names import nearest
from ..search import Index, Kind
from ..store import Generation
from ..terms import vocabulary
from .context import Context


def entity(context: Context, index: Index, name: str) -> str:
    """The one entity that a name or an id means."""
    if not name.strip():
        raise UsageError("no-name")
    given = name.removeprefix("entity:")
    hits = index.search(given, 8)
    exact = [h for h in hits if h.id == given] or [h for h in hits if h.kind is Kind.exact]
    if len(exact) == 1:
        return exact[0].id
    if not exact and len(hits) == 1 and hits[0].kind is not Kind.near:
        return hits[0].id
    known = ", ".join(f"{h.label.best(context.lang)} ({h.id})" for h in exact or hits)
    if not known:
        raise UsageError("nothing-found", text=name)
    raise UsageError("show-several" if exact or hits[0].kind is not Kind.near else "show-near", name=name, known=known)


def asked_filter(
    generation: Generation,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    sources: Sequence[str] = (),
    at: str = "",
    candidates: bool = False,
) -> Filter:
    """The filter that these words spell; each of them may hold several, parted by commas."""
    stances = _several(only)
    for name in stances:
        if name not in set(Stance):
            raise UsageError("unknown-stance-option", name=name, known=", ".join(Stance))
    properties = _several(without)
    known = vocabulary().properties
    for name in properties:
        if name not in known:
            near = nearest(name, known)
            raise UsageError("unknown-property-near" if near else "unknown-property", name=name, near=near or "")
    there = generation.meta["sources"]
    for name in sources:
        if name not in there:
            near = nearest(name, there) or next((k for k in sorted(there) if name in k), min(there, default="–"))
            raise UsageError("unknown-source-asked", name=name, near=near)
    try:
        when = When.parse(at) if at else None
    except ValueError as error:
        raise UsageError("bad-date-at", text=at) from error
    stated = frozenset(Stance(name) for name in stances)
    return Filter(stated, frozenset(properties), frozenset(sources), when, candidates)


def _several(given: Sequence[str]) -> list[str]:
    return [word for text in given for part in text.split(",") if (word := part.strip().removeprefix("sk:"))]
