"""The types of the pages' scripts, which are plain JavaScript with JSDoc: TypeScript reads them, strictly.

In: graph/chart/templates/js and tests/javascript. Wants `tsc`: npm install --no-save --prefix tests/javascript
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from graph.chart import page, pyvis
from graph.paths import TEMPLATES

HERE = Path(__file__).parent / "javascript"
SCRIPTS = TEMPLATES / "js"


@cache
def compiler() -> str:
    """The TypeScript compiler, "" where there is none."""
    return shutil.which("tsc", path=str(HERE / "node_modules" / ".bin")) or shutil.which("tsc") or ""


def complaints(config: Path) -> list[str]:
    if not compiler():
        pytest.skip("TypeScript is not here: npm install --no-save --no-package-lock --prefix tests/javascript")
    told = subprocess.run([compiler(), "--pretty", "false", "-p", str(config)], capture_output=True, text=True)
    return (told.stdout + told.stderr).splitlines()


@pytest.mark.parametrize("config", ["tsconfig.json", "tsconfig.network.json"])
def test_the_scripts_keep_their_types(config: str) -> None:
    assert complaints(HERE / config) == []


def test_a_slip_in_a_script_is_found(tmp_path: Path) -> None:
    slip = tmp_path / "slip.js"
    slip.write_text('claimId("C1");\nDATA.claims[0].subjekt;\nfunction loose(x) { return x; }\nloose(1);\n')
    config = {"extends": str(HERE / "tsconfig.json"), "files": [str(HERE / "globals.d.ts"), str(slip)]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config | {"include": [str(SCRIPTS / "*.js")]}))
    found = [line for line in complaints(tmp_path / "tsconfig.json") if "slip.js" in line]
    assert [line.split("error ")[1].split(":")[0] for line in found] == ["TS2345", "TS2339", "TS7006"]


def test_every_script_is_part_of_a_page_and_is_checked() -> None:
    written = {file.stem for file in SCRIPTS.glob("*.js")}
    stand_ins = {"framed"}  # for names of the browser's own, which TypeScript lets nobody declare
    assert written == {*page._SCRIPTS, *pyvis._SCRIPTS, *stand_ins}
    files = json.loads((HERE / "tsconfig.network.json").read_text())["files"]
    assert [Path(file).stem for file in files[1:]] == list(pyvis._SCRIPTS)


def test_no_template_literal_stands_in_another() -> None:
    """The minifier takes what lies between the two for code, and blanks out of it."""
    for file in SCRIPTS.glob("*.js"):
        assert re.findall(r"\$\{[^{}`]*`", file.read_text(encoding="utf-8")) == [], file.name
