"""Whether a date in an English sentence says when something happened, or belongs to another clause of it.

In: a sentence's text, a hit in it, the place of a date. Out: yes or no. The day on which somebody said something is
not when it happened; a date in a relative clause is that clause's; a post named in passing is not dated by the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..flow import Hit, Span
from .lists import IRREGULAR

_RELATIVE = re.compile(
    r",\s(?!in which (?:it|they)\b)(?:(?:of|to|with|from|by|for|in|on|at|under)\s)?(?:which|who|whom|whose|where)\b"
)
_CLOSES = re.compile(r",\s(?!\d{4}\b)|[.;:]\s|[.;:]?\Z")
_SAID = re.compile(
    r"\b(?:said|says|told|tells|stated|states|announced|announces|reported|reports|confirmed|confirms|admitted|admits"
    r"|denied|denies|explained|explains|wrote|writes|claimed|claims|alleged|alleges|revealed|reveals|insisted|insists"
    r"|acknowledged|argued|argues|warned|warns|complained|disclosed)\b"
)
_JOINS = re.compile(r"[;:]\s|,?\s(?:and|but|while|although|because|after|before|when|until|that|who|which)\s|,\s")
_POST = re.compile(r"\b(?:is|was|are|were|been|become|became|appointed|elected|named|chosen|served|serves|since)\b")


_DATELINE = re.compile(r"\A[A-Z][\w .,'’/-]{0,50}?[,(]?\s?\Z"), re.compile(r"\)?\s?[-–—:]\s")


def belongs(text: str, hit: Hit, date: Span) -> bool:
    """Whether a date can be that of a hit."""
    before, after = _DATELINE
    if before.match(text[: date[0]]) and after.match(text, date[1]) and date[1] < hit.clause[0]:
        return False  # Bay City, 2 May 2022 - the day of the report
    if not together(text, date, hit.predicate):
        return False
    return not (_is_told(text, hit, date) or _in_passing(text, hit, date) or _other_verb(text, hit, date))


def together(text: str, one: Span, other: Span) -> bool:
    """Whether two places stand in the same relative clauses."""
    return all((start <= one[0] < end) == (start <= other[0] < end) for start, end in _relatives(text))


def _relatives(text: str) -> Iterator[Span]:
    """The relative clauses that commas set off; one that nothing closes reaches to the sentence's end."""
    for match in _RELATIVE.finditer(text):
        close = _CLOSES.search(text, match.end())
        yield match.end(), close.start() if close else len(text)


def _is_told(text: str, hit: Hit, date: Span) -> bool:
    """On Monday the city said that it uses …: the day of the saying."""
    for said in _SAID.finditer(text):
        if said.start() >= hit.predicate[0]:
            continue
        what = re.compile(r"\bthat\b|[\"“]").search(text, said.end(), hit.predicate[0])
        begins = what.start() if what else _past_day(text, said.end())
        if date[0] < begins <= hit.predicate[0] and not re.search(r"[.;]\s", text[date[1] : said.start()]):
            return True
    trailing = re.search(rf"[,”\"]\s[^,]*{_SAID.pattern}[^,]*\Z", text[hit.predicate[1] :])
    return trailing is not None and date[0] >= hit.predicate[1] + trailing.start()


def _past_day(text: str, at: int) -> int:
    """The end of a day that follows a verb of saying right away: said on Monday the shop uses …"""
    day = re.compile(r"\s(?:\S+\s)?(?:(?:on|in|last|this)\s)+(?:\d+\s)?(?:[A-Z][a-z]+)(?:\s\d+)?(?:,?\s\d{4})?").match(
        text, at
    )
    return day.end() if day else at


def _in_passing(text: str, hit: Hit, date: Span) -> bool:
    """A post told by a noun alone: N., the city's clerk, met them in June."""
    words = text[slice(*hit.predicate)]
    nouns = hit.frame.body.get("is")
    first = words.lower().split()[:1]
    if not isinstance(nouns, list) or not any(str(noun).split()[:1] == first for noun in nouns):
        return False
    if date[0] < hit.predicate[0]:
        return not _POST.search(text[date[1] : hit.predicate[0]])
    between = text[hit.predicate[1] : date[0]]
    told = _POST.search(text[hit.clause[0] : hit.predicate[0]])
    return not told and ("," in between or _verb(between))


def _other_verb(text: str, hit: Hit, date: Span) -> bool:
    """Whether a clause with a verb of its own stands between: films visitors and was fined in 2014."""
    if date[0] < hit.predicate[0]:  # wrote in 2021 and sued in 2022
        clause = re.split(r"[.;:]\s", text[: date[0]])[-1]
        joined = re.search(r",|\b(?:and|but)\b", text[date[1] : hit.predicate[0]])
        lasting = re.search(r"\b(?:ever since|since then)\b", text[hit.predicate[0] :])
        return joined is not None and lasting is None and _verb(clause)
    if date[0] < hit.predicate[1]:
        return False
    joins = _JOINS.search(text, hit.predicate[1], date[0])
    return joins is not None and _verb(text[joins.end() : date[0]])


def is_act(words: str) -> bool:
    """Whether a predicate tells what was done, rather than what somebody is: chair of."""
    return _verb(words) or re.search(r"\b(?:of|at|for)\Z", words) is None


def _verb(words: str) -> bool:
    return any(
        re.fullmatch(r"is|are|was|were|has|have|had|will|would|could|may|might", word)
        or (word in IRREGULAR and IRREGULAR[word][1] in ("past", "ed"))
        or (word.endswith("ed") and len(word) > 4 and word not in ("need", "indeed", "hundred"))
        for word in re.findall(r"[a-z]+", words)
    )
