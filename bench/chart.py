"""How the chart compares with what one would have without it: dot boxed by kind, and stock pyvis pages.

In: nothing; the bundled project, for size a made-up one. Out: rows of (what, ratio, goal). What needs a browser is left
out, with a word, where there is none.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from graph.chart import pyvis
from graph.chart.drawing import Drawing, draw, whole
from graph.chart.graphviz import Graphviz, Point
from graph.chart.layout import Layout, layout
from graph.chart.page import first_picture, page
from graph.chart.parts import Measure
from graph.model import Claim, Entity, Project, Source, Words
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary

from . import browser
from .measure import ratio

Row = tuple[str, float, float | None]
Stroke = tuple[str, str, list[Point]]
_NEAR = 14.0  # pixels around a common node in which two lines may meet
_HOUSE = Path(__file__).resolve().parent.parent
_MAKE = """
import hashlib
from graph.chart.page import page
from graph.chart.pyvis import network
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary
project, _ = read_project(SEEDS)
for make in (page, network):
    print(hashlib.sha256(make(project, vocabulary()).encode()).hexdigest())
"""


def rows(quick: bool) -> Iterator[Row]:
    """What is drawn, what the pages weigh, what a browser makes of them, and how large ones are filled."""
    project, _ = read_project(SEEDS)
    drawing, layouts = first_picture(project, vocabulary())
    for one in layouts:
        ours, kinds = crossings(strokes(one)), crossings(boxed_by_kind(drawing, one.lang))
        yield f"crossings: theme panels ({ours}) / dot boxed by kind ({kinds}), {one.lang}", ours / kinds, 0.25
    yield "nodes that lie on another, both languages / all nodes", overlaps(layouts) / len(drawing.nodes), 0
    text = page(project, vocabulary())
    ours = len(text.encode())
    stock, bare = len(stock_pyvis(project, True).encode()), len(stock_pyvis(project, False).encode())
    yield f"bytes: chart.html ({ours:,}) / stock pyvis with the same claims as titles ({stock:,})", ours / stock, 0.5
    yield f"bytes: chart.html ({ours:,}) / stock pyvis with names alone ({bare:,})", ours / bare, None
    yield "pages that differ between two builds, with other hash seeds / all pages", differing(), 0
    if why := browser.missing():
        print(f"{'':>8}  {'':>8}  {'':<6}  left out, as {why}: time to a picture, requests, injected scripts, keyboard")
    else:
        yield from in_a_browser(project, drawing, text, quick)
    yield from filling(1_000 if quick else 3_334, quick)


def in_a_browser(project: Project, drawing: Drawing, text: str, quick: bool) -> Iterator[Row]:
    """Time to a complete picture at rest, external requests, injected scripts, statements for the keyboard."""
    stock, network = stock_page(drawing), pyvis.network(project, vocabulary())
    with browser.browser() as seen:
        seen.times(text)
        pairs = [(seen.times(text), seen.times(stock, physics=True)) for _ in range(3 if quick else 7)]
        for n, (what, goal) in enumerate((("time", 0.3), ("processor time", None))):
            yield (
                f"{what} to a complete picture at rest in Chromium: chart.html / stock pyvis, same nodes and lines",
                statistics.median(one[n] / other[n] for one, other in pairs),
                goal,
            )
        ours, theirs = seen.requests(text) + seen.requests(network), seen.requests(stock)
        yield f"external requests: chart.html and network.html ({ours}) / stock pyvis ({theirs})", ours / theirs, 0
        ran, ran_there = injected(seen)
        yield (
            f"injected scripts that run: our pages ({len(ran)}) / stock pyvis ({', '.join(sorted(ran_there))})",
            len(ran) / len(ran_there),
            0,
        )
        reached, of = seen.statements(text)
        yield f"statements that the keyboard does not reach ({of - reached}) / all ({of})", (of - reached) / of, 0


def injected(seen: browser.Browser) -> tuple[set[str], set[str]]:
    """The same three names as our pages and a stock one show them: which of their scripts run there."""
    from pyvis.network import Network

    def script(name: str) -> str:
        return f"<img src=x onerror=\"window.ran['{name}'] = 1\">"

    heading, id = script("heading"), f"</option></select>{script('select_menu')}"
    title = f"<a href='https://example.org/'>{script('title')}</a>"
    net = Network(heading=heading, select_menu=True, cdn_resources="in_line")
    net.add_node(id, label="A", title=title, x=0, y=0)
    net.toggle_physics(False)
    theirs = seen.injected(net.generate_html(), hover=id)
    words = Words(ja=title, en=title)
    project = Project(
        "", Words(ja=heading, en=heading), "https://example.org/",
        entities=(Entity(id, "Company", words, (title,), note=words), Entity("B", "Company", Words(ja="乙"))),
        sources=(Source("s", words, words),),
        claims=(Claim(id, "supplies", "B", "s", place=words, gist=words, quote=title, note=words),),
    )  # fmt: skip
    ours: set[str] = set()
    for made in (page(project, vocabulary()), pyvis.network(project, vocabulary())):
        ours |= seen.injected(made, open="claim=.0") | seen.injected(made, open="node=B")
    return ours, theirs


def filling(entities: int, quick: bool) -> Iterator[Row]:
    """A project of thrice as many claims as entities: as our network.html, and by stock pyvis from networkx.

    Theirs is quadratic, so that the goal is one for the full size alone.
    """
    import networkx
    from pyvis.network import Network

    project = _ring(entities)
    first = draw(project, vocabulary())
    drawing, placed = whole(project, vocabulary(), first), layout(first, "ja")
    graph = networkx.Graph()
    for line in drawing.lines:
        graph.add_edge(line.source, line.target, label=line.label.best("ja"))

    def stock() -> None:
        net = Network()
        net.from_nx(graph)
        net.generate_html()

    def filled() -> None:
        pyvis.filled(drawing, placed).generate_html()

    def all_of_it() -> None:
        first_picture.cache_clear()
        pyvis.network(project, vocabulary())

    what, goal = f"{len(drawing.lines):,} lines", None if quick else 0.05
    yield f"{what}, placed, filled and written: our lists / stock Network().from_nx()", ratio(filled, stock, 3), goal
    yield (
        f"{what}: network.html from the project (choice, dot, evidence) / stock from_nx, names alone",
        ratio(all_of_it, stock, 3),
        None,
    )


def _ring(count: int) -> Project:
    """So many entities, each tied to three others."""
    ids = [f"e{n}" for n in range(count)]
    claims = tuple(
        Claim(id, ("uses", "supports", "opposes")[n % 3], ids[(n + 1) * step % count], "s", handle=f"C{n}x{step}")
        for n, id in enumerate(ids)
        for step in (1, 7, 31)
    )
    entities = tuple(Entity(id, "Organization", Words(ja=f"項目{n}", en=f"entity {n}")) for n, id in enumerate(ids))
    return Project(
        "",
        Words(ja="大きな図"),
        "https://example.org/",
        ("ja",),
        (),
        entities,
        (Source("s", Words(ja="出典")),),
        claims,
    )


def overlaps(layouts: tuple[Layout, ...]) -> int:
    """Pairs of nodes that lie on each other."""
    return sum(
        abs(a.x - b.x) < (a.w + b.w) / 2 - 0.6 and abs(a.y - b.y) < (a.h + b.h) / 2 - 0.6  # rounded to tenths
        for one in layouts
        for a, b in combinations(one.spots, 2)
    )


def differing() -> float:
    """The part of the pages that two builds in processes of their own write differently."""
    made = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", _MAKE], cwd=_HOUSE, env=environment, capture_output=True, text=True, check=True
        )
        made.append(done.stdout.split())
    return float(sum(one != other for one, other in zip(*made, strict=True))) / len(made[0])


def strokes(layout: Layout) -> list[Stroke]:
    """The lines of a layout as chains of short straight strokes."""
    return [
        (path.line.source, path.line.target, bezier(path.points) if path.curved else list(path.points))
        for path in layout.paths
    ]


def boxed_by_kind(drawing: Drawing, lang: str) -> list[Stroke]:
    """The same nodes and lines as dot draws them in one piece, boxed by kind; without labels if it must be."""
    measure = Measure(drawing, lang)
    kinds: dict[str, list[str]] = {}
    for node in drawing.nodes:
        kinds.setdefault(node.kind, []).append(node.id)
    nodes = {node.id: measure.size(node, 106) for node in drawing.nodes}
    for labelled in (True, False):
        ties = [
            (line.source, line.target, line.id, measure.label(line)[1] if labelled else None) for line in drawing.lines
        ]
        with Graphviz() as dot:
            if placed := dot.place(nodes, ties, boxes=list(kinds.values()), rankdir="LR"):
                return [(line.source, line.target, bezier(placed.curves[line.id])) for line in drawing.lines]
    raise RuntimeError("Graphviz could not lay the graph out in one piece")


def bezier(points: tuple[Point, ...], steps: int = 12) -> list[Point]:
    """A spline (start, then triples, then perhaps the tip) as a chain of points."""
    chain = [points[0]]
    for i in range(0, len(points) - 3, 3):
        a, b, c, d = points[i : i + 4]
        for n in range(1, steps + 1):
            t, u = n / steps, 1 - n / steps
            chain.append(
                (
                    u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
                    u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
                )
            )
    return [*chain, points[-1]] if chain[-1] != points[-1] else chain


def crossings(lines: list[Stroke]) -> int:
    """How often two lines cross; where they leave or reach a common node does not count."""
    count = 0
    for (s1, t1, one), (s2, t2, other) in combinations(lines, 2):
        common = [p for p, id in ((one[0], s1), (one[-1], t1)) if id in (s2, t2)]
        for a, b in pairwise(one):
            left, right, top, bottom = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
            for c, d in pairwise(other):
                if (
                    max(c[0], d[0]) < left
                    or min(c[0], d[0]) > right
                    or max(c[1], d[1]) < top
                    or min(c[1], d[1]) > bottom
                ):
                    continue
                at = meeting(a, b, c, d)
                if at and not any(abs(at[0] - p[0]) + abs(at[1] - p[1]) < _NEAR for p in common):
                    count += 1
    return count


def meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where two straight strokes cross, or None."""
    area = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if not area:
        return None
    t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / area
    u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / area
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) if 0 <= t < 1 and 0 <= u < 1 else None


def stock_pyvis(project: Project, evidence: bool) -> str:
    """pyvis's own page of the same entities and claims, its libraries inlined as ours are.

    With evidence: what a line says and where it says it from stands in its title, as pyvis's users do it.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for entity in project.entities:
        names = " / ".join(dict.fromkeys((*entity.name.values(), *entity.also)))
        title = "\n".join((names, *entity.note.values())) if evidence else ""
        net.add_node(entity.id, label=entity.name.best("ja"), title=title)
    for claim in project.claims:
        source = project.source(claim.source)
        about = (*source.title.values(), *source.publisher.values(), *source.addresses) if source else ()
        said = (*claim.gist.values(), claim.stance, *claim.place.values(), *claim.note.values(), *about)
        title = "\n".join(said) if evidence else ""
        if isinstance(claim.object, str) and project.entity(claim.object):
            net.add_edge(claim.subject, claim.object, label=claim.predicate, title=title)
        else:
            net.get_node(claim.subject)["title"] += "\n" + title
    return _written(net)


def stock_page(drawing: Drawing) -> str:
    """pyvis's own page of the nodes and lines of a picture, as it comes: with physics."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node in drawing.nodes:
        net.add_node(node.id, label=node.label.best("ja"))
    for line in drawing.lines:
        net.add_edge(line.source, line.target, label=drawing.words_on(line, "ja"))
    return _written(net)


def _written(net: Any) -> str:
    """What a network's page comes to on disk."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stock.html"
        file.write_text(net.generate_html(), encoding="utf-8")
        return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, value, goal in rows("--quick" in sys.argv):
        print(f"{value:.3f} (goal {goal}) {name}")
