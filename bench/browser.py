"""Pages in a real Chromium: how long until they stand still, what they ask for, what injected scripts run.

In: pages as text. Out: numbers. Needs Playwright and a Chromium; says why where one of them is missing. The network
is cut off: what a page asks for is counted and refused.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 180_000  # milliseconds
# A drawing is there when the frame after it has been painted; stock pyvis says when its nodes have come to rest.
_PAINTED = """
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.stable = performance.now();
  }));
"""
_LOADED = _PAINTED + 'addEventListener("load", painted);'
_STABILIZED = (
    _PAINTED
    + """
  let held;
  Object.defineProperty(window, "network", { configurable: true, get: () => held, set(made) {
    held = made;
    made.once("stabilized", painted);
  } });
"""
)
_POPUP = """(id) => {
  const at = network.canvasToDOM(network.getPosition(id));
  const box = document.getElementById("mynetwork").getBoundingClientRect();
  return [box.x + at.x, box.y + at.y];
}"""
_REACHED = """[...document.querySelectorAll("#list tbody tr")].filter((row) =>
  [...row.querySelectorAll("button, a, [tabindex]")].some((one) =>
    one.tabIndex >= 0 && (one.getAttribute("aria-label") || one.textContent).trim())).length"""
_CLAIMS = "JSON.parse(document.getElementById('data').textContent).claims.length"


def missing() -> str:
    """Why nothing can be measured here, "" if it can."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed"
    return "" if _chromium() else "there is no Chromium here"


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """A Chromium, and a folder for the pages that it opens."""

    def __init__(self, chromium: Any, folder: Path) -> None:
        self.chromium, self.folder = chromium, folder

    @contextmanager
    def tab(self, text: str, before: str = "") -> Iterator[tuple[Any, list[str]]]:
        """A page opened from a file, and the addresses that it has asked for so far, none of them answered."""
        file = self.folder / "page.html"
        file.write_text(text, encoding="utf-8", newline="\n")
        context = self.chromium.new_context(viewport={"width": 1400, "height": 900})
        asked: list[str] = []

        def refuse(route: Any) -> None:
            asked.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), refuse)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri())
        try:
            yield page, asked
        finally:
            context.close()

    def times(self, text: str, physics: bool = False) -> tuple[float, float]:
        """From asking for a page to its complete picture at rest; with `physics` that of a stock pyvis page.

        In milliseconds: what passes for the reader, and what the page keeps a processor busy for. Another page was
        open before it, so that no process has to be started.
        """
        with self.tab("<!doctype html>") as (page, _):
            (self.folder / "next.html").write_text(text, encoding="utf-8", newline="\n")
            metrics = page.context.new_cdp_session(page)
            metrics.send("Performance.enable")
            page.add_init_script(_STABILIZED if physics else _LOADED)
            page.goto((self.folder / "next.html").as_uri())
            passed = float(page.wait_for_selector("html[data-stable]").get_attribute("data-stable"))
            found = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
            return passed, 1000 * found["TaskDuration"]

    def requests(self, text: str) -> int:
        """How many things a page asks for that are not in it."""
        with self.tab(text) as (page, asked):
            page.wait_for_timeout(500)
            return len(asked)

    def injected(self, text: str, hover: str = "", open: str = "") -> set[str]:
        """Which marked scripts have run: after a look, with the pointer on a node of stock pyvis, or at an address."""
        with self.tab(text, "window.ran = {};") as (page, _):
            page.wait_for_timeout(500)
            if hover:
                page.mouse.move(*page.evaluate(_POPUP, hover))
                page.mouse.move(*(v + 1 for v in page.evaluate(_POPUP, hover)), steps=3)
            if open:
                page.evaluate("hash => { location.hash = hash; }", open)
            page.wait_for_timeout(1200)
            return set(page.evaluate("Object.keys(window.ran)"))

    def statements(self, text: str) -> tuple[int, int]:
        """How many statements of chart.html have something in its list to be focused and read out; of how many."""
        with self.tab(text) as (page, _):
            page.evaluate("location.hash = 'view=list'")
            page.wait_for_selector("#list tbody tr")
            while (more := page.locator("#list > button, #list tfoot button")).count():
                more.first.click()
            return int(page.evaluate(_REACHED)), int(page.evaluate(_CLAIMS))


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium, closed afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        chromium = play.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        try:
            yield Browser(chromium, Path(folder))
        finally:
            chromium.close()
