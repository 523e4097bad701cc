"""The phrases of an English sentence beside one another: lists, objects, participles, what stands before and behind.

In: chunks. Out: Phrases, which answer questions about single places, and the Clause that `english_clauses` fills.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import lists
from .chunks import Chunk

SKIPPED = ("adv", "time")


@dataclass
class Clause:
    """A group of verbs with its noun phrases, each given by its number among the chunks."""

    verb: int
    surface: tuple[int, ...] = ()  # the grammatical subject
    roles: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)
    begins: int = -1  # the first chunk of the chain of verbs that it hangs on (has denied → supplying)
    control: int = -1  # the verb on which an infinitive or gerund hangs
    end: int = -1  # the chunk after the last that was read

    def get(self, role: str) -> list[tuple[int, ...]]:
        """The noun phrases in a role; those joined by and are in one tuple."""
        return self.roles.get(role, [])

    def add(self, role: str, phrases: Sequence[int]) -> None:
        """Put noun phrases in a role."""
        if phrases and tuple(phrases) not in self.roles.setdefault(role, []):
            self.roles[role].append(tuple(phrases))


class Phrases(ABC):
    """The chunks of one sentence."""

    def __init__(self, chunks: Sequence[Chunk], similar: dict[int, str]) -> None:
        """`similar` tells of noun phrases what class of thing they are, where that is known."""
        self.chunks, self.similar = chunks, similar
        self.of: dict[int, list[tuple[str, int]]] = {}

    @abstractmethod
    def clause(self, verb: int) -> Clause:
        """The clause of a group of verbs."""

    def kind(self, i: int) -> str:
        """The kind of a chunk; "" beyond the sentence's ends."""
        return self.chunks[i].kind if 0 <= i < len(self.chunks) else ""

    def back(self, i: int) -> int:
        """The nearest chunk at or before i that is no adverb and no date."""
        while i >= 0 and self.kind(i) in SKIPPED:
            i -= 1
        return i

    def on(self, i: int) -> int:
        """The nearest chunk at or after i that is no adverb and no date."""
        while i < len(self.chunks) and self.kind(i) in SKIPPED:
            i += 1
        return i

    def is_passive(self, verb: int) -> bool:
        """Whether a group of verbs is passive, bare participles behind their noun included."""
        return self.chunks[verb].passive or self.reduced(verb)

    def reduced(self, verb: int) -> bool:
        """Whether it is a bare participle that says more of the noun before it: the system supplied by N."""
        chunk = self.chunks[verb]
        if len([w for w in chunk.words if w.tag not in ("adv", "not")]) > 1 or chunk.words[-1].form not in (
            "ed",
            "part",
        ):
            return False
        after, before = self.on(verb + 1), self.back(verb - 1)
        if chunk.words[-1].form == "part":
            return True
        if self.kind(after) == "prep" and self.chunks[after].lower == "by" and self.kind(after + 1) == "np":
            return self.kind(before) in ("np", "comma", "conj", "")
        if self.kind(after) in ("np", "that", "sub") or self.chunks[verb].lemma in lists.INTRANSITIVE:
            return False
        if self.kind(before) == "np":
            apposed = self.kind(before - 1) == "comma" and self.chunks[before].words[0].lower in ("a", "an")
            if apposed and self.finite_before(before):  # …, a firm based in P.
                return True
            return self.is_object(before) or self.finite_follows(after)
        if self.kind(before) not in ("comma", "") or self.kind(after) != "prep":
            return False
        return before < 1 or self.finite_before(before) or self.closed_off(after)

    def closed_off(self, i: int) -> bool:
        """Whether a comma closes what began before chunk i, and the clause's own verb follows it."""
        while i < len(self.chunks) and self.kind(i) not in ("comma", "stop", "vg", "rel", "that", "sub"):
            i += 1
        after = self.on(i + 1)
        return self.kind(i) == "comma" and self.kind(after) == "vg" and self.chunks[after].form == "finite"

    def is_object(self, phrase: int) -> bool:
        """Whether a noun phrase already belongs to a verb before it."""
        i = self.back(phrase - 1)
        while self.kind(i) in ("np", "prep", "conj", "adv", "time", "adj"):
            if self.kind(i) == "conj" and self.kind(self.back(i - 1)) != "np":
                return False
            i -= 1
        return self.kind(i) == "vg" and (self.chunks[i].lemma not in lists.SAY or self.chunks[i].form == "inf")

    def finite_follows(self, i: int) -> bool:
        """Whether the clause's own verb is still to come, before anything joins or closes."""
        while i < len(self.chunks):
            kind = self.kind(i)
            if kind == "vg":
                return self.chunks[i].form == "finite"
            if kind in ("stop", "conj", "sub", "rel", "that", "comma"):
                return False
            i += 1
        return False

    def finite_before(self, i: int) -> bool:
        """Whether a finite verb stands before chunk i."""
        return any(c.kind == "vg" and c.form == "finite" for c in self.chunks[:i])

    def is_subject(self, phrase: int) -> bool:
        """Whether a noun phrase (with what belongs to it) stands right before a finite verb."""
        i = phrase + 1
        while self.kind(i) in ("np", "prep", "adv", "time") or (self.kind(i) == "conj" and self.kind(i + 1) == "np"):
            if self.kind(i) == "np" and self.kind(i - 1) == "np":  # told customers what it does
                return False
            i += 1
        if self.kind(i) != "vg" or self.chunks[i].form != "finite":
            return False
        return not self.reduced_quick(i)

    def is_object_pair(self, phrase: int) -> bool:
        """Whether the noun phrase is one of two objects: sent the prefectures the notice."""
        before = self.back(phrase - 1)
        return self.kind(before) == "vg" and self.chunks[before].lemma in lists.TWO_OBJECTS

    def reduced_quick(self, verb: int) -> bool:
        """Whether a form in -ed stands before by, or behind it nothing that would be its object."""
        chunk = self.chunks[verb]
        if len(chunk.words) > 1 or chunk.words[-1].form != "ed":
            return False
        return self.kind(self.on(verb + 1)) != "np"

    def joined(self, phrase: int) -> tuple[list[int], int]:
        """A noun phrase and those joined to it by commas and `and`, and the chunk after them."""
        found, i = [phrase], phrase + 1
        while True:
            at = self.on(i)
            if self.kind(at) == "prep" and self.chunks[at].lower == "of" and self.kind(self.on(at + 1)) == "np":
                inner, after = self.joined(self.on(at + 1))
                alike = [n for n in inner[1:] if not self.alike(inner[0], n) and self.alike(found[-1], n)]
                for one in inner:
                    if one not in alike:
                        self.of.setdefault(found[-1], []).append(("of", one))
                found += [n for n in alike if n not in found]
                i = after
                continue
            paired = len(found) == 1 and self.kind(phrase - 1) == "prep" and self.chunks[phrase - 1].lower == "between"
            next_one = self.next_joined(at, paired)
            if next_one < 0:
                return found, i
            found.append(next_one)
            i = next_one + 1

    def next_joined(self, i: int, paired: bool = False) -> int:
        """The noun phrase that chunk i joins to the one before; -1 where it joins none. `paired`: between A and B."""
        if self.kind(i) == "conj":
            phrase = self.on(i + 1)
            if self.kind(phrase) == "np" and (paired or not self.is_subject(phrase)):
                return phrase
        elif self.kind(i) == "comma":
            if self.kind(self.on(i + 1)) == "conj":
                return self.next_joined(self.on(i + 1))
            # a list goes on only where an `and` closes it
            j = i
            while self.kind(j) == "comma" and self.kind(j + 1) == "np":
                j += 2
                while self.kind(j) == "prep" and self.chunks[j].lower == "of" and self.kind(j + 1) == "np":
                    j += 2
            if self.kind(j) == "comma":
                j += 1
            if j > i + 1 and self.kind(j) == "conj" and self.kind(j + 1) == "np" and not self.is_subject(j + 1):
                return i + 1
        return -1

    def alike(self, one: int, other: int) -> bool:
        """Whether two noun phrases are known to name things of a kind."""
        return bool(self.similar.get(one)) and self.similar.get(one) == self.similar.get(other)

    def phrases(self) -> Iterator[int]:
        """The noun phrases, in order."""
        return (i for i, c in enumerate(self.chunks) if c.kind == "np")

    def asks_after(self, verb: int) -> bool:
        """Whether a participle of asking follows a comma: wrote to the city, urging it to."""
        for i in range(verb + 1, len(self.chunks) - 1):
            if self.kind(i) == "comma":
                asks = self.chunks[i + 1]
                return asks.kind == "vg" and asks.form == "ing" and asks.lemma in (*lists.ASKED, "call")
        return False

    def infinitive_at(self, i: int) -> bool:
        """Whether an infinitive stands at chunk i, or a participle of asking: wrote to the city asking."""
        at = self.on(i)
        if self.kind(at) != "vg":
            return False
        chunk = self.chunks[at]
        return chunk.form == "inf" or (chunk.form == "ing" and chunk.lemma in lists.ASKED)
