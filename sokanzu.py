"""What `import sokanzu` gives: the public names, and `main` for the console script.

In: nothing. Out: the names below, each loaded when it is first touched, so that
importing costs next to nothing and a command pays only for what it uses.

    import sokanzu

    sokanzu.build("mychart", "build")
    chart = sokanzu.open("mychart")

In a checkout this module stands beside graph/ and cli.py. A wheel carries all
of them inside one package, `sokanzu`, so that installing claims no other name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.3.0"

IN_WHEEL = bool(__package__)

if TYPE_CHECKING:
    if IN_WHEEL:
        from .graph.build import build
        from .graph.errors import SokanzuError
        from .graph.model import Claim, Entity, Passage, Project, Review, Source, Stance, When, Words
        from .graph.opened import open_project as open
        from .graph.terms import vocabulary
    else:
        from graph.build import build
        from graph.errors import SokanzuError
        from graph.model import Claim, Entity, Passage, Project, Review, Source, Stance, When, Words
        from graph.opened import open_project as open
        from graph.terms import vocabulary

__all__ = [
    "Claim",
    "Entity",
    "Passage",
    "Project",
    "Review",
    "SokanzuError",
    "Source",
    "Stance",
    "When",
    "Words",
    "build",
    "main",
    "open",
    "vocabulary",
]

_HOME = {"build": "build", "SokanzuError": "errors", "open": "opened", "vocabulary": "terms"}  # the others: model
_THERE = {"open": "open_project"}


def __getattr__(name: str) -> Any:
    if name.startswith("_") or name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOME.get(name, "model")
    globals()[name] = value = getattr(part(home), _THERE.get(name, name))
    return value


def part(name: str) -> Any:
    """A module of the library by its name within graph/, wherever graph/ lies."""
    return import_module(f"{__package__}.graph.{name}" if IN_WHEEL else f"graph.{name}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def main() -> None:
    """Run the `sokanzu` command."""
    import gc

    gc.disable()  # nothing of what is imported is garbage; looking for it takes a tenth of the start
    module = import_module(f"{__package__}.cli" if IN_WHEEL else "cli")
    gc.freeze()
    gc.enable()
    module.app(prog_name="sokanzu")


if __name__ == "__main__":
    main()
