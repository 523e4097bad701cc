"""The plain view and what follows from it, as SPARQL over the store.

In: a store with entities, claims and the ontology. Out: the same store with the graphs
`asserted` and `inferred`. Both are made from claims alone and hold nothing that a claim
does not carry; `why` names the claims behind any of their triples.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, QuerySolutions, Store, Triple, Variable

from .paths import ONTOLOGY


def apply(store: Store) -> None:
    """Fill the graphs `asserted` and `inferred`, rule by rule in the order of their file names."""
    for path in sorted((ONTOLOGY / "rules").glob("*.ru")):
        store.update(path.read_text(encoding="utf-8"))


def why(store: Store, triple: Triple) -> list[NamedNode]:
    """The claims that a plain or inferred triple rests on; empty where there is no such triple."""
    text = (ONTOLOGY / "rules" / "why.rq").read_text(encoding="utf-8")
    given = {Variable("s"): triple.subject, Variable("p"): triple.predicate, Variable("o"): triple.object}
    found = store.query(text, substitutions=given)
    assert isinstance(found, QuerySolutions)
    return [row["claim"] for row in found if isinstance(row["claim"], NamedNode)]
