"""In whose words an English sentence tells something: said that, according to, a quotation's tail.

In: a Sight. Out: nothing; the Reading is told who speaks, and that what nobody named says is only reported.
"""

from __future__ import annotations

import re
from typing import Final

from ...model import Stance
from ..flow import Mention, Span
from ..stance import MOODS, Cue
from .sight import Sight

_KNOWN: Final = re.compile(
    r"(?:the|this) (?:company|firm|chain|group|agency|association|city|ministry|police|board|council|commission|court|"
    r"government|shop|store|retailer|vendor|organi[sz]ation|bureau|department|committee|council|office|force|operator|supplier|maker|publisher|union|newspaper|court|"
    r"tribunal|regulator|defendant|plaintiffs?|claimants?|respondent)$",
    re.I,
)
_MEDIA: Final = re.compile(
    r"\b(?:News|Times|Post|Press|Shimbun|Daily|Herald|Broadcasting|Tribune|Gazette|Chronicle|Mail|Observer|Telegraph|"
    r"Journal|Mirror|Express|Television|TV|Radio|Newspaper|Weekly|NHK|Kyodo|Jiji|Asahi|Mainichi|Yomiuri)$"
)
_SAID: Final = (
    r"(?:said|says|say|told|tells|stated|states|explained|explains|wrote|writes|announced|added|adds|reported|reports|"
    r"notes|noted|confirmed|admitted|acknowledged|claims?|claimed|alleges?|alleged|argues?|argued|insists?|insisted|"
    r"maintains?|complains?|contends?)"
)


def speaker(sight: Sight, cue: Cue, outer: int, noun: bool) -> None:
    """Who stands before a verb or noun of saying: N. said that, N.'s report that, a lawyer said that."""
    if sight.read.voiced:
        return
    if re.match(r"(?:is|are|was|were|been|being)\b", sight.low[outer:]) and re.search(
        r"(?:ed|said|told)\b", sight.low[outer : outer + 30]
    ):
        return
    before = sight.full[sight.sentence : outer]
    bare = before.rstrip(" ,")
    if bare.endswith(" to"):  # would like to say
        return
    at = sight.sentence + len(bare)
    found = sight.ending_at(at)
    if found is None:
        cut = sight.seen[sight.sentence : outer].rstrip()
        found = sight.ending_at(sight.sentence + len(cut))
    if found is None:
        whose = re.search(r"[’']s? (?:[\w-]+ )?(" + sight.cues.words["speaking_for"].pattern + r")s?$", bare, re.I)
        if whose:
            found = sight.ending_at(sight.sentence + whose.start())
        elif of := re.search(
            r"\b(?:" + sight.cues.words["speaking_for"].pattern + r") (?:of|for|from) (?:the )?(@+)$", bare, re.I
        ):
            found = sight.ending_at(sight.sentence + of.end())
    if found is not None:
        whose = re.search(r" of (?:the )?$", sight.full[: found.start])
        found = (whose and sight.ending_at(whose.start())) or found  # Inspector N. of X said
        if cue.stance in MOODS and (found == sight.hit.subject or set(found.ids) == set(sight.hit.subject.ids)):
            return
        sight.read.speak(found)
        _from_the_press(sight, found, (outer, outer + 12))
        return
    if noun or cue.stance in MOODS:
        return
    who = re.search(r"((?:\w+[ -]){0,3}\w+)$", bare)
    if who and not _own(sight, who[1]):
        sight.read.speak(None, who[1])
        if cue.stance is None and not cue.negated and not cue.hedged and not _KNOWN.match(who[1]):
            sight.read.set(Stance.reported, (outer, outer + 12))


def trailing(sight: Sight, end: int) -> None:
    """…, the Commission said. …, according to the Commission."""
    rest = sight.full[end:]
    if found := re.search(
        r"[,”\"’']\s*(@+|[\w’' -]{2,40}?)\s+(?:ha[sd] |have )?(" + _SAID + r")\b[^,;]{0,40}[.”\"]*\s*$", rest
    ):
        at = end + found.end(1)
        mention = sight.ending_at(at)
        _trail(sight, mention, found[1], found[2], (end + found.start(1), at))
    elif found := re.search(r"[,”\"’']\s*(" + _SAID + r")\s+(@+)", rest):
        _trail(
            sight, sight.ending_at(end + found.end(2)), found[2], found[1], (end + found.start(1), end + found.end(1))
        )
    elif found := re.search(
        r",\s*(?:it (?:is|was|has been) )?(reportedly|allegedly|apparently|it seems|it is said|reports? said)\b",
        rest,
    ):
        word = found[1]
        if word in ("allegedly",) or "alleged" in found[0]:
            sight.read.set(Stance.alleged, (end + found.start(1), end + found.end(1)))
        elif word in ("apparently", "it seems"):
            sight.read.hedge((end + found.start(1), end + found.end(1)))
        else:
            sight.read.set(Stance.reported, (end + found.start(1), end + found.end(1)))


def source(sight: Sight) -> None:
    """According to …; in the words of …."""
    for found in re.finditer(
        r"\b(?:according to|in the (?:words|view|opinion|account) of|as (?:stated|told|reported|described) by|per)\s+",
        sight.full,
        re.I,
    ):
        at = found.end()
        if at > sight.hit.predicate[1] and re.search(r"[;.]\s", sight.full[sight.hit.predicate[1] : at]):
            continue
        named = next(
            (
                m
                for m in sight.mentions
                if m.end > m.start and sight.full[at : m.start].strip().lower() in ("", "the") and at <= m.start
            ),
            None,
        )
        rest = re.match(r"[^,;.]*", sight.full[at:])
        word = (rest[0] if rest else "").strip()
        span = (found.start(), at + 8)
        if named:
            follow = sight.full[named.end :]
            whose = re.match(r"[’']s? (?:[\w-]+ )?(\w+)", follow)
            sight.read.speak(named, whose[1] if whose else "")
            _from_the_press(sight, named, span)
            continue
        for cue in sight.cues["sources"]:
            if re.fullmatch(cue.words.pattern + r"(?: (?:of|from|in|published|on|by)\b.*)?", word, re.I):
                if cue.stance:
                    sight.read.set(cue.stance, span)
                break
        else:
            sight.read.speak(None, word)
            sight.read.set(Stance.reported, span)
    their = re.search(
        r"\bin (?:her|his|their|its) (?:view|opinion|words)\b", sight.full[: sight.hit.predicate[0]], re.I
    )
    first = next((m for m in sight.mentions if m.end > m.start), None)
    if their and first and first.end <= their.start() and not sight.full[: first.start].strip(' “"'):
        sight.read.speak(first)  # N. was opposed; in her view the city sells it
    said = re.search(r"(@+)[’']s (?:own )?(?:words|view|opinion|account)\b", sight.full[: sight.hit.predicate[0]])
    if said and (mention := sight.ending_at(said.end(1))):
        sight.read.speak(mention)


def _trail(sight: Sight, mention: Mention | None, who: str, verb: str, span: Span) -> None:
    if re.match(r"(?:and|which|who|that)\b", who):
        return
    if mention:
        sight.read.speak(mention)
        _from_the_press(sight, mention, span)
    elif not _own(sight, who):
        sight.read.speak(None, who)
        if not _KNOWN.match(who):
            sight.read.set(Stance.reported, span)
    if re.match("claim|alleg|argu|insist", verb):
        sight.read.set(Stance.alleged, (span[0], span[1]))


def _from_the_press(sight: Sight, mention: Mention, span: Span) -> None:
    """What a newspaper or broadcaster says is reported."""
    if _MEDIA.search(sight.text[mention.start : mention.end]) and not sight.read.negated:
        sight.read.set(Stance.reported, span)


def _own(sight: Sight, who: str) -> bool:
    """Whether words mean the document itself, or nobody in particular."""
    return bool(re.search(rf"\b(?:{sight.cues.words['own'].pattern})$", who, re.I))
