"""The way from a Japanese predicate up to its sentence's head: which word hangs on which, and how.

In: a parsed sentence, a predicate's word. Out: Steps, each a word with its tail of particles and auxiliaries and the
link to the next; the cues that fit such a word. The parse is set right where it cannot be so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..flow import Hit, Parsed, Span, Token
from ..stance import Cue, Cues

Link = Literal["end", "quote", "noun", "so", "action", "relative", "sister", "finite", "condition"]

PAST: Final = re.compile("た|だっ|(?:て|で)(?:い|お)|なかっ")
_FUNCTION: Final = frozenset({"AUX", "SCONJ", "PART", "ADP"})
_FUNCTION_DEP: Final = frozenset({"aux", "mark", "fixed", "case", "cop"})
_LIGHT: Final = frozenset({"ある", "ない", "なる", "できる", "いう", "する", "持つ", "分かる", "わかる"})
_ASPECT: Final = frozenset({"始める", "続ける", "終える", "出す", "切る", "直す"})
_SPEECH_AFTER: Final = re.compile("(?:と|との|などと|などとの|とも|とは)")
_FINITE_MARK: Final = re.compile("(?:が|けれど|けど|ので|から|ものの|一方|のに|し)、?$")


@dataclass(frozen=True)
class Step:
    """A word on the way up, the particles and auxiliaries after it, and how it hangs on the next."""

    token: Token
    end: int  # of its tail
    link: Link


class Way:
    """The words of a sentence, to be climbed."""

    def __init__(self, parsed: Parsed, cues: Cues) -> None:
        self.parsed, self.cues = parsed, cues
        self.text, self.tokens = parsed.text, parsed.tokens

    def first(self, hit: Hit) -> Token | None:
        """The predicate's own word."""
        if 0 <= hit.token < len(self.tokens):
            return self.tokens[hit.token]
        inside = self.parsed.covering(*hit.predicate)
        heads = [t for t in inside if self.tokens[t.head] not in inside or t.head == t.i]
        return heads[-1] if heads else None

    def tail(self, token: Token) -> int:
        """Where the particles and auxiliaries after a word end."""
        end, i = token.end, token.i + 1
        while i < len(self.tokens):
            word = self.tokens[i]
            if word.pos == "PUNCT":
                closes = word.text in "」』”）)" or (word.text == "、" and self.text.startswith("と", word.end))
                if not closes or not self.function(i + 1, token.i):
                    break
            elif not self.function(i, token.i):
                break
            end = word.end
            i += 1
        return end

    def function(self, i: int, of: int) -> bool:
        """Whether a word is a particle or an auxiliary of another."""
        if i >= len(self.tokens):
            return False
        word = self.tokens[i]
        if word.head == of and word.dep == "compound":  # 設置することに, where the parser sees one word
            return True
        if (
            word.text in ("す", "さ", "し")
            and i + 1 < len(self.tokens)
            and self.tokens[i + 1].lemma in ("べし", "べき")
        ):
            return True
        if word.text == "の" and word.pos == "PRON":
            return False
        if word.lemma in _ASPECT and word.head == of and word.pos == "VERB":  # 利用し始めたら
            return True
        return word.pos in _FUNCTION or word.dep in _FUNCTION_DEP

    def steps(self, first: Token) -> list[Step]:
        """The whole way, the first word first."""
        found: list[Step] = []
        at, seen = first, set[int]()
        while at.i not in seen:
            seen.add(at.i)
            end = self.tail(at)
            above = self.above(at, end)
            link = self.link(at, end, above, first=at is first)
            if link in ("end", "quote"):
                quoting = self.quoting(at, end)
                if quoting is not None and (link == "end" or above.start < end):
                    above, link = quoting, "quote"
            if link == "quote":
                above = self.speech(at, end, above)
            elif link == "sister" and above.lemma in _LIGHT:
                above = self.next_verb(end, above)
            found.append(Step(at, end, link))
            if link == "end":
                break
            at = above
        return found

    def above(self, at: Token, end: int) -> Token:
        """What a word hangs on.

        The parse is set right where it cannot be so: a predicate hangs on what follows it, and on the noun or verb
        that follows at once (…した可能性, …ことが望ましい).
        """
        above = self.tokens[at.head]
        verbal = at.pos in ("VERB", "ADJ", "AUX")
        following = next((t for t in self.tokens if t.start >= end and t.pos != "PUNCT"), None)
        if following is None or self.text[end : following.start].strip():
            return above if above.start >= end or not verbal else at
        chunk = following
        while chunk.i + 1 < len(self.tokens) and chunk.dep == "compound" and chunk.head > chunk.i:
            chunk = self.tokens[chunk.head]
        if verbal and ((chunk.pos == "NOUN" and self.noun_cue(chunk)) or above.start < end):
            return chunk
        argument = not verbal and at.pos == "NOUN" and re.search("[をがはも]$", self.text[at.end : end])
        adverb = chunk.pos == "ADJ" and (
            chunk.text.endswith("く") or self.text.startswith("に", chunk.end)
        )  # ことが明らかになった
        predicate = chunk.pos in ("VERB", "ADJ") and not adverb
        if (
            argument and chunk.pos == "NOUN" and re.match("では|で|だ|と(?:は|異)", self.text[chunk.end :])
        ):  # は事実ではない
            predicate = bool(self.head_cue(Step(chunk, self.tail(chunk), "end"), Step(at, end, "action")))
        return chunk if argument and predicate and above.start > chunk.start else above

    def next_verb(self, end: int, above: Token) -> Token:
        """The verb beside which another stands, where the parse hangs it on the ある of …し、…した可能性がある."""
        return next(
            (t for t in self.tokens if end <= t.start < above.start and t.pos == "VERB" and t.dep != "fixed"), above
        )

    def speech(self, at: Token, end: int, above: Token) -> Token:
        """The word behind …と that can quote, where the parse leapt over it."""
        step = Step(at, end, "quote")
        if self.head_cue(Step(above, self.tail(above), "end"), step) or self.noun_cue(above):
            return above
        between = (t for t in self.tokens if end <= t.start < above.start and t.pos in ("VERB", "ADJ"))
        return next((t for t in between if self.head_cue(Step(t, self.tail(t), "end"), step)), above)

    def quoting(self, at: Token, end: int) -> Token | None:
        """The verb behind the quotation marks that the word stands in: 「…」と述べた."""
        if at.head != at.i and self.tokens[at.head].start >= end:
            return None
        close = self.closing(at.start)
        if close < 0 or not _SPEECH_AFTER.match(self.text, close + 1):
            return None
        return next((t for t in self.tokens if t.start > close and t.pos in ("VERB", "ADJ")), None)

    def closing(self, at: int) -> int:
        """Where the outermost quotation ends that the place stands in; -1 outside of any."""
        depth, close = 0, -1
        for i, c in enumerate(self.text):
            if c in "「『":
                depth += 1
                if depth == 1:
                    start = i
            elif c in "」』" and depth:
                depth -= 1
                if depth == 0 and start < at < i:
                    close = i
        return close

    def link(self, at: Token, end: int, above: Token, *, first: bool) -> Link:
        """How a word hangs on the next."""
        tail = self.text[at.end : end]
        if above.i == at.i or above.start < at.start:
            return "end"
        marks = self.after(at, end)
        verbal = at.pos in ("VERB", "ADJ", "AUX") or any(t.dep in ("aux", "cop") for t in marks)
        if at.lemma == "する" and tail == "て" and re.search("と$", self.text[: at.start]):
            return "quote"  # …したとして批判した
        if any(t.text == "と" and "接続" in t.tag for t in marks) and not tail.endswith("」と"):
            said = above.pos == "VERB" and self.head_cue(Step(above, self.tail(above), "end"), Step(at, end, "quote"))
            return "quote" if said and not said[0].drop and not said[0].get("keep") else "condition"
        if verbal and self.conditional(at, end):
            return "condition"
        if verbal and any(t.text in ("と", "って") and t.pos == "ADP" for t in marks) and above.start >= end:
            return "quote"
        if verbal and re.search("よう(?:に)?$", tail):
            return "so"
        if (
            (at.dep in ("acl", "csubj", "nmod") or above.start == end)
            and above.pos in ("NOUN", "PRON", "PROPN")
            and verbal
        ):
            past = bool(PAST.search(tail))
            return "noun" if self.noun_cue(above, past) or above.text == "の" else "relative"
        if not verbal:
            if first and "サ変" not in at.tag:
                return "end"
            return "action"
        if re.search("か$", tail) or at.dep in ("ccomp", "csubj", "nsubj", "obj"):
            return "noun"
        if _FINITE_MARK.search(tail) and not re.search("(?:^|[^うぬむるすくつぶぐい])し$", tail):
            return "finite"
        return "sister"

    def after(self, at: Token, end: int) -> list[Token]:
        """The words of its tail."""
        return [t for t in self.tokens[at.i + 1 :] if t.end <= end]

    def conditional(self, at: Token, end: int) -> bool:
        """Whether its tail says if; なければならない does not."""
        found = self.cues.words["conditionals"].search(self.text[at.start : end])
        must = re.search("(?:なけれ|ね)ば$|なくて(?:は|も)$|(?:て|で)(?:は|も)$", self.text[at.start : end])
        if found and re.match("ともに|同時に|共に", self.text[found.end() - 1 + at.start :]):
            return False
        return bool(found) and not (must and re.match("な[らり]|いけ|よ[いろ]|いい|構", self.text[end:]))

    def asked(self, step: Step, eaten: Sequence[Span] = ()) -> bool:
        """Whether its tail asks; `eaten` are words that a cue has explained."""
        return any(
            t.text == "か"
            and not re.match("か(?:も|ら|ね)", self.text[t.start : t.end + 1])
            and not any(s <= t.start < e for s, e in eaten)
            for t in self.after(step.token, step.end)
        )

    def noun_cue(self, token: Token, past: bool | None = None) -> Cue | None:
        """What a noun says of the clause that hangs on it."""
        if token.pos not in ("NOUN", "PRON", "SCONJ", "AUX", "PROPN"):
            return None
        for cue in self.cues["nouns"]:
            if cue.get("tense") and past is not None and (cue.get("tense") == "past") != past:
                continue
            if cue.words.fullmatch(token.text):
                return cue
        return None

    def head_cue(self, step: Step, before: Step) -> tuple[Cue, Span] | None:
        """What a word says of the clause or action that it governs, and the words that say it."""
        kind = {"quote": "quote", "noun": "noun", "action": "noun", "so": "so"}[before.link]
        past = bool(PAST.search(self.text[before.token.end : before.end])) and before.link != "action"
        region = self.text[before.end : step.end]
        at = step.token.start - before.end
        for cue in self.cues["heads"]:
            if cue.after and kind not in cue.after:
                continue
            if cue.get("tense") and kind != "so" and (cue.get("tense") == "past") != past:
                continue
            if cue.get("needs_question") and not self.asked(before):
                continue
            if cue.words.pattern.startswith("^") or "^|" in cue.words.pattern:
                found = cue.words.match(region[at:]) if at >= 0 else None
                if found:
                    return cue, (step.token.start, step.end)
                continue
            for found in cue.words.finditer(region):
                if found.end() > at and found.start() < at + len(step.token.text) + 2:
                    return cue, (before.end + found.start(), step.end)
        return None

    def verbal(self, step: Step) -> bool:
        """Whether the step tells, as a verb does."""
        return step.token.pos in ("VERB", "ADJ") or any(
            t.lemma in ("する", "だ", "です") for t in self.after(step.token, step.end)
        )
