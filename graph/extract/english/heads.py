"""Which noun phrase is meant in an English sentence: the head of a chain, what who or which points to.

In: Phrases and a place among them. Out: the numbers of noun phrases; none where that is in doubt.
"""

from __future__ import annotations

from . import lists
from .phrases import Phrases


def subject_before(reading: Phrases, last: int, plural: bool | None) -> list[int]:
    """The subject that ends with chunk `last`, over whatever is said of it by a clause of its own."""
    if reading.kind(last) == "vg":
        noun = modified(reading, last)
        return subject_before(reading, noun, plural) if noun >= 0 else []
    heads = complex_heads(reading, last, plural)
    if heads and not reading.is_object(heads[0]):
        return heads
    verb = governor(reading, (heads[0] if heads else last) - 1)
    noun = modified(reading, verb) if verb >= 0 else -1
    return subject_before(reading, noun, plural) if noun >= 0 else []


def modified(reading: Phrases, verb: int) -> int:
    """The noun phrase that a verb's clause says more of: who met, that it runs, supplied by; -1 where there is none."""
    before = reading.back(verb - 1)
    kind = reading.kind(before)
    if reading.reduced(verb):
        return before if kind == "np" else -1
    if kind == "vg" or (kind == "adj" and reading.chunks[verb].form == "inf"):
        up = governor(reading, before)
        return modified(reading, up) if up >= 0 else -1
    if kind in ("rel", "that"):
        return _noun_before(reading, before)
    if kind == "np":
        if reading.chunks[verb].form == "inf":
            if reading.chunks[before].head.lemma in lists.NOUN_CONTROL:
                return before
            up = governor(reading, before)
            return modified(reading, up) if up >= 0 else -1
        if reading.chunks[verb].form == "ing":
            return before
        first = complex_heads(reading, before)
        opener = reading.back(first[0] - 1) if first else -1
        if reading.kind(opener) in ("rel", "that"):
            return _noun_before(reading, opener)
        if reading.kind(opener) == "np":
            return opener
    return -1


def _noun_before(reading: Phrases, rel: int) -> int:
    before = reading.back(rel - 1)
    if reading.kind(before) == "prep":
        before = reading.back(before - 1)
    return before if reading.kind(before) == "np" else -1


def complex_heads(reading: Phrases, last: int, plural: bool | None = None) -> list[int]:
    """The heads of the noun phrase that ends with chunk `last`: [A, B] for “A and B”, A for “A of B”; [] in doubt."""
    heads, i = [last], last - 1
    while i >= 0:
        i = reading.back(i)
        kind = reading.kind(i)
        if kind == "prep":
            before = reading.back(i - 1)
            if reading.kind(before) == "np":
                # what stood behind the preposition belongs to the noun before it
                rest = [n for n in heads[1:] if plural is not False and _own(reading, heads[0], n, before)]
                heads, i = [before, *rest], before - 1
                continue
            if reading.kind(before) == "conj" and reading.kind(reading.back(before - 1)) == "np":
                return []
            return []
        if kind == "conj" or (kind == "comma" and len(heads) > 1):
            at = reading.back(i - 1)
            if kind == "conj" and reading.kind(at) == "comma":
                at = reading.back(at - 1)
            if reading.kind(at) != "np" or reading.is_object(at) or not _list(reading, at):
                return heads
            if reading.chunks[i].lower == "but" and kind == "conj":
                return heads
            heads, i = [at, *heads], at - 1
            continue
        return heads
    return heads


def _own(reading: Phrases, inner: int, other: int, head: int) -> bool:
    """Of “head of inner and other”: whether `other` stands beside the head rather than beside `inner`."""
    return reading.alike(head, other) and not reading.alike(inner, other)


def _list(reading: Phrases, at: int) -> bool:
    """Whether a noun phrase can begin a list of subjects: not where it closes a phrase that opens the sentence."""
    before = reading.back(at - 1)
    if reading.kind(before) != "prep":
        return True
    return reading.kind(reading.back(before - 1)) == "np"


def antecedent(reading: Phrases, rel: int, plural: bool | None) -> tuple[int, ...]:
    """What who, which or that points back to; () where two noun phrases could be meant."""
    before = reading.back(rel - 1)
    if reading.kind(before) == "prep":  # to which
        before = reading.back(before - 1)
    if reading.kind(before) == "conj":  # which A uses and which B made
        for i in range(before - 1, -1, -1):
            if reading.kind(i) == "rel":
                return antecedent(reading, i, plural)
    if reading.kind(before) == "comma":
        before = reading.back(before - 1)
    if reading.kind(before) != "np":
        return ()
    chain = [before]
    i = reading.back(before - 1)
    while reading.kind(i) == "prep" and reading.kind(reading.back(i - 1)) == "np":
        chain.append(reading.back(i - 1))
        i = reading.back(chain[-1] - 1)
    fits = [n for n in chain if _points_to(reading, rel, n)]
    if not fits:
        return ()
    if len(fits) > 1 and reading.chunks[fits[1]].mention and reading.chunks[fits[0]].mention:
        return ()
    near = fits[0]
    if near == before and plural is not False and reading.kind(i) == "conj" and len(chain) == 1:
        heads = complex_heads(reading, before, plural)
        return tuple(heads) if plural else (near,)
    return (near,)


def _points_to(reading: Phrases, rel: int, phrase: int) -> bool:
    """Whether who or which can point to a noun phrase."""
    who = reading.chunks[rel].lower in ("who", "whom")
    known = reading.similar.get(phrase, "")
    if who:
        return known in ("", "Person", "AffectedPeople", "ActorGroup", "Organization")
    return known not in ("Person", "AffectedPeople")


def governor(reading: Phrases, i: int) -> int:
    """The group of verbs that stands nearest before chunk i in the same clause; -1 where a boundary comes first."""
    while i >= 0:
        kind = reading.kind(i)
        if kind == "vg":
            return i
        if kind in ("stop", "sub", "rel", "that"):
            return -1
        i -= 1
    return -1


def chain_of(reading: Phrases, phrase: int) -> list[int]:
    """A noun phrase and those it hangs on by prepositions, nearest first."""
    chain = [phrase]
    i = reading.back(phrase - 1)
    while reading.kind(i) == "prep" and reading.kind(reading.back(i - 1)) == "np":
        chain.append(reading.back(i - 1))
        i = reading.back(chain[-1] - 1)
    return chain


def by_phrase(reading: Phrases, noun: int, last: int) -> int:
    """The noun phrase after by or of, between a noun and the last phrase of its chain; -1 where there is none."""
    for i in range(noun + 1, last):
        if reading.kind(i) == "prep" and reading.chunks[i].lower in ("by", "of", "from"):
            at = reading.on(i + 1)
            return at if at <= last and reading.kind(at) == "np" else -1
    return -1
