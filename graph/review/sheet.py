"""What the reviewer sees of a candidate, as lines of styled pieces.

In: a queue, the project, the texts. Out: lines, in the reader's language; the screen only puts colours to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from ..errors import sentence
from ..extract.flow import Document
from ..model import CURATOR, Claim, Project, When, Words
from ..terms import Vocabulary
from .alike import MANY, Alike, Alikes
from .evidence import ROLES, Piece, apart, evidence
from .inert import inert
from .queue import Queue

Line = list[Piece]


class Sheet:
    """Tells one candidate after the other; nothing is worked out before it is asked for."""

    def __init__(
        self,
        queue: Queue,
        project: Project,
        vocabulary: Vocabulary,
        texts: Mapping[str, str],
        read: Callable[[str], Document | None],
        lang: str,
    ) -> None:
        self.queue, self.project, self.vocabulary, self.texts, self.lang = queue, project, vocabulary, texts, lang
        self.read = lru_cache(maxsize=8)(read)
        self.alikes = Alikes(project.claims, queue.candidates, vocabulary)
        self.labels = {role: self.sentence(f"review-mark-{role}") for role in ROLES}

    def sentence(self, code: str, **words: object) -> str:
        """A message in the reader's language."""
        return sentence(code, self.lang, **words)

    def lines(self, number: int) -> list[Line]:
        """Everything about one candidate, the evidence first."""
        candidate = self.queue.candidates[number]
        claim = candidate.claim
        text = self.texts.get(claim.source)
        lines: list[Line] = []
        if text is None:
            lines += [[(self.sentence("review-no-text"), "warn")], [(inert(claim.quote), "")]]
        else:
            before, marked, after = evidence(candidate, text, self.read(claim.source), self.project, self.labels)
            lines += [line for line in (before, marked, after) if line]
            if elsewhere := apart(candidate, text):
                lines.append([(f"{self.sentence('review-row-apart')} ", "label"), (elsewhere, "")])
        lines.append([])
        lines.append(self.relation(claim))
        lines.append(self.certainty(claim))
        lines += self.rows(number)
        backed = self.alikes.backed(candidate)
        if backed >= MANY:
            lines.append([(self.sentence("review-many", count=backed), "warn")])
        lines += self.others(number)
        return lines

    def relation(self, claim: Claim) -> Line:
        """Subject, property and object, by their names."""
        property = self.vocabulary.properties.get(claim.predicate)
        label = property.label.best(self.lang) if property else claim.predicate
        line: Line = [(f"{self.labels['subject']} ", "label"), (self.name(claim.subject), "subject")]
        line.append((f" {self.cls(claim.subject)} ", "dim"))
        if claim.negated:
            line.append((f" {self.sentence('review-not')} ", "warn"))
        id = "" if label == claim.predicate else f" {inert(claim.predicate)}"
        line += [("─ ", "dim"), (inert(label), "predicate"), (f"{id} → ", "dim")]
        line += [(f"{self.labels['object']} ", "label"), (self.told(claim.object), "object")]
        if isinstance(claim.object, str):
            line.append((f" {self.cls(claim.object)}", "dim"))
        return line

    def name(self, id: str) -> str:
        """An entity's or a source's name in the reader's language."""
        if id == CURATOR:
            return self.sentence("review-curator")
        entity = self.project.entity(id)
        source = self.project.source(id)
        words = entity.name if entity else source.title if source else Words()
        return inert(words.best(self.lang) or id)

    def cls(self, id: str) -> str:
        """An entity's class in brackets."""
        entity = self.project.entity(id)
        term = self.vocabulary.classes.get(entity.cls) if entity else None
        return f"({inert(term.label.best(self.lang))})" if term else ""

    def told(self, value: object) -> str:
        """An object: an entity's name, or the value itself."""
        if isinstance(value, str):
            return self.name(value)
        return inert(value.best(self.lang) if isinstance(value, Words) else str(value))

    def certainty(self, claim: Claim) -> Line:
        """Stance, negation, softening, voice, dates, cue."""
        term = self.vocabulary.values["stance"].get(str(claim.stance))
        line: Line = [(f"{self.sentence('review-row-stance')} ", "label")]
        line.append((inert(term.label.best(self.lang)) if term else str(claim.stance), "strong"))
        if claim.negated:
            line.append((f" · {self.sentence('review-negated')}", "warn"))
        if claim.hedged:
            line.append((f" · {self.sentence('review-hedged')}", "strong"))
        if claim.cue:
            line += [(f" · {self.sentence('review-row-cue')} ", "label"), (inert(claim.cue), "cue")]
        if claim.valid_from or claim.valid_to:
            line += [(f" · {self.sentence('review-row-date')} ", "label"), (span(claim.valid_from, claim.valid_to), "")]
        if claim.voiced_by:
            line += [(f" · {self.sentence('review-row-voice')} ", "label"), (self.name(claim.voiced_by), "")]
        return line

    def rows(self, number: int) -> list[Line]:
        """What was filled in, source, rule, gist, qualifiers, note: a line each."""
        candidate = self.queue.candidates[number]
        claim = candidate.claim
        rows: list[tuple[str, str]] = []
        if candidate.how:
            rows.append(("review-row-how", "; ".join(map(inert, candidate.how))))
        rows.append(("review-row-source", self.source(claim)))
        accepted, decided = self.queue.rate(candidate.rule)
        percent = round(100 * accepted / max(decided, 1))
        words = {"accepted": accepted, "decided": decided, "percent": percent}
        rate = self.sentence("review-rate", **words) if decided else self.sentence("review-no-rate")
        rows.append(("review-row-rule", f"{inert(candidate.rule)} · {rate}"))
        if gist := claim.gist.best(self.lang):
            rows.append(("review-row-gist", inert(gist)))
        for name, value in claim.qualifiers:
            told = ", ".join(map(self.name, value)) if isinstance(value, tuple) else self.told(value)
            rows.append(("review-row-qualifier", f"{inert(name)} = {told}"))
        note = self.queue.notes.get(self.queue.ids[number], "") or claim.note.best(self.lang)
        if note:
            rows.append(("review-row-note", inert(note)))
        return [[(f"{self.sentence(code)} ", "label"), (told, "")] for code, told in rows]

    def source(self, claim: Claim) -> str:
        """Title, publisher, date, place."""
        found = self.project.source(claim.source)
        parts = [self.name(claim.source)]
        if found:
            parts += [inert(found.publisher.best(self.lang)), str(found.date) if found.date else ""]
        spans = ", ".join(f"{p.start}–{p.end}" for p in claim.passages)
        parts.append(self.sentence("review-characters", spans=spans) if spans else inert(claim.place.best(self.lang)))
        parts.append(inert(claim.handle))
        return " · ".join(part for part in parts if part)

    def others(self, number: int) -> list[Line]:
        """Other claims like it, the opposite ones first."""
        found, total = self.alikes.of(number)
        if not found:
            return []
        lines: list[Line] = [[(self.sentence("review-alike", count=total), "label")]]
        lines += [self.other(alike) for alike in found]
        if total > len(found):
            lines.append([(f"  {self.sentence('review-more', count=total - len(found))}", "dim")])
        return lines

    def other(self, alike: Alike) -> Line:
        """One claim like it."""
        claim = alike.claim
        judged = self.queue.said.get(self.queue.ids[alike.number]) if alike.number >= 0 else None
        verdict = str(judged.verdict) if judged else str(claim.review)
        line: Line = [("  ≠ " if alike.opposite else "  = " if alike.how == "same" else "  · ", "label")]
        if alike.opposite:
            line.append((f"{self.sentence('review-opposite')} ", "warn"))
        property = self.vocabulary.properties.get(claim.predicate)
        label = property.label.best(self.lang) if property else claim.predicate
        negation = f" {self.sentence('review-not')}" if claim.negated else ""
        line.append((f"{self.name(claim.subject)}{negation} ─ {inert(label)} → {self.told(claim.object)}", ""))
        when = span(claim.valid_from, claim.valid_to) if claim.valid_from or claim.valid_to else ""
        known = self.vocabulary.values
        stance = known["stance"][str(claim.stance)].label.best(self.lang)
        review = known["review"][verdict].label.best(self.lang) if verdict in known["review"] else verdict
        about = [review, stance, when, inert(claim.handle), self.name(claim.source)]
        line.append((" · " + " · ".join(part for part in about if part), "dim"))
        return line


def span(since: When | None, until: When | None) -> str:
    """A validity, one date where it is one."""
    return str(since) if since == until else f"{since or ''}–{until or ''}"
