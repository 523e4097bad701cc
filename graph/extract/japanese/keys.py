"""The keys of Japanese frames: read, checked, and put up for finding by word.

In: the body of a frame as text, lists and mappings. Out: a Rule for each frame and an index of the rules by their
words; Problems with file and line for keys and forms that are not known. docs/extraction.md tells what each
key means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ...reading import Fields, Items, Text, Tree
from ...values import Values
from ..flow import Frame
from ..frames import SHARED, Body
from .words import ROLE_NAMES, TITLE

WORD_LISTS: Final = ("verbs", "nouns", "is", "phrases")
ROLE_LISTS: Final = ("subject", "object", "by")
PATTERNS: Final = ("without", "needs", "governor", "through", "whose", "inner", "part")
CHOICES: Final = {
    "of": ("subject", "object", "none"),
    "compound": ("subject", "object", "none"),
    "voice": ("active", "passive"),
    "tense": ("past", "present"),
    "value": ("date", "words"),
    "doing": ("subject", "object"),
}
FLAGS: Final = ("nominal", "mutual", "zero", "place", "speakers", "judged", "case", "agent", "host")
KEYS: Final = (*WORD_LISTS, *ROLE_LISTS, *PATTERNS, *CHOICES, *FLAGS)
_PHRASE: Final = re.compile(
    r"(.+?(?=を)|.*[一-龥々ァ-ヶーA-Za-z]|きっかけ|ねらい|引き合い)(を|に|が(?![るりれ])|へ|で|と)(.+)"
)
_SLOTS: Final = re.compile(r"\{([SO])\}")


@dataclass(frozen=True)
class Saying:
    """Words of a verb with a noun that belongs to it: 懸念 を 示す; `inner` is the の-modifier of the noun."""

    noun: str
    role: str
    inner: str = ""


@dataclass(frozen=True)
class Phrase:
    """Names in a row, with what stands before, between and after them. `order` names the slots from left to right.

    With O alone, the subject is the document itself.
    """

    order: str
    before: re.Pattern[str]
    between: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """A frame as the matcher reads it."""

    frame: Frame
    subject: tuple[str, ...] = ("が",)
    object: tuple[str, ...] = ("を",)
    by: tuple[str, ...] = ("に", "から")
    of: str = ""
    compound: str = "object"
    voice: str = ""
    tense: str = ""
    value: str = ""
    doing: str = ""
    phrases: tuple[Phrase, ...] = ()
    through: re.Pattern[str] | None = None
    whose: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    governor: re.Pattern[str] | None = None
    inner: re.Pattern[str] | None = None
    part: re.Pattern[str] | None = None  # what is spoken of is of the thing that the sentence before named: 費用は
    mutual: bool = False
    zero: bool = True
    place: bool = True
    speakers: bool = False
    judged: bool = False
    agent: bool = False  # its object is who is to do what the rule says
    host: bool = False  # in the passive, who was visited does it


@dataclass
class Index:
    """Rules by their words: verbs, verbs with a noun of their own, nouns of action, nouns that something is.

    `doing` are those of which the name itself is the verb: 実証実験|した.
    """

    verbs: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    sayings: dict[str, list[tuple[Saying, Rule]]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    being: list[tuple[re.Pattern[str], Rule]] = field(default_factory=list)
    phrases: list[Rule] = field(default_factory=list)
    doing: list[Rule] = field(default_factory=list)


def body_keys(values: Values, tree: Tree, body: Body) -> Body | None:
    """The body of a Japanese frame, checked; None, with Problems, where it cannot be used."""
    if not isinstance(tree, Fields):
        return None
    before = values.errors
    known = (*SHARED, *KEYS)
    for key, line in tree.lines.items():
        if key not in known:
            values.unknown("unknown-key", key, known, line, what="frame")
    for key in (*WORD_LISTS, *ROLE_LISTS, *PATTERNS):
        for item in _each(tree.fields.get(key)):
            _check(values, key, item)
    for key, choices in CHOICES.items():
        values.one_of(tree.fields.get(key), choices, key)
    for key in FLAGS:
        values.flag(tree.fields.get(key), key)
    if not any(key in body for key in WORD_LISTS):
        values.problem("frame-without-words", tree, keys=", ".join(WORD_LISTS))
    return body if values.errors == before else None


def _each(tree: Tree | None) -> list[Tree]:
    return [] if tree is None else list(tree.items) if isinstance(tree, Items) else [tree]


def _check(values: Values, key: str, item: Tree) -> None:
    text = values.line(item, key)
    if not isinstance(item, Text) or not text:
        return
    if key in ROLE_LISTS:
        values.one_of(item, ROLE_NAMES, key)
    elif key in PATTERNS or key == "is":
        if _compiled([text]) is None:
            values.problem("frame-bad-pattern", item, text=text)
    elif key == "phrases" and _row(text) is None:
        values.problem("frame-bad-phrase", item, text=text)


def rule(frame: Frame) -> Rule:
    """A frame's body as a Rule. The body was checked by `body_keys`."""
    body = frame.body
    return Rule(
        frame,
        subject=_texts(body.get("subject")) or ("が",),
        object=_texts(body.get("object")) or ("を",),
        by=_texts(body.get("by")) or ("に", "から"),
        of=str(body.get("of", "")),
        compound=str(body.get("compound", "object")),
        voice=str(body.get("voice", "")),
        tense=str(body.get("tense", "")),
        value=str(body.get("value", "")),
        doing=str(body.get("doing", "")),
        phrases=tuple(row for text in _texts(body.get("phrases")) if (row := _row(text))),
        through=_compiled(_texts(body.get("through"))),
        whose=_compiled(_texts(body.get("whose"))),
        without=_compiled(_texts(body.get("without"))),
        needs=_compiled(_texts(body.get("needs"))),
        governor=_compiled(_texts(body.get("governor"))),
        inner=_compiled(_texts(body.get("inner"))),
        part=_compiled(_texts(body.get("part"))),
        mutual=body.get("mutual") == "true",
        zero=body.get("zero") != "false",
        place=body.get("place") != "false",
        speakers=body.get("speakers") == "true",
        judged=body.get("judged") == "true",
        agent=body.get("agent") == "true",
        host=body.get("host") == "true",
    )


def index(frames: Iterable[Frame]) -> Index:
    """The rules of the frames by their words."""
    found = Index()
    for frame in frames:
        read = rule(frame)
        nominal = frame.body.get("nominal") != "false"
        for word in _texts(frame.body.get("verbs")):
            if saying := _PHRASE.fullmatch(word):
                inner, _, noun = saying[1].rpartition("の")
                found.sayings[saying[3]].append((Saying(noun, saying[2], inner), read))
                continue
            found.verbs[word].append(read)
            if nominal:
                found.nouns[word].append(read)
        for word in _texts(frame.body.get("nouns")):
            found.nouns[word].append(read)
        if being := _compiled(_texts(frame.body.get("is"))):
            found.being.append((being, read))
        if read.phrases:
            found.phrases.append(read)
        if read.doing:
            found.doing.append(read)
    return found


def _texts(told: object) -> tuple[str, ...]:
    if told is None:
        return ()
    return tuple(str(one) for one in told) if isinstance(told, list) else (str(told),)


def _compiled(patterns: Iterable[str]) -> re.Pattern[str] | None:
    each = [text.replace("<title>", TITLE) for text in patterns]
    if not each:
        return None
    try:
        return re.compile("|".join(f"(?:{text})" for text in each))
    except re.error:
        return None


def _row(text: str) -> Phrase | None:
    """{O}製の{S} as patterns; None where its slots are not S and O, O alone, or S with a (?P<V>…) for the value."""
    slots = _SLOTS.findall(text)
    if sorted(slots) != ["O", "S"] and slots != ["O"] and not (slots == ["S"] and "(?P<V>" in text):
        return None
    parts = [part.replace("<title>", f"(?P<title>{TITLE})") for part in _SLOTS.split(text)[::2]]
    try:
        before, *between, after = [re.compile(part) for part in parts]
        return Phrase("".join(slots), re.compile(f"(?:{before.pattern})$"), between[0] if between else after, after)
    except re.error:
        return None
