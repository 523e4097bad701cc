"""What an analysis found, ready to be read: parts of lines, each line with the claims that it rests on.

In: a Sheet. Out: text for a terminal, Markdown, or JSON. A line never says more than its claims: where it is less
than plainly stated it says how sure it is at most, and names the claim that makes it so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from .ties import SUREST, Sureness, Tie, weakest
from .tongue import Tongue, clean

_Thing = TypeVar("_Thing")

FORMATS = ("table", "json", "markdown")
MOST_PROOFS = 6  # claims shown behind a line; JSON holds all


@dataclass(frozen=True)
class Line:
    """One finding. `needs` are the claims that it cannot do without, if not `proofs`: they say how sure it is.

    `data` is the same for a program, in no language. `depth` sets it in below the line before. `remarks`, by a claim's
    id, are what must be read beside that claim: what narrows it.
    """

    text: str
    proofs: tuple[Tie, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[Tie, ...] | None = None
    depth: int = 0
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def weakest(self) -> Tie | None:
        """The claim that says how sure the line is at most; None where it rests on none."""
        needed = self.proofs if self.needs is None else self.needs
        return weakest(needed) if needed else None


class Lines(Sequence[Line]):
    """Lines that are made as they are read and not kept, as a sheet may show few of many.

    `things` is what each is made of, by `make`; `heads` is how many are set in below no other, all if None.
    """

    def __init__(self, things: Sequence[_Thing], make: Callable[[_Thing], Line], heads: int | None = None) -> None:
        self._made: Callable[[int], Line] = lambda place: make(things[place])
        self._places = range(len(things))
        self.heads = len(things) if heads is None else heads

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            return tuple(map(self._made, self._places[at]))
        return self._made(self._places[at])

    def __iter__(self) -> Iterator[Line]:
        return map(self._made, self._places)


@dataclass(frozen=True)
class Part:
    """Lines under a heading, with a word on how to read them. `key` names the part for a program.

    `rated`: whether its lines say how sure they are; a line that sets claims against each other does not.
    """

    key: str
    title: str
    lines: tuple[Line, ...] | Lines = ()
    note: str = ""
    rated: bool = True

    @property
    def heads(self) -> int:
        """How many lines are findings of their own: what is set in below another is not."""
        return self.lines.heads if isinstance(self.lines, Lines) else sum(not line.depth for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """Everything that one analysis has to say. `left` are the sentences on what it leaves out."""

    key: str
    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


def left_out(tongue: Tongue, left: Mapping[str, int]) -> tuple[str, ...]:
    """A sentence for each reason for which claims were left out."""
    return tuple(tongue.text(f"left-{reason}", count=count) for reason, count in sorted(left.items()) if count)


def show(sheet: Sheet, tongue: Tongue, format: str, most: int = 0) -> Iterator[str]:
    """The sheet in one of FORMATS, piece by piece; `most` lines a part, all of them if 0. JSON holds all."""
    if format == "json":
        yield json.dumps(data(sheet, tongue), ensure_ascii=False, indent=2)
    elif format == "markdown":
        yield from _markdown(sheet, tongue, most)
    else:
        yield from _table(sheet, tongue, most)


def cut(part: Part, tongue: Tongue, most: int) -> tuple[Sequence[Line], str]:
    """The lines of a part that are shown, and a word on the others."""
    if not most or len(part.lines) <= most:
        return part.lines, ""
    return part.lines[:most], tongue.text("explore-more-lines", count=len(part.lines) - most)


def heading(part: Part, tongue: Tongue) -> str:
    """The title with the number of findings; what is set in below another is no finding of its own."""
    return tongue.text("explore-heading", title=part.title, count=part.heads)


def rating(line: Line, part: Part, tongue: Tongue) -> str:
    """How sure the line is at most, where that is less than stated."""
    least = line.weakest
    if not part.rated or least is None or least.sureness == SUREST:
        return ""
    return tongue.text("explore-at-most", sure=tongue.sure(least.sureness), claim=clean(least.name))


def proofs(line: Line, tongue: Tongue) -> tuple[tuple[Tie, ...], str]:
    """The claims shown behind a line, and a word on the others, by stance."""
    if len(line.proofs) <= MOST_PROOFS + 1:
        return line.proofs, ""
    rest = line.proofs[MOST_PROOFS:]
    counts = Counter(tie.sureness._replace(hedged=False) for tie in rest)
    told = tongue.text("explore-comma").join(f"{tongue.sure(sure)} {count}" for sure, count in sorted(counts.items()))
    return line.proofs[:MOST_PROOFS], tongue.text("explore-more-claims", count=len(rest), stances=told)


def proof(tie: Tie, line: Line, tongue: Tongue) -> str:
    """A claim behind a line, with what narrows it."""
    text = tongue.proof(tie)
    return f"{text} · {line.remarks[tie.claim]}" if line.remarks.get(tie.claim) else text


def _table(sheet: Sheet, tongue: Tongue, most: int) -> Iterator[str]:
    yield sheet.title
    yield from (f"  {note}" for note in sheet.notes)
    for part in sheet.parts:
        yield ""
        yield heading(part, tongue)
        if part.note:
            yield f"  {part.note}"
        lines, more = cut(part, tongue, most)
        for line in lines:
            indent = "  " * (line.depth + 1)
            rated = rating(line, part, tongue)
            yield f"{indent}{line.text}" + (f"  [{rated}]" if rated else "")
            shown, rest = proofs(line, tongue)
            yield from (f"{indent}    {proof(tie, line, tongue)}" for tie in shown)
            if rest:
                yield f"{indent}    {rest}"
        if more:
            yield f"  {more}"
    if sheet.left:
        yield ""
        yield tongue.text("explore-left-out")
        yield from (f"  {sentence}" for sentence in sheet.left)


def _markdown(sheet: Sheet, tongue: Tongue, most: int) -> Iterator[str]:
    yield f"# {escaped(sheet.title)}"
    for note in sheet.notes:
        yield f"\n{escaped(note)}"
    for part in sheet.parts:
        yield f"\n## {escaped(heading(part, tongue))}\n"
        if part.note:
            yield f"{escaped(part.note)}\n"
        lines, more = cut(part, tongue, most)
        for line in lines:
            indent = "  " * line.depth
            rated = rating(line, part, tongue)
            yield f"{indent}- {escaped(line.text)}" + (f" *({escaped(rated)})*" if rated else "")
            shown, rest = proofs(line, tongue)
            yield from (f"{indent}  - {escaped(proof(tie, line, tongue))}" for tie in shown)
            if rest:
                yield f"{indent}  - {escaped(rest)}"
        if more:
            yield f"\n{escaped(more)}"
    if sheet.left:
        yield f"\n## {escaped(tongue.text('explore-left-out'))}\n"
        yield from (f"- {escaped(sentence)}" for sentence in sheet.left)


_SPECIAL = str.maketrans({c: f"\\{c}" for c in r"\`*_[]<>#|~&$"})
_LIST = re.compile(r"^(?:([-+=])|(\d+)([.)]))")  # what would begin a list or underline a heading


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    plain = " ".join(text.split()).translate(_SPECIAL)
    return _LIST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", plain)


def data(sheet: Sheet, tongue: Tongue) -> dict[str, Any]:
    """The sheet as plain values."""
    return {
        "analysis": sheet.key,
        "title": sheet.title,
        "notes": list(sheet.notes),
        "numbers": dict(sheet.numbers),
        "parts": [
            {
                "part": part.key,
                "title": part.title,
                "note": part.note,
                "lines": [
                    {
                        "text": line.text,
                        **line.data,
                        **_rated(line, part),
                        "claims": [
                            proof_data(tie) | ({"narrowed": told} if (told := line.remarks.get(tie.claim)) else {})
                            for tie in line.proofs
                        ],
                    }
                    for line in part.lines
                ],
            }
            for part in sheet.parts
        ],
        "left_out": list(sheet.left),
    }


def _rated(line: Line, part: Part) -> dict[str, Any]:
    least = line.weakest
    if not part.rated or least is None:
        return {}
    return {"at_most": sureness_data(least.sureness), "weakest": least.name}


def sureness_data(sureness: Sureness) -> dict[str, Any]:
    """How sure, as plain values."""
    return {"stance": sureness.stance.value, "review": sureness.review.value, "hedged": sureness.hedged}


def proof_data(tie: Tie) -> dict[str, Any]:
    """A claim as plain values; what it does not have is left out."""
    told: dict[str, Any] = {
        "claim": tie.name,
        "id": tie.claim,
        "stance": tie.stance.value,
        "review": tie.review.value,
        "negated": tie.negated,
        "hedged": tie.hedged,
        "source": tie.source,
        "voice": tie.voice,
        "cited_via": list(tie.via),
    }
    dates = {"from": tie.valid_from, "to": tie.valid_to, "as_of": tie.as_of, "said": tie.said}
    return told | {key: str(when) for key, when in dates.items() if when}


def once(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Each claim once, the surer first."""
    return tuple(sorted({tie.claim: tie for tie in ties}.values(), key=lambda tie: tie.order))
