"""Short forms and translations that a text gives in brackets right after a name.

In: the text of a sentence. Out: where the name before the bracket ends, and the other form: 以下「機構」という, (NPA),
(the "Agency"), (National Police Agency). Whose name it is, the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..naming.spelling import CJK


@dataclass(frozen=True)
class Defined:
    """`end` is where the name before the bracket ends; `told` where the text says in words that it is a short form."""

    end: int
    form: str
    told: bool


_BRACKET = re.compile(r" ?\(([^()]{2,120})\)")
_PART = re.compile(r"[、,;:/。] ?")
_SHORT = re.compile(
    r"(?:以下[、,]? ?(?:単に|これを|総称して)?|(?:略称|通称|略して|別名|旧称|正式名称)[は:]? ?)"
    r"「?(?P<form>[^「」、。]{1,24}?)」?"
    r"(?: ?と(?:いう|する|します|称する|呼ぶ|記す|表記|略す|略記)(?:する|します|います)?)?。?\Z"
)
_SHORT_EN = re.compile(
    r"(?:(?:hereinafter|hereafter)(?: referred to as)?,? )?(?:the )?"
    r"[\"“'‘](?:the )?(?P<form>[A-Z][^\"“”]{1,40})[\"”'’]\Z"
    r"|(?:hereinafter|hereafter)(?: referred to as)?,? (?:the )?(?P<bare>[A-Z][\w ]{1,40})\Z"
)
_ACRONYM = re.compile(r"(?:the |or )?(?P<form>[A-Z][A-Za-z&-]{0,8}[A-Z])\Z")
_LATIN = re.compile(
    r"(?:英語名|英名|英)?[:は]? ?"
    r"(?P<form>[A-Z][A-Za-z'’&.-]+(?: (?:[A-Z][A-Za-z'’&.-]+|of|for|the|and|on|to|in|de))+)\Z"
)


def find(text: str) -> Iterator[Defined]:
    """The forms given in brackets, in text order."""
    if "(" not in text:
        return
    for bracket in _BRACKET.finditer(text):
        if not bracket.start():
            continue
        inner = bracket[1].strip()
        japanese = CJK.search(text[bracket.start() - 1 : bracket.start()]) is not None
        if found := _SHORT.match(inner) or _SHORT_EN.match(inner):
            form = found["form"] or found.groupdict().get("bare") or ""
            if form.strip():
                yield Defined(bracket.start(), form.strip(), True)
            continue
        for part in _PART.split(inner):
            found = _ACRONYM.match(part) or (_LATIN.match(part) if japanese else None)
            if found:
                yield Defined(bracket.start(), found["form"], False)
            elif found := _SHORT.match(part):
                yield Defined(bracket.start(), found["form"], True)


def fits_initials(form: str, name: str) -> bool:
    """Whether the capitals are the first letters of the name's words, small words left out or not."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    letters = re.sub("[^A-Z]", "", form)
    large = "".join(word[0] for word in words if word[0].isupper())
    return bool(letters) and letters in (large, "".join(word[0].upper() for word in words))
