"""From a file's tree to records: entities, sources and claims, each field checked.

In: trees of `reading`, the vocabulary. Out: records of `model`, and Problems with file
and line for every key that is unknown, missing or of the wrong form, all of them at once.
A record is left out where something that carries its meaning is wrong; a lesser field
that is wrong is left out alone. Whether the ids that records name exist is `project`'s
question: they are listed in `mentions`.
"""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import Problem
from .model import (
    CURATOR,
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
    Value,
    When,
    Words,
)
from .reading import Fields, Items, Text, Tree
from .terms import Property, Vocabulary
from .values import Mention, Values, is_address

LONGEST_CUE = 12

ENTITY_KEYS = ("id", "class", "name", "also", "reading", "theme", "existence", "kind", "note")
SOURCE_KEYS = (
    *("id", "title", "publisher", "date", "address", "language", "rights", "grade", "read"),
    *("document", "sha256", "characters", "file", "original", "originalSha256", "retrieved", "retells", "note"),
)
CLAIM_KEYS = (
    *("id", "subject", "predicate", "object", "value", "stance", "passages", "place", "gist", "negated"),
    *("hedged", "voicedBy", "citedVia", "validFrom", "validTo", "date", "asOf", "cue", "basedOn", "review"),
    *("reviewedOn", "note", "reason", "readers", "reply"),
)


class Records(Values):
    """Reads records out of one file's tree; Problems are collected, nothing is raised."""

    def __init__(self, file: str, problems: list[Problem], vocabulary: Vocabulary, languages: tuple[str, ...]) -> None:
        super().__init__(file, problems, languages)
        self.vocabulary = vocabulary

    def own_id(self, tree: Tree | None) -> str:
        """The id that a record gives itself."""
        id = self.id(tree, "id")
        if id == CURATOR and tree is not None:
            self.problem("reserved-id", tree, id=id)
            return ""
        return id

    def entity(self, tree: Tree) -> Entity | None:
        """An entity of entities.yaml; with `cls` "" where it must be left out, yet may be named."""
        before = self.errors
        fields = self.fields(tree, "entity", ENTITY_KEYS)
        if fields is None:
            return None
        self.need(fields, "entity", ("id", "class", "name"), tree)
        id = self.own_id(fields.get("id"))
        cls = self.line(fields.get("class"), "class")
        if cls and cls not in self.vocabulary.classes:
            self.unknown("unknown-class", cls, self.vocabulary.classes, fields["class"])
        name = self.words(fields.get("name"), "name", one_line=True)
        existence = self.choice(fields.get("existence"), Existence, "existence")
        sound = self.errors == before
        entity = Entity(
            id=id,
            cls=cls if sound else "",
            name=name,
            also=self.lines(fields.get("also"), "also"),
            reading=self.line(fields.get("reading"), "reading"),
            theme=self.ref(fields.get("theme"), "theme", "theme"),
            existence=existence,
            kind=self.one_of(fields.get("kind"), self.vocabulary.values["kind"], "kind"),
            note=self.words(fields.get("note"), "note"),
            where=self.where(tree),
        )
        return entity if id else None

    def source(self, tree: Tree) -> Source | None:
        """A source of sources.yaml."""
        fields = self.fields(tree, "source", SOURCE_KEYS)
        if fields is None:
            return None
        self.need(fields, "source", ("id", "title"), tree)
        id = self.own_id(fields.get("id"))
        source = Source(
            id=id,
            title=self.words(fields.get("title"), "title", one_line=True) or Words({self.languages[0]: id}),
            publisher=self.words(fields.get("publisher"), "publisher", one_line=True),
            date=self.when(fields.get("date"), "date"),
            addresses=self.addresses(fields.get("address"), "address"),
            language=self.language(fields.get("language"), "language"),
            rights=self.words(fields.get("rights"), "rights"),
            grade=self.choice(fields.get("grade"), Grade, "grade"),
            read=self.words(fields.get("read"), "read"),
            document=self.ref(fields.get("document"), "document"),
            sha256=self.hash(fields.get("sha256"), "sha256"),
            characters=self.number(fields.get("characters"), "characters", least=0),
            file=self.file_name(fields.get("file"), "file"),
            original=self.file_name(fields.get("original"), "original"),
            original_sha256=self.hash(fields.get("originalSha256"), "originalSha256"),
            retrieved=self.when(fields.get("retrieved"), "retrieved"),
            retells=self.ref(fields.get("retells"), "retells"),
            note=self.words(fields.get("note"), "note"),
            where=self.where(tree),
        )
        return source if id else None

    def hash(self, tree: Tree | None, key: str) -> str:
        """A SHA-256 in hexadecimal digits."""
        text = self.line(tree, key).lower()
        if tree is not None and text and not re.fullmatch(r"[0-9a-f]{64}", text):
            self.problem("bad-hash", tree, key=key)
            return ""
        return text

    def file_name(self, tree: Tree | None, key: str) -> str:
        """The name of a file that lies in sources/."""
        text = self.line(tree, key)
        if tree is not None and text and (re.search(r"[/\\:\x00]", text) or text.startswith(".")):
            self.problem("bad-file-name", tree, name=text)
            return ""
        return text

    def claim(
        self, tree: Tree, source: Source | None, readers: tuple[str, ...] = (), gist: bool = True
    ) -> Claim | None:
        """A claim of claims/*.yaml; None where it must be left out. All that it names is in `mentions`.

        `gist`: whether it needs one.
        """
        before = self.errors  # an unknown key may be a misspelt `negated`
        fields = self.fields(tree, "claim", (*CLAIM_KEYS, *self.vocabulary.qualifiers))
        if fields is None or not isinstance(tree, Fields):
            return None
        handle = self.line(fields.get("id"), "id")
        if handle:
            self.mentions.append(Mention("handle", "id", handle, self.where(fields["id"])))
        self.need(fields, "claim", ("subject", "predicate", "stance", "gist")[: 4 if gist else 3], tree)
        predicate = self.line(fields.get("predicate"), "predicate")
        property = self.vocabulary.properties.get(predicate)
        if predicate and not property:
            self.unknown("unknown-property", predicate, self.vocabulary.properties, fields["predicate"])
        subject = self.ref(fields.get("subject"), "subject")
        told = self.told(fields, property, tree)
        passages = self.passages(fields.get("passages"), source)
        place = self.words(fields.get("place"), "place")
        if not {"passages", "place"} & fields.keys():
            self.problem("claim-without-place", tree)
        words = self.words(fields.get("gist"), "gist")
        stance = self.choice(fields.get("stance"), Stance, "stance")
        negated = self.flag(fields.get("negated"), "negated")
        hedged = self.flag(fields.get("hedged"), "hedged")
        voice = self.ref(fields.get("voicedBy"), "voicedBy", "voice")
        based_on = self.lines(fields.get("basedOn"), "basedOn")
        self.mentions += [Mention("claim", "basedOn", h, self.where(fields["basedOn"])) for h in based_on]
        review = self.choice(fields.get("review"), Review, "review") or Review.accepted
        sound = self.errors == before
        valid_from, valid_to = self.validity(fields)
        claim = Claim(
            subject=subject,
            predicate=predicate,
            object=told if told is not None else "",
            source=source.id if source else "",
            stance=stance or Stance.questioned,
            passages=passages,
            place=place,
            handle=handle,
            negated=negated,
            hedged=hedged,
            voiced_by=voice,
            cited_via=self.refs(fields.get("citedVia"), "citedVia"),
            valid_from=valid_from,
            valid_to=valid_to,
            as_of=self.when(fields.get("asOf"), "asOf"),
            qualifiers=tuple(
                (name, value)
                for name, property in sorted(self.vocabulary.qualifiers.items())
                if name in fields and (value := self.qualifier(fields[name], property)) is not None
            ),
            gist=words,
            cue=self.line(fields.get("cue"), "cue"),
            based_on=tuple(sorted(based_on)),
            review=review,
            reviewed_on=self.when(fields.get("reviewedOn"), "reviewedOn"),
            readers=tuple(sorted(self.lines(fields.get("readers"), "readers") or readers)),
            reason=self.words(fields.get("reason"), "reason"),
            note=self.words(fields.get("note"), "note"),
            replies=tuple(self.each(fields.get("reply"), "reply", self.reply)),
            where=self.where(tree),
        )
        sound = self.weigh(claim, tree.lines) and sound
        return claim if sound and source else None

    def told(self, fields: dict[str, Tree], property: Property | None, tree: Tree) -> str | Value | None:
        """The object: an entity's id, or the value that the property takes."""
        if property is None:  # what it takes cannot be known; an object must exist all the same
            return self.ref(fields.get("object"), "object") or None
        wants = "value" if property.kind == "literal" else "object"
        other = "object" if wants == "value" else "value"
        if other in fields:
            code = f"only-{wants}" if wants in fields else f"wants-{wants}"
            self.problem(code, fields[other], property=property.name)
        elif wants not in fields:
            self.problem("missing-key", tree, what="claim", key=wants)
        if wants not in fields:
            return None
        if wants == "object":
            return self.ref(fields["object"], "object") or None
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
            return self.refs(tree, property.name) or None
        if "string" in property.range:
            return Words({"und": text}) if (text := self.line(tree, property.name)) else None
        return self.value(tree, property, property.name)

    def validity(self, fields: dict[str, Tree]) -> tuple[When | None, When | None]:
        """Since and until when; `date` is both."""
        if "date" in fields:
            for key in ("validFrom", "validTo"):
                if key in fields:
                    self.problem("date-twice", fields[key], key=key)
            date = self.when(fields["date"], "date")
            return date, date
        return self.when(fields.get("validFrom"), "validFrom"), self.when(fields.get("validTo"), "validTo")

    def passages(self, tree: Tree | None, source: Source | None) -> tuple[Passage, ...]:
        """The spans, in reading order."""
        found: list[tuple[Passage, int]] = []
        for item in self.each(tree, "passages", lambda t: t):
            pair = [i.text if isinstance(i, Text) else "" for i in item.items] if isinstance(item, Items) else []
            if len(pair) != 2 or not all(re.fullmatch(r"[0-9]{1,12}", n) for n in pair):
                self.problem("bad-passage", item)
            else:
                found.append((Passage(int(pair[0]), int(pair[1])), item.line))
        return self.spans(found, source)

    def spans(self, given: Iterable[tuple[Passage, int]], source: Source | None) -> tuple[Passage, ...]:
        """Passages with their lines, without those that are reversed, empty, outside the text or overlap."""
        found: list[Passage] = []
        ordered: list[Passage] = []
        for passage, line in given:
            place = bisect(ordered, passage)
            beside = ordered[max(place - 1, 0) : place + 1]
            if passage.start >= passage.end:
                self.problem("passage-reversed", line, start=passage.start, end=passage.end)
            elif source and source.characters is not None and passage.end > source.characters:
                self.problem(
                    "passage-outside",
                    line,
                    start=passage.start,
                    end=passage.end,
                    characters=source.characters,
                    source=source.id,
                )
            elif clash := next((p for p in beside if p.start < passage.end and passage.start < p.end), None):
                self.problem(
                    "passages-overlap", line, first=[clash.start, clash.end], second=[passage.start, passage.end]
                )
            else:
                found.append(passage)
                insort(ordered, passage)
        return tuple(found)

    def reply(self, tree: Tree) -> Reply | None:
        """What someone answered."""
        fields = self.fields(tree, "reply", ("by", "gist", "date", "address"))
        if fields is None or not self.need(fields, "reply", ("by", "gist"), tree):
            return None
        return Reply(
            by=self.ref(fields["by"], "by"),
            gist=self.words(fields["gist"], "gist"),
            date=self.when(fields.get("date"), "date"),
            address=self.address(fields["address"], "address") if "address" in fields else "",
        )

    def weigh(self, claim: Claim, lines: Mapping[str, int]) -> bool:
        """Whether what must hold of any claim does, however it was written; `lines` are those of its keys."""
        before = self.errors

        def at(key: str) -> int:
            return lines.get(key, claim.where.line)

        start, end = claim.valid_from, claim.valid_to
        if start and end and start.earliest() > end.latest():
            self.problem("dates-reversed", at("validTo"), start=start, end=end)
        if len(claim.cue) > LONGEST_CUE:
            self.problem("long-cue", at("cue"), most=LONGEST_CUE)
        if claim.review in (Review.disputed, Review.withdrawn) and not claim.note:
            self.problem("review-needs-note", at("review"), review=str(claim.review))
        return self.errors == before

    def foreign(self, claim: Claim, source: Source | None) -> None:
        """What a claim of claims/*.yaml had to pass on its way, for one that was written elsewhere."""
        line = claim.where.line
        self.weigh(claim, {})
        self.spans([(passage, line) for passage in claim.passages], source)
        if not claim.passages and not claim.place:
            self.problem("claim-without-place", line)
        if not claim.gist:
            self.problem("missing-key", line, what="claim", key="gist")
        texts: dict[str, Any] = dict(claim.qualifiers)
        texts |= {"object": claim.object, "gist": claim.gist, "place": claim.place, "note": claim.note}
        texts |= {"reason": claim.reason, "cue": claim.cue, "id": claim.handle, "reply": claim.replies}
        for key, value in texts.items():
            for reply in value if key == "reply" else ():
                self.foreign_reply(reply, line)
            for text in value.values() if isinstance(value, Words) else [value] if isinstance(value, str) else ():
                self.plain(text, key, line)

    def foreign_reply(self, reply: Reply, line: int) -> None:
        """The same for a reply."""
        for text in reply.gist.values():
            self.plain(text, "reply", line)
        if reply.address and not is_address(reply.address):
            self.problem("bad-address", line, address=reply.address)
