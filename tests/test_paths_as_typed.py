"""An empty path is a slip, and never the current folder: every command that takes one says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

import cli
from graph.commands.typed import NOWHERE, is_missing, path

COMMAND: Any = typer.main.get_command(cli.app)


def takers(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Each command with each of its options and arguments."""
    if hasattr(command, "commands"):
        for name, under in command.commands.items():
            yield from takers(under, (*words, name))
        return
    for param in command.params:
        yield words, command, param


def typed(words: tuple[str, ...], command: Any, param: Any, text: str) -> list[str]:
    """The command with this text for the parameter, and something for whatever else it must have."""
    arguments = [text if one is param else "x" for one in command.params if one.param_type_name == "argument"]
    option = [] if param in command.params and param.param_type_name == "argument" else [param.opts[0], text]
    return [*words, *option, *arguments]


PATHS = [
    (words, command, param)
    for words, command, param in takers(COMMAND)
    if "path" in param.type.name or param.name == "what"
]


def test_there_are_paths_to_try() -> None:
    names = {(*words, param.name) for words, _, param in PATHS}
    assert {
        ("extract", "files"),
        ("build", "source"),
        ("chart", "file"),
        ("new", "folder"),
        ("source", "add", "what"),
    } <= names
    assert ("analyze", "timeline", "file") in names and ("path", "chart") in names and len(names) > 40


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize(
    ("words", "command", "param"), PATHS, ids=[" ".join((*words, param.name)) for words, _, param in PATHS]
)
def test_an_empty_path_is_refused(
    words: tuple[str, ...], command: Any, param: Any, blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("The agency oversees the bureau.", encoding="utf-8")
    for lang, said in (("en", "an empty path names nothing"), ("ja", "空のパス")):
        made = CliRunner().invoke(cli.app, ["--lang", lang, *typed(words, command, param, blank)])
        assert (made.exit_code, said in made.stderr) == (2, True), made.output
        assert made.stdout == ""
    assert [one.name for one in tmp_path.iterdir()] == ["secret.txt"], "nothing was read or written"


def test_a_path_among_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(cli.app, ["--lang", "en", "extract", "there.txt", ""])
    assert made.exit_code == 2 and "empty path" in made.stderr


def test_what_is_no_path() -> None:
    assert path("") == path(" \t") == NOWHERE != path(".") == Path()
    assert is_missing([Path("a"), NOWHERE]) and not is_missing([Path()]) and not is_missing("") and not is_missing(None)
