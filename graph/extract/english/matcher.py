"""Frames found in English sentences, over the order of words and their base forms.

In: a sentence's text, its mentions, the frames. Out: Hits. Also those in denials, plans and conditions: what they
are worth is judged by `stance_en`. Only what a role surely holds is taken; a noun phrase that names an entity only in
passing (a system of the shop) does not stand for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ...model import Entity
from ...terms import Vocabulary
from ..flow import Frame, Hit, Mention, Span
from .arguments import Arguments
from .chunks import chunks
from .clauses import Reading
from .keys import Index, Phrase, Rule, body_keys
from .links import link_hits
from .nouns import act_hits, between_hits, nominal_hits
from .phrases import Clause
from .tags import tagged
from .words import Lexicon, Word, tokens

LONGEST = 160
"""Phrases of a sentence beyond which nothing is read: a list without an end, or text that was never a sentence."""

__all__ = ["EnglishMatcher", "body_keys"]


class EnglishMatcher:
    """Reads the frames once; `find` is asked sentence by sentence."""

    def __init__(self, frames: Sequence[Frame], vocabulary: Vocabulary) -> None:
        self.index = Index(frames)
        self.vocabulary = vocabulary
        self.lexicon = Lexicon(self.index.verbs)

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        topics: Sequence[Mention],
        entity: Callable[[str], Entity],
    ) -> list[Hit]:
        """The frames found in a sentence, in text order, each pair of mentions once for each property."""
        read = chunks(tagged(tokens(text, mentions), self.lexicon))
        if len(read) > LONGEST:
            return []
        arguments = Arguments(read, entity, self.vocabulary)
        reading = Reading(read, arguments.kinds())
        arguments.reading = reading
        found: dict[tuple[object, ...], Hit] = {}
        for hit in self._hits(reading, arguments):
            told = hit.object if not isinstance(hit.object, Mention) else (hit.object.start, hit.object.ids)
            key = (hit.frame.predicate, hit.subject.start, hit.subject.ids, told)
            if key not in found:
                found[key] = hit
        return sorted(found.values(), key=lambda h: (h.clause, h.frame.predicate))

    def _hits(self, reading: Reading, arguments: Arguments) -> Iterator[Hit]:
        for clause in reading.clauses:
            for rule, phrase in self.index.verbs.get(reading.chunks[clause.verb].lemma, ()):
                yield from self._verb(reading, arguments, clause, rule, phrase)
        yield from nominal_hits(reading, arguments, self.index)
        yield from act_hits(reading, arguments, self.index)
        yield from between_hits(reading, arguments, self.index)
        yield from link_hits(reading, arguments, self.index)

    def _verb(
        self, reading: Reading, arguments: Arguments, clause: Clause, rule: Rule, phrase: Phrase
    ) -> Iterator[Hit]:
        read, last = clause, clause.verb
        if phrase.rest:
            fixed = fixed_words(reading, clause, phrase.rest)
            if fixed is None:
                return
            read, last = fixed
        if rule.voice and reading.is_passive(clause.verb) != (rule.voice == "passive"):
            return
        if rule.former and not is_over(reading.chunks[clause.verb].words):
            return
        if not arguments.allows(rule, read):
            return
        span = predicate(reading, clause.verb, last)
        if rule.below:  # what is proposed is told by the verb of proposing
            above = reading.hangs_on(clause, rule.below)
            span = predicate(reading, above, above)
        for subject, told in arguments.pairs(rule, read):
            yield hit(rule.frame, subject, told, span)


def is_over(words: Sequence[Word]) -> bool:
    """Whether a group of verbs tells what is over: worked, had worked; not has worked, works."""
    if any(w.tag in ("be", "modal", "to", "do") or w.lower in ("have", "has") for w in words):
        return False
    return words[-1].form in ("ed", "past", "part")


def predicate(reading: Reading, verb: int, last: int) -> Span:
    """The words that carry a clause: its verb, without auxiliaries, and what is fixed to it."""
    words = reading.chunks[verb].words
    first = next((w for w in reversed(words) if w.tag in ("verb", "be", "have", "do", "noun")), words[-1])
    return first.start, max(reading.chunks[max(last, verb)].end, first.end)


def hit(frame: Frame, subject: Mention, told: Mention, span: Span) -> Hit:
    """A hit whose clause reaches from its first word to its last."""
    ends = [span, *((m.start, m.end) for m in (subject, told) if m.end > m.start)]
    clause = min(start for start, _ in ends), max(end for _, end in ends)
    return Hit(frame, replace(subject), replace(told), span, clause)


def fixed_words(reading: Reading, clause: Clause, rest: tuple[str, ...]) -> tuple[Clause, int] | None:
    """The clause read on behind the fixed words of a phrase (take part in, put X into operation), and their chunk."""
    after = [
        (i, w)
        for i in range(clause.verb + 1, min(len(reading.chunks), clause.verb + 30))
        for w in reading.chunks[i].words
    ]
    direct = {p for phrases in clause.get("direct") for p in phrases}
    at, between = 0, set()
    wanted = 0
    while at < len(after):
        i, word = after[at]
        if word.lower == rest[wanted] or (word.tag == "noun" and word.lemma == rest[wanted]):
            wanted += 1
            if wanted == len(rest):
                break
        elif wanted and word.tag not in ("det", "adj", "adv", "num", "time"):
            return None
        elif not wanted:
            if reading.kind(i) in ("comma", "stop", "vg", "rel", "that", "sub"):
                return None
            if word.tag not in ("det", "adj", "adv", "num"):
                between.add(i)
        at += 1
    else:
        return None
    chunk = after[at][0]
    if reading.kind(chunk) == "np" and reading.chunks[chunk].words[-1] is not after[at][1]:
        return None
    phrases = {i for i in between if reading.kind(i) == "np" and i != chunk}
    if phrases and not (direct and min(direct) in phrases and _only(reading, phrases, direct)):
        return None
    return reading.reread(clause, chunk + 1, keep=bool(phrases)), chunk


def _only(reading: Reading, phrases: set[int], direct: set[int]) -> bool:
    """Whether nothing but the direct object and what belongs to it stands between a verb and its fixed words."""
    belonging = {n for p in direct for _, n in reading.of.get(p, ())}
    return phrases <= direct | belonging
