"""The words for a project's things in one language.

In: a Project and a language. Out: names, labels, dates and propositions as a person reads them. What does not simply
exist is named as such wherever it is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

from ..errors import sentence
from ..model import CURATOR, Claim, Project, Qualifier, Value, When, Words
from ..terms import Vocabulary, vocabulary
from .ties import Sureness, Tie, is_former


class Tongue:
    """Speaks of one project in one language."""

    def __init__(self, project: Project, lang: str) -> None:
        self.project, self.lang = project, lang
        self.terms: Vocabulary = vocabulary()
        self.name = lru_cache(maxsize=None)(self._name)

    def text(self, code: str, **words: object) -> str:
        """A message."""
        return sentence(code, self.lang, **words)

    def words(self, words: Words) -> str:
        """Words, fit for a terminal."""
        return clean(words.best(self.lang)).strip()

    def _name(self, id: str) -> str:
        """What an entity or a source is called; the id behind it where two are called the same."""
        if id == CURATOR:
            return self.text("voice-curator")
        entity = self.project.entity(id)
        if entity is None:
            source = self.project.source(id)
            return (source and self.words(source.title)) or clean(id)
        name = self.words(entity.name) or clean(id)
        if self._names[name] > 1:
            name += f" ({clean(id)})"
        if entity.existence:
            state = self.terms.values["existence"][entity.existence.value].label.best(self.lang)
            name = self.text("explore-existence", name=name, state=state)
        return name

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(self.words(entity.name) for entity in self.project.entities)

    def names(self, ids: Iterable[str], most: int = 0) -> str:
        """Several, one after the other; `most` at most, then how many more there are."""
        known = list(ids)
        shown = known[:most] if most else known
        told = self.text("explore-comma").join(self.name(id) for id in shown)
        if len(shown) < len(known):
            told = self.text("explore-more-names", names=told, count=len(known) - len(shown))
        return told

    def property(self, name: str) -> str:
        """A property's or qualifier's label."""
        known = self.terms.properties.get(name) or self.terms.qualifiers.get(name)
        return known.label.best(self.lang) if known else clean(name)

    def cls(self, name: str) -> str:
        """A class's label."""
        known = self.terms.classes.get(name)
        return known.label.best(self.lang) if known else clean(name)

    def stance(self, name: str) -> str:
        """A stance's label."""
        return self.terms.values["stance"][name].label.best(self.lang)

    def review(self, name: str) -> str:
        """A verdict's label."""
        return self.terms.values["review"][name].label.best(self.lang)

    def theme(self, id: str) -> str:
        """A theme's name."""
        found = next((theme for theme in self.project.themes if theme.id == id), None)
        return self.words(found.name) if found else (clean(id) or self.text("explore-no-theme"))

    def value(self, value: str | Value | Qualifier) -> str:
        """An object, a literal's or a qualifier's value."""
        if isinstance(value, Words):
            return self.words(value)
        if isinstance(value, tuple):
            return self.names(value)
        if isinstance(value, str):
            return self.name(value)
        return str(value)

    def proposition(self, claim: Claim) -> str:
        """Who – does what – to whom; a denial says so."""
        return self.line(claim.subject, claim.predicate, self.value(claim.object), claim.negated)

    def line(self, subject: str, predicate: str, told: str, negated: bool = False) -> str:
        """A proposition of its parts."""
        code = "explore-denied-line" if negated else "explore-line"
        return self.text(code, subject=self.name(subject), property=self.property(predicate), object=told)

    def narrowing(self, claim: Claim, without: Iterable[str] = ()) -> str:
        """Its qualifiers: role, scope, condition and the like."""
        skip = set(without)
        told = [
            self.text("explore-pair", key=self.property(name), value=self.value(value))
            for name, value in claim.qualifiers
            if name not in skip
        ]
        return self.text("explore-semicolon").join(told)

    def remarks(self, claims: Iterable[tuple[str, Claim]]) -> dict[str, str]:
        """What narrows each of some claims, by their ids."""
        return {id: told for id, claim in claims if (told := self.narrowing(claim))}

    def span(self, start: When | None, end: When | None, as_of: When | None = None, former: bool = False) -> str:
        """Since and until when; an open end is said to be open, of what is `former` to be over; "" without a date."""
        parts = []
        if start and start == end:
            parts.append(str(start))
        elif start and end:
            parts.append(f"{start}–{end}")
        elif start and former:
            parts.append(self.text("timeline-was", start=start, over=self.text("timeline-over")))
        elif start:
            parts.append(self.text("explore-since", date=start))
        elif end:
            parts.append(self.text("explore-until", date=end))
        if as_of:
            parts.append(self.text("show-as-of", date=as_of))
        return " · ".join(parts)

    def sure(self, sureness: Sureness) -> str:
        """How sure something is, in words."""
        parts = [self.stance(sureness.stance.value)]
        if sureness.hedged:
            parts.append(self.text("show-hedged"))
        if sureness.doubt:
            parts.append(self.review(sureness.review.value))
        return " · ".join(parts)

    def proof(self, tie: Tie) -> str:
        """A claim as evidence: its name, how sure, whose words, from where, when."""
        parts = [self.sure(tie.sureness)]
        if tie.negated:
            parts.append(self.text("show-negated"))
        source = self.project.source(tie.source)
        told = f"{tie.source} ({source.date})" if source and source.date else tie.source
        parts.append(self.text("explore-source", source=clean(told)))
        if tie.voice and tie.voice != tie.source and tie.voice != (source and source.document):
            parts.append(self.text("show-voice", voice=self.name(tie.voice)))
        if tie.via:
            parts.append(self.text("show-via", via=self.names(tie.via)))
        if dates := self.span(tie.valid_from, tie.valid_to, tie.as_of, is_former(tie.predicate)):
            parts.append(dates)
        return f"{clean(tie.name)}  {' · '.join(parts)}"


def clean(text: str) -> str:
    """Text on one line without what moves a cursor, turns the direction of writing, or cannot be seen or written."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in text)
