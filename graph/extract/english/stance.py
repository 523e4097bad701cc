"""How sure an English sentence is of what it says, and in whose words: from the predicate outward to its left.

In: a sentence's text, a hit in it, its mentions; no parse. Out: a Verdict. The cues are cues/en.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import Stance, Value
from ..flow import Hit, Mention, Span, Verdict, overlaps
from ..stance import Cue, read_cues
from .scope import (
    conditions,
    contrast,
    denied_clause,
    no_subject,
    open_infinitive,
    proposed_thing,
    said_of_act,
)
from .sight import BREAK, NEGATIVE, WORD, Place, Sight, form_of, past
from .voice import source, speaker, trailing

_RELATIVE: Final = re.compile(r"\b(?:which|who|whose|that)\s*$", re.I)
_LINKS: Final = frozenset("of on by for against about over concerning regarding".split())
_PRONOUN: Final = re.compile(r"\b(?:it|they|he|she|we|its [a-z]+|their [a-z]+)\b", re.I)
_LIGHT: Final = re.compile(
    r"\b(there (?:is|are|was|were|has been|have been)|has|have|had|makes?|made|presents?|presented|announces?|"
    r"announced|"
    r"publish(?:es|ed)|adopt(?:s|ed)?|develop(?:s|ed)?|unveil(?:s|ed)|dr[ae]ws? up|drew up|express(?:es|ed)|raise[sd]?|"
    r"voice[sd]|is|are|was|were|reject(?:s|ed)?)\s*$",
    re.I,
)
_OPENING: Final = re.compile(
    r"\b(?:apparently|reportedly|allegedly|presumably|perhaps|maybe|probably|possibly|seemingly|evidently|supposedly)"
    r"\b,?\s"
)
_LATER: Final = re.compile(
    r"\b(?:(?:agreed|decided|announced|promised|pledged|planned|confirmed|vowed|undertook|resolved)"
    r"(?: (?!not\b)\w+){0,3} that\b|(?:said|stated|replied|explained|told)\b)",
    re.I,
)
_ENDED: Final = re.compile(
    r"\b(?:was|were|has been|have been|had been|is|are)(?: \w+ly| since| later| now)* "
    r"(scrapped|abandoned|withdrawn|dropped|shelved|rejected|cancell?ed|called off|put on hold|suspended|given up|"
    r"halted|denied|dismissed|false|untrue|unfounded|baseless|wrong)\b",
    re.I,
)


def judge_en(text: str, hit: Hit, mentions: Sequence[Mention]) -> Verdict:
    """How sure the source is of the hit, and whose words it is in."""
    return _Judge(text, hit, mentions, read_cues("en")).judge()


class _Judge(Sight):
    last: Cue | None = None  # the governor read last
    told = False  # whether the predicate tells what was done

    def judge(self) -> Verdict:
        start, end = self.hit.predicate
        place = self.place()
        first = WORD.search(self.text, place.start)
        self.told = place.form == "finite" and first is not None and past(first[0].lower())
        act = place.noun
        if self.text.rstrip(" ”\"'’)").endswith("?"):
            self.read.dropped("question")
        conditions(self, start)
        depth = 0
        linked = "phrases" in self.hit.frame.body and self.low[start:end].strip() in _LINKS
        while place is not None and depth < 6 and not linked:  # the suit against N. is one, dismissed or not
            place = self.outward(place, depth)  # type: ignore[assignment]
            depth += 1
        if act:
            said_of_act(self)
        contrast(self)
        if none := re.match(r"\s+(?:\w+ly )?no(?! longer| later| fewer| less| more| other)\b", self.text[end:], re.I):
            self.read.negate((end + none.start(), end + none.end()))
        elif none := re.search(r"\bno (?!longer\b|to\b|later\b)", self.text[slice(*self.hit.predicate)]):
            self.read.negate((self.hit.predicate[0] + none.start(), self.hit.predicate[1]))
        elif given := self.none_given(end):
            self.read.negate(given)
        trailing(self, end)
        source(self)
        return self.read.verdict()

    def none_given(self, end: int) -> Span | None:
        """Where the second of two objects says that it was not done: sends the city no images."""
        told = self.hit.object
        if (
            not isinstance(told, Mention)
            or told.end <= end
            or self.text[end : told.start].strip(" ") not in ("", "the")
        ):
            return None
        none = re.match(r"\s+no \w+", self.text[told.end :])
        return (told.end, told.end + none.end()) if none else None

    def outward(self, place: Place, depth: int) -> Place | None:
        begin = self.group(place)
        own = depth == 0
        if own:
            words = self.low[begin : self.hit.predicate[1]]
            self.groups(begin, place.start, words[: place.start - begin + self.lead()])
        if own and not place.noun:
            no_subject(self, begin, False)
        left = self.seen[self.sentence : begin]
        relative = _RELATIVE.search(left)
        there = self.low.startswith("there ", place.start)
        if relative and not place.noun and place.form == "finite" and not there:
            proposed_thing(self, left[: relative.start()])
            return None
        governor = self.governor(place, begin)
        if governor is None and place.noun and (verb := _LIGHT.search(left)):
            following = Place(self.sentence + verb.start(1), "finite")
            outer = self.group(following)
            if denied := NEGATIVE.search(self.seen, outer, self.sentence + verb.end(1)):
                if self.last and self.last.negative == "negates":
                    self.read.negate(denied.span())
                else:
                    self.read.dropped("hypothesis")
            return following
        if governor is None:
            if place.form == "bare" and not place.noun:
                open_infinitive(self, left)
            no_subject(self, begin, place.noun)
            denied_clause(self, left)
            return None
        cue, span, noun = governor
        if overlaps(span, self.hit.predicate):
            return None
        following = Place(span[0], "finite" if not noun else "bare", noun)
        outer = self.group(following)
        denied = NEGATIVE.search(self.seen, outer, span[0])
        verb = WORD.match(self.seen, span[0])
        if not noun and verb and outer == span[0]:
            form = form_of(verb[0].lower())
            tail = self.seen[max(self.sentence, outer - 4) : outer].lower()
            following = Place(span[0], "bare" if tail.endswith("to ") else form, noun)
        clause = re.split(r"[,;:]", self.seen[self.sentence : outer])[-1]
        if re.match(r"\s*(?:nothing|nobody|no one|none|neither|no \w+)\b", clause, re.I):
            self.read.dropped("hypothesis")
        elif self.last and self.last.get("form") == "that" and cue.negated and not cue.voice:
            self.read.dropped("hypothesis")  # failed to show that
        charged = self.last is not None and self.last.stance in (Stance.alleged, Stance.reported)
        self.last = cue
        if charged and cue.get("form") == "noun":  # rejects the accusation that
            speaker(self, cue, outer, noun)
            self.read.denied()
            self.read.negate(span)
        else:
            self.apply(cue, span, (denied.start(), span[1]) if denied else None, outer, noun)
        if not noun and not self.read.drop:
            extra = self.low[outer : span[0]]
            open_ = re.search(r"\b(?:might|could|may|would)\b", extra) and "May" not in self.text[outer : span[0]]
            if open_ or (cue.stance is None and re.search(r"\b(?:should|must)\b", extra)):
                self.read.dropped("hypothesis")
        if noun and _ENDED.search(self.seen, self.hit.predicate[1]):
            self.read.dropped("dropped plan")
        return following

    def groups(self, begin: int, start: int, words: str) -> None:
        """The cues of the verb group itself: will, must, did not, has apparently."""
        later = _LATER.search(self.low, self.sentence, begin)
        if later and words.startswith("would ") and "have" not in self.low[begin:start]:  # announced that it would
            self.read.set(Stance.intended, (later.start(), begin + len("would")))
            words = " " * len("would") + words[len("would") :]
        hypothetical = re.search(r"\b(?:would|could)\b", words)
        left = self.low[self.sentence : begin]
        raw = self.text.lower()[self.sentence : begin]
        if (
            hypothetical
            and "have" not in self.low[begin:start]
            and re.search(r"\bpropos(?:ed|al|als|es)\b|\bdraft\b|\bbill\b|\bplan", raw)
        ):
            self.read.set(Stance.proposed, (begin + hypothetical.start(), begin + hypothetical.end()))
            words = words.replace(hypothetical[0], " " * len(hypothetical[0]))
        taken: list[Span] = []
        for cue in self.cues["group"]:
            for found in cue.words.finditer(words):
                if any(overlaps(found.span(), t) for t in taken):
                    continue
                taken.append(found.span())
                if not cue.get("keep"):
                    self.apply(cue, (begin + found.start(), begin + found.end()), None, begin, False)
                break
        head = left[:40]
        if re.search(r"\band\s*$", left):  # reportedly joined it and used it
            head = BREAK.split(left)[-1]
        if _OPENING.search(head):
            for cue in self.cues["group"]:
                if _OPENING.search(cue.examples[0] + " ") and (sure := cue.words.search(head)):
                    at = self.sentence + left.index(head)
                    self.apply(cue, (at + sure.start(), at + sure.end()), None, begin, False)

    def governor(self, place: Place, begin: int) -> tuple[Cue, Span, bool] | None:
        """The nearest words that the place is the complement of, and whether they are a noun."""
        left = self.seen[self.sentence : begin]
        form = place.form
        low = left.lower()
        infinitive = bool(re.search(r"\bto\s*$", low)) or (
            form == "bare" and bool(re.search(r"\bto\b[^,;]*(?:,| and| or)\s*$", low))
        )
        infinitive = infinitive or bool(re.match(r"(?:not|never) to\s*$", self.low[begin : place.start]))
        edge = len(left)
        if form == "finite" and not place.noun and not infinitive:
            edge = self.clause_edge(left, begin)
        best: tuple[int, Cue, Span] | None = None
        for cue in self.cues["governors"]:
            for found in cue.words.finditer(low[:edge]):
                between = left[found.end() : edge if form == "finite" and not place.noun else len(left)]
                if found[0].endswith("that"):
                    between = "that" + between
                if not self.reaches(cue, between, place, infinitive, edge == len(left)):
                    continue
                if best is None or found.end() > best[0]:
                    best = (found.end(), cue, (found.start() + self.sentence, found.end() + self.sentence))
        if best is None:
            return None
        word = self.low[best[2][0] : best[2][1]]
        before = self.low[max(0, best[2][0] - 14) : best[2][0]]
        opens = not self.low[self.sentence : best[2][0]].strip()  # Plans by the city to …
        noun = bool(
            re.search(
                r"(?:plans?|proposals?|allegations?|claims?|suspicions?|reports?|calls?|demands?|requests?|intentions?|denials?|accusations?|decisions?|refusal|failure|drafts?|complaints?|recommendations?|rumou?rs?|statement|answer|reply|efforts?|need|bids?|attempts?|motion|inference|conclusion)$",
                re.sub(r" (?:that|of|to|for)$", "", word),
            )
        ) and bool(
            opens
            or re.search(
                r"(?:\b(?:the|its|their|any|no|a|an|his|her|this|such|of|despite|under|amid)|['’]s) (?:\w+ )?$"
                r"|\b(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|disput(?:es|ed)|refut(?:es|ed)|on|about|to) $",
                before,
            )
        )
        return best[1], best[2], noun

    def clause_edge(self, left: str, begin: int) -> int:
        """Where the clause of a finite verb begins: at its subject."""
        roles = [r for r in (self.hit.subject, self.hit.object) if not isinstance(r, Value)]
        starts = [r.start - self.sentence for r in roles if self.sentence <= r.start < r.end <= begin]
        pronoun = None
        for found in _PRONOUN.finditer(left):
            if not left[found.end() :].strip() or not BREAK.search(left[found.end() :]):
                pronoun = found.start()
        that = [m.end() for m in re.finditer(r"\bthat\b", left)]
        candidates = [c for c in (max(starts, default=None), pronoun, that[-1] if that else None) if c is not None]
        return max(candidates, default=len(left))

    def reaches(self, cue: Cue, between: str, place: Place, infinitive: bool, bare: bool) -> bool:
        low, form = between.lower(), place.form
        if cue.get("form") == "noun" and not place.noun:
            return False
        if place.noun:
            if cue.get("form") == "that":
                return False
            return not low.strip(" ,") or bool(
                re.fullmatch(r"\s*(?:its|the|their|any|a|an|his|her|of|this|such|all|\w+ed|\w+ing|[’']s|\s)*", low)
            )
        if BREAK.search(between + (" " if between else "")):
            return False
        wanted = cue.get("form")
        if infinitive:
            if re.search(r"\bthat\b", low):
                return False
            return wanted in ("", "to") and len(between) < 120
        if form == "ing":
            if wanted in ("", "ing"):
                return not low.strip() or (
                    re.fullmatch(r"\s*(?:@|[\w’' ]){0,60}", low) is not None and not re.search(r"\bto\b", low)
                )
            return False
        if form == "bare" and re.search(r"\bthat\b", low):
            return wanted in ("", "that")
        if wanted in ("to", "ing"):
            return False
        if re.search(r"\bthat\b", low):
            return len(between) < 160
        if low.startswith(","):  # contrary to reports, …
            return False
        if not low.strip() and bare:  # its own subject: a petition was handed to
            return False
        return len(low) < 60 and not re.search(r"\b(?:to|of|for|in|on|at|by|with|from)\b", low.split("that")[0])

    def apply(self, cue: Cue, span: Span, negative: Span | None, outer: int, noun: bool) -> None:
        read = self.read
        if cue.drop:
            read.dropped(cue.drop)
            return
        if negative and cue.negative == "drop":
            if not (self.saying and overlaps(span, self.hit.predicate)):
                read.dropped("hypothesis")
            return
        if cue.voice:
            speaker(self, cue, outer, noun)
        if cue.stance is Stance.proposed and self.low.startswith("suggest", span[0]) and self.told:
            read.hedge(span)  # a memo suggests that it was kept: no proposal
            return
        own = read.voice is not None and read.negated and read.voice.ids == self.hit.subject.ids
        if cue.stance and not (own and cue.stance is Stance.alleged):  # insists that it never did: a denial
            read.set(cue.stance, span)
        if cue.negated:
            if cue.voice:
                read.denied()
            read.negate(span)
        if cue.hedged:
            read.hedge(span)
        if negative:
            read.negate(negative)
