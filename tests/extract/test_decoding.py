"""Bytes become characters: what every encoding gives back, what is refused and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from graph.extract.reading.decoding import decoded
from graph.extract.reading.text import of_bytes

JAPANESE = "県警は、防犯カメラの記録を七日で消すと説明した。市民団体は「短すぎる」と話している。\n"
WESTERN = "Der Bürgerverein prüft die Kameras – “täglich”, wie er sagt.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso2022_jp"])
def test_what_says_how_it_is_encoded_is_not_guessed(encoding: str) -> None:
    data = JAPANESE.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    text, guessed = decoded(data, "a.txt")
    assert text.removeprefix("\ufeff") == JAPANESE
    assert not guessed


def test_the_mark_of_utf_8_stays_a_character_so_that_offsets_agree_with_every_other_reader() -> None:
    text, _ = decoded(JAPANESE.encode("utf-8-sig"), "a.txt")
    assert text == "\ufeff" + JAPANESE
    read = of_bytes(JAPANESE.encode("utf-8-sig"), "a.txt")
    assert read.text == "\ufeff" + JAPANESE
    assert next(s.text for s in read.sentences).startswith("県警は")
    assert read.sentences[0].clean.starts[0] == 1


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize("text", [JAPANESE, JAPANESE * 40, "お知らせ\r\n" + JAPANESE, "2016年3月、市長が答えた。"])
def test_old_japanese_encodings_are_told_apart(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding), "a.txt") == (text, True)


@given(
    st.text(st.sampled_from("県警市民カメラのはがをにでとした。、「」会議録二〇一五年abc12\n"), min_size=8).filter(
        lambda text: sum(c in "のはがをにでとした" for c in text) * 4 > len(text)
    )
)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-8", "utf-16"])
def test_no_character_is_lost_or_invented(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding), "a.txt")[0].removeprefix("\ufeff") == text


def test_windows_letters_of_shift_jis_are_read() -> None:
    text = "①番の㈱髙島は、〜と答えた。№３の﨑さんの話です。"
    assert decoded(text.replace("〜", "～").encode("cp932"), "a.txt")[0] == text.replace("〜", "～")


def test_western_text_is_not_made_japanese() -> None:
    assert decoded(WESTERN.encode("cp1252"), "a.txt") == (WESTERN, True)


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    page = f'<html><meta charset="Shift_JIS"><p>{JAPANESE}'
    read = of_bytes(page.encode("cp932"), "a.html")
    assert read.text == page
    assert "document-encoding-guessed" not in read.notes


@pytest.mark.parametrize("declared", ["utf-16", "utf-7", "base64", "no such thing", "rot13", "euc-jp", "\x00"])
def test_a_declaration_that_lies_does_no_harm(declared: str) -> None:
    text, _ = decoded(JAPANESE.encode("cp932"), "a.html", declared)
    assert text == JAPANESE


def test_utf_8_wins_over_a_declaration_that_lies() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=euc-jp"><p>{JAPANESE}'
    assert of_bytes(page.encode(), "a.html").text == page


def test_mixed_encodings_are_refused_with_the_place_of_the_first_bad_byte() -> None:
    data = JAPANESE.encode() * 3 + JAPANESE.encode("cp932") + JAPANESE.encode()
    with pytest.raises(SourceError) as caught:
        decoded(data, "a.txt")
    assert caught.value.code == "document-bad-byte"
    assert caught.value.words["line"] == 4
    assert caught.value.words["place"] == len(JAPANESE.encode()) * 3 + 1
    assert "a.txt, line 4" in caught.value.message("en")
    assert "UTF-8" in caught.value.message("ja")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4,
        bytes(1000),
        bytes(range(256)) * 50,
        b"\x7fELF" + bytes(60),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"GIF89a" + bytes(40),
    ],
)
def test_what_is_no_text_is_told_so(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        of_bytes(data, "a.txt")
    assert caught.value.code in ("document-binary", "document-bad-byte")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        text, _ = decoded(data, "a.txt")
    except SourceError as error:
        assert "a.txt" in error.message("en") and "a.txt" in error.message("ja")
    else:
        text.encode()


PASTED = ["県警は防犯カメラを更新した。", "市民団体が質問状を出した。", "記録は七日で消すという。"]


@pytest.mark.parametrize("one", ["cp932", "euc_jp", "utf-8"])
@pytest.mark.parametrize("other", ["cp932", "euc_jp", "utf-8"])
def test_lines_of_two_encodings_never_become_nonsense(one: str, other: str) -> None:
    if one == other:
        return
    for before in range(1, 4):
        data = b"\n".join([*(p.encode(one) for p in PASTED[:before]), PASTED[0].encode(other)])
        with pytest.raises(SourceError) as caught:
            decoded(data, "a.txt")
        assert caught.value.code == "document-bad-byte"


def test_the_place_of_another_encoding_is_told() -> None:
    data = b"\n".join([*(p.encode("euc_jp") for p in PASTED), b"abc " + PASTED[0].encode("utf-8")])
    with pytest.raises(SourceError) as caught:
        decoded(data, "a.txt")
    assert caught.value.words["line"] == 4


@pytest.mark.parametrize("text", ["【お知らせ】", "【2015年】", "㈱カメラ社　東京都千代田区", "※１　〔資料〕"])
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_short_lines_full_of_signs_are_read_as_well(text: str, encoding: str) -> None:
    text = "市民の集いを開きます。\n" + text.replace("㈱", "" if encoding == "euc_jp" else "㈱")
    assert decoded(text.encode(encoding), "a.txt")[0] == text
