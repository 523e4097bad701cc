"""The chart on paper, cut down, and in a notebook: what a PDF holds, how large its type is, what is left out."""

from __future__ import annotations

import builtins
import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

import sokanzu
from graph.chart import press
from graph.chart.drawing import draw
from graph.chart.layout import layout
from graph.chart.parts import LABEL_SIZE
from graph.chart.sheet import SIZES, Sheet, sheet
from graph.chart.svg import svg
from graph.errors import ChartError, SokanzuError, UsageError
from graph.explore.cut import Cut, CutDown, cut_down, theme_named
from graph.explore.ties import Holds, as_tie
from graph.model import Claim, Entity, Project, Review, Source, Stance, Theme, When, Words
from graph.opened import Opened
from graph.paths import SEEDS
from graph.pictured import Chart
from graph.project import read_project
from graph.terms import vocabulary
from tests.browser.projects import CORPUS, hostile, large, small

LANGUAGES = ("ja", "en")


def has_japanese() -> bool:
    try:
        return not press.without_font("警図")
    except ImportError:
        return False


printing = pytest.mark.skipif(not has_japanese(), reason="typst or a font with Japanese is missing")


@cache
def bundled() -> Project:
    return read_project(SEEDS)[0]


@cache
def opened() -> Opened:
    return sokanzu.open(SEEDS)


@cache
def bundled_sheet(size: str, lang: str) -> Sheet:
    return sheet(bundled(), vocabulary(), lang, size, ("told",))


@cache
def bundled_pdf(size: str, lang: str) -> bytes:
    return press.pdf(bundled_sheet(size, lang), lang)


def printed(text: str) -> list[str]:
    """The lines of text of an SVG."""
    return [unescape(row) for row in re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", text)]


def squashed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read_back(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0]
    return str(page.get_textpage().get_text_range())


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the distinct rows of a PNG, unpacked but still filtered."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    w, h = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw_rows = zlib.decompress(data)
    step = len(raw_rows) // h
    return w, h, {raw_rows[n * step : (n + 1) * step] for n in range(h)}


# --- the PDF


@printing
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_what_a_pdf_says_is_what_the_picture_says(size: str, lang: str) -> None:
    rows, text = printed(bundled_sheet(size, lang).svg), squashed(read_back(bundled_pdf(size, lang)))
    assert [row for row in rows if squashed(row) not in text] == []
    assert Counter(text) == Counter(squashed("".join(rows)))  # and nothing besides, nothing twice


@printing
@pytest.mark.parametrize("size", SIZES)
def test_a_pdf_has_one_page_of_its_size_and_carries_its_fonts(size: str) -> None:
    document = pypdfium2.PdfDocument(bundled_pdf(size, "ja"))
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((SIZES[size].w, SIZES[size].h), abs=0.1)
    fonts = set()
    for text in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
        fonts.add(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(text.raw)))
    assert fonts == {1}


@printing
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_every_name_sits_in_its_box(size: str, lang: str) -> None:
    """In the font that was really used, not in the widths that the layout reckons with."""
    text, (w, h) = bundled_sheet(size, lang).svg, (SIZES[size].w, SIZES[size].h)
    found = re.search(r'viewBox="0 0 ([\d.]+)', text)
    moved = re.search(r'translate\(([\d.]+) ([\d.]+)\)">\n<g class="frames">', text)
    assert found and moved
    scale, dx, dy = w / float(found[1]), float(moved[1]), float(moved[2])
    page = pypdfium2.PdfDocument(bundled_pdf(size, lang))[0].get_textpage()
    chars = [(page.get_text_range(i, 1), page.get_charbox(i)) for i in range(page.count_chars())]
    chars = [(char, box) for char, box in chars if char.strip()]
    boxes = re.findall(r'<g class="node k-.*?<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"(.*?)</g>', text)
    nodes = [node for node in boxes if "</tspan>" in node[4]]
    assert len(nodes) > 30
    for *corner, inside in nodes:
        x, y, wide, high = map(float, corner)
        left, right = (dx + x) * scale, (dx + x + wide) * scale
        top, bottom = h - (dy + y) * scale, h - (dy + y + high) * scale
        mine = [
            (char, box)
            for char, box in chars
            if left <= (box[0] + box[2]) / 2 <= right and bottom <= (box[1] + box[3]) / 2 <= top
        ]
        assert Counter(char for char, _ in mine) == Counter(squashed("".join(printed(inside))))
        for char, box in mine:
            assert left <= box[0] and box[2] <= right and bottom <= box[1] and box[3] <= top, (char, inside)


@printing
def test_the_same_twice_is_the_same_to_the_byte_and_has_no_date() -> None:
    again = sheet(bundled(), vocabulary(), "ja", "a3", ("told",))
    assert again == bundled_sheet("a3", "ja")
    assert press.pdf(again, "ja") == bundled_pdf("a3", "ja")
    assert press.png(again, "ja") == press.png(bundled_sheet("a3", "ja"), "ja")
    about = pypdfium2.PdfDocument(bundled_pdf("a3", "ja")).get_metadata_dict()
    assert about["CreationDate"] == about["ModDate"] == ""
    assert about["Title"] == bundled().title["ja"]
    assert b"xmp:CreateDate" not in bundled_pdf("a3", "ja")


@printing
@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_two_pixels_for_each_of_a_screens_and_is_not_blank(size: str) -> None:
    w, h, rows = pixels(press.png(bundled_sheet(size, "en"), "en"))
    assert (w, h) == pytest.approx((SIZES[size].w * 192 / 72, SIZES[size].h * 192 / 72), abs=1)
    assert len(rows) > h / 3
    if size == "wide":
        assert w * 9 == h * 16


# --- the size of type


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("size", "least"), [("a4", 6.0), ("a3", 7.0), ("wide", 7.5)])
def test_type_can_be_read(size: str, least: float, lang: str) -> None:
    """Measured in the SVG itself: the smallest letters there, in points of the sheet."""
    for project in (bundled(), large(), small()):
        made = sheet(project, vocabulary(), lang, size)
        root = ET.fromstring(made.svg)
        w, h = map(float, root.attrib["viewBox"].split()[2:])
        sizes = [float(size) for size in re.findall(r'font-size(?:="|: )([\d.]+)', made.svg)]
        assert min(sizes) == LABEL_SIZE
        assert min(sizes) * made.w / w >= least
        assert w / h == pytest.approx(SIZES[size].w / SIZES[size].h, rel=0.001)
        assert made.type == pytest.approx(min(sizes) * made.w / w, abs=0.02)


def test_what_is_too_much_for_a_sheet_is_folded() -> None:
    crowd = large()
    counts = {size: sheet(crowd, vocabulary(), "ja", size).svg.count('data-node="') for size in ("a4", "a3")}
    assert 2 <= counts["a4"] <= counts["a3"] < len(crowd.entities)


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


@given(names, names, st.sampled_from(sorted(SIZES)), st.sampled_from(LANGUAGES))
@settings(max_examples=15)
def test_title_and_caption_stay_on_the_sheet(title: str, told: str, size: str, lang: str) -> None:
    made = sheet(replace(small(), title=Words(ja=title * 4)), vocabulary(), lang, size, (told * 6,))
    root = ET.fromstring(made.svg)
    w, h = map(float, root.attrib["viewBox"].split()[2:])
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if text.attrib.get("class") in ("title", "told", "notice"):
            from graph.chart.text import width

            assert float(text.attrib["x"]) + width(text.text or "", float(text.attrib["font-size"])) <= w
            assert 0 < float(text.attrib["y"]) < h


# --- hostile names

TYPST = (
    '#eval("1+1")',
    "$x^2$",
    "\\u{41}\\",
    "@cite",
    '#import "a.typ"',
    "*b* _i_ `r` <l> //c /*d*/",
    "]#[",
    "~--...",
)


def hostile_project() -> Project:
    words = [word for word in (*TYPST, *CORPUS) if not press.without_font(word)]
    made = tuple(Entity(f"e{n}", "Company", Words(ja=word), also=(word,)) for n, word in enumerate(words))
    claims = tuple(Claim("e0", "opposes", f"e{n}", "s", handle=f"C{n}") for n in range(1, len(made)))
    source = Source("s", Words(ja=TYPST[0]), date=When(2016))
    return Project("", Words(ja=" ".join(TYPST)), "https://example.org/", ("ja",), (), made, (source,), claims)


@printing
@pytest.mark.parametrize("which", ["typst", "markup"])
def test_hostile_names_are_text(which: str) -> None:
    project = hostile_project()
    if which == "markup":
        project = replace(project, entities=project.entities[-20:], claims=())
        ids = [entity.id for entity in project.entities]
        project = replace(project, claims=tuple(Claim(ids[0], "opposes", id, "s") for id in ids[1:]))
    made = sheet(project, vocabulary(), "ja", "a3")
    text = squashed(read_back(press.pdf(made, "ja")))
    latin = [row for row in printed(made.svg) if row.isascii()]
    assert len(latin) > 5
    assert [row for row in latin if squashed(row) not in text] == []
    document = pypdfium2.PdfDocument(press.pdf(made, "ja"))
    assert document.get_metadata_dict()["Title"] == " ".join(TYPST)
    if which == "typst":
        assert squashed(TYPST[0]) in text and "[2]" not in text


@printing
def test_a_name_that_no_font_can_write_is_said() -> None:
    """Hieroglyphs have a block of their own that common fonts leave out."""
    odd = replace(hostile(), title=Words(ja="𓀀"))
    if not press.without_font("𓀀"):
        pytest.skip("this machine has a font for hieroglyphs")
    with pytest.raises(ChartError, match="𓀀"):
        press.pdf(sheet(odd, vocabulary(), "ja", "a3"))


@printing
def test_the_mark_of_a_denial_does_without_a_rare_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """✕ is in few fonts: where it is missing × stands before the label, and no name is touched."""
    real = press.without_font
    monkeypatch.setattr(press, "without_font", lambda chars: "✕" if "✕" in chars else real(chars))
    denied = made(Claim("A", "opposes", "B", "s", negated=True))
    text = read_back(press.pdf(sheet(denied, vocabulary(), "ja", "a3"), "ja"))
    assert "×反対" in text and "✕" not in text
    named = replace(denied, entities=(replace(denied.entities[0], name=Words(ja="✕社")), denied.entities[1]))
    with pytest.raises(ChartError, match="✕"):
        press.pdf(sheet(named, vocabulary(), "ja", "a3"), "ja")


@printing
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_font_for_japanese_a_sentence_says_what_to_install(
    lang: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import typst

    monkeypatch.setattr(typst, "compile", partial(typst.compile, ignore_system_fonts=True))
    press.without_font.cache_clear()
    try:
        with pytest.raises(ChartError) as caught:
            opened().chart(lang="ja").save(tmp_path / "x.pdf")
    finally:
        press.without_font.cache_clear()
    assert "fonts-noto-cjk" in caught.value.message(lang) and "あ い" in caught.value.message(lang)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["pdf", "png"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_typst_a_sentence_says_so(
    ending: str, lang: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = builtins.__import__

    def missing(name: str, *more: Any, **named: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return there(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ChartError) as caught:
        Chart(small()).save(tmp_path / f"x.{ending}")
    assert "pip install typst" in caught.value.message(lang) and f"x.{ending}" in caught.value.message(lang)


# --- what is drawn


def handles(left: CutDown) -> set[str]:
    return {claim.handle for claim in left.project.claims}


def made(*claims: Claim, themes: tuple[str, ...] = ()) -> Project:
    ends = sorted({end for c in claims for end in (c.subject, str(c.object))})
    given = dict(zip(ends, themes, strict=False))
    entities = tuple(Entity(id, "Company", Words(ja=f"社{id}", en=f"Co {id}"), theme=given.get(id, "")) for id in ends)
    boxes = (Theme("a", Words(ja="甲の話", en="Story A")), Theme("b", Words(ja="乙の話", en="Story B")))
    sources = (Source("s", Words(ja="新聞"), date=When(2016, 3)), Source("t", Words(ja="雑誌"), date=When(2020)))
    return Project(
        "", Words(ja="題", en="title"), "https://example.org/", ("ja", "en"), boxes, entities, sources, claims
    )


CHAIN = made(
    Claim("A", "opposes", "B", "s", handle="C1"),
    Claim("B", "opposes", "C", "s", stance=Stance.reported, handle="C2"),
    Claim("D", "opposes", "C", "t", stance=Stance.alleged, handle="C3"),
    Claim("A", "opposes", "C", "s", negated=True, handle="C4"),
    Claim("D", "opposes", "E", "t", review=Review.rejected, handle="C5"),
    themes=("a", "a", "b", "b", "b"),
)


def test_nothing_asked_leaves_everything() -> None:
    left = cut_down(CHAIN, Cut())
    assert left.project is CHAIN and not left.words and left.titled is CHAIN


def test_a_theme_keeps_what_lies_within() -> None:
    assert handles(cut_down(CHAIN, Cut(themes=("a",)))) == {"C1"}
    assert handles(cut_down(CHAIN, Cut(themes=("a", "b")))) == {"C1", "C2", "C3", "C4"}


def test_around_counts_lines_whichever_way_they_point_denials_among_them() -> None:
    assert handles(cut_down(CHAIN, Cut(around="A"))) == {"C1", "C2", "C4"}  # C by a denial
    assert handles(cut_down(CHAIN, Cut(around="B"))) == {"C1", "C2", "C4"}
    assert handles(cut_down(CHAIN, Cut(around="D"))) == {"C3"}  # what was rejected leads nowhere
    assert handles(cut_down(CHAIN, Cut(around="D", hops=2))) == {"C1", "C2", "C3", "C4"}
    assert handles(cut_down(CHAIN, Cut(around="D", hops=10**9))) == {"C1", "C2", "C3", "C4"}


def test_only_counts_before_around() -> None:
    assert handles(cut_down(CHAIN, Cut(only=frozenset({Stance.stated})))) == {"C1", "C4"}
    assert handles(cut_down(CHAIN, Cut(around="B", only=frozenset({Stance.reported})))) == {"C2"}


def test_what_is_left_names_nobody_else_and_no_other_source() -> None:
    left = cut_down(CHAIN, Cut(around="D")).project
    assert [entity.id for entity in left.entities] == ["C", "D"]
    assert [source.id for source in left.sources] == ["t"]
    assert [theme.id for theme in left.themes] == ["b"]


def test_a_digest_is_no_voice_of_its_own_when_its_original_is_cut_away() -> None:
    document = Entity("L", "Document", Words(ja="会報"))
    project = replace(
        CHAIN,
        entities=(*CHAIN.entities, document),
        sources=(replace(CHAIN.sources[0], document="L"), replace(CHAIN.sources[1], retells="L")),
    )
    with pytest.raises(ChartError):
        cut_down(project, Cut(only=frozenset({Stance.alleged})))


DATED = made(
    Claim("A", "opposes", "B", "s", valid_from=When(2014), valid_to=When(2015), handle="past"),
    Claim("A", "opposes", "C", "s", valid_from=When(2015), handle="on"),
    Claim("B", "opposes", "C", "s", valid_from=When(2017), handle="later"),
    Claim("C", "opposes", "D", "s", handle="undated"),
    Claim("D", "opposes", "A", "s", valid_from=When(2016), handle="some time in 2016"),
)


def test_at_a_date_what_cannot_have_held_goes_and_what_may_have_is_marked() -> None:
    left = cut_down(DATED, Cut(at=When(2016, 2)))
    assert handles(left) == {"on", "undated", "some time in 2016"}
    assert {claim.handle for claim in left.unsure} == {"undated", "some time in 2016"}
    drawing = draw(left.project, vocabulary(), unsure=left.unsure)
    marked = {drawing.claims[line.claims[0]].handle for line in drawing.lines if line.unsure}
    assert marked == {"undated", "some time in 2016"}
    assert all(("†" in drawing.words_on(line, "ja")) == line.unsure for line in drawing.lines)
    assert "1 claims) or may have held (2, marked †)" in left.words["en"]
    assert "（1件）" in left.words["ja"] and "（2件、†印）" in left.words["ja"]


@given(st.sampled_from([When(y, *m) for y in (2013, 2014, 2015, 2016, 2018) for m in ((), (1,), (12,), (3, 15))]))
def test_dates_are_judged_as_everywhere_else(at: When) -> None:
    left = cut_down(DATED, Cut(at=at))
    said = {source.id: source.date for source in DATED.sources}
    holds = {c.handle: as_tie(c, said).holds(at) for c in DATED.claims}
    assert handles(left) == {handle for handle, verdict in holds.items() if verdict is not Holds.no}
    assert {c.handle for c in left.unsure} == {handle for handle, verdict in holds.items() if verdict is Holds.maybe}


def test_a_line_with_one_claim_that_surely_held_is_not_marked() -> None:
    twice = made(
        Claim("A", "opposes", "B", "s", handle="C1"),
        Claim("A", "opposes", "B", "s", handle="C2", valid_from=When(2015), place=Words(ja="別")),
    )
    left = cut_down(twice, Cut(at=When(2016, 2)))
    [line] = draw(left.project, vocabulary(), unsure=left.unsure).lines
    assert len(line.claims) == 2 and not line.unsure


@pytest.mark.parametrize(
    ("cut", "says"),
    [
        (Cut(around="E"), "Co E"),
        (Cut(only=frozenset({Stance.demanded})), "demanded"),
        (Cut(themes=("b",), only=frozenset({Stance.stated})), "Story B"),
    ],
)
def test_where_nothing_is_left_a_sentence_says_what_was_asked(cut: Cut, says: str) -> None:
    with pytest.raises(ChartError) as caught:
        cut_down(CHAIN, cut)
    assert caught.value.exit_code == 1 and says in caught.value.message("en")
    assert caught.value.message("ja").endswith("--hops を増やしてください")


def test_an_entity_outside_the_themes_is_a_contradiction() -> None:
    with pytest.raises(UsageError, match=r"Co A.*Story B"):
        cut_down(CHAIN, Cut(themes=("b",), around="A"))


@pytest.mark.parametrize("name", ["a", "甲の話", "Story A", "story a", "ＳＴＯＲＹ　Ａ"])
def test_a_theme_goes_by_any_of_its_names(name: str) -> None:
    assert theme_named(CHAIN, name) == "a"


@pytest.mark.parametrize(("name", "says"), [("Storry A", "Story A"), ("zzzzzz", "a, b"), ("", "a, b"), ("  ", "a, b")])
def test_a_theme_that_is_not_there_is_answered_with_those_that_are(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        theme_named(CHAIN, name)


# --- every form says what it was cut down to


def forms(chart: Chart) -> Iterator[tuple[str, str]]:
    yield "svg", unescape(chart.svg())
    yield "sheet", unescape(replace(chart, size="a4").svg())
    yield "page", unescape(chart.html())
    yield "network", unescape(replace(chart, pyvis=True).html())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_is_cut_down_and_says_to_what(lang: str) -> None:
    left = cut_down(CHAIN, Cut(around="D"))
    for form, text in forms(Chart(CHAIN, Cut(around="D"), lang)):
        told = "".join(printed(text)) if form in ("svg", "sheet") else text
        assert squashed(left.words[lang]) in squashed(told), form
        assert {"ja": "掲載は不正や違法を意味しない", "en": "Inclusion implies no wrongdoing"}[lang] in told, form
        assert {"ja": "社D", "en": "Co D"}[lang] in told, form
        assert {"ja": "社B", "en": "Co B"}[lang] not in told, form
        if form in ("svg", "sheet"):
            assert "2020" in told and "2016" not in told  # the newest source of what is left


def test_a_small_picture_has_room_for_title_and_legend() -> None:
    root = ET.fromstring(svg(layout(draw(CHAIN, vocabulary()), "en"), told=("x " * 400,)))
    w = float(root.attrib["width"])
    assert w >= 640
    assert len([e for e in root.iter() if e.attrib.get("class") == "told"]) > 1


def test_not_much_type_is_not_blown_up() -> None:
    for size, form in SIZES.items():
        assert sheet(CHAIN, vocabulary(), "ja", size).type <= form.most


# --- from Python


def test_a_chart_from_python_takes_names_and_says_what_is_wrong() -> None:
    chart = opened().chart(around="NPA", only=["stated", "reported"], lang="en")
    assert chart.cut == Cut(around="NationalPoliceAgency", only=frozenset({Stance.stated, Stance.reported}))
    assert "National Police Agency" in repr(chart)
    for wrong, code in (
        ({"around": "Natinal Police Agncy"}, "show-near"),
        ({"around": "警"}, "show-several"),
        ({"around": ""}, "no-name"),
        ({"hops": 2}, "hops-alone"),
        ({"around": "NPA", "hops": 0}, "hops-none"),
        ({"at": "soon"}, "bad-date-at"),
        ({"only": "sure"}, "unknown-stance-option"),
        ({"themes": "my-nmber"}, "unknown-theme-near"),
        ({"size": "b5"}, "chart-size"),
        ({"around": "NPA", "only": "demanded"}, "cut-nothing"),
    ):
        with pytest.raises(SokanzuError) as caught:
            opened().chart(**wrong)
        assert caught.value.code == code


@pytest.mark.parametrize("ending", [".jpg", "", ".pdf.zip"])
def test_other_endings_are_refused(ending: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pdf"):
        Chart(CHAIN).save(tmp_path / f"x{ending}")


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--size"):
        Chart(CHAIN, size="a4").save(tmp_path / "x.html")
    with pytest.raises(UsageError, match=r"\.html"):
        Chart(CHAIN, pyvis=True).save(tmp_path / "x.pdf")


@printing
@pytest.mark.parametrize("ending", [".html", ".svg", ".pdf", ".png", ".PDF"])
def test_a_chart_is_saved_as_its_ending_says(ending: str, tmp_path: Path) -> None:
    chart = Chart(CHAIN, Cut(themes=("b",)))
    file = chart.save(tmp_path / "deep" / f"x{ending}")
    same: dict[str, Callable[[], str | bytes]]
    same = {".html": chart.html, ".svg": chart.svg, ".pdf": chart.pdf, ".png": chart.png}
    made = same[ending.lower()]()
    assert file.read_bytes() == (made.encode() if isinstance(made, str) else made)
    assert [path.name for path in file.parent.iterdir()] == [f"x{ending}"]


def test_in_a_notebook_the_page_stands_in_a_frame_that_reaches_nothing() -> None:
    evil = replace(hostile(), title=Words(ja='"></iframe><script>ran()</script>'))
    shown = Chart(evil)._repr_html_()
    frame = re.fullmatch(r'<iframe title="([^"]*)" sandbox="allow-scripts" [^<>]*? srcdoc="([^"<>]*)"></iframe>', shown)
    assert frame
    page = unescape(frame[2])
    assert page == Chart(evil).html(framed=True)
    assert "default-src 'none'" in unescape(page) and "connect-src" not in page
    assert Chart(CHAIN)._repr_svg_() == Chart(CHAIN).svg()


NOTEBOOK = Path(__file__).resolve().parent.parent / "docs" / "notebook.ipynb"


RUN = """
import sys, nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(book)
manager = AsyncKernelManager(kernel_name="python3")
manager.kernel_spec.argv[0] = sys.executable  # this Python, whatever kernels the machine knows of
NotebookClient(book, km=manager, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(book, sys.argv[3])
"""


def test_the_notebook_runs(tmp_path: Path) -> None:
    """In a process of its own: what a kernel's sockets leave behind is not ours."""
    for name in ("nbformat", "nbclient", "ipykernel"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install nbclient ipykernel")
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [c for c in cells if c["cell_type"] == "code" and (c["outputs"] or c["execution_count"])]
    made = tmp_path / "made.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(tmp_path), str(made)],
        env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    shown = [o for c in json.loads(made.read_text(encoding="utf-8"))["cells"] for o in c.get("outputs", ())]
    pages = ["".join(output["data"]["text/html"]) for output in shown if "text/html" in output.get("data", {})]
    assert sum('sandbox="allow-scripts"' in page for page in pages) == 3
    assert (tmp_path / "my-number.svg").read_text(encoding="utf-8").startswith("<svg")
