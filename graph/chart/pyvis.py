"""The whole project as a pyvis network, on a template of ours.

In: a project and the vocabulary. Out: HTML. pyvis carries nodes, edges and options, and ships vis-network; its own
template would load Bootstrap from elsewhere and let names run as markup. Its lists are filled directly: its adders
are slow on large graphs and drop parallel lines. The first picture stands as in the chart, the rest around it, and
nothing moves until a reader wants it to.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ChartError
from ..model import Claim, Project
from ..terms import Vocabulary
from .data import counts, page_data
from .drawing import LANGUAGES, Drawing, Line, Node, cut, whole
from .layout import Layout, Spot
from .page import PANEL, asset, first_picture, rendered, script
from .parts import LABEL_SIZE, NAME_SIZE
from .spread import CELL, spread
from .text import clean
from .words import network_words

if TYPE_CHECKING:
    from pyvis.network import Network

_SCRIPTS = (*PANEL, "keys", "network-legend", "find", "network")
_DASHES: dict[str, list[int]] = {"reported": [7, 3], "doubtful": [2, 4], "proposed": [4, 3], "intended": [14, 4]}
_SPREAD = 1.15  # labels stand on the lines here, so they need more room
_HEADS = {"proposed": "vee"}  # the hollow one of the chart does not exist here
_LARGE = 1_000  # lines: with more of them, all are straight and none has a label until it is looked at
_NAME = NAME_SIZE + 1.5


def network(project: Project, vocabulary: Vocabulary, lang: str = "ja", unsure: frozenset[Claim] = frozenset()) -> str:
    """The page network.html; lines of `unsure` claims alone are marked. Raises ChartError where pyvis is missing."""
    lang = lang if lang in LANGUAGES else "ja"
    first, layouts = first_picture(project, vocabulary, unsure)
    drawing = whole(project, vocabulary, first, unsure=unsure)
    chosen = next(one for one in layouts if one.lang == lang)
    net = filled(drawing, chosen, *(one for one in layouts if one is not chosen))
    nodes, edges, _, _, _, options = net.get_network_data()
    vis, style = _vis()
    data = page_data(project, vocabulary, drawing, lang) | {"counts": counts(project, drawing, vocabulary)}
    data["words"] |= network_words()
    return rendered(
        "network.html",
        lang=lang,
        style=f"{style}\n{asset('chart.css')}\n{asset('network.css')}",
        script=f"{vis}\n{script(*_SCRIPTS)}",
        data={
            "data": data,
            "drawing": {
                "nodes": nodes,
                "edges": edges,
                "options": json.loads(options),
                "physics": _physics(),
                "frames": _frames(chosen, layouts),
                "first": [spot.node.id for spot in chosen.spots],
                "large": len(edges) > _LARGE,
            },
        },
        title={code: clean(project.title.best(code)) for code in LANGUAGES},
        pictures={},
    )


def filled(drawing: Drawing, layout: Layout, *others: Layout) -> Network:
    """A pyvis network of the drawing: directed, positions set, physics off, parallel lines kept.

    What `layout` holds stands as there, the rest around it; `others` give the labels in other languages.
    """
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise ChartError("chart-no-pyvis") from error

    net = Network(directed=True, height="100%", width="100%")
    large = len(drawing.lines) > _LARGE
    net.set_options(json.dumps(_options(large)))
    spots = {(one.lang, spot.node.id): spot for one in (layout, *others) for spot in one.spots}
    places = {spot.node.id: (round(spot.x * _SPREAD, 1), round(spot.y * _SPREAD, 1)) for spot in layout.spots}
    outside = spread(layout, drawing, _SPREAD)
    for node in drawing.nodes:
        x, y = places.get(node.id) or outside[node.id]
        labels = {code: _label(node, code, spots.get((code, node.id)), node.id in places) for code in LANGUAGES}
        unreal = {"shapeProperties": {"borderDashes": [5, 3], "borderRadius": 6}} if node.existence else {}
        net.nodes.append({"id": node.id, "labels": labels, "kind": node.kind, "x": x, "y": y, **unreal})
        net.node_ids.append(node.id)
        net.node_map[node.id] = net.nodes[-1]
    between: dict[tuple[str, str], int] = {}
    for line in drawing.lines:
        pair = (min(line.source, line.target), max(line.source, line.target))
        nth = between[pair] = between.get(pair, -1) + 1
        net.edges.append(_edge(line, drawing, nth, large))
    return net


def _label(node: Node, lang: str, spot: Spot | None, first: bool) -> str:
    """A node's name in the lines of its layout; outside the first picture on one line that fits a cell."""
    if spot:
        return "\n".join(spot.rows)
    return node.label.best(lang) if first else cut(node.label.best(lang), (CELL[0] - 28) / _NAME)


def _edge(line: Line, drawing: Drawing, nth: int, large: bool) -> dict[str, Any]:
    """A line; parallel ones bend apart, each further than the one before. What all have stands in the options."""
    edge: dict[str, Any] = {
        "id": line.id,
        "from": line.source,
        "to": line.target,
        "labels": {code: clean(drawing.words_on(line, code)) for code in LANGUAGES},
        "style": line.style,
    }
    if line.candidate:
        edge["dim"] = True
    if line.style in _DASHES:
        edge["dashes"] = _DASHES[line.style]
    if line.style in _HEADS:
        edge["arrows"] = {"to": {"enabled": True, "scaleFactor": 0.6, "type": _HEADS[line.style]}}
    if nth or not large:
        turn = "curvedCW" if line.source < line.target else "curvedCCW"
        edge["smooth"] = {"enabled": True, "type": turn, "roundness": round(0.06 + 0.16 * nth, 2)}
    return edge


def _frames(chosen: Layout, layouts: tuple[Layout, ...]) -> list[dict[str, Any]]:
    """The themes' panels, for the page to draw behind the network."""
    titles = {(one.lang, frame.theme): frame.title for one in layouts for frame in one.frames}
    return [
        {
            "theme": frame.theme,
            "titles": {code: titles[code, frame.theme] for code in LANGUAGES},
            "box": [round(v * _SPREAD, 1) for v in (frame.x, frame.y, frame.w, frame.h)],
        }
        for frame in chosen.frames
    ]


def _options(large: bool) -> dict[str, Any]:
    """What all nodes and lines have in common, and that nothing moves by itself."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "keyboard": False,
            "tooltipDelay": 999999,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
        },
        "nodes": {
            "shape": "box",
            "margin": 6,
            "borderWidth": 1.6,
            "widthConstraint": {"maximum": 190},
            "shapeProperties": {"borderDashes": False, "borderRadius": 6},
            "font": {"size": _NAME},
        },
        "edges": {
            "width": 1.3,
            "selectionWidth": 1.6,
            "hoverWidth": 0.8,
            "smooth": {"enabled": False, "type": "continuous"},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6, "type": "arrow"}},
            "font": {"size": LABEL_SIZE + 1, "align": "horizontal"},
        },
    }


def _physics() -> dict[str, Any]:
    """The motion that a reader may switch on: strong enough to part the nodes, damped enough to come to rest."""
    return {
        "solver": "barnesHut",
        "barnesHut": {
            "theta": 0.6,
            "gravitationalConstant": -7000,
            "centralGravity": 0.4,
            "springLength": 150,
            "springConstant": 0.03,
            "damping": 0.6,
            "avoidOverlap": 0.4,
        },
        "maxVelocity": 60,
        "minVelocity": 3,
        "timestep": 0.6,
        "stabilization": {"enabled": False},
    }


@cache
def _vis() -> tuple[str, str]:
    """vis-network's script and style sheet as the installed pyvis ships them, safe to stand inline."""
    try:
        import pyvis
    except ImportError as error:
        raise ChartError("chart-no-pyvis") from error
    folders = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-9*"))
    if not folders:
        raise ChartError("chart-no-pyvis")
    script = (folders[-1] / "vis-network.min.js").read_text(encoding="utf-8")
    style = (folders[-1] / "vis-network.css").read_text(encoding="utf-8")
    if re.search(r"</script|<!--", script, re.IGNORECASE) or re.search(r"</style|<!--", style, re.IGNORECASE):
        raise ChartError("chart-no-pyvis")  # a release whose files could end their element early
    return script, style
