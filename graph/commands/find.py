"""find: a name or a part of one, in any script → entities."""

from __future__ import annotations

from ..ask import width
from ..errors import UsageError
from ..search import Index
from ..terms import vocabulary
from .context import Context


def find(context: Context, text: str, limit: int = 20) -> int:
    """Print the entities that a name may mean, the likeliest first; exit code 1 where there is none."""
    if not text.strip():
        raise UsageError("no-name")
    with Index(context.generation().names) as index:
        hits = index.search(text, limit)
    if not hits:
        context.tell("nothing-found", text=text)
        return 1
    classes = vocabulary().classes
    rows = [
        (h.id, h.label.best(context.lang), classes[h.cls].label.best(context.lang) if h.cls in classes else h.cls)
        for h in hits
    ]
    wide = [max(width(row[i]) for row in rows) for i in range(2)]
    for row, hit in zip(rows, hits, strict=True):
        cells = "  ".join(cell + " " * (wide[i] - width(cell)) for i, cell in enumerate(row[:2]))
        print(f"{cells}  {row[2]}" + (f"  ({hit.form})" if hit.form not in row[:2] else ""))
    return 0
