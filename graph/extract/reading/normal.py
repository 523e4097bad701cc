"""Characters made even, and sure misreadings of the printed page repaired, each with its way back.

In: flow.Clean as a format gave it. Out: flow.Clean in NFKC, without invisible characters, with single spaces; what
the repairs changed, in words. Names and rules that are compared with it go through `normal`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..flow import Clean, plain

WAVE = "〜"
_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_JOINING = re.compile(r"[\u1160-\u11ff\u3099\u309a\uff9e\uff9f]")
_SAME = re.compile(r"[!-~ぁ-ゖァ-ヺー一-鿿、。「」『』【】・〔〕]+")


def normal(text: str) -> str:
    """The text as `normalized` would make it."""
    return normalized(plain(text)).text


def normalized(clean: Clean) -> Clean:
    """NFKC character by character; an invisible one belongs to the visible one before it.

    Line breaks become "\\n", runs of spaces one space, ～ and 〜 the same wave.
    """
    text, starts, ends = clean.text, clean.starts, clean.ends
    out: list[str] = []
    first: list[int] = []
    last: list[int] = []
    for at, end, same in _groups(text):
        if same:
            out += text[at:end]
            first += starts[at:end]
            last += ends[at:end]
            continue
        made = _made(text[at:end])
        if not made:
            # An invisible character widens the one before it, so that it never cuts a passage in two.
            if last and starts[at] == last[-1]:
                last[-1] = ends[end - 1]
            continue
        if made in " \n" and out and out[-1] in " \n":
            if made == "\n":
                out[-1] = "\n"
            last[-1] = max(last[-1], ends[end - 1]) if starts[at] >= first[-1] else last[-1]
            continue
        out += made
        first += [starts[at]] * len(made)
        last += [ends[end - 1]] * len(made)
    return Clean("".join(out), tuple(first), tuple(last))


def _groups(text: str) -> Iterator[tuple[int, int, bool]]:
    """Runs of characters that stay as they are (True), and single ones with the marks that combine with them."""
    at, size = 0, len(text)
    while at < size:
        run = _SAME.match(text, at)
        end = run.end() if run else at + 1
        # A mark may change the last character of a run: か and a loose dakuten are が.
        stop = end
        while stop < size and stop - end < _MOST_MARKS and _combines(text[stop]):
            stop += 1
        if run and stop == end:
            yield at, end, True
        else:
            if end - 1 > at:
                yield at, end - 1, True
            yield end - 1, stop, False
        at = stop


_MOST_MARKS = 30  # more marks than that on one character are no writing


@cache
def _combines(char: str) -> bool:
    return bool(unicodedata.combining(char) or _JOINING.match(char) or _is_invisible(char))


@cache
def _is_invisible(char: str) -> bool:
    """Controls, bidirectional and zero-width marks, variation selectors, halves of surrogates."""
    if char in _BREAKS or char == "\t":
        return False
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or (0xE0100 <= ord(char) <= 0xE01EF)
    )


@cache
def _single(char: str) -> str:
    if char in "～〜":
        return WAVE
    if char in _BREAKS:
        return "\n"
    if char.isspace():
        return " "
    made = unicodedata.normalize("NFKC", char)
    return char if made[:1] == " " else made  # ´ and ゛ would become a space and a loose mark


def _made(group: str) -> str:
    if len(group) == 1:
        return "" if _is_invisible(group) else _single(group)
    if set(group) <= {"\r", "\n"}:
        return "\n"
    seen = "".join(c for c in group if not _is_invisible(c))
    if len(seen) < 2:
        return _single(seen) if seen else ""
    made = unicodedata.normalize("NFKC", seen)
    return seen if made[:1] == " " else made


# --- what a scanner misread. Every repair keeps the number of characters, so the way back stays the same.

# A row is where the wrong character stands, and the right one. Words that look alike and are right are kept out:
# キヤノン and シヤチハタ are names, 二カ所 and 一ページ are counts, かつて and 立つたび are words.
_REPAIRS: tuple[tuple[str, str], ...] = (
    (r"二(?=[ユュ]ース|[ユュ]ーヨーク|コチン|ッポン|ンジン|ッケル)", "ニ"),
    (r"(?<=コミ[ユュ])二(?=[テケ])|(?<=ア)二(?=メ)|(?<=テク)二(?=カル|ック)|(?<=マ)二(?=[ユュ]アル|フェスト)", "ニ"),
    (r"(?<=デ)一(?=タ)|(?<=サ)一(?=[ビバ])|(?<=カ)一(?=ド)|(?<=メ)一(?=[ルカ])|(?<=[ニス][ユュ])一(?=ス)", "ー"),
    (r"(?<=ネットワ)一(?=ク)|(?<=グル)一(?=プ)|(?<=ユ)一(?=ザ)|(?<=コンピ[ユュ])一(?=タ)|(?<=[サレ]ポ)一(?=ト)", "ー"),
    (r"(?<=ス)一(?=パ)|(?<=リ)一(?=ダ|フレット)|(?<=ニ[ユュ])一(?=ス|ヨーク)", "ー"),
    (r"(?:(?<=ナンバ)|(?<=センタ)|(?<=メンバ)|(?<=カメラメ))一(?![ァ-ヺー一-鿿\d])", "ー"),
    (r"(?:^|(?<=[、。「」『』()・]))ー(?=部[のにはがで]|般[のに]|定の|方で|連の|切の)", "一"),
    (r"(?<=ニ)ユ(?=ース|ーヨーク|ータウン)|(?<=コミ)ユ(?=ニ)|(?<=コンピ)ユ(?=ー)|(?<=セキ)ユ(?=リテ)", "ュ"),
    (r"(?:(?<=セキュリテ)|(?<=コミュニテ)|(?<=アイデンティテ))イ(?![ァ-ヺー])", "ィ"),
    (r"(?<=[ァ-ヺー][シジ])ヨ(?=ン(?![ァ-ヺー]))", "ョ"),
    (r"(?<=あ)つ(?=て|た(?![いかびめ]))|(?<=な)つ(?=て(?!い?と)|た(?![びめ]))|(?<=しま)つ(?=て|た(?!び))", "っ"),
    (r"(?<=によ)つ(?=て)|(?<=にと)つ(?=て)|(?<=をも)つ(?=て)|(?<=ま)つ(?=たく)", "っ"),
    (r"(?<=[従伴言思使行至限持取知])つ(?=て|た(?![びめりち]))", "っ"),
    (r"(?<=まし)よ(?=う)|(?<=でし)よ(?=う)|(?<=ち)よ(?=っと)", "ょ"),
)
_COMPILED = tuple((re.compile(rule), right) for rule, right in _REPAIRS)
_SUSPECT = re.compile("[二一ーユイヨつよ]")


def repaired(clean: Clean) -> tuple[Clean, tuple[str, ...]]:
    """The text with the sure misreadings put right, and each of them in words."""
    text = clean.text
    if not _SUSPECT.search(text):
        return clean, ()
    for rule, right in _COMPILED:
        text = rule.sub(right, text)
    if text == clean.text:
        return clean, ()
    told = [_around(clean.text, text, i) for i, (a, b) in enumerate(zip(clean.text, text, strict=True)) if a != b]
    return Clean(text, clean.starts, clean.ends), tuple(dict.fromkeys(told))


def _around(wrong: str, right: str, at: int) -> str:
    """あつて → あって: the changed place with its neighbours."""
    start, end = max(0, at - 1), min(len(right), at + 3)
    return f"{wrong[start:end]} → {right[start:end]}".replace("\n", " ")


def stripped(clean: Clean) -> Clean:
    """Without white space at its ends."""
    text = clean.text
    start = len(text) - len(text.lstrip())
    return clean[start : max(start, len(text.rstrip()))]


def joined(parts: list[Clean]) -> Clean:
    """Several texts as one, in linear time."""
    return Clean(
        "".join(p.text for p in parts),
        tuple(i for p in parts for i in p.starts),
        tuple(i for p in parts for i in p.ends),
    )


def gap(one: Clean, other: Clean, char: str) -> Clean:
    """A character that the text needs and the document lacks: it stands for the nothing after `one`."""
    at = one.ends[-1] if one.ends else other.starts[0] if other.starts else 0
    return Clean(char, (at,), (at,))


def rising(clean: Clean) -> bool:
    """Whether the text stands in the document in the order in which it is read."""
    return all(a <= b for a, b in pairwise(clean.starts))
