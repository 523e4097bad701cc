"""A project folder, read: every file, every Problem, and the Project they make.

In: a folder (docs/project-folder.md). Out: a Project and all Problems at once, each with
file and line. A record whose meaning is in doubt is left out, and with it what names it,
so that the others can be checked and one mistake is reported once.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from .errors import Problem, Severity, Where
from .folder import FILE
from .model import CURATOR, Claim, Entity, Project, Source, Story, claim_id
from .reading import Items, Tree, file_name, read_text, read_yaml
from .records import Records
from .settings import Settings, read_settings
from .stories import Stories
from .terms import vocabulary
from .values import Mention, Values

_READABLE = {"entities": (".yaml",), "claims": (".yaml", ".ttl"), "stories": (".yaml",)}
_TOP = ("sokanzu.toml", "sources.yaml", "entities.yaml", "sources", "entities", "claims", "stories")
_LIKE_DATA = (".yaml", ".yml", ".ttl", ".json", ".jsonl", ".jsonld", ".rdf", ".trig", ".nt", ".nq", ".csv")


def read_project(folder: str | os.PathLike[str]) -> tuple[Project, list[Problem]]:
    """The project of a folder, and every Problem of its files in order of file and line."""
    reader = _ProjectReader(Path(folder))
    project = reader.read()
    return project, sorted(reader.problems, key=lambda p: (p.where.file, p.where.line, p.code))


class _ProjectReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.vocabulary = vocabulary()
        self.settings = Settings()
        self.themes: set[str] = set()
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.claims: list[tuple[Claim | None, list[Mention]]] = []
        self.mentions: list[Mention] = []  # by entities and sources
        self.stories: dict[str, tuple[Story, bool]] = {}  # and whether all that it names stands
        self.unread: set[str] = set()  # what a file that could not be read may hold

    def problem(self, code: str, where: Where, severity: Severity = Severity.error, **words: object) -> None:
        self.problems.append(Problem(code, where, words, severity))

    def records(self, path: Path) -> Records:
        return Records(file_name(path), self.problems, self.vocabulary, self.settings.languages)

    def read(self) -> Project:
        self.settings = read_settings(self.folder / FILE, self.problems)
        self.themes = {theme.id for theme in self.settings.themes}
        self.unread |= self.settings.unread
        self.look_around()
        self.gather(self.sources, self.folder / "sources.yaml", "sources")
        for path in [self.folder / "entities.yaml", *self.files("entities")]:
            self.gather(self.entities, path, "entities")
        for path in self.files("claims"):
            (self.read_turtle if path.suffix == ".ttl" else self.read_claims)(path)
        for path in self.files("stories"):
            self.read_stories(path)
        self.warn_of_lookalikes()
        self.check_mentions(self.mentions)
        self.sources = {id: self.mended(source) for id, source in self.sources.items()}
        return Project(
            folder=str(self.folder),
            title=self.settings.title,
            base=self.settings.base,
            languages=self.settings.languages,
            themes=self.settings.themes,
            entities=tuple(
                entity if entity.theme in self.themes else replace(entity, theme="")
                for entity in self.entities.values()
                if entity.cls
            ),
            sources=tuple(self.sources.values()),
            claims=tuple(self.voiced(claim) for claim in self.kept()),
            licence=self.settings.licence,
            stories=tuple(story for story, standing in self.stories.values() if standing),
        )

    # files

    def files(self, place: str) -> list[Path]:
        """The files to read from one of the folders; a warning for those that look as if they were."""
        listed = self.listed(place)
        for path in listed:
            if path.suffix not in _READABLE[place] and (path.suffix.lower() in _LIKE_DATA or path.is_dir()):
                self.problem("ignored-file", Where(file_name(path)), Severity.warning)
        return [path for path in listed if path.suffix in _READABLE[place]]

    def listed(self, place: str) -> list[Path]:
        """What lies in a folder, hidden files aside (an editor's, a Mac's)."""
        folder = self.folder / place
        if not os.path.lexists(folder):
            return []
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self.problem("folder-unreadable", Where(file_name(folder)), why=error.strerror or str(error))
            self.unread |= {"source", "entity", "claim"} if place != "stories" else set()
            return []

    def look_around(self) -> None:
        """Warn of sources.yml, claims.yaml and the like, which nobody would read."""
        names = {Path(name).stem for name in _TOP}
        for path in self.listed(""):
            data = path.suffix.lower() in (*_LIKE_DATA, ".toml") or path.is_dir()
            if data and path.stem.lower() in names and path.name not in _TOP:
                self.problem("ignored-file", Where(file_name(path)), Severity.warning)

    def tree(self, path: Path, kind: str) -> Tree | None:
        if not os.path.lexists(path):
            return None
        before = len(self.problems)
        tree = read_yaml(path, self.problems)
        if tree is None and len(self.problems) > before:
            self.unread.add(kind)
        return tree

    def gather(self, known: dict[str, Source] | dict[str, Entity], path: Path, what: str) -> None:
        """Add a file's sources or entities to those known; a second one of the same id is a Problem."""
        records = self.records(path)
        kind = "source" if what == "sources" else "entity"
        tree = self.tree(path, kind)
        if tree is not None and not isinstance(tree, Items):
            self.unread.add(kind)
        for record in records.each(tree, what, records.source if what == "sources" else records.entity):
            if record.id in known:
                first = known[record.id].where
                self.problem("duplicate-id", record.where, id=record.id, first=first)
            else:
                known[record.id] = record
        self.mentions += records.mentions

    def read_claims(self, path: Path) -> None:
        records = self.records(path)
        tree = self.tree(path, "claim")
        for group in tree.items if isinstance(tree, Items) else [tree] if tree is not None else []:
            fields = records.fields(group, "group of claims", ("source", "claims", "readers"))
            if fields is None:
                continue
            records.need(fields, "group of claims", ("source", "claims"), group)
            id = records.id(fields.get("source"), "source")
            source = self.source(id, records, fields["source"]) if id else None
            readers = records.lines(fields.get("readers"), "readers")

            def read(item: Tree, source: Source | None = source, readers: tuple[str, ...] = readers) -> None:
                first = len(records.mentions)
                claim = records.claim(item, source, readers)
                self.claims.append((claim, records.mentions[first:]))

            records.each(fields.get("claims"), "claims", read)

    def read_turtle(self, path: Path) -> None:
        from .rdf_reader import read_claims

        text = read_text(path, self.problems)
        if text is None or "base" in self.unread:  # without it, no name in the file is one of ours
            self.unread.add("claim")
            return
        records = self.records(path)
        for claim, mentions in read_claims(text, self.settings.base, records):
            if claim:
                before = records.errors
                source = self.source(claim.source, records, claim.where.line)
                records.foreign(claim, source)
                claim = claim if source and records.errors == before else None
            self.claims.append((claim, mentions))

    def read_stories(self, path: Path) -> None:
        reader = Stories(file_name(path), self.problems, self.settings.languages)
        for story, mentions in reader.stories(self.tree(path, "story")):
            standing = self.check_mentions(mentions)
            if story is None:
                continue
            if story.id in self.stories:
                first = self.stories[story.id][0].where
                self.problem("duplicate-id", story.where, id=story.id, first=first)
            else:
                self.stories[story.id] = story, standing

    def source(self, id: str, records: Records, at: Tree | int) -> Source | None:
        source = self.sources.get(id)
        if source is None and "source" not in self.unread:
            records.unknown("unknown-source", id, self.sources, at)
        return source

    # what needs all of it

    def warn_of_lookalikes(self) -> None:
        """Ids that differ in case or width only are two things to us, and one to a reader."""
        for known in (self.entities, self.sources):
            seen: dict[str, Entity | Source] = {}
            for record in known.values():
                first = seen.setdefault(unicodedata.normalize("NFKC", record.id).casefold(), record)
                if first is not record:
                    self.problem(
                        "lookalike-id", record.where, Severity.warning, id=record.id, other=first.id, first=first.where
                    )

    def kept(self) -> list[Claim]:
        """The claims that stand: nothing is wrong with them, nor with what they name."""
        lost = {number for number, (claim, _) in enumerate(self.claims) if claim is None}
        named: dict[str, tuple[int, Where]] = {}  # by handle and by hash
        for number, (_, mentions) in enumerate(self.claims):
            for mention in mentions:
                if mention.kind == "handle" and named.setdefault(mention.id, (number, mention.where))[0] != number:
                    values = self.values(mention.where)
                    values.problem("duplicate-handle", mention.where.line, id=mention.id, first=named[mention.id][1])
                    lost.add(number)
        ids: dict[str, Where] = {}
        for number, (claim, _) in enumerate(self.claims):
            if claim:
                id = claim_id(claim, self.settings.base)
                if id in ids:
                    self.problem("duplicate-claim", claim.where, first=ids[id])
                    lost.add(number)
                else:
                    ids[id] = claim.where
                    named.setdefault(id, (number, claim.where))
        resting = defaultdict(list)
        for number, (_, mentions) in enumerate(self.claims):
            if not self.check_mentions(mentions, named):
                lost.add(number)
            for mention in mentions:
                if mention.kind == "claim" and mention.id in named:
                    resting[named[mention.id][0]].append(number)
        todo = list(lost)
        while todo:
            on_it = set(resting[todo.pop()]) - lost
            lost |= on_it
            todo += on_it
        return [claim for number, (claim, _) in enumerate(self.claims) if claim and number not in lost]

    def check_mentions(self, mentions: Iterable[Mention], claims: Collection[str] = ()) -> bool:
        """Whether everything named stands; a Problem for what nobody has heard of."""
        standing = True
        for mention in mentions:
            kind, id = mention.kind, mention.id
            if kind == "handle" or (kind == "voice" and (id == CURATOR or id in self.sources)):
                continue
            kind = "entity" if kind == "voice" else kind
            known: Collection[str] = {"theme": self.themes, "claim": claims, "entity": self.entities}[kind]
            if id in known:
                standing = standing and (kind != "entity" or bool(self.entities[id].cls))
            else:
                standing = False
                if kind not in self.unread:
                    code = "unknown-handle" if kind == "claim" else f"unknown-{kind}"
                    self.values(mention.where).unknown(code, id, known, mention.where.line, key=mention.key)
        return standing

    def values(self, where: Where) -> Values:
        return Values(where.file, self.problems, self.settings.languages)

    def mended(self, source: Source) -> Source:
        """The source; its document, and the one that it retells, only where they stand."""

        def standing(id: str) -> str:
            return id if (document := self.entities.get(id)) and document.cls else ""

        return replace(source, document=standing(source.document), retells=standing(source.retells))

    def voiced(self, claim: Claim) -> Claim:
        """The claim with its voice: where nothing is said, the source's own document speaks."""
        if claim.voiced_by:
            return claim
        return replace(claim, voiced_by=self.sources[claim.source].document or claim.source)
