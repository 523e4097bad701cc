"""English stance: sentences with the verdict that a careful reader would give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.english.stance import judge_en
from graph.extract.flow import Frame, Hit, Mention
from graph.extract.stance import DROPS, read_cues

HERE = Path(__file__).parent / "stances"
_MARK = re.compile(r"\{([^{}|]+)((?:\|[SOV])*)\}|\[([^\[\]:]+):(\w+)\]")


def cases() -> list[tuple[str, int, str, str]]:
    found = []
    for name in ("en-before.txt", "en.txt"):
        for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                expected, _, sentence = line.partition("|")
                found.append((name, number, expected.strip(), sentence.strip()))
    return found


def read(sentence: str) -> tuple[str, Hit, list[Mention], str]:
    """The plain text, the hit, its mentions and the id of the voice that is expected."""
    plain, at, voice, property = "", 0, "", ""
    mentions: list[Mention] = []
    roles: dict[str, Mention] = {}
    predicate = (0, 0)
    for mark in _MARK.finditer(sentence):
        plain += sentence[at : mark.start()]
        at = mark.end()
        start = len(plain)
        plain += mark[1] or mark[3]
        if mark[3]:
            predicate, property = (start, len(plain)), mark[4]
            continue
        mention = Mention(start, len(plain), (mark[1],))
        mentions.append(mention)
        for role in mark[2].split("|")[1:]:
            roles[role] = mention
            voice = mark[1] if role == "V" else voice
    plain += sentence[at:]
    frame = Frame("test-en", 1, "en", property)
    ends = [predicate, (roles["S"].start, roles["S"].end), (roles["O"].start, roles["O"].end)]
    clause = min(start for start, _ in ends), max(end for _, end in ends)
    return plain, Hit(frame, roles["S"], roles["O"], predicate, clause), mentions, voice


CASES = cases()


@pytest.mark.parametrize(
    ("expected", "sentence"), [case[2:] for case in CASES], ids=[f"{name}:{number}" for name, number, *_ in CASES]
)
def test_the_verdict_is_a_careful_readers(expected: str, sentence: str) -> None:
    text, hit, mentions, voice = read(sentence)
    verdict = judge_en(text, hit, mentions)
    words = expected.split(":")[0].split()
    if words[0] == "drop":
        assert verdict.drop
        return
    assert verdict.drop == ""
    assert verdict.stance.value == words[0]
    assert verdict.negated is ("negated" in words)
    assert verdict.hedged is ("hedged" in words)
    if "@" in words:
        assert verdict.voice is not None
        assert verdict.voice.ids == (voice,)
    else:
        assert verdict.voice is None
    assert verdict.cue in text


def test_enough_sentences_are_read() -> None:
    assert len(CASES) > 120
    assert {e.split(":")[1] for _, _, e, _ in CASES if ":" in e} <= set(DROPS)


@pytest.mark.parametrize("section", ["group", "governors", "openers", "sources"])
def test_every_cue_fits_its_examples(section: str) -> None:
    for cue in read_cues("en")[section]:
        assert cue.examples, cue.words.pattern
        for example in cue.examples:
            assert cue.words.search(example.lower()), (cue.words.pattern, example)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_it_and_the_cue_stands_in_the_text(before: str, between: str, after: str) -> None:
    text = f"{before}Aoba City{between} uses cameras{after}"
    subject = Mention(len(before), len(before) + 9, ("AobaCity",))
    start = len(before) + 9 + len(between) + 1
    object = Mention(start + 5, start + 12, ("Cameras",))
    hit = Hit(Frame("test-en", 1, "en", "uses"), subject, object, (start, start + 4), (subject.start, object.end))
    verdict = judge_en(text, hit, [subject, object])
    assert verdict.cue in text
    assert verdict.drop in ("", *DROPS)


@pytest.mark.parametrize("opener", ["If", "Unless", "Provided that", "Should", "Even if", "Suppose"])
@given(st.sampled_from(["uses", "installs", "runs"]), st.sampled_from(["", " secretly", " already"]))
def test_a_condition_is_never_a_claim(opener: str, verb: str, adverb: str) -> None:
    text, hit, mentions, _ = read(f"{opener} {{Aoba City|S}}{adverb} [{verb}:uses] {{cameras|O}}, residents will sue.")
    assert judge_en(text, hit, mentions).drop
