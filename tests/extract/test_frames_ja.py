"""Every Japanese frame keeps what its examples promise and refuses its counter-examples."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

pytest.importorskip("ginza")

from graph.errors import Problem
from graph.extract.flow import Example, Frame, Hit, Mention, Parsed, Verdict
from graph.extract.frames import own_files, read_frames
from graph.extract.japanese.matcher import JapaneseMatcher, body_keys
from graph.extract.japanese.stance import judge_ja
from graph.extract.parse import parse
from graph.model import Entity, Words
from graph.terms import vocabulary

FILES = [path for path in own_files() if path.name.endswith(".ja.yaml")]
PROBLEMS: list[Problem] = []
FRAMES = read_frames(FILES, PROBLEMS, {"ja": body_keys, "en": body_keys})
SPEAKER = "（この文書）"  # who speaks, where an example gives only the class of that
TOPIC = "（前の文）"  # whom the sentence before was about, likewise
CASES = [(frame, case, True) for frame in FRAMES for case in frame.examples]
CASES += [(frame, case, False) for frame in FRAMES for case in frame.counter]


@cache
def parsed() -> dict[str, Parsed]:
    texts = list(dict.fromkeys(case.text for _, case, _ in CASES))
    return dict(zip(texts, parse(texts), strict=True))


@cache
def matcher() -> JapaneseMatcher:
    return JapaneseMatcher(FRAMES, vocabulary())


def found(case: Example) -> list[tuple[Hit, Verdict]]:
    entities, mentions = {}, []
    for (start, end), cls in case.mentions:
        name = case.text[start:end]
        entities[name] = Entity(name, cls, Words(ja=name))
        mentions.append(Mention(start, end, (name,)))
    tree = parsed()[case.text]
    speakers: list[Mention] = []
    if speaker := case.expects.get("speaker"):
        entities[SPEAKER] = Entity(SPEAKER, speaker, Words(ja=SPEAKER))
        speakers = [Mention(0, 0, (SPEAKER,))]
    topics: list[Mention] = []
    if topic := case.expects.get("topic"):
        entities[TOPIC] = Entity(TOPIC, topic, Words(ja=TOPIC))
        topics = [Mention(0, 0, (TOPIC,))]
    hits = matcher().find(tree, mentions, topics, entities.__getitem__, speakers=speakers)
    return [(hit, judge_ja(tree, hit, mentions)) for hit in hits]


def told(hit: Hit) -> str:
    if isinstance(hit.object, Mention):
        return hit.object.ids[0]
    assert isinstance(hit.object, Words)
    return hit.object["ja"]


def test_the_frames_read_without_a_problem() -> None:
    assert PROBLEMS == []


def test_every_frame_has_examples_and_a_counter_example() -> None:
    assert [f.id for f in FRAMES if len(f.examples) < 2 or not f.counter] == []


def test_every_relation_that_documents_voice_has_a_frame() -> None:
    relations = {name for name, p in vocabulary().properties.items() if p.kind == "relation"}
    assert relations - {frame.predicate for frame in FRAMES} == set()


@pytest.mark.parametrize(
    ("frame", "case", "right"), CASES, ids=[f"{f.id}-{'' if right else 'not-'}{case.line}" for f, case, right in CASES]
)
def test_a_frame_keeps_its_examples(frame: Frame, case: Example, right: bool) -> None:
    same = [(h, v) for h, v in found(case) if h.frame.predicate == frame.predicate and not v.drop]
    if not right:
        assert [(h.subject.ids, told(h)) for h, v in same if not v.negated] == []
        return
    left_out = SPEAKER if "speaker" in case.expects else TOPIC
    subject = case.text[slice(*case.mentions[case.subject][0])] if case.subject >= 0 else left_out
    value = case.expects.get("value")
    object = value if value else case.text[slice(*case.mentions[case.object][0])]
    fitting = [v for h, v in same if h.subject.ids[0] == subject and told(h) == object]
    expected = case.expects.get("stance", "stated"), case.expects.get("negated") == "true"
    assert {(v.stance.value, v.negated) for v in fitting} == {expected}


def test_each_example_is_found_by_its_own_frame() -> None:
    """An example that another frame would find as well shows nothing of its own frame."""
    used: Counter[str] = Counter()
    for frame, case, right in CASES:
        if right:
            used.update({h.frame.id for h, _ in found(case)} & {frame.id})
    assert [frame.id for frame in FRAMES if not used[frame.id]] == []
