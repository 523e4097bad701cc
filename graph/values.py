"""Single values: from a leaf of a file's tree to text, ids, words, dates and numbers, each checked.

In: trees of `reading`. Out: plain values, and Problems with file and line for each that
is of the wrong form. A wrong value comes back empty, and nothing is raised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode

from .errors import Problem, Severity, Where
from .model import When, Words
from .names import nearest
from .reading import Fields, Items, Text, Tree, shown

ID = re.compile(r"[^\W\d_][\w-]*")
# What no XML file can hold, so that no RDF/XML could be written of it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that a record names (a kind of "entity", "voice", "theme", "claim"), or its own ("handle")."""

    kind: str
    key: str
    id: str
    where: Where


def is_iri(text: str) -> bool:
    """Whether it is an absolute IRI that can stand in a graph."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def is_address(text: str) -> bool:
    """Whether it is a web address."""
    return bool(re.match(r"https?://[^\s/]", text)) and is_iri(text)


def language_tag(text: str) -> str:
    """A language code as RDF compares them, in lower case; "" where it is none."""
    try:
        Literal("", language=text)
    except ValueError:
        return ""
    return text.lower()


class Values:
    """Reads the values of one file; Problems are collected, nothing is raised."""

    def __init__(self, file: str, problems: list[Problem], languages: tuple[str, ...]) -> None:
        self.file, self.problems, self.languages = file, problems, languages
        self.errors = 0
        self.mentions: list[Mention] = []

    def problem(self, code: str, at: Tree | int, severity: Severity = Severity.error, **words: Any) -> None:
        """Note a Problem at a tree's line."""
        fit = {key: shown(word) if isinstance(word, str) else word for key, word in words.items()}
        self.problems.append(Problem(code, self.where(at), fit, severity))
        self.errors += severity is Severity.error

    def unknown(self, code: str, name: str, known: Iterable[str], at: Tree | int, **words: Any) -> None:
        """A Problem about a name that does not exist, with the nearest that does."""
        if near := nearest(name, known):
            self.problem(f"{code}-near", at, name=name, near=near, **words)
        else:
            self.problem(code, at, name=name, **words)

    def where(self, at: Tree | int) -> Where:
        """The place of a tree or a line."""
        return Where(self.file, at if isinstance(at, int) else at.line)

    # mappings and lists

    def fields(self, tree: Tree, what: str, allowed: Iterable[str]) -> dict[str, Tree] | None:
        """A mapping's fields without the empty ones; unknown keys are Problems."""
        if not isinstance(tree, Fields):
            self.problem("not-a-mapping", tree, what=what)
            return None
        known = tuple(allowed)
        for key, line in tree.lines.items():
            if key not in known:
                self.unknown("unknown-key", key, known, line, what=what)
        return {k: v for k, v in tree.fields.items() if k in known and not _is_empty(v)}

    def need(self, fields: dict[str, Tree], what: str, keys: Iterable[str], at: Tree) -> bool:
        """Whether all the keys are there; the missing ones are Problems."""
        missing = [key for key in keys if key not in fields]
        for key in missing:
            self.problem("missing-key", at, what=what, key=key)
        return not missing

    def each(self, tree: Tree | None, what: str, read: Callable[[Tree], Any]) -> list[Any]:
        """The records of a list, without those that could not be read."""
        if tree is None:
            return []
        if not isinstance(tree, Items):
            self.problem("not-a-list", tree, what=what)
            return []
        return [record for item in tree.items if (record := read(item)) is not None]

    # text

    def plain(self, text: str, key: str, at: Tree | int) -> str:
        """Text in its normal form, without space around it; what no reader can see is a Problem."""
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
        if _CONTROL.search(text):
            self.problem("control-character", at, key=key)
        if _BIDI.search(text):
            self.problem("bidi-control", at, Severity.warning, key=key)
        return text

    def text(self, tree: Tree | None, key: str) -> str:
        """Text, "" where there is none."""
        if tree is None:
            return ""
        if not isinstance(tree, Text):
            self.problem("not-text", tree, key=key)
            return ""
        return self.plain(tree.text, key, tree)

    def line(self, tree: Tree | None, key: str) -> str:
        """Text on one line: names, handles and the like."""
        text = self.text(tree, key)
        if tree is not None and "\n" in text:
            self.problem("name-on-lines", tree, key=key)
        return text

    def lines(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        """One or a list of those, each once."""
        return tuple(dict.fromkeys(text for item in _items(tree) if (text := self.line(item, key))))

    def address(self, tree: Tree, key: str) -> str:
        """A web address."""
        text = self.line(tree, key)
        if text and not is_address(text):
            self.problem("bad-address", tree, address=text)
            return ""
        return text

    def addresses(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        """One web address or a list of them."""
        return tuple(dict.fromkeys(found for item in _items(tree) if (found := self.address(item, key))))

    def language(self, tree: Tree | None, key: str) -> str:
        """A language code."""
        text = self.line(tree, key)
        if text and tree is not None and not language_tag(text):
            self.problem("bad-language", tree, lang=text)
        return language_tag(text)

    def words(self, tree: Tree | None, key: str, one_line: bool = False) -> Words:
        """Words by language; a plain string is in the project's first language."""
        read = self.line if one_line else self.text
        if tree is None:
            return Words()
        if isinstance(tree, Text):
            return Words({self.languages[0]: text} if (text := read(tree, key)) else {})
        if not isinstance(tree, Fields):
            self.problem("not-words", tree, key=key)
            return Words()
        found: dict[str, str] = {}
        for lang, value in tree.fields.items():
            tag, text = language_tag(lang), read(value, key)
            if not tag:
                self.problem("bad-language", tree.lines[lang], lang=lang)
            elif tag in found:
                first = next(line for key, line in tree.lines.items() if language_tag(key) == tag)
                self.problem("yaml-duplicate-key", tree.lines[lang], key=lang, first=first)
            elif text:
                found[tag] = text
        return Words(found)

    # ids

    def id(self, tree: Tree | None, key: str) -> str:
        """An id of this project, or an absolute IRI."""
        text = self.text(tree, key)
        if text and tree is not None and not (ID.fullmatch(text) or is_iri(text)):
            self.problem("bad-id", tree, id=text)
            return ""
        return text

    def ref(self, tree: Tree | None, key: str, kind: str = "entity") -> str:
        """The id of something else; whether that exists is asked when everything is read."""
        id = self.id(tree, key)
        if id and tree is not None:
            self.mentions.append(Mention(kind, key, id, self.where(tree)))
        return id

    def refs(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        """One id or a list of ids, sorted: they have no order."""
        return tuple(sorted({id for item in _items(tree) if (id := self.ref(item, key))}))

    # dates, numbers, choices

    def when(self, tree: Tree | None, key: str) -> When | None:
        """A date at its own precision."""
        text = self.text(tree, key)
        if not text or tree is None:
            return None
        try:
            return When.parse(text)
        except ValueError:
            self.problem("bad-date", tree, key=key, text=text)
            return None

    def number(self, tree: Tree | None, key: str, least: int | None = None) -> int | None:
        """A whole number."""
        text = self.text(tree, key)
        if not text or tree is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,15}", text):
            self.problem("not-a-number", tree, key=key, text=text)
            return None
        if least is not None and int(text) < least:
            self.problem("number-too-small", tree, key=key, text=text, least=least)
            return None
        return int(text)

    def flag(self, tree: Tree | None, key: str) -> bool:
        """true, or false where it is left out."""
        text = self.text(tree, key)
        if text and tree is not None and text not in ("true", "false"):
            self.problem("not-a-flag", tree, key=key, text=text)
        return text == "true"

    def one_of(self, tree: Tree | None, choices: Iterable[str], key: str) -> str:
        """One of a few words."""
        text = self.text(tree, key)
        known = list(choices)
        if text and tree is not None and text not in known:
            self.unknown("unknown-choice", text, known, tree, key=key, choices=", ".join(known))
            return ""
        return text

    def choice(self, tree: Tree | None, kind: type[E], key: str) -> E | None:
        """One of an enumeration's values."""
        text = self.one_of(tree, list(kind), key)
        return kind(text) if text else None


def _items(tree: Tree | None) -> list[Tree]:
    """A list's items; anything else is a list of one."""
    return [] if tree is None else tree.items if isinstance(tree, Items) else [tree]


def _is_empty(tree: Tree) -> bool:
    """Whether nothing is said: `key:`, `key: " "`, `key: []`, `key: {ja: ""}`."""
    if isinstance(tree, Text):
        return not tree.text.strip()
    return all(map(_is_empty, tree.items if isinstance(tree, Items) else tree.fields.values()))
