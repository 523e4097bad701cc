"""A model's quotation, found again in the text that it was given.

In: the sentences of a block, the words that a model quotes. Out: the spans of the sentences that hold these very
words. Only what has no bearing on the words is forgiven: full-width forms, white space, the shape of quotation marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..flow import Sentence, Span

MOST_SENTENCES = 2  # a quotation over more of them ties together what the text does not

_SHAPES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}
)


@dataclass(frozen=True)
class Place:
    """Where a quotation stands: spans of sentences, by their number in the block."""

    spans: tuple[tuple[int, Span], ...]

    @property
    def sentences(self) -> tuple[int, ...]:
        """The numbers of the sentences."""
        return tuple(number for number, _ in self.spans)


class Block:
    """The text of some sentences, folded for comparison, each character with its origin."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.spaced = bool(sentences) and sentences[0].lang != "ja"
        folded: list[str] = []
        self.origin: list[tuple[int, int]] = []
        for number, sentence in enumerate(sentences):
            for char, at in _fold(sentence.text + " " * self.spaced, self.spaced):
                if char == " " and folded and folded[-1] == " ":
                    continue
                folded.append(char)
                self.origin.append((number, min(at, len(sentence.text) - 1)))
        self.folded = "".join(folded)

    def places(self, quote: str) -> Iterator[Place]:
        """Every place where the quoted words stand, in text order."""
        wanted = "".join(char for char, _ in _fold(quote, self.spaced))
        if self.spaced:
            wanted = " ".join(wanted.split())
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            if self.whole_words(at, at + len(wanted)):
                yield self.place(at, at + len(wanted))
            at = self.folded.find(wanted, at + 1)

    def whole_words(self, start: int, end: int) -> bool:
        """Whether no word of a language that spaces them is cut: `the rapist` does not stand in `therapist`."""
        if not self.spaced:
            return True
        around = self.folded[max(start - 1, 0) : start + 1], self.folded[end - 1 : end + 1]
        return not any(len(pair) == 2 and pair.isalnum() for pair in around)

    def place(self, start: int, end: int) -> Place:
        """The spans of the sentences that became these folded characters."""
        spans: dict[int, Span] = {}
        for number, at in self.origin[start:end]:
            first, last = spans.get(number, (at, at + 1))
            spans[number] = (min(first, at), max(last, at + 1))
        return Place(tuple(spans.items()))


def _fold(text: str, spaced: bool) -> Iterator[tuple[str, int]]:
    """The characters that count, each with its index in the text."""
    for at, char in enumerate(text):
        for folded in unicodedata.normalize("NFKC", char).translate(_SHAPES):
            if unicodedata.category(folded) in ("Cf", "Cc") and not folded.isspace():
                continue
            if not folded.isspace():
                yield folded, at
            elif spaced:
                yield " ", at
