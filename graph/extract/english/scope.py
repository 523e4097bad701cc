"""What an English sentence leaves open around a hit: conditions, questions, proposed things, what nobody does.

In: a Sight. Out: nothing; the Reading is told that there is no claim, or a negated or proposed one.
"""

from __future__ import annotations

import re
from typing import Final

from ...model import Stance, Value
from ..stance import MOODS
from .sight import BREAK, NEGATIVE, WORD, Sight, past

_NOT: Final = re.compile(
    r"\b(?:(?<!only )not|neither|nor|and not|but not)(?: (?:to|with|by|in|at|for|on|from|of))?(?: the| a| an)?\s*$"
)
_OF_ACT: Final = re.compile(
    r"(?: (?:in|at|on|from|by|next|this|for) [\w@ ]{1,30}?)?,? "
    r"(?:(?:is|are|was|were|has been|have been|had been|remains?)(?: \w+ly| not| now| still| being| to be)* )?"
    r"(planned|scheduled|expected|due|intended|set to|proposed|recommended|demanded|requested|required|denied|unlikely|"
    r"likely|possible|impossible|conceivable|postponed|delayed|cancell?ed|shelved|scrapped|abandoned|dropped|rejected|"
    r"suspended|halted|ruled out|under (?:discussion|consideration|review)|considered|discussed|debated|unclear|"
    r"uncertain|a possibility|will|would|could|might|may|should|must|can|cannot)\b"
)
_RATHER: Final = re.compile(
    r"\b(?:rather than|instead of|except(?: for)?|other than|apart from|unlike|without|excluding)"
    r"(?: (?:to|with|by|in|at|for))?(?: the)?\s*$"
)


def conditions(sight: Sight, start: int) -> None:
    """If, unless, whether; should the city; and a time that is still open (until, once)."""
    low = sight.low
    head = sight.seen[sight.sentence :]
    inverted = re.match(r"\s*(?:[“\"])?(?:Should|Were|Had)\s+(?:@|the |a |an |it |they |any |this |such |[A-Z])", head)
    if inverted:
        comma = sight.seen.find(",", sight.sentence)
        sight.read.dropped("condition" if comma < 0 or start < comma else "hypothesis")
    first = WORD.search(sight.text, *sight.hit.predicate)
    done = bool(first) and past((first[0] if first else "").lower())
    for cue in sight.cues["openers"]:
        for found in cue.words.finditer(low, sight.sentence):
            if found[0] in ("should", "were", "had"):
                continue
            if sight.text[found.end() : found.end() + 3] == " of" or found[0] == "otherwise":
                continue
            asked = re.search(
                r"\b(?:ask\w*|wonder\w*|see|know|knows|determine|check\w*|clear|unclear)\s$", low[: found.start()]
            )
            close = re.search(r",| then ", low[found.end() :])
            end = found.end() + close.start() if close else len(low)
            if found.start() < start and (start < end or _listed(sight, found.end())):
                if cue.get("tense") == "open" and (done or _told_past(sight, found.start(), start)):
                    continue
                if (
                    cue.get("tense") == "open"
                    and found[0] in ("where", "when", "once", "until", "before")
                    and re.search(r"\b(?:was|were|had)\b", low[found.end() : start])
                ):
                    continue
                sight.read.dropped("question" if asked or cue.drop == "question" else "condition")
            elif cue.get("tense") != "open" and cue.drop == "condition" and not asked:
                if sight.hit.frame.predicate == "alerts" and found[0] == "if" and found.start() < start:
                    continue  # what it does whenever that happens
                if found[0].startswith(("even if", "as if", "as though")) or re.search(
                    r"\b(?:even|as)\s$", low[: found.start()]
                ):
                    continue
                sight.read.dropped("hypothesis")


def contrast(sight: Sight) -> None:
    """Not B but A; A rather than B."""
    for role in (sight.hit.subject, sight.hit.object):
        if isinstance(role, Value) or role.end <= role.start:
            continue
        before = sight.full[sight.sentence : role.start].lower()
        if found := _NOT.search(before):
            if not before.rstrip().endswith("not only") and not sight.read.negated:
                sight.read.negate((sight.sentence + found.start(), role.start))
        elif _RATHER.search(before):
            sight.read.dropped("hypothesis")


def no_subject(sight: Sight, begin: int, noun: bool) -> None:
    """No police force …, None of the …"""
    left = sight.seen[sight.sentence : begin]
    clause = re.split(r"[,;:]| but | and |\bthat\b", left)[-1]
    if noun and re.match(r"\s*No\b", clause, re.I):
        sight.read.dropped("hypothesis")
        return
    found = re.match(r"\s*(?:No|None of|Neither|Nobody|No one|Hardly any|Few of)\b", clause, re.I)
    if found and not sight.read.negated:
        at = begin - len(clause)
        sight.read.negate((at + found.start(), at + found.end()))


def denied_clause(sight: Sight, left: str) -> None:
    """Nobody thinks that …: no cue, but a negation before the that."""
    thats = [m.start() for m in re.finditer(r"\bthat\b", left)]
    if thats and not BREAK.search(left[thats[-1] :]):
        clause = re.split(r"[,;:]", left[: thats[-1]])[-1]
        if re.search(r"\b(?:not|never|no|nobody|none|nothing|hardly|neither|nor)\b|n[’']t\b", clause, re.I):
            sight.read.dropped("hypothesis")


def open_infinitive(sight: Sight, left: str) -> None:
    """It would be wrong for the police to use; would need a warrant to use: nobody does."""
    clause = BREAK.split(left)[-1]
    if not re.search(r"\bto\s*$", clause):
        return
    if re.search(r"\b(?:would|could|might|may)\b", clause) or re.search(r"\bfor (?:the )?@+ to\s*$", clause):
        sight.read.dropped("hypothesis")


def said_of_act(sight: Sight) -> None:
    """The introduction of it is planned, would be illegal, was postponed: an act that did not happen, or not yet."""
    if re.match(r"any\b", sight.text[sight.hit.predicate[0] :], re.I) and not sight.read.negated:
        sight.read.dropped("hypothesis")
    after = sight.hit.clause[1]
    found = _OF_ACT.match(sight.low, after)
    if not found:
        return
    span = (found.start(1), found.end())
    word = found[1]
    if word.startswith(("plan", "schedul", "expect", "due", "will", "intend", "set to")):
        sight.read.set(Stance.intended, span)
    elif word.startswith(("propos", "recommend")):
        sight.read.set(Stance.proposed, span)
    elif word.startswith(("demand", "request", "requir")):
        sight.read.set(Stance.demanded, span)
    elif word.startswith("deni"):
        sight.read.negate(span)
    else:
        sight.read.dropped("hypothesis")


def proposed_thing(sight: Sight, left: str) -> None:
    """… proposes a network that shares …: what a proposed thing does is proposed as well."""
    first = WORD.search(sight.text, *sight.hit.predicate)
    if first and past(first[0].lower()):
        return
    clause = BREAK.split(left)[-1].lower()
    offset = sight.sentence + len(left) - len(clause)
    for cue in sight.cues["governors"]:
        if cue.stance in MOODS and cue.stance is not None:
            for found in cue.words.finditer(clause):
                span = (offset + found.start(), offset + found.end())
                sight.read.set(cue.stance, span)
                if NEGATIVE.search(clause):
                    sight.read.dropped("hypothesis")


def _listed(sight: Sight, opener: int) -> bool:
    """Whether nothing but a list of names stands between an opener and the subject: when A, B and C install."""
    subject = sight.hit.subject.start
    if not opener < subject < sight.hit.predicate[0]:
        return False
    between = re.sub(r"@+|,|\b(?:the|a|an|other|and|or|all|any|local)\b", " ", sight.full[opener:subject].lower())
    return not between.strip()


def _told_past(sight: Sight, opener: int, start: int) -> bool:
    """Whether a gerund hangs on what was done: consulted the Bar before adopting."""
    before = sight.low[sight.sentence : opener]
    done = re.search(r"\b(?:had|was|were|did|\w+ed)\b", before)
    open_ = re.search(r"\b(?:will|would|must|should|may|might|can|could|has to|have to|if)\b", before)
    return bool(done) and not open_ and sight.text[start : sight.hit.predicate[1]].split()[0].endswith("ing")
