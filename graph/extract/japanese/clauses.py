"""What a clause beside or inside another one says of who takes part in it.

In: a Fitter, an event or a phrase. Out: yes or no, or the names found: whom those visited who are spoken of, who sent
what is said in a relative clause, whether somebody only may do it, as a rule provides for.
"""

from __future__ import annotations

import re

from ..flow import Mention
from .chunks import Chunk
from .filling import NOTHING, Filling, Fitter
from .keys import Rule
from .roles import Event

_WHENEVER = frozenset("際 場合 とき 時 折 とき".split())
_PROVIDES = frozenset(
    "明記 規定 定める 義務付ける 義務づける 義務化 命じる 求める 要求 要請 記載 記す 盛り込む 勧告 促す 決める".split()
)
_VISITS = frozenset("訪れる 訪問 来店 入店 来館 利用 来る 入る 立ち寄る 通う".split())
_IF = re.compile("(?:と|ば|たら|なら)[、，]$")
_PAST = re.compile(r"(?:た|だった|でした)(?:$|[^いくがりめ])")


def provided_for(filler: Fitter, main: Chunk) -> bool:
    """Whether a rule says what is to be done when somebody does it: Aを設置する|際に…を行うことを|定めた."""
    if main.parent < 0 or not main.verbal or _PAST.search(main.ending) or main.ending.startswith("て"):
        return False
    at, seen = filler.chunks[main.parent], {main.i}
    if at.head.text not in _WHENEVER or at.mentions or at.i != main.i + 1:
        return False
    while at.parent >= 0 and at.i not in seen:
        seen.add(at.i)
        at = filler.chunks[at.parent]
        if _PROVIDES & set(at.words):
            return True
    return False


def aside_from(filler: Fitter, chunk: Chunk) -> bool:
    """Whether a phrase with が belongs to a clause of its own: Aが来店すると、; Aが持つ|端末."""
    if chunk.parent < 0 or not filler.chunks[chunk.parent].verbal:
        return False
    verb = filler.chunks[chunk.parent]
    own = verb.parent >= 0 and not filler.chunks[verb.parent].verbal and filler.sentence.plain_form(verb)
    return own or bool(_IF.search(verb.ending))


def visited(filler: Fitter, rule: Rule, role: str, other: Filling) -> Filling:
    """Whom those visited who underwent it: A店を訪れた|客は知らされない."""
    for i in filler.chunks[other.chunk].children if other.chunk >= 0 else ():
        verb = filler.chunks[i]
        if verb.i < other.chunk and verb.verbal and _VISITS & set(verb.words):
            for j in verb.children:
                if filler.chunks[j].role in ("を", "に", "へ") and (names := filler.names(j, rule, role)):
                    return Filling(names, j)
    return NOTHING


def sender(filler: Fitter, event: Event, rule: Rule, role: str) -> tuple[Mention, ...]:
    """Aから、Bを求める|通知が出された: the tree may hang Aから on the clause before the noun."""
    for noun in event.own("が", "は"):
        for i in filler.chunks[noun].children:
            for j in filler.chunks[i].children if filler.chunks[i].verbal else ():
                below = filler.chunks[j]
                if below.role in rule.by and below.role == "から" and below.comma:
                    return filler.names(j, rule, role)
    return ()
