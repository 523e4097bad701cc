"""How sure a Japanese sentence is of what it says, and in whose words: from the predicate up to the sentence's head.

In: a parsed sentence, a hit in it, its mentions. Out: a Verdict. The cues are cues/ja.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from ...model import Stance, Value
from ..flow import Hit, Mention, Parsed, Span, Token, Verdict
from ..stance import MOODS, Cue, Cues, Reading, read_cues
from .steps import PAST, Step, Way
from .voice import Voices

_NEGATIVE: Final = frozenset({"ない", "ぬ", "ず", "まい", "無い", "ざり"})
_THAT: Final = frozenset({"こと", "事", "の", "行為"})
_QUESTION: Final = re.compile("(?:[？?]|か[。」）)]*|かしら[。」]*|(?:だろう|でしょう)か[^。]{0,2}|のか[。」]*)$")

# Aは…と説明していますが、…でしょうか: only what follows is asked.
_ANSWERED: Final = re.compile(
    "(?:説明|発表|答弁|回答|主張|否定|公表|断言)して(?:いる|います|いました|いた|きた|きました)が、"
)
_MERELY_SAID: Final = re.compile(
    "(?:記事|報道|指摘|話|うわさ|情報|声)(?:が|も)[^。]{0,12}が、そのような事実は(?:な[いか]|ありま|ござ)"
)
_SO_IT_IS_SAID: Final = re.compile(
    "[^、。]{0,6}の(?:は|が)、?[^。]*(?:だった|であった|だ|である)と(?:され(?:る|ます|ている|ています)|いう|いいます)[。]?$"
)


def judge_ja(parsed: Parsed, hit: Hit, mentions: Sequence[Mention]) -> Verdict:
    """How sure the source is of the hit, and whose words it is in."""
    return _Judge(parsed, hit, mentions, read_cues("ja")).judge()


class _Judge:
    def __init__(self, parsed: Parsed, hit: Hit, mentions: Sequence[Mention], cues: Cues) -> None:
        self.parsed, self.hit, self.mentions, self.cues = parsed, hit, mentions, cues
        self.way = Way(parsed, cues)
        self.text, self.tokens = parsed.text, parsed.tokens
        self.read = Reading(parsed.text, hit.frame.stance)
        self.voices = Voices(self.way, hit, mentions, self.read)
        self.saying = hit.frame.predicate in cues.words["saying"].pattern.split()
        self.eaten: list[Span] = []  # words that a cue has explained
        self.passed = self.voices.passed  # the words of the way
        self.unfinished = False  # whether the clause hangs in the present on こと
        self.pending: Cue | None = None  # of the noun that the clause hangs on, until a verb is reached

    def judge(self) -> Verdict:
        first = self.way.first(self.hit)
        if first is None:
            return self.read.verdict()
        steps = self.way.steps(first)
        self.passed |= {step.token.i for step in steps}
        self.walk(steps)
        self.other_way(steps)
        self.around(first, steps)
        return self.read.verdict()

    def other_way(self, steps: list[Step]) -> None:
        """The first verb of Aを導入し、Bを公開したことを否定した may stand beside the second or the third.

        Where the way that the parse did not take makes no positive claim, none is made.
        """
        if self.read.drop:
            return
        for i, step in enumerate(steps[:-1]):
            if step.link != "sister" and step.token.text not in ("ため", "為"):
                continue
            beside = self.way.next_verb(step.end, steps[i + 1].token)
            if beside is steps[i + 1].token:
                continue
            other = _Judge(self.parsed, self.hit, self.mentions, self.cues)
            other.walk([*steps[: i + 1], *self.way.steps(beside)])
            if other.read.drop == "condition" and self.topic_first(steps[0]):
                continue
            if other.read.drop or (other.read.negated and not self.read.negated):
                self.read.dropped(other.read.drop or "hypothesis")

    def topic_first(self, first: Step) -> bool:
        """端末は照合し、一致した場合は知らせる: a topic stands over both clauses, and so outside of the condition."""
        subject = self.hit.subject
        return subject.end <= first.token.start and bool(re.match("(?:に|で|と)?は", self.text[subject.end :]))

    def walk(self, steps: list[Step]) -> None:
        mode: Literal["direct", "sister", "finite", "relative"] = "direct"
        open_relative = False
        nominal = False  # an action named by a noun, not told by a verb
        before: Step | None = None
        for step in steps:
            governed = before is not None and before.link in ("quote", "noun", "so", "action")
            negative = self.negative(step)
            if before is None:
                nominal = step.link == "action"
                self.unfinished = step.link == "noun" and not PAST.search(self.text[step.token.end : step.end])
                self.ending(step, own=True)
                if (negative := self.negative(step)) and not nominal:
                    self.read.negate(negative)
            elif before.link == "condition":
                self.read.dropped("condition")
            elif before.link == "relative":
                mode, open_relative = "relative", not PAST.search(self.text[before.token.end : before.end])
            elif governed:
                self.governed(step, before, negative, mode, open_relative)
                if mode != "relative" and self.read.drop == "":
                    self.ending(step, own=False)
            elif before.link == "sister":
                if mode == "direct":
                    mode = "sister"
                if negative and self.text[before.end : before.end + 1] not in "、，," and mode == "sister":
                    self.read.dropped("hypothesis")
                if mode == "sister" and not self.past_then_future(steps[0], step):
                    self.ending(step, own=False)
            elif before.link == "finite":
                mode = "finite" if mode != "relative" else mode
            if step.link == "condition":
                self.read.dropped("condition")
            if mode != "relative" and self.supposed(step):
                self.read.dropped("hypothesis")
            before = step

    def past_then_future(self, first: Step, later: Step) -> bool:
        """改正し、今後は…する方針: what was done stays done."""
        own = self.text[: first.token.end]
        return bool(
            (self.cues.words["past"].search(own) or re.search(r"\d年", own))
            and self.cues.words["future"].search(self.text[first.end : later.token.start])
        )

    def ending(self, step: Step, *, own: bool) -> None:
        """What stands right after a word: べき, かもしれない, わけではない."""
        start = step.token.start if own else step.token.end
        window = self.text[start : step.end + 12]
        stop = re.search("[、。「]", window[max(0, step.end - start) :])
        limit = step.end - start + (stop.start() + 1 if stop else 12)
        window = window[:limit]
        for cue in self.cues["endings"]:
            if cue.get("own") and not own:
                continue
            found = next((m for m in cue.words.finditer(window) if m.start() + start <= step.end), None)
            if not found or found.end() == 0:
                continue
            span = (start + found.start(), start + found.end())
            if span[1] <= step.token.end:
                continue
            past = bool(PAST.search(self.text[step.token.end : span[0]]))
            if cue.get("tense") and (cue.get("tense") == "past") != past:
                continue
            if cue.get("needs") and not re.search(cue.get("needs"), self.text[span[0] : span[1] + 4]):
                continue
            at_end = not self.text[span[1] :].strip("。」 ")
            if cue.get("final") and (cue.get("final") == "yes") != at_end:
                continue
            self.eaten.append(span)
            self.apply(cue, span)
            return
        if self.way.asked(step, self.eaten):
            self.read.dropped("question")

    def negative(self, step: Step) -> Span | None:
        """The negation in a word's tail, unless a cue has explained it; twice is none and no claim."""
        found = [
            t
            for t in self.way.after(step.token, step.end)
            if t.lemma in _NEGATIVE and not any(s < t.end and t.start < e for s, e in self.eaten)
        ]
        if len(found) > 1 and self.cues.words["twice"].search(self.text[step.token.end : step.end]):
            return None
        if len(found) > 1:
            self.read.dropped("hypothesis")
        return (step.token.end, found[0].end) if len(found) == 1 else None

    def apply(self, cue: Cue, span: Span, negative: Span | None = None) -> None:
        read = self.read
        if cue.drop:
            read.dropped(cue.drop)
            return
        if negative and cue.negative == "drop":
            read.dropped("hypothesis")
            return
        if cue.stance:
            read.set(cue.stance, span)
        if cue.negated:
            if cue.voice:
                read.denied()
            elif self.pending is not None and self.pending.negative == "drop":
                read.dropped("hypothesis")
            read.negate(span)
        if cue.hedged:
            read.hedge(span)
        if negative:
            if cue.get("keep") == "denies":  # との報道は事実ではない
                read.denied()
                self.pending = None
            if read.stance not in (Stance.stated, *MOODS) or (self.pending and self.pending.negative == "drop"):
                read.dropped("hypothesis")
            read.negate((span[0], negative[1]))

    def governed(self, step: Step, before: Step, negative: Span | None, mode: str, open_relative: bool) -> None:
        own = (step.token.start, step.token.end)
        if not isinstance(self.hit.object, Value) and self.hit.object.start <= own[0] < self.hit.object.end:
            return  # まとめた|提言『…』: the noun is what the claim is about
        if negative and self.text[: before.end].endswith("としか"):
            self.read.set(Stance.inferred, (step.token.start, negative[1]))
            return
        exempt = self.saying and own[0] < self.hit.predicate[1] and self.hit.predicate[0] < own[1]
        if any(s < own[1] and own[0] < e for s, e in self.eaten):
            return
        past = bool(PAST.search(self.text[before.token.end : before.end]))
        cue = (
            self.way.noun_cue(step.token, past if before.link != "action" else None)
            if step.token.pos == "NOUN"
            else None
        )
        span = (step.token.start, step.end)
        if cue is not None and not (step.link in ("end", "sister", "quote") or self.way.verbal(step)):
            negative = None
        elif found := self.way.head_cue(step, before):
            cue, span = found
        if mode == "relative" and cue and cue.drop in ("condition", "question"):
            self.read.dropped(cue.drop)
        if mode == "relative" and not (open_relative and cue and (cue.stance in MOODS or cue.drop == "considered")):
            return
        if exempt:
            if negative:
                self.read.negate(negative)
            if (
                cue and cue.drop == "dropped plan" and before.link == "action"
            ):  # 発行を断念した: the saying itself was dropped
                self.read.dropped(cue.drop)
            return
        if cue is None:
            general = before.token.text in _THAT and re.search("[はがも]$", self.text[: before.end])
            if negative or (general and self.unfinished):  # 取得することは違法である tells of no acquisition
                self.read.dropped("hypothesis")
            return
        if cue.voice and not cue.drop:
            self.voices.voice(step, cue)
        self.apply(cue, span, negative)
        self.pending = None if self.way.verbal(step) else cue

    def supposed(self, step: Step) -> bool:
        """Whether the clause hangs on an if of its own."""
        for i in self.parsed.children[step.token.i]:
            child = self.tokens[i]
            if (
                child.dep in ("advcl", "obl", "csubj")
                and child.start < step.token.start
                and child.pos in ("VERB", "ADJ", "NOUN", "AUX")
            ):
                if child.i in self.passed:
                    continue
                end = self.way.tail(child)
                if child.pos != "NOUN" and self.way.conditional(child, end):
                    return True
                if child.text == "場合" and self.cues.words["supposing"].search(self.text[: child.start]):
                    return True
        return False

    def around(self, first: Token, steps: list[Step]) -> None:
        read, words = self.read, self.cues.words
        answered = _ANSWERED.search(self.text, first.end)
        if _QUESTION.search(self.text.rstrip()) and not answered:
            read.dropped("question")
        own = self.text[self.clause_start(first) : first.start]
        if words["supposing"].search(own):
            read.dropped("condition")
        if words["doubting"].search(own):
            read.dropped("hypothesis")
        if found := words["hedging"].search(own):
            read.hedge((found.start() + self.clause_start(first), found.end() + self.clause_start(first)))
        if read.negated and words["partly"].search(self.text[: first.end]):
            read.hedged = True
        if found := _MERELY_SAID.search(self.text, first.end):
            read.denied()
            read.negate(found.span())
        if read.stance is Stance.stated and (found := _SO_IT_IS_SAID.match(self.text, first.end)):
            read.set(Stance.reported, found.span())
        if read.stance is Stance.stated and not read.drop:
            self.cleft(own, self.clause_start(first))
        rest = self.text[first.end :]
        unproven = words["unproven"].search(rest)
        claimed = unproven and read.stance is Stance.alleged and re.search("と(?:主張|指摘)", rest[: unproven.start()])
        if unproven and not claimed and steps[0].link not in ("relative", "finite"):
            read.dropped("hypothesis")
        self.contrast()
        self.voices.source(first)
        if not any(step.link in ("relative", "finite") for step in steps):
            rest = re.split("[、，「」]", self.text[first.end :])[0] if "、" not in self.text[first.end :] else ""
            if words["open"].search(rest):
                read.dropped("hypothesis")
        if read.stance is Stance.stated and not read.negated and not read.drop:
            last = steps[0]
            tail = self.text[last.token.end : last.end]
            future = words["future"].search(own)
            if future and last.link in ("end", "sister") and not PAST.search(tail) and self.way.verbal(last):
                read.set(
                    Stance.intended,
                    (self.clause_start(first) + future.start(), self.clause_start(first) + future.end()),
                )

    def cleft(self, own: str, at: int) -> None:
        """国が狙うのは、カメラの利用だ: what governs stands in front."""
        found = re.search("([^、。]{1,8})の(?:は|が)、?[^、。]*$", own)
        for cue in self.cues["heads"] if found else ():
            if found and cue.stance in MOODS and (verb := cue.words.search(found[1])):
                start = at + found.start(1) + verb.start()
                self.read.set(cue.stance, (start, at + found.end(1)))
                return

    def clause_start(self, first: Token) -> int:
        """Where the sentence part before the word begins: behind the last full stop or opening quotation mark."""
        if self.way.closing(first.start) >= 0:
            return max(self.text.rfind("「", 0, first.start), self.text.rfind("『", 0, first.start)) + 1
        return 0

    def contrast(self) -> None:
        """AではなくB, A以外, Aしか: a name that is just not the one meant."""
        for role in (self.hit.subject, self.hit.object):
            if isinstance(role, Value) or role.start == role.end:
                continue
            rest = self.text[role.end : role.end + 12]
            if found := re.match("(?:と|に|へ|で|から|の)?(?:では|じゃ|で)な[くい]", rest):
                self.read.negate((role.end, role.end + found.end()))
            elif re.match("(?:と|に|へ)?(?:以外|を除|を除き|の代わり|のかわり)", rest):
                self.read.dropped("hypothesis")
            elif re.match("(?:に|へ|と)?しか", rest) and self.read.negated:
                self.read.negated = False
                self.read.cues = [c for c in self.read.cues if c[0] != 3]
