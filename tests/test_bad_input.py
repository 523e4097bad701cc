"""Bad input gets a clear error, in the right place, and nothing beside it is lost."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import prepare
from graph.errors import Problem, Severity
from graph.model import Project
from graph.project import read_project
from graph.sources import attach
from tests import strategies

FILES: dict[str, str] = {
    "sokanzu.toml": """\
title = {ja = "図", en = "A chart"}
base = "https://example.org/p/"
languages = ["ja", "en"]
licence = "https://creativecommons.org/licenses/by/4.0/"

[[themes]]
id = "cameras"
name = {ja = "カメラ", en = "Cameras"}

[[themes]]
id = "cards"
name = {ja = "カード", en = "Cards"}
""",
    "sources.yaml": """\
- id: minutes
  title: {ja: 議事録, en: Minutes}
  date: 2014-06
  address: https://example.org/minutes
  grade: primary
  language: ja
  sha256: 0000000000000000000000000000000000000000000000000000000000000000
  characters: 100
- id: record
  title: Record
  document: Report
""",
    "entities.yaml": """\
- id: City
  class: GovernmentBody
  name: {ja: 市, en: the city}
  theme: cameras
- id: Police
  class: PoliceBody
  name: {ja: 警察, en: the police}
- id: Mori
  class: Person
  name: 森
- id: Net
  class: CameraNetwork
  name: {ja: カメラ網, en: the cameras}
  existence: planned
- id: Report
  class: Document
  name: 報告書
  kind: report
- id: Spare
  class: Organization
  name: {ja: 予備, en: Spare}
  also: [Extra]
  reading: よび
  note: not named by any claim
""",
    "claims/a.yaml": """\
source: minutes
readers: [me, you]
claims:
  - id: C1
    subject: City
    predicate: providesDataTo
    object: Police
    stance: alleged
    passages: [[0, 5], [7, 9]]
    gist: {ja: 市は渡している。, en: The city passes them on.}
  - id: C2
    subject: Police
    predicate: uses
    object: Net
    stance: stated
    date: 2014-06
    passages: [[10, 20]]
    gist: {ja: 警察はカメラ網を使う。, en: The police use the cameras.}
  - id: C3
    subject: Net
    predicate: status
    value: {ja: 稼働中, en: running}
    stance: inferred
    place: p. 3
    basedOn: [C2]
    gist: {ja: 動いている。, en: They run.}
""",
    "claims/b.ttl": """\
@prefix sk: <https://w3id.org/sokanzu/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix stance: <https://w3id.org/sokanzu/stance/> .
@prefix review: <https://w3id.org/sokanzu/review/> .
@prefix entity: <https://example.org/p/entity/> .
@prefix claim: <https://example.org/p/claim/> .
@prefix source: <https://example.org/p/source/> .

claim:T1 a sk:Claim ;
    rdf:subject entity:Police ;
    rdf:predicate sk:operates ;
    rdf:object entity:Net ;
    sk:stance stance:stated ;
    sk:negated true ;
    prov:wasDerivedFrom source:minutes ;
    sk:passage <https://example.org/p/source/minutes#char=30,40> ;
    sk:validFrom "2014" ;
    sk:gist "警察が動かすのではない。"@ja , "The police do not run them."@en .

claim:T2 a sk:Claim ;
    rdf:subject entity:City ;
    rdf:predicate sk:status ;
    rdf:object "小さい"@ja ;
    sk:stance stance:stated ;
    prov:wasDerivedFrom source:record ;
    sk:place "p. 1"@en ;
    sk:gist "市は小さい。"@ja .
""",
}
HANDLES = {"C1", "C2", "C3", "T1", "T2"}


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path / "p", dict(FILES))


@contextmanager
def changed(files: Mapping[str, str | bytes]) -> Iterator[Path]:
    """A good project with some of its files changed."""
    with tempfile.TemporaryDirectory() as place:
        yield lay(Path(place), {**FILES, **files})


def said(problems: list[Problem], folder: Path) -> list[tuple[str, str, int]]:
    """Each problem's code, file and line; its sentence is made in both languages on the way."""
    found = []
    for problem in problems:
        for lang in ("ja", "en"):
            sentence = problem.message(lang)
            assert "\n" not in sentence and len(sentence) < 700 and not re.search(r"\{\w+\}", sentence), sentence
            assert all(c.isprintable() or c == "\u3000" for c in sentence), ascii(sentence)
        file = os.path.relpath(problem.where.file, os.path.relpath(folder)) if problem.where.file else ""
        found.append((problem.code, file, problem.where.line))
    return found


def handles(project: Project) -> set[str]:
    return {claim.handle for claim in project.claims}


def test_the_good_project_is_good(folder: Path) -> None:
    project, problems = read_project(folder)
    assert problems == [] and handles(project) == HANDLES
    assert prepare(folder)[1].errors == 0


# --- one thing wrong at a time


@dataclass(frozen=True)
class Case:
    """A change to one file (old → new) and what must come of it.

    The lines that end in "# !" are where the problems stand; `lost` are the claims that may go.
    """

    name: str
    file: str
    edits: dict[str, str]
    codes: str
    lost: str = ""

    def texts(self) -> tuple[dict[str, str | bytes], list[tuple[str, str, int]]]:
        """The project's files, and the problems that they must make."""
        changed = FILES[self.file]
        for old, new in self.edits.items():
            assert changed.count(old) >= 1, old
            changed = changed.replace(old, new, 1)
        marked = [n for n, row in enumerate(changed.split("\n"), 1) if row.rstrip("\r").endswith("# !")]
        codes = self.codes.split()
        marked = marked * len(codes) if len(marked) == 1 else marked
        assert len(marked) == len(codes), (marked, codes)
        want = [(code, self.file, line) for code, line in zip(codes, marked, strict=True)]
        return {**FILES, self.file: changed}, sorted(want, key=lambda w: (w[2], w[0]))


A, B, S, E, T = "claims/a.yaml", "claims/b.ttl", "sources.yaml", "entities.yaml", "sokanzu.toml"
ALL, YAML, TURTLE = "C1 C2 C3 T1 T2", "C1 C2 C3", "T1 T2"


def key(row: str) -> dict[str, str]:
    """One more key for claim C1."""
    return {"stance: alleged": f"stance: alleged\n    {row}"}


def first(old: str, new: str, mark: str = "- id: C1") -> dict[str, str]:
    """A change whose problem stands at the claim's first line."""
    return {mark: f"{mark}  # !", old: new}


C1 = FILES[A].partition("claims:\n")[2].partition("  - id: C2")[0]
PASSAGES = "    passages: [[0, 5], [7, 9]]\n"
GIST = "gist: {ja: 市は渡している。, en: The city passes them on.}"
VALUE = "value: {ja: 稼働中, en: running}"
SPARE = "- id: Spare\n  class: Organization\n  name: {ja: 予備, en: Spare}\n"
SPARE_NAME = "name: {ja: 予備, en: Spare}"
TITLE = 'title = {ja = "図", en = "A chart"}'
BASE = 'base = "https://example.org/p/"'
LANGUAGES = 'languages = ["ja", "en"]'
LICENCE = 'licence = "https://creativecommons.org/licenses/by/4.0/"\n'
CARDS = '[[themes]]\nid = "cards"'
CARDS_NAME = 'name = {ja = "カード", en = "Cards"}'
T1_PASSAGE = "<https://example.org/p/source/minutes#char=30,40>"
T1_STANCE = "sk:stance stance:stated ;"

CASES = [
    # names that do not exist
    Case("entity", A, {"subject: City": "subject: Citty  # !"}, "unknown-entity-near", "C1"),
    Case("entity far off", A, {"subject: City": "subject: Somewhere  # !"}, "unknown-entity", "C1"),
    Case("object", A, {"object: Police": "object: Polise  # !"}, "unknown-entity-near", "C1"),
    Case("voice", A, key("voicedBy: Nobody  # !"), "unknown-entity", "C1"),
    Case("via", A, key("citedVia:\n      - Report\n      - Repport  # !"), "unknown-entity-near", "C1"),
    Case("qualifier", A, key("recipient: Reprot  # !"), "unknown-entity-near", "C1"),
    Case("who replied", A, key("reply:\n      - by: Citi  # !\n        gist: 否"), "unknown-entity-near", "C1"),
    Case("property", A, {"providesDataTo": "providesDateTo  # !"}, "unknown-property-near", "C1"),
    Case("property far off", A, {"providesDataTo": "xyzzy  # !"}, "unknown-property", "C1"),
    Case("class", E, {"class: Organization": "class: Organisation  # !"}, "unknown-class-near"),
    Case("class far off", E, {"class: Organization": "class: Zzz  # !"}, "unknown-class"),
    Case("class of our own things", E, {"class: Organization": "class: Claim  # !"}, "unknown-class"),
    Case("class of what claims name", E, {"GovernmentBody": "Governmentbodi  # !"}, "unknown-class-near", "C1 T2"),
    Case("stance", A, {"stance: alleged": "stance: aleged  # !"}, "unknown-choice-near", "C1"),
    Case("stance far off", A, {"stance: alleged": "stance: certainly  # !"}, "unknown-choice", "C1"),
    Case("review", A, key("review: fine  # !"), "unknown-choice", "C1"),
    Case("existence", E, {"existence: planned": "existence: plannd  # !"}, "unknown-choice-near", "C2 C3 T1"),
    Case("kind", E, {"kind: report": "kind: reports  # !"}, "unknown-choice-near"),
    Case("grade", S, {"grade: primary": "grade: first  # !"}, "unknown-choice"),
    Case("theme", E, {"theme: cameras": "theme: camera  # !"}, "unknown-theme-near"),
    Case("theme far off", E, {"theme: cameras": "theme: weather  # !"}, "unknown-theme"),
    Case("theme with spaces", E, {"theme: cameras": "theme: no such theme  # !"}, "bad-id"),
    Case("document", S, {"document: Report": "document: Reportt  # !"}, "unknown-entity-near"),
    Case("source", A, {"source: minutes": "source: minuets  # !"}, "unknown-source-near", YAML),
    Case("source far off", A, {"source: minutes": "source: xyz  # !"}, "unknown-source", YAML),
    Case("handle", A, {"basedOn: [C2]": "basedOn: [C22]  # !"}, "unknown-handle-near", "C3"),
    Case("handle with spaces", A, {"basedOn: [C2]": "basedOn: [nothing there]  # !"}, "unknown-handle", "C3"),
    Case("key of a claim", A, key("negate: true  # !"), "unknown-key-near", "C1"),
    Case("key of an entity", E, {"existence: planned": "existance: planned  # !"}, "unknown-key-near", "C2 C3 T1"),
    Case("key of a source", S, {"grade: primary": "colour: blue  # !"}, "unknown-key"),
    Case("key of a group", A, {"readers: [me, you]": "raeders: [me, you]  # !"}, "unknown-key-near"),
    Case("key of the project", T, {LICENCE: 'license = "x"  # !\n'}, "unknown-key-near"),
    # dates
    Case("month 13", A, {"date: 2014-06": "date: 2014-13  # !"}, "bad-date"),
    Case("30 February", A, {"date: 2014-06": "date: 2014-02-30  # !"}, "bad-date"),
    Case("Heisei 99", A, {"date: 2014-06": "date: 平成99年  # !"}, "bad-date"),
    Case("date of a source", S, {"date: 2014-06": "date: June 2014  # !"}, "bad-date"),
    Case("a list as a date", A, {"date: 2014-06": "date: [2014]  # !"}, "not-text"),
    Case("date twice", A, {"date: 2014-06": "date: 2014-06\n    validTo: 2015  # !"}, "date-twice"),
    Case("dates reversed", A, {"date: 2014-06": "validFrom: 2015\n    validTo: 2014-12  # !"}, "dates-reversed"),
    Case("words for a date", A, {"predicate: status": "predicate: startDate", VALUE: "value: soon  # !"}, "bad-date", "C3"),
    # passages
    Case("outside", A, {"[[10, 20]]": "[[10, 101]]  # !"}, "passage-outside", "C2 C3"),
    Case("overlap", A, {" [[0, 5], [7, 9]]": "\n      - [0, 5]\n      - [4, 9]  # !"}, "passages-overlap", "C1"),
    Case("one in another", A, {" [[0, 5], [7, 9]]": "\n    - [7, 9]\n    - [0, 5]\n    - [3, 4]  # !"}, "passages-overlap", "C1"),
    Case("reversed", A, {"[[10, 20]]": "[[20, 10]]  # !"}, "passage-reversed", "C2 C3"),
    Case("of no length", A, {"[[10, 20]]": "[[10, 10]]  # !"}, "passage-reversed", "C2 C3"),
    Case("negative", A, {"[[10, 20]]": "[[-1, 20]]  # !"}, "bad-passage", "C2 C3"),
    Case("floats", A, {"[[10, 20]]": "[[1.5, 20]]  # !"}, "bad-passage", "C2 C3"),
    Case("huge", A, {"[[10, 20]]": "[[10, 99999999999999999999]]  # !"}, "bad-passage", "C2 C3"),
    Case("one number", A, {"[[10, 20]]": "[[10]]  # !"}, "bad-passage", "C2 C3"),
    Case("no pairs", A, {"[[10, 20]]": "[10, 20]  # !"}, "bad-passage bad-passage", "C2 C3"),
    Case("no list", A, {"[[10, 20]]": "10-20  # !"}, "not-a-list", "C2 C3"),
    Case("foreign digits", A, {"[[10, 20]]": "[[١, ٢]]  # !"}, "bad-passage", "C2 C3"),
    # evidence, and what else is needed
    Case("no place", A, first(PASSAGES, ""), "claim-without-place", "C1"),
    Case("no passages in the list", A, first("[[0, 5], [7, 9]]", "[]"), "claim-without-place", "C1"),
    Case("an empty place", A, first("place: p. 3", 'place: {ja: " "}', "- id: C3"), "claim-without-place", "C3"),
    Case("no source", A, {"source: minutes\nreaders: [me, you]": "readers: [me, you]  # !"}, "missing-key", YAML),
    Case("no subject", A, first("    subject: City\n", ""), "missing-key", "C1"),
    Case("no object", A, first("    object: Police\n", ""), "missing-key", "C1"),
    Case("no stance", A, first("    stance: alleged\n", ""), "missing-key", "C1"),
    Case("no gist", A, first(f"    {GIST}\n", ""), "missing-key", "C1"),
    Case("an empty gist", A, first(GIST, 'gist: {ja: "", en: }'), "missing-key", "C1"),
    Case("a blank stance", A, first("stance: alleged", 'stance: " "'), "missing-key", "C1"),
    Case("an empty value", A, first(VALUE, "value: {}", "- id: C3"), "missing-key", "C3"),
    Case("only an id", A, {C1: "  - id: C1  # !\n"}, "claim-without-place" + " missing-key" * 4, "C1"),
    Case("no name", E, {SPARE: "- id: Spare  # !\n  class: Organization\n"}, "missing-key"),
    Case("an empty name", E, {SPARE: "- id: Spare  # !\n  class: Organization\n  name: {}\n"}, "missing-key"),
    Case("a blank id", E, {"- id: Spare": '- id: " "  # !'}, "missing-key"),
    Case("no title", S, {"- id: record": "- id: record  # !", "  title: Record\n": ""}, "missing-key"),
    Case("a dispute without a note", A, key("review: disputed  # !"), "review-needs-note"),
    Case("a long cue", A, key("cue: たぶんそうではないかと思われる  # !"), "long-cue"),
    # ids
    Case("duplicate entity", E, {SPARE: "- id: City  # !\n  class: Organization\n  name: 市\n"}, "duplicate-id"),
    Case("duplicate source", S, {"- id: record": "- id: minutes  # !\n  title: Again\n- id: record"}, "duplicate-id"),
    Case("duplicate handle", A, {"- id: C2\n    subject: Police": "- subject: Police\n    id: C1  # !", "    basedOn: [C2]\n": ""},
         "duplicate-handle", "C2"),
    Case("duplicate claim", A, {"  - id: C2": C1.replace("- id: C1", "- id: C9  # !") + "  - id: C2"}, "duplicate-claim"),
    Case("duplicate theme", T, {CARDS: '[[themes]]  # !\nid = "cameras"'}, "duplicate-id"),
    Case("the curator's", E, {"- id: Spare": "- id: curator  # !"}, "reserved-id"),
    Case("id with a space", E, {"- id: Spare": "- id: My Spare  # !"}, "bad-id"),
    Case("id with a wide space", E, {"- id: Spare": "- id: My\u3000Spare  # !"}, "bad-id"),
    Case("id of digits", E, {"- id: Spare": "- id: 2014  # !"}, "bad-id"),
    Case("id over lines", E, {"- id: Spare": '- id: "My\\nSpare"  # !'}, "bad-id"),
    Case("id with something invisible", E, {"- id: Spare": "- id: My\u200bSpare  # !"}, "bad-id"),
    Case("id that is nearly an IRI", E, {"- id: Spare": '- id: "https://[::1"  # !'}, "bad-id"),
    Case("null as an id", A, {"object: Police": "object: null  # !"}, "unknown-entity", "C1"),
    Case("a tilde as an id", A, {"object: Police": "object: ~  # !"}, "bad-id", "C1"),
    # wrong kinds of values
    Case("value for an object", A, {"object: Police": "value: Police  # !"}, "wants-object", "C1"),
    Case("object for a value", A, {VALUE: "object: City  # !"}, "wants-value", "C3"),
    Case("object beside a value", A, {"place: p. 3": "place: p. 3\n    object: City  # !"}, "only-value", "C3"),
    Case("value beside an object", A, key("value: 何か  # !"), "only-object", "C1"),
    Case("yes for true", A, key("negated: yes  # !"), "not-a-flag", "C1"),
    Case("a list for true", A, key("hedged: [true]  # !"), "not-text", "C1"),
    Case("a word for a number", A, key("lowerBound: five  # !"), "not-a-number"),
    Case("a negative length", S, {"characters: 100": "characters: -5  # !"}, "number-too-small"),
    Case("a list for a name", E, {SPARE_NAME: "name: [予備]  # !"}, "not-words"),
    Case("a mapping for an id", E, {"- id: Spare": "- id: {a: b}  # !"}, "not-text"),
    Case("a text for a claim", A, {"  - id: C2": "  - oops  # !\n  - id: C2"}, "not-a-mapping"),
    Case("a bad hash", S, {f"sha256: {'0' * 64}": f"sha256: {'0' * 63}g  # !"}, "bad-hash"),
    Case("no web address", S, {"https://example.org/minutes": "javascript:alert(1)  # !"}, "bad-address"),
    Case("an address with a space", S, {"https://example.org/minutes": "https://example.org/a b  # !"}, "bad-address"),
    Case("a reply's address", A, key("reply:\n    - by: City\n      gist: 否\n      address: data:text/html,x  # !"), "bad-address"),
    Case("a file elsewhere", S, {"grade: primary": "file: ../../etc/passwd  # !"}, "bad-file-name"),
    Case("a language that is none", S, {"language: ja": "language: 日本語  # !"}, "bad-language"),
    Case("a name in no language", E, {SPARE_NAME: "name: {日本語: 予備, ja: 予備}  # !"}, "bad-language"),
    Case("a language twice", E, {SPARE_NAME: "name: {ja: 予備, JA: 予備}  # !"}, "yaml-duplicate-key"),
    # what cannot be seen
    Case("a name over lines", E, {"name: 報告書": 'name: "報告\\n書"  # !'}, "name-on-lines"),
    Case("a name over lines, as a block", E, {SPARE_NAME: "name: |  # !\n    予備\n    二"}, "name-on-lines"),
    Case("a written form over lines", E, {"also: [Extra]": 'also: ["Ex\\ntra"]  # !'}, "name-on-lines"),
    Case("a bell in a name", E, {SPARE_NAME: 'name: "予\\a備"  # !'}, "control-character"),
    Case("a NUL in a gist", A, {GIST: 'gist: {ja: "市は\\0渡す。"}  # !'}, "control-character", "C1"),
    Case("what XML cannot hold", A, {GIST: 'gist: {ja: "市は\\uffff渡す。"}  # !'}, "control-character", "C1"),
    Case("a writing direction in a name", E, {SPARE_NAME: "name: 予\u202e備  # !"}, "bidi-control"),
    Case("an isolate in a gist", A, {GIST: "gist: {ja: \u2067市は渡す。\u2069}  # !"}, "bidi-control"),
    # YAML
    Case("a tab", A, {"    stance: alleged": "\tstance: alleged  # !"}, "yaml-tab", YAML),
    Case("a tab after spaces", A, {"    stance: alleged": "  \tstance: alleged  # !"}, "yaml-tab", YAML),
    Case("an open quote", E, {SPARE_NAME: 'name: "予備  # !'}, "yaml-syntax", ALL),
    Case("an open bracket", A, {"readers: [me, you]\nclaims:": "readers: [me, you\nclaims:  # !"}, "yaml-syntax", YAML),
    Case("two colons", A, {"predicate: uses": "predicate: uses: it  # !"}, "yaml-syntax", YAML),
    Case("a stray at sign", A, {"predicate: uses": "predicate: @uses  # !"}, "yaml-syntax", YAML),
    Case("a duplicate key", A, {"stance: alleged": "stance: alleged\n    stance: stated  # !"}, "yaml-duplicate-key"),
    Case("an anchor", A, {"readers: [me, you]": "readers: &r [me, you]  # !"}, "yaml-alias", YAML),
    Case("an alias", A, {"readers: [me, you]": "readers: *r  # !"}, "yaml-alias", YAML),
    Case("a merge", A, {"stance: alleged": "<<: *defaults  # !"}, "yaml-alias", YAML),
    Case("two documents", A, {"claims:\n": "claims:\n  - {}\n---  # !\n"}, "yaml-documents", YAML),
    Case("a list for a key", A, {"stance: alleged": "? [a, b]  # !\n    : alleged"}, "yaml-key", YAML),
    Case("too deep", A, {"readers: [me, you]": f"readers: {'[' * 40}{']' * 40}  # !"}, "yaml-deep", YAML),
    Case("a control character", A, {GIST: "gist: 市は\x07渡す。  # !"}, "yaml-character", YAML),
    Case("a NUL", A, {GIST: "gist: 市は\0渡す。  # !"}, "yaml-character", YAML),
    Case("a line end that editors do not show", A, {GIST: "gist: 市は\u2028渡す。  # !"}, "yaml-line-mark", YAML),
    Case("a lone surrogate, escaped", A, {GIST: 'gist: "市は\\ud800渡す。"  # !'}, "yaml-syntax", YAML),
    # sokanzu.toml
    Case("TOML that is none", T, {BASE: "base = https://example.org/p/  # !"}, "toml-syntax", TURTLE),
    Case("a TOML key twice", T, {BASE: f"{BASE}\n{BASE}  # !"}, "toml-syntax", TURTLE),
    Case("no base", T, {TITLE: TITLE + "  # !", BASE + "\n": ""}, "missing-key", TURTLE),
    Case("a base without an end", T, {BASE: 'base = "https://example.org/p"  # !'}, "bad-base", TURTLE),
    Case("a base that is no IRI", T, {BASE: 'base = "https://[::1/"  # !'}, "bad-base", TURTLE),
    Case("a base with a space", T, {BASE: 'base = "https://example.org/a b/"  # !'}, "bad-base", TURTLE),
    Case("a list for the base", T, {BASE: 'base = ["https://example.org/p/"]  # !'}, "not-text", TURTLE),
    Case("a number for the base", T, {BASE: "base = 7  # !"}, "not-text", TURTLE),
    Case("a list for the title", T, {TITLE: 'title = ["図"]  # !'}, "not-words"),
    Case("a number for the title", T, {TITLE: "title = 5  # !"}, "not-text"),
    Case("a date within the title", T, {TITLE: 'title = {ja = 2014-06-01, en = "x"}  # !'}, "not-text"),
    Case("a title in no language", T, {TITLE: 'title = {"日本語" = "図"}  # !'}, "bad-language"),
    Case("a title over lines", T, {TITLE: 'title = "図\\n表"  # !'}, "name-on-lines"),
    Case("a number for the languages", T, {LANGUAGES: "languages = 5  # !"}, "bad-languages"),
    Case("no languages", T, {LANGUAGES: "languages = []  # !"}, "bad-languages"),
    Case("languages that are none", T, {LANGUAGES: 'languages = ["日本語"]  # !'}, "bad-languages"),
    Case("a number among the languages", T, {LANGUAGES: 'languages = ["ja", 5]  # !'}, "bad-languages"),
    Case("a licence that is no address", T, {LICENCE: 'licence = "CC BY 4.0"  # !\n'}, "bad-address"),
    Case("true for the licence", T, {LICENCE: "licence = true  # !\n"}, "not-text"),
    Case("a theme without an id", T, {CARDS: "[[themes]]  # !"}, "missing-key"),
    Case("a theme without a name", T, {CARDS: CARDS.replace("]]", "]]  # !"), CARDS_NAME: ""}, "missing-key"),
    Case("a theme's bad id", T, {'id = "cards"': 'id = "two cards"  # !'}, "bad-id"),
    Case("a number for a theme's id", T, {'id = "cards"': "id = 5  # !"}, "not-text"),
    Case("a number for a theme's name", T, {CARDS_NAME: "name = {ja = 5}  # !"}, "not-text"),
    Case("a theme's unknown key", T, {CARDS_NAME: f'{CARDS_NAME}\ncolour = "red"  # !'}, "unknown-key"),
    # Turtle
    Case("a broken IRI", B, {T1_PASSAGE: "<https://example.org/p/a b#char=30,40>  # !\n   "}, "turtle-syntax", TURTLE),
    Case("an unknown prefix", B, {"entity:Police": "entitty:Police  # !\n   "}, "turtle-syntax", TURTLE),
    Case("an open string", B, {'"2014" ;': '"2014 ;  # !'}, "turtle-syntax", TURTLE),
    Case("a bad language tag", B, {'"@en .': '"@en_US .  # !'}, "turtle-syntax", TURTLE),
    Case("a lone surrogate in Turtle", B, {'"2014"': '"\\ud800"  # !\n   '}, "turtle-syntax", TURTLE),
    Case("no predicate", B, {"claim:T1 a": "claim:T1  # !\n    a", "    rdf:predicate sk:operates ;\n": ""}, "missing-key", "T1"),
    Case("no stance in Turtle", B, {"claim:T1 a": "claim:T1  # !\n    a", f"    {T1_STANCE}\n": ""}, "missing-key", "T1"),
    Case("no source in Turtle", B, {"claim:T2 a": "claim:T2  # !\n    a", "    prov:wasDerivedFrom source:record ;\n": ""},
         "missing-key", "T2"),
    Case("no place in Turtle", B, {"claim:T2 a": "claim:T2  # !\n    a", '    sk:place "p. 1"@en ;\n': ""}, "claim-without-place", "T2"),
    Case("no gist in Turtle", B, {"claim:T2 a": "claim:T2  # !\n    a", ' ;\n    sk:gist "市は小さい。"@ja': ""}, "missing-key", "T2"),
    Case("an unknown term", B, {"sk:negated true ;": "sk:negatedd true ;  # !"}, "unknown-key-near", "T1"),
    Case("an unknown term far off", B, {"sk:negated true ;": "sk:zzz true ;  # !"}, "unknown-key", "T1"),
    Case("a foreign property", B, {"sk:negated true ;": 'rdf:first "x" ;  # !'}, "triple-left-out"),
    Case("an unknown property in Turtle", B, {"sk:operates": "sk:operate  # !\n   "}, "unknown-property-near", "T1"),
    Case("an unknown stance in Turtle", B, {"stance:stated": "stance:statted  # !\n   "}, "unknown-choice-near", "T1"),
    Case("a stance in quotes", B, {"stance:stated": '"stated"  # !\n   '}, "wants-iri", "T1"),
    Case("two stances", B, {"stance:stated": "stance:stated, stance:alleged  # !\n   "}, "several-values", "T1"),
    Case("two subjects", B, {"entity:Police": "entity:Police, entity:City  # !\n   "}, "several-values", "T1"),
    Case("a subject in quotes", B, {"entity:Police": '"Police"  # !\n   '}, "wants-iri", "T1"),
    Case("two gists in a language", B, {'"市は小さい。"@ja': '"市は小さい。"@ja, "市は大きい。"@ja  # !\n   '}, "several-values", "T2"),
    Case("an unknown entity in Turtle", B, {"entity:Police": "entity:Polise  # !\n   "}, "unknown-entity-near", "T1"),
    Case("an unknown source in Turtle", B, {"claim:T2 a": "claim:T2  # !\n    a", "source:record": "source:rekord"},
         "unknown-source-near", "T2"),
    Case("a blank subject", B, {"entity:Police": "[]  # !\n   "}, "blank-node", "T1"),
    Case("a blank claim", B, {"claim:T2 a": "[]  # !\n    a"}, "nameless-claim", "T2"),
    Case("a literal for an object", B, {"entity:Net": '"Net"@en  # !\n   '}, "wants-object", "T1"),
    Case("an object for a literal", B, {'"小さい"@ja': "entity:Net  # !\n   "}, "wants-value", "T2"),
    Case("a bad date in Turtle", B, {'"2014" ;': '"2014-13" ;  # !'}, "bad-date", "T1"),
    Case("a bad flag in Turtle", B, {"sk:negated true ;": 'sk:negated "perhaps" ;  # !'}, "not-a-flag", "T1"),
    Case("a passage of another source", B, {T1_PASSAGE: T1_PASSAGE.replace("minutes", "record") + "  # !\n   "},
         "bad-passage-iri", "T1"),
    Case("a passage that is none", B, {"#char=30,40> ;": "#page=3> ;  # !"}, "bad-passage-iri", "T1"),
    Case("a reversed passage in Turtle", B, {"claim:T1 a": "claim:T1  # !\n    a", "#char=30,40>": "#char=40,30>"},
         "passage-reversed", "T1"),
    Case("a passage outside, in Turtle", B, {"claim:T1 a": "claim:T1  # !\n    a", "#char=30,40>": "#char=30,400>"},
         "passage-outside", "T1"),
    Case("overlap in Turtle", B, {"claim:T1 a": "claim:T1  # !\n    a", T1_PASSAGE: f"{T1_PASSAGE}, {T1_PASSAGE.replace('40', '50')}"},
         "passages-overlap", "T1"),
    Case("a reading order of other passages", B, {"sk:negated true ;": 'sk:readingOrder "char=1,2" ;  # !'},
         "bad-reading-order", "T1"),
    Case("a confidence beyond 1", B, {"sk:negated true ;": "sk:confidence 1.5 ;  # !"}, "bad-confidence", "T1"),
    Case("a confidence that is none", B, {"sk:negated true ;": 'sk:confidence "NaN" ;  # !'}, "bad-confidence", "T1"),
    Case("a bell in Turtle", B, {"claim:T2 a": "claim:T2  # !\n    a", "市は小さい。": "市は\\u0007小さい。"}, "control-character", "T2"),
    Case("a handle twice, in Turtle", B, {"sk:negated true ;": '<http://purl.org/dc/terms/identifier> "C1" ;  # !'},
         "duplicate-handle", "T1"),
    Case("a reply of nobody", B, {"sk:negated true ;": "sk:reply claim:R ;", "claim:T1 a": "claim:T1  # !\n    a"},
         "missing-key", "T1"),
    Case("a plain triple alone", B, {FILES[B].partition("\n\n")[2]: "entity:Police sk:operates entity:Net .",
         "@prefix sk: <https://w3id.org/sokanzu/ns#> .": "@prefix sk: <https://w3id.org/sokanzu/ns#> .  # !"}, "no-claims", TURTLE),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_mistake_is_one_problem_in_its_place(case: Case, tmp_path: Path) -> None:
    files, want = case.texts()
    folder = lay(tmp_path / "p", files)
    project, problems = read_project(folder)
    assert said(problems, folder) == want
    assert HANDLES - handles(project) == set(case.lost.split())
    assert project.claims or case.lost == ALL


def test_every_message_of_reading_was_provoked() -> None:
    """The corpus covers what it can; the others are about whole files, below."""
    provoked = {code for case in CASES for code in case.codes.split()}
    elsewhere = {"file-too-large", "file-unreadable", "not-a-file", "not-utf8", "folder-unreadable", "ignored-file"}
    elsewhere |= {"toml-deep", "turtle-long", "not-a-project", "project-has-errors", "lookalike-id", "wants-literal"}
    text = (Path(__file__).resolve().parent.parent / "graph" / "messages.toml").read_text(encoding="utf-8")
    ours = re.findall(r"(?m)^\[(.+)\]$", text.partition("# reading")[2].partition("\n# sources\n")[0])
    assert set(ours) - elsewhere - provoked == set()


# --- everything wrong at once


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """One mistake from each of many cases, in one project: as many problems, and what is good stays."""
    chosen = ["entity", "theme", "month 13", "existence", "kind", "no web address", "a bell in Turtle", "document",
              "a long cue", "a number for the title", "a bad date in Turtle", "an id over lines", "no title"]  # fmt: skip
    files: dict[str, str] = dict(FILES)
    want = []
    for case in CASES:
        if case.name in chosen:
            for old, new in case.edits.items():
                assert old in files[case.file]
                files[case.file] = files[case.file].replace(old, new, 1)
            want += case.codes.split()
    folder = lay(tmp_path, dict(files))
    project, problems = read_project(folder)
    found = said(problems, folder)
    marks = {(name, n) for name, text in files.items() for n, row in enumerate(text.split("\n"), 1) if row.endswith("# !")}
    assert sorted(code for code, _, _ in found) == sorted(want) and len(want) == len(chosen) - 1
    assert {(file, line) for _, file, line in found} == marks
    assert {entity.id for entity in project.entities} >= {"City", "Police", "Mori", "Report", "Spare"}


def test_one_claim_with_many_mistakes_names_them_all(tmp_path: Path) -> None:
    claim = """\
  - id: C1
    subject: Nobody
    predicate: zzz
    object: Nothing
    stance: sure
    passages: [[5, 3]]
    negated: maybe
    date: 2014-13
    basedOn: [none]
    colour: red
"""
    folder = lay(tmp_path, {**FILES, A: FILES[A].replace(C1, claim)})
    found = said(read_project(folder)[1], folder)
    assert [(code, line) for code, _, line in found] == [
        ("missing-key", 4), ("unknown-entity", 5), ("unknown-property", 6), ("unknown-entity", 7), ("unknown-choice", 8),
        ("passage-reversed", 9), ("not-a-flag", 10), ("bad-date", 11), ("unknown-handle", 12), ("unknown-key", 13),
    ]  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_is_one_problem_not_a_flood(file: str, tmp_path: Path) -> None:
    for number, content in enumerate([b"\xff\xfe\x00", b"\x00", b'"', b"[[["]):
        folder = lay(tmp_path / str(number), {**FILES, file: content})
        project, problems = read_project(folder)
        found = said(problems, folder)
        assert len(found) == 1 and found[0][1] == file and found[0][2] > 0, found


# --- whole files


def only(problems: list[Problem], folder: Path, *want: tuple[str, str, int]) -> None:
    assert said(problems, folder) == sorted(want, key=lambda w: (w[1], w[2], w[0]))


def test_duplicates_in_other_files_are_found_and_the_first_stays(folder: Path) -> None:
    lay(folder, {
        "entities/more.yaml": "- id: Extra\n  class: Person\n  name: x\n- id: City\n  class: Person\n  name: y\n",
        "claims/z.yaml": FILES[A].partition("  - id: C3")[0].replace("id: C2", "id: D2"),
    })  # fmt: skip
    project, problems = read_project(folder)
    only(problems, folder, ("duplicate-id", "entities/more.yaml", 4), ("duplicate-handle", "claims/z.yaml", 4),
         ("duplicate-claim", "claims/z.yaml", 4), ("duplicate-claim", "claims/z.yaml", 11))  # fmt: skip
    assert [e.cls for e in project.entities if e.id == "City"] == ["GovernmentBody"]
    assert "entities.yaml:1" in problems[-1].message() and len([c for c in project.claims if c.handle == "C1"]) == 1


def test_the_same_claim_in_turtle_and_yaml_is_a_duplicate(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("subject: Police\n    predicate: uses", "subject: Police\n    predicate: operates")
                 .replace("[[10, 20]]", "[[30, 40]]")})  # fmt: skip
    only(read_project(folder)[1], folder, ("duplicate-claim", B, 10))


def test_a_claim_of_a_group_that_names_no_source_is_still_read(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("source: minutes\n", "").replace("alleged", "aleged")})
    only(read_project(folder)[1], folder, ("missing-key", A, 1), ("unknown-choice-near", A, 7))


@pytest.mark.parametrize("file", FILES)
def test_byte_order_marks_and_other_line_ends_do_no_harm(file: str, folder: Path) -> None:
    plain = read_project(folder)[0]
    lay(folder, {file: b"\xef\xbb\xbf" + FILES[file].replace("\n", "\r\n").encode()})
    project, problems = read_project(folder)
    assert problems == [] and project == plain
    lay(folder, {file: FILES[file].replace("\n", "\r\n") + "\r\n\r\n"})
    assert read_project(folder) == (plain, [])


def test_lines_are_counted_the_same_with_other_line_ends(folder: Path) -> None:
    for case in CASES:
        if case.name in ("stance", "a tab", "a NUL", "month 13", "a number for the base", "an unknown stance in Turtle"):
            files, want = case.texts()
            lay(folder, {**files, case.file: str(files[case.file]).replace("\n", "\r\n")})
            assert said(read_project(folder)[1], folder) == want


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-16", "euc_jp"])
def test_another_encoding_is_named_with_its_line(encoding: str, folder: Path) -> None:
    lay(folder, {E: FILES[E].encode(encoding), A: FILES[A].encode(encoding)})
    found = said(read_project(folder)[1], folder)
    line = {A: 10, E: 3} if encoding != "utf-16" else {A: 1, E: 1}
    assert found == [("not-utf8", A, line[A]), ("not-utf8", E, line[E])]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_is_no_accident(file: str, content: str, folder: Path) -> None:
    lay(folder, {file: content})
    codes = {code for code, _, _ in said(read_project(folder)[1], folder)}
    assert codes <= {"missing-key", "unknown-entity", "unknown-entity-near", "unknown-source", "unknown-source-near",
                     "unknown-theme"}  # fmt: skip
    assert ("missing-key" in codes) == (file == T)  # a base is needed; lists may be empty


def test_a_file_of_another_shape(folder: Path) -> None:
    lay(folder, {E: "City: {class: GovernmentBody}\n", S: "minutes\n", A: "- C1\n- [C2]\n"})
    only(read_project(folder)[1], folder, ("not-a-list", E, 1), ("not-a-list", S, 1), ("not-a-mapping", A, 1),
         ("not-a-mapping", A, 2))  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_folder_where_a_file_should_be(file: str, folder: Path) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    only(read_project(folder)[1], folder, ("not-a-file", file, 0))


@pytest.mark.parametrize("file", FILES)
def test_links_that_lead_nowhere(file: str, folder: Path) -> None:
    (folder / file).unlink()
    (folder / file).symlink_to(folder / file)  # to itself
    only(read_project(folder)[1], folder, ("file-unreadable", file, 0))
    (folder / file).unlink()
    (folder / file).symlink_to(folder / "gone")
    only(read_project(folder)[1], folder, ("file-unreadable", file, 0))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("file", FILES)
def test_a_pipe_keeps_nobody_waiting(file: str, folder: Path) -> None:
    (folder / file).unlink()
    os.mkfifo(folder / file)
    only(read_project(folder)[1], folder, ("not-a-file", file, 0))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind nobody who is root")
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_may_not_be_read(file: str, folder: Path) -> None:
    (folder / file).chmod(0)
    only(read_project(folder)[1], folder, ("file-unreadable", file, 0))


@pytest.mark.parametrize("place", ["claims", "entities"])
def test_a_file_where_a_folder_should_be(place: str, folder: Path) -> None:
    for path in (folder / place).glob("*"):
        path.unlink()
    (folder / place).rmdir() if (folder / place).exists() else None
    (folder / place).write_text("oops", encoding="utf-8")
    only(read_project(folder)[1], folder, ("folder-unreadable", place, 0))


@pytest.mark.parametrize("file", FILES)
def test_a_huge_file_is_not_read(file: str, folder: Path) -> None:
    with (folder / file).open("r+b") as hole:
        hole.truncate(200 << 20)
    start = time.perf_counter()
    project, problems = read_project(folder)
    only(problems, folder, ("file-too-large", file, 0))
    assert "200" in problems[0].message() and time.perf_counter() - start < 5


def test_files_that_nobody_would_read_are_named(folder: Path) -> None:
    (folder / "claims" / "2016").mkdir()
    strays = ["claims/x.yml", "claims/X.YAML", "claims/x.json", "entities/x.yml", "sources.yml", "claims.yaml", "Entities.yaml"]
    lay(folder, {**dict.fromkeys(strays, "[]"), "claims/notes.md": "", "entities/README.txt": "", ".claims.yaml": "{"})
    lay(folder, {"claims/._a.yaml": b"\x00\x05\x16\x07", "claims/.#a.yaml": "x", "claims/a.yaml~": "x"})
    project, problems = read_project(folder)
    only(problems, folder, *(("ignored-file", name, 0) for name in [*strays, "claims/2016"]))
    assert {p.severity for p in problems} == {Severity.warning} and handles(project) == HANDLES


def test_a_file_name_with_anything_in_it_stays_on_one_line(folder: Path) -> None:
    name = b"a\nb\x1b[31m\xff.yaml".decode(errors="surrogateescape")
    try:
        lay(folder, {f"claims/{name}": "["})
    except OSError:
        pytest.skip("this file system takes no such names")
    (problem,) = read_project(folder)[1]
    assert problem.line("ja").encode() and "\n" not in problem.line("ja") and "\x1b" not in problem.line("ja")


# --- what must not blow up


BOMBS = {
    "billion laughs": "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 300_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(1000)),
    "quotes": "'" * 1_000_000,
    "anchors": "".join(f"&a{n} " for n in range(100_000)),
    "one long word": "a" * 3_000_000,
    "many documents": "---\n" * 300_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("file", [E, A])
def test_a_bomb_is_an_error_and_soon(bomb: str, file: str, folder: Path) -> None:
    lay(folder, {file: BOMBS[bomb]})
    start = time.perf_counter()
    problems = read_project(folder)[1]
    assert said(problems, folder)[0][1] == file and time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{a = " * 20_000, "a = 1" + "0" * 100_000])
def test_a_bomb_in_toml(text: str, folder: Path) -> None:
    lay(folder, {T: text})
    ((code, file, _),) = said(read_project(folder)[1], folder)
    assert code in ("toml-deep", "toml-syntax") and file == T


def test_many_passages_and_many_unknown_names_take_no_absurd_time(folder: Path) -> None:
    many = ", ".join(f"[{n}, {n + 1}]" for n in range(40_000, 0, -1))
    names = "".join(FILES[A].partition("claims:\n")[2].partition("  - id: C2")[0].replace("City", f"Citizen{n}")
                    .replace("C1", f"X{n}") for n in range(500))  # fmt: skip
    lay(folder, {A: FILES[A].replace("[[10, 20]]", f"[{many}]") + names})
    start = time.perf_counter()
    problems = read_project(folder)[1]
    assert len([p for p in problems if p.code.startswith("unknown-entity")]) == 500
    assert time.perf_counter() - start < 10


def test_a_very_long_literal_is_read_and_a_longer_one_refused(folder: Path) -> None:
    long = "長" * (15 * 1024 * 1024 // 3)
    lay(folder, {B: FILES[B].replace("市は小さい。", long)})
    start = time.perf_counter()
    project, problems = read_project(folder)
    assert problems == [] and time.perf_counter() - start < 10
    assert next(c for c in project.claims if c.handle == "T2").gist["ja"] == long
    lay(folder, {B: FILES[B].replace("市は小さい。", long * 2)})
    only(read_project(folder)[1], folder, ("turtle-long", B, 0))


def test_a_very_long_name_is_not_repeated_in_full(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("providesDataTo", "x" * 1_000_000)})
    assert len(read_project(folder)[1][0].message()) < 400


def test_what_a_file_holds_cannot_steer_a_terminal(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("predicate: providesDataTo", 'predicate: "\\e[2J\\r\\nok\u202e"')})
    messages = [p.line(lang) for p in read_project(folder)[1] for lang in ("ja", "en")]
    assert messages and all(c.isprintable() for message in messages for c in message)


# --- names


@pytest.mark.parametrize("name", ['"quoted" and \'so\'', "<script>alert(1)</script>", "a & b; {message} %s \\n", "株式会社　甲"])
def test_a_name_is_kept_as_it_is(name: str, folder: Path) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    lay(folder, {E: FILES[E].replace("{ja: 予備, en: Spare}", quoted)})
    project, report, _ = prepare(folder)
    assert report.errors == 0
    found = project.entity("Spare")
    assert found and dict(found.name) == {"ja": name}


def test_an_id_is_the_same_however_its_accents_are_written(folder: Path) -> None:
    composed, pieces = "カメラが網", "カメラか\u3099網"
    lay(folder, {
        E: FILES[E].replace("id: Net", f"id: {pieces}").replace("theme: cameras", f"theme: {pieces}"),
        A: FILES[A].replace("object: Net", f"object: {composed}").replace("subject: Net", f"subject: {pieces}"),
        B: FILES[B].replace("entity:Net", f"entity:{pieces}"),
        T: FILES[T].replace('"cameras"', f'"{composed}"'),
    })  # fmt: skip
    project, problems = read_project(folder)
    assert problems == [] and project.entity(composed) and handles(project) == HANDLES


@pytest.mark.parametrize("other", ["Ｃｉｔｙ", "city", "CITY", "ＣiTy"])
def test_ids_that_look_alike_stay_two_and_are_named(other: str, folder: Path) -> None:
    lay(folder, {E: FILES[E].replace("id: Spare", f"id: {other}")})
    project, problems = read_project(folder)
    only(problems, folder, ("lookalike-id", E, 19))
    assert problems[0].severity is Severity.warning and {"City", other} <= {e.id for e in project.entities}
    lay(folder, {A: FILES[A].replace("subject: City", f"subject: {other}")})
    assert {c.subject for c in read_project(folder)[0].claims} >= {other}


def test_a_source_that_looks_like_another(folder: Path) -> None:
    lay(folder, {S: FILES[S] + "- {id: Minutes, title: x}\n"})
    only(read_project(folder)[1], folder, ("lookalike-id", S, 12))


# --- texts


def test_a_text_that_cannot_be_used_never_stops_the_build(folder: Path) -> None:
    lay(folder, {"sources/a.pdf": b"%PDF \xff", "sources/empty.txt": b""})
    (folder / "sources" / "loop").symlink_to(folder / "sources" / "loop")
    (folder / "sources" / "inner").mkdir()
    with (folder / "sources" / "large.bin").open("wb") as hole:
        hole.truncate(200 << 20)
    project, texts, problems = attach(read_project(folder)[0])
    assert texts == {} and {p.severity for p in problems} <= {Severity.warning}
    assert said(problems, folder) == [("file-too-large", "sources/large.bin", 0)]


def test_a_quote_in_turtle_counts_only_where_the_text_bears_it_out(folder: Path) -> None:
    lay(folder, {B: FILES[B].replace("sk:negated true ;", 'sk:quote "invented"@en ;')})
    project, problems = read_project(folder)
    assert problems == [] and not any(c.quote for c in attach(project)[0].claims)


def test_a_text_of_another_length_is_named(folder: Path) -> None:
    lay(folder, {"sources/record.txt": "これは記録です。", S: FILES[S] + "  file: record.txt\n  characters: 99\n"})
    project, texts, problems = attach(read_project(folder)[0])
    only(problems, folder, ("wrong-length", S, 9))
    assert texts == {} and problems[0].severity is Severity.warning


# --- what only the whole graph shows


def found_by_shapes(folder: Path) -> list[tuple[str, str, int]]:
    report = prepare(folder)[1]
    said(list(report.problems), folder)
    return [(p.code, Path(p.where.file).name, p.where.line) for p in report.problems if p.severity is Severity.error]


def test_an_inferred_claim_about_a_person_needs_a_reason(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("object: Police", "object: Mori")})
    assert ("shape", "a.yaml", 4) in found_by_shapes(folder)
    lay(folder, {A: FILES[A].replace("object: Police", "object: Mori\n    reason: {ja: 本人が公にした。, en: Made public.}")})
    assert found_by_shapes(folder) == []


def test_what_does_not_fit_the_property_is_found(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("predicate: uses", "predicate: holdsPostIn")})
    assert {(file, line) for _, file, line in found_by_shapes(folder)} == {("a.yaml", 11)}


@pytest.mark.parametrize("case", [case for case in CASES if "-near" not in case.codes], ids=lambda case: case.name)
def test_a_project_with_mistakes_can_be_checked_and_shown(case: Case, tmp_path: Path) -> None:
    """What is left out of it leaves nothing behind that the graph would trip over, or complain of again."""
    folder = lay(tmp_path, case.texts()[0])
    project, report, _ = prepare(folder)
    said(list(report.problems), folder)
    assert not [p for p in report.problems if p.code == "shape" and p.severity is Severity.error]
    assert report.text("ja") and report.json()


# --- anything at all


def nothing_raised(folder: Path) -> Project:
    start = time.perf_counter()
    project, problems = read_project(folder)
    said(problems, folder)
    assert time.perf_counter() - start < 10
    assert len({c.handle for c in project.claims if c.handle}) == len([c for c in project.claims if c.handle])
    assert all(c.passages or c.place for c in project.claims), "no evidence, no claim"
    assert all(c.subject and c.object != "" and c.gist and c.source for c in project.claims)
    return project


MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@MANY
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode(errors="replace")))
def test_any_bytes_for_a_file(file: str, content: bytes) -> None:
    with changed({file: content}) as folder:
        nothing_raised(folder)


@settings(MANY, max_examples=150)
@given(st.data())
def test_any_mutation_of_a_file(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    with changed({file: data.draw(strategies.mutations(FILES[file]))}) as folder:
        nothing_raised(folder)


@MANY
@given(st.sampled_from([S, E, A]), strategies.yaml_files)
def test_any_tree_for_a_file(file: str, content: str) -> None:
    with changed({file: content}) as folder:
        nothing_raised(folder)


@MANY
@given(st.fixed_dictionaries({}, optional=strategies.record_files))
def test_any_values_in_records(files: dict[str, str]) -> None:
    with changed(files) as folder:
        nothing_raised(folder)


@FEW
@given(st.data())
def test_whatever_is_read_can_be_stored_and_checked(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    files = data.draw(st.fixed_dictionaries({}, optional=strategies.record_files))
    with changed({file: data.draw(strategies.mutations(FILES[file])), **files}) as folder:
        report = prepare(folder)[1]
        said(list(report.problems), folder)
