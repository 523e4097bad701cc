"""From a date as it is written to the When that is meant.

In: what was written (a year, 昨年, a bare month …), the document's own date, the date last spoken of. Out: a When at
the precision written, or None where it is not certain which one is meant, or where there is no such day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..model import When
from .flow import Dated

About = Literal["at", "from", "until", "by"]


@dataclass(frozen=True)
class Written:
    """A date as written. `…_by` counts from the document's date, `…_from` from the date last spoken of."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_by: int | None = None
    year_from: int | None = None
    month_by: int | None = None
    month_from: int | None = None
    day_by: int | None = None
    day_from: int | None = None
    short_year: bool = False  # '14
    fiscal: bool = False
    which: Literal["", "last", "this", "next"] = ""  # last November
    about: About = "at"
    future: bool = False
    to: bool = False  # the next one is where this one ends
    lent: bool = False  # its year stands with the next one: March and April 2014
    borrows: bool = False  # takes its year or month from the next one: June to August 2014


def resolve(written: Written, anchor: When | None, spoken: When | None, here: When | None) -> When | None:
    """The date meant. `spoken` is the last date of the block, `here` that of the same sentence, where there is one."""
    try:
        return _resolve(written, anchor, spoken, here)
    except (ValueError, OverflowError):
        return None


def _resolve(w: Written, anchor: When | None, spoken: When | None, here: When | None) -> When | None:
    if w.day_by is not None or w.day_from is not None:
        known = anchor if w.day_by is not None else spoken
        return _days(known, w.day_by if w.day_by is not None else w.day_from or 0)
    if w.month_by is not None or w.month_from is not None:
        known = anchor if w.month_by is not None else spoken
        whole = _months(known, w.month_by if w.month_by is not None else w.month_from or 0)
        return When(whole.year, whole.month, w.day) if whole and w.day else whole
    year = w.year
    if w.short_year and year is not None:
        year = _century(year, anchor, spoken)
    elif w.year_by is not None:
        year = _fiscal(anchor, w.year_by) if w.fiscal else anchor.year + w.year_by if anchor else None
    elif w.year_from is not None:
        year = spoken.year + w.year_from if spoken else None
    if year is not None:
        return When(year, w.month, w.day)
    if w.year is not None or w.year_by is not None or w.year_from is not None:
        return None
    if w.which:
        return _which(w, anchor)
    if w.month:
        return _bare(w, anchor, spoken, here)
    if w.day:
        return _bare_day(w, anchor, spoken, here)
    return None


def _days(known: When | None, by: int) -> When | None:
    if not known or not known.day:
        return None
    at = known.earliest() + timedelta(days=by)
    return When(at.year, at.month, at.day)


def _months(known: When | None, by: int) -> When | None:
    if not known or not known.month:
        return None
    count = known.year * 12 + known.month - 1 + by
    return When(count // 12, count % 12 + 1)


def _fiscal(anchor: When | None, by: int) -> int | None:
    """昨年度: the year begins in April, so that a document of March 2016 stands in 2015."""
    if not anchor or not anchor.month:
        return None
    return anchor.year + by - (anchor.month < 4)


def _century(year: int, anchor: When | None, spoken: When | None) -> int | None:
    latest = anchor.year + 3 if anchor else spoken.year + 10 if spoken else None
    if latest is None:
        return None
    return next((c + year for c in (2000, 1900) if c + year <= latest), None)


def _which(w: Written, anchor: When | None) -> When | None:
    """Last November: the one before the document's date; next April: the one after it."""
    if not anchor or not w.month:
        return None
    if w.which == "this":
        return When(anchor.year, w.month, w.day)
    if not anchor.month:
        return None
    if w.which == "last":
        return When(anchor.year - (w.month >= anchor.month), w.month, w.day)
    return When(anchor.year + (w.month <= anchor.month), w.month, w.day)


def _bare(w: Written, anchor: When | None, spoken: When | None, here: When | None) -> When | None:
    """A month without its year: that of the date before it in the sentence, or the one nearest the document's date."""
    told = _onwards(w, here)
    if told:
        return told
    by_document = _nearest(w, anchor)
    by_block = _onwards(w, spoken)
    if by_block and by_document and by_block != by_document:
        return None
    return by_document if anchor else by_block


def _onwards(w: Written, known: When | None) -> When | None:
    """The same year, as a story goes on; never back."""
    if not known or not known.month or w.month is None or w.month < known.month:
        return None
    return When(known.year, w.month, w.day)


def _nearest(w: Written, anchor: When | None) -> When | None:
    if not anchor:
        return None
    if not anchor.month:
        return When(anchor.year, w.month, w.day)
    made = When(anchor.year, w.month, w.day)
    if w.future:
        return made if made.latest() >= anchor.earliest() else When(anchor.year + 1, w.month, w.day)
    return made if made.earliest() <= anchor.latest() else When(anchor.year - 1, w.month, w.day)


def _bare_day(w: Written, anchor: When | None, spoken: When | None, here: When | None) -> When | None:
    if here and here.month:
        return When(here.year, here.month, w.day)
    told = When(spoken.year, spoken.month, w.day) if spoken and spoken.month else None
    by_document = None
    if anchor and anchor.day:
        by_document = When(anchor.year, anchor.month, w.day) if _is_day(anchor.year, anchor.month, w.day) else None
        later = w.day is not None and w.day > anchor.day
        if w.future != later or not by_document:
            month = _months(anchor, 1 if w.future else -1)
            by_document = When(month.year, month.month, w.day) if month else None
            if w.future and w.day == anchor.day:
                by_document = anchor
    if told and by_document and told != by_document:
        return None
    return by_document if anchor and anchor.day else told


def _is_day(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def settle(text: str, written: Sequence[Written], anchor: When | None, before: Sequence[Dated]) -> Iterable[Dated]:
    """The dates of one sentence, in text order; what cannot be told for certain is left out."""
    spoken = next((known for one in reversed(before) if (known := last(one))), None)
    here: When | None = None
    when: When | None
    until: When | None
    i = 0
    while i < len(written):
        first = written[i]
        second = written[i + 1] if first.to and i + 1 < len(written) else None
        i += 2 if second else 1
        if second and first.borrows:
            until = resolve(second, anchor, spoken, here)
            when = _borrowed(first, until)
        else:
            when = resolve(first, anchor, spoken, here)
            until = resolve(second, anchor, when or spoken, when) if second else None
        if second and when and until and when.earliest() <= until.latest():
            whole = text[first.start : second.end]
            how = () if _explicit(first) and _explicit(second) else (f"{whole} → {when}/{until}",)
            yield Dated(first.start, second.end, when, until, "span", how)
            spoken = here = until
            continue
        for one, told in ((first, when), (second, until)):
            if one and told:
                yield _dated(text, one, told)
                spoken = here = told


def _borrowed(first: Written, until: When | None) -> When | None:
    """From June to August 2014, 3–5 March 2016."""
    if not until or not until.month:
        return None
    try:
        if first.month:
            return When(until.year - (first.month > until.month), first.month, first.day)
        return When(until.year, until.month, first.day)
    except ValueError:
        return None


def last(dated: Dated) -> When | None:
    """The date that what follows may refer to."""
    return dated.until if dated.about == "span" else dated.since or dated.until


def _explicit(w: Written) -> bool:
    return w.year is not None and not w.short_year and not w.fiscal and not w.lent


def _dated(text: str, w: Written, when: When) -> Dated:
    words = text[w.start : w.end]
    how: tuple[str, ...] = () if _explicit(w) else (f"{words} → {when}",)
    if w.fiscal:
        how = (f"{words} → {when} (fiscal year)",)
    if w.about == "from":
        return Dated(w.start, w.end, when, None, "from", how)
    if w.about == "until":
        return Dated(w.start, w.end, None, when, "until", how)
    if w.about == "by":
        return Dated(w.start, w.end, None, when, "at", (*how, f"by {when}"))
    return Dated(w.start, w.end, when, None, "at", how)
