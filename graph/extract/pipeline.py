"""The extraction of one document, stage after stage.

In: a Document, a Project, the frames. Out: Candidates in text order, and what was left out with its reason counted.
Nothing is written and nothing is fetched. Without GiNZA a Japanese document still yields its names and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Problem
from ..model import Entity, Passage, Project, Source, When
from ..terms import vocabulary
from . import parse
from .dates import document_date, find_dates
from .flow import Candidate, Dated, Document, Frame, Hit, Mention, Parsed, Sentence, Span, Verdict
from .frames import own_files, read_frames
from .japanese.dated import Clauses
from .link import Found, Linker, nearest_dates
from .naming.compounds import Compounds
from .naming.coreference import Coreference
from .naming.descriptive import opened
from .naming.issuer import Issuer, imprint, issuer, titled
from .naming.names import Names
from .notices import notices
from .reading.text import asides

if TYPE_CHECKING:
    from .english.matcher import EnglishMatcher
    from .japanese.matcher import JapaneseMatcher


@dataclass
class Extracted:
    """What one document gave."""

    candidates: list[Candidate] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)  # condition, question, … and "no parser"
    sentences: int = 0
    mentions: int = 0


@dataclass(frozen=True)
class _Ready:
    """A sentence with everything that was found in it before it is parsed."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    dates: tuple[Dated, ...]
    topics: tuple[Mention, ...]
    whole: Sentence | None = None  # with its asides, where it has some
    all: tuple[Mention, ...] = ()  # the mentions of the whole
    aside: bool = False  # whether it stood in brackets behind what it is about
    nearby: tuple[Mention, ...] = ()  # who the sentence before names
    speakers: tuple[Mention, ...] = ()  # the document, and who issued it


# What an issuer says in a sentence that names nobody: 中止を求める。 これを許してはなりません。
_SPEAKS = re.compile(
    "(?:求め(?:る|ます)|要求(?:する|します)|抗議(?:する|します)|要請(?:する|します)|反対(?:する|します|である|です)"
    "|申し入れ(?:る|ます)|支持(?:する|します)|賛同(?:する|します)|訴え(?:る|ます)"
    "|許(?:しては(?:ならない|なりません|いけない|いけません)|せない|せません|さない|しません))[。!!]?$"
)


# How an opinion ends that is quoted below its title.
_OPINES = re.compile(
    "(?:考え(?:る|ます|ている)|感じ(?:る|ます|ている)|思(?:う|います)|した?い(?:と考え(?:る|ます)|と思(?:う|います))?"
    "|べき(?:だ|である|です)|望(?:む|みます)|求め(?:る|ます)|提[案言](?:する|します)|望まし(?:い|いです))[。」』]*$"
)


class Extractor:
    """Extracts from any number of documents; reading the frames and names once is the costly part."""

    def __init__(self, project: Project, files: Iterable[Path] | None = None) -> None:
        self.project = project
        self.vocabulary = vocabulary()
        self.problems: list[Problem] = []
        self.files = [*own_files(), *rule_files(project)] if files is None else list(files)

    @cached_property
    def frames(self) -> list[Frame]:
        """The frames of both languages. Problems of their files are added to `problems`."""
        from .english.matcher import body_keys as english
        from .japanese.matcher import body_keys as japanese

        return read_frames(self.files, self.problems, {"ja": japanese, "en": english})

    @cached_property
    def names(self) -> Names:
        """All written forms of the project's entities."""
        return Names(self.project.entities)

    def entity(self, id: str) -> Entity:
        """The entity of an id. Raises KeyError where there is none."""
        return self.by_id[id]

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        """The entities by their ids."""
        return {entity.id: entity for entity in self.project.entities}

    @cached_property
    def _japanese(self) -> JapaneseMatcher:
        from .japanese.matcher import JapaneseMatcher

        return JapaneseMatcher([f for f in self.frames if f.lang == "ja"], self.vocabulary)

    @cached_property
    def _english(self) -> EnglishMatcher:
        from .english.matcher import EnglishMatcher

        return EnglishMatcher([f for f in self.frames if f.lang == "en"], self.vocabulary)

    @cached_property
    def compounds(self) -> Compounds:
        """What names say by themselves."""
        return Compounds(self.project.entities, self.vocabulary)

    def extract(self, document: Document, source: Source | None = None) -> Extracted:
        """The candidates of one document. `source`, where it is known, gives the date and whose words it holds."""
        date = (source.date if source else None) or document.date or document_date(document)
        told = Extracted(sentences=len(document.sentences))
        issued = issuer(document, self.names, self.by_id)
        ready = list(self.prepare(document, date, source, issued))
        told.mentions = sum(len(one.mentions) for one in ready)
        linker = Linker(self.project, self.vocabulary, source.id if source else document.name, document.text)
        parsed = self.parsed(ready, told)
        for line, hit in imprint(document, issued, self.names, self.by_id):
            dates = tuple(Dated(0, 0, date, date) for _ in range(1) if date)
            told.candidates += linker.candidates(Found(hit, Verdict(), line, dates), ())
        lines = [(one.whole or one.sentence, one.all if one.whole else one.mentions) for one in ready if not one.aside]
        for (sentence, around), hit in notices(lines, self.by_id, self.vocabulary, document.text):
            told.candidates += linker.candidates(Found(hit, Verdict(), sentence), around)
        seen: set[tuple[str, str, str]] = set()
        for one, tree in zip(ready, parsed, strict=True):
            for hit in self.compounds.find(one.sentence, one.mentions, seen):
                told.candidates += linker.candidates(Found(hit, Verdict(), one.sentence), one.mentions)
            for found, around in self.found(one, tree, told):
                told.candidates += linker.candidates(found, around)
        told.candidates.sort(key=lambda c: (c.claim.passages[-1].start, c.claim.predicate))
        return told

    def prepare(
        self, document: Document, date: When | None, source: Source | None, issued: Issuer | None = None
    ) -> Iterator[_Ready]:
        """The sentences with names, coreference and dates; asides are sentences of their own."""
        own = source.document if source and source.document in self.by_id else ""
        speaker = issued.id if issued else own
        speakers = tuple(self.told_of(id, ()) for id in (own, issued.id if issued else "") if id)
        told = source.document if source and source.document in self.by_id else ""
        own = told or titled(document, self.names, self.by_id)
        coreference = Coreference(self.names, self.project.entities, issued.id if issued else "", own)
        before: list[Dated] = []
        block = -1
        headed: Mention | None = None  # the document that the heading of a block names
        for sentence in document.sentences:
            if sentence.block != block:
                block, before, headed = sentence.block, [], None
            mentions = coreference.see(sentence, self.names.find(sentence), document.text)
            topics = coreference.topics()
            if speaker and _SPEAKS.search(sentence.text):
                topics = (self.told_of(speaker, ()),)
            elif headed and not topics and _OPINES.search(sentence.text):
                topics = (headed,)
            headed = self.headed(sentence, mentions, document.text) or headed
            dates = find_dates(sentence.text, sentence.lang, date, tuple(before))
            before += dates
            main, apart, back = asides(sentence, [(m.start, m.end) for m in mentions])
            carried = _carried(mentions, back)
            whole = sentence if apart else None
            dated = _carried_dates(dates, back)
            nearby = coreference.nearby()
            yield _Ready(main, carried, dated, topics, whole, mentions, nearby=nearby, speakers=speakers)
            for place, aside in apart:
                inner = self.names.find(aside)
                about = next((m for m in carried if place - 1 <= m.end <= place and len(m.ids) == 1), None)
                where = main.clean.passages(about.start, about.end, document.text) if about else ()
                topic = (self.told_of(about.ids[0], where),) if about else ()
                inside = find_dates(aside.text, aside.lang, date, tuple(before))
                yield _Ready(aside, inner, inside, topic, aside=bool(topic), speakers=speakers)

    def headed(self, sentence: Sentence, mentions: Sequence[Mention], text: str) -> Mention | None:
        """The document whose name a heading is, and which is quoted below it."""
        if len(mentions) != 1 or len(mentions[0].ids) != 1:
            return None
        named = mentions[0]
        rest = sentence.text[: named.start] + sentence.text[named.end :]
        if re.search(r"\w", rest) or not self.vocabulary.fits(self.by_id[named.ids[0]].cls, ("Document", "Instrument")):
            return None
        return self.told_of(named.ids[0], sentence.clean.passages(named.start, named.end, text))

    def told_of(self, id: str, where: tuple[Passage, ...]) -> Mention:
        """Who a sentence is about that does not say so."""
        return Mention(0, 0, (id,), how=(f"∅ → {self.by_id[id].name.best('ja')}",), antecedent=where)

    def parsed(self, ready: Sequence[_Ready], told: Extracted) -> list[Parsed | None]:
        """The trees of the Japanese sentences in which something can be found."""
        wanted = [i for i, one in enumerate(ready) if one.sentence.lang == "ja" and self.worth(one)]
        trees: list[Parsed | None] = [None] * len(ready)
        if not wanted:
            return trees
        if not parse.available():
            told.left_out["no parser"] += len(wanted)
            return trees
        for i, tree in zip(wanted, parse.parse([ready[i].sentence.text for i in wanted]), strict=True):
            trees[i] = tree
        return trees

    def worth(self, one: _Ready) -> bool:
        """Whether a sentence can hold a claim: two mentions, or one and somebody to speak of."""
        if len(one.mentions) != 1:
            return bool(one.mentions)
        if one.topics or one.mentions[0].all_of or one.dates:
            return True
        return bool(one.speakers) and one.sentence.lang == "ja" and self._japanese.says(one.sentence.text)

    def found(self, one: _Ready, tree: Parsed | None, told: Extracted) -> Iterator[tuple[Found, Sequence[Mention]]]:
        """The hits of a sentence, each with its verdict and dates."""
        if not self.worth(one):
            return
        sentence = one.sentence
        hits: list[Hit]
        if sentence.lang == "en":
            hits = self._english.find(sentence.text, one.mentions, one.topics, self.entity)
        elif tree is not None:
            hits = self._japanese.find(
                tree, one.mentions, one.topics, self.entity, one.nearby, aside=one.aside, speakers=one.speakers
            )
            for way in opened(tree, one.mentions, self.names, self.entity, self.vocabulary):
                hits += filter(way.tells, self._japanese.find(tree, way.mentions, (), self.entity))
        else:
            return
        yield from self.rows(one)
        predicates = sorted({hit.predicate for hit in hits})
        seen = set()
        for hit in hits:
            verdict = self.judge(sentence, tree, hit, one.mentions)
            if verdict.drop == "condition" and hit.frame.body.get("case") == "true":
                verdict = replace(verdict, drop="")  # what is done whenever something happens is done
            if verdict.drop:
                told.left_out[verdict.drop] += 1
                continue
            object = (hit.object.ids, hit.object.start) if isinstance(hit.object, Mention) else hit.object
            key = hit.frame.predicate, hit.subject.ids, hit.subject.start, object, verdict.stance, verdict.negated
            if key in seen:  # by another frame, or by the verb and its noun of action
                continue
            seen.add(key)
            dates = nearest_dates(one.dates, hit, predicates, sentence.text, Clauses(tree) if tree else None)
            yield Found(hit, verdict, sentence, dates), one.mentions

    def rows(self, one: _Ready) -> Iterator[tuple[Found, Sequence[Mention]]]:
        """What names say by standing in each other's brackets: 報告書（…の会）."""
        if one.whole is None or one.whole.lang != "ja":
            return
        for hit in self._japanese.rows(one.whole.text, one.all, self.entity):
            yield Found(hit, Verdict(), one.whole), one.all

    def judge(self, sentence: Sentence, tree: Parsed | None, hit: Hit, mentions: Sequence[Mention]) -> Verdict:
        """How sure the source is of a hit, and whose words it is in."""
        if tree is None:
            from .english.stance import judge_en

            return judge_en(sentence.text, hit, mentions)
        from .japanese.stance import judge_ja

        return judge_ja(tree, hit, mentions)


def rule_files(project: Project) -> list[Path]:
    """The frames that a project adds in its rules/."""
    return sorted(Path(project.folder, "rules").glob("*.yaml")) if project.folder else []


def _carried(mentions: Iterable[Mention], back: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions of a sentence in what is left of it without its asides."""
    spans = [(m, _carried_span((m.start, m.end), back)) for m in mentions]
    return tuple(replace(m, start=span[0], end=span[1]) for m, span in spans if span)


def _carried_dates(dates: Iterable[Dated], back: Sequence[int]) -> tuple[Dated, ...]:
    """The dates in what is left of a sentence; one that stood in an aside dates what comes right before it."""
    found = []
    for date in dates:
        span = _carried_span((date.start, date.end), back)
        if span is None:
            at = sum(1 for i in back if i < date.start)
            span = (at, at)
        found.append(replace(date, start=span[0], end=span[1]))
    return tuple(found)


def _carried_span(span: Span, back: Sequence[int]) -> Span | None:
    inside = [i for i, old in enumerate(back) if span[0] <= old < span[1]]
    return (inside[0], inside[-1] + 1) if inside else None
