"""Text from documents, fit for a terminal.

In: any text. Out: the same with whatever could move the cursor, turn the writing direction or hide shown as an escape.
"""

from __future__ import annotations

import unicodedata

MOST_MARKS = 3  # combining marks on one letter; more of them paint over the lines around


def inert(text: str) -> str:
    """Text on one line with nothing invisible in it; ideographic spaces stay what they are."""
    found: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        found.append(_escape(char) if marks > MOST_MARKS else harmless(char))
    return "".join(found)


def harmless(char: str) -> str:
    """One character: itself where it is seen as itself, a space for white space, an escape for all else."""
    if char.isprintable() or char == "\u3000":
        return char
    return " " if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85\u2028\u2029\x0b\x0c" else _escape(char)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()
