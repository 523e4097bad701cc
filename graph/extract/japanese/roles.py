"""What is done in a sentence, and who may be its subject.

In: Chunks. Out: Events with their arguments by role; Found, a phrase that may be the subject and how it was found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .chunks import Chunk

Kind = Literal["verb", "noun", "being", "doing"]

_SOME = frozenset(
    "一部 全員 全部 多く 大半 皆 みんな ほとんど 大部分 半数 自分 両方 双方 前者 後者 多数 少数 すべて 全て".split()
)


_ADVERBS = frozenset("さらに 更に ひいては あるいは もしく または 実際に 特に 一般に 同時に 次に".split())


def when(chunk: Chunk) -> bool:
    """Whether a phrase with は says when, not who: 今回は, 当初は, さらには, ヒットした場合は."""
    tag = chunk.head.tag
    if not chunk.mentions and chunk.head.text in _ADVERBS:
        return True
    return not chunk.mentions and ("副詞可能" in tag or "助数詞" in tag) and chunk.head.text not in _SOME


@dataclass
class Event:
    """A predicate or noun of action. `main` is the phrase that carries tense and voice; args are (role, phrase)."""

    kind: Kind
    chunk: int
    main: int
    first: int  # the first phrase of its own words
    args: list[tuple[str, int]] = field(default_factory=list)
    passive: bool = False
    carried: bool = False

    def own(self, *roles: str) -> list[int]:
        """The phrases that stand in one of the roles."""
        return [i for role, i in self.args if role in roles]


@dataclass(frozen=True)
class Found:
    """A phrase that may be the subject: how it was found, and whether nothing else can be."""

    chunk: int
    way: Literal["own", "topic", "relative", "chain", "asked", "place", "zero"]
