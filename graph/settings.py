"""sokanzu.toml, read: what a project says of itself.

In: the file. Out: Settings, and Problems with the line for every key that is unknown or
of the wrong type. TOML forgets its lines, so they are looked up again by key.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import Problem, Where
from .model import Theme, Words
from .reading import Fields, Items, Text, Tree, file_name, read_text, shown
from .values import ID, Values, is_iri, language_tag

KEYS = ("title", "base", "languages", "licence", "themes")
MOST_BYTES = 1 << 20
ANY_BASE = "https://example.org/"


@dataclass(frozen=True)
class Settings:
    """What sokanzu.toml says, and of what it was meant to say more than could be read."""

    title: Words = Words()
    base: str = ANY_BASE
    languages: tuple[str, ...] = ("ja", "en")
    licence: str = ""
    themes: tuple[Theme, ...] = ()
    unread: frozenset[str] = frozenset()  # "base", "theme"


def read_settings(path: Path, problems: list[Problem]) -> Settings:
    """The settings of a project. What is wrong in them is replaced by what would be there if nothing was said."""
    text = read_text(path, problems, MOST_BYTES)
    if text is None:
        return Settings(unread=frozenset(("base", "theme")))
    try:
        given = tomllib.loads(text)
    except RecursionError:
        problems.append(Problem("toml-deep", Where(file_name(path))))
        return Settings(unread=frozenset(("base", "theme")))
    except ValueError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1 if "at end of document" in str(error) else 0
        why = shown(re.sub(r" \(at .*", "", str(error)))
        problems.append(Problem("toml-syntax", Where(file_name(path), line), {"why": why}))
        return Settings(unread=frozenset(("base", "theme")))
    return _SettingsReader(path, text, given, problems).read()


class _SettingsReader:
    def __init__(self, path: Path, text: str, given: dict[str, Any], problems: list[Problem]) -> None:
        self.rows = text.split("\n")
        self.values = Values(file_name(path), problems, Settings.languages)
        headers = [n for n, row in enumerate(self.rows, 1) if re.match(r"\s*\[\[\s*[\"']?themes[\"']?\s*\]\]", row)]
        self.starts = [*headers, len(self.rows) + 1]
        self.given = given

    def line(self, key: str, first: int, end: int) -> int:
        """The line in [first, end) that begins with the key, or 0."""
        wanted = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        return next((n for n in range(first, end) if wanted.match(self.rows[n - 1])), 0)

    def top(self, key: str) -> int:
        """The line of a top-level key."""
        return self.line(key, 1, len(self.rows) + 1)

    def tree(self, value: Any, key: str, line: int, end: int = 0) -> Tree | None:
        """A value of TOML as a tree, so that it is read as YAML is; only text, lists and tables are wanted."""
        if isinstance(value, str):
            return Text(value, line)
        if isinstance(value, list):
            return Items([tree for item in value if (tree := self.tree(item, key, line))], line)
        if isinstance(value, dict):
            lines = {k: self.line(k, line, end) or line for k in value}
            trees = {k: tree for k, v in value.items() if (tree := self.tree(v, k, lines[k]))}
            return Fields(trees, lines, line)
        self.values.problem("not-text", line, key=key)
        return None

    def get(self, key: str) -> Tree | None:
        """The tree of a top-level key."""
        return self.tree(self.given[key], key, self.top(key)) if key in self.given else None

    def read(self) -> Settings:
        for key in self.given:
            if key not in KEYS:
                self.values.unknown("unknown-key", key, KEYS, self.top(key), what="sokanzu.toml")
        languages = self.languages()
        self.values.languages = languages
        licence = self.get("licence")
        base = self.base()
        before = self.values.errors
        themes = self.themes()
        unread = {*(["base"] if not base else []), *(["theme"] if self.values.errors > before else [])}
        return Settings(
            title=self.values.words(self.get("title"), "title", one_line=True),
            base=base or ANY_BASE,
            languages=languages,
            licence=self.values.address(licence, "licence") if licence else "",
            themes=themes,
            unread=frozenset(unread),
        )

    def languages(self) -> tuple[str, ...]:
        given = self.given.get("languages", list(Settings.languages))
        if isinstance(given, list):
            tags = [language_tag(code) if isinstance(code, str) else "" for code in given]
            if tags and all(tags):
                return tuple(dict.fromkeys(tags))
        self.values.problem("bad-languages", self.top("languages"))
        return Settings.languages

    def base(self) -> str:
        tree = self.get("base")
        base = self.values.line(tree, "base")
        if tree is None and "base" not in self.given:
            self.values.problem("missing-key", 1, what="sokanzu.toml", key="base")
        elif isinstance(tree, Text) and not (base.endswith(("/", "#")) and is_iri(base + "entity/x")):
            self.values.problem("bad-base", tree, base=base)
        else:
            return base
        return ""

    def themes(self) -> tuple[Theme, ...]:
        given = self.given.get("themes", [])
        if not isinstance(given, list):
            self.values.problem("not-a-list", self.top("themes"), what="themes")
            return ()
        themes: dict[str, tuple[Theme, int]] = {}
        for number, row in enumerate(given):
            own = number + 1 < len(self.starts)
            line = self.starts[number] if own else self.top("themes")
            theme = self.theme(row, line, self.starts[number + 1] if own else line)
            if theme and theme.id in themes:
                first = self.values.where(themes[theme.id][1])
                self.values.problem("duplicate-id", line, id=theme.id, first=first)
            elif theme:
                themes[theme.id] = theme, line
        return tuple(theme for theme, _ in themes.values())

    def theme(self, row: Any, line: int, end: int) -> Theme | None:
        before = self.values.errors
        tree = self.tree(row, "themes", line, end)
        fields = self.values.fields(tree, "theme", ("id", "name")) if tree else None
        if fields is None or tree is None or self.values.errors > before:
            return None
        if not self.values.need(fields, "theme", ("id", "name"), tree):
            return None
        id = self.values.line(fields["id"], "id")
        if id and not ID.fullmatch(id):
            self.values.problem("bad-id", fields["id"], id=id)
        name = self.values.words(fields["name"], "name", one_line=True)
        return Theme(id, name) if ID.fullmatch(id) else None
