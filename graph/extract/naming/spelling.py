"""How the forms of a name are spelled in running text: what varies and still is the same form.

In: a form as it stands on an entity, or a text. Out: `squeeze`, the text without what writers put between
characters at will; `same`, its characters with case, accents, old kanji and the like made one, length unchanged;
`spellings`, the strings to look for. Nothing here knows what may stand around a name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import product

from ...names import fold

_CJK = "々〆ヽヾゝゞ\u3041-\u3096\u30a1-\u30faー\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
CJK = re.compile(f"[{_CJK}]")
_BETWEEN = re.compile(f"(?<=[{_CJK}])[ \u3000]+|[ \u3000]+(?=[{_CJK}])|[・･\u00ad\u200b-\u200d\u2060\ufeff]+")
_CAN_STAND_BETWEEN = re.compile("[ \u3000・･\u00ad\u200b-\u200d\u2060\ufeff]")

BODY = (
    "(?:(?:認定)?(?:特定非営利活動法人|NPO法人)|(?:一般|公益|特例)?(?:社団|財団)法人|(?:地方)?独立行政法人|国立研究開発法人"
    "|国立大学法人|学校法人|宗教法人|医療法人(?:社団|財団)?|社会福祉法人|更生保護法人|弁護士法人|税理士法人|監査法人"
    "|株式会社|有限会社|合同会社|合名会社|合資会社|相互会社"
    r"|\((?:株|有|同|名|資|社|財|一社|一財|公社|公財|特非|独|学)\))"
)
BODY_BEFORE = re.compile(BODY + r"[ \u3000]?\Z")
BODY_AFTER = re.compile(r"[ \u3000]?" + BODY)
ENGLISH_BODY = (
    r"(?:,? (?:Inc|Incorporated|Corp|Corporation|Co|Ltd|Limited|LLC|LLP|PLC|plc|GmbH|K\.K|KK)\b\.?)(?:,? Ltd\b\.?)?"
)
_ENGLISH_BODY_AFTER = re.compile(ENGLISH_BODY)
_JUST_BODY_BEFORE = re.compile(r"\A" + BODY + r"[ \u3000]?")
_JUST_BODY_AFTER = re.compile(r"[ \u3000]?" + BODY + r"\Z")
_JUST_ENGLISH_BODY = re.compile(ENGLISH_BODY + r"\Z")

# Letters of the kun reading that are written or left out at will.
_OKURIGANA = tuple(
    re.compile(pattern)
    for pattern in (
        "(?<=万引)き?(?=[^き]|$)",
        "(?<=届)け?(?=出)",
        "(?<=取)り?(?=扱|組|締|調|引|下)",
        "(?<=取扱)い?(?!わ|う|い.)",
        "(?<=取り扱)い?(?!わ|う)",
        "(?<=申)し?(?=入|込|出|立)",
        "(?<=申入)れ?",
        "(?<=申し入)れ?",
        "(?<=申立)て?",
        "(?<=申し立)て?",
        "(?<=手続)き?",
        "(?<=引)き?(?=渡|継|上|下)",
        "(?<=受)け?(?=付|入)",
        "(?<=立)ち?(?=入|会)",
        "(?<=打)ち?(?=合)",
        "(?<=呼)び?(?=掛|出)",
        "(?<=見直)し?",
        "(?<=見守)り?",
        "(?<=締)ま?(?=り)",
        "(?<=暮)ら?(?=し)",
        "(?<=行)な?(?=い|う)",
    )
)
_MAY_VARY = re.compile("[引届取扱申入立続受打呼直守締暮行]")  # what the patterns look back at
_MOST = 24  # spellings of one form

_QUOTES = {"『": "「", "』": "」", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "´": "'", "`": "'"}
_DASHES = dict.fromkeys("‐‑‒–—―−⁃", "-")
_KANA = {"ヶ": "ケ", "ヵ": "カ", "~": "~", "〜": "~", "～": "~"}


class _Same(dict[int, str]):
    """What a character counts as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        made = _same(chr(code))
        if len(self) < 50_000:
            self[code] = made
        return made


def _same(char: str) -> str:
    if special := _QUOTES.get(char) or _DASHES.get(char) or _KANA.get(char):
        return special
    if "\u3041" <= char <= "\u30ff" or char == "々":
        return char
    if unicodedata.category(char)[0] == "L":
        folded = fold(char)
        return folded if len(folded) == 1 else char
    return " " if char.isspace() else char


_SAME = _Same()


def same(text: str) -> str:
    """The text with every character as the one it counts as; the length does not change."""
    return text.translate(_SAME)


class Squeezed:
    """A text without spaces beside Japanese characters and without middle dots, and the way back."""

    __slots__ = ("_at", "_gone", "text")

    def __init__(self, text: str) -> None:
        self._at: list[int] = []  # squeezed positions before which something was taken away
        self._gone: list[int] = []  # how much, in all, up to there
        if not _CAN_STAND_BETWEEN.search(text):
            self.text = text
            return
        kept: list[str] = []
        last = gone = 0
        for found in _BETWEEN.finditer(text):
            kept.append(text[last : found.start()])
            last = found.end()
            gone += last - found.start()
            self._at.append(last - gone)
            self._gone.append(gone)
        kept.append(text[last:])
        self.text = "".join(kept)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the squeezed text stands in the text itself."""
        if not self._at:
            return start, end
        return self._back(start), self._back(end - 1) + 1

    def _back(self, at: int) -> int:
        i = bisect_right(self._at, at)
        return at + (self._gone[i - 1] if i else 0)


def squeeze(text: str) -> str:
    """The text without what `Squeezed` takes away."""
    return Squeezed(text).text


def key(form: str) -> str:
    """The one string that a form, in whatever case, kanji and spacing, is looked up by; 万引 and 万引き stay two."""
    return same(squeeze(unicodedata.normalize("NFKC", form).strip()))


_PAIRS = (("「", "」"), ("『", "』"), ("(", ")"), ("【", "】"), ("[", "]"), ("〈", "〉"), ("《", "》"))


def bare(form: str) -> str:
    """The form without quotation marks around all of it, without "the" before it."""
    form = unicodedata.normalize("NFKC", form).strip()
    if len(form) > 2 and form[0] + form[-1] in ("「」", "『』", '""', "“”", "‘’", "''"):
        inner = form[1:-1]
        if form[0] not in inner and form[-1] not in inner:
            form = inner.strip()
    form = _whole(form)
    return form[4:] if form[:4].lower() == "the " and len(form) > 6 else form


def _whole(form: str) -> str:
    """The form without a bracket at its start that never closes, and without what follows one further on."""
    for opening, closing in _PAIRS:
        if form.count(opening) == form.count(closing) + 1:
            at = form.rindex(opening)
            left = form[1:] if at == 0 else form[:at] if closing not in form[at:] else form
            form = left.strip() if len(left.strip()) > 3 else form
    return form


def without_body(form: str) -> str:
    """The form without 株式会社, NPO法人, Inc. and their like, where enough is left to be found by; else ""."""
    for pattern in (_JUST_BODY_BEFORE, _JUST_BODY_AFTER, _JUST_ENGLISH_BODY):
        left = pattern.sub("", form).strip()
        if left != form and len(left) >= (4 if left.isascii() and not left.isupper() else 3):
            return left
    return ""


def spellings(form: str) -> Sequence[str]:
    """The keys that a form is looked for under: okurigana written or not, 霞ヶ関 and 霞が関."""
    whole = key(form)
    if not CJK.search(whole):
        return (whole,)
    found = {whole: None}
    for pattern in _OKURIGANA if _MAY_VARY.search(whole) else ():
        for one in list(found):
            spans = [m.span() for m in pattern.finditer(one)]
            if not spans or len(found) >= _MOST:
                continue
            letters = _letter(pattern)
            for choice in product(("", letters), repeat=min(len(spans), 2)):
                made, last = "", 0
                for (start, end), letter in zip(spans, choice, strict=False):
                    made += one[last:start] + letter
                    last = end
                found[made + one[last:]] = None
    for one in list(found):
        if varied := _GA.sub("が", one):
            found[varied] = None
    return tuple(found)[: 2 * _MOST]


def _letter(pattern: re.Pattern[str]) -> str:
    """The letter that a pattern makes optional."""
    return pattern.pattern.split(")", 1)[1][0]


_GA = re.compile("(?<=[\u4e00-\u9fff])ケ(?=[\u4e00-\u9fff])")


_ENDS_BODY, _BEGINS_BODY = frozenset("人社団) \u3000"), frozenset("認特N一公社財地独国学宗医更弁税監株有合相(, \u3000")


def body_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a name with the 株式会社 or Inc. that stands at it."""
    if text[start - 1 : start] not in _ENDS_BODY and text[end : end + 1] not in _BEGINS_BODY:
        return start, end  # nearly always
    if (before := BODY_BEFORE.search(text, max(0, start - 16), start)) and before.end() == start:
        start = before.start()
        while (more := BODY_BEFORE.search(text, max(0, start - 16), start)) and more.end() == start:
            start = more.start()
    elif (after := BODY_AFTER.match(text, end)) or (after := _ENGLISH_BODY_AFTER.match(text, end)):
        end = after.end()
    return start, end
