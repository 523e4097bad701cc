"""The store: a cache on disk that is written whole, beside the old one, and swapped in.

In: a folder for outputs. Out: a Draft to write a new generation into, and the current
Generation to ask. A reader never sees a half-written store: generations are finished
before the name in CURRENT changes, which is one rename. Deleting the store loses nothing.

    store/CURRENT        the name of the generation that answers
    store/NAME/db/       its triples (RocksDB, written by Oxigraph)
    store/NAME/names.db  its names
    store/NAME/meta.json what it was made of
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store

from .errors import StoreError, StoreLocked, StoreMissing


@dataclass(frozen=True)
class Generation:
    """A finished store."""

    path: Path

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What it was made of: base, prefixes, inputs, counts."""
        found: dict[str, Any] = json.loads((self.path / "meta.json").read_text(encoding="utf-8"))
        return found

    @property
    def names(self) -> Path:
        """The index of names."""
        return self.path / "names.db"

    def open(self) -> Store:
        """The triples, to be read only."""
        try:
            return Store.read_only(str(self.path / "db"))
        except OSError as error:
            raise StoreError("store-unreadable", store=self.path.parent, why=error) from error


class Draft:
    """A generation that is being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(str(path / "db"))

    def load(self, quads: Iterable[Quad]) -> None:
        """Load many quads at once."""
        self.store.bulk_extend(quads)

    def load_file(self, path: Path, format: RdfFormat = RdfFormat.N_QUADS) -> None:
        """Load a file with the engine's own loader."""
        self.store.bulk_load(path=str(path), format=format)


def current(out: Path) -> Generation:
    """The generation that answers. Raises StoreMissing where nothing was built."""
    folder = out / "store"
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise StoreMissing("store-missing", out=out) from error
    generation = Generation(folder / name)
    if not name or "/" in name or not (generation.path / "meta.json").is_file():
        raise StoreMissing("store-missing", out=out)
    return generation


@contextlib.contextmanager
def writing(out: Path) -> Iterator[Path]:
    """The store's folder, for one writer at a time; failures to write become StoreErrors."""
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
    keep = {_named(folder)}
    for left in folder.iterdir():
        if left.is_dir() and left.name not in keep:
            shutil.rmtree(left, ignore_errors=True)  # what a killed build left behind
    path = folder / f"generation-{os.urandom(4).hex()}"
    try:
        path.mkdir()
        yield Draft(path)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


def swap(folder: Path, finished: Draft, meta: dict[str, Any]) -> None:
    """Make the draft the generation that answers; the one before stays for whoever still reads it."""
    finished.store.flush()
    del finished.store  # a reader must not open what a writer still holds
    write_file(finished.path / "meta.json", json.dumps(meta, ensure_ascii=False, indent=1))
    write_file(folder / "CURRENT", finished.path.name + "\n")


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then one rename."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _named(folder: Path) -> str:
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
