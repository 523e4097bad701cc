"""YAML with a memory for lines: every value knows where it stands.

In: a file. Out: a tree of Text, Items and Fields, each with its line, and Problems
for whatever cannot be read. All scalars stay text, so that 2014-06 is not turned
into something else on the way; anchors and aliases are refused, so that a small
file cannot unfold into a huge one.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import yaml

from .errors import Problem, Severity, Where

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 32
LONGEST_SHOWN = 120

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as written."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: list[Tree]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; `lines` holds each key's own line."""

    fields: dict[str, Tree]
    lines: dict[str, int]
    line: int


Tree = Text | Items | Fields

# To YAML these end a line, to editors they do not: every line number after them would be wrong.
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")


def file_name(path: Path) -> str:
    """A file's name in messages: from the current folder, so that it can be clicked."""
    try:
        name = os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        name = str(path)
    return shown(name.encode(errors="surrogateescape").decode(errors="replace"), most=len(name))


def shown(text: str, most: int = LONGEST_SHOWN) -> str:
    """Text from a file, fit to stand in a message: on one line, not long, with nothing invisible in it."""
    seen = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:most])
    return "".join(seen) + ("…" if len(text) > most else "")


def read_bytes(
    path: Path, problems: list[Problem], most: int = MOST_BYTES, severity: Severity = Severity.error
) -> bytes | None:
    """The bytes of a file, or None and a Problem where it is too large or cannot be read."""

    def problem(code: str, **words: object) -> None:
        problems.append(Problem(code, Where(file_name(path)), words, severity))

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a folder, or a pipe that would keep us waiting for ever
            problem("not-a-file")
        elif found.st_size > most:
            problem("file-too-large", megabytes=-(-found.st_size >> 20), most=most >> 20)
        else:
            return path.read_bytes()
    except OSError as error:
        problem("file-unreadable", why=error.strerror or str(error))
    return None


def read_text(path: Path, problems: list[Problem], most: int = MOST_BYTES) -> str | None:
    """The text of a UTF-8 file without its byte-order mark, or None and a Problem with the line."""
    data = read_bytes(path, problems, most)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem("not-utf8", Where(file_name(path), line), {"byte": f"0x{data[error.start]:02x}"}))
        return None


def read_yaml(path: Path, problems: list[Problem]) -> Tree | None:
    """The tree of a YAML file; None and Problems where there is none."""
    text = read_text(path, problems)
    return None if text is None else parse_yaml(text, file_name(path), problems)


def parse_yaml(text: str, name: str, problems: list[Problem]) -> Tree | None:
    """The tree of a YAML text; None where it is empty or has a Problem that stops reading. `name` is the file's."""
    if mark := _ODD_BREAK.search(text):
        problems.append(Problem("yaml-line-mark", Where(name, _line(text, mark.start())), {"mark": shown(mark[0])}))
        return None
    try:
        return _Grower(name, problems).grow(text)
    except _Refused:
        return None
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, text, name))
        return None


class _Refused(Exception):
    """Reading stops here; the Problem was noted."""


class _Grower:
    """Grows the tree from the parser's events with a stack of its own, so that depth is ours to limit."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems

    def refuse(self, code: str, line: int, **words: object) -> None:
        self.problems.append(Problem(code, Where(self.name, line), words))
        raise _Refused

    def grow(self, text: str) -> Tree | None:
        root: Tree | None = None
        documents = 0
        stack: list[Items | Fields] = []
        keys: list[tuple[str, int] | None] = []
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 0
            tree: Tree
            if isinstance(event, yaml.ScalarEvent):
                tree = Text(event.value, line)
            elif isinstance(event, yaml.SequenceStartEvent):
                tree = Items([], line)
            elif isinstance(event, yaml.MappingStartEvent):
                tree = Fields({}, {}, line)
            elif isinstance(event, yaml.AliasEvent):
                self.refuse("yaml-alias", line)
                continue
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                stack.pop()
                keys.pop()
                continue
            else:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.refuse("yaml-documents", line)
                continue
            if getattr(event, "anchor", None):
                self.refuse("yaml-alias", line)
            if not stack:
                root = tree
            else:
                self.hang(stack[-1], keys, tree)
            if not isinstance(tree, Text):
                if len(stack) >= DEEPEST:
                    self.refuse("yaml-deep", line, most=DEEPEST)
                stack.append(tree)
                keys.append(None)
        return root

    def hang(self, parent: Items | Fields, keys: list[tuple[str, int] | None], tree: Tree) -> None:
        """Put a value into its parent; in a mapping, keys and values take turns."""
        if isinstance(parent, Items):
            parent.items.append(tree)
            return
        key = keys[-1]
        if key is None:
            if not isinstance(tree, Text):
                self.refuse("yaml-key", tree.line)
                return
            if tree.text in parent.fields:
                self.problems.append(
                    Problem(
                        "yaml-duplicate-key",
                        Where(self.name, tree.line),
                        {"key": shown(tree.text), "first": parent.lines[tree.text]},
                    )
                )
            keys[-1] = (tree.text, tree.line)
            return
        parent.fields.setdefault(key[0], tree)
        parent.lines.setdefault(key[0], key[1])
        keys[-1] = None


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        rows = re.split("\r\n|\r|\n", text)
        if "end of stream" in (getattr(error, "problem", None) or ""):
            mark = getattr(error, "context_mark", None) or mark  # where that began which never ends
        line = min(mark.line + 1, len(rows))
        row = rows[line - 1]
        if "\t" in row[: len(row) - len(row.lstrip())] or row[mark.column : mark.column + 1] == "\t":
            return Problem("yaml-tab", Where(name, line))
        why = getattr(error, "problem", None) or getattr(error, "context", None) or "?"
        return Problem("yaml-syntax", Where(name, line), {"why": why})
    position = getattr(error, "position", 0)  # of the reader: in bytes
    return Problem("yaml-character", Where(name, text.encode().count(b"\n", 0, position) + 1))
