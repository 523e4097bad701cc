"""Measuring: what counts as right, wrong, missed and forbidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceError
from graph.extract.score import Row, read_gold, report, score
from graph.terms import vocabulary


def claim(subject: str = "A", predicate: str = "amends", told: Any = "B", **more: Any) -> Row:
    row: Row = {"document": "d.txt", "subject": {"id": subject}, "predicate": predicate, "object": {"id": told}}
    return {**row, "stance": "stated", "negated": False, "passages": [[0, 10]], **more}


def figures(gold: list[Row], found: list[Row], text: str = "") -> Row:
    return score(gold, found, vocabulary(), {"d.txt": text}).total.figures()


def test_right_wrong_and_missed_are_told_apart() -> None:
    told = figures([claim(), claim("C"), claim("D")], [claim(), claim("C"), claim("E")])
    assert (told["right"], told["wrong"], told["missed"]) == (2, 1, 1)
    assert told["precision"] == told["recall"] == told["f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_the_same_claim_twice_counts_once() -> None:
    assert figures([claim(), claim()], [claim(), claim(passages=[[20, 30]])])["right"] == 1


def test_another_direction_is_another_claim_unless_the_property_is_symmetric() -> None:
    assert figures([claim("A", "amends", "B")], [claim("B", "amends", "A")])["right"] == 0
    assert figures([claim("A", "alliedWith", "B")], [claim("B", "alliedWith", "A")])["right"] == 1


@pytest.mark.parametrize(
    ("key", "value", "figure"),
    [("stance", "reported", "stance"), ("negated", True, "negation"), ("validFrom", "2014", "dates")],
)
def test_a_right_claim_with_another_stance_negation_or_date_lowers_that_figure_alone(
    key: str, value: Any, figure: str
) -> None:
    told = figures([claim(validTo="2015")], [claim(validTo="2015", **{key: value})])
    assert told["right"] == 1
    assert told[figure] == 0
    assert all(told[other] == 1 for other in ("stance", "negation", "dates") if other != figure)


def test_dates_count_only_where_either_has_one() -> None:
    assert figures([claim()], [claim()])["dates"] is None


def test_of_two_candidates_for_one_claim_the_better_counts() -> None:
    gold = [claim(stance="reported")]
    assert figures(gold, [claim(), claim(stance="reported")])["stance"] == 1
    assert figures(gold, [claim(stance="reported"), claim()])["stance"] == 1


def test_of_two_gold_lines_for_one_claim_the_nearer_counts() -> None:
    """What one voice alleges and another denies is two lines of gold."""
    gold = [claim(stance="alleged"), claim(negated=True)]
    assert figures(gold, [claim(negated=True)])["negation"] == 1
    assert figures(gold, [claim(stance="alleged")])["stance"] == 1
    assert figures(gold, [])["missed"] == 1


def test_what_is_optional_counts_neither_way() -> None:
    gold = [claim(optional=True), claim("C")]
    assert figures(gold, [claim(), claim("C")])["right"] == 1
    assert figures(gold, [claim("C")])["missed"] == 0


def test_values_are_compared_as_text() -> None:
    gold = [{**claim("A", "date"), "object": {"value": "2014-06"}}]
    assert figures(gold, [{**claim("A", "date"), "object": {"value": "2014-06"}}])["right"] == 1
    assert figures(gold, [{**claim("A", "date"), "object": {"value": "2014"}}])["right"] == 0


def test_a_positive_claim_from_words_that_claim_nothing_is_told() -> None:
    text = "If A amends B. C amends D."
    gold: list[Row] = [{"document": "d.txt", "nothing": True, "quote": "If A amends B."}, claim("C", told="D")]
    bad, good = claim(passages=[[3, 13]]), claim("C", told="D", passages=[[15, 25]])
    told = score(gold, [bad, good], vocabulary(), {"d.txt": text})
    assert [row for row, _ in told.forbidden] == [bad]
    negated = score(gold, [{**bad, "negated": True}], vocabulary(), {"d.txt": text})
    assert negated.forbidden == []


def test_documents_without_gold_are_not_counted() -> None:
    assert figures([claim()], [claim(), {**claim("X"), "document": "other.txt"}])["wrong"] == 0


def test_the_report_shows_every_case_and_every_rule() -> None:
    gold = [claim(), claim("M"), claim("S", stance="reported")]
    found = [claim(rule="amends-ja@1"), claim("W", rule="broken@2"), claim("S", rule="amends-ja@1")]
    told = score(gold, found, vocabulary(), {})
    for lang in ("ja", "en"):
        text = report(told, lang)
        assert "M amends B" in text and "W amends B" in text and text.count("S amends B") == 2
        assert "amends-ja@1" in text and "broken@2" in text
    assert json.loads(json.dumps(told.as_json()))["total"]["right"] == 2


def test_gold_is_read_from_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.gold.jsonl").write_text(json.dumps(claim()) + "\n\n", encoding="utf-8")
    (tmp_path / "b.gold.jsonl").write_text(json.dumps(claim("C")) + "\n", encoding="utf-8")
    assert len(read_gold(tmp_path)) == 2
    assert len(read_gold(tmp_path / "a.gold.jsonl")) == 1


@pytest.mark.parametrize("line", ["{", "[]", '{"subject": "A"}', '{"document": "d", "subject": "A"}'])
def test_a_line_that_is_no_gold_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(json.dumps(claim()) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_gold(file)
    assert "g.jsonl:2" in error.value.message("en")


def test_gold_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read_gold(tmp_path / "none.jsonl")
