"""What all commands share: the project, the folder of outputs, the language, the streams.

In: what the user named. Out: paths, a store to ask, sentences on stderr.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreMissing, UsageError, sentence
from ..folder import find_project, fingerprint
from ..store import Generation, current

OUT = Path("build")
PATIENCE = 1.0  # seconds of silence on a terminal


@dataclass(frozen=True)
class Context:
    """Where a command works, and in which language it speaks."""

    project: Path | None = None
    out: Path = OUT
    lang: str = "en"

    @property
    def folder(self) -> Path:
        """The project folder. Raises UsageError where there is none."""
        return find_project(self.project, Path.cwd())

    def text(self, code: str, **words: object) -> str:
        """A message in the user's language."""
        return sentence(code, self.lang, **words)

    def tell(self, code: str, **words: object) -> None:
        """A message on stderr."""
        print(self.text(code, **words), file=sys.stderr)

    def generation(self) -> Generation:
        """The store to ask; built first where there is none.

        Raises UsageError where the folder of outputs belongs to another project.
        """
        folder = self.folder
        try:
            found = current(self.out)
        except StoreMissing:
            from ..build import build

            self.tell("building-first", project=folder, out=self.out)
            build(folder, self.out)
            return current(self.out)
        if found.meta["folder"] != str(folder.resolve()):
            raise UsageError("other-project", out=self.out, there=found.meta["folder"], project=folder)
        try:
            fresh = found.meta["fingerprint"] == fingerprint(folder, map(Path, found.meta["texts"]))
        except OSError:
            fresh = False
        if not fresh:
            self.tell("store-stale", out=self.out)
        return found

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Says the stages of a build on stderr, numbered, on a terminal only; wiped when it is over."""
        from ..build import STAGES

        shown = sys.stderr.isatty()

        def say(stage: str) -> None:
            if shown:
                name, _, far = stage.partition(" ")
                words = " ".join(filter(None, (self.text(f"stage-{name}"), far)))
                print(f"\r\x1b[K{STAGES.index(name) + 1}/{len(STAGES)} {words} …", end="", file=sys.stderr, flush=True)

        try:
            yield say
        finally:
            if shown:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    @contextmanager
    def patience(self) -> Iterator[Callable[[str], None]]:
        """Says on a terminal what is being done, once that has taken PATIENCE seconds; wiped when it is over."""
        stage, begun, over = "", False, False
        turn = threading.Lock()  # the timer has a thread of its own

        def tell() -> None:
            words = self.text("analyze-stage", stage=self.text(f"stage-{stage}"))
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

        def begin() -> None:
            nonlocal begun
            with turn:
                if stage and not over:
                    begun = True
                    tell()

        def say(now: str) -> None:
            nonlocal stage
            with turn:
                stage = now
                if begun:
                    tell()

        timer = threading.Timer(PATIENCE, begin)
        timer.daemon = True
        if sys.stderr.isatty():
            timer.start()
        try:
            yield say
        finally:
            timer.cancel()
            with turn:
                over = True
                if begun:
                    print("\r\x1b[K", end="", file=sys.stderr, flush=True)
