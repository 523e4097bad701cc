"""The candidates of a project's sources, from the cache where nothing has changed.

In: a project, the texts of its sources that are at hand. Out: Candidates, source after source, and Problems: of the
project's own frames, of a document that could not be read, of a parser that is not installed. The pipeline with all
that it needs is loaded only where something is not in the cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Problem, Severity, SokanzuError
from ..model import Project, Source
from ..reading import read_bytes
from . import cache
from .flow import Candidate, Document, Language
from .parse import available

if TYPE_CHECKING:
    from .pipeline import Extractor

Seen = Callable[[int, int], None]
"""Told that so many of so many documents are done."""
NO_PARSER = "no parser"


def candidates_of(
    project: Project, texts: Mapping[str, str], say: Seen = lambda done, all: None
) -> tuple[list[Candidate], list[Problem]]:
    """The candidates of every source whose text is at hand and has its hash in sources.yaml."""
    return _Run(project, texts).run(say)


def extractable(source: Source) -> bool:
    """Whether a source can be read: offsets need a hash to hold, and there are frames for two languages."""
    return bool(source.sha256) and (not source.language or _language(source) is not None)


def _language(source: Source) -> Language | None:
    """The language that its record gives it, if it is one of ours."""
    main = source.language.partition("-")[0]
    return "ja" if main == "ja" else "en" if main == "en" else None


class _Run:
    def __init__(self, project: Project, texts: Mapping[str, str]) -> None:
        self.project, self.texts = project, texts
        self.cache = cache.Cache()
        self.problems: list[Problem] = []
        self.made: Extractor | None = None
        entities = [(e.id, e.cls, dict(e.name), e.also, e.reading, e.existence, e.kind) for e in project.entities]
        rules = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in rule_files(project.folder)]
        self.base = (cache.engine(), available(), entities, rules, project.base, project.languages)
        self.own_rules = cache.digest(cache.engine(), rules) if rules else ""

    def run(self, say: Seen) -> tuple[list[Candidate], list[Problem]]:
        if not self.rules_are_sound():
            return [], self.problems
        sources = [source for source in self.project.sources if source.id in self.texts and extractable(source)]
        keys = {source.id: self.key(source) for source in sources}
        entries = {id: entry for id, key in keys.items() if (entry := self.cache.get(key))}
        todo = [source for source in sources if source.id not in entries]
        for done, source in enumerate(todo):
            say(done, len(todo))
            if entry := self.extract(source):
                entries[source.id] = entry
                self.cache.put(keys[source.id], entry)
        found = [entries[source.id] for source in sources if source.id in entries]
        if any(entry.left_out.get(NO_PARSER) for entry in found):
            self.problems.append(Problem("extract-no-parser", severity=Severity.warning))
        return [candidate for entry in found for candidate in entry.candidates], self.problems

    def key(self, source: Source) -> str:
        """Everything that a source's candidates depend on."""
        text = hashlib.sha256(self.texts[source.id].encode(errors="surrogatepass")).hexdigest()
        own = (source.id, str(source.date or ""), source.language, source.document, source.file, source.original_sha256)
        return cache.digest(self.base, text, own)

    def rules_are_sound(self) -> bool:
        """Whether the project's own frames can be read; once they could, they are not read for that again."""
        if not self.own_rules or self.cache.get(self.own_rules):
            return True
        extractor = self.extractor()
        _ = extractor.frames
        self.problems += extractor.problems
        if any(problem.severity is Severity.error for problem in self.problems):
            return False
        self.cache.put(self.own_rules, cache.Entry())
        return True

    def extractor(self) -> Extractor:
        """The pipeline, made at first use."""
        if self.made is None:
            from .pipeline import Extractor

            self.made = Extractor(self.project)
        return self.made

    def extract(self, source: Source) -> cache.Entry | None:
        """What a source gives; a Problem where it fails, which must not keep the others back."""
        where = source.where
        try:
            told = self.extractor().extract(document(self.project, source, self.texts[source.id]), source)
        except SokanzuError as error:
            self.problems.append(Problem(error.code, where, error.words, Severity.warning))
            return None
        except Exception as error:
            words = {"file": source.id, "why": f"{type(error).__name__}: {error}"}
            self.problems.append(Problem("document-failed", where, words, Severity.warning))
            return None
        return cache.Entry(tuple(told.candidates), dict(told.left_out))


def document(project: Project, source: Source, text: str) -> Document:
    """A source as a document. Where its original lies beside the text, that tells headings and columns better.

    Raises SourceError where it cannot be read.
    """
    from .reading.formats import kind_of
    from .reading.text import from_text, load

    lang = _language(source)
    path = Path(project.folder, "sources", source.original)
    if source.original and source.original_sha256 and path.is_file():
        data = read_bytes(path, [])
        if data is not None and hashlib.sha256(data).hexdigest() == source.original_sha256:
            try:
                read = load(path, lang=lang)
            except SokanzuError:
                read = None
            if read and read.text == text:  # another version of a library may take another text out of it
                return read
    name = source.file or source.id
    return from_text(text, name, lang=lang, kind=kind_of(text[:1024].encode(errors="replace"), name))


def rule_files(folder: str) -> list[Path]:
    """The frames that a project adds in its rules/."""
    return sorted(Path(folder, "rules").glob("*.yaml")) if folder else []
