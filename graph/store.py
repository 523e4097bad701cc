"""The store: a cache on disk that is written whole, beside the old one, and swapped in.

In: a folder for outputs. Out: a Draft to write a new generation into, and the current
Generation to ask. A reader never sees a half-written store: generations are finished
before the name in CURRENT changes, which is one rename. Deleting the store loses nothing.

    store/CURRENT        the name of the generation that answers
    store/NAME/db/       its triples (RocksDB, written by Oxigraph)
    store/NAME/names.db  its names
    store/NAME/meta.json what it was made of
    .NAME.PID.part       a file that is being written, in the folder where it will lie
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from .errors import StoreError, StoreLocked, StoreMissing

_NAME = re.compile(r"generation-[0-9a-f]{8}")
_PART = re.compile(r"\..+\.\d+\.part")


@dataclass(frozen=True)
class Generation:
    """A finished store."""

    path: Path

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What it was made of: base, prefixes, inputs, counts."""
        try:
            found = json.loads((self.path / "meta.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise StoreError("store-unreadable", store=self.path.parent, why=error) from error
        if not isinstance(found, dict) or not found.keys() >= {"folder", "fingerprint", "texts", "prefixes"}:
            raise StoreError("store-unreadable", store=self.path.parent, why="meta.json")
        return found

    @property
    def names(self) -> Path:
        """The index of names."""
        return self.path / "names.db"

    def open(self) -> Store:
        """The triples, to be read only."""
        try:
            return Store.read_only(str(self.path / "db"))
        except (OSError, RuntimeError) as error:  # the engine has no word of its own for a store that is spoilt
            raise StoreError("store-unreadable", store=self.path.parent, why=error) from error


class Draft:
    """A generation that is being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(str(path / "db"))

    def load(self, quads: Iterable[Quad]) -> None:
        """Load many quads at once."""
        self.store.bulk_extend(quads)


def current(out: Path) -> Generation:
    """The generation that answers. Raises StoreMissing where nothing was built."""
    folder = out / "store"
    name = _named(folder)
    if not name or not (folder / name / "meta.json").is_file():
        raise StoreMissing("store-missing", out=out)
    return Generation(folder / name)


@contextlib.contextmanager
def writing(out: Path) -> Iterator[Path]:
    """The store's folder, for one writer at a time, swept of what a killed writer left. Raises StoreLocked."""
    from filelock import FileLock, Timeout

    folder = out / "store"
    with writable(out):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "LOCK", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreLocked("store-locked", out=out) from error
    try:
        with writable(out):
            _sweep(out)
        yield folder
    finally:
        lock.release()


@contextlib.contextmanager
def writable(out: Path) -> Iterator[None]:
    """Turn what the disk refuses into a StoreError that says what to do."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError("cannot-write", out=out, why=why) from error


@contextlib.contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """A new generation beside the others; removed again where writing it fails."""
    path = folder / f"generation-{os.urandom(4).hex()}"
    try:
        path.mkdir()
        yield Draft(path)
    except BaseException:
        if _named(folder) != path.name:  # once it answers, it stays
            shutil.rmtree(path, ignore_errors=True)
        raise


@contextlib.contextmanager
def beside(out: Path, files: Mapping[str, str | bytes]) -> Iterator[None]:
    """Texts or bytes, written whole beside the files that they replace when all else has gone well."""
    parts = {out / name: _part(out / name) for name in files}
    try:
        for path, part in parts.items():
            _write(part, files[path.name])
        yield
        for path, part in parts.items():
            os.replace(part, path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def swap(folder: Path, finished: Draft, meta: dict[str, Any]) -> None:
    """Make the draft the generation that answers; the one before stays for whoever still reads it."""
    finished.store.flush()
    del finished.store  # a reader must not open what a writer still holds
    write_file(finished.path / "meta.json", json.dumps(meta, ensure_ascii=False, indent=1))
    write_file(folder / "CURRENT", finished.path.name + "\n")


def write_file(path: Path, text: str | bytes) -> None:
    """Write a file whole or not at all: beside it first, then one rename."""
    with beside(path.parent, {path.name: text}):
        pass


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _write(path: Path, text: str | bytes) -> None:
    with path.open("wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _sweep(out: Path) -> None:
    """Remove half-written files and every generation but the one that answers, and nothing else."""
    folder = out / "store"
    for path in (*out.iterdir(), *folder.iterdir()):
        if _PART.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)
    keep = _named(folder)
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def _named(folder: Path) -> str:
    """The name in CURRENT, "" where there is none or it cannot be one."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _NAME.fullmatch(name) else ""
