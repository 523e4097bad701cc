"""What the chart's scripts work out, beside what the Python that they mirror works out, on the same claims.

The scripts run in the real browser, joined as in the page but open to the test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.chart.data import counts, embedded, page_data
from graph.chart.drawing import draw
from graph.chart.page import _SCRIPTS, environment, page, script, vendored
from graph.explore.beside import denials, overseers
from graph.explore.paths import Walk, find
from graph.explore.ties import Filter, Sureness, Tie, as_tie, ties_of
from graph.model import Claim, Entity, Passage, Project, Review, Source, Stance, When, Words
from graph.terms import vocabulary
from tests.browser.opened import BROWSER, bundled
from tests.browser.projects import CORPUS, small

pytestmark = BROWSER
PREDICATES = ("uses", "supports", "oversees", "formerlyHeldPostIn", "amends")
FEW = settings(max_examples=40, derandomize=True)


@cache
def opened(project: Project) -> str:
    """The chart's page, its names in the open and no policy in the way."""
    whole = page(project, vocabulary())
    inside = script(*_SCRIPTS).removeprefix('(() => {\n"use strict";\n').removesuffix("\n})();\n")
    whole = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", whole)
    head, tail = whole.rsplit("<script>", 1)
    return f"{head}<script>{vendored('dagre')}{inside}</script>{tail.split('</script>', 1)[1]}"


@pytest.fixture(scope="module")
def tab(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="ja-JP")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def run(tab: Any) -> Callable[..., Any]:
    """Evaluate a script in the page of a project."""
    last: list[Project] = []

    def go(project: Project, text: str, argument: Any = None) -> Any:
        if last != [project]:
            tab.goto("about:blank")
            tab.set_content(opened(project))
            tab.wait_for_selector("html[data-ready]")
            last[:] = [project]
        return tab.evaluate(text, argument)

    return go


# --- dates, and how sure

DAYS = st.dates(min_value=__import__("datetime").date(2010, 1, 1), max_value=__import__("datetime").date(2013, 12, 31))
WHENS = st.builds(
    lambda day, precision: When(*(day.year, day.month, day.day)[:precision]),
    DAYS,
    st.integers(min_value=1, max_value=3),
)


@st.composite
def dated(draw: Any) -> tuple[Claim, When | None]:
    since, until = draw(st.none() | WHENS), draw(st.none() | WHENS)
    if since and until and until.latest() < since.earliest():
        since, until = until, since
    claim = Claim(
        "a", draw(st.sampled_from(PREDICATES)), "b", "s", Stance.stated, handle="C", gist=Words(en="g"),
        valid_from=since, valid_to=until, as_of=draw(st.none() | WHENS), passages=(Passage(0, 1),),
    )  # fmt: skip
    return claim, draw(st.none() | WHENS)


def test_a_claim_holds_at_a_date_as_it_does_for_analyze(run: Any) -> None:
    seen: set[str] = set()

    @settings(max_examples=300, derandomize=True)
    @given(dated(), WHENS)
    def same(case: tuple[Claim, When | None], at: When) -> None:
        claim, said = case
        told = {"from": claim.valid_from, "to": claim.valid_to, "asOf": claim.as_of}
        record = {"p": claim.predicate, "source": "s"} | {key: str(value) for key, value in told.items() if value}
        found = run(
            small(),
            """([claim, said, at]) => { SOURCES.set('s', {date: said}); DATA.past = ['formerlyHeldPostIn'];
            return holds(claim, at); }""",
            [record, str(said or ""), str(at)],
        )
        assert found == as_tie(claim, {"s": said}).holds(at).value
        seen.add(found)

    same()
    assert seen == {"yes", "maybe", "no"}


def test_doubt_orders_claims_as_sureness_does(run: Any) -> None:
    every = [
        (review, stance, hedged)
        for review in (Review.accepted, Review.disputed, Review.candidate)
        for stance in Stance
        for hedged in (False, True)
    ]
    records = [{"review": r.value, "stance": s.value, "hedged": h} for r, s, h in every]
    doubts = run(small(), "claims => claims.map(doubtOf)", records)
    sure = [Tie("a", "p", "b", "c", stance=s, hedged=h, review=r).sureness for r, s, h in every]
    assert len(set(doubts)) == len(every)
    assert [n for _, n in sorted(zip(doubts, range(len(every)), strict=True))] == sorted(
        range(len(every)), key=lambda n: sure[n]
    )


# --- routes


@st.composite
def projects(draw: Any) -> Project:
    """A few entities with claims of every kind between them; one is a document that a source consists of."""
    size = draw(st.integers(min_value=4, max_value=8))
    classes = ("Organization", "PoliceBody", "Retailer")
    entities = [Entity(f"e{n}", classes[n % 3], Words(ja=f"項目{n}", en=f"entity {n}")) for n in range(size)]
    entities.append(Entity("doc", "Document", Words(ja="文書", en="a document")))
    ids = [entity.id for entity in entities]
    claims = [
        Claim(
            draw(st.sampled_from(ids)), draw(st.sampled_from(PREDICATES)), draw(st.sampled_from(ids)),
            draw(st.sampled_from(["s", "t"])), draw(st.sampled_from(list(Stance))), handle=f"C{n:02}",
            gist=Words(en="g"), hedged=draw(st.booleans()), negated=draw(st.integers(0, 6)) == 0,
            passages=(Passage(n, n + 1),),
            review=draw(st.sampled_from([Review.accepted] * 5 + [Review.disputed, Review.candidate])),
        )
        for n in range(draw(st.integers(min_value=size, max_value=size * 4)))
    ]  # fmt: skip
    sources = (Source("s", Words(en="source"), document="doc"), Source("t", Words(en="other")))
    return Project(
        "random", Words(ja="図", en="chart"), "https://example.org/id/", ("ja", "en"), (), tuple(entities), sources,
        tuple(claims),
    )  # fmt: skip


ASK = """([from, to]) => { const ways = waysBetween(from, to); return {routes: ways.routes.map(way => ({
    nodes: way.nodes, claims: way.links.map(link => link.claims.map(claimId)),
    weakest: weakestOf(way).map(link => [link.one, link.other]), doubt: way.doubt,
    costs: way.links.map(link => doubtOf(CLAIMS[link.claims[0]])),
    oversees: overseersOf(way).map(link => claimId(link.claims[0])), beside: denialsBeside(way).map(claimId)}))}; }"""


def same_routes(run: Any, project: Project, start: str, end: str, sources: frozenset[str] = frozenset()) -> int:
    """Compare the page's routes with those of `path`; how many of the shortest there are."""
    ties = ties_of(project, Filter(sources=sources))
    expected = find(ties, start, end, Walk(more=12))
    if sources:
        kept = tuple(claim for claim in project.claims if claim.source in sources)
        project = Project(
            project.folder, project.title, project.base, project.languages, project.themes, project.entities,
            project.sources, kept,
        )  # fmt: skip
    found = run(project, ASK, [start, end])
    of = {entity.id: entity.cls for entity in project.entities}
    labels = vocabulary().classes
    kind = lambda id: labels[of[id]].label.best("ja") if id in of else id  # noqa: E731
    routes = sorted(expected.routes, key=lambda route: route.order)
    shortest = len(routes[0].links) if routes else 0
    routes = [route for route in routes if len(route.links) <= shortest + 1][:12]
    assert [route["nodes"] for route in found["routes"]] == [list(route.nodes) for route in routes]
    for shown, route in zip(found["routes"], routes, strict=True):
        assert shown["claims"] == [[tie.name for tie in link.ties] for link in route.links]
        assert shown["weakest"] == [[link.one, link.other] for link in route.weakest]
        assert shown["doubt"] == max(shown["costs"])  # never surer than its weakest link
        assert shown["oversees"] == [tie.name for tie in overseers(route)]
        assert shown["beside"] == [tie.name for tie in denials(ties, route.nodes, kind)]
    return sum(len(route.links) == shortest for route in routes)


def test_routes_are_those_of_path(run: Any) -> None:
    lengths: list[int] = []

    @FEW
    @given(projects())
    def same(project: Project) -> None:
        for start, end in (("e0", "e1"), ("e1", "e3"), ("e0", "e2"), ("e0", "e3"), ("e2", "doc")):
            lengths.append(same_routes(run, project, start, end))

    same()
    assert 0 in lengths and max(lengths) > 1


def test_the_bundled_routes_are_those_of_path(run: Any) -> None:
    assert same_routes(run, bundled(), "NationalPoliceAgency", "JunkudoIkebukuro") > 0
    assert same_routes(run, bundled(), "NationalPoliceAgency", "Bookstores") > 0
    one = next(source.id for source in bundled().sources if "newsletter" in source.id)
    assert same_routes(run, bundled(), "NationalPoliceAgency", "Bookstores", frozenset({one})) >= 0


# --- lines


def test_lines_look_and_read_as_in_the_first_picture(run: Any) -> None:
    for project in (bundled(), small()):
        drawing = draw(project, vocabulary())
        nodes = [node.id for node in drawing.nodes]
        for lang in ("ja", "en"):
            found = run(
                project,
                """([ids, lang]) => { STATE.lang = lang; const told = linesAmong(new Set(ids)).map(line => [
                    line.s, line.o, CLAIMS[line.claims[0]].p, line.claims, labelOf(line), lookOf(line).stance.id,
                    lookOf(line).not, lookOf(line).disputed, lookOf(line).candidate]);
                    STATE.lang = 'ja'; return told; }""",
                [nodes, lang],
            )
            expected = [
                [
                    line.source, line.target, line.predicate, list(line.claims), drawing.words_on(line, lang),
                    line.stance.value, line.negated, line.disputed, line.candidate,
                ]
                for line in drawing.lines
            ]  # fmt: skip
            assert sorted(found) == sorted(expected)


# --- citations and tables


@pytest.mark.parametrize("text", [*CORPUS, "50% of {all} & #1_a ~b^c$ \\input{x}", "a\nb", "}", "\\", "x}, note={y"])
def test_bibtex_stays_one_entry_whatever_a_title_holds(run: Any, text: str) -> None:
    source = {"id": "a b/{c}", "title": {"ja": text}, "publisher": {"ja": text}, "date": "2016-03", "addresses": []}
    entry = run(small(), "source => bibtexOf(source)", source)
    assert re.match(r"@misc\{[\w:-]+,\n", entry) and entry.endswith("\n}\n")
    depth, at_most = 0, 0
    for n, char in enumerate(entry):
        depth += (char == "{") - (char == "}")
        at_most = max(at_most, depth)
        assert depth > 0 or n >= len(entry) - 2 or n < entry.index("{")
    assert depth == 0
    for line in entry.split("\n")[1:-2]:
        assert re.fullmatch(r"  (title|author|year|month) = \{[^\r\n]*\},?", line)
    bare = re.sub(r"\\[#$%&_]|\\text\w+\{\}|\\[~^]\{\}", "", entry.split(",\n", 1)[1])
    assert not re.search(r"[#$%&_^~\\]", bare)


def test_csl_has_dates_in_numbers_and_nothing_empty(run: Any) -> None:
    for date, parts in (("2016", [2016]), ("2016-03", [2016, 3]), ("2016-03-09", [2016, 3, 9])):
        source = {"id": "s", "title": {"ja": "題"}, "date": date, "addresses": ["https://example.org/"]}
        item = run(small(), "source => cslOf(source)", source)
        assert item["issued"] == {"date-parts": [parts]} and item["type"] == "webpage"
        assert item == json.loads(json.dumps(item)) and all(item.values())
    assert "issued" not in run(small(), "source => cslOf(source)", {"id": "s", "title": {"ja": "題"}})


def test_no_cell_is_a_formula(run: Any) -> None:
    import csv
    import io

    @settings(max_examples=60)
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=20))
    def one_row(texts: list[str]) -> None:
        row = [*texts, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＠x", '"', 'a"b,c\nd']
        written = run(small(), "row => row.map(cell).join(',')", row)
        (read,) = csv.reader(io.StringIO(written, newline=""))
        for cell, text in zip(read, row, strict=True):
            assert cell == text or cell == f"'{text}"
            assert not re.match(r"\s*[=+\-@＝＋－＠]", cell)

    one_row()


# --- places and rows


def test_rows_lose_no_character(run: Any) -> None:
    @settings(max_examples=60)
    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.sampled_from(["ja", "en"]))
    def kept(text: str, lang: str) -> None:
        rows = run(
            small(),
            """([text, lang]) => { STATE.lang = lang; const rows = rowsOf(text, 118, 11.5, 500);
            STATE.lang = 'ja'; return rows; }""",
            [text, lang],
        )
        assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", text)
        few = run(small(), "text => rowsOf(text, 76, 11, 3)", text)
        assert len(few) <= 3
        assert few[-1].endswith("…") or re.sub(r"\s", "", "".join(few)) == re.sub(r"\s", "", text)

    kept()
    for text in CORPUS:
        rows = run(small(), "text => rowsOf(text, 118, 11.5, 500)", text)
        assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", text)
        assert run(small(), "rows => Math.max(...rows.map(row => widthOf(row, 11.5)))", rows) < 140


BOXES = st.fixed_dictionaries(
    {"x": st.integers(60, 900), "y": st.integers(30, 600), "w": st.integers(30, 160), "h": st.integers(18, 80)}
)


def overlaps(boxes: list[dict[str, float]]) -> int:
    return sum(
        abs(one["x"] - other["x"]) * 2 < one["w"] + other["w"]
        and abs(one["y"] - other["y"]) * 2 < one["h"] + other["h"]
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
    )


def test_new_boxes_never_lie_on_others(run: Any) -> None:
    @settings(max_examples=40)
    @given(st.lists(BOXES, min_size=1, max_size=12), st.lists(BOXES, min_size=1, max_size=12))
    def free(standing: list[dict[str, float]], wanted: list[dict[str, float]]) -> None:
        placed = run(
            small(),
            """([standing, wanted]) => { const plan = wanted.map((box, n) => ({spot: {id: String(n), rows: [], box},
                near: [standing[n % standing.length]]})); settle(standing, plan, {w: 960, h: 660});
                return plan.map(({spot}) => spot.box); }""",
            [standing, wanted],
        )
        assert overlaps([*standing, *placed]) == overlaps(standing)  # those that stood so stand so

    free()


def test_boxes_pushed_apart_are_apart(run: Any) -> None:
    @settings(max_examples=40)
    @given(st.lists(BOXES, min_size=2, max_size=40))
    def free(boxes: list[dict[str, int]]) -> None:
        assert overlaps(run(small(), "boxes => { apart(boxes, 7); return boxes; }", boxes)) == 0

    free()


def test_the_open_page_is_the_page() -> None:
    """What is tested here is what is shipped, but for its wrapping."""
    project = small()
    drawing = draw(project, vocabulary())
    data = page_data(project, vocabulary(), drawing, "ja") | {"counts": counts(project, drawing, vocabulary())}
    assert embedded(data)[:-1] in opened(project) and environment()  # what only the whole page has comes after it
    assert Sureness() < Sureness(0, 0, True)
