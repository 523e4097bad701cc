"""The pages in a real browser: what a reader sees, presses and types, and what hostile names cannot do.

Screenshots go to the folder that SOKANZU_SCREENSHOTS names, else to pytest's temporary one: look at them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.opened import BROWSER, SHEET, bundled
from tests.browser.projects import CORPUS, small

pytestmark = BROWSER


# --- the first look


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_picture_is_seen_at_once_with_readable_labels(
    see: Any, pictures: Path, lang: str, scheme: str
) -> None:
    seen = see(hash=f"#lang={lang}", color_scheme=scheme)
    seen.page.screenshot(path=pictures / f"chart-{lang}-{scheme}.png")
    frame, sheet = seen.page.locator("#picture").bounding_box(), seen.page.locator(SHEET + "svg").bounding_box()
    assert sheet["x"] >= frame["x"] - 1 and sheet["x"] + sheet["width"] <= frame["x"] + frame["width"] + 1
    assert sheet["y"] >= frame["y"] - 1 and sheet["y"] + sheet["height"] <= frame["y"] + frame["height"] + 1
    smallest = seen.state(
        "Math.min(...[...document.querySelectorAll('.sheet:not([hidden]) svg text')].map(t => "
        "parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"
    )
    assert smallest >= 11
    titles = seen.page.locator(SHEET + ".frame text").all_text_contents()
    assert titles == [theme.name[lang] for theme in bundled().themes]
    assert ("不正や違法を意味しない" if lang == "ja" else "implies no wrongdoing") in seen.text(".notice")


def test_names_stay_inside_their_boxes(see: Any) -> None:
    for lang in ("ja", "en"):
        seen = see(hash=f"#lang={lang}")
        outside = seen.state(
            """[...document.querySelectorAll('.sheet:not([hidden]) .node')].filter(node => {
                const box = node.querySelector('rect').getBoundingClientRect();
                return [...node.querySelectorAll('text')].some(text => {
                    const ink = text.getBoundingClientRect();
                    return ink.left < box.left - 1 || ink.right > box.right + 1 || ink.top < box.top - 1
                        || ink.bottom > box.bottom + 1;
                });
            }).map(node => node.dataset.node)"""
        )
        assert outside == []


# --- evidence


def test_a_click_on_a_line_shows_gist_stance_and_source(see: Any, pictures: Path) -> None:
    seen = see()
    line = seen.page.locator(SHEET + ".line.s-proposed").first
    line.locator("text").click()
    panel = seen.text("#panel")
    id = line.get_attribute("data-line")
    claims = seen.state(f"JSON.parse(document.getElementById('data').textContent).lines[{int(id[1:])}].claims")
    data = seen.state("JSON.parse(document.getElementById('data').textContent)")
    for index in claims:
        claim = data["claims"][index]
        assert claim["gist"]["ja"] in panel
        assert data["stances"][claim["stance"]]["name"]["ja"] in panel
        assert data["sources"][claim["source"]]["title"]["ja"] in panel
    seen.page.screenshot(path=pictures / "chart-line.png")


def test_everything_that_is_known_of_a_claim_can_be_read(see: Any) -> None:
    seen = see(project="small", hash="#claim=C8")
    panel = seen.text("#panel")
    claim = (
        "警察の局 運用する 疑い・主張 異論あり 要旨：疑い。 異論がある。 答えない。 2016-05-01 https://example.org/r"
    )
    source = "会報一号 市民の会 2016-03 3〜9文字目 出典自身"
    assert [words for words in f"{claim} {source}".split() if words not in panel] == []
    assert "運用する" in seen.text("#panel .property")
    links = [link.get_attribute("href") for link in seen.page.locator("#panel a").all()]
    assert links == ["https://example.org/leaflet?a=1&b=2", "https://example.org/r"]
    assert seen.page.locator("#panel a").first.get_attribute("rel") == "noopener noreferrer nofollow"


def test_quote_second_hand_and_denial_are_told(see: Any) -> None:
    assert "山田太郎\n理事長" in see(project="small", hash="#claim=C1").text("#panel blockquote")
    second_hand = see(project="small", hash="#claim=C5").text("#panel")
    assert "重引" in second_hand and "会報" in second_hand and "2015-01から" in second_hand
    denied = see(project="small", hash="#claim=C11")
    assert "否定の主張" in denied.text("#panel")
    assert "反対のことを述べる主張（1）" in denied.text("#panel") and "要旨：告知したとも。" in denied.text("#panel")
    assert "同じことを述べる主張（1）" in see(project="small", hash="#claim=C1").text("#panel")
    assert "要旨：元局長。" in see(project="small", hash="#claim=C6").text("#panel")  # what an inference rests on


def test_an_entity_shows_facts_connections_and_what_is_folded_behind_it(see: Any, pictures: Path) -> None:
    seen = see(hash="#node=NationalShopliftingPreventionOrganization")
    panel = seen.text("#panel")
    assert "全国万引犯罪防止機構" in panel and "つながり" in panel and "たたんだ項目" in panel
    assert "設立" in panel  # a fact that has no line
    seen.page.screenshot(path=pictures / "chart-entity.png")
    seen.page.locator("#panel .folded button").first.click()
    assert "図には描いていません" in seen.text("#panel")
    assert seen.page.locator(SHEET + ".node.on").count() == 1  # the one that it stands behind


def test_every_entity_and_every_claim_can_be_reached(see: Any) -> None:
    seen = see()
    seen.page.locator("#show-list").click()
    assert seen.page.locator("#list tbody tr").count() == seen.state(
        "JSON.parse(document.getElementById('data').textContent).claims.length"
    )
    for entity in ("Kinohanasha", "CampaignAgainstConstitutionalRevision"):
        name = next(e.name["ja"] for e in bundled().entities if e.id == entity)
        seen.page.locator("#search").fill(name)
        seen.page.keyboard.press("Enter")
        assert name in seen.text("#panel h2")


# --- languages, search, filters, address


def test_the_language_switch_changes_everything(see: Any) -> None:
    seen = see(hash="#node=NationalPoliceAgency")
    assert "警察庁" in seen.text("#panel h2")
    seen.page.locator("#language").click()
    assert "National Police Agency" in seen.text("#panel h2")
    assert seen.state("document.documentElement.lang") == "en"
    assert "Lines: stance" in seen.text("#legend")
    assert seen.page.locator(SHEET).get_attribute("lang") == "en"
    assert "lang=en" in seen.page.url
    seen.page.locator("#language").click()
    assert "警察庁" in seen.text("#panel h2")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("警察庁", "警察庁"),
        ("national police", "警察庁"),
        ("けいさつちょう", "警察庁"),
        ("ケイサツチョウ", "警察庁"),
        ("ｎｐａ", "警察庁"),
        ("takehana", "竹花豊"),
        ("マイナンバー制", "マイナンバー制"),
    ],
)
def test_search_finds_any_script_and_width(see: Any, typed: str, found: str) -> None:
    seen = see()
    seen.page.locator("#search").fill(typed)
    assert found in seen.page.locator("#found li").first.inner_text()
    seen.page.keyboard.press("Enter")
    assert found in seen.text("#panel h2")


def test_search_can_be_walked_with_arrows_and_says_when_it_finds_nothing(see: Any) -> None:
    seen = see()
    seen.page.locator("#search").fill("顔認証")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("ArrowDown")
    chosen = seen.page.locator("#found [aria-selected=true]")
    assert (
        seen.page.locator("#search").get_attribute("aria-activedescendant") == chosen.get_attribute("id") == "found-1"
    )
    name = chosen.locator("bdi").first.inner_text()
    seen.page.keyboard.press("Enter")
    assert seen.text("#panel h2") == name
    seen.page.locator("#search").fill("存在しない名前")
    assert "見つかりません" in seen.text("#found")


def test_the_legend_filters_picture_and_list(see: Any, pictures: Path) -> None:
    seen = see(project="small")
    shown = SHEET + ".line:not([hidden])"
    all_lines = seen.page.locator(shown).count()
    seen.page.locator("input[data-key='stance.proposed']").uncheck()
    assert seen.page.locator(shown).count() == all_lines - 1
    seen.page.locator("input[data-key='mark.negated']").uncheck()
    assert seen.page.locator(SHEET + ".line.not:not([hidden])").count() == 0
    seen.page.locator("input[data-key='review.candidate']").uncheck()
    assert seen.page.locator(SHEET + ".line.dim:not([hidden])").count() == 0
    seen.page.locator("input[data-key='kind.person']").uncheck()
    assert seen.page.locator(SHEET + ".node.k-person:not([hidden])").count() == 0
    seen.page.locator("input[data-key='theme.b']").uncheck()
    assert seen.page.locator(SHEET + ".frame:not([hidden])").count() == 1
    seen.page.locator("#show-list").click()
    handles = [row.get_attribute("data-claim") for row in seen.page.locator("#list tbody tr").all()]
    assert handles == ["C4", "C6", "C7"]
    seen.page.screenshot(path=pictures / "list-filtered.png")
    url = seen.page.url
    assert all(part in url for part in ("no-stance=proposed", "no-kind=person", "no-theme=b", "view=list"))
    again = see(project="small", hash="#" + url.split("#")[1])
    assert [row.get_attribute("data-claim") for row in again.page.locator("#list tbody tr").all()] == handles
    again.page.get_by_role("button", name="すべて表示").click()
    assert again.page.locator("#list tbody tr").count() == len(small().claims) - 2


def test_the_address_holds_the_choice_and_back_goes_back(see: Any) -> None:
    seen = see(project="small")
    seen.page.locator(SHEET + "[data-node=Club]").click()
    assert "node=Club" in seen.page.url
    seen.page.locator(SHEET + ".line.not text").click()
    assert "line=C11" in seen.page.url
    seen.page.go_back()
    seen.settle()
    assert seen.text("#panel h2") == "万引対策の会"
    assert "この住所が指すものは" in see(project="small", hash="#node=Nobody").text("#panel")


# --- keyboard and screen readers


def test_the_keyboard_reaches_every_node_and_line_and_their_evidence(see: Any) -> None:
    seen = see(project="small")
    things = seen.page.locator(SHEET + "[tabindex='0']").count()
    assert things == seen.page.locator(SHEET + ".node").count() + seen.page.locator(SHEET + ".line").count()
    seen.page.locator("#language").focus()
    visited = set()
    for _ in range(things):
        seen.page.keyboard.press("Tab")
        visited.add(seen.state("document.activeElement.dataset.node || document.activeElement.dataset.line"))
    assert None not in visited and len(visited) == things
    seen.page.keyboard.press("Enter")
    assert seen.state("document.activeElement.id") == "panel"
    assert seen.page.locator("#panel").is_visible()
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#panel").is_visible()
    assert seen.state("document.activeElement.matches('[data-node], [data-line]')")
    seen.page.keyboard.press("/")
    assert seen.state("document.activeElement.id") == "search"


def test_everything_that_can_be_pressed_has_a_name(see: Any) -> None:
    seen = see(hash="#view=list&node=NationalPoliceAgency")
    nameless = seen.state(
        """[...document.querySelectorAll('button, input, a, [role=button], [tabindex="0"]')].filter(one =>
            !(one.getAttribute('aria-label') || one.textContent || (one.labels && one.labels.length)
              || one.getAttribute('title') || '').toString().trim()).length"""
    )
    assert nameless == 0
    snapshot = see(project="small").page.locator("#picture").aria_snapshot()
    assert "確からしさ：明記" in snapshot and "本の店" in snapshot


# --- hostile data


@pytest.mark.parametrize("kind", ["chart", "network"])
def test_hostile_names_run_nothing_wherever_they_are_shown(see: Any, pictures: Path, kind: str) -> None:
    seen = see(kind, "hostile")
    data = seen.state("JSON.parse(document.getElementById('data').textContent)")
    for lang in ("ja", "en"):
        for entity in data["entities"]:
            seen.state(f"location.hash = 'lang={lang}&node={entity['id']}'")
        seen.settle()
        assert (data["entities"][-1]["name"].get(lang) or data["entities"][-1]["name"]["ja"]) in seen.text("#panel h2")
        for index in range(0, len(data["claims"]), 3):
            seen.state(f"location.hash = 'lang={lang}&claim=.{index}'")
            seen.state(
                f"location.hash = 'lang={lang}&claim=' + encodeURIComponent({data['claims'][index]['handle']!r})"
            )
    if kind == "chart":
        seen.state("location.hash = 'view=list'")
        for text in CORPUS:
            seen.page.locator("#search").fill(text[:60].replace("\x00", ""))
        for box in seen.page.locator("#legend input").all():
            box.uncheck()
            box.check()
    seen.state("location.hash = 'node=e0'")
    seen.settle()
    assert "<script>window.ran=1</script>" in seen.text("#panel h2")  # shown, and not run
    seen.page.screenshot(path=pictures / f"hostile-{kind}.png")
    assert seen.state("window.ran") is None
    assert seen.page.locator("img, iframe, object, embed, svg script, base").count() == 0
    assert seen.state("[...document.querySelectorAll('a')].every(a => /^https:/.test(a.href))")
    assert seen.state(
        "[...document.querySelectorAll('*')].every(e => ![...e.attributes].some(a => /^on/i.test(a.name)))"
    )


def test_a_title_cannot_turn_the_page_around(see: Any) -> None:
    seen = see(project="hostile")
    for selector in (".node text", ".frame text", "h1 bdi"):
        assert seen.state(f"getComputedStyle(document.querySelector({selector!r})).unicodeBidi") == "isolate"


# --- other sizes


def test_on_a_phone_the_legend_is_a_drawer(see: Any, pictures: Path) -> None:
    seen = see(viewport={"width": 390, "height": 800}, has_touch=True)
    assert not seen.state("document.getElementById('legend').open")
    assert seen.state("document.documentElement.scrollWidth") <= 390
    seen.page.screenshot(path=pictures / "phone.png")
    seen.page.locator(SHEET + "[data-node=Police]").dispatch_event("click")
    seen.settle()
    assert seen.page.locator("#panel").is_visible()
    frame = seen.page.locator("#picture").bounding_box()
    node = seen.page.locator(SHEET + "[data-node=Police]").bounding_box()
    assert frame["x"] <= node["x"] and node["x"] + node["width"] <= frame["x"] + frame["width"]
    assert frame["y"] <= node["y"] and node["y"] + node["height"] <= frame["y"] + frame["height"]
    seen.page.screenshot(path=pictures / "phone-panel.png")


def test_zoom_keeps_what_is_under_the_middle(see: Any) -> None:
    seen = see()
    before = seen.page.locator(SHEET + "svg").bounding_box()["width"]
    seen.page.locator("#zoom-in").click()
    seen.page.locator("#zoom-in").click()
    assert seen.page.locator(SHEET + "svg").bounding_box()["width"] > before * 1.5
    assert seen.state("document.getElementById('picture').scrollLeft") > 100
    seen.page.locator("#zoom-fit").click()
    assert seen.page.locator(SHEET + "svg").bounding_box()["width"] == pytest.approx(before, abs=2)


def test_a_large_project_says_what_is_left(see: Any, pictures: Path) -> None:
    seen = see(project="large")
    assert "／400項目" in seen.text("#drawn")
    seen.page.locator("#search").fill("項目399")
    seen.page.keyboard.press("Enter")
    assert "項目399" in seen.text("#panel h2")
    seen.page.screenshot(path=pictures / "large.png")
    seen.page.locator("#show-list").click()
    assert seen.page.locator("#list tbody tr").count() == 400
    seen.page.get_by_role("button", name="続きを表示（残り800）").click()
    assert seen.page.locator("#list tbody tr").count() == 800


def test_without_script_the_picture_still_stands(see: Any) -> None:
    seen = see(java_script_enabled=False)
    assert seen.page.locator(SHEET + ".node").count() > 30
    assert "JavaScript" in seen.text("noscript")


# --- pyvis


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pyvis_page_shows_the_same_evidence(see: Any, pictures: Path, scheme: str) -> None:
    seen = see("network", color_scheme=scheme)
    seen.page.wait_for_timeout(300)
    seen.page.screenshot(path=pictures / f"network-{scheme}.png")
    seen.state("location.hash = 'claim=C056'")
    seen.settle()
    assert "理事長" in seen.text("#panel") and "竹花豊" in seen.text("#panel")
    seen.page.screenshot(path=pictures / f"network-claim-{scheme}.png")


def test_a_click_on_the_pyvis_canvas_opens_what_lies_there(see: Any) -> None:
    seen = see("network", "small")
    box = seen.page.locator("#network canvas").bounding_box()
    for x in range(20, int(box["width"]), 25):
        for y in range(20, int(box["height"]), 25):
            if seen.page.locator("#panel h2").count():
                break
            seen.page.mouse.click(box["x"] + x, box["y"] + y)
        else:
            continue
        break
    assert seen.text("#panel h2") in {entity.name["ja"] for entity in small().entities}


def test_the_pyvis_page_can_be_read_without_its_canvas(see: Any) -> None:
    seen = see("network", "small")
    names = seen.page.locator("#things button").all_inner_texts()
    assert "万引対策の会" in names and any("→" in name for name in names)
    seen.page.locator("#search").fill("the club")
    seen.page.keyboard.press("Enter")
    assert seen.text("#panel h2") == "万引対策の会"
