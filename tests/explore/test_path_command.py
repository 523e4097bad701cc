"""`sokanzu path`: what it answers about the bundled project, and what it says to those who mistype."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pyoxigraph import Store

from graph.build import build, quads
from graph.commands.context import Context
from graph.commands.path import Asked, _draw, path
from graph.commands.path import answered as routes_between
from graph.errors import UsageError
from graph.explore.paths import Walk, find
from graph.explore.routes import Answer, sheet
from graph.explore.sheet import FORMATS, show
from graph.explore.ties import Filter, ties_of
from graph.explore.tongue import Tongue
from graph.model import Review
from graph.rdf import prefixes
from tests.explore.claim_graphs import claim, entity, project
from tests.test_commands import HOUSE, sokanzu


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A folder in which the bundled project was built."""
    folder = tmp_path_factory.mktemp("here")
    build(HOUSE / "seeds", folder / "build", charts=False, extract=False)
    with chdir(folder):
        yield Context(HOUSE / "seeds", folder / "build", "en")


def asked(here: Context, capsys: pytest.CaptureFixture[str], *ends: str, **more: Any) -> dict[str, Any]:
    capsys.readouterr()
    assert path(here, *ends, format="json", **more) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def part(answer: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [part for part in answer["parts"] if part["part"] == key]


def test_the_newsletter_alone_joins_no_police_to_the_shop(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(here, capsys, "警察庁", "ジュンク堂池袋店", sources=["newsletter-2016"])
    assert answer["apart"] and not answer["routes"]
    reached = [{id for line in found["lines"] for id in line["entities"]} for found in part(answer, "reach")]
    assert len(reached) == 2 and not reached[0] & reached[1]
    assert "NationalShopliftingPreventionOrganization" in reached[0] and "MaruzenJunkudo" in reached[1]


def test_with_all_sources_there_is_shibuya_and_the_denial(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(here, capsys, "National Police Agency", "JunkudoIkebukuro")
    assert "ShibuyaBookstoresProject" in answer["routes"][0]["nodes"]
    (denied,) = part(answer, "denied")
    told = {(line["subject"], line["property"], line["object"]) for line in denied["lines"]}
    assert ("ShibuyaBookstoresProject", "providesDataTo", "Police") in told
    assert all(claim["negated"] for line in denied["lines"] for claim in line["claims"])


def test_both_routes_to_bookstores_the_surer_first(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(here, capsys, "警察庁", "書店", sources=["newsletter-2016"])
    assert [route["claims"] for route in answer["routes"]] == [
        ["C060", "C057", "C056", "C034", "C036"],
        ["C052", "C053", "C018", "C034", "C036"],
    ]
    assert [route["weakest"] for route in answer["routes"]] == [["C036"], ["C018", "C036"]]
    assert all(route["sureness"]["stance"] == "proposed" for route in answer["routes"])
    forward = [line["forward"] for line in part(answer, "route")[0]["lines"]]
    assert forward == [False, False, True, True, True]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("format", ["table", "markdown"])
def test_people_read_the_same(here: Context, capsys: pytest.CaptureFixture[str], lang: str, format: str) -> None:
    context = Context(here.project, here.out, lang)
    path(context, "警察庁", "書店", sources=["newsletter-2016"], format=format)
    out = capsys.readouterr().out
    assert all(name in out for name in ("C060", "C036", "newsletter-2016"))
    assert ("書店" in out) == (lang == "ja") and ("bookstores" in out) == (lang == "en")
    assert out.index("C060") < out.index("C052"), "the surer first"


def test_through_avoid_and_longer_ones(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    alone = {"sources": ["newsletter-2016"]}
    (only,) = asked(here, capsys, "警察庁", "書店", through=["竹花豊"], **alone)["routes"]
    assert "TakehanaYutaka" in only["nodes"]
    (other,) = asked(here, capsys, "警察庁", "書店", avoid=["竹花豊"], **alone)["routes"]
    assert "TakehanaYutaka" not in other["nodes"]
    many = asked(here, capsys, "警察庁", "書店", more=4)["routes"]
    assert len({tuple(route["nodes"]) for route in many}) == len(many) > 4
    assert [route["links"] for route in many] == sorted(route["links"] for route in many)
    assert not asked(here, capsys, "警察庁", "書店", only=["stated"], **alone)["routes"]
    assert not asked(here, capsys, "警察庁", "書店", without=["covers"], **alone)["routes"]
    assert not asked(here, capsys, "警察庁", "書店", max_hops=3)["apart"]


def test_my_number_is_not_tied_by_a_regulator(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    for route in asked(here, capsys, "警察庁", "マイナンバー制度")["routes"]:
        assert route["only_overseen_by"]


def test_one_and_the_same(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(here, capsys, "警察庁", "National Police Agency")["routes"] == []


@pytest.mark.parametrize(
    ("ends", "more", "says"),
    [
        (("警察庁", "zzzzqqqq"), {}, "nothing is named like"),
        (("警察庁", "  "), {}, "type a name"),
        (("警察庁", "Natonal Police Agncy"), {}, "NationalPoliceAgency"),
        (("警察庁", "ジュンク堂"), {}, "may be"),
        (("警察庁", "書店"), {"only": ["sure"]}, "stated"),
        (("警察庁", "書店"), {"without": ["partof"]}, "partOf"),
        (("警察庁", "書店"), {"sources": ["newsletter"]}, "newsletter-2016"),
        (("警察庁", "書店"), {"at": "2016-13"}, "2016-03-15"),
        (("警察庁", "書店"), {"format": "xml"}, "json"),
        (("警察庁", "書店"), {"chart": Path("x.png")}, ".svg"),
    ],
)
def test_what_is_mistyped_is_answered_with_what_is_near(
    here: Context, ends: tuple[str, str], more: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError) as error:
        path(here, *ends, **more)
    assert says in error.value.message("en")


@pytest.mark.parametrize("ending", [".svg", ".html"])
def test_the_routes_are_drawn_and_nothing_else(
    here: Context, capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str
) -> None:
    file = tmp_path / "new" / f"routes{ending}"
    for _ in range(2):
        path(here, "警察庁", "書店", sources=["newsletter-2016"], chart=file)
    drawn = file.read_text(encoding="utf-8")
    assert "Takehana" in drawn and "Guidelines" in drawn and "Omron" not in drawn
    assert not re.search(r"(?:src|href)=[\"']https?:", drawn)
    gone = tmp_path / f"none{ending}"
    path(here, "警察庁", "ジュンク堂池袋店", sources=["newsletter-2016"], chart=gone)
    assert not gone.exists() and "no route" in capsys.readouterr().err


def test_names_with_quotes(tmp_path: Path) -> None:
    """They come through a real build."""
    folder = tmp_path / "odd"
    (folder / "claims").mkdir(parents=True)
    (folder / "sokanzu.toml").write_text(
        'title = {en = "Odd"}\nbase = "https://example.org/odd/"\nlanguages = ["en"]\n', encoding="utf-8"
    )
    names = {"A": 'The "A" & <b>Sons</b>', "B": "it's *bold* | `code`", "C": "back\\slash 'n'"}
    (folder / "entities.yaml").write_text(
        "".join(f"- {{id: {id}, class: Company, name: {{en: {json.dumps(name)}}}}}\n" for id, name in names.items()),
        encoding="utf-8",
    )
    (folder / "sources.yaml").write_text("- {id: s, title: {en: S}, date: 2016, language: en, characters: 99}\n")
    (folder / "claims" / "s.yaml").write_text(
        "source: s\nclaims:\n"
        "- {id: C1, subject: A, predicate: alliedWith, object: C, stance: stated, passages: [[0, 9]], gist: {en: x}}\n"
        "- {id: C2, subject: C, predicate: alliedWith, object: B, stance: stated, passages: [[9, 19]], gist: {en: y}}\n"
    )
    for format in ("table", "markdown", "json"):
        done = answered(folder, tmp_path, format)
        assert done.returncode == 0, done.stderr
        assert "slash 'n'" in done.stdout
    assert json.loads(answered(folder, tmp_path, "json").stdout)["routes"][0]["nodes"] == ["A", "C", "B"]
    assert r"\*bold\*" in answered(folder, tmp_path, "markdown").stdout


def test_no_name_moves_a_cursor_or_ends_a_line() -> None:
    """Other people's graphs may hold what a project's files may not."""
    odd = "two\nlines\r\x1b[2J\u202eabc"
    made = project([claim("a", "b")], [entity("a", name=odd), entity("b", name="‘b’")])
    found = find(ties_of(made), "a", "b")
    told = sheet(Answer(found, Filter(), Walk()), Tongue(made, "en"))
    for format in FORMATS:
        text = "\n".join(show(told, Tongue(made, "en"), format))
        assert not re.search("[\x1b\r\u202e]", text)
        assert not [line for line in text.splitlines() if line.startswith("lines")]


def answered(folder: Path, cwd: Path, format: str) -> subprocess.CompletedProcess[str]:
    return sokanzu("path", 'The "A" & <b>Sons</b>', "B", "-f", format, "-p", str(folder), cwd=cwd)


def test_candidates_of_a_route_are_counted_where_they_are_not_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = {"method": "some-rule/1", "review": Review.candidate}
    made = project([claim("a", "b", 0), claim("b", "c", 1, **machine), claim("b", "c", 2, source="s1", **machine)])
    store = Store()
    store.extend(quads(made))
    meta = {"folder": "", "title": dict(made.title), "base": made.base, "languages": ["ja", "en"], "licence": ""}
    generation: Any = SimpleNamespace(meta={**meta, "prefixes": prefixes(made.base)})
    for wanted, said in ((Filter(candidates=True), True), (Filter(), False)):
        end = "c" if said else "b"
        answer = routes_between(store, generation, Asked("a", end, wanted, Walk()))
        assert answer.found.routes
        capsys.readouterr()
        _draw(Context(), store, generation, answer, Tongue(made, "en"), tmp_path / "routes.svg")
        assert ("not drawn, as nobody has reviewed them: 2" in capsys.readouterr().err) == said
        assert (tmp_path / "routes.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
@pytest.mark.parametrize("wait", [0.2, 0.5, 0.8, 1.2, 2.0])
def test_who_is_interrupted_leaves_nothing_half_written(here: Context, tmp_path: Path, wait: float) -> None:
    """Wherever the signal hits, the picture is there whole or not at all."""
    words = ["path", "警察庁", "書店", "--source", "newsletter-2016", "-b", str(here.out), "-p", str(here.project)]
    made = subprocess.Popen(
        [sys.executable, "-m", "sokanzu", *words, "--chart", "routes.html"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(wait)
    made.send_signal(signal.SIGINT)
    made.wait(60)
    for file in tmp_path.iterdir():
        assert file.name == "routes.html" and file.read_text(encoding="utf-8").rstrip().endswith("</html>")
