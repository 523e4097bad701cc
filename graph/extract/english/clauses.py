"""English clauses: who does what, for each group of verbs.

In: chunks. Out: Clauses with the noun phrases that fill their roles: subject, direct object, and one role for each
preposition. In a passive the by-phrase is the subject and the grammatical subject the direct object. Where several
noun phrases stand between a possible subject and its verb the role stays empty: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from . import lists
from .chunks import Chunk
from .phrases import SKIPPED, Clause, Phrases
from .subjects import find_gap, find_subject


class Reading(Phrases):
    """The clauses of one sentence."""

    def __init__(self, chunks: Sequence[Chunk], similar: dict[int, str]) -> None:
        """`similar` tells of noun phrases what class of thing they are, where that is known."""
        super().__init__(chunks, similar)
        self._clauses: dict[int, Clause] = {}
        self._open: set[int] = set()

    @cached_property
    def clauses(self) -> list[Clause]:
        """One clause for each group of verbs, in text order."""
        return [self.clause(i) for i, c in enumerate(self.chunks) if c.kind == "vg"]

    def clause(self, verb: int) -> Clause:
        """The clause of a group of verbs."""
        if verb in self._clauses:
            return self._clauses[verb]
        if verb in self._open:  # two verbs that seem to hang on each other: neither has a subject
            return Clause(verb, begins=verb, end=verb + 1)
        self._open.add(verb)
        clause = Clause(verb, begins=verb)
        self.right(clause, verb + 1)
        self.share(clause)
        find_subject(self, clause)
        self._open.discard(verb)
        self._clauses[verb] = clause
        self._deep(clause)
        return clause

    def reread(self, clause: Clause, start: int, keep: bool) -> Clause:
        """The same clause with what stands behind it read from chunk `start` on; `keep` its direct object."""
        made = Clause(clause.verb, clause.surface, {}, clause.begins, clause.control)
        self.right(made, start)
        if keep:
            made.roles.pop("direct", None)
            if not self.is_passive(clause.verb):
                made.roles["direct"] = list(clause.get("direct"))
        find_gap(self, made)
        self._deep(made)
        return made

    def said_of(self, phrase: int) -> int:
        """What a pronoun or a noun stands for by its place: denied that it films; the vendor, N., sells; or -1."""
        chunk = self.chunks[phrase]
        if len(chunk.words) == 1 and chunk.lower in lists.SPOKEN:
            return self.speaker(phrase)
        if self.is_called(phrase + 1) and (name := self.name_after(phrase + 1)) > 0 and self.alike(phrase, name):
            return name if self.chunks[name].mention else -1  # a database called N.
        if self.kind(phrase + 1) == "comma" and self.kind(phrase + 2) == "np" and self.chunks[phrase + 2].mention:
            closed = self.kind(phrase + 3) in ("comma", "stop", "") and self.kind(phrase + 4) != "conj"
            whose = self.kind(phrase - 1) == "rel" and self.chunks[phrase - 1].lower == "whose"
            counted = chunk.words[0].tag == "num" and not (
                self.kind(phrase + 4) == "np" and self.chunks[phrase + 4].mention
            )
            unknown = not self.similar.get(phrase) and (chunk.words[0].tag == "det" or whose or counted)
            return phrase + 2 if closed and (unknown or self.alike(phrase, phrase + 2)) else -1
        if phrase > 1 and self.kind(phrase - 1) == "comma" and chunk.words[0].lower in ("a", "an", "the"):
            named = self.kind(phrase - 2) == "np" and self.chunks[phrase - 2].mention
            return phrase - 2 if named and self.alike(phrase, phrase - 2) else -1  # N., a start-up based in P.
        return -1

    def is_called(self, i: int) -> bool:
        """Whether chunk i gives the noun before it its name: called, named, known as."""
        return self.kind(i) == "vg" and self.chunks[i].lower in lists.CALLED

    def name_after(self, i: int) -> int:
        """The noun phrase that follows called or known as at chunk i; -1 where there is none."""
        at = i + 2 if self.kind(i + 1) in ("prep", "sub") and self.chunks[i + 1].lower == "as" else i + 1
        known = self.chunks[i].lower == "known"
        return at if self.kind(at) == "np" and (at == i + 2) == known else -1

    def speaker(self, pronoun: int) -> int:
        """Who says of himself what a clause tells: the only name before a verb of saying."""
        at = self.back(pronoun - 1)
        if self.kind(at) == "that":
            at = self.back(at - 1)
        if self.kind(at) == "np" and self.chunks[at].head.lemma in lists.TOLD and self.kind(self.back(at - 1)) == "vg":
            at = self.back(at - 1)
        elif self.kind(at) == "np" and self.chunks[at].lower in ("us", "me", "them"):
            at = self.back(at - 1)  # told us that it
            if self.kind(at) != "vg" or self.chunks[at].lemma not in lists.SAY:
                return -1
        elif self.kind(at) != "vg" or self.chunks[at].lemma not in lists.SAY:
            return -1
        verb = self.on(pronoun + 1)
        asked = self.chunks[at].lemma in lists.ASKED and self.kind(verb) == "vg" and len(self.chunks[verb].words) == 1
        if self.is_passive(at) or (asked and self.chunks[verb].words[0].form == "base"):
            return -1
        surface, own = self.clause(at).surface, self.chunks[pronoun].lower
        between = [
            i
            for i in range(max(surface, default=at) + 1, pronoun)
            if self.kind(i) == "np" and self.similar.get(i) and not (own == "it" and self._several(i))
        ]
        if len(surface) != 1 or surface[0] < 0 or between or not self.chunks[surface[0]].mention:
            return -1
        person = self.similar.get(surface[0]) == "Person"
        return surface[0] if person == (own in ("he", "she")) else -1

    def _several(self, phrase: int) -> bool:
        """Whether a noun phrase without a name is plural: the papers."""
        head = self.chunks[phrase].head
        return head.mention is None and head.tag == "noun" and head.lower.endswith("s") and head.lower != head.lemma

    def that_is(self, clause: Clause, words: Sequence[str]) -> bool:
        """Whether what the that-clause speaks of is said to be one of these: found that it is void."""
        for phrases in clause.get("that"):
            verb = self.on(phrases[-1] + 1)
            if self.kind(verb) == "vg" and self.chunks[verb].lemma == "be":
                denied = any(w.tag == "not" or w.lower in ("may", "might", "could") for w in self.chunks[verb].words)
                told = self.chunks[self.on(verb + 1)] if self.on(verb + 1) < len(self.chunks) else None
                return not denied and told is not None and told.words[-1].lower in words
        return False

    def hangs_on(self, clause: Clause, words: Sequence[str]) -> int:
        """The verb or noun, one of these, on which a clause depends: proposes building, a proposal to build; or -1."""
        seen: set[int] = set()
        while clause.control >= 0 and clause.verb not in seen:
            seen.add(clause.verb)
            if self.chunks[clause.control].lemma in words:
                return clause.control
            clause = self.clause(clause.control)
        begins = clause.begins
        return begins if 0 <= begins != clause.verb and self.chunks[begins].head.lemma in words else -1

    def _that(self, clause: Clause) -> None:
        """Who does what is asked for: demand that the city delete."""
        at = self.on(clause.end)
        if self.kind(at) == "that" and self.kind(self.on(at + 1)) == "np":
            clause.add("that", self.joined(self.on(at + 1))[0])

    def _deep(self, clause: Clause) -> None:
        self._that(clause)
        if self.is_passive(clause.verb):
            if self.chunks[clause.verb].lemma in lists.TWO_OBJECTS and clause.get("direct"):
                clause.roles["second"] = clause.roles.pop("direct")  # was given the images
            for phrases in clause.get("by"):
                clause.add("subject", phrases)
            clause.add("direct", clause.surface)
        else:
            clause.add("subject", clause.surface)

    def right(self, clause: Clause, start: int) -> None:
        """Read the objects and the phrases with prepositions from chunk `start` on."""
        i, slot, last = start, "direct", -1
        while i < len(self.chunks):
            kind = self.kind(i)
            if kind == "np":
                if last >= 0 and slot != "second":
                    if slot != "direct" or self.is_subject(i) or not self.second(clause, i):
                        break
                    slot = "second"
                elif self.is_subject(i) and slot == "direct" and not (i == start and self.takes_object(clause.verb)):
                    break
                phrases, after = self.joined(i)
                clause.add(slot, phrases)
                last, i = i, after
                continue
            if kind == "prep":
                phrase = self.on(i + 1)
                if self.kind(phrase) != "np":
                    break
                name = self.chunks[i].lower
                if name == "of" and last >= 0:
                    phrases, i = self.joined(phrase)
                    for inner in phrases:
                        self.of.setdefault(last, []).append(("of", inner))
                    continue
                before, slot = slot, self.preposition(i)
                phrases, after = self.joined(phrase)
                clause.add(slot, phrases)
                if slot == "including":  # with other shops, including A
                    slot = before
                    clause.add(slot, phrases)
                last, i = phrase, after
                continue
            if kind == "comma":
                i = self.over(i)
                if i < 0:
                    i = len(self.chunks)
                    break
                continue
            if kind in SKIPPED or kind == "adj":
                i += 1
                continue
            if kind == "conj" and self.kind(self.on(i + 1)) == "prep" and last >= 0:
                i += 1
                continue
            break
        clause.end = i

    def takes_object(self, verb: int) -> bool:
        """Whether a noun right behind a verb is its object, though a finite verb follows: the plan to film it came."""
        chunk = self.chunks[verb]
        if chunk.lemma in lists.SAY or chunk.lemma in lists.INTRANSITIVE:
            return False
        return chunk.form in ("inf", "ing") or self.kind(self.back(verb - 1)) == "rel"

    def share(self, clause: Clause) -> None:
        """Give the first of two joined verbs what stands behind the second: collected and stored images."""
        verb = self.on(clause.end + 1)
        role = "by" if self.is_passive(clause.verb) else "direct"
        if self.kind(clause.end) != "conj" or self.kind(verb) != "vg" or clause.get(role) or clause.get("direct"):
            return
        one, other = self.chunks[clause.verb], self.chunks[verb]
        alike = self.is_passive(verb) == self.is_passive(clause.verb) and other.form == one.form
        if alike and one.lemma not in lists.INTRANSITIVE and one.lemma not in lists.SAY - lists.ASKED:
            later = Clause(verb)
            self.right(later, verb + 1)
            for phrases in later.get(role):
                clause.add(role, phrases)

    def preposition(self, i: int) -> str:
        """The name of a role: the preposition, or two that stand together (out of, because of)."""
        return self.chunks[i].lower

    def second(self, clause: Clause, i: int) -> bool:
        """Whether a verb takes two objects side by side: sent the prefectures a notice."""
        return self.chunks[clause.verb].lemma in lists.TWO_OBJECTS

    def over(self, comma: int) -> int:
        """Where reading goes on after an insertion between commas; -1 where it does not."""
        i = self.on(comma + 1)
        if self.kind(i) == "prep" and self.kind(self.on(i + 1)) == "np":
            return i if self.chunks[i].lower in ("to", "with", "against", "by", "from", "at", "in", "including") else -1
        if i > comma + 1 and self.kind(i) == "comma":
            return i + 1
        return -1
