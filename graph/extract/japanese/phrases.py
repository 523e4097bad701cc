"""Names in a row: NECの製の顔認証システム, 機構理事長の山田氏, 弁護士の山田氏.

In: a Sentence and the rules with phrases. Out: Hits. What stands between two names must fit the phrase as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...model import Qualifier, Value, Words
from ..flow import Hit, Mention, Span
from .keys import Phrase, Rule
from .sentence import Sentence

if TYPE_CHECKING:
    from .arguments import Filler

_FARTHEST = 60  # characters between two names
_AROUND = 40
_BESIDE = re.compile(r"[」』]?(?:\s|・|と|や|及び|および)[「『]?")
_LISTED = re.compile(r"[」』]?[・、,，]?(?:と|や|及び|および)?[「『]?")
_SAID = re.compile(r"だ|です|である|で[、。]|として|で$")


class PhraseFinder:
    """Finds phrases in one sentence."""

    def __init__(self, sentence: Sentence, filler: Filler, rules: Sequence[Rule]) -> None:
        self.sentence, self.filler, self.rules = sentence, filler, rules
        self.text = sentence.text

    def find(self) -> Iterator[Hit]:
        """The hits of the phrases."""
        names = self.sentence.mentions
        pairs = [
            (one, other)
            for k, one in enumerate(names)
            for other in names[k + 1 : k + 4]
            if 0 <= other.start - one.end <= _FARTHEST
        ]
        for rule in self.rules:
            for phrase in rule.phrases:
                if phrase.order == "O":
                    for k in range(len(names)):
                        yield from self.spoken(rule, phrase, names[: k + 1])
                    continue
                if len(phrase.order) == 1:
                    for name in names:
                        yield from self.valued(rule, phrase, name)
                    continue
                for one, other in pairs:
                    yield from self.pair(rule, phrase, one, other)

    def pair(self, rule: Rule, phrase: Phrase, one: Mention, other: Mention) -> Iterator[Hit]:
        """Two names with the words of a phrase between them."""
        between = phrase.between.fullmatch(self.text, one.end, other.start)
        if not between:
            return
        before = phrase.before.search(self.text[max(0, one.start - _AROUND) : one.start])
        after = phrase.after.match(self.text, other.end)
        if not before or not after:
            return
        first, second = ("subject", "object") if phrase.order == "SO" else ("object", "subject")
        if not self.filler.fits(one, rule, first) or not self.filler.fits(other, rule, second):
            return
        start = one.start - len(before[0])
        predicate = (one.end, other.start) if other.start > one.end else (other.end, max(after.end(), other.end))
        if phrase.between.pattern in ("の", "") or between[0] in ("の", "・", "、", ""):
            predicate = (start, one.start) if before[0] else (other.end, after.end())
        clause = (start, max(after.end(), other.end))
        if not rule.judged and not _SAID.search(after[0]):
            predicate = self.taken_for_granted(predicate[0])
        text = self.text[clause[0] : clause[1]]
        if (rule.without and rule.without.search(text)) or (rule.needs and not rule.needs.search(text)):
            return
        title = next((m.groupdict()["title"] for m in (before, between, after) if m.groupdict().get("title")), "")
        told: tuple[tuple[str, Qualifier], ...] = (("role", Words(ja=title)),) if title else ()
        lefts = self.joined(one, rule, first) if phrase.order == "SO" else self.beside(one, rule)
        for left in lefts:
            for right in [other]:
                subject, object = (left, right) if phrase.order == "SO" else (right, left)
                if subject.ids != object.ids:
                    yield Hit(rule.frame, subject, object, predicate, clause, qualifiers=told)

    def spoken(self, rule: Rule, phrase: Phrase, names: Sequence[Mention]) -> Iterator[Hit]:
        """What the document says of a name, and of those joined to it: 第3号、第5号|参照."""
        name = names[-1]
        after = phrase.after.match(self.text, name.end)
        subject = next((m for m in self.filler.speakers if self.filler.fits(m, rule, "subject")), None)
        if not after or subject is None:
            return
        group = [name]
        for other in reversed(names[:-1]):
            if not _LISTED.fullmatch(self.text, other.end, group[0].start):
                break
            group.insert(0, other)
        start = group[0].start
        before = phrase.before.search(self.text[max(0, start - _AROUND) : start])
        clause = (start, max(after.end(), name.end))
        text = self.text[clause[0] : clause[1]]
        if not before or (rule.without and rule.without.search(text)):
            return
        for one in group:
            if self.filler.fits(one, rule, "object") and one.ids != subject.ids:
                yield Hit(rule.frame, subject, one, self.taken_for_granted(name.end), clause)

    def taken_for_granted(self, at: int) -> Span:
        """A place without words: what a noun phrase says in passing stands, whatever is said about it."""
        begins = next((t.start for t in self.sentence.parsed.tokens if t.end > at), at)
        return (begins, begins)

    def joined(self, name: Mention, rule: Rule, role: str) -> list[Mention]:
        """A name with those joined to it."""
        for chunk in self.sentence.chunks:
            if chunk.named is name or chunk.before is name:
                group = [*self.sentence.group_before(chunk), name]
                return [m for m in group if self.filler.fits(m, rule, role)]
        return [name]

    def beside(self, name: Mention, rule: Rule) -> list[Mention]:
        """A name that something is said of, with those right before it: A B に反対する会, AとBに関するC."""
        group = [name]
        for other in reversed([m for m in self.sentence.mentions if m.end <= name.start]):
            joined = _BESIDE.fullmatch(self.text, other.end, group[0].start)
            if not joined or not self.sentence.kin(other, name) or not self.filler.fits(other, rule, "object"):
                break
            group.insert(0, other)
        return group

    def valued(self, rule: Rule, phrase: Phrase, name: Mention) -> Iterator[Hit]:
        """A name with a value in words."""
        before = phrase.before.search(self.text[max(0, name.start - _AROUND) : name.start])
        after = phrase.after.match(self.text, name.end)
        if not before or not after or not self.filler.fits(name, rule, "subject"):
            return
        said = before.groupdict().get("V") or after.groupdict().get("V")
        if not said:
            return
        value: Value = Words(ja=said)
        start = name.start - len(before[0])
        clause = (start, max(after.end(), name.end))
        predicate = (start, name.start) if before[0] else (name.end, clause[1])
        if not rule.judged and not _SAID.search(after[0]):
            predicate = self.taken_for_granted(predicate[0])
        yield Hit(rule.frame, name, value, predicate, clause)
