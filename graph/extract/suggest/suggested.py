"""Suggestions of new entities, and how they are written down.

In: plain values. Out: YAML ready for entities.yaml. Where the names stand, and what is doubtful, is a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from ...model import Entity


@dataclass(frozen=True)
class Context:
    """A place where a name stands: the document, the line of its text, the words around it."""

    document: str
    line: int
    text: str


@dataclass(frozen=True)
class Suggestion:
    """A likely entity. `general` are forms too general for `also`; `guessed` those of `also` nobody defined."""

    entity: Entity
    count: int
    contexts: tuple[Context, ...]
    guessed: tuple[str, ...] = ()
    general: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """Perhaps another way to write an entity that is listed."""

    id: str
    name: str
    form: str
    count: int
    contexts: tuple[Context, ...]


@dataclass(frozen=True)
class Suggestions:
    """What a project may lack. `unparsed` counts the characters that were too many for GiNZA."""

    new: tuple[Suggestion, ...] = ()
    variants: tuple[Variant, ...] = ()
    documents: int = 0
    unparsed: int = 0


_HEADER = """\
# Likely new entities: {new}, found in {documents} document(s). Class and id are guesses. Go through them, throw out
# what is none, and move the rest into entities.yaml. Of people list only those with a public role.
# 新しい主体・事物の候補：{new} 件（文書 {documents} 件から）。class と id は推測です。
# 確かめて、不要なものを消し、entities.yaml に移してください。人は公的な役割をもつ人だけにしてください。
"""
_UNPARSED = "# {unparsed} characters were too many for the parser: there only heads and brackets were looked at.\n"
_VARIANTS = """
# ── other forms of what is listed? / 登録済みのものの別表記？ ──
# Put under `also` what is right. / 正しければ also に加えてください。
"""


def as_yaml(suggestions: Suggestions) -> str:
    """The suggestions as a file of entities; what is no record is a comment."""
    told = suggestions
    out = [_HEADER.format(documents=told.documents, new=len(told.new))]
    if told.unparsed:
        out.append(_UNPARSED.format(unparsed=told.unparsed))
    for one in told.new:
        out.append("\n" + "".join(_comments(one.count, one.contexts)))
        if one.guessed:
            out.append(f"# short by the look of it / 略した形らしいもの: {_line('、'.join(one.guessed))}\n")
        if one.general:
            out.append(f"# too general for also / also に入れるには広すぎる形: {_line('、'.join(one.general))}\n")
        out.append(_record(one.entity))
    if told.variants:
        out.append(_VARIANTS)
    for variant in told.variants:
        out.append("#\n" + "".join(_comments(variant.count, variant.contexts)))
        out.append(f"# - id: {_line(variant.id)}  # {_line(variant.name)}\n#   also: {_flow([variant.form])}\n")
    return "".join(out)


def _comments(count: int, contexts: Iterable[Context]) -> Iterator[str]:
    for n, context in enumerate(contexts):
        times = f"{count}×" if not n else " " * (len(str(count)) + 1)
        yield f"# {times} {_line(context.document)}:{context.line}: {_line(context.text)}\n"


def _record(entity: Entity) -> str:
    record: dict[str, object] = {
        "id": entity.id,
        "class": entity.cls,
        "name": dict(sorted(entity.name.items(), reverse=True)),
    }
    if entity.also:
        record["also"] = list(entity.also)
    dumped = yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None)
    return str(dumped)


def _flow(values: list[str]) -> str:
    return str(yaml.safe_dump(values, allow_unicode=True, width=10_000, default_flow_style=True)).strip()


def _line(text: str) -> str:
    """Text that stays on its line of a comment: nothing that breaks it, turns it round or cannot be seen."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
