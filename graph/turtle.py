"""Turtle that people read and that does not change unless what it says does.

In: triples, grouped by subject. Out: text with prefixes, one block a subject, one line a
value, in the order given. rdflib's own serializers sort by other rules between versions
and take minutes for a million triples; this one is small because it has no blank nodes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"[{_LETTER}0-9_](?:[{_LETTER}0-9_-]*[{_LETTER}0-9_-])?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def comment(text: str) -> str:
    """Text that is safe behind a #: on one line, without marks that turn its direction."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else " " for c in text)
    return " ".join("".join(kept).split())


class Turtle:
    """Writes terms and blocks with one set of prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        # The longest namespace first, so that …/id/entity/ wins over …/id/.
        self._spaces = sorted(((space, name) for name, space in prefixes.items()), key=lambda s: (-len(s[0]), s))
        self._known: dict[str, str] = {}

    def head(self) -> str:
        """The @prefix lines."""
        return "".join(f"@prefix {name}: <{space}> .\n" for name, space in self.prefixes.items())

    def iri(self, iri: str) -> str:
        """An IRI, shortened where a prefix fits."""
        if iri not in self._known:
            self._known[iri] = self._short(iri)
        return self._known[iri]

    def _short(self, iri: str) -> str:
        for space, name in self._spaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return f"{name}:{iri[len(space) :]}"
        return f"<{iri}>"

    def literal(self, literal: Literal) -> str:
        """A literal, on one line."""
        text = literal.value
        if literal.language:
            return f'"{_escaped(text)}"@{literal.language}'
        datatype = literal.datatype.value
        if datatype == _XSD + "boolean" and text in ("true", "false"):
            return text
        if datatype == _XSD + "integer" and re.fullmatch(r"-?[0-9]+", text):
            return text
        if datatype == _XSD + "string":
            return f'"{_escaped(text)}"'
        return f'"{_escaped(text)}"^^{self.iri(datatype)}'

    def term(self, term: NamedNode | Literal) -> str:
        """Any term."""
        return self.literal(term) if isinstance(term, Literal) else self.iri(term.value)

    def blocks(self, triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
        """(subject's IRI, its block) for each run of triples with one subject, in their order."""
        for subject, rows in groupby(triples, key=lambda t: t.subject.value):  # type: ignore[union-attr]
            lines = []
            for predicate, group in groupby(rows, key=lambda t: t.predicate.value):
                verb = "a" if predicate == _TYPE else self.iri(predicate)
                lines.append(f"{verb} {', '.join(self.term(t.object) for t in group)}")  # type: ignore[arg-type]
            yield subject, f"{self.iri(subject)} " + " ;\n    ".join(lines) + " .\n"


def _escaped(text: str) -> str:
    # Invisible marks are written as \u escapes, so that a reader of the file sees them.
    out = []
    for c in text:
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
        elif unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp"):
            out.append(f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}")
        else:
            out.append(c)
    return "".join(out)
