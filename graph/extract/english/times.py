"""English dates as single words: in June 2014, since last year.

In: the words of a sentence. Out: the same, each date with its preposition one word tagged time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import lists
from .words import Word

_MONTH = "january february march april may june july august september october november december".split()


def times(found: list[Word]) -> list[Word]:
    """Dates as one word, with the preposition before them: in June 2014, since 2010, last year."""
    made: list[Word] = []
    i = 0
    while i < len(found):
        end = _time_end(found, i)
        if end == i:
            made.append(found[i])
            i += 1
            continue
        first, last = found[i], found[end - 1]
        if made and made[-1].lower in lists.TIME_PREPS:
            first = made.pop()
        text = " ".join(w.text for w in [first, *found[i:end]])
        made.append(Word(first.start, last.end, text, text.lower(), "time", "time"))
        i = end
    return made


def _time_end(found: Sequence[Word], i: int) -> int:
    """Where a date that begins at word i ends; i where none begins."""
    word = found[i]
    year = re.fullmatch(r"(?:1[89]|20)\d\d", word.lower)
    if year and (i + 1 >= len(found) or found[i + 1].tag not in ("noun", "name") or _after_time_prep(found, i)):
        return i + 1
    if re.fullmatch(r"(?:19|20)\d\d-\d\d(?:-\d\d)?", word.lower):
        return i + 1
    if word.lower in _MONTH and word.text[0].isupper() and (word.lower != "may" or _is_month(found, i)):
        return _date_tail(found, i + 1)
    if word.tag == "num" and i + 1 < len(found) and found[i + 1].lower in _MONTH and word.lower[0].isdigit():
        return _date_tail(found, i + 2)
    if word.lower in ("last", "this", "next", "that", "the", "each", "every") and i + 1 < len(found):
        j = i + 1
        if found[j].lower in ("same", "following", "previous", "end", "beginning", "start") and j + 1 < len(found):
            j += 1
            if found[j].lower == "of":
                inner = _time_end(found, j + 1) if j + 1 < len(found) else j
                return inner if inner > j + 1 else i
        if found[j].lower in lists.TIME_NOUNS and (word.lower != "the" or j > i + 1):
            return j + 1
        if word.lower in ("last", "this", "next") and found[j].lower in _MONTH:
            return j + 1
    if word.lower in lists.SPANS and _after_time_prep(found, i):
        return i + 1
    if word.tag == "num" and i + 1 < len(found) and found[i + 1].lower in lists.SPANS:
        return i + 2
    if word.lower in lists.DAYS:
        return i + 1
    return i


def _after_time_prep(found: Sequence[Word], i: int) -> bool:
    return i > 0 and found[i - 1].lower in lists.TIME_PREPS


def _is_month(found: Sequence[Word], i: int) -> bool:
    """Whether May is the month: in May, last May, 3 May."""
    led = i > 0 and found[i - 1].lower in (*lists.TIME_PREPS - {"to", "as", "for"}, "last", "this", "next")
    return led or _number_near(found, i)


def _number_near(found: Sequence[Word], i: int) -> bool:
    return any(found[j].tag == "num" for j in (i - 1, i + 1) if 0 <= j < len(found))


def _date_tail(found: Sequence[Word], i: int) -> int:
    """The rest of a date after its month: a day, a comma, a year."""
    if i < len(found) and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", found[i].lower):
        i += 1
    for skip in (0, 1):
        j = i + skip
        if j < len(found) and re.fullmatch(r"(?:1[89]|20)\d\d", found[j].lower):
            if skip and found[i].text not in (",", "of"):
                break
            return j + 1
    return i
