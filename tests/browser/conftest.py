"""Fixtures of the browser tests: one Chromium, the pages as files, and `see`, which opens one and watches it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.terms import vocabulary
from tests.browser.opened import CHROMIUM, MAKERS, PROJECTS, Seen


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not here: pip install playwright")
    with sync_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def written(kind: str, project: str) -> Path:
        file = folder / f"{kind}-{project}.html"
        file.write_text(MAKERS[kind](PROJECTS[project](), vocabulary()), encoding="utf-8", newline="\n")
        return file

    return written


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("SOKANZU_SCREENSHOTS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("screenshots")
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
def see(browser: Any, files: Callable[[str, str], Path]) -> Iterator[Callable[..., Seen]]:
    """Open a page from its file; at the end it must have asked for nothing and complained of nothing."""
    opened: list[Seen] = []

    def go(kind: str = "chart", project: str = "bundled", hash: str = "", **context: Any) -> Seen:
        size = {"width": 1400, "height": 900}
        tab = browser.new_context(**({"viewport": size, "locale": "ja-JP"} | context)).new_page()
        seen = Seen(tab)
        tab.on("request", lambda request: seen.requests.append(request.url))
        tab.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: seen.complaints.append(f"dialog: {dialog.message}"))
        tab.goto(files(kind, project).as_uri() + hash)
        if context.get("java_script_enabled", True):
            tab.wait_for_selector("html[data-ready]")
        seen.settle()
        opened.append(seen)
        return seen

    yield go
    for seen in opened:
        asked = [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))]
        complaints = seen.complaints
        seen.page.context.close()
        assert not asked
        assert not complaints
