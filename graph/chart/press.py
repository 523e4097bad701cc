"""A sheet as PDF or PNG, set by typst with the fonts of this machine.

In: a Sheet. Out: bytes, the same for the same sheet, fonts and typst; the PDF carries its fonts, its text can be
searched, and it has no date. Names reach typst as values, never as its markup. typst is optional.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Literal

from ..errors import ChartError
from .sheet import Sheet
from .text import clean

PPI = 192  # two pixels for each of a screen's
_PAGE = b"""
#set document(title: sys.inputs.title, date: none)
#set page(width: float(sys.inputs.w) * 1pt, height: float(sys.inputs.h) * 1pt, margin: 0pt)
#set text(lang: sys.inputs.lang)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, alt: sys.inputs.title)
"""
# One small page for each character; those that come out alike and like no letter have no font.
_PROBE = rb"""
#set page(width: 24pt, height: 24pt, margin: 2pt)
#set text(size: 14pt)
#for char in sys.inputs.chars.split("\n") { page(text(char)) }
"""
_NO_LETTERS = ("\u0378", "\u0379")  # never assigned: what a font has for what it has not
_STRUCK = "✕"
_OWN_MARK = re.compile(rf'(<g class="line[^\n]*<tspan[^>]*>){_STRUCK}')  # before the label of a denied line
_MOST_TOLD = 12


def pdf(sheet: Sheet, lang: str = "ja", file: object = "chart.pdf") -> bytes:
    """The sheet as a PDF of one page. Raises ChartError where typst is missing, or a font; `file` is named in it."""
    return _set(sheet, lang, file, "pdf")


def png(sheet: Sheet, lang: str = "ja", file: object = "chart.png") -> bytes:
    """The sheet as a picture, two pixels for each of a screen's. Raises as `pdf` does."""
    return _set(sheet, lang, file, "png", ppi=PPI)


def _set(sheet: Sheet, lang: str, file: object, format: Literal["pdf", "png"], ppi: int | None = None) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise ChartError("chart-no-typst", file=file) from error
    svg = sheet.svg
    missing = without_font(_letters(svg))
    if _STRUCK in missing:  # rare among fonts; the sign that multiplies is in all of them
        svg = _OWN_MARK.sub(r"\1×", svg)
        missing = without_font(_letters(svg))
    if missing:
        raise ChartError("chart-no-font", chars=" ".join(missing[:_MOST_TOLD]))
    title = clean(sheet.title)
    given = {"svg": svg, "title": title, "lang": lang, "w": f"{sheet.w:.3f}", "h": f"{sheet.h:.3f}"}
    try:
        return typst.compile(_PAGE, format=format, sys_inputs=given, ppi=ppi)
    except (typst.TypstError, RuntimeError) as error:
        raise ChartError("chart-not-set", why=" ".join(str(error).split())) from error


@lru_cache(maxsize=8)
def without_font(chars: str) -> str:
    """Those of the characters for which no font of this machine has a shape."""
    import typst

    asked = [char for char in chars if not char.isspace() and not char.isascii()]
    if not asked:
        return ""
    pages = typst.compile(_PROBE, format="png", ppi=72, sys_inputs={"chars": "\n".join([*_NO_LETTERS, *asked])})
    nothing, other, *shown = pages
    if nothing != other:  # a font with a shape for everything
        return ""
    return "".join(char for char, page in zip(asked, shown, strict=True) if page == nothing)


def _letters(svg: str) -> str:
    """Every character that is printed, once, letters first."""
    found = {char for text in re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", svg) for char in unescape(text)}
    return "".join(sorted(found, key=lambda char: (not char.isalpha(), char)))
