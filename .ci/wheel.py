"""Lay a wheel out as one package, `sokanzu`, so that installing claims no other name.

In: the checkout, where graph/ and cli.py stand beside sokanzu.py. Out: a wheel
with sokanzu/__init__.py, sokanzu/graph/ and so on.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = {
    "sokanzu.py": "__init__.py",
    ".ci/main.py": "__main__.py",
    "graph/py.typed": "py.typed",
} | {name: name for name in ("cli.py", "graph", "ontology", "seeds")}


class OnePackage(BuildHookInterface):  # type: ignore[type-arg]
    """Names, for a wheel, what lies where; an editable install points at the checkout instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Hatchling calls this before it packs."""
        if version == "standard":
            build_data["force_include"] |= {here: f"sokanzu/{there}" for here, there in INSIDE.items()}
