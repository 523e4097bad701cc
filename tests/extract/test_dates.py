"""Dates: what is one and what is none, at which precision, against what; and a document's own."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.dates import document_date, find_dates
from graph.extract.flow import Dated, Document
from graph.extract.reading.text import from_text
from graph.model import When

ISSUED = When.parse("2016-05-20")


def told(text: str, lang: str = "ja", anchor: When | None = ISSUED) -> list[str]:
    """What was found, as words | about | since/until."""
    found = find_dates(normalize("NFKC", text), lang, anchor)
    return [f"{d.about} {d.since or ''}/{d.until or ''}" for d in found]


JA = {
    "2014年6月に改正した。": ["at 2014-06/"],
    "２０１４年６月に改正した。": ["at 2014-06/"],
    "二〇一四年六月三十日に改正した。": ["at 2014-06-30/"],
    "2014年に改正した。": ["at 2014/"],
    "平成22年10月に改正した。": ["at 2010-10/"],
    "平成二十二年十月に改正した。": ["at 2010-10/"],
    "平成22年(2010年)10月に改正した。": ["at 2010-10/"],
    "2010年(平成22年)10月に改正した。": ["at 2010-10/"],
    "令和元年の通達。": ["at 2019/"],
    "昭和63年12月1日付の通達。": ["at 1988-12-01/"],
    "H22.10.1に改正した。": ["at 2010-10-01/"],
    "H22年に改正した。": ["at 2010/"],
    "2014/6/30に改正した。": ["at 2014-06-30/"],
    "2014.6.30に改正した。": ["at 2014-06-30/"],
    "昨年11月に導入した。": ["at 2015-11/"],
    "一昨年の夏に始めた。": ["at 2014/"],
    "先月20日に開いた。": ["at 2016-04-20/"],
    "来年4月に始める予定だ。": ["at 2017-04/"],
    "今年度の予算。": ["at 2016/"],
    "2014年度に導入した。": ["at 2014/"],
    "7月30日に会議を開いた。": ["at 2015-07-30/"],
    "7月30日に会議を開く予定だ。": ["at 2016-07-30/"],
    "10日、県は謝罪した。": ["at 2016-05-10/"],
    "2015年3月に改正し、同月に公表した。": ["at 2015-03/", "at 2015-03/"],
    "2015年3月に改正し、同年8月に公表した。": ["at 2015-03/", "at 2015-08/"],
    "2015年3月に改正し、翌年に公表した。": ["at 2015-03/", "at 2016/"],
    "2015年12月に改正し、翌月に公表した。": ["at 2015-12/", "at 2016-01/"],
    "2015年3月に改正し、7月に公表した。": ["at 2015-03/", "at 2015-07/"],
    "2014年6月から運用している。": ["from 2014-06/"],
    "2014年6月以降、運用している。": ["from 2014-06/"],
    "2014年6月まで運用していた。": ["until /2014-06"],
    "2014年末までに導入する。": ["at /2014"],
    "2016年3月1日付で通知した。": ["at 2016-03-01/"],
    "2010〜2014年に集めた。": ["span 2010/2014"],
    "2010年から2014年まで集めた。": ["span 2010/2014"],
    "2010〜14年に集めた。": ["span 2010/2014"],
    "2010年〜14年に集めた。": ["span 2010/2014"],
    "2015年3月15日から4月10日まで実施した。": ["span 2015-03-15/2015-04-10"],
    "平成元年から令和2年まで続いた。": ["span 1989/2020"],
    "2015年12月から翌年2月まで続いた。": ["span 2015-12/2016-02"],
}
EN = {
    "It must be done by the end of June 2017.": ["at /2017-06"],
    "It ran from the start of 2015 on.": ["from 2015/"],
    "It was installed last November.": ["at 2015-11/"],
    "It has run since 2014.": ["from 2014/"],
    "It has run since June 2014.": ["from 2014-06/"],
    "It ran between 2010 and 2014.": ["span 2010/2014"],
    "It ran from 2010 to 2014.": ["span 2010/2014"],
    "It ran in 2010–14.": ["span 2010/2014"],
    "It ran from June to August 2014.": ["span 2014-06/2014-08"],
    "It ran on 3–5 March 2016.": ["span 2016-03-03/2016-03-05"],
    "It ran on March 3-5, 2016.": ["span 2016-03-03/2016-03-05"],
    "It ran between 3 and 5 March 2016.": ["span 2016-03-03/2016-03-05"],
    "It ran in March and April 2015.": ["at 2015-03/", "at 2015-04/"],
    "It ran in December and January 2016.": ["at 2016-01/"],
    "It was signed on March 3, 2015.": ["at 2015-03-03/"],
    "It was signed on 3 March.": ["at 2016-03-03/"],
    "It was signed on 3rd of March 2015.": ["at 2015-03-03/"],
    "It was signed on 2015-03-03.": ["at 2015-03-03/"],
    "It was signed in Sept. 2014.": ["at 2014-09/"],
    "It ran until June 2014.": ["until /2014-06"],
    "It must open by March 2017.": ["at /2017-03"],
    "Last year the city bought it.": ["at 2015/"],
    "In May 2014 it opened; in the same month it closed.": ["at 2014-05/", "at 2014-05/"],
    "In May 2014 it opened. The following year it closed.": ["at 2014-05/", "at 2015/"],
}
NONE_JA = [
    "10年間続いた。",
    "3年前に始めた。",
    "3年ぶりに開いた。",
    "30年以上勤めた。",
    "3か月続いた。",
    "5日間続いた。",
    "1日当たり3万人が通る。",
    "平成23年法律第65号",
    "2014人が参加した。",
    "電話は03-2014-1234へ。",
    "1984年生まれの男性。",
    "90年代に広がった。",
    "1億2014年",
    "2014年13月に改正した。",
    "2014年2月30日に改正した。",
    "平成22年(2011年)に改正した。",
    "昭和70年に改正した。",
    "懲役2年の判決。",
    "一日も早く廃止すべきだ。",
    "三月に一度見直す。",
    "第2014号を読む。",
    "2015年問題を論じる。",
    "同日、県は謝罪した。",  # nothing was spoken of before
    "十分に一定の年月がたった。",
]
NONE_EN = [
    "2014 people came.",
    "In 2014 people came and went.",
    "Some 2,014 people came.",
    "Room 2014 is closed.",
    "Act No. 65 of 2015 was passed.",
    "It began in the 1990s.",
    "It was 6/7/2014.",
    "It was on 31 February 2015.",
    "They may march on.",
    "Call 03-2014-5555.",
    "On the same day it closed.",
    "It lasted 3 months.",
    "It was led by Jun Mori.",
]


@pytest.mark.parametrize(("text", "expected"), JA.items())
def test_japanese(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), EN.items())
def test_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected


@pytest.mark.parametrize("text", NONE_JA)
def test_no_date_in_japanese(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", NONE_EN)
def test_no_date_in_english(text: str) -> None:
    assert told(text, "en") == []


@pytest.mark.parametrize(
    "text", ["昨年11月に始めた。", "今年度に始めた。", "7月30日に始めた。", "先月に始めた。", "10日に始めた。"]
)
def test_without_the_documents_date_nothing_is_counted_from_it(text: str) -> None:
    assert told(text, "ja", None) == []


@pytest.mark.parametrize("text", ["It began last November.", "It began on 3 March.", "It began yesterday."])
def test_without_the_documents_date_english_has_none_either(text: str) -> None:
    assert told(text, "en", None) == []


def test_a_document_of_a_known_year_dates_a_bare_day() -> None:
    assert told("7月30日に会議を開いた。", "ja", When(2016)) == ["at 2016-07-30/"]


def test_a_document_of_a_year_alone_knows_no_last_month() -> None:
    assert told("先月に始めた。", "ja", When(2016)) == []
    assert told("今年度に始めた。", "ja", When(2016)) == []
    assert told("昨年11月に始めた。", "ja", When(2016)) == ["at 2015-11/"]


def test_a_fiscal_year_begins_in_april() -> None:
    assert told("今年度に始めた。", "ja", When(2016, 3)) == ["at 2015/"]
    assert told("今年度に始めた。", "ja", When(2016, 4)) == ["at 2016/"]


def test_what_was_spoken_of_before_is_referred_to() -> None:
    before = find_dates("2014年6月30日に開いた。", "ja", ISSUED)
    after = find_dates("同年8月、また開いた。", "ja", ISSUED, before)
    assert [str(d.since) for d in after] == ["2014-08"]
    assert [str(d.since) for d in find_dates("翌日に閉じた。", "ja", None, before)] == ["2014-07-01"]


def test_two_readings_of_a_bare_day_are_none() -> None:
    before = find_dates("2014年6月に開いた。", "ja", ISSUED)
    assert find_dates("8月に閉じた。", "ja", ISSUED, before) == ()


def test_what_was_filled_in_is_told() -> None:
    (date,) = find_dates("昨年11月に導入した。", "ja", ISSUED)
    assert date.how == ("昨年11月 → 2015-11",)
    (date,) = find_dates("2014年11月に導入した。", "ja", ISSUED)
    assert date.how == ()
    march, april = find_dates("It ran in March and April 2015.", "en", ISSUED)
    assert march.how == ("March → 2015-03",) and april.how == ()


# --- for any date and any text

DATES = st.dates(min_value=When(1950).earliest(), max_value=When(2060).latest())
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
MONTHS = "January February March April May June July August September October November December".split()
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")


@given(DATES, st.integers(1, 3), st.sampled_from(["", "wide", "kanji"]))
def test_never_more_precise_than_written_and_never_less(date: object, parts: int, digits: str) -> None:
    year, month, day = (int(part) for part in str(date).split("-"))
    when = When(*(year, month, day)[:parts])
    words = "".join(f"{n}{unit}" for n, unit in list(zip((year, month, day), "年月日", strict=True))[:parts])
    if digits == "wide":
        words = words.translate(WIDE)
    if digits == "kanji":
        words = f"{str(year).translate(KANJI)}年" + "".join(
            f"{_kanji(n)}{unit}" for n, unit in list(zip((month, day), "月日", strict=True))[: parts - 1]
        )
    assert told(f"{words}に改正した。", "ja", None) == [f"at {when}/"]


def _kanji(n: int) -> str:
    tens, ones = divmod(n, 10)
    return (
        (str(tens) if tens > 1 else "").translate(KANJI)
        + "十" * bool(tens)
        + (str(ones).translate(KANJI) if ones else "")
    )


@given(DATES, st.integers(1, 3), st.booleans())
def test_english_keeps_its_precision(date: object, parts: int, american: bool) -> None:
    year, month, day = (int(part) for part in str(date).split("-"))
    name = MONTHS[month - 1]
    day_words = f"{name} {day}, {year}" if american else f"{day} {name} {year}"
    ways = {1: f"in {year}", 2: f"in {name} {year}", 3: f"on {day_words}"}
    assert told(f"It opened {ways[parts]}.", "en", None) == [f"at {When(*(year, month, day)[:parts])}/"]


_PIECES = st.sampled_from(
    "2014 年 6 月 30 日 平成 令和元 昨 同 翌 度 から まで ~ - / . H22 十 二〇一四 前 間 第 号 ( ) 、 。 March 3 , "
    "and to last since between \n x".split(" ")
)


@given(st.lists(_PIECES, max_size=14).map("".join), st.sampled_from(["ja", "en"]), st.sampled_from([None, ISSUED]))
def test_any_text_gives_spans_of_it_in_order(text: str, lang: str, anchor: When | None) -> None:
    found = find_dates(text, lang, anchor)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(d.since or d.until for d in found)
    assert all(_in_order(d) for d in found if d.about == "span")


def _in_order(date: Dated) -> bool:
    return bool(date.since and date.until and date.since.earliest() <= date.until.latest())


@given(st.text(max_size=60) | st.text("0123456789年月日/-. JunMayto昨同から平成", max_size=30))
def test_any_text_at_all_is_read(text: str) -> None:
    plain = normalize("NFKC", text)
    for lang in ("ja", "en"):
        at = 0
        for date in find_dates(plain, lang, ISSUED):
            assert at <= date.start < date.end <= len(plain)
            assert date.since or date.until
            at = date.end


# --- a document's own date


def own(text: str, lang: str = "ja") -> str:
    assert lang in ("ja", "en")
    return str(document_date(from_text(text, "d.txt", lang="ja" if lang == "ja" else "en")) or "")


def test_a_document_tells_its_date_at_its_head_or_foot() -> None:
    story = "市は要綱を改正した。\n" * 40
    assert own(f"会報 第12号\n2016年5月20日発行\n\n{story}") == "2016-05-20"
    assert own(f"会報\n平成２８年５月発行\n\n{story}") == "2016-05"
    assert own(f"お知らせ\n\n{story}\n2016年5月20日\n市民の会") == "2016-05-20"
    assert own(f"Press release\n20 May 2016\n\n{'The town amended the rules. ' * 40}", "en") == "2016-05-20"
    assert own(f"TOKYO, May 20, 2016 – {'The town amended the rules. ' * 40}", "en") == "2016-05-20"


def test_mastheads_courts_and_weekdays_do_not_hide_a_date() -> None:
    story = "市は要綱を改正した。\n" * 40
    assert own(f"市議会会議録\n令和5年9月14日（木曜日）\n\n{story}") == "2023-09-14"
    assert own(f"県警が導入\nみなと新聞　2024年6月19日朝刊\n\n{story}") == "2024-06-19"
    assert own(f"判決要旨\n令和4年11月30日　みなと地方裁判所民事第2部\n\n{story}") == "2022-11-30"
    assert own(f"見張り\n2022年12月5日　発行・町を考える会\n\n{story}") == "2022-12-05"


def test_a_date_that_the_text_speaks_of_is_not_its_own() -> None:
    assert own("市は2016年5月20日に要綱を改正した。") == ""
    assert own("講演会のお知らせ\n日時 2016年6月4日\n会場 公民館\n") == ""
    assert own("The town amended the rules on 20 May 2016.", "en") == ""


def test_two_dates_of_the_same_standing_are_none() -> None:
    assert own("2016年5月20日\n2016年6月20日\n市は要綱を改正した。") == ""


def test_a_date_that_was_read_with_the_document_goes_first() -> None:
    document = Document("d", "2016年5月20日発行", (), date=When(2015))
    assert document_date(document) == When(2015)
