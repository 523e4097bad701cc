"""English words: where they stand and their base form.

In: a sentence and the mentions in it. Out: Words, each mention being one word; those of the closed lists have their
tag, the others are nouns until `english_tags` knows better. No model and no corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ..flow import Mention
from . import lists

Tag = Literal[
    "name", "noun", "adj", "num", "det", "poss", "pron", "prep", "conj", "rel", "sub", "that", "be", "have", "do",
    "modal", "to", "not", "adv", "verb", "time", "comma", "stop", "quote", "mark",
]  # fmt: skip
"""A word's part. poss: 's; that: not yet known whether it joins or points back; stop: ; : — . ? !"""

_MONEY = r"[£$€¥]\d+(?:[.,]\d+)*(?:bn|tn|m|k)?\b(?:\s(?:million|billion|thousand)\b)?"
_TOKEN = re.compile(
    rf"{_MONEY}|"
    r"\d+(?:[.,]\d+)+|[’']s\b|n[’']t\b|[^\W_]+(?:[-&./][^\W_]+)*(?:[’'](?!s\b)[^\W\d_]+)?|[^\w\s]|_"
)
_TIED = re.compile(r"[-‐–](?:[a-z]+ed|[a-z]*(?:made|run|built|led|sold|bought|held|based|wide|style))\b")
_RANK = re.compile(
    r"(?:Chief )?(?:Superintendent|Inspector|Constable|Sergeant|Commissioner|Minister|Secretary|Professor|Judge)"
    r"(?= [A-Z][a-z]+(?: [A-Z][a-z]+)?\Z)"
)
_NOUN_END = re.compile(r"(?:tion|ment|ity|ness|ance|ence|ship|ism|sion|ware|work|base)s?$")


@dataclass(frozen=True)
class Word:
    """A word of a sentence; `form` says which form of a verb it is: base, s, past, part, ed (either), ing."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag
    lemma: str
    form: str = ""
    mention: Mention | None = None


@cache
def noun_lemma(word: str) -> str:
    """The base form of a noun or adjective, in one spelling."""
    import simplemma

    lower = word.lower()
    if re.match(r"[£$€¥]\d", lower):
        return "money"
    known = lists.NOUN_FORMS.get(lower)
    if known is None:
        known = simplemma.lemmatize(lower, lang="en") if lower.isalpha() else lower
        if lower.endswith("ing") or (lower.endswith("ed") and known == lower[:-2]):
            known = lower
        if known == lower and re.search(r"[^sui]s$", lower) and "-" in lower:
            known = lower[:-1]
    return re.sub(r"isation$", "ization", known)


class Lexicon:
    """Which words can be verbs. `verbs` are base forms: those of the frames and the common ones."""

    def __init__(self, verbs: Iterable[str]) -> None:
        self.verbs = frozenset(map(spelling, (*verbs, *lists.VERBS)))
        self._known: dict[str, tuple[str, str]] = {}

    def verb(self, word: str) -> tuple[str, str]:
        """The base form and the form of a word that can be a verb; empty where it cannot."""
        if word not in self._known:
            self._known[word] = self._verb(word)
        return self._known[word]

    def _verb(self, word: str) -> tuple[str, str]:
        if irregular := lists.IRREGULAR.get(word):
            return irregular
        if spelling(word) in self.verbs:
            return spelling(word), "base"
        for form, bases in _bases(word):
            for base in bases:
                if spelling(base) in self.verbs:
                    return spelling(base), form
        if "-" in word:
            head, _, tail = word.partition("-")
            if head in ("re", "co", "pre", "over") and (found := self._verb(tail))[0]:
                return found
            return "", ""
        if re.search(r"[a-z]{2}(?:[^e]ed|ing)$", word) and word not in lists.NOT_VERBS:
            return noun_lemma(word) if word.endswith("ed") else word[:-3], "ed" if word.endswith("ed") else "ing"
        return "", ""


def spelling(verb: str) -> str:
    """One spelling of a verb: criticise is criticize."""
    if verb.endswith("ise") and verb not in lists.ISE:
        return verb[:-3] + "ize"
    return re.sub(r"yse$", "yze", verb)


def _bases(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a word would be a form of, were it a regular verb."""
    if word.endswith("ied"):
        return [("ed", (word[:-3] + "y",))]
    if word.endswith("ed"):
        undoubled = (word[:-3],) if len(word) > 4 and word[-3] == word[-4] else ()
        return [("ed", (word[:-2], word[:-1], *undoubled))]
    if word.endswith("ing"):
        undoubled = (word[:-4],) if len(word) > 5 and word[-4] == word[-5] else ()
        return [("ing", (word[:-3], word[:-3] + "e", *undoubled, word[:-4] + "ie"))]
    if word.endswith("ies"):
        return [("s", (word[:-3] + "y", word[:-1]))]
    if word.endswith("s") and not word.endswith("ss"):
        return [("s", (word[:-1], word[:-2] if word.endswith("es") else word[:-1]))]
    return []


def tokens(text: str, mentions: Sequence[Mention]) -> list[Word]:
    """The words of a sentence, with the tags of the closed lists; a mention is one word, tagged name."""
    found: list[Word] = []
    at = 0
    for mention in sorted((m for m in mentions if m.end > m.start), key=lambda m: (m.start, -m.end)):
        if mention.start < at:
            continue
        found += _plain_words(text, at, mention.start)
        start = mention.start
        if rank := _RANK.match(text, start, mention.end):  # Superintendent Lyle of Bay Police
            found.append(Word(start, rank.end(), rank[0], rank[0].lower(), "noun", rank[0].lower()))
            start = rank.end() + 1
        form = text[start : mention.end]
        found.append(Word(start, mention.end, form, form.lower(), "name", form, "", mention))
        if form.lower() in ("its", "their"):
            found.append(Word(mention.end, mention.end, "'s", "'s", "poss", "'s"))
        at = mention.end
    found += _plain_words(text, at, len(text))
    return _no_longer(found)


def _no_longer(found: list[Word]) -> list[Word]:
    """`no longer` as one word that negates, `at least` as an adverb."""
    made: list[Word] = []
    for word in found:
        before = made[-1].lower if made else ""
        if word.lower == "longer" and before == "no":
            word = replace(word, start=made.pop().start, lower="no longer", tag="not")
        elif before == "no" and len(made) > 1 and f"{made[-2].lower} no {word.lower}" in lists.NEVER:
            made.pop()
            word = replace(word, start=made.pop().start, lower="never", tag="not")
        elif word.lower in ("which", "whom") and before == "of" and len(made) > 1 and made[-2].lower in ("all", "both"):
            made.pop()
            word = replace(word, start=made.pop().start)  # the gates, all of which it made
        elif word.lower in lists.SELVES and made and made[-1].tag in ("noun", "name"):
            word = replace(word, tag="adv")  # the board itself had never
        elif word.lower in ("least", "most", "all", "last") and before == "at":
            word = replace(word, start=made.pop().start, lower=f"at {word.lower}", tag="adv")
        made.append(word)
    return made


def _plain_words(text: str, start: int, end: int) -> list[Word]:
    found: list[Word] = []
    if start and (tied := _TIED.match(text, start, end)):  # N-made, city-run
        found.append(Word(start, tied.end(), tied[0], tied[0].lower(), "adj", tied[0].lower()))
        start = tied.end()
    for m in _TOKEN.finditer(text, start, end):
        lower = m[0].lower().replace("’", "'")
        tag = _closed(lower)
        if lower == "'" and _owns(text, m.start()):
            tag = "poss"
        found.append(Word(m.start(), m.end(), m[0], lower, tag, lower))
    return found


def _owns(text: str, at: int) -> bool:
    """Whether an apostrophe makes a plural an owner (the customers’ faces), rather than closing a quotation."""
    opened = text.count("‘", 0, at) + len(re.findall(r"(?<!\w)'", text[:at]))
    return opened == 0 and text[at - 1 : at] == "s" and text[at + 1 : at + 2] == " "


def _closed(lower: str) -> Tag:
    """The tag of a word of the closed lists; noun for all the others."""
    if lower in lists.CLOSED:
        return lists.CLOSED[lower]  # type: ignore[return-value]
    if re.fullmatch(r"\d[\d.,]*(?:st|nd|rd|th|%)?", lower):
        return "num"
    if lower.endswith("ly") and lower not in lists.NOT_ADVERBS:
        return "adv"
    return "noun" if re.match(r"\w|[£$€¥]\d", lower) else "mark"


def looks_like_noun(word: Word) -> bool:
    """Whether a word without an entry is surely a noun, not an adjective."""
    if word.tag != "noun":
        return False
    return bool(_NOUN_END.search(word.lower)) or word.lemma in lists.CLASS_NOUNS or word.lemma != word.lower
