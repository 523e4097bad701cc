"""The chart as a pyvis network, on a template of ours.

In: a project and the vocabulary. Out: HTML. pyvis carries nodes, edges and options, and ships vis-network;
its own template would load Bootstrap from elsewhere and let names run as markup. Its lists are filled
directly: its adders are slow on large graphs and drop parallel lines. Positions are those of the chart,
and nothing moves.
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
from .data import page_data
from .drawing import LANGUAGES, Drawing, Line
from .layout import Layout
from .page import PANEL, asset, first_picture, rendered, script
from .parts import LABEL_SIZE, NAME_SIZE
from .text import clean

if TYPE_CHECKING:
    from pyvis.network import Network

_DASHES: dict[str, bool | list[int]] = {
    "stated": False,
    "reported": [7, 3],
    "doubtful": [2, 4],
    "proposed": [4, 3],
    "intended": [14, 4],
}
_SPREAD = 1.15  # labels stand on the lines here, so they need more room
_HEADS = {"proposed": "vee"}  # the hollow one of the chart does not exist here


def network(project: Project, vocabulary: Vocabulary, lang: str = "ja", unsure: frozenset[Claim] = frozenset()) -> str:
    """The page network.html; lines of `unsure` claims alone are marked. Raises ChartError where pyvis is missing."""
    lang = lang if lang in LANGUAGES else "ja"
    drawing, layouts = first_picture(project, vocabulary, unsure)
    chosen = next(one for one in layouts if one.lang == lang)
    net = filled(drawing, chosen)
    nodes, edges, _, _, _, options = net.get_network_data()
    vis, style = _vis()
    return rendered(
        "network.html",
        lang=lang,
        style=f"{style}\n{asset('chart.css')}",
        script=f"{vis}\n{script(*PANEL, 'network')}",
        data={
            "data": page_data(project, vocabulary, drawing, lang),
            "drawing": {
                "nodes": nodes,
                "edges": edges,
                "options": json.loads(options),
                "frames": _frames(chosen, layouts),
            },
        },
        title={code: clean(project.title.best(code)) for code in LANGUAGES},
        pictures={},
    )


def filled(drawing: Drawing, layout: Layout) -> Network:
    """A pyvis network of the drawing: directed, positions set, physics off, parallel lines kept."""
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise ChartError("chart-no-pyvis") from error

    net = Network(directed=True, height="100%", width="100%")
    net.set_options(json.dumps(_options()))
    for spot in layout.spots:
        net.nodes.append(
            {
                "id": spot.node.id,
                "labels": {
                    code: "\n".join(spot.rows) if code == layout.lang else spot.node.label.best(code)
                    for code in LANGUAGES
                },
                "kind": spot.node.kind,
                "shape": "box",
                "x": round(spot.x * _SPREAD, 1),
                "y": round(spot.y * _SPREAD, 1),
                "margin": 6,
                "shapeProperties": {"borderDashes": [5, 3] if spot.node.existence else False, "borderRadius": 6},
                "font": {"size": NAME_SIZE + 1.5},
            }
        )
        net.node_ids.append(spot.node.id)
        net.node_map[spot.node.id] = net.nodes[-1]
    between: dict[tuple[str, str], int] = {}
    for line in drawing.lines:
        pair = (min(line.source, line.target), max(line.source, line.target))
        nth = between[pair] = between.get(pair, -1) + 1
        net.edges.append(_edge(line, drawing, nth))
    return net


def _edge(line: Line, drawing: Drawing, nth: int) -> dict[str, Any]:
    """A line; parallel ones bend apart, each further than the one before."""
    turn = "curvedCW" if line.source < line.target else "curvedCCW"
    bend = 0.06 + 0.16 * nth
    return {
        "id": line.id,
        "from": line.source,
        "to": line.target,
        "labels": {code: clean(drawing.words_on(line, code)) for code in LANGUAGES},
        "style": line.style,
        "dashes": _DASHES[line.style],
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6, "type": _HEADS.get(line.style, "arrow")}},
        "smooth": {"enabled": True, "type": turn, "roundness": bend},
        "font": {"size": LABEL_SIZE + 1, "align": "horizontal"},
    }


def _frames(chosen: Layout, layouts: tuple[Layout, ...]) -> list[dict[str, Any]]:
    """The themes' panels, for the page to draw behind the network."""
    titles = {(one.lang, frame.theme): frame.title for one in layouts for frame in one.frames}
    return [
        {"titles": {code: titles[code, frame.theme] for code in LANGUAGES}, "box": [round(v * _SPREAD, 1) for v in box]}
        for frame in chosen.frames
        for box in [(frame.x, frame.y, frame.w, frame.h)]
    ]


def _options() -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 999999},
        "nodes": {"borderWidth": 1.6, "widthConstraint": {"maximum": 190}},
        "edges": {"width": 1.3, "selectionWidth": 1.6, "hoverWidth": 0.8},
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
