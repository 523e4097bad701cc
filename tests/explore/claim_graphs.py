"""Made-up projects whose claims tie a few entities together in every way that hypothesis thinks of."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pyoxigraph import Store

from graph.build import quads
from graph.explore.ties import Filter
from graph.explore.ties_store import StoreTies
from graph.model import Claim, Entity, Passage, Project, Review, Source, Stance, When, Words
from graph.paths import SEEDS
from graph.rdf import prefixes

BASE = "https://example.org/"
PROPERTIES = ("partOf", "supplies", "oversees", "amends", "criticizes")
SOURCES = ("s0", "s1", "s2")
EVERYTHING = Filter()


def undecided(folder: Path) -> Path:
    """The bundled project as it is before anyone has decided on its candidates."""
    return Path(shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("reviews.yaml", ".*")))


def entity(id: str, cls: str = "Organization", name: str = "") -> Entity:
    """An entity with a name."""
    return Entity(id, cls, Words(en=name or id, ja=name or id))


def claim(subject: str, other: str, number: int = 0, predicate: str = "supplies", **more: Any) -> Claim:
    """A claim; its number tells it from others of the same words."""
    known: dict[str, Any] = {"source": "s0", "voiced_by": "s0", "handle": f"C{number}"}
    known |= {"passages": (Passage(number * 10, number * 10 + 5),), **more}
    return Claim(subject, predicate, other, **known)


def project(claims: Sequence[Claim], entities: Sequence[Entity] = (), documents: Sequence[str] = ()) -> Project:
    """A project of these claims; the first sources consist of the documents."""
    known = {one.id: one for one in entities}
    for told in claims:
        for id in (told.subject, told.object):
            if isinstance(id, str):
                known.setdefault(id, entity(id))
    papers = [*documents, *[""] * len(SOURCES)]
    sources = tuple(
        Source(id, Words(en=id), date=When(2016 + n) if n else None, document=papers[n]) for n, id in enumerate(SOURCES)
    )
    return Project("", Words(en="made up"), BASE, entities=tuple(known.values()), sources=sources, claims=tuple(claims))


def stored(made: Project, wanted: Filter = EVERYTHING) -> StoreTies:
    """The same project in a store, to be read as a walk comes by."""
    store = Store()
    store.extend(quads(made))
    return StoreTies(store, prefixes(BASE), wanted)


whens = st.builds(
    lambda year, month, day: When(year, month or None, (day or None) if month else None),
    st.integers(2010, 2014),
    st.integers(0, 12),
    st.integers(0, 28),
)


@st.composite
def projects(draw: st.DrawFn, most: int = 7) -> Project:
    """A few entities, up to three claims each, loops and denials among them, perhaps a document that makes claims."""
    ids = [f"e{n}" for n in range(draw(st.integers(2, most)))]
    claims = [
        claim(
            draw(st.sampled_from(ids)),
            draw(st.sampled_from(ids)),
            number,
            draw(st.sampled_from(PROPERTIES)),
            source=draw(st.sampled_from(SOURCES)),
            stance=draw(st.sampled_from(list(Stance))),
            negated=draw(st.integers(0, 5)) == 0,
            hedged=draw(st.booleans()),
            review=draw(st.sampled_from([Review.accepted] * 4 + list(Review))),
            valid_from=draw(st.none() | whens),
            valid_to=draw(st.none() | whens),
            as_of=draw(st.none() | whens),
        )
        for number in range(draw(st.integers(0, 3 * len(ids))))
    ]
    claims.append(Claim("e0", "title", Words(en="a value is no entity"), "s0", voiced_by="s0", handle="V"))
    documents = draw(st.sampled_from([(), (), ("e1",), (ids[-1],)]))
    return project(claims, [entity(id) for id in ids], documents)


filters = st.builds(
    Filter,
    only=st.frozensets(st.sampled_from(list(Stance)), max_size=4),
    without=st.frozensets(st.sampled_from(PROPERTIES), max_size=2),
    sources=st.frozensets(st.sampled_from(SOURCES), max_size=2),
    at=st.none() | whens,
    candidates=st.booleans(),
)
