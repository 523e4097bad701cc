"""When: the dates of a sentence, and of a document.

In: text in Japanese or English that is NFKC, the document's own date, the dates before it in the block. Out: Dated
values at the precision written; 昨年11月 and the like say in `how` what they were taken for. What is not certain is
left out. "By June" (までに) has no beginning: it is an `at` with `until` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from ..model import When
from . import dates_en, dates_ja
from .flow import Dated, Document
from .whens import Written, resolve, settle

_ANY = re.compile(r"\d|[一二三四五六七八九十]|年|月|日|[A-Z][a-z]{2}|year|month|yesterday|tomorrow")


def find_dates(text: str, lang: str, anchor: When | None, before: Sequence[Dated] = ()) -> tuple[Dated, ...]:
    """The dates of a sentence, in text order, none overlapping another.

    `anchor` is the document's date: without it 昨年 is no date. `before` are the dates earlier in the same block,
    which 同年 and "the same month" refer to.
    """
    if not _ANY.search(text):
        return ()
    written = (dates_ja if lang == "ja" else dates_en).scan(text)
    found: list[Dated] = []
    for dated in settle(text, written, anchor, before):
        if not found or found[-1].end <= dated.start:
            found.append(dated)
    return tuple(found)


_HEAD, _FOOT = 15, 12  # lines in which a document's date may stand
_CUE = re.compile(
    "発行|公開日|公開|配信|掲載|更新|付け|発表|作成|第?\\d+号|Published|Posted|Updated|Issued|Released|Date:|"
    "No\\. ?\\d|Vol\\.|Issue \\d|press release",
    re.I,
)
_OTHERS = re.compile(
    "新刊|書籍|著|刊行|定価|円\\+?|開催|日時|会場|集会|研究会|講演|施行|改正|締切|期限|予定|参加|申込|event|venue|deadline|meeting|"
    "book|edition|amended",
    re.I,
)
_SENTENCE = re.compile("[はがをも]|した|する|です|ます| (?:was|is|were|has|had|will|said|by the) ")
_PLACE_BEFORE = re.compile(r"[(\[]?[A-Z][\w .'’-]{0,30}[)\]]?(?:, ?| ?[–—-] ?| )?")
_WEEKDAY = re.compile(r"\s*\([月火水木金土日](?:曜日?)?\)")
# 汐見新聞 2024年6月19日朝刊; 2022年12月5日 発行・…の会; 令和4年11月30日 …地方裁判所
_PAPER = re.compile(r"\S{1,10}(?:新聞|日報|時報|新報|民報|日日|タイムス|タイムズ)\s*")
_EDITION = re.compile(r"\s*(?:朝刊|夕刊|付け?|号外)?\s*")
_IMPRINT = re.compile(r"\s*(?:発行|配信|掲載|公開)(?:[・:/]\s*\S{1,24}|\s*)")
_COURT = re.compile(r"\s*\S{2,16}(?:裁判所|地裁|高裁|最高裁)\S{0,10}")
_TAG = re.compile("<[^<>]{1,200}>")
_DASH_AFTER = re.compile(r"\)? ?(?:[–—-]|\(|:|$)")


def document_date(document: Document) -> When | None:
    """The document's own date, from what was read with it or from a line at its head or foot that says so."""
    if document.date:
        return document.date
    lines = [
        line for line in (normalize("NFKC", _TAG.sub("", raw)).strip() for raw in document.text.split("\n")) if line
    ]
    head, foot = lines[:_HEAD], lines[max(_HEAD, len(lines) - _FOOT) :]
    for near in (head, foot):
        told = list(_datelines(near, document.lang))
        for surest in (2, 1):
            whens = {when for sure, when in told if sure == surest}
            if len(whens) == 1:
                return whens.pop()
            if whens and surest == 2:
                return next(when for sure, when in told if sure == 2)
            if whens:
                return None
    return None


def _datelines(lines: Sequence[str], lang: str) -> Iterator[tuple[int, When]]:
    """Dates that stand as a document's own do, with how sure that is: 2 said so, 1 alone on its line."""
    before = ""
    for line in lines:
        for written in _explicit(line, lang):
            when = resolve(written, None, None, None)
            if when is None or when.month is None:
                continue
            weekday = _WEEKDAY.match(line, written.end)
            lead, after = line[: written.start], line[weekday.end() if weekday else written.end :]
            if (_PAPER.fullmatch(lead) and _EDITION.fullmatch(after)) or (not lead and _IMPRINT.fullmatch(after)):
                yield 2, when
                before = line
                continue
            rest = (lead + after).strip(" 　,、.。・()[]【】〈〉<>|/-–—:")
            dateline = _is_dateline(line, written)
            told = line[: written.start] if dateline else line  # behind a dateline the text begins
            if _OTHERS.search(told) or (_is_label(before) and not _CUE.search(line)):
                continue
            if _CUE.search(rest) and len(rest) <= 40 and not _SENTENCE.search(rest):
                yield 2, when
            elif len(rest) <= 1 or dateline or (not lead and _COURT.fullmatch(after)):
                yield 1, when
        before = line


def _is_label(line: str) -> bool:
    """開催日時, Deadline: — what the next line dates; a sentence is none."""
    return bool(_OTHERS.search(line)) and not line.endswith(("。", "."))


def _explicit(line: str, lang: str) -> list[Written]:
    """Dates with a year of their own; a Japanese page may carry an English one and the other way round."""
    own, other = (dates_ja, dates_en) if lang == "ja" else (dates_en, dates_ja)
    found = [w for w in own.scan(line) if w.year is not None and not w.short_year and not w.to]
    return found or [w for w in other.scan(line) if w.year is not None and not w.short_year and not w.to]


def _is_dateline(line: str, written: Written) -> bool:
    """Tokyo, 15 March 2016; TOKYO, March 15, 2016 — and then the text."""
    lead = line[: written.start]
    return bool(_PLACE_BEFORE.fullmatch(lead) and _DASH_AFTER.match(line, written.end)) and bool(written.day)
