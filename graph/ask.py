"""SPARQL, free and named, answered by the engine's own writers, in a process that can be killed.

In: a Generation and a question. Out: bytes on a stream. The engine cannot be stopped once
it runs, so a watchdog ends the whole process when a question overruns its time or memory.
The engine's parser and planner recurse: a question of many parts overflows an ordinary
stack and takes the process down, so questions run on a deep one and have a greatest length.
SERVICE is refused, because it would reach into the network. Nothing heavier than the engine is
imported here.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    serialize,
)

from .errors import QueryError, UsageError
from .store import Generation

RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
TRIPLES = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
FORMATS = ("table", *RESULTS, *TRIPLES)
DEEPEST = 200
MOST_CHARACTERS = 100_000
STACK_BYTES = 512 << 20

_TOKENS = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>"{}|^`\\\s]*>|\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<word>[?$:\w.-]+)""",
    re.DOTALL,
)


_SERVICE = re.compile("service", re.IGNORECASE)
_VEIL = "zzzzzzz"  # as long, so that places stay the same; no keyword of SPARQL


@dataclass(frozen=True)
class NamedQuery:
    """A question that is kept in a file; title and help by language."""

    id: str
    path: Path
    title: Mapping[str, str]
    help: Mapping[str, str]
    text: str


def named_queries(folder: Path) -> list[NamedQuery]:
    """The questions of a project, sorted by id."""
    return sorted((_read_query(p) for p in (folder / "queries").glob("*.rq")), key=lambda q: q.id)


def named_query(folder: Path, name: str) -> NamedQuery:
    """The question of that id, whatever its case. Raises UsageError with the ids there are."""
    queries = named_queries(folder)
    for query in queries:
        if query.id.casefold() == name.casefold():
            return query
    raise UsageError("unknown-query", name=name, known=", ".join(q.id for q in queries) or "–")


def read_question(path: Path) -> str:
    """The text of a file with a question. Raises UsageError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
        raise UsageError("question-unreadable", file=path, why=why) from error


def _read_query(path: Path) -> NamedQuery:
    text = read_question(path)
    head: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line[1:].partition(":")
        head.setdefault(key.strip(), value.strip())
    by_language = {
        kind: {key.partition(".")[2]: value for key, value in head.items() if key.startswith(f"{kind}.")}
        for kind in ("title", "help")
    }
    return NamedQuery(head.get("id") or path.stem, path, by_language["title"], by_language["help"], text)


@lru_cache(maxsize=256)  # a question that was looked over once is asked again as it is
def guard(text: str) -> None:
    """Refuse what the engine must not be given. Raises QueryError."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError("query-too-long", most=MOST_CHARACTERS)
    depth = 0
    for found in _TOKENS.finditer(text):
        if found["open"]:
            depth += 1
            if depth > DEEPEST:
                raise QueryError("query-too-deep", most=DEEPEST)
        elif found["close"]:
            depth -= 1


def refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuse SERVICE, which would send the question over the network. Raises QueryError.

    Only the engine's own parser knows for certain what is a keyword and what is part of a
    name, a text or a comment. So the word is veiled wherever it stands, and the engine, with
    nothing to ask, reads the veiled question: a name stays a name, but no keyword is left.
    """
    if not _SERVICE.search(text):
        return
    try:
        Store().query(_SERVICE.sub(_VEIL, text), prefixes=dict(prefixes))
    except SyntaxError as error:
        at = re.match(r"error at (\d+):(\d+): ", str(error.msg))
        row = text.splitlines()[int(at[1]) - 1 :][:1] if at else []
        # The parser stumbles at the veiled keyword or at what follows it; elsewhere it is a slip of another kind.
        before = row[0][: int(at[2]) - 1].rstrip().lower() if at and row else "service"
        if before.endswith(("service", "silent")) or _SERVICE.match(row[0][len(before) :].lstrip()):
            raise QueryError("query-service") from error
        raise _syntax_error(str(error.msg), text, prefixes) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError("query-failed", why=error) from error


Answer = QuerySolutions | QueryBoolean | QueryTriples


def ask(
    store: Store, text: str, prefixes: Mapping[str, str], given: Mapping[str, NamedNode | Literal] | None = None
) -> Answer:
    """The engine's answer, over the union of all graphs. Raises QueryError with line and cause."""
    guard(text)
    refuse_service(text, prefixes)
    try:
        return store.query(
            text,
            prefixes=dict(prefixes),
            use_default_graph_as_union=True,
            substitutions={Variable(name): value for name, value in (given or {}).items()},
        )
    except SyntaxError as error:
        raise _syntax_error(str(error.msg), text, prefixes) from error
    except (OSError, ValueError, RuntimeError) as error:
        if "projection" in str(error):
            raise QueryError("given-not-selected", names=", ".join(f"?{name}" for name in given or {})) from error
        raise QueryError("query-failed", why=error) from error


def _syntax_error(said: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """What is wrong with a question, in words that do not need the grammar of SPARQL."""
    declared = {name.casefold() for name in re.findall(r"(?i)\bprefix\s+([\w.-]*)\s*:", text)}
    for found in _TOKENS.finditer(text):
        prefix, colon, _ = (found["word"] or "").partition(":")
        if colon and prefix != "_" and prefix not in prefixes and prefix.casefold() not in declared:
            return QueryError("query-prefix", prefix=prefix, known=", ".join(f"{name}:" for name in prefixes))
    at = re.match(r"error at (\d+):(\d+): ", said)
    if not at:
        return QueryError("query-syntax", line=1, near=said[:80])
    rows = text.splitlines() or [""]
    line = min(int(at[1]), len(rows))
    return QueryError("query-syntax", line=line, near=_cell(Literal(rows[line - 1][max(0, int(at[2]) - 1) :][:40]), ()))


def unknown_terms(text: str) -> list[str]:
    """The sk: names in a question that the ontology does not have."""
    from .terms import vocabulary

    words = vocabulary()
    known = {*words.classes, *words.properties, *words.qualifiers, *words.apparatus, *words.fields}
    asked = {found["word"] for found in _TOKENS.finditer(text) if (found["word"] or "").startswith("sk:")}
    return sorted(word.rstrip(".") for word in asked if word.rstrip(".").removeprefix("sk:") not in known)


def write_answer(answer: Answer, format: str, out: IO[bytes], prefixes: Mapping[str, str], lang: str = "") -> bool:
    """Write an answer; the engine serialises straight to the stream. Raises UsageError, QueryError.

    Returns False for a table without rows, which may deserve a word; True for everything else.

    A table leaves out the column `ja` or `en` where both are there and the reader's is the other.
    """
    try:
        if isinstance(answer, QueryTriples):
            if format == "table":
                format = "ttl"
            if format not in TRIPLES:
                raise UsageError("format-for-triples", format=format, known=", ".join(TRIPLES))
            serialize(answer, out, TRIPLES[format], prefixes=dict(prefixes))
            return True
        if format in TRIPLES:
            raise UsageError("format-for-rows", format=format, known=", ".join(("table", *RESULTS)))
        if format != "table":
            if isinstance(answer, QueryBoolean) and format in ("csv", "tsv"):
                out.write(b"true\n" if answer else b"false\n")
                return True
            answer.serialize(out, RESULTS[format])
            return True
        if isinstance(answer, QueryBoolean):
            out.write(str(bool(answer)).lower().encode() + b"\n")
            return True
        lines = list(table(answer, prefixes, lang))
        out.write("".join(f"{line}\n" for line in lines).encode())
        return len(lines) > 2
    except (OSError, RuntimeError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise QueryError("query-failed", why=error) from error


def table(solutions: QuerySolutions, prefixes: Mapping[str, str], lang: str = "") -> Iterator[str]:
    """A table for a terminal: names shortened, columns as wide as East-Asian letters need."""
    names = [v.value for v in solutions.variables]
    both = {"ja", "en"} <= set(names) and lang in ("ja", "en")
    shown = [i for i, name in enumerate(names) if not both or name not in {"ja", "en"} - {lang}]
    spaces = sorted(((space, name) for name, space in prefixes.items()), key=lambda s: -len(s[0]))
    rows = [[names[i] for i in shown], *([_cell(row[i], spaces) for i in shown] for row in solutions)]
    yield from aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with even columns; the first one names them."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("─" * w for w in widths)


def width(text: str) -> int:
    """The columns that a terminal gives the text."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cell(term: object, spaces: Sequence[tuple[str, str]]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for space, name in spaces:
            if term.value.startswith(space):
                return f"{name}:{term.value[len(space) :]}"
        return term.value
    text = term.value if isinstance(term, Literal) else str(term)
    # Control characters and marks that turn the writing direction would let a name forge the terminal.
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text)


def only_sources(generation: Generation, store: Store, sources: Sequence[str]) -> Store:
    """A store in memory that holds the claims of these sources alone, with the plain view made anew.

    Raises UsageError where a source does not exist.
    """
    from .names import nearest
    from .rules import apply

    base = generation.meta["prefixes"]
    kept = Store()
    graphs = {name: NamedNode(base["graph"] + name) for name in ("entities", "sources", "claims", "ontology")}
    for name in ("entities", "sources", "ontology"):
        kept.bulk_extend(store.quads_for_pattern(None, None, None, graphs[name]))
    derived = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    reply = NamedNode(base["sk"] + "reply")
    for source in sources:
        node = NamedNode(base["source"] + source)
        if next(store.quads_for_pattern(node, None, None, graphs["sources"]), None) is None:
            known = sorted(generation.meta["sources"])
            near = nearest(source, known) or next((k for k in known if source in k), known[0] if known else "–")
            raise UsageError("unknown-source-asked", name=source, near=near)
        for found in store.quads_for_pattern(None, derived, node, graphs["claims"]):
            for quad in store.quads_for_pattern(found.subject, None, None, graphs["claims"]):
                kept.add(quad)
                if quad.predicate == reply and isinstance(quad.object, NamedNode):
                    kept.extend(store.quads_for_pattern(quad.object, None, None, graphs["claims"]))
    apply(kept)
    return kept


def on_deep_stack(work: Callable[[], None]) -> None:
    """Run `work` in a thread whose stack is deep enough for the longest question allowed."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            # The engine's rows must die in the thread that made them: let the frames that hold them go.
            traceback.clear_frames(error.__traceback__)
            failed.append(error.with_traceback(None))

    before = threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if failed:
        raise failed[0]


class Watchdog:
    """Ends the process when a question takes more than `seconds` or `megabytes`.

    `last_words` is called first, to say so; the process ends with exit code 1.
    """

    def __init__(self, seconds: float, megabytes: int, last_words: Callable[[str], None]) -> None:
        self.seconds, self.megabytes, self.last_words = seconds, megabytes, last_words
        self.done = threading.Event()

    def __enter__(self) -> Watchdog:
        threading.Thread(target=self.watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()

    def watch(self) -> None:
        """Look every 50 ms."""
        end = time.monotonic() + self.seconds
        while not self.done.wait(0.05):
            over = "time" if time.monotonic() > end else "memory" if _megabytes() > self.megabytes else ""
            if over and not self.done.is_set():
                self.last_words(over)
                sys.stderr.flush()
                os._exit(1)


def _megabytes() -> float:
    """The process's resident memory; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, AttributeError):
        return 0.0
