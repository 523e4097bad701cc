"""Graphviz in a process of its own: graphs in, positions out, one JSON object a line.

In: {"program": "dot" or "neato", "graph": {…}, "nodes": [[name, {…}]], "edges": [[tail, head, key, {…}]],
"boxes": [[name, …]]},
attributes as dot takes them. Out: {"box": [w, h], "nodes": {name: [x, y]}, "edges": {key: [points,
label or null]}}, y downwards. It stands alone (run as a file, imports only pygraphviz): an assertion
in Graphviz ends the process it runs in, and that must not be the reader's.
"""

import json
import sys
import warnings


def positions(job: dict) -> dict:  # type: ignore[type-arg]
    """Lay one graph out."""
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(job["graph"])
    graph.node_attr.update(shape="box", fixedsize="true", label="")
    for name, attributes in job["nodes"]:
        graph.add_node(name, **attributes)
    for tail, head, key, attributes in job["edges"]:
        graph.add_edge(tail, head, key=key, **attributes)
    for number, members in enumerate(job.get("boxes", [])):
        graph.add_subgraph(members, name=f"cluster_{number}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph.layout(job["program"])
    left, bottom, right, top = (float(n) for n in graph.graph_attr["bb"].split(","))

    def point(text: str) -> list[float]:
        x, y = text.split(",")
        return [round(float(x) - left, 1), round(top - float(y), 1)]

    edges = {}
    for edge in graph.edges(keys=True):
        found = graph.get_edge(*edge)
        tip, *rest = found.attr["pos"].replace("\\\n", "").split()
        points = [point(p) for p in rest] + ([point(tip[2:])] if tip.startswith("e,") else [point(tip)])
        edges[edge[2]] = [points, point(found.attr["lp"]) if found.attr["lp"] else None]
    return {
        "box": [round(right - left, 1), round(top - bottom, 1)],
        "nodes": {str(node): point(node.attr["pos"]) for node in graph.nodes()},
        "edges": edges,
    }


def main() -> None:
    """Answer each line of standard input with one line."""
    for line in sys.stdin:
        print(json.dumps(positions(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
