"""Graphviz's dot, kept at arm's length: a child process that may crash or hang without harm.

In: the nodes with their sizes and the lines with the sizes of their labels, all in pixels. Out: positions,
or None where Graphviz is missing, crashed or took too long; the caller has a plainer layout for that.
Sizes are always given, so that no font is asked and the bytes are the same everywhere.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

Point = tuple[float, float]
Size = tuple[float, float]
_PATIENCE = 15.0  # seconds for one graph; those of a picture take hundredths


@dataclass(frozen=True)
class Placed:
    """Where dot put things: centres of nodes, splines of lines (start, then triples), centres of labels."""

    size: Size
    nodes: Mapping[str, Point]
    curves: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Point]


class Graphviz:
    """The child process, started when first needed; `with Graphviz() as dot: dot.place(…)`, also nested.

    It remembers its answers: the same part comes again in the next, thinner picture.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._known: dict[str, Any] = {}
        self._users = 0
        # no pygraphviz here, or it was too slow
        self.missing = importlib.util.find_spec("pygraphviz") is None

    def __enter__(self) -> Graphviz:
        self._users += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._users -= 1
        if not self._users:
            self._end()

    def place(
        self,
        nodes: Mapping[str, Size],
        lines: Sequence[tuple[str, str, str, Size | None]],
        longer: Set[str] = frozenset(),
        boxes: Sequence[Sequence[str]] = (),
        program: str = "dot",
        **graph: str,
    ) -> Placed | None:
        """Lay out nodes (name → size) and lines (tail, head, key, size of the label, if it has one).

        `longer` lines span two ranks; `boxes` are nodes to be kept together in dot's own clusters.
        """
        job = {
            "program": program,
            "graph": graph,
            "boxes": [list(box) for box in boxes],
            "nodes": [[name, {"width": f"{w / 72:.4f}", "height": f"{h / 72:.4f}"}] for name, (w, h) in nodes.items()],
            "edges": [
                [tail, head, key, {"label": _blank(size), "arrowsize": "0.1", "minlen": "2" if key in longer else "1"}]
                for tail, head, key, size in lines
            ],
        }
        question = json.dumps(job)
        if question not in self._known:
            self._known[question] = self._ask(question)
        answer = self._known[question]
        if answer is None:
            return None
        return Placed(
            size=(answer["box"][0], answer["box"][1]),
            nodes={name: (x, y) for name, (x, y) in answer["nodes"].items()},
            curves={key: tuple((x, y) for x, y in points) for key, (points, _) in answer["edges"].items()},
            labels={key: (at[0], at[1]) for key, (_, at) in answer["edges"].items() if at},
        )

    def _ask(self, line: str) -> Any:
        if self.missing:
            return None
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__).with_name("dot_worker.py"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        child = self._child
        assert child.stdin and child.stdout
        clock = threading.Timer(_PATIENCE, self._give_up)
        clock.start()
        try:
            child.stdin.write(line + "\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except OSError:  # it died before it read everything
            answer = ""
        finally:
            clock.cancel()
        if not answer:
            self._end()
            return None
        return json.loads(answer)

    def _give_up(self) -> None:
        """What took too long once would take too long again: no further questions."""
        self.missing = True
        if self._child:
            self._child.kill()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child:
            child.kill()
            child.communicate()


def _blank(size: Size | None) -> str:
    """A label of that size with nothing in it."""
    if size is None:
        return ""
    frame = 'BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"'
    return f'<<TABLE FIXEDSIZE="TRUE" WIDTH="{size[0]:.0f}" HEIGHT="{size[1]:.0f}" {frame}><TR><TD></TD></TR></TABLE>>'
