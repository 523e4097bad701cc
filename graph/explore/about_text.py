"""What there is on one thing, as text for a terminal, Markdown or JSON.

In: an About. Out: lines. In a terminal the claims stand as `show` has always told them, and what can be read off them
below; Markdown and JSON hold everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..dossier import clean
from .about import About, Pile
from .sheet import data as sheet_data
from .sheet import escaped, show
from .told import Told
from .told import data as told_data

MOST = 100  # claims, and lines of a part, in a terminal


def text(about: About, most: int = MOST) -> Iterator[str]:
    """For a terminal: `most` claims or lines of each part, all of them if 0."""
    yield from claims_text(about, most)
    yield from sheet_text(about, most)


def claims_text(about: About, most: int = MOST) -> Iterator[str]:
    """The first half: what it is, and its claims. Of an entity no more is read than is told."""
    dossier = about.dossier
    if about.kind == "entity":
        yield from dossier.entity(about.iri, most)
    elif about.kind == "claim":
        yield from dossier.claim(about.iri)
    else:
        tongue = about.tongue
        yield f"{about.name}  {clean(about.id)}"
        for key, label, value in about.facts:
            if key != "id":
                yield "  " + tongue.text("explore-pair", key=label, value=value)
        yield ""
        yield tongue.text("explore-heading", title=tongue.text("about-in-order"), count=len(about.mine))
        yield from dossier.several([about.spaces["claim"] + id for id in about.mine], most)


def sheet_text(about: About, most: int = MOST) -> list[str]:
    """The second half: on what a claim rests and what rests on it; what can be read off the claims."""
    tongue, lines = about.tongue, []
    for pile in about.piles if about.kind == "claim" else ():
        if pile.key in ("grounds", "resting"):
            lines += ["", heading(pile, about)]
            if pile.note:
                lines.append(f"  {pile.note}")
            lines += about.dossier.several([about.spaces["claim"] + one.id for one in pile.claims], most)
    if about.sheet.parts:
        lines += list(show(about.sheet, tongue, "table", most))[1 + len(about.sheet.notes) :]  # its name stands above
    return lines


def markdown(about: About) -> Iterator[str]:
    """All of it, fit for a report."""
    tongue = about.tongue
    yield f"# {escaped(about.name)}\n"
    yield f"{escaped(tongue.text('about-notice'))}\n"
    for _, label, value in about.facts:
        yield f"- {escaped(tongue.text('explore-pair', key=label, value=value))}"
    for pile in about.piles:
        yield f"\n## {escaped(heading(pile, about))}\n"
        if pile.note:
            yield f"{escaped(pile.note)}\n"
        for one in pile.claims:
            yield from _claim(one, about)
    lines = list(show(about.sheet, tongue, "markdown"))
    yield from lines[1 + len(about.sheet.notes) :]


def heading(pile: Pile, about: About) -> str:
    """A pile's title with the number of its claims."""
    return about.tongue.text("explore-heading", title=pile.title, count=len(pile.claims))


def besides(one: Told, about: About) -> Iterator[tuple[str, str, str]]:
    """The claims that say the same as one or the opposite, and those it rests on: kind, id, sentence."""
    for kind, others in (("opposite", one.opposite), ("same", one.same)):
        for other in others:
            words = {"claim": clean(other.name), "stance": other.stance, "source": other.source}
            yield kind, other.id, about.tongue.text(f"show-{kind}", **words)
    for name, id in one.rests:
        yield "rests", id, about.tongue.text("show-based-on", claims=clean(name))


def _claim(one: Told, about: About) -> Iterator[str]:
    yield f"- **{escaped(clean(one.name))}** {escaped(one.text)}"
    yield f"  - {escaped(' · '.join(one.badges))}"
    if one.gist:
        yield f"  - {escaped(one.gist)}"
    yield from (f"  - > {escaped(words)}" for words in one.words)
    yield from (f"  - {escaped(sentence)}" for _, sentence in one.details)
    yield from (f"  - {escaped(address)}" for address in one.addresses)
    yield from (f"  - {escaped(sentence)}" for _, _, sentence in besides(one, about))


def as_json(about: About) -> str:
    """All of it, for a program: ids in no language, words in every one, `text` in the reader's."""
    told = {
        "kind": about.kind,
        "id": about.id,
        "iri": about.iri,
        "name": about.name,
        "notice": about.tongue.text("about-notice"),
        "facts": {key: value for key, _, value in about.facts},
        "claims": [
            {"part": pile.key, "title": pile.title, "note": pile.note, "claims": list(map(told_data, pile.claims))}
            for pile in about.piles
        ],
        "parts": sheet_data(about.sheet, about.tongue)["parts"],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
