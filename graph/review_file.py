"""The file of decisions as bytes: records at its end, one writer at a time, nothing lost.

In: a path, records as plain data. Out: the records in the file and on disk. A writer that is killed leaves at worst a
last record that is cut off: it is told from a whole one by its last line, `decision`, and the next writer turns it
into a comment.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from .errors import SokanzuError

HEAD = "# Decisions on candidates; only ever added to. The last one on a claim counts. docs/project-folder.md\n"
LOCK = ".sokanzu.lock"
LOCK_SECONDS = 20


class Verdict(StrEnum):
    """What can be decided on a candidate."""

    accept = "accept"
    reject = "reject"
    edit = "edit"
    undo = "undo"


_START = re.compile(rb"^-(?: |$)", re.M)
_ODD = re.compile(rb"^(?!- |-$|-\r$|#|---\s*$|\s*$| )", re.M)  # a line that is none of a list that begins at the margin
_END = re.compile(
    rb"^(?:- +| +)decision:(?:.*\n| *['\"]?(?:%s)['\"]?\s*$)" % b"|".join(v.encode() for v in Verdict), re.M
)


def divide(data: bytes) -> tuple[bytes, bytes]:
    """The file's whole records, and the last one if it is cut off: if the line with its decision is not all there."""
    data = data.rstrip(b"\0")  # a power cut can leave the end of a file empty
    starts = [match.start() for match in _START.finditer(data)]
    tail = data[starts[-1] :] if starts else b""
    if not tail or tail.startswith(b"- {") or _END.search(tail):  # a person may write it on one line
        return data, b""
    return data[: starts[-1]], tail


def as_text(record: Mapping[str, Any]) -> str:
    """A record as it stands in the file."""
    return yaml.dump(
        [dict(record)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=None
    )


class _Dumper(yaml.SafeDumper):
    """Writes every text on one line, with escapes for what an editor would not show or would break a line at."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(str, _quoted)


class Appender:
    """Adds records to one file. Raises SokanzuError where it cannot."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.end = -1  # where the last record of our own ended

    def add(self, *records: Mapping[str, Any]) -> None:
        """Append records, all or none; they are on disk when this returns."""
        text = "".join(map(as_text, records)).encode()
        try:
            with locked(self.path):
                self._append(text)
        except OSError as error:
            raise SokanzuError("review-unwritable", file=self.path, why=error.strerror or str(error)) from error

    def _append(self, text: bytes) -> None:
        new = not self.path.exists()
        with self.path.open("ab", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size != self.end:
                size, before = self._mended(file.fileno(), size)
                text = before + text
            try:
                written = 0
                while written < len(text):
                    written += file.write(text[written:])
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):  # a full disk: leave no half of a record behind
                    os.ftruncate(file.fileno(), size)
                raise
            self.end = size + len(text)
        if new:
            _sync_folder(self.path.parent)

    def _mended(self, number: int, size: int) -> tuple[int, bytes]:
        """Where to go on, and what comes before the record: a heading, a line's end, what was cut off as a comment."""
        data = self.path.read_bytes()
        if not data.strip(b"\0"):
            os.ftruncate(number, 0)
            return 0, HEAD.encode()
        whole, torn = divide(data)
        if _ODD.search(whole.removeprefix(b"\xef\xbb\xbf")) or not (_START.search(data) or _empty(data)):
            raise SokanzuError("review-no-list", file=self.path)
        before = b"" if whole.endswith(b"\n") or not whole else b"\n"
        if torn:
            lines = torn.decode("utf-8", "replace").splitlines()
            before += "".join(f"# {line}\n" for line in ("cut off:", *map(_visible, lines))).encode()
        if len(whole) < size:
            os.ftruncate(number, len(whole))
        return len(whole), before


def _empty(data: bytes) -> bool:
    """Whether there is nothing but comments."""
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in data.splitlines())


def _visible(line: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One writer of the file at a time. Raises SokanzuError where another one does not end."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(LOCK), timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise SokanzuError("file-locked", file=path) from None
    try:
        yield
    finally:
        lock.release()


def _sync_folder(folder: Path) -> None:
    """Have the name of a new file on disk too, where folders can be synced."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
