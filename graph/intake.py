"""A document becomes a source of the project: a copy in sources/ and a record at the end of sources.yaml.

In: a file or an address, a project folder. Out: the record. What stands in sources.yaml stays as it is, byte for byte.
Passages count characters of the text; where the file itself is not that text (PDF, Word, another encoding), the text is
kept beside it, for the next version of a library may take another one out of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .errors import Problem, ProjectError, Severity, SourceError, UsageError, Where
from .extract.flow import Document
from .fetch import fetch, is_web
from .folder import FILE
from .model import CURATOR, Project, Source, When
from .paths import HOUSE
from .project import read_project
from .reading import Fields, Items, Text, Tree, file_name, parse_yaml, read_bytes
from .review_file import as_text, locked
from .sources import attach
from .values import ID

LIST = "sources.yaml"
LONGEST_ID = 48
LONGEST_NAME = 120  # bytes; file systems take 255
_TEXT_ENDINGS = {"html": ".html", "md": ".md"}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows, with any ending
_DULL = {"index", "default", "download", "document", "file", "main", "page", "untitled", "text", "source"}


@dataclass(frozen=True)
class Added:
    """A document that was taken in, or was there already: the source's id, what its files are called, its length."""

    id: str
    new: bool
    files: tuple[str, ...] = ()  # that were written
    characters: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Taken:
    """A document and what it is made of: the text that passages count in, and the file that it was taken from."""

    document: Document
    name: str
    data: bytes
    address: str = ""

    @property
    def text(self) -> bytes:
        return self.document.text.encode()

    @property
    def is_text(self) -> bool:
        """Whether the file itself is the text."""
        return self.data == self.text


def add(folder: Path, what: str, *, id: str = "", date: str = "", title: str = "", today: date | None = None) -> Added:
    """Register a file or an address as a source.

    Raises UsageError where an option or the folder is wrong, ProjectError where sources.yaml is, SourceError where the
    document cannot be read or fetched.
    """
    writable(folder)
    when = _when(date)
    if id and (not ID.fullmatch(id) or id == CURATOR):
        raise UsageError("source-bad-id", id=id)
    taken = _taken(what)
    with _alone(folder):
        project = _project(folder)
        if known := _same(project, taken):
            return Added(known.id, False, _completed(project, known, taken), len(taken.document.text))
        if id and _plain(id) in _names(project):
            raise UsageError("source-id-taken", id=id)
        id = id or _free(_id(taken, title), _names(project))
        with _stored(folder / "sources", taken) as names:
            _append(folder / LIST, _record(taken, id, when, title, names, today or _today()))
    return Added(id, True, tuple(names.values()), len(taken.document.text), taken.document.notes)


def writable(folder: Path) -> None:
    """See that sources may be added there. Raises UsageError for what came with a package or is read-only."""
    installed = not (HOUSE / "pyproject.toml").is_file()
    if installed and HOUSE.resolve() in folder.resolve().parents:
        raise UsageError("source-installed", folder=folder)
    for path in (folder, folder / LIST, folder / "sources"):
        if path.exists() and not os.access(path, os.W_OK):
            raise UsageError("source-read-only", folder=path)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One who adds at a time."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / LIST))
        except OSError as error:
            raise _unwritable(folder, error) from error
        yield


def _today() -> date:
    return date.today()


def _when(text: str) -> When | None:
    if not text:
        return None
    try:
        return When.parse(text)
    except ValueError:
        raise UsageError("bad-date-option", text=text) from None


def _project(folder: Path) -> Project:
    """The project, if its list of sources can be read."""
    project, problems = read_project(folder)
    names = {file_name(folder / LIST), file_name(folder / FILE)}
    wrong = [p for p in problems if p.severity is Severity.error and p.where.file in names]
    if wrong:
        raise ProjectError(wrong)
    return project


# the document


def _taken(what: str) -> _Taken:
    """The document that the user named."""
    from .extract.reading.text import of_bytes

    if is_web(what):
        found = fetch(what)
        data, name, address, charset = found.data, found.name, found.address, found.charset
    else:
        problems: list[Problem] = []
        told = read_bytes(Path(what), problems)
        if told is None:
            if what.lower().startswith("www."):
                raise UsageError("source-no-scheme", address=what)
            why = {lang: problems[0].message(lang) for lang in ("en", "ja")}
            raise SourceError("document-unreadable", file=what, why=why)
        data, name, address, charset = told, Path(what).name, "", ""
    name = _file_name(name)
    if not data.strip():
        raise SourceError("source-empty", file=name)
    document = of_bytes(data, name, charset=charset)
    if not document.sentences:
        raise SourceError("source-empty", file=name)
    return _Taken(document, name, data, address)


def _same(project: Project, taken: _Taken) -> Source | None:
    """The source that is this document already."""
    hashes = {_hash(taken.data), _hash(taken.text)}
    return next((s for s in project.sources if hashes & {s.sha256, s.original_sha256}), None)


def _completed(project: Project, known: Source, taken: _Taken) -> tuple[str, ...]:
    """The text of a source that was registered without it, put into sources/; its record stays as it is."""
    data = next((data for data in (taken.data, taken.text) if _hash(data) == known.sha256), None)
    if data is None or known.id in attach(project)[1]:
        return ()
    name = known.file or (taken.name if data == taken.data else Path(taken.name).stem + ".txt")
    made: list[Path] = []
    try:
        (Path(project.folder) / "sources").mkdir(exist_ok=True)
        return (_put(Path(project.folder) / "sources", name, data, made),)
    except OSError as error:
        _remove(made)
        raise _unwritable(Path(project.folder), error) from error


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError("source-unwritable", folder=folder, why=error.strerror or str(error))


def _file_name(name: str) -> str:
    """A name that every file system takes and sources.yaml may hold."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name).strip(" .") or "document"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem and len(ending) <= 8 else (name, "")
    while len((stem + ending).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + ending


@contextlib.contextmanager
def _stored(folder: Path, taken: _Taken) -> Iterator[dict[str, str]]:
    """The document's files in sources/, by their key in the record; gone again where what follows fails."""
    made: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        names: dict[str, str] = {}
        if taken.is_text:
            names["file"] = _put(folder, taken.name, taken.data, made)
        else:
            names["original"] = _put(folder, taken.name, taken.data, made)
            stem, ending = os.path.splitext(names["original"])
            kind = _TEXT_ENDINGS.get(taken.document.kind, ".txt")  # HTML in another encoding is still HTML
            names["file"] = _put(folder, stem + (f".utf-8{kind}" if ending.lower() == kind else kind), taken.text, made)
        yield names
    except OSError as error:
        _remove(made)
        raise _unwritable(folder, error) from error
    except BaseException:
        _remove(made)
        raise


def _put(folder: Path, name: str, data: bytes, made: list[Path]) -> str:
    """Write a file under a name of its own; one that lies there already with these bytes is taken as it is."""
    stem, ending = os.path.splitext(name)
    there = {_plain(path.name): path for path in folder.iterdir()}
    for number in range(1, 10_000):
        name = f"{stem}-{number}{ending}" if number > 1 else name
        path = there.get(_plain(name))
        if path is None:
            path = folder / name
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return name
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return unicodedata.normalize("NFC", path.name)
    raise OSError(f"{name}")


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


# the record


def _names(project: Project) -> set[str]:
    """What a new source cannot be called: a voice is an entity's or a source's id."""
    return {_plain(id) for id in (*(s.id for s in project.sources), *(e.id for e in project.entities))}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _id(taken: _Taken, title: str) -> str:
    """An id that tells the source: from the file's name where that says something, else from the title."""
    stem = _slug(os.path.splitext(taken.name)[0])
    if stem and stem not in _DULL and re.search(r"[^\W\d_]{2}", stem):
        return stem
    return _slug(title or taken.document.title) or stem or "source"


def _slug(text: str) -> str:
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).lower())[:LONGEST_ID].strip("-")
    slug = unicodedata.normalize("NFC", slug)
    return slug if not slug or ID.fullmatch(slug) else f"source-{slug}"


def _free(id: str, taken: Collection[str]) -> str:
    """The id, numbered where there is one like it."""
    number, found = 1, id
    while _plain(found) in taken or found == CURATOR:
        number += 1
        found = f"{id}-{number}"
    return found


def _record(
    taken: _Taken, id: str, when: When | None, title: str, names: Mapping[str, str], today: date
) -> dict[str, Any]:
    """The record, with the keys of sources.yaml in their usual order."""
    document = taken.document
    title = next(filter(None, map(_line, (title, document.title, os.path.splitext(taken.name)[0]))), id)
    made: dict[str, Any] = {"id": id, "title": {_language(title): title}}
    if publisher := _line(document.publisher):
        made["publisher"] = {_language(publisher): publisher}
    if when := when or document.date:
        made["date"] = str(when)
    if taken.address:
        made |= {"address": taken.address, "retrieved": today.isoformat()}
    made["language"] = document.lang
    made |= {"sha256": _hash(taken.text), "characters": len(document.text), "file": names["file"]}
    if "original" in names:
        made |= {"original": names["original"], "originalSha256": _hash(taken.data)}
    return made


def _line(text: str) -> str:
    """Text on one line, without what no reader can see."""
    return unicodedata.normalize("NFC", " ".join("".join(c if c.isprintable() else " " for c in text).split()))


def _language(text: str) -> str:
    return "ja" if re.search("[ぁ-んァ-ヶ一-鿿々]", text) else "en"


def _append(path: Path, record: Mapping[str, Any]) -> None:
    """Add the record behind what the file holds. Raises SokanzuError where the file is no list to add to."""
    old = path.read_bytes() if path.exists() else b""
    problems: list[Problem] = []
    before = parse_yaml(old.decode("utf-8-sig"), file_name(path), problems)
    items = before.items if isinstance(before, Items) else []
    for text in _endings(old, as_text(record)):
        after = parse_yaml((old + text).decode("utf-8-sig"), file_name(path), [])
        if isinstance(after, Items) and len(after.items) == len(items) + 1 and _told(after.items[:-1]) == _told(items):
            break
    else:
        raise ProjectError([Problem("source-no-list", Where(file_name(path)))])
    with path.open("ab") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file.fileno(), len(old))
            raise


def _endings(old: bytes, record: str) -> Iterator[bytes]:
    """The record as it may have to stand: with the file's own line ends and indentation, after an empty line or not."""
    indents = [len(match[1]) for match in re.finditer(rb"(?m)^( *)-(?=[ \r\n])", old)]
    lines = [" " * min(indents, default=0) + line for line in record.splitlines()]
    end = "\r\n" if b"\r\n" in old else "\n"
    text = "".join(line + end for line in lines).encode()
    first = b"" if not old or old.endswith(b"\n") else end.encode()
    if old.strip():
        yield first + end.encode() + text
    yield first + text


def _told(items: list[Tree]) -> list[Any]:
    """What the records say; a line's end more or less behind the last of them is nothing that they say."""
    return [_words(item) for item in items]


def _words(tree: Tree) -> Any:
    if isinstance(tree, Text):
        return tree.text.rstrip("\n")
    if isinstance(tree, Items):
        return [_words(item) for item in tree.items]
    assert isinstance(tree, Fields)
    return {key: _words(value) for key, value in tree.fields.items()}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
