"""show: one entity or claim: everything said of it, by whom, how surely, with the words."""

from __future__ import annotations

from ..dossier import Dossier, find_claim
from ..errors import UsageError
from ..search import Index, Kind
from .context import Context


def show(context: Context, name: str) -> int:
    """Print what the graph holds on an entity (id or name) or a claim (handle or id).

    Raises UsageError where the name means nothing, or several things.
    """
    if not name.strip():
        raise UsageError("no-name")
    generation = context.generation()
    store, prefixes = generation.open(), generation.meta["prefixes"]
    dossier = Dossier(store, prefixes, context.lang)
    claim = find_claim(store, prefixes, name)
    if claim:
        lines = dossier.claim(claim)
    else:
        with Index(generation.names) as index:
            lines = dossier.entity(prefixes["entity"] + _entity(context, index, name))
    for line in lines:
        print(line)
    return 0


def _entity(context: Context, index: Index, name: str) -> str:
    """The one entity that is meant. Raises UsageError with what it may be."""
    hits = index.search(name.removeprefix("entity:"), 8)
    exact = [h for h in hits if h.id == name.removeprefix("entity:")] or [h for h in hits if h.kind is Kind.exact]
    if len(exact) == 1:
        return exact[0].id
    if not exact and len(hits) == 1 and hits[0].kind is not Kind.near:
        return hits[0].id
    known = ", ".join(f"{h.label.best(context.lang)} ({h.id})" for h in exact or hits)
    if not known:
        raise UsageError("nothing-found", text=name)
    raise UsageError("show-several" if exact or hits[0].kind is not Kind.near else "show-near", name=name, known=known)
