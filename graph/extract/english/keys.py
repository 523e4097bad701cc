"""The keys of English frames: read, checked, and put up for finding by word.

In: the body of a frame as text, lists and mappings. Out: a Rule for each frame, and an index of the rules by the
base form of their first word; Problems with file and line for keys and forms that are not known. docs/extraction.md
tells what each key means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...reading import Fields, Items, Text, Tree
from ...values import Values
from ..flow import Frame
from ..frames import SHARED, Body
from .words import noun_lemma, spelling

STARTS = ("verbs", "acts", "is", "reversed", "phrases", "between")
LISTS = (*STARTS, "via", "below", "that_is")
ROLES = ("subject", "object")
MAPPINGS = ("needs", "without")
CHOICES = {
    "voice": ("active", "passive"),
    "value": ("occupation",),
    "through": ("speakers",),
    "then": ("infinitive",),
}
FLAGS = ("former", "title", "alike")
KEYS = (*LISTS, *ROLES, *MAPPINGS, *CHOICES, *FLAGS, "act_object", "act_subject")
NAMED_ROLES = ("subject", "direct", "second", "others", "that")
PREPOSITIONS = frozenset(
    """
    of in at on by for with from against into onto through via under over about between among towards toward within
    without during across upon per near behind beyond around concerning regarding throughout as to inside outside
    """.split()
)


@dataclass(frozen=True)
class Phrase:
    """Words that must stand in this order: the first by its base form."""

    first: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A frame as the matcher reads it."""

    frame: Frame
    verbs: tuple[Phrase, ...] = ()
    subject: tuple[str, ...] = ("subject",)
    object: tuple[str, ...] = ("direct",)
    acts: tuple[str, ...] = ()
    act_object: tuple[str, ...] = ("of",)
    act_subject: tuple[str, ...] = ("by",)
    is_: tuple[Phrase, ...] = ()
    reversed: tuple[Phrase, ...] = ()
    phrases: tuple[tuple[str, str, str], ...] = ()  # first role, the word between, second role
    between: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    that_is: tuple[str, ...] = ()
    alike: bool = False
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = field(default_factory=dict)
    voice: str = ""
    then: str = ""
    former: bool = False
    value: str = ""
    speakers: bool = False
    title: bool = False


def body_keys(values: Values, tree: Tree, body: Body) -> Body | None:
    """The body of an English frame, checked; None, with Problems, where it cannot be used."""
    if not isinstance(tree, Fields):
        return None
    before = values.errors
    known = (*SHARED, *KEYS)
    for key, line in tree.lines.items():
        if key not in known:
            values.unknown("unknown-key", key, known, line, what="frame")
    for key in (*LISTS, *ROLES, "act_object", "act_subject"):
        for item in _each(tree.fields.get(key)):
            _check_item(values, key, item)
    for key in MAPPINGS:
        told = tree.fields.get(key)
        if told is None:
            continue
        if not isinstance(told, Fields):
            values.problem("not-a-mapping", told, what=key)
            continue
        for role, words in told.fields.items():
            _check_role(values, role, words, key)
            values.lines(words, key)
    for key, choices in CHOICES.items():
        values.one_of(tree.fields.get(key), choices, key)
    for key in FLAGS:
        values.flag(tree.fields.get(key), key)
    if not any(key in body for key in STARTS):
        values.problem("frame-without-words", tree, keys=", ".join(STARTS))
    return body if values.errors == before else None


def _each(tree: Tree | None) -> list[Tree]:
    return [] if tree is None else list(tree.items) if isinstance(tree, Items) else [tree]


def _check_item(values: Values, key: str, item: Tree) -> None:
    text = values.line(item, key)
    if not isinstance(item, Text) or not text:
        return
    if key in (*ROLES, "act_object", "act_subject"):
        _check_role(values, text, item, key)
    elif key == "phrases" and _link(text) is None:
        values.problem("bad-phrase", item, text=text)
    elif key != "phrases" and text != text.lower():
        values.problem("frame-word-case", item, key=key, text=text)


def _check_role(values: Values, role: str, at: Tree, key: str) -> None:
    if role not in NAMED_ROLES and role not in PREPOSITIONS:
        values.unknown("unknown-choice", role, (*NAMED_ROLES, *PREPOSITIONS), at, key=key, choices="subject, direct, …")


def rule(frame: Frame) -> Rule:
    """A frame's body as a Rule. The body was checked by `body_keys`."""
    body = frame.body
    return Rule(
        frame,
        verbs=tuple(_verb(text) for text in _texts(body.get("verbs"))),
        subject=_texts(body.get("subject")) or ("subject",),
        object=_texts(body.get("object")) or ("direct",),
        acts=tuple(noun_lemma(text) for text in _texts(body.get("acts"))),
        act_object=_texts(body.get("act_object")) or ("of",),
        act_subject=_texts(body.get("act_subject")) or ("by",),
        is_=tuple(map(_nominal, _texts(body.get("is")))),
        reversed=tuple(map(_nominal, _texts(body.get("reversed")))),
        phrases=tuple(link for text in _texts(body.get("phrases")) if (link := _link(text))),
        between=tuple(map(noun_lemma, _texts(body.get("between")))),
        via=tuple(map(noun_lemma, _texts(body.get("via")))),
        below=_texts(body.get("below")),
        that_is=_texts(body.get("that_is")),
        alike=body.get("alike") == "true",
        needs=_mapping(body.get("needs")),
        without=_mapping(body.get("without")),
        voice=str(body.get("voice", "")),
        then=str(body.get("then", "")),
        former=body.get("former") == "true",
        value=str(body.get("value", "")),
        speakers=body.get("through") == "speakers",
        title=body.get("title") == "true",
    )


def _texts(told: object) -> tuple[str, ...]:
    if told is None:
        return ()
    return tuple(str(item).strip() for item in told) if isinstance(told, list) else (str(told).strip(),)


def _mapping(told: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, dict):
        return {}
    return {str(key): tuple(map(_known, _texts(value))) for key, value in told.items()}


def _known(word: str) -> str:
    """A word in its base form; a class as it is."""
    return word if word[:1].isupper() else noun_lemma(word)


def _verb(text: str) -> Phrase:
    first, *rest = (word for word in text.split() if word not in ("the", "a", "an"))
    return Phrase(spelling(first), tuple(rest))


def _nominal(text: str) -> Phrase:
    first, *rest = (word for word in text.split() if word not in ("the", "a", "an"))
    return Phrase(first, tuple(rest))


def _link(text: str) -> tuple[str, str, str] | None:
    """S of O, O's S, S-made O: the role before, the word between, the role behind."""
    parts = re.sub(r"^([SO])('s|-[a-z]+)", r"\1 \2", text).split()
    if len(parts) == 3 and {parts[0], parts[2]} == {"S", "O"} and (parts[1][0] in "'-" or parts[1] in PREPOSITIONS):
        return parts[0], parts[1], parts[2]
    return None


class Index:
    """The rules by the base form of the word that begins them."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.rules = [rule(frame) for frame in frames]
        self.verbs: dict[str, list[tuple[Rule, Phrase]]] = defaultdict(list)
        self.acts: dict[str, list[Rule]] = defaultdict(list)
        self.between: dict[str, list[Rule]] = defaultdict(list)
        self.nominal: dict[str, list[tuple[Rule, Phrase, bool]]] = defaultdict(list)
        self.links: dict[str, list[tuple[Rule, bool]]] = defaultdict(list)
        for one in self.rules:
            for phrase in one.verbs:
                self.verbs[phrase.first].append((one, phrase))
            for noun in one.acts:
                self.acts[noun].append(one)
            for noun in one.between:
                self.between[noun].append(one)
            for phrase in one.is_:
                self.nominal[phrase.first].append((one, phrase, False))
            for phrase in one.reversed:
                self.nominal[phrase.first].append((one, phrase, True))
            for first, word, _ in one.phrases:
                self.links[word].append((one, first == "O"))
