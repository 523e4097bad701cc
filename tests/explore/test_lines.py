"""Lines are made as they are read; the search for garbage in circles goes on afterwards as before."""

from __future__ import annotations

import gc

import pytest

from graph.explore.sheet import Line, Lines, Part
from graph.explore.stored import unswept


def test_only_what_is_read_is_made() -> None:
    made: list[str] = []

    def make(name: str) -> Line:
        made.append(name)
        return Line(name)

    lines = Lines(["a", "b", "c"], make)
    assert (len(lines), Part("k", "t", lines).heads, made) == (3, 3, [])
    assert [line.text for line in lines[:2]] == ["a", "b"] == made
    assert lines[-1].text == "c"
    assert [line.text for line in lines] == ["a", "b", "c"]
    with pytest.raises(IndexError):
        lines[3]


def test_what_is_set_in_is_no_finding_of_its_own() -> None:
    both = (Line("a"), Line("b", depth=1))
    assert Part("k", "t", both).heads == Part("k", "t", Lines(both, lambda line: line, 1)).heads == 1


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_for_garbage_goes_on_as_before(searching: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if searching else gc.disable)()
        with pytest.raises(ZeroDivisionError), unswept():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is searching
    finally:
        (gc.enable if before else gc.disable)()
