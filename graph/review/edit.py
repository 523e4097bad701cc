"""A candidate, mended: the fields as they are typed, checked as a claims file is.

In: a claim, what was typed into its fields. Out: the claim with the changes and these in the form of a claims file, or
EditError with the first thing that is wrong, in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from ..decisions import claim_fields, plain_tree
from ..errors import Problem, Severity, SokanzuError, Where
from ..model import CURATOR, Claim, Project, Stance, Value, When, Words
from ..names import fold
from ..proposals import private, wants_reason
from ..reading import Fields, Text, Tree, parse_yaml
from ..records import Records
from ..search import Hit
from ..terms import Property, Term, Vocabulary, vocabulary

FLAGS = ("true", "false")
LESSER = ("asOf", "cue")  # beside the qualifiers

Search = Callable[[str, int], list[Hit]]
"""Finds entities by what is typed: lookup.Lookup does."""


class EditError(SokanzuError):
    """What was typed cannot stand; `field` is where the mend begins."""

    def __init__(self, code: str, field: str, /, **words: Any) -> None:
        self.field = field
        super().__init__(code, **words)


@dataclass(frozen=True)
class Choice:
    """Something that a field may hold, and how it is shown."""

    value: str
    shown: str


def fields(project: Project) -> tuple[str, ...]:
    """The fields that can be mended, in the order of the form."""
    gists = tuple(f"gist.{lang}" for lang in project.languages)
    plain = ("subject", "predicate", "object", "stance", "negated", "hedged", "voicedBy", "validFrom", "validTo")
    return (*plain, "more", *gists, "note")


def filled(claim: Claim, project: Project, note: str = "") -> dict[str, str]:
    """The fields as they stand now."""
    told = {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": _typed(claim.object, project),
        "stance": str(claim.stance),
        "negated": FLAGS[not claim.negated],
        "hedged": FLAGS[not claim.hedged],
        "voicedBy": claim.voiced_by,
        "validFrom": str(claim.valid_from or ""),
        "validTo": str(claim.valid_to or ""),
    }
    told["more"] = _one_line(_more(claim, vocabulary()))
    told |= {f"gist.{lang}": claim.gist.get(lang, "") for lang in project.languages}
    return told | {"note": note or claim.note.best(project.languages[0])}


def _typed(value: str | Value, project: Project) -> str:
    return value.best(project.languages[0]) if isinstance(value, Words) else str(value)


class Editor:
    """Checks what was typed, and offers what could be."""

    def __init__(self, project: Project, vocabulary: Vocabulary, lang: str) -> None:
        self.project, self.vocabulary, self.lang = project, vocabulary, lang

    def mended(self, claim: Claim, typed: Mapping[str, str], note: str = "") -> tuple[Claim, dict[str, Any]]:
        """The claim as it was typed, and the fields that differ. Raises EditError."""
        old = filled(claim, self.project, note)
        now = {key: value.strip() for key, value in typed.items()}
        problems: list[Problem] = []
        records = Records("", problems, self.vocabulary, self.project.languages)

        def checked(key: str, value: Any) -> Any:
            wrong = next((p for p in problems if p.severity is Severity.error or p.code == "bidi-control"), None)
            if wrong:
                raise EditError(wrong.code, key, **wrong.words)
            return value

        def given(key: str) -> Text:
            return Text(now.get(key, old[key]), 0)

        self.entity("subject", given("subject").text, records, checked)
        predicate = given("predicate").text
        property = self.vocabulary.properties.get(predicate)
        if property is None:
            records.unknown("unknown-property", predicate, self.vocabulary.properties, 0)
            checked("predicate", None)
            raise AssertionError(predicate)
        told = self.object(claim, given("object"), old, property, records, checked)
        voice = given("voicedBy").text
        if voice and voice != CURATOR and not self.project.source(voice):
            self.entity("voicedBy", voice, records, checked)
        if not given("stance").text:
            raise EditError("review-empty", "stance", key="stance")
        langs = self.project.languages
        more = self.more(claim, given("more").text, old["more"], records, checked)
        gist = {lang: checked(f"gist.{lang}", records.text(given(f"gist.{lang}"), "gist")) for lang in langs}
        made = replace(
            claim,
            subject=given("subject").text,
            predicate=predicate,
            object=told,
            stance=checked("stance", records.choice(given("stance"), Stance, "stance")),
            negated=checked("negated", records.flag(given("negated"), "negated")),
            hedged=checked("hedged", records.flag(given("hedged"), "hedged")),
            voiced_by=voice,
            valid_from=checked("validFrom", records.when(given("validFrom"), "validFrom")),
            valid_to=checked("validTo", records.when(given("validTo"), "validTo")),
            gist=Words({**claim.gist, **gist}) if any(gist.values()) else claim.gist,
            where=Where(),
            **more,
        )
        records.weigh(made, {})
        checked("more" if any(problem.code == "long-cue" for problem in problems) else "validTo", None)
        self.fits(made, property)
        records.text(given("note"), "note")
        checked("note", None)
        if private(made, self.project):
            about = self.project.entity(made.subject)
            raise EditError("review-private", "predicate", name=dict(about.name) if about else made.subject)
        if not given("note").text and wants_reason(made, self.project):
            raise EditError("review-wants-reason", "note")
        return made, self.changes(old, now, made)

    def entity(self, key: str, id: str, records: Records, checked: Any) -> None:
        """That it is an entity of the project."""
        if not id:
            raise EditError("review-empty", key, key=key)
        if self.project.entity(id) is None:
            records.unknown("unknown-entity", id, [e.id for e in self.project.entities], 0, key=key)
            checked(key, None)

    def object(
        self, claim: Claim, typed: Text, old: Mapping[str, str], property: Property, records: Records, checked: Any
    ) -> str | Value:
        """The object, of the kind that the property takes."""
        if not typed.text:
            raise EditError("review-empty", "object", key="object")
        if property.kind == "relation":
            self.entity("object", typed.text, records, checked)
            return typed.text
        if typed.text == old["object"] and not isinstance(claim.object, str) and property.name == claim.predicate:
            return claim.object  # as it was, in all its languages
        value: Value | None = checked("object", records.value(typed, property, "value"))
        return value if value is not None else Words({self.project.languages[0]: typed.text})

    def more(self, claim: Claim, typed: str, old: str, records: Records, checked: Any) -> dict[str, Any]:
        """What narrows the claim, as of when, and its cue: `key: value, …` with the keys of a claims file."""
        if typed == old:
            return {}
        fields = _mapping(typed)
        known = (*self.vocabulary.qualifiers, *LESSER)
        if fields is None:
            raise EditError("review-bad-more", "more")
        for key in fields:
            if key not in known:
                records.unknown("unknown-key", key, known, 0, what="more")
                checked("more", None)
        found = ((name, self.vocabulary.qualifiers[name], tree) for name, tree in fields.items() if name not in LESSER)
        read = ((name, records.qualifier(tree, property)) for name, property, tree in found)
        made = {
            "qualifiers": tuple(sorted((name, value) for name, value in read if value is not None)),
            "as_of": records.when(fields.get("asOf"), "asOf"),
            "cue": records.line(fields.get("cue"), "cue"),
        }
        for mention in records.mentions:
            self.entity("more", mention.id, records, checked)
        return {key: checked("more", value) for key, value in made.items()}

    def fits(self, claim: Claim, property: Property) -> None:
        """That the classes of both are those that the property joins."""
        for key, id, wanted in (("subject", claim.subject, property.domain), ("object", claim.object, property.range)):
            entity = self.project.entity(id) if isinstance(id, str) else None
            if entity and not self.vocabulary.fits(entity.cls, wanted):
                raise EditError(
                    "review-misfit",
                    key,
                    name=dict(entity.name),
                    cls=entity.cls,
                    key=key,
                    property=property.name,
                    wanted=", ".join(wanted),
                )
        if property.kind == "relation" and claim.subject == claim.object:
            raise EditError("review-itself", "object")

    def changes(self, old: Mapping[str, str], now: Mapping[str, str], made: Claim) -> dict[str, Any]:
        """What differs, with the keys and in the form of a claims file."""
        differing = [key for key in old if now.get(key, old[key]) != old[key] and key != "note"]
        changes: dict[str, Any] = {}
        for key in differing:
            if key.startswith("gist."):
                if now[key]:  # another language's is made anew of what the claim says now
                    changes.setdefault("gist", {})[key.removeprefix("gist.")] = now[key]
            elif key == "more":
                before, after = _told(old[key]), _told(now[key])
                keys = [name for name in (*after, *before) if before.get(name) != after.get(name)]
                changes |= {name: after.get(name) for name in keys}
            elif key in ("negated", "hedged"):
                changes[key] = now[key] == "true"
            elif key in ("object", "predicate"):
                changes["predicate"] = made.predicate
                changes["object" if isinstance(made.object, str) else "value"] = _plain(made.object)
            elif key in ("validFrom", "validTo"):
                changes[key] = str(When.parse(now[key])) if now[key] else None
            else:
                changes[key] = now[key] or None
        return changes

    # what could be typed

    def offers(self, key: str, typed: str, search: Search, most: int = 6) -> list[Choice]:
        """What a field may hold, the likeliest first; none for a field of free text."""
        if key in ("subject", "object", "voicedBy"):
            return [*self.entities(typed, search, most)]
        if key == "predicate":
            return self.named(typed, self.vocabulary.properties.values(), most)
        if key == "stance":
            return self.named(typed, self.vocabulary.values["stance"].values(), len(Stance))
        return [Choice(flag, flag) for flag in FLAGS] if key in ("negated", "hedged") else []

    def entities(self, typed: str, search: Search, most: int) -> Iterable[Choice]:
        """Entities by any of their names."""
        exact = self.project.entity(typed.strip())
        found = [exact.id] if exact else []
        found += [hit.id for hit in search(typed, most) if hit.id not in found]
        for id in found[:most]:
            entity = self.project.entity(id)
            if entity:
                yield Choice(id, f"{entity.name.best(self.lang)} ({entity.cls}) {id}")

    def named(self, typed: str, terms: Iterable[Term], most: int) -> list[Choice]:
        """Properties or stances whose name or label holds what was typed."""
        wanted = fold(typed)
        found: list[tuple[int, int, Choice]] = []
        for n, term in enumerate(terms):
            folded = [fold(text) for text in (term.name, *term.label.values())]
            ranks = [0 if form == wanted else 1 if form.startswith(wanted) else 2 for form in folded if wanted in form]
            rank = min(ranks, default=3)
            if rank < 3:
                found.append((rank, n, Choice(term.name, f"{term.label.best(self.lang)} {term.name}")))
        return [choice for _, _, choice in sorted(found, key=lambda one: one[:2])][:most]


def _more(claim: Claim, vocabulary: Vocabulary) -> dict[str, Any]:
    return {key: value for key, value in claim_fields(claim).items() if key in (*vocabulary.qualifiers, *LESSER)}


def _one_line(told: Mapping[str, Any]) -> str:
    text = yaml.safe_dump(dict(told), allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=True)
    return text.strip()[1:-1] if told else ""


def _mapping(typed: str) -> dict[str, Tree] | None:
    """What was typed as the fields of a mapping; None where it is none."""
    problems: list[Problem] = []
    tree = parse_yaml(typed if typed.startswith("{") else f"{{{typed}}}", "", problems)
    return tree.fields if isinstance(tree, Fields) and not problems else None


def _told(typed: str) -> dict[str, Any]:
    return {key: plain_tree(tree) for key, tree in (_mapping(typed) or {}).items()}


def _plain(value: str | Value) -> Any:
    return dict(value) if isinstance(value, Words) else str(value) if isinstance(value, When) else value
