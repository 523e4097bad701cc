"""Reading order: paragraphs that columns, boxes or footnotes cut in two are put together again, on evidence.

In: Paras in the order of the file. Out: the same Paras as streams, each a list of pieces that are one paragraph.
A paragraph is cut where it breaks off in mid-sentence. Its other half is looked for among the next few paragraphs:
what the break needs, what a beginning lacks, open brackets. All cuts near each other are judged together, and where
two readings are about as good, none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import ENDED, Para, is_notice, lang_of

FARTHEST = 10  # paragraphs that may stand between the halves
_MOST_OPEN = 5  # cut paragraphs that wait for their other half at the same time
_BEAM = 64
_MARGIN = 1.5  # how much better a reading must be than the best one without the join
_LEAST = 2.0  # what a join must be worth
_NEVER = -100.0

_PAIRS = {"「": "」", "『": "』", "(": ")", "【": "】", "〈": "〉", "《": "》", "[": "]", "〔": "〕", "“": "”"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}

# --- how a Japanese paragraph may break off

_TAIL_NO = re.compile(r"の$")
_TAIL_COMMA = re.compile(r"[、,・]$")
_TAIL_PARTICLE = re.compile(
    r"(?:[をにはがとへも]|から|より|まで|及び|および|または|又は|という|における|による|ための)$"
)
_TAIL_SUFFIX = re.compile(r"[等内外中前後上下間的性化者側用時日月年数]$")
_TAIL_NOUN = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9%」』)]$")
_TAIL_KANJI = re.compile(r"[一-鿿々]{2}$|[ァ-ヺー]{2}$")
_TAIL_KANA = re.compile(r"[ぁ-ゖ]$")

# --- how a Japanese paragraph begins whose first half stands elsewhere

_HEAD_MARK = re.compile(r"[、。」』)】〉》\]〕ーっゃゅょんァィゥェォッャュョ]")
_HEAD_PARTICLE = re.compile(
    r"(?:を|の(?=[一-鿿ァ-ヺA-Za-z「『(0-9])|(?:に|で|と|へ|から|まで|より|として|について|によって|に対して)(?:は(?![い、])|も(?!、))"
    r"|が(?=[、一-鿿ァ-ヺA-Za-z「『0-9])|は(?=[、一-鿿ァ-ヺA-Za-z「『0-9])|(?:に|で|と|へ|も|や)(?=[一-鿿ァ-ヺA-Za-z「『0-9])"
    r"|(?:へ|と|で|から|まで|など|より)の|という|といった|について|によ[りるっ]|において|における|に対[しす]|に関[しす]|に基づ"
    r"|など[をがはにのと、])"
)
_HEAD_STARTER = re.compile(
    r"(?:では|でも|とはいえ|というの|といって|とも|にも(?:かかわらず|関わらず)|から、|が、)(?=、|も|$)?"
)
_HEAD_SURU = re.compile(
    r"し(?:た(?!が)|て|、|ます|まし|ない|なけ|よう(?!と)|つつ)|する|すべ|され|さらに(?!、)れ|させ(?!て頂)|せず|できる|できな"
)
_HEAD_AUX = re.compile(
    r"(?:られ|れ(?:る|た|て|ば|ま)|ます|ました|ません|て(?:いる|いた|いま|おり|しま|きた|くる|は)|です|でした|である|であり|であった"
    r"|だった|だと|ない(?!し)|なかっ|ず、|ながら|たり|たの|たこ|たと|た。|た、|る。|る(?=[一-鿿、])|い。|く(?=[一-鿿、])|き(?=[一-鿿])"
    r"|けれ|ければ|かった|こと[をがはに、]|もの[をがはのでと、]|ため[にの、]|ところ[をがに])"
)
_HEAD_FRESH = re.compile(
    r"(?:なお|さら|また|しか[しも]|そ[のれしうこん]|こ[のれうこ]|あの|この|どの|ただ|ところ[で、]|だが|なぜ|もし|もっと|もちろん|例えば|たとえ"
    r"|つまり|すなわち|以上|以下|次に|まず|最後|ちなみに|とりわけ|とくに|特に|したがっ|従って|よって|ゆえ|一方|他方|他に|同様|とこ|いま|いず"
    r"|はじめ|ほか|わたし|私|みな|ぜひ|すで|すべて|やはり|むし|むろん|とも|とは|では、|でも、|それ|いわ|かつ|きっと|これ|そも|そば|なか|のち)"
    r"|[・●○◎◇◆■□①-⑳【※\[〔《〈]|[(（]?[0-9]+[)）.、]|第[0-9一二三四五六七八九十]+[章節条回]|「[^」]*$"
)
_HEAD_KANA = re.compile(r"[ぁ-ゖ]")

# --- English

_EN_TAIL = re.compile(
    r"(?:[,–—-]|\b(?:the|a|an|of|and|or|to|in|on|at|by|for|with|from|that|which|who|its|their|his|her|is|are|was|were|be|"
    r"been|has|have|had|will|would|as|not|this|these|into|under|between))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _End:
    """How a paragraph breaks off: 0 it does not, 1 perhaps, 2 surely."""

    sure: int = 0
    open: tuple[str, ...] = ()


def reading_order(paras: Sequence[Para]) -> list[list[int]]:
    """The streams: numbers of paragraphs, each list one paragraph in reading order, by where they begin."""
    onto = _joins(paras)
    found: list[list[int]] = []
    stream: dict[int, list[int]] = {}
    for i in range(len(paras)):
        if (before := onto.get(i)) is not None:
            stream[i] = stream[before]
            stream[i].append(i)
        else:
            stream[i] = [i]
            found.append(stream[i])
    return found


def _joins(paras: Sequence[Para]) -> dict[int, int]:
    """For each second half the number of its first half."""
    ends = [_end(p) for p in paras]
    found: dict[int, int] = {}
    start = 0
    while start < len(paras):
        if not ends[start].sure:
            start += 1
            continue
        # All that may touch each other: as long as somebody still waits for a half.
        stop = reach = start
        while stop < len(paras) and stop <= reach:
            if ends[stop].sure:
                reach = min(stop + FARTHEST + 1, len(paras) - 1, start + 60)
            stop += 1
        found |= _Nearby(paras, ends, start, stop).joins()
        start = stop
    return found


class _Nearby:
    """A few paragraphs whose joins are judged together."""

    def __init__(self, paras: Sequence[Para], ends: Sequence[_End], start: int, stop: int) -> None:
        self.paras, self.ends, self.start, self.stop = paras, ends, start, stop
        unindented = [p for p in paras[start:stop] if p.kind == "body"]
        self.indents = 2 * sum(p.indented for p in unindented) > len(unindented)
        self.scores: dict[tuple[int, int], float] = {}
        self.around = "\n".join(p.text for p in paras[max(0, start - 100) : stop + 100])

    def joins(self) -> dict[int, int]:
        """The joins of the best reading that no nearly equal reading does without."""
        best, chosen = self.best(frozenset())
        kept = {}
        for head, tail in chosen.items():
            without, _ = self.best(frozenset([(tail, head)]))
            if best - without >= _MARGIN:
                kept[head] = tail
        return kept

    def best(self, banned: frozenset[tuple[int, int]]) -> tuple[float, dict[int, int]]:
        """The best reading and its worth. A state is who still waits."""
        states: dict[tuple[int, ...], tuple[float, tuple[tuple[int, int], ...]]] = {(): (0.0, ())}
        for i in range(self.start, self.stop):
            after: dict[tuple[int, ...], tuple[float, tuple[tuple[int, int], ...]]] = {}
            for waiting, (worth, pairs) in states.items():
                choices = [(waiting, worth - self.lack(i), pairs)]
                for tail in waiting:
                    score = _NEVER if (tail, i) in banned else self.score(tail, i)
                    if score > 0 and tail == i - 1:
                        # What stands next goes on, unless somebody else waits too: then it may as well be theirs.
                        score += 1.5 if len(waiting) == 1 else 0.25
                    if score >= _LEAST:
                        rest = tuple(t for t in waiting if t != tail)
                        choices.append((rest, worth + score, (*pairs, (i, tail))))
                for still, value, made in choices:
                    late = [t for t in still if i - t > FARTHEST]
                    value -= sum(0.75 * self.ends[t].sure for t in late)
                    left = tuple(t for t in still if i - t <= FARTHEST)
                    if self.ends[i].sure:
                        left = (*left, i)[-_MOST_OPEN:]
                    if left not in after or value > after[left][0]:
                        after[left] = (value, made)
            states = dict(sorted(after.items(), key=lambda s: -s[1][0])[:_BEAM])
        ended = [(value - sum(0.75 * self.ends[t].sure for t in left), made) for left, (value, made) in states.items()]
        value, made = max(ended, key=lambda e: e[0])
        return value, dict(made)

    def lack(self, i: int) -> float:
        """What it costs to leave a paragraph's beginning as it is."""
        return 3.0 if self.paras[i].kind == "body" and _need(self.paras[i].text) else 0.0

    def score(self, tail: int, head: int) -> float:
        """How well one paragraph goes on with the other."""
        if (tail, head) not in self.scores:
            self.scores[tail, head] = self._score(tail, head)
        return self.scores[tail, head]

    def _score(self, tail: int, head: int) -> float:
        one, other = self.paras[tail], self.paras[head]
        if other.sure or other.area != one.area or (other.indented and self.indents):
            return _NEVER
        need = _need(other.text)
        if other.kind != "body" and not (need and other.kind == "heading"):
            return _NEVER
        english = lang_of(one.text) == "en"
        if english != (lang_of(other.text) == "en"):
            return _NEVER
        value = _fits_english(one.text, other.text) if english else _fits(one.text, other.text)
        if value <= _NEVER:
            return value
        opened, surplus = self.ends[tail].open, _closings(other.text)
        if opened and surplus and _PAIRS[opened[-1]] == surplus[0]:
            value += 2.0
        if not english:
            value += self.one_word(one.text, other.text)
        skipped = head - tail - 1
        value -= 0.25 * skipped
        if not need and not english:
            value += _freshness(other.text)
        if skipped and not need:
            if self.paras[head - 1].kind == "heading" or not self.ends[head - 1].sure:
                return _NEVER  # after a heading or a finished paragraph, an ordinary beginning is one
            value += 0.5 + 1.0 * bool(opened)
        if not skipped and one.page != other.page:
            value += 1.0
        return value

    def one_word(self, one: str, other: str) -> float:
        """What it says that the characters on the two sides of the cut stand together elsewhere in the text."""
        if not re.match("[一-鿿々ァ-ヺー]", one[-1]) or not re.match("[ぁ-ゖ一-鿿々ァ-ヺー]", other[0]):
            return 0.0
        if one[-2:] + other[:1] in self.around or one[-1:] + other[:2] in self.around:
            return 3.0
        return 1.5 if one[-1] + other[0] in self.around else 0.0


def _freshness(text: str) -> float:
    """What an ordinary Japanese beginning says: with a topic of its own it hardly goes on, without one it may."""
    first = re.match(r"[^。]{0,200}", text)
    topic = re.match(r"[^。、]{1,40}?(?:は(?=[、一-鿿ァ-ヺ「『A-Za-z0-9(])|によると|によれば|では(?=、))", text)
    if topic:
        return (
            0.0 if re.match(r"[一-鿿](?<![県市国私彼町村都府省庁店社会党僕今皆誰何])(?:は|[のがをに])", text) else -3.0
        )
    return 0.5 if first and not re.search("[はが](?=[、一-鿿ァ-ヺ「『A-Za-z0-9])", first[0]) else -0.5


def _end(para: Para) -> _End:
    """Whether a paragraph breaks off in mid-sentence."""
    text = para.text
    if para.sure or para.kind == "cell" or not text or (para.kind == "heading" and is_notice(text)):
        return _End()
    opened = _openings(text)
    if text[-1] in ":：;；":  # it announces a list or an example
        return _End()
    if ENDED.search(text) and not (opened and re.search("[」』]$", text)):
        return _End()
    several = bool(re.search(r"[。！？!?].|[.?!]\s+[A-Z]", text))
    long = len(text) >= 60
    if lang_of(text) == "en":
        if _EN_TAIL.search(text) and (several or len(text) >= 40):
            return _End(2, opened)
        return _End(1, opened) if several or len(text) >= 100 else _End()
    if _TAIL_NO.search(text) or _TAIL_COMMA.search(text):
        return _End(2, opened) if several or long or opened or len(text) >= 12 else _End()
    if several:
        return _End(2, opened)
    if opened and len(text) >= 12:
        return _End(2, opened)
    if long or (para.full and not is_notice(text)):
        return _End(1, opened)
    return _End()


def _need(text: str) -> bool:
    """Whether a paragraph cannot begin as it does."""
    if lang_of(text) == "en":
        return bool(re.match(r"[a-z](?![.)])|[,.;)]", text))
    if _HEAD_MARK.match(text):
        return True
    if _HEAD_FRESH.match(text):
        return False
    return bool(_HEAD_PARTICLE.match(text) or _HEAD_SURU.match(text) or _HEAD_AUX.match(text))


def _fits(one: str, other: str) -> float:
    """How well Japanese words go on with others, by what stands on the two sides of the cut."""
    after_no, comma = bool(_TAIL_NO.search(one)), bool(_TAIL_COMMA.search(one))
    particle = after_no or bool(_TAIL_PARTICLE.search(one))
    noun, kana = bool(_TAIL_NOUN.search(one)), bool(_TAIL_KANA.search(one)) and not particle
    if _HEAD_MARK.match(other):
        if (closing := _CLOSING.get(other[0])) is not None:
            return 5.0 if closing in _openings(one) else _NEVER
        if other[0] in "、。":
            return _NEVER if comma or after_no else 3.0
        return 5.0 if _same_script(one[-1], other[0]) else _NEVER
    if _HEAD_FRESH.match(other):
        return _NEVER
    if _HEAD_SURU.match(other):
        if after_no or comma:
            return _NEVER
        if _TAIL_SUFFIX.search(one) and not re.search("[一-鿿]化$", one):
            return _NEVER
        return 5.0 if _TAIL_KANJI.search(one) else 3.0 if particle else 1.0
    if _HEAD_PARTICLE.match(other):
        if particle or comma:
            return _NEVER
        return 4.0 if noun else 1.0
    if _HEAD_AUX.match(other):
        if after_no or comma:
            return _NEVER
        return 4.0 if kana else 3.0 if noun else 0.5
    if _HEAD_KANA.match(other):
        return 2.0 if noun or kana else 1.5
    if particle or comma:
        return 2.0
    if _openings(one):
        return 1.5
    return 1.5 if noun else 0.5


def _fits_english(one: str, other: str) -> float:
    """The same for English: a small letter goes on with what is open."""
    small = bool(re.match(r"[a-z]", other))
    if one.endswith("-"):
        return 5.0 if small else _NEVER
    if re.match(r"[,.;)]", other):
        return 2.0
    open_end = bool(_EN_TAIL.search(one))
    if small:
        # A preposition before a verb's or another preposition's place does not go on.
        again = re.match(r"(?:of|and|or|to|in|on|at|by|for|with|from|is|are|was|were|has|have|will|would)\b", other)
        last = re.search(r"\b(?:the|a|an|of|its|their|his|her)$", one)
        return _NEVER if again and last else 3.0
    return 1.5 if open_end else _NEVER


def _same_script(one: str, other: str) -> bool:
    katakana = re.compile("[ァ-ヺー]")
    if katakana.match(other):
        return bool(katakana.match(one))
    return bool(re.match("[ぁ-ゖ一-鿿]", one))


def _openings(text: str) -> tuple[str, ...]:
    """The brackets that a text opens and does not close."""
    stack: list[str] = []
    for char in text:
        if char in _PAIRS:
            stack.append(char)
        elif char in _CLOSING and _CLOSING[char] in stack:
            while stack.pop() != _CLOSING[char]:
                pass
    return tuple(stack)


def _closings(text: str) -> str:
    """The brackets that a text closes and has not opened."""
    stack: list[str] = []
    found = ""
    for char in text:
        if char in _PAIRS:
            stack.append(char)
        elif char in _CLOSING:
            if _CLOSING[char] in stack:
                while stack.pop() != _CLOSING[char]:
                    pass
            else:
                found += char
    return found
