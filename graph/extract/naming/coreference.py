"""Who 同機構, 県警, "the agency" and a sentence without a subject stand for.

In: the sentences of a document in order, each with the names found in it. Out: the same mentions and those that were
filled in, each of which says how and where its name stands; who the next sentence may be about. Nothing is remembered
across the boundary of an article or box, but for what the document itself defines (以下「機構」という) and who issued
it. Where two could be meant, nobody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...model import Entity, Passage
from ...terms import vocabulary
from ..flow import Language, Mention, Sentence, Span, overlaps
from .anaphora import LATER, Pointer, pointers, tails
from .english_reference import itself, may_be_the_thing, plural, pronouns, short_heads, the_two, topic
from .names import Names
from .surroundings import fits_after, fits_before
from .topics import about

_DEFINES = re.compile(
    r"\A\s*(?:[」』][^「」]{0,4})?[(（](?P<lead>以下[、,]?(?:単に|併せて|合わせて)?|いわゆる|略称[は:：]?|通称[は:：]?"
    r"|hereinafter,?\s*(?:referred to as\s*)?|hereafter,?\s*"
    r"|the\s*)?[「『\"“'‘]?(?P<form>[^「」『』()（）\"“”]{1,24}?)[」』\"”'’]?"
    r"(?:と(?:いう|いいます|略(?:す|します|記)|呼ぶ|する)[。.]?)?[)）]"
)
_CORE = re.compile("[」』]*[はがもを]")
_GOES_ON = re.compile(
    r"\s*(?:また|しかも|さらに|その後|そして|加えて|同時に|なお|一方で|しかし|ただし|ただ|だが|そのうえ|その上"
    r"|次いで|これにより)"
)
_ASKED = re.compile(r"[QA](?:\s*\([^()]*\))?:")
_HONOURED = re.compile(
    r"(?P<name>[一-龥々ァ-ヶー]{1,6}?)(?P<tail>氏|さん|教授|弁護士|議員|理事長|会長|社長|代表|局長|長官|市長|知事"
    r"|部長|委員)"
)


@dataclass(frozen=True)
class _Named:
    """A name that was read: who it is, where it stands, in which sentence of the block, whether as its subject."""

    id: str
    passages: tuple[Passage, ...]
    at: int
    leads: bool = False
    core: bool = False  # with は, が, も, を behind it


class Coreference:
    """Remembers who was named; `see` takes the sentences of one document in order."""

    def __init__(self, names: Names, entities: Iterable[Entity], issuer: str = "", document: str = "") -> None:
        """`issuer` is who speaks as we, `document` what this report means; both ids, or empty."""
        self.names = names
        self.entities = {entity.id: entity for entity in entities}
        self.issuer, self.document = issuer, document
        self.known: dict[str, _Named] = {}
        self.tails: dict[str, bool] = {}
        self.aliases: dict[str, _Named] = {}
        self.people: dict[str, _Named] = {}
        self.block, self.number, self.paragraph = -1, 0, -1
        self.named: list[_Named] = []
        self.apart, self.began = True, 0
        self.next_topic: _Named | None = None
        self.topic: _Named | None = None

    def see(self, sentence: Sentence, mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
        """The mentions of a sentence with those filled in. `text` is the untouched document."""
        self.apart = sentence.paragraph != self.paragraph
        goes_on = sentence.lang == "en" and _ASKED.match(sentence.text) and self.block >= 0  # the next question
        if sentence.block != self.block and not goes_on:
            self.block, self.named, self.next_topic = sentence.block, [], None
        elif sentence.paragraph != self.paragraph and not _GOES_ON.match(sentence.text):
            self.next_topic = None
        self.number += 1
        if self.apart:
            self.began = self.number
        self.block, self.paragraph = sentence.block, sentence.paragraph
        mentions = self._specified(sentence.text, mentions)
        self.topic = self.next_topic
        found = sorted([*mentions, *self._filled(sentence, mentions, text)], key=lambda m: (m.start, m.end))
        self._remember(sentence, found, text)
        return tuple(found)

    def topics(self) -> tuple[Mention, ...]:
        """Who the sentence last seen may be about where it names nobody itself."""
        if self.topic is None:
            return ()
        return (
            Mention(0, 0, (self.topic.id,), how=(self._how("∅", self.topic.id, "ja"),), antecedent=self.topic.passages),
        )

    def nearby(self) -> tuple[Mention, ...]:
        """Whom the sentence before the one last seen names, in the same paragraph."""
        found = {one.id: one for one in self.named if one.core and one.at == self.number - 1 and not self.apart}
        here = {one.id: one for one in self.named if self.began <= one.at < self.number}
        is_a = vocabulary().is_a
        classes = {id: self.entities[id].cls for id in here}
        systems = [id for id, cls in classes.items() if is_a(cls, "System") and not is_a(cls, "Database")]
        if len(systems) == 1:  # the one device of the paragraph
            found.setdefault(systems[0], here[systems[0]])
        return tuple(
            Mention(0, 0, (id,), how=(self._how("∅", id, "ja"),), antecedent=one.passages) for id, one in found.items()
        )

    def _specified(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """A form that several share is settled by the name in brackets behind it: システム（照合システム）."""
        found = list(mentions)
        for k, (one, other) in enumerate(pairwise(mentions)):
            between, after = text[one.end : other.start], text[other.end : other.end + 2]
            settles = len(one.ids) > 1 and not one.all_of and len(other.ids) == 1 and other.ids[0] in one.ids
            if settles and re.fullmatch("[」』]?[(（][「『]?", between) and re.match("[」』]?[)）]", after):
                how = self._how(text[one.start : one.end], other.ids[0], "ja")
                found[k] = replace(one, ids=other.ids, how=(how,))
        return found

    # --- what is filled in

    def _filled(self, sentence: Sentence, mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
        taken: list[Span] = [(m.start, m.end) for m in mentions]
        single = [m for m in mentions if len(m.ids) == 1]
        for span, known in self._known_forms(sentence, taken):
            taken.append(span)
            made = self._mention(sentence, span, known)
            single.append(made)
            yield made
        here = [(m.end, self._named_by(m, sentence, text, leads=False)) for m in single]
        for span in self._itself(sentence):
            if not any(overlaps(span, other) for other in taken):
                taken.append(span)
                yield self._mention(sentence, span, _Named(self.document, (), self.number))
        for pointer in (*pointers(sentence.text, sentence.lang), *self._short_forms(sentence)):
            if any(overlaps(pointer.span, span) for span in taken):
                continue
            if pointer.kind == "pronoun" and sentence.lang == "en" and self.topic:
                others = [self.entities[one.id] for one in self.named if one.at == self.number - 1]
                if may_be_the_thing(sentence.text, pointer.span, self.entities[self.topic.id], others):
                    continue
            meant = self._meant(pointer, [one for end, one in here if end <= pointer.span[0]])
            if meant:
                taken.append(pointer.span)
                single.append(self._mention(sentence, pointer.span, meant))
                yield single[-1]
        if sentence.lang == "en":
            near = [*(one for one in self.named if one.at == self.number - 1), *(one for _, one in here)]
            for span, cls in the_two(sentence.text):
                two = {one.id: one for one in near if vocabulary().is_a(self.entities[one.id].cls, cls)}
                if len(two) == 2 and not any(overlaps(span, other) for other in taken):
                    taken.append(span)
                    how = (
                        f"{sentence.text[slice(*span)]} → {', '.join(self.entities[id].name.best('en') for id in two)}"
                    )
                    places = tuple(place for one in two.values() for place in one.passages)
                    yield Mention(*span, tuple(two), how=(how,), antecedent=places, all_of=True)
            about = self.topic.id if self.topic else ""
            around = sorted({*mentions, *single}, key=lambda m: m.start)
            before = {one.id for one in self.named if one.at == self.number - 1}
            for span, id, inner in pronouns(sentence.text, around, about, before, self.entities):
                one = self._named_by(inner, sentence, text, leads=False) if inner else self.topic
                if one and not any(overlaps(span, other) for other in taken):
                    taken.append(span)
                    yield self._mention(sentence, span, replace(one, id=id))

    def _itself(self, sentence: Sentence) -> Iterator[Span]:
        """This report, 本書; not where another such document was spoken of in the block."""
        if not self.document:
            return
        cls = self.entities[self.document].cls
        if any(one.id != self.document and self.entities[one.id].cls == cls for one in self.named):
            return
        yield from itself(sentence.text, cls)

    def _short_forms(self, sentence: Sentence) -> Iterator[Pointer]:
        """The Forum, the readers: the last word of a name that was read, where only one name ends so.

        With a capital it is a name, and means whom the whole document calls so; else only the block counts.
        """
        if sentence.lang != "en":
            yield from tails(sentence.text, {id: self._forms(id) for id in self.known if self._body(id)}, self._shared)
            return
        near = {one.id for one in self.named}
        ends: dict[str, set[str]] = {}
        for id in self.known:
            for head in short_heads(self.entities[id]):
                ends.setdefault(head, set()).add(id)
        for match in LATER.finditer(sentence.text):
            ids = ends.get(match["head"].lower(), set())
            if not match["head"][0].isupper():
                ids = ids & near
            if len(ids) == 1:
                yield Pointer(match.span(), ("Thing",), "", "last", next(iter(ids)))

    def _known_forms(self, sentence: Sentence, taken: Sequence[Span]) -> Iterator[tuple[Span, _Named]]:
        """The forms that the document defined, and people by their surname."""
        text = sentence.text
        busy = list(taken)
        for form, known in sorted(self.aliases.items(), key=lambda item: (-len(item[0]), item[0])):
            cls = self.entities[known.id].cls
            for match in re.finditer(re.escape(form), text):
                span = match.span()
                if any(overlaps(span, other) for other in busy):
                    continue
                if fits_before(text, *span, cls) and fits_after(text, *span, cls):
                    busy.append(span)
                    yield span, known
        for span, known in self._people(sentence):
            if not any(overlaps(span, other) for other in busy):
                busy.append(span)
                yield span, known

    def _people(self, sentence: Sentence) -> Iterator[tuple[Span, _Named]]:
        """竹花氏 after 竹花豊氏, Mr Mori after Jun Mori; where only one of the people named is called so."""
        if not self.people:
            return
        if sentence.lang == "ja":
            for match in _HONOURED.finditer(sentence.text):
                if match.start() and re.match("[一-龥々ァ-ヶー]", sentence.text[match.start() - 1]):
                    continue
                fits = [n for n in self.people.values() if self._surname(n.id, match["name"])]
                if len(fits) == 1:
                    yield match.span("name"), fits[0]
            return
        for match in re.finditer(r"\b(?:(?:Mr|Ms|Mrs|Dr|Prof|Professor)\.? )?(?P<name>[A-Z][a-z]+)\b", sentence.text):
            around = sentence.text[max(0, match.start() - 12) : match.start()], sentence.text[match.end() :]
            if re.search(r"[A-Z][\w.]*\s\Z", around[0]) or re.match(r"\s[A-Z]|-", around[1]):
                continue
            fits = [
                n for n in self.people.values() if self.entities[n.id].name.get("en", "").endswith(f" {match['name']}")
            ]
            if len(fits) == 1:
                yield match.span(), fits[0]

    def _surname(self, id: str, name: str) -> bool:
        whole = re.sub(r"[\s・]", "", self.entities[id].name.get("ja", ""))
        return whole.startswith(name) and 1 <= len(name) < len(whole) and (len(name) > 1 or len(whole) <= 3)

    def _meant(self, pointer: Pointer, here: Sequence[_Named]) -> _Named | None:
        """Who a word stands for; None where nobody or more than one could be meant."""
        if pointer.id:
            same = (one for one in reversed((*self.named, *here)) if one.id == pointer.id)
            return next(same, self.known.get(pointer.id))
        if pointer.kind == "own":
            return self._speaker(pointer.ends)
        if pointer.kind == "this":
            fitting = [one for one in self.named if one.at == self.number - 1 and self._fits(one.id, pointer)]
            if self.topic is not None and self._fits(self.topic.id, pointer):
                return self.topic
            return fitting[-1] if len({one.id for one in fitting}) == 1 else None
        if pointer.kind in ("pronoun", "plural"):
            known = self.topic
            if known is None or (pointer.kind == "plural") != plural(self.entities[known.id]):
                return None
            return known if self._fits(known.id, pointer) else None
        fitting = [one for one in (*self.named, *here) if self._fits(one.id, pointer)]
        if not fitting and pointer.falls_back and not any(self._fits(id, pointer) for id in self.known):
            loose = replace(pointer, ends="")  # a police force is the force
            fitting = [one for one in (*self.named, *here) if self._fits(one.id, loose) and not self._police(one.id)]
            return fitting[-1] if len({one.id for one in fitting}) == 1 else None
        if not fitting:
            return None
        if pointer.classes[0] == "Facility":  # 同店 is the shop before it is the company
            shops = [one for one in fitting if vocabulary().is_a(self.entities[one.id].cls, "Facility")]
            fitting = shops or fitting
        if pointer.kind == "alone":
            near = [one for one in fitting if one.at >= self.number - 1] or fitting
            return near[-1] if len({one.id for one in near}) == 1 else None
        last = fitting[-1].at
        near = [one for one in fitting if one.at == last]
        if len({one.id for one in near}) > 1:
            if not pointer.ends and len({one.id for one in near}) > 2:
                return None
            leading = [one for one in near if one.leads]
            if last == self.number:
                return near[-1] if pointer.ends else None
            return leading[0] if len({one.id for one in leading}) == 1 else None
        return near[-1]

    def _speaker(self, ends: str) -> _Named | None:
        """当省, 本市: who issued the document; where that is unknown or no 省, the one 省 that it names."""
        if self.issuer and (not ends or any(_ends(ends, form) for form in self._forms(self.issuer))):
            return _Named(self.issuer, (), self.number)
        if not ends:
            return _Named(self.issuer, (), self.number) if self.issuer else None
        fitting = {
            one.id: one
            for one in self.known.values()
            if any(form.endswith(ends) for form in self._forms(one.id))
            and vocabulary().is_a(self.entities[one.id].cls, "Organization")
        }
        if not fitting and self.issuer:
            return _Named(self.issuer, (), self.number)
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _forms(self, id: str) -> tuple[str, ...]:
        return (*self.entities[id].name.values(), *self.entities[id].also)

    def _body(self, id: str) -> bool:
        cls = self.entities[id].cls
        return vocabulary().is_a(cls, "Organization") or vocabulary().is_a(cls, "System")

    def _shared(self, tail: str) -> bool:
        """Whether several names of the project end in a word, or one is just that."""
        if tail not in self.tails:
            ending = {e.id for e in self.entities.values() for form in self._forms(e.id) if form.endswith(tail)}
            whole = any(form == tail for id in ending for form in self._forms(id))
            self.tails[tail] = len(ending) > 1 or whole
        return self.tails[tail]

    def _police(self, id: str) -> bool:
        return self.entities[id].cls in ("PoliceBody", "Place")

    def _fits(self, id: str, pointer: Pointer) -> bool:
        entity = self.entities[id]
        if not any(vocabulary().is_a(entity.cls, cls) for cls in pointer.classes):
            return False
        if entity.cls in ("ActorGroup", "Sector", "AffectedPeople"):
            return False
        if not pointer.ends:
            return True
        return any(_ends(pointer.ends, form) for form in self._forms(id))

    def _mention(self, sentence: Sentence, span: Span, known: _Named) -> Mention:
        how = self._how(sentence.text[slice(*span)], known.id, sentence.lang)
        return Mention(*span, (known.id,), how=(how,), antecedent=known.passages)

    def _how(self, words: str, id: str, lang: Language) -> str:
        return f"{words} → {self.entities[id].name.best(lang)}"

    # --- what is remembered

    def _remember(self, sentence: Sentence, mentions: Sequence[Mention], text: str) -> None:
        led = self._topic_of(sentence, mentions)
        for mention in mentions:
            if len(mention.ids) != 1:
                continue
            one = self._named_by(mention, sentence, text, leads=mention is led)
            if mention is led:
                self.next_topic = one
            if mention.how and mention.ids[0] in (self.issuer, self.document) and not mention.antecedent:
                continue  # we, this report: no name
            self.named.append(one)
            self.known[one.id] = one
            if self.entities[one.id].cls == "Person":
                self.people[one.id] = one
            self._define(sentence, mention, one)
        del self.named[:-200]  # nobody points back farther

    def _named_by(self, mention: Mention, sentence: Sentence, text: str, *, leads: bool) -> _Named:
        places = mention.antecedent or sentence.clean.passages(mention.start, mention.end, text)
        return _Named(mention.ids[0], places, self.number, leads, _CORE.match(sentence.text, mention.end) is not None)

    def _define(self, sentence: Sentence, mention: Mention, one: _Named) -> None:
        """以下「機構」という, (NPA): what stands in brackets right after a name."""
        match = _DEFINES.match(sentence.text[mention.end :])
        if not match:
            return
        form = match["form"].strip()
        lead = (match["lead"] or "").strip()
        if sentence.lang == "en" and form.lower().startswith("the "):
            form = form[4:]
        quoted = re.match(r"\s*[(（][「『\"“'‘]", match[0]) is not None
        acronym = re.fullmatch(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,6}|[A-Z]{2,8}", form)
        if not (lead or acronym or quoted or "という" in match[0]) or (len(form) < 2 and not lead):
            return
        if self.names.named(form):
            return
        self.aliases[form] = replace(one, leads=False)

    def _topic_of(self, sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
        """Who the sentence is about; the topic so far is forgotten where it is about something unnamed."""
        if sentence.kind == "heading":
            self.next_topic = None
            return None
        if sentence.lang == "en":
            return self._english_topic(sentence, mentions)
        found, over = about(sentence.text, mentions)
        if over:
            self.next_topic = None
        return found

    def _english_topic(self, sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
        """The name that is the subject of the sentence's first verb."""
        self.next_topic = None
        return topic(sentence.text, mentions)


_MORE = ("察", "察本部", "本部", "局", "役所", "役場", "庁", "案", "(案)", "（案）", "制度", "法人")


def _ends(word: str, form: str) -> bool:
    """Whether a name is one of those that a word stands for: 機構 in 防犯機構, "agency" in Coast Agency."""
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}\b", form.lower()) is not None
    return form.endswith((word, *(word + more for more in _MORE)))
