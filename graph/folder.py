"""Which files a project consists of, and whether they were touched since the last build.

In: a folder. Out: paths and a fingerprint. Light enough for `query`, which only wants to
know whether the store is still up to date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .errors import UsageError
from .paths import SEEDS

FILE = "sokanzu.toml"
REVIEWS = "reviews.yaml"
STORIES = "stories"


def find_project(folder: Path | None, here: Path) -> Path:
    """The folder asked for, else the current one if it is a project, else the bundled one.

    Raises UsageError where the folder asked for has no sokanzu.toml.
    """
    if folder is not None:
        if not (folder / FILE).is_file():
            raise UsageError("not-a-project", folder=folder)
        return folder
    return here if (here / FILE).is_file() else SEEDS


def input_files(folder: Path) -> list[Path]:
    """Every file that the project is made of, sorted by name."""
    names = (FILE, "sources.yaml", "entities.yaml", REVIEWS, "shapes.ttl")
    found = [folder / name for name in names]
    places = {"entities": (".yaml",), "claims": (".yaml", ".ttl"), "rules": (".yaml",), STORIES: (".yaml",)}
    for place, endings in places.items():
        found += (p for p in (folder / place).glob("*") if p.suffix in endings)
    found += (p for p in (folder / "sources").glob("*") if not p.name.startswith("."))
    return sorted(p for p in found if p.is_file())


def fingerprint(folder: Path, texts: Iterable[Path] = ()) -> str:
    """A hash of the names, sizes and times of the files; it changes when one is touched."""
    rows = []
    for path in [*input_files(folder), *texts]:
        stat = path.stat()
        rows.append(f"{path.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
