"""What a name's own words say of the thing it names: 見本県警 is a police body, Sample Act on X a law.

In: a form; heads.toml. Out: the class and the head that says so, whether that head is enough by itself, whether the
form is a plain word that names nobody.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

from ..naming.spelling import BODY, CJK, ENGLISH_BODY


@dataclass(frozen=True)
class Head:
    """The words that say the class. A weak head ends many plain words too."""

    cls: str
    head: str
    weak: bool = False


@dataclass(frozen=True)
class Find:
    """A name that was found in a text and is no known entity's. One that is not `sure` must be found twice."""

    start: int
    end: int
    cls: str
    sure: bool = True


_BODY_CLASSES = (
    ("会社", "Company"),
    ("独立行政法人", "GovernmentBody"),
    ("国立研究開発法人", "NonProfit"),
    ("法人", "NonProfit"),
    ("(株)", "Company"),
    ("(有)", "Company"),
)
_WITH_BODY = re.compile(f"(?:{BODY}).|.(?:{BODY})\\Z")
_ENGLISH_WITH_BODY = re.compile(f".(?:{ENGLISH_BODY})\\Z")
_LONGEST = 12


def head_of(form: str) -> Head | None:
    """What the form is called by its last words, or in English by those before of, on or for."""
    form = normalize("NFKC", form).strip()
    return _japanese(form) if CJK.search(form) else _english(form)


def is_generic(form: str) -> bool:
    """Whether the form is a plain word for a kind of thing."""
    form = normalize("NFKC", form).strip()
    table = _table()
    if form in table.whole:
        return False
    lower = form.lower().removeprefix("the ")
    return form in table.generic or lower in table.generic or form in table.ja or lower in table.last


def people() -> tuple[str, ...]:
    """Titles and posts that follow a person's name, the longest first."""
    return _table().people


def _japanese(form: str) -> Head | None:
    if _WITH_BODY.match(form) or _WITH_BODY.search(form):
        return Head(next((cls for body, cls in _BODY_CLASSES if body in form), "NonProfit"), "")
    for length in range(min(_LONGEST, len(form)), 0, -1):
        if found := _table().ja.get(form[-length:]):
            return found
    return None


def _english(form: str) -> Head | None:
    if _ENGLISH_WITH_BODY.search(form):
        return Head("Company", "")
    words = form.lower().split()
    for start in range(len(words) - 2):
        for length in range(min(4, len(words) - start), 1, -1):
            if found := _table().first.get(" ".join(words[start : start + length])):
                return found
    for length in range(min(4, len(words)), 0, -1):
        if found := _table().last.get(" ".join(words[-length:])):
            return found
    return None


@dataclass(frozen=True)
class _Table:
    ja: dict[str, Head]
    last: dict[str, Head]
    first: dict[str, Head]
    generic: frozenset[str]
    whole: frozenset[str]
    people: tuple[str, ...]


@cache
def _table() -> _Table:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        told = tomllib.load(file)
    ja, en = told["ja"], told["en"]
    strong = {head: Head(cls, head) for cls, heads in ja["strong"].items() for head in heads.split()}
    weak = {head: Head(cls, head, True) for cls, heads in ja["weak"].items() for head in heads.split()}
    last, first = (
        {head: Head(cls, head) for cls, heads in en[which].items() for head in heads.split(", ")}
        for which in ("last", "first")
    )
    generic = frozenset((*ja["generic"].split(), *en["generic"].split()))
    persons = tuple(sorted(ja["people"].split(), key=lambda p: (-len(p), p)))
    return _Table(weak | strong, last, first, generic, frozenset(ja["whole"].split()), persons)
