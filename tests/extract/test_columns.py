"""Paragraphs that columns, boxes and notes cut in two: joined on evidence, left alone without, and every join told."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.flow import Document, plain
from graph.extract.reading.columns import reading_order
from graph.extract.reading.lines import Para
from graph.extract.reading.text import from_text, load


def para(text: str, **more: object) -> Para:
    return Para(plain(text), **more)  # type: ignore[arg-type]


def texts(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


ONE = "県警は二〇一五年四月、駅前商店街の防犯カメラ百二十台を更新した。費用は市が半分を負担し、残りを商店会が出した。"
TWO = "一方、団体「まちの目を考える会」は六月に公開質問状を出した。市は九月の回答で、令状のあるときに限るという。"
BETWEEN = "なお、来月の例会は第二土曜日に公民館で開く。参加を希望する人は事務局まで連絡してほしい。"


@pytest.mark.parametrize("cut", ["の防犯", "を更新", "し、残り"])
def test_a_paragraph_that_another_text_cuts_is_put_together_and_says_so(cut: str) -> None:
    text = TWO + ONE
    at = text.index(cut)
    document = from_text(f"{text[:at]}\n\n{BETWEEN}\n\n{text[at:]}\n", "a.txt")
    whole = next(s for s in re.findall("[^。]+。", text) if cut in s)
    (joined,) = [s for s in document.sentences if s.joins]
    assert joined.text == whole
    assert joined.joins == (f"columns: {text[at - 8 : at]} + {text[at : at + 8]}",)
    words = [document.text[p.start : p.end] for p in joined.clean.passages(0, len(whole), document.text)]
    assert "".join(words) == whole and len(words) == 2
    assert "document-columns-joined" in document.notes
    assert [s for s in texts(document) if s in BETWEEN] == re.findall("[^。]+。", BETWEEN)


def test_an_ordinary_beginning_after_a_finished_paragraph_is_one() -> None:
    at = ONE.index("半分")
    document = from_text(f"{ONE[:at]}\n\n{BETWEEN}\n\n{ONE[at:]}\n", "a.txt")
    assert not [s for s in document.sentences if s.joins]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [ONE, TWO, BETWEEN],
        [ONE, "お知らせ", BETWEEN],
        ["見出しのような行", ONE, "もうひとつの見出し", TWO],
        ["The police replaced many cameras. For example:", "12 in the park of the city.", "the city paid for half."],
        [ONE, "・甲の項目", "・乙の項目", TWO],
        ["The city answered in June and paid for half of the cameras.", "It sued in July."],
    ],
)
def test_whole_paragraphs_are_left_alone(paragraphs: list[str]) -> None:
    document = from_text("\n\n".join(paragraphs), "a.txt")
    assert "document-columns-joined" not in document.notes
    assert not [s for s in document.sentences if s.joins]


def test_two_halves_that_fit_equally_well_are_not_joined() -> None:
    """Two paragraphs wait for their other half, and either beginning would do: a join would be a guess."""
    first, second = ONE[: ONE.index("、残り") + 1], TWO[: TWO.index("、令状") + 1]
    rests = ["残りについては触れていない。", "詳しい日程については述べていない。"]
    document = from_text("\n\n".join([first, second, BETWEEN, *rests]), "a.txt")
    for sentence in document.sentences:
        assert not (sentence.joins and first[-5:] in sentence.text and second[-5:] in sentence.text)


def test_english_halves_are_joined_with_one_space_and_a_hyphen_is_healed() -> None:
    cut = "The prefectural police replaced one hundred cameras in April. The city paid for half of the"
    document = from_text(f"{cut}\n\nnew cameras and the shop owners for the rest.\n", "a.txt")
    assert "The city paid for half of the new cameras and the shop owners for the rest." in texts(document)
    cut = "The prefectural police replaced one hundred cameras in April. The city sent a noti-"
    document = from_text(f"{cut}\n\nfication to all who live there.\n", "a.txt")
    assert "The city sent a notification to all who live there." in texts(document)


def test_what_a_format_marks_as_a_paragraph_is_never_joined() -> None:
    at = ONE.index("半分")
    document = from_text(f"<p>{ONE[:at]}</p><p>{ONE[at:]}</p>", "a.html", kind="html")
    assert not [s for s in document.sentences if s.joins]


TAILS = "県警は カメラの 費用を負担し、 記録を消した。 「開いた 半分が お知らせ データ".split()
HEADS = "を更新した。 し、答えた。 記録が残る。 」と述べた。 一方、市は答えた。 って消えた。 1".split()


@given(
    st.lists(
        st.builds(
            lambda head, tail, **more: para(head + "市は何度も答えてきた。" + tail, **more),
            st.sampled_from(HEADS),
            st.sampled_from(TAILS),
            kind=st.sampled_from(["body", "heading", "item", "note"]),
            sure=st.booleans(),
            area=st.integers(0, 1),
        ),
        max_size=14,
    )
)
def test_every_paragraph_is_in_one_stream_once_and_streams_go_forward(paras: list[Para]) -> None:
    streams = reading_order(paras)
    assert sorted(i for stream in streams for i in stream) == list(range(len(paras)))
    assert all(stream == sorted(stream) for stream in streams)
    assert [stream[0] for stream in streams] == sorted(stream[0] for stream in streams)
    for stream in streams:
        for i, k in pairwise(stream):
            assert not paras[i].sure and not paras[k].sure
            assert paras[i].area == paras[k].area


# --- the newsletter, where somebody has it: its columns, box and note are cut into each other

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NEWSLETTER = os.environ.get("SOKANZU_NEWSLETTER", "")


@pytest.mark.skipif(not NEWSLETTER, reason="SOKANZU_NEWSLETTER names no copy of the newsletter")
def test_the_newsletters_columns_are_put_together() -> None:
    document = load(Path(NEWSLETTER))
    joins = [(s, s.joins) for s in document.sentences if any(not why.startswith("repaired") for why in s.joins)]
    cuts = {tuple(re.split(": | \\+ ", why)[0] for why in why_all if "repaired" not in why) for _, why_all in joins}
    assert cuts == {("columns",), ("break",)}
    # Where the pieces meet, in characters of the untouched text: five cuts by columns, one by a wrapped line.
    seams = set()
    for sentence, _ in joins:
        for one, other in zip(sentence.clean.ends, sentence.clean.starts[1:], strict=False):
            if other - one > 4 or other < one:
                seams.add((one, other))
    assert seams == {(151, 394), (554, 966), (392, 556), (738, 1034)}
    order = [s.clean.starts[0] for s in document.sentences if s.kind == "body"]
    assert order == sorted(order)


@pytest.mark.skipif(not NEWSLETTER, reason="SOKANZU_NEWSLETTER names no copy of the newsletter")
def test_what_a_curated_claim_of_the_newsletter_rests_on_stands_in_one_sentence() -> None:
    """But for claims that rest on two sentences of their own: a title and its date, a label and its value."""
    document = load(Path(NEWSLETTER))
    claims = yaml.safe_load((SEEDS / "claims" / "newsletter-2016.yaml").read_text(encoding="utf-8"))["claims"]
    covered = [
        {i for p in s.clean.passages(0, len(s.text), document.text) for i in range(p.start, p.end)}
        for s in document.sentences
    ]
    whole = 0
    for claim in claims:
        needs = {i for start, end in claim["passages"] for i in range(start, end) if not document.text[i].isspace()}
        whole += any(needs <= one for one in covered)
    assert len(claims) > 90
    assert whole >= len(claims) - 6
