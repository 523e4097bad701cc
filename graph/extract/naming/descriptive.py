"""Names that are descriptions, opened up: 小売業と警備業を統括する|団体 says what the body does.

In: a parsed sentence, its mentions, the names. Out: for each mention that can be opened, the mentions of the sentence
with those inside it in its stead, and which hits are read from that. Of a name with a relative clause only its head
stands for the entity; of somebody's device (保安員のスマホ) whom a message reaches is its owner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...model import Entity
from ...terms import Vocabulary
from ..flow import Hit, Mention, Parsed, Span
from .names import Names

_SHORTEST = 6
_CLAUSE = re.compile(r"(?:する|した|している|された|される|る|う|く|す|つ|ぶ|む|た|だ)\Z")

_PARTICLES = frozenset("関する 対する よる 係る おける 基づく 向ける つく".split())  # に関する says no doing


@dataclass(frozen=True)
class Opened:
    """A mention opened: what stands in its stead, where a hit's words must stand, who must be in it."""

    mentions: tuple[Mention, ...]
    named: Mention
    within: Span = (0, 0)  # the clause of the name; (0, 0): the words of a hit stand outside
    predicates: tuple[str, ...] = ()  # only these; () is any

    def tells(self, hit: Hit) -> bool:
        """Whether a hit was read from what was opened."""
        if self.named is not hit.subject and self.named is not hit.object:
            return False
        if self.predicates:
            return hit.frame.predicate in self.predicates
        inside = [m for m in (hit.subject, hit.object) if isinstance(m, Mention) and m.end <= self.named.end]
        said = self.within[0] <= hit.predicate[0] < self.within[1]
        return said and (self.named is hit.subject or all(m.start >= self.within[0] for m in inside))


def opened(
    parsed: Parsed,
    mentions: Sequence[Mention],
    names: Names,
    entity: Callable[[str], Entity],
    vocabulary: Vocabulary,
) -> Iterator[Opened]:
    """The mentions of a sentence that can be opened, each by itself."""
    for mention in mentions:
        if mention.end - mention.start < _SHORTEST or len(mention.ids) != 1 or mention.antecedent:
            continue
        others = [m for m in mentions if m is not mention]
        if (at := _clause(parsed, mention)) is not None:
            head = Mention(at, mention.end, mention.ids)
            inner = _inner(parsed.text[mention.start : at], mention, names)
            yield Opened(_sorted(*others, *inner, head), head, (mention.start, at))
        elif vocabulary.is_a(entity(mention.ids[0]).cls, "Device"):
            whose, _, what = parsed.text[mention.start : mention.end].partition("の")
            inner = _inner(whose, mention, names)
            owner = next((m for m in inner if m.start == mention.start and m.end - m.start == len(whose)), None)
            if owner and what and vocabulary.is_a(entity(owner.ids[0]).cls, "Actor"):
                yield Opened(_sorted(*others, owner), owner, predicates=("alerts",))


def _clause(parsed: Parsed, mention: Mention) -> int | None:
    """Where the head of a name begins that starts with a relative clause: 共有し相互利用する|システム."""
    own = [t for t in parsed.tokens if mention.start <= t.start and t.end <= mention.end]
    for one, after in reversed(list(pairwise(own))):
        verbal = one.pos in ("VERB", "AUX") and one.tag.startswith(("動詞", "助動詞"))
        if (
            verbal
            and one.lemma not in _PARTICLES
            and _CLAUSE.search(one.text)
            and after.pos in ("NOUN", "PROPN")
            and mention.end - after.start > 1
        ):
            return after.start
    return None


def _inner(text: str, mention: Mention, names: Names) -> list[Mention]:
    """The names inside a name, without its own other forms."""
    return [m.moved(mention.start) for m in names.find_in(text) if not set(m.ids) & set(mention.ids)]


def _sorted(*mentions: Mention) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.start))
