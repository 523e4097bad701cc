"""What it, they, its and them stand for in English, in the few shapes that leave no doubt.

In: a sentence's text, the names found in it, whom the sentence before is about. Out: places with the id they stand
for, and the mention in the sentence itself where that is what they point to. Any other shape stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model import Entity
from ...terms import vocabulary
from ..english import lists
from ..english.words import noun_lemma
from ..flow import Mention, Span
from .anaphora import EMPTY_IT

_SPEAKER = r"(?:[QA](?:\s*\([^()]*\))?:\s*)?"
_SO = r"(?:(?:However|Meanwhile|Later|Then|In addition|Moreover|Also|And|But),?\s)?"
_LEAD = re.compile(
    rf"{_SPEAKER}(?:(?:In|On|By|Since|After|Last|Yesterday|However|Meanwhile|Later|Then|But|And|Also)\b[^,]*,\s*)?"
    r"(?:(?:In|On|By|Since|During)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?(?:\d{4}\s)?|(?:Last|This)\s[a-z]+\s)?"
    r"(?:[Tt]he |[Aa]n? |\")?"
)
_ADVERBS = frozenset("also now then still later again first further only never already since soon both all".split())
_AUXILIARY = frozenset(
    "is are was were has have had will would can could may might must shall should does do did cannot".split()
)
_JOINED = re.compile(r",? (?:and|or|&) (?:the )?|, (?:the )?")
_ASIDE = re.compile(r"\s*,[^,]{1,90},(?=\s)|\s*\([^()]{1,60}\)(?=\s)")
_OBJECT = re.compile(r"(?P<words>(?:\s[a-z]+){1,4}?)\s(?P<it>it|them)\b(?![’'])(?!\s+(?:that|to|whether|if|clear)\b)")
_OPENS = re.compile(rf"{_SPEAKER}{_SO}(?P<its>Its|Their)\s(?=[a-z])")
_IS_ITS = re.compile(r"\s(?:is|was|has been|became)\s(?:also\s|now\s)?(?P<its>its|their)\s(?=[a-z])")
_WHICH_IT = re.compile(r",\s(?:(?:with|to|from|by|for|in|against|on|of)\s)?which\s(?P<it>it|they)\s(?=[a-z])")
_WHICH_DOES = re.compile(r",\swhich\s(?:(?:has|have|had|also|first|then|later)\s)?[a-z]+\s(?P<it>it|them)\b(?![’'])")
_AGAIN = re.compile(
    r"(?:[;:,]\s(?:(?:and|but|yet|so|while|though|although|because)\s)?|\s(?:and|but|because|while|although)\s"
    r"|,\s(?:in|under|by|for|with|from|through)\swhich\s)(?P<it>it|they)(?=\s[a-z])"
)
_AND_ANOTHER = re.compile(r",?\s(?:and|but|while)\s(?:the\s)?\Z")
_SPOKEN = re.compile(
    r"[,?!][”\"]?\s(?:the\s)?(?P<one>@)\s(?:said|says|added|told \w+|replied|wrote|argued|explained)\.?\Z"
)
_TWO = re.compile(
    r"\b(?:[Tt]he two|[Bb]oth) (?:(?P<Company>companies|firms|businesses|retailers|chains|suppliers)"
    r"|(?P<Organization>organi[sz]ations|bodies|agencies|groups|associations|institutions))\b"
)
_UNDERGOES = re.compile(r"\s(?:is|was|has been|had been|will be|can be|could be|should be|must be)\s(?!a |an |the )")
_CLAUSE = frozenset("that which who whom whose if whether when because while said says say".split())
_POSTS = frozenset("Clerk Chair Chairman Chairwoman Secretary Mayor Commissioner Ombudsman Minister President".split())


def plural(entity: Entity) -> bool:
    """Whether an English text speaks of it as they: the harbour cameras."""
    last = entity.name.get("en", "").rpartition(" ")[2]
    group = entity.cls in ("ActorGroup", "AffectedPeople", "Sector")
    return group or (last.islower() and re.search(r"[^s]s\Z", last) is not None)


def topic(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The name that is the subject of a sentence's first verb, with nothing else beside it."""
    asked = _asked(text)
    first = next((m for m in mentions if m.end > m.start >= asked), None)
    if first is not None and re.match(r"[\"“]?(?:They|We)\b", text[asked:]) and (said := _speaks(text, mentions)):
        return said  # They cannot film, the board said.
    if first is None or len(first.ids) != 1 or not _LEAD.fullmatch(text[: first.start]):
        return None
    rest = text[first.end :]
    while aside := _ASIDE.match(rest):
        if any(m.start >= first.end and rest.startswith(", ") and _names(text, rest, m) for m in mentions):
            break
        rest = rest[aside.end() :]
    return first if _begins_with_verb(rest) else None


def _speaks(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Who said it, where the sentence ends in that."""
    for one in mentions:
        around = f"{text[max(0, one.start - 8) : one.start]}@{text[one.end :]}"
        if len(one.ids) == 1 and one.end > one.start and _SPOKEN.search(around):
            return one
    return None


def the_two(text: str) -> Iterator[tuple[Span, str]]:
    """Where two that were named are spoken of together, and their class: the two companies."""
    for match in _TWO.finditer(text):
        yield match.span(), match.lastgroup or ""


def _names(text: str, rest: str, mention: Mention) -> bool:
    """Whether what follows a comma begins with a name: a list of subjects, or an apposition; either way in doubt."""
    at = len(text) - len(rest)
    return re.fullmatch(r",\s(?:the )?", text[at : mention.start]) is not None and mention.start > at


def _begins_with_verb(rest: str) -> bool:
    words = re.match(r"(?:\s[a-z’'-]+){1,3}", rest)
    for word in words[0].split() if words else ():
        if word in _ADVERBS or word.endswith("ly"):
            continue
        if word in _AUXILIARY or word in lists.IRREGULAR:
            return True
        return re.search(r"[^s]s\Z|ed\Z", word) is not None and noun_lemma(word) not in lists.CLASS_NOUNS
    return False


def pronouns(
    text: str, mentions: Sequence[Mention], about: str, named: Iterable[str], entities: Mapping[str, Entity]
) -> Iterator[tuple[Span, str, Mention | None]]:
    """The pronouns inside a sentence that surely mean one of its names, or `about`, whom the one before is about.

    `named` are all that the one before names: its object may be meant as well.
    """
    single = sorted((m for m in mentions if len(m.ids) == 1 and m.end > m.start), key=lambda m: m.start)
    if about:
        rivals = [entities[id] for id in named if id != about]
        for span in _pointing_back(text, mentions, single, entities[about], rivals):
            yield span, about, None
    yield from _once_more(text, mentions, entities)
    for match in _WHICH_IT.finditer(text):
        before = [m for m in single if m.end <= match.start()]
        others = [m for m in before if m.end < match.start() and _is(entities[m.ids[0]], "Organization")]
        if before and before[-1].end == match.start() and len({m.ids for m in others}) == 1 and match["it"] == "it":
            yield match.span("it"), others[0].ids[0], others[0]
    for match in _WHICH_DOES.finditer(text):
        before = [m for m in single if m.end <= match.start()]
        if len(before) == 2 == len([m for m in mentions if m.end <= match.start()]):
            leading, last = before
            thing = entities[leading.ids[0]]
            leads = _LEAD.fullmatch(text[: leading.start]) and _begins_with_verb(text[leading.end :])
            if leads and last.end == match.start() and not _is(thing, "Actor") and _agrees(thing, match["it"]):
                yield match.span("it"), thing.id, leading


def _once_more(
    text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[tuple[Span, str, Mention | None]]:
    """The subject again in a later clause (A keeps them, and it …), or what another does with it (A asks, and B …)."""
    lead = topic(text, mentions)
    if lead is None or (thing := entities[lead.ids[0]]).cls == "Person" or lead.start > len(text) // 2:
        return
    aside = _ASIDE.match(text, lead.end)
    begins = aside.end() if aside else lead.end
    inner = [m for m in mentions if m.start >= begins and not set(m.ids) & set(lead.ids)]

    def alone(end: int, word: str) -> bool:
        return not any(_could_be(text, m, entities, word) for m in inner if m.end <= end)

    for match in _AGAIN.finditer(text, begins):
        word = match["it"]
        told = re.search(r"\b(?:said|says|told|that)\b", text[begins : match.start()])
        if told or EMPTY_IT.match(text[match.end() :]):
            continue
        if _agrees(thing, word) and alone(match.start(), word):
            yield match.span("it"), thing.id, lead
    for other in inner:
        found = _OBJECT.match(text, other.end)
        joined = _AND_ANOTHER.search(text, begins, other.start)
        if not found or not joined or len(other.ids) != 1 or _CLAUSE & set(found["words"].split()):
            continue
        if _is(entities[other.ids[0]], "Actor") and _agrees(thing, found["it"]) and alone(other.start, found["it"]):
            yield found.span("it"), thing.id, lead


def _could_be(text: str, mention: Mention, entities: Mapping[str, Entity], word: str) -> bool:
    """Whether it or they could mean a name; the Gannets are many, whatever their entity is called."""
    many = text[: mention.start].endswith("the ") and re.search(r"[a-z][^s]s\Z", text[: mention.end]) is not None
    ones = [entities[id] for id in mention.ids]
    if word in ("it", "its") and many and not any(_is(one, "Actor") for one in ones):
        return False
    return any(_agrees(one, word) and one.cls != "Person" for one in ones)


def _pointing_back(
    text: str, mentions: Sequence[Mention], single: Sequence[Mention], about: Entity, others: Sequence[Entity]
) -> Iterator[Span]:
    opens = _OPENS.match(text)
    if opens and _agrees(about, opens["its"]) and about.cls != "Person":
        yield opens.span("its")
    asked = _asked(text)
    first = next((m for m in single if m.start >= asked), None)
    if first is None or not re.fullmatch(rf"{_SPEAKER}{_SO}(?:The |An? |Mr |Ms |Mrs |Dr )?", text[: first.start]):
        return
    post = _IS_ITS.match(text, first.end)
    if post and about.id not in first.ids and _agrees(about, post["its"]) and about.cls != "Person":
        yield post.span("its")
    last, rest = first, [m for m in mentions if m.start > first.start]
    while rest and _JOINED.fullmatch(text[last.end : rest[0].start]):
        last, rest = rest[0], rest[1:]
    match = _OBJECT.match(text, last.end)
    if match is None or _CLAUSE & set(match["words"].split()) or _is(about, "Person"):
        return
    subjects = {id for m in mentions if m.end <= last.end for id in m.ids}
    acts = _is(about, "Actor")  # who did something to a thing is no likelier to be meant than the thing
    rivals = [one for one in others if _agrees(one, match["it"]) and (acts or not _is(one, "Actor"))]
    if about.id not in subjects and not rivals and _agrees(about, match["it"]):
        yield match.span("it")


def _asked(text: str) -> int:
    """Where what is said begins, behind who asks or answers: A (N.): …"""
    said = re.match(_SPEAKER, text)
    return said.end() if said else 0


def may_be_the_thing(text: str, it: Span, about: Entity, others: Iterable[Entity]) -> bool:
    """Whether what is done to it may be done to the thing that an actor dealt with: A built B. It is used by C."""
    if not _is(about, "Actor") or not _UNDERGOES.match(text, it[1]):
        return False
    return any(not _is(one, "Actor") and not plural(one) for one in others)


def _agrees(entity: Entity, word: str) -> bool:
    return plural(entity) == (word.lower() in ("they", "them", "their"))


def _is(entity: Entity, cls: str) -> bool:
    return vocabulary().is_a(entity.cls, cls)


def short_heads(entity: Entity) -> Iterable[str]:
    """The nouns that an entity's English names end in, in lower case: authority of Population Authority."""
    for form in (*entity.name.values(), *entity.also):
        if entity.cls == "Person":
            if form.rpartition(" ")[2] in _POSTS and " " in form:
                yield form.rpartition(" ")[2].lower()
            continue
        head = re.split(r" (?:of|for|on|against) ", form)[0]
        *before, last = re.split(r"[ -]", head)
        if last.isalpha() and last.isascii() and len(last) > 2 and (before or head != form):
            yield last.lower()


_ITSELF = {
    "report": ("Document",), "study": ("Document",), "paper": ("Document",), "newsletter": ("Document",),
    "bulletin": ("Document",), "opinion": ("Opinion",), "statement": ("Opinion", "Document"),
    "complaint": ("LegalChallenge", "Document"), "petition": ("Campaign", "Document", "Opinion"),
    "code": ("Guideline",), "guide": ("Guideline", "Document"),
    "報告書": ("Document",), "書": ("Document",), "意見書": ("Opinion",), "会報": ("Document",),
    "声明": ("Opinion",), "提言": ("Proposal", "Opinion"), "ガイドライン": ("Guideline",), "指針": ("Guideline",),
    "要綱": ("Guideline",),
}  # fmt: skip
_THIS_EN = re.compile(r"\b[Tt]his (?P<head>[a-z]+)\b(?![-’'])")
_THIS_JA = re.compile(
    r"(?<![一-龥々ぁ-ん])(?:本(?P<head>報告書|意見書|書|会報|声明|提言|ガイドライン|指針|要綱)"
    r"|この(?P<other>報告書|意見書|会報|声明))(?=は|が|も|を|に|で|の|と|、|では|において)"
)


def itself(text: str, cls: str) -> Iterator[Span]:
    """Where a text names the document that it stands in, which is of a class: this report, 本書."""
    for match in (*_THIS_EN.finditer(text), *_THIS_JA.finditer(text)):
        head = match.groupdict().get("head") or match.groupdict().get("other") or ""
        if any(vocabulary().is_a(cls, one) for one in _ITSELF.get(head, ())):
            yield match.span()
