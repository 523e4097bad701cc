"""Where things stand in a Turtle text: its parser knows, but only tells of errors.

In: a text and its prefixes. Out: the line on which a subject's block begins, and the line
of a property within the block, as well as the text's look can tell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

_NAME = r"""<(?P<iri>[^<>"\s]*)>|(?P<prefix>[\w.-]*):(?P<local>[^\s"'#<>;,()\[\]]+)"""
_SUBJECT = re.compile(rf"(?P<indent>[ \t]*)(?:{_NAME})(?:\s|$)")
_ANY = re.compile(_NAME)
_WIDEST = 400  # characters of a line that are looked at: names stand before their texts


class TurtleLines:
    """The lines of a Turtle text, counted from 1; 0 where something was not found."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self.text, self.prefixes = text, prefixes
        self._block: tuple[int, dict[str, int]] = 0, {}

    @cached_property
    def rows(self) -> list[str]:
        """The text, line by line."""
        return self.text.split("\n")

    def _name(self, found: re.Match[str]) -> str:
        iri = found["iri"]
        return iri if iri is not None else self.prefixes.get(found["prefix"], "") + found["local"]

    @cached_property
    def _starts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        indented: dict[str, int] = {}
        for number, row in enumerate(self.rows, 1):
            if match := _SUBJECT.match(row):
                (indented if match["indent"] else found).setdefault(self._name(match), number)
        return {**indented, **found}

    @cached_property
    def _outmost(self) -> list[int]:
        return sorted(number for number in self._starts.values() if not self.rows[number - 1][0].isspace())

    @property
    def nameless(self) -> int:
        """The first line that begins with a blank node."""
        return next((n for n, row in enumerate(self.rows, 1) if row.lstrip().startswith(("[", "_:"))), 0)

    def subject(self, iri: str) -> int:
        """The line on which the block of a subject begins."""
        return self._starts.get(iri, 0)

    def property(self, iri: str, start: int) -> int:
        """The line of a property, or of anything else that is named, in the block that begins at `start`."""
        if not start:
            return 0
        if self._block[0] != start:
            after = bisect_right(self._outmost, start)
            end = self._outmost[after] if after < len(self._outmost) else len(self.rows) + 1
            lines: dict[str, int] = {}
            for number in range(start, end):
                for match in _ANY.finditer(self.rows[number - 1][:_WIDEST]):
                    lines.setdefault(self._name(match), number)
            self._block = start, lines
        return self._block[1].get(iri, start)
