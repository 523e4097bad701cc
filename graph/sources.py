"""A source's text, its hash, and passages ⇄ words.

In: a Project, its sources/ folder, and files that the user names. Out: the Project with
the exact words in its claims wherever a text with the right hash is at hand, and a
Problem for every text that does not fit. A missing or wrong text never stops the build:
its claims simply stay without quotes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .errors import Problem, Severity, Where
from .model import Claim, Passage, Project, Source
from .reading import file_name, read_bytes


def words_at(text: str, passages: Iterable[Passage]) -> str:
    """The words of the passages, joined in their order. They must lie inside the text."""
    return "".join(text[p.start : p.end] for p in passages)


def attach(project: Project, named: Sequence[Path] = ()) -> tuple[Project, dict[str, str], list[Problem]]:
    """The project with quotes, the texts at hand by source id, and what did not fit.

    `named` are files given by the user (--source); each is matched by its hash.
    """
    shelf = _Shelf(project, named)
    texts = {source.id: text for source in project.sources if (text := shelf.text(source)) is not None}
    shelf.report_unused()
    claims = tuple(shelf.quoted(claim, texts.get(claim.source)) for claim in project.claims)
    return replace(project, claims=claims), texts, shelf.problems


_NEAR = 40  # characters shown on either side of a quote: enough to judge it by, and no more than that


def surrounded(project: Project, texts: Mapping[str, str]) -> Project:
    """The project with what stands around each quote, for whoever reads it: `around` of its claims."""

    def near(claim: Claim) -> Claim:
        text = texts.get(claim.source)
        if text is None or not claim.quote or not claim.passages or claim.passages[-1].end > len(text):
            return claim
        start, end = min(p.start for p in claim.passages), max(p.end for p in claim.passages)
        before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        return replace(claim, around=(" ".join(before.split()), " ".join(after.split())))

    return replace(project, claims=tuple(map(near, project.claims)))


class _Shelf:
    """The texts that are at hand."""

    def __init__(self, project: Project, named: Sequence[Path]) -> None:
        self.problems: list[Problem] = []
        self.known: dict[Path, bytes | None] = {}
        self.named = {path: self.read(path, Severity.error) for path in named}  # asked for, so it must be there
        folder = Path(project.folder) / "sources"
        # A Mac gives the names of files back in pieces (NFD).
        self.shipped = {unicodedata.normalize("NFC", p.name): p for p in sorted(folder.glob("*")) if p.is_file()}
        self.by_hash = {_hash(data): path for path, data in self.named.items() if data is not None}
        if any(s.sha256 and s.file not in self.shipped for s in project.sources):
            # Someone may have put a text there under a name of its own: the hash tells.
            for path in self.shipped.values():
                if (data := self.read(path)) is not None:
                    self.by_hash.setdefault(_hash(data), path)
        self.project = project
        self.used: set[Path] = set()

    def read(self, path: Path, severity: Severity = Severity.warning) -> bytes | None:
        if path not in self.known:
            self.known[path] = read_bytes(path, self.problems, severity=severity)
        return self.known[path]

    def problem(self, code: str, path: Path, **words: object) -> None:
        self.problems.append(Problem(code, Where(file_name(path)), words, Severity.warning))

    def text(self, source: Source) -> str | None:
        """The source's text, if a file with the right hash is at hand."""
        path = self.by_hash.get(source.sha256) if source.sha256 else None
        path = path or self.shipped.get(source.file)
        if path is None:
            return None
        self.used.add(path)
        data = self.read(path)
        if data is None:
            return None
        if source.sha256 and _hash(data) != source.sha256:
            self.problem("wrong-hash", path, source=source.id, wanted=source.sha256[:12], found=_hash(data)[:12])
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.problem("source-not-utf8", path, source=source.id, byte=f"0x{data[error.start]:02x}")
            return None
        if source.characters is not None and source.characters != len(text):
            words = {"source": source.id, "told": source.characters, "found": len(text)}
            # Where the hash fits, the record is wrong; where there is none, this may be another text.
            severity = Severity.error if source.sha256 else Severity.warning
            self.problems.append(Problem("wrong-length", source.where, words, severity))
            return text if source.sha256 else None
        return text

    def report_unused(self) -> None:
        """A file that the user named and no source wants is said by name."""
        for path, data in self.named.items():
            if data is None or path in self.used:
                continue
            wanted = next((s for s in self.project.sources if s.file == path.name and s.sha256), None)
            if wanted:
                self.problem("wrong-hash", path, source=wanted.id, wanted=wanted.sha256[:12], found=_hash(data)[:12])
            else:
                self.problem("no-such-source-text", path, found=_hash(data)[:12])

    def quoted(self, claim: Claim, text: str | None) -> Claim:
        """The claim with its exact words; without the text, no words are the exact ones."""
        source = self.project.source(claim.source)
        if text is None or not claim.passages:
            return replace(claim, quote="")
        outside = next((p for p in claim.passages if p.end > len(text)), None)
        if outside is None:
            return replace(claim, quote=words_at(text, claim.passages))
        if source is None or source.characters is None:  # else the reading of the claim has said so
            words = {"start": outside.start, "end": outside.end, "characters": len(text), "source": claim.source}
            self.problems.append(Problem("passage-outside", claim.where, words))
        return replace(claim, quote="")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
