"""A document becomes a source: its copy, its record, and what stood in sources.yaml before."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph import intake
from graph.errors import ProjectError, SokanzuError, SourceError, UsageError
from graph.extract.run import document
from graph.intake import Added, add
from graph.model import Project, Source, When
from graph.project import read_project
from graph.sources import attach

BLANK = Path(__file__).resolve().parent.parent / "graph" / "blank"
TODAY = date(2026, 5, 4)
TEXT = "丘の市の広報\n\n丘の市は2016年3月1日、見張りの道具を置いた。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BLANK, tmp_path / "p"))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "hill-notice.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def project(folder: Path) -> Project:
    found, problems = read_project(folder)
    assert problems == []
    return found


def source(folder: Path, id: str) -> Source:
    found = project(folder).source(id)
    assert found
    return found


def stored(folder: Path) -> dict[str, bytes]:
    """Everything in the project but the lock."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def refused(folder: Path, what: Path | str, **more: str) -> SokanzuError:
    """What is said; nothing was changed."""
    before = stored(folder)
    with pytest.raises(SokanzuError) as told:
        add(folder, str(what), today=TODAY, **more)
    assert stored(folder) == before
    for lang in ("en", "ja"):
        assert told.value.message(lang)
    return told.value


# --- the record


def test_a_text_is_copied_and_recorded(folder: Path, note: Path) -> None:
    made = add(folder, str(note), today=TODAY)
    assert made == Added("hill-notice", True, ("hill-notice.txt",), len(TEXT))
    found = source(folder, "hill-notice")
    assert (folder / "sources" / "hill-notice.txt").read_bytes() == note.read_bytes()
    assert dict(found.title) == {"ja": "丘の市の広報"}, "its first heading"
    assert found.language == "ja" and found.characters == len(TEXT) and found.file == "hill-notice.txt"
    assert found.sha256 == hashlib.sha256(note.read_bytes()).hexdigest()
    assert not found.addresses and found.retrieved is None and not found.original
    assert attach(project(folder))[1]["hill-notice"] == TEXT


HTML = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Cameras &amp; consent — a notice</title>
<meta property="article:published_time" content="2016-03-15T09:00:00+09:00">
<meta property="og:site_name" content="Hill Watch"><link rel="stylesheet" href="{url}/style.css">
<meta http-equiv="refresh" content="0; url={url}/next.html"></head>
<body><h1>Notice</h1><p>Hill City put up caméras.</p><img src="{url}/pixel.png"><script src="{url}/x.js"></script>
</body></html>"""


def test_a_page_tells_title_publisher_date_and_language(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "camera-notice.html"
    page.write_text(HTML.format(charset="utf-8", url="http://127.0.0.1:9"), encoding="utf-8")
    add(folder, str(page), today=TODAY)
    found = source(folder, "camera-notice")
    assert dict(found.title) == {"en": "Cameras & consent — a notice"}
    assert dict(found.publisher) == {"en": "Hill Watch"}
    assert found.date == When(2016, 3, 15) and found.language == "en"
    assert found.file == "camera-notice.html" and not found.original


def test_a_page_in_another_encoding_keeps_its_bytes_and_its_text(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "camera-notice.html"
    page.write_text(HTML.format(charset="windows-1252", url=""), encoding="windows-1252")
    add(folder, str(page), today=TODAY)
    found = source(folder, "camera-notice")
    assert (found.original, found.file) == ("camera-notice.html", "camera-notice.utf-8.html")
    assert (folder / "sources" / found.original).read_bytes() == page.read_bytes()
    text = (folder / "sources" / found.file).read_text(encoding="utf-8")
    assert "caméras" in text
    assert hashlib.sha256(page.read_bytes()).hexdigest() == found.original_sha256 != found.sha256
    (folder / "sources" / found.original).unlink()
    words = [one.text for one in document(project(folder), found, text).sentences]
    assert words == ["Notice", "Hill City put up caméras."], "without the original it is still a page"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16", "iso2022_jp"])
def test_japanese_in_older_encodings(folder: Path, note: Path, encoding: str) -> None:
    note.write_bytes(TEXT.encode(encoding))
    made = add(folder, str(note), today=TODAY)
    assert made.files == ("hill-notice.txt", "hill-notice.utf-8.txt")
    assert attach(project(folder))[1]["hill-notice"].removeprefix("\ufeff") == TEXT


def pdf(title: str, author: str, created: str, line: str) -> bytes:
    """A page with one line, and what a PDF says of itself."""
    content = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title({title})/Author({author})/CreationDate({created})>>".encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + end


def test_a_pdf_brings_its_text_along(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf("Hill report", "Hill City", "D:20160226120000+09'00'", "Hill City put up twelve cameras."))
    made = add(folder, str(path), today=TODAY)
    found = source(folder, made.id)
    assert made.files == ("report.pdf", "report.txt")
    assert (found.original, found.file) == made.files
    assert dict(found.title) == {"en": "Hill report"} and dict(found.publisher) == {"en": "Hill City"}
    assert found.date == When(2016, 2, 26)
    text = (folder / "sources" / "report.txt").read_bytes().decode()
    assert "twelve cameras" in text and len(text) == found.characters == made.characters
    assert attach(project(folder))[1][found.id] == text


def docx(title: str, creator: str, created: str, line: str) -> bytes:
    """A document of one paragraph, and what Word notes of it."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:body></w:document>',
        )
        archive.writestr(
            "docProps/core.xml",
            f'<c:coreProperties xmlns:c="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:d="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>'
            f"<d:created>{created}</d:created></c:coreProperties>",
        )
    return file.getvalue()


def test_a_word_document_brings_its_text_along(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "意見書.docx"
    path.write_bytes(docx("道具への意見", "丘の会", "2016-04-02T00:00:00Z", "丘の会は道具に反対した。"))
    made = add(folder, str(path), today=TODAY)
    found = source(folder, "意見書")
    assert made.files == ("意見書.docx", "意見書.txt")
    assert dict(found.title) == {"ja": "道具への意見"} and dict(found.publisher) == {"ja": "丘の会"}
    assert found.date == When(2016, 4, 2) and found.language == "ja"


def test_what_the_user_says_goes_before_what_the_document_says(folder: Path, note: Path) -> None:
    add(folder, str(note), id="bulletin", date="平成28年3月", title=" A\n new\u2028title ", today=TODAY)
    found = source(folder, "bulletin")
    assert dict(found.title) == {"en": "A new title"} and found.date == When(2016, 3)


def test_nothing_known_of_it_but_its_name(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "2016.txt"
    path.write_text("a", encoding="utf-8")
    made = add(folder, str(path), today=TODAY)
    assert made.id == "source-2016" and dict(source(folder, made.id).title) == {"en": "2016"}


# --- ids and names


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Hill Notice (final).txt", "hill-notice-final"),
        ("丘の市・お知らせ.txt", "丘の市-お知らせ"),
        ("２０１６年報.txt", "source-2016年報"),
        ("index.txt", "丘の市の広報"),
        ("--.txt", "丘の市の広報"),
        ("curator.txt", "curator-2"),
        ("example-minutes.txt", "example-minutes-2"),
        ("ExampleCity.txt", "examplecity-2"),  # an entity is called so: a voice may be either
        ("x" * 100 + ".txt", "x" * 48),
    ],
)
def test_the_id_is_made_of_the_name_or_the_title(folder: Path, tmp_path: Path, name: str, id: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    assert add(folder, str(path), today=TODAY).id == id
    assert source(folder, id).sha256


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(name=st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60))
def test_any_name_gives_an_id_and_a_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """The record that comes of it is one that the project can read."""
    folder = Path(shutil.copytree(BLANK, tmp_path_factory.mktemp("p") / "p"))
    path = tmp_path_factory.mktemp("d") / "x.txt"
    path.write_text("丘の市は道具を置いた。", encoding="utf-8")
    named = intake._file_name(name)
    assert named == Path(named).name and len(named.encode()) <= intake.LONGEST_NAME and not named.startswith(".")
    made = add(folder, str(path), title=name, today=TODAY)
    assert attach(project(folder))[1][made.id] == path.read_bytes().decode()


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "document"),
        (".hidden", "hidden"),
        ("a\u202etxt.exe", "a_txt.exe"),
        ("CON.txt", "_CON.txt"),
        ("か\u3099.txt", "が.txt"),
        ("長" * 100 + ".txt", "長" * 38 + ".txt"),
    ],
)
def test_a_file_gets_a_name_that_every_system_takes(name: str, stored: str) -> None:
    assert intake._file_name(name) == stored


def test_a_name_that_is_taken_gets_a_number(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / str(number) / ("Note.txt" if number else "note.txt")
        path.parent.mkdir()
        path.write_text(f"Hill City has {number} cameras.", encoding="utf-8")
        add(folder, str(path), today=TODAY)
    found = project(folder).sources[-3:]
    assert [(s.id, s.file) for s in found] == [("note", "note.txt"), ("note-2", "Note-2.txt"), ("note-3", "Note-3.txt")]


# --- once and again


def test_the_same_document_twice_is_one_source(folder: Path, note: Path, tmp_path: Path) -> None:
    add(folder, str(note), today=TODAY)
    before = stored(folder)
    other = tmp_path / "another-name.txt"
    shutil.copy(note, other)
    assert add(folder, str(other), id="other", today=TODAY) == Added("hill-notice", False, (), len(TEXT))
    assert stored(folder) == before


def test_the_same_text_in_another_encoding_is_the_same_document(folder: Path, note: Path) -> None:
    add(folder, str(note), today=TODAY)
    note.write_bytes(TEXT.encode("shift_jis"))
    assert not add(folder, str(note), today=TODAY).new


def test_the_original_is_known_by_its_bytes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf("A", "B", "", "Hill City put up twelve cameras."))
    assert add(folder, str(path), today=TODAY).new
    assert not add(folder, str(path), today=TODAY).new


def test_a_source_without_its_text_gets_it(folder: Path, tmp_path: Path) -> None:
    """Whoever has the original adds it, and the claims show its words."""
    text = folder / "sources" / "example-minutes.txt"
    given_ = tmp_path / "found.txt"
    text.rename(given_)
    list_ = (folder / "sources.yaml").read_bytes()
    assert attach(project(folder))[1] == {}
    made = add(folder, str(given_), today=TODAY)
    assert (made.id, made.new, made.files) == ("example-minutes", False, ("example-minutes.txt",))
    assert all(claim.quote for claim in attach(project(folder))[0].claims)
    assert (folder / "sources.yaml").read_bytes() == list_
    assert add(folder, str(given_), today=TODAY).files == ()


def test_many_at_once(folder: Path, tmp_path: Path) -> None:
    """Eight writers, four documents, each of them twice."""
    paths = [tmp_path / f"{n}" / "notice.txt" for n in range(4)]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"Hill City has {number} cameras.", encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda path: add(folder, str(path), today=TODAY), paths * 2))
    assert sum(one.new for one in made) == 4
    found, texts, _ = attach(project(folder))
    assert len(found.sources) == 5
    assert {texts[s.id] for s in found.sources[1:]} == {path.read_text(encoding="utf-8") for path in paths}


def test_a_copy_that_a_killed_writer_left_is_taken_as_it_is(folder: Path, note: Path) -> None:
    shutil.copy(note, folder / "sources" / note.name)
    (folder / "sources" / "half.txt").write_bytes(note.read_bytes()[:9])
    assert add(folder, str(note), today=TODAY).files == ("hill-notice.txt",)
    assert sorted(path.name for path in (folder / "sources").glob("h*")) == ["half.txt", "hill-notice.txt"]


# --- what stood there stays


RECORD = st.sampled_from(
    [
        "- id: {id}\n  title: A\n",
        "- {{id: {id}, title: {{ja: 題, en: A}}}}\n",
        "-\n  id: {id}\n  title: A\n",
        "- id: {id}\n  title: A\n  address:\n    - https://example.org/1\n    - https://example.org/2\n",
        "- id: {id}\n  title: A\n  note: |\n    Two\n    lines.\n",
        "- id: {id}\n  title: A\n  note: |+\n    Kept\n\n",
        "# a word\n- id: {id}  # another\n  title: 'A: b'\n\n",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    records=st.lists(RECORD, max_size=3),
    head=st.sampled_from(["", "# sources\n", "\ufeff# sources\n", "---\n", "\n\n"]),
    indent=st.sampled_from(["", "  "]),
    end=st.sampled_from(["\n", "\r\n"]),
    tail=st.sampled_from(["", "\n", "# the end", "# the end\n\n"]),
    cut=st.booleans(),
)
def test_what_stood_in_the_list_stands_there_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[str],
    head: str,
    indent: str,
    end: str,
    tail: str,
    cut: bool,
) -> None:
    folder = Path(shutil.copytree(BLANK, tmp_path_factory.mktemp("p") / "p"))
    (folder / "claims" / "example-minutes.yaml").unlink()
    assume(records or head != "---\n")  # that would be a list of nothing, and no list
    lines = "".join(one.format(id=f"s{n}") for n, one in enumerate(records)).split("\n")
    text = head + "\n".join(indent + line if line else line for line in lines) + tail
    old = (text.rstrip("\n") if cut else text).replace("\n", end).encode()
    (folder / "sources.yaml").write_bytes(old)
    before = project(folder).sources
    path = folder / "hill.txt"
    path.write_text(TEXT, encoding="utf-8")
    add(folder, str(path), today=TODAY)
    path.unlink()
    new = (folder / "sources.yaml").read_bytes()
    assert new.startswith(old)
    ends = set(re.findall(rb"\r?\n", new))
    assert ends == ({end.encode()} if b"\n" in old else {b"\n"})
    after = project(folder).sources
    assert after[:-1] == before and after[-1].id == "hill"


def test_a_folder_that_has_neither_list_nor_sources(folder: Path, note: Path) -> None:
    shutil.rmtree(folder / "sources")
    shutil.rmtree(folder / "claims")
    (folder / "sources.yaml").unlink()
    add(folder, str(note), today=TODAY)
    assert [s.id for s in project(folder).sources] == ["hill-notice"]


@pytest.mark.parametrize("text", ["[]\n", "[{id: a, title: A}]\n", "- {id: a, title: A}\n...\n", "sources: []\n"])
def test_a_list_that_cannot_be_added_to_stays_and_so_does_the_folder(folder: Path, note: Path, text: str) -> None:
    shutil.rmtree(folder / "claims")
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    error = refused(folder, note)
    assert isinstance(error, ProjectError) and "sources.yaml" in error.message("en")


@pytest.mark.parametrize("data", [b"- id: [\n", b"\xff\n", b"- id: a\n  titel: A\n", b"- &a {id: a, title: A}\n"])
def test_a_list_with_mistakes_is_not_added_to(folder: Path, note: Path, data: bytes) -> None:
    (folder / "sources.yaml").write_bytes(data)
    assert isinstance(refused(folder, note), ProjectError)


def test_mistakes_elsewhere_do_not_matter(folder: Path, note: Path) -> None:
    (folder / "entities.yaml").write_text("- id: [\n", encoding="utf-8")
    assert add(folder, str(note), today=TODAY).new


# --- what is not taken


@pytest.mark.parametrize("id", ["a b", "a/b", "1a", "curator", "é!", "../x"])
def test_an_id_that_is_none(folder: Path, note: Path, id: str) -> None:
    assert refused(folder, note, id=id).code == "source-bad-id"


@pytest.mark.parametrize("id", ["example-minutes", "EXAMPLE-MINUTES", "ExampleCity", "ｅｘａｍｐｌｅｃｉｔｙ"])
def test_an_id_that_is_taken(folder: Path, note: Path, id: str) -> None:
    assert refused(folder, note, id=id).code == "source-id-taken"


@pytest.mark.parametrize("text", ["tomorrow", "2016-13", "2016-02-30", "平成99年"])
def test_a_date_that_is_none(folder: Path, note: Path, text: str) -> None:
    error = refused(folder, note, date=text)
    assert error.code == "bad-date-option" and text in error.message("ja")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "source-empty"),
        ("a.txt", b" \n\t\r\n", "source-empty"),
        ("a.txt", "\u3000\n".encode(), "source-empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "document-binary"),
        ("a.pdf", b"<p>no</p>", "document-not-its-kind"),
        ("a.pdf", b"%PDF-1.4\nbroken", "document-broken"),
        ("a.docx", b"PK\x03\x04broken", "document-broken"),
        ("a.zip", b"PK\x03\x04" + bytes(100), "document-binary"),
    ],
)
def test_a_file_that_is_no_document(folder: Path, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = refused(folder, path)
    assert isinstance(error, SourceError) and error.code == code and name in error.message("en")


def test_a_file_that_is_not_there_and_a_folder(folder: Path, tmp_path: Path) -> None:
    assert "nowhere.txt" in refused(folder, tmp_path / "nowhere.txt").message("en")
    assert isinstance(refused(folder, tmp_path), SourceError)


def test_what_came_with_a_package_is_not_added_to(
    folder: Path, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "HOUSE", tmp_path)  # no pyproject.toml there: as in a wheel
    error = refused(folder, note)
    assert isinstance(error, UsageError) and error.code == "source-installed"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that is full by the time that the record is written."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    synced = os.fsync
    calls: list[int] = []

    def sync(number: int) -> None:
        calls.append(number)
        (fail if len(calls) > 1 else synced)(number)

    monkeypatch.setattr(os, "fsync", sync)
    yield


@pytest.mark.usefixtures("full")
def test_on_a_full_disk_nothing_is_left_behind(folder: Path, note: Path) -> None:
    error = refused(folder, note)
    assert error.code == "source-unwritable" and "No space left" in error.message("en")
