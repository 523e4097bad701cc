"""Sentences of Japanese and English paragraphs.

In: the text of a paragraph. Out: the spans of its sentences, without the spaces between them. A quotation of several
sentences stays in the sentence that reports it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..flow import Language, Span

_OPEN = {
    "「": "」",
    "『": "』",
    "(": ")",
    "（": "）",
    "【": "】",
    "〈": "〉",
    "《": "》",
    "[": "]",
    "〔": "〕",
    "“": "”",
}
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_LONGEST_QUOTE = 1500  # a bracket that is open for longer was misread or forgotten
_JA_MARK = re.compile(r"[。！？!?「」『』()（）【】〈〉《》\[\]〔〕“”\n]|\.(?![0-9A-Za-z.])")
_JA_LETTER = re.compile("[ぁ-ゖァ-ヺー一-鿿々」』)]")
_GOES_ON = re.compile(r"\s*(?:[とのがをにはもで、,・」』)やへだな]|って|から|まで|という|など)")
_LABEL = re.compile("[【〔\\[(][^【〔\\[()】〕\\]]{1,8}[】〕\\])]")
_ASKED_ON = re.compile(r"\s*(?:と|という|って|、)")
_EN_END = re.compile(r"(?:\.{3}|…|[.!?]+)[)\]”\"’']*(?=\s|$)|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|St|Mt|Messrs|No|Nos|Art|Arts|Sec|Secs|Fig|Figs|Vol|"
    r"Vols|Ch|pp|p|para|paras|ed|eds|vs|v|cf|viz|approx|est|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
    r"|\b(?:e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|Ph\.D|D\.C)|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)
_MAY_END = re.compile(
    r"\b(?:Inc|Ltd|Corp|Co|LLC|Bros|Jr|Sr|etc|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|D\.C|No|al|(?:[A-Z]\.)+[A-Z])\.[)\]”\"’']*$"
)
_STARTER = re.compile(
    r"\s+[“\"‘'(]*(?:The|A|An|It|Its|In|On|At|As|He|She|They|We|I|You|This|That|These|Those|There|However|But|And|Under|"
    r"According|After|Before|When|While|If|For|From|By|To|Since|Although|Meanwhile|Moreover|Also|Both|All|Some|Many|Most|"
    r"No|Not|Our|Their|His|Her|What|Why|How|Who|Last|Earlier|Later|Critics|Police|Officials)\b"
)
_SAID = re.compile(
    r"\s+(?:[a-z]|(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|told|asked|added|wrote|writes|argued|argues|explained|noted|"
    r"warned|claimed|replied|stated|announced|insisted|concluded)\b|(?:said|says|told|asked|added|wrote)\b)"
)


def spans(text: str, lang: Language) -> list[Span]:
    """The sentences of a paragraph."""
    cuts = [*(_japanese(text) if lang == "ja" else _english(text)), len(text)]
    found: list[Span] = []
    at = 0
    for cut in cuts:
        piece = text[at:cut]
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece.rstrip())
        if end > start:
            found.append((start, end))
        at = max(at, cut)
    return found


def _quoted(text: str, marks: re.Pattern[str]) -> list[Span]:
    """The outermost pairs of brackets; those that do not pair are no brackets."""
    stack: list[tuple[str, int]] = []
    pairs: list[Span] = []
    for match in marks.finditer(text):
        char = match[0]
        if char in _OPEN:
            stack.append((char, match.start()))
        elif char in _CLOSE:
            depth = next((d for d in range(1, min(len(stack), 8) + 1) if stack[-d][0] == _CLOSE[char]), 0)
            if depth:
                start = stack[-depth][1]
                del stack[-depth:]
                if match.end() - start <= _LONGEST_QUOTE:
                    pairs.append((start, match.end()))
    return _outermost(pairs)


def _outermost(pairs: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(pairs, key=lambda p: (p[0], -p[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _japanese(text: str, depth: int = 0) -> Iterator[int]:
    quotes = iter([*_quoted(text, _JA_MARK), (len(text) + 1, len(text) + 1)])
    quote = next(quotes)
    at = cut = 0
    while match := _JA_MARK.search(text, at):
        at = match.end()
        while quote[1] <= match.start():
            quote = next(quotes)
        if quote[0] <= match.start() < quote[1]:
            # 「…。」 ends the sentence only where nothing reports it; several sentences that nobody reports are apart.
            at = quote[1]
            last = text[at - 2 : at - 1]
            ends = last in "。！？!?" and (at == len(text) or not _GOES_ON.match(text, at))
            if text[quote[0]] in "「『“" and ends:
                if depth < 2 and not re.search(r"\w", _LABEL.sub("", text[cut : quote[0]])):
                    yield from _inside(text, quote, depth + 1)
                yield (cut := at)
            continue
        char = match[0]
        if char == "\n":
            yield (cut := at)
        elif char == ".":
            if match.start() and _JA_LETTER.match(text, match.start() - 1):
                yield (cut := at)
        elif char in "。！？!?":
            while at < len(text) and text[at] in "。！？!?」』)）】”":
                at += 1
            if char in "！？!?" and (_ASKED_ON.match(text, at) or _in_name(text, match.start())):
                continue
            yield (cut := at)


def _inside(text: str, quote: Span, depth: int) -> Iterator[int]:
    """The ends of the sentences inside a quotation, but for the last."""
    inner = text[quote[0] + 1 : quote[1] - 1]
    for cut in _japanese(inner, depth):
        if re.search(r"\w", inner[cut:]):
            yield quote[0] + 1 + cut


def _in_name(text: str, at: int) -> bool:
    """Whether a mark belongs to a name in Latin letters that goes on (NO!何々)."""
    return bool(re.match("[A-Za-z]", text[at - 1 : at]) and re.match(r"[^\s「『(]", text[at + 1 : at + 2]))


def _english(text: str) -> Iterator[int]:
    quotes = _outermost([*_quoted(text, re.compile("[“”]")), *_straight(text)])
    starts = [start for start, _ in quotes]
    for match in _EN_END.finditer(text):
        at = match.end()
        nearest = bisect_left(starts, match.start()) - 1
        inside = quotes[nearest] if nearest >= 0 and match.start() < quotes[nearest][1] else None
        if inside and at < inside[1]:
            continue
        if match[0] in "。！？":
            yield at
            continue
        rest = text[at : at + 200]
        if match[0].startswith("...") or match[0].startswith("…"):
            if re.match(r"\s+[A-Z“\"]", rest):
                yield at
            continue
        if not re.match(r"\s+[“\"‘'(\[]*[A-Z0-9ぁ-ゖァ-ヺ一-鿿•]|\s*$", rest):
            continue
        if inside and _SAID.match(rest):
            continue
        head = text[max(0, at - 40) : at]
        if match[0][0] == ".":
            if _MAY_END.search(head):
                if not _STARTER.match(rest) and rest.strip():
                    continue
            elif _ABBREVIATION.search(head[: len(head) - (len(match[0]) - 1)]) and rest.strip():
                continue
        yield at


def _straight(text: str) -> list[Span]:
    """Quotations in straight quotation marks, where they pair."""
    at = [m.start() for m in re.finditer('"', text)]
    if len(at) % 2:
        return []
    return [(a, b + 1) for a, b in zip(at[::2], at[1::2], strict=True) if b + 1 - a <= _LONGEST_QUOTE]
