"""What reading a file gives, whatever its format.

In: plain values. Out: Read, the untouched text that all offsets count in with blocks of it, and Told, what the file
says of itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lines import Block

MOST_CHARACTERS = 5_000_000  # some 2,500 pages; each character takes about 150 bytes of memory while it is read


@dataclass(frozen=True)
class Told:
    """What a file says of itself; "" where it says nothing."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Read:
    """A file, read. `loose`: its blocks are runs of lines, and columns may have cut them."""

    text: str
    blocks: tuple[Block, ...]
    kind: str
    told: Told = Told()
    loose: bool = False
    notes: tuple[str, ...] = field(default=())
