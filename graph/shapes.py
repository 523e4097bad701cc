"""The shapes' verdict on a store: everything in it that breaks them.

In: a store and files of SHACL shapes. Out: Findings, sorted. `check` asks the store in
SPARQL (see shacl); `reference` has pySHACL judge the same triples, many times slower,
and is what `check` is tested against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Variable

from .errors import Severity, sentence
from .model import Words
from .paths import ONTOLOGY
from .shacl import SH, Check, Node, Shapes

if TYPE_CHECKING:
    import rdflib

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_LABEL = NamedNode(_RDFS + "label")
_SEVERITIES = {SH + "Violation": Severity.error, SH + "Warning": Severity.warning, SH + "Info": Severity.info}


@dataclass(frozen=True)
class Finding:
    """One thing that breaks one shape: the node, and along which path which value."""

    focus: Node
    path: str  # as SPARQL writes it: <…> for a property
    value: Node | None
    severity: Severity
    shape: str  # its IRI; "" where it has none
    component: str  # minCount, class, SPARQL …
    message: Words

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What two engines must agree on; sorts findings."""
        return self.shape, str(self.focus), self.path, str(self.value or ""), self.severity


@cache
def own_shapes() -> Shapes:
    """The shapes of ontology/shapes.ttl."""
    return Shapes(ONTOLOGY / "shapes.ttl")


def check(store: Store, shapes: Shapes | None = None) -> list[Finding]:
    """Everything in the store's graphs, taken together, that breaks the shapes."""
    findings: dict[tuple[str, str, str, str, str], Finding] = {}

    @cache
    def below(cls: str) -> list[str]:
        found = _rows(store, f"SELECT DISTINCT ?c {{ ?c <{_RDFS}subClassOf>* <{cls}> }}")
        return sorted({cls, *(row["c"].value for row in found)})

    for one in (shapes or own_shapes()).checks(below):
        if one.focus:
            nodes = [{Variable("this"): row["this"]} for row in _rows(store, one.focus)]
            rows = [(row, given) for given in nodes for row in _rows(store, one.query, given)]
        else:
            rows = [(row, {}) for row in _rows(store, one.query)]
        for row, given in rows:
            finding = _finding(store, one, row, given)
            findings.setdefault(finding.key, finding)
    return sorted(findings.values(), key=lambda finding: finding.key)


def _rows(store: Store, query: str, given: dict[Variable, Any] | None = None) -> list[Any]:
    found = store.query(query, use_default_graph_as_union=True, substitutions=given)
    assert isinstance(found, QuerySolutions)
    return list(found)


def _cell(row: Any, name: str) -> Node | None:
    try:
        found: Node | None = row[name]
    except KeyError:
        return None
    return found


def _finding(store: Store, one: Check, row: Any, given: dict[Variable, Any]) -> Finding:
    focus = given[Variable("this")] if given else row["this"]
    value, path = _cell(row, "value"), one.path
    if one.component == "SPARQL":
        path = str(_cell(row, "path") or path)
        value = value or (None if one.path else focus)
    message = one.message or Words({lang: _unsaid(one, lang) for lang in ("ja", "en")})
    named = _NAMED.findall("".join(message.values()))
    cells = {"this": focus, "value": value} | {name: cell for name in named if (cell := _cell(row, name))}
    filled = Words({lang: _fill(store, text, cells, lang) for lang, text in message.items()})
    return Finding(focus, path, value, one.severity, one.shape, one.component, filled)


_NAMED = re.compile(r"\{[?$](\w+)\}")


def _fill(store: Store, text: str, cells: dict[str, Node | None], lang: str) -> str:
    """A message with {?value} and the like filled in: the thing's label where it has one."""

    def say(found: re.Match[str]) -> str:
        cell = cells.get(found[1])
        if isinstance(cell, NamedNode):
            names = (quad.object for quad in store.quads_for_pattern(cell, _LABEL, None))
            label = Words({name.language or "und": name.value for name in names if isinstance(name, Literal)})
            return label.best(lang) or cell.value
        return cell.value if cell else found[0]

    return _NAMED.sub(say, text)


def _unsaid(one: Check, lang: str) -> str:
    return sentence(
        "shape-broken",
        lang,
        shape=one.shape or "?",
        component=f"sh:{one.component.replace('SPARQL', 'sparql')}",
        path=one.path,
    )


def reference(store: Store, shapes: Shapes | None = None) -> list[Finding]:
    """The same findings by pySHACL; its messages stay as the shapes have them."""
    return reference_on(union(store), shapes)


def union(store: Store) -> rdflib.Graph:
    """All triples of all graphs of the store, for rdflib.

    The graph keeps what it has parsed: pySHACL asks the same question for every single
    node, and parsing it anew each time would take nine tenths of the run.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    class Graph(rdflib.Graph):
        parse_once = staticmethod(cache(prepareQuery))

        def query(self, question: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
            return super().query(self.parse_once(question) if isinstance(question, str) else question, *args, **kwargs)

    lines = {f"{q.subject} {q.predicate} {q.object} .\n" for q in store}
    return Graph().parse(data="".join(sorted(lines)), format="nt")


def reference_on(data: rdflib.Graph, shapes: Shapes | None = None) -> list[Finding]:
    """pySHACL's findings on an rdflib graph."""
    import pyshacl
    import rdflib

    shapes = shapes or own_shapes()
    graph = rdflib.Graph()
    for file in shapes.files:
        graph.parse(file, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=graph, inplace=True)
    sh = rdflib.Namespace(SH)
    paths = {one.shape: one.path for one in shapes.checks(lambda cls: [cls])}
    findings = []
    for result in report.objects(None, sh.result):
        said: Iterable[Any] = report.objects(result, sh.resultMessage)
        shape, path = report.value(result, sh.sourceShape), report.value(result, sh.resultPath)
        name = str(shape) if isinstance(shape, rdflib.URIRef) else ""
        kind = str(report.value(result, sh.sourceConstraintComponent)).removeprefix(SH)
        component = kind.removesuffix("ConstraintComponent")
        focus = _ours(report.value(result, sh.focusNode))
        assert focus is not None
        findings.append(
            Finding(
                focus,
                str(_ours(path)) if isinstance(path, rdflib.URIRef) else paths.get(name, "") if path else "",
                _ours(report.value(result, sh.value)),
                _SEVERITIES[str(report.value(result, sh.resultSeverity))],
                name,
                component if component.isupper() else component[:1].lower() + component[1:],
                Words({(m.language or "en"): str(m) for m in said}),
            )
        )
    return sorted(findings, key=lambda finding: finding.key)


def _ours(term: Any) -> Node | None:
    """An rdflib term as pyoxigraph's."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return None
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)
