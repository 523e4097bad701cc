"""The graph in the formats that the engine writes itself, and RDF/XML by rdflib.

In: a store. Out: bytes on a stream, sorted, so that the same project gives the same bytes.
TriG and N-Quads hold every graph of the store with its name; the others hold one graph:
entities, sources, claims and the plain view together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from pyoxigraph import Quad, RdfFormat, Store, Triple, serialize

from ..rdf import GRAPHS, graph_name

QUADS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
ONE_GRAPH = ("entities", "sources", "claims", "asserted")
FORMATS = (*QUADS, "ntriples", "jsonld", "rdfxml")


def write(store: Store, format: str, out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the store in one of FORMATS."""
    if format in QUADS:
        quads = (q for name in GRAPHS for q in _sorted(store, name))
        serialize(quads, out, QUADS[format], prefixes=dict(prefixes))
        return
    triples = sorted({q.triple for name in ONE_GRAPH for q in _sorted(store, name)}, key=str)
    if format == "ntriples":
        serialize(triples, out, RdfFormat.N_TRIPLES)
    elif format == "jsonld":
        serialize(triples, out, RdfFormat.JSON_LD, prefixes=dict(prefixes))
    else:
        _rdfxml(triples, out, prefixes)


def _sorted(store: Store, graph: str) -> list[Quad]:
    return sorted(store.quads_for_pattern(None, None, None, graph_name(graph)), key=str)


def _rdfxml(triples: list[Triple], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    # rdflib refuses properties that XML cannot name; the engine's own writer splits them anywhere.
    serialize(triples, out, RdfFormat.RDF_XML, prefixes=dict(prefixes))
