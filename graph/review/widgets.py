"""What the review's dialogs are: help, a note, the choice of what is asked about.

In: words and choices. Out: what the reviewer typed or chose, None where they thought better of it. Data is never
read as markup here: it goes through `content`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from .evidence import Piece
from .inert import inert
from .queue import Sieve

STYLES: Mapping[str, str] = {
    "": "",
    "subject": "bold underline ansi_cyan",
    "predicate": "bold ansi_green",
    "object": "bold underline ansi_magenta",
    "cue": "italic ansi_yellow",
    "label": "bold",
    "strong": "bold",
    "dim": "dim",
    "warn": "bold reverse ansi_red",
}

MOST_CHOICES = 200  # of one sort; the commonest


def content(lines: Iterable[Sequence[Piece]]) -> Content:
    """Styled lines for a widget; every piece stands as it is."""
    return Content("\n").join([Content.assemble(*((text, STYLES[style]) for text, style in line)) for line in lines])


def plain(text: str) -> Content:
    """Text from anywhere, as it is."""
    return Content(inert(text))


BOX = """
%s { align: center middle; }
%s > Vertical, %s > VerticalScroll {
    width: 76; max-width: 100%; height: auto; max-height: 100%; border: round ansi_default; padding: 0 1;
    background: ansi_default; color: ansi_default;
}
%s Static { width: 1fr; height: auto; }
%s OptionList { height: auto; max-height: 18; border: none; }
"""


class Dialog(ModalScreen[str | None]):
    """A box in the middle of the screen that Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_nothing", show=False, priority=True)]
    DEFAULT_CSS = BOX.replace("%s", "Dialog")

    def action_dismiss_nothing(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Help(Dialog):
    """The keys, until one is pressed."""

    def __init__(self, lines: Sequence[Sequence[Piece]]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """The lines alone."""
        with VerticalScroll():
            yield Static(content(self.lines))

    def on_key(self, event: Key) -> None:
        """Any key closes, but those that scroll."""
        if event.key not in ("up", "down", "pageup", "pagedown", "home", "end"):
            event.stop()
            self.dismiss(None)


class Line(Dialog):
    """One line to type."""

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        self.heading, self.value = title, value

    def compose(self) -> ComposeResult:
        """A title and the line."""
        with Vertical():
            yield Static(plain(self.heading))
            yield Input(value=self.value, compact=True, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: that is it."""
        event.stop()
        self.dismiss(event.value.strip())


class Choose(ModalScreen[Sieve | None]):
    """Which candidates to ask about: sorts with how many wait in each."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_nothing", show=False, priority=True)]
    DEFAULT_CSS = BOX.replace("%s", "Choose")

    def __init__(
        self, title: str, all_: str, names: Mapping[str, str], choices: Mapping[str, Counter[str]], sieve: Sieve
    ) -> None:
        super().__init__()
        self.heading, self.all, self.names, self.sieve = title, all_, names, sieve
        self.rows: list[tuple[str, str]] = [("", "")]
        self.prompts = [plain(all_)]
        for sort, counts in choices.items():
            for value, count in counts.most_common(MOST_CHOICES):
                chosen = "✓ " if getattr(sieve, sort) == value else "  "
                self.rows.append((sort, value))
                self.prompts.append(plain(f"{chosen}{names[sort]}: {value} ({count})"))

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical():
            yield Static(plain(self.heading))
            yield OptionList(*(Option(prompt) for prompt in self.prompts), markup=False, compact=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the row; taking a chosen one again lets it go."""
        sort, value = self.rows[event.option_index]
        if not sort:
            self.dismiss(Sieve())
            return
        told = dict(zip(("source", "rule", "property", "stance"), self.sieve.values(), strict=True))
        told[sort] = "" if told[sort] == value else value
        self.dismiss(Sieve(**told))

    def action_dismiss_nothing(self) -> None:
        """Close and leave all as it was."""
        self.dismiss(None)
