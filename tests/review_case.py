"""A small project with a text and candidates from it, for the tests of the review."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.decisions import read_reviews
from graph.extract.flow import Candidate
from graph.extract.reading.text import from_text
from graph.extract.wording import gist
from graph.model import Claim, Entity, Passage, Project, Review, Source, Stance, Words, claim_id
from graph.review.desk import Desk
from graph.review.edit import Editor
from graph.review.lookup import Lookup
from graph.review.screen import ReviewApp
from graph.review.sheet import Sheet
from graph.reviews import apply
from graph.terms import vocabulary

TEXT = (
    "市は警察にカメラの映像を渡している。森は市の顧問だという。"
    "警察はカメラ網を使っている。\n市は警察に映像を渡していない。駅前ではカメラ網が人を記録する。"
)
FILES = {
    "sokanzu.toml": 'title = "図"\nbase = "https://example.org/p/"\nlanguages = ["ja", "en"]\n',
    "entities.yaml": """\
- {id: City, class: GovernmentBody, name: {ja: 市, en: the city}}
- {id: Police, class: PoliceBody, name: {ja: 警察, en: the police}}
- {id: Mori, class: Person, name: {ja: 森, en: Mori}}
- {id: Net, class: CameraNetwork, name: {ja: カメラ網, en: the cameras}, also: [カメラ]}
- {id: Ward, class: GovernmentBody, name: {ja: 区, en: the ward}}
""",
    "sources.yaml": f"""\
- id: minutes
  title: {{ja: 議事録, en: Minutes}}
  date: 2014-06
  language: ja
  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
  characters: {len(TEXT)}
  file: minutes.txt
""",
    "sources/minutes.txt": TEXT,
}


def write(folder: Path) -> Path:
    """The project as a folder."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def project(folder: str = "", claims: Sequence[Claim] = ()) -> Project:
    """The project as a value."""
    named = {
        "City": ("GovernmentBody", "市", "the city"),
        "Police": ("PoliceBody", "警察", "the police"),
        "Mori": ("Person", "森", "Mori"),
        "Net": ("CameraNetwork", "カメラ網", "the cameras"),
        "Ward": ("GovernmentBody", "区", "the ward"),
    }
    entities = tuple(Entity(id, cls, Words(ja=ja, en=en)) for id, (cls, ja, en) in named.items())
    hash = hashlib.sha256(TEXT.encode()).hexdigest()
    source = Source("minutes", Words(ja="議事録", en="Minutes"), language="ja", sha256=hash, characters=len(TEXT))
    return Project(
        folder,
        Words(ja="図"),
        "https://example.org/p/",
        ("ja", "en"),
        entities=entities,
        sources=(source,),
        claims=tuple(claims),
    )


PROJECT = project()


def candidate(words: str, subject: str, predicate: str, object: Any, rule: str = "gives@1", **more: Any) -> Candidate:
    """A candidate that rests on these words of the text."""
    start = TEXT.index(words) if words in TEXT else 0
    spans = more.pop("passages", ((start, start + len(words)),))
    how, context = more.pop("how", ()), more.pop("context", ())
    passages = tuple(Passage(*span) for span in spans)
    quote = "".join(TEXT[p.start : p.end] for p in passages)
    told = {"source": "minutes", "review": Review.candidate, "method": rule, "quote": quote, **more}
    claim = Claim(subject, predicate, object, passages=passages, **told)
    claim = replace(claim, handle=f"X-{claim_id(claim, PROJECT.base)[:8]}")
    claim = replace(claim, gist=gist(claim, PROJECT, vocabulary()))
    return Candidate(claim, "minutes", tuple(how), tuple(Passage(*span) for span in context))


GIVES = candidate("市は警察にカメラの映像を渡している", "City", "providesDataTo", "Police")
USES = candidate("警察はカメラ網を使っている", "Police", "uses", "Net", "uses@1")
KEEPS = candidate("市は警察に映像を渡していない", "City", "providesDataTo", "Police", negated=True)
ADVISES = candidate("森は市の顧問だという", "Mori", "advises", "City", "advises@1", stance=Stance.alleged)
ALL = (GIVES, ADVISES, USES, KEEPS)


def many(count: int) -> list[Candidate]:
    """So many candidates, each with an id of its own."""
    return [
        candidate("", "City", "providesDataTo", "Police", f"rule{n % 7}@1", passages=((n, n + 2),))
        for n in range(count)
    ]


def desk_of(folder: Path, candidates: Sequence[Candidate] = ALL, claims: Sequence[Claim] = ()) -> Desk:
    known = project(str(folder), claims)
    decisions, problems = read_reviews(folder / "reviews.yaml", known)
    assert not problems
    return Desk(known, candidates, apply(candidates, decisions, known), decisions, "Aoi")


def app_of(desk: Desk, lang: str = "en") -> ReviewApp:
    terms = vocabulary()
    document = from_text(TEXT, "minutes.txt", lang="ja", kind="txt")
    sheet = Sheet(desk.queue(), desk.known(), terms, {"minutes": TEXT}, lambda id: document, lang)
    return ReviewApp(sheet, Editor(desk.project, terms, lang), Lookup(desk.project))


HOSTILE = "\u202e\x1b[31m[bold]x[/]\x00\u2066\t\u200b" + "e" + "\u0301" * 9 + "[/bold"
