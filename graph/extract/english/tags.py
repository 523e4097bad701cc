"""Which part of speech English words are: a verb, a noun or an adjective.

In: Words with the tags of the closed lists. Out: the same, tagged: by the verbs that the frames name and a list of
common ones, by endings, and by the neighbouring words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import lists
from .times import times
from .words import Lexicon, Word, noun_lemma


def tagged(found: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words of a sentence with their tags."""
    found = times(found)
    finite = 0.0  # whether the clause that is being read has its verb; 0.5: perhaps
    relative = False
    for i, word in enumerate(found):
        before, after = _before(found, i), _after(found, i)
        if word.lower == "to" and (
            after is None or not _verbal(after, lexicon) or (before is not None and before.lower in lists.PREP_TO)
        ):
            found[i] = replace(word, tag="prep")
        elif word.tag in ("rel", "sub", "stop", "comma", "conj", "that"):
            finite, relative = 0.0, (relative and word.tag == "conj") or word.tag in ("rel", "that")
            if word.lower in lists.ALSO_PREP and after is not None and _phrase_only(found, i, lexicon):
                found[i] = replace(word, tag="prep")
            if word.tag == "that" and _points(found, i, lexicon):
                found[i] = replace(word, tag="det")
        elif word.lower in ("neither", "nor") and before is not None and before.tag in ("be", "have", "do", "modal"):
            found[i] = replace(word, tag="not")
        elif word.lower in ("first", "all", "both", "each") and _floats(before, after, lexicon):
            found[i] = replace(word, tag="adv")
        elif word.tag in ("be", "have", "do", "modal"):
            finite, relative = 1.0, False
        elif word.tag == "noun":
            lemma, form = lexicon.verb(word.lower)
            if form == "base":
                form = _same_form(found, i, before, finite, lexicon)
            if lemma and not _named(found, i) and _is_verb(found, i, lemma, form, before, after, finite, relative):
                found[i] = replace(word, tag="verb", lemma=lemma, form=form)
                if form in ("s", "past", "ed", "base"):
                    finite, relative = _finite(lemma, form, before, after), False
            else:
                follows = after is not None and after.tag in ("noun", "name", "adj", "num")
                adjective = form in ("ed", "part") or (form == "ing" and follows) or word.lower in lists.ADJECTIVES
                found[i] = replace(word, tag="adj" if adjective else "noun", lemma=noun_lemma(word.text))
    return found


def _floats(before: Word | None, after: Word | None, lexicon: Lexicon) -> bool:
    """Whether all or both stands with the verb: the two both take part."""
    if before is None or before.tag in ("be", "have"):
        return before is not None
    named = before.tag in ("name", "noun") and after is not None and after.tag == "noun"
    return named and after is not None and lexicon.verb(after.lower)[1] in ("base", "past", "ed")


def _named(found: Sequence[Word], i: int) -> bool:
    """Whether a word is part of a name that no entity bears: Cove Stores, amid words in lower case."""
    if not found[i].text[:1].isupper() or i == 0:
        return False
    return found[i - 1].tag not in ("stop", "quote") and any(w.tag == "noun" and w.text[:1].islower() for w in found)


def _same_form(found: Sequence[Word], i: int, before: Word | None, finite: float, lexicon: Lexicon) -> str:
    """The form of a word like set, put or run, whose base form is that of its past or participle as well."""
    word = found[i]
    after = found[i + 1] if i + 1 < len(found) else None
    if word.lower not in lists.SAME or before is None:
        return "base"
    next_word = _after(found, i)
    by = next_word is not None and next_word.lower == "by"
    if before.tag in ("be", "have") or (by and before.tag in ("comma", "conj", "noun", "name")):
        return "part"
    if (
        word.lower not in lists.SAME_PAST
        or finite
        or before.tag not in ("name", "noun", "pron", "comma", "conj", "rel")
    ):
        return "base"
    if after is None or after.tag in ("stop", "comma", "be", "modal", "conj"):
        return "base"
    return "base" if lexicon.verb(after.lower)[1] in ("s", "past", "ed") else "ed"


def _before(found: Sequence[Word], i: int) -> Word | None:
    return next((w for w in reversed(found[:i]) if w.tag not in ("adv", "not", "quote", "time")), None)


def _after(found: Sequence[Word], i: int) -> Word | None:
    return next((w for w in found[i + 1 :] if w.tag not in ("adv", "not", "quote")), None)


def _verbal(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word after `to` makes an infinitive of it."""
    if word.lower in ("be", "have", "do"):
        return True
    return word.tag == "noun" and lexicon.verb(word.lower)[1] == "base"


def _finite(lemma: str, form: str, before: Word | None, after: Word | None) -> float:
    """How surely a verb is its clause's own, so that no other one is to be looked for."""
    if lemma in lists.SAY:
        return 0.0
    if form == "ed" and before and before.tag in ("noun", "name") and after and after.tag in ("prep", "comma", "stop"):
        return 0.0 if after.lower == "by" else 0.5
    return 1.0


def _phrase_only(found: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether after `as`, `since`, `before` … only a phrase stands, no clause."""
    if found[i].lower in ("than", "like", "as"):
        following = found[i + 1 : i + 2]
        if following and following[0].tag in ("pron",):
            return False
    for word in found[i + 1 :]:
        if word.tag in ("comma", "stop", "rel", "sub", "prep", "conj", "that"):
            return True
        if word.tag in ("be", "have", "do", "modal"):
            return False
        if word.tag == "noun" and lexicon.verb(word.lower)[1] in ("s", "past", "ed"):
            return found[i + 1] is word
    return True


def _points(found: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether `that` belongs to the noun after it (that draft), rather than opening a clause."""
    before = _before(found, i)
    if i + 1 >= len(found) or found[i + 1].tag not in ("noun", "adj"):
        return False
    if before is not None and before.tag == "comma" and i + 2 < len(found):  # the card, that carries a photograph
        lemma, form = lexicon.verb(found[i + 1].lower)
        opens = found[i + 2].tag in ("det", "name", "num") or lemma not in lists.ALSO_NOUNS
        return not (form == "s" and opens)
    if before is None or before.tag in ("prep", "stop", "comma"):
        return True
    if before.tag != "verb" or before.lemma in lists.SAY:
        return False
    return lexicon.verb(found[i + 1].lower)[1] not in ("s", "base")


def _is_verb(
    found: Sequence[Word],
    i: int,
    lemma: str,
    form: str,
    before: Word | None,
    after: Word | None,
    finite: float,
    relative: bool,
) -> bool:
    """Whether a word that can be a verb is one here."""
    tag = before.tag if before else "stop"
    opens = after is not None and after.tag in ("det", "name", "pron", "poss", "num")
    if i + 1 < len(found) and found[i + 1].tag == "poss":
        return False
    if form == "ing":
        return _is_ing(found[i], before, after, tag, opens)
    if form in ("ed", "part", "past"):
        if tag in ("det", "poss", "num", "adj"):
            return False
        if tag == "prep":
            return False
        if before and before.tag == "noun" and before.lower.endswith("-"):
            return False
        # “customers’ suspected thefts”: a form that stands right before a noun and after a comma is an adjective
        return not (tag in ("conj", "verb") and after is not None and after.tag == "noun" and form == "part")
    if form == "base":
        return _is_base(found, i, lemma, before, after, tag, finite, relative)
    if tag in ("det", "poss", "num", "adj", "prep", "be", "to", "modal", "verb", "stop"):
        return False
    if lemma not in lists.ALSO_NOUNS:
        return True
    if (
        after is not None
        and (after.tag in ("be", "modal", "have", "do") or after.lower == "of")
        and (lemma not in lists.WITH_OF)
    ):
        return False
    if tag in ("noun", "name") and (finite == 1 or (finite and not opens)):
        return False
    if tag in ("noun", "name") and before and _surely_plural(before) and not (finite == 0 and _after_prep(found, i)):
        return False
    if tag in ("conj", "comma", "stop"):
        return after is not None and after.tag not in ("comma", "stop", "conj")
    return True


def _is_ing(word: Word, before: Word | None, after: Word | None, tag: str, opens: bool) -> bool:
    if tag == "be":
        return True
    if tag in ("det", "poss", "num", "adj"):
        return False
    if word.lower in lists.ING_NOUNS and not opens:
        return False
    if tag in ("noun", "name"):
        if (
            before is not None
            and before.tag == "noun"
            and _plural(before)
            and after is not None
            and after.tag == "noun"
        ):
            return True  # the companies taking part
        return opens or (after is not None and after.tag in ("prep", "to", "adv"))
    return (after is not None and after.tag not in ("be", "modal", "poss")) or tag == "verb"


def _is_base(
    found: Sequence[Word],
    i: int,
    lemma: str,
    before: Word | None,
    after: Word | None,
    tag: str,
    finite: float,
    relative: bool,
) -> bool:
    """Whether a base form is a verb here: the police use …, plans to use …"""
    if before is None or tag in ("det", "poss", "adj", "prep", "be", "num"):
        return False
    if tag in ("to", "modal"):
        return True
    if after is not None and after.tag == "that" and lemma in lists.SAY and tag in ("name", "noun") and not finite:
        return True
    if tag == "do" or before.lower in ("let", "help"):
        return True
    if tag in ("name", "noun", "pron") and (_asked(found, i) or _subjunctive(found, i)):
        return True
    if tag == "conj":
        verbs = [w for w in found[:i] if w.tag in ("verb", "modal", "to", "be", "have", "do")]
        if verbs and (verbs[-1].form == "base" or verbs[-1].tag in ("modal", "to")):
            return after is not None and after.tag not in ("stop", "conj", "verb", "be", "modal")
        return False
    if relative and tag in ("name", "noun") and _plural(before):
        return True
    if tag == "comma" and not finite and after is not None and after.tag in ("noun", "det", "name", "adj"):
        return _resumes(found, i)
    if tag in ("name", "noun") and not finite and lemma in lists.TOGETHER and (_plural(before) or _joined(found, i)):
        return True
    if finite or after is None or after.tag in ("be", "modal", "have", "do", "stop", "conj", "comma", "poss"):
        return False
    if after.lower == "of" and lemma not in lists.WITH_OF:
        return False
    if tag == "pron":
        return before.lower in ("we", "they", "you", "i", "who", "others", "many", "both")
    if tag in ("rel", "that"):
        return True
    if tag in ("name", "noun"):
        return _plural(before) or _joined(found, i)
    return False


def _asked(found: Sequence[Word], i: int) -> bool:
    """Whether the sentence asks: Did the shop install …"""
    first = next((w for w in found if w.tag not in ("adv", "quote")), None)
    return first is not None and (first.tag in ("do", "modal")) and not any(w.tag == "verb" for w in found[:i])


def _resumes(found: Sequence[Word], i: int) -> bool:
    """Whether a plural subject goes on behind an insertion: the guidelines, which are new, permit …"""
    for at in range(i - 2, 1, -1):
        if found[at].tag == "rel":
            comma = at - 2 if found[at - 1].tag == "prep" else at - 1  # with which
            if comma > 0 and found[comma].tag == "comma":
                named = found[comma - 1].tag in ("name", "noun")
                return named and (_plural(found[comma - 1]) or _joined(found, comma))
        if found[at].tag == "comma":
            return False
    return False


def _surely_plural(word: Word) -> bool:
    """Whether a subject is plural beyond doubt: a name that ends in s need not be."""
    if word.tag == "name":
        return word.mention is not None and word.mention.all_of
    return _plural(word)


def _after_prep(found: Sequence[Word], i: int) -> bool:
    """Whether the noun before word i hangs on a preposition, so that it is not what the verb speaks of."""
    for word in reversed(found[:i]):
        if word.tag == "prep":
            return True
        if word.tag not in ("name", "noun", "det", "adj", "num", "poss", "adv", "time"):
            return False
    return False


def _subjunctive(found: Sequence[Word], i: int) -> bool:
    """Whether a word stands in a clause that is asked for: demand that the city publish."""
    for at in range(i - 1, 0, -1):
        if found[at].tag in ("verb", "be", "have", "do", "modal", "stop", "to", "rel", "sub"):
            return False
        if found[at].tag == "that":
            before = _before(found, at)
            return before is not None and (
                before.lemma in lists.ASKED | {"resolve", "decide", "agree"} or before.lower in ("demand", "proposal")
            )
    return False


def _plural(word: Word) -> bool:
    lower = word.lower.rstrip("’'")
    if word.mention and word.mention.all_of:
        return True
    if lower in lists.PLURALS or lower.split()[-1:] == ["police"] or lower.split()[-1:] == ["people"]:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and not lower.endswith("news")


def _joined(found: Sequence[Word], i: int) -> bool:
    """Whether the subject before word i is made of two joined by and."""
    for word in reversed(found[:i]):
        if word.tag == "conj":
            return word.lower == "and"
        if word.tag not in ("name", "noun", "det", "adj", "num", "poss", "adv"):
            return False
    return False
