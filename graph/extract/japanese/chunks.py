"""A phrase of a Japanese sentence: its words, its particle, the name it stands for, what it hangs on.

In: tokens. Out: Chunks, which know whether they are a verb, a noun of action, passive, and by which words they are
found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ..flow import Mention, Token


@dataclass(eq=False)
class Chunk:
    """A phrase: words that say something and the particles or endings after them."""

    i: int
    content: list[Token]
    tail: list[Token] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    parent: int = -1
    children: list[int] = field(default_factory=list)
    named: Mention | None = None  # the name that it stands for, where the name is its head
    before: Mention | None = None  # the name right before its last words: 顔認証システム|導入
    role: str = ""
    topic: bool = False
    adnominal: bool = False
    comma: bool = False
    depth: int = 0  # of quotation marks
    ending: str = ""  # the words after the content

    @property
    def head(self) -> Token:
        """Its last word with a meaning."""
        return self.content[-1]

    @property
    def start(self) -> int:
        """Its first character."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Behind its last word with a meaning."""
        return self.content[-1].end

    @property
    def last(self) -> int:
        """Behind all of it, without a comma or a full stop."""
        words = [t for t in self.tail if t.pos != "PUNCT"]
        return words[-1].end if words else self.end

    @cached_property
    def verbal(self) -> bool:
        """Whether it is a verb or an adjective (改正し, 定め, 望ましい)."""
        if self.named:  # 実証実験して: what is named is what is done
            return bool(self.tail) and self.tail[0].lemma in ("する", "為る") and self.ending[:1] in "しすさ"
        if self.head.tag.startswith(("動詞", "形容詞")) and self.head.pos in ("VERB", "ADJ", "AUX"):
            return True
        return (
            bool(self.tail)
            and self.tail[0].lemma in ("す", "する", "為る", "できる", "出来る", "いたす", "致す", "なさる")
            and (self.tail[0].text not in ("と",))
        )

    @cached_property
    def copula(self) -> bool:
        """Whether it is a noun with だ, です, である."""
        return not self.verbal and any(
            t.dep == "cop" or (t.lemma in ("だ", "です", "なり") and t.pos == "AUX") for t in self.tail
        )

    @cached_property
    def stops(self) -> bool:
        """Whether it is a noun of action that ends a clause as a verb would: 要綱を改正、 (headlines)."""
        return not self.verbal and not self.named and "サ変" in self.head.tag and self.ending.strip("、，。．") == ""

    @cached_property
    def passive(self) -> bool:
        """改正された, 導入されている."""
        return any(t.lemma in ("れる", "られる") and t.pos == "AUX" for t in self.tail)

    @cached_property
    def causative(self) -> bool:
        """導入させた."""
        return any(t.lemma in ("せる", "させる") and t.pos == "AUX" for t in self.tail)

    @cached_property
    def favour(self) -> bool:
        """Whether another does it: してもらう, していただく."""
        return any(t.lemma in ("もらう", "貰う", "いただく", "頂く") for t in self.tail)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its last words, by their base form, from the shortest to the longest; without those of a name."""
        own = [t for t in self.content if not self._in_name(t)]
        found: list[str] = []
        for k in range(1, min(5, len(own)) + 1):
            if k > 1 and own[-k].end != own[-k + 1].start:
                break
            before = "".join(t.text for t in own[-k:-1])
            if self.causative:
                found += [before + own[-1].text + end for end in ("せる", "させる")]
                continue
            found += [before + own[-1].lemma, before + own[-1].text]
            if own[-1].text == "行っ":
                found.append(before + "行う")
        found = list(dict.fromkeys(found))
        return tuple(found)

    def _in_name(self, token: Token) -> bool:
        return any(m.start < token.end and token.start < m.end for m in self.mentions)
