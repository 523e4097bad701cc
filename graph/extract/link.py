"""From hits to candidates: which entities are meant, whether they fit, when it held, where it stands.

In: the hits of a sentence with their verdicts, its dates, the project's entities. Out: Candidates. Subject and
object must be mentioned; their classes must fit the property and the frame; of several entities that share a form
one is chosen only where the context tells which. Whatever stays in doubt makes no candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from ..model import Claim, Entity, Passage, Project, Review, Stance, Value, When, claim_id
from ..records import LONGEST_CUE
from ..terms import Property, Vocabulary
from .english.dated import belongs, is_act, together
from .flow import Candidate, Dated, Frame, Hit, Mention, Sentence, Span, Verdict
from .japanese.dated import Clauses
from .wording import gist

# What is done at one time and is then done; the others begin at a time and go on.
EVENTS = frozenset(
    """
    amends issues proposes publishes requests criticizes opposes advises informs investigates consultedBy upholds
    strikesDown speaksAt organizes participatesIn conducts interprets ledTo isTrialOf authorOf challenges
    """.split()
)
# What goes on, or is done once: 撮影している, 撮影した.
ACTS = frozenset("records collects providesDataTo sharesDataWith uses matchesAgainst funds supports alliedWith".split())
_OVER = frozenset("amends issues publishes requests authorOf upholds strikesDown proposes".split())
_ONCE = re.compile("(?:た|だ|ました|でした)$|(?<!been )(?:ed|gave|sent|took|made|paid|sold)(?: (?:for|on|over))?$")
_SIGNED = re.compile(r"\b(?:sign|enter|conclud|reach|made|struck|sealed|renew)|締結|結|交わ|交換|調印")
_BEGINS = re.compile("始め|始ま|開始|スタート|て(?:い|お|き)|続け|[Bb]egan|[Bb]egun|start|has been|have been|continu")


@dataclass(frozen=True)
class Found:
    """A hit, how sure the source is of it, and the sentence and dates it was found with."""

    hit: Hit
    verdict: Verdict
    sentence: Sentence
    dates: tuple[Dated, ...] = ()


class Linker:
    """Makes candidates of one document's hits."""

    def __init__(self, project: Project, vocabulary: Vocabulary, source: str, untouched: str) -> None:
        self.project, self.vocabulary, self.source, self.untouched = project, vocabulary, source, untouched
        self.forms = {entity.id: _forms(entity) for entity in project.entities}
        self.seen: set[tuple[object, ...]] = set()

    def candidates(self, found: Found, around: Sequence[Mention]) -> Iterator[Candidate]:
        """The candidates of one hit; `around` are the mentions of its sentence, which help to tell who is meant."""
        hit, verdict = found.hit, found.verdict
        if verdict.drop:
            return
        property = self.vocabulary.properties[hit.frame.predicate]
        subjects = self.meant(hit.subject, _wanted(property.domain, hit.frame.subject_classes))
        if isinstance(hit.object, Mention):
            objects: list[str | Value] = [*self.meant(hit.object, _wanted(property.range, hit.frame.object_classes))]
            subjects, objects = self.settle(subjects, objects, hit.subject, hit.object, around)
        else:
            objects = [hit.object]
        if (len(subjects) > 1 and not hit.subject.all_of) or not subjects or not objects:
            return
        if len(objects) > 1 and isinstance(hit.object, Mention) and not hit.object.all_of:
            return
        for subject, told in product(subjects, objects):
            if subject != told and (made := self.candidate(found, property, subject, told)):
                yield made

    def meant(self, mention: Mention, wanted: Sequence[tuple[str, ...]]) -> list[str]:
        """The entities that a mention may mean and that are of a class that fits."""
        found = []
        for id in mention.ids:
            entity = self.project.entity(id)
            if entity and all(self.vocabulary.fits(entity.cls, classes) for classes in wanted):
                found.append(id)
        return found

    def settle(
        self,
        subjects: list[str],
        objects: list[str | Value],
        subject: Mention,
        told: Mention,
        around: Sequence[Mention],
    ) -> tuple[list[str], list[str | Value]]:
        """Of entities that share a form, the one whose own name holds the name of the other, or of one nearby."""
        others = [id for mention in around if len(mention.ids) == 1 for id in mention.ids]
        if len(subjects) > 1 and not subject.all_of:
            near = [id for id in objects if isinstance(id, str)]
            subjects = self.akin(subjects, near if len(near) == 1 else [], others)
        if len(objects) > 1 and not told.all_of:
            choices = [id for id in objects if isinstance(id, str)]
            objects = [*self.akin(choices, subjects if len(subjects) == 1 else [], others)]
        return subjects, objects

    def akin(self, choices: list[str], near: Iterable[str], around: Iterable[str]) -> list[str]:
        """Those of the choices that carry the name of an entity in their own; the nearest entities first."""
        for company in (near, around):
            names = [form for id in company for form in self.forms.get(id, ())]
            found = [id for id in choices if any(n in form for form in self.forms[id] for n in names if n != form)]
            if len(found) == 1:
                return found
        return choices

    def candidate(self, found: Found, property: Property, subject: str, told: str | Value) -> Candidate | None:
        """One candidate, unless the same was made of the same words before."""
        hit, verdict = found.hit, found.verdict
        stance = verdict.stance
        if hit.frame.stance and stance is Stance.stated:
            stance = hit.frame.stance
        since, until = validity(hit, found.dates, stance, found.sentence.text[slice(*hit.predicate)])
        voice = self.meant(verdict.voice, ()) if verdict.voice else []
        passages = self.passages(found)
        if not passages:
            return None
        claim = Claim(
            subject=subject,
            predicate=property.name,
            object=told,
            source=self.source,
            stance=stance,
            passages=passages,
            negated=verdict.negated,
            hedged=verdict.hedged,
            voiced_by=voice[0] if len(voice) == 1 else "",
            valid_from=since,
            valid_to=until,
            qualifiers=tuple(sorted(hit.qualifiers)),
            quote="".join(self.untouched[p.start : p.end] for p in passages),
            cue=verdict.cue[:LONGEST_CUE],
            method=hit.frame.rule,
            review=Review.candidate,
        )
        key = (subject, property.name, told, claim.negated, stance, passages)
        if key in self.seen:
            return None
        self.seen.add(key)
        claim = replace(claim, handle=f"X-{claim_id(claim, self.project.base)[:8]}")
        claim = replace(claim, gist=gist(claim, self.project, self.vocabulary))
        dated = tuple(way for date in found.dates for way in date.how) if since or until else ()
        how = (*hit.subject.how, *(hit.object.how if isinstance(hit.object, Mention) else ()), *hit.how)
        told_how = tuple(dict.fromkeys((*how, *verdict.how, *dated, *found.sentence.joins)))
        length = len(found.sentence.text)
        context = found.sentence.clean.passages(0, length, self.untouched)
        return Candidate(claim, self.source, told_how, context, self.marks(found))

    def marks(self, found: Found) -> tuple[tuple[str, Passage], ...]:
        """Where subject, predicate and object stand in the sentence, as they are written there."""
        hit = found.hit
        spans = [("subject", (hit.subject.start, hit.subject.end)), ("predicate", hit.predicate)]
        if isinstance(hit.object, Mention):
            spans.append(("object", (hit.object.start, hit.object.end)))
        clean = found.sentence.clean
        return tuple((role, p) for role, (start, end) in spans for p in clean.passages(start, end, self.untouched))

    def passages(self, found: Found) -> tuple[Passage, ...]:
        """The evidence: the clause with both arguments, and where the names of what was filled in stand."""
        hit = found.hit
        spans = [hit.clause, hit.predicate]
        filled: list[Passage] = []
        for mention in (hit.subject, hit.object):
            if isinstance(mention, Mention):
                filled += mention.antecedent
                if mention.end > mention.start:
                    spans.append((mention.start, mention.end))
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        own = found.sentence.clean.passages(start, end, self.untouched)
        before = [p for p in dict.fromkeys(filled) if not any(p.start < o.end and o.start < p.end for o in own)]
        return (*before, *own)


def validity(hit: Hit, dates: Sequence[Dated], stance: Stance, words: str) -> tuple[When | None, When | None]:
    """Since and until when, from the dates that stand with the clause; `words` are those of its predicate.

    What is done at one time is over then; a tie that begins at a time is not known to end.
    """
    if not dates or stance in (Stance.proposed, Stance.demanded):
        return None, None
    since = next((d.since for d in dates if d.about in ("from", "span") and d.since), None)
    until = next((d.until for d in dates if d.about in ("until", "span") and d.until), None)
    if since or until:
        return since, until
    at = next((d.since for d in dates if d.about == "at"), None)
    if at is None or hit.frame.predicate == "formerlyHeldPostIn":
        return None, None
    if hit.frame.rule.startswith("held-at-ja"):
        return at, at
    if hit.frame.predicate == "hasAgreementWith" and _SIGNED.search(words):
        return at, at
    once = hit.frame.predicate in EVENTS or (hit.frame.predicate in ACTS and _ONCE.search(words))
    begins = _BEGINS.search(words)
    if begins and hit.frame.lang == "ja" and hit.frame.predicate in _OVER and re.match("て(?:い|お)", begins[0]):
        begins = None  # 3月に通知を出している: it has been sent
    return (at, at) if once and not begins else (at, None)


_TOLD = re.compile(
    "[^、。]{0,8}?(?:こと)?(?:と|を|が)?[、]?(?:正式に|あらためて|新たに)?(?:発表|公表|明らか|判明|認め|述べ|説明|報じ|伝え|話し|語|答え|回答|分か|わか)"
)


_FOUND_OUT = re.compile("判明|分か|わか|明らか")


def nearest_dates(
    dates: Sequence[Dated], hit: Hit, rivals: Sequence[Span], text: str, clauses: Clauses | None = None
) -> tuple[Dated, ...]:
    """The dates that belong to a hit: inside its clause, or before its predicate with no other one between.

    The mere day on which something was announced is not when it happened. `clauses` are those of a Japanese sentence.
    """
    found = []
    told = _TOLD.match(text, hit.predicate[1])
    for date in dates:
        if told and re.fullmatch(r"\d{1,2}日|[^年月]*曜日|この日|同日", text[date.start : date.end]):
            continue
        if clauses and told and _FOUND_OUT.search(told[0]) and date.end <= hit.clause[0] and text[date.end] == "、":
            continue  # 3月、AがBに渡したことが判明した: the day of the news
        if hit.frame.lang == "en" and not belongs(text, hit, (date.start, date.end)):
            continue
        at = hit.predicate[0]
        if clauses and clauses.apart((date.start, date.end), clauses.place(hit)):
            continue
        if date.start >= hit.predicate[1]:
            if hit.frame.lang == "ja":
                continue
            between = [r for r in rivals if hit.predicate[1] <= r[0] < date.start]  # amended the rules in 2014
        else:
            between = [r for r in rivals if r != hit.predicate and date.end <= r[0] < at]
        if clauses:
            own = (date.start, date.end)
            between = [
                r for r in between if not clauses.aside(r, own, clauses.place(hit)) and not clauses.shares(r, own)
            ]
        if hit.frame.lang == "en":
            between = [r for r in between if together(text, (date.start, date.end), r) and is_act(text[slice(*r)])]
        if not between:
            found.append(date)
    return tuple(found)


def _wanted(property: tuple[str, ...], frame: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [classes for classes in (property, frame) if classes]


def _forms(entity: Entity) -> tuple[str, ...]:
    return tuple(form for form in (*entity.name.values(), *entity.also) if len(form) > 1)


__all__ = ["EVENTS", "Found", "Frame", "Linker", "nearest_dates", "validity"]
