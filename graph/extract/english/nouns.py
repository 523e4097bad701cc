"""Frames found in English nouns: acts (the introduction of X by Y), posts and ties (chair of Y), agreements.

In: a Reading with its Arguments, the index of the rules. Out: Hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model import Words
from ..flow import Hit, Mention, Span
from . import lists
from .arguments import Arguments
from .clauses import Reading
from .heads import antecedent
from .keys import Index, Phrase, Rule
from .phrases import Clause

_BE = frozenset("be become remain".split())
_AS = frozenset("serve act work appoint elect name choose describe nominate".split())


def made(rule: Rule, subject: Mention, told: Mention, span: Span, role: str = "") -> Hit:
    """A hit whose clause reaches from its first word to its last."""
    ends = [span, *((m.start, m.end) for m in (subject, told) if m.end > m.start)]
    clause = min(start for start, _ in ends), max(end for _, end in ends)
    qualifiers = (("role", Words(en=role)),) if role else ()
    return Hit(rule.frame, replace(subject), replace(told), span, clause, qualifiers=qualifiers)


# acts


def act_hits(reading: Reading, arguments: Arguments, index: Index) -> Iterator[Hit]:
    """The introduction of X by Y; Y's use of X; Y began the operation of X."""
    for n in reading.phrases():
        chunk = reading.chunks[n]
        if chunk.mention or chunk.head.lemma not in index.acts:
            continue
        behind = _behind(reading, n)
        for rule in index.acts[chunk.head.lemma]:
            yield from _act(reading, arguments, rule, n, behind)


def _behind(reading: Reading, n: int) -> Clause:
    """The phrases with prepositions behind a noun, as the roles of a clause."""
    clause = Clause(n)
    i = reading.on(n + 1)
    while reading.kind(i) == "prep" and reading.kind(reading.on(i + 1)) == "np":
        if reading.chunks[i].lower in lists.AROUND:
            break  # an inquiry into N. after a complaint by T.
        phrases, after = reading.joined(reading.on(i + 1))
        clause.add(reading.chunks[i].lower, phrases)
        i = reading.on(after)
    return clause


def _act(reading: Reading, arguments: Arguments, rule: Rule, n: int, behind: Clause) -> Iterator[Hit]:
    chunk = reading.chunks[n]
    subjects_wanted, objects_wanted = arguments.wanted(rule)
    needs = {k: v for k, v in rule.needs.items() if k not in ("direct", "subject")}
    if not arguments.allows(replace(rule, needs=needs, without={}), behind):
        return
    objects = arguments.fill(rule.act_object, behind, objects_wanted)
    inside = [w.mention for w in chunk.words[:-1] if w.mention and w is not chunk.owner]
    if not objects and inside and "of" in rule.act_object:
        objects = [m for m in inside[-1:] if arguments.fits(m, objects_wanted)]
    if not objects:
        return
    span = (chunk.words[0].start if chunk.words[0].tag == "det" else chunk.head.start), chunk.head.end
    subjects = arguments.fill(rule.act_subject, behind, subjects_wanted)
    if not subjects and chunk.owner and chunk.owner.mention:
        subjects = [m for m in [chunk.owner.mention] if arguments.fits(m, subjects_wanted)]
    elif not subjects and not chunk.owner:
        subjects, span = _supported(reading, arguments, n, subjects_wanted, span)
    for subject in subjects:
        for told in objects:
            if subject.ids != told.ids:
                yield made(rule, subject, told, span)


def _supported(
    reading: Reading, arguments: Arguments, n: int, wanted: Sequence[tuple[str, ...]], span: Span
) -> tuple[list[Mention], Span]:
    """The subject of the verb that an act is the object of: began the operation of X."""
    for clause in reading.clauses:
        if reading.chunks[clause.verb].lemma in lists.SUPPORT and any(n in phrases for phrases in clause.get("direct")):
            found = arguments.fill(("subject",), clause, wanted)
            if found:
                return found, span
    return [], span


def between_hits(reading: Reading, arguments: Arguments, index: Index) -> Iterator[Hit]:
    """An agreement between A and B."""
    for n in reading.phrases():
        chunk = reading.chunks[n]
        if chunk.head.lemma not in index.between:
            continue
        behind = _behind(reading, n)
        for phrases in behind.get("between"):
            named = [m for p in phrases for m in arguments.named(p)]
            if len(named) < 2:
                continue
            for rule in index.between[chunk.head.lemma]:
                subjects, objects = arguments.wanted(rule)
                span = chunk.start, chunk.end
                for told in named[1:]:
                    if arguments.fits(named[0], subjects) and arguments.fits(told, objects):
                        yield made(rule, named[0], told, span)


# what somebody or something is


def nominal_hits(reading: Reading, arguments: Arguments, index: Index) -> Iterator[Hit]:
    """T. is the chair of Y; T., chair of Y,; Y chair T.; Y's chair, T.; the chair of Y, T.; A is part of B."""
    for n, chunk in enumerate(reading.chunks):
        if chunk.kind not in ("np", "adj", "prep", "vg"):
            continue
        for k, word in enumerate(chunk.words):
            key = word.lemma if word.tag in ("noun", "adj") else word.lower
            for rule, phrase, back in (*index.nominal.get(key, ()), *index.nominal.get(word.lower, ())):
                yield from _nominal(reading, arguments, rule, phrase, back, n, k)


def _nominal(
    reading: Reading, arguments: Arguments, rule: Rule, phrase: Phrase, back: bool, n: int, k: int
) -> Iterator[Hit]:
    chunk = reading.chunks[n]
    end = _match(reading, n, k, phrase.rest)
    short = len(phrase.rest) and _match(reading, n, k, phrase.rest[:-1])
    if end is None and not (short and short[0] == n):
        return
    whole = end is not None
    end = end or (n, k)
    former = any(w.lower in lists.FORMER for w in chunk.words[:k]) or _formerly(reading, n)
    if former != rule.former:
        return
    span = chunk.words[k].start, reading.chunks[end[0]].words[end[1]].end
    if rule.value:
        yield from _value(reading, arguments, rule, phrase, n, k)
        return
    wanted = arguments.wanted(rule)
    subjects_wanted, objects_wanted = (wanted[1], wanted[0]) if back else wanted
    role = _role(reading, n, k, end) if rule.title else ""
    ties = _ties(reading, arguments, rule, phrase, n, k, end) if whole else _of_which(reading, arguments, phrase, n, k)
    found = [*ties, *_owned(reading, arguments, rule, phrase, n, k)]
    for subjects, objects, start in found:
        for subject in subjects:
            for told in objects:
                if not (arguments.fits(subject, subjects_wanted) and arguments.fits(told, objects_wanted)):
                    continue
                if subject.ids != told.ids:
                    one, other = (told, subject) if back else (subject, told)
                    yield made(rule, one, other, (start if 0 <= start < span[0] else span[0], span[1]), role)


def _value(reading: Reading, arguments: Arguments, rule: Rule, phrase: Phrase, n: int, k: int) -> Iterator[Hit]:
    """Lawyer T.; T., a lawyer; T. is a lawyer."""
    chunk = reading.chunks[n]
    text = " ".join((phrase.first, *phrase.rest))
    last = k + len(phrase.rest)
    if last == len(chunk.words) - 2 and chunk.mention:
        bearers = [([chunk.mention], -1)]
    elif last == len(chunk.words) - 1:
        if reading.kind(n + 1) == "prep" and reading.chunks[n + 1].lower == "of":
            return  # author of a book
        bearers = list(_bearers(reading, arguments, n, len(reading.chunks)))
    else:
        return
    wanted = arguments.wanted(rule)[0]
    span = chunk.words[k].start, chunk.words[last].end
    for subjects, _ in bearers:
        for subject in subjects:
            if arguments.fits(subject, wanted):
                clause = min(span[0], subject.start), max(span[1], subject.end)
                yield Hit(rule.frame, subject, Words(en=text), span, clause)


def _match(reading: Reading, n: int, k: int, rest: Sequence[str]) -> tuple[int, int] | None:
    """The place of the last of a phrase's words that begin at word k of chunk n; the words must follow one another."""
    i, j = n, k
    for wanted in rest:
        j += 1
        if j == len(reading.chunks[i].words):
            i, j = i + 1, 0
            if i == len(reading.chunks):
                return None
            while reading.chunks[i].words[j].tag == "det" and j + 1 < len(reading.chunks[i].words):
                j += 1
        word = reading.chunks[i].words[j]
        if word.lower != wanted and not (word.tag == "noun" and word.lemma == wanted):
            return None
    return i, j


def _role(reading: Reading, n: int, k: int, end: tuple[int, int]) -> str:
    """The words of a post: chair of the board."""
    told = [w for w in reading.chunks[n].words[: k + 1] if w.tag in ("noun", "adj") and w.lower not in lists.FORMER]
    named = [i for i, w in enumerate(reading.chunks[n].words[:k]) if w.mention]
    if named:
        after = reading.chunks[n].words[named[-1] + 1 : k + 1]
        told = [w for w in after if w.tag in ("noun", "adj") and w.lower not in lists.FORMER]
    text = " ".join(w.text for w in told)
    for i in range(n + 1, end[0]):
        text += " " + " ".join(w.text for w in reading.chunks[i].words)
    return text


def _formerly(reading: Reading, n: int) -> bool:
    """Whether an adverb or a tense puts it in the past: was formerly, was … until."""
    i = reading.back(n - 1)
    group = reading.chunks[i] if reading.kind(i) == "vg" else None
    near = {w.lower for j in (n - 1, n - 2) if j >= 0 for w in reading.chunks[j].words if w.tag == "adv"}
    if near & {"formerly", "previously", "once"} or any(w.lower == "formerly" for w in reading.chunks[n].words):
        return True
    if group is None or group.lemma not in (*_BE, *_AS) or group.words[0].lower not in ("was", "were", "served"):
        return False
    times = [c for c in reading.chunks[max(0, i - 2) :] if c.kind == "time"]
    return group.lemma in ("be", "serve") and any(w.lower.startswith(("until ", "to ")) for c in times for w in c.words)


def _ties(
    reading: Reading, arguments: Arguments, rule: Rule, phrase: Phrase, n: int, k: int, end: tuple[int, int]
) -> Iterator[tuple[list[Mention], list[Mention], int]]:
    """Who is what of whom: subjects, objects, and where the verb begins that says so."""
    last = end[0]
    following = reading.on(last + 1)
    closed = end[1] == len(reading.chunks[last].words) - 1
    if phrase.rest and closed and reading.kind(following) == "np":
        # chair of Y
        phrases, after = reading.joined(following)
        objects = _all(arguments, phrases)
        if not objects and rule.title and len(phrases) == 1:  # head of research at Y
            field = reading.chunks[following]
            plain = field.words[0].tag != "det" and not any(w.mention for w in field.words)
            place = reading.on(after + 1)
            at = reading.kind(after) == "prep" and reading.chunks[after].lower in ("at", "for", "in")
            if plain and at and reading.kind(place) == "np":
                phrases, after = reading.joined(place)
                objects = _all(arguments, phrases)
        for subjects, start in _bearers(reading, arguments, n, after):
            yield subjects, objects, start


def _of_which(
    reading: Reading, arguments: Arguments, phrase: Phrase, n: int, k: int
) -> Iterator[tuple[list[Mention], list[Mention], int]]:
    """The League, of which T. has been a member."""
    verb = reading.back(n - 1)
    if phrase.rest != ("of",) or k != len(reading.chunks[n].words) - 1 or reading.kind(verb) != "vg":
        return
    surface = reading.clause(verb).surface
    rel = reading.back(min(surface) - 1) if surface and min(surface) >= 0 else -1
    if reading.kind(rel) != "rel" or reading.chunks[rel - 1].lower != "of" or reading.chunks[verb].lemma not in _BE:
        return
    yield _all(arguments, surface), _all(arguments, antecedent(reading, rel, None)), reading.chunks[verb].start


def _owned(
    reading: Reading, arguments: Arguments, rule: Rule, phrase: Phrase, n: int, k: int
) -> Iterator[tuple[list[Mention], list[Mention], int]]:
    """Y chair T.; Y's chair T.; Y's chair, T.; T. is Y's chair; chair T. of Y. The phrase's last word is left out."""
    chunk = reading.chunks[n]
    last = k + len(phrase.rest) - 1
    if last >= len(chunk.words):
        return
    before = [w for w in chunk.words[:k] if w.lower not in lists.FORMER and w.tag in ("name", "poss", "noun")]
    whole = next((w.mention for w in reversed(before) if w.mention), None)
    if not before and reading.kind(n - 1) == "rel" and reading.chunks[n - 1].lower == "whose":
        owner = antecedent(reading, n - 1, None)
        nearest = reading.back(n - 3) if reading.kind(n - 2) == "comma" else n - 2
        if not owner and reading.similar.get(nearest) == "Organization":
            owner = (nearest,)
        if len(owner) == 1 and last == len(chunk.words) - 1:
            for subjects, start in _bearers(reading, arguments, n, n + 1):
                yield subjects, _all(arguments, owner), start
        return
    if whole and not rule.title and not any(w.tag == "poss" for w in before):
        whole = None
    if last == len(chunk.words) - 2 and chunk.mention:
        if whole:
            yield [chunk.mention], [whole], -1
        elif reading.kind(n + 1) == "prep" and chunk.words[-2].tag == "noun" and reading.chunks[n + 1].lower == "of":
            following = reading.on(n + 2)
            if rule.title and reading.kind(following) == "np":
                yield [chunk.mention], _all(arguments, reading.joined(following)[0]), -1
    elif last == len(chunk.words) - 1 and whole:
        for subjects, start in _bearers(reading, arguments, n, n + 1):
            yield subjects, [whole], start


def _bearers(reading: Reading, arguments: Arguments, n: int, after: int) -> Iterator[tuple[list[Mention], int]]:
    """Who a noun phrase speaks of: the subject of is, the noun before a comma, the name behind it."""
    if reading.kind(n) == "vg":  # is opposed to, linked with
        yield _all(arguments, reading.clause(n).surface), reading.chunks[n].start
        return
    before = reading.back(n - 1)
    kind = reading.kind(before)
    if kind == "prep" and reading.chunks[before].lower == "of" and reading.kind(before - 1) == "np":
        if reading.chunks[before - 1].head.lemma in lists.THROUGH:  # one of the members of
            yield from _bearers(reading, arguments, before - 1, after)
        return
    if kind == "prep" and reading.chunks[before].lower == "as":
        verb = reading.back(before - 1)
        while reading.kind(verb) in ("np", "prep", "adj"):
            verb = reading.back(verb - 1)
        if reading.kind(verb) == "vg" and reading.chunks[verb].lemma in _AS:
            clause = reading.clause(verb)
            role = (
                "direct"
                if reading.chunks[verb].lemma in ("appoint", "elect", "name", "choose", "nominate")
                else "subject"
            )
            yield arguments.fill((role,), clause, ()), reading.chunks[verb].start
        return
    if kind == "vg":
        clause = reading.clause(before)
        lemma = reading.chunks[before].lemma
        if lemma in _BE:
            start = reading.chunks[max(0, clause.begins)].start
            yield _all(arguments, clause.surface), start if clause.begins < before else reading.chunks[before].start
        elif lemma in ("appoint", "elect", "name") and reading.is_passive(before):
            yield _all(arguments, clause.surface), reading.chunks[before].start
        return
    if kind == "comma":
        bearer = reading.back(before - 1)
        if reading.kind(bearer) == "np" and reading.chunks[bearer].mention:
            yield arguments.named(bearer), -1
            return
    following = reading.on(after)
    if reading.kind(following) == "vg" and reading.chunks[following].lemma == "be":
        following = reading.on(following + 1)  # the chair of Y is T., the aim of Y is to T.
        if reading.kind(following) == "prep" and reading.chunks[following].lower == "to":
            following += 1
        if reading.kind(following) == "np":
            yield _all(arguments, reading.joined(following)[0]), -1
        return
    if reading.kind(following) == "comma":
        following = reading.on(following + 1)
    if reading.kind(following) == "np" and reading.chunks[following].mention:
        closing = reading.kind(following + 1)
        if reading.kind(after) != "comma" or closing in ("comma", "stop", "", "vg"):
            yield arguments.named(following), -1


def _all(arguments: Arguments, phrases: Sequence[int]) -> list[Mention]:
    return [m for p in phrases for m in arguments.named(p)]
