"""Where Japanese and English sentences end, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.flow import Language
from graph.extract.reading.sentences import spans


def cut(text: str, lang: Language) -> list[str]:
    return [text[a:b] for a, b in spans(text, lang)]


JAPANESE = [
    ["県警は答えた。", "市は黙った！", "なぜか？", "わからない。"],
    ["会は「条件は何か。文書はあるのか」と尋ねた。", "市は答えた。"],
    ["「答えない。」と市は言った。", "会は怒った。"],
    ["市は答えない（条例にそう書いてある。）。", "会は怒った。"],
    ["市は九月に答えた(議事録による。)。", "会は怒った。"],
    ["費用は3.5倍になり、バージョン2.0を入れた。", "以上。"],
    ["『NO!監視』の第3号に載った。", "読んでほしい。"],
    ["NO!カメラの会が開いた。", "市は答えた。"],
    ["これでよいのか、と会は問う。", "市は答えた。"],
    ["よいのか?と会は問う。", "市は答えた。"],
    ["「会が決めた。」", "「市は答えた。」"],
    ["【続報】県警は答えた。", "市も答えた。"],
    ["開いたままの「括弧がある。", "次の文です。"],
    ["閉じすぎた」括弧がある。", "次の文です。"],
    ["市は「(案)。」を示した。", "会は読んだ。"],
    ["答えた.", "黙った."],
]
ENGLISH = [
    ["The police answered.", "The city did not!", "Why?", "Nobody knows."],
    ["Mr. Smith of Acme Inc. spoke to Dr. Jones.", "He said no."],
    ["The U.S. firm paid $3.5 million.", "It sued."],
    ["It was signed by J. R. Smith.", "Nobody saw it."],
    ["The firm is Acme Inc.", "The police use it."],
    ['"We were never asked. Nobody told us," she said.', "The city disagreed."],
    ["“We were never asked.”", "The city disagreed."],
    ["See No. 12, Art. 5 and p. 7.", "It ends."],
    ["They met at 5 p.m. on 3 Feb. 2016.", "It ended late."],
    ["It waited … and waited.", "Then it spoke."],
    ["It ended...", "Then it began."],
    ["It said (see annex B.) nothing.", "It ends."],
]


@pytest.mark.parametrize("wanted", JAPANESE, ids=lambda w: w[0])
def test_japanese_sentences(wanted: list[str]) -> None:
    assert cut("".join(wanted), "ja") == wanted


@pytest.mark.parametrize("wanted", ENGLISH, ids=lambda w: w[0])
def test_english_sentences(wanted: list[str]) -> None:
    assert cut(" ".join(wanted), "en") == wanted


SIGNS = "。.!?！？「」『』（）()【】“”\"' \n県警はabA1…、,"


@given(st.text(st.sampled_from(SIGNS), max_size=80) | st.text(max_size=60))
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_sentences_cover_the_text_in_order_and_never_overlap(lang: Language, text: str) -> None:
    found = spans(text, lang)
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.lists(st.sampled_from([s for group in JAPANESE[:4] for s in group if "「" not in s]), max_size=6))
def test_whole_sentences_stay_whole_whatever_stands_beside_them(sentences: list[str]) -> None:
    assert cut("".join(sentences), "ja") == sentences


@given(
    st.lists(st.sampled_from(["The city answered.", "It cost $3.5 million.", "Why?", "Mr. Smith left."]), max_size=6)
)
def test_whole_english_sentences_stay_whole(sentences: list[str]) -> None:
    assert cut(" ".join(sentences), "en") == sentences


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_bracket_that_never_closes_does_not_swallow_the_text(lang: Language) -> None:
    text = "「" + "市は答えた。" * 400 if lang == "ja" else "“" + "The city answered. " * 400
    assert len(spans(text, lang)) >= 390
