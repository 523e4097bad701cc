"""How the chart compares with what one would have without it: dot boxed by kind, and a stock pyvis page.

In: nothing; the bundled project's first picture. Out: rows of (what, ratio, goal): lines that cross, bytes
of the page.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

from graph.chart.drawing import Drawing
from graph.chart.graphviz import Graphviz, Point
from graph.chart.layout import Layout
from graph.chart.page import first_picture, page
from graph.chart.parts import Measure
from graph.model import Project
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary

Row = tuple[str, float, float | None]
Stroke = tuple[str, str, list[Point]]
_NEAR = 14.0  # pixels around a common node in which two lines may meet


def rows(quick: bool) -> Iterator[Row]:
    """Crossings in both languages, and the size of the page."""
    project, _ = read_project(SEEDS)
    drawing, layouts = first_picture(project, vocabulary())
    for layout in layouts:
        ours, kinds = crossings(strokes(layout)), crossings(boxed_by_kind(drawing, layout.lang))
        yield f"crossings: theme panels ({ours}) / dot boxed by kind ({kinds}), {layout.lang}", ours / kinds, 0.25
    ours = len(page(project, vocabulary()).encode())
    stock, bare = stock_pyvis(project, evidence=True), stock_pyvis(project, evidence=False)
    yield f"bytes: chart.html ({ours:,}) / stock pyvis with the same claims as titles ({stock:,})", ours / stock, 0.5
    yield f"bytes: chart.html ({ours:,}) / stock pyvis with names alone ({bare:,})", ours / bare, None


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


def stock_pyvis(project: Project, evidence: bool) -> int:
    """The bytes of pyvis's own page of the same entities and claims, its libraries inlined as ours are.

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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stock.html"
        file.write_text(net.generate_html(), encoding="utf-8")
        return file.stat().st_size


if __name__ == "__main__":
    for name, ratio, goal in rows("--quick" in sys.argv):
        print(f"{ratio:.3f} (goal {goal}) {name}")
