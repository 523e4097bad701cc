"""What the documents say is run: commands, Python, answers shown, parts of files, links; docs/cli.md is up to date.

In a page, a block ```sh holds commands. A block ```text right behind it holds what they print; … stands for
anything, within a line or as a line of its own for any number of lines. A block that names a file behind its
language (```turtle build/graph.ttl) shows a part of that file. *.ja.md is read by people with a Japanese locale.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import docs.make_cli as make_cli

HOUSE = Path(__file__).resolve().parent.parent
PAGES = [*sorted(HOUSE.glob("*.md")), *sorted((HOUSE / "docs").rglob("*.md"))]
TWINS = ("README.md", "README.ja.md")
ROUTINES = {"test", "check", "format", "bench"}  # what `run` does beside passing words on; not run here
NOT_OURS = {"git", "pip", "python", "python3"}  # programs that a page may name and this test leaves alone


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    file: str
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(HOUSE).as_posix()}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    inside: list[str] | None = None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("```"):
            if inside is not None:
                inside.append(line)
        elif inside is None:
            language, _, file = line[3:].strip().partition(" ")
            begun, inside = number, []
        else:
            found.append(Block(page, begun, language, file, "\n".join(inside)))
            inside = None
    assert inside is None, f"{page}:{begun}: this block does not end"
    return found


def expected(page: Path) -> Iterator[tuple[Block, str | None]]:
    """Each block that is run, with the output that stands right behind it."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for block, after in pairwise([*blocks(page), None]):
        assert block
        if block.language in ("sh", "python"):
            end = block.line + len(block.text.splitlines()) + 1
            told = after and after.language == "text" and not "".join(lines[end : after.line - 1]).strip()
            yield block, after.text if told and after else None


def commands(block: Block) -> Iterator[list[str]]:
    """The commands of a block as lists of words; quotes may run over lines."""
    pending = ""
    for line in block.text.splitlines():
        pending += line
        try:
            words = shlex.split(pending, comments=True)
        except ValueError:  # a quote is still open
            pending += "\n"
            continue
        pending = ""
        if words:
            yield words
    assert not pending, f"{block.where}: a quote is not closed"


def meant(words: list[str], block: Block) -> list[str] | None:
    """The words of a command for `sokanzu`, or None for one that is not run here."""
    if words[:2] == ["python3", "run"]:
        words = ["./run", *words[2:]]
    program, *rest = words
    if program in ("./run", "../run"):
        if rest[:1] == ["sokanzu"]:
            return rest[1:]
        # The checkout's routines are for the checkout: from a project folder, they are not what a page means.
        assert program == "./run" or not rest or rest[0] not in ROUTINES, f"{block.where}: {words} runs the tests"
        return None if rest[:1] and rest[0] in ROUTINES else rest or ["build"]
    if program == "sokanzu":
        return rest
    assert program in NOT_OURS, f"{block.where}: nobody checks what `{program}` does"
    return None


def environment(page: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG", "COV"))}
    locale = "ja_JP.UTF-8" if page.name.endswith(".ja.md") else "C.UTF-8"
    return kept | {"PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1", "LC_ALL": locale}


def done(words: list[str], page: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=environment(page),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


def squeezed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip().strip("\n").splitlines())


def fits(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed; … stands for anything."""
    parts = []
    for line in squeezed(shown).splitlines():
        parts.append(r"(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n")
    return re.fullmatch("".join(parts), squeezed(printed) + "\n") is not None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the bundled project was built."""
    folder = tmp_path_factory.mktemp("docs")
    result = done(["-m", "sokanzu", "build"], HOUSE / "README.md", folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.parametrize("page", [p for p in PAGES if any(expected(p))], ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_every_example_runs_and_prints_what_the_page_shows(page: Path, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "build", tmp_path / "build")
    cwd = tmp_path
    for block, shown in expected(page):
        printed = ""
        for words in commands(block) if block.language == "sh" else [["python", "-c", block.text]]:
            if words[0] == "cd":
                cwd = (cwd / words[1]).resolve()
                assert tmp_path in (cwd, *cwd.parents), f"{block.where}: out of the checkout"
                continue
            rest = meant(words, block) if block.language == "sh" else words[1:]
            if rest is None:
                assert shown is None, f"{block.where}: nobody checks this output"
                continue
            in_python = block.language == "python"
            result = done(rest if in_python else ["-m", "sokanzu", *rest], page, tmp_path if in_python else cwd)
            assert result.returncode == 0, f"{block.where}: {words}\n{result.stderr}{result.stdout}"
            printed += result.stdout
        if shown is not None:
            assert fits(shown, printed), f"{block.where}: the page shows\n{shown}\nand it prints\n{printed}"


def test_what_fits() -> None:
    assert fits("a\n…\nd", "a\nb\nc\nd\n") and fits("a\n…\nd", "a\nd")
    assert fits("a … d", "a b c d   \n") and fits("…", "")
    assert not fits("a", "a\nb") and not fits("a … d", "a\nd") and not fits("", "a")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_parts_of_files_are_parts_of_them(page: Path, built: Path) -> None:
    for block in blocks(page):
        if block.file:
            file = (built if block.file.startswith("build/") else HOUSE) / block.file
            whole = "\n" + squeezed(file.read_text(encoding="utf-8")) + "\n"
            assert f"\n{squeezed(block.text)}\n" in whole, f"{block.where}: this does not stand in {block.file}"


# --- links and twins


def slug(heading: str) -> str:
    """The anchor that a heading gets on the usual hosts."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def prose(page: Path) -> str:
    """A page without its fenced blocks and code words."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8")))


def headings(page: Path) -> list[tuple[int, str]]:
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    return [(len(found[1]), found[2]) for found in re.finditer(r"(?m)^(#+) (.*)$", text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(HOUSE).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        assert HOUSE in there.parents, f"{page.name}: {target}"
        assert not anchor or anchor in {slug(text.replace("`", "")) for _, text in headings(there)}, target


def test_the_two_readmes_are_one() -> None:
    """The same headings, in number and depth, and the same commands and programs."""
    english, japanese = (HOUSE / name for name in TWINS)
    assert [depth for depth, _ in headings(english)] == [depth for depth, _ in headings(japanese)]
    said = [
        [words for b in blocks(page) if b.language == "sh" for words in commands(b)] for page in (english, japanese)
    ]
    assert said[0] == said[1]
    assert [b.language for b in blocks(english)] == [b.language for b in blocks(japanese)]
    programs = [[ast.dump(ast.parse(b.text)) for b in blocks(p) if b.language == "python"] for p in (english, japanese)]
    assert programs[0] == programs[1]


# --- docs/cli.md


def test_the_command_page_is_up_to_date() -> None:
    assert make_cli.PAGE.read_text(encoding="utf-8") == make_cli.page(), "make it anew: python -m docs.make_cli"


def test_every_command_and_option_has_help() -> None:
    every: dict[str, Any] = {"sokanzu": make_cli.COMMAND, **make_cli.COMMAND.commands}
    for name, command in every.items():
        assert command.help, name
        assert not [p.name for p in command.params if not (p.help or "").strip()], name


# --- docs/how-it-works.md, docs/decisions


def test_the_stages_are_numbered_as_the_build_numbers_them() -> None:
    from graph.build import STAGES

    text = (HOUSE / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^### (\d)\. (\w+)$", text) == [(str(n), name) for n, name in enumerate(STAGES, 1)]


def test_the_house_is_listed_in_the_order_of_its_imports() -> None:
    rules = (HOUSE / "tests" / "test_house.py").read_text(encoding="utf-8")
    found = re.search(r'(?s)^ORDER = """(.*?)"""', rules, re.MULTILINE)
    assert found
    [house] = [b for b in blocks(HOUSE / "docs" / "how-it-works.md") if b.text.startswith("errors ")]
    listed = [line.split()[0] for line in house.text.splitlines() if line.strip()]
    assert listed == found[1].split()


DECISIONS = sorted((HOUSE / "docs" / "decisions").glob("*.md"))


def test_decisions_are_numbered() -> None:
    numbers = [path.name[:3] for path in DECISIONS]
    assert numbers == [f"{n:03}" for n in range(1, len(numbers) + 1)], "no gap, no number twice"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.stem)
def test_a_decision_says_what_and_why(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:3]} · \S", text)
    assert "**Decision.**" in text and "**Why" in text
