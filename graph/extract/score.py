"""How good the extraction is, measured against documents that a person annotated.

In: gold (JSON Lines, docs/extraction.md tells how to annotate) and rows of candidates. Out: precision, recall and F1
on subject–property–object, the shares of right stances, negations and dates among what was found rightly, all of it
by rule and by property, and every claim that was made where the gold says that nothing is claimed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..ask import width
from ..errors import SourceError, sentence
from ..terms import Vocabulary

Row = dict[str, Any]
Key = tuple[str, str, str, str]  # document, subject, property, object


@dataclass
class Tally:
    """Counts, and the figures made of them; a figure without anything to count is None."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    stance: int = 0
    negation: int = 0
    dates: int = 0
    dated: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the candidates that the gold holds."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def figures(self) -> Row:
        """All of it, as numbers between 0 and 1."""
        return {
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "stance": _share(self.stance, self.right),
            "negation": _share(self.negation, self.right),
            "dates": _share(self.dates, self.dated),
        }


@dataclass
class Score:
    """The whole, by rule, by property, and the single cases for who wants to look at them."""

    total: Tally = field(default_factory=Tally)
    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    properties: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    differing: list[tuple[Row, Row]] = field(default_factory=list)  # found, gold: another stance, negation or date
    forbidden: list[tuple[Row, Row]] = field(default_factory=list)  # claimed where the gold says nothing is claimed

    def as_json(self) -> Row:
        """All of it as plain data."""
        return {
            "total": self.total.figures(),
            "rules": {name: tally.figures() for name, tally in sorted(self.rules.items())},
            "properties": {name: tally.figures() for name, tally in sorted(self.properties.items())},
            "wrong": self.wrong,
            "missed": self.missed,
            "differing": [{"found": found, "gold": gold} for found, gold in self.differing],
            "forbidden": [{"found": found, "gold": gold} for found, gold in self.forbidden],
        }


def read_gold(path: Path) -> list[Row]:
    """The rows of a gold file, or of all *.gold.jsonl of a folder. Raises SourceError with file and line."""
    files = sorted(path.rglob("*.gold.jsonl")) if path.is_dir() else [path]
    rows: list[Row] = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError("gold-unreadable", file=file, why=str(error)) from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                rows.append(_gold_row(line, file, number))
    return rows


def _gold_row(line: str, file: Path, number: int) -> Row:
    try:
        read = json.loads(line)
    except ValueError:
        read = None
    if not isinstance(read, dict) or not isinstance(read.get("document"), str):
        raise SourceError("gold-line", file=file, line=number)
    is_claim = any(key in read for key in ("subject", "predicate", "object"))
    if is_claim and not all(read.get(key) for key in ("subject", "predicate", "object")):
        raise SourceError("gold-line", file=file, line=number)
    return read


def score(gold: Sequence[Row], found: Iterable[Row], vocabulary: Vocabulary, texts: dict[str, str]) -> Score:
    """Compare candidates with the gold of their documents. `texts` finds where a gold quote stands."""
    told = Score()
    wanted: dict[Key, list[Row]] = defaultdict(list)  # what is alleged here may be denied there
    for row in gold:
        if "subject" in row:
            wanted[_key(row, vocabulary)].append(row)
    silent = list(_silent(gold, texts))
    documents = {row["document"] for row in gold}
    best: dict[Key, Row] = {}
    for row in found:
        if row["document"] not in documents:
            continue
        key = _key(row, vocabulary)
        if key not in best or _agreement(row, _nearest(row, wanted[key])) > _agreement(
            best[key], _nearest(best[key], wanted[key])
        ):
            best[key] = row
        told.forbidden += [(row, gold_row) for gold_row in silent if _breaks(row, gold_row)]
    for key, row in best.items():
        _count(told, row, _nearest(row, wanted[key]))
    for key, rows in wanted.items():
        required = [row for row in rows if not row.get("optional")]
        if key not in best and required:
            told.missed.append(required[0])
            for tally in (told.total, told.properties[required[0]["predicate"]]):
                tally.missed += 1
    return told


def _count(told: Score, row: Row, gold: Row | None) -> None:
    if gold and gold.get("optional"):
        return
    tallies = (told.total, told.rules[row.get("rule", "")], told.properties[row["predicate"]])
    for tally in tallies:
        if gold is None:
            tally.wrong += 1
            continue
        tally.right += 1
        tally.stance += _same(row, gold, "stance")
        tally.negation += _same(row, gold, "negated")
        if _dated(row) or _dated(gold):
            tally.dated += 1
            tally.dates += _same_dates(row, gold)
    if gold is None:
        told.wrong.append(row)
    elif not (_same(row, gold, "stance") and _same(row, gold, "negated") and _same_dates(row, gold)):
        told.differing.append((row, gold))


def _key(row: Row, vocabulary: Vocabulary) -> Key:
    subject, told = _end(row["subject"]), _end(row["object"])
    property = vocabulary.properties.get(row["predicate"])
    if property and property.symmetric:
        subject, told = sorted((subject, told))
    return row["document"], subject, row["predicate"], told


def _end(end: Any) -> str:
    """An entity's id; a value as text, its languages aside."""
    if isinstance(end, dict):
        value = end.get("id", end.get("value"))
        return " / ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
    return str(end)


def _same(row: Row, gold: Row, key: str) -> bool:
    default = "stated" if key == "stance" else False
    return str(row.get(key) or default) == str(gold.get(key) or default)


def _dated(row: Row) -> bool:
    return bool(row.get("validFrom") or row.get("validTo"))


def _same_dates(row: Row, gold: Row) -> bool:
    return all((row.get(key) or None) == (gold.get(key) or None) for key in ("validFrom", "validTo"))


def _agreement(row: Row, gold: Row | None) -> int:
    if gold is None:
        return 0
    return 4 * _same(row, gold, "negated") + 2 * _same(row, gold, "stance") + _same_dates(row, gold)


def _nearest(row: Row, rows: Sequence[Row]) -> Row | None:
    """Of the gold on one proposition the line that a candidate agrees with most."""
    return max(rows, key=lambda gold: _agreement(row, gold), default=None)


def _silent(gold: Iterable[Row], texts: dict[str, str]) -> Iterator[Row]:
    """The gold's silent passages, each with where it stands."""
    for row in gold:
        if row.get("nothing"):
            spans = row.get("passages")
            if not spans and (at := texts.get(row["document"], "").find(row.get("quote") or "\0")) >= 0:
                spans = [[at, at + len(row["quote"])]]
            yield {**row, "passages": spans or []}


def _breaks(row: Row, silent: Row) -> bool:
    """Whether a positive candidate rests on words that claim nothing: more than half of it lies there."""
    if row["document"] != silent["document"] or row.get("negated"):
        return False
    inside = sum(max(0, min(e, t) - max(s, f)) for s, e in row["passages"] for f, t in silent["passages"])
    return bool(2 * inside > sum(e - s for s, e in row["passages"]))


def report(told: Score, lang: str) -> str:
    """The figures for people: the whole, each property and each rule, and what went wrong, case by case."""
    rows = [_figures(sentence("score-all", lang), told.total)]
    for heading, tallies in (("score-properties", told.properties), ("score-rules", told.rules)):
        rows += [(), (sentence(heading, lang),)]
        rows += [_figures(name, tally) for name, tally in sorted(tallies.items())]
    head = ("", *(sentence(f"score-column-{word}", lang) for word in _COLUMNS))
    lines = _table([head, *rows])
    for heading, cases in (
        ("score-forbidden", [_case(row) for row, _ in told.forbidden]),
        ("score-wrong", list(map(_case, told.wrong))),
        ("score-missed", list(map(_case, told.missed))),
        ("score-differing", [f"{_case(row)}\n    {_case(gold)}" for row, gold in told.differing]),
    ):
        if cases:
            lines += ["", sentence(heading, lang, count=len(cases)), *(f"  {case}" for case in cases)]
    return "\n".join(lines) + "\n"


_COLUMNS = ("right", "wrong", "missed", "precision", "recall", "f1", "stance", "negation", "dates")


def _figures(name: str, tally: Tally) -> tuple[str, ...]:
    figures = tally.figures()
    return (name, *("–" if v is None else str(v) if isinstance(v, int) else f"{v:.2f}" for v in figures.values()))


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Names to the left, figures to the right under their headings, by the width that a terminal gives them."""
    first = max(width(row[0]) for row in rows if row)
    columns = [max(6, width(word)) for word in rows[0][1:]]
    lines = []
    for row in rows:
        cells = [" " * (column - width(cell)) + cell for cell, column in zip(row[1:], columns, strict=False)]
        lines.append("  ".join([row[0] + " " * (first - width(row[0])), *cells]).rstrip() if row else "")
    return lines


def _case(row: Row) -> str:
    marks = [str(row.get("stance") or "stated")]
    marks += [word for word in ("negated", "hedged") if row.get(word)]
    marks += [f"{row.get('validFrom') or ''}/{row.get('validTo') or ''}"] if _dated(row) else []
    quote = " ".join((row.get("quote") or "").split())
    rule = f" [{row['rule']}]" if row.get("rule") else ""
    ends = f"{_end(row['subject'])} {row['predicate']} {_end(row['object'])}"
    return f"{row['document']}: {ends} ({', '.join(marks)}){rule} {quote}"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
