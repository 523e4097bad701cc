"""What flows from stage to stage of the extraction, as frozen values.

In: plain Python values. Out: text that knows its way back to the untouched document, sentences, mentions of
entities, parsed sentences, hits of frames, verdicts on stance, candidates. No files, no parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ..model import Claim, Passage, Qualifier, Stance, Value, When

Language = Literal["ja", "en"]
Kind = Literal["body", "heading", "item", "note", "box", "cell"]
Span = tuple[int, int]  # characters [start, end) of a sentence's clean text


@dataclass(frozen=True)
class Clean:
    """Text as the stages read it, and for each of its characters where that came from.

    `starts[i]`, `ends[i]` bound the characters of the untouched text that became `text[i]`. They need not ascend:
    a sentence may run on in another column.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError("a clean text needs the origin of every character")

    def __getitem__(self, span: slice) -> Clean:
        return Clean(self.text[span], self.starts[span], self.ends[span])

    def __add__(self, other: Clean) -> Clean:
        return Clean(self.text + other.text, self.starts + other.starts, self.ends + other.ends)

    def passages(self, start: int, end: int, untouched: str) -> tuple[Passage, ...]:
        """Where [start, end) of the clean text stands in the untouched one, in reading order.

        What lies between two characters and was only white space or invisible belongs to the passage; anything else
        (another column, a tag, a page number) splits it.
        """
        found: list[Passage] = []
        for first, last in zip(self.starts[start:end], self.ends[start:end], strict=True):
            if found:
                before = found[-1]
                between = untouched[before.end : first]
                if first >= before.start and (first <= before.end or not between.strip(_UNSEEN)):
                    found[-1] = Passage(before.start, max(before.end, last))
                    continue
            found.append(Passage(first, last))
        return tuple(p for p in found if p.end > p.start)


_UNSEEN = " \t\r\n\f\v\u3000\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"


def plain(text: str) -> Clean:
    """A text that needs no cleaning."""
    return Clean(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


@dataclass(frozen=True)
class Sentence:
    """One sentence, heading or list item; asides in brackets still in it.

    `block` numbers what belongs together (an article, a box, a note): reference never crosses its boundary.
    `joins` says in words what was put together and why ("columns": the sentence was cut by another one's text).
    """

    clean: Clean
    block: int = 0
    kind: Kind = "body"
    lang: Language = "ja"
    joins: tuple[str, ...] = ()
    paragraph: int = 0

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text


@dataclass(frozen=True)
class Document:
    """A document, read: its untouched text and its sentences in reading order."""

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    lang: Language = "ja"
    date: When | None = None
    title: str = ""
    publisher: str = ""
    kind: str = "txt"
    notes: tuple[str, ...] = ()  # what reading had to guess or leave out: message codes of messages.toml


@dataclass(frozen=True)
class Mention:
    """A place in a sentence that names one or more entities.

    `ids` with `all_of` are all meant (茨城・福岡の各県警); without, the form is shared and one of them is meant.
    `how` says what was filled in (同機構 → …); `antecedent` is where the name itself stands.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    all_of: bool = False
    how: tuple[str, ...] = ()
    antecedent: tuple[Passage, ...] = ()

    def moved(self, by: int) -> Mention:
        """The same mention, so many characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True)
class Dated:
    """A date in a sentence: at, from or until when. A span of time has both ends."""

    start: int
    end: int
    since: When | None = None
    until: When | None = None
    about: Literal["at", "from", "until", "span"] = "at"
    how: tuple[str, ...] = ()  # 昨年11月 → 2015-11, against the document's date


@dataclass(frozen=True)
class Token:
    """A word of a parsed sentence, with the number of the word it depends on (its own for the root)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True)
class Parsed:
    """A sentence's text and its dependency tree."""

    text: str
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...] = field(default=())

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        object.__setattr__(self, "children", tuple(map(tuple, below)))

    def subtree(self, i: int) -> list[int]:
        """The word and all below it, in text order."""
        found, todo = [], [i]
        while todo:
            found.append(at := todo.pop())
            todo += self.children[at]
        return sorted(found)

    def covering(self, start: int, end: int) -> list[Token]:
        """The words that share a character with [start, end)."""
        return [t for t in self.tokens if t.start < end and start < t.end]


@dataclass(frozen=True)
class Example:
    """A sentence that a frame must answer, or, as a counter-example, must not.

    `mentions` are the marked names with their classes; `subject` and `object` index them (-1 in a counter-example).
    """

    text: str
    mentions: tuple[tuple[Span, str], ...]
    subject: int = -1
    object: int = -1
    expects: Mapping[str, str] = field(default_factory=dict)  # stance, negated, hedged, validFrom, value …
    line: int = 0


@dataclass(frozen=True)
class Frame:
    """A rule: which words, in which roles, say which property. `body` is read by the matcher of its language."""

    id: str
    version: int
    lang: Language
    predicate: str  # the property's local name
    subject_classes: tuple[str, ...] = ()  # narrower than the property's domain; () asks no more than that
    object_classes: tuple[str, ...] = ()
    stance: Stance | None = None  # what the frame itself turns a stated into (provides for → proposed)
    body: Mapping[str, object] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    counter: tuple[Example, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def rule(self) -> str:
        """name@version, as it stands on a claim."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Hit:
    """A frame found in a sentence. `token` is the predicate's word in the parse, -1 where there is none.

    `clause` bounds what was read to find it; `predicate` the words that carry it.
    """

    frame: Frame
    subject: Mention
    object: Mention | Value
    predicate: Span
    clause: Span
    token: int = -1
    qualifiers: tuple[tuple[str, Qualifier], ...] = ()
    how: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How sure the source is of a hit, and whose words it is in.

    `drop` says why the words make no claim at all: "condition", "question", "hypothesis", "dropped plan",
    "considered"; "" where they do. `voice` is who is quoted; None: the document itself.
    """

    stance: Stance = Stance.stated
    negated: bool = False
    hedged: bool = False
    cue: str = ""
    voice: Mention | None = None
    drop: str = ""
    how: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A claim that was proposed, with what was filled in to make it and the sentence it stands in.

    `marks` says where in the untouched text "subject", "predicate" and "object" stand, for whoever shows it.
    """

    claim: Claim
    document: str
    how: tuple[str, ...] = ()
    context: tuple[Passage, ...] = ()
    marks: tuple[tuple[str, Passage], ...] = ()

    @property
    def rule(self) -> str:
        """name@version."""
        return self.claim.method


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def inside(span: Span, spans: Iterable[Span]) -> bool:
    """Whether the span lies within one of the others."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)
