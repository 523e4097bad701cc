"""A project's own frames: the example of docs/extraction.md is read and found; mistakes are told with their line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import Problem
from graph.extract.flow import Mention
from graph.extract.frames import read_frames
from graph.extract.pipeline import Extractor
from graph.model import Entity, Words
from graph.paths import BLANK, HOUSE
from graph.project import read_project
from graph.terms import vocabulary

PAGE = (HOUSE / "docs" / "extraction.md").read_text(encoding="utf-8")
[SHOWN] = [block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if block.startswith("- id: follows-en")]


def frames(text: str, folder: Path) -> tuple[list[str], list[Problem]]:
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    from graph.extract.english.matcher import body_keys as english
    from graph.extract.japanese.matcher import body_keys as japanese

    problems: list[Problem] = []
    return [f.id for f in read_frames([file], problems, {"ja": japanese, "en": english})], problems


def test_the_page_shows_frames_that_are_read(tmp_path: Path) -> None:
    assert frames(SHOWN, tmp_path) == (["follows-en", "follows-ja"], [])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_their_examples_hold(lang: str, tmp_path: Path) -> None:
    if lang == "ja":
        pytest.importorskip("ginza")
    from graph.extract.english import matcher as english
    from graph.extract.japanese import matcher as japanese
    from graph.extract.parse import parse

    (tmp_path / "own.yaml").write_text(SHOWN, encoding="utf-8")
    read = read_frames([tmp_path / "own.yaml"], [], {"ja": japanese.body_keys, "en": english.body_keys})
    (frame,) = [f for f in read if f.lang == lang]
    for case, found in [*((c, True) for c in frame.examples), *((c, False) for c in frame.counter)]:
        entities: dict[str, Entity] = {}
        mentions = []
        for (start, end), cls in case.mentions:
            name = case.text[start:end]
            entities[name] = Entity(name, cls, Words(ja=name))
            mentions.append(Mention(start, end, (name,)))
        if lang == "en":
            hits = english.EnglishMatcher([frame], vocabulary()).find(case.text, mentions, (), entities.__getitem__)
        else:
            hits = japanese.JapaneseMatcher([frame], vocabulary()).find(
                parse([case.text])[0], mentions, (), entities.__getitem__
            )
        assert bool(hits) is found, case.text


def test_a_project_with_the_frame_finds_by_it(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "mine"
    shutil.copytree(BLANK, folder)
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yaml").write_text(SHOWN.replace("subjects: [PoliceBody]", ""), encoding="utf-8")
    with (folder / "entities.yaml").open("a", encoding="utf-8") as file:
        file.write("\n- id: Marchers\n  class: AffectedPeople\n  name: {en: the marchers}\n")
    project, _ = read_project(folder)
    extractor = Extractor(project)
    from graph.extract.reading.text import from_text

    made = extractor.extract(from_text("Example City tailed the marchers for a week in 2015.", "a.txt"))
    assert extractor.problems == []
    assert [(c.claim.subject, c.claim.predicate, c.claim.object, c.rule) for c in made.candidates] == [
        ("ExampleCity", "records", "Marchers", "follows-en@1")
    ]


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        ("  property: follows", "unknown-property", 4),
        ("  subjects: [Polis]", "unknown-class", 4),
        ("  version: none", "not-a-number", 4),
    ],
)
def test_a_mistake_is_told_by_its_line(line: str, code: str, at: int, tmp_path: Path) -> None:
    key = line.split(":")[0]
    rest = {
        "  version": "  version: 1",
        "  lang": "  lang: en",
        "  property": "  property: records",
        "  verbs": "  verbs: [tail]",
        "  examples": '  examples: ["{The Force|PoliceBody|S} tailed {the men|AffectedPeople|O}."]',
    }
    others = [text for name, text in rest.items() if name != key]
    text = "\n".join(["- id: own-en", *others[:2], line, *others[2:]]) + "\n"
    _, problems = frames(text, tmp_path)
    assert [(p.code.removesuffix("-near"), p.where.line) for p in problems] == [(code, at)]
