"""Paths as typed on the command line.

In: a word. Out: a Path, or NOWHERE for an empty one, which is no path: pathlib would take it for the current folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

NOWHERE = Path("\0")
"""An empty word where a path was wanted; no path that anyone can type."""


def path(word: str | Path) -> Path:
    """A path as typed."""
    return Path(word) if str(word).strip() else NOWHERE


def is_missing(value: Any) -> bool:
    """Whether one of the paths of an option or an argument is an empty word."""
    return value == NOWHERE or (isinstance(value, (list, tuple)) and NOWHERE in value)
