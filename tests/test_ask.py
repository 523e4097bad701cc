"""Questions: prefixes known, formats, refusals in one sentence, and nothing that outlives its budget."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from graph.ask import ask, on_deep_stack, write_answer
from graph.errors import QueryError, UsageError
from graph.rdf import prefixes

BASE = "https://example.org/p/"
KNOWN = prefixes(BASE)
HOUSE = Path(__file__).resolve().parent.parent


@pytest.fixture
def store() -> Store:
    store = Store()
    for number, name in enumerate(("警察", "<script>", 'a,b\n"c"', "\u202eevil\x1b[2J")):
        node = NamedNode(f"{BASE}entity/E{number}")
        store.add(Quad(node, NamedNode(KNOWN["rdfs"] + "label"), Literal(name), NamedNode(KNOWN["graph"] + "entities")))
    return store


def answer(store: Store, text: str, format: str) -> str:
    out = io.BytesIO()
    write_answer(ask(store, text, KNOWN), format, out, KNOWN)
    return out.getvalue().decode()


ROWS = "SELECT ?e ?name { ?e rdfs:label ?name } ORDER BY ?e"


def test_every_format_holds_the_same_rows(store: Store) -> None:
    rows = json.loads(answer(store, ROWS, "json"))["results"]["bindings"]
    assert rows[0]["name"]["value"] == "警察"
    assert answer(store, ROWS, "csv").splitlines()[1] == f"{BASE}entity/E0,警察"
    assert answer(store, ROWS, "tsv").splitlines()[1] == f'<{BASE}entity/E0>\t"警察"'
    assert "<literal>&lt;script&gt;</literal>" in answer(store, ROWS, "xml")
    assert answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", "nt").count("\n") == 4
    assert "entity:E0 rdfs:label" in answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", "ttl")
    assert "警察" in answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", "jsonld")
    assert [answer(store, "ASK { ?s ?p ?o }", f).strip() for f in ("table", "csv", "tsv")] == ["true"] * 3
    assert json.loads(answer(store, "ASK {}", "json"))["boolean"] is True


def test_a_table_lines_up_and_cannot_forge_the_terminal(store: Store) -> None:
    lines = answer(store, ROWS, "table").splitlines()
    assert lines[0].split() == ["e", "name"]
    assert lines[2].startswith("entity:E0")
    assert len(lines) == 6, "a newline in a name must not make a row"
    assert not any(c in "".join(lines) for c in "\x1b\u202e")


def test_a_table_shows_the_readers_language(store: Store) -> None:
    asked = "SELECT ?ja ?en ?c { VALUES (?ja ?en ?c) { ('警察' 'police' 1) } }"
    for lang, want in (("ja", ["ja", "c"]), ("en", ["en", "c"]), ("", ["ja", "en", "c"])):
        out = io.BytesIO()
        write_answer(ask(store, asked, KNOWN), "table", out, KNOWN, lang)
        assert out.getvalue().decode().splitlines()[0].split() == want
    out = io.BytesIO()
    write_answer(ask(store, asked, KNOWN), "csv", out, KNOWN, "ja")
    assert out.getvalue().decode().startswith("ja,en,c"), "files hold everything"


def test_the_union_of_all_graphs_is_asked(store: Store) -> None:
    assert answer(store, "ASK { ?s rdfs:label '警察' }", "table") == "true\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SELECT ?x WHERE { ?x a }", "query-syntax"),
        ("SELEC", "query-syntax"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "query-service"),
        ("SELECT * { service silent <http://localhost/> { ?s ?p ?o } }", "query-service"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, "query-too-deep"),
        ("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "query-too-deep"),
        ("#" * 200_000, "query-too-long"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "query-syntax"),
        ("LOAD <http://localhost/>", "query-syntax"),
    ],
)
def test_refusals_say_why(store: Store, text: str, code: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, text, KNOWN)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        assert caught.value.message(lang)


FREE = [
    "SELECT * { ?s ?p 'SERVICE' } # SERVICE <http://localhost/> {}",
    "SELECT ?service { ?service a <x:SERVICE> }",
    'SELECT * { ?s ?p """ SERVICE <http://localhost/> { } """ }',
    "SELECT * { entity:SecurityServicesIndustry ?p ?o . ?s ?p entity:Service }",
    "PREFIX service: <x:> SELECT * { ?s service:service ?o FILTER(CONTAINS(STR(?o), 'service')) }",
]


@pytest.mark.parametrize("text", FREE)
def test_the_word_service_is_free_elsewhere(store: Store, text: str) -> None:
    assert answer(store, text, "csv")


def test_nothing_is_sent_anywhere() -> None:
    """Every spelling of SERVICE that may get past a look at the text, with a server that counts who calls."""
    calls: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    before = ["", "?s ?p ?o.", "?s ?p ?o .", "?s ?p 1", "?s ?p true", "?s ?p 'a'@en.", "?s ?p ex:a.", "?s ?p ex:a ;."]
    before += ["{}", "FILTER(1=1)", "BIND(1 AS ?z)", "[].", "_:b ?p _:c.", "?s ?p ?o .#x\n", "#\r", "\ufeff"]
    before += [r"?s ?p <http://e/\u0041#x> . ", "?s ?p ?o FILTER(1<2)#>'''\n", "?s ?p ?o FILTER(1<2#>'''\n)"]
    words = ["SERVICE", "service", "SERVICE SILENT", "SERVICESILENT", r"\u0053ERVICE", "SERVICE#c\n", "SERVICE#>\n"]
    after = [f"<{address}>{{}}", f" <{address}> {{ ?a ?b ?c }}", "ex:svc{}", " ?o {}"]
    forms = ["SELECT * {{ {} }}", "ASK {{ {} }}", "SELECT * {{ {} }} #'''"]
    try:
        store = Store()
        for value in (NamedNode(address), Literal("a"), Literal(1)):
            store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), value))
        reaching = 0
        for first, word, last, form in itertools.product(before, words, after, forms):
            text = f"PREFIX ex: <{address}> " + form.format(first + word + last)
            with contextlib.suppress(QueryError):
                write_answer(ask(store, text, {}), "csv", io.BytesIO(), {})
            assert not calls, text
            if form is forms[0]:  # that the corpus is one: the bare engine does call
                with contextlib.suppress(Exception):
                    list(solutions(store.query(text)))
                reaching += bool(calls)
                calls.clear()
        assert reaching > 100
    finally:
        server.shutdown()
        server.server_close()


def solutions(answer: object) -> QuerySolutions:
    assert isinstance(answer, QuerySolutions)
    return answer


def test_a_wrong_format_names_the_right_ones(store: Store) -> None:
    with pytest.raises(UsageError, match="ttl"):
        answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", "csv")
    with pytest.raises(UsageError, match="csv"):
        answer(store, "SELECT * {}", "nt")


def test_a_value_can_be_given_where_select_names_it(store: Store) -> None:
    given = {"e": NamedNode(BASE + "entity/E1")}
    out = io.BytesIO()
    write_answer(ask(store, ROWS, KNOWN, given), "csv", out, KNOWN)
    assert out.getvalue().decode().splitlines()[1:] == [f"{BASE}entity/E1,<script>"]
    with pytest.raises(QueryError) as caught:
        ask(store, "SELECT ?name { ?e rdfs:label ?name }", KNOWN, given)
    assert caught.value.code == "given-not-selected"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("SELECT{}()?x<>\"'#\\ .;a:\n1*"), max_size=60))
def test_no_text_brings_the_engine_down(text: str) -> None:
    try:
        ask(Store(), text, KNOWN)
    except QueryError as error:
        assert error.message("ja")


LONG = {
    "not": "SELECT * { FILTER(" + "!" * 90_000 + "true) }",
    "sum": "SELECT * { FILTER(" + "1+" * 45_000 + "1) }",
    "path": "SELECT * { ?a " + "a/" * 20_000 + "a ?b }",
    "union": "SELECT * { " + "{} UNION " * 9_000 + "{} }",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_question_ends_in_an_answer_or_an_error_not_in_a_crash(kind: str) -> None:
    script = (
        "import sys; from graph.ask import *; from graph.errors import QueryError\n"
        "def run():\n"
        "    try: ask(Store(), sys.stdin.read(), {}); print('answered')\n"
        "    except QueryError as error: print(error.code)\n"
        "with Watchdog(3, 4000, lambda what: print(what, flush=True)): on_deep_stack(run)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=LONG[kind], text=True, capture_output=True, cwd=HOUSE)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.strip() in ("answered", "time", "memory", "query-failed", "query-syntax")


def test_a_runaway_is_stopped() -> None:
    script = (
        "import sys; from graph.ask import *\n"
        "s = Store(); s.extend(Quad(NamedNode(f'a:{i}'), NamedNode('a:p'), NamedNode(f'a:{i}')) for i in range(2000))\n"
        "q = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }'\n"
        "from pyoxigraph import Quad\n"
        "with Watchdog(0.5, 4000, lambda what: print(what, flush=True)):\n"
        "    on_deep_stack(lambda: write_answer(ask(s, q, {}), 'csv', sys.stdout.buffer, {}))\n"
    ).replace("from graph.ask import *\n", "from graph.ask import *; from pyoxigraph import Quad, NamedNode\n")
    done = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, cwd=HOUSE, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (1, "time"), done.stderr


def test_an_error_in_the_deep_thread_comes_back() -> None:
    def fail() -> None:
        raise UsageError("no-question")

    with pytest.raises(UsageError):
        on_deep_stack(fail)
    assert os.getpid()
