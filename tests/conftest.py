"""What every test may use.

Hypothesis gives the same examples every time where CI is set, and never fails for being slow.
"""

from __future__ import annotations

import os

import hypothesis

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")
