"""A project folder, read: every file, every Problem, and the Project they make.

In: a folder (docs/project-folder.md). Out: a Project and all Problems at once, each with
file and line. A record that has an error is left out, so that the others can be checked.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from .errors import Problem, Severity, Where
from .folder import FILE
from .model import CURATOR, Claim, Entity, Project, Review, Source, Theme, Words, claim_id
from .names import nearest
from .reading import Fields, Items, Tree, read_text, read_yaml
from .records import ABSOLUTE, Records
from .terms import Vocabulary, vocabulary

_KEYS = ("title", "base", "languages", "licence", "themes")


def read_project(folder: str | os.PathLike[str]) -> tuple[Project, list[Problem]]:
    """The project of a folder, and every Problem of its files in order of file and line."""
    reader = _ProjectReader(Path(folder))
    project = reader.read()
    return project, sorted(reader.problems, key=lambda p: (p.where.file, p.where.line, p.code))


class _ProjectReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.vocabulary: Vocabulary = vocabulary()
        self.languages: tuple[str, ...] = ("ja", "en")
        self.base = ""
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}

    def name(self, path: Path) -> str:
        """A file's name in messages: from the current folder, so that it can be clicked."""
        try:
            return os.path.relpath(path).replace(os.sep, "/")
        except ValueError:  # another drive
            return str(path)

    def problem(self, code: str, where: Where, severity: Severity = Severity.error, **words: object) -> None:
        self.problems.append(Problem(code, where, words, severity))

    def records(self, path: Path) -> Records:
        return Records(self.name(path), self.problems, self.vocabulary, self.languages)

    def read(self) -> Project:
        settings = self.read_settings()
        themes = self.read_themes(settings)
        for path in (self.folder / "sources.yaml",):
            self.gather(self.sources, self.tree(path), path, "sources")
        for path in [self.folder / "entities.yaml", *sorted((self.folder / "entities").glob("*.yaml"))]:
            self.gather(self.entities, self.tree(path), path, "entities")
        claims: list[Claim] = []
        for path in sorted((self.folder / "claims").glob("*")):
            if path.suffix == ".yaml":
                claims += self.read_claims(path)
            elif path.suffix == ".ttl":
                claims += self.read_turtle(path)
            elif path.suffix in (".yml", ".json", ".jsonl", ".rdf", ".trig"):
                self.problem("ignored-file", Where(self.name(path)), Severity.warning)
        title = settings.get("title", {})
        project = Project(
            folder=str(self.folder),
            title=Words(title if isinstance(title, dict) else {self.languages[0]: str(title)}),
            base=self.base,
            languages=self.languages,
            themes=tuple(themes),
            entities=tuple(self.entities.values()),
            sources=tuple(self.sources.values()),
            licence=str(settings.get("licence", "")),
        )
        return self.checked(project, claims)

    def read_settings(self) -> dict[str, object]:
        path = self.folder / FILE
        text = read_text(path, self.name(path), self.problems) or ""
        settings: dict[str, object] = {}
        try:
            settings = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else 0
            self.problem("toml-syntax", Where(self.name(path), line), why=re.sub(r" \(at .*", "", str(error)))
        for key in settings:
            if key not in _KEYS:
                near = nearest(key, _KEYS)
                self.problem("unknown-key-near" if near else "unknown-key", Where(self.name(path)),
                             name=key, near=near, what=FILE)  # fmt: skip
        languages = settings.get("languages", ["ja", "en"])
        if isinstance(languages, list) and languages and all(isinstance(x, str) for x in languages):
            self.languages = tuple(languages)
        else:
            self.problem("bad-languages", Where(self.name(path)))
        self.base = str(settings.get("base", ""))
        if not ABSOLUTE.fullmatch(self.base) or not self.base.endswith(("/", "#")):
            self.problem("bad-base", Where(self.name(path)), base=self.base)
            self.base = "https://example.org/"
        return settings

    def read_themes(self, settings: dict[str, object]) -> list[Theme]:
        records = self.records(self.folder / FILE)
        themes: dict[str, Theme] = {}
        given = settings.get("themes", [])
        for row in given if isinstance(given, list) else []:
            name = row.get("name", {}) if isinstance(row, dict) else {}
            words = Words(name if isinstance(name, dict) else {self.languages[0]: str(name)})
            theme = records.theme(str(row.get("id", "")) if isinstance(row, dict) else "", words)
            if theme and theme.id in themes:
                self.problem("duplicate-id", Where(self.name(self.folder / FILE)), id=theme.id, first=FILE)
            elif theme:
                themes[theme.id] = theme
        self.themes = themes
        return list(themes.values())

    def tree(self, path: Path) -> Tree | None:
        return read_yaml(path, self.name(path), self.problems) if path.exists() else None

    def gather(self, known: dict[str, Source] | dict[str, Entity], tree: Tree | None, path: Path, what: str) -> None:
        """Add a file's sources or entities to those known; a second one of the same id is a Problem."""
        records = self.records(path)
        for record in records.each(tree, what, records.source if what == "sources" else records.entity):
            if record.id in known:
                first = known[record.id].where
                self.problem("duplicate-id", record.where, id=record.id, first=first)
            else:
                known[record.id] = record

    def read_claims(self, path: Path) -> list[Claim]:
        records = self.records(path)
        tree = self.tree(path)
        claims: list[Claim] = []
        for group in tree.items if isinstance(tree, Items) else [tree] if tree is not None else []:
            fields = records.fields(group, "group of claims", ("source", "claims", "readers"))
            if fields is None or not records.need(fields, "group of claims", ("source", "claims"), group):
                continue
            source = records.id(fields["source"], "source")
            if source not in self.sources:
                records.unknown("unknown-source", source, self.sources, fields["source"])
                source = ""
            readers = records.texts(fields.get("readers"), "readers")

            def read(item: Tree, source: str = source, readers: tuple[str, ...] = readers) -> Claim | None:
                claim = records.claim(item, source, readers)
                if claim:
                    self.check_references(claim, item, records)
                return claim if source else None

            claims += records.each(fields["claims"], "claims", read)
        return claims

    def read_turtle(self, path: Path) -> list[Claim]:
        from .rdf_reader import claims_from_turtle

        text = read_text(path, self.name(path), self.problems)
        claims = claims_from_turtle(text or "", self.base, self.name(path), self.vocabulary, self.problems)
        records = self.records(path)
        for claim in claims:
            self.check_references(claim, Fields({}, {}, claim.where.line), records)
            if claim.source not in self.sources:
                records.unknown("unknown-source", claim.source, self.sources, claim.where.line)
        return [c for c in claims if c.source in self.sources]

    def check_references(self, claim: Claim, tree: Tree, records: Records) -> None:
        """Every entity that the claim names must be known."""
        lines = tree.lines if isinstance(tree, Fields) else {}
        named: list[tuple[str, Iterable[str]]] = [("subject", [claim.subject]), ("citedVia", claim.cited_via)]
        if isinstance(claim.object, str):
            named.append(("object", [claim.object]))
        if claim.voiced_by != CURATOR and claim.voiced_by not in self.sources:
            named.append(("voicedBy", [claim.voiced_by] if claim.voiced_by else []))
        named += [(name, value) for name, value in claim.qualifiers if isinstance(value, tuple)]
        named.append(("reply", [reply.by for reply in claim.replies]))
        for key, ids in named:
            for id in ids:
                if id not in self.entities:
                    records.unknown("unknown-entity", id, self.entities, lines.get(key, tree.line), key=key)

    def checked(self, project: Project, claims: list[Claim]) -> Project:
        """The project with its claims, after the checks that need all of it."""
        handles: dict[str, Claim] = {}
        ids: dict[str, Claim] = {}
        for claim in claims:
            if claim.handle:
                if claim.handle in handles:
                    first = handles[claim.handle].where
                    self.problem("duplicate-handle", claim.where, id=claim.handle, first=first)
                handles.setdefault(claim.handle, claim)
            key = claim_id(claim, project.base)
            if key in ids:
                self.problem("duplicate-claim", claim.where, first=ids[key].where)
            ids.setdefault(key, claim)
        for claim in claims:
            self.check_claim(claim, handles, ids)
        self.check_entities(project)
        return replace(project, claims=tuple(self.voiced(claim) for claim in ids.values()))

    def voiced(self, claim: Claim) -> Claim:
        """The claim with its voice: where nothing is said, the source's own document speaks."""
        if claim.voiced_by:
            return claim
        return replace(claim, voiced_by=self.sources[claim.source].document or claim.source)

    def check_claim(self, claim: Claim, handles: dict[str, Claim], ids: dict[str, Claim]) -> None:
        for handle in claim.based_on:
            if handle not in handles and handle not in ids:
                near = nearest(handle, handles)
                code = "unknown-handle-near" if near else "unknown-handle"
                self.problem(code, claim.where, name=handle, near=near)
        source = self.sources.get(claim.source)
        if source and source.characters is not None:
            for passage in claim.passages:
                if passage.end > source.characters:
                    self.problem("passage-outside", claim.where, start=passage.start, end=passage.end,
                                 characters=source.characters, source=source.id)  # fmt: skip
        if claim.review in (Review.disputed, Review.withdrawn) and not claim.note:
            self.problem("review-needs-note", claim.where, review=str(claim.review))

    def check_entities(self, project: Project) -> None:
        for entity in project.entities:
            if entity.theme and entity.theme not in self.themes:
                near = nearest(entity.theme, self.themes)
                code = "unknown-theme-near" if near else "unknown-theme"
                self.problem(code, entity.where, name=entity.theme, near=near)
        for source in project.sources:
            if source.document and source.document not in self.entities:
                near = nearest(source.document, self.entities)
                code = "unknown-entity-near" if near else "unknown-entity"
                self.problem(code, source.where, name=source.document, near=near, key="document")
