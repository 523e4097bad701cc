"""What was extracted before, in the user's cache folder: a second build costs nothing.

In: a key that names everything a result depends on, candidates. Out: the same candidates. An entry that is broken, of
another make or unreadable counts as none; a folder that cannot be written to is done without. All of it can be deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..model import Claim, Passage, Review, Stance, When, Words
from ..paths import ONTOLOGY
from .flow import Candidate

_HERE = Path(__file__).parent
_MAKERS = (".py", ".yaml", ".toml", ".json")
_LIBRARIES = (
    *("ginza", "ja-ginza", "sudachipy", "sudachidict-core", "spacy", "simplemma", "ahocorasick-rs"),
    *("budoux", "jaconv", "pypdfium2"),
)


@dataclass(frozen=True)
class Entry:
    """What one document gave: its candidates, and how many things were left out for which reason."""

    candidates: tuple[Candidate, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


class Cache:
    """Entries by key, one file each."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or root()) / "extract"

    def path(self, key: str) -> Path:
        """Where an entry lies."""
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> Entry | None:
        """The entry of that key; None where there is none that can be trusted."""
        try:
            check, _, body = self.path(key).read_text(encoding="utf-8").partition("\n")
            return _entry(json.loads(body)) if check == _digest(body) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry. Whoever reads meanwhile sees the old one or the new one, whole."""
        made = {"candidates": [_told(c) for c in entry.candidates], "leftOut": dict(entry.left_out)}
        body = json.dumps(made, ensure_ascii=False)
        path = self.path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(number, "w", encoding="utf-8") as file:
                    file.write(f"{_digest(body)}\n{body}")
                os.replace(name, path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise


def root() -> Path:
    """The cache folder: SOKANZU_CACHE, else where the system keeps such things."""
    if named := os.environ.get("SOKANZU_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("sokanzu", appauthor=False)


def digest(*parts: object) -> str:
    """A key: a hash of everything that a result depends on."""
    return _digest(repr(parts))


@cache
def engine() -> str:
    """A hash of what extracts: our own modules, frames and cues, the ontology, the libraries' versions."""
    found = hashlib.sha256()
    own = [path for path in sorted(_HERE.rglob("*")) if path.suffix in _MAKERS]
    for path in [
        *own,
        *(_HERE.parent / name for name in ("model.py", "terms.py", "names.py")),
        ONTOLOGY / "sokanzu.ttl",
    ]:
        found.update(f"{path.name}\0".encode() + path.read_bytes())
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.update(f"{name} {version(name)}\0".encode())
    return found.hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


# candidates as JSON


def _told(candidate: Candidate) -> dict[str, Any]:
    claim = candidate.claim
    return {
        "document": candidate.document,
        "how": candidate.how,
        "context": [[p.start, p.end] for p in candidate.context],
        "marks": [[name, p.start, p.end] for name, p in candidate.marks],
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": _value(claim.object),
        "source": claim.source,
        "stance": claim.stance,
        "passages": [[p.start, p.end] for p in claim.passages],
        "handle": claim.handle,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "voicedBy": claim.voiced_by,
        "dates": [str(when or "") for when in (claim.valid_from, claim.valid_to, claim.as_of)],
        "qualifiers": [[name, _value(value)] for name, value in claim.qualifiers],
        "gist": dict(claim.gist),
        "quote": claim.quote,
        "cue": claim.cue,
        "method": claim.method,
        "confidence": claim.confidence,
        "review": claim.review,
    }


def _value(value: object) -> Any:
    if isinstance(value, Words):
        return {"words": dict(value)}
    if isinstance(value, When):
        return {"when": str(value)}
    return {"ids": list(value)} if isinstance(value, tuple) else value


def _entry(made: dict[str, Any]) -> Entry:
    left = {str(key): int(count) for key, count in made["leftOut"].items()}
    return Entry(tuple(map(_candidate, made["candidates"])), left)


def _candidate(told: dict[str, Any]) -> Candidate:
    dates = [When.parse(text) if text else None for text in told["dates"]]
    claim = Claim(
        subject=told["subject"],
        predicate=told["predicate"],
        object=_read(told["object"]),
        source=told["source"],
        stance=Stance(told["stance"]),
        passages=_passages(told["passages"]),
        handle=told["handle"],
        negated=told["negated"],
        hedged=told["hedged"],
        voiced_by=told["voicedBy"],
        valid_from=dates[0],
        valid_to=dates[1],
        as_of=dates[2],
        qualifiers=tuple((name, _read(value)) for name, value in told["qualifiers"]),
        gist=Words(told["gist"]),
        quote=told["quote"],
        cue=told["cue"],
        method=told["method"],
        confidence=told["confidence"],
        review=Review(told["review"]),
    )
    marks = tuple((name, Passage(start, end)) for name, start, end in told["marks"])
    return Candidate(claim, told["document"], tuple(told["how"]), _passages(told["context"]), marks)


def _passages(pairs: Sequence[Sequence[int]]) -> tuple[Passage, ...]:
    return tuple(Passage(start, end) for start, end in pairs)


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "words" in value:
        return Words(value["words"])
    return When.parse(value["when"]) if "when" in value else tuple(value["ids"])
