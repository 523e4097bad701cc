"""Fetching one document, from a server on this machine that also misbehaves."""

from __future__ import annotations

import ast
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import fetch as module
from graph.errors import SourceError
from graph.fetch import MOST_REDIRECTS, Fetched, fetch
from tests.web import PAGE, Handler, Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as told:
        yield told


def refused(address: str, seconds: float = 20, longest: float = 20, most: int = 1 << 20) -> SourceError:
    """What is said where nothing comes back: one line in each language."""
    with pytest.raises(SourceError) as told:
        fetch(address, seconds, longest, most)
    for lang in ("en", "ja"):
        assert "\n" not in told.value.message(lang)
    return told.value


# --- what comes back


def test_the_bytes_come_as_they_are(web: Web) -> None:
    data = bytes(range(256)) * 3000
    address = web.has("/a/report.html?year=2016", data)
    assert fetch(address + "#part") == Fetched(data, "report.html", address)
    assert web.asked == ["/a/report.html?year=2016"], "the fragment stays here"


def test_nothing_tells_who_asks(web: Web) -> None:
    fetch(web.has("/a.html"))
    assert {name.lower() for name in web.headers[0]} <= {"host", "user-agent", "accept-encoding", "connection"}
    assert web.headers[0]["User-Agent"] == "sokanzu"


def test_a_japanese_address_is_sent_in_ascii_and_gives_its_name(web: Web) -> None:
    sent = "/%E6%96%87%E6%9B%B8/%E8%AD%B0%E4%BA%8B%E9%8C%B2%202.html"
    web.has(sent)
    found = fetch(web.url + "/文書/議事録 2.html")
    assert web.asked == [sent] and found.name == "議事録 2.html"


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/news.html", "text/html", "news.html"),
        ("/news.htm", "text/html; charset=utf-8", "news.htm"),
        ("/news.php", "text/html", "news.php.html"),
        ("/news", "text/html", "news.html"),
        ("/news/", "text/html", "news.html"),
        ("/", "text/html", "127.0.0.1.html"),
        ("/notes.md", "text/plain", "notes.md"),
        ("/page.html", "application/octet-stream", "page.html"),
        ("/notes", "text/plain", "notes.txt"),
        ("/report.pdf", "text/html", "report.pdf.html"),  # a page that says that the report is gone
        ("/odd.xyz", "made/up", "odd.xyz"),
    ],
)
def test_the_name_ends_as_the_kind_demands(web: Web, path: str, kind: str, name: str) -> None:
    assert fetch(web.has(path, Content_Type=kind)).name == name


@pytest.mark.parametrize("kind", ["text/html", "application/pdf", "application/octet-stream", "text/plain"])
def test_a_pdf_is_one_whatever_the_server_calls_it(web: Web, kind: str) -> None:
    assert fetch(web.has("/report.pdf", b"%PDF-1.4\n", Content_Type=kind)).name == "report.pdf"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="minutes.html"', "minutes.html"),
        ("attachment; filename*=UTF-8''%E8%AD%B0%E4%BA%8B%E9%8C%B2.html", "議事録.html"),
        ('attachment; filename="議事録.html"'.encode().decode("latin-1"), "議事録.html"),
    ],
)
def test_the_server_may_name_the_file(web: Web, header: str, name: str) -> None:
    assert fetch(web.has("/download", Content_Disposition=header)).name == name


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=Shift_JIS", "shift_jis"),
        ('text/plain; charset="EUC-JP"', "euc-jp"),
        ("text/html", ""),
        ("text/html; charset=ISO-8859-1", ""),  # said of everything by servers that were never told
    ],
)
def test_the_servers_word_on_the_encoding_is_handed_on(web: Web, kind: str, charset: str) -> None:
    assert fetch(web.has("/a.html", Content_Type=kind)).charset == charset


def test_an_answer_without_a_length_ends_where_the_connection_does(web: Web) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(PAGE)

    assert fetch(web.does("/a.html", endless)).data == PAGE


def test_an_answer_in_chunks_is_put_together(web: Web) -> None:
    def chunked(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        handler.close_connection = True

    assert fetch(web.does("/a.txt", chunked)).data == b"abcde"


# --- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_named_address_stays(web: Web, status: int) -> None:
    web.has("/new/page.html")
    found = fetch(web.has("/old", b"", status, Location="/new/page.html"))
    assert (found.data, found.name, found.address) == (PAGE, "page.html", web.url + "/old")


def test_a_redirect_to_a_japanese_path(web: Web) -> None:
    web.has("/%E6%96%B0.html")
    web.has("/old", b"", 302, Location="/新.html".encode().decode("latin-1"))
    assert fetch(web.url + "/old").name == "新.html"


def test_a_chain_of_redirects_has_an_end(web: Web) -> None:
    for number in range(MOST_REDIRECTS):
        web.has(f"/{number}", b"", 302, Location=f"/{number + 1}")
    web.has(f"/{MOST_REDIRECTS}")
    assert fetch(web.url + "/0").data == PAGE
    assert len(web.asked) == MOST_REDIRECTS + 1
    web.has(f"/{MOST_REDIRECTS}", b"", 302, Location="/more")
    web.has("/more")
    assert refused(web.url + "/0").code == "source-leads-away"


def test_a_redirect_to_itself_ends(web: Web) -> None:
    assert refused(web.has("/a", b"", 302, Location="/a")).code == "source-leads-away"
    assert len(web.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize("to", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/plain,x", "javascript:1"])
def test_a_redirect_leads_to_the_web_alone(web: Web, to: str) -> None:
    error = refused(web.has("/a", b"", 302, Location=to))
    assert error.code == "source-leads-away" and to in error.message("en") and web.url in error.message("ja")


def test_a_redirect_that_names_a_password_is_not_followed(web: Web) -> None:
    web.has("/b")
    error = refused(web.has("/a", b"", 302, Location=web.url.replace("//", "//me:hidden@") + "/b"))
    assert "hidden" not in error.message("en") and web.asked == ["/a"]


def test_the_body_of_a_redirect_is_not_read(web: Web) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/b.html")
        handler.end_headers()
        while not web.over.is_set():
            handler.wfile.write(b" " * 65536)

    web.has("/b.html")
    assert fetch(web.does("/a", endless), longest=10).data == PAGE


def test_a_redirect_that_leads_nowhere_is_none(web: Web) -> None:
    assert "HTTP 302" in refused(web.has("/a", b"", 302)).message("en")


# --- what is not taken


@pytest.mark.parametrize("status", [204, 206, 300, 304, 400, 401, 403, 404, 410, 429, 500, 503])
def test_what_is_no_document_is_named_by_its_number(web: Web, status: int) -> None:
    address = web.has("/a.html", b"" if status in (204, 304) else b"secret trace", status)
    told = refused(address).message("en")
    assert f"HTTP {status}" in told and address in told and "secret" not in told


def test_packed_content_is_not_unpacked(web: Web) -> None:
    bomb = gzip.compress(b" " * (8 << 20))
    error = refused(web.has("/a.html", bomb, Content_Encoding="gzip"))
    assert error.code == "source-not-fetched" and "gzip" in error.message("en")


def test_a_body_that_never_ends_is_left(web: Web) -> None:
    sent: list[int] = []

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x" * (1 << 20))
            sent.append(1)

    assert refused(web.does("/a.txt", endless)).code == "source-too-large"
    assert len(sent) < 100


def test_a_body_that_says_it_is_too_long_is_not_read(web: Web) -> None:
    assert refused(web.has("/a.txt", b"x", Content_Length=str(1 << 40))).code == "source-too-large"


def test_a_body_of_just_the_size_is_taken_and_one_byte_more_is_not(web: Web) -> None:
    assert len(fetch(web.has("/a.txt", b"x" * 1000), most=1000).data) == 1000
    assert refused(web.has("/b.txt", b"x" * 1001), most=1000).code == "source-too-large"


def test_a_body_that_is_cut_off_is_not_taken_for_the_whole(web: Web) -> None:
    def short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x" * 400)

    assert "400" in refused(web.does("/a.txt", short)).message("en")

    def torn(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"100\r\nabc")
        handler.close_connection = True

    assert refused(web.does("/b.txt", torn)).code == "source-not-fetched"


@pytest.mark.parametrize("where", ["status", "header", "body"])
def test_a_server_that_drips_is_left(web: Web, where: str) -> None:
    """A byte now and then, so that no socket times out."""

    def drip(handler: Handler) -> None:
        if where != "status":
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        if where == "header":
            handler.wfile.write(b"X-Long: ")
        if where == "body":
            handler.wfile.write(b"\r\n")
        while not web.over.wait(0.02):
            handler.wfile.write(b"x")

    error = refused(web.does("/a.txt", drip), longest=0.4)
    assert error.code == "source-not-fetched" and "0.4 s" in error.message("en")


def test_a_server_that_says_nothing_is_left(web: Web) -> None:
    error = refused(web.does("/a.txt", lambda _: web.over.wait(10)), seconds=0.2)
    assert error.code == "source-not-fetched" and "timed out" in error.message("en")


@pytest.mark.parametrize("header", [b"X-Long: " + b"x" * 100_000, b"\r\n".join([b"X: y"] * 500)])
def test_headers_beyond_all_measure_are_refused(web: Web, header: bytes) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + header + b"\r\n\r\nx")

    assert refused(web.does("/a.txt", answer)).code == "source-not-fetched"


@pytest.mark.parametrize(
    "answer", [b"", b"\0" * 100, b"SSH-2.0-x\r\n", b"HTTP/1.0 abc\r\n\r\n", b"HTTP/1.0 99999 x\r\n\r\n"]
)
def test_what_is_no_http_is_one_sentence(web: Web, answer: bytes) -> None:
    assert refused(web.does("/a.txt", lambda handler: handler.wfile.write(answer))).code == "source-not-fetched"


def test_nobody_there() -> None:
    error = refused("http://127.0.0.1:9/x")
    assert error.code == "source-not-fetched" and "127.0.0.1:9/x could not be fetched (Connection" in error.message(
        "en"
    )


# --- addresses


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("file:///etc/hostname", "source-not-web"),
        ("ftp://example.org/a", "source-not-web"),
        ("://", "source-not-web"),
        ("http://", "source-not-web"),
        ("http:///a", "source-not-web"),
        ("http://me:hidden@127.0.0.1/a", "source-password"),
        ("http://me@127.0.0.1/a", "source-password"),
        ("http://127.0.0.1:99999/", "source-not-fetched"),
        ("http://127.0.0.1:0/", "source-not-fetched"),
        ("http://127.0.0.1:port/", "source-not-fetched"),
        ("http://[::1/", "source-not-fetched"),
        ("http://a..b/", "source-not-fetched"),
        (f"http://{'a' * 70}/", "source-not-fetched"),
        ("http://127.0.0.1:9/\udcff", "source-not-fetched"),
        ("http://127.0.0.1:9 /a", "source-not-fetched"),
    ],
)
def test_what_is_no_address_is_told_in_one_sentence(address: str, code: str) -> None:
    error = refused(address)
    assert error.code == code
    assert "hidden" not in error.message("en") + error.message("ja")


def test_no_proxy_stands_between_us_and_this_machine(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetch(web.has("/a.html")).data == PAGE


# --- who may use the network at all


def test_two_modules_use_the_network() -> None:
    """Whoever else imports what opens connections is found here: nothing phones out."""
    opens = {
        "urllib.request",
        "http.client",
        "socket",
        "ssl",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "urllib3",
        "aiohttp",
    }
    graph = Path(module.__file__).parent
    found = set()
    for path in graph.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if opens & set(names):
                found.add(path.relative_to(graph).as_posix())
    assert found == {"fetch.py", "extract/llm/http.py"}
