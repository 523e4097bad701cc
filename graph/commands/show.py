"""show: one entity or claim: everything said of it, by whom, how surely, with the words."""

from __future__ import annotations

from ..dossier import Dossier, find_claim
from ..errors import UsageError
from ..search import Index
from .asked import entity
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
            lines = dossier.entity(prefixes["entity"] + entity(context, index, name))
    for line in lines:
        print(line)
    return 0
