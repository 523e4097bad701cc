"""What the reviewer sees of a candidate, what can be typed into it, and the queue, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import decide
from graph.errors import SokanzuError
from graph.extract.reading.text import from_text
from graph.model import Entity, Passage, Review, Stance, Words
from graph.review.alike import MANY, Alikes
from graph.review.edit import EditError, Editor, fields, filled
from graph.review.evidence import LONGEST, evidence
from graph.review.inert import inert
from graph.review.queue import Judged, Queue, Sieve
from graph.review.sheet import Sheet
from graph.reviews import Verdict
from graph.terms import vocabulary
from tests.review_case import (
    ADVISES,
    ALL,
    GIVES,
    KEEPS,
    PROJECT,
    TEXT,
    USES,
    app_of,
    candidate,
    desk_of,
    many,
)

# --- what is shown


def text_of(pieces: Sequence[tuple[str, str]]) -> str:
    return "".join(text for text, _ in pieces)


LABELS = {"subject": "S", "object": "O", "predicate": "P", "cue": "C"}


def test_subject_predicate_and_object_are_marked_in_their_context() -> None:
    sentence = TEXT.index("警察はカメラ網を"), TEXT.index("警察はカメラ網を") + len("警察はカメラ網を使っている。")
    at = TEXT.index("使って")
    one = replace(USES, context=(Passage(*sentence),), marks=(("predicate", Passage(at, at + 5)),))
    document = from_text(TEXT, "minutes.txt", lang="ja", kind="txt")
    before, marked, after = evidence(one, TEXT, document, PROJECT, LABELS)
    assert text_of(marked) == "[S:警察]は[O:カメラ網]を[P:使っている]。"
    assert "顧問" in text_of(before) and "渡していない" in text_of(after)
    assert {style for _, style in before + after} == {"dim"}


def test_a_name_within_anothers_mark_is_looked_for_further_on() -> None:
    text = "市警察は警察に渡す。"
    known = replace(PROJECT, entities=(*PROJECT.entities, Entity("CityPolice", "PoliceBody", Words(ja="市警察"))))
    one = candidate("", "CityPolice", "providesDataTo", "Police", passages=((0, 10),))
    _, marked, _ = evidence(one, text, None, known, LABELS)
    assert text_of(marked) == "[S:市警察]は[O:警察]に渡す。"


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_inert_text_moves_no_cursor_and_hides_nothing(text: str) -> None:
    shown = inert(text)
    assert all(c.isprintable() or c == "\u3000" for c in shown)
    assert inert(shown) == shown or any(ord(c) >= 0x300 for c in shown)
    assert len(inert(text)) >= len(text)


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(0, 40), st.integers(1, 30))
def test_any_sentence_can_be_shown(text: str, start: int, length: int) -> None:
    one = candidate("", "City", "providesDataTo", "Police", passages=((start, start + length),))
    for context in ((), (Passage(0, len(text)),)):
        _, marked, _ = evidence(replace(one, context=context), text, None, PROJECT, LABELS)
        assert all(c.isprintable() or c == "\u3000" for c in text_of(marked))


def test_a_page_without_an_end_is_cut_around_the_evidence() -> None:
    text = "あ" * 40_000 + "市は警察に渡す" + "い" * 40_000
    one = candidate("", "City", "providesDataTo", "Police", passages=((40_000, 40_007),))
    _, marked, _ = evidence(replace(one, context=(Passage(0, len(text)),)), text, None, PROJECT, LABELS)
    assert len(text_of(marked)) < LONGEST + 50 and "[S:市]は[O:警察]に渡す" in text_of(marked)


def test_a_sentence_that_backs_many_is_said(tmp_path: Path) -> None:
    context = ((0, 18),)
    crowd = [
        candidate("", "City", "providesDataTo", "Police", passages=((n, n + 3),), context=context) for n in range(MANY)
    ]
    desk = desk_of(tmp_path, crowd)
    told = "\n".join(map(text_of, app_of(desk).sheet.lines(0)))
    assert f"backs {MANY} candidates" in told
    fewer = "\n".join(map(text_of, app_of(desk_of(tmp_path, crowd[1:])).sheet.lines(0)))
    assert "Careful" not in fewer


def test_what_is_like_it_is_shown_the_contrary_first(tmp_path: Path) -> None:
    curated = replace(
        GIVES.claim, handle="C9", passages=(Passage(60, 62),), negated=True, review=Review.accepted, method="curated"
    )
    sheet = app_of(desk_of(tmp_path, ALL, [curated])).sheet
    lines = [text_of(line) for line in sheet.lines(0)]
    others = lines[next(n for n, line in enumerate(lines) if line.startswith("Others like it")) + 1 :]
    assert "OPPOSITE" in others[0] and "NOT" in others[0] and "C9" in "".join(others)
    alikes = Alikes((), [GIVES, candidate("", "Police", "providesDataTo", "City")], vocabulary())
    assert [a.how for a in alikes.of(0)[0]] == ["pair"]


def test_what_was_filled_in_and_how_often_the_rule_was_right_are_shown(tmp_path: Path) -> None:
    told = replace(USES, how=("同機関 → 警察",))
    desk = desk_of(tmp_path, (GIVES, KEEPS, told))
    queue = desk.queue()
    queue.decide(Review.accepted)
    queue.decide(Review.accepted, changes={"hedged": True})
    sheet = Sheet(queue, desk.project, vocabulary(), {}, lambda id: None, "en")
    assert "1 of 2 accepted (50 %)" in "\n".join(map(text_of, sheet.lines(0)))
    lines = "\n".join(map(text_of, sheet.lines(2)))
    assert "同機関 → 警察" in lines and "nothing decided yet" in lines
    assert "not at hand" in lines and USES.claim.quote in lines, "without its text the quotation is shown"


def test_a_queue_of_thousands_writes_one_record_a_decision(tmp_path: Path) -> None:
    written: list[Judged] = []
    queue = Queue(many(5000), PROJECT.base, {}, written.append)
    for _ in range(200):
        queue.decide(Review.rejected)
    assert len(written) == 200 and queue.progress() == (200, 5000, 0) and queue.current == 200
    queue.choose(Sieve(rule="rule3@1"))
    assert queue.current == 206 - 206 % 7 + 3 - (7 if 206 - 206 % 7 + 3 - 7 >= 200 else 0)
    assert queue.progress()[1] == len([n for n in range(5000) if n % 7 == 3])


# --- the queue


actions = st.lists(st.sampled_from(["a", "r", "s", "u", "n", "f", "g"]), max_size=25)


@given(actions)
def test_queue_and_record_agree_after_any_keys(pressed: list[str]) -> None:
    """What the queue believes is what the records say; each candidate is asked about or decided, never both."""
    written: list[Judged] = []
    queue = Queue(ALL, PROJECT.base, {}, written.append)
    keys: dict[str, Callable[[], object]] = {
        "a": lambda: queue.decide(Review.accepted),
        "r": lambda: queue.decide(Review.rejected),
        "s": queue.skip,
        "u": queue.undo,
        "n": lambda: queue.note("x"),
        "f": lambda: queue.choose(Sieve(rule="gives@1")),
        "g": lambda: queue.choose(Sieve()),
    }
    for key in pressed:
        keys[key]()
        last = {judged.id: judged.verdict for judged in written}
        decided = {id: verdict for id, verdict in last.items() if verdict is not Review.candidate}
        assert {id: judged.verdict for id, judged in queue.said.items()} == decided
        asked = [queue.ids[n] for n in queue.todo]
        assert len(set(asked)) == len(asked) and not set(asked) & set(decided)
        assert sum(counts.total() for counts in queue.rates.values()) == len(decided)
    queue.choose(Sieve())
    assert len(queue.todo) + len(queue.said) == len(ALL)


def test_where_writing_fails_nothing_has_changed() -> None:
    def fail(judged: Judged) -> None:
        raise SokanzuError("review-unwritable", file="x", why="y")

    queue = Queue(ALL, PROJECT.base, {}, fail)
    for act in ("decide", "note"):
        with pytest.raises(SokanzuError):
            getattr(queue, act)(Review.accepted)
        assert queue.current == 0 and not queue.said and not queue.notes and not queue.steps


# --- what is typed


def test_an_edit_that_says_more_of_a_person_needs_a_note(tmp_path: Path) -> None:
    editor = Editor(PROJECT, vocabulary(), "en")
    stated = replace(ADVISES.claim, stance=Stance.stated)
    with pytest.raises(EditError) as raised:
        editor.mended(stated, {"stance": "alleged"})
    assert (raised.value.code, raised.value.field) == ("review-wants-reason", "note")
    assert editor.mended(stated, {"stance": "alleged", "note": "public post"})[1] == {"stance": "alleged"}
    assert editor.mended(stated, {"stance": "reported"})[1] == {"stance": "reported"}


def test_what_is_private_of_a_person_cannot_be_typed() -> None:
    with pytest.raises(EditError) as raised:
        Editor(PROJECT, vocabulary(), "en").mended(
            replace(ADVISES.claim, stance=Stance.stated), {"predicate": "locatedIn", "object": "City"}
        )
    assert raised.value.code in ("review-private", "review-misfit")


free = st.text(st.characters(codec="utf-8"), max_size=12)


@given(
    st.dictionaries(st.sampled_from(fields(PROJECT)), free | st.sampled_from(["Ward", "uses", "2014", "true", "森"]))
)
def test_whatever_is_typed_is_taken_or_explained(typed: dict[str, str]) -> None:
    editor = Editor(PROJECT, vocabulary(), "en")
    try:
        claim, changes = editor.mended(GIVES.claim, typed)
    except EditError as error:
        assert error.field in fields(PROJECT) and error.message("en") and error.message("ja")
        return
    decision = decide(GIVES, Verdict.accept, PROJECT, reviewer="Aoi", changes=changes)
    assert decision.final is not None, "what the form takes, the file gives back"
    same = ("subject", "predicate", "object", "stance", "negated", "hedged", "valid_from", "valid_to", "voiced_by")
    assert [getattr(decision.final, key) for key in same] == [getattr(claim, key) for key in same]


def test_the_form_shows_every_field_as_it_stands() -> None:
    told = filled(KEEPS.claim, PROJECT)
    assert set(told) == set(fields(PROJECT)) and told["negated"] == "true" and told["subject"] == "City"
