"""The parser of Japanese: offsets, cutting, empty texts."""

from __future__ import annotations

import warnings

import pytest

pytest.importorskip("ginza")

from graph.extract.parse import LIMIT, MODEL, _pieces, available, parse


def test_the_parser_is_there() -> None:
    assert available()


def test_every_word_stands_where_it_says() -> None:
    texts = ["警察庁は 要綱を改正した。", "", "　全角の　空白も。", "A社は100台を納めた（税別）。"]
    for text, parsed in zip(texts, parse(texts), strict=True):
        assert parsed.text == text
        assert [text[t.start : t.end] for t in parsed.tokens] == [t.text for t in parsed.tokens]
        assert [t.i for t in parsed.tokens] == list(range(len(parsed.tokens)))


def test_the_tree_has_the_verb_over_its_arguments() -> None:
    parsed = parse(["警察庁は要綱を改正した。"])[0]
    by = {t.text: t for t in parsed.tokens}
    assert by["改正"].head == by["改正"].i
    assert by["警察庁"].head == by["要綱"].head == by["改正"].i
    assert by["要綱"].dep == "obj"


def test_a_label_is_what_the_whole_parser_makes_of_it() -> None:
    spacy = pytest.importorskip("spacy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = spacy.load(MODEL)
    texts = [
        "警察庁が改正した要綱は、都道府県の役割を定めている。",
        "東京都千代田区の書店で、客の顔を撮っていたという。",
        "A、B、C。",
    ]
    for parsed, doc in zip(parse(texts), whole.pipe(texts), strict=True):
        told = [(t.text, t.lemma, t.pos, t.tag, t.dep, t.head) for t in parsed.tokens]
        assert told == [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc]


def test_no_texts_need_no_parser() -> None:
    assert parse([]) == []


def test_what_the_parser_refuses_is_cut_at_commas() -> None:
    text = "警察庁は要綱を改正し、" * 2000
    pieces = list(_pieces(text))
    assert len(pieces) > 1
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= LIMIT for piece in pieces)
    assert all(piece.endswith("、") for piece in pieces)


def test_a_text_without_commas_is_cut_all_the_same() -> None:
    text = "あ" * 20_000
    pieces = list(_pieces(text))
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= LIMIT for piece in pieces)


def test_a_cut_sentence_keeps_its_offsets() -> None:
    text = "x、" * 2_000
    parsed = parse([text])[0]
    assert len(text.encode()) > LIMIT
    assert "".join(t.text for t in parsed.tokens) == text
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)
    assert all(0 <= t.head < len(parsed.tokens) for t in parsed.tokens)


def test_texts_of_any_length_stay_in_order() -> None:
    texts = ["", "駅。", "警察庁は要綱を改正し、" * 300, " ", "店。", "あ" * 2_500, "\u3000"]
    assert [parsed.text for parsed in parse(texts)] == texts
