"""`sokanzu analyze`: every analysis of the bundled project, in every format and both languages."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build import build
from graph.commands.analyze import ANALYSES, analysis, analyze
from graph.commands.context import Context
from graph.errors import UsageError
from graph.explore.chosen import choose
from graph.explore.sheet import FORMATS, Line, Part, Sheet, data, show
from graph.explore.ties import Filter
from graph.explore.tongue import Tongue
from graph.model import Entity, Project, Stance, Words
from tests.explore.claim_graphs import claim, project, projects, undecided
from tests.test_commands import sokanzu

SYSTEM = "ShibuyaFaceRecognition"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A folder in which the bundled project was built."""
    folder = tmp_path_factory.mktemp("analyze")
    seeds = undecided(folder / "seeds")
    build(seeds, folder / "build", charts=False)
    with chdir(folder):
        yield Context(seeds, folder / "build", "en")


def told(here: Context, capsys: pytest.CaptureFixture[str], kind: str, **more: Any) -> str:
    capsys.readouterr()
    assert analyze(here, kind, SYSTEM if kind == "dataflow" else "", **more) == 0
    return capsys.readouterr().out


def found(here: Context, capsys: pytest.CaptureFixture[str], kind: str, **more: Any) -> dict[str, list[dict[str, Any]]]:
    """The lines by part."""
    answer = json.loads(told(here, capsys, kind, format="json", **more))
    return {part["part"]: part["lines"] for part in answer["parts"]}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ANALYSES)
def test_everything_can_be_read(
    here: Context, capsys: pytest.CaptureFixture[str], kind: str, format: str, lang: str
) -> None:
    text = told(Context(here.project, here.out, lang), capsys, kind, format=format)
    assert text.strip() and text == told(Context(here.project, here.out, lang), capsys, kind, format=format)
    if format == "json":
        answer = json.loads(text)
        assert answer["analysis"] == kind and answer["left_out"]
        for part in answer["parts"]:
            for line in part["lines"]:
                assert all({"claim", "id", "stance", "review", "source"} <= set(c) for c in line["claims"])
    else:
        assert ("--candidates" in text) and ("Left out" in text or "数えていないもの" in text)


@pytest.mark.parametrize("kind", ANALYSES)
def test_every_finding_names_a_claim(here: Context, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A line without claims is a heading: the lines that follow it, set in, have them. A theme's spread has none."""
    answer = json.loads(told(here, capsys, kind, format="json"))
    for part in answer["parts"]:
        lines = part["lines"]
        for number, line in enumerate(lines):
            heads = number + 1 < len(lines) and lines[number + 1]["claims"]
            assert line["claims"] or heads or part["part"] == "spread", line["text"]


def test_the_chair_came_from_the_police(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    (head, *seats) = found(here, capsys, "interlocks")["doors"]
    assert head["entity"] == "TakehanaYutaka" and head["doors"] == ["out"] and head["sides"] == 4
    assert {seat["body"]: seat["kind"] for seat in seats} == {
        "CommunitySafetyBureau": "state",
        "MetropolitanPoliceDepartment": "state",
        "TokyoMetropolitanGovernment": "state",
        "NationalShopliftingPreventionOrganization": "private",
    }
    assert head["at_most"]["stance"] == "reported"


def test_a_book_between_is_no_second_source(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    """The question reached the newsletter through a book and a blog directly: one origin. So with the Nikkei."""
    parts = found(here, capsys, "corroboration", candidates=True)
    several = {(line["subject"], line["predicate"], line["object"]) for line in parts["independent"]}
    seeming = {(line["subject"], line["predicate"], line["object"]) for line in parts["one-origin"]}
    assert ("CardIssuanceQA17", "restricts", "IndividualNumberCard") in seeming - several
    assert ("JunkudoIkebukuro", "operates", "JunkudoIkebukuroFaceRecognition") in seeming - several
    for line in parts["independent"]:
        for origin in line["origins"]:
            digests = {"newsletter-2016", "digest-ja", "digest-en"} & set(origin["sources"])
            others = {s for o in line["origins"] if o is not origin for s in o["sources"]}
            assert not digests or not others & {"newsletter-2016", "digest-ja", "digest-en"}


def test_two_days_for_one_meeting(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    parts = found(here, capsys, "contradictions")
    assert [line.get("values") for line in parts["value"]] == [None, ["2017-06-15"], ["2017-06-16"]]
    assert {line["subject"] for line in parts["loose"]} == {"TokyoAntiShopliftingJointMeeting"}
    assert {c["claim"] for line in parts["disputed"] for c in line["claims"]} >= {"C062", "P115"}


def test_nothing_goes_to_the_police_says_the_project(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    parts = found(here, capsys, "dataflow")
    (denied,) = parts["denied"]
    assert (denied["predicate"], denied["object"], denied["said_of_runner"]) == (
        "providesDataTo",
        "Police",
        "ShibuyaBookstoresProject",
    )
    assert {line["object"] for line in parts["given"]} == {"Keibundo", "Taiseido"}


def test_filters_are_those_of_path(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    for line in (part for parts in found(here, capsys, "timeline", only=["proposed"]).values() for part in parts):
        assert {c["stance"] for c in line["claims"]} == {"proposed"}
    parts = found(here, capsys, "readers", sources=["newsletter-2016"])
    assert [line["source"] for line in parts["one-reader"]] == ["newsletter-2016"] and not parts["no-reader"]
    dates = found(here, capsys, "timeline", at="2014")
    every = [line for part in dates.values() for line in part if line["kind"] != "seen" and line["from"]]
    lines = [line for line in every if line["predicate"] != "endDate"]  # what ends later was there
    assert lines and all(line["from"] <= "2014-12" for line in lines)
    assert "claims that the filters leave out" in told(here, capsys, "brokers", without=["partOf"])


def test_a_limit_cuts_with_a_word_and_json_holds_all(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    whole = told(here, capsys, "corroboration")
    cut = told(here, capsys, "corroboration", limit=2)
    assert len(cut) < len(whole) and "--limit 0 shows all" in cut and "--limit 0" not in whole
    assert told(here, capsys, "corroboration", limit=2, format="json") == told(
        here, capsys, "corroboration", format="json"
    )


def test_a_timeline_is_drawn_into_a_file(here: Context, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "new" / "years.svg"
    assert analyze(here, "timeline", file=file) == 0
    said = capsys.readouterr()
    assert not said.out and "entries drawn" in said.err
    root = ElementTree.parse(file).getroot()
    rows = [g for g in root.iter("{http://www.w3.org/2000/svg}g") if g.get("role") == "listitem"]
    assert len(rows) == sum(len(lines) for lines in found(here, capsys, "timeline").values()) > 50


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("brokers", {"format": "xml"}, "unknown-format"),
        ("timeline", {"file": Path("x.png")}, "analyze-ending"),
        ("brokers", {"only": ["sure"]}, "unknown-stance-option"),
        ("brokers", {"sources": ["newsleter-2016"]}, "unknown-source-asked"),
        ("brokers", {"at": "2014-13"}, "bad-date-at"),
        ("dataflow", {"system": "顔認証なんとか"}, None),
        ("dataflow", {"system": " "}, "no-name"),
    ],
)
def test_what_is_wrong_is_said(here: Context, kind: str, more: dict[str, Any], code: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        analyze(here, kind, **more)
    assert code in (None, caught.value.code)
    for lang in ("ja", "en"):
        assert caught.value.message(lang)


def test_the_command_line(here: Context) -> None:
    there = ("-p", str(here.folder), "-b", str(here.out))
    done = sokanzu("--lang", "ja", "analyze", "interlocks", *there, cwd=here.out.parent)
    assert done.returncode == 0 and "竹花豊" in done.stdout
    flow = sokanzu("analyze", "dataflow", "渋谷プロジェクトの顔認証システム", *there, cwd=here.out.parent)
    assert flow.returncode == 0 and "K04b" in flow.stdout
    wrong = sokanzu("analyze", "brokers", "--only", "certain", *there, cwd=here.out.parent)
    assert wrong.returncode == 2 and "Traceback" not in wrong.stderr


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_told_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.commands.context.PATIENCE", 0.01)
    for stream, told in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        with Context(lang="en").patience() as say:
            say("reading")
            waited = threading.Event()
            for _ in range(500):
                if waited.wait(0.01) or not told or stream.getvalue():
                    break
            say("counting")
        assert ("reading the claims" in stream.getvalue()) == told == ("counting" in stream.getvalue())
        assert not told or stream.getvalue().endswith("\r\x1b[K")


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.commands.context.PATIENCE", 60)
    monkeypatch.setattr("sys.stderr", stream := Terminal())
    with Context(lang="en").patience() as say:
        say("reading")
    assert not stream.getvalue()


@given(projects(), st.sampled_from([k for k in ANALYSES if k != "dataflow"]), st.sampled_from(["ja", "en"]))
def test_certainty_never_rises(made: Project, kind: str, lang: str) -> None:
    """No line is surer than the surest claim behind it, and what is rated at all names one of its own claims."""
    tongue = Tongue(made, lang)
    chosen = choose(made, Filter(candidates=True))
    sheet = analysis(kind, chosen, tongue)
    allowed = {c.handle for c in chosen.claims}
    for part in sheet.parts:
        for line in part.lines:
            assert {tie.handle for tie in line.proofs} <= allowed
            if line.proofs and part.rated:
                assert line.weakest and line.weakest.sureness >= min(tie.sureness for tie in line.proofs)
    json.dumps(data(sheet, tongue))
    for format in FORMATS:
        assert "".join(show(sheet, tongue, format))


@given(projects(), st.sampled_from(ANALYSES), st.sampled_from(list(Stance)))
def test_only_what_was_asked_for_counts(made: Project, kind: str, stance: Stance) -> None:
    chosen = choose(made, Filter(only=frozenset({stance}), candidates=True))
    for part in analysis(kind, chosen, Tongue(made, "en"), "e0").parts:
        assert {tie.stance for line in part.lines for tie in line.proofs} <= {stance}


@given(st.text(max_size=40))
def test_no_name_moves_the_cursor_or_breaks_a_line(name: str) -> None:
    odd = Entity("a", "Person", Words(en=name or "x"))
    made = project([claim("a", "b", 0), claim("a", "c", 1), claim("a", "b", 2, negated=True)], [odd])
    chosen, tongue = choose(made), Tongue(made, "en")
    for kind in ANALYSES:
        for line in show(analysis(kind, chosen, tongue, "a"), tongue, "table"):
            assert line.replace("\u3000", "").isprintable(), line


def test_markdown_is_shown_as_it_is() -> None:
    sheet = Sheet("k", "a_b", (Part("p", "[t](x)", (Line("*bold* <b> | `code`\n# no"),)),))
    text = "\n".join(show(sheet, Tongue(project([]), "en"), "markdown"))
    assert "\\*bold\\* \\<b\\> \\| \\`code\\` \\# no" in text and "\n# no" not in text
