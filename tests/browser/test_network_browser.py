"""network.html in a real browser: all of a project, what moves and what does not, and what is drawn on the canvas.

What a canvas says is heard by noting every text that it is asked to draw.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.chart.drawing import draw, whole
from graph.model import Project
from graph.terms import vocabulary
from tests.browser.opened import BROWSER, PROJECTS, Seen, bundled
from tests.browser.projects import large, small

pytestmark = BROWSER
HEAR = """
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
    (window.heard = window.heard || new Set()).add(text);
    return draw.call(this, text, ...more);
  };
"""
PICTURE = "document.querySelector('#network canvas').toDataURL()"


@pytest.fixture(scope="module", autouse=True)
def ten_thousand() -> None:
    PROJECTS["ten thousand"] = lambda: large(3334)


@pytest.fixture
def hear(see: Any, browser: Any, files: Callable[[str, str], Path]) -> Callable[[str], Any]:
    """Open the page of a project in a tab that notes what its canvas draws."""

    def go(project: str) -> Any:
        seen = see("network", project)
        seen.page.add_init_script(HEAR)
        seen.page.reload()
        seen.page.wait_for_selector("html[data-ready]")
        seen.settle()
        return seen

    return go


def heard(seen: Seen) -> set[str]:
    """What the canvas has drawn since the last call, and again now."""
    seen.state("window.heard = new Set()")
    seen.page.locator("#zoom-first").click()
    seen.page.wait_for_timeout(200)
    return set(seen.state("[...window.heard]"))


def everything(project: Project) -> Any:
    return whole(project, vocabulary(), draw(project, vocabulary()))


def press_more(seen: Seen) -> int:
    """Press the list's last button for as long as it promises more, by keyboard."""
    presses = 0
    while seen.page.locator("#things .more").count():
        seen.page.locator("#things .more").focus()
        seen.page.keyboard.press("Enter")
        presses += 1
    return presses


@pytest.mark.parametrize("project", ["bundled", "large"])
def test_every_node_and_line_is_reached_by_keyboard(see: Any, project: str) -> None:
    seen = see("network", project)
    made = everything(PROJECTS[project]())
    assert seen.page.locator("#things button").count() <= 201  # a list of thousands is no list
    assert press_more(seen) > 0
    names = seen.page.locator("#things button").all_text_contents()
    assert len(names) == len(made.nodes) + len(made.lines)
    assert sum("→" in name for name in names) >= len(made.lines)
    last = seen.page.locator("#things button").last
    last.focus()
    assert last.bounding_box()["width"] > 20  # what has the focus is seen
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("#panel .claim").count() >= 1


def test_more_leads_on_to_what_it_brought(see: Any) -> None:
    seen = see("network", "large")
    seen.page.locator("#things .more").focus()
    seen.page.keyboard.press("Enter")
    assert seen.state("[...document.querySelectorAll('#things button')].indexOf(document.activeElement)") == 200


def test_search_lists_what_it_finds_and_goes_there(see: Any) -> None:
    seen = see("network", "ten thousand")
    box = seen.page.locator("#search")
    box.fill("entity 1234")
    assert seen.page.locator("#found [role=option]").all_inner_texts()[0].startswith("項目1234")
    box.press("ArrowDown")
    box.press("Enter")
    assert seen.text("#panel h2") == "項目1234"
    seen.settle()
    canvas = seen.page.locator("#network canvas").bounding_box()
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#panel h2").count() == 0
    seen.settle()
    wide = seen.page.locator("#network canvas").bounding_box()
    assert wide["width"] > canvas["width"]
    box.fill("entity 1234")
    box.press("Enter")
    seen.settle()
    canvas = seen.page.locator("#network canvas").bounding_box()
    seen.page.locator("#language").click()
    seen.page.mouse.click(canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2)
    assert seen.text("#panel h2") == "entity 1234"  # it stands in the middle


def test_the_legend_filters_and_the_address_keeps_it(see: Any) -> None:
    seen = see("network", "small")
    assert seen.page.locator("#keys [data-key='kind.state'] ~ small").inner_text() == "1"
    before, names = seen.state(PICTURE), seen.page.locator("#things button").all_text_contents()
    assert "警察の局" in names
    seen.page.locator("#keys [data-key='kind.state']").click()
    seen.settle()
    left = seen.page.locator("#things button").all_text_contents()
    assert not [name for name in left if "警察の局" in name] and left
    assert seen.state(PICTURE) != before
    assert "no-kind=state" in seen.page.url
    seen.page.reload()
    seen.page.wait_for_selector("html[data-ready]")
    assert seen.page.locator("#things button").all_text_contents() == left
    seen.page.locator("#keys [data-key='stance.stated']").click()
    assert len(seen.page.locator("#things button").all_text_contents()) < len(left)
    seen.page.get_by_role("button", name="すべて表示").click()
    assert seen.page.locator("#things button").all_text_contents() == names


def test_what_the_legend_hides_is_not_drawn(hear: Any) -> None:
    seen = hear("small")
    assert {"警察の局", "万引対策の会"} <= heard(seen)
    seen.page.locator("#keys [data-key='kind.state']").click()
    after = heard(seen)
    assert "警察の局" not in after and "万引対策の会" in after


def test_the_canvas_speaks_both_languages(hear: Any) -> None:
    seen = hear("small")
    assert {"警察の局", "画像の共有"} <= heard(seen)
    seen.page.locator("#language").click()
    after = heard(seen)
    assert {"the bureau", "Sharing images"} <= after and "警察の局" not in after


def test_lines_of_a_large_project_say_nothing_until_they_are_looked_at(hear: Any) -> None:
    seen = hear("ten thousand")
    labels = {"利用する", "支持する", "反対する"}
    assert not heard(seen) & labels
    first = next(node.id for node in everything(large(3334)).nodes)
    seen.state(f"location.hash = 'node={first}'")
    seen.settle()
    assert heard(seen) & labels
    seen.page.keyboard.press("Escape")
    assert not heard(seen) & labels


def test_what_moves_comes_to_rest_and_stays_there(see: Any, pictures: Path) -> None:
    seen = see("network", "small")
    still = seen.state(PICTURE)
    seen.page.wait_for_timeout(400)
    assert seen.state(PICTURE) == still  # nothing moves by itself
    button = seen.page.locator("#physics")
    assert (button.inner_text(), button.get_attribute("aria-pressed")) == ("動かして並べる", "false")
    button.click()
    assert (button.inner_text(), button.get_attribute("aria-pressed")) == ("動きを止める", "true")
    seen.page.wait_for_selector("html[data-physics=settled]", timeout=60_000)
    button.click()
    seen.settle()
    rested = seen.state(PICTURE)
    assert rested != still
    seen.page.wait_for_timeout(400)
    assert seen.state(PICTURE) == rested
    seen.page.screenshot(path=pictures / "network-moved.png")
    seen.page.locator("#language").click()
    seen.settle()
    seen.page.locator("#language").click()
    seen.settle()
    seen.page.mouse.move(5, 5)
    assert seen.state(PICTURE) == rested  # another language, the same places


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ten_thousand_lines_are_drawn(see: Any, pictures: Path, scheme: str) -> None:
    seen = see("network", "ten thousand", color_scheme=scheme)
    assert "3334／3334項目、線9998本" in seen.text("#drawn")
    seen.page.screenshot(path=pictures / f"network-10k-{scheme}.png")
    seen.page.locator("#zoom-fit").click()
    seen.page.wait_for_timeout(500)
    seen.page.screenshot(path=pictures / f"network-10k-all-{scheme}.png")


def test_on_a_phone_nothing_hangs_over_the_edge(see: Any, pictures: Path) -> None:
    seen = see("network", viewport={"width": 390, "height": 844})
    seen.page.screenshot(path=pictures / "network-phone.png")
    assert seen.state("document.documentElement.scrollWidth") <= 390
    assert not seen.page.locator("#keys").is_visible()
    seen.page.locator("#legend summary").click()
    assert seen.page.locator("#keys").is_visible()
    assert seen.page.locator("#network canvas").bounding_box()["height"] > 200
    for id in ("physics", "zoom-fit", "language", "search"):
        box = seen.page.locator(f"#{id}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_project_without_claims_makes_a_page_that_works(see: Any) -> None:
    bare = small()
    PROJECTS["empty"] = lambda: Project("", bare.title, bare.base, ("ja",), (), bare.entities, bare.sources, ())
    seen = see("network", "empty")
    seen.page.locator("#search").fill("the club")
    seen.page.keyboard.press("Enter")
    assert seen.text("#panel h2") == "万引対策の会"
    seen.page.locator("#physics").click()
    seen.page.locator("#zoom-fit").click()
    seen.page.locator("#zoom-first").click()
    seen.settle()


def test_the_bundled_project_is_there_in_full(see: Any) -> None:
    made = everything(bundled())
    assert len(made.nodes) > 150
    assert f"{len(made.nodes)}／{len(bundled().entities)}項目" in see("network").text("#drawn")
