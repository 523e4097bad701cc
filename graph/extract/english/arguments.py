"""Which entities fill the roles of an English clause.

In: a Reading and its clauses. Out: pairs of mentions for a rule, each of a class that the property and the frame
allow. A noun phrase stands for an entity when its head is the entity's name, not when the name only belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ...model import Entity
from ...terms import Vocabulary
from ..flow import Mention
from . import lists
from .chunks import Chunk
from .clauses import Reading
from .keys import Rule
from .phrases import Clause

# What may stand for each other in a list; the nearest of these above a class is its kind.
KINDS = ("Person", "AffectedPeople", "ActorGroup", "Sector", "Facility", "Organization", "Place", "System",
         "DataCategory", "Instrument", "Document", "Project", "Trial", "Programme", "Event", "Campaign",
         "LegalChallenge", "Sign", "Purpose", "Concern")  # fmt: skip
_ACTORS = frozenset("Person ActorGroup Sector Facility Organization".split())


class Arguments:
    """The mentions behind the noun phrases of one sentence."""

    reading: Reading

    def __init__(self, chunks: Sequence[Chunk], entity: Callable[[str], Entity], vocabulary: Vocabulary) -> None:
        self.chunks, self.entity, self.vocabulary = chunks, entity, vocabulary

    def kinds(self) -> dict[int, str]:
        """Of each noun phrase, what kind of thing it names, where that is known."""
        found: dict[int, str] = {}
        for i, chunk in enumerate(self.chunks):
            if chunk.kind != "np":
                continue
            if chunk.mention:
                found[i] = self.kind(self.entity(chunk.mention.ids[0]).cls)
            elif cls := lists.CLASS_NOUNS.get(chunk.head.lemma):
                found[i] = self.kind(cls)
            elif chunk.head.lemma in lists.SPEAKERS or chunk.head.lemma in lists.PERSONS:
                found[i] = "Person"
        return found

    def kind(self, cls: str) -> str:
        """The kind that a class belongs to; actors of all sorts are one kind."""
        for one in (cls, *self.vocabulary.ancestors(cls)):
            if one in KINDS:
                return one
        return ""

    def kinds_of(self, mention: Mention) -> set[str]:
        """The kinds of what a mention may mean."""
        return {self.kind(self.entity(id).cls) for id in mention.ids}

    def fits(self, mention: Mention, wanted: Sequence[tuple[str, ...]]) -> bool:
        """Whether one of the entities meant is of the classes wanted."""
        return any(all(self.vocabulary.fits(self.entity(id).cls, w) for w in wanted) for id in mention.ids)

    def wanted(self, rule: Rule) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """The classes that the property and the frame ask of subject and object."""
        property = self.vocabulary.properties[rule.frame.predicate]
        subjects = [c for c in (property.domain, rule.frame.subject_classes) if c]
        objects = [c for c in (property.range, rule.frame.object_classes) if c]
        return subjects, objects

    def named(self, phrase: int, speakers: bool = False, via: Sequence[str] = ()) -> list[Mention]:
        """The mentions that a noun phrase stands for; `via` are nouns that let what they are of stand for them."""
        if phrase < 0:
            owner = self.chunks[-phrase - 1].owner
            return [owner.mention] if owner and owner.mention else []
        chunk = self.chunks[phrase]
        if chunk.head.lemma in via:
            inner = [n for _, n in self.reading.of.get(phrase, ())] or self.behind(phrase, tuple(lists.VIA))
            return [m for n in inner for m in self.named(n)] or [w.mention for w in chunk.words if w.mention][-1:]
        if chunk.mention:
            return [chunk.mention] if self.tail_fits(chunk) else []
        told = self.reading.said_of(phrase)
        if told >= 0 and (one := self.chunks[told].mention):
            apart = (
                self.chunks[told - 1].kind == "comma"
                or self.reading.is_called(told - 1)
                or self.reading.is_called(told - 2)
            )
            said = () if apart else (f"{chunk.lower} → {self.chunks[told].head.text}",)
            return [replace(one, how=(*one.how, *said))]
        if chunk.owner and chunk.owner.mention and chunk.head.lemma in lists.PARTS:
            whole = chunk.owner.mention  # what its cameras do, it does
            return [whole] if self.kinds_of(whole) == {"System"} else []
        through = chunk.head.lemma in lists.THROUGH or chunk.head.lower in lists.THROUGH
        if through or (speakers and chunk.head.lemma in lists.SPEAKERS):
            inner = [n for word, n in self.reading.of.get(phrase, ()) if word == "of"] or self.behind(phrase)
            found = [m for n in inner for m in self.named(n)]
            if speakers and not found:
                return [w.mention for w in chunk.words if w.mention][-1:]
            return found
        return []

    def behind(self, phrase: int, prepositions: Sequence[str] = ("of",)) -> list[int]:
        """The noun phrases after `of`, or one of other prepositions, right behind a noun phrase."""
        i = phrase + 1
        if self.reading.kind(i) == "prep" and self.chunks[i].lower in prepositions and self.reading.kind(i + 1) == "np":
            return self.reading.joined(i + 1)[0]
        return []

    def tail_fits(self, chunk: Chunk) -> bool:
        """Whether a noun behind the name only says what the named thing is, rather than naming another thing."""
        if chunk.head.form != "tail" or not chunk.mention:
            return True
        cls = lists.CLASS_NOUNS.get(chunk.head.lemma, "")
        return any(self.kind(self.entity(id).cls) == self.kind(cls) for id in chunk.mention.ids)

    def allows(self, rule: Rule, clause: Clause) -> bool:
        """Whether the clause has what the rule needs besides subject and object, and nothing that it excludes."""
        if rule.below and self.reading.hangs_on(clause, rule.below) < 0:
            return False
        if rule.that_is and not self.reading.that_is(clause, rule.that_is):
            return False
        if rule.then and not (self.reading.infinitive_at(clause.end) or self.reading.asks_after(clause.verb)):
            return False
        for role, told in rule.needs.items():
            if not any(self.says(p, told) for phrases in clause.get(role) for p in phrases):
                return False
        for role, told in rule.without.items():
            if any(self.says(p, told) for phrases in clause.get(role) for p in phrases):
                return False
        return True

    def says(self, phrase: int, told: Sequence[str]) -> bool:
        """Whether a noun phrase has one of the words, or names something of one of the classes."""
        if phrase < 0:
            return False
        chunk = self.chunks[phrase]
        classes = tuple(word for word in told if word[:1].isupper())
        if classes and chunk.mention and self.fits(chunk.mention, [classes]):
            return True
        if "*" in told:
            return True
        return any(w.lemma in told or (w.mention and set(w.lower.split()) & set(told)) for w in chunk.words)

    def pairs(self, rule: Rule, clause: Clause) -> Iterator[tuple[Mention, Mention]]:
        """The subjects and objects of a rule in a clause."""
        wanted_subjects, wanted_objects = self.wanted(rule)
        subjects = self.fill(rule.subject, clause, wanted_subjects, rule.speakers, rule.via)
        objects = self.fill(rule.object, clause, wanted_objects, via=rule.via)
        if not objects and "others" in rule.object:  # A and B share images
            if len(subjects) == 1 and subjects[0].all_of and len(subjects[0].ids) == 2:  # the two companies share
                both = subjects[0]
                subjects = [replace(both, ids=(id,), all_of=False) for id in both.ids]
            subjects, objects = subjects[:1], [m for m in subjects[1:] if self.fits(m, wanted_objects)]
        for subject in subjects:
            for told in objects:
                if subject.ids != told.ids and not (rule.alike and self.kinds_of(subject) != self.kinds_of(told)):
                    yield subject, told

    def fill(
        self,
        roles: Sequence[str],
        clause: Clause,
        wanted: Sequence[tuple[str, ...]],
        speakers: bool = False,
        via: Sequence[str] = (),
    ) -> list[Mention]:
        """The mentions in the first of the roles that holds any that fit."""
        for role in roles:
            for phrases in clause.get(role):
                named = [m for p in phrases for m in self.named(p, speakers, via if role != "subject" else ())]
                if found := [m for m in named if self.fits(m, wanted)]:
                    return found
        return []
