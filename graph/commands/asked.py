"""What a user names: an entity by any name, filters by words.

In: words from the command line, a generation or a project. Out: ids, a Filter, a Cut. Raises UsageError with what may
have been meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import UsageError
from ..explore.cut import Cut, theme_named
from ..explore.ties import Filter
from ..model import Project, Stance, When
from ..names import nearest
from ..search import Index, Kind, write_index
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
    stances = asked_stances(only)
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
    return Filter(stances, frozenset(properties), frozenset(sources), asked_date(at), candidates)


def asked_stances(only: Sequence[str]) -> frozenset[Stance]:
    """The stances that these words name; each word may hold several, parted by commas."""
    names = _several(only)
    for name in names:
        if name not in set(Stance):
            raise UsageError("unknown-stance-option", name=name, known=", ".join(Stance))
    return frozenset(Stance(name) for name in names)


def asked_date(at: str) -> When | None:
    """The date that was typed, None where there is none."""
    try:
        return When.parse(at) if at else None
    except ValueError as error:
        raise UsageError("bad-date-at", text=at) from error


def asked_cut(
    project: Project,
    find: Callable[[str], str],
    themes: Sequence[str] = (),
    around: str | None = None,
    hops: int | None = None,
    at: str = "",
    only: Sequence[str] = (),
) -> Cut:
    """What a picture is to be cut down to; `find` gives the id of the entity that a name means.

    `around` is None where it was not asked for: an empty name is a mistake. Without `hops` one line is gone.
    """
    if hops is not None and around is None:
        raise UsageError("hops-alone")
    if hops is not None and hops < 1:
        raise UsageError("hops-none", hops=hops)
    chosen = tuple(dict.fromkeys(theme_named(project, name) for name in themes))
    centre = "" if around is None else find(around)
    return Cut(chosen, centre, hops or 1, asked_date(at), asked_stances(only))


@contextmanager
def names_of(project: Project) -> Iterator[Index]:
    """The index of a project's names, in a folder that goes away again."""
    with TemporaryDirectory(prefix="sokanzu-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "names.db"
        write_index(file, project)
        with Index(file) as index:
            yield index


def _several(given: Sequence[str]) -> list[str]:
    return [word for text in given for part in text.split(",") if (word := part.strip().removeprefix("sk:"))]
