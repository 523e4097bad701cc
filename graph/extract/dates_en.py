"""Dates as English writes them.

In: a text that is NFKC. Out: what is written, in text order: 30 June 2014, June 2014, since 2014, last November, the
same month, on 26 October. A bare number is a year only after a word that goes with years; 6/7/2014 is none, for it
may be June or July; "may" and "march" are months only beside a number or after such a word.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .whens import About, Written

_NAMES = "January February March April May June July August September October November December".split()
_MONTHS = {name.lower(): n for n, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3].lower(): n for n, name in enumerate(_NAMES, 1)} | {"sept": 9}
_M = "(?:" + "|".join(_NAMES) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_D = r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)"
_Y = r"(?:1[89]|20|21)\d\d(?![\d]|,\d|\.\d|s\b|[-–/]\d{1,2}-)"
_WHEN = (
    "in|In|since|Since|from|From|until|Until|till|by|By|of|during|During|before|Before|between|Between|early|late|mid|to|through|"
    "and|around|throughout|as of|As of|circa|the year|for|up to"
)
_EDGE = r"(?<![\w/.-])"
_THAT_YEAR = "(?:that|the same) year"

_DATE = re.compile(
    rf"{_EDGE}(?:(?P<iy>(?:1[89]|20|21)\d\d)(?P<is>[-/])(?P<im>\d\d?)(?:(?P=is)(?P<id>\d\d?))?(?![\w/]|-\d))"
    rf"|{_EDGE}(?:(?P<d1>{_D})(?: of)? (?P<m1>{_M})(?:,? (?P<y1>{_Y}))?)"
    rf"|{_EDGE}(?:(?P<m2>{_M}) (?P<d2>{_D})(?![\w:]|[.]\d)(?:,? (?P<y2>{_Y}))?)"
    rf"|{_EDGE}(?:(?P<m3>{_M}),? (?:of )?(?P<y3>{_Y}))"
    rf"|{_EDGE}(?:(?P<m4>{_M}) of {_THAT_YEAR}\b)"
    rf"|{_EDGE}(?:(?P<m6>{_M}) (?P<of>last|this|next) year\b)"
    rf"|{_EDGE}(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<m5>{_M})\b(?! \d))"
    rf"|{_EDGE}(?:(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>year|month)\b(?!['’]s))"
    rf"|{_EDGE}(?P<spoken>(?:[Tt]he same|[Tt]hat|[Tt]he (?:following|next)|[Tt]he previous) (?:year|month|day)\b(?!s))"
    rf"|{_EDGE}(?P<day>[Yy]esterday|[Tt]omorrow)\b"
    rf"|{_EDGE}(?:[Ff]iscal(?: year)? |FY ?)(?P<fy>{_Y})"
    rf"|(?<=\()(?P<yb>{_Y})(?=\))"
    rf"|{_EDGE}(?P<y>{_Y})(?=\b)"
    rf"|{_EDGE}(?P<m>{_M})(?![\w])"
)
_LEAD = re.compile(rf"\b({_WHEN})[ -](?:(?:early|late|mid|the (?:start|end|beginning) of|about|around)[ -])?\Z")
_COUNTED = re.compile(
    r" (?:\w+ )?(?:people|persons|customers|stores|shops|cameras|units|yen|dollars|euros|miles|km|metres|meters|items"
    r"|copies|cases|images|faces|records|employees|members|passengers|residents|visitors|officers|devices|times|days|pages)\b"
)
_PART = "(?: early| late| mid| the (?:start|end|beginning|middle) of)?"
_FROM = re.compile(
    rf"\b(?:since|from|starting(?: in| on)?|beginning(?: in| on)?|effective(?: from)?){_PART}[ -]\Z", re.I
)
_UNTIL = re.compile(rf"\b(?:until|till|up to|through|to){_PART}[ -]\Z", re.I)
_BY = re.compile(rf"\b(?:by|before|prior to){_PART}[ -]\Z", re.I)
_AFTER = re.compile(r"\b(?:after|following)[ -]\Z", re.I)
_RANGE = re.compile(r" ?(?:to|until|till|through|[-–—]) ?")
_FUTURE = re.compile(r"\b(?:will|plans? to|is to|are to|is due|scheduled|expected|going to|shall)\b", re.I)
_TO = r"(?: to | and | ?[-–—] ?)"
_SHORT_END = re.compile(rf"{_EDGE}(?P<y>(?:19|20)\d\d)[-–](?P<e>\d\d)(?![\d-])")
_DAYS = re.compile(
    rf"{_EDGE}(?:(?P<a1>{_D}){_TO}(?P<b1>{_D})(?: of)? (?P<m1>{_M})(?:,? (?P<y1>{_Y}))?"
    rf"|(?P<m2>{_M}) (?P<a2>{_D}){_TO}(?P<b2>{_D})(?![\w:]|[.]\d)(?:,? (?P<y2>{_Y}))?)"
)
_BESIDE = re.compile(r",? (?:and|or) |, |/")
_NUMBERED = re.compile(r"\b(?:Nos?\.? ?|Act |Law |Bill |Ordinance |Resolution )\d+(?:/\d+)? of \Z")


def scan(text: str) -> list[Written]:
    """What is written, in text order."""
    found = _day_spans(text)
    future = bool(_FUTURE.search(text))
    for match in _DATE.finditer(text):
        lead = text[max(0, match.start() - 40) : match.start()]
        made = _read(match, text, lead)
        if made is None or _AFTER.search(lead) or any(w.start < made.end and made.start < w.end for w in found):
            continue
        found.append(replace(made, about=_about(lead), future=future))
    return _with_ranges(text, _lent(text, sorted(found, key=lambda w: w.start)))


def _day_spans(text: str) -> list[Written]:
    """3–5 March 2016, March 3–5, 2016, between 3 and 5 March."""
    found: list[Written] = []
    for match in _DAYS.finditer(text):
        g, n = match.groupdict(), "1" if match["m1"] else "2"
        between = text[match.end(f"a{n}") : match.start(f"b{n}")]
        if between == " and " and not re.search(r"\bbetween \Z", text[: match.start()], re.I):
            continue
        year, month = int(g["y" + n]) if g["y" + n] else None, _month(g["m" + n])
        found.append(Written(match.start(), match.end(f"a{n}"), year, month, _day(g["a" + n]), to=True))
        found.append(Written(match.start(f"b{n}"), match.end(), year, month, _day(g["b" + n])))
    return found


def _lent(text: str, found: list[Written]) -> list[Written]:
    """March and April 2015: the first month is of the second's year, unless that turns between them."""
    made: list[Written] = []
    for one in reversed(found):
        after = made[-1] if made else None
        bare = one.month and not (one.year or one.which or one.to) and one.year_from is None
        if bare and after and after.year and after.month and _BESIDE.fullmatch(text[one.end : after.start]):
            if one.month and one.month > after.month:
                continue
            one = replace(one, year=after.year, lent=True)
        made.append(one)
    return made[::-1]


def _about(lead: str) -> About:
    if _FROM.search(lead):
        return "from"
    if _BY.search(lead):
        return "by"
    return "until" if _UNTIL.search(lead) else "at"


def _read(match: re.Match[str], text: str, lead: str) -> Written | None:
    start, end = match.span()
    g = match.groupdict()
    if g["iy"]:
        if int(g["im"]) > 12 or (not g["id"] and (g["is"] == "/" or len(g["im"]) < 2)):
            return None
        return Written(start, end, int(g["iy"]), int(g["im"]), int(g["id"]) if g["id"] else None)
    for number in "12":
        if g["m" + number]:
            year = int(g["y" + number]) if g["y" + number] else None
            return Written(start, end, year, _month(g["m" + number]), _day(g["d" + number]))
    if g["m3"]:
        return Written(start, end, int(g["y3"]), _month(g["m3"]))
    if g["m4"]:
        return Written(start, end, year_from=0, month=_month(g["m4"]))
    if g["m5"]:
        which = {"last": "last", "this": "this", "next": "next"}[g["which"].lower()]
        return Written(start, end, month=_month(g["m5"]), which=which)  # type: ignore[arg-type]
    if g["m6"]:
        return Written(start, end, year_by={"last": -1, "this": 0, "next": 1}[g["of"]], month=_month(g["m6"]))
    if g["unit"]:
        by = {"last": -1, "this": 0, "next": 1}[g["rel"].lower()]
        return Written(start, end, year_by=by) if g["unit"] == "year" else Written(start, end, month_by=by)
    if g["spoken"]:
        return _spoken(g["spoken"].lower(), start, end, lead)
    if g["day"]:
        return Written(start, end, day_by=-1 if g["day"].lower() == "yesterday" else 1)
    if g["fy"]:
        return Written(start, end, int(g["fy"]), fiscal=True)
    if g["yb"]:
        return Written(start, end, int(g["yb"]))
    if g["y"]:
        if _NUMBERED.search(lead):
            return None
        led = _LEAD.search(lead) or re.search(r"(?:19|20)\d\d ?(?:to|and|[-–]) ?\Z", lead)
        return Written(start, end, int(g["y"])) if led and not _COUNTED.match(text, end) else None
    if re.match(r" [A-Z][a-z]", text[end:]):
        return None  # by April Jones
    return Written(start, end, month=_month(g["m"])) if _LEAD.search(lead) else None


def _spoken(words: str, start: int, end: int, lead: str) -> Written | None:
    by = 0 if "same" in words or words.startswith("that") else -1 if "previous" in words else 1
    if by and "next" in words and not re.search(r"\b(?:in|since|until|by|during) \Z", lead, re.I):
        return None
    if words.startswith("that") and not re.search(r"\b(?:in|later|of|during|on|earlier|by|until|since) \Z", lead, re.I):
        return None
    if words.endswith("year"):
        return Written(start, end, year_from=by)
    if words.endswith("month"):
        return Written(start, end, month_from=by)
    return Written(start, end, day_from=by)


def _month(text: str) -> int:
    return _MONTHS[text.lower().rstrip(".")]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _with_ranges(text: str, found: list[Written]) -> list[Written]:
    made: list[Written] = []
    for one in found:
        if made and not made[-1].to:
            before = made[-1]
            between = text[before.end : one.start]
            both = re.search(r"\bbetween \Z", text[: before.start], re.I) and between == " and "
            if (both or _RANGE.fullmatch(between)) and (
                both or before.about == "from" or not between.startswith(" to")
            ):
                # From June to August 2014: the first takes its year from the second.
                lacks = before.year is None and before.month is not None and one.year is not None and not before.which
                made[-1] = replace(before, to=True, borrows=lacks and before.year_from is None)
        made.append(one)
    return _short(text, made)


def _short(text: str, found: list[Written]) -> list[Written]:
    """2014–16."""
    for match in _SHORT_END.finditer(text):
        year, end = int(match["y"]), int(match["e"])
        others = [w for w in found if w.start != match.start() or w.end != match.end("y")]
        free = not any(w.start < match.end() and match.start() < w.end for w in others)
        if free and end > 12 and end > year % 100 and _LEAD.search(text[max(0, match.start() - 20) : match.start()]):
            first = Written(match.start(), match.end("y"), year, to=True)
            found = [*others, first, Written(match.start("e"), match.end(), year // 100 * 100 + end)]
    return sorted(found, key=lambda w: w.start)
