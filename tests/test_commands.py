"""The real command, as a person types it: what it writes, what it says, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

HOUSE = Path(__file__).resolve().parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def sokanzu(*words: str, cwd: Path, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "sokanzu", *words],
        cwd=cwd,
        env=known,
        input=stdin,
        text=True,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the bundled project was built."""
    folder = tmp_path_factory.mktemp("here")
    made = sokanzu("build", cwd=folder)
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.splitlines()) == 3, "build says in three lines what it made"
    assert made.stderr == "", "progress is for terminals"
    yield folder


def test_build_writes_what_it_says(here: Path) -> None:
    for name in ("graph.ttl", "chart.html", "network.html"):
        assert (here / "build" / name).stat().st_size > 10_000
    head = (here / "build" / "graph.ttl").read_text(encoding="utf-8")[:1500]
    for part in (
        "不正や違法を意味しない",
        "Inclusion implies no wrongdoing",
        "creativecommons.org/licenses/by/4.0",
        "@prefix",
    ):
        assert part in head


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its Dataset warns of its own insides
@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"])
def test_exports_are_the_same_twice_and_load_elsewhere(here: Path, format: str) -> None:
    one, two = (sokanzu("export", "-f", format, cwd=here) for _ in range(2))
    assert one.returncode == 0 and one.stdout == two.stdout != ""
    theirs = rdflib.Dataset(default_union=True) if format in ("trig", "nquads") else rdflib.Graph()
    names = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
    theirs.parse(data=one.stdout, format=names.get(format, format))
    kinds = {"turtle": "TURTLE", "trig": "TRIG", "nquads": "N_QUADS", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD"}
    kind = getattr(pyoxigraph.RdfFormat, kinds.get(format, "RDF_XML"))
    ours = {q.triple for q in pyoxigraph.parse(one.stdout, format=kind)}
    assert len(ours) == len({(s, p, o) for s, p, o, *_ in theirs}) > 3000
    assert sokanzu("export", "-f", format, "-o", "x", cwd=here).returncode == 0
    assert (here / "x").read_text(encoding="utf-8") == one.stdout


def test_the_exported_turtle_is_the_one_that_build_wrote(here: Path) -> None:
    assert sokanzu("export", cwd=here).stdout == (here / "build" / "graph.ttl").read_text(encoding="utf-8")


def test_the_core_profile_holds_no_claims(here: Path) -> None:
    core = sokanzu("export", "--profile", "core", cwd=here).stdout
    graph = rdflib.Graph().parse(data=core, format="turtle")
    sk = rdflib.Namespace("https://w3id.org/sokanzu/ns#")
    assert (None, rdflib.RDF.type, sk.Claim) not in graph
    nspo = rdflib.URIRef("https://w3id.org/sokanzu/id/entity/NationalShopliftingPreventionOrganization")
    assert (nspo, sk.issues, None) in graph and (nspo, sk.sharesDataWith, None) not in graph


def test_a_proposal_is_no_fact_and_is_found_as_a_claim(here: Path) -> None:
    asked = "SELECT ?o { entity:NationalShopliftingPreventionOrganization sk:sharesDataWith ?o }"
    assert sokanzu("query", asked, "-f", "csv", cwd=here).stdout.split() == ["o"]
    asked = """SELECT ?id ?stance { ?c rdf:subject entity:NationalShopliftingPreventionOrganization ;
      rdf:predicate sk:sharesDataWith ; rdf:object entity:Police ;
      sk:stance ?stance ; dcterms:identifier ?id ; prov:wasDerivedFrom source:newsletter-2016 } ORDER BY ?id"""
    rows = sokanzu("query", asked, "-f", "csv", cwd=here).stdout.split()[1:]
    assert rows == [f"{id},https://w3id.org/sokanzu/stance/proposed" for id in ("C018", "C039", "C043")]


def test_questions_come_from_text_file_name_and_standard_input(here: Path) -> None:
    (here / "q.rq").write_text("ASK {}", encoding="utf-8")
    assert sokanzu("query", "ASK {}", cwd=here).stdout == "true\n"
    assert sokanzu("query", "--file", "q.rq", cwd=here).stdout == "true\n"
    assert sokanzu("query", cwd=here, stdin="ASK {}").stdout == "true\n"
    assert sokanzu("query", "-", cwd=here, stdin="ASK {}").stdout == "true\n"
    listed = sokanzu("query", "--list", cwd=here).stdout
    assert all(f"CQ{n:02}" in listed for n in range(1, 16))
    assert "竹花" in sokanzu("--lang", "ja", "query", "--name", "cq13", cwd=here).stdout


def test_one_source_can_be_asked_alone(here: Path) -> None:
    asked = "SELECT DISTINCT ?s { ?c prov:wasDerivedFrom ?s }"
    assert sokanzu("query", asked, "--source", "newsletter-2016", "-f", "csv", cwd=here).stdout.split()[1:] == [
        "https://w3id.org/sokanzu/id/source/newsletter-2016"
    ]
    plain = "ASK { GRAPH graph:asserted { entity:NationalShopliftingPreventionOrganization sk:administers ?x } }"
    assert sokanzu("query", plain, cwd=here).stdout == "true\n"
    assert sokanzu("query", plain, "--source", "newsletter-2016", cwd=here).stdout == "false\n"
    wrong = sokanzu("query", plain, "--source", "newsletter", cwd=here)
    assert wrong.returncode == 2 and "newsletter-2016" in wrong.stderr


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("警", "NationalPoliceAgency"),
        ("takehana", "TakehanaYutaka"),
        ("takehna", "TakehanaYutaka"),
        ("ﾏｲﾅﾝﾊﾞｰ", "MyNumberSystem"),
        ("警察庁", "NationalPoliceAgency"),
        ("NPA", "NationalPoliceAgency"),
    ],
)
def test_names_are_found(here: Path, typed: str, found: str) -> None:
    assert found in sokanzu("find", typed, cwd=here).stdout


def test_police_names_stay_three(here: Path) -> None:
    ids = {
        typed: sokanzu("show", typed, cwd=here).stdout.splitlines()[0].split()[-1]
        for typed in ("警察", "警察庁", "警視庁")
    }
    assert ids == {"警察": "Police", "警察庁": "NationalPoliceAgency", "警視庁": "MetropolitanPoliceDepartment"}


def test_show_tells_a_claim_with_everything_that_matters(here: Path) -> None:
    told = sokanzu("--lang", "ja", "show", "C061", cwd=here).stdout
    for part in ("推測", "出典", "1451", "注記"):
        assert part in told
    assert (
        "The opposite is said in" in sokanzu("show", "K03", cwd=here).stdout
        or "negated" in sokanzu("show", "K03", cwd=here).stdout
    )


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["show", "警"], 2, "NationalPoliceAgency"),
        (["show", "zzzzzz"], 2, "zzzzzz"),
        (["find", "qqqqqqqq"], 1, "qqqqqqqq"),
        (["query", "SELECT"], 1, "line 1"),
        (["query", "ASK {}", "--name", "CQ01"], 2, "one question"),
        (["query", "--name", "CQ99"], 2, "CQ01"),
        (["query", "ASK {}", "-f", "pdf"], 2, "csv"),
        (["query", "ASK {}", "--set", "x"], 2, "--set"),
        (["export", "-f", "docx"], 2, "turtle"),
        (["export", "--profile", "huge"], 2, "core"),
        (["export", "-o", "/proc/nowhere/x.ttl"], 1, "cannot be written"),
        (["chart", "-o", "x.docx"], 2, ".svg"),
        (["check", "-f", "html"], 2, "shacl"),
        (["build", "-p", "nowhere"], 2, "sokanzu new"),
        (["new", "build"], 2, "not an empty folder"),
        (["query", "ASK {}", "-p", "other"], 2, "--build"),
    ],
)
def test_a_wrong_command_is_answered_in_one_sentence(here: Path, words: list[str], code: int, says: str) -> None:
    if not (here / "other").exists():
        assert sokanzu("new", "other", cwd=here).returncode == 0
    for lang in ("en", "ja"):
        done = sokanzu("--lang", lang, *words, cwd=here)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""
        if lang == "en":
            assert says in done.stderr


def test_a_new_project_builds_at_once(tmp_path: Path) -> None:
    assert sokanzu("new", "mine", cwd=tmp_path).returncode == 0
    done = sokanzu("build", cwd=tmp_path / "mine")
    assert done.returncode == 0, done.stderr
    checked = json.loads(sokanzu("check", "-f", "json", cwd=tmp_path / "mine").stdout)
    assert checked["errors"] == 0 and {f["severity"] for f in checked["findings"]} <= {"info"}
    answer = sokanzu("query", "--name", "Q01", cwd=tmp_path / "mine").stdout
    assert "alleged" in answer and "A3" in answer
    assert "「" in sokanzu("show", "A2", cwd=tmp_path / "mine").stdout, "the exact words are shown"


def test_errors_stop_the_build_and_the_old_graph_still_answers(tmp_path: Path) -> None:
    mine = Path(shutil.copytree(HOUSE / "graph" / "blank", tmp_path / "mine"))
    assert sokanzu("build", cwd=mine).returncode == 0
    claims = mine / "claims" / "example-minutes.yaml"
    good = claims.read_text(encoding="utf-8")
    claims.write_text(
        good.replace("hasAgreementWith", "hasAgreementwith").replace("stance: alleged", "stance: aledged"),
        encoding="utf-8",
    )
    done = sokanzu("build", cwd=mine)
    assert done.returncode == 1
    assert "claims/example-minutes.yaml:" in done.stderr
    assert "did you mean “hasAgreementWith”" in done.stderr and "did you mean “alleged”" in done.stderr
    asked = sokanzu("query", "ASK { ?a sk:hasAgreementWith ?b }", cwd=mine)
    assert asked.stdout == "true\n" and "changed" in asked.stderr
    report = sokanzu("check", cwd=mine)
    assert report.returncode == 1 and "errors 2" in report.stdout
    claims.write_text(good, encoding="utf-8")
    assert sokanzu("check", cwd=mine).returncode == 0


def test_the_shacl_report_is_shacl(tmp_path: Path) -> None:
    mine = Path(shutil.copytree(HOUSE / "graph" / "blank", tmp_path / "mine"))
    claims = mine / "claims" / "example-minutes.yaml"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace("object: ExamplePoliceStation", "object: StationCameras", 1),
        encoding="utf-8",
    )
    done = sokanzu("check", "-f", "shacl", cwd=mine)
    graph = rdflib.Graph().parse(data=done.stdout, format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert done.returncode == 1 and (None, sh.conforms, rdflib.Literal(False)) in graph
    assert (None, rdflib.RDF.type, sh.ValidationResult) in graph
    line = next(row for row in sokanzu("check", cwd=mine).stdout.splitlines() if row.startswith("error"))
    assert "claims/example-minutes.yaml:8" in line


def test_the_newsletters_words_come_with_its_text(here: Path, tmp_path: Path) -> None:
    text = os.environ.get("SOKANZU_NEWSLETTER")
    if not text:
        pytest.skip("SOKANZU_NEWSLETTER does not name the newsletter's text")
    assert sokanzu("build", "-o", str(tmp_path), "--source", text, cwd=here).returncode == 0
    asked = """SELECT (COUNT(?q) AS ?n) {
      ?c prov:wasDerivedFrom source:newsletter-2016 ; sk:method sk:curated ; sk:quote ?q }"""
    assert sokanzu("query", asked, "-b", str(tmp_path), "-f", "csv", cwd=here).stdout.split() == ["n", "96"]


def test_japanese_is_spoken_where_the_locale_is_japanese(here: Path) -> None:
    done = sokanzu("query", "SELECT", cwd=here, LC_ALL="ja_JP.UTF-8")
    assert "行目" in done.stderr
    assert "警察庁" in sokanzu("find", "NPA", cwd=here, LC_ALL="ja_JP.eucJP", PYTHONUTF8="0").stdout


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals here")
def test_a_terminal_sees_the_stages_and_is_left_clean(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "sokanzu", "build", "-p", str(HOUSE / "graph" / "blank")]
    known = {**os.environ, "PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, cwd=tmp_path, env=known, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    seen = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert [part.strip()[:3] for part in seen.split("\r\x1b[K") if part] == [f"{n}/7" for n in range(1, 8)]
    assert seen.endswith("…\r\x1b[K"), "the last stage stays until it is over, then the line is wiped"
