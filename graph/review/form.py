"""The form in which a candidate is mended, field by field.

In: a claim, an Editor, a search over names. Out: the claim as it was typed with its changes, or None. What is wrong
is said in one sentence in the form itself, which stays open until it is right or given up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ..model import Claim
from .edit import Choice, EditError, Editor, fields, filled
from .inert import inert
from .lookup import Lookup
from .widgets import plain

Mended = tuple[Claim, dict[str, Any], str]
"""The claim, what differs in it, the note."""


class Form(ModalScreen[Mended | None]):
    """All fields of a candidate, one a line; below them what the one at hand may hold."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False, priority=True),
        Binding("ctrl+s,f2", "save", show=False, priority=True),
        Binding("down", "down", show=False, priority=True),
        Binding("up", "up", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]
    CSS = """
    Form { align: center middle; }
    Form > Vertical { width: 100%; height: 100%; padding: 0 1; background: ansi_default; color: ansi_default; }
    Form VerticalScroll { height: 1fr; }
    Form Horizontal { height: 1; }
    Form .name { width: 22; }
    Form Input { width: 1fr; }
    Form #wrong { height: auto; text-style: bold; color: ansi_red; }
    Form OptionList { height: auto; max-height: 6; border: none; }
    """

    def __init__(self, claim: Claim, note: str, editor: Editor, lookup: Lookup, words: Mapping[str, str]) -> None:
        super().__init__()
        self.claim, self.note, self.editor, self.lookup, self.words = claim, note, editor, lookup, words
        self.keys = fields(editor.project)
        told = filled(claim, editor.project, note)
        self.before = {key: inert(value) for key, value in told.items()}
        self.offered: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Keys of the form, its fields, what is wrong, what could be typed."""
        with Vertical():
            yield Static(plain(self.words["help"]))
            with VerticalScroll(can_focus=False):
                for key in self.keys:
                    with Horizontal():
                        yield Static(
                            plain(self.words[key.partition(".")[0]] + key[len(key.partition(".")[0]) :]), classes="name"
                        )
                        yield Input(
                            value=self.before[key],
                            id=f"field-{self.keys.index(key)}",
                            compact=True,
                        )
            yield Static("", id="wrong", markup=False)
            choices = OptionList(markup=False, compact=True)
            choices.can_focus = False
            yield choices

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.input(self.keys[0]).focus()

    def input(self, key: str) -> Input:
        """The line of a field."""
        return self.query_one(f"#field-{self.keys.index(key)}", Input)

    @property
    def here(self) -> str:
        """The field that is being typed into."""
        at = self.focused.id if self.focused else None
        return self.keys[int(at.removeprefix("field-"))] if at else self.keys[0]

    def on_descendant_focus(self) -> None:
        """Another field: offer nothing before something is typed."""
        self.offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what it could become."""
        event.stop()
        if event.input is self.focused and event.value != self.before[self.here]:
            self.offer(event.value)

    def offer(self, typed: str) -> None:
        """Show what the field at hand may hold."""
        key = self.here
        short = key in ("stance", "negated", "hedged")
        wanted = "" if key in ("negated", "hedged") else typed
        self.offered = self.editor.offers(key, wanted, self.lookup) if typed or short else []
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options([Option(plain(choice.shown)) for choice in self.offered])
        if self.offered and typed:
            choices.highlighted = 0

    def action_down(self) -> None:
        """The next of what is offered, else the next field."""
        self.move(1)

    def action_up(self) -> None:
        """The one before."""
        self.move(-1)

    def move(self, by: int) -> None:
        """Up or down among what is offered, or among the fields."""
        choices = self.query_one(OptionList)
        if self.offered:
            at = choices.highlighted
            choices.highlighted = (at + by) % len(self.offered) if at is not None else min(by, 0) % len(self.offered)
        elif by > 0:
            self.focus_next(Input)
        else:
            self.focus_previous(Input)

    def action_take(self) -> None:
        """Take what is highlighted and go to the next field."""
        at = self.query_one(OptionList).highlighted
        if self.offered and at is not None:
            box = self.input(self.here)
            with box.prevent(Input.Changed):
                box.value = self.offered[at].value
        self.focus_next(Input)

    def action_save(self) -> None:
        """Check everything; close if it is right."""
        typed = {key: self.input(key).value for key in self.keys}
        typed = {key: value for key, value in typed.items() if value != self.before[key]}
        for key in ("subject", "object", "voicedBy"):
            id = typed.get(key, "")
            if id and not self.editor.project.entity(id) and (found := self.lookup.one(id)):
                typed[key] = found
        try:
            claim, changes = self.editor.mended(self.claim, typed, self.note)
        except EditError as error:
            self.query_one("#wrong", Static).update(plain(error.message(self.editor.lang)))
            self.input(error.field).focus()
            return
        self.dismiss((claim, changes, typed.get("note", self.note)))

    def action_give_up(self) -> None:
        """Close and change nothing."""
        self.dismiss(None)
