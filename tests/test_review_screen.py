"""The review's queue, its sheet and its screen, driven key by key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from graph.decisions import Decision, read_reviews
from graph.model import Passage, Stance, Words
from graph.review import evidence
from graph.review.desk import Desk
from graph.review.edit import Editor, fields
from graph.review.form import Form
from graph.review.lookup import Lookup
from graph.review.queue import Sieve
from graph.review.screen import KEYS, ReviewApp
from graph.review.sheet import Line as SheetLine
from graph.review.sheet import Sheet
from graph.review.widgets import Choose, Help, Line
from graph.reviews import Verdict, apply
from graph.terms import vocabulary
from tests.review_case import (
    ADVISES,
    GIVES,
    HOSTILE,
    KEEPS,
    PROJECT,
    USES,
    app_of,
    desk_of,
    many,
    project,
)

Steps = Callable[[ReviewApp, Pilot[None]], Awaitable[None]]


def drive(app: ReviewApp, steps: Steps, size: tuple[int, int] = (80, 24)) -> None:
    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    try:
        asyncio.run(go())
    finally:
        app.lookup.close()


def shown(app: ReviewApp, id: str) -> str:
    return str(app.screen_stack[0].query_one(f"#{id}", Static).content)


def there(folder: Path) -> list[Decision]:
    found, problems = read_reviews(folder / "reviews.yaml", PROJECT)
    assert not problems, [problem.line() for problem in problems]
    return found


def said(folder: Path) -> list[tuple[str, str]]:
    return [(d.claim.subject if d.claim else "", str(d.verdict)) for d in there(folder)]


# --- each key


def test_accept_reject_and_undo_are_on_disk_as_they_are_pressed(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "the city" in shown(app, "sheet") and "0 of 3" in shown(app, "progress")
        await pilot.press("a")
        assert said(tmp_path) == [("City", "accept")] and "1 of 3, 1 accepted" in shown(app, "progress")
        assert "the cameras" in shown(app, "sheet") and "Accepted" in shown(app, "told")
        await pilot.press("r")
        assert said(tmp_path)[1:] == [("Police", "reject")]
        await pilot.press("u")
        assert said(tmp_path)[2:] == [("Police", "undo")] and "the cameras" in shown(app, "sheet")
        await pilot.press("u")
        assert said(tmp_path)[3:] == [("City", "undo")] and "0 of 3" in shown(app, "progress")
        await pilot.press("u")
        assert len(said(tmp_path)) == 4 and "nothing to undo" in shown(app, "told")
        await pilot.press("a", "a", "a")
        assert "All of them are decided" in shown(app, "sheet")
        await pilot.press("a", "r", "e", "n", "s")
        assert len(said(tmp_path)) == 7, "with nothing left no key decides"
        assert len(app.screen_stack) == 1

    drive(app_of(desk_of(tmp_path, (GIVES, USES, KEEPS))), steps)
    assert [d.reviewer for d in there(tmp_path)] == ["Aoi"] * 7


def test_skip_comes_again_at_the_end_and_writes_nothing(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("s")
        assert "the cameras" in shown(app, "sheet")
        await pilot.press("r")
        assert "providesDataTo" in shown(app, "sheet") or "provides data to" in shown(app, "sheet")
        await pilot.press("u", "u")
        assert "the city" in shown(app, "sheet")

    drive(app_of(desk_of(tmp_path, (GIVES, USES))), steps)
    assert said(tmp_path) == [("Police", "reject"), ("Police", "undo")]


def test_a_note_is_kept_at_once_and_goes_with_the_decision(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("n")
        assert isinstance(app.screen, Line)
        await pilot.press(*"a b", "escape")
        assert said(tmp_path) == []
        await pilot.press("n", *"p. 3?", "enter")
        assert [d.note for d in there(tmp_path)] == ["p. 3?"] and "p. 3?" in shown(app, "sheet")

    drive(app_of(desk_of(tmp_path)), steps)

    async def later(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "p. 3?" in shown(app, "sheet"), "another session, perhaps after a crash"
        await pilot.press("a")

    drive(app_of(desk_of(tmp_path)), later)
    assert [(str(d.verdict), d.note) for d in there(tmp_path)] == [("undo", "p. 3?"), ("accept", "p. 3?")]


def test_a_doubtful_claim_about_a_person_is_accepted_with_a_reason_only(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("a")
        assert isinstance(app.screen, Line) and said(tmp_path) == []
        await pilot.press("escape")
        assert said(tmp_path) == []
        await pilot.press("a", "space", "enter")
        assert said(tmp_path) == [] and "needs a reason" in shown(app, "told")
        await pilot.press("a", *"public post", "enter")
        assert [(str(d.verdict), d.note) for d in there(tmp_path)] == [("accept", "public post")]
        await pilot.press("u", "r")
        assert said(tmp_path)[-1] == ("Mori", "reject"), "to reject it no reason is asked for"

    drive(app_of(desk_of(tmp_path, (ADVISES,))), steps)


def test_filter_asks_about_one_sort_alone_and_lets_go_again(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("f")
        assert isinstance(app.screen, Choose)
        rows = app.screen.rows
        await pilot.press(*["down"] * rows.index(("rule", "uses@1")), "enter")
        assert app.queue.sieve == Sieve(rule="uses@1") and "0 of 1" in shown(app, "progress")
        assert "only uses@1" in shown(app, "progress") and "the cameras" in shown(app, "sheet")
        await pilot.press("f", "escape")
        assert app.queue.sieve == Sieve(rule="uses@1")
        await pilot.press("f", "enter")
        assert app.queue.sieve == Sieve() and "0 of 4" in shown(app, "progress")

    drive(app_of(desk_of(tmp_path)), steps)
    assert said(tmp_path) == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_help_names_every_key_and_any_key_closes_it(tmp_path: Path, lang: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        told = str(app.screen.query_one(Static).content)
        assert all(f"{key}  " in told for key, _ in KEYS)
        await pilot.press("down")
        assert isinstance(app.screen, Help)
        await pilot.press("a")
        assert len(app.screen_stack) == 1 and said(tmp_path) == [], "the key that closes it decides nothing"

    drive(app_of(desk_of(tmp_path), lang), steps)


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_quit_keeps_what_was_decided(tmp_path: Path, key: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("r", key)
        await pilot.pause()
        assert not app.is_running or app.return_value is None

    app = app_of(desk_of(tmp_path))
    drive(app, steps)
    assert app.return_code == 0 and said(tmp_path) == [("City", "reject")]
    assert [row.candidate for row in desk_of(tmp_path).rows if row.decision is None] == [ADVISES, USES, KEEPS]


def test_what_cannot_be_written_is_said_and_stays(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        (tmp_path / "reviews.yaml").mkdir()
        for keys in (["a"], ["r"], ["n", "x", "enter"]):
            await pilot.press(*keys)
            assert "could not be written" in shown(app, "told") and "0 of 4" in shown(app, "progress")
        (tmp_path / "reviews.yaml").rmdir()
        await pilot.press("a")
        assert said(tmp_path) == [("City", "accept")]

    drive(app_of(desk_of(tmp_path)), steps)


# --- the form


async def edit(pilot: Pilot[None], app: ReviewApp, typed: dict[str, str]) -> Form:
    """Open the form and put text into its fields."""
    await pilot.press("e")
    form = app.screen
    assert isinstance(form, Form)
    for key, text in typed.items():
        form.input(key).value = text
    await pilot.pause()
    return form


EDITS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"subject": "Ward"}, {"subject": "Ward"}),
    ({"object": "Ward"}, {"predicate": "providesDataTo", "object": "Ward"}),
    ({"predicate": "sharesDataWith"}, {"predicate": "sharesDataWith", "object": "Police"}),
    ({"stance": "alleged"}, {"stance": "alleged"}),
    ({"negated": "true"}, {"negated": "true"}),
    ({"hedged": "true"}, {"hedged": "true"}),
    ({"voicedBy": "Police"}, {"voicedBy": "Police"}),
    ({"validFrom": "2014-06", "validTo": "2015"}, {"validFrom": "2014-06", "validTo": "2015"}),
    ({"gist.en": "It gives."}, {"gist": {"en": "It gives."}}),
    ({"subject": "Ward", "gist.ja": "区は渡す。"}, {"subject": "Ward", "gist": {"ja": "区は渡す。"}}),
    (
        {"more": "role: {ja: 提供}, asOf: 2014-06, data: Net"},
        {"role": {"ja": "提供"}, "asOf": "2014-06", "data": "Net"},
    ),
]


def test_every_field_can_be_edited_and_what_is_saved_is_accepted(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        for typed, _ in EDITS:
            await edit(pilot, app, typed)
            await pilot.press("ctrl+s")
            assert "Accepted as edited" in shown(app, "told"), (typed, shown(app, "told"))
            await pilot.press("u")
        await edit(pilot, app, {})
        await pilot.press("ctrl+s")

    drive(app_of(desk_of(tmp_path)), steps)
    *edited, plain = [decision for decision in there(tmp_path) if decision.verdict is not Verdict.undo]
    assert [(d.verdict, d.edited) for d in edited] == [(Verdict.edit, changes) for _, changes in EDITS]
    assert all(decision.claim and decision.claim.subject == "City" for decision in edited)
    assert (plain.verdict, plain.edited) == (Verdict.accept, {}), "saved as it was: accepted as it was proposed"
    assert {key for typed, _ in EDITS for key in typed} | {"gist.ja", "note"} == set(fields(PROJECT))


def test_names_are_searched_as_they_are_typed_and_taken_with_enter(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        form = await edit(pilot, app, {})
        await pilot.press("end", "ctrl+u", *"wa")
        offered = form.query_one(OptionList)
        assert [choice.value for choice in form.offered] == ["Ward"] and offered.highlighted == 0
        await pilot.press("enter")
        assert form.input("subject").value == "Ward" and form.here == "predicate"
        await pilot.press("f2")

    drive(app_of(desk_of(tmp_path)), steps)
    assert there(tmp_path)[0].edited == {"subject": "Ward"}


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"subject": ""}, "subject", "empty"),
    ({"subject": "Nobody at all"}, "subject", "Nobody at all"),
    ({"object": "City"}, "object", "same"),
    ({"object": "Net"}, "object", "cannot be"),
    ({"predicate": "xyzzy"}, "predicate", "xyzzy"),
    ({"stance": "sure"}, "stance", "sure"),
    ({"negated": "maybe"}, "negated", "maybe"),
    ({"validFrom": "2014-13"}, "validFrom", "2014-13"),
    ({"validFrom": "2016", "validTo": "2014"}, "validTo", "2014"),
    ({"more": "role: ["}, "more", "cannot be read"),
    ({"more": "rolle: chair"}, "more", "role"),
    ({"more": "asOf: soon"}, "more", "soon"),
    ({"more": "data: Nobody"}, "more", "Nobody"),
    ({"more": "cue: a cue that is far too long to be one"}, "more", "12"),
]


def test_what_is_wrong_is_said_in_the_form_which_stays_open(tmp_path: Path) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        form = await edit(pilot, app, {})
        for typed, field, says in WRONG:
            for key, text in (form.before | typed).items():
                form.input(key).value = text
            await pilot.press("ctrl+s")
            assert app.screen is form and form.here == field, typed
            assert says in str(form.query_one("#wrong", Static).content)
        await pilot.press("escape")
        assert app.screen is not form

    drive(app_of(desk_of(tmp_path)), steps)
    assert said(tmp_path) == []


# --- hostile text and thousands


def test_hostile_words_stay_words_on_the_screen(tmp_path: Path) -> None:
    """Names, cues, notes and how with markup, escapes and marks that turn the direction."""
    claim = replace(GIVES.claim, cue=HOSTILE, gist=Words(ja=HOSTILE, en=HOSTILE), handle=HOSTILE, method=HOSTILE)
    hostile = replace(GIVES, claim=replace(claim, stance=Stance.stated), how=(HOSTILE, HOSTILE))
    known = replace(
        project(str(tmp_path)),
        entities=tuple(replace(e, name=Words(ja=HOSTILE, en=HOSTILE)) for e in PROJECT.entities),
    )
    desk = Desk(known, [hostile], apply([hostile], [], known), [], HOSTILE)
    terms = vocabulary()
    sheet = Sheet(desk.queue(), known, terms, {"minutes": HOSTILE * 4}, lambda id: None, "en")
    app = ReviewApp(sheet, Editor(known, terms, "en"), Lookup(known))

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        drawn = [strip.text for strip in app.screen._compositor.render_strips()]
        assert "[bold]x[/]" in "".join(drawn) and "\\u202e\\x1b[31m" in "".join(drawn)
        for keys in (["f"], ["escape", "e"], ["escape", "n"], ["escape", "question_mark"]):
            await pilot.press(*keys)
            drawn += [strip.text for strip in app.screen._compositor.render_strips()]
        assert not {c for line in drawn for c in line if not c.isprintable() and c != "\u3000"}

    drive(app, steps)


def test_of_thousands_only_the_one_at_hand_is_put_into_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    drawn: list[int] = []
    around, lines = evidence.around, Sheet.lines

    def counted_around(*words: Any) -> tuple[str, str]:
        drawn.append(1)
        return around(*words)

    def counted_lines(self: Sheet, number: int) -> list[SheetLine]:
        told.append(number)
        return lines(self, number)

    monkeypatch.setattr(evidence, "around", counted_around)
    monkeypatch.setattr(Sheet, "lines", counted_lines)

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert told == [0]
        await pilot.press("r", "a", "s", "u")
        assert told == [0, 1, 2, 3, 2] and len(drawn) == 5
        body = app.query_one("#body", VerticalScroll)
        assert len(list(body.walk_children())) == 1
        await pilot.press("f")
        assert len(told) == 5

    short = [
        replace(c, claim=replace(c.claim, passages=(Passage(n % 40, n % 40 + 2),))) for n, c in enumerate(many(40))
    ]
    crowd = [replace(c, claim=replace(c.claim, object="Ward", cue=str(n))) for n, c in enumerate(short)]
    everything = [*crowd, *many(5000)]
    drive(app_of(desk_of(tmp_path, everything)), steps)
    assert len(there(tmp_path)) == 2
