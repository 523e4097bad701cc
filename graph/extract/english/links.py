"""Frames found in English names that a word joins: the Bureau of the Agency, the Agency's Bureau, N-made T.

In: a Reading with its Arguments, the index of the rules. Out: Hits.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..flow import Hit, Mention, Span
from .arguments import Arguments
from .chunks import Chunk
from .clauses import Reading
from .keys import Index, Rule
from .nouns import made


def link_hits(reading: Reading, arguments: Arguments, index: Index) -> Iterator[Hit]:
    """Two names joined by a word: the Bureau of the Agency, the Agency's Bureau."""
    for n in reading.phrases():
        chunk = reading.chunks[n]
        one = chunk.mention
        if one:
            yield from _by_aside(reading, arguments, index, n, one)
        if not one and reading.kind(n - 1) == "comma" and reading.alike(n, n - 2):
            one = reading.chunks[n - 2].mention  # T., a book by N.,
        if not one:
            continue
        owner = chunk.owner if chunk.mention else None
        if owner and owner.mention:
            span = owner.start, chunk.end
            for rule, object_first in index.links.get("'s", ()):
                yield from _linked(arguments, rule, [owner.mention], [one], object_first, span)
        yield from _made_by(arguments, index, chunk)
        word = reading.chunks[n + 1].lower if reading.kind(n + 1) == "prep" else ""
        if word in index.links and reading.kind(n + 2) == "np":
            later = [m for p in reading.joined(n + 2)[0] for m in arguments.named(p)]
            span = reading.chunks[n + 1].start, reading.chunks[n + 1].end
            for rule, object_first in index.links[word]:
                yield from _linked(arguments, rule, [one], later, object_first, span)


def _by_aside(reading: Reading, arguments: Arguments, index: Index, n: int, one: Mention) -> Iterator[Hit]:
    """T., by N., is a book."""
    aside = [reading.kind(i) for i in (n + 1, n + 2, n + 3)] == ["comma", "prep", "np"]
    if aside and reading.chunks[n + 2].lower == "by" and reading.kind(n + 4) in ("comma", "stop", ""):
        span = reading.chunks[n + 2].start, reading.chunks[n + 2].end
        for rule, object_first in index.links.get("by", ()):
            yield from _linked(arguments, rule, [one], arguments.named(n + 3), object_first, span)


def _made_by(arguments: Arguments, index: Index, chunk: Chunk) -> Iterator[Hit]:
    """N-made X, the city-run X."""
    for maker, word in pairwise(chunk.words):
        if maker.mention and word.lower.startswith("-") and chunk.mention:
            for rule, object_first in index.links.get(word.lower, ()):
                span = maker.start, word.end
                yield from _linked(arguments, rule, [maker.mention], [chunk.mention], object_first, span)


def _linked(
    arguments: Arguments, rule: Rule, first: list[Mention], later: list[Mention], object_first: bool, span: Span
) -> Iterator[Hit]:
    subjects, objects = (later, first) if object_first else (first, later)
    wanted_subjects, wanted_objects = arguments.wanted(rule)
    for subject in subjects:
        for told in objects:
            fits = arguments.fits(subject, wanted_subjects) and arguments.fits(told, wanted_objects)
            if fits and subject.ids != told.ids:
                yield made(rule, subject, told, span)
