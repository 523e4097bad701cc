"""What can be taken away from the page: pictures, tables, citations, a bibliography, a print sheet."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring

from tests.browser.opened import BROWSER, SHEET, Seen, bundled
from tests.browser.projects import small

pytestmark = BROWSER
SVG = "{http://www.w3.org/2000/svg}"


def saved(seen: Seen, item: str) -> tuple[str, bytes]:
    """The name and the bytes of what an item of the menu saves."""
    seen.page.locator("#more summary").click()
    with seen.page.expect_download() as waiting:
        seen.press(item, "#menu")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("project", "hash"),
    [("bundled", ""), ("bundled", "lang=en"), ("bundled", "near=NationalPoliceAgency"), ("hostile", ""),
     ("hostile", "near=e0"), ("small", "central=yes")],
)  # fmt: skip
def test_a_saved_picture_is_xml_and_runs_nothing(see: Any, pictures: Path, project: str, hash: str) -> None:
    seen = see(project=project, hash="#" + hash)
    lang = "en" if "lang=en" in hash else "ja"
    file, content = saved(seen, "図を SVG で保存" if lang == "ja" else "Save picture as SVG")
    assert file.endswith(".svg") and not re.search(r'[\\/:*?"<>|\x00-\x1f]', file)
    (pictures / f"saved-{project}-{hash.replace('=', '-')}.svg").write_bytes(content)
    tree = fromstring(content)
    assert tree.tag == SVG + "svg"
    assert {one.tag for one in tree.iter()} <= {
        SVG + tag for tag in ("svg", "g", "rect", "path", "text", "tspan", "title")
    }
    names = {name for one in tree.iter() for name in one.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name}
    words = " ".join(tree.itertext())
    assert ("不正や違法を意味しない" if lang == "ja" else "implies no wrongdoing") in words
    assert len(list(tree.iter(SVG + "rect"))) > len(seen.nodes())
    ends = {"fill", "stroke"} <= set(re.findall(r"(fill|stroke):", content.decode()))
    assert ends and seen.state("window.ran") is None


def test_a_saved_image_opens(see: Any, pictures: Path) -> None:
    file, content = saved(see(), "図を PNG で保存")
    (pictures / "saved.png").write_bytes(content)
    assert file.endswith(".png") and content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width > 2500 and height > 1500 and len(content) > 100_000


def test_the_table_has_what_the_filter_lets_through(see: Any) -> None:
    _, content = saved(see(project="small", hash="#no-stance=stated"), "主張を CSV で保存")
    assert content.startswith("\ufeff".encode())
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[:3] == ["主語", "関係", "目的語"] and len({len(row) for row in [head, *rows]}) == 1
    handles = {claim.handle for claim in small().claims if claim.stance.value != "stated"}
    assert {row[-1] for row in rows} == handles
    _, content = saved(see(project="hostile"), "主張を CSV で保存")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@]", cell)]


def test_the_sources_are_saved_as_bibliographies(see: Any) -> None:
    seen = see()
    file, content = saved(seen, "出典を BibTeX で保存")
    told = {claim["source"] for claim in seen.state("JSON.parse(document.getElementById('data').textContent).claims")}
    keys = re.findall(r"^@misc\{(.*),$", content.decode(), re.MULTILINE)
    assert file.endswith(".bib") and len(keys) == len(set(keys)) and 0 < len(keys) <= len(told)
    _, content = saved(seen, "出典を CSL JSON で保存")
    items = json.loads(content)
    assert [re.sub(r"[^\w:-]", "-", item["id"], flags=re.ASCII) for item in items] == keys
    assert all(item["title"] and item["type"] in ("webpage", "document") for item in items)
    assert len(saved(see(project="hostile"), "出典を BibTeX で保存")[1]) > 1000


def test_a_citation_names_all_that_it_takes(see: Any) -> None:
    seen = see(hash="#claim=C056", permissions=["clipboard-read", "clipboard-write"])

    def copied() -> str:
        return str(seen.state("navigator.clipboard.readText()"))

    seen.press("引用文をコピー", "#panel")
    assert "コピーしました" in seen.text("#panel .cite")
    claim = next(claim for claim in bundled().claims if claim.handle == "C056")
    source = bundled().source(claim.source)
    assert source
    text = copied()
    assert claim.gist["ja"] in text and source.title["ja"] in text and "C056" in text and "明記" in text
    assert bundled().title["ja"] in text
    seen.press("BibTeX", "#panel")
    assert copied().startswith("@misc{")
    seen.press("CSL JSON", "#panel")
    assert json.loads(copied())[0]["title"] == source.title["ja"]
    seen.page.locator("#more summary").click()
    seen.press("いまの画面の住所をコピー", "#menu")
    assert copied() == seen.page.url


@pytest.mark.parametrize("hash", ["", "near=NationalPoliceAgency", "node=NationalPoliceAgency"])
def test_the_print_sheet_has_title_notice_and_sources(see: Any, pictures: Path, hash: str) -> None:
    seen = see(hash="#" + hash)
    content = seen.page.pdf(prefer_css_page_size=True)
    (pictures / f"print-{hash[:4]}.pdf").write_bytes(content)
    document: Any = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    text = re.sub(r"\s", "", "".join(pages))
    assert re.sub(r"\s", "", bundled().title["ja"]) in text
    assert "掲載は不正や違法を意味しない" in text and "警察庁" in re.sub(r"\s", "", pages[0])
    for id in ("newsletter-2016",):
        source = bundled().source(id)
        assert source and re.sub(r"\s", "", source.title["ja"])[:12] in text
    assert 2 <= len(pages) <= 8 and "閉じる" not in text
    document.close()


def test_in_the_dark_what_is_printed_is_light(see: Any) -> None:
    seen = see(color_scheme="dark")
    seen.page.emulate_media(media="print", color_scheme="dark")
    paper = seen.state("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()")
    assert paper == "#1f1d1a" and seen.page.locator(SHEET + ".node").count() > 30
