"""The names that can fill a role of a frame, by their classes.

In: phrases of a sentence, a Rule. Out: Fillings, which say how the names were found where they were not simply there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ...model import Entity
from ...terms import Vocabulary
from ..flow import Mention
from .events import Reader
from .keys import Rule
from .sentence import Sentence
from .words import SAYING


@dataclass(frozen=True)
class Filling:
    """The names that fill a role, the phrase that they stand in (-1: none), and how they were found."""

    names: tuple[Mention, ...] = ()
    chunk: int = -1
    how: str = ""


NOTHING = Filling()


class Fitter:
    """Tells which names of a sentence fit a role."""

    def __init__(
        self,
        sentence: Sentence,
        reader: Reader,
        topics: Sequence[Mention],
        vocabulary: Vocabulary,
        entity: Callable[[str], Entity],
        nearby: Sequence[Mention] = (),
        *,
        aside: bool = False,
        speakers: Sequence[Mention] = (),
    ) -> None:
        self.sentence, self.reader, self.topics, self.aside = sentence, reader, topics, aside
        self.nearby = nearby  # whom the sentence before names
        self.speakers = speakers  # the document itself, else who issued it: whoever says what has no subject
        self.chunks = sentence.chunks
        self.vocabulary, self.entity = vocabulary, entity

    def fits(self, mention: Mention, rule: Rule, role: str) -> bool:
        """Whether one of the entities that a mention may mean can fill the role."""
        property = self.vocabulary.properties[rule.frame.predicate]
        if role == "subject":
            wanted = (property.domain, rule.frame.subject_classes)
        else:
            wanted = (property.range, rule.frame.object_classes)
        fits = self.vocabulary.fits
        return any(all(fits(cls, classes) for classes in wanted) for cls in self.classes(mention))

    def classes(self, mention: Mention) -> list[str]:
        """The classes of the entities that a mention may mean."""
        return [self.entity(id).cls for id in mention.ids]

    def fitting(self, names: Iterable[Mention], rule: Rule, role: str) -> tuple[Mention, ...]:
        """Those that fit, where the last of them does: it is the head."""
        each = list(names)
        if not each or not self.fits(each[-1], rule, role):
            return ()
        return tuple(m for m in each if self.fits(m, rule, role))

    def names(self, i: int, rule: Rule, role: str) -> tuple[Mention, ...]:
        """The names that a phrase gives a role."""
        speakers = role == "subject" and (rule.speakers or rule.frame.predicate in SAYING)
        through = rule.through if role == "object" else rule.whose
        return self.fitting(self.reader.names(i, through, speakers=speakers), rule, role)
