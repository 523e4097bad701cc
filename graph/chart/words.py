"""The page's own words, in Japanese and in English.

In: a code of templates/words.toml or network-words.toml and what fills it. Out: the words. Names and labels
of the data come from the project and the ontology, never from here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from ..paths import TEMPLATES


@cache
def words() -> dict[str, dict[str, str]]:
    """Every code with its words by language."""
    return _catalogue("words.toml") | network_words()


@cache
def network_words() -> dict[str, dict[str, str]]:
    """Those that no page but network.html needs."""
    return _catalogue("network-words.toml")


def _catalogue(name: str) -> dict[str, dict[str, str]]:
    with (TEMPLATES / name).open("rb") as file:
        return tomllib.load(file)


def word(code: str, lang: str, **fill: object) -> str:
    """One of the page's words in "ja" or "en", its {fields} filled."""
    text = words()[code][lang]
    return re.sub(r"\{(\w+)\}", lambda found: str(fill.get(found[1], found[0])), text)  # names may hold braces
