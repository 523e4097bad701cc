"""Clean text knows its way back: whatever noise a document has, evidence is the document's own characters."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise

import jaconv
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.extract.flow import Document, Sentence, plain
from graph.extract.reading.normal import normal, normalized, repaired, rising
from graph.extract.reading.text import asides, from_text

# Sentences of our own, of several kinds; the noise is what is tested.
JAPANESE = [
    "県警は2015年4月、駅前の防犯カメラ120台を更新した。",
    "費用は市が半分を負担し、残りを商店会が出した。",
    "会は「記録を警察に渡す条件は何か。文書はあるのか」と市に尋ねた。",
    "市は、令状のある場合に限る（ただし急ぐときを除く）と答えた。",
    "ガイドラインをバージョン2.0に改めるべきだ！",
    "しかし、システムの仕様書には後から機能を加えられるとある。",
    "NPO法人「まちの目」はABC社のカメラを調べた。",
    "センターの理事長は元県警本部長の佐藤氏です。",
]
ENGLISH = [
    "The police replaced 120 cameras in April 2015.",
    'Mr. Smith said: "We were never asked." The city disagreed.',
    "According to the report (annex 12), U.S. firms supplied the system.",
    "Records are kept for seven days, not thirty!",
]
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u202e",
    "\u202c",
    "\u200e",
    "\u00ad",
    "\u0007",
    "\ufe0f",
]
BREAKS = ["\n", "\r\n", "\r", "\n\u3000", "\n  ", "\u2028", "\v"]
SLIPS = {"ー": "一", "っ": "つ", "ョ": "ヨ", "ュ": "ユ", "ニ": "二", "ィ": "イ", "ょ": "よ"}
EVEN = str.maketrans({**{right: wrong for right, wrong in SLIPS.items()}, "〜": "～", "~": "～"})


def noisy(draw: st.DrawFn, char: str, strength: int) -> str:
    """A character as a careless document may write it."""
    how = draw(st.integers(0, 40 // strength))
    if how == 0:
        return char + draw(st.sampled_from(INVISIBLE))
    if how == 1:
        return char + draw(st.sampled_from(BREAKS))
    if how == 2:
        return SLIPS.get(char, char)
    if how == 3:
        return jaconv.h2z(char, ascii=True, digit=True, kana=False)
    if how == 4:
        return jaconv.z2h(char, ascii=True, digit=True, kana=True)
    if how == 5:
        return unicodedata.normalize("NFD", char)
    if how == 6:
        return draw(st.sampled_from([" ", "\t", "\u3000", "\u00a0"])) + char
    return char


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Paragraphs of a few sentences, with noise."""
    sentences = draw(st.sampled_from([JAPANESE, ENGLISH, JAPANESE + ENGLISH]))
    paragraphs = draw(st.lists(st.lists(st.sampled_from(sentences), min_size=1, max_size=4), min_size=1, max_size=4))
    strength = draw(st.sampled_from([1, 2, 4]))
    between = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\n\u3000", "\f"]))
    return between.join(
        "".join(noisy(draw, char, strength) for char in (" " if text[0][0] in "TMAR" else "").join(text))
        for text in paragraphs
    )


def bare(text: str) -> str:
    """Text without all that cleaning may take out, put in or put right: an oracle that knows nothing of the cleaner."""
    kept = "".join(
        c
        for c in unicodedata.normalize("NFKC", text)
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn") and not 0xFE00 <= ord(c) <= 0xFE0F
    )
    kept = unicodedata.normalize("NFKC", "".join(kept.split()))
    return kept.translate(EVEN).replace("-", "")


def quote(document: Document, sentence: Sentence, start: int = 0, end: int | None = None) -> str:
    passages = sentence.clean.passages(start, len(sentence.text) if end is None else end, document.text)
    return "".join(document.text[p.start : p.end] for p in passages)


def check(document: Document) -> None:
    """What holds for every document, however it was read."""
    claimed: set[int] = set()
    for sentence in document.sentences:
        clean = sentence.clean
        assert clean.text == clean.text.strip() and "\n" not in clean.text
        assert len(clean.text) == len(clean.starts) == len(clean.ends)
        assert all(0 <= a <= b <= len(document.text) for a, b in zip(clean.starts, clean.ends, strict=True))
        passages = clean.passages(0, len(clean.text), document.text)
        assert passages and all(0 <= p.start < p.end <= len(document.text) for p in passages)
        if rising(clean):
            assert all(a.end <= b.start for a, b in pairwise(passages))
        assert rising(clean) or any("column" in why for why in sentence.joins)
        own = {i for a, b in zip(clean.starts, clean.ends, strict=True) for i in range(a, b)}
        assert not own & claimed, "two sentences share a character"
        claimed |= own


@given(documents())
def test_the_words_of_a_sentence_are_the_documents_own(text: str) -> None:
    document = from_text(text, "a.txt")
    assert document.text == text
    check(document)
    for sentence in document.sentences:
        assert bare(quote(document, sentence)) == bare(sentence.text)


@given(documents(), st.data())
def test_the_words_of_any_span_are_the_documents_own(text: str, data: st.DataObject) -> None:
    document = from_text(text, "a.txt")
    sentence = data.draw(st.sampled_from(document.sentences))
    start = data.draw(st.integers(0, len(sentence.text) - 1))
    end = data.draw(st.integers(start + 1, len(sentence.text)))
    # Where several characters came from one, the words of a part are those of the whole character.
    while start > 0 and sentence.clean.starts[start - 1] == sentence.clean.starts[start]:
        start -= 1
    while end < len(sentence.text) and sentence.clean.starts[end - 1] == sentence.clean.starts[end]:
        end += 1
    assert bare(quote(document, sentence, start, end)) == bare(sentence.text[start:end])


@given(documents())
def test_no_letter_is_lost(text: str) -> None:
    document = from_text(text, "a.txt")
    covered = {
        i for s in document.sentences for a, b in zip(s.clean.starts, s.clean.ends, strict=True) for i in range(a, b)
    }
    lost = [text[i] for i in range(len(text)) if text[i].isalpha() and i not in covered]
    assert not lost


@given(st.text(st.characters(codec="utf-8"), max_size=200))
@example("か\u3099\u3099")
@example("\u3099か")
@example("ﾊﾟﾊﾞ㍿㌔ﷺ")
@example("a\u0301\u200b\u0302b")
@example("\u00b4a\u309b")
@example("\r\n \t\r\n。\r\n")
def test_any_text_has_sane_sentences(text: str) -> None:
    document = from_text(text, "a.txt")
    assert document.text == text
    check(document)


@given(st.text(st.sampled_from("<>&;/!-pdivbrh1 \n\"'='a。か#x38*_`[]()|~\\:.1。「」"), max_size=120))
@pytest.mark.parametrize("kind", ["md", "html"])
def test_any_markup_has_sane_sentences(kind: str, text: str) -> None:
    document = from_text(text, f"a.{kind}", kind=kind)
    assert document.text == text
    check(document)


@given(documents())
def test_html_leads_back_to_its_source(text: str) -> None:
    body = "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\n|\f", text))
    source = f"<html><head><title>t</title></head><body><!-- x --><script>var a = '。';</script>{body}</body></html>"
    document = from_text(source, "a.html", kind="html")
    check(document)
    for sentence in document.sentences:
        assert bare(html.unescape(quote(document, sentence))) == bare(sentence.text)


@given(st.text(max_size=60))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normal(text)
    assert normal(once) == once


@given(documents())
def test_every_clean_character_comes_from_the_characters_it_is_made_of(text: str) -> None:
    clean = normalized(plain(text))
    assert rising(clean)
    assert bare(clean.text) == bare(text)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("とはいえ、あつても困る", "とはいえ、あっても困る"),
        ("新しい二ユースです", "新しいニュースです"),
        ("デ一タの提供", "データの提供"),
        ("調査によつてわかった", "調査によってわかった"),
        ("考えてみましよう", "考えてみましょう"),
        ("セキユリテイを守る", "セキュリティを守る"),
    ],
)
def test_sure_misreadings_are_put_right_and_told(wrong: str, right: str) -> None:
    clean, told = repaired(normalized(plain(wrong)))
    assert clean.text == right
    assert told
    document = from_text(wrong + "。", "a.txt")
    assert document.sentences[0].text == right + "。"
    assert any(why.startswith("repaired: ") for why in document.sentences[0].joins)
    assert quote(document, document.sentences[0]) == wrong + "。"


@pytest.mark.parametrize(
    "text",
    [
        "キヤノンとシヤチハタ",
        "二カ所で一ページを読む",
        "かつて立つたびに",
        "十二ユニット",
        "二人の一人",
        "一つのデータ",
        "つてを頼る",
    ],
)
def test_what_only_looks_like_a_misreading_stays(text: str) -> None:
    clean, told = repaired(normalized(plain(text)))
    assert clean.text == text
    assert told == ()


def test_an_invisible_character_does_not_cut_a_passage_in_two() -> None:
    document = from_text("県警\u200bは防\u202e犯\u202cカメラを\r\n更新した。", "a.txt")
    (sentence,) = document.sentences
    assert sentence.text == "県警は防犯カメラを更新した。"
    assert len(sentence.clean.passages(0, len(sentence.text), document.text)) == 1


def test_half_width_kana_with_loose_marks_are_one_character() -> None:
    document = from_text("ｼｽﾃﾑのﾃﾞｰﾀとﾊﾟｽﾜｰﾄﾞを渡した。", "a.txt")
    assert document.sentences[0].text == "システムのデータとパスワードを渡した。"
    at = document.sentences[0].text.index("データ")
    assert quote(document, document.sentences[0], at, at + 3) == "ﾃﾞｰﾀ"


@given(documents())
def test_asides_taken_out_leave_the_rest_as_it_is(text: str) -> None:
    for sentence in from_text(text, "a.txt").sentences:
        main, apart, back = asides(sentence, ())
        assert len(back) == len(main.text)
        assert "".join(sentence.text[i] for i in back) == main.text
        assert all(sentence.clean.starts[i] == main.clean.starts[k] for k, i in enumerate(back))
        own = {i for i in back}
        for at, one in apart:
            assert 0 <= at <= len(main.text)
            assert one.text in sentence.text
            assert not {sentence.clean.starts[i] for i in own} & set(one.clean.starts)


def test_an_aside_is_apart_but_a_bracket_of_a_name_is_not() -> None:
    (sentence,) = from_text("県警(担当・鈴木課長)は(株)東和に発注した。", "a.txt").sentences
    name = sentence.text.index("(株)東和")
    main, apart, _ = asides(sentence, [(name, name + 5)])
    assert main.text == "県警は(株)東和に発注した。"
    assert [one.text for _, one in apart] == ["担当・鈴木課長"]
    assert apart[0][0] == 2
