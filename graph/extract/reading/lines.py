"""From lines to paragraphs, headings, items and notes.

In: a block of a format: text with its line breaks. Out: Paras, each on one line, with the lines that a typesetter
or a mail program had cut put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from unicodedata import east_asian_width

from ..flow import Clean, Kind, Language
from .normal import gap, joined, normalized, repaired, stripped

_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_JA = "ぁ-ゖァ-ヺー一-鿿々〆、。「」『』（）〜"
_JAPANESE = re.compile(f"[{_JA}]")
_ENDS = re.compile(r"(?:[。！？!?…]|\.{3})[」』）)】〉》\]〕”\"’']*$|[.][”\"’')\]]*$|[」』）)】〉》〕：:；;]$")
ENDED = re.compile(r"[。！？!?.…][」』）)】〉》\]〕”\"’']*$|[」』】〉》〕”]$")
"""How a paragraph ends that is over. （） may close anywhere, so they do not count."""
_BRACKET_END = re.compile(r"[^。！？!?.…][」』】〉》〕)]$")
_GOES_ON = re.compile("(?:[をのはがにでとへも](?![ぁ-ゖ、])|など|から|まで|より|[、。])")
_ITEM = re.compile(
    r"(?:[・●○◎◇◆■□▪▫►▶➢✓•‣◦※★☆▼▽]|[-*+–—](?= )|[①-⑳㈠-㈩]|[(（][0-9０-９ア-ンa-zA-Zｱ-ﾝ一二三四五六七八九十]{1,3}[)）]"
    r"|[0-9０-９]{1,3}(?:[.．、)）](?![0-9])|\s(?=[^0-9年月日]))|[ア-ンa-z][.．)）](?=\s|[ぁ-ヺ一-鿿]))"
)
_NUMBERED = re.compile(
    r"第\s?[0-9０-９一二三四五六七八九十百]+\s?[章節部編回条項話号款](?:[\s:：]|$|[^のにはがをでと、])"
    r"|[0-9]+(?:\.[0-9]+)*\.?\s+\S|[■◆●□◇▼★☆○◎]|[(]?[0-9一二三四五六七八九十]+[)、.]"
    r"|(?:chapter|section|part|annex|appendix)\s+[0-9ivxlc]+\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:[【〔\[(]?\s?(?:註|注|脚注|訳注|原注)\s?[0-9]*\s?[】〕\])：:.、]|※|\*[0-9]+\s|Note[s0-9 ]*[:.])"
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:p(?:age)?\.?\s*)?[0-9]{1,4}\s*(?:(?:/|of|頁)\s*[0-9]{0,4})?(?:頁|ページ)?[-–—\s]*", re.IGNORECASE
)
_HYPHENATED = re.compile(r"[A-Za-z]{2,}-$")
_OPENING = re.compile(r"[ \u3000\t]+")
_LOWER = re.compile(r"[a-z]")
_NOTICE = re.compile(
    r"(?:お知らせ|ご?案内|紹介|募集|を?開催|お願い(?:し?ます|いたします)?|予告|告知|訂正|目次|編集後記)(?:$|\s)"
)
LONGEST_HEADING = 60  # full-width characters


@dataclass(frozen=True)
class Block:
    """What a format bounds: a paragraph of HTML, a run of lines between blank ones, a text box of a page.

    The text is untouched and may hold line breaks. `sure`: the kind was marked up and is not to be guessed.
    `area` numbers regions that the format keeps apart (an aside, a footnote); 0 is the main text.
    """

    clean: Clean
    kind: Kind = "body"
    sure: bool = False
    level: int = 0
    area: int = 0
    page: int = 0
    gap: int = 0  # blank lines before it
    full: bool = False  # its last line reaches the end of the column


@dataclass(frozen=True)
class Para:
    """A paragraph on one line."""

    clean: Clean
    kind: Kind = "body"
    level: int = 0
    area: int = 0
    page: int = 0
    gap: int = 0
    indented: bool = False
    sure: bool = False
    full: bool = False
    joins: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text


@dataclass(frozen=True)
class _Line:
    clean: Clean
    indent: int
    width: int


def width(text: str) -> float:
    """The width in full-width characters."""
    return sum(1.0 if east_asian_width(c) in "WFA" else 0.5 for c in text)


def paragraphs(block: Block) -> Iterator[Para]:
    """The paragraphs of a block. Page numbers are left out."""
    lines = list(_lines(block.clean))
    if not lines:
        return
    lang = lang_of(" ".join(line.clean.text for line in lines[:20]))
    full = max(line.width for line in lines)
    group: list[_Line] = []
    first = True
    for line in lines:
        if group and not _runs_on(group, line, full, lang, len(lines)):
            yield from _told(block, group, lang, first)
            group, first = [], False
        group.append(line)
    for para in _told(block, group, lang, first):
        yield replace(para, full=block.full)


def _told(block: Block, group: list[_Line], lang: Language, first: bool) -> Iterator[Para]:
    if len(group) == 1 and not block.sure and _PAGE_NUMBER.fullmatch(group[0].clean.text):
        return
    para = _para(block, group, lang)
    if block.sure:
        yield replace(para, gap=block.gap if first else 0)
        return
    kind = kind_of(para.text) if block.kind == "body" else block.kind
    yield replace(para, kind=kind, gap=block.gap if first else 0)


def kind_of(text: str) -> Kind:
    """What an unmarked paragraph is, as far as its own words tell; a heading is only ever a short line."""
    if _NOTE.match(text):
        return "note"
    if is_heading(text):
        return "heading"
    return "item" if _ITEM.match(text) else "body"


def is_heading(text: str) -> bool:
    """Whether a line may be a heading: short, and no sentence."""
    if width(text) > LONGEST_HEADING or not re.search(r"\w", text):
        return False
    numbered = bool(_NUMBERED.match(text))
    if re.search(r"[。、,，;；:：]$", text) or (text.endswith(".") and not (numbered and len(text.split()) < 4)):
        return False
    if re.search(r"。.", text) and not re.fullmatch(r"[【「『《〈].*[】」』》〉]", text):
        return False
    if _ITEM.match(text) and not numbered:
        return False
    if _NOTICE.search(text):
        return True
    return not (_LOWER.match(text) or re.search(r"(?:です|ます|ました|ません|である|であった|でしょう)$", text))


def is_notice(text: str) -> bool:
    """Whether a heading announces something new by its own words (…のお知らせ), or is numbered."""
    return bool(_NOTICE.search(text) or _NUMBERED.match(text))


def lang_of(text: str, otherwise: Language = "ja") -> Language:
    """Japanese or English, by kana and kanji against words in Latin letters."""
    hiragana = len(re.findall("[ぁ-ゖ]", text))
    others = len(re.findall("[ァ-ヺー一-鿿々]", text))
    words = len(re.findall(r"[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?", text))
    if not words:
        return "ja" if hiragana or others else otherwise
    if hiragana:
        return "ja" if 2 * (hiragana + others) > words else "en"
    return "ja" if others > 2 * words else "en"


def _lines(clean: Clean) -> Iterator[_Line]:
    at = 0
    text = clean.text
    for found in [*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]:
        raw = clean[at : found[0]]
        at = found[1]
        opening = _OPENING.match(raw.text)
        line = stripped(normalized(raw))
        if line.text:
            indent = int(2 * width(opening[0].replace("\t", "    "))) if opening else 0
            yield _Line(line, indent, int(2 * width(line.text)))


def _runs_on(group: list[_Line], line: _Line, full: int, lang: Language, count: int) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    before = group[-1]
    text, last = line.clean.text, before.clean.text
    if _PAGE_NUMBER.fullmatch(text) or _PAGE_NUMBER.fullmatch(last):
        return False
    counts = before.width >= 0.6 * full and not _ENDS.search(last) and _is_count(text, group[0].clean.text)
    if not counts and (_ITEM.match(text) or _NOTE.match(text) or re.match(r"[【■◆●]", text)):
        return False
    if line.indent > before.indent and len(group) > 1 and not _ITEM.match(group[0].clean.text):
        return False
    if line.indent > before.indent and _ENDS.search(last):
        return False
    if _HYPHENATED.search(last) and _LOWER.match(text):
        return True
    if lang == "en":
        if re.search(r"[.!?:][”\"’')]*$", last):
            return before.width >= 0.75 * full and count > 2
        return bool(_LOWER.match(text)) or before.width >= 0.6 * full or last.endswith(",")
    if re.search("[、,]$", last) or (_BRACKET_END.search(last) and _GOES_ON.match(text)):
        return True
    if _ENDS.search(last):
        return before.width >= full - 3 and not re.search("[」』】：:]$", last) and full <= 160
    return before.width >= 0.85 * full and full >= 16


def _is_count(text: str, first: str) -> bool:
    """Whether a figure at the beginning of a line is a count in a sentence, and not the number of the next item."""
    found, before = re.match(r"([0-9]{1,9})[ .]", text), re.match("[0-9]{1,9}", first)
    return bool(found and int(found[1]) != (int(before[0]) + 1 if before else 1))


def _para(block: Block, lines: list[_Line], lang: Language) -> Para:
    parts = [lines[0].clean]
    for before, line in pairwise(lines):
        last, text = before.clean.text, line.clean.text
        if _HYPHENATED.search(last) and _LOWER.match(text):
            parts[-1] = parts[-1][:-1]
        elif not (_JAPANESE.match(last[-1]) and _JAPANESE.match(text[0])) and (
            lang == "en" or (re.match("[A-Za-z0-9]", text) and re.search("[A-Za-z0-9,.]$", last))
        ):
            parts.append(gap(parts[-1], line.clean, " "))
        parts.append(line.clean)
    clean, told = repaired(joined(parts))
    joins = tuple(f"repaired: {one}" for one in told)
    return Para(
        clean,
        block.kind,
        block.level,
        block.area,
        block.page,
        block.gap,
        lines[0].indent >= 2,
        block.sure,
        False,
        joins,
    )
