"""A wheel, installed where the checkout is out of reach: one package, a command that works, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

HOUSE = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.wheel


def run(*words: str | Path, cwd: Path) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_TARGET", "COV"))}
    done = subprocess.run(
        words, cwd=cwd, env=kept, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a source distribution, so that this holds everything as well."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out / "sdist", cwd=HOUSE)
    (sdist,) = (out / "sdist").glob("sokanzu-*.tar.gz")
    run("tar", "-xf", sdist, "-C", out, cwd=out)
    (unpacked,) = (path for path in out.glob("sokanzu-*") if path.is_dir())
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=unpacked)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with the wheel in it, and this one's libraries within reach."""
    place = tmp_path_factory.mktemp("away") / "env"
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    bin = place / ("Scripts" if os.name == "nt" else "bin")
    site = Path(run(bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    run(bin / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    # A path file inside a path file's folder is not read: an editable install of the checkout stays out.
    (site / "zz-libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return bin


def test_a_wheel_claims_one_name(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"sokanzu"}
    for needed in ("__init__.py", "__main__.py", "cli.py", "py.typed", "graph/messages.toml", "graph/errors.py"):
        assert f"sokanzu/{needed}" in names
    for folder in ("ontology", "seeds"):
        files = (path for path in (HOUSE / folder).rglob("*") if path.is_file() and path.suffix != ".lock")
        here = {path.relative_to(HOUSE).as_posix() for path in files}
        assert {f"sokanzu/{name}" for name in here} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    for licence in ("LICENSE", "LICENSE-DATA"):
        assert [name for name in names if name.endswith(f"dist-info/licenses/{licence}")]


def test_the_checkout_is_out_of_reach(installed: Path) -> None:
    found = run(installed / "python", "-c", "import sokanzu; print(sokanzu.__file__)", cwd=installed)
    assert Path(found.strip()).is_relative_to(installed.parent)
    tried = "import importlib.util as u; print([n for n in ('graph', 'cli', 'bench', 'seeds') if u.find_spec(n)])"
    assert run(installed / "python", "-c", tried, cwd=installed).strip() == "[]"


def test_an_installed_sokanzu_builds_from_anywhere(installed: Path, tmp_path: Path) -> None:
    root = Path(tmp_path.anchor)
    run(installed / "sokanzu", "build", "-o", tmp_path / "out", cwd=root)
    for name in ("graph.ttl", "chart.html"):
        assert (tmp_path / "out" / name).stat().st_size > 1_000
    question = "SELECT (COUNT(?c) AS ?n) { ?c a sk:Claim }"
    answer = run(
        installed / "python", "-m", "sokanzu", "query", "-b", tmp_path / "out", "--format", "csv", question, cwd=root
    )
    assert int(answer.split()[1]) > 50


def test_python_users_find_the_same_names(installed: Path, tmp_path: Path) -> None:
    code = "import sokanzu; print(len(sokanzu.vocabulary().classes), sokanzu.Stance.stated, len(sokanzu.open().claims))"
    classes, stance, claims = run(installed / "python", "-c", code, cwd=tmp_path).split()
    assert int(classes) > 20
    assert stance == "stated"
    assert int(claims) > 50


def test_types_reach_those_who_install_it(installed: Path, tmp_path: Path) -> None:
    program = tmp_path / "theirs.py"
    program.write_text(
        "import sokanzu\n\nwhen: sokanzu.When = sokanzu.When.parse(2016)\nx: str = sokanzu.Claim\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", "--python-executable", installed / "python", program],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert 'incompatible type "int"; expected "str"' in done.stdout, done.stdout + done.stderr
    assert 'incompatible type "type[Claim]"' in done.stdout or "expression has type" in done.stdout


def test_uninstalling_leaves_nothing(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "env"
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    bin = place / ("Scripts" if os.name == "nt" else "bin")
    before = {path for path in place.rglob("*") if "__pycache__" not in path.parts}
    run(bin / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    run(bin / "python", "-m", "pip", "uninstall", "--quiet", "--yes", "sokanzu", cwd=place)
    assert {path for path in place.rglob("*") if "__pycache__" not in path.parts} == before
