"""Label text: how wide it is, and where it may break.

In: a label, a size in pixels, a limit. Out: a width, or lines. No font is ever asked, so that the
picture comes out the same to the byte on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import combinations, pairwise
from typing import Any

# Widths in ems of Latin letters, as in Helvetica and its kin
_LATIN = {char: w for w, chars in ((0.25, "iljI'|!"), (0.3, "ftr.,:;()[]{} -/·`\""), (0.51, "csvxykzJ"),
                                   (0.74, "wGOQCDHNRU&"), (0.88, "mMW@%—…")) for char in chars}  # fmt: skip
# A break after hiragana is taken only after these: particles and verb endings. After others
# (持ち|運べる, 取り|扱い) the two sides are one word.
_ENDINGS = frozenset("のをにがはでとへやもるたいなうすくむぶつぬかてび")
_OPENING = frozenset("（「『【［(〈《")
_CLOSING = frozenset("）」』】］)〉》、。・，．,:：；!！?？ー々")
_CONTROL = re.compile(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufff0-\uffff]+")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_RUN = re.compile(r"[\u30a0-\u30fa\u30fc-\u30ff]+|[\u4e00-\u9fff々]+|.")


def clean(text: str) -> str:
    """The text on one line, without controls, bidi overrides and zero-width marks; "∅" if nothing is left."""
    visible = " ".join(_INVISIBLE.sub("", _CONTROL.sub(" ", text)).split())
    return visible.encode("utf-8", "replace").decode() or "∅"  # half of a surrogate pair cannot be written


@cache
def em(char: str) -> float:
    """The width of a character in ems: 1 for East Asian wide ones, about half for the rest."""
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return _LATIN.get(char) or (0.68 if char.isupper() else 0.56)


def width(text: str, size: float) -> float:
    """The width of a line of text in pixels."""
    return round(sum(em(char) for char in text) * size, 1)


def breaks(text: str) -> dict[int, bool]:
    """Where a line may end (index of the next character), and whether a phrase ends there.

    BudouX proposes the ends of Japanese phrases; a proposal inside a run of one script is refused, as
    it would cut a compound (水永誠|二). Where a long katakana word meets kanji a compound may end too.
    """
    found: dict[int, bool] = {}
    for before, after in pairwise(list(_RUN.finditer(text))):
        at, kinds = after.start(), (_script(before[0][0]), _script(after[0][0]))
        if kinds == ("kanji", "katakana") and len(before[0]) >= 2 and len(after[0]) >= 3:
            found[at] = False
        elif kinds == ("katakana", "kanji") and len(before[0]) >= 5 and len(after[0]) >= 4:
            found[at] = False  # マイナンバー|違憲訴訟, but ジュンク堂, マイナンバー制
        elif before[0].isspace() or after[0] in _OPENING or (before[0] in _CLOSING and before[0] not in "ー々"):
            found[at] = True
    if not text.isascii():
        at = 0
        for phrase in _budoux().parse(text):
            at += len(phrase)
            if at < len(text):
                left, right = _script(text[at - 1]), _script(text[at])
                if text[at - 1] in _ENDINGS or right != left != "hiragana":
                    found[at] = True
    return {at: found[at] for at in sorted(found) if _allowed(text[at - 1], text[at])}


def lines(text: str, size: float, limit: float, most: int = 3) -> list[str]:
    """The text in at most `most` lines, the fewest that stay within `limit` pixels, as even as can be.

    Where no allowed break makes it fit, the lines are wider than the limit: a wide box, never a cut word.
    """
    places = breaks(text)
    if len(places) > 24:  # a sentence rather than a name: greedy is even enough
        return _greedy([text[a:b] for a, b in pairwise((0, *places, len(text)))], size, limit, most)
    best, best_cost = [text.strip()], width(text.strip(), size)
    for count in range(1, min(most - 1, len(places)) + 1):
        if best_cost <= limit:
            break
        options = []
        for cut in combinations(places, count):
            rows = [text[a:b].strip() for a, b in pairwise((0, *cut, len(text)))]
            weak = sum(not places[at] for at in cut)
            options.append((round(max(width(row, size) for row in rows) + weak * size, 1), rows))
        cost, rows = min(options)
        if cost < best_cost - size:
            best, best_cost = rows, cost
    return best


def _greedy(parts: list[str], size: float, limit: float, most: int) -> list[str]:
    rows = [""]
    for part in parts:
        if rows[-1] and width(rows[-1] + part, size) > limit:
            if len(rows) == most:
                rows[-1] = rows[-1].rstrip() + "…"
                break
            rows.append("")
        rows[-1] += part
    return [row.strip() for row in rows]


def _script(char: str) -> str:
    if "\u30a0" <= char <= "\u30ff" and char != "・":
        return "katakana"
    if "\u3040" <= char <= "\u309f":
        return "hiragana"
    if "\u4e00" <= char <= "\u9fff" or char == "々":
        return "kanji"
    return "digit" if char.isdigit() else "latin" if char.isalpha() else "mark"


def _allowed(left: str, right: str) -> bool:
    """Whether a line may end between two characters, whatever was proposed."""
    scripts = (_script(left), _script(right))
    return not (
        right in _CLOSING
        or left in _OPENING
        or right.isspace()
        or (left in _CLOSING and scripts[1] == "hiragana")  # 」の
        or (left.isdigit() and scripts[1] in ("digit", "kanji"))  # 2016年
        or (scripts[0] == "kanji" and right.isdigit())  # 第32
        or scripts == ("latin", "latin")
    )


@cache
def _budoux() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()
