"""Word documents (docx): what stands on the page.

In: the bytes of a file. Out: Read; the untouched text is the extracted one: paragraphs, each on its line, then notes.
Deleted and hidden words, field codes and the readings over characters are left out; insertions stay.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from ...errors import SourceError
from ..flow import Clean, Kind
from .lines import Block
from .read import Read, Told

MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 250  # a part that unpacks to more than so many times its size is a bomb, not writing
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SKIPPED = frozenset("del moveFrom instrText delText delInstrText rt rPr pPr sectPr tblPr trPr tcPr Fallback".split())
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_DC = {"title": "title", "creator": "publisher", "created": "date", "language": "lang"}


def read_docx(data: bytes, name: str) -> Read:
    """The blocks of a Word document. Raises SourceError where it is none, or is made to exhaust the machine."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive, name)
            body = package.tree("word/document.xml")
            if body is None:
                raise SourceError("document-not-its-kind", file=name, kind="docx")
            writer = _Writer(package.headings())
            writer.part(body)
            for part in ("word/footnotes.xml", "word/endnotes.xml"):
                tree = package.tree(part)
                if tree is not None:
                    writer.notes(tree)
            return writer.read(package.told())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise SourceError("document-broken", file=name, why=_why(error)) from None


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


class _Package:
    """The parts of a package, unpacked within limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.unpacked = 0

    def tree(self, part: str) -> Element | None:
        """A part's XML, read without entities or outside references; None where there is no such part."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            info = self.archive.getinfo(part)
        except KeyError:
            return None
        most = min(MOST_UNPACKED - self.unpacked, max(1 << 20, info.compress_size * MOST_RATIO))
        with self.archive.open(info) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise SourceError("document-bomb", file=self.name)
        self.unpacked += len(data)
        try:
            found: Element = fromstring(data, forbid_dtd=True)
        except (DefusedXmlException, ParseError, LookupError) as error:
            raise SourceError("document-broken", file=self.name, why=f"{part}: {_why(error)}") from None
        return found

    def headings(self) -> dict[str, int]:
        """The styles that are headings, with their levels."""
        found: dict[str, int] = {}
        tree = self.tree("word/styles.xml")
        for style in tree.iter() if tree is not None else ():
            if _local(style) != "style":
                continue
            names = [_attribute(c, "val") for c in style if _local(c) == "name"]
            if names and (match := re.fullmatch(r"(?:heading|見出し)\s*([1-9])|title|表題", names[0].lower())):
                found[_attribute(style, "styleId")] = int(match[1] or 1)
        return found

    def told(self) -> Told:
        """What the document says of itself."""
        fields: dict[str, str] = {}
        for part, names in (("docProps/core.xml", _DC), ("docProps/app.xml", {"Company": "company"})):
            tree = self.tree(part)
            for element in tree if tree is not None else ():
                if (field := names.get(_local(element))) and element.text:
                    fields[field] = element.text.strip()
        publisher = fields.get("company") or fields.get("publisher", "")
        return Told(fields.get("title", ""), publisher, fields.get("date", ""), fields.get("lang", ""))


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: Element, name: str) -> str:
    return element.get(_W + name) or element.get(_STRICT + name) or ""


class _Writer:
    """Writes the text, and remembers where each paragraph lies in it."""

    def __init__(self, headings: dict[str, int]) -> None:
        self.headings = headings
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[tuple[int, int, Kind, int, int]] = []
        self.areas = 0

    def part(self, root: Element, kind: Kind = "body", area: int = 0) -> None:
        """All paragraphs below an element. A text box in a paragraph follows it, as an area of its own."""
        todo: list[tuple[Element, Kind, int]] = [(root, kind, area)]
        while todo:
            element, kind, area = todo.pop()
            name = _local(element)
            if name == "p":
                boxes: list[Element] = []
                self.paragraph(element, kind, area, boxes)
                for box in boxes:
                    self.areas += 1
                    self.part(box, "box", self.areas)
            elif name not in _SKIPPED:
                inner: Kind = "cell" if name == "tc" and kind == "body" else kind
                todo += [(child, inner, area) for child in reversed(element)]

    def notes(self, root: Element) -> None:
        """The footnotes or endnotes, each an area of its own; separators are none."""
        for note in root:
            if _local(note) in ("footnote", "endnote") and not _attribute(note, "type"):
                self.areas += 1
                self.part(note, "note", self.areas)

    def paragraph(self, element: Element, kind: Kind, area: int, boxes: list[Element]) -> None:
        """One paragraph."""
        start = self.length
        text = "".join(_words(element, boxes))
        style = listed = ""
        for child in element:
            if _local(child) == "pPr":
                for mark in child:
                    if _local(mark) == "pStyle":
                        style = _attribute(mark, "val")
                    elif _local(mark) == "numPr":
                        listed = "item"
        level = self.headings.get(style, 0)
        if kind == "body":
            kind = "heading" if level else "item" if listed else "body"
        self.write(text + "\n")
        if text.strip():
            self.marks.append((start, start + len(text), kind, level, area))

    def write(self, text: str) -> None:
        """Add to the text."""
        self.parts.append(text)
        self.length += len(text)

    def read(self, told: Told) -> Read:
        """What was written."""
        text = "".join(self.parts)
        blocks = [
            Block(Clean(text[a:b], tuple(range(a, b)), tuple(range(a + 1, b + 1))), kind, True, level, area)
            for a, b, kind, level, area in self.marks
        ]
        return Read(text, tuple(blocks), "docx", told)


def _words(paragraph: Element, boxes: list[Element]) -> Iterator[str]:
    """The words of a paragraph; text boxes in it are put aside."""
    todo = list(reversed(paragraph))
    while todo:
        element = todo.pop()
        name = _local(element)
        if name == "txbxContent":
            boxes.append(element)
        elif name == "t":
            yield element.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "r" and _is_hidden(element):
            continue
        elif name not in _SKIPPED:
            todo += reversed(element)


def _is_hidden(run: Element) -> bool:
    for child in run:
        if _local(child) == "rPr":
            return any(_local(m) == "vanish" and _attribute(m, "val") not in ("0", "false", "off") for m in child)
    return False
