"""What both languages' readings of stance share: the cues, read from YAML, and how they add up.

In: cues/ja.yaml, cues/en.yaml (their heads say what the keys mean). Out: Cues, and a Reading that takes cues from the
innermost to the outermost and gives a Verdict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from ..errors import ProjectError
from ..model import Stance
from ..reading import Fields, Items, Text, Tree, read_yaml
from .flow import Mention, Span, Verdict

OWN: Final = Path(__file__).parent / "cues"
LONGEST_CUE: Final = 12
DROPS: Final = ("condition", "question", "hypothesis", "dropped plan", "considered")
MOODS: Final = (Stance.intended, Stance.proposed, Stance.demanded)
"""What is not yet: a plan, a proposal, a demand. Who denies a plan says that there is none."""

_KEYS: Final = frozenset(
    "words stance hedged negated drop voice negative tense after final own keep needs needs_question passive examples "
    "side form".split()
)


@dataclass(frozen=True)
class Cue:
    """Words that say how sure a source is, and what they make of a claim."""

    words: re.Pattern[str]
    stance: Stance | None = None
    hedged: bool = False
    negated: bool = False
    drop: str = ""
    voice: bool = False
    negative: str = "drop"
    told: Mapping[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    line: int = 0

    def get(self, key: str) -> str:
        """A key that only one language's reading asks for; "" where it was not given."""
        return self.told.get(key, "")


@dataclass(frozen=True)
class Cues:
    """The cues of a language, by section, and its lists of plain words."""

    sections: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, re.Pattern[str]]

    def __getitem__(self, section: str) -> tuple[Cue, ...]:
        return self.sections[section]


@cache
def read_cues(lang: str) -> Cues:
    """The cues of a language that come with Sokanzu."""
    problems: list[object] = []
    path = OWN / f"{lang}.yaml"
    tree = read_yaml(path, problems)  # type: ignore[arg-type]
    if not isinstance(tree, Fields):
        raise ProjectError(problems)  # type: ignore[arg-type]
    sections = {
        name: tuple(_cue(item) for item in part.items) for name, part in tree.fields.items() if isinstance(part, Items)
    }
    words = tree.fields["words"]
    assert isinstance(words, Fields)
    lists = {name: re.compile(_text(part)) for name, part in words.fields.items()}
    return Cues(sections, lists)


def _cue(tree: Tree) -> Cue:
    assert isinstance(tree, Fields), f"line {tree.line}: a cue is a mapping"
    unknown = set(tree.fields) - _KEYS
    assert not unknown, f"line {tree.line}: {unknown}"
    told = {key: _text(value) for key, value in tree.fields.items() if isinstance(value, Text)}
    lists = {
        key: tuple(_text(item) for item in value.items)
        for key, value in tree.fields.items()
        if isinstance(value, Items)
    }
    drop = told.get("drop", "")
    assert not drop or drop in DROPS, f"line {tree.line}: {drop}"
    return Cue(
        words=re.compile(told["words"]),
        stance=Stance(told["stance"]) if "stance" in told else None,
        hedged="hedged" in told,
        negated="negated" in told,
        drop=drop,
        voice="voice" in told,
        negative=told.get("negative", "drop"),
        told=told,
        after=lists.get("after", ()),
        examples=lists.get("examples", ()),
        line=tree.line,
    )


def _text(tree: Tree) -> str:
    assert isinstance(tree, Text), f"line {tree.line}: text is needed here"
    return tree.text


class Reading:
    """What the cues add up to, taken from the predicate outward: the innermost stance holds."""

    def __init__(self, text: str, stance: Stance | None) -> None:
        self.text = text
        self.stance = stance or Stance.stated
        self.negated = self.hedged = False
        self.cues: list[tuple[int, Span]] = []  # with their weight: the weightiest is shown
        self.voice: Mention | None = None
        self.voiced = False
        self.drop = ""
        self.how: list[str] = []

    def dropped(self, why: str) -> None:
        """The words make no claim. The first reason is kept."""
        if why == "considered" and self.drop == "question":  # 導入するか協議している
            self.drop = why
        self.drop = self.drop or why

    def negate(self, span: Span) -> None:
        """One negation. A second one makes no claim: too easily misread."""
        if self.negated:
            self.dropped("hypothesis")
        self.negated = True
        self.show(3, span)

    def denied(self) -> None:
        """What was reported or suspected is denied by somebody: that denial is told as a fact."""
        if self.stance in (Stance.reported, Stance.alleged):
            self.stance = Stance.stated
            self.cues = [cue for cue in self.cues if cue[0] != 4]

    def hedge(self, span: Span) -> None:
        """Softened."""
        self.hedged = True
        self.show(1, span)

    def set(self, stance: Stance, span: Span) -> None:
        """A stance, unless a cue nearer to the predicate gave one."""
        if self.stance is Stance.stated and stance is not Stance.stated:
            self.stance = stance
            self.show(4, span)

    def speak(self, voice: Mention | None, who: str = "") -> None:
        """Somebody is quoted: a mention, or one whom no entity stands for. The innermost quotation holds."""
        if self.voiced:
            return
        self.voiced = True
        self.voice = voice
        if voice is None and who:
            self.how.append(f"quoted: {who}")

    def show(self, weight: int, span: Span) -> None:
        """Words that carry what was read."""
        self.cues.append((weight, span))

    def verdict(self) -> Verdict:
        """The sum."""
        cue = ""
        if self.cues and not self.drop:
            start, end = max(self.cues, key=lambda c: c[0])[1]
            cue = self.text[start:end].strip(" 、。,.;:「」")[:LONGEST_CUE].strip(" 、。,.;:「」")
        return Verdict(
            stance=self.stance,
            negated=self.negated,
            hedged=self.hedged,
            cue=cue,
            voice=self.voice,
            drop=self.drop,
            how=tuple(self.how),
        )
