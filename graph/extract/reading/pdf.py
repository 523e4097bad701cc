"""PDF: the words of the pages, in the order of their columns.

In: the bytes of a file. Out: Read; the untouched text is the extracted one: pages ended by a form feed, blocks by an
empty line. PDFium reads the pages, the layout of their words is judged in page_layout.py.
"""

from __future__ import annotations

import re
from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING

from ...errors import SourceError
from ..flow import Clean
from .lines import Block
from .page_layout import Glyph, Text, laid_out
from .read import MOST_CHARACTERS, Read, Told

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_Box = tuple[float, float, float, float]
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")
_SAME_PAGES = 3  # a line at the edge of so many pages is a running title


def read_pdf(data: bytes, name: str) -> Read:
    """The blocks of a PDF file. Raises SourceError where it is locked, broken, or only pictures of pages."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        # PDFium's last error may be that of another file, so the file must say itself that it is locked.
        locked = b"/Encrypt" in data and re.search("[Pp]assword|[Ss]ecurity", str(error))
        raise SourceError("document-locked" if locked else "document-broken", file=name, why=_why(error)) from None
    try:
        pages, bare, failed = _pages(document, name)
        told = _told(document)
    finally:
        document.close()
    letters = sum(len(block.text) for page in pages for block in page)
    if not letters:
        if failed:
            raise SourceError("document-broken", file=name, why=failed)
        raise SourceError("document-scanned", file=name)
    if sum(len(_ODD.findall(block.text)) for page in pages for block in page) * 4 > letters:
        raise SourceError("document-no-letters", file=name)
    notes = ("document-pages-without-text",) if bare else ()
    return _written(pages, told, notes)


def _why(error: Exception) -> str:
    told = " ".join(str(error).split())
    inner = re.search(r"PDFium: ([^()]*)", told)
    told = (inner[1] if inner else told).strip(" .")
    return "no page in it" if told == "Success" else told[:120]


def _pages(document: PdfDocument, name: str) -> tuple[list[list[Text]], int, str]:
    """The pages, how many of them hold no text, and why one of them could not be read."""
    from pypdfium2 import PdfiumError

    pages: list[list[Text]] = []
    bare = length = 0
    failed = ""
    for number in range(len(document)):
        glyphs: list[Glyph] = []
        try:
            page = document[number]
            try:
                glyphs = _glyphs(page)
            finally:
                page.close()
        except PdfiumError as error:
            failed = _why(error)
        pages.append(laid_out(glyphs))
        bare += not glyphs
        length += len(glyphs)
        if length > MOST_CHARACTERS:
            raise SourceError("document-too-long", file=name, characters=length, most=MOST_CHARACTERS)
    return pages, bare, failed


def _glyphs(page: PdfPage) -> list[Glyph]:
    """The characters of a page with their boxes, upright whichever way the page is turned."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        turned, (x0, y0, x1, y1) = page.get_rotation(), page.get_mediabox()
        wide, high = x1 - x0, y1 - y0
        found: list[Glyph] = []
        first_half = 0  # of a character beyond U+FFFF, which PDFium tells in two
        for i in range(textpage.count_chars()):
            code = raw.FPDFText_GetUnicode(textpage, i)
            if 0xD800 <= code < 0xDC00:
                first_half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((first_half - 0xD800) << 10) + code - 0xDC00 if first_half else 0xFFFD
            first_half = 0
            if code in (0x02, 0xFFFE):  # how PDFium marks a hyphen at the end of a line
                code = 0x2D
            if code in (0x0D, 0x0A, 0x00):
                continue
            char = chr(code) if code < 0x110000 else "\ufffd"
            box, size, way = _measured(textpage, i, char)
            if not all(map(isfinite, (*box, *way, size))):
                continue
            generated = raw.FPDFText_IsGenerated(textpage, i) == 1 or (char.isspace() and box[2] <= box[0])
            along = _upright((*way, *way), turned, 0, 0)
            found.append(Glyph(char, *_upright(box, turned, wide, high), size, generated, -along[1] > abs(along[0])))
        return found
    finally:
        textpage.close()


def _measured(textpage: PdfTextPage, i: int, char: str) -> tuple[_Box, float, tuple[float, float]]:
    """A character's box, its size, and the direction in which its line is written."""
    import ctypes

    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top)
    box = (left.value, bottom.value, right.value, top.value)
    matrix, loose = raw.FS_MATRIX(), raw.FS_RECTF()
    size, way = raw.FPDFText_GetFontSize(textpage, i), (1.0, 0.0)
    if raw.FPDFText_GetMatrix(textpage, i, matrix):
        size *= abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        way = (matrix.a, matrix.b)
    if raw.FPDFText_GetLooseCharBox(textpage, i, loose):
        if char > "\u2e80":
            box = (loose.left, loose.bottom, loose.right, loose.top)
        elif way[0]:
            box = (box[0], loose.bottom, box[2], loose.top)
    return box, size or 10.0, way


def _upright(box: _Box, turned: int, wide: float, high: float) -> _Box:
    x0, y0, x1, y1 = box
    if turned == 90:
        return y0, wide - x1, y1, wide - x0
    if turned == 180:
        return wide - x1, high - y1, wide - x0, high - y0
    if turned == 270:
        return high - y1, x0, high - y0, x1
    return box


def _told(document: PdfDocument) -> Told:
    def told(key: str) -> str:
        try:
            return _sane(document.get_metadata_value(key))
        except UnicodeDecodeError:  # half a character, as damaged files have it
            return ""

    return Told(told("Title"), told("Author"), told("CreationDate"))


def _sane(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())


def _written(pages: list[list[Text]], told: Told, notes: tuple[str, ...]) -> Read:
    running = _running(pages)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for number, page in enumerate(pages):
        for text in page:
            if not (text.edge and _shape(text.text) in running):
                end = length + len(text.text)
                clean = Clean(text.text, tuple(range(length, end)), tuple(range(length + 1, end + 1)))
                blocks.append(Block(clean, page=number, gap=1, full=text.full))
            parts.append(text.text + "\n\n")
            length += len(parts[-1])
        parts.append("\f")
        length += 1
    return Read("".join(parts), tuple(blocks), "pdf", told, loose=True, notes=notes)


def _running(pages: list[list[Text]]) -> set[str]:
    """What stands at the edges of many pages: running titles and page numbers."""
    count = Counter(shape for page in pages for shape in {_shape(text.text) for text in page if text.edge})
    return {shape for shape, times in count.items() if times >= max(_SAME_PAGES, len(pages) // 4)}


def _shape(text: str) -> str:
    return re.sub(r"[0-9０-９一二三四五六七八九十]+", "0", " ".join(text.split()))
