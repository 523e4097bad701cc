"""new: a project folder that builds at once and explains itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..errors import UsageError
from ..paths import BLANK
from ..store import writable
from .context import Context


def new(context: Context, folder: Path) -> int:
    """Make a project folder. Raises UsageError where files would be overwritten, StoreError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder-in-use", folder=folder)
    with writable(folder):
        shutil.copytree(BLANK, folder, dirs_exist_ok=True)
        (folder / "queries").mkdir(exist_ok=True)
    print(context.text("made-project", folder=folder))
    return 0
