"""sokanzu source add, list and show, as a person types them."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner

import cli
from graph.extract.reading.text import load
from graph.paths import SEEDS
from tests.web import PAGE, Handler, Web, serving

BLANK = Path(__file__).resolve().parent.parent / "graph" / "blank"
TEXT = "見本市のお知らせ\n\n見本市は2024年6月、見本警察署に映像を提供した。\n"
Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BLANK, tmp_path / "p"))


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as told:
        yield told


@pytest.fixture
def run(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Types a command in the project's folder; gives the exit code and what was written on the two streams."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOKANZU_CACHE", str(tmp_path / "cache"))

    def typed(*words: str, lang: str = "en") -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.app, ["--lang", lang, "source", *words])
        assert "Traceback" not in done.stderr
        return done.exit_code, done.stdout, done.stderr

    return typed


def refused(run: Run, *words: str) -> str:
    """One sentence and an exit code."""
    before = Path("sources.yaml").read_bytes(), sorted(Path("sources").iterdir())
    code, out, told = run(*words)
    assert code and not out and told.count("\n") == 1, told
    assert (Path("sources.yaml").read_bytes(), sorted(Path("sources").iterdir())) == before
    return told


def record(folder: Path, id: str) -> str:
    """A record as it stands in sources.yaml."""
    return (folder / "sources.yaml").read_text(encoding="utf-8").partition(f"- id: {id}\n")[2]


# --- add


def test_a_file_is_added_once(run: Run, folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "Hill notice.txt"
    note.write_text(TEXT, encoding="utf-8")
    code, out, told = run("add", str(note))
    assert (code, told) == (0, "") and out.startswith("hill-notice: added with 37 characters (Hill notice.txt)")
    code, out, told = run("add", str(note))
    assert (code, told) == (0, "") and "already" in out
    assert record(folder, "hill-notice").count("sha256") == 1


def test_the_address_is_fetched_and_nothing_that_the_page_names(run: Run, folder: Path, web: Web) -> None:
    page = f"""<!doctype html><html lang="en"><title>A notice</title><link rel="stylesheet" href="/style.css">
    <meta http-equiv="refresh" content="0; url={web.url}/next"><base href="{web.url}/"><script src="/x.js"></script>
    <img src="/pixel.png"><iframe src="/frame"></iframe><p>Example City put up cameras.</p></html>""".encode()
    address = web.has("/news/2024/notice.html", page)
    code, out, told = run("add", address + "#top")
    assert (code, told) == (0, "") and out.startswith("notice: added")
    run("list")
    run("show", "notice")
    run("add", address)
    assert web.asked == ["/news/2024/notice.html"] * 2
    there = record(folder, "notice")
    assert f"address: {address}\n" in there
    assert re.search(r"^  retrieved: '?\d{4}-\d\d-\d\d'?$", there, re.M)
    assert (folder / "sources" / "notice.html").read_bytes() == page


def test_only_add_fetches(run: Run, folder: Path, web: Web) -> None:
    """An address in sources.yaml is no reason to go there."""
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- id: far\n  title: Far away\n  address: {web.has('/far.html')}\n")
    assert run("list")[0] == run("show", "far")[0] == run("show", "far", "-f", "json")[0] == 0
    assert web.asked == []


@pytest.mark.parametrize(
    ("kind", "encoding", "page"),
    [
        ("text/html; charset=EUC-JP", "euc-jp", "<title>お知らせ</title><p>見本市は道具を置いた。</p>"),
        ("text/html", "shift_jis", "<meta charset=shift_jis><title>お知らせ</title><p>見本市は道具を置いた。</p>"),
        ("text/html; charset=iso-8859-1", "shift_jis", "<title>お知らせ</title><p>見本市は道具を置いた。</p>"),
        ("text/plain; charset=utf-8", "utf-8", "お知らせ\n\n見本市は道具を置いた。"),
        ("text/html; charset=windows-1251", "windows-1251", "<title>Новости</title><p>Город поставил камеры.</p>"),
    ],
)
def test_the_encoding_is_the_pages_or_else_the_servers(
    run: Run, folder: Path, web: Web, kind: str, encoding: str, page: str
) -> None:
    assert run("add", web.has("/page", page.encode(encoding), Content_Type=kind), "--id", "it")[0] == 0
    files = {path.name: path.read_bytes() for path in (folder / "sources").iterdir()}
    assert page.encode() in files.values() and page.encode(encoding) in files.values()


def test_a_page_with_a_dull_name_is_called_by_its_title(run: Run, web: Web) -> None:
    assert run("add", web.has("/index.html", PAGE))[1].startswith("頁: added")


def test_a_redirect_ends_in_the_address_that_was_named(run: Run, folder: Path, web: Web) -> None:
    web.has("/new.html")
    assert run("add", web.has("/old", b"", 301, Location="/new.html"), "--id", "it")[0] == 0
    assert f"address: {web.url}/old\n" in record(folder, "it")


def test_a_report_that_is_gone_is_not_taken_for_the_report(run: Run, web: Web) -> None:
    assert "HTTP 404" in refused(run, "add", web.url + "/gone.pdf")
    assert "HTTP 404" in refused(run, "add", web.url + "/gone.pdf")


def test_a_bomb_in_a_document_is_not_opened(run: Run, web: Web) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (80 << 20) + b"</a>")
    assert len(file.getvalue()) < 1 << 20
    assert "unpack" in refused(run, "add", web.has("/report.docx", file.getvalue(), Content_Type="application/zip"))


def test_an_empty_page_and_a_picture_are_no_documents(run: Run, web: Web) -> None:
    assert "no text" in refused(run, "add", web.has("/a.html", b""))
    assert "no text" in refused(run, "add", web.has("/b.html", b"<html><script>x</script></html>"))
    assert "is no text" in refused(
        run, "add", web.has("/c", b"\x89PNG\r\n\x1a\n" + bytes(90), Content_Type="image/png")
    )


def test_a_server_that_is_cut_off_leaves_nothing(run: Run, web: Web) -> None:
    def short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x" * 400)

    assert "could not be fetched" in refused(run, "add", web.does("/a.txt", short))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.txt"], "nowhere.txt"),
        (["www.example.org/notice"], "https://"),
        (["file:///etc/hostname"], "only http and https"),
        (["ftp://example.org/x"], "only http and https"),
        (["http://me:hidden@127.0.0.1/x"], "name or password"),
        (["sources"], "sources"),
        ([str(BLANK / "README.md"), "--id", "a b"], "--id a b"),
        ([str(BLANK / "README.md"), "--id", "example-minutes"], "is called so already"),
        ([str(BLANK / "README.md"), "--date", "soon"], "--date soon"),
        ([str(BLANK / "README.md"), "-p", "nowhere"], "nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(run: Run, words: list[str], said: str) -> None:
    told = refused(run, "add", *words)
    assert said in told and "hidden" not in told


def test_the_bundled_project_is_nobodys_to_add_to(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = (SEEDS / "sources.yaml").read_bytes()
    code, _, told = run("add", str(BLANK / "README.md"))
    assert code == 2 and "sokanzu new" in told
    assert (SEEDS / "sources.yaml").read_bytes() == before


# --- list and show


def test_the_list_counts_what_became_of_the_claims(run: Run) -> None:
    code, out, told = run("list")
    assert (code, told) == (0, "")
    head, _, line = out.splitlines()
    assert re.split(" {2,}", head)[:4] == ["id", "date", "language", "text"]
    assert re.split(" {2,}", line) == ["example-minutes", "2024-05", "ja", "yes", "3", "An example document"]
    (row,) = json.loads(run("list", "-f", "json")[1])
    assert row["claims"] == {"candidate": 0, "accepted": 3, "rejected": 0, "disputed": 0, "withdrawn": 0}
    assert row["text"] is True and row["title"]["ja"] == "見本の文書"


def test_a_source_is_shown_with_its_claims_in_the_order_of_the_text(run: Run, folder: Path) -> None:
    claims = folder / "claims" / "example-minutes.yaml"
    parts = re.split(r"(?m)^(?=  - id: )", claims.read_text(encoding="utf-8"))
    claims.write_text(parts[0] + "".join(f"{part.rstrip()}\n" for part in reversed(parts[1:])), encoding="utf-8")
    code, out, told = run("show", "example-minutes")
    assert (code, told) == (0, "")
    assert re.findall(r"^  (A\d) ", out, re.M) == ["A1", "A2", "A3"]
    text = load(folder / "sources" / "example-minutes.txt").text
    words = re.findall("「(.*)」$", out, re.M)
    assert len(words) == 3 and all(one in text for one in words)
    assert "negated" in out and "In the words of: Example Group" in out


def test_without_the_text_the_claims_have_their_gist_alone(run: Run, folder: Path) -> None:
    (folder / "sources" / "example-minutes.txt").unlink()
    code, out, _ = run("show", "example-minutes")
    assert code == 0 and "「" not in out and "text: no" in out and out.count("→") >= 3


def test_a_source_as_json_holds_everything(run: Run, folder: Path) -> None:
    told = json.loads(run("show", "example-minutes", "--format", "json")[1])
    assert told["id"] == "example-minutes" and told["characters"] == 127
    assert [claim["handle"] for claim in told["claims"]] == ["A1", "A2", "A3"]
    text = load(folder / "sources" / "example-minutes.txt").text
    for claim in told["claims"]:
        assert claim["quote"] == "".join(text[start:end] for start, end in claim["passages"]) != ""
        assert (claim["review"], claim["held"]) == ("accepted", False)


def test_what_was_added_is_listed_and_shown_with_its_candidates(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "june.txt"
    note.write_text(TEXT, encoding="utf-8")
    run("add", str(note))
    told = json.loads(run("show", "june", "-f", "json")[1])
    found = [(c["subject"]["id"], c["predicate"], c["object"]["id"], c["review"]) for c in told["claims"]]
    assert ("ExampleCity", "providesDataTo", "ExamplePoliceStation", "candidate") in found


def test_both_languages(run: Run) -> None:
    assert "題" in run("list", lang="ja")[1].splitlines()[0]
    assert "主張（3）" in run("show", "example-minutes", lang="ja")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "example-minute"], "did you mean “example-minutes”"),
        (["show", "zzz"], "source list"),
        (["show", "example-minutes", "-f", "xml"], "table, json"),
        (["list", "-f", "xml"], "table, json"),
        (["list", "-p", "nowhere"], "nowhere"),
    ],
)
def test_what_is_not_there_is_said(run: Run, words: list[str], said: str) -> None:
    assert said in refused(run, *words)


def test_nothing_in_a_source_moves_the_terminals_cursor(run: Run, folder: Path) -> None:
    list_ = folder / "sources.yaml"
    list_.write_text(list_.read_text(encoding="utf-8").replace("An example document", "A\u200bB"), encoding="utf-8")
    assert "\u200b" not in run("list")[1] + run("show", "example-minutes")[1]
