"""English matching: whole sentences of several registers, and what no sentence may do to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Problem
from graph.extract.english.chunks import chunks
from graph.extract.english.matcher import EnglishMatcher, body_keys
from graph.extract.english.stance import judge_en
from graph.extract.english.tags import tagged
from graph.extract.english.words import Lexicon, tokens
from graph.extract.flow import Hit, Mention, Verdict
from graph.extract.frames import example, own_files, read_frames
from graph.extract.naming.surroundings import fits_english
from graph.model import Entity, Words
from graph.terms import vocabulary

Claimed = tuple[str, str, str]
SENTENCES = Path(__file__).parent / "sentences" / "en.txt"


@cache
def matcher() -> EnglishMatcher:
    files = [path for path in own_files() if path.name.endswith(".en.yaml")]
    return EnglishMatcher(read_frames(files, [], {"ja": body_keys, "en": body_keys}), vocabulary())


def found(marked: str) -> list[tuple[Hit, Verdict]]:
    read = example(marked)
    names = [read.text[start:end] for (start, end), _ in read.mentions]
    mentions = [Mention(*span, (name,)) for (span, _), name in zip(read.mentions, names, strict=True)]
    classes = dict(zip(names, (cls for _, cls in read.mentions), strict=True))
    hits = matcher().find(read.text, mentions, (), lambda id: Entity(id, classes[id], Words(en=id)))
    return [(hit, judge_en(read.text, hit, mentions)) for hit in hits]


def claimed(marked: str) -> dict[Claimed, Verdict]:
    told: dict[Claimed, Verdict] = {}
    for hit, verdict in found(marked):
        if not verdict.drop and isinstance(hit.object, Mention):
            told[hit.frame.predicate, hit.subject.ids[0], hit.object.ids[0]] = verdict
    return told


def cases() -> list[tuple[str, list[str]]]:
    read: list[tuple[str, list[str]]] = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            read[-1][1].append(line[2:])
        elif line and not line.startswith("#"):
            read.append((line, []))
    return read


@pytest.mark.parametrize(("marked", "lines"), cases())
def test_a_sentence_claims_what_it_says_and_nothing_else(marked: str, lines: list[str]) -> None:
    read = example(marked)
    names = [read.text[start:end] for (start, end), _ in read.mentions]
    got = claimed(marked)
    allowed: set[Claimed] = set()
    for line in lines:
        property, subject, object, *more = line.split()
        claim = property.lstrip("?"), names[int(subject) - 1], names[int(object) - 1]
        allowed |= {claim, (claim[0], claim[2], claim[1])}
        if property.startswith("?"):
            continue
        assert claim in got
        assert got[claim].stance.value == (more[0] if more else "stated")
        assert got[claim].negated is ("neg" in more)
    assert set(got) <= allowed


def test_who_denies_of_itself_is_meant_by_it() -> None:
    ((hit, verdict),) = found("{Shop A|Facility} denied that it operates {Watchman|System}.")
    assert hit.subject.ids == ("Shop A",)
    assert hit.subject.how == ("it → Shop A",)
    assert verdict.negated


@pytest.mark.parametrize(
    "marked",
    [
        "{Shop A|Facility} told {Shop B|Facility} that it operates {Watchman|System}.",
        "{Shop A|Facility} said of {Shop B|Facility} that it operates {Watchman|System}.",
        "{Shop A|Facility} closed. It operates {Watchman|System}.",
        "{Ms Tanabe|Person} said that it operates {Watchman|System}.",
    ],
)
def test_a_pronoun_that_may_mean_another_is_left(marked: str) -> None:
    assert claimed(marked) == {}


def test_subject_and_object_are_mentions_of_the_sentence() -> None:
    for marked, _ in cases():
        read = example(marked)
        spans = {span for span, _ in read.mentions}
        for hit, _ in found(marked):
            assert (hit.subject.start, hit.subject.end) in spans
            assert 0 <= hit.clause[0] <= hit.predicate[0] < hit.predicate[1] <= hit.clause[1] <= len(read.text)


@pytest.mark.parametrize(
    ("before", "fits"),
    [("In June ", True), ("Councillor ", True), ("Supermarket ", True), ("Old ", False), ("West ", False)],
)
def test_a_capital_before_a_name_need_not_belong_to_it(before: str, fits: bool) -> None:
    text = f"{before}Midori Books used cameras."
    assert fits_english(text, len(before), len(before) + 12, "Midori Books") is fits


WORDS = st.sampled_from(
    """
    the a no Shop Agency police system cameras images it they who which that and or but , . ; : ? ' ’s “ ” ( ) - not
    never will would may has been is are was operates use used using installed by to of with for from in on at if when
    said denied plans plan set put run longer more than data shares gave them 2014 5,000 May June
    """.split()
)


@given(st.lists(WORDS, max_size=30))
def test_words_stand_where_they_say_and_cover_the_sentence(parts: list[str]) -> None:
    text = " ".join(parts)
    read = tagged(tokens(text, []), Lexicon(["operate"]))
    at = 0
    for word in read:
        assert word.start >= at
        assert not text[at : word.start].strip()
        assert word.start < word.end
        at = word.end
    assert not text[at:].strip()
    for chunk in chunks(read):
        assert chunk.words


def inside(marked: str) -> bool:
    """Whether every hit stands in the text, its words inside its clause, and is of two names of the text."""
    end = len(example(marked).text)
    return all(
        0 <= hit.clause[0] <= hit.predicate[0] < hit.predicate[1] <= hit.clause[1] <= end
        and hit.subject.ids in (("Shop A",), ("Watchman",))
        and (not isinstance(hit.object, Mention) or hit.object.ids != hit.subject.ids)
        for hit, _ in found(marked)
    )


@given(st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14))
def test_no_order_of_words_breaks_it(before: list[str], between: list[str], after: list[str]) -> None:
    for _, verdict in found(" ".join([*before, "{Shop A|Facility}", *between, "{Watchman|System}", *after])):
        assert verdict.stance


@pytest.mark.parametrize(
    "part", ["the ", ", and which ", "runs and ", "to run ", "said that it ", "of the use ", "by A, "]
)
@pytest.mark.parametrize("times", [30, 70, 3000])
def test_no_length_breaks_it(part: str, times: int) -> None:
    assert inside("{Shop A|Facility} " + part * times + "{Watchman|System} runs.")
    assert inside(part * times + "{Shop A|Facility} runs {Watchman|System}.")


@given(st.text(max_size=40).filter(lambda t: not set(t) & set("{}|")))
def test_no_text_breaks_it(text: str) -> None:
    assert inside(f"{text}{{Shop A|Facility}} runs {{Watchman|System}}{text}")


def test_the_same_sentence_gives_the_same_hits() -> None:
    marked = "{A|Retailer}, {B|Retailer} and {C|Retailer} share images with {the police|PoliceBody}."
    assert [h for h, _ in found(marked)] == [h for h, _ in found(marked)]
    assert {s for _, s, _ in claimed(marked)} == {"A", "B", "C"}


FRAME = """
- id: a-frame
  version: 1
  lang: en
  property: operates
  {}
  examples: ["{{Shop A|Facility|S}} runs {{Watchman|System|O}}."]
"""


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("verbs: [run]", ""),
        ("subject: [direct]", "frame-without-words"),
        ("verbs: [Run]", "frame-word-case"),
        ("phrases: [S zu O]", "bad-phrase"),
        ("phrases: [S of S]", "bad-phrase"),
        ("verbs: [run]\n  object: [notwithstanding]", "unknown-choice"),
        ("verbs: [run]\n  needs: data", "not-a-mapping"),
        ("verbs: [run]\n  voice: middle", "unknown-choice"),
        ("verbs: [run]\n  title: perhaps", "not-a-flag"),
        ("verb: [run]", "unknown-key-near"),
    ],
)
def test_a_frame_that_cannot_be_used_is_named(tmp_path: Path, lines: str, code: str) -> None:
    path = tmp_path / "own.en.yaml"
    path.write_text(FRAME.format(lines), encoding="utf-8")
    problems: list[Problem] = []
    frames = read_frames([path], problems, {"ja": body_keys, "en": body_keys})
    assert [p.code for p in problems][:1] == ([code] if code else [])
    assert len(frames) == (not code)
    assert all(p.where is not None and p.where.line for p in problems)
