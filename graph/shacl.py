"""SHACL as SPARQL: a file of shapes becomes questions that find what breaks them.

In: shapes in Turtle. Out: Checks, each a SELECT of ?this (and ?value, ?path) with the
words that go with its rows. What cannot be turned into a question raises; nothing that
a shape demands is passed over in silence.

A shape's demands come in two sorts: some look at one value node (`wrong`), some at all
values of a focus node together (`lacking`). Both are boolean expressions, so that
sh:or, sh:not and the like simply combine them.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from .errors import Severity, SokanzuError
from .model import Words

Node = NamedNode | BlankNode | Literal
Below = Callable[[str], list[str]]
"""A class's IRI → its own and those of all classes below it."""

SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CLASSES = {"http://www.w3.org/2002/07/owl#Class", "http://www.w3.org/2000/01/rdf-schema#Class"}
_SEVERITIES = {SH + "Violation": Severity.error, SH + "Warning": Severity.warning, SH + "Info": Severity.info}
_KINDS = {
    "IRI": "isIRI({v})",
    "BlankNode": "isBlank({v})",
    "Literal": "isLiteral({v})",
    "BlankNodeOrIRI": "(isBlank({v}) || isIRI({v}))",
    "BlankNodeOrLiteral": "(isBlank({v}) || isLiteral({v}))",
    "IRIOrLiteral": "(isIRI({v}) || isLiteral({v}))",
}
_ORDER = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_PAIR = {"lessThan": "<", "lessThanOrEquals": "<="}
_CASTS = {"integer", "decimal", "float", "double", "boolean", "date", "dateTime", "time", "gYear", "gYearMonth"}
_LACKING = {"minCount", "maxCount", "uniqueLang", "hasValue"}
_WRONG = {
    *("class", "datatype", "nodeKind", "in", "pattern", "minLength", "maxLength", "languageIn"),
    *("disjoint", "node", "or", "and", "not", "xone"),
    *_ORDER,
    *_PAIR,
}
_TARGETS = {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}
_SILENT = {"name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated", "flags"}
_KNOWN = _LACKING | _WRONG | _TARGETS | _SILENT | {"path", "property", "sparql"}
_BEYOND = {SH + "ConstraintComponent", SH + "SPARQLTargetType", SH + "JSTargetType"}
_ASIDE = re.compile(r"""(?s)"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|<[^\s<>]*>|#[^\n]*""")  # strings, IRIs, comments
_SHAPES = {SH + "NodeShape", SH + "PropertyShape"}
_SHAPELY = {SH + name for name in _TARGETS | _WRONG | {"path", "property", "target"}}
_MOST = 5  # values counted; more would need a join of that many


@dataclass(frozen=True)
class Check:
    """One question: its rows are what is wrong."""

    query: str
    shape: str
    component: str
    path: str
    severity: Severity
    message: Words
    focus: str = ""  # where set, ask `query` once for each node that this one finds


class Shapes:
    """The shapes of some files, read and known to be askable."""

    def __init__(self, *files: Path) -> None:
        self.files = files
        self.facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for file in files:
            self._read(file)
        compiler = _Compiler(self.facts, lambda cls: [cls], files)
        for node, about in list(self.facts.items()):
            if _SHAPELY & set(about) or any(t.value in _SHAPES for t in about.get(_RDF + "type", ())):
                list(compiler.demands(node, set()))
        list(self.checks(lambda cls: [cls]))  # what cannot be asked raises now, not half-way through a check

    def checks(self, below: Below) -> Iterator[Check]:
        """Every question, for data whose classes lie `below` one another."""
        compiler = _Compiler(self.facts, below, self.files)
        for shape in list(self.facts):
            if focus := compiler.target(shape):
                yield from compiler.checks(shape, focus)

    def _read(self, file: Path) -> None:
        try:
            for triple in parse(path=file, format=RdfFormat.TURTLE, rename_blank_nodes=True):
                subject, predicate, value = triple.subject, triple.predicate.value, triple.object
                if not isinstance(subject, Node) or not isinstance(value, Node) or value.value in _BEYOND:
                    what = f"{predicate} {value}"
                    raise SokanzuError("shape-unsupported", file=file, shape=subject, what=what)
                self.facts[subject][predicate].append(value)
        except SyntaxError as error:
            raise SokanzuError("shape-syntax", file=f"{file}:{error.lineno or 1}", why=error.msg) from error


class _Compiler:
    """Turns shapes into SPARQL, with a fresh variable wherever one is needed."""

    def __init__(self, facts: dict[Node, dict[str, list[Node]]], below: Below, files: tuple[Path, ...]) -> None:
        self.facts, self.below = facts, below
        self.files = ", ".join(map(str, files))
        self.numbers = itertools.count()
        self.open: list[Node] = []

    # reading a shape

    def fresh(self) -> str:
        return f"?v{next(self.numbers)}_"

    def get(self, node: Node, name: str) -> list[Node]:
        return self.facts[node].get(SH + name, []) if node in self.facts else []

    def one(self, node: Node, name: str) -> Node | None:
        found = self.get(node, name)
        if len(found) > 1:
            raise self.refuse(node, f"{len(found)} × sh:{name}")
        return found[0] if found else None

    def refuse(self, shape: Node, what: str) -> SokanzuError:
        return SokanzuError("shape-unsupported", file=self.files, shape=shape.value, what=what)

    def items(self, node: Node) -> list[Node]:
        """The members of an RDF list."""
        found = []
        while node.value != _RDF + "nil":
            found += self.facts[node][_RDF + "first"]
            node = self.facts[node][_RDF + "rest"][0]
        return found

    def path(self, shape: Node, node: Node) -> str:
        """A SHACL path as a SPARQL path."""
        if isinstance(node, NamedNode):
            return str(node)
        about = self.facts[node]
        if _RDF + "first" in about:
            return "(" + "/".join(self.path(shape, n) for n in self.items(node)) + ")"
        for name, form in (
            ("inversePath", "^{}"),
            ("zeroOrMorePath", "({})*"),
            ("oneOrMorePath", "({})+"),
            ("zeroOrOnePath", "({})?"),
        ):
            if inner := self.one(node, name):
                return form.format(self.path(shape, inner))
        if choices := self.one(node, "alternativePath"):
            return "(" + "|".join(self.path(shape, n) for n in self.items(choices)) + ")"
        raise self.refuse(shape, "sh:path")

    def demands(self, shape: Node, allowed: set[str]) -> Iterator[tuple[str, Node]]:
        """What a shape asks for: component and argument. Unknown SHACL words are refused."""
        for predicate, values in self.facts[shape].items():
            name = predicate.removeprefix(SH)
            if name == predicate:
                continue
            if name not in _KNOWN:
                raise self.refuse(shape, f"sh:{name}")
            yield from ((name, value) for value in values if name in allowed)

    def silent(self, shape: Node) -> bool:
        return any(v.value in ("true", "1") for v in self.get(shape, "deactivated"))

    def message(self, *nodes: Node) -> Words:
        """The first of the nodes' messages, by language."""
        for node in nodes:
            if found := self.get(node, "message"):
                return Words({(m.language or "en"): m.value for m in found if isinstance(m, Literal)})
        return Words()

    def target(self, shape: Node) -> str:
        """A pattern that finds a shape's focus nodes as ?this; "" where it has no target."""
        about, parts = self.facts[shape], []
        classes = self.get(shape, "targetClass")
        is_shape = {_RDF + "type"} & set(about) and any(t.value.startswith(SH) for t in about[_RDF + "type"])
        if is_shape and any(t.value in _CLASSES for t in about[_RDF + "type"]):
            classes = [*classes, shape]
        for cls in classes:
            parts.append(f"VALUES ?c_ {{ {self.classes(cls)} }} ?this <{_RDF}type> ?c_ .")
        for node in self.get(shape, "targetNode"):
            parts.append(f"VALUES ?this {{ {node} }}")
        parts += [f"?this {p} ?o_ ." for p in self.get(shape, "targetSubjectsOf")]
        parts += [f"?s_ {p} ?this ." for p in self.get(shape, "targetObjectsOf")]
        return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {p} }}" for p in parts)

    def classes(self, cls: Node, between: str = " ") -> str:
        return between.join(f"<{c}>" for c in self.below(cls.value))

    # whole shapes

    def checks(self, shape: Node, focus: str) -> Iterator[Check]:
        """The questions of a shape, whose focus nodes the pattern `focus` finds as ?this."""
        if self.silent(shape):
            return
        at = self.one(shape, "path")
        path = self.path(shape, at) if at else ""
        severity = _SEVERITIES.get(getattr(self.one(shape, "severity"), "value", ""), Severity.error)
        values = f"{focus} ?this {path} ?value ." if path else f"{focus} BIND(?this AS ?value)"

        def check(component: str, query: str, *said: Node, focus: str = "") -> Check:
            name = shape.value if isinstance(shape, NamedNode) else ""
            return Check(query, name, component, path, severity, self.message(*said, shape), focus)

        for name, value in self.demands(shape, _WRONG | _LACKING | {"property", "sparql"}):
            if name == "sparql":
                if not any(v.value in ("true", "1") for v in self.get(value, "deactivated")):
                    query, single = self.select(shape, value, path, focus)
                    yield check("SPARQL", query, value, focus=f"SELECT DISTINCT ?this {{ {focus} }}" if single else "")
            elif name == "property":
                node = self.fresh()
                inner = f"{{ SELECT DISTINCT (?value AS {node}) {{ {values} }} }} BIND({node} AS ?this)"
                yield from self.checks(value, inner if path else focus)
            elif name in _LACKING:
                broken = self.lacking(shape, name, value, "?this", path)
                yield check(name, f"SELECT DISTINCT ?this {{ {focus} FILTER({broken}) }}")
            else:
                broken = self.wrong(shape, name, value, "?value", "?this")
                yield check(name, f"SELECT DISTINCT ?this ?value {{ {values} FILTER({broken}) }}")

    def bad(self, shape: Node, v: str) -> str:
        """An expression: the node `v` breaks the shape."""
        if self.silent(shape):
            return "false"
        if shape in self.open:
            raise self.refuse(shape, "recursion")
        self.open.append(shape)
        at, parts = self.one(shape, "path"), []
        path = self.path(shape, at) if at else ""
        for name, value in self.demands(shape, _WRONG | _LACKING | {"property", "sparql"}):
            if name == "sparql":
                raise self.refuse(shape, "sh:sparql inside sh:or, sh:and, sh:not, sh:xone or sh:node")
            if name in _LACKING:
                parts.append(self.lacking(shape, name, value, v, path))
                continue
            x = self.fresh() if path else v
            expression = self.bad(value, x) if name == "property" else self.wrong(shape, name, value, x, v)
            parts.append(f"EXISTS {{ {v} {path} {x} . FILTER({expression}) }}" if path else expression)
        self.open.pop()
        return "(" + " || ".join(parts or ["false"]) + ")"

    # single demands

    def lacking(self, shape: Node, name: str, value: Node, this: str, path: str) -> str:
        """An expression: the values of `this` along `path`, taken together, break the demand."""
        if name == "hasValue":
            return f"NOT EXISTS {{ {this} {path} {value} }}" if path else f"!sameTerm({this}, {value})"
        if not path:
            raise self.refuse(shape, f"sh:{name} without sh:path")
        if name == "uniqueLang":
            a, b = self.fresh(), self.fresh()
            if value.value not in ("true", "1"):
                return "false"
            same = f'LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b})) && STR({a}) < STR({b})'
            return f"EXISTS {{ {this} {path} {a} . {this} {path} {b} . FILTER({same}) }}"
        number = int(value.value) + (name == "maxCount")
        if number > _MOST:
            raise self.refuse(shape, f"sh:{name} {value.value}")
        if number == 0:
            return "false"
        several = [self.fresh() for _ in range(number)]
        told = " ".join(f"{this} {path} {x} ." for x in several)
        apart = " && ".join(f"!sameTerm({a}, {b})" for a, b in itertools.combinations(several, 2))
        return f"{'NOT ' * (name == 'minCount')}EXISTS {{ {told} {f'FILTER({apart})' * bool(apart)} }}"

    def wrong(self, shape: Node, name: str, value: Node, v: str, this: str) -> str:
        """An expression: the value node `v` of `this` breaks the demand."""
        if name == "class":
            k = self.fresh()
            return f"NOT EXISTS {{ {v} <{_RDF}type> {k} . FILTER({k} IN ({self.classes(value, ', ')})) }}"
        if name == "datatype":
            return self.datatype(value, v)
        if name == "nodeKind":
            kind = _KINDS.get(value.value.removeprefix(SH))
            if not kind:
                raise self.refuse(shape, f"sh:nodeKind {value.value}")
            return "!" + kind.format(v=v)
        if name == "in":
            return "!(" + " || ".join(f"sameTerm({v}, {n})" for n in self.items(value)) + ")"
        if name == "pattern":
            return self.pattern(shape, value, v)
        if name in ("minLength", "maxLength"):
            return f"(isBlank({v}) || STRLEN(STR({v})) {'<' if name == 'minLength' else '>'} {value.value})"
        if name == "languageIn":
            langs = " || ".join(f"LANGMATCHES(LANG({v}), {n})" for n in self.items(value))
            return f"!COALESCE(isLiteral({v}) && ({langs}), false)"
        if name in _ORDER:
            return f"!COALESCE({v} {_ORDER[name]} {value}, false)"
        if name == "disjoint":
            return f"EXISTS {{ {this} {value} {v} }}"
        if name in _PAIR:
            o = self.fresh()
            return f"EXISTS {{ {this} {value} {o} . FILTER(!COALESCE({v} {_PAIR[name]} {o}, false)) }}"
        if name == "node":
            return self.bad(value, v)
        if name == "not":
            return f"!{self.bad(value, v)}"
        each = [self.bad(inner, v) for inner in self.items(value)]
        if name == "xone":
            return "(" + " + ".join(f"IF({e}, 0, 1)" for e in each) + ") != 1"
        return "(" + (" && " if name == "or" else " || ").join(each) + ")"

    def datatype(self, value: Node, v: str) -> str:
        """Not a literal of that datatype, or one that its lexical form belies."""
        name = value.value.removeprefix(_XSD)
        ill = f" || COALESCE(!isLiteral({value}(STR({v}))), true)" if name in _CASTS else ""
        return f"(!isLiteral({v}) || DATATYPE({v}) != {value}{ill})"

    def pattern(self, shape: Node, value: Node, v: str) -> str:
        """No match; a regular expression that the engine cannot read is refused."""
        flags = self.one(shape, "flags") or Literal("")
        asked = Store().query(f'SELECT (REGEX("", {value}, {flags}) AS ?ok) {{}}')
        if isinstance(asked, QuerySolutions) and next(asked)["ok"] is None:
            raise self.refuse(shape, f"sh:pattern {value}")
        return f"(isBlank({v}) || !COALESCE(REGEX(STR({v}), {value}, {flags}), false))"

    def select(self, shape: Node, constraint: Node, path: str, focus: str) -> tuple[str, bool]:
        """A SPARQL constraint's own question, and whether it must be asked node by node.

        SHACL asks it once for each focus node. Joining all of them in at once is the same as
        long as no group stands apart from the outermost one, and hundreds of times faster.
        """
        for predicate in self.facts[constraint]:
            name = predicate.removeprefix(SH)
            if name != predicate and name not in ("select", "prefixes", "message", "deactivated"):
                raise self.refuse(shape, f"sh:{name} in sh:sparql")
        text = self.one(constraint, "select")
        if text is None:
            raise self.refuse(shape, "sh:sparql without sh:select")
        query = text.value.replace("$PATH", path)
        bare = _ASIDE.sub(lambda m: " " * len(m[0]), query)
        if refused := re.search(r"(?i)\b(MINUS|VALUES|SERVICE)\b", bare):
            raise self.refuse(shape, f"{refused[1]} in sh:sparql")
        head = "".join(
            f"PREFIX {self.get(d, 'prefix')[0].value}: <{self.get(d, 'namespace')[0].value}>\n"
            for ontology in self.get(constraint, "prefixes")
            for d in self.get(ontology, "declare")
        )
        apart = re.search(r"(?i)\b(UNION|LIMIT|OFFSET|GROUP|HAVING|COUNT|SUM|MIN|MAX|AVG|SAMPLE)\b", bare)
        opening = [re.split(r"\s", bare[: m.start()].rstrip())[-1].upper() for m in re.finditer(r"\{", bare)]
        if apart or any(word not in ("EXISTS", "OPTIONAL") for word in opening[1:]):
            return head + query, True
        brace = bare.index("{") + 1
        return f"{head}{query[:brace]} {{ SELECT DISTINCT ?this {{ {focus} }} }} {query[brace:]}", False
