"""What is seen of an English sentence around a hit: its words with the names masked, its verb groups and their form.

In: a sentence's text, a hit, its mentions, the cues. Out: a Sight, which the readings of cues, voices and conditions
share, with the Reading that they add to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ...model import Value
from ..flow import Hit, Mention, Span, overlaps
from ..stance import Cues, Reading

Form = Literal["bare", "ing", "finite"]

WORD: Final = re.compile(r"[A-Za-z@][\w’'@-]*")
BREAK: Final = re.compile(r"[;:]|\.\s| but |, (?:and|or) |,? (?:while|whereas|although|though|because|since|as|after) ")
NEGATIVE: Final = re.compile(r"\b(?:not|never|no longer|neither|nor|no|without|cannot|none)\b|n[’']t\b", re.I)
_AUXILIARY: Final = frozenset(
    "do does did has have had having is are was were be been being will would can could may might must shall should "
    "ought need needs not never no longer n't also already now then still just ever yet soon even thus therefore "
    "neither nor cannot both all each again first since recently perhaps maybe long once often always only".split()
)
_TO_AFTER: Final = frozenset(
    "is are was were has have had ought need needs going set due about not ready be poised yet never".split()
)
_BEFORE_NOUN: Final = frozenset("no any its their the a an his her this such our".split())
_ASIDE: Final = re.compile(
    r"[,–—] ?(?:which|who|whose|where|according to|as|a|an|the|in|on|under|with|by)\b[^,;]*?[,–—]|\([^()]*\)"
)
_IRREGULAR: Final = frozenset(
    "gave made took kept held sent told said built set put ran began sold bought led had was were did wrote drew won "
    "met paid went found cut hid read let knew saw got left spent lent chose spoke fell rose laid sued".split()
)
_ARTICLE: Final = re.compile(r"(?:the|a|an|its|their|this|no|any|his|her)\s+(?=\w)", re.I)
_AT_NO_TIME: Final = re.compile(
    r"\b(?:at no (?:time|point|stage)|in no (?:way|case)|under no circumstances|on no occasion|by no means)\b", re.I
)
_OWNED: Final = re.compile(r"(?:[’']s?|\b(?:the|a|an|its|their|this|his|her|by|after|against|through|of))\s+$", re.I)
_PREPOSITIONS: Final = frozenset("by after against through of".split())


@dataclass(frozen=True)
class Place:
    """A word whose surroundings are read: the predicate, or a governor on the way out."""

    start: int
    form: Form
    noun: bool = False


class Sight:
    """A sentence around a hit. `full` has the names masked by @, `seen` is without asides, `low` in lower case too."""

    def __init__(self, text: str, hit: Hit, mentions: Sequence[Mention], cues: Cues) -> None:
        self.text, self.hit, self.mentions, self.cues = text, hit, mentions, cues
        self.read = Reading(text, hit.frame.stance)
        self.saying = hit.frame.predicate in cues.words["saying"].pattern.split()
        start = hit.predicate[0]
        masked = list(_AT_NO_TIME.sub(lambda m: "never".ljust(len(m[0])), text))
        for mention in mentions:
            if mention.end > mention.start and not overlaps((mention.start, mention.end), hit.predicate):
                masked[mention.start : mention.end] = "@" * (mention.end - mention.start)
        plain = "".join(masked)
        for aside in _ASIDE.finditer(plain):
            if not overlaps(aside.span(), hit.predicate) and not (aside[0][0] in ",–—" and self.role_in(aside.span())):
                masked[aside.start() : aside.end()] = " " * (aside.end() - aside.start())
        self.seen = "".join(masked)
        self.full = plain
        self.low = self.seen.lower()
        self.sentence = max((m.end() for m in re.finditer(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘@])", plain[:start])), default=0)

    def role_in(self, span: Span) -> bool:
        """Whether the subject or the object stands in a span."""
        roles = (self.hit.subject, self.hit.object)
        return any(
            not isinstance(r, Value) and span[0] <= r.start and r.end <= span[1] and r.end > r.start for r in roles
        )

    def ending_at(self, at: int) -> Mention | None:
        """The mention that ends right before a place."""
        return next((m for m in self.mentions if m.end > m.start and m.end <= at <= m.end + 1), None)

    def place(self) -> Place:
        """The predicate: a verb in one of its forms, or a noun (the introduction of)."""
        start, end = self.hit.predicate
        acts = "acts" in self.hit.frame.body or "between" in self.hit.frame.body
        if acts and (article := _ARTICLE.match(self.text, start, end)):
            return Place(article.end(), "bare", True)
        first = WORD.search(self.text, start, end)
        if first is None:
            return Place(start, "finite")
        word = first[0].lower()
        owned = _OWNED.search(self.text, 0, start) if acts and not word.endswith("ed") else None
        if owned and not (word.endswith("ing") and owned[0].strip() in _PREPOSITIONS):
            return Place(start, "bare", True)
        if re.search(r"\b(?:having|being)\s+(?:\w+ly\s+)?$", self.text[:start]):
            return Place(start, "ing")
        return Place(start, form_of(word))

    def group(self, place: Place) -> int:
        """Where the verb group before the word begins: its auxiliaries, negations and adverbs."""
        at = place.start
        while True:
            words = list(WORD.finditer(self.seen, self.sentence, at))
            if not words:
                return at
            last = words[-1]
            gap = self.seen[last.end() : at]
            word = last[0].lower()
            if gap.strip(" ,") and gap.strip() not in ("", ","):
                return at
            if place.noun:
                if word in _BEFORE_NOUN:
                    return last.start()
                if "," in gap or not word.endswith(("ed", "ly", "al", "ing")):
                    return place.start
            elif word == "to":
                if len(words) < 2 or words[-2][0].lower() not in _TO_AFTER:
                    return at
            elif (
                not (
                    word in _AUXILIARY
                    or word.endswith("n't")
                    or word.endswith("n’t")
                    or (word.endswith("ly") and len(word) > 4)
                    or word == "necessarily"
                    or (word in _TO_AFTER and self.seen[last.end() :].lower().startswith(" to "))
                )
                or self.text[last.start() : last.end()] == "May"
            ):
                return at
            at = last.start()

    def lead(self) -> int:
        """How many characters of the predicate's words come before its own verb (was not amended)."""
        words = list(WORD.finditer(self.text, *self.hit.predicate))
        lead = 0
        for word in words:
            adverb = word[0].endswith("ly") and len(word[0]) > 4
            if (word[0].lower() not in _AUXILIARY and not adverb) or word is words[-1]:
                break
            lead = word.end() - self.hit.predicate[0]
        return lead


def past(word: str) -> bool:
    """Whether a word can be a verb's past."""
    return word.endswith("ed") or word in _IRREGULAR


def form_of(word: str) -> Form:
    """Which form of a verb a word looks like."""
    if word.endswith("ing") and word not in ("bring", "thing", "king"):
        return "ing"
    if word.endswith("ed") or word in _IRREGULAR or (word.endswith("s") and not word.endswith("ss")):
        return "finite"
    return "bare"
