"""What a Japanese sentence says is done: predicates and nouns of action with their arguments by role.

In: a Sentence of phrases. Out: Events, and the names that a phrase stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..flow import Mention
from .chunks import Chunk
from .keys import Rule
from .roles import Event
from .subjects import Subjects
from .words import ASKS, CALLED, CARRIES, COLLECTIVE, HAPPENS, SPEAKERS

_SERVES = frozenset("務める つとめる 就任 就く 担う 担当 兼ねる 兼務 なる 選ぶ 選任 選出".split())
_HOLDS = frozenset("持つ もつ 以つ もってする".split())
_LINKS = frozenset(("ところが", "だが", "ところで", "それが", "が"))  # they only link sentences
_KEPT = frozenset("登録 保存 保管 記録 収録 蓄積 格納 収める".split())
_VOICES = frozenset("声 意見 話 主張 考え 名前 言葉 疑問 指摘 報道 批判 説明 噂 文字 見方".split())
_CALLS = frozenset("呼ぶ 名付ける 名づける 称する 題する 銘打つ いう 言う".split())


class Reader(Subjects):
    """Reads the events of one sentence."""

    # --- events

    def verb(self, chunk: Chunk) -> Event:
        """A verb with the phrases that hang on it."""
        return Event("verb", chunk.i, chunk.i, chunk.i, self.arguments(chunk), chunk.passive)

    def doing(self, chunk: Chunk) -> Event:
        """A name with する: it is what is done."""
        return Event("doing", chunk.i, chunk.i, chunk.i, self.arguments(chunk), chunk.passive)

    def state(self, chunk: Chunk) -> Event:
        """A noun with だ that says what a verb does: 反対だ, 必要です."""
        return Event("verb", chunk.i, chunk.i, chunk.i, self.arguments(chunk))

    def saying(self, verb: Chunk, noun: Chunk, inner: Chunk | None) -> Event:
        """A verb with a noun of its own: what hangs on the noun counts too."""
        args = [a for a in self.arguments(verb) if a[1] != noun.i]
        args += [a for a in self.modifiers(noun) if inner is None or a[1] != inner.i]
        if inner is not None:
            args += self.modifiers(inner)
        first = inner.i if inner is not None else noun.i
        return Event("verb", verb.i, verb.i, first, args, verb.passive)

    def noun(self, chunk: Chunk) -> Event:
        """A noun of action, with the verb that carries it, if one does."""
        args = self.modifiers(chunk)
        carrier = self.carrier(chunk)
        if carrier is None:
            return Event("noun", chunk.i, chunk.i, chunk.i, args)
        args += [a for a in self.arguments(carrier) if a[1] != chunk.i]
        passive = carrier.passive or (chunk.role in ("が", "は", "も") and bool(HAPPENS & set(carrier.words)))
        return Event("noun", chunk.i, carrier.i, chunk.i, args, passive, carried=True)

    def carrier(self, chunk: Chunk) -> Chunk | None:
        """The verb that only carries a noun of action: 導入を進める, 導入が始まる."""
        if chunk.parent < 0 or chunk.adnominal:
            return None
        verb = self.chunks[chunk.parent]
        words = set(verb.words)
        if not verb.verbal or verb.favour or (verb.head.lemma in _HOLDS and self.linked(verb) and verb.parent >= 0):
            return None  # 設立をもって|対処する: by what, not that it is done
        if chunk.role in ("を", "は", "も", "に", "へ") and words & CARRIES and not words & ASKS:
            return verb
        if chunk.role in ("が", "は", "も") and (words & HAPPENS or (verb.passive and words & CARRIES)):
            return verb
        return None

    def arguments(self, chunk: Chunk) -> list[tuple[str, int]]:
        """The phrases that hang on a verb, with their roles."""
        found = []
        for i in chunk.children:
            child = self.chunks[i]
            links = not i and self.sentence.text[child.start : child.last] in _LINKS
            if child.role and not child.verbal and not child.adnominal and child.i < chunk.i and not links:
                found.append((child.role, i))
        if chunk.verbal and (doer := self.hung_too_high(chunk)) is not None:
            found.insert(0, ("が", doer))
        return found

    def hung_too_high(self, chunk: Chunk) -> int | None:
        """Aが|3月に公表した|「B」は、…: who did it, which the tree hung on the verb at the end."""
        first = min([i for i in chunk.children if i < chunk.i], default=chunk.i)
        if not first or chunk.parent != chunk.i + 1 or not self.sentence.plain_form(chunk):
            return None
        doer, noun = self.chunks[first - 1], self.chunks[chunk.parent]
        high = doer.parent == noun.parent and doer.role == "が" and not doer.comma and doer.named
        return doer.i if high and noun.named and noun.role == "は" else None

    def modifiers(self, chunk: Chunk) -> list[tuple[str, int]]:
        """The phrases before a noun of action that belong to it: の, への, による, との."""
        found: list[tuple[str, int]] = []
        for i in chunk.children:
            child = self.chunks[i]
            if child.verbal or i > chunk.i:
                continue
            if (
                child.adnominal
                or child.role in ("により", "と", "に対し", "について", "に基づき")
                or (child.role and not child.adnominal and chunk.copula)
            ):
                found.append((child.role, i))
            if child.adnominal and (
                child.named or child.role == "の"
            ):  # Aによる|Bの|導入, where the tree hangs Aによる on B
                for j in child.children:
                    below = self.chunks[j]
                    if below.adnominal and below.role in ("により", "へ", "と", "から", "に対し"):
                        found.append((below.role, j))
        return found

    def inner(self, noun: Chunk, word: str) -> Chunk | None:
        """The の-modifier of a noun by its word: 批判|の声."""
        for i in noun.children:
            child = self.chunks[i]
            if i < noun.i and child.role == "の" and word in child.words:
                return child
        return None

    def being(self, chunk: Chunk, words: re.Pattern[str], rule: Rule) -> Iterator[tuple[Event, Rule]]:
        """AはBの一部である; Bの理事長はAだ; Bの理事長はAが務める."""
        start = chunk.before.end if chunk.before else chunk.start
        if chunk.named or not words.fullmatch(self.sentence.text[start : chunk.end].lstrip("」』")):
            return
        whole = [("before", chunk.i)] if chunk.before else []
        whole += [("の", i) for i in chunk.children if self.chunks[i].role == "の" and i < chunk.i]
        if chunk.copula:
            own = [(role, i) for role, i in self.arguments(chunk) if role in ("は", "が", "も")]
            if not own and re.search(r"(?:である|だった|であった)$", chunk.ending) and chunk.parent >= 0:
                above = self.chunks[chunk.parent]
                someone = above.copula and above.head.text in ("方", "人", "人物", "一人", "ひとり", "者")
                own = [("が", chunk.parent)] if above.named else self.arguments(above) if someone else []
                own = [(role, i) for role, i in own if role in ("は", "が", "も")]
            yield Event("being", chunk.i, chunk.i, chunk.i, [*own, *whole]), rule
        elif chunk.parent >= 0:
            answer = self.chunks[chunk.parent]
            if answer.copula and answer.named:
                yield Event("being", chunk.i, answer.i, chunk.i, [("が", answer.i), *whole]), rule
            elif answer.verbal and _SERVES & set(answer.words):
                own = [("が", i) for role, i in self.arguments(answer) if role in ("が", "に") and i != chunk.i]
                yield Event("being", chunk.i, answer.i, chunk.i, [*own, *whole]), rule

    # --- who a phrase stands for

    def names(self, i: int, through: re.Pattern[str] | None = None, *, speakers: bool = False) -> list[Mention]:
        """The names that a phrase stands for: its own, or those before a noun that may stand between."""
        chunk = self.chunks[i]
        if chunk.named:
            return self.sentence.group(i)
        if chunk.mentions and chunk.before:
            rest = self.sentence.text[chunk.before.end : chunk.end].lstrip("」』")
            if (through and through.fullmatch(rest)) or (speakers and SPEAKERS.fullmatch(rest)):
                return [*self.sentence.group_before(chunk), chunk.before]
            return []
        text = self.sentence.text[chunk.start : chunk.end].lstrip("「『")
        if not chunk.mentions and chunk.i > 1 and through and not speakers:
            joined = self.joined(chunk)
            if joined is not None and (found := self.names(joined, through)):
                return found
        if not chunk.mentions and (called := self.called(chunk)):
            return called
        if not chunk.mentions and through and (whose := self.owned(chunk, through)):
            return whose
        if not chunk.mentions and i and COLLECTIVE.fullmatch(text):  # A、Bなど5者
            before = self.chunks[i - 1]
            if before.named and re.fullmatch(r"(?:など|等|ら|ほか)?(?:の)?[、，]?", before.ending):
                return self.sentence.group(i - 1)
        if not chunk.mentions and ((through and through.fullmatch(text)) or (speakers and SPEAKERS.fullmatch(text))):
            for child in reversed(chunk.children):
                below = self.chunks[child]
                joint = below.i < chunk.i and below.role == "と" and below.adnominal
                if joint and through and through.fullmatch(f"との{text}"):  # 警察との|連携
                    return self.names(child)
                if below.i < chunk.i and below.role == "の" and below.adnominal:
                    return self.names(child, through if through and through.fullmatch(text) else None)
        return []

    def owned(self, chunk: Chunk, through: re.Pattern[str]) -> list[Mention]:
        """Who has what a noun means, said in a clause: Aが持つ|端末."""
        for i in chunk.children:
            verb = self.chunks[i]
            if verb.i < chunk.i and verb.verbal and self.sentence.plain_form(verb):
                for j in verb.children:
                    named = self.chunks[j].named
                    kept = self.chunks[j].role == "に" and _KEPT & set(verb.words)  # Aに登録された|写真
                    if named and kept:
                        return (
                            self.sentence.group(j)
                            if through.fullmatch(self.sentence.text, chunk.start, chunk.end)
                            else []
                        )
                    if named and self.chunks[j].role == "が":
                        fits = through.fullmatch(self.sentence.text, named.end, chunk.end)
                        return self.sentence.group(j) if fits else []
        return []

    def joined(self, chunk: Chunk) -> int | None:
        """The noun that a nameless one is joined to: Aの顔|と歩き方."""
        for i in range(chunk.i - 1, max(-1, chunk.i - 3), -1):
            before = self.chunks[i]
            if before.role in ("と", "や") and not before.adnominal and not before.mentions and not before.verbal:
                return i
            if before.ending or before.comma:
                return None
        return None

    def called(self, chunk: Chunk) -> list[Mention]:
        """「A」と呼ぶ|実験, 「A」という|装置: what a noun is called."""
        before = self.chunks[chunk.i - 1] if chunk.i else None
        if before is not None and before.named and before.parent == chunk.i and chunk.head.text not in _VOICES:
            between = self.sentence.text[before.named.end : chunk.start]
            if between.startswith(("」", "』", "”")) and CALLED.fullmatch(between):
                return self.sentence.group(before.i)
        for i in chunk.children:
            verb = self.chunks[i]
            if i == chunk.i - 1 and verb.verbal and _CALLS & set(verb.words):
                for j in verb.children:
                    if self.chunks[j].role == "と" and self.chunks[j].named:
                        return self.sentence.group(j)
        return []
