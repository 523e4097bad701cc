"""docs/cli.md, made from the help of the commands themselves.

In: cli.py. Out: the page. `python -m docs.make_cli` writes it; a test fails where it is out of date.
Only names, help and defaults are taken, so that the page does not depend on how wide a terminal is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

import cli
from graph.rdf import prefixes

PAGE = Path(__file__).with_name("cli.md")
COMMAND: Any = typer.main.get_command(cli.app)  # click's own types are not part of typer's promise

HEAD = """\
# The command

Made from the commands' own help by `python -m docs.make_cli`; change it in `cli.py`.

In a checkout `./run` sets everything up and passes its words on: `./run find 警察` is `sokanzu find 警察`.
`./run` alone is `sokanzu build` on the bundled project, whatever the current folder.

- **Which project?** `-p DIR`; else the current folder, if it has a `sokanzu.toml`; else the bundled project.
- **Where to?** `-o DIR`; else `build/` in the current folder. `query`, `find`, `show` and `export` answer from what
  `build` wrote there. Where nothing was built yet, they build first and say so.
- **Which language?** Errors and labels come in Japanese where the locale is Japanese, else in English;
  `--lang`, which stands before the command, decides: `sokanzu --lang ja show C039`. Help is in English.
- **Exit codes:** 0 done · 1 the data has errors, or there is no answer · 2 the command was wrong.
- What a command answers goes to standard output, everything else to standard error.
"""

PREFIXES = """\
## Prefixes

Questions need not declare these. `entity:`, `claim:`, `source:` and `theme:` follow the project's `base`; here they
are the bundled project's.

```
{rows}
```
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, *sections(COMMAND, "sokanzu")]
    known = prefixes("https://w3id.org/sokanzu/id/")
    wide = max(map(len, known)) + 1
    rows = "\n".join(f"{name + ':':<{wide}} {space}" for name, space in known.items())
    return "\n".join([*parts, PREFIXES.format(rows=rows)])


def sections(command: Any, name: str) -> Iterator[str]:
    """A command, then the commands within it."""
    yield section(command, name)
    for inner, within in getattr(command, "commands", {}).items():
        yield from sections(within, f"{name} {inner}")


def section(command: Any, name: str) -> str:
    """One command: how it is written, what it does, each argument and option."""
    rows = [row for parameter in command.params for row in described(parameter)]
    words = "".join(f" {word}" for word in usage(command))
    return "\n".join([f"## {name}", "", command.help, "", "```", name + words, "```", "", *rows, ""])


def usage(command: Any) -> Iterator[str]:
    """The words that may follow a command's name."""
    if hasattr(command, "commands"):
        yield from (*(["[OPTIONS]"] if command is COMMAND else []), "COMMAND", "…")
        return
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = parameter.name.upper()
            yield name if parameter.required else f"[{name}]"
    yield "[OPTIONS]"


def described(parameter: Any) -> Iterator[str]:
    """A list entry: the spellings, what it takes, the help, the default."""
    if parameter.param_type_name == "argument":
        spelled = f"`{parameter.name.upper()}`"
    else:
        takes = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.strip('_').upper()}"
        spelled = ", ".join(f"`{option}{takes}`" for option in parameter.opts)
    default = parameter.default
    shown = "" if default is None or default is False or parameter.required else f" Default: `{default}`."
    yield f"- {spelled}: {parameter.help or ''}{shown}"


if __name__ == "__main__":
    beside = PAGE.with_suffix(f".{os.getpid()}")
    beside.write_text(page(), encoding="utf-8", newline="\n")
    os.replace(beside, PAGE)
