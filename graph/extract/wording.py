"""A claim in plain words, made by machine.

In: a claim, the project's names, the ontology's labels, wording.toml. Out: its gist, one sentence in each of the
project's languages (Japanese as such, any other one in English words), which says the stance and a denial too: the
reader of a gist alone must not take a proposal for a fact.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from ..model import CURATOR, Claim, Project, Qualifier, Stance, Value, When, Words
from ..terms import Vocabulary

_MONTHS = "January February March April May June July August September October November December".split()

_STANCES_JA = {
    Stance.stated: "",
    Stance.reported: "と伝えられている",
    Stance.inferred: "と推測されている",
    Stance.alleged: "という疑いまたは主張がある",
    Stance.intended: "意図があるとされる",
    Stance.proposed: "ことが提案されている",
    Stance.demanded: "ことが求められている",
    Stance.questioned: "のかが問われている",
}
_STANCES_EN = {
    Stance.stated: "",
    Stance.reported: "it is reported that ",
    Stance.inferred: "it is inferred that ",
    Stance.alleged: "it is suspected or alleged that ",
    Stance.intended: "it is said to be intended that ",
    Stance.proposed: "it is proposed that ",
    Stance.demanded: "it is demanded that ",
    Stance.questioned: "it is questioned whether ",
}


def gist(claim: Claim, project: Project, vocabulary: Vocabulary) -> Words:
    """The claim as one sentence a language."""
    return Words(
        {
            lang: (_japanese if lang == "ja" else _english)(claim, _Labels(project, vocabulary, lang))
            for lang in project.languages or ("ja", "en")
        }
    )


class _Labels:
    """What things are called in one language."""

    def __init__(self, project: Project, vocabulary: Vocabulary, lang: str) -> None:
        self.project, self.vocabulary, self.lang = project, vocabulary, lang

    def name(self, id: str) -> str:
        """An entity's or a source's name."""
        if entity := self.project.entity(id):
            return entity.name.best(self.lang)
        source = self.project.source(id)
        return source.title.best(self.lang) if source else id

    def value(self, value: str | Value) -> str:
        """An object: an entity's name or the value itself."""
        if isinstance(value, str):
            return self.name(value)
        return self.when(value) if isinstance(value, When) else self.words(value)

    def words(self, value: Words | int) -> str:
        return value.best(self.lang) if isinstance(value, Words) else str(value)

    def when(self, when: When) -> str:
        """A date as people write it, at its own precision."""
        if self.lang == "ja":
            parts = [f"{when.year}年", f"{when.month}月" if when.month else "", f"{when.day}日" if when.day else ""]
            return "".join(parts)
        month = _MONTHS[when.month - 1] if when.month else ""
        return " ".join(filter(None, (str(when.day or ""), month, str(when.year))))

    def voice(self, claim: Claim) -> str:
        """Who is quoted; "" where the source speaks for itself."""
        source = self.project.source(claim.source)
        own = {"", CURATOR, claim.source, source.document if source else ""}
        return "" if claim.voiced_by in own else self.name(claim.voiced_by)

    def aside(self, claim: Claim) -> list[str]:
        """What narrows the claim: qualifiers, then dates."""
        found = [
            f"{self.label(name)}{'：' if self.lang == 'ja' else ': '}{self.qualifier(value)}"
            for name, value in claim.qualifiers
        ]
        start, end = claim.valid_from, claim.valid_to
        if start and start == end:
            found.append(self.when(start))
        elif start and end:
            found.append(f"{self.when(start)}–{self.when(end)}")
        elif start:
            found.append(f"{self.when(start)}から" if self.lang == "ja" else f"from {self.when(start)}")
        elif end:
            found.append(f"{self.when(end)}まで" if self.lang == "ja" else f"until {self.when(end)}")
        return found

    def label(self, qualifier: str) -> str:
        property = self.vocabulary.qualifiers.get(qualifier)
        return property.label.best(self.lang) if property else qualifier

    def qualifier(self, value: Qualifier) -> str:
        if isinstance(value, tuple):
            return ("、" if self.lang == "ja" else ", ").join(map(self.name, value))
        return self.value(value)

    def property(self, name: str) -> str:
        """A property's label."""
        property = self.vocabulary.properties.get(name)
        return property.label.best(self.lang) if property else name


def _japanese(claim: Claim, labels: _Labels) -> str:
    subject, told = labels.name(claim.subject), labels.value(claim.object)
    stance = claim.stance
    if parts := _said().get(claim.predicate):
        joint, yes, no = parts["ja"]
        if (stance is not Stance.stated or claim.hedged) and "は" in joint:
            joint = joint.replace("は", "が", 1)
        core = f"{subject}{joint}{told}{no if claim.negated else yes}"
    else:
        core = f"{subject} → {labels.property(claim.predicate)} → {told}"
        core = f"「{core}」{'ではない' if claim.negated else 'である'}"
    aside = labels.aside(claim)
    if claim.hedged and stance is not Stance.stated:
        aside.append("断定はしていない")
    ending = "とみられる" if claim.hedged and stance is Stance.stated else _STANCES_JA[stance]
    voice = labels.voice(claim)
    return f"{voice}によれば、" * bool(voice) + core + ending + (f"（{'、'.join(aside)}）" if aside else "") + "。"


def _english(claim: Claim, labels: _Labels) -> str:
    subject, told = labels.name(claim.subject), labels.value(claim.object)
    label = labels.property(claim.predicate)
    yes, no = _said().get(claim.predicate, {}).get("en") or (label, denied(label))
    core = f"{subject} {no if claim.negated else yes} {told}"
    voice = labels.voice(claim)
    opening = "it seems that " if claim.hedged and claim.stance is Stance.stated else _STANCES_EN[claim.stance]
    if voice:
        opening = f"according to {voice}, {opening}"
    aside = labels.aside(claim)
    if claim.hedged and claim.stance is not Stance.stated:
        aside.append("said with reserve")
    first = core.partition(" ")[0]
    if not opening and first.islower() and ":" not in first:  # not iPhone or an address, but what is called a thing
        core = core[:1].upper() + core[1:]
    sentence = opening[:1].upper() + opening[1:] + core + (f" ({'; '.join(aside)})" if aside else "")
    return sentence if re.search(r"[.!?。]$", sentence) else sentence + "."


def denied(label: str) -> str:
    """An English verb in the third person, denied: amends → does not amend."""
    verb, _, rest = label.partition(" ")
    if verb == "is":
        return f"is not {rest}".rstrip()
    if verb == "has":
        base = "have"
    elif verb.endswith("ies"):
        base = verb[:-3] + "y"
    elif re.search("(sh|ch|ss|x)es$", verb):
        base = verb[:-2]
    else:
        base = verb.removesuffix("s")
    return f"does not {base} {rest}".rstrip()


@cache
def _said() -> dict[str, dict[str, list[str]]]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)
