"""Whether a form is a listed entity's, or perhaps another way to write one.

In: the project's names and entities; then forms. Out: yes or no; the id of the entity that may be meant. Near is only
said where one entity alone is near, and only to be shown to a person: nothing is merged.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Entity
from ...names import fold, forms
from ..naming.names import Names
from ..naming.spelling import CJK, bare, key, without_body
from ..naming.surroundings import is_a

_NEAR = 6  # characters from which on one different character is a slip


class Known:
    """Knows how the listed entities are written."""

    def __init__(self, names: Names, entities: Sequence[Entity]) -> None:
        self.names = names
        self.by_fold: dict[str, set[str]] = {}
        self.classes = {entity.id: entity.cls for entity in entities}
        self.written: set[str] = set()
        for entity in entities:
            for form in forms(entity):
                self.by_fold.setdefault(fold(form), set()).add(entity.id)
                self.written.add(key(bare(form)))
        self.by_tail: dict[str, list[str]] = {}
        for folded in self.by_fold:
            self.by_tail.setdefault(folded[-2:], []).append(folded)

    def is_written(self, form: str) -> bool:
        """Whether an entity is written just so, 株式会社 or not."""
        form = bare(form)
        tries = [form, without_body(form)]
        return any(bool(one) and (key(one) in self.written or bool(self.names.named(one))) for one in tries)

    def variant_of(self, form: str, cls: str) -> str:
        """The one entity that may be meant; "" where there is none, or more than one."""
        folded = fold(form)
        found = self.by_fold.get(folded) or self._near(folded, cls) or set()
        return next(iter(found)) if len(found) == 1 else ""

    def _near(self, folded: str, cls: str) -> set[str]:
        """One slip in a long name; or a short form of a Japanese one: 万防機構 of 全国万引犯罪防止機構."""
        from rapidfuzz.distance import OSA

        found: set[str] = set()
        for other in self.by_tail.get(folded[-2:], ()):
            ids = {id for id in self.by_fold[other] if is_a(self.classes[id], cls) or is_a(cls, self.classes[id])}
            if not ids:
                continue
            long = len(folded) >= _NEAR and not _differ(folded, other)
            slip = long and OSA.distance(folded, other, score_cutoff=1) <= 1
            if slip or (3 <= len(folded) <= 6 < len(other) and CJK.match(folded) and _shortens(folded, other)):
                found |= ids
        return found


def _differ(one: str, other: str) -> bool:
    """Whether the difference is one that tells two bodies apart: at the start (東, 西), or a number."""
    return one[:2] != other[:2] or any(char.isdigit() for char in one + other)


def _shortens(short: str, whole: str) -> bool:
    """Whether all characters of the short form stand in the long one, in their order."""
    at = 0
    for char in short:
        at = whole.find(char, at) + 1
        if not at:
            return False
    return True
