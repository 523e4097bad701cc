"""Frames: the rules of the extraction, as data.

In: YAML files of graph/extract/frames/ and of a project's rules/ (docs/extraction.md says how to write one).
Out: Frames in the order of their files, and Problems with file and line. The keys that all frames share are read
here; the rest of a frame is the body that the matcher of its language reads and checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast, get_args

from ..errors import Problem
from ..model import Stance
from ..reading import Fields, Items, Text, Tree, file_name, read_yaml
from ..terms import Vocabulary, vocabulary
from ..values import Values
from .flow import Example, Frame, Language

OWN = Path(__file__).parent / "frames"
SHARED = ("id", "version", "lang", "property", "subjects", "objects", "stance", "examples", "counter")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_MARK = re.compile(r"\{([^{}|]+)\|([A-Za-z]+)(?:\|([SO]))?\}")

Body = dict[str, object]
"""A frame's own keys: text, lists and mappings of text."""


def read_frames(
    files: Iterable[Path], problems: list[Problem], keys: dict[Language, Callable[[Values, Tree, Body], Body | None]]
) -> list[Frame]:
    """The frames of the files. `keys` checks, by language, the body that a matcher will read; None: left out."""
    found: dict[str, Frame] = {}
    for path in files:
        reader = _FrameReader(path, problems, vocabulary(), keys)
        for frame, tree in reader.read():
            if frame.id in found:
                first = f"{found[frame.id].file}:{found[frame.id].line}"
                reader.values.problem("duplicate-id", tree, id=frame.id, first=first)
            else:
                found[frame.id] = frame
    return list(found.values())


def own_files() -> list[Path]:
    """The frames that come with Sokanzu."""
    return sorted(OWN.glob("*.yaml"))


def example(text: str, expects: Body | None = None, line: int = 0) -> Example:
    """An example from its marked text: {警察庁|PoliceBody|S}は{要綱|Guideline|O}を改正した。

    Raises ValueError where a mark is not of that form.
    """
    plain, mentions, roles, at = "", [], {"S": -1, "O": -1}, 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        mentions.append(((len(plain), len(plain) + len(mark[1])), mark[2]))
        if mark[3]:
            roles[mark[3]] = len(mentions) - 1
        plain += mark[1]
        at = mark.end()
    plain += text[at:]
    if "{" in plain or "}" in plain:
        raise ValueError("a mark that cannot be read")
    told = {key: str(value) for key, value in (expects or {}).items()}
    return Example(plain, tuple(mentions), roles["S"], roles["O"], told, line)


class _FrameReader:
    def __init__(
        self,
        path: Path,
        problems: list[Problem],
        vocabulary: Vocabulary,
        keys: dict[Language, Callable[[Values, Tree, Body], Body | None]],
    ) -> None:
        self.path, self.vocabulary, self.keys = path, vocabulary, keys
        self.values = Values(file_name(path), problems, ("ja", "en"))
        self.tree = read_yaml(path, problems)

    def read(self) -> Iterable[tuple[Frame, Tree]]:
        if self.tree is None:
            return
        if not isinstance(self.tree, Items):
            self.values.problem("not-a-list", self.tree, what="frames")
            return
        for tree in self.tree.items:
            before = self.values.errors
            frame = self.frame(tree)
            if frame and self.values.errors == before:
                yield frame, tree

    def frame(self, tree: Tree) -> Frame | None:
        if not isinstance(tree, Fields):
            self.values.problem("not-a-mapping", tree, what="frame")
            return None
        fields = tree.fields
        if not self.values.need(fields, "frame", ("id", "version", "lang", "property", "examples"), tree):
            return None
        lang = self.values.line(fields["lang"], "lang")
        if lang not in get_args(Language):
            known = get_args(Language)
            self.values.unknown("unknown-choice", lang, known, fields["lang"], key="lang", choices=", ".join(known))
            return None
        language = cast(Language, lang)
        property = self.values.line(fields["property"], "property")
        if property not in self.vocabulary.properties:
            self.values.unknown("unknown-property", property, self.vocabulary.properties, fields["property"])
        id = self.values.line(fields["id"], "id")
        if not _ID.fullmatch(id):
            self.values.problem("bad-id", fields["id"], id=id)
        body = {key: _plain(value) for key, value in fields.items() if key not in SHARED}
        read = self.keys[language](self.values, tree, body)
        return Frame(
            id=id,
            version=self.values.number(fields["version"], "version", least=1) or 1,
            lang=language,
            predicate=property,
            subject_classes=self.classes(fields.get("subjects")),
            object_classes=self.classes(fields.get("objects")),
            stance=self.values.choice(fields.get("stance"), Stance, "stance"),
            body=read or {},
            examples=self.examples(fields.get("examples"), marked=True),
            counter=self.examples(fields.get("counter"), marked=False),
            file=self.values.file,
            line=tree.line,
        )

    def classes(self, tree: Tree | None) -> tuple[str, ...]:
        names = self.values.lines(tree, "classes")
        for name in names:
            if name not in self.vocabulary.classes and tree is not None:
                self.values.unknown("unknown-class", name, self.vocabulary.classes, tree)
        return names

    def examples(self, tree: Tree | None, *, marked: bool) -> tuple[Example, ...]:
        found = []
        for item in tree.items if isinstance(tree, Items) else []:
            told = _plain(item)
            expects = {k: v for k, v in told.items() if k != "text"} if isinstance(told, dict) else {}
            text = str(told.get("text", "")) if isinstance(told, dict) else str(told)
            try:
                read = example(text, expects, item.line)
            except ValueError:
                self.values.problem("bad-example", item, text=text)
                continue
            unmarked = (read.subject < 0 and not {"speaker", "topic"} & expects.keys()) or (
                read.object < 0 and "value" not in expects
            )
            if marked and unmarked:
                self.values.problem("bad-example", item, text=text)
            else:
                found.append(read)
        return tuple(found)


def _plain(tree: Tree) -> object:
    """A tree without its lines."""
    if isinstance(tree, Text):
        return tree.text
    if isinstance(tree, Items):
        return [_plain(item) for item in tree.items]
    return {key: _plain(value) for key, value in tree.fields.items()}
