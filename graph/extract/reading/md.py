"""Markdown: its paragraphs without the marks.

In: the source. Out: Read; offsets count characters of the source. Code, link targets, pictures and marks of emphasis
are left out; a heading that opens the file, or its front matter, gives the title.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..flow import Clean, Kind
from .lines import Block
from .markup import Buffer
from .read import Read, Told

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|publisher|author|lang|language)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE | re.I)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_MARK = re.compile(
    r"[ \t]{0,12}(?:(?P<heading>#{1,6})[ \t]+|(?P<item>(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)"
    r"|(?P<quote>(?:>[ \t]?)+)|(?P<note>\[\^[^\]\n]{1,80}\]:[ \t]*)|(?P<link>\[[^\]\n]{1,200}\]:[ \t]*\S+.*$))"
)
_KINDS: dict[str, Kind] = {"heading": "heading", "item": "item", "quote": "box", "note": "note"}
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*$")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<gone><!--.{0,5000}?-->|!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)|\[\^[^\]\n]{1,80}\]"
    r"|</?[A-Za-z][^<>\n]{0,1000}>|<(?:https?|mailto):[^>\s]{1,2000}>|~~|`+)"
    r"|\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,80}\]){1,300})\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\]\n]{0,200}\])"
    r"|(?P<emphasis>\*{1,3}(?!\s)|(?<!\s)\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))",
    re.DOTALL,
)


def read_markdown(text: str) -> Read:
    """The blocks of a Markdown file."""
    told, at = Told(), 0
    if front := _FRONT.match(text):
        fields = {name.lower(): value for name, value in _FIELD.findall(front[1])}
        told = Told(
            fields.get("title", ""),
            fields.get("publisher") or fields.get("author", ""),
            fields.get("date", ""),
            fields.get("lang") or fields.get("language", ""),
        )
        at = front.end()
    blocks = list(_Source(text, at).blocks())
    if not told.title:
        first = next((b.clean.text.strip() for b in blocks if b.kind == "heading"), "")
        told = replace(told, title=first)
    return Read(text, tuple(blocks), "md", told)


class _Source:
    """The lines of a file, gathered into blocks."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.found: list[Block] = []
        self.spans: list[tuple[int, int]] = []
        self.kind: Kind = "body"
        self.areas = 0
        self.quoting = False

    def blocks(self) -> list[Block]:
        """All blocks in order."""
        fence = ""
        for start, end in self._lines():
            line = self.text[start:end]
            if match := _FENCE.match(line):
                if not fence:
                    self._flush()
                    fence = match[1]
                elif match[1].startswith(fence):
                    fence = ""
                continue
            if not fence:
                self._line(line, start, end)
        self._flush()
        return self.found

    def _lines(self) -> list[tuple[int, int]]:
        breaks = [m.span() for m in re.finditer("\r\n|\n|\r", self.text[self.at :])]
        starts = [0, *(b for _, b in breaks)]
        ends = [*(a for a, _ in breaks), len(self.text) - self.at]
        return [(self.at + a, self.at + b) for a, b in zip(starts, ends, strict=True)]

    def _line(self, line: str, start: int, end: int) -> None:
        if not line.strip(" \t\u3000\ufeff"):
            self._flush()
            self.quoting = False
            return
        if self.spans and self.kind == "body" and len(self.spans) < 3 and _UNDERLINE.match(line):
            self.kind = "heading"
            self._flush()
            return
        if _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line)):
            self._flush()
            return
        match = _MARK.match(line.removeprefix("\ufeff") if start == 0 else line)
        if match and match["link"]:
            self._flush()
            return
        if match:
            kind = _KINDS[match.lastgroup or "item"]
            if not (kind == "box" and self.kind == "box" and self.spans):
                self._flush()
                self.kind = kind
                if kind == "note" or (kind == "box" and not self.quoting):
                    self.areas += 1
                self.quoting = kind == "box"
            start += match.end() + (1 if start == 0 and line.startswith("\ufeff") else 0)
            self.spans.append((start, end))
            if kind == "heading":
                self._flush()
            return
        if "|" in line and re.match(r"\s*\|.*\|\s*$", line):
            self._flush()
            for cell in re.finditer(r"[^|]+", line):
                if cell[0].strip():
                    self.kind = "cell"
                    self.spans.append((start + cell.start(), start + cell.end()))
                    self._flush()
            return
        self.spans.append((start, end))

    def _flush(self) -> None:
        if self.spans:
            clean = inline(self.text, self.spans, heading=self.kind == "heading")
            area = self.areas if self.kind in ("note", "box") else 0
            if clean.text.strip():
                self.found.append(Block(clean, self.kind, True, 0, area))
        self.spans, self.kind = [], "body"


def inline(text: str, spans: list[tuple[int, int]], *, heading: bool = False) -> Clean:
    """The words of some lines without the marks in them."""
    buffer = Buffer(text)
    for number, (start, end) in enumerate(spans):
        if number:
            before = spans[number - 1][1]
            if text[before - 2 : before] == "  " or text[before - 1 : before] == "\\":
                buffer.line_break(before, before)
            else:
                buffer.put("\n", before, before)
        if heading:
            end = start + len(re.sub(r"[ \t]+#+[ \t]*$", "", text[start:end]))
        _inline(buffer, text, start, end)
    return buffer.taken()


def _inline(buffer: Buffer, text: str, start: int, end: int, depth: int = 0) -> None:
    at = start
    for match in _INLINE.finditer(text, start, end):
        buffer.add(at, match.start())
        at = match.end()
        if match["escaped"]:
            buffer.add(match.start("escaped"), match.end("escaped"), entities=False)
        elif match["label"] is not None and depth < 3:
            _inline(buffer, text, match.start("label"), match.end("label"), depth + 1)
    buffer.add(at, end)
