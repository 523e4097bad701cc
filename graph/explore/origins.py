"""Which sources come down to one.

In: a Project. Out: for claims that say the same, how they fall into Origins. Two sources are one origin where anything
known joins them: a document, directly or through any number of second hands; a citation; a retelling; a voice; a
publisher. Where in doubt they count as one: too few witnesses do less harm than too many.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..model import CURATOR, Claim, Project, Review, Source
from ..terms import vocabulary

Key = tuple[str, str]
"""What may join two sources: its kind and its id."""


@dataclass(frozen=True)
class Origin:
    """Claims that come down to one: `shared` is what joins their sources, as (kind, id)."""

    claims: tuple[Claim, ...]
    sources: tuple[str, ...]
    shared: tuple[Key, ...] = ()


class Origins:
    """Tells which sources come down to one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.sources = {source.id: source for source in project.sources}
        self.by_handle = {claim.handle: claim for claim in project.claims if claim.handle}
        self.wholes: dict[str, list[str]] = defaultdict(list)
        self.cited: dict[str, list[str]] = defaultdict(list)
        vias: dict[str, set[str]] = defaultdict(set)
        for claim in project.claims:
            vias[claim.source].update(claim.cited_via)
            if claim.negated or claim.is_literal or claim.review in (Review.rejected, Review.withdrawn):
                continue
            # Weak claims count as well: what may make two sources one is enough.
            if claim.predicate == "partOf":
                self.wholes[claim.subject].append(str(claim.object))
            elif claim.predicate == "cites":
                self.cited[claim.subject].append(str(claim.object))
        self.retold: dict[str, list[str]] = defaultdict(list)
        self.through: dict[str, list[str]] = defaultdict(list)
        for source in project.sources:
            if source.document:
                self.retold[source.document] += [source.retells] if source.retells else []
                self.through[source.document] += sorted(vias[source.id])
        self._whole: dict[str, frozenset[str]] = {}
        self._told: dict[str, frozenset[str]] = {}
        self._behind: dict[str, frozenset[str]] = {}
        self._used: dict[str, frozenset[str]] = {}
        self._vias = vias
        self._of_source: dict[str, frozenset[Key]] = {}
        self.used = lru_cache(maxsize=None)(self._uses)

    @cached_property
    def publishers(self) -> dict[str, str]:
        """By source, one name for its publisher."""
        return _publishers(self.project)

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """The entities by name."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.project.entities:
            for name in {_even(text) for text in entity.name.values()}:
                found[name].append(entity.id)
        return found

    def of(self, claims: Sequence[Claim]) -> tuple[Origin, ...]:
        """The claims by origin, in the order of the first of each."""
        if len(claims) == 1:
            return (Origin(tuple(claims), (claims[0].source,)),)
        parent = list(range(len(claims)))

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = number = parent[parent[number]]
            return number

        first: dict[Key, int] = {}
        keys = [self.keys(claim) for claim in claims]

        def join(one: int, two: int) -> None:
            low, high = sorted((root(one), root(two)))
            parent[high] = low

        for number, own in enumerate(keys):
            for key in own:
                join(first.setdefault(key, number), number)
        # What one rests on may be what another is known to use, even where it does not say so here.
        for number, claim in enumerate(claims):
            for document in self.used(claim.source):
                if (other := first.get(("document", document))) is not None:
                    join(other, number)
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(claims)):
            groups[root(number)].append(number)
        return tuple(self._origin([claims[n] for n in group], [keys[n] for n in group]) for group in groups.values())

    def _origin(self, claims: list[Claim], keys: list[frozenset[Key]]) -> Origin:
        sources = tuple(sorted({claim.source for claim in claims}))
        at: dict[Key, set[str]] = defaultdict(set)
        for claim, own in zip(claims, keys, strict=True):
            for key in own | {("document", document) for document in self.used(claim.source)}:
                at[key].add(claim.source)
        rested = {key for own in keys for key in own if key[0] != "source"}
        shared = tuple(sorted(key for key, who in at.items() if len(who) > 1 and key in rested))
        return Origin(tuple(claims), sources, shared)

    def keys(self, claim: Claim) -> frozenset[Key]:
        """Everything by which a claim's source may be joined to another's."""
        if claim.source not in self._of_source:
            self._of_source[claim.source] = frozenset(self._behind_source(claim.source))
        found = set(self._of_source[claim.source])
        told_in = claim.qualifier("document")
        for via in (*claim.cited_via, *(told_in if isinstance(told_in, tuple) else ())):
            found |= {("document", id) for id in self.behind(via)}
        if claim.voiced_by in self.sources:
            voice = self.sources[claim.voiced_by]
            found.add(("source", voice.id))
            found |= {("document", id) for id in self.told(voice)}
        elif claim.voiced_by and claim.voiced_by != CURATOR:
            of_document = any(kind == "document" and id == claim.voiced_by for kind, id in found)
            if not of_document:
                kind = "document" if self.is_document(claim.voiced_by) else "voice"
                found |= {(kind, id) for id in self.whole(claim.voiced_by)}
        for handle in claim.based_on:
            if other := self.by_handle.get(handle):
                found.add(("source", other.source))
        return frozenset(found)

    def _behind_source(self, id: str) -> Iterator[Key]:
        """What stands behind a source, whichever of its claims is meant."""
        yield "source", id
        source = self.sources.get(id)
        if source is None:
            return
        yield from (("document", document) for document in self.told(source))
        if source.publisher:
            yield "publisher", self.publishers[id]
            for name in map(_even, source.publisher.values()):  # whoever publishes one may be who speaks in another
                yield from (("voice", who) for who in self.called.get(name, ()) if not self.is_document(who))

    def _uses(self, id: str) -> frozenset[str]:
        """The documents that a source is known to use at all, directly or through others."""
        source = self.sources.get(id)
        if source is None:
            return frozenset()
        own = filter(None, (source.document, source.retells))
        return frozenset(there for via in (*self._vias[id], *own) for there in self.using(via)) - self.told(source)

    def is_document(self, id: str) -> bool:
        """Whether it is a text, and not someone who speaks."""
        entity, known = self.project.entity(id), vocabulary()
        return entity is not None and any(known.is_a(entity.cls, cls) for cls in ("Document", "Instrument"))

    def whole(self, id: str) -> frozenset[str]:
        """It and all that it is part of."""
        if id not in self._whole:
            self._whole[id] = _closure(id, (self.wholes,))
        return self._whole[id]

    def told(self, source: Source) -> frozenset[str]:
        """The document that a source consists of, all that it is part of, and all that it only tells again."""
        if source.id not in self._told:
            start = filter(None, (source.document, source.retells))
            self._told[source.id] = frozenset(
                there for id in start for there in _closure(id, (self.wholes, self.retold))
            )
        return self._told[source.id]

    def behind(self, id: str) -> frozenset[str]:
        """A document, all that it is part of or tells again, and all that stands behind it by citation."""
        if id not in self._behind:
            self._behind[id] = _closure(id, (self.wholes, self.cited, self.retold))
        return self._behind[id]

    def using(self, id: str) -> frozenset[str]:
        """A document and all that it is known to use: what it cites, and what its source has at second hand."""
        if id not in self._used:
            self._used[id] = _closure(id, (self.wholes, self.cited, self.retold, self.through))
        return self._used[id]


def _even(text: str) -> str:
    """A name in which width, case and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _publishers(project: Project) -> dict[str, str]:
    """By source, one name for its publisher: two names that one source gives, in two languages, are one publisher."""
    first: dict[str, str] = {}  # a name, and the one that stands for it

    def standing(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for source in project.sources:
        for name in map(_even, source.publisher.values()):
            first[standing(name)] = standing(_even(source.publisher.best("ja")))
    shown: dict[str, str] = {}
    found = {}
    for source in sorted(project.sources, key=lambda source: source.id):
        if source.publisher:
            key = standing(_even(source.publisher.best("ja")))
            found[source.id] = shown.setdefault(key, source.publisher.best("ja"))
    return found


def _closure(id: str, steps: Iterable[Mapping[str, list[str]]]) -> frozenset[str]:
    seen, todo = {id}, [id]
    while todo:
        here = todo.pop()
        for step in steps:
            for there in step.get(here, ()):
                if there not in seen:
                    seen.add(there)
                    todo.append(there)
    return frozenset(seen)
