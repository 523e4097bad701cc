"""What the page draws by itself and how one gets about in it: neighbourhoods, routes, dates, the centre, stories."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from graph.explore.paths import Walk, find
from graph.explore.ties import Filter, ties_of
from graph.model import When
from tests.browser.opened import BROWSER, SHEET, Seen, bundled
from tests.browser.projects import small

pytestmark = BROWSER
AGENCY, SHOP = "NationalPoliceAgency", "JunkudoIkebukuro"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
VIEWS = {
    "panel": f"node={AGENCY}",
    "near": f"near={AGENCY}&node={AGENCY}",
    "route": f"from={AGENCY}&to={SHOP}",
    "when": "at=2014-05",
    "time": "view=time",
    "list": "view=list",
    "central": "central=yes",
    "story": f"story={bundled().stories[0].id}.2",
    "source": "source=newsletter-2016",
}
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll('.sheet:not([hidden]) .node:not([hidden])')].map(node =>
    [node.dataset.node, node.querySelector('rect').getBoundingClientRect()]);
    return boxes.flatMap(([id, a], n) => boxes.slice(n + 1).filter(([, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1
        
        && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => `${id} ${other}`)); }"""


def name(id: str, lang: str = "ja") -> str:
    entity = bundled().entity(id)
    assert entity
    return entity.name[lang]


# --- neighbourhoods


@pytest.mark.parametrize("way", ["button", "key", "double click"])
def test_looking_around_draws_the_neighbours_and_no_others(see: Any, way: str) -> None:
    seen = see(project="small")
    node = seen.page.locator(SHEET + "[data-node=Club]")
    if way == "button":
        node.click()
        seen.press("まわりを描く", "#panel")
    elif way == "key":
        node.focus()
        seen.page.keyboard.press("n")
    else:
        node.dblclick()
    seen.settle()
    assert seen.nodes() == {"Club", "Chair", "Network", "Bureau", "Critics"}
    assert seen.hash["near"] == "Club" and "「万引対策の会」のまわり" in seen.text("#near")
    assert seen.page.locator(SHEET + ".line").count() > 3 and seen.state(OVERLAPS) == []
    seen.press("最初の図へ", "#near")
    assert "near" not in seen.hash and seen.page.locator(SHEET + ".frame").count() == 2


def test_more_neighbours_come_until_the_picture_is_full(see: Any, pictures: Path) -> None:
    seen = see(project="star", hash="#near=e0")
    for shown in (17, 31, 45, 59):
        assert len(seen.nodes()) == shown and f"71項目のうち{shown}項目" in seen.text("#near")
        assert seen.state(OVERLAPS) == []
        seen.press(f"さらに{min(14, 71 - shown)}項目", "#near")
    assert len(seen.nodes()) == 61 and "残る10項目は一覧で" in seen.text("#near")
    seen.page.screenshot(path=pictures / "star.png")


def test_what_is_hidden_is_gone_until_it_is_brought_back_and_what_is_kept_stays(see: Any) -> None:
    seen = see(project="small", hash="#near=Club")
    seen.page.locator(SHEET + "[data-node=Chair]").focus()
    seen.page.keyboard.press("h")
    assert "Chair" not in seen.nodes() and seen.hash["gone"] == "Chair"
    seen.page.locator(SHEET + "[data-node=Network]").focus()
    seen.page.keyboard.press("k")
    seen.page.locator(SHEET + "[data-node=Critics]").focus()
    seen.page.keyboard.press("n")
    seen.settle()
    assert "Network" in seen.nodes() and seen.page.locator(SHEET + "[data-node=Network].kept").count() == 1
    seen.press("隠した1項目を戻す", "#near")
    assert "gone" not in seen.hash
    seen.press("最初の図へ", "#near")
    assert "kept" not in seen.hash


def test_what_is_folded_unfolds_in_place(see: Any, pictures: Path) -> None:
    seen = see(hash=f"#node={AGENCY}")
    first = seen.nodes()
    seen.press("ひろげる", "#panel")
    more = seen.nodes() - first
    hosts = seen.state(
        """() => { const data = JSON.parse(document.getElementById('data').textContent);
        return data.entities.filter(e => data.entities[e.host] && data.entities[e.host].id === 'NationalPoliceAgency')
            .map(e => e.id); }"""
    )
    assert more == set(hosts) and more and first < seen.nodes()
    assert seen.state(OVERLAPS) == []
    seen.page.screenshot(path=pictures / "unfolded.png")
    seen.page.locator("#language").click()
    seen.settle()
    assert seen.nodes() == first | more and seen.state(OVERLAPS) == []
    seen.page.locator("#panel .actions [aria-pressed=true]").first.click()
    seen.settle()
    assert seen.nodes() == first


# --- routes


def route_by_typing(seen: Seen, start: str, end: str) -> None:
    seen.page.locator("#tool-route").click()
    for box, typed in zip(("nth=0", "nth=1"), (start, end), strict=True):
        seen.page.locator("#route input").locator(box).fill(typed)
        seen.page.keyboard.press("Enter")
        seen.settle()


def test_a_route_is_found_by_typed_names_and_names_its_weakest_link(see: Any, pictures: Path) -> None:
    seen = see()
    route_by_typing(seen, "警察庁", "ジュンク堂書店 池袋店")
    assert (seen.hash["from"], seen.hash["to"]) == (AGENCY, SHOP)
    expected = find(ties_of(bundled()), AGENCY, SHOP, Walk())
    rows = seen.page.locator("#route .routes > li").all_inner_texts()
    assert len(rows) >= len(expected.routes)
    for row, route in zip(rows, sorted(expected.routes, key=lambda one: one.order), strict=False):
        assert all(name(id) in row for id in route.nodes) and f"{len(route.links)}本" in row
        weak, words = route.weakest_tie.stance, seen.page.locator("#route .badge").first.inner_text()
        assert words and weak
    assert {AGENCY, SHOP} <= seen.nodes()
    seen.press("これだけ描く", "#route")
    assert seen.nodes() == set(sorted(expected.routes, key=lambda one: one.order)[0].nodes) and seen.hash["nth"] == "1"
    seen.page.screenshot(path=pictures / "route-one.png")
    seen.press("最短をすべて描く", "#route")
    assert "nth" not in seen.hash
    least = min(len(one.links) for one in expected.routes)
    assert seen.nodes() == {id for one in expected.routes if len(one.links) == least for id in one.nodes}
    seen.page.locator("#route .swap").click()
    assert (seen.hash["from"], seen.hash["to"]) == (SHOP, AGENCY)
    seen.page.locator("#route .step").first.click()
    assert seen.page.locator("#panel article").count() == 1


def test_the_weakest_link_is_named(see: Any) -> None:
    seen = see(project="small", hash="#from=Chair&to=System")
    rows = seen.page.locator("#route .routes > li")
    assert "疑い・主張" in rows.first.inner_text() and "警察の局―顔認証システム" in rows.first.inner_text()
    assert rows.first.locator(".step.weak").count() == 1


def test_where_no_route_is_each_end_says_what_it_reaches(see: Any) -> None:
    seen = see(project="small", hash="#from=Chair&to=Alone")
    told = seen.text("#route")
    assert "経路はありません" in told
    assert "だれにも言われない法律から届くのは0項目" in told and "万引対策の会" in told
    assert "同じ項目どうし" in see(project="small", hash="#from=Chair&to=Chair").text("#route")
    assert seen.nodes() == {"Chair", "Alone"}


# --- dates


def test_a_date_leaves_what_may_have_held_then(see: Any) -> None:
    seen = see(hash="#at=2014-05")
    project, at = bundled(), When(2014, 5)
    ties = {tie.handle: tie for tie in ties_of(project, Filter(documents=True))}
    numbers = [int(n) for n in re.findall(r"(?:成り立つ |かもしれない |成り立たない )(\d+)", seen.text("#when"))]
    data = seen.state("JSON.parse(document.getElementById('data').textContent)")
    assert len(numbers) == 3 and sum(numbers) == len(data["claims"])
    gone = {c["handle"] for c in data["claims"] if c["handle"] in ties and ties[c["handle"]].holds(at).value == "no"}
    seen.page.locator("#show-list").click()
    rows = {row.get_attribute("data-claim") for row in seen.page.locator("#list tbody tr").all()}
    assert gone and not gone & rows and len(rows) == numbers[0] + numbers[1]
    seen.page.locator("#show-picture").click()
    for line in seen.page.locator(SHEET + ".line.maybe:not([hidden])").all()[:5]:
        assert float(line.evaluate("l => getComputedStyle(l.querySelector('.stroke')).opacity")) < 0.5
    seen.page.locator("#when input[type=checkbox]").uncheck()
    assert seen.hash["undated"] == "no"
    dated = {c["handle"] for c in data["claims"] if any(key in c for key in ("from", "to", "asOf"))}
    seen.page.locator("#show-list").click()
    left = {row.get_attribute("data-claim") for row in seen.page.locator("#list tbody tr").all()}
    assert left < rows and left <= dated


def test_the_slider_moves_by_key_and_is_put_away(see: Any) -> None:
    seen = see()
    seen.page.locator("#tool-when").click()
    assert seen.hash["at"] == "any" and "すべての時期" in seen.text("#when output")
    slider = seen.page.locator("#when input[type=range]")
    slider.focus()
    seen.page.keyboard.press("ArrowLeft")
    seen.settle()
    assert re.fullmatch(r"\d{4}-\d\d", seen.hash["at"])
    assert slider.get_attribute("aria-valuetext") == seen.text("#when output")
    before = seen.hash["at"]
    seen.page.keyboard.press("ArrowLeft")
    assert seen.hash["at"] < before and seen.state("document.activeElement.type") == "range"
    seen.press("閉じる", "#when")
    assert "at" not in seen.hash and not seen.page.locator("#when").is_visible()
    assert "時期の書かれた主張がありません" in see(project="large", hash="#at=any").text("#when")


def test_the_timeline_runs_in_the_order_of_time(see: Any) -> None:
    seen = see(hash="#view=time")
    years = [int(re.sub(r"\D", "", text)) for text in seen.page.locator("#timeline h2").all_inner_texts()]
    assert years == sorted(set(years)) and len(years) > 5
    dated = [c for c in seen.state("JSON.parse(document.getElementById('data').textContent).claims")
             if any(key in c for key in ("from", "to", "asOf"))]  # fmt: skip
    assert seen.page.locator("#timeline .moment").count() == len(dated)
    seen.page.locator("#timeline .moment button").first.click()
    assert seen.page.locator("#panel article").count() == 1 and seen.page.locator(".moment.on").count() == 1


# --- the centre


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("project", ["bundled", "small", "hostile", "large"])
def test_no_boxes_lie_on_each_other_in_the_centre(see: Any, lang: str, project: str) -> None:
    seen = see(project=project, hash=f"#central=yes&lang={lang}")
    assert seen.page.locator(SHEET + ".chart.calm").count() == 1
    assert len(seen.nodes()) > 5 and seen.state(OVERLAPS) == []


# --- stories


def test_a_story_is_told_step_by_step(see: Any, pictures: Path) -> None:
    story = bundled().stories[0]
    seen = see()
    seen.page.locator("#tool-story").click()
    assert seen.hash["story"] == f"{story.id}.1"
    for number, step in enumerate(story.steps, 1):
        assert step.caption["ja"] in seen.text("#story .story-caption")
        assert seen.hash["story"] == f"{story.id}.{number}"
        shown = seen.page.locator("#story .story-claims button").count()
        assert shown == len(dict.fromkeys(step.claims)) + len(step.entities)
        seen.page.screenshot(path=pictures / f"story-{number:02}.png")
        if step.focus in step.claims:
            assert seen.hash["claim"] == step.focus and step.focus in seen.text("#panel")
        if step.claims:
            assert seen.page.locator(SHEET + ".node.on").count() > 0
        if number < len(story.steps):
            seen.page.locator("#story .story-next").click()
            seen.settle()
    assert seen.page.locator("#story .story-next").is_disabled()
    seen.page.locator("#story [data-story='step-1']").focus()
    seen.page.keyboard.press("ArrowLeft")
    assert seen.hash["story"] == f"{story.id}.{len(story.steps) - 1}"
    again = see(hash=f"#story={story.id}.3")
    assert story.steps[2].caption["ja"] in again.text("#story")
    again.page.locator("#story .story-claims button").first.click()
    assert again.page.locator("#panel article").count() == 1
    again.press("物語を終える", "#story")
    assert "story" not in again.hash and not again.page.locator("#story").is_visible()


# --- the address, and going back


def test_every_step_can_be_undone_and_done_again(see: Any) -> None:
    seen = see(project="small")
    seen.page.locator(SHEET + "[data-node=Club]").click()
    seen.press("まわりを描く", "#panel")
    seen.page.locator("#tool-when").click()
    seen.page.locator("input[data-key='stance.stated']").uncheck()
    states = [seen.state("location.hash")]
    for _ in range(4):
        seen.page.locator("#undo").click()
        seen.settle()
        states.append(seen.state("location.hash"))
    assert states[-1] == "" and len(set(states)) == 5 and seen.page.locator("#undo").is_disabled()
    assert seen.page.locator("input[data-key='stance.stated']").is_checked()
    for expected in reversed(states[:-1]):
        seen.page.locator("#redo").click()
        seen.settle()
        assert seen.state("location.hash") == expected
    assert seen.page.locator("#redo").is_disabled()
    seen.page.keyboard.press("Control+z")
    seen.settle()
    assert seen.state("location.hash") == states[1]
    seen.page.go_back()
    seen.settle()
    assert seen.state("location.hash") == states[2]


@pytest.mark.parametrize(
    "hash",
    [
        *VIEWS.values(),
        f"view=list&near={AGENCY}&lang=en",
        f"near={AGENCY}&kept=Police&gone=TakehanaYutaka&open=TakehanaYutaka",
        f"from={AGENCY}&to={SHOP}&nth=2&node={SHOP}",
        f"from={AGENCY}&to=",
        "at=any&undated=no&view=time",
        "claim=C056&no-stance=proposed,reported&no-kind=person&no-theme=my-number&no-mark=negated",
        "no-review=disputed&no-method=curated&line=C056",
    ],
)
def test_an_address_stands_for_what_is_seen(see: Any, hash: str) -> None:
    seen = see(hash="#" + hash)
    before = seen.state("document.querySelector('main').innerText"), seen.nodes(), seen.text("header")
    kept = seen.hash
    seen.page.locator("#tool-when").click()  # any change writes the whole state; the next takes the change back
    seen.page.locator("#undo").click()
    seen.settle()
    assert seen.hash == kept
    seen.page.locator("#show-list").click()
    told = {key: value for key, value in seen.hash.items() if key != "view"}
    wanted = {key: value for key, value in kept.items() if key != "view"}
    for key in ("line", "claim"):
        wanted.pop(key, None), told.pop(key, None)
    assert told == wanted
    again = see(hash="#" + hash)
    assert (again.state("document.querySelector('main').innerText"), again.nodes(), again.text("header")) == before


@pytest.mark.parametrize(
    "hash",
    [
        "near=Nobody,,&kept=%00&gone=<b>&open=__proto__",
        "from=Nobody&to=constructor&nth=-7",
        f"from={AGENCY}&to={SHOP}&nth=99",
        f"from={AGENCY}&to={SHOP}&nth=x",
        "at=2014-99&undated=maybe", "at=0000-00-00", "at=%F0%9F%98%80",
        "story=nothing.3", f"story={bundled().stories[0].id}.0", f"story={bundled().stories[0].id}.99999",
        "view=elsewhere&lang=xx", "central=no", "source=nobody", "claim=.99999", "claim=.-1", "line=nothing", "node=",
        "no-stance=,,x&no-nothing=y", "%", "%zz=%zz", "=", "&&&", "__proto__=1&constructor=2", "node=" + "x" * 5000,
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(see: Any, hash: str) -> None:
    seen = see(hash="#" + hash)
    text = seen.state("document.body.innerText")
    assert not re.search(r"undefined|NaN|\[object", text)
    seen.page.locator("#language").click()
    seen.page.locator("#show-list").click()
    assert seen.page.locator("#list table").count() == 1


# --- the legend's quick ways


def test_only_what_sources_state(see: Any) -> None:
    seen = see(project="small")
    seen.page.locator("#only-stated").click()
    assert seen.page.locator("#only-stated").get_attribute("aria-pressed") == "true"
    seen.page.locator("#show-list").click()
    stated = {c.handle for c in small().claims if c.stance.value == "stated"} - {"C16", "C17"}
    assert {row.get_attribute("data-claim") for row in seen.page.locator("#list tbody tr").all()} == stated
    seen.page.locator("#only-stated").click()
    assert seen.page.locator("#list tbody tr").count() == len(small().claims) - 2


def test_review_and_method_filter(see: Any) -> None:
    seen = see(project="small", hash="#no-review=candidate,disputed&view=list")
    rows = {row.get_attribute("data-claim") for row in seen.page.locator("#list tbody tr").all()}
    assert not {"C8", "C15"} & rows and "C1" in rows
    seen = see(project="hostile", hash="#view=list&no-method=rule")
    assert seen.page.locator("#legend input[data-key='method.rule']").count() == 1
    assert (
        0
        < seen.page.locator("#list tbody tr").count()
        < seen.state("JSON.parse(document.getElementById('data').textContent).claims.length")
    )


# --- languages


@pytest.mark.parametrize("view", [*VIEWS, "first"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_word_is_in_the_language_of_the_page(see: Any, view: str, lang: str) -> None:
    seen = see(hash=f"#lang={lang}&{VIEWS.get(view, '')}")
    seen.page.locator("#more summary").click()
    words = seen.state("JSON.parse(document.getElementById('data').textContent).words")
    other = "en" if lang == "ja" else "ja"
    foreign = {text[other] for code, text in words.items() if "{" not in text[other] and text[other] != text[lang]}
    foreign -= {text[lang] for text in words.values()} | {words["other-language"][other]}
    told = seen.state(
        """[...document.querySelectorAll('body *')].filter(e => e.checkVisibility()).flatMap(e =>
            [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.nodeValue.trim()).concat(
                ['title', 'aria-label', 'placeholder', 'aria-valuetext'].map(a => (e.getAttribute(a) || '').trim())))
        .filter(Boolean)"""
    )
    assert [text for text in told if text in foreign and text != words["other-language"][lang]] == []
    assert [text for text in told if re.search(r"undefined|NaN|\[object|\{\w+\}", text)] == []
    if lang == "en" and view in ("first", "when", "central"):
        japanese = [text for text in told if re.search(r"[\u3040-\u30ff]", text)]
        assert [text for text in japanese if text != "日本語"] == []


# --- hostile names


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_names_run_nothing_in_any_view(see: Any, lang: str) -> None:
    seen = see(project="hostile", hash=f"#lang={lang}")
    ids = ["e0", "e4", "e12", "e19"]
    for hash in (
        *(f"near={id}&node={id}" for id in ids), *(f"from={id}&to=e7" for id in ids),
        *(f"source=s{n}" for n in range(8)),
        "central=yes", "at=any", "view=time", "view=list", "open=e20,e21,e22&kept=e5", "gone=e1",
    ):  # fmt: skip
        seen.state(f"location.hash = {f'lang={lang}&{hash}'!r}")
        seen.settle()
        for button in seen.page.locator(".routes .only, #panel .cite button").all()[:2]:
            button.dispatch_event("click")
        assert seen.state("window.ran") is None
        assert seen.page.locator("img, iframe, object, embed, svg script, base").count() == 0
        assert seen.state("[...document.querySelectorAll('a')].every(a => /^(https|blob):/.test(a.href))")
    seen.state("window.dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator("#print-sheet li").count() > 5 and seen.state("window.ran") is None


# --- sizes and palettes


@pytest.mark.parametrize("view", VIEWS)
def test_on_a_phone_every_view_keeps_to_the_screen(see: Any, pictures: Path, view: str) -> None:
    seen = see(hash="#" + VIEWS[view], **PHONE)
    seen.page.screenshot(path=pictures / f"phone-{view}.png")
    assert seen.state("document.documentElement.scrollWidth") <= 390
    room = seen.page.locator("main").bounding_box()
    assert room["height"] >= 200
    wide = seen.state(
        """[...document.querySelectorAll('.bar:not([hidden]) *, #story:not([hidden]) .story-head > *')].filter(e =>
            e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest('.story-progress')).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "first"])
def test_views_are_seen_in_both_palettes(see: Any, pictures: Path, view: str, scheme: str) -> None:
    seen = see(hash="#" + VIEWS.get(view, ""), color_scheme=scheme)
    seen.page.screenshot(path=pictures / f"view-{view}-{scheme}.png")
    assert not re.search(r"undefined|NaN|\[object", seen.state("document.body.innerText"))
    paper = seen.state("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper))) < 150) == (scheme == "dark")
    if seen.page.locator(SHEET + "svg").is_visible():
        sizes = seen.state(
            """[...document.querySelectorAll('.sheet:not([hidden]) svg text')].map(t =>
            parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
        )
        assert min(sizes) >= 8.7


# --- the source card


def test_a_source_tells_its_claims_in_the_order_of_its_text(see: Any) -> None:
    seen = see(hash="#source=newsletter-2016")
    claims = seen.state("JSON.parse(document.getElementById('data').textContent).claims")
    order = [int(str(card.get_attribute("data-claim"))) for card in seen.page.locator("#panel article").all()]
    places = [claims[n]["passages"][0][0] for n in order]
    assert len(order) > 50 and places == sorted(places)
    source = bundled().source("newsletter-2016")
    assert source and source.title["ja"] in seen.text("#panel h2")


# --- by keyboard alone


def test_a_tour_by_keyboard_alone(see: Any) -> None:
    seen = see()
    keys = seen.page.keyboard

    def tab_to(script: str, most: int = 200, key: str = "Tab") -> None:
        for _ in range(most):
            if seen.state(f"(() => {{ const e = document.activeElement; return {script}; }})()"):
                return
            keys.press(key)
        raise AssertionError(script)

    tab_to("e.id === 'search'")
    keys.type("警察庁")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert seen.text("#panel h2") == name(AGENCY) and seen.state("document.activeElement.id") == "panel"
    tab_to("e.closest('#panel') && e.textContent === '根拠を見る'")
    keys.press("Enter")
    assert seen.page.locator("#panel dl").count() == 1
    tab_to("e.closest('#panel .sentence') && e.classList.contains('name')")
    keys.press("Enter")
    tab_to("e.closest('#panel') && e.textContent === 'まわりを描く'")
    keys.press("Enter")
    seen.settle()
    assert "near" in seen.hash
    tab_to("e.closest('#near') && e.textContent === '最初の図へ'", key="Shift+Tab")
    keys.press("Enter")
    seen.settle()
    assert "near" not in seen.hash
    tab_to("e.id === 'undo'", key="Tab")
    keys.press("Enter")
    seen.settle()
    assert "near" in seen.hash
    keys.press("Escape")
    assert not seen.page.locator("#panel").is_visible()


def test_the_lines_of_an_entity_can_be_pasted(see: Any) -> None:
    seen = see(project="small", hash="#node=Critics")
    seen.page.locator("#panel .theme summary").click()
    seen.page.locator("#panel .theme select").select_option("b")
    snippet = seen.text("#panel .theme pre")
    assert snippet == "- id: Critics\n  theme: b\n" or snippet.rstrip() == "- id: Critics\n  theme: b"
