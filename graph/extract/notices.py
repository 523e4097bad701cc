"""Notices and signatures, in which labels and lines say what sentences would: 講師 …さん, 会場:…, Speakers: …

In: the sentences of a document with their mentions, block by block. Out: Hits, each with the sentence it stands in.
A notice is a block whose heading names one event; in it a label stands before who or what it is about, or a line of its
own holds a person and nothing else. A notice of a book names it (新刊), and in a line of its own who sells it, with the
price. A signature is a line with a body and nothing but a date, and below it a line with a post and a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import Entity, Words
from ..terms import Vocabulary
from .flow import Frame, Hit, Mention, Sentence
from .japanese.words import TITLE

Line = tuple[Sentence, Sequence[Mention]]

_SPEAKS = Frame("notice-speaker", 1, "ja", "speaksAt", ("Actor",), ("Event",))
_ORGANIZES = Frame("notice-host", 1, "ja", "organizes", ("Actor",), ("Event",))
_ABOUT = Frame("notice-theme", 1, "ja", "isAbout", ("Event",), ())
_PLACE = Frame("notice-place", 1, "ja", "locatedIn", ("Event",), ("Place",))

_LABELS: tuple[tuple[Frame, re.Pattern[str]], ...] = (
    (
        _SPEAKS,
        re.compile(
            r"^[・●■◆○◎▼*-]?\s*(?:講師|講演者?|報告者?|報告|ゲスト|お話|問題提起|パネリスト|発言者?|登壇者?)"
            r"|^Speakers?\b|^Guests?\b|^Panel"
        ),
    ),
    (
        _ORGANIZES,
        re.compile(r"^[・●■◆○◎▼*-]?\s*(?:主催|共催|呼びかけ)|^Organi[sz](?:ed by|ers?)\b|^Hosted by\b|^Hosts?\b"),
    ),
    (_PLACE, re.compile(r"^[・●■◆○◎▼*-]?\s*(?:会場|場所|ところ|開催地)|^Venue\b|^Where\b|^Place\b")),
    (_ABOUT, re.compile(r"^[・●■◆○◎▼*-]?\s*(?:テーマ|演題|議題|題目|内容)|^Themes?\b|^Topics?\b|^Subject\b")),
)
_AGAIN = re.compile(r"(協力|後援|講師|講演者?|報告者|ゲスト|パネリスト|主催|共催|会場|場所|テーマ|演題)[\s:：]")
_PERSON_LINE = re.compile(r"[(（]?[^)）]{0,24}[)）]?\s*(?:氏|さん|先生|様|弁護士)?\s*(?:[(（][^)）]{0,24}[)）])?")
_LONGEST = 80
_PUBLISHES = Frame("notice-book", 1, "ja", "publishes", ("Organization",), ("Document",))
_POST = Frame("signature", 1, "ja", "holdsPostIn", ("Person",), ("Organization",))
_BOOK = re.compile(r"新刊|近刊|好評発売中|発売中|[0-9]月(?:[0-9]{1,2}日)?(?:発行|刊行|発売|刊)|New book|New from")
_PRICE = re.compile(
    r"\s*(?:刊|発行|発売)?\s*[(（]?\s*(?:本体|定価|税込|価格|頒価)?\s*[:：]?\s*[0-9,]+円\s*(?:[+＋]\s*税|税別|税込)?\s*[)）]?\s*"
)
_DATE = re.compile(r"[\s()（）0-9年月日〇一二三四五六七八九十元平成令和昭./-]*")
_TITLED = re.compile(rf"(?P<post>{TITLE})[\s:：]+")
_ENDS = re.compile("[。.?!？！]$")


def notices(
    lines: Iterable[Line], entities: dict[str, Entity], vocabulary: Vocabulary, untouched: str
) -> Iterator[tuple[Line, Hit]]:
    """What the notices of a document say. `untouched` is its text."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line[0].block, []).append(line)
    for block in blocks.values():
        yield from _book(block, entities, vocabulary, untouched)
        yield from _signed(block, entities, vocabulary, untouched)
        event = _event(block, entities, vocabulary)
        if event is not None:
            (heading, _), named = event
            place = heading.clean.passages(named.start, named.end, untouched)
            yield from _read(block, heading, replace(named, antecedent=place), entities, vocabulary)


def _book(
    block: Sequence[Line], entities: dict[str, Entity], vocabulary: Vocabulary, untouched: str
) -> Iterator[tuple[Line, Hit]]:
    """新刊 … / …社（本体800円＋税）: the one book of a notice, and the one body that stands with its price."""
    told = [(s, m) for s, named in block for m in named if _is(m, "Document", entities, vocabulary)]
    if len({m.ids for _, m in told}) != 1 or not any(_BOOK.search(s.text) for s, _ in block):
        return
    sellers = [
        (line, m)
        for line in block
        for m in line[1]
        if m.start == 0 and _is(m, "Organization", entities, vocabulary) and _PRICE.fullmatch(line[0].text, m.end)
    ]
    if len(sellers) == 1:
        line, seller = sellers[0]
        sentence, book = told[0]
        at = sentence.clean.passages(book.start, book.end, untouched)
        span = (seller.start, seller.end)
        yield line, Hit(_PUBLISHES, seller, Mention(0, 0, book.ids, antecedent=at), span, span)


def _signed(
    block: Sequence[Line], entities: dict[str, Entity], vocabulary: Vocabulary, untouched: str
) -> Iterator[tuple[Line, Hit]]:
    """北浦弁護士会 / 会長 神保 朋子: the post of who signs, in the body named right above."""
    for above, line in pairwise([one for one in block if not _DATE.fullmatch(one[0].text)]):
        bodies = [m for m in above[1] if _is(m, "Organization", entities, vocabulary)]
        people = [m for m in line[1] if _is(m, "Person", entities, vocabulary)]
        if len(bodies) != 1 or len(people) != 1 or len(above[1]) != 1 or len(line[1]) != 1:
            continue
        (sentence, _), body, person = above, bodies[0], people[0]
        rest = sentence.text[: body.start] + sentence.text[body.end :]
        post = _TITLED.fullmatch(line[0].text, 0, person.start)
        if post and person.end == len(line[0].text.rstrip()) and _DATE.fullmatch(rest):
            at = sentence.clean.passages(body.start, body.end, untouched)
            told = (("role", Words(ja=post["post"])),)
            span = (0, person.end)
            place = Mention(person.start, person.start, body.ids, antecedent=at)
            yield line, Hit(_POST, person, place, (0, post.end("post")), span, qualifiers=told)


def _is(mention: Mention, cls: str, entities: dict[str, Entity], vocabulary: Vocabulary) -> bool:
    return len(mention.ids) == 1 and vocabulary.is_a(entities[mention.ids[0]].cls, cls)


def _event(block: Sequence[Line], entities: dict[str, Entity], vocabulary: Vocabulary) -> tuple[Line, Mention] | None:
    """The one event that the block's first lines name, where a notice of it begins there."""
    for line in block[:2]:
        sentence, mentions = line
        if len(sentence.text) > _LONGEST or _ENDS.search(sentence.text):
            return None
        named = [m for m in mentions if len(m.ids) == 1 and vocabulary.is_a(entities[m.ids[0]].cls, "Event")]
        if len(named) == 1:
            return line, named[0]
    return None


def _read(
    block: Sequence[Line], heading: Sentence, named: Mention, entities: dict[str, Entity], vocabulary: Vocabulary
) -> Iterator[tuple[Line, Hit]]:
    label: Frame | None = None
    for line in block:
        sentence, mentions = line
        if sentence is heading:
            continue
        if len(sentence.text) > _LONGEST or _ENDS.search(sentence.text):
            label = None
            continue
        found = next(((frame, m) for frame, words in _LABELS if (m := words.match(sentence.text))), None)
        start = 0
        if found:
            label, start = found[0], found[1].end()
        if label is None and _is_person(sentence, mentions, entities):
            yield from _hits(line, _SPEAKS, mentions, named, entities, vocabulary)
        elif label is not None:
            for frame, named_there in _labelled(sentence.text, label, start, mentions):
                yield from _hits(line, frame, named_there, named, entities, vocabulary)
            if any(m.start >= start for m in mentions) or not found:
                label = None


def _labelled(
    text: str, label: Frame, start: int, mentions: Sequence[Mention]
) -> Iterator[tuple[Frame, list[Mention]]]:
    """The mentions behind each label of a line: テーマ …について講師 … may have become one."""
    further = [
        (m.end(), next((f for f, words in _LABELS if words.match(m[1])), None)) for m in _AGAIN.finditer(text, start)
    ]
    places: list[tuple[int, Frame | None]] = [(start, label), *further]
    for (at, frame), end in zip(places, [*(at for at, _ in further), len(text)], strict=True):
        if frame is not None:  # 協力, 後援: said of the event, but nothing that is told here
            yield frame, [m for m in mentions if at <= m.start < end]


def _is_person(sentence: Sentence, mentions: Sequence[Mention], entities: dict[str, Entity]) -> bool:
    if len(mentions) != 1 or len(mentions[0].ids) != 1 or entities[mentions[0].ids[0]].cls != "Person":
        return False
    rest = sentence.text[: mentions[0].start] + sentence.text[mentions[0].end :]
    return bool(_PERSON_LINE.fullmatch(rest))


def _hits(
    line: Line,
    frame: Frame,
    mentions: Sequence[Mention],
    event: Mention,
    entities: dict[str, Entity],
    vocabulary: Vocabulary,
) -> Iterator[tuple[Line, Hit]]:
    turned = frame.subject_classes == ("Event",)
    wanted = frame.object_classes if turned else frame.subject_classes
    for mention in mentions:
        if len(mention.ids) != 1 or mention.ids == event.ids:
            continue
        if vocabulary.fits(entities[mention.ids[0]].cls, wanted):
            span = mention.start, mention.end
            there = Mention(span[0], span[0], event.ids, antecedent=event.antecedent)
            subject, object = (there, mention) if turned else (mention, there)
            yield line, Hit(frame, subject, object, span, span)
