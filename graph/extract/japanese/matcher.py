"""Frames found in parsed Japanese sentences.

In: a Parsed, its mentions, who a sentence without a subject may be about. Out: Hits. A role is filled only by a name
that is the head of its phrase (or stands behind a noun that the frame lets through); what stays open is no hit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ...model import Entity
from ...terms import Vocabulary
from ..flow import Frame, Hit, Mention, Parsed
from .arguments import Filler
from .chunks import Chunk
from .events import Reader
from .keys import Index, Rule, body_keys, index
from .phrases import PhraseFinder
from .roles import Event
from .sentence import Sentence

SORTS = ("Actor", "Facility", "Place", "System", "Instrument", "Document")
ACTING = frozenset({"Actor", "Facility"})

__all__ = ["JapaneseMatcher", "body_keys"]


class JapaneseMatcher:
    """Finds the frames in sentences; the index of the frames is made once."""

    def __init__(self, frames: Iterable[Frame], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.index: Index = index(frame for frame in frames if frame.lang == "ja")

    def find(
        self,
        parsed: Parsed,
        mentions: Sequence[Mention],
        topics: Sequence[Mention],
        entity: Callable[[str], Entity],
        nearby: Sequence[Mention] = (),
        *,
        aside: bool = False,
        speakers: Sequence[Mention] = (),
    ) -> list[Hit]:
        """The hits of a sentence, each once, in text order.

        `nearby`: whom the sentence before names. `aside`: it stands in brackets behind its topic. `speakers`: the
        document, and who issued it, where known.
        """
        filler = self.filler(parsed, mentions, topics, entity, aside, speakers, nearby)
        sentence = filler.sentence
        hits: dict[tuple[object, ...], Hit] = {}
        for event, rule in self.events(filler.reader):
            for hit in filler.hits(event, rule):
                hits.setdefault(_key(hit), hit)
        for hit in PhraseFinder(sentence, filler, self.index.phrases).find():
            hits.setdefault(_key(hit), hit)
        return sorted(hits.values(), key=lambda hit: (hit.predicate, hit.frame.id))

    def says(self, text: str) -> bool:
        """Whether a sentence with one name may say what the document says of that: …を参照."""
        return any(p.order == "O" and p.after.search(text) for rule in self.index.phrases for p in rule.phrases)

    def rows(self, text: str, mentions: Sequence[Mention], entity: Callable[[str], Entity]) -> list[Hit]:
        """The hits of names in a row across a bracket, for which the sentence need not be parsed."""
        if not any(c in text for c in "(（"):
            return []
        filler = self.filler(Parsed(text, ()), mentions, (), entity, False)
        found = PhraseFinder(filler.sentence, filler, self.index.phrases).find()
        return [hit for hit in found if any(c in text[slice(*hit.clause)] for c in "(（")]

    def filler(
        self,
        parsed: Parsed,
        mentions: Sequence[Mention],
        topics: Sequence[Mention],
        entity: Callable[[str], Entity],
        aside: bool,
        speakers: Sequence[Mention] = (),
        nearby: Sequence[Mention] = (),
    ) -> Filler:
        """A sentence made ready to be matched."""
        sentence = Sentence(
            parsed, mentions, self.kin(entity), lambda m: any(entity(id).cls == "Person" for id in m.ids)
        )
        reader = Reader(sentence)
        return Filler(sentence, reader, topics, self.vocabulary, entity, nearby, aside=aside, speakers=speakers)

    def kin(self, entity: Callable[[str], Entity]) -> Callable[[Mention, Mention], bool]:
        """Whether two names are of one sort, so that と can join them."""

        def sorts(mention: Mention) -> set[str]:
            classes = [entity(id).cls for id in mention.ids]
            return {sort for cls in classes for sort in SORTS if self.vocabulary.is_a(cls, sort)} | set(classes)

        return lambda one, other: bool(sorts(one) & sorts(other)) or bool(sorts(one) & ACTING and sorts(other) & ACTING)

    def events(self, reader: Reader) -> Iterator[tuple[Event, Rule]]:
        """What is done in the sentence, with the rules that have a word for it."""
        for chunk in reader.chunks:
            if chunk.verbal and not chunk.favour:
                yield from self.of_verb(reader, chunk)
        for chunk in reader.chunks:  # after the verbs: 反対を表明 is found before the noun 反対
            if not chunk.verbal:
                yield from self.of_noun(reader, chunk)

    def of_verb(self, reader: Reader, chunk: Chunk) -> Iterator[tuple[Event, Rule]]:
        """What a verb says, alone or with a noun of its own."""
        if chunk.named:
            for rule in self.index.doing:
                yield reader.doing(chunk), rule
        for word in chunk.words:
            for rule in self.index.verbs.get(word, ()):
                yield reader.verb(chunk), rule
            for saying, rule in self.index.sayings.get(word, ()):
                for i in chunk.children:
                    noun = reader.chunks[i]
                    if noun.role not in (saying.role, *(("は", "も", "が") if saying.role in ("を", "が") else ())):
                        continue
                    if noun.i > chunk.i or saying.noun not in noun.words:
                        continue
                    inner = reader.inner(noun, saying.inner) if saying.inner else None
                    if saying.inner and inner is None:
                        continue
                    yield reader.saying(chunk, noun, inner), rule

    def of_noun(self, reader: Reader, chunk: Chunk) -> Iterator[tuple[Event, Rule]]:
        """What a noun says: an action, or what somebody is."""
        if not chunk.named:
            for word in chunk.words:
                for rule in self.index.nouns.get(word, ()):
                    yield reader.noun(chunk), rule
        if (chunk.copula or chunk.stops) and not chunk.named:
            for word in chunk.words:
                for rule in self.index.verbs.get(word, ()):
                    yield reader.state(chunk), rule
        if chunk.copula or chunk.role in ("は", "が"):
            for being, rule in self.index.being:
                yield from reader.being(chunk, being, rule)


def _key(hit: Hit) -> tuple[object, ...]:
    told = hit.object
    where = (told.ids, told.start) if isinstance(told, Mention) else (told,)
    return (hit.frame.id, hit.subject.ids, hit.subject.start, where)
