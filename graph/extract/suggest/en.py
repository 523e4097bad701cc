"""Names in English sentences that no entity bears, found by capitals and heads.

In: the text of a sentence, the spans that name known entities. Out: Finds, in text order, none overlapping another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..flow import Span
from ..naming.surroundings import FUNCTION, TITLES
from .heads import Find, head_of, is_generic
from .ja import apart

_CAPITAL = r"[A-Z][A-Za-z0-9]*(?:[&'’-][A-Za-z0-9]+)*"
_RUN = re.compile(
    rf"(?<![\w@./-]){_CAPITAL}"
    rf"(?:(?:,? (?:Inc|Ltd|Corp|Co)\b\.?)|(?: (?:of|for|on|to|against|and|the|&)){{0,2}} {_CAPITAL})*"
)
_HEAD_FIRST = re.compile(r"(?:of|for|on|to|against|concerning)\Z")
_AND = re.compile(r" (?:and|&) ")
_JOINT = re.compile(r",? (?:and|&) (?:the )?|(?: (?:to|for|on|against|of))? the ")
_THE = re.compile(r"\b[Tt]he (?:[A-Z][\w-]* ?){1,2}\Z")
_TITLE = "|".join(
    sorted({title.capitalize() for title in TITLES} - {"Executive", "General"}, key=lambda t: (-len(t), t))
)
_PERSON_TITLED = re.compile(rf"\b(?:{_TITLE})\.? ((?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.)){{1,2}})")
_PERSON_APPOSED = re.compile(
    r"(?<![\w@./-])([A-Z][a-z'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+), (?:an?|the|its|then|former|who) (?:[a-z-]+ ){0,4}?"
    r"(?:lawyer|attorney|professor|director|chair|president|spokes\w+|commissioner|chief|governor|mayor|minister|author"
    r"|secretary|researcher|senator|judge|founder|representative|executive)\b"
)
_ACRONYM = re.compile(r"(?<![\w@./&-])[A-Z][A-Z&]{1,6}[A-Z0-9](?![\w@/&-])")
_COMMON = frozenset(
    """
    CCTV AI ICT IT GPS API DNA SNS URL HP IC ID QR PC IOT NPO NGO PTA PDF TEL FAX OCR USA UK EU UN US TV CD DVD USB LED
    HTTP HTTPS HTML XML CSV JSON FAQ OK CEO CFO CTO IP LAN SIM SMS RFID NFC POS OS CPU GPU ISO JST GMT AM PM BC AD WWW
    COVID PR QA VIP ATM ETC GDP NO II III IV VI VII VIII IX XI XII THE AND FOR NOT ALL NEW
    """.split()
)


def find(text: str, known: Sequence[Span], heading: bool = False) -> list[Find]:
    """The names that the text itself gives away; in a heading capitals tell nothing."""
    if heading:
        return []
    people = list(_people(text))
    named = [*known, *((one.start, one.end) for one in people)]
    return apart([*people, *_headed(text, named)], known)


def acronyms(text: str, known: Sequence[Span]) -> list[Find]:
    """Words in capitals, in a text of either language; what they stand for is not known, so that none is sure."""
    if not re.search("[a-z\u3041-\u3096]", text):
        return []
    found = [Find(*m.span(), "Organization", sure=False) for m in _ACRONYM.finditer(text) if m[0] not in _COMMON]
    return apart(found, known)


def _people(text: str) -> Iterator[Find]:
    for pattern in (_PERSON_TITLED, _PERSON_APPOSED):
        for found in pattern.finditer(text):
            start, end = found.span(1)
            end = start + len(re.sub(r"(?:'s|’s)\Z", "", text[start:end]))
            words = text[start:end].lower().split()
            if not head_of(text[start:end]) and not set(words) & (TITLES | FUNCTION):
                yield Find(start, end, "Person")


def _headed(text: str, known: Sequence[Span]) -> Iterator[Find]:
    for run in _RUN.finditer(text):
        for start, end in _pieces(text, run.start(), min(run.end(), run.start() + 160)):
            start, end = _trimmed(text, start, end, known)
            name = text[start:end]
            head = head_of(name) if " " in name else None
            if head and not is_generic(name) and not _only_head(name, head.head):
                yield Find(start, end, head.cls)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A run, cut at "and" and "the" unless that is inside one name: the Ministry of Internal Affairs and X."""
    at = start
    for found in _JOINT.finditer(text, start, end):
        cut, go_on = found.span()
        left, right = text[at:cut], text[go_on:end]
        right_first = re.split(r",? (?:and|&) ", right)[0]
        if _AND.fullmatch(found[0]):
            # the Ministry of A and B; the Economy and Trade Ministry, but Doe and Sample City
            whole = head_of(left)
            runs_on = _HEAD_FIRST.search(whole.head) and not head_of(right_first) if whole else _THE.search(text[:cut])
            if runs_on and (whole or head_of(text[at : go_on + len(right_first)])):
                continue
        elif "and" not in found[0] and (head := head_of(text[at:end])) and _HEAD_FIRST.search(head.head):
            # Act on the Use of X, but Bureau of the Y Agency
            if found[0] == " of the " and head_of(right_first):
                yield at, cut
                at = go_on
            continue
        yield at, cut
        at = go_on
    yield at, end


def _trimmed(text: str, start: int, end: int, known: Sequence[Span]) -> Span:
    """Without words of the sentence at the start, a possessive or a full stop at the end, or a known name before it."""
    while word := re.match(r"([A-Za-z]+),? (the )?", text[start:end]):
        if word[1].lower() not in FUNCTION | TITLES and not word[2]:
            break
        start += word.end()
    for _, b in known:
        if start < b < end and (gap := re.match(r"(?:'s|’s)? (?:(?:of|for) )?(?:the )?", text[b:end])):
            start = b + gap.end()
    name = re.sub(r"(?:'s|’s)\Z", "", text[start:end].rstrip())
    name = re.sub(r"(?: (?:of|for|on|to|against|and|the|&))+\Z", "", name)
    return start, start + len(name)


def _only_head(name: str, head: str) -> bool:
    return name.lower() == head or name.lower().split()[0] in ("this", "that", "new") or (not head and " " not in name)


def starts(text: str, end: int) -> Iterator[int]:
    """Where a name that ends there may begin: at each capital of the words before, the nearest first."""
    at = end
    for word in reversed(list(re.finditer(r"[A-Za-z][\w'’&-]*", text[max(0, end - 120) : end]))):
        start = max(0, end - 120) + word.start()
        if text[start + len(word[0]) : at].strip(" "):
            return
        at = start
        if text[start].isupper():
            yield start
        elif word[0] not in ("of", "for", "on", "and", "the", "to", "in", "against"):
            return
