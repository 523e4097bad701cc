"""Who stands in the centre: the nodes of the first picture without boxes, near those that they are tied to.

In: a Drawing and Graphviz. Out: the centre of each node, in whole pixels; None where there is no Graphviz. neato draws
what is tied together near; sizes are those of the language that needs more room, so that one placement serves both.
"""

from __future__ import annotations

from .drawing import LANGUAGES, Drawing
from .graphviz import Graphviz, Placed
from .layout import PAGE
from .parts import Measure

_LIMIT = 106.0  # pixels that a name should keep to
_FLAT = (1.4, 1.8, 2.2, 2.6, 3.0)  # the page is wide: neato's picture is pressed flat, as far as fits best
_MARGIN = 12.0
_APART = "+12"  # points between boxes


def central(drawing: Drawing, dot: Graphviz) -> dict[str, tuple[int, int]] | None:
    """Place the nodes of a drawing. They do not overlap."""
    if not drawing.lines:
        return None
    measures = [Measure(drawing, lang) for lang in LANGUAGES]
    keys = {node.id: f"n{i}" for i, node in enumerate(drawing.nodes)}
    sizes = {}
    for node in drawing.nodes:
        w, h = (max(side) for side in zip(*(measure.size(node, _LIMIT) for measure in measures), strict=True))
        sizes[keys[node.id]] = (w, h)
    pairs = sorted({(keys[line.source], keys[line.target]) for line in drawing.lines})
    ties = [(one, other, f"e{n}", None) for n, (one, other) in enumerate(pairs)]
    best: tuple[float, float, Placed] | None = None
    for flat in _FLAT:
        tall = {key: (w, h * flat) for key, (w, h) in sizes.items()}
        placed = dot.place(tall, ties, program="neato", overlap="vpsc", sep=_APART, model="shortpath", mode="KK")
        if placed is None:
            return None
        shrunk = max(placed.size[0] / PAGE[0], placed.size[1] / flat / PAGE[1])
        if best is None or shrunk < best[0]:
            best = (shrunk, flat, placed)
    assert best
    _, flat, placed = best
    spots = {id: placed.nodes[key] for id, key in keys.items()}
    return {id: (round(x + _MARGIN), round(y / flat + _MARGIN)) for id, (x, y) in spots.items()}
