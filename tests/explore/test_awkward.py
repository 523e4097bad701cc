"""Every exploring command on the shapes that make a program stumble: hubs, loops, circles, islands, open dates."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from graph.commands.analyze import ANALYSES, analysis
from graph.explore.chosen import choose
from graph.explore.paths import find
from graph.explore.sheet import FORMATS, data, show
from graph.explore.ties import Filter, Holds, ties_of
from graph.explore.timeline import Kind, timeline
from graph.explore.tongue import Tongue
from graph.model import Claim, Project, When, Words
from tests.explore.claim_graphs import claim, entity, project

HUB = 5_000
NAMES = ('The "A"\n& <b>Sons</b>', "it's *bold* | `code`\r\n# no heading", "\u202eback\u202c 「株」", "A", "A")


@cache
def hub() -> Project:
    """One in the middle of five thousand, who know nobody else."""
    people = [entity(f"p{n}", "Person") for n in range(HUB)]
    claims = [
        claim(f"p{n}", "hub", n, "holdsPostIn", source=f"s{n % 3}", valid_from=When(2000 + n % 17)) for n in range(HUB)
    ]
    return project(claims, [entity("hub"), *people])


@cache
def awkward() -> Project:
    """All the rest in one."""
    early, late = When(2010), When(2012, 6)
    claims = [
        claim("a", "a", 0),  # loops
        claim("a", "a", 1, "partOf"),
        claim("a", "b", 2, "partOf"),  # circles of parts
        claim("b", "c", 3, "partOf"),
        claim("c", "a", 4, "partOf"),
        claim("f", "f", 5, "matchesAgainst"),
        claim("x", "y", 6, valid_from=early),  # an island, with dates open at either end, at both, and the wrong way
        claim("x", "y", 7, valid_to=late),
        claim("x", "y", 8, valid_from=early, valid_to=late),
        claim("x", "y", 9, valid_from=late, valid_to=early),
        claim("x", "y", 10, as_of=When(2011)),
        claim("x", "y", 11),
        claim("y", "x", 12, negated=True),
        Claim("x", "startDate", When(2009), "s0", voiced_by="s0", handle="D1"),
        Claim("x", "startDate", When(2009, 4), "s1", voiced_by="s1", handle="D2"),
        Claim("x", "count", 3, "s1", voiced_by="s1", handle="N1"),
        Claim("a", "says", Words(en='"quoted"\nand broken', ja="「引用」\n改行"), "s1", voiced_by="a", handle="W1"),
    ]
    named = [replace(entity(id), name=Words(en=name, ja=name)) for id, name in zip("abcxy", NAMES, strict=True)]
    return project(claims, [*named, entity("f", "FaceRecognitionSystem"), entity("nobody"), entity("no", "Person")])


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", ANALYSES)
def test_every_analysis_comes_to_an_end_and_stays_on_its_lines(kind: str, lang: str) -> None:
    made = awkward()
    tongue = Tongue(made, lang)
    for wanted in (Filter(candidates=True, documents=True), Filter(at=When(2011)), Filter(sources=frozenset({"s2"}))):
        sheet = analysis(kind, choose(made, wanted), tongue, "f")
        json.dumps(data(sheet, tongue))
        for format in FORMATS[::2]:
            for line in show(sheet, tongue, format):
                assert "\u202e" not in line and "\r" not in line
                assert format != "table" or "\n" not in line


@pytest.mark.parametrize("kind", ANALYSES)
def test_a_hub_of_five_thousand(kind: str) -> None:
    tongue = Tongue(hub(), "en")
    sheet = analysis(kind, choose(hub(), Filter()), tongue, "hub")
    lines: dict[str, Any] = {part.key: part.lines for part in sheet.parts}
    shown = list(show(sheet, tongue, "table", 10))
    assert len(shown) < 1_000, "what is not shown is counted"
    if kind == "brokers":
        assert next(iter(lines.values()))[0].text.startswith("hub")
    if kind == "timeline":
        assert sum(map(len, lines.values())) == HUB and "more lines" in "\n".join(shown)
    if kind == "corroboration":
        assert sheet.numbers == {"independent": 0, "one_origin": 0, "one_source": HUB}
    if kind == "readers":
        assert sheet.numbers["no_reader"] == HUB


def test_two_of_a_hub_are_joined_by_it_alone() -> None:
    ties = ties_of(hub())
    found = find(ties, "p1", "p4999")
    assert [route.nodes for route in found.routes] == [("p1", "hub", "p4999")] and not found.left
    assert find(ties, "hub", "hub").routes == () and find(ties, "p1", "stranger").apart


def test_dates_open_at_both_ends_may_have_held_at_any_time() -> None:
    held = {tie.handle: [tie.holds(When(year)) for year in (2008, 2011, 2014)] for tie in ties_of(awkward())}
    no, maybe, yes = Holds.no, Holds.maybe, Holds.yes
    assert held["C11"] == [maybe] * 3
    assert held["C6"] == [no, maybe, maybe] and held["C7"] == [maybe, maybe, no]
    assert held["C8"] == [no, yes, no] and held["C10"] == [maybe, maybe, maybe]
    kinds = Counter(entry.kind for entry in timeline(choose(awkward())).entries)
    assert kinds == {Kind.since: 1, Kind.until: 1, Kind.lasted: 2, Kind.seen: 1, Kind.happened: 2}
