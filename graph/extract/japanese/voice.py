"""Who says what a Japanese sentence says: 県は…と発表した, 県の説明によると, 県から…との報告があった.

In: the way up from a predicate, the sentence's mentions, a Reading to tell it to. Out: in the Reading, whose voice it
is; "reported" where somebody is quoted for whom no entity stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Stance
from ..flow import Hit, Mention, Token
from ..stance import MOODS, Cue, Reading
from .steps import Step, Way


class Voices:
    """Finds who is quoted."""

    def __init__(self, way: Way, hit: Hit, mentions: Sequence[Mention], read: Reading) -> None:
        self.way, self.hit, self.mentions, self.read = way, hit, mentions, read
        self.passed: set[int] = set()  # the words of the way: none of them speaks
        self.parsed, self.cues = way.parsed, way.cues
        self.text, self.tokens = way.text, way.tokens

    def voice(self, step: Step, cue: Cue) -> None:
        """Who does the saying of a step, told to the reading."""
        passive = bool(re.search("れ", self.text[step.token.end : step.end]))
        subject = next(
            (
                self.tokens[i]
                for i in self.parsed.children[step.token.i]
                if i not in self.passed
                and self.tokens[i].dep in ("nsubj", "dislocated")
                and self.tokens[i].pos in ("NOUN", "PROPN", "PRON")
                and not self.way.noun_cue(self.tokens[i])
            ),
            None,
        )
        if subject is None and cue.stance is Stance.inferred and re.match("でき|出来", self.text[step.token.end :]):
            return
        if passive or (subject is None and step.token.pos == "NOUN" and not self.way.verbal(step)):
            giver = self.giver(step)
            if giver:
                self.read.speak(giver)
            elif not passive and cue.stance is None and not self.read.voiced:
                self.read.set(Stance.reported, (step.token.start, step.end))
            return
        if subject is not None:
            self.speaker(subject)
            return
        topic = self.topic()
        if cue.stance in MOODS and (step.token.pos == "ADJ" or topic in (self.hit.subject, self.hit.object)):
            return
        if topic is not None:
            self.read.speak(topic)

    def giver(self, step: Step) -> Mention | None:
        """Aから…との報告があった, Aの説明, Aに否定された."""
        for token in self.tokens:
            if token.dep in ("obl", "nmod", "nsubj") and token.start < step.token.start:
                tail = self.text[token.end : self.way.tail(token)]
                if re.match("から|より|によって|により|の$", tail) and (
                    token.head == step.token.i or tail.startswith(("から", "より"))
                ):
                    found = self.mention(token)
                    if found:
                        return found
        return None

    def topic(self) -> Mention | None:
        """The first name marked by は outside of quotation marks: who says it where the verb has no subject.

        が marks who is spoken of, unless a comma sets it apart.
        """
        for mention in sorted(self.mentions, key=lambda m: m.start):
            if mention.start == mention.end or self.way.closing(mention.start) >= 0:
                continue
            if re.match("(?:に)?(?:は|も|が、)", self.text[mention.end :]):
                return mention
        return None

    def speaker(self, subject: Token) -> None:
        """The subject of a verb of saying, or whoever's spokesman it is."""
        found = self.mention(subject)
        if found:
            if self.read.stance not in (Stance.proposed, Stance.demanded) or found != self.hit.subject:
                self.read.speak(found)
            return
        word = self.text[subject.start : subject.end]
        for i in self.parsed.children[subject.i]:
            child = self.tokens[i]
            whose = self.mention(child)
            if whose and child.dep in ("nmod", "compound") and self.cues.words["speaking_for"].fullmatch(word):
                self.read.speak(whose, word)
                return
        if any(cue.get("keep") and cue.words.fullmatch(word) for cue in self.cues["sources"]):
            return
        self.read.speak(None, word)
        if self.read.stance is Stance.stated:
            self.read.set(Stance.reported, (subject.start, self.way.tail(subject)))

    def mention(self, token: Token) -> Mention | None:
        """The name that a word belongs to."""
        return next(
            (m for m in self.mentions if m.start < token.end and token.end <= m.end + 1 and token.start < m.end), None
        )

    def source(self, first: Token) -> None:
        """What stands before によると."""
        for found in re.finditer(
            "(?:に(?:よ(?:れば|ると|りますと)|対する取材で|よる)(?:と)?|(?:に|へ)の取材で|では)(?=[、，])",
            self.text[: first.start],
        ):
            if self.way.closing(found.start()) >= 0 and self.way.closing(found.start()) != self.way.closing(
                first.start
            ):
                continue
            noun = next(
                (t for t in reversed(self.tokens) if t.end <= found.start() and t.pos in ("NOUN", "PROPN", "PRON")),
                None,
            )
            if noun is None or noun.end != found.start():
                continue
            named = self.mention(noun)
            word = noun.text
            if found[0] == "では" and not (self.cues.words["speaking_for"].fullmatch(word) or word in ("取材", "報道")):
                continue
            span = (noun.start, found.end())
            if named:
                self.read.speak(named)
                if re.search("新聞|放送|通信|テレビ|ニュース|紙$|誌$", self.text[named.start : named.end]):
                    self.read.set(Stance.reported, span)
                continue
            for cue in self.cues["sources"]:
                if cue.words.fullmatch(word):
                    if cue.stance:
                        self.read.set(cue.stance, span)
                    break
            else:
                whose = next((m for i in self.parsed.children[noun.i] if (m := self.mention(self.tokens[i]))), None)
                if whose and self.cues.words["speaking_for"].fullmatch(word):
                    self.read.speak(whose, word)
                    if word in ("主張", "訴え"):
                        self.read.set(Stance.alleged, span)
                else:
                    self.read.speak(None, word)
                    self.read.set(Stance.reported, span)
