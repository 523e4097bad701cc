"""The review in a terminal: one candidate at a time, one key a decision.

In: a Sheet over a Queue, an Editor, a Lookup. Out: decisions, each written down by the queue before the next candidate
is shown. Only the candidate at hand is rendered. Colours are the terminal's own; NO_COLOR turns them off, and every
mark is a word or a bracket as well.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ..errors import SokanzuError
from ..model import Review
from ..proposals import wants_reason
from .edit import Editor, fields
from .form import Form, Mended
from .inert import inert
from .lookup import Lookup
from .queue import SIEVES, Sieve
from .sheet import Line as SheetLine
from .sheet import Sheet
from .widgets import Choose, Help, Line, content, plain

KEYS = (
    *(("a", "accept"), ("r", "reject"), ("e", "edit"), ("s", "skip"), ("u", "undo"), ("n", "note")),
    *(("f", "filter"), ("?", "help"), ("q", "quit")),
)


class ReviewApp(App[None]):
    """The whole screen."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('accepted')", show=False),
        Binding("r", "decide('rejected')", show=False),
        Binding("e", "edit", show=False),
        Binding("s", "skip", show=False),
        Binding("u", "undo", show=False),
        Binding("n", "note", show=False),
        Binding("f", "filter", show=False),
        Binding("question_mark", "help", show=False),
        Binding("q,ctrl+c,ctrl+q", "quit", show=False),
    ]
    CSS = """
    Screen { background: ansi_default; color: ansi_default; }
    #progress { height: 1; text-style: reverse; }
    #body { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #sheet { height: auto; }
    #told { height: auto; max-height: 3; text-style: bold; }
    #keys { height: 1; }
    """

    def __init__(self, sheet: Sheet, editor: Editor, lookup: Lookup) -> None:
        super().__init__(ansi_color=True)
        self.sheet, self.editor, self.lookup = sheet, editor, lookup
        self.queue = sheet.queue
        self.failure: Exception | None = None  # for whoever runs the screen, to be said in one sentence

    def _handle_exception(self, error: Exception) -> None:
        """End; textual's own way would print the program's insides over the terminal."""
        super()._handle_exception(error)
        self._exit_renderables.clear()
        self.failure = self.failure or error

    def compose(self) -> ComposeResult:
        """Progress, the candidate, what was just done, the keys."""
        yield Static(id="progress", markup=False)
        with VerticalScroll(id="body"):
            yield Static(id="sheet", markup=False)
        yield Static(id="told", markup=False)
        keys = "  ".join(f"{key} {self.sheet.sentence(f'review-key-{name}')}" for key, name in KEYS)
        yield Static(plain(keys), id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the first candidate."""
        self.theme = "ansi-dark" if "ansi-dark" in self.available_themes else "textual-ansi"
        self.query_one("#body").focus()
        self.tell()

    def tell(self, what: str = "") -> None:
        """Show the candidate at hand, and what was just done."""
        decided, total, accepted = self.queue.progress()
        chosen = [value for value in self.queue.sieve.values() if value]
        told = self.sheet.sentence("review-progress", decided=decided, total=total, accepted=accepted)
        if chosen:
            told += f" · {self.sheet.sentence('review-filtered', by=inert(', '.join(chosen)))}"
        self.query_one("#progress", Static).update(plain(told))
        number = self.queue.current
        if number is None:
            lines: list[SheetLine] = [[(self.sheet.sentence("review-nothing-left" if total else "review-nothing"), "")]]
        else:
            lines = self.sheet.lines(number)
        self.query_one("#sheet", Static).update(content(lines))
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self.say(what)

    def say(self, what: str) -> None:
        """One sentence above the keys."""
        self.query_one("#told", Static).update(plain(what))

    def action_decide(self, verdict: str) -> None:
        """Accept or reject; what is doubtful about a person is accepted with a reason, or not at all."""
        number = self.queue.current
        if number is None:
            return
        claim = self.queue.candidates[number].claim
        if verdict == Review.rejected or not wants_reason(claim, self.sheet.project):
            self.decide(Review(verdict))
            return

        def reasoned(reason: str | None) -> None:
            if reason:
                self.decide(Review.accepted, reason)
            elif reason is not None:
                self.say(self.sheet.sentence("review-no-reason"))

        note = self.queue.notes.get(self.queue.ids[number], "")
        self.push_screen(Line(self.sheet.sentence("review-ask-reason"), inert(note)), reasoned)

    def decide(self, verdict: Review, note: str = "") -> None:
        """Write it down and show the next."""
        try:
            self.queue.decide(verdict, note)
        except (SokanzuError, OSError) as error:
            self.fail(error)
            return
        self.tell(self.sheet.sentence(f"review-did-{verdict}"))

    def fail(self, error: Exception) -> None:
        """Say that nothing was written, and stay."""
        if isinstance(error, SokanzuError):
            self.say(error.message(self.sheet.lang))
        else:
            why = getattr(error, "strerror", None) or str(error)
            self.say(self.sheet.sentence("review-not-written", why=inert(why)))

    def action_skip(self) -> None:
        """Leave it for the end."""
        self.queue.skip()
        self.tell(self.sheet.sentence("review-did-skip"))

    def action_undo(self) -> None:
        """Take the last step back."""
        try:
            undone = self.queue.undo()
        except (SokanzuError, OSError) as error:
            self.fail(error)
            return
        self.tell(self.sheet.sentence("review-did-undo" if undone else "review-no-undo"))

    def action_note(self) -> None:
        """A note that goes with the decision."""
        number = self.queue.current
        if number is None:
            return
        id = self.queue.ids[number]

        def noted(text: str | None) -> None:
            if text is None:
                return
            try:
                self.queue.note(text)
            except (SokanzuError, OSError) as error:
                self.fail(error)
                return
            self.tell(self.sheet.sentence("review-did-note"))

        self.push_screen(Line(self.sheet.sentence("review-ask-note"), inert(self.queue.notes.get(id, ""))), noted)

    def action_edit(self) -> None:
        """Mend the fields; what is saved is accepted."""
        number = self.queue.current
        if number is None:
            return
        claim = self.queue.candidates[number].claim
        note = self.queue.notes.get(self.queue.ids[number], "")

        def mended(told: Mended | None) -> None:
            if told is None:
                return
            try:
                self.queue.decide(Review.accepted, told[2], told[1])
            except (SokanzuError, OSError) as error:
                self.fail(error)
                return
            self.tell(self.sheet.sentence("review-did-edit"))

        names = {key.partition(".")[0] for key in fields(self.editor.project)}
        words = {name: self.sheet.sentence(f"review-field-{name.lower()}") for name in names}
        words["help"] = self.sheet.sentence("review-form-help")
        self.push_screen(Form(claim, note, self.editor, self.lookup, words), mended)

    def action_filter(self) -> None:
        """Choose what is asked about."""

        def chosen(sieve: Sieve | None) -> None:
            if sieve is not None:
                self.queue.choose(sieve)
                self.tell()

        names = {sort: self.sheet.sentence(f"review-sort-{sort}") for sort in SIEVES}
        heading, everything = self.sheet.sentence("review-ask-filter"), self.sheet.sentence("review-all")
        self.push_screen(Choose(heading, everything, names, self.queue.choices(), self.queue.sieve), chosen)

    def action_help(self) -> None:
        """What the keys do."""
        told = [(key, self.sheet.sentence(f"review-help-{name}")) for key, name in KEYS]
        lines: list[SheetLine] = [[(key, "strong"), (f"  {words}", "")] for key, words in told]
        lines += [[], *([(self.sheet.sentence(code), "")] for code in ("review-help-marks", "review-help-saved"))]
        self.push_screen(Help(lines))
