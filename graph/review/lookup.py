"""Search over the names of a project's entities, as `sokanzu find` has it, for whoever fills in a form.

In: a project, what is typed. Out: hits, best first. The index lies in a temporary folder and is made at first use.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..model import Project
from ..search import Hit, Index, Kind, write_index


class Lookup:
    """Finds entities by name."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.index: Index | None = None

    def __call__(self, text: str, limit: int) -> list[Hit]:
        """The entities that the text may name."""
        if self.index is None:
            self.folder = tempfile.TemporaryDirectory(prefix="sokanzu-review-")
            path = Path(self.folder.name) / "names"
            write_index(path, self.project)
            self.index = Index(path)
        return self.index.search(text, limit)

    def one(self, text: str) -> str:
        """The id of the only entity of exactly that name; "" where there is none or are several."""
        found = [hit.id for hit in self(text, 2) if hit.kind is Kind.exact]
        return found[0] if len(found) == 1 else ""

    def close(self) -> None:
        """Let go of the index."""
        if self.index and self.folder:
            self.index.close()
            self.folder.cleanup()
            self.index = self.folder = None
