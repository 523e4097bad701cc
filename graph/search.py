"""The name index: which entities are meant by a few characters in any script.

In: a project; then what someone types. Out: hits, best first: the whole name, its beginning, a part of it,
and, only where there is none of these, what is written nearly so.

Each written form is one row, numbered by length and then by its letters. So rows that come out in their own
order come out in the order of the answer, and a search stops as soon as it has enough. The letters of a form
and its pairs of neighbours are the words of a full-text index. What someone types never becomes part of its
query language: only such letters and pairs do, each of them quoted.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from threading import Lock

from .errors import StoreError, StoreMissing
from .model import Entity, Project, Words
from .names import LONGEST, fold, fold_whole, forms, romaji

VERSION = 1  # of the file's layout and of how names are folded; an index of another version is built anew

_SCHEMA = """
CREATE TABLE entities(n INTEGER PRIMARY KEY, id TEXT NOT NULL, cls TEXT NOT NULL, label TEXT NOT NULL);
CREATE TABLE forms(n INTEGER PRIMARY KEY, folded TEXT NOT NULL, form TEXT NOT NULL, entity INTEGER NOT NULL);
CREATE TABLE lengths(length INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE counts(gram TEXT PRIMARY KEY, forms INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE grams USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii');
"""
_FINISH = """
INSERT INTO grams(grams) VALUES ('optimize');
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, grams, row);
INSERT INTO counts SELECT term, doc FROM temp.vocabulary;
DROP TABLE temp.vocabulary;
CREATE INDEX forms_folded ON forms(folded);
VACUUM;
"""

_ROWS = "SELECT e.id, e.cls, e.label, f.form, f.folded FROM {} JOIN entities e ON e.n = f.entity WHERE {} ORDER BY {}"
_BY_GRAMS = "grams g JOIN forms f ON f.n = g.rowid"
_HAS = " AND instr(f.folded, ?)"
_EXACT = _ROWS.format("forms f", "f.folded = ?", "f.form <> ?, f.n")
_PREFIX = _ROWS.format(_BY_GRAMS, "grams MATCH ? AND substr(f.folded, 1, ?) = ?", "g.rowid")
_PART = _ROWS.format(_BY_GRAMS, "grams MATCH ?{}", "g.rowid")
_NUMBERED = _ROWS.format("forms f", "f.n = ?", "f.n")
_WITH_GRAM = "SELECT rowid AS n FROM grams WHERE grams MATCH ? AND rowid >= ? AND rowid < ?"
_SHARING = "SELECT n, folded FROM forms WHERE n IN (SELECT n FROM ({}) GROUP BY n ORDER BY count(*) DESC, n LIMIT ?)"

# How many grams narrow a search before the rows themselves are compared: more of them cost more than they save.
_NARROW = 3
# For what is written nearly so: about how many rows are counted, how many are compared, what is near enough.
_COUNTED, _COMPARED = 20_000, 400
_NEAR_WHOLE, _NEAR_PART = 0.6, 75
_BEYOND = 1 << 62


class Kind(StrEnum):
    """How what was typed stands in the form that was found, best first."""

    exact = "exact"
    prefix = "prefix"
    part = "part"
    near = "near"


@dataclass(frozen=True)
class Hit:
    """An entity that was found, and the written form by which.

    `score` is the share of the form that was typed or, for `near`, how like it is; 1.0 at best.
    """

    id: str
    cls: str
    label: Words
    form: str
    kind: Kind
    score: float


# FTS5's ascii tokenizer keeps letters, digits and everything beyond ASCII together as one word; what else there
# is in ASCII moves to the private use area. _START stands before the first letter of a form.
_START = "\uf8fe"
_SPELLING = {code: 0xF600 + code for code in range(128) if not chr(code).isalnum()}


def _letters(folded: str) -> list[str]:
    return list(dict.fromkeys(folded.translate(_SPELLING)))


def _pairs(folded: str) -> list[str]:
    return list(dict.fromkeys(a + b for a, b in pairwise(folded.translate(_SPELLING))))


def _beginnings(folded: str) -> list[str]:
    start = folded[:2].translate(_SPELLING)
    return [_START + start[:1], _START + start] if len(start) > 1 else [_START + start]


def _matching(grams: Iterable[str]) -> str:
    """The full-text query for the rows that have every one of these grams."""
    return " AND ".join(f'"{gram}"' for gram in grams)


def write_index(path: str | os.PathLike[str], project: Project) -> None:
    """Write the name index of `project` to `path`, whole or not at all; the same project gives the same bytes."""
    path = Path(path)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            _write(Path(folder) / path.name, project)
            os.replace(Path(folder) / path.name, path)
    except (OSError, sqlite3.OperationalError) as why:
        raise StoreError("names-unwritable", file=str(path), why=str(why)) from why


def _write(path: Path, project: Project) -> None:
    entities = dict(sorted((entity.id, entity) for entity in project.entities))
    number = {id: n for n, id in enumerate(entities)}
    rows = _rows(entities.values())
    first = {length: n for n, (length, *_) in reversed(list(enumerate(rows)))}
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={VERSION}; {_SCHEMA}")
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO entities VALUES (?, ?, ?, ?)",
            ((number[id], _stored(id), _stored(e.cls), json.dumps(dict(e.name))) for id, e in entities.items()),
        )
        db.executemany(
            "INSERT INTO forms VALUES (?, ?, ?, ?)",
            ((n, folded, _stored(form), number[id]) for n, (_, folded, id, form) in enumerate(rows)),
        )
        db.executemany(
            "INSERT INTO grams(rowid, words) VALUES (?, ?)",
            ((n, " ".join(_beginnings(f) + _letters(f) + _pairs(f))) for n, (_, f, *_) in enumerate(rows)),
        )
        db.executemany("INSERT INTO lengths VALUES (?, ?)", sorted(first.items()))
        db.execute("COMMIT")
        db.executescript(_FINISH)
    finally:
        db.close()


def _rows(entities: Iterable[Entity]) -> list[tuple[int, str, str, str]]:
    """(length, folded, entity's id, form as written) for each way in which an entity is found, in index order."""
    rows: dict[tuple[str, str], str] = {}
    for entity in entities:
        for form in (*forms(entity), *romaji(entity.reading)):
            for folded in (fold(form), fold_whole(form)):
                if folded:
                    rows.setdefault((entity.id, folded), form)
    return sorted((len(folded), folded, id, form) for (id, folded), form in rows.items())


def _stored(text: str) -> str:
    """Half of a surrogate pair can be spelled in YAML or typed by mistake, but SQLite cannot take it."""
    return text.encode("utf-8", "replace").decode()


_Row = tuple[str, str, str, str, str]


class Index:
    """A name index, opened to be read only; several threads may share it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        if not self._path.is_file():
            raise StoreMissing("names-missing", file=str(path))
        # Immutable: no locks, no journal. A new build replaces the file and leaves this one to those who hold it.
        uri = self._path.resolve().as_uri() + "?mode=ro&immutable=1"
        self._turn = Lock()  # cursors of one connection do not mix
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.DatabaseError as why:
            raise StoreError("names-damaged", file=str(path)) from why
        try:
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as why:
            self._db.close()
            raise StoreError("names-damaged", file=str(path)) from why
        if version != VERSION:
            self._db.close()
            raise StoreError("names-damaged", file=str(path))

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """The entities that `text` names, each once, by the form that fits best: at most `limit`, best first.

        One character is enough, of any script; nothing that can be typed is an error.
        """
        typed = _stored(unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].strip())
        folded = fold(typed)
        hits: dict[str, Hit] = {}
        if not folded or limit < 1:
            return []
        try:
            with self._turn, closing(self._found(folded, typed)) as rows:
                for kind, score, (id, cls, label, form, _) in rows:
                    if id not in hits:
                        hits[id] = Hit(id, cls, Words(json.loads(label)), form, kind, round(score, 4))
                        if len(hits) == limit:
                            break
        except sqlite3.DatabaseError as why:
            raise StoreError("names-damaged", file=str(self._path)) from why
        return list(hits.values())

    def _found(self, folded: str, typed: str) -> Generator[tuple[Kind, float, _Row], None, None]:
        """What was found, best first, an entity perhaps by several forms."""
        found = False
        for kind, row in self._direct(folded, typed):
            found = True
            yield kind, len(folded) / max(len(folded), len(row[4])), row
        if not found:
            for score, row in self._near(folded):
                yield Kind.near, score, row

    def _direct(self, folded: str, typed: str) -> Iterator[tuple[Kind, _Row]]:
        for row in self._db.execute(_EXACT, (folded, typed)):
            yield Kind.exact, row
        pairs = _pairs(folded)
        if grams := self._rarest(_beginnings(folded)[-1:] + pairs):
            for row in self._db.execute(_PREFIX, (_matching(grams), len(folded), folded)):
                yield Kind.prefix, row
        if grams := self._rarest(pairs or _letters(folded)):
            for row in self._db.execute(_PART.format(_HAS), (_matching(grams), folded)):
                yield Kind.part, row
        # Several words: in whichever order the name has them.
        words = list(dict.fromkeys(filter(None, map(fold_whole, typed.split()))))
        if len(words) > 1 and (grams := self._rarest([gram for w in words for gram in _pairs(w) or _letters(w)])):
            for row in self._db.execute(_PART.format(_HAS * len(words)), (_matching(grams), *words)):
                yield Kind.part, row

    def _near(self, folded: str) -> list[tuple[float, _Row]]:
        """The forms that are nearly so as a whole or in a part, nearest first, then shorter first."""
        length = len(folded)
        if length < 3:
            return []
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        slack = 1 if length < 5 else 2 if length < 9 else length // 4
        shortest, longer = self._first(length - slack), self._first(length + slack + 1)
        # Of three letters with a typo in the middle no pair is left. Few typos are made where a word begins.
        pairs = _beginnings(folded)[-1:] + _pairs(folded)
        whole = self._sharing(_letters(folded) if length < 5 else pairs, shortest, longer)
        likeness = {
            n: score
            for _, score, n in process.extract(
                folded, whole, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_WHOLE, limit=None
            )
        }
        if length > 4 or (length == 4 and not folded.isascii()):  # four kanji say more than four Latin letters
            part = self._sharing(pairs, longer, _BEYOND)
            for _, percent, n in process.extract(
                folded, part, scorer=fuzz.partial_ratio, score_cutoff=_NEAR_PART, limit=None
            ):
                likeness[n] = percent / 100 * 0.9
        nearest = sorted(likeness, key=lambda n: (-likeness[n], n))
        return [(likeness[n], self._db.execute(_NUMBERED, (n,)).fetchone()) for n in nearest]

    def _sharing(self, grams: list[str], first: int, end: int) -> dict[int, str]:
        """Of the forms numbered from `first` to before `end`, those that share the most of the rarer grams."""
        chosen: list[str] = []
        counted = 0
        for gram, count in self._counts(grams):
            if counted + count > _COUNTED and len(chosen) >= _NARROW:
                break
            chosen.append(gram)
            counted += count
        if not chosen:
            return {}
        sql = _SHARING.format(" UNION ALL ".join([_WITH_GRAM] * len(chosen)))
        values = [value for gram in chosen for value in (_matching([gram]), first, end)]
        return dict(self._db.execute(sql, (*values, _COMPARED)))

    def _rarest(self, grams: list[str]) -> list[str]:
        """The few grams that leave the fewest rows; none if there is one that no form has."""
        counts = self._counts(grams)
        return [gram for gram, _ in counts[:_NARROW]] if len(counts) == len(set(grams)) else []

    def _counts(self, grams: list[str]) -> list[tuple[str, int]]:
        """Those of the grams that forms have, with how many have them, rarest first."""
        marks = ",".join("?" * len(grams))
        sql = f"SELECT gram, forms FROM counts WHERE gram IN ({marks}) ORDER BY forms, gram"
        return self._db.execute(sql, grams).fetchall()

    def _first(self, length: int) -> int:
        """The number of the first form that has at least so many characters."""
        (first,) = self._db.execute("SELECT min(first) FROM lengths WHERE length >= ?", (length,)).fetchone()
        return _BEYOND if first is None else first
