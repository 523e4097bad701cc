"""A good project, and what can be wrong with it: one mistake each, with the problem that it must make."""

from __future__ import annotations

from dataclasses import dataclass

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
    Case(
        "dates reversed", A, {"date: 2014-06": "validFrom: 2015\n    validTo: 2014-12  # !"}, "dates-reversed", "C2 C3"
    ),
    Case(
        "words for a date",
        A,
        {"predicate: status": "predicate: startDate", VALUE: "value: soon  # !"},
        "bad-date",
        "C3",
    ),
    # passages
    Case("outside", A, {"[[10, 20]]": "[[10, 101]]  # !"}, "passage-outside", "C2 C3"),
    Case("overlap", A, {" [[0, 5], [7, 9]]": "\n      - [0, 5]\n      - [4, 9]  # !"}, "passages-overlap", "C1"),
    Case(
        "one in another",
        A,
        {" [[0, 5], [7, 9]]": "\n    - [7, 9]\n    - [0, 5]\n    - [3, 4]  # !"},
        "passages-overlap",
        "C1",
    ),
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
    Case("a dispute without a note", A, key("review: disputed  # !"), "review-needs-note", "C1"),
    Case("a long cue", A, key("cue: たぶんそうではないかと思われる  # !"), "long-cue", "C1"),
    # ids
    Case("duplicate entity", E, {SPARE: "- id: City  # !\n  class: Organization\n  name: 市\n"}, "duplicate-id"),
    Case("duplicate source", S, {"- id: record": "- id: minutes  # !\n  title: Again\n- id: record"}, "duplicate-id"),
    Case(
        "duplicate handle",
        A,
        {"- id: C2\n    subject: Police": "- subject: Police\n    id: C1  # !", "    basedOn: [C2]\n": ""},
        "duplicate-handle",
        "C2",
    ),
    Case(
        "duplicate claim", A, {"  - id: C2": C1.replace("- id: C1", "- id: C9  # !") + "  - id: C2"}, "duplicate-claim"
    ),
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
    Case(
        "a reply's address",
        A,
        key("reply:\n    - by: City\n      gist: 否\n      address: data:text/html,x  # !"),
        "bad-address",
    ),
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
    Case(
        "no predicate",
        B,
        {"claim:T1 a": "claim:T1  # !\n    a", "    rdf:predicate sk:operates ;\n": ""},
        "missing-key",
        "T1",
    ),
    Case(
        "no stance in Turtle", B, {"claim:T1 a": "claim:T1  # !\n    a", f"    {T1_STANCE}\n": ""}, "missing-key", "T1"
    ),
    Case(
        "no source in Turtle",
        B,
        {"claim:T2 a": "claim:T2  # !\n    a", "    prov:wasDerivedFrom source:record ;\n": ""},
        "missing-key",
        "T2",
    ),
    Case(
        "no place in Turtle",
        B,
        {"claim:T2 a": "claim:T2  # !\n    a", '    sk:place "p. 1"@en ;\n': ""},
        "claim-without-place",
        "T2",
    ),
    Case(
        "no gist in Turtle",
        B,
        {"claim:T2 a": "claim:T2  # !\n    a", ' ;\n    sk:gist "市は小さい。"@ja': ""},
        "missing-key",
        "T2",
    ),
    Case("an unknown term", B, {"sk:negated true ;": "sk:negatedd true ;  # !"}, "unknown-key-near", "T1"),
    Case("an unknown term far off", B, {"sk:negated true ;": "sk:zzz true ;  # !"}, "unknown-key", "T1"),
    Case("a foreign property", B, {"sk:negated true ;": 'rdf:first "x" ;  # !'}, "triple-left-out"),
    Case("an unknown property in Turtle", B, {"sk:operates": "sk:operate  # !\n   "}, "unknown-property-near", "T1"),
    Case("an unknown stance in Turtle", B, {"stance:stated": "stance:statted  # !\n   "}, "unknown-choice-near", "T1"),
    Case("a stance in quotes", B, {"stance:stated": '"stated"  # !\n   '}, "wants-iri", "T1"),
    Case("two stances", B, {"stance:stated": "stance:stated, stance:alleged  # !\n   "}, "several-values", "T1"),
    Case("two subjects", B, {"entity:Police": "entity:Police, entity:City  # !\n   "}, "several-values", "T1"),
    Case("a subject in quotes", B, {"entity:Police": '"Police"  # !\n   '}, "wants-iri", "T1"),
    Case(
        "two gists in a language",
        B,
        {'"市は小さい。"@ja': '"市は小さい。"@ja, "市は大きい。"@ja  # !\n   '},
        "several-values",
        "T2",
    ),
    Case("an unknown entity in Turtle", B, {"entity:Police": "entity:Polise  # !\n   "}, "unknown-entity-near", "T1"),
    Case(
        "an unknown source in Turtle",
        B,
        {"claim:T2 a": "claim:T2  # !\n    a", "source:record": "source:rekord"},
        "unknown-source-near",
        "T2",
    ),
    Case("a blank subject", B, {"entity:Police": "[]  # !\n   "}, "blank-node", "T1"),
    Case("a blank claim", B, {"claim:T2 a": "[]  # !\n    a"}, "nameless-claim", "T2"),
    Case("a literal for an object", B, {"entity:Net": '"Net"@en  # !\n   '}, "wants-object", "T1"),
    Case("an object for a literal", B, {'"小さい"@ja': "entity:Net  # !\n   "}, "wants-value", "T2"),
    Case("a bad date in Turtle", B, {'"2014" ;': '"2014-13" ;  # !'}, "bad-date", "T1"),
    Case("a bad flag in Turtle", B, {"sk:negated true ;": 'sk:negated "perhaps" ;  # !'}, "not-a-flag", "T1"),
    Case(
        "a passage of another source",
        B,
        {T1_PASSAGE: T1_PASSAGE.replace("minutes", "record") + "  # !\n   "},
        "bad-passage-iri",
        "T1",
    ),
    Case("a passage that is none", B, {"#char=30,40> ;": "#page=3> ;  # !"}, "bad-passage-iri", "T1"),
    Case(
        "a reversed passage in Turtle",
        B,
        {"claim:T1 a": "claim:T1  # !\n    a", "#char=30,40>": "#char=40,30>"},
        "passage-reversed",
        "T1",
    ),
    Case(
        "a passage outside, in Turtle",
        B,
        {"claim:T1 a": "claim:T1  # !\n    a", "#char=30,40>": "#char=30,400>"},
        "passage-outside",
        "T1",
    ),
    Case(
        "overlap in Turtle",
        B,
        {"claim:T1 a": "claim:T1  # !\n    a", T1_PASSAGE: f"{T1_PASSAGE}, {T1_PASSAGE.replace('40', '50')}"},
        "passages-overlap",
        "T1",
    ),
    Case(
        "a reading order of other passages",
        B,
        {"sk:negated true ;": 'sk:readingOrder "char=1,2" ;  # !'},
        "bad-reading-order",
        "T1",
    ),
    Case("a confidence beyond 1", B, {"sk:negated true ;": "sk:confidence 1.5 ;  # !"}, "bad-confidence", "T1"),
    Case("a confidence that is none", B, {"sk:negated true ;": 'sk:confidence "NaN" ;  # !'}, "bad-confidence", "T1"),
    Case(
        "a bell in Turtle",
        B,
        {"claim:T2 a": "claim:T2  # !\n    a", "市は小さい。": "市は\\u0007小さい。"},
        "control-character",
        "T2",
    ),
    Case(
        "a handle twice, in Turtle",
        B,
        {"sk:negated true ;": '<http://purl.org/dc/terms/identifier> "C1" ;  # !'},
        "duplicate-handle",
        "T1",
    ),
    Case(
        "a reply of nobody",
        B,
        {"sk:negated true ;": "sk:reply claim:R ;", "claim:T1 a": "claim:T1  # !\n    a"},
        "missing-key",
        "T1",
    ),
    Case(
        "a plain triple alone",
        B,
        {
            FILES[B].partition("\n\n")[2]: "entity:Police sk:operates entity:Net .",
            "@prefix sk: <https://w3id.org/sokanzu/ns#> .": "@prefix sk: <https://w3id.org/sokanzu/ns#> .  # !",
        },
        "no-claims",
        TURTLE,
    ),
]
