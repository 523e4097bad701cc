"""From a file's tree to records: entities, sources and claims, each field checked.

In: trees of `reading`, the vocabulary. Out: records of `model`, and Problems with file
and line for every key that is unknown, missing or of the wrong form. Whether the ids
that they name exist is `project`'s question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from .errors import Problem, Severity, Where
from .model import (
    Claim,
    Entity,
    Existence,
    Grade,
    Passage,
    Qualifier,
    Reply,
    Review,
    Source,
    Stance,
    Theme,
    Value,
    When,
    Words,
)
from .names import nearest
from .reading import Fields, Items, Text, Tree
from .terms import Property, Vocabulary

ID = re.compile(r"[^\W\d_][\w-]*")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
LONGEST_CUE = 12
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

E = TypeVar("E", bound=StrEnum)

ENTITY_KEYS = ("id", "class", "name", "also", "reading", "theme", "existence", "kind", "note")
SOURCE_KEYS = (
    *("id", "title", "publisher", "date", "address", "language", "rights", "grade", "read"),
    *("document", "sha256", "characters", "file", "note"),
)
CLAIM_KEYS = (
    *("id", "subject", "predicate", "object", "value", "stance", "passages", "place", "gist", "negated"),
    *("hedged", "voicedBy", "citedVia", "validFrom", "validTo", "date", "asOf", "cue", "basedOn", "review"),
    *("reviewedOn", "note", "reason", "readers", "reply"),
)


class Records:
    """Reads records out of one file's tree; Problems are collected, nothing is raised."""

    def __init__(
        self, file: str, problems: list[Problem], vocabulary: Vocabulary, languages: tuple[str, ...]
    ) -> None:
        self.file, self.problems, self.vocabulary, self.languages = file, problems, vocabulary, languages

    def problem(self, code: str, at: Tree | int, severity: Severity = Severity.error, **words: Any) -> None:
        """Note a Problem at a tree's line."""
        line = at if isinstance(at, int) else at.line
        self.problems.append(Problem(code, Where(self.file, line), words, severity))

    # single values

    def fields(self, tree: Tree, what: str, allowed: Iterable[str]) -> dict[str, Tree] | None:
        """A mapping's fields without the empty ones; unknown keys are Problems."""
        if not isinstance(tree, Fields):
            self.problem("not-a-mapping", tree, what=what)
            return None
        known = tuple(allowed)
        for key, line in tree.lines.items():
            if key not in known:
                self.unknown("unknown-key", key, known, line, what=what)
        return {k: v for k, v in tree.fields.items() if k in known and not (isinstance(v, Text) and v.text == "")}

    def unknown(self, code: str, name: str, known: Iterable[str], at: Tree | int, **words: Any) -> None:
        """A Problem about a name that does not exist, with the nearest that does."""
        choices = list(known)
        near = nearest(name, choices)
        if near:
            self.problem(f"{code}-near", at, name=name, near=near, **words)
        else:
            self.problem(code, at, name=name, **words)

    def need(self, fields: dict[str, Tree], what: str, keys: Iterable[str], at: Tree) -> bool:
        """Whether all the keys are there; the missing ones are Problems."""
        missing = [key for key in keys if key not in fields]
        for key in missing:
            self.problem("missing-key", at, what=what, key=key)
        return not missing

    def text(self, tree: Tree | None, key: str = "") -> str:
        """A single line of text, "" where there is none."""
        if tree is None:
            return ""
        if not isinstance(tree, Text):
            self.problem("not-text", tree, key=key)
            return ""
        text = unicodedata.normalize("NFC", tree.text.strip())
        if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
            self.problem("control-character", tree, key=key)
        if _BIDI.search(text):
            self.problem("bidi-control", tree, Severity.warning, key=key)
        return text

    def texts(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if tree is None:
            return ()
        items = tree.items if isinstance(tree, Items) else [tree]
        return tuple(dict.fromkeys(t for item in items if (t := self.text(item, key))))

    def id(self, tree: Tree | None, key: str) -> str:
        """An id of this project, or an absolute IRI."""
        text = self.text(tree, key)
        if text and tree and not (ID.fullmatch(text) or ABSOLUTE.fullmatch(text)):
            self.problem("bad-id", tree, id=text)
            return ""
        return text

    def ids(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        """One id or a list of ids, sorted: they have no order."""
        if tree is None:
            return ()
        items = tree.items if isinstance(tree, Items) else [tree]
        return tuple(sorted({i for item in items if (i := self.id(item, key))}))

    def name(self, tree: Tree | None, key: str) -> Words:
        """Words that are a name: on one line."""
        words = self.words(tree, key)
        if tree and any("\n" in text for text in words.values()):
            self.problem("name-on-lines", tree, key=key)
        return words

    def words(self, tree: Tree | None, key: str) -> Words:
        """Words by language; a plain string is in the project's first language."""
        if tree is None:
            return Words()
        if isinstance(tree, Text):
            return Words({self.languages[0]: self.text(tree, key)})
        if not isinstance(tree, Fields):
            self.problem("not-words", tree, key=key)
            return Words()
        for lang, line in tree.lines.items():
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
                self.problem("bad-language", line, lang=lang)
        return Words({lang: text for lang, value in tree.fields.items() if (text := self.text(value, key))})

    def when(self, tree: Tree | None, key: str) -> When | None:
        """A date at its own precision."""
        text = self.text(tree, key)
        if not text or tree is None:
            return None
        try:
            return When.parse(text)
        except ValueError as error:
            self.problem("bad-date", tree, key=key, text=text, why=str(error))
            return None

    def number(self, tree: Tree | None, key: str) -> int | None:
        """A whole number."""
        text = self.text(tree, key)
        if not text or tree is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,15}", text):
            self.problem("not-a-number", tree, key=key, text=text)
            return None
        return int(text)

    def flag(self, tree: Tree | None, key: str) -> bool:
        """true, or false where it is left out."""
        text = self.text(tree, key)
        if tree is not None and text not in ("true", "false"):
            self.problem("not-a-flag", tree, key=key, text=text)
        return text == "true"

    def choice(self, tree: Tree | None, kind: type[E], key: str) -> E | None:
        """One of an enumeration's values."""
        text = self.text(tree, key)
        if not text or tree is None:
            return None
        if text not in set(kind):
            self.unknown("unknown-choice", text, list(kind), tree, key=key, choices=", ".join(kind))
            return None
        return kind(text)

    # records

    def each(self, tree: Tree | None, what: str, read: Callable[[Tree], Any]) -> list[Any]:
        """The records of a list, without those that could not be read."""
        if tree is None:
            return []
        if not isinstance(tree, Items):
            self.problem("not-a-list", tree, what=what)
            return []
        return [record for item in tree.items if (record := read(item)) is not None]

    def theme(self, id: str, name: Words) -> Theme | None:
        """A theme of sokanzu.toml."""
        if not ID.fullmatch(id):
            self.problem("bad-id", 0, id=id)
            return None
        return Theme(id, name)

    def entity(self, tree: Tree) -> Entity | None:
        """An entity of entities.yaml."""
        fields = self.fields(tree, "entity", ENTITY_KEYS)
        if fields is None or not self.need(fields, "entity", ("id", "class", "name"), tree):
            return None
        cls, id = self.text(fields["class"], "class"), self.id(fields["id"], "id")
        if cls and cls not in self.vocabulary.classes:
            self.unknown("unknown-class", cls, self.vocabulary.classes, fields["class"])
            cls = ""
        name = self.name(fields["name"], "name")
        if not (id and name):
            return None
        return Entity(
            id=id,
            cls=cls or "Thing",
            name=name,
            also=self.texts(fields.get("also"), "also"),
            reading=self.text(fields.get("reading"), "reading"),
            theme=self.text(fields.get("theme"), "theme"),
            existence=self.choice(fields.get("existence"), Existence, "existence"),
            kind=self.text(fields.get("kind"), "kind"),
            note=self.words(fields.get("note"), "note"),
            where=Where(self.file, tree.line),
        )

    def source(self, tree: Tree) -> Source | None:
        """A source of sources.yaml."""
        fields = self.fields(tree, "source", SOURCE_KEYS)
        if fields is None or not self.need(fields, "source", ("id", "title"), tree):
            return None
        sha256 = self.text(fields.get("sha256"), "sha256").lower()
        if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):
            self.problem("bad-hash", fields["sha256"])
            sha256 = ""
        addresses = self.texts(fields.get("address"), "address")
        for address in addresses:
            if not re.match(r"https?://[^\s/]", address):
                self.problem("bad-address", fields["address"], address=address)
        file = self.text(fields.get("file"), "file")
        if file and (re.search(r"[/\\:\x00]", file) or file.startswith(".")):
            self.problem("bad-file-name", fields["file"], name=file)
            file = ""
        id = self.id(fields["id"], "id")
        if not id:
            return None
        return Source(
            id=id,
            title=self.name(fields["title"], "title"),
            publisher=self.name(fields.get("publisher"), "publisher"),
            date=self.when(fields.get("date"), "date"),
            addresses=addresses,
            language=self.text(fields.get("language"), "language"),
            rights=self.words(fields.get("rights"), "rights"),
            grade=self.choice(fields.get("grade"), Grade, "grade"),
            read=self.words(fields.get("read"), "read"),
            document=self.id(fields.get("document"), "document"),
            sha256=sha256,
            characters=self.number(fields.get("characters"), "characters"),
            file=file,
            note=self.words(fields.get("note"), "note"),
            where=Where(self.file, tree.line),
        )

    def claim(self, tree: Tree, source: str, readers: tuple[str, ...] = ()) -> Claim | None:
        """A claim of claims/*.yaml."""
        qualifiers = self.vocabulary.qualifiers
        fields = self.fields(tree, "claim", (*CLAIM_KEYS, *qualifiers))
        if fields is None or not self.need(fields, "claim", ("subject", "predicate", "stance", "gist"), tree):
            return None
        predicate = self.text(fields["predicate"], "predicate")
        if predicate not in self.vocabulary.properties:
            self.unknown("unknown-property", predicate, self.vocabulary.properties, fields["predicate"])
            return None
        stance = self.choice(fields["stance"], Stance, "stance")
        told = self.told(fields, self.vocabulary.properties[predicate], tree)
        subject = self.id(fields["subject"], "subject")
        passages = self.passages(fields.get("passages"))
        place = self.words(fields.get("place"), "place")
        if not passages and not place and "passages" not in fields:
            self.problem("claim-without-place", tree)
        if stance is None or told is None or not subject:
            return None
        valid_from, valid_to = self.validity(fields)
        cue = self.text(fields.get("cue"), "cue")
        if len(cue) > LONGEST_CUE:
            self.problem("long-cue", fields["cue"], most=LONGEST_CUE)
        return Claim(
            subject=subject,
            predicate=predicate,
            object=told,
            source=source,
            stance=stance,
            passages=passages,
            place=place,
            handle=self.text(fields.get("id"), "id"),
            negated=self.flag(fields.get("negated"), "negated"),
            hedged=self.flag(fields.get("hedged"), "hedged"),
            voiced_by=self.id(fields.get("voicedBy"), "voicedBy"),
            cited_via=self.ids(fields.get("citedVia"), "citedVia"),
            valid_from=valid_from,
            valid_to=valid_to,
            as_of=self.when(fields.get("asOf"), "asOf"),
            qualifiers=tuple(
                (name, value)
                for name, property in sorted(qualifiers.items())
                if name in fields and (value := self.qualifier(fields[name], property)) is not None
            ),
            gist=self.words(fields["gist"], "gist"),
            cue=cue,
            based_on=tuple(sorted(self.texts(fields.get("basedOn"), "basedOn"))),
            review=self.choice(fields.get("review"), Review, "review") or Review.accepted,
            reviewed_on=self.when(fields.get("reviewedOn"), "reviewedOn"),
            readers=tuple(sorted(self.texts(fields.get("readers"), "readers") or readers)),
            reason=self.words(fields.get("reason"), "reason"),
            note=self.words(fields.get("note"), "note"),
            replies=tuple(self.each(fields.get("reply"), "reply", self.reply)),
            where=Where(self.file, tree.line),
        )

    def told(self, fields: dict[str, Tree], property: Property, tree: Tree) -> str | Value | None:
        """The object: an entity's id, or the value that the property takes."""
        wants = "value" if property.kind == "literal" else "object"
        other = "object" if wants == "value" else "value"
        if wants not in fields:
            self.problem(f"wants-{wants}" if other in fields else "missing-key", tree,
                         property=property.name, what="claim", key=wants)  # fmt: skip
            return None
        if wants == "object":
            return self.id(fields["object"], "object") or None
        return self.value(fields["value"], property, "value")

    def value(self, tree: Tree, property: Property, key: str) -> Value | None:
        """A literal of the property's range."""
        if "PartialDate" in property.range:
            return self.when(tree, key)
        if "integer" in property.range:
            return self.number(tree, key)
        return self.words(tree, key) or None

    def qualifier(self, tree: Tree, property: Property) -> Qualifier | None:
        """A qualifier's value: by its range words, a date, a number, or entities."""
        literal = {"langString", "string", "integer", "PartialDate"}
        if not literal & set(property.range):
            return self.ids(tree, property.name) or None
        if "string" in property.range:
            return Words({"und": text}) if (text := self.text(tree, property.name)) else None
        return self.value(tree, property, property.name)

    def validity(self, fields: dict[str, Tree]) -> tuple[When | None, When | None]:
        """Since and until when; `date` is both."""
        if "date" in fields:
            for key in ("validFrom", "validTo"):
                if key in fields:
                    self.problem("date-twice", fields[key], key=key)
            date = self.when(fields["date"], "date")
            return date, date
        start, end = self.when(fields.get("validFrom"), "validFrom"), self.when(fields.get("validTo"), "validTo")
        if start and end and start.earliest() > end.latest():
            self.problem("dates-reversed", fields["validTo"], start=start, end=end)
        return start, end

    def passages(self, tree: Tree | None) -> tuple[Passage, ...]:
        """The spans, in reading order; reversed, empty and overlapping ones are Problems."""
        found: list[Passage] = []
        for item in self.each(tree, "passages", lambda t: t):
            pair = [i.text if isinstance(i, Text) else "" for i in item.items] if isinstance(item, Items) else []
            if len(pair) != 2 or not all(re.fullmatch(r"[0-9]{1,12}", n) for n in pair):
                self.problem("bad-passage", item)
                continue
            passage = Passage(int(pair[0]), int(pair[1]))
            if passage.start >= passage.end:
                self.problem("passage-reversed", item, start=passage.start, end=passage.end)
            elif clash := next((p for p in found if p.start < passage.end and passage.start < p.end), None):
                self.problem("passages-overlap", item, first=[clash.start, clash.end],
                             second=[passage.start, passage.end])  # fmt: skip
            else:
                found.append(passage)
        return tuple(found)

    def reply(self, tree: Tree) -> Reply | None:
        """What someone answered."""
        fields = self.fields(tree, "reply", ("by", "gist", "date", "address"))
        if fields is None or not self.need(fields, "reply", ("by", "gist"), tree):
            return None
        return Reply(
            by=self.id(fields["by"], "by"),
            gist=self.words(fields["gist"], "gist"),
            date=self.when(fields.get("date"), "date"),
            address=self.text(fields.get("address"), "address"),
        )
