"""Japanese sentences become dependency trees, by GiNZA.

In: texts of sentences. Out: a Parsed for each, in the same order. GiNZA is loaded on first use (the extra [ja]); of
its parts only those whose work is needed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from .flow import Parsed, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "ja_ginza"
LIMIT = 6_000  # bytes of a piece: no sentence is so long. The tokeniser refuses 49,150, which would take 2 GB
UNUSED = ("ner", "bunsetu_recognizer")  # half of the time; the recognizer's grows with the cube of a sentence's length
_SUFFIX = "_bunsetu"  # on the label of a phrase's head; to take it off is all of the recognizer's work that we need
_BATCH = 2_000  # characters read at once: more are no faster, and memory grows with them
_CUTS = ("、", "，", ",", " ", "\u3000")


def available() -> bool:
    """Whether the parser is installed."""
    return all(find_spec(name) is not None for name in ("spacy", "ginza", MODEL))


def parse(texts: Sequence[str]) -> list[Parsed]:
    """The trees of the sentences. A text too long for the parser is cut at commas and read piece by piece."""
    pieces = [list(_pieces(text)) for text in texts]
    docs = _docs([piece for parts in pieces for piece in parts])
    return [_joined(text, [next(docs) for _ in parts], parts) for text, parts in zip(texts, pieces, strict=True)]


def named(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """What GiNZA takes for a name in each text: start, end, its own label. Enough to suggest, too weak to write."""
    found: list[list[tuple[int, int, str]]] = []
    for text in texts:
        found.append([])
        start = 0
        for piece in _pieces(text):
            doc = _model()(piece)
            found[-1] += [(start + a, start + b, "Person") for a, b in _people(doc)]
            found[-1] += [(start + e.start_char, start + e.end_char, e.label_) for e in doc.ents]
            start += len(piece)
    return found


def _docs(pieces: Sequence[str]) -> Iterator[Doc]:
    batch: list[str] = []
    for i, piece in enumerate(pieces, 1):
        batch.append(piece)
        if i == len(pieces) or sum(map(len, batch)) + len(pieces[i]) > _BATCH:
            yield from _model().pipe(batch, batch_size=len(batch))
            batch = []


def _people(doc: Doc) -> Iterator[tuple[int, int]]:
    """Surname and given name side by side, by the dictionary: surer than the model."""
    for one, other in pairwise(doc):
        if one.tag_.endswith("人名-姓") and other.tag_.endswith("人名-名"):
            yield one.idx, other.idx + len(other.text)


@cache
def _model() -> Language:
    with warnings.catch_warnings():
        # The model was made with an older spaCy; pyproject.toml pins versions known to agree.
        warnings.simplefilter("ignore")
        import spacy

        return spacy.load(MODEL, exclude=UNUSED)


def _pieces(text: str) -> Iterator[str]:
    """The text, cut where it exceeds the parser's limit: at the last comma or space, else anywhere."""
    while len(text.encode()) > LIMIT:
        cut = len(text.encode()[:LIMIT].decode(errors="ignore"))
        best = max(text.rfind(sign, 0, cut) for sign in _CUTS) + 1
        yield text[: best or cut]
        text = text[best or cut :]
    yield text


def _joined(text: str, docs: Sequence[Doc], pieces: Sequence[str]) -> Parsed:
    """One tree of the pieces. Each piece keeps its own root."""
    tokens: list[Token] = []
    start = 0
    for doc, piece in zip(docs, pieces, strict=True):
        first = len(tokens)
        for token in doc:
            at = start + token.idx
            tokens.append(
                Token(
                    i=first + token.i,
                    start=at,
                    end=at + len(token.text),
                    text=token.text,
                    lemma=token.lemma_,
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_.removesuffix(_SUFFIX),
                    head=first + token.head.i,
                )
            )
        start += len(piece)
    return Parsed(text, tuple(tokens))
