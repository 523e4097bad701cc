"""YAML with a memory for lines: every value knows where it stands.

In: a file. Out: a tree of Text, Items and Fields, each with its line, and Problems
for whatever cannot be read. All scalars stay text, so that 2014-06 is not turned
into something else on the way; anchors and aliases are refused, so that a small
file cannot unfold into a huge one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from .errors import Problem, Where

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 32

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


def read_bytes(path: Path, name: str, problems: list[Problem], most: int = MOST_BYTES) -> bytes | None:
    """The bytes of a file, or None and a Problem where it is too large or cannot be read."""
    try:
        size = path.stat().st_size
        if size > most:
            problems.append(
                Problem("file-too-large", Where(name), {"megabytes": size >> 20, "most": most >> 20})
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem("file-unreadable", Where(name), {"why": error.strerror or str(error)}))
        return None


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a UTF-8 file without its byte-order mark, or None and a Problem with the line."""
    data = read_bytes(path, name, problems)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem("not-utf8", Where(name, line), {"byte": f"0x{data[error.start]:02x}"}))
        return None


def read_yaml(path: Path, name: str, problems: list[Problem]) -> Tree | None:
    """The tree of a YAML file; None and Problems where there is none. `name` is used in messages."""
    text = read_text(path, name, problems)
    return None if text is None else parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: list[Problem]) -> Tree | None:
    """The tree of a YAML text; None where it is empty or has a Problem that stops reading."""
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
                        {"key": tree.text, "first": parent.lines[tree.text]},
                    )
                )
            keys[-1] = (tree.text, tree.line)
            return
        parent.fields.setdefault(key[0], tree)
        parent.lines.setdefault(key[0], key[1])
        keys[-1] = None


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line = mark.line + 1
        rows = text.split("\n")
        row = rows[mark.line] if mark.line < len(rows) else ""
        if "\t" in row[: len(row) - len(row.lstrip())] or "\\t" in str(error):
            return Problem("yaml-tab", Where(name, line))
        return Problem("yaml-syntax", Where(name, line), {"why": getattr(error, "problem", None) or "?"})
    position = getattr(error, "position", None)
    line = text.encode().count(b"\n", 0, position) + 1 if isinstance(position, int) else 0
    return Problem("yaml-character", Where(name, line))
