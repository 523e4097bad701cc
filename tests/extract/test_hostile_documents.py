"""Documents that are empty, huge, broken or made to harm: a sane document or an error that teaches, in bounded work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from graph.extract.flow import Document
from graph.extract.reading.read import MOST_CHARACTERS
from graph.extract.reading.text import from_text, load, of_bytes
from tests.extract.papers import docx, p

S = "県警は駅前の防犯カメラを更新した。"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a"])
@pytest.mark.parametrize(
    "data", [b"", b" \n\r\n\t", "\ufeff".encode(), "\u3000\u200b\n".encode(), b"<p></p>" * 3, b"---\n"]
)
def test_a_document_without_a_sentence_says_so(name: str, data: bytes) -> None:
    if data.startswith(b"<p>") and name != "a.html":
        return
    document = of_bytes(data, name)
    assert document.sentences == ()
    assert "document-empty" in document.notes
    assert document.text.encode() == data


def test_a_file_that_is_not_there_or_a_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(SourceError) as caught:
            load(path)
        assert caught.value.code == "document-unreadable"
        assert caught.value.message("en") and caught.value.message("ja")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_fifty_megabytes_are_refused_with_what_to_do(name: str) -> None:
    data = ((S * 20 + "\n") * 49_000).encode()
    assert len(data) > 49_000_000
    with pytest.raises(SourceError) as caught:
        of_bytes(data, name)
    assert caught.value.code == "document-too-long"
    assert str(MOST_CHARACTERS) in caught.value.message("en").replace(",", "")
    assert "split" in caught.value.message("en") and "分けて" in caught.value.message("ja")


def test_a_word_file_is_bounded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.extract.reading.formats.MOST_CHARACTERS", 100)
    with pytest.raises(SourceError) as caught:
        of_bytes(docx(p(S) * 20), "a.docx")
    assert caught.value.code == "document-too-long"


def test_one_line_of_sixty_thousand_bytes() -> None:
    text = S * 1180
    assert len(text.encode()) > 60_000
    document = of_bytes(text.encode(), "a.txt")
    assert [s.text for s in document.sentences] == [S] * 1180
    unbroken = of_bytes(("あ" * 20_000).encode(), "a.txt")
    assert "".join(s.text for s in unbroken.sentences) == "あ" * 20_000


@pytest.mark.parametrize(
    "sign", ["\0", "\x01", "\x08", "\x1b", "\x7f", "\x9f", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe"]
)
def test_controls_and_bidi_marks_are_passed_over_and_stay_in_the_evidence(sign: str) -> None:
    text = f"県警{sign}は駅前の{sign}防犯カメラを更新した。{sign}\n"
    document = of_bytes((text * 3).encode(), "a.txt")
    assert [s.text for s in document.sentences] == [S] * 3
    for number, sentence in enumerate(document.sentences):
        (passage,) = sentence.clean.passages(0, len(S), document.text)
        words = document.text[passage.start : passage.end]
        assert words.replace(sign, "") == S and words.count(sign) >= 2
        assert passage.start == number * len(text)


def test_marks_piled_on_a_character_do_no_harm() -> None:
    document = from_text("か" + "\u0301" * 5000 + "が来た。", "a.txt")
    assert document.sentences[0].text.startswith("か")
    check(document)


def check(document: Document) -> None:
    for sentence in document.sentences:
        for start, end in zip(sentence.clean.starts, sentence.clean.ends, strict=True):
            assert 0 <= start <= end <= len(document.text)


@given(st.binary(max_size=300), st.sampled_from(["txt", "md", "html", "pdf", "docx", "exe", ""]))
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        document = of_bytes(data, f"a.{suffix}")
    except SourceError as error:
        assert error.code.startswith("document-")
        assert "a." in error.message("en") and "a." in error.message("ja")
    else:
        check(document)
        document.text.encode()


@given(st.binary(max_size=60), st.integers(0, 900), st.integers(0, 40))
def test_a_damaged_word_file_is_read_or_refused(junk: bytes, at: int, gone: int) -> None:
    whole = docx(p(S) * 3)
    try:
        document = of_bytes(whole[:at] + junk + whole[at + gone :], "a.docx")
    except SourceError as error:
        assert error.code.startswith("document-")
    else:
        check(document)


def test_markup_that_is_nested_deeply_is_read() -> None:
    deep = 20_000
    assert of_bytes(("<div>" * deep + S).encode(), "a.html").sentences[0].text == S
    assert of_bytes(("<b><i>" * deep + S).encode(), "a.html").sentences[0].text == S
    assert of_bytes(("> " * deep + S).encode(), "a.md").sentences[0].text.endswith(S)
    assert of_bytes(("[" * deep + S).encode(), "a.md").sentences[0].text.endswith(S)
    nested = "<w:ins>" * 2000 + f"<w:r><w:t>{S}</w:t></w:r>" + "</w:ins>" * 2000
    assert of_bytes(docx(f"<w:p>{nested}</w:p>"), "a.docx").sentences[0].text == S


def test_text_boxes_within_text_boxes_are_read_or_refused() -> None:
    body = p(S)
    for _ in range(400):
        body = f"<w:p><w:r><w:txbxContent>{body}</w:txbxContent></w:r></w:p>"
    try:
        document = of_bytes(docx(body), "a.docx")
    except SourceError as error:
        assert error.code.startswith("document-")
    else:
        assert [s.text for s in document.sentences] == [S]


# --- the work grows with the document and no faster

SHAPES: dict[str, tuple[str, str]] = {
    "lines": ("txt", S + "\n"),
    "one line": ("txt", S),
    "broken off": ("txt", "県警がカメラを更新したとの報道を受けた団体「考える会の\n\n"),
    "open brackets": ("txt", "「"),
    "pairs": ("txt", "「あ」"),
    "quotations": ("txt", 'He said "yes" and left. '),
    "curly quotations": ("txt", "He said “yes” and left. "),
    "dots": ("txt", "."),
    "initials": ("txt", "U.S."),
    "blank lines": ("txt", "\n"),
    "short lines": ("txt", "a\n"),
    "page numbers": ("txt", "- 1 -\n"),
    "marks": ("txt", "\u3099"),
    "open tags": ("html", "<div>"),
    "cut tags": ("html", "<a "),
    "cut values": ("html", '<a b="'),
    "cut comments": ("html", "<!--"),
    "notes": ("html", "<sup>"),
    "closing tags": ("html", "</p>"),
    "entities": ("html", "&amp"),
    "paragraphs": ("html", "<p>あ。</p>"),
    "emphasis": ("md", "*a "),
    "labels": ("md", "[a]("),
    "pictures": ("md", "![a]("),
    "comments": ("md", "<!--"),
    "cells": ("md", "|a"),
    "code": ("md", "`a"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_no_faster_than_the_document(shape: str) -> None:
    """Counted in lines of Python, which no busy machine changes."""
    kind, part = SHAPES[shape]
    few, many = (lines_run(partial(from_text, part * (n // len(part)), "a", kind=kind)) for n in (4_000, 16_000))
    assert many <= 5 * few + 2_000


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python run."""
    count = 0

    def trace(frame: object, event: str, _: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count
