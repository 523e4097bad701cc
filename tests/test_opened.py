"""A project opened from Python: records, rdflib objects, rows that become terms, routes, networks, tables."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib

from graph import plain
from graph.build import build
from graph.commands.context import Context
from graph.commands.path import path
from graph.errors import QueryError, SokanzuError, UsageError
from graph.explore.ties import Filter, ties_of
from graph.model import Claim, Entity, Project, Stance, When, Words
from graph.opened import Opened, Rows, Wanted, open_project
from tests.explore.claim_graphs import undecided

HOUSE = Path(__file__).resolve().parent.parent
SK = rdflib.Namespace("https://w3id.org/sokanzu/ns#")


@pytest.fixture(scope="module")
def blank() -> Opened:
    return open_project(HOUSE / "graph" / "blank")


def test_records_are_there(blank: Opened) -> None:
    assert [c.handle for c in blank.claims] == ["A1", "A2", "A3"]
    assert len(blank.entities) == 4 and len(blank.sources) == 1
    assert blank.report.errors == 0


def test_graphs_are_rdflibs(blank: Opened) -> None:
    whole = blank.graph()
    assert (None, rdflib.RDF.type, SK.Claim) in whole
    plain = blank.graph("asserted")
    assert {p for _, p, _ in plain} == {SK.hasAgreementWith}, "neither the suspicion nor the denial is a fact"
    with pytest.raises(QueryError, match="asserted"):
        blank.graph("claim")


def test_rows_are_rdflib_terms(blank: Opened) -> None:
    rows = blank.query("SELECT ?c ?label ?none { ?c rdfs:label ?label FILTER(lang(?label) = 'ja') } ORDER BY ?c")
    assert isinstance(rows, Rows) and len(rows) > 3
    found = {row["c"]: row["label"] for row in rows}
    city = rdflib.URIRef("https://example.org/mychart/entity/ExampleCity")
    assert found[city] == rdflib.Literal("見本市", lang="ja")
    assert rows[0]["none"] is None
    assert list(rows[0]) == ["c", "label", "none"] and len(rows[0]) == 3
    with pytest.raises(KeyError):
        rows[0]["other"]


def test_ask_is_a_bool_and_construct_a_graph(blank: Opened) -> None:
    assert blank.query("ASK { ?c a sk:Claim }") is True
    graph = blank.query("CONSTRUCT { ?c sk:stance ?s } WHERE { ?c sk:stance ?s }")
    assert isinstance(graph, rdflib.Graph) and len(graph) == 3


def test_a_plain_triple_names_its_claim(blank: Opened) -> None:
    base = "https://example.org/mychart/entity/"
    city, police = base + "ExampleCity", base + "ExamplePoliceStation"
    assert len(blank.why(city, str(SK.hasAgreementWith), police)) == 1
    assert blank.why(city, str(SK.relatedTo), police) == blank.why(city, str(SK.hasAgreementWith), police)
    assert blank.why(city, str(SK.providesDataTo), police) == []


def test_a_folder_that_is_no_project_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="sokanzu new"):
        open_project(tmp_path)


# --- routes, networks, tables


@pytest.fixture(scope="module")
def bundled() -> Opened:
    return open_project(HOUSE / "seeds")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bundled project is built for the command, once."""
    folder = tmp_path_factory.mktemp("built")
    build(HOUSE / "seeds", folder, charts=False)
    return folder


def test_an_entity_is_found_by_any_name_and_by_its_id(bundled: Opened) -> None:
    for name in ("NationalPoliceAgency", "entity:NationalPoliceAgency", "警察庁", "national  police AGENCY", "NPA"):
        assert bundled.entity(name).id == "NationalPoliceAgency"


@pytest.mark.parametrize(
    "name, said",
    [("", "type a name"), ("警", "may be"), ("Natinal Police Agncy", "near it are"), ("qqqxzzz", "nothing")],
)
def test_a_name_that_is_no_one_entity_is_answered_as_the_command_does(
    bundled: Opened, name: str, said: str, out: Path
) -> None:
    with pytest.raises(UsageError, match=said) as here:
        bundled.entity(name)
    with pytest.raises(UsageError) as there:
        path(Context(HOUSE / "seeds", out), "警察庁", name)
    assert here.value.message("ja") == there.value.message("ja")


def test_ties_are_those_that_paths_walk(bundled: Opened) -> None:
    assert bundled.ties() == ties_of(bundled.project)
    wanted = Filter(frozenset({Stance.stated}), frozenset({"partOf"}), frozenset({"newsletter-2016"}), When(2015))
    asked = bundled.ties(only="stated", without=("partOf",), sources=["newsletter-2016"], at="2015")
    assert 0 < len(asked) < len(bundled.ties()) and asked == ties_of(bundled.project, wanted)
    assert asked == bundled.ties(only=Stance.stated, without="sk:partOf", sources="newsletter-2016", at=When(2015))
    several = bundled.ties(only=(stance for stance in ("stated", "proposed")))
    assert several == bundled.ties(only="stated,proposed") != bundled.ties(only="stated")


def test_candidates_are_ties_only_where_they_are_asked_for(tmp_path: Path) -> None:
    opened = open_project(undecided(tmp_path / "seeds"))
    assert len(opened.ties(candidates=True)) > len(opened.ties())


@pytest.mark.parametrize(
    "wrong, near",
    [
        ({"only": "state"}, "choose of"),
        ({"without": "prtOf"}, "partOf"),
        ({"sources": "newsleter-2016"}, "newsletter-2016"),
        ({"at": "2015-13"}, "no date"),
    ],
)
def test_a_filter_that_nothing_is_called_by_is_said(bundled: Opened, wrong: Wanted, near: str) -> None:
    for ask in (bundled.ties, bundled.network, lambda **wanted: bundled.paths("警察庁", "書店", **wanted)):
        with pytest.raises(UsageError, match=near):
            ask(**wrong)


def test_a_filter_of_an_unknown_name_is_no_silent_nothing(bundled: Opened) -> None:
    with pytest.raises(TypeError, match="source"):
        bundled.ties(source="newsletter-2016")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "wanted",
    [
        {"sources": ["newsletter-2016"]},
        {"k": 3},
        {"through": ["竹花豊"]},
        {"avoid": ["竹花豊"], "sources": ["newsletter-2016"], "max_hops": 6},
        {"candidates": True, "without": ["partOf"], "at": "2016"},
    ],
    ids=str,
)
def test_routes_are_those_of_the_command(
    bundled: Opened, out: Path, capsys: pytest.CaptureFixture[str], wanted: dict[str, Any]
) -> None:
    found = bundled.paths("警察庁", "書店", **wanted)
    words = {"more" if key == "k" else key: value for key, value in wanted.items()}
    path(Context(HOUSE / "seeds", out), "警察庁", "書店", format="json", **words)
    told = json.loads(capsys.readouterr().out)["routes"]
    here = [(list(r.nodes), [k.tie.name for k in r.links], [k.tie.name for k in r.weakest]) for r in found.routes]
    assert here and here == [(line["nodes"], line["claims"], line["weakest"]) for line in told]


def test_routes_go_through_and_past_what_is_named(bundled: Opened) -> None:
    both = {route.nodes for route in bundled.paths("警察庁", "書店", sources="newsletter-2016").routes}
    through = bundled.paths("警察庁", "書店", sources="newsletter-2016", through="竹花豊").routes
    past = bundled.paths("警察庁", "書店", sources="newsletter-2016", avoid=["竹花豊"]).routes
    assert all("TakehanaYutaka" in route.nodes for route in through)
    assert past and not any("TakehanaYutaka" in route.nodes for route in past)
    assert {route.nodes for route in (*through, *past)} == both


def test_routes_of_what_does_not_meet(bundled: Opened) -> None:
    found = bundled.paths("NPA", "ジュンク堂池袋店", sources="newsletter-2016")
    assert not found.routes and found.apart
    assert not bundled.paths("NPA", "警察庁").routes, "an entity and itself"
    near = bundled.paths("警察庁", "書店", sources="newsletter-2016", max_hops=4)
    assert not near.routes and not near.apart and near.nearest == 5


def test_a_network_is_the_ties_and_nothing_else(bundled: Opened) -> None:
    ties = bundled.ties(sources="newsletter-2016")
    network = bundled.network(sources="newsletter-2016")
    assert set(network) == set(ties.entities)
    assert {(s, o, key) for s, o, key in network.edges(keys=True)} == {(t.subject, t.object, t.claim) for t in ties}
    by_id = {tie.claim: tie for tie in ties}
    for _, _, key, edge in network.edges(keys=True, data=True):
        tie = by_id[key]
        assert edge["claim"] == tie.name and edge["stance"] == tie.stance and edge["sources"] == tie.source
        assert edge["valid_from"] == (str(tie.valid_from) if tie.valid_from else "")
    agency = network.nodes["NationalPoliceAgency"]
    assert (agency["label_ja"], agency["class"]) == ("警察庁", "PoliceBody") and agency["theme"]
    assert network.nodes["CrossIndustryImageNetwork"]["existence"] == "proposed"


def test_a_denial_is_an_edge_only_where_asked_for(bundled: Opened) -> None:
    assert not any(edge["negated"] for *_, edge in bundled.network().edges(data=True))
    network = bundled.network(denials=True)
    denied = {edge["claim"] for *_, edge in network.edges(data=True) if edge["negated"]}
    assert denied == {tie.name for tie in bundled.ties().denials} and "C042" in denied
    assert network.size() == len(bundled.ties()) + len(denied)


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_a_network_goes_through_files_unharmed(bundled: Opened, tmp_path: Path, format: str) -> None:
    network, file = bundled.network(denials=True), tmp_path / "network"
    getattr(nx, f"write_{format}")(network, file)
    again = getattr(nx, f"read_{format}")(file)
    assert set(again) == set(network) and again.size() == network.size()
    claims = sorted(edge["claim"] for *_, edge in network.edges(data=True))
    assert sorted(edge["claim"] for *_, edge in again.edges(data=True)) == claims


HOSTILE = "<b> & \"quoted\" 'name'\nand a line\x01\x1b[31m\u202e\ud800 ]]>"


def test_names_that_no_xml_can_hold_are_written_all_the_same(tmp_path: Path) -> None:
    words = Words(en=HOSTILE)
    one, other = Entity("One", "Person", words), Entity("Other", "Person", words, theme="t")
    claim = Claim("One", "alliedWith", "Other", "s", handle="A1")
    project = Project("x", words, "https://example.org/", entities=(one, other), claims=(claim,))
    network = plain.network(ties_of(project), project)
    nx.write_graphml(network, tmp_path / "network")
    again = nx.read_graphml(tmp_path / "network")
    assert again.nodes["One"]["label"].startswith("<b> & \"quoted\" 'name' and a line")
    assert again.nodes["Other"]["theme"] == "t"


def test_an_end_that_no_record_describes_is_called_by_its_id() -> None:
    claim = Claim("One", "alliedWith", "https://example.com/Other", "s")
    project = Project("x", Words(), "https://example.org/", claims=(claim,))
    network = plain.network(ties_of(project), project)
    assert network.nodes["https://example.com/Other"]["label"] == "https://example.com/Other"


def test_a_table_has_a_row_for_each_record(bundled: Opened) -> None:
    claims, entities, sources = (bundled.frame(name) for name in ("claims", "entities", "sources"))
    assert list(entities.id) == [entity.id for entity in bundled.entities]
    assert list(sources.id) == [source.id for source in bundled.sources]
    assert list(claims.handle) == [claim.handle for claim in bundled.claims]
    assert claims.id.is_unique and set(claims.source) <= set(sources.id)
    assert list(claims.negated) == [claim.negated for claim in bundled.claims]
    row = claims[claims.handle == "C039"].iloc[0]
    assert (row.subject, row.object) == ("NationalShopliftingPreventionOrganization", "Police")
    assert (row.stance, row.as_of, row.regarding) == ("proposed", "2015-01", "CrossIndustryImageNetwork")
    assert row.gist_en.startswith("According to the newsletter") and row.gist_ja and row.passages == "1174-1214"


def test_a_table_holds_plain_values_alone(bundled: Opened) -> None:
    for name in plain.TABLES:
        frame = bundled.frame(name)  # type: ignore[arg-type]
        kinds = {type(cell) for column in frame for cell in frame[column].tolist()}
        assert kinds <= {str, bool, float}, name


def test_an_empty_table_has_the_same_columns(bundled: Opened) -> None:
    project = Project("x", Words(), "https://example.org/", languages=bundled.project.languages)
    empty = Opened(project, bundled.report, bundled.store)
    for name in plain.TABLES:
        none, some = empty.frame(name), bundled.frame(name)  # type: ignore[arg-type]
        assert len(none) == 0 and list(none.columns) == list(some.columns)
        assert [none[c].dtype.kind for c in none if some[c].dtype.kind in "bf"] == [
            some[c].dtype.kind for c in some if some[c].dtype.kind in "bf"
        ]


def test_a_table_that_is_not_there_is_said(bundled: Opened) -> None:
    with pytest.raises(UsageError, match="claims, entities, sources"):
        bundled.frame("claim")  # type: ignore[arg-type]


def test_without_pandas_a_table_says_what_to_install(bundled: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)  # as if it were not installed
    with pytest.raises(SokanzuError, match="pip install pandas"):
        bundled.frame("claims")


def in_a_program(code: str) -> str:
    paths = {"PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | paths,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


def test_each_library_waits_until_it_is_asked_for() -> None:
    heavy = "{'rdflib', 'networkx', 'pandas', 'numpy'} & set(sys.modules)"
    code = f"""
import sys, sokanzu
chart = sokanzu.open({str(HOUSE / "graph" / "blank")!r})
chart.ties(), chart.paths("ExampleCity", "ExamplePoliceStation")
print(sorted({heavy}))
chart.network()
print("pandas" in sys.modules, "networkx" in sys.modules)
"""
    assert in_a_program(code) == "[]\nFalse True\n"


def test_the_index_of_names_is_gone_with_the_program(tmp_path: Path) -> None:
    code = f"""
import tempfile, sokanzu
tempfile.tempdir = {str(tmp_path)!r}
chart = sokanzu.open({str(HOUSE / "graph" / "blank")!r})
print(chart.entity("見本市").id, chart.entity("見本警察署").id)
import os; print(len(os.listdir({str(tmp_path)!r})))
"""
    assert in_a_program(code) == "ExampleCity ExamplePoliceStation\n1\n"
    assert not list(tmp_path.iterdir())


def test_the_index_of_names_is_gone_with_what_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    chart = open_project(HOUSE / "graph" / "blank")
    chart.entity("見本市")
    assert list(tmp_path.iterdir())
    del chart
    gc.collect()
    assert not list(tmp_path.iterdir())
