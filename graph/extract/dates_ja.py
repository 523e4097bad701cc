"""Dates as Japanese writes them.

In: a text that is NFKC. Out: what is written, in text order: 2014年6月30日, 平成22年10月, H22.10, 昨年11月, 同月, 30日,
二〇一四年, with what the words after it make of it (から, まで, 以降). Durations, ages, decades, law numbers are none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .whens import About, Written

_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}
_ERAS |= {short: _ERAS[name] for short, name in zip("MTSHR", list(_ERAS), strict=True)}
_ERAS |= {short: _ERAS[name] for short, name in zip("明大昭平令", list(_ERAS)[:5], strict=True)}

_K = "〇零一二三四五六七八九十百千"
_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ERA = "(?:明治|大正|昭和|平成|令和)"
_N2 = f"(?:\\d{{1,2}}|[{_K}]{{1,3}})"
_NOT_YEAR = (
    "(?!間|代|以上|以内|未満|ぶり|目|余|分|ごと|毎|産|版|型|卒|式|生まれ|モデル|連続|[前後](?!半|期)|計画|問題"
    "|生(?![徒産活]))"
)
_NOT_MONTH = "(?!間|に[一二三1-3][度回]|曜|額|給|刊|例|謝|光|面|あたり|当たり|分)"
_NOT_DAY = "(?!間|本|程|常|数|系|経|刊|米|連続|以内|以上|未満|前|後|分|目|ごと|余|ほど|足らず|当たり|あたり|夜を)"
_PART = "(?:上旬|中旬|下旬|初旬|初め|はじめ|半ば|末|中|頃|ごろ|ころ)?"

_YEAR = (
    f"(?:(?P<era>{_ERA}|(?<![A-Za-z])[MTSHR](?=\\d))(?P<eran>元|\\d{{1,2}}|[{_K}]{{1,3}})年?(?:\\((?P<era4>\\d{{4}})年?\\))?(?:年)?"
    f"|(?<![\\d.,第億万])(?P<y4>\\d{{4}}|[一二][〇零一二三四五六七八九]{{3}}|二千[{_K}]{{0,4}})(?:\\((?P<y4era>{_ERA})(?P<y4n>元|\\d{{1,2}})年?\\))?年"
    f"(?:\\((?P<y4era2>{_ERA})(?P<y4n2>元|\\d{{1,2}})年?\\))?"
    "|(?P<ap>['’])(?P<ap2>\\d{2})年"
    "|(?<![\\d.,第])(?P<y2>\\d{2})年(?=\\d{1,2}月|度)"
    "|(?P<rel>一昨年|おととし|昨年|去年|今年|本年|再来年|来年|翌年|前年|同年|その年))"
)
_RELATIVE = {
    "一昨年": -2,
    "おととし": -2,
    "昨年": -1,
    "去年": -1,
    "今年": 0,
    "本年": 0,
    "来年": 1,
    "再来年": 2,
}
_SPOKEN = {"翌年": 1, "前年": -1, "同年": 0, "その年": 0}
_MONTHS = {"先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2}
_MONTHS_SPOKEN = {"同月": 0, "翌月": 1, "前月": -1, "同じ月": 0}
_DAYS = {"一昨日": -2, "昨日": -1, "本日": 0, "明日": 1}
_DAYS_SPOKEN = {"同日": 0, "翌日": 1, "前日": -1}

_DATE = re.compile(
    f"(?P<num>(?<![\\d/.A-Za-z-])(?P<ny>\\d{{4}})(?P<sep>[-/.])(?P<nm>\\d{{1,2}})(?:(?P=sep)(?P<nd>\\d{{1,2}}))?(?![\\d/-]|[.]\\d))"
    f"|(?P<short>(?P<se>(?<![A-Za-z])[MTSHR]|{_ERA}|(?<![一-龠])[明大昭平令])(?P<sn>\\d{{1,2}})[./](?P<sm>\\d{{1,2}})(?:[./](?P<sd>\\d{{1,2}}))?(?![\\d]))"
    f"|{_YEAR}(?:(?P<fiscal>度)|(?:の|、)?(?P<m>(?<![か月ヵカヶケ]){_N2})月{_NOT_MONTH}(?:の)?"
    f"(?:(?P<d>{_N2})日{_NOT_DAY})?|{_NOT_YEAR})"
    "(?P<part>" + _PART + ")"
    "|(?P<fy>昨年度|今年度|本年度|来年度)"
    f"|(?P<mrel>{'|'.join(sorted((*_MONTHS, *_MONTHS_SPOKEN), key=len, reverse=True))})"
    f"(?:の)?(?:(?P<mreld>\\d{{1,2}})日{_NOT_DAY})?"
    f"|(?P<drel>{'|'.join((*_DAYS, *_DAYS_SPOKEN))})(?!の夢)"
    f"|(?<![\\d.,第月か年ヵカヶケ{_K}])(?P<bm>\\d{{1,2}}|[一二三四五六七八九]|十[一二]?)月{_NOT_MONTH}"
    f"(?:(?P<bd>{_N2})日{_NOT_DAY})?(?P<bpart>{_PART})"
    f"|(?<![\\d.,第月年週約の])(?P<od>\\d{{1,2}})日{_NOT_DAY}(?=\\([月火水木金土日]|[、。,にのはもかまと付夜朝昼午]|$)"
)
_WEEKDAY = re.compile("\\([月火水木金土日](?:・祝|曜日?)?\\)")
_LAW = re.compile(
    "(?:法律|政令|省令|府令|勅令|条例|規則|告示|訓令|内閣府令|.{2,8}(?:規則|省令|告示|訓令))?第\\d+号|\\([^()]{1,3}\\)第?\\d+号"
)
_TERM = re.compile("(?:懲役|禁錮|禁固|拘禁刑|執行猶予|時効|任期|刑期)(?:は|が)?\\Z")
_RANGE = re.compile("(?:から|より|~|〜|-|–|―|ー|—)(?!の)\\Z")
_FROM = re.compile(
    "(?:の)?(?:以降|以後|以来)|から(?!見|みる|すれば|考え)|より(?!も|前|後|以前|早|遅|先)|をもって(?=開始|施行)|に始ま|施行(?!前)"
)
_UNTIL = re.compile("(?:いっぱい)?まで(?!に|も)")
_BY = re.compile("までに(?!も)|以前|より(?:も)?前|より以前|前に")
_FUTURE = re.compile(
    "予定|見込み|見通し|方針|計画(?:だ|です|して|。)|(?:開催|実施|開始|施行|発売|公開|発足)(?:し|され)?(?:ます|る(?!こと)|れる)|(?:開く|開催|催す|行う)(?=[。、]|$)|行います|行われます|開きます|始まります"
)
_PAST = re.compile("(?:し|れ|っ|い|き|え|け|め|て)た|(?:まし|でし)た")
_YEARS_ONLY = re.compile("(?<![\\d.,第])(?P<from>\\d{4})(?:年)?(?:~|〜|-|–|―|—|から)(?=(?:\\d{4}|\\d{2})年)")
_SHORT_YEAR = re.compile("(\\d{2})年" + _NOT_YEAR)


def number(text: str) -> int:
    """14, 十四, 二〇一四, 二千十四, 元."""
    if text == "元":
        return 1
    if text.isdigit() and text.isascii():
        return int(text)
    if not any(c in text for c in "十百千"):
        return int("".join(str(_DIGIT[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGIT:
            digit = digit * 10 + _DIGIT[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + digit


def scan(text: str) -> list[Written]:
    """What is written, in text order."""
    found: list[Written] = []
    for match in _DATE.finditer(text):
        if made := _read(match, text):
            found.append(made)
    return _with_ranges(text, found)


def _read(match: re.Match[str], text: str) -> Written | None:
    start, end = match.span()
    if weekday := _WEEKDAY.match(text, end):
        end = weekday.end()
    try:
        made = _parts(match, start, match.end())
    except (ValueError, KeyError):
        return None
    if made is None or _LAW.match(text, match.end()) or _TERM.search(text, max(0, start - 6), start):
        return None
    about: About = "at"
    if _FROM.match(text, end):
        about = "from"
    elif _BY.match(text, end):
        about = "by"
    elif _UNTIL.match(text, end):
        about = "until"
    rest = text[end : end + 60].split("。")[0]
    future = bool(_FUTURE.search(rest)) and not _PAST.search(rest)
    return replace(made, about=about, future=future)


def _parts(match: re.Match[str], start: int, end: int) -> Written | None:
    group = match.groupdict()
    if group["num"]:
        year, month = int(group["ny"]), int(group["nm"])
        rest = match.string[end : end + 1]
        if not 1800 <= year <= 2199 or (group["sep"] == "." and not group["nd"] and rest in "億万兆円%度倍人件台点"):
            return None if rest or not 1800 <= year <= 2199 else Written(start, end, year, month)
        return Written(start, end, year, month, int(group["nd"]) if group["nd"] else None)
    if group["short"]:
        day = int(group["sd"]) if group["sd"] else None
        return Written(start, end, _era(group["se"], group["sn"]), int(group["sm"]), day)
    if group["fy"]:
        by = {"昨": -1, "今": 0, "本": 0, "来": 1}[group["fy"][0]]
        return Written(start, end, year_by=by, fiscal=True)
    if word := group["mrel"]:
        day = int(group["mreld"]) if group["mreld"] else None
        if word in _MONTHS:
            return Written(start, end, month_by=_MONTHS[word], day=day)
        return Written(start, end, month_from=_MONTHS_SPOKEN[word], day=day)
    if word := group["drel"]:
        if word in _DAYS:
            return Written(start, end, day_by=_DAYS[word])
        return Written(start, end, day_from=_DAYS_SPOKEN[word])
    if group["bm"]:
        return Written(start, end, month=_month(group["bm"]), day=number(group["bd"]) if group["bd"] else None)
    if group["od"]:
        return Written(start, end, day=int(group["od"]))
    return _with_year(group, start, end)


def _with_year(group: dict[str, str | None], start: int, end: int) -> Written | None:
    month = _month(group["m"]) if group["m"] else None
    day = number(group["d"]) if group["d"] else None
    fiscal = bool(group["fiscal"])
    if word := group["rel"]:
        if word in _RELATIVE:
            return Written(start, end, year_by=_RELATIVE[word], month=month, day=day, fiscal=fiscal)
        return Written(start, end, year_from=_SPOKEN[word], month=month, day=day)
    if short := group["ap2"] or group["y2"]:
        return Written(start, end, int(short), month, day, short_year=True, fiscal=fiscal)
    if group["era"]:
        if len(group["era"]) == 1 and not month and not fiscal and "年" not in _tail(group):
            return None
        year = _era(group["era"], group["eran"] or "")
        if group["era4"] and int(group["era4"]) != year:
            return None
        return Written(start, end, year, month, day, fiscal=fiscal)
    year = number(group["y4"] or "")
    other = group["y4era"] or group["y4era2"]
    if other and _era(other, group["y4n"] or group["y4n2"] or "") != year:
        return None
    return Written(start, end, year, month, day, fiscal=fiscal) if 600 <= year <= 2199 else None


def _tail(group: dict[str, str | None]) -> str:
    return "年" if group.get("eran") else ""


def _era(name: str, count: str) -> int:
    first, years = _ERAS[name]
    n = number(count)
    if not 1 <= n <= years:
        raise ValueError("no such year")
    return first + n - 1


def _month(text: str) -> int:
    if not 1 <= number(text) <= 12:
        raise ValueError("no such month")
    return number(text)


def _with_ranges(text: str, found: list[Written]) -> list[Written]:
    """From … to …: the first one of a pair is marked."""
    made: list[Written] = []
    for one in found:
        if made and not made[-1].to:
            between = text[made[-1].end : one.start]
            ends = text.startswith(("まで", "の間", "にかけて"), one.end) or "~" in between or "〜" in between
            if _RANGE.fullmatch(between) and (ends or one.about == "at"):
                made[-1] = replace(made[-1], to=True)
        elif not made or made[-1].to:
            pass
        made.append(one)
    return _year_spans(text, made)


def _year_spans(text: str, found: list[Written]) -> list[Written]:
    """2014~16年, 2014-2016年, 2014年~16年: one of both years lacks its 年 or its century."""
    made = found
    for match in _YEARS_ONLY.finditer(text):
        start, end, year = match.start(), match.end(), int(match["from"])
        short = None if any(one.start == end for one in found) else _SHORT_YEAR.match(text, end)
        whole = "年" in match[0]
        if short is None and (whole or not any(one.start == end for one in found)):
            continue
        made = [one for one in made if one.start != start]
        made.append(Written(start, start + 4 + whole, year, to=True))
        if short:
            made.append(Written(end, short.end(), year // 100 * 100 + int(short[1])))
    return sorted(made, key=lambda one: one.start)
