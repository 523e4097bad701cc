"""A project opened from Python: records, rdflib objects, rows that become terms when touched."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from graph.errors import QueryError, UsageError
from graph.opened import Opened, Rows, open_project

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
