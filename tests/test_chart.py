"""The picture: what is drawn, where it stands, and what its pages carry. What a browser makes of it: tests/browser."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.chart import graphviz, pyvis
from graph.chart.choice import choose
from graph.chart.data import embedded, is_web
from graph.chart.drawing import LANGUAGES, MOST_CANDIDATES, MOST_NODES, STYLES, Drawing, Line, draw, shared_forms, short
from graph.chart.graphviz import Graphviz
from graph.chart.kinds import KINDS, kinds
from graph.chart.layout import Layout, Spot, layout
from graph.chart.page import first_picture, page
from graph.chart.parts import LABEL_SIZE, NAME_SIZE
from graph.chart.picture import picture
from graph.chart.pyvis import network
from graph.chart.svg import svg
from graph.chart.text import breaks, clean, lines, width
from graph.chart.words import word, words
from graph.errors import ChartError
from graph.model import Claim, Entity, Project, Review, Source, Stance, Theme, Words
from graph.paths import SEEDS, TEMPLATES
from graph.project import read_project
from graph.terms import Vocabulary, vocabulary
from tests.browser.projects import CORPUS, EVIL_ADDRESSES, hostile, large, small

HOUSE = Path(__file__).resolve().parent.parent


@cache
def bundled() -> Project:
    return read_project(SEEDS)[0]


def test_a_digest_adds_nothing_and_a_machine_only_candidates() -> None:
    """Two digests of one letter are no second and third voice; what nobody has read is drawn as such."""
    claim = Claim("A", "opposes", "B", "letter", Stance.stated, (), gist=Words(ja="反対"), handle="C1")
    made = Project(
        "",
        Words(ja="題"),
        "https://example.org/",
        entities=(
            Entity("A", "Company", Words(ja="甲")),
            Entity("B", "Company", Words(ja="乙")),
            Entity("L", "Document", Words(ja="会報")),
        ),
        sources=(
            Source("letter", Words(ja="会報"), document="L"),
            Source("digest", Words(ja="要約"), retells="L"),
            Source("alone", Words(ja="要約"), retells="Elsewhere"),
        ),
        claims=(
            claim,
            replace(claim, source="digest", handle="C2", method="opposes-ja@1"),
            replace(claim, source="alone", handle="C3", method="opposes-ja@1"),
            replace(claim, handle="C4", method="opposes-ja@1", review=Review.candidate),
        ),
    )
    drawing = draw(made, vocabulary())
    assert [c.handle for c in drawing.claims] == ["C1", "C3", "C4"]
    (line,) = drawing.lines
    assert not line.candidate and "候補" not in drawing.words_on(line, "ja")  # it adds to a line, no certainty
    alone = draw(replace(made, claims=made.claims[3:]), vocabulary())
    (line,) = alone.lines
    assert line.candidate and alone.words_on(line, "ja") == "反対する（候補）"
    assert alone.words_on(line, "en") == "opposes (candidate)"


def test_a_flood_of_candidates_is_capped_and_the_rest_counted() -> None:
    claim = Claim("A", "opposes", "B", "letter", Stance.stated, (), gist=Words(ja="反対"))
    flood = tuple(
        replace(claim, handle=f"M{n}", method="opposes-ja@1", review=Review.candidate)
        for n in range(MOST_CANDIDATES + 7)
    )
    entities = (Entity("A", "Company", Words(ja="甲")), Entity("B", "Company", Words(ja="乙")))
    sources = (Source("letter", Words(ja="会報")),)
    made = Project(
        "", Words(ja="題"), "https://example.org/", entities=entities, sources=sources, claims=(*flood, claim)
    )
    drawing = draw(made, vocabulary())
    assert drawing.left == 7 and drawing.claims[-1] == claim and len(drawing.claims) == MOST_CANDIDATES + 1


def line_of(drawing: Drawing, handle: str) -> Line | None:
    return next((line for line in drawing.lines if any(drawing.claims[i].handle == handle for i in line.claims)), None)


def the(drawing: Drawing, handle: str) -> Line:
    found = line_of(drawing, handle)
    assert found, handle
    return found


# --- what is drawn


@cache
def small_drawing() -> Drawing:
    return draw(small(), vocabulary())


def test_rejected_and_withdrawn_claims_are_nowhere() -> None:
    drawing = small_drawing()
    assert not {"C16", "C17"} & {claim.handle for claim in drawing.claims}
    written = page(small(), vocabulary())
    assert "要旨：候補" in written
    assert "要旨：不採用" not in written and "要旨：撤回" not in written


def test_a_candidate_is_drawn_dimmed() -> None:
    assert the(small_drawing(), "C15").candidate
    assert not the(small_drawing(), "C1").candidate


def test_claims_of_one_proposition_share_a_line_with_a_count() -> None:
    drawing = small_drawing()
    line = the(drawing, "C1")
    assert line is the(drawing, "C2")
    assert len(line.claims) == 2
    assert drawing.words_on(line, "ja") == "理事長 ×2"
    assert line.stance is Stance.stated  # the surest of its claims


def test_a_candidate_lends_a_line_no_certainty() -> None:
    sure = Claim("Club", "uses", "Network", "paper", Stance.stated, handle="X", review=Review.candidate)
    unsure = Claim("Club", "uses", "Network", "leaflet", Stance.alleged, handle="Y")
    project = small()
    line = the(draw(Project("", Words(), "", entities=project.entities, claims=(sure, unsure)), vocabulary()), "X")
    assert line.stance is Stance.alleged
    assert not line.candidate


def test_what_is_denied_makes_a_line_of_its_own() -> None:
    drawing = small_drawing()
    assert the(drawing, "C11").negated
    assert not the(drawing, "C12").negated
    assert drawing.words_on(the(drawing, "C11"), "ja").startswith("✕")


@pytest.mark.parametrize(
    ("handle", "ja", "en"),
    [
        ("C3", "元局長", "former director"),
        ("C5", "共同利用・共有する（提案）", "shares data with (proposed)"),
        ("C8", "運用する（疑い）？", "operates (alleged)？"),
    ],
)
def test_a_line_says_role_property_stance_and_doubt(handle: str, ja: str, en: str) -> None:
    drawing = small_drawing()
    assert (drawing.words_on(the(drawing, handle), "ja"), drawing.words_on(the(drawing, handle), "en")) == (ja, en)


def test_every_stance_has_a_style_and_only_stated_is_solid() -> None:
    assert set(STYLES) == set(Stance)
    assert [stance for stance, style in STYLES.items() if style == "stated"] == [Stance.stated]


def test_literal_claims_have_no_line_but_stand_in_the_data() -> None:
    drawing = small_drawing()
    assert line_of(drawing, "C18") is None
    assert "C18" in {claim.handle for claim in drawing.claims}


def test_an_entity_without_claims_is_not_drawn() -> None:
    assert "Alone" not in {node.id for node in small_drawing().nodes}


def test_the_first_picture_of_the_bundled_project_tells_its_stories() -> None:
    drawing, _ = first_picture(bundled(), vocabulary())
    assert 38 <= len(drawing.nodes) <= MOST_NODES
    assert [box.id for box in drawing.boxes] == [theme.id for theme in bundled().themes]
    assert all(len(box.nodes) >= 4 for box in drawing.boxes)
    wanted = {"TakehanaYutaka", "NationalShopliftingPreventionOrganization", "NationalPoliceAgency", "Police"}
    wanted |= {"MyNumberSystem", "MaruzenJunkudo", "JunkudoIkebukuroFaceRecognition"}
    assert wanted <= {node.id for node in drawing.nodes}


def test_what_has_no_room_stands_behind_a_node_of_the_picture() -> None:
    drawing, _ = first_picture(bundled(), vocabulary())
    drawn = {node.id for node in drawing.nodes}
    hosts = dict(drawing.hosts)
    assert set(hosts.values()) <= drawn
    assert not set(hosts) & drawn
    ties = [{c.subject, c.object} for c in drawing.claims if isinstance(c.object, str)]
    reached = set(drawn)
    while more := {id for tie in ties if tie & reached for id in tie} - reached:
        reached |= more
    assert reached - drawn == set(hosts)  # nothing that lines lead to is lost
    assert {id for node in drawing.nodes for id in node.folded} == set(hosts)


def test_every_node_has_a_line() -> None:
    drawing, _ = first_picture(bundled(), vocabulary())
    assert {node.id for node in drawing.nodes} == {id for line in drawing.lines for id in (line.source, line.target)}


@pytest.mark.parametrize("count", [400, 8000])
def test_a_large_project_is_capped_and_nothing_of_it_lost(count: int) -> None:
    drawing = draw(large(count), vocabulary(), most=1000)
    assert 20 <= len(drawing.nodes) <= MOST_NODES
    assert len(drawing.hosts) == count - len(drawing.nodes)
    assert len(drawing.claims) == 3 * count


@given(st.integers(2, 30), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_choice_keeps_to_its_limit_and_leaves_no_node_alone(count: int, chance: Any) -> None:
    entities = tuple(
        Entity(f"e{n}", chance.choice(["Person", "Law", "Document"]), Words(ja=f"{n}"), theme=f"t{n % 3}")
        for n in range(count)
    )
    pairs = [(chance.randrange(count), chance.randrange(count)) for _ in range(count * 2)]
    claims = [Claim(f"e{a}", "uses", f"e{b}", "s") for a, b in pairs]
    chosen = choose(Project("", Words(), "", entities=entities, claims=tuple(claims)), claims, vocabulary(), 12)
    assert len(chosen) <= 12
    for id in chosen:
        assert any({id} < {c.subject, str(c.object)} <= chosen for c in claims)


def test_a_tangle_is_thinned_until_it_can_be_drawn() -> None:
    entities = tuple(Entity(f"e{n}", "Person", Words(ja=f"人{n}")) for n in range(60))
    claims = tuple(Claim(a.id, "supports", b.id, "s") for a, b in combinations(entities, 2))
    drawing = draw(Project("", Words(), "", entities=entities, claims=claims), vocabulary())
    assert len(drawing.nodes) >= 6 and len(drawing.lines) <= 130
    check_layout(layout(drawing, "ja"))


def test_kinds_cover_every_class_of_the_ontology() -> None:
    everything = tuple(Entity(name, name, Words()) for name in vocabulary().classes)
    found = kinds(Project("", Words(), "", entities=everything), vocabulary())
    assert set(found.values()) == set(KINDS)
    assert all(f"kind-{name}" in words() for name in KINDS)
    assert found["PoliceBody"] == "state"
    assert found["NonProfit"] != found["CivilSocietyGroup"]


def test_a_unit_has_the_colour_of_what_it_is_part_of() -> None:
    unit, body = Entity("u", "OrganizationalUnit", Words(ja="局")), Entity("b", "PoliceBody", Words(ja="庁"))
    part = Claim("u", "partOf", "b", "s")
    bodies = (unit, body)
    assert kinds(Project("", Words(), "", entities=bodies, claims=(part,)), vocabulary())["u"] == "state"
    assert kinds(Project("", Words(), "", entities=bodies), vocabulary())["u"] == "association"
    circle = (part, Claim("b", "partOf", "u", "s"), Claim("u", "partOf", "u", "s"))
    assert kinds(Project("", Words(), "", entities=bodies, claims=circle), vocabulary())["b"] == "state"


# --- names and their lines


def test_a_shared_short_form_is_nobodys_label() -> None:
    """Five face-recognition systems share one phrase, and stay five."""
    shared = shared_forms(bundled())
    for lang in LANGUAGES:
        labels = [short(entity, lang, shared) for entity in bundled().entities]
        assert len(labels) == len(set(labels)), lang


def test_a_long_name_takes_a_shorter_form_of_its_own() -> None:
    entity = Entity(
        "x", "Law", Words(ja="行政手続における番号の利用等に関する法律"), also=("番号法", "マイナンバー法", "MNA")
    )
    assert short(entity, "ja") == "マイナンバー法"
    assert short(Entity("y", "NonProfit", Words(ja="株式会社丸の内大型書店販売（本店）")), "ja") == "丸の内大型書店販売"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("監視社会を拒否する会", ["監視社会を", "拒否する会"]),
        ("全国万引犯罪防止機構", ["全国万引犯罪防止機構"]),  # a wide box rather than a cut word
        ("水永誠二", ["水永誠二"]),
        ("三次元顔形状データベース自動照合システム", ["三次元顔形状", "データベース", "自動照合システム"]),
        ("株式会社丸善ジュンク堂書店", ["株式会社丸善", "ジュンク堂書店"]),
        ("マイナンバー違憲訴訟", ["マイナンバー", "違憲訴訟"]),
        ("Ministry of Internal Affairs and Communications", ["Ministry of Internal", "Affairs and", "Communications"]),
        ("", [""]),
    ],
)
def test_lines_end_where_phrases_end(name: str, rows: list[str]) -> None:
    assert lines(name, 12, 80) == rows


@given(st.text(min_size=1, max_size=60), st.floats(20, 200))
def test_lines_lose_nothing(text: str, limit: float) -> None:
    text = clean(text)
    rows = lines(text, 12, limit)
    assert len(rows) <= 3
    assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", text) or rows[-1].endswith("…")


def test_no_name_of_the_bundled_project_is_cut_inside_a_word() -> None:
    same = re.compile(
        r"[\u4e00-\u9fff]\|[\u4e00-\u9fff]|[\u30a0-\u30ff]\|[\u30a0-\u30ff]|[A-Za-z]\|[A-Za-z]|\d\|[\d年月日回]"
    )
    for entity in bundled().entities:
        for name in (*entity.name.values(), *entity.also):
            cut = name
            for at in sorted(breaks(name), reverse=True):
                cut = f"{cut[:at]}|{cut[at:]}"
            assert not same.search(cut.replace("・|", "・")), cut


@given(st.text(max_size=30), st.text(max_size=30))
def test_widths_add_up(one: str, other: str) -> None:
    assert width(one + other, 10) == pytest.approx(width(one, 10) + width(other, 10), abs=0.2)


@given(st.text(max_size=40))
def test_clean_names_are_visible_and_writable(text: str) -> None:
    name = clean(text)
    assert name
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", name)
    assert clean(name) == name


# --- where it stands


def rectangle(spot: Spot) -> tuple[float, float, float, float]:
    return spot.x - spot.w / 2, spot.y - spot.h / 2, spot.x + spot.w / 2, spot.y + spot.h / 2


def overlaps(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    slack = 0.6  # positions are rounded to tenths
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def overlapping(found: Layout) -> list[tuple[str, str]]:
    return [(a.node.id, b.node.id) for a, b in combinations(found.spots, 2) if overlaps(rectangle(a), rectangle(b))]


def check_layout(found: Layout) -> None:
    """No two nodes on each other, everything on the page, every node in its theme's panel and in no other."""
    assert overlapping(found) == []
    frames = {frame.theme: (frame.x, frame.y, frame.x + frame.w, frame.y + frame.h) for frame in found.frames}
    assert not [pair for pair in combinations(frames.values(), 2) if overlaps(*pair)]
    for spot in found.spots:
        left, top, right, bottom = rectangle(spot)
        assert left >= -0.5 and top >= -0.5 and right <= found.w + 0.5 and bottom <= found.h + 0.5
        for theme, frame in frames.items():
            assert overlaps((left, top, right, bottom), frame) == (theme == spot.node.theme), spot.node.id
        if spot.node.theme in frames:
            x1, y1, x2, y2 = frames[spot.node.theme]
            assert x1 - 1 <= left and right <= x2 + 1 and y1 - 1 <= top and bottom <= y2 + 1, spot.node.id
    assert {path.line.id for path in found.paths} == {line.id for line in found.drawing.lines}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bundled_picture_has_no_overlaps_and_readable_labels(lang: str) -> None:
    found = next(one for one in first_picture(bundled(), vocabulary())[1] if one.lang == lang)
    check_layout(found)
    assert min(NAME_SIZE, LABEL_SIZE) * found.scale >= 11  # pixels on a screen of 1400 × 900


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_cover_no_node_and_hardly_each_other(lang: str) -> None:
    found = next(one for one in first_picture(bundled(), vocabulary())[1] if one.lang == lang)
    boxes = [
        (p.label[0] - p.label_size[0] / 2, p.label[1] - p.label_size[1] / 2,
         p.label[0] + p.label_size[0] / 2, p.label[1] + p.label_size[1] / 2)
        for p in found.paths
    ]  # fmt: skip
    on_nodes = [box for box in boxes for spot in found.spots if overlaps(box, rectangle(spot))]
    assert len(on_nodes) <= 1  # of those between panels, where it may be tight
    assert sum(overlaps(a, b) for a, b in combinations(boxes, 2)) <= 2


def test_lines_begin_and_end_at_their_nodes() -> None:
    for found in first_picture(bundled(), vocabulary())[1]:
        spots = {spot.node.id: rectangle(spot) for spot in found.spots}
        for path in found.paths:
            for id, (x, y) in ((path.line.source, path.points[0]), (path.line.target, path.points[-1])):
                left, top, right, bottom = spots[id]
                assert left - 4 <= x <= right + 4 and top - 4 <= y <= bottom + 4, (path.line, id)


def test_lines_between_themes_lead_through_no_node() -> None:
    for found in first_picture(bundled(), vocabulary())[1]:
        for path in (p for p in found.paths if not p.curved):
            others = [rectangle(s) for s in found.spots if s.node.id not in (path.line.source, path.line.target)]
            for (x1, y1), (x2, y2) in zip(path.points, path.points[1:], strict=False):
                stroke = (min(x1, x2) - 0.7, min(y1, y2) - 0.7, max(x1, x2) + 0.7, max(y1, y2) + 0.7)
                assert not any(overlaps(stroke, other) for other in others), path.line


@st.composite
def graphs(pick: Any) -> Project:
    """Small projects of any shape: loops, parallel lines, parts that hang together with nothing."""
    count = pick(st.integers(1, 9))
    names = st.text(st.characters(codec="utf-8"), max_size=25)
    classes, themes = st.sampled_from(["Person", "Law", "System"]), st.sampled_from(["", "a", "b"])
    entities = tuple(Entity(f"e{n}", pick(classes), Words(ja=pick(names)), theme=pick(themes)) for n in range(count))
    ends, predicates = st.integers(0, count - 1), st.sampled_from(["uses", "partOf", "noSuchProperty"])
    ties = pick(st.lists(st.tuples(ends, predicates, ends, st.sampled_from(list(Stance))), max_size=14))
    claims = tuple(Claim(f"e{a}", p, f"e{b}", "s", stance, handle=f"C{n}") for n, (a, p, b, stance) in enumerate(ties))
    boxes = (Theme("a", Words(ja=pick(names))), Theme("b", Words(en="b")))
    return Project("", Words(ja=pick(names)), "https://example.org/", ("ja",), boxes, entities, (), claims)


@given(graphs())
@settings(max_examples=25)
def test_any_small_graph_can_be_laid_out_and_written(project: Project) -> None:
    drawing = draw(project, vocabulary())
    with Graphviz() as dot:
        for lang in LANGUAGES:
            found = layout(drawing, lang, dot)
            check_layout(found)
            ET.fromstring(svg(found))


@given(graphs())
@settings(max_examples=25)
def test_without_graphviz_nothing_overlaps_either(project: Project) -> None:
    dot = Graphviz()
    dot.missing = True
    check_layout(layout(draw(project, vocabulary()), "ja", dot))


def test_a_layout_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_PATIENCE", 0.001)
    with Graphviz() as dot:
        assert dot.place({"a": (10, 10), "b": (10, 10)}, [("a", "b", "k", (5, 5))]) is None
    monkeypatch.setattr(graphviz, "_PATIENCE", 30)
    with Graphviz() as dot:
        assert dot.place({"a": (10, 10), "b": (10, 10)}, [("a", "b", "k", (5, 5))]) is not None


def test_a_crash_of_graphviz_costs_one_answer_and_nothing_else() -> None:
    with Graphviz() as dot:
        assert dot.place({"a": (10, 10)}, []) is not None
        assert dot._child
        dot._child.kill()
        dot._child.wait()
        assert dot.place({"b": (11, 10)}, []) is None
        assert dot.place({"c": (12, 10)}, []) is not None


# --- the same bytes


_MAKE = """
import hashlib
import html
from graph.chart.page import page
from graph.chart.pyvis import network
from graph.project import read_project
from graph.paths import SEEDS
from graph.terms import Vocabulary, vocabulary
project, _ = read_project(SEEDS)
for make in (page, network):
    print(hashlib.sha256(make(project, vocabulary()).encode()).hexdigest())
"""


def made(**environment: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "TMPDIR")}
    environment = kept | {"PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-c", _MAKE]
    return subprocess.run(command, cwd=HOUSE, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def test_two_runs_make_the_same_bytes_with_or_without_fonts(tmp_path: Path) -> None:
    nothing = tmp_path / "fonts.conf"
    nothing.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    one = made(PYTHONHASHSEED="1")
    assert one == made(PYTHONHASHSEED="2", FONTCONFIG_FILE=str(nothing), TZ="Asia/Tokyo", LC_ALL="C")
    assert len(one.split()) == 2


# --- the pages


class Reader(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.inline:
            self._in = tag
            self.inline[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.inline[self._in][-1] += data


PAGES: dict[str, Callable[[Project, Vocabulary], str]] = {"chart.html": page, "network.html": network}
PROJECTS: dict[str, Callable[[], Project]] = {"small": small, "hostile": hostile, "bundled": bundled}


@cache
def written(name: str, project: str) -> str:
    return PAGES[name](PROJECTS[project](), vocabulary())


@pytest.mark.parametrize("project", ["small", "hostile", "bundled"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_only_its_own_script_and_fetches_nothing(name: str, project: str) -> None:
    reader = Reader(written(name, project))
    policy = next(
        a["content"] or ""
        for t, a in reader.elements
        if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy
    hashes = [
        f"sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}"
        for t in (reader.inline["script"][-1], reader.inline["style"][0])
    ]
    assert all(f"'{one}'" in policy for one in hashes)
    assert len(reader.inline["style"]) == 1
    for tag, attributes in reader.elements:
        assert tag not in (
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "image",
            "use",
            "foreignobject",
        ), tag
        if tag == "script":
            assert "src" not in attributes
        for attribute in attributes:
            assert not attribute.startswith("on") and attribute not in (
                "style",
                "href",
                "src",
                "srcdoc",
                "xlink:href",
            ), (tag, attribute)
    kinds = [a.get("type") for t, a in reader.elements if t == "script"]
    assert kinds[-1] is None and set(kinds[:-1]) == {"application/json"}


@pytest.mark.parametrize("name", PAGES)
def test_all_data_can_be_read_back(name: str) -> None:
    reader = Reader(written(name, "hostile"))
    data = json.loads(reader.inline["script"][0])
    assert [claim["gist"]["ja"] for claim in data["claims"]] == [c.gist["ja"] for c in hostile().claims]
    assert [claim["handle"] for claim in data["claims"]] == [claim.handle for claim in hostile().claims]
    assert {source["addresses"][0] for source in data["sources"]} == {"https://example.org/ok?a=1&b=2#c"}


def test_the_page_carries_every_entity_claim_and_source_it_may_show() -> None:
    data = json.loads(Reader(written("chart.html", "bundled")).inline["script"][0])
    shown = [c for c in bundled().claims if c.review not in (Review.rejected, Review.withdrawn)]
    assert len(data["claims"]) == len(shown)
    assert {entity["id"] for entity in data["entities"]} == {entity.id for entity in bundled().entities}
    assert {source["id"] for source in data["sources"]} == {source.id for source in bundled().sources}
    assert {index for line in data["lines"] for index in line["claims"]} <= set(range(len(shown)))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(CORPUS)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["a", "b"]), json_values))
def test_embedded_json_says_the_same_and_cannot_end_its_element(data: dict[str, Any]) -> None:
    text = embedded(data)
    assert json.loads(text) == data
    assert not re.search("[<>&\u2028\u2029]", text)


@pytest.mark.parametrize("address", EVIL_ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    assert is_web(address) == (address == "https://example.org/ok?a=1&b=2#c")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_node_and_line_has_a_name_and_a_place_in_the_tab_order(lang: str) -> None:
    drawing, layouts = first_picture(bundled(), vocabulary())
    root = ET.fromstring(picture(next(one for one in layouts if one.lang == lang)))
    things = [
        g for g in root.iter("{http://www.w3.org/2000/svg}g") if "data-node" in g.attrib or "data-line" in g.attrib
    ]
    assert len(things) == len(drawing.nodes) + len(drawing.lines)
    for thing in things:
        assert thing.get("tabindex") == "0" and thing.get("role") == "button"
        assert len(thing.get("aria-label", "")) > 3
    said = [thing.get("aria-label", "") for thing in things if "data-line" in thing.attrib]
    assert all(
        word("line", lang, subject="", object="", label="", stance="").split("：")[-1][:0] in one for one in said
    )
    stances = {term.label[lang].split("・")[0] for term in vocabulary().values["stance"].values()}
    assert all(any(stance in one for stance in stances) for one in said)  # certainty in words


def test_negated_lines_are_struck_and_proposed_ones_hollow() -> None:
    text = picture(layout(small_drawing(), "ja"))
    groups = re.findall(r'<g class="(line[^"]*)".*?</g>', text, re.DOTALL)
    assert sum("not" in look.split() for look in groups) == text.count('class="cross"') == 1
    style = (TEMPLATES / "chart.css").read_text(encoding="utf-8")
    assert ".line.s-proposed .head { fill: var(--paper); }" in style


def test_hostile_names_are_text_in_the_picture() -> None:
    drawing = draw(hostile(), vocabulary())
    text = svg(layout(drawing, "ja"))
    root = ET.fromstring(text)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "title", "style", "g", "rect", "path", "text", "tspan"}
    for element in root.iter():
        assert not [name for name in element.attrib if name.lower().startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_as_a_file_stands_on_its_own(lang: str) -> None:
    text = svg(layout(small_drawing(), lang), lang)
    ET.fromstring(text)
    assert word("notice", lang) in html.unescape(text)
    assert small().title[lang] in text
    assert "var(" not in text and "url(" not in text and "http" not in text.replace("http://www.w3.org/2000/svg", "")
    for stance in {line.stance for line in small_drawing().lines}:
        assert vocabulary().values["stance"][stance].label[lang].split("・")[0] in text
    assert svg(layout(small_drawing(), "ja"), lang) == text  # in another language than it was laid out for


@pytest.mark.parametrize("name", PAGES)
def test_a_project_without_claims_still_makes_a_page(name: str) -> None:
    empty = Project("", Words(ja="空"), "https://example.org/", sources=(Source("s", Words(ja="出典")),))
    assert "空" in PAGES[name](empty, vocabulary())


def test_a_few_nodes_without_themes_make_one_open_panel() -> None:
    project = small()
    few = tuple(claim for claim in project.claims if claim.handle in ("C1", "C3", "C4"))
    bare = Project("", project.title, project.base, ("ja",), (), project.entities[:6], project.sources, few)
    found = layout(draw(bare, vocabulary()), "ja")
    check_layout(found)
    assert len(found.spots) == 4 and not found.frames


# --- pyvis


def test_pyvis_gets_everything_and_moves_nothing() -> None:
    drawing = draw(small(), vocabulary())
    net = pyvis.filled(drawing, layout(drawing, "ja"))
    nodes, edges, _, _, _, options = net.get_network_data()
    assert {node["id"] for node in nodes} == {node.id for node in drawing.nodes}
    assert [edge["id"] for edge in edges] == [line.id for line in drawing.lines]  # parallel ones too
    assert net.directed
    assert json.loads(options)["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], float) and isinstance(node["y"], float) for node in nodes)
    assert not any("title" in thing for thing in (*nodes, *edges))
    between = [tuple(sorted((edge["from"], edge["to"]))) for edge in edges]
    bends = [(pair, edge["smooth"]["roundness"]) for pair, edge in zip(between, edges, strict=True)]
    assert len(bends) == len(set(bends))


def test_without_pyvis_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvis", None)
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(ChartError) as caught:
        network(small(), vocabulary())
    assert "pip install pyvis" in caught.value.message("en")
    assert "pip install pyvis" in caught.value.message("ja")


# --- words and colours


def test_every_word_that_the_templates_use_exists_and_no_other() -> None:
    files = [
        path
        for path in sorted(TEMPLATES.rglob("*.*"))
        if path.suffix in (".js", ".html") and "vendor" not in path.parts
    ]
    files += [Path(picture.__code__.co_filename), Path(svg.__code__.co_filename)]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = {
        name
        for found in re.findall(r'data-word="([\w-]+)"|word\("([\w-]+)"|word\.(\w+)\[', said)
        for name in found
        if name
    }
    assert used - set(words()) == set()
    quoted = set(re.findall(r"""["'`]([\w-]+)["'`]""", said)) | used
    quoted |= {f"{name}-about" for name in quoted}  # what a button does
    together = re.compile(r"(kind|column|by|door|side)-")  # put together: `kind-${id}`
    left_over = {code for code in words() if code not in quoted and not together.match(code)}
    assert left_over - {"no-theme", "made-theme"} == set()


def palettes() -> list[dict[str, str]]:
    style = (TEMPLATES / "chart.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_all_text_can_be_told_from_its_ground(palette: dict[str, str]) -> None:
    inks = ["ink", "soft", "accent", "no", "proposed", "doubtful", "intended", "focus"]
    pairs = [(ink, paper) for ink in inks for paper in ("card", "paper", "frame")]
    pairs += [(ink, paper) for ink in KINDS for paper in ("node", "card", "quote")] + [("ink", "quote")]
    for ink, paper in pairs:
        one, other = sorted((luminance(palette[ink]), luminance(palette[paper])))
        assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, paper)
