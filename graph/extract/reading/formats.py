"""Files of text, Markdown, HTML, PDF and Word, read alike.

In: bytes and the name they came under. Out: the untouched text that all offsets count in, blocks of it with their
way back, and what the file says of itself. For txt, md and html the untouched text is the file as it was decoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...errors import SourceError
from ...model import When
from ..flow import Clean
from .decoding import decoded
from .lines import Block
from .read import MOST_CHARACTERS, Read

SUFFIXES = {
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
}


def read(data: bytes, name: str, charset: str = "") -> Read:
    """A file's text and blocks; `charset` is for one that does not say how it is encoded.

    Raises SourceError with what is wrong with it.
    """
    kind = kind_of(data, name)
    if kind == "pdf":
        from .pdf import read_pdf

        return _bounded(read_pdf(data, name), name)
    if kind == "docx":
        from .docx import read_docx

        return _bounded(read_docx(data, name), name)
    declared = ""
    if kind == "html":
        found = re.search(
            rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096], re.I
        )
        declared = found[1].decode("ascii", "replace") if found else ""
    text, guessed = decoded(data, name, declared or charset)
    made = read_text(text, name, kind)
    if guessed:
        made = Read(
            made.text, made.blocks, made.kind, made.told, made.loose, (*made.notes, "document-encoding-guessed")
        )
    return made


def read_text(text: str, name: str, kind: str = "txt") -> Read:
    """A text that is decoded already."""
    if len(text) > MOST_CHARACTERS:
        raise _too_long(name, text)
    readers: dict[str, Callable[[str], Read]] = {"txt": read_plain, "md": _markdown, "html": _html}
    return readers.get(kind, read_plain)(text)  # the text taken out of a pdf or docx is plain


def kind_of(data: bytes, name: str) -> str:
    """The kind of a file: by what it begins with, then by its name."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    kind = SUFFIXES.get(suffix, "")
    if data.startswith(b"PK\x03\x04"):
        if kind == "docx" or b"word/" in data[:4096] or b"[Content_Types].xml" in data[:4096]:
            return "docx"
        raise SourceError("document-binary", file=name)
    if kind == "docx" and "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceError("document-locked", file=name)
    if kind in ("pdf", "docx"):
        raise SourceError("document-not-its-kind", file=name, kind=kind)
    if not kind and re.match(rb"\s*(?:<!doctype html|<html)", data[:512].lstrip(b"\xef\xbb\xbf"), re.I):
        return "html"
    return kind or "txt"


def _bounded(made: Read, name: str) -> Read:
    if len(made.text) > MOST_CHARACTERS:
        raise _too_long(name, made.text)
    return made


def _too_long(name: str, text: str) -> SourceError:
    return SourceError("document-too-long", file=name, characters=len(text), most=MOST_CHARACTERS)


_BLANK = re.compile("[^\n\r\v\f\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|$)")


def read_plain(text: str) -> Read:
    """Plain text: its blocks are the lines between blank ones."""
    return Read(text, tuple(plain_blocks(text)), "txt", loose=True)


def plain_blocks(text: str) -> Iterator[Block]:
    """The runs of lines of a text, with the number of blank lines before each."""
    start, at, blanks, page, first = -1, 0, 0, 0, 0
    while at < len(text):
        match = _BLANK.match(text, at)
        end = match.end() if match else len(text)
        line = text[at:end]
        if line.strip("\ufeff\u200b\u2060 \t\n\r\v\f\x85\u2028\u2029\u3000\u00a0"):
            if start < 0:
                start, first = at, blanks
        else:
            if start >= 0:
                yield Block(piece(text, start, at), page=page, gap=first)
                start, blanks = -1, 0
            blanks += 1
        if "\f" in line and start >= 0:
            yield Block(piece(text, start, end), page=page, gap=first)
            start, blanks = -1, 0
        page += line.count("\f")
        at = end
    if start >= 0:
        yield Block(piece(text, start, at), page=page, gap=first)


def piece(text: str, start: int, end: int) -> Clean:
    """The characters [start, end) of the untouched text, as they are."""
    return Clean(text[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))


def day(told: str) -> When | None:
    """The date that a file's own words begin with: 2016-02-26T09:00, D:20160226, 2016年2月26日."""
    told = told.strip()
    if match := re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?!\d{0,1}$)", told) or re.match(
        r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", told
    ):
        told = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    try:
        return When.parse(told)
    except ValueError:
        return None


def _markdown(text: str) -> Read:
    from .md import read_markdown

    return read_markdown(text)


def _html(text: str) -> Read:
    from .html_blocks import read_html

    return read_html(text)
