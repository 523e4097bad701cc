"""Where a sentence names the project's entities.

In: entities; then sentences. Out: mentions, leftmost and longest, none overlapping another. A form that several
entities share gives a mention with several ids. A list that shares its head (茨城・福岡の各県警) is one mention of
all of them. Readings in kana are not looked for: too many other words are written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from ahocorasick_rs import AhoCorasick

from ...model import Entity
from ...names import forms
from ..flow import Mention, Sentence, Span
from .shared_heads import Heads
from .spelling import CJK, Squeezed, bare, body_span, key, same, spellings, without_body
from .surroundings import fits_after, fits_before, fits_english, is_a, may_adjoin

LONGEST = 300
"""Characters of a form that is looked for: building the search takes the square of the longest."""

_SINGLE = re.compile(
    r"(?<![一-龥々ァ-ヶーA-Za-z0-9])[一-龥](?=[はがもをにとのへで、]|から|より|による|側|など)(?!で[あすし])"
)
_GENERIC = ("ActorGroup", "Sector", "AffectedPeople", "System", "DataCategory", "Place", "Purpose")


@dataclass(frozen=True)
class _Form:
    """One written form of one entity. `form` is as it stands there, without quotation marks around it."""

    id: str
    cls: str
    form: str
    latin: bool
    exact: bool = False  # an id's words: their capitals must be there
    acts: bool = False  # so that 株式会社 may stand at it


@dataclass(frozen=True)
class _Found:
    """A form at its place in the text, before it is settled which of the overlapping ones stand."""

    start: int
    end: int
    forms: tuple[_Form, ...]
    before: bool  # what precedes lets it stand by itself
    after: bool


class Names:
    """All written forms of the entities; making it once is the costly part."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        by_key: dict[str, dict[str, _Form]] = {}
        for entity in entities:
            for form in _forms(entity):
                for spelled in _keys(form):
                    by_key.setdefault(spelled, {}).setdefault(form.id, form)
        single: dict[str, list[str]] = {}
        for entity in entities:
            for short in dict.fromkeys(normalize("NFKC", also) for also in entity.also):
                if len(short) == 1 and CJK.match(short):
                    single.setdefault(short, []).append(entity.id)
        self._single = {short: tuple(ids) for short, ids in single.items()}
        self._forms = [tuple(of.values()) for of in by_key.values()]
        self._keys = list(by_key)
        self._search = AhoCorasick(self._keys) if by_key else None
        self._heads = Heads({spelled: tuple(of) for spelled, of in by_key.items()}, {e.id: e.cls for e in entities})

    def find(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The mentions of a sentence, in text order."""
        return self.find_in(sentence.text)

    def find_in(self, text: str) -> tuple[Mention, ...]:
        """The mentions of a text that is NFKC already."""
        mentions = [self._mention(text, one) for one in self._settled(text)]
        if self._single and (single := self._singles(text, mentions)):
            mentions = sorted([*mentions, *single], key=lambda m: m.start)
        return self._heads.join(text, mentions)

    def _singles(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """市, 町 where the entities have it as a form: a word of its own, with a particle or comma behind it."""
        taken = [(m.start, m.end) for m in mentions]
        return [
            Mention(at, at + 1, self._single[match[0]])
            for match in _SINGLE.finditer(text)
            for at in [match.start()]
            if match[0] in self._single and not any(s <= at < e for s, e in taken)
        ]

    def named(self, form: str) -> tuple[str, ...]:
        """The ids of the entities that are written just so, whatever its case and spacing."""
        wanted = key(bare(form))
        at = self._heads.ids.get(wanted)
        return at or ()

    def _mention(self, text: str, found: _Found) -> Mention:
        start, end = found.start, found.end
        if any(form.acts for form in found.forms):
            start, end = body_span(text, start, end)
        return Mention(start, end, tuple(dict.fromkeys(form.id for form in found.forms)))

    def _settled(self, text: str) -> Iterator[_Found]:
        """Leftmost-longest of what can stand where it stands, by itself or beside another name."""
        if self._search is None:
            return
        squeezed = Squeezed(text)
        hits = self._search.find_matches_as_indexes(same(squeezed.text), overlapping=True)
        if not hits:
            return
        candidates: list[_Found] = []
        for number, start, end in hits:
            candidates += self._checked(text, self._forms[number], squeezed.back(start, end))
        candidates.sort(key=lambda c: (c.start, -c.end))
        right: dict[int, _Found] = {}  # those that can stand to the right of a name
        for candidate in candidates:
            if candidate.after:
                right.setdefault(candidate.start, candidate)
        last: _Found | None = None
        for candidate in candidates:
            if last and candidate.start < last.end:
                continue
            if not candidate.before and not (last and last.end == candidate.start and _adjoin(last, candidate)):
                continue
            if not candidate.after:
                beside = right.get(candidate.end)
                if not beside or not _adjoin(candidate, beside):
                    continue
            yield candidate
            last = candidate

    def _checked(self, text: str, forms: Iterable[_Form], span: Span) -> Iterator[_Found]:
        start, end = span
        found = text[start:end]
        sides: dict[tuple[bool, bool], list[_Form]] = {}
        for form in forms:
            if len(found) != len(form.form) and not _may_be_spaced(found, form):
                continue
            outer = body_span(text, start, end) if form.acts else span
            if form.latin:
                if form.exact and not _capitals(found, form.form):
                    continue
                if not fits_english(text, start, end, form.form, outer[1]):
                    continue
            before = fits_before(text, *span, form.cls) or outer[0] < start
            after = fits_after(text, *span, form.cls) or outer[1] > end
            sides.setdefault((before, after), []).append(form)
        # The entities that can stand here by themselves are meant; only where there are none, those that lean.
        for key_ in sorted(sides, reverse=True):
            yield _Found(start, end, tuple(sides[key_]), *key_)
            if key_ == (True, True):
                break


def _adjoin(first: _Found, second: _Found) -> bool:
    return any(
        may_adjoin(one.cls, first.end - first.start, other.cls, second.end - second.start)
        for one in first.forms
        for other in second.forms
    )


def _may_be_spaced(found: str, form: _Form) -> bool:
    """Whether spaces or dots that the form lacks may stand inside it: not in 警察 庁."""
    if not any(c in found for c in " ・･"):
        return True
    return len(form.form) > 3 or form.cls == "Person" or any(c in form.form for c in " ・･")


def _capitals(found: str, form: str) -> bool:
    return all(a == b for a, b in zip(found, form, strict=False) if b.isupper())


def _forms(entity: Entity) -> Iterator[_Form]:
    """What to look for: names and other forms, these without 株式会社 too, and the id's words if they say enough."""
    written = [form for form in forms(entity) if form != entity.reading]
    own = {*entity.name.values(), *entity.also}
    acts = is_a(entity.cls, "Actor", "Facility")
    for text in written:
        form = bare(text)
        latin = not CJK.search(form)
        if text not in own:
            if latin and form.count(" ") >= (2 if "en" in entity.name else 1) and not form.islower():
                yield _Form(entity.id, entity.cls, form, latin, exact=True, acts=acts)
            continue
        if len(form) > LONGEST or len(key(form)) < 2 or form.isdigit():
            continue
        yield _Form(entity.id, entity.cls, form, latin, acts=acts)
        if acts and (short := without_body(form)):
            yield _Form(entity.id, entity.cls, short, not CJK.search(short), acts=acts)


_PLURAL = re.compile(r"[a-z]{3,}[a-rt-z]\Z")


def _keys(form: _Form) -> Iterator[str]:
    yield from spellings(form.form)
    # Cameras and a camera are one kind of thing where no proper name is meant.
    if form.latin and " " in form.form and form.form.islower() and is_a(form.cls, *_GENERIC):
        whole = key(form.form)
        if whole.endswith("s") and _PLURAL.search(whole[:-1]):
            yield whole[:-1]
        elif _PLURAL.search(whole) and not whole.endswith("y"):
            yield whole + "s"


def unspaced(text: str) -> str:
    """The text as it is compared: NFKC, without spaces beside Japanese characters, case and old kanji made one."""
    return key(normalize("NFKC", text))
