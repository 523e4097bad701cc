"""Who fills the roles of a frame in an event: names that fit, by particle, relative clause, chain, topic.

In: an Event, a Rule, the entities' classes. Out: Hits. A role that someone else fills stays closed: no name from
elsewhere is put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import Qualifier, Words
from ..flow import Hit, Mention
from .chunks import Chunk
from .clauses import aside_from, provided_for, sender, visited
from .filling import NOTHING, Filling, Fitter
from .keys import Rule
from .open_roles import jointly, open_object, open_subject
from .roles import Event, when
from .shared import object_before, object_of_chain, object_of_clause, system_of_chain, topic_object
from .words import FURTHER, JOINT, PROPOSES, TITLE

_PAST = re.compile(r"(?:た|だった|でした)(?:$|[^いくがりめ])")
_PLACES = ("Facility", "Organization", "Project", "Trial", "Programme", "Event", "Document", "Instrument")
_POSTS = frozenset("holdsPostIn formerlyHeldPostIn memberOf partOf".split())  # the topic may be another body
_TITLE = re.compile(TITLE)


class Filler(Fitter):
    """Fills the roles of one sentence's events."""

    # --- hits

    def hits(self, event: Event, rule: Rule) -> Iterator[Hit]:
        """The hits of a rule in an event."""
        if not self.allowed(event, rule):
            return
        told = self.object(event, rule)
        subject = self.subject(event, rule, told)
        if event.kind == "noun" and not told.names and subject.names:
            told = self.of(event, rule, "object", subject)
        if event.kind == "noun" and told.names and not subject.names:
            subject = self.of(event, rule, "subject", told)
        if not subject.names and len(told.names) > 1 and self.chunks[told.chunk].role in ("と", "間"):
            subject, told = Filling(told.names[:1]), Filling(told.names[1:])  # AとBとの共有
            subject = Filling(self.fitting(subject.names, rule, "subject"))
        if subject.names and not told.names and not rule.mutual:
            told = open_object(self, event, rule, subject)
        if told.names and not subject.names:
            subject = open_subject(self, event, rule, told)
        if subject.names and not rule.mutual:
            subject = Filling((*subject.names, *jointly(self, event, rule)), subject.chunk, subject.how)
        if rule.mutual and not told.names:
            yield from self.mutual(event, rule, subject)
            return
        for one in subject.names:
            for other in told.names:
                if one is not other and one.ids != other.ids:
                    how = tuple(h for h in (subject.how, told.how) if h)
                    if hit := self.hit(event, rule, one, other, how):
                        yield hit

    def mutual(self, event: Event, rule: Rule, subject: Filling) -> Iterator[Hit]:
        """AとBが協定を結ぶ, AとBの間で: the first with each of the others."""
        names = subject.names
        for i in event.own("間", "の", "と"):
            group = self.fitting(self.reader.names(i), rule, "object")
            if len(group) > 1 and not names:
                names = group
        for other in names[1:]:
            if hit := self.hit(event, rule, names[0], other, ()):
                yield hit

    def allowed(self, event: Event, rule: Rule) -> bool:
        """Whether voice, tense and the verbs above are as the rule wants them."""
        main = self.chunks[event.main]
        if rule.voice == ("active" if event.passive else "passive"):
            return False
        if rule.tense:
            ending = self.final(main)
            past = bool(_PAST.search(ending)) or ending.rstrip("。、").endswith("た")
            if past != (rule.tense == "past"):
                return False
        own = "を" in rule.subject
        if rule.frame.predicate not in JOINT and self.proposed(event, own):
            return False
        if provided_for(self, main):
            return False
        if rule.governor:
            at, seen = main, set[int]()
            while at.parent >= 0 and at.i not in seen:
                seen.add(at.i)
                at = self.chunks[at.parent]
                if any(rule.governor.fullmatch(word) for word in at.words):
                    return True
            return False
        return True

    def final(self, main: Chunk) -> str:
        """The ending that carries the tense: of 務め、退いた that of 退いた."""
        seen = {main.i}
        while (
            main.parent >= 0 and self.reader.linked(main) and not main.ending.rstrip("、，").endswith(("いる", "ます"))
        ):
            above = self.chunks[main.parent]
            if not above.verbal or above.i in seen:
                break
            seen.add(above.i)
            main = above
        return main.ending

    def proposed(self, event: Event, own: bool) -> bool:
        """Whether someone only proposes that it be done; `own`: what stands with を is who or what would do it."""
        main = self.chunks[event.main]
        if event.carried and PROPOSES & set(main.words):
            return True
        if event.kind == "verb":  # つくり、開放しようと|提案
            main = next((v for v in reversed(self.reader.chain(main)) if v.parent > v.i), main)
        if main.parent < 0 or (event.kind == "noun" and not event.carried):
            return False
        above = self.chunks[main.parent]
        if not above.verbal and above.head.text in ("こと", "の", "よう", "もの") and above.parent >= 0:
            above = self.chunks[above.parent]
        return (
            above is not main
            and bool(PROPOSES & set(above.words))
            and not event.own("が", "により", *(("を",) if own else ()))
        )

    def hit(self, event: Event, rule: Rule, subject: Mention, told: Mention, how: tuple[str, ...]) -> Hit | None:
        """A hit, unless the words of its clause rule it out."""
        first, main, word = self.chunks[event.first], self.chunks[event.main], self.chunks[event.chunk]
        begins = first.before.end if first.before else first.start
        predicate = (min(begins, main.start), max(main.last, word.last if event.kind == "noun" else 0))
        if event.kind == "noun" and not event.carried:
            predicate = (begins, word.end)
        spans = [predicate, *((m.start, m.end) for m in (subject, told) if m.end > m.start)]
        clause = (min(s for s, _ in spans), max(e for _, e in spans))
        begin = min([clause[0], *(self.chunks[i].start for _, i in event.args)])
        end = clause[1]
        if main.parent == main.i + 1 and self.sentence.plain_form(main):
            end = max(end, self.chunks[main.parent].end)  # with the noun of its relative clause
        text = self.sentence.text[begin:end]
        if (rule.without and rule.without.search(text)) or (rule.needs and not rule.needs.search(text)):
            return None
        return Hit(
            rule.frame, subject, told, predicate, clause, token=word.head.i, qualifiers=self.post(event, rule), how=how
        )

    def post(self, event: Event, rule: Rule) -> tuple[tuple[str, Qualifier], ...]:
        """The post, where the frame is about posts."""
        if rule.frame.predicate not in ("holdsPostIn", "formerlyHeldPostIn"):
            return ()
        for i in (event.chunk, *(i for _, i in event.args)):
            chunk = self.chunks[i]
            text = self.sentence.text[chunk.before.end if chunk.before else chunk.start : chunk.end]
            if found := _TITLE.fullmatch(text.lstrip("」』")):
                return (("role", Words(ja=found[0])),)
        return ()

    # --- roles

    def object(self, event: Event, rule: Rule) -> Filling:
        """Who or what the event is done to."""
        if event.kind == "being":
            word = self.chunks[event.chunk]
            if word.before:
                return Filling(self.fitting([word.before], rule, "object"), event.chunk)
            told = self.first(event.own("の"), rule, "object")
            of_topic = rule.zero and rule.frame.predicate not in _POSTS and word.role == "は" and not event.own("の")
            if not told.names and of_topic:  # 事務局はAが務める
                near = {m.ids: m for m in self.nearby if self.fits(m, rule, "object")}
                return Filling(
                    self.fitting(self.topics[:1], rule, "object") or (tuple(near.values()) if len(near) == 1 else ())
                )
            return told
        if event.kind == "doing" and rule.doing == "object":
            return Filling(self.fitting(self.sentence.group(event.chunk), rule, "object"), event.chunk)
        found = self.slot(event, rule, "object", NOTHING)
        if not found.names and rule.inner:
            found = object_of_clause(self, event, rule)
        if not found.names and rule.object == ("を",):
            found = object_of_chain(self, event, rule, found)
        if not found.names:
            found = object_before(self, event, rule)
        if not found.names and self.aside and event.kind == "verb" and not event.passive and not event.own("を"):
            found = Filling(self.fitting(self.topics, rule, "object"))  # A（Bが通知）
        return found

    def subject(self, event: Event, rule: Rule, told: Filling) -> Filling:
        """Who does it."""
        if event.kind == "being":
            return self.first(event.own("が", "は", "も"), rule, "subject")
        if event.kind == "doing" and rule.doing == "subject":
            return Filling(self.fitting(self.sentence.group(event.chunk), rule, "subject"), event.chunk)
        return self.slot(event, rule, "subject", told)

    def slot(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """Who fills a role. が is the doer and を what it is done to, in the passive too; the rest are particles."""
        letters = rule.subject if role == "subject" else rule.object
        particles = [letter for letter in letters if letter not in ("が", "を")]
        own = [i for i in event.own(*particles) if i != other.chunk]
        if (found := self.first(own, rule, role)).names:
            more = self.names(found.chunk + 2, rule, role) if found.chunk + 2 in own else ()
            if more and self.chunks[found.chunk + 1].head.text in FURTHER:  # Aの間で、さらにはBで
                return Filling((*found.names, *more), found.chunk)
            return found
        fill = {"が": self.doer, "を": self.undergoer}
        for letter in ("を", "が") if role == "object" else ("が", "を"):
            if letter in letters and (found := fill[letter](event, rule, role, other)).names:
                return found
            if letter == "を" and "を" in letters and role == "object" and event.kind == "verb" and event.own("を"):
                break
        if event.kind != "verb" or not particles or own:
            return NOTHING
        if role == "object" and event.passive and (found := self.grammatical(event, rule, role, other)).names:
            return found
        gap = self.reader.gap(self.chunks[event.main])
        if gap and gap != other.chunk and event.own("が", "も") and (names := self.names(gap, rule, role)):
            return Filling(names, gap)
        return NOTHING

    def undergoer(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """What it is done to: Aを; in the passive Aが."""
        if event.kind == "noun":
            return self.of(event, rule, role, other)
        if own := [i for i in event.own("を") if i != other.chunk]:
            return self.first(own, rule, role)
        chunk = self.chunks[event.main]
        if not event.passive and chunk.before and (names := self.fitting([chunk.before], rule, role)):
            return Filling(names, event.chunk)
        return self.grammatical(event, rule, role, other) if event.passive else self.moved(event, rule, role, other)

    def moved(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """The undergoer where it stands as topic, or as the noun of the relative clause."""
        against = "object" if role == "subject" else "subject"
        doers = event.own("が")
        for i in event.own("は", "も"):
            names = self.names(i, rule, role)
            if names and i != other.chunk and (doers or not self.names(i, rule, against)):
                return Filling(names, i)
        gap = self.reader.gap(self.chunks[event.main])
        if gap is None and doers and role == "object":
            return topic_object(self, event, rule, doers[0])
        if gap is None or gap == other.chunk:
            return NOTHING
        names = self.names(gap, rule, role)
        if not names:
            return NOTHING
        if (
            doers
            or event.own("は", "も")
            or not self.names(gap, rule, against)
            or self.done_by_another(event, rule, gap)
        ):
            return Filling(names, gap)
        return NOTHING

    def done_by_another(self, event: Event, rule: Rule, gap: int) -> bool:
        """Whether a verb without を before a noun that could be either has its doer further up: Aは…改正した|Bで."""
        doers = (found.chunk for found in self.reader.subjects(event) if found.chunk not in (gap, -1))
        return any(self.names(i, rule, "subject") for i in doers)

    def grammatical(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """The grammatical subject of a passive."""
        for found in self.reader.subjects(event):
            if found.way in ("place", "asked", "zero") or found.chunk == other.chunk:
                continue
            if names := self.names(found.chunk, rule, role):
                return Filling(names, found.chunk)
            if found.way == "own":
                break
        return NOTHING

    def of(self, event: Event, rule: Rule, role: str, other: Filling = NOTHING) -> Filling:
        """What の, or standing right before a noun of action, means: its object or who does it."""
        word = self.chunks[event.chunk]
        if word.before and rule.compound == role:
            names = self.fitting([*self.sentence.group_before(word), word.before], rule, role)
            if names:
                return Filling(names, event.chunk)
        against = "object" if role == "subject" else "subject"
        for i in event.own("の"):
            if i == other.chunk:
                continue
            names = self.names(i, rule, role)
            if not names or rule.of == against or rule.of == "none":
                continue
            if (
                rule.of == role
                or other.names
                or not self.names(i, rule, against)
                or (event.carried and role == "object")
            ):
                return Filling(names, i)
            if role == "object" and event.own("により", "が"):
                return Filling(names, i)
        return NOTHING

    def first(self, chunks: Iterable[int], rule: Rule, role: str) -> Filling:
        """The first of the phrases that gives fitting names."""
        for i in chunks:
            if names := self.names(i, rule, role):
                return Filling(names, i)
        return NOTHING

    # --- the doer

    def doer(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """Who does it."""
        if (found := self.first(event.own("により"), rule, role)).names:
            return found
        if event.passive:
            found = self.agent(event, rule, role, other)
            if not found.names and rule.host:
                return visited(self, rule, role, other)
            if not found.names and self.held(rule):
                return self.zero(event, rule, role, {other.chunk})
            return found
        if event.kind == "noun" and not event.carried:
            return NOTHING
        return self.active(event, rule, role, other)

    def held(self, rule: Rule) -> bool:
        """Whether it is a thing that does what is said, so that the topic may do it in the passive too."""
        domain = self.vocabulary.properties[rule.frame.predicate].domain
        return domain == ("System",) or rule.frame.predicate == "contains"

    def agent(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """Who does what is said in the passive: Aに, Aから, at A."""
        for i in event.own(*rule.by):
            if i == other.chunk or self.chunks[i].topic:
                continue
            names = self.names(i, rule, role)
            if names and all(self.vocabulary.fits(c, ("Actor",)) for m in names for c in self.classes(m)):
                return Filling(names, i)
        if event.kind == "verb" and (names := sender(self, event, rule, role)):
            return Filling(names)
        for found in self.reader.subjects(event):
            if found.way == "place" and (names := self.placed(found.chunk, rule, role)):
                return Filling(names, found.chunk)
        for i in event.own("で"):
            if names := self.placed(i, rule, role):
                return Filling(names, i)
        return NOTHING

    def placed(self, i: int, rule: Rule, role: str) -> tuple[Mention, ...]:
        """A店では: a place or body that is spoken of as the one who acts."""
        if not rule.place or not self.chunks[i].topic:
            return ()
        names = self.names(i, rule, role)
        return tuple(m for m in names if all(self.vocabulary.fits(c, _PLACES) for c in self.classes(m)))

    def active(self, event: Event, rule: Rule, role: str, other: Filling) -> Filling:
        """Who does what is said in the active."""
        used, others = {other.chunk}, False
        for found in self.reader.subjects(event):
            others = others or found.chunk not in used
            if found.way == "zero":
                return self.zero(event, rule, role, used)
            if found.chunk in used:
                continue
            if found.way == "place":
                names = self.placed(found.chunk, rule, role)
                shop = all(self.vocabulary.fits(cls, ("Facility",)) for m in names for cls in self.classes(m))
                run = system_of_chain(self, event, rule, found.chunk) if role == "subject" and shop else NOTHING
                if run.names:  # A店ではBを使い、…: it is B that films and collects
                    return run
                if names:
                    return Filling(names, found.chunk)
                continue
            if names := self.names(found.chunk, rule, role):
                return Filling(names, found.chunk)
            if not when(self.chunks[found.chunk]):
                return system_of_chain(self, event, rule, found.chunk) if role == "subject" else NOTHING
        spoken_of = role == "subject" and not others and other.chunk >= 0 and not self.chunks[other.chunk].named
        if spoken_of:  # Aとの連携は必須だ: what is spoken of is not who needs it
            return self.zero(event, rule, role, used)
        return NOTHING

    def zero(self, event: Event, rule: Rule, role: str, used: set[int]) -> Filling:
        """The topic of the sentences before, where this one names nobody who could do it."""
        if not rule.zero or not self.topics:
            return NOTHING
        used = used | {event.first, event.chunk, event.main}
        but = event.main if re.search("(?:が|けれど|けれども|けど)[、，]$", self.chunks[event.main].ending) else None
        for chunk in self.chunks[:but]:
            if chunk.i not in used and not chunk.verbal and chunk.role in ("は", "が", "も") and not when(chunk):
                if chunk.role == "が" and aside_from(self, chunk):
                    continue
                return NOTHING
        topic = self.topics[0]
        if not self.fits(topic, rule, role):
            return NOTHING
        return Filling((topic,), -1, "" if topic.how else "subject taken from the sentence before")
