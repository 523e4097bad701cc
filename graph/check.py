"""Every finding about a project in one report.

In: the Problems of reading, the store with its plain view, the ontology's shapes. Out: a
Report for people (file:line, either language), as JSON, or as a SHACL validation report.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store, Triple

from .errors import Problem, Severity, Where, sentence
from .model import Project, Review, iri
from .paths import ONTOLOGY
from .rdf import TYPE, Writer
from .shacl import SH, Shapes
from .shapes import Finding, own_shapes
from .shapes import check as check_shapes
from .turtle import Turtle

FEWEST_READERS = 2
SPOKEN_OF = "/shape/entity-spoken-of"
_NOT_READ = (Review.withdrawn, Review.rejected)
MOST_NAMED = 5  # sources in one sentence


@dataclass(frozen=True)
class Report:
    """All findings, errors first; `results` are those of them that the shapes found."""

    problems: tuple[Problem, ...]
    results: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings stop the build."""
        return self.count(Severity.error)

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return sum(p.severity is severity for p in self.problems)

    def lines(self, lang: str) -> list[str]:
        """One line a finding, as a compiler prints them."""
        return [f"{sentence(f'severity-{p.severity}', lang)} {p.line(lang)}" for p in self.problems]

    def text(self, lang: str) -> str:
        """One line a finding, as a compiler prints them, and a summing-up."""
        words = {severity.value: self.count(severity) for severity in Severity}
        return "\n".join([*self.lines(lang), sentence("check-summary", lang, **words)])

    def json(self) -> str:
        """The findings as JSON, messages in both languages."""
        rows = [
            {
                "severity": p.severity.value,
                "code": p.code,
                "file": p.where.file,
                "line": p.where.line,
                "about": p.about,
                "message": {lang: p.message(lang) for lang in ("ja", "en")},
            }
            for p in self.problems
        ]
        return json.dumps({"errors": self.errors, "findings": rows}, ensure_ascii=False, indent=2)

    def shacl(self) -> str:
        """The shapes' findings as a SHACL validation report in Turtle."""
        return validation_report(self.results)


def check(project: Project, store: Store, problems: Iterable[Problem]) -> Report:
    """The report on a project whose claims are in the store."""
    places = _places(project)
    own = Path(project.folder) / "shapes.ttl"
    results = check_shapes(store, Shapes(ONTOLOGY / "shapes.ttl", own) if own.is_file() else own_shapes())
    known = list(problems)
    if any(p.severity is Severity.error for p in known):
        # Records with errors were left out: that nothing speaks of an entity now is no finding of its own.
        results = [r for r in results if not r.shape.endswith(SPOKEN_OF)]
    found = [*known, *(_problem(r, places) for r in results), *_read_once(project)]
    order = list(Severity)
    found.sort(key=lambda p: (order.index(p.severity), p.where.file, p.where.line, p.code, p.about))
    return Report(tuple(dict.fromkeys(found)), tuple(results))


def _places(project: Project) -> dict[str, Where]:
    """File and line of everything that a shape can point at."""
    writer = Writer(project)
    places = {writer.claim_iris[id(claim)]: claim.where for claim in project.claims}
    places |= {iri(project.base, "entity", e.id): e.where for e in project.entities}
    places |= {iri(project.base, "source", s.id): s.where for s in project.sources}
    return places


def _problem(result: Finding, places: Mapping[str, Where]) -> Problem:
    focus = result.focus.value
    where = places.get(focus) or places.get(focus.partition("#")[0]) or Where()
    return Problem("shape", where, {"message": dict(result.message)}, result.severity, about=focus)


_SEVERITIES = {Severity.error: "Violation", Severity.warning: "Warning", Severity.info: "Info"}


def validation_report(findings: Iterable[Finding]) -> str:
    """A SHACL validation report in Turtle; its nodes are numbered, so that it diffs."""
    space = "https://w3id.org/sokanzu/report/"

    def sh(name: str) -> NamedNode:
        return NamedNode(SH + name)

    report = NamedNode(space + "report")
    head, body = [], []
    rows = list(findings)
    for number, finding in enumerate(rows, 1):
        node = NamedNode(f"{space}result-{number}")
        head.append(Triple(report, sh("result"), node))
        body.append(Triple(node, TYPE, sh("ValidationResult")))
        body.append(Triple(node, sh("focusNode"), finding.focus))
        if finding.path.startswith("<"):
            body.append(Triple(node, sh("resultPath"), NamedNode(finding.path.strip("<>"))))
        if finding.value is not None:
            body.append(Triple(node, sh("value"), finding.value))
        body.append(Triple(node, sh("resultSeverity"), sh(_SEVERITIES[finding.severity])))
        component = finding.component[:1].upper() + finding.component[1:] + "ConstraintComponent"
        body.append(Triple(node, sh("sourceConstraintComponent"), sh(component)))
        if finding.shape:
            body.append(Triple(node, sh("sourceShape"), NamedNode(finding.shape)))
        for lang, text in finding.message.items():
            body.append(Triple(node, sh("resultMessage"), Literal(text, language=lang)))
    conforms = Literal(not any(f.severity is Severity.error for f in rows))
    first = [Triple(report, TYPE, sh("ValidationReport")), Triple(report, sh("conforms"), conforms)]
    writer = Turtle({"sh": SH, "report": space, "xsd": "http://www.w3.org/2001/XMLSchema#"})
    return writer.head() + "\n" + "\n".join(block for _, block in writer.blocks([*first, *head, *body]))


def _read_once(project: Project) -> list[Problem]:
    """How many claims fewer than two of us have read against their source."""
    once = Counter(
        c.source
        for c in project.claims
        if len(c.readers) < FEWEST_READERS and c.review not in _NOT_READ and not c.unreviewed
    )
    if not once:
        return []
    most = ", ".join(f"{source} {count}" for source, count in once.most_common(MOST_NAMED))
    words = {"count": once.total(), "sources": len(once), "most": most + (" …" if len(once) > MOST_NAMED else "")}
    return [Problem("read-once", Where(), words, Severity.info)]
