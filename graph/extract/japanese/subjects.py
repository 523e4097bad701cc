"""Who does what a verb says: its own が or は, the noun of its relative clause, that of the verb above, the topic.

In: a Sentence of phrases, an Event. Out: the phrases that may be its subject, the best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chunks import Chunk
from .roles import Event, Found, when
from .sentence import Sentence
from .words import ABOUT, ASKS, CARRIES, JUDGES, KEEPS, TELLS

_QUOTE = re.compile(r"(?:と|って)(?:は|も)?[、，]?$")
_ARRIVES = frozenset("出る 出す 届く 寄せる 寄せられる 上がる 提出 相次ぐ 挙がる".split())
_KINDS = frozenset(
    "仕組み 仕掛け 装置 機器 機械 製品 システム 会社 企業 業者 メーカー 団体 組織 機関 施設 事業 制度".split()
)
_SO = re.compile(r"よう(?:に)?(?:と)?[、，]?$")


class Subjects:
    """Finds subjects along the tree of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.chunks = sentence, sentence.chunks

    def gap(self, chunk: Chunk) -> int | None:
        """The noun of the relative clause that a verb ends: 改正した|要綱; and what is said to be that noun."""
        if re.search(r"(?:の|もの)[はが][、，]?$", chunk.ending):  # 改正したのは警察庁だ
            for i in (chunk.i + 1, chunk.parent):
                if 0 <= i < len(self.chunks) and self.answers(self.chunks[i]):
                    return i
            found = next((c for c in self.chunks[chunk.i + 1 :] if c.depth <= chunk.depth and self.answers(c)), None)
            return found.i if found and found.i == len(self.chunks) - 1 else None
        at, seen = chunk, set[int]()
        while at.parent >= 0 and at.i not in seen:
            seen.add(at.i)
            above = self.chunks[at.parent]
            if above.verbal:
                if not self.same(at, above) or not at.verbal:
                    return None
                at = above
                continue
            if not self.sentence.plain_form(at) or above.i <= at.i:
                return None
            return self.stands_for(above)
        return None

    def answers(self, noun: Chunk) -> bool:
        """Whether a name is what the sentence says somebody is: …したのは|警察庁だ, 警察庁。, 警察庁、…だ."""
        ends = noun.i == len(self.chunks) - 1 and not noun.ending.strip("。.！!、")
        return noun.named is not None and (noun.copula or ends or (noun.comma and noun.role in ("", "、")))

    def stands_for(self, noun: Chunk) -> int | None:
        """The phrase itself, where it is a name; else what is said to be it (改正したのは警察庁だ)."""
        if noun.named:
            return noun.i
        following = self.chunks[noun.i + 1] if noun.i + 1 < len(self.chunks) else None
        apposed = following is not None and following.named and not noun.ending and not noun.mentions
        if following and following.named and apposed:
            between = self.sentence.text[noun.end : following.named.start]
            if between in ("「", "『"):
                return following.i  # 運用する|乗車券「A」
        if noun.head.text in ("の", "もの", "者", "主体") and noun.role in ("は", "が"):
            for i in (noun.parent, noun.i + 1):
                if 0 <= i < len(self.chunks) and self.chunks[i].copula and self.chunks[i].named:
                    return i
        if noun.copula and (noun.head.text == "もの" or noun.head.text not in KEEPS) and not noun.mentions:
            own = self.own_subject(noun)
            if own is None and noun.parent >= 0 and self.reported(self.chunks[noun.parent]):
                own = self.own_subject(self.chunks[noun.parent])
            if own is not None and self.chunks[own].named and self.chunks[own].role != "で":
                return own
        return None

    def sums_up(self, noun: Chunk) -> bool:
        """Whether a sentence without a subject ends in saying what kind of thing it is about: …を納めた|会社です."""
        last = noun.i == len(self.chunks) - 1 and noun.copula and not noun.mentions
        return last and noun.head.text in _KINDS and self.own_subject(noun) is None

    def reported(self, verb: Chunk) -> bool:
        """…と報じられている, …とされる: its topic is that of what is reported."""
        words = set(verb.words)
        if verb.passive and words & (JUDGES | TELLS | {"する", "いう", "言う"}):
            return True
        return bool(words & {"わかる", "分かる", "判明", "なる"})

    def own_subject(self, chunk: Chunk) -> int | None:
        """The phrase with が, else は or も, else では, that hangs on a verb."""
        for roles in (("が",), ("は", "も"), ("で",)):
            for i in chunk.children:
                child = self.chunks[i]
                fits = child.role != "で" or (child.topic and child.named)
                if fits and child.role in roles and i < chunk.i and not child.verbal and not when(child):
                    return i
        return None

    def same(self, lower: Chunk, upper: Chunk) -> bool:
        """Whether a verb has the subject of the verb that it hangs on."""
        ending = lower.ending.rstrip("、，")
        words = set(upper.words)
        if (_QUOTE.search(ending) and not re.search(r"(?:る|う|く|す|つ|む|い)と$", ending)) or (
            _QUOTE.search(ending) and words & (TELLS | JUDGES | ASKS)
        ):
            return bool(words & TELLS) and not words & ASKS
        if _SO.search(ending):
            return not words & ASKS
        return True

    def subjects(self, event: Event) -> Iterator[Found]:
        """The phrases that may be the subject of a verb, best first; after one that is certain nothing more comes."""
        chunk = self.chunks[event.main]
        own = self.own_subject_of(event)
        if own is not None and own.way == "place":  # A店では、客の顔を撮る|Bが動いている
            gap = self.gap(chunk)
            if gap is not None and event.own("を"):
                yield Found(gap, "relative")
        if own is not None:
            yield own
            if own.way == "own":
                return
        nobody = True
        for found in self.above(chunk, {chunk.i}):
            nobody = nobody and found.way == "relative"
            yield found
        if nobody and chunk.verbal:
            for verb in reversed([v for v in self.chain(chunk) if v.i < chunk.i]):
                if (i := self.own_subject(verb)) is not None:
                    yield self.found(i)
                    return

    def chain(self, chunk: Chunk) -> list[Chunk]:
        """The verbs of the chain that a verb is part of, in text order: 導入し、撮影して、照合している."""
        top, seen = chunk, {chunk.i}
        while top.parent >= 0 and top.verbal and self.linked(top):
            above = self.chunks[top.parent]
            if above.i in seen or not above.verbal:
                break
            seen.add(above.i)
            top = above
        found, todo = [top], [top]
        while todo:
            at = todo.pop()
            for i in at.children:
                other = self.chunks[i]
                if i < at.i and other.verbal and self.linked(other):
                    found.append(other)
                    todo.append(other)
        return sorted(found, key=lambda c: c.i)

    def own_subject_of(self, event: Event) -> Found | None:
        """The phrase with が, は, も, or では with a name, that hangs on the event itself."""
        for i in event.own("が"):
            return Found(i, "own")
        for i in event.own("は", "も"):
            if not when(self.chunks[i]):
                return Found(i, "topic")
        for i in event.own("で"):
            if self.chunks[i].topic and self.chunks[i].named:
                return Found(i, "place")
        return None

    def above(self, chunk: Chunk, seen: set[int]) -> Iterator[Found]:
        """Subjects from the verbs beside and above a verb."""
        for i in reversed(chunk.children):  # 要綱を改正し、通知した: the verb before shares its subject
            child = self.chunks[i]
            if child.verbal and i < chunk.i and i not in seen and self.linked(child):
                seen.add(i)
                if (own := self.own_subject(child)) is not None:
                    yield from self.wider(child, own)
                    yield self.found(own)
                    return
        if re.search(r"(?:の|もの)[はが][、，]?$", chunk.ending) and (gap := self.gap(chunk)) is not None:
            yield Found(gap, "relative")
            return
        if chunk.parent < 0:
            yield from self.leading(chunk)
            return
        upper = self.chunks[chunk.parent]
        if upper.i in seen:
            return
        seen.add(upper.i)
        if upper.verbal:
            yield from self.through(chunk, upper, seen)
            return
        if (chunk.verbal and self.sentence.plain_form(chunk)) or not chunk.verbal:
            gap = self.stands_for(upper) if chunk.verbal else None
            if gap is not None:
                yield Found(gap, "relative")
            if chunk.verbal and gap is None and self.sums_up(upper):
                yield Found(-1, "zero")  # …に通知する仕組みだ: it is what is spoken of
                return
            if chunk.verbal and gap is None and upper.head.text not in KEEPS | ABOUT:
                return  # システムを導入した店: a noun that is no name did it
            if upper.parent < 0:
                if upper.copula or upper.parent < 0:
                    own = self.own_subject(upper)
                    if own is not None and own != gap:
                        yield self.found(own)
                    elif own is None:
                        yield from self.leading(upper)
                return
            over = self.chunks[upper.parent]
            if over.verbal:
                words = set(over.words)
                if words & _ARRIVES and upper.role in ("が", "は", "も"):
                    yield from (
                        Found(i, "chain") for i in over.children if self.chunks[i].role == "から" and i < over.i
                    )
                    return
                if words & ASKS and upper.role in ("を", "が", "は", "も"):
                    yield from self.asked(over)
                    return
                if (words & JUDGES or (over.passive and not words & CARRIES)) and not self.reported(over):
                    return
                if upper.role == "を" and upper.head.text in ("こと", "の", "旨", "と") and not words & TELLS:
                    return
                own = self.own_subject(over)
                if own is not None and own != upper.i:
                    yield self.found(own)
                    return
                if own is None or own == upper.i:
                    yield from self.above(over, seen)
            else:
                own = self.own_subject(over)
                if own is not None and own != upper.i:
                    yield self.found(own)
                elif over.parent >= 0 and over.i not in seen:
                    seen.add(over.i)
                    yield from self.above(over, seen)

    def wider(self, verb: Chunk, own: int) -> Iterator[Found]:
        """The topic before a clause with a doer of its own: Aは|Bが運用しており、…を目的とする."""
        if self.chunks[own].role == "が":
            for i in verb.children:
                child = self.chunks[i]
                if i < own and child.role in ("は", "も") and child.named and not child.verbal and not when(child):
                    yield self.found(i)
                    return

    def through(self, lower: Chunk, upper: Chunk, seen: set[int]) -> Iterator[Found]:
        """The subject of a verb from the one that it hangs on."""
        words = set(upper.words)
        quoting = bool(_QUOTE.search(lower.ending.rstrip("、，"))) or bool(_SO.search(lower.ending.rstrip("、，")))
        if words & ASKS and quoting:
            yield from self.asked(upper)
            return
        if not self.same(lower, upper) and not (quoting and self.reported(upper)):
            return
        own = self.own_subject(upper)
        if own is not None:
            if own > lower.i and self.chunks[own].role == "が" and not quoting:
                return  # …し、B社が…: what comes later is not shared
            yield self.found(own)
            if self.chunks[own].role == "が" or self.chunks[own].named:
                return
        gap = self.gap(upper)
        if gap is not None:
            yield Found(gap, "relative")
        yield from self.above(upper, seen)

    def asked(self, verb: Chunk) -> Iterator[Found]:
        """Whom a request is made to; its own subject is not who is to do it."""
        for i in verb.children:
            asked = self.chunks[i]
            if asked.named and asked.role in ("に", "に対し", "へ") and i < verb.i and not asked.adnominal:
                yield Found(i, "asked")
                return
        if verb.passive and (own := self.own_subject(verb)) is not None:
            yield Found(own, "asked")

    def found(self, i: int) -> Found:
        """A subject shared with another verb."""
        return Found(i, "place" if self.chunks[i].role == "で" else "chain")

    def linked(self, chunk: Chunk) -> bool:
        """Whether a verb goes on in the next one: て, the bare stem, ており."""
        ending = chunk.ending.rstrip("、，")
        return bool(
            re.search(
                r"(?:て|で|し|り|い|ち|み|び|え|れ|け|せ|べ|め|き|ぎ|ず|ったり|だり|たり|つつ|ながら|うえで|おり)?$",
                ending,
            )
        ) and not re.search(r"(?:た|だ|る|う|が|ば|と|ない|から|ので|のに|けれど|けれども)$", ending)

    def leading(self, chunk: Chunk) -> Iterator[Found]:
        """The topic at the head of the sentence, which the tree may have hung elsewhere."""
        for other in self.chunks[: chunk.i]:
            if other.depth > chunk.depth or other.verbal or when(other):
                continue
            if other.role in ("は", "も"):
                yield Found(other.i, "chain")
                return
            goes_on = other.parent >= 0 and self.linked(self.chunks[other.parent])  # A店ではBを運用しており、…
            if other.role == "で" and other.topic and other.named and goes_on:
                yield Found(other.i, "place")
                return
        doers = [c for c in self.chunks[: chunk.i] if c.role == "が" and not c.adnominal and not c.verbal]
        if len(doers) == 1 and doers[0].comma and doers[0].named and doers[0].depth <= chunk.depth + 1:
            yield Found(doers[0].i, "chain")  # Aが、Bを超えて…つくることを|提案した
            return
        yield Found(-1, "zero")
