"""A page that is open in Chromium and what it does; shared by this folder, as are the fixtures of conftest.py.

In: the projects by name. Out: Seen, and the marks that every module here carries.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from graph.chart.page import page as chart_page
from graph.chart.pyvis import network
from graph.model import Project
from graph.paths import SEEDS
from graph.project import read_project
from tests.browser.projects import hostile, large, small, star

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium fonts-noto-cjk"),
]
SHEET = ".sheet:not([hidden]) "
MAKERS: dict[str, Callable[..., str]] = {"chart": chart_page, "network": network}


@cache
def bundled() -> Project:
    return read_project(SEEDS)[0]


PROJECTS: dict[str, Callable[[], Project]] = {
    "bundled": bundled, "small": small, "hostile": hostile, "large": large, "star": star,
}  # fmt: skip


@dataclass
class Seen:
    """A page that is open, and what it did while it was."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def state(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def settle(self) -> None:
        self.page.wait_for_timeout(80)

    @property
    def hash(self) -> dict[str, str]:
        """The state that stands in the address."""
        return dict(self.state("[...new URLSearchParams(location.hash.slice(1))]"))

    def nodes(self) -> set[str]:
        """The entities in the picture that is seen."""
        script = "[...document.querySelectorAll('.sheet:not([hidden]) .node:not([hidden])')].map(n => n.dataset.node)"
        return set(self.state(script))

    def press(self, name: str, inside: str = "body") -> None:
        """A button by what it says."""
        self.page.locator(inside).get_by_role("button", name=name, exact=True).first.click()
        self.settle()
