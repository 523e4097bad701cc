"""English phrases: noun phrases and groups of verbs, as they follow one another in a sentence.

In: tagged words. Out: Chunks. A noun phrase ends in its head; a verb group holds its auxiliaries, negation and
adverbs. Nothing is nested here: what belongs to what is told by `english_clauses`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..flow import Mention
from . import lists
from .words import Word, looks_like_noun

Kind = Literal["np", "vg", "prep", "conj", "comma", "rel", "sub", "that", "stop", "adv", "time", "adj"]


@dataclass(frozen=True)
class Chunk:
    """A phrase, or a word that stands between phrases."""

    kind: Kind
    words: tuple[Word, ...]
    # of a verb group
    lemma: str = ""
    form: str = ""  # finite, inf, ing, part
    passive: bool = False
    plural: bool | None = None  # what the verb says of its subject's number

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end

    @property
    def lower(self) -> str:
        """Its words in lower case."""
        return " ".join(w.lower for w in self.words)

    @property
    def head(self) -> Word:
        """The last word: of a noun phrase, what it speaks of."""
        return self.words[-1]

    @property
    def mention(self) -> Mention | None:
        """The entity that a noun phrase speaks of; None where that is only part of it."""
        return self.head.mention

    @property
    def owner(self) -> Word | None:
        """Whose it is: the name before 's, or the word before it."""
        for i, word in enumerate(self.words):
            if word.tag == "poss" and i and i < len(self.words) - 1:
                return self.words[i - 1]
        return None


def chunks(words: Sequence[Word]) -> list[Chunk]:
    """The chunks of a sentence, in order. Quotation marks are left out."""
    left = [w for w in words if w.tag not in ("quote", "mark")]
    found: list[Chunk] = []
    i = 0
    while i < len(left):
        made, i = _verb_group(left, i) or _noun_phrase(left, i) or _other(left, i)
        found.append(made)
    return found


_NOMINAL = ("name", "noun", "adj", "num", "det", "poss")


def _noun_phrase(words: Sequence[Word], i: int) -> tuple[Chunk, int] | None:
    if words[i].tag == "pron":
        return Chunk("np", (words[i],)), i + 1
    j = i
    while j < len(words):
        word = words[j]
        if word.tag == "adv" and j + 1 < len(words) and words[j + 1].tag in ("adj", "num") and j > i:
            j += 1  # the newly proposed network
            continue
        if word.tag == "conj" and j > i and _joins_adjectives(words, j):
            j += 1
            continue
        if word.tag not in _NOMINAL:
            break
        if j > i and (_begins_another(words, i, j) or _predicative(words, j)):
            break
        j += 1
    if j == i:
        return None
    while j > i + 1 and words[j - 1].tag in ("adv", "conj"):
        j -= 1
    phrase = tuple(words[i:j])
    if phrase[-1].tag == "adj" and not any(w.tag in ("det", "poss", "num") for w in phrase[:-1]) and len(phrase) < 3:
        return Chunk("adj", phrase), j
    return Chunk("np", _without_tail(phrase)), j


# What one is given beside a name: gave the police access to …
_GIVEN = frozenset("access permission authority advice assistance power powers".split())


def _begins_another(words: Sequence[Word], first: int, j: int) -> bool:
    """Whether a noun phrase ends before word j: at a determiner, and at a name that a noun does not introduce."""
    word, before = words[j], words[j - 1]
    if before.tag == "name" and (word.lower in _GIVEN or word.tag == "num"):
        return True
    seen = before.lower in ("view", "opinion", "words")  # in her view the Trust
    if word.tag == "name" and before.tag == "noun" and (seen or word.lower.startswith("the ")):
        return True
    if word.tag == "det":
        return before.tag not in ("det", "num") and not (before.tag == "adj" and before.lower in ("all", "both"))
    if word.tag == "name" and before.tag == "name":
        return any(w.tag == "det" for w in words[first:j])
    if word.tag == "name" and before.tag == "noun" and looks_like_noun(before):
        # “the system Shop A operates”, but “the bookseller Shop A”, “lawyer N.”
        verb = j + 1 < len(words) and words[j + 1].tag in ("verb", "have", "be", "modal", "do", "adv")
        cls = lists.CLASS_NOUNS.get(before.lemma, "")
        return verb and any(w.tag == "det" for w in words[first:j]) and cls not in ("", "Organization", "Facility")
    return False


def _predicative(words: Sequence[Word], j: int) -> bool:
    """Whether an adjective behind a name says what it is made: declared the Act void."""
    after = words[j + 1].tag if j + 1 < len(words) else ""
    return words[j].tag == "adj" and words[j].text[0] != "-" and words[j - 1].tag == "name" and after not in _NOMINAL


def _joins_adjectives(words: Sequence[Word], j: int) -> bool:
    """Whether a conjunction joins two adjectives before one noun: a public and private body."""
    after = words[j + 1] if j + 1 < len(words) else None
    return words[j - 1].tag == "adj" and after is not None and after.tag == "adj" and words[j].lower != "but"


def _without_tail(phrase: tuple[Word, ...]) -> tuple[Word, ...]:
    """A name with a noun behind it that only says what it is (the Watchman system) is headed by the name."""
    if len(phrase) > 1 and phrase[-1].tag == "noun" and phrase[-2].tag == "name":
        tail = Word(
            phrase[-2].start,
            phrase[-1].end,
            phrase[-2].text,
            phrase[-2].lower,
            "name",
            phrase[-1].lemma,
            "tail",
            phrase[-2].mention,
        )
        if phrase[-1].lemma in lists.CLASS_NOUNS:
            return (*phrase[:-2], tail)
    return phrase


def _verb_group(words: Sequence[Word], i: int) -> tuple[Chunk, int] | None:
    """A group of verbs from word i on: has not been using, to be introduced, is."""
    j = i
    while j < len(words) and words[j].tag in ("adv", "not"):
        j += 1
    if j == len(words) or words[j].tag not in ("be", "have", "do", "modal", "to", "verb"):
        return None
    first = j
    aux: list[Word] = []
    while j < len(words):
        word = words[j]
        if word.tag in ("be", "have", "do", "modal", "to") and not (word.tag == "to" and j > first and aux):
            aux.append(word)
        elif word.tag not in ("adv", "not"):
            break
        j += 1
    if j < len(words) and words[j].tag == "verb" and _completes(aux, words[j]):
        main = words[j]
        j += 1
    else:
        while j > first and words[j - 1].tag in ("adv",):
            j -= 1
        if not aux:
            return None
        main = aux[-1]
        if main.tag in ("modal", "to"):
            return Chunk("prep" if main.tag == "to" else "adv", tuple(words[i:j])), j
        aux = aux[:-1]
    last_be = aux and aux[-1].tag == "be"
    passive = (bool(last_be) and main.form in ("ed", "part")) or (not aux and main.form == "part")
    form = "finite"
    if aux and aux[0].tag == "to":
        form = "inf"
    elif (
        (aux and aux[0].lower in ("being", "having"))
        or (not aux and main.lower in ("being", "having", "doing"))
        or (not aux and main.form == "ing")
    ):
        form = "ing"
    elif not aux and main.form == "part":
        form = "part"
    lemma = main.lemma if main.tag == "verb" else {"be": "be", "have": "have", "do": "do"}[main.tag]
    return Chunk("vg", tuple(words[i:j]), lemma, form, passive, _number([*aux, main])), j


def _completes(aux: Sequence[Word], main: Word) -> bool:
    """Whether a verb goes with the auxiliaries before it."""
    if not aux:
        return True
    last = aux[-1].tag
    if last == "be":
        return main.form in ("ing", "ed", "part")
    if last == "have":
        return main.form in ("ed", "part") or main.lower in ("come", "become", "run", "cut", "put", "set", "read")
    return main.form == "base"


def _number(group: Sequence[Word]) -> bool | None:
    first = group[0]
    if first.lower in ("is", "was", "has", "does") or first.form == "s":
        return False
    if first.lower in ("are", "were", "have", "do") or (
        first.form == "base" and first.tag == "verb" and len(group) < 2
    ):
        return True
    return None


def _other(words: Sequence[Word], i: int) -> tuple[Chunk, int]:
    word = words[i]
    tag = word.tag
    kind: Kind = "adv"
    if tag in ("prep", "conj", "comma", "rel", "sub", "that", "stop", "time"):
        kind = tag
    return Chunk(kind, (word,)), i + 1
