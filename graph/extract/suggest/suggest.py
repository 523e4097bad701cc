"""Likely new entities of documents, ready to be gone through and moved into entities.yaml.

In: documents, the project's names and entities. Out: Suggestions. Heads, posts, brackets and quotation
marks give the names away; GiNZA, where it is installed, adds what it takes for one. What an entity is called already is
never proposed; what may be another way to write one stands apart, as a comment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...model import Entity, Words
from .. import parse
from ..flow import Document, Mention, Sentence
from ..naming.names import Names
from ..naming.spelling import CJK, bare, key, without_body
from ..naming.surroundings import is_a
from . import defined
from . import en as suggest_en
from . import ja as suggest_ja
from .heads import Find, head_of, is_generic
from .new_ids import Ids
from .suggested import Context, Suggestion, Suggestions, Variant, as_yaml
from .variants import Known

_Place = tuple[int, Sentence, int, int]  # the document's number, and where in a sentence of it

__all__ = ["as_yaml", "suggest"]

CONTEXTS = 2
_AROUND = 36  # characters shown on each side of a name
_PARSED_AT_MOST = 300_000  # characters that GiNZA reads: some minutes


@dataclass
class _Name:
    """A name while it is being put together."""

    order: int
    forms: dict[str, None] = field(default_factory=dict)
    classes: Counter[str] = field(default_factory=Counter)
    sure: bool = False
    count: int = 0
    latin: str = ""
    places: list[_Place] = field(default_factory=list)
    documents: dict[int, int] = field(default_factory=dict)  # and where in it the name stands first
    guessed: dict[str, None] = field(default_factory=dict)
    general: dict[str, None] = field(default_factory=dict)

    @property
    def cls(self) -> str:
        return max(self.classes, key=lambda cls: self.classes[cls])

    @property
    def name(self) -> str:
        return next(iter(self.forms))


def suggest(documents: Sequence[Document], names: Names, entities: Sequence[Entity]) -> Suggestions:
    """The likely new entities, those that stand most often first."""
    gathered = _Gathered(documents, names, entities)
    for number, document in enumerate(documents):
        gathered.read(number, document)
    return gathered.told()


class _Gathered:
    def __init__(self, documents: Sequence[Document], names: Names, entities: Sequence[Entity]) -> None:
        self.documents, self.names, self.entities = documents, names, entities
        self.known = Known(names, entities)
        self.found: dict[str, _Name] = {}
        self.aliases: dict[str, dict[str, bool]] = defaultdict(dict)  # by the key of the full name: form, said in words
        self.variants: dict[tuple[str, str], list[_Place]] = defaultdict(list)
        self.parsed = self.unparsed = 0
        self.parser = parse.available()
        self._lines: dict[int, list[int]] = {}

    # reading

    def read(self, number: int, document: Document) -> None:
        for sentence in document.sentences:
            mentions = self.names.find(sentence)
            found = self.finds(sentence, mentions)
            found += self.define(number, sentence, mentions, found)
            for one in sorted(found, key=lambda one: one.start):
                self.note(number, sentence, one)

    def finds(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[Find]:
        text, known = sentence.text, [(m.start, m.end) for m in mentions]
        if sentence.lang == "en":
            found = suggest_en.find(text, known, sentence.kind == "heading")
        else:
            found = suggest_ja.find(text, known)
            if self.parser and self.parsed + len(text) <= _PARSED_AT_MOST:
                self.parsed += len(text)
                spans = [*known, *((one.start, one.end) for one in found)]
                found += suggest_ja.learned(text, parse.named([text])[0], spans)
            elif self.parser:
                self.unparsed += len(text)
        return found + suggest_en.acronyms(text, [*known, *((one.start, one.end) for one in found)])

    def define(self, number: int, sentence: Sentence, mentions: Sequence[Mention], found: Sequence[Find]) -> list[Find]:
        """Note short forms that are given in brackets; names that only these make known come back."""
        text = sentence.text
        more: list[Find] = []
        for one in defined.find(text):
            mention = next((m for m in mentions if m.end == one.end and len(m.ids) == 1), None)
            if mention:
                if not self.names.named(one.form) and not is_generic(one.form):
                    at = text.index(one.form, one.end)
                    self.variants[mention.ids[0], one.form].append((number, sentence, at, at + len(one.form)))
                continue
            before = next((f for f in (*found, *more) if f.end == one.end), None)
            if before is None and (before := self.before(text, one, mentions)):
                more.append(before)
            if before and not self.names.named(one.form):
                self.aliases[_key(text[before.start : before.end])].setdefault(one.form, one.told)
        return [one for one in more if not any(one.start < f.end and f.start < one.end for f in found)]

    def before(self, text: str, one: defined.Defined, mentions: Sequence[Mention]) -> Find | None:
        """A name that nothing but its short form gives away: the capitals before it are its initials."""
        if one.told or not one.form.isupper():
            return None
        for start in suggest_en.starts(text, one.end):
            if defined.fits_initials(one.form, text[start : one.end]):
                if any(start < m.end and m.start < one.end for m in mentions):
                    return None
                head = head_of(text[start : one.end])
                return Find(start, one.end, head.cls if head else "Organization")
        return None

    def note(self, number: int, sentence: Sentence, one: Find) -> None:
        form = " ".join(bare(sentence.text[one.start : one.end]).split())
        if len(form) < 2 or self.known.is_written(form):
            return
        made = self.found.setdefault(_key(form), _Name(len(self.found)))
        made.forms.setdefault(form)
        made.classes[one.cls] += 1
        made.sure |= one.sure
        made.count += 1
        made.documents.setdefault(number, len(made.places))
        made.places.append((number, sentence, one.start, one.end))

    # putting together

    def told(self) -> Suggestions:
        for whole, aliases in list(self.aliases.items()):
            if name := self.found.get(whole):
                for form, said in aliases.items():
                    self.take(name, form, said)
        self.shorten()
        made = [name for name in self.found.values() if (name.sure or name.count > 1) and not _surname(name)]
        kept = [name for name in made if not self.is_variant(name)]
        ids = Ids(entity.id for entity in self.entities)
        kept.sort(key=lambda name: (-name.count, name.order))
        new = self.counted([(self.suggestion(name, ids), name) for name in kept])
        return Suggestions(tuple(new), tuple(self.told_variants()), len(self.documents), self.unparsed)

    def take(self, name: _Name, form: str, said: bool) -> None:
        """Make a form that brackets gave one of the name's; a word like 機構 fits its own document only."""
        other = self.found.get(_key(form))
        if other is name:
            return
        if other:
            self.merge(name, other)
            del self.found[_key(form)]
        if is_generic(form) or len(form) < 2 or (len(form) == 2 and CJK.search(form)):
            name.general.setdefault(form)
            name.forms.pop(form, None)
            return
        name.forms.setdefault(form)
        name.sure = True
        if not CJK.search(form) and " " in form:
            name.latin = name.latin or form

    def merge(self, name: _Name, other: _Name) -> None:
        name.forms |= other.forms
        name.count += other.count
        name.places = [*name.places, *other.places]
        name.documents = {**other.documents, **name.documents}
        name.guessed |= other.guessed
        name.general |= other.general
        name.latin = name.latin or other.latin

    def shorten(self) -> None:
        """生活安全局 after 警察庁生活安全局 is its short form, where no other name ends so; 竹花 is 竹花豊."""
        longer: dict[str, list[str]] = defaultdict(list)
        for whole, name in self.found.items():
            if name.cls == "Person":
                parts = [whole[:at] for at in range(2, len(whole))]
            else:
                parts = [whole[at:] for at in range(1, len(whole) - 3)]
            for part in parts:
                if part in self.found and (self.found[part].cls == "Person") == (name.cls == "Person"):
                    longer[part].append(whole)
        for short_key in sorted(longer, key=lambda part: (len(part), part)):
            short, wholes = self.found[short_key], [whole for whole in longer[short_key] if whole in self.found]
            person = short.cls == "Person"
            if len(wholes) != 1 or not CJK.search(short_key):
                continue
            whole_name = self.found[wholes[0]]
            shared = set(short.documents) & set(whole_name.documents)
            if not shared or short.order < whole_name.order or not _alike(short.cls, whole_name.cls):
                continue
            self.merge(whole_name, short)
            for form in short.forms:
                if person:
                    whole_name.forms.pop(form, None)
                    whole_name.general.setdefault(form)
                else:
                    whole_name.guessed.setdefault(form)
            del self.found[short_key]

    def is_variant(self, name: _Name) -> bool:
        """Whether a name seems to be a listed entity, written otherwise; it is noted as that."""
        for form in name.forms:
            if id := self.known.variant_of(form, name.cls):
                for one in name.forms:
                    self.variants[id, one] += [p for p in name.places if _key(p[1].text[p[2] : p[3]]) == _key(one)]
                return True
        return False

    def suggestion(self, name: _Name, ids: Ids) -> Suggestion:
        forms = list(name.forms)
        own = forms[0]
        words = {"ja" if CJK.search(own) else "en": own}
        if name.latin and "en" not in words:
            words["en"] = name.latin
        also = tuple(form for form in forms if form not in words.values())
        latin = words.get("en", "")
        entity = Entity(ids.make(own, latin, name.cls), name.cls, Words(words), also)
        return Suggestion(entity, name.count, (), tuple(name.guessed), tuple(name.general))

    def counted(self, new: Sequence[tuple[Suggestion, _Name]]) -> list[Suggestion]:
        """The suggestions with the places where the extraction will find them, once they are listed."""
        search = Names([one.entity for one, _ in new])
        places = {one.entity.id: {_at(place): place for place in name.places} for one, name in new}
        for number, document in enumerate(self.documents):
            for sentence in document.sentences:
                found = search.find(sentence)
                known = [(m.start, m.end) for m in self.names.find(sentence)] if found else []
                for mention in found:
                    if any(mention.start < end and start < mention.end for start, end in known):
                        continue
                    for id in mention.ids:
                        place = (number, sentence, mention.start, mention.end)
                        places[id].setdefault(_at(place), place)
        made = []
        for one, _ in new:
            own = sorted(places[one.entity.id].values(), key=_at)
            made.append(replace(one, count=len(own), contexts=tuple(self.context(*p) for p in _spread(own))))
        return sorted(made, key=lambda one: -one.count)

    def told_variants(self) -> Iterator[Variant]:
        order = {entity.id: n for n, entity in enumerate(self.entities)}
        for (id, form), places in sorted(self.variants.items(), key=lambda item: (order[item[0][0]], item[0][1])):
            name = next(iter(self.entities[order[id]].name.values()), id)
            contexts = tuple(self.context(*place) for place in _spread(places))
            yield Variant(id, name, form, max(1, len(places)), contexts)

    def context(self, number: int, sentence: Sentence, start: int, end: int) -> Context:
        document = self.documents[number]
        at = sentence.clean.starts[start]
        left, right = max(0, start - _AROUND), min(len(sentence.text), end + _AROUND)
        text = "…" * (left > 0) + sentence.text[left:right] + "…" * (right < len(sentence.text))
        return Context(document.name, bisect_right(self.lines(number), at), text)

    def lines(self, number: int) -> list[int]:
        """Where the lines of a document begin."""
        if number not in self._lines:
            text = self.documents[number].text
            self._lines[number] = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        return self._lines[number]


def _key(form: str) -> str:
    """Forms that differ in case, spacing and 株式会社 alone are one name."""
    form = bare(form)
    return key(without_body(form) or form)


def _at(place: _Place) -> tuple[int, int]:
    """Where in the documents a place is; the same for a name and a part of it."""
    return place[0], place[1].clean.starts[place[2]]


def _surname(name: _Name) -> bool:
    """Whether it may be any 山田: not enough to say who is meant."""
    return name.cls == "Person" and len(name.name) <= 2


def _alike(one: str, other: str) -> bool:
    """Whether the classes do not speak against two forms being of one thing."""
    return is_a(one, other) or is_a(other, one) or (is_a(one, "Actor") and is_a(other, "Actor"))


def _spread(places: Sequence[_Place]) -> list[_Place]:
    """The first place in each document, then others, as many as are shown."""
    firsts = list({place[0]: place for place in reversed(places)}.values())[::-1][:CONTEXTS]
    told = {id(place[1]) for place in firsts}
    others: list[_Place] = []
    for place in places if len(firsts) < CONTEXTS else ():
        if id(place[1]) not in told:
            told.add(id(place[1]))
            others.append(place)
            if len(firsts) + len(others) == CONTEXTS:
                break
    return sorted([*firsts, *others], key=_at)
