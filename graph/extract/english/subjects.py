"""Who is the subject of an English verb: read from the verb to the left.

In: a Reading and one of its clauses. Out: the clause's grammatical subject, or none where that is in doubt. Relative
clauses, insertions between commas, verbs joined by and, infinitives, gerunds and participles are each read their way.
"""

from __future__ import annotations

from . import lists
from .heads import antecedent, by_phrase, chain_of, complex_heads, governor, subject_before
from .phrases import Clause, Phrases

_WHOLE_CLAUSE = frozenset("by without after before while when in through despite for from besides instead of".split())


def find_subject(reading: Phrases, clause: Clause) -> None:
    """Set `surface`, and for infinitives and gerunds the verb they hang on."""
    chunk = reading.chunks[clause.verb]
    before = reading.back(clause.verb - 1)
    kind = reading.kind(before)
    if reading.reduced(clause.verb):
        _participle(reading, clause, before)
    elif chunk.form == "inf":
        _infinitive(reading, clause, before)
    elif chunk.form == "ing":
        _gerund(reading, clause, before)
    elif kind in ("np", "vg"):
        clause.surface = tuple(subject_before(reading, before, chunk.plural))
    elif kind in ("rel", "that"):
        clause.surface = antecedent(reading, before, chunk.plural)
    elif kind == "conj":
        _joined_verb(reading, clause, before)
    elif kind == "comma":
        _after_comma(reading, clause, before)
    elif kind == "sub":
        _elliptic(reading, clause, before)
    find_gap(reading, clause)


def _joined_verb(reading: Phrases, clause: Clause, conj: int) -> None:
    """A verb after and: it shares the subject of the verb before that is of its form."""
    before = reading.back(conj - 1)
    chunk = reading.chunks[clause.verb]
    for i in range(before, -1, -1):
        if reading.kind(i) == "stop":
            return
        if reading.kind(i) == "vg" and not reading.reduced(i):
            other = reading.chunks[i]
            says = chunk.lemma in lists.SAY and other.lemma not in lists.SAY and chunk.form == "finite"
            if says and any(reading.kind(j) == "that" for j in range(i)):
                continue  # admits that it films but denies that it keeps
            if other.form == chunk.form or (chunk.form == "finite" and other.form == "finite"):
                shared = reading.clause(i)
                clause.surface = shared.surface
                return
            if (
                other.form == "inf"
                and chunk.form == "finite"
                and chunk.words[-1].form == "base"
                and len(chunk.words) == 1
            ):
                shared = reading.clause(i)
                clause.surface, clause.begins, clause.control = shared.surface, shared.begins, shared.control
                return
            if other.form == "ing" and chunk.form == "finite" and len(chunk.words) == 1 and other.words[0].tag != "be":
                continue
    return


def _after_comma(reading: Phrases, clause: Clause, comma: int) -> None:
    """A finite verb behind a comma: the subject stands before the insertion, or the verb is one of a list."""
    i = comma - 1
    while i >= 0 and reading.kind(i) != "stop":
        if reading.kind(i) == "comma" and _insertion(reading, i + 1, comma):
            at = reading.back(i - 1)
            if reading.kind(at) == "np" and not reading.is_object(at):
                clause.surface = tuple(complex_heads(reading, at, reading.chunks[clause.verb].plural))
                return
            if reading.kind(at) in ("rel", "that"):
                clause.surface = antecedent(reading, at, reading.chunks[clause.verb].plural)
                return
            if reading.kind(at) == "conj":
                _joined_verb(reading, clause, at)
                return
        i -= 1
    later = range(clause.verb + 1, len(reading.chunks))
    if any(reading.kind(j) == "conj" and reading.kind(reading.on(j + 1)) == "vg" for j in later):
        _joined_verb(reading, clause, comma)


def _insertion(reading: Phrases, start: int, end: int) -> bool:
    """Whether the chunks between two commas are an insertion: an apposition, a relative clause, a participle."""
    if start >= end:
        return False
    kinds = [reading.kind(i) for i in range(start, end)]
    first = reading.on(start)
    opener = reading.kind(first)
    verbs = [i for i in range(start, end) if reading.kind(i) == "vg" and reading.chunks[i].form == "finite"]
    if opener in ("rel", "sub", "that"):
        return True
    if opener == "prep":
        return not verbs or reading.kind(reading.on(first + 1)) == "rel"
    if opener == "vg":
        return reading.chunks[first].form in ("ing", "part", "inf") or reading.reduced(first)
    if opener in ("np", "adj", "conj"):
        return not verbs or any(k in ("rel", "that", "sub") for k in kinds) or all(map(reading.reduced, verbs))
    return not verbs


def _elliptic(reading: Phrases, clause: Clause, sub: int) -> None:
    """“, as criticised by”, “than agreed”: no subject of its own is read."""
    clause.surface = ()


def _hang(reading: Phrases, clause: Clause, verb: int) -> None:
    """Let a clause have the subject of the verb that it hangs on."""
    above = reading.clause(verb)
    clause.surface, clause.control = above.surface, verb
    clause.begins = above.begins


def _infinitive(reading: Phrases, clause: Clause, before: int) -> None:
    i = before
    while reading.kind(i) in ("adj", "adv", "time"):  # is able to, is due in June to
        i -= 1
    kind = reading.kind(i)
    if kind == "vg":
        _hang(reading, clause, i)
        return
    if kind == "conj":
        _joined_verb(reading, clause, i)
        if not clause.surface and (up := governor(reading, i - 1)) >= 0:
            _hang(reading, clause, up)
        return
    if kind == "comma":
        at = reading.back(i - 1)
        if reading.kind(at) == "vg" or any(
            reading.chunks[j].form == "inf" for j in range(i) if reading.kind(j) == "vg"
        ):
            _joined_verb(reading, clause, i)
        return
    if kind != "np":
        if kind == "prep" or kind == "":
            return
        return
    _infinitive_after_noun(reading, clause, i)


def _infinitive_after_noun(reading: Phrases, clause: Clause, phrase: int) -> None:
    """ask A to, A's plan to, a plan by A to, for A to, or simply the purpose of what was done before."""
    heads = complex_heads(reading, phrase)
    before = reading.back(phrase - 1)
    if reading.kind(before) == "prep" and reading.chunks[before].lower == "for" and not heads:
        heads = [phrase]
    if reading.kind(before) == "prep" and reading.chunks[before].lower == "for":
        clause.surface = (phrase,)
        return
    noun = next((n for n in chain_of(reading, phrase) if reading.chunks[n].head.lemma in lists.NOUN_CONTROL), -1)
    up = governor(reading, phrase - 1)
    if noun >= 0 and not (up >= 0 and reading.chunks[up].lemma in lists.OBJECT_CONTROL and noun != phrase):
        clause.begins = noun
        by = by_phrase(reading, noun, phrase)
        if by >= 0:
            clause.surface = (by,)
        elif reading.chunks[noun].owner:
            clause.surface = (-noun - 1,)  # the owner of that noun phrase
        elif up >= 0 and reading.chunks[up].lemma in lists.SUPPORT:
            _hang(reading, clause, up)
            if reading.is_passive(up):
                clause.surface = ()
                for phrases in reading.clause(up).get("by"):
                    clause.surface = phrases
        return
    if up < 0:
        return
    above = reading.clause(up)
    clause.control = up
    clause.begins = above.begins
    if reading.chunks[up].lemma in lists.OBJECT_CONTROL and not reading.is_passive(up):
        objects = [p for role in ("direct", "on", "upon", "to", "with") for p in above.get(role)]
        nearest = [p for p in objects if p[-1] <= phrase]
        clause.surface = nearest[0] if len(nearest) == 1 or above.get("direct") else ()
        return
    _hang(reading, clause, up)


def _gerund(reading: Phrases, clause: Clause, before: int) -> None:
    kind = reading.kind(before)
    if kind == "vg":
        _hang(reading, clause, before)
    elif kind == "adj" and reading.kind(reading.back(before - 1)) == "vg":
        _hang(reading, clause, reading.back(before - 1))
    elif kind == "prep":
        _gerund_after_preposition(reading, clause, before)
    elif kind == "comma":
        up = _main_verb(reading, before)
        if up >= 0:
            _hang(reading, clause, up)
    elif kind == "conj":
        _joined_verb(reading, clause, before)
    elif kind == "sub":
        if (up := governor(reading, before - 1)) >= 0:
            _hang(reading, clause, up)
    elif kind == "np":
        up = governor(reading, before)
        if reading.chunks[clause.verb].lemma in ("use", "employ", "utilize") and up >= 0:  # filmed him using cameras
            _hang(reading, clause, up)
            return
        chain = chain_of(reading, before)
        named = [n for n in chain if reading.chunks[n].mention]
        if len(chain) == 1 or (len(named) == 1 and named[0] == before and not reading.similar.get(chain[1], "")):
            clause.surface = (before,)
    elif kind == "":
        _opening(reading, clause)


def _gerund_after_preposition(reading: Phrases, clause: Clause, prep: int) -> None:
    """by filming, without informing, criticised the shop for filming."""
    word = reading.chunks[prep].lower
    before = reading.back(prep - 1)
    up = governor(reading, before)
    if reading.kind(before) in ("", "stop") or (reading.kind(before) == "comma" and up < 0):
        _opening(reading, clause)
        return
    if up < 0:
        return
    chunk = reading.chunks[up]
    if word in ("of", "for", "from", "with", "about", "over") and chunk.lemma in lists.OBJECT_GERUND:
        above = reading.clause(up)
        direct = above.get("direct")
        clause.control, clause.begins = up, above.begins
        clause.surface = direct[0] if direct else ()
        return
    if reading.kind(before) == "np" and word in ("of", "for", "to"):
        noun = before
        if reading.chunks[noun].owner and reading.chunks[noun].head.lemma in lists.NOUN_CONTROL:
            clause.surface = (-noun - 1,)
            clause.begins = noun
            return
        if word == "of":
            return
    _hang(reading, clause, up)


def _main_verb(reading: Phrases, i: int) -> int:
    """The finite verb before a participle that a comma sets off; its clause's subject is the participle's."""
    while i >= 0:
        if reading.kind(i) == "stop":
            return -1
        if reading.kind(i) == "vg" and reading.chunks[i].form == "finite" and not reading.reduced(i):
            return i
        i -= 1
    return -1


def _opening(reading: Phrases, clause: Clause) -> None:
    """A participle that opens the sentence has the subject of the clause behind it."""
    comma = False
    for i in range(clause.verb + 1, len(reading.chunks)):
        kind = reading.kind(i)
        comma = comma or kind == "comma"
        if kind in ("stop", "rel", "sub", "that"):
            return
        if comma and kind == "vg" and reading.chunks[i].form == "finite":
            clause.surface = reading.clause(i).surface
            return


def _participle(reading: Phrases, clause: Clause, before: int) -> None:
    """The noun that a bare participle says more of."""
    kind = reading.kind(before)
    if kind == "comma":
        before = reading.back(before - 1)
        kind = reading.kind(before)
        if kind in ("vg", "np") and kind != "np":
            return
    if kind == "conj":
        other = governor(reading, before)
        if other >= 0 and reading.reduced(other):  # written by A and published by B
            clause.surface = reading.clause(other).surface
        else:
            _joined_verb(reading, clause, before)
        return
    if kind == "":
        _opening(reading, clause)
        return
    if kind != "np":
        return
    chain = chain_of(reading, before)
    named = [n for n in chain if reading.chunks[n].mention]
    if len(chain) > 1 and reading.alike(before, chain[1]) and reading.chunks[chain[1]].head.lemma not in lists.THROUGH:
        return  # a committee of the board headed by N.: either
    if len(chain) == 1 or (named == [before]) or (len(named) <= 1 and not reading.chunks[before].mention):
        clause.surface = (before,) if len(chain) == 1 or named == [before] else ()
    if len(chain) > 1 and len(named) > 1:
        clause.surface = ()


def find_gap(reading: Phrases, clause: Clause) -> None:
    """A relative clause without its own object: the guidelines, which the Agency amended; the system it runs."""
    passive = reading.is_passive(clause.verb)
    if clause.get("direct") or reading.chunks[clause.verb].form == "ing":
        return
    subject = clause.surface
    if not subject or min(subject) < 0:
        return
    first = min(subject)
    i = reading.back(first - 1)
    top = reading.chunks[clause.verb]
    if reading.kind(i) in ("rel", "that") and reading.kind(reading.back(i - 1)) != "vg":
        prep = reading.back(i - 1)
        if reading.kind(prep) == "prep":
            found = antecedent(reading, i, None)
            clause.add(reading.chunks[prep].lower, found)
        elif top.form in ("finite", "inf") and not passive:
            clause.add("direct", antecedent(reading, i, None))
    elif (
        reading.kind(i) == "np"
        and i == first - 1
        and top.form == "finite"
        and not passive
        and not reading.is_object_pair(i)
    ):
        clause.add("direct", (i,))
