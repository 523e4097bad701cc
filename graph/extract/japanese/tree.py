"""Where the parser's tree cannot be right: phrases hung anew.

In: the Chunks of a sentence, each on its parent. Out: the same, with the parents that the particles ask for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from ..flow import Mention
from .chunks import Chunk
from .words import CALLED, FURTHER, JUDGES, TELLS

_AS = frozenset(
    "目的 理由 対象 中心 背景 契機 きっかけ 名目 口実 根拠 参考 条件 軸 念頭 前提 手段 相手 窓口 皮切り もと 基 元 "
    "基準 例 題材 テーマ".split()
)
_ONLY = frozenset("とどまる 留まる すぎる 過ぎる".split())
_TAKES = frozenset("する 含む 含める 加える 入れる 掲げる 置く 挙げる 取り上げる 選ぶ".split())


class Tree:
    """The phrases of a sentence; `repair` hangs them anew."""

    chunks: list[Chunk]
    kin: Callable[[Mention, Mention], bool]

    def polite(self, noun: Chunk, verb: Chunk) -> None:
        """事業で|ございます: the noun is what is said, as with です."""
        noun.copula = True
        for chunk in self.chunks:
            if chunk.parent == verb.i and chunk is not noun and chunk.i < noun.i:
                chunk.parent = noun.i

    def repair(self) -> None:
        """Where the tree cannot be right: a verb right before a noun hangs on that noun, and nothing on nothing."""
        for chunk in self.chunks[:-1]:
            following = self.chunks[chunk.i + 1]
            if chunk.role == "の" and CALLED.fullmatch(chunk.ending) and not following.verbal:
                chunk.parent = following.i
            loose = chunk.parent < 0 or self.chunks[chunk.parent].verbal
            if loose and chunk.verbal and self.plain_form(chunk) and not chunk.comma and not following.verbal:
                chunk.parent = following.i
            if chunk.parent < 0:
                later = (c.i for c in self.chunks[chunk.i + 1 :] if c.verbal or c.copula)
                chunk.parent = next(later, -1)
        for chunk in self.chunks:
            if chunk.verbal or chunk.adnominal or chunk.role in ("", "や", "、"):
                continue
            seen = {chunk.i}
            while chunk.parent >= 0 and chunk.parent not in seen:
                above = self.chunks[chunk.parent]
                if above.verbal or above.copula or above.stops:
                    break
                if chunk.role == "と" and above.i == chunk.i + 1 and self.akin(chunk, above):
                    break
                seen.add(above.i)
                chunk.parent = above.parent

        for low, high in itertools.pairwise(self.chunks):
            if low.role == "で" and not low.comma and high.head.lemma in ("ござる", "御座る") and low.parent == high.i:
                self.polite(low, high)
        for low, high in itertools.pairwise(self.chunks):
            if low.verbal and low.ending == "に" and low.parent == high.i and _ONLY & set(high.words):
                for chunk in self.chunks[: low.i]:  # 表示を|求めるに|とどまる
                    if chunk.parent == high.i and not chunk.verbal and not chunk.topic:
                        chunk.parent = low.i
        for one, link, other in zip(self.chunks, self.chunks[1:], self.chunks[2:], strict=False):
            places = one.comma and one.role in ("で", "間") and other.role in ("で", "間") and not other.topic
            if places and link.head.text in FURTHER:
                one.parent = other.parent  # Aの間で、さらにはBで共有する
        self._out_of_clauses()
        self._head()
        self._reattach()
        self._topics_of_speech()

    def _out_of_clauses(self) -> None:
        """No topic hangs inside a relative clause, and what stands before a quotation not in it.

        A店では、|客を撮る|Bが動いている; Aの対応を|「裏切りだ」と|批判した.
        """
        for chunk in self.chunks:
            if chunk.parent < 0 or chunk.verbal or chunk.adnominal:
                continue
            above = self.chunks[chunk.parent]
            if chunk.topic and chunk.comma and above.verbal and self.plain_form(above) and above.parent > above.i:
                noun = self.chunks[above.parent]
                governs = noun.parent > noun.i and self.chunks[noun.parent].verbal
                if not noun.verbal and not noun.copula and noun.named and noun.role == "が" and governs:
                    chunk.parent = noun.parent
            elif chunk.role in ("を", "に") and above.depth > chunk.depth and not above.named and not above.before:
                at, seen = above, set[int]()
                while at.parent > at.i and at.depth > chunk.depth and at.i not in seen:
                    seen.add(at.i)
                    at = self.chunks[at.parent]
                if at.depth <= chunk.depth and at.verbal:
                    chunk.parent = at.i

    def _head(self) -> None:
        """警察庁、要綱を改正: a name and a comma at the head of a headline are its topic."""
        if len(self.chunks) < 2:
            return
        first, second = self.chunks[:2]
        beside = second.named or second.before  # 第3号、第5号参照
        alike = first.named and beside and self.kin(first.named, beside)
        if first.role == "、" and self.chunks[-1].stops and not alike:
            first.role, first.topic, first.parent = "は", True, self.chunks[-1].i

    def _reattach(self) -> None:
        """A second が or を on the same verb belongs to the verb in between; が in a quotation to the quoted verb."""
        for verb in self.chunks:
            if not verb.verbal:
                continue
            below = [c for c in self.chunks if c.parent == verb.i and c.i < verb.i]
            verbs = [c for c in below if c.verbal]
            for role in ("が", "を"):
                same = [c for c in below if c.role == role and not c.adnominal]
                for one, other in itertools.pairwise(same):
                    between = [v for v in self.chunks[one.i + 1 : other.i] if v.verbal and not self._has(v, role, one)]
                    if between:
                        one.parent = between[0].i
                    elif role == "を" and verb.parent >= 0 and self.chunks[verb.parent].verbal:
                        one.parent = verb.parent  # Aを、Bを使って|試した
            self._before_relative(verb, below)
            for child in below:
                self._as(child, verb)
            quoted = next((v for v in verbs if re.search("(?:と|よう|ように)$", v.ending.rstrip("、，"))), None)
            topics = [c for c in below if c.role in ("は", "も") and not c.adnominal]
            if quoted and topics:
                for child in below:
                    if child.role in ("が", "を") and topics[0].i < child.i < quoted.i:
                        child.parent = next(
                            (v.i for v in self.chunks[child.i + 1 : quoted.i + 1] if v.verbal), quoted.i
                        )

    def _has(self, verb: Chunk, role: str, but: Chunk) -> bool:
        """Whether a verb has a phrase in that role other than one."""
        return any(c.parent == verb.i and c.role == role and c is not but and c.i < verb.i for c in self.chunks)

    def _before_relative(self, verb: Chunk, below: Sequence[Chunk]) -> None:
        """Aを、Bが運営する|Cに納める: what stands before the doer of a relative clause belongs to the verb after it."""
        if verb.parent < 0 or self.chunks[verb.parent].verbal or not self.plain_form(verb):
            return
        above = self.chunks[verb.parent].parent
        doer = next((c.i for c in below if c.role == "が"), -1)
        for child in below:
            if child.role == "を" and child.comma and child.i < doer and above >= 0 and self.chunks[above].verbal:
                child.parent = above

    def _topics_of_speech(self) -> None:
        """A topic before what is said is that of the saying: Aは、Bを運用していると|批判した."""
        for said in self.chunks:
            if not said.verbal or said.parent < 0 or not re.search("(?:と|って)[、，]?$", said.ending):
                continue
            saying = self.chunks[said.parent]
            if (
                not saying.verbal
                or saying.passive
                or not (JUDGES | TELLS) & set(saying.words)
                or any(
                    c.parent == saying.i and c.role in ("は", "も", "が") and c.i < saying.i and not c.verbal
                    for c in self.chunks
                )
            ):
                continue
            for topic in self.chunks[: said.i]:
                if topic.parent == said.i and topic.role in ("は", "も") and topic.depth == saying.depth:
                    topic.parent = saying.i
                    break

    def _as(self, child: Chunk, verb: Chunk) -> None:
        """AをBに: what is taken as something stands in a role of its own, を目的に, を根拠に."""
        if child.role != "を" or child.i + 1 >= len(self.chunks) or (verb.words and verb.words[0] in _TAKES):
            return
        after = self.chunks[child.i + 1]
        if after.role == "に" and after.head.text in _AS and not after.mentions:
            child.role = f"を{after.head.text}に"

    def plain_form(self, chunk: Chunk) -> bool:
        """Whether a verb ends as before a noun: 改正した, 定める, していない."""
        if not chunk.verbal:
            return False
        ending = chunk.ending.rstrip("、，,。．.")
        if not ending:
            return chunk.head.text == chunk.head.lemma or chunk.head.text.endswith(
                ("い", "る", "う", "く", "す", "つ", "ぬ", "ぶ", "む")
            )
        return (
            bool(re.search(r"(?:た|だ|る|う|い|な|べき|ぬ|という|との|といった|す)$", ending))
            and not re.search(r"(?:です|ます|ました|でした)$", ending)
        ) or bool(re.search(r"(?:という|との|といった)$", ending))

    def akin(self, one: Chunk, other: Chunk) -> bool:
        """Whether both are names, of things of one sort."""
        return bool(one.named and other.named and self.kin(one.named, other.named))
