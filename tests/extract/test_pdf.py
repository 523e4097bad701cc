"""PDF: columns, vertical writing, boxes and readings come out in reading order; what cannot be read is told so.

Some pages are written by hand, so that they are the same everywhere; others are printed by a real Chromium, with
embedded fonts whose letters only a table tells, where there is one.
"""

from __future__ import annotations

import math
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from graph.extract.flow import Document
from graph.extract.reading.normal import normal
from graph.extract.reading.page_layout import Glyph, laid_out
from graph.extract.reading.text import of_bytes
from tests.extract.papers import LOCKED, Line, pdf, set_in_lines

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FIRST = "県警は二〇一五年四月、駅前商店街の防犯カメラ百二十台を更新した。費用は市が半分を負担し、残りを商店会が出した。"
SECOND = "一方、団体「まちの目を考える会」は六月に公開質問状を出した。市は九月の回答で、令状のある場合に限ると述べた。"
THIRD = "会はこの回答を不十分だとして、審査会の設置を要求している。記録は七日で消えるという。"
BOX = "囲み記事です。東和電機は、顔認証の機能は含まれていないとしている。"


def texts(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def sentences(*paragraphs: str) -> list[str]:
    return [s for text in paragraphs for s in re.findall("[^。]+。", text)]


def check(document: Document) -> None:
    """Every character leads back to the text that was taken out."""
    for sentence in document.sentences:
        passages = sentence.clean.passages(0, len(sentence.text), document.text)
        words = "".join(document.text[p.start : p.end] for p in passages)
        assert normal(re.sub(r"\s", "", words)) == re.sub(r"\s", "", sentence.text)


def test_lines_across_the_page() -> None:
    document = of_bytes(pdf([set_in_lines(FIRST, 60, 780, width=30)]), "a.pdf")
    assert texts(document) == sentences(FIRST)
    check(document)


def test_lines_down_the_page_are_read_from_right_to_left() -> None:
    lines: list[Line] = [(500 - 16 * (i // 30), 780, 10, FIRST[i : i + 30]) for i in range(0, len(FIRST), 30)]
    document = of_bytes(pdf([lines], vertical=True), "a.pdf")
    assert texts(document) == sentences(FIRST)
    check(document)


def test_two_columns_are_read_one_after_the_other_however_the_file_draws_them() -> None:
    left = set_in_lines(FIRST + THIRD, 60, 740, width=18)
    right = set_in_lines(SECOND + THIRD, 320, 740, width=18)
    drawn = [line for pair in zip(left, right, strict=False) for line in pair]
    drawn += left[len(right) :] + right[len(left) :]
    document = of_bytes(pdf([[(60, 790, 16, "駅前のカメラ"), *drawn]]), "a.pdf")
    assert texts(document) == ["駅前のカメラ", *sentences(FIRST, THIRD, SECOND, THIRD)]
    check(document)


def test_a_sentence_that_a_column_break_cuts_is_put_together_and_the_join_is_told() -> None:
    lines = set_in_lines(FIRST + THIRD + SECOND, 60, 740, width=18)
    half = len(lines) // 2
    assert not lines[half - 1][3].endswith("。")
    moved = [(x + 260, y + 16 * half, size, words) for x, y, size, words in lines[half:]]
    document = of_bytes(pdf([[*lines[:half], *moved]]), "a.pdf")
    assert texts(document) == sentences(FIRST, THIRD, SECOND)
    (joined,) = [s for s in document.sentences if s.joins]
    assert joined.joins[0].startswith("break: ")
    assert "document-columns-joined" in document.notes


def test_a_sentence_that_runs_over_the_page_is_put_together() -> None:
    lines = set_in_lines(FIRST + SECOND, 60, 120, width=20)
    document = of_bytes(pdf([lines[:4], [(x, y + 700, size, words) for x, y, size, words in lines[4:]]]), "a.pdf")
    assert texts(document) == sentences(FIRST, SECOND)
    check(document)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    """The page is turned, and what stands on it was turned the other way, as scanners do it."""
    angle = math.radians(turn)
    cos, sin = round(math.cos(angle)), round(math.sin(angle))
    lines = ["The police replaced the cameras in April,", "and the city paid for half of them.", "The rest was given."]
    shown = []
    for i, words in enumerate(lines):
        x, y = 100, 600 - 14 * i
        to = f"{cos} {sin} {-sin} {cos} {cos * x - sin * y + 400} {sin * x + cos * y + 300}"
        shown.append(f"BT /L 10 Tf {to} Tm ({words}) Tj ET")
    data = pdf([[(0, 0, 10, "KEEP")]], turn=turn)
    stream = "\n".join(shown).encode()
    old = re.search(rb"<< /Length \d+ >>\nstream\n.*?\nendstream", data, re.DOTALL)
    assert old
    data = data.replace(old[0], b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    document = of_bytes(data, "a.pdf")
    assert document.text.splitlines()[:3] == lines


def test_running_titles_and_page_numbers_are_no_sentences() -> None:
    pages = [
        [(250, 815, 9, "会報 第十二号"), *set_in_lines(text, 60, 740, width=20), (290, 30, 9, str(number))]
        for number, text in enumerate([FIRST, SECOND, THIRD, FIRST], 1)
    ]
    document = of_bytes(pdf(pages), "a.pdf")
    assert texts(document) == sentences(FIRST, SECOND, THIRD, FIRST)
    assert "会報 第十二号" in document.text


def test_what_the_file_says_of_itself() -> None:
    info = "/Title (Newsletter \u00a912) /Author (Citizens) /CreationDate (D:20240226120000+09'00')"
    document = of_bytes(pdf([set_in_lines(FIRST, 60, 780)], info=info), "a.pdf")
    assert (document.publisher, str(document.date), document.kind) == ("Citizens", "2024-02-26", "pdf")
    assert document.title.startswith("Newsletter")


def test_half_a_character_in_the_title_costs_no_more_than_the_title() -> None:
    document = of_bytes(pdf([set_in_lines(FIRST, 60, 780)], info="/Title <FEFFD842> /Author (Citizens)"), "a.pdf")
    assert document.publisher == "Citizens"
    assert texts(document) == sentences(FIRST)


def test_the_date_of_the_file_yields_to_the_one_the_text_bears() -> None:
    page = [(60.0, 800.0, 10.0, "2016年2月26日発行 会報"), *set_in_lines(FIRST, 60, 740)]
    assert str(of_bytes(pdf([page], info="/CreationDate (D:20240226)"), "a.pdf").date) == "2016-02-26"


# --- what cannot be read


GOOD = pdf([set_in_lines(FIRST, 60, 780)])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf([set_in_lines(FIRST, 60, 780)], more=LOCKED), "document-locked"),
        (pdf([[], []]), "document-scanned"),
        (pdf([]), "document-broken"),
        (b"%PDF-1.4\nnothing", "document-broken"),
        (GOOD[: len(GOOD) // 2], "document-broken"),
        (GOOD[:1], "document-not-its-kind"),
        (b"", "document-not-its-kind"),
        (pdf([[(60, 780, 10, "\ue000\ue001\ue002\ue003\ue004")]]), "document-no-letters"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    for _ in range(2):  # PDFium remembers the last error, be it another file's
        with pytest.raises(SourceError) as caught:
            of_bytes(data, "paper.pdf")
        assert caught.value.code == code
        assert "paper.pdf" in caught.value.message("en") and "paper.pdf" in caught.value.message("ja")


def test_an_error_of_one_file_is_not_told_of_the_next() -> None:
    for data, code in [(pdf([[]], more=LOCKED), "document-locked"), (pdf([]), "document-broken")]:
        with pytest.raises(SourceError) as caught:
            of_bytes(data, "a.pdf")
        assert caught.value.code == code


def test_a_page_without_text_among_others_is_noted() -> None:
    document = of_bytes(pdf([set_in_lines(FIRST, 60, 780), []]), "a.pdf")
    assert "document-pages-without-text" in document.notes
    assert texts(document) == sentences(FIRST)


@given(st.integers(0, len(GOOD)), st.binary(max_size=30), st.integers(0, 60))
def test_a_damaged_file_is_read_or_refused(at: int, junk: bytes, gone: int) -> None:
    try:
        document = of_bytes(GOOD[:at] + junk + GOOD[at + gone :], "a.pdf")
    except SourceError as error:
        assert error.code.startswith("document-")
    else:
        document.text.encode()


# --- the layout alone


@given(
    st.lists(
        st.builds(
            Glyph,
            st.sampled_from("県aあ1。 ー"),
            *[st.floats(-100, 900, width=32)] * 4,
            st.floats(0, 40, width=32),
            st.booleans(),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_characters_anywhere_are_laid_out_once_each(glyphs: list[Glyph]) -> None:
    kept = Counter("".join(t.text for t in laid_out(glyphs)).replace("\n", "").replace(" ", ""))
    shown = [g for g in glyphs if not g.made and g.char != " "]
    assert kept <= Counter(g.char for g in shown)
    if len({(g.x0, g.y0, g.x1, g.y1) for g in shown}) == len(shown) and not any(g.char in "あー" for g in shown):
        assert kept == Counter(g.char for g in shown)  # else they may be drawn twice, or readings of others


def test_one_sign_for_two_letters_is_two_letters_in_their_order() -> None:
    boxes = [("o", 0, 6), ("f", 6, 12), ("f", 12, 22), ("i", 12, 22), ("l", 22, 26), ("e", 26, 32)]
    assert [t.text for t in laid_out([Glyph(c, a, 0, b, 10, 10) for c, a, b in boxes])] == ["offile"]
    twice = [Glyph(c, a, 0, b, 10, 10) for c, a, b in boxes[:2] for _ in range(2)]
    assert [t.text for t in laid_out(twice)] == ["of"]


# --- printed by a browser


@pytest.fixture(scope="module")
def printed() -> Iterator[Callable[[str, str], Document]]:
    """Prints a page to PDF and reads it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt install chromium fonts-noto-cjk")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()

        def print_and_read(css: str, body: str) -> Document:
            style = f"body {{ font: 11pt/1.7 'Noto Serif CJK JP' }} {css}"
            page.set_content(f"<!doctype html><style>@page {{ margin: 1cm }} {style}</style>{body}")
            read = of_bytes(page.pdf(format="A4"), "a.pdf")
            check(read)
            return read

        yield print_and_read
        browser.close()


ALL = f"<h1>駅前のカメラ</h1><div class=c><p>{FIRST}<p>{SECOND}<p>{THIRD}<p>{FIRST}</div>"
Printed = Callable[[str, str], Document]


@pytest.mark.browser
@pytest.mark.parametrize(
    "css",
    [
        "",
        "p { text-align: justify; letter-spacing: .1em; text-indent: 1em }",
        ".c { column-count: 2; column-gap: 2em }",
        ".c { column-count: 3; column-gap: 2em; font-size: 9pt }",
        "html { writing-mode: vertical-rl }",
        "html { writing-mode: vertical-rl } .c { column-count: 2; column-gap: 2em; height: 100% }",
    ],
)
def test_printed_pages_are_read_in_order(printed: Printed, css: str) -> None:
    assert texts(printed(css, ALL)) == ["駅前のカメラ", *sentences(FIRST, SECOND, THIRD, FIRST)]


@pytest.mark.browser
def test_figures_and_latin_words_stay_in_their_vertical_line(printed: Printed) -> None:
    words = "県警は２０１５年<span>12</span>月、NPO法人とABC社のカメラを見た。𠮷田さんも見た。"
    document = printed("html { writing-mode: vertical-rl } span { text-combine-upright: all }", f"<p>{words}<p>{FIRST}")
    assert texts(document)[:2] == ["県警は2015年12月、NPO法人とABC社のカメラを見た。", "𠮷田さんも見た。"]


@pytest.mark.browser
@pytest.mark.parametrize("way", ["horizontal-tb", "vertical-rl"])
def test_readings_over_characters_are_left_out_of_printed_pages(printed: Printed, way: str) -> None:
    body = f"<p>{FIRST.replace('商店街', '<ruby>商店街<rt>しょうてんがい</rt></ruby>')}<p>{SECOND}"
    assert texts(printed(f"html {{ writing-mode: {way} }}", body)) == sentences(FIRST, SECOND)


@pytest.mark.browser
@pytest.mark.parametrize(("way", "side"), [("horizontal-tb", "width"), ("vertical-rl", "height")])
def test_a_box_beside_the_text_does_not_get_into_its_sentences(printed: Printed, way: str, side: str) -> None:
    box = f".b {{ border: 1px solid; padding: 1em; margin: 1em; float: right; {side}: 40% }}"
    body = f"<div class=b>{BOX}</div><p>{FIRST}<p>{SECOND}<p>{THIRD}<p>{FIRST}"
    found = texts(printed(f"html {{ writing-mode: {way} }} {box}", body))
    assert [s for s in found if s not in sentences(BOX)] == sentences(FIRST, SECOND, THIRD, FIRST)
    assert [s for s in found if s in sentences(BOX)] == sentences(BOX)
