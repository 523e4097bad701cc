"""Ids for entities that are new: the Latin name in one word, or the reading in Roman letters.

In: the forms of a name, the ids that are taken. Out: an id that fits a project's rules and differs from all others by
more than case. Where no reading is to be had (the extra [ja] is not installed), the Japanese name itself is the id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING
from unicodedata import normalize

from ...model import CURATOR
from ...names import fold, romaji
from ...values import ID
from ..naming.spelling import CJK, without_body

if TYPE_CHECKING:
    from sudachipy import Tokenizer

_LONGEST = 48
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30faー]+\\Z")


class Ids:
    """Gives ids, none twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {CURATOR, *map(_same, taken)}

    def make(self, name: str, latin: str, cls: str) -> str:
        """An id for what is called so; `latin` is its name in Latin letters where one is known."""
        own = without_body(name) or name
        made = _camel(latin) if latin else _romanised(own) if CJK.search(own) else _camel(own)
        made = made or re.sub(r"[^\w]|_", "", normalize("NFKC", name))[:_LONGEST]
        if not ID.fullmatch(made):
            made = cls + made
        number, id = 1, made
        while _same(id) in self._taken:
            number += 1
            id = f"{made}{number}" if not made[-1].isdigit() else f"{made}-{number}"
        self._taken.add(_same(id))
        return id


def _same(id: str) -> str:
    return fold(id) or id


def _camel(words: str) -> str:
    """National Police Agency → NationalPoliceAgency; "" where no ASCII letter is left."""
    plain = normalize("NFKD", words.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    made = ""
    for word in re.findall(r"[A-Za-z0-9]+", plain):
        if made and len(made) + len(word) > _LONGEST:
            break
        made += word[:1].upper() + word[1:]
    return made[:_LONGEST] if re.search("[A-Za-z]", made) else ""


def _romanised(name: str) -> str:
    """見本市防犯協会 → MihonshiBohanKyokai; "" where the reading is not known."""
    parts = []
    for word, reading in _readings(name):
        if not CJK.search(word):
            parts.append(word)
        elif _KANA.fullmatch(reading):
            parts.append(romaji(reading)[-1])
        else:
            return ""
    return _camel(" ".join(parts))


def _readings(name: str) -> Iterable[tuple[str, str]]:
    if all(_KANA.fullmatch(word) or not CJK.search(word) for word in re.split("[ ・]", name)):
        return [(word, word) for word in re.split("[ ・]", name)]
    if tokenizer := _tokenizer():
        return [(word.surface(), word.reading_form()) for word in tokenizer.tokenize(name)]
    return [(name, "")]


@cache
def _tokenizer() -> Tokenizer | None:
    if not (find_spec("sudachipy") and find_spec("sudachidict_core")):
        return None
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="core").create(mode=SplitMode.A)
