"""What axe-core finds in every view of the pages, in both palettes: nothing serious, nothing critical."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.opened import BROWSER
from tests.browser.test_page_views import VIEWS

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
pytestmark = BROWSER


def found(page: Any) -> list[str]:
    """What is serious or critical, each with the elements that it was found on."""
    # axe-core comes in as text, which the page's own policy would not let in as a script
    told = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:4]]}"
        for one in told
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "first", "network", "network-panel"])
def test_axe_finds_nothing_serious(see: Any, view: str, scheme: str) -> None:
    hashes = {"first": "", "network": "", "network-panel": "claim=C056"} | VIEWS
    seen = see("network" if view.startswith("network") else "chart", hash="#" + hashes[view], color_scheme=scheme)
    assert found(seen.page) == []


def test_axe_would_find_a_button_without_a_name(see: Any) -> None:
    seen = see(project="small")
    seen.state("document.querySelector('header').append(document.createElement('button'))")
    assert any(text.startswith("button-name") for text in found(seen.page))
