"""Which clause of a Japanese sentence a date belongs to, by the tree.

In: a parsed sentence, the spans of a date and of a predicate. Out: whether a relative clause stands between them.
去年|Aが作った|Bを導入した: what was made is not dated, what was introduced is.
"""

from __future__ import annotations

import re

from ..flow import Hit, Parsed, Span
from .words import KEEPS


class Clauses:
    """The relative clauses of a sentence, by the word that ends each."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed

    def place(self, hit: Hit) -> Span:
        """Where the word stands that says it."""
        if hit.token < 0:
            return hit.predicate
        token = self.parsed.tokens[hit.token]
        return token.start, token.end

    def around(self, span: Span) -> frozenset[int]:
        """The relative clauses that hold a place; those on こと, もの, 方針 are no clauses of their own."""
        tokens = self.parsed.tokens
        at = next((t for t in tokens if t.end > span[0]), None)
        found, seen = set[int](), set[int]()
        while at is not None and at.i not in seen:
            seen.add(at.i)
            above = tokens[at.head]
            if at.dep.startswith("acl") and above.text not in KEEPS:
                found.add(at.i)
            at = above
        return frozenset(found)

    def apart(self, date: Span, predicate: Span) -> bool:
        """Whether the date stands in a relative clause without the predicate, or, behind a comma, the reverse."""
        dated, told = self.around(date), self.around(predicate)
        if dated - told:
            return True
        text = self.parsed.text
        rest = text[date[1] : date[1] + 6]
        return bool(told - dated) and "、" in rest

    def shares(self, rival: Span, date: Span) -> bool:
        """Whether the verbs before and after share a date with a comma behind it: 去年9月、Aを使い、Bを撮影した."""
        text = self.parsed.text
        goes_on = re.match("(?:して|し|[いきりちみえけせれべめ]|て|で)?、", text[rival[1] :])
        ended = text[rival[1] - 1] in "いきしりちみえけせれべめてで" or goes_on
        return bool(goes_on and ended and re.match("(?:の間|まで|に)*、", text[date[1] :]))

    def aside(self, rival: Span, date: Span, predicate: Span) -> bool:
        """Whether another predicate stands in a relative clause with neither of them."""
        return bool(self.around(rival) - self.around(date) - self.around(predicate))
