"""Every error, the tree drawn on top.

In: a code of messages.toml and the words that fill it. Out: one sentence in the
reader's language that says what is wrong, where, and what to do next.

    SokanzuError
    ├── UsageError        the command was wrong (exit 2)
    ├── ProjectError      the project's files have errors, all of them listed (exit 1)
    ├── SourceError       a source's text cannot be used
    ├── StoreError        the store cannot be read or written
    │   ├── StoreLocked   another build is writing
    │   └── StoreMissing  nothing was built yet
    ├── QueryError        a question cannot be answered
    │   └── QueryOverrun  it took more time or memory than it was given
    └── ChartError        the chart cannot be drawn
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar


@cache
def _messages() -> dict[str, dict[str, str]]:
    import tomllib

    with (Path(__file__).parent / "messages.toml").open("rb") as file:
        return tomllib.load(file)


def sentence(code: str, lang: str, /, **words: Any) -> str:
    """The message `code` in `lang` ("ja" or "en"), its {fields} filled with `words`.

    A word may be a mapping of languages to text, such as a label: the text in `lang` is taken.
    """
    template = _messages()[code][lang]
    filled = {k: v.get(lang) or next(iter(v.values()), "") if isinstance(v, dict) else v for k, v in words.items()}
    return template.format(**filled)


class Severity(StrEnum):
    """How bad a problem is: an error stops the build."""

    error = "error"
    warning = "warning"
    info = "info"


@dataclass(frozen=True, order=True)
class Where:
    """A place in a project's files; line counts from 1, 0 where there is none."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One finding about a project's files: what, where, how bad, what to do next."""

    code: str
    where: Where = Where()
    words: dict[str, Any] = field(default_factory=dict, hash=False)
    severity: Severity = Severity.error
    about: str = ""

    def message(self, lang: str = "en") -> str:
        """One sentence in `lang`, without the place."""
        return sentence(self.code, lang, **self.words)

    def line(self, lang: str = "en") -> str:
        """The place and the sentence, as a compiler prints them."""
        return f"{self.where}: {self.message(lang)}" if self.where.file else self.message(lang)


class SokanzuError(Exception):
    """Something that a person can mend; `message(lang)` says how."""

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, /, **words: Any) -> None:
        self.code, self.words = code, words
        super().__init__(code)

    def message(self, lang: str = "en") -> str:
        """One sentence in `lang`: what, where, what to do next."""
        return sentence(self.code, lang, **self.words)

    def __str__(self) -> str:
        return self.message("en")


class UsageError(SokanzuError):
    """The command was wrong."""

    exit_code = 2


class ProjectError(SokanzuError):
    """The project's files have errors; `problems` lists all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("project-has-errors", count=len(problems))

    def message(self, lang: str = "en") -> str:
        """Every problem on its own line."""
        return "\n".join(p.line(lang) for p in self.problems)


class SourceError(SokanzuError):
    """A source's text cannot be used."""


class StoreError(SokanzuError):
    """The store cannot be read or written."""


class StoreLocked(StoreError):
    """Another build is writing."""


class StoreMissing(StoreError):
    """Nothing was built yet."""


class QueryError(SokanzuError):
    """A question cannot be answered."""


class QueryOverrun(QueryError):
    """A question took more time or memory than it was given."""


class ChartError(SokanzuError):
    """The chart cannot be drawn."""


def language(wanted: str | None = None) -> str:
    """ "ja" or "en": as asked, else as the locale says.

    LC_ALL, LC_MESSAGES, LANG in POSIX's order: the first that is set decides.
    """
    for value in (wanted, os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG")):
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"
