"""The house rules: the order of the modules, docstrings, sizes, public names, messages, what a start costs."""

from __future__ import annotations

import ast
import os
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sokanzu
from graph import errors

HOUSE = Path(__file__).resolve().parent.parent
GRAPH = HOUSE / "graph"

# Each module imports only from modules above it. `a.b` is graph/a/b.py.
ORDER = """
errors paths model terms
reading names values records stories
turtle turtle_lines rdf rdf_reader
folder settings project sources told
store search rules ask
shacl shapes check
export.engine export.turtle
explore.ties explore.tongue explore.sheet explore.chosen explore.brokers explore.interlocks explore.corroboration
chart.analysis chart.kinds chart.choice chart.themes chart.text chart.words chart.drawing
chart.graphviz chart.dot_worker chart.layered chart.panels chart.parts chart.nearness chart.routes chart.layout
chart.central chart.picture chart.svg chart.sheet chart.press chart.data chart.page chart.spread chart.pyvis
extract.flow
extract.reading.normal extract.reading.markup extract.reading.lines extract.reading.decoding
extract.reading.sentences extract.reading.page_layout
extract.reading.read extract.reading.md extract.reading.html_blocks extract.reading.docx extract.reading.pdf
extract.reading.formats
extract.reading.columns extract.whens extract.dates_ja extract.dates_en extract.dates extract.reading.text
extract.naming.spelling extract.naming.surroundings extract.naming.topics extract.naming.shared_heads
extract.naming.names
extract.naming.anaphora extract.english.lists extract.english.words extract.naming.english_reference
extract.naming.coreference
extract.japanese.words extract.naming.compounds extract.naming.issuer extract.notices extract.naming.descriptive
extract.parse extract.frames
extract.japanese.chunks extract.japanese.keys extract.japanese.roles extract.japanese.tree
extract.japanese.sentence extract.japanese.subjects extract.japanese.events extract.japanese.filling
extract.japanese.shared extract.japanese.clauses extract.japanese.open_roles extract.japanese.arguments
extract.japanese.phrases
extract.japanese.matcher
extract.english.chunks extract.english.phrases extract.english.heads
extract.english.subjects extract.english.clauses extract.english.keys extract.english.arguments
extract.english.nouns extract.english.links extract.english.times extract.english.tags extract.english.matcher
extract.stance extract.japanese.steps extract.japanese.voice extract.japanese.stance
extract.english.sight extract.english.scope extract.english.voice extract.english.stance
extract.japanese.dated extract.wording extract.english.dated extract.link extract.pipeline extract.cache extract.run
fetch extract.llm.schema extract.llm.locate extract.llm.http extract.llm.ask
extract.written extract.corpus extract.score
extract.suggest.heads extract.suggest.defined extract.suggest.variants extract.suggest.new_ids
extract.suggest.suggested extract.suggest.ja
extract.suggest.en extract.suggest.suggest
review_file decisions reviews proposals
build dossier reference
explore.ties_store explore.part explore.paths explore.beside
explore.cut explore.stored
explore.communities explore.timeline explore.timeline_svg
explore.contradictions explore.readers explore.dataflow
pictured
intake
review.inert review.queue review.alike review.evidence review.lookup review.edit review.sheet review.widgets
review.form review.screen review.desk
commands.context commands.asked commands.build commands.check commands.query commands.find commands.show
commands.chart_words commands.chart
commands.export commands.new commands.extract commands.source commands.review
explore.routes commands.path commands.analyze_words commands.analyze
plain opened
""".split()

LONGEST = 400

# What `import sokanzu` promises. Taking one away or renaming it breaks someone's program.
PUBLIC = """
Claim Entity Passage Project Review SokanzuError Source Stance When Words build main open vocabulary
""".split()

# What `--help` and `query` must not wait for.
HEAVY = "rdflib networkx pyvis pyshacl yaml pydantic pygraphviz rich IPython budoux jaconv rapidfuzz owlrl".split()


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(GRAPH).with_suffix("").parts)


def modules() -> list[Path]:
    return [path for path in sorted(GRAPH.rglob("*.py")) if path.name != "__init__.py"]


def sources() -> list[Path]:
    """All Python that ships or serves: graph/, cli.py, sokanzu.py, bench/, tests/, run, .ci/."""
    loose = [HOUSE / "cli.py", HOUSE / "sokanzu.py", HOUSE / "run", HOUSE / ".ci" / "wheel.py"]
    folders = (GRAPH, HOUSE / "bench", HOUSE / "tests")
    return [*loose, *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


def label(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The modules of graph/ that a module of graph/ imports, wherever in it, with the line."""
    here = ["graph", *module_name(path).split(".")]
    known = {module_name(other) for other in modules()}
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = here[: -node.level] + (node.module.split(".") if node.module else [])
        for alias in node.names:
            inside = ".".join([*base, alias.name][1:])
            yield (inside if inside in known else ".".join(base[1:])), node.lineno


# --- the order of the modules


def test_every_module_has_its_place_in_the_order() -> None:
    assert len(ORDER) == len(set(ORDER))
    there = {module_name(path) for path in modules()}
    assert there - set(ORDER) == set(), "put them into ORDER, below what they import"
    assert set(ORDER) - there == set(), "gone: take them out of ORDER"


@pytest.mark.parametrize("path", modules(), ids=label)
def test_imports_go_one_way(path: Path) -> None:
    above = ORDER[: ORDER.index(module_name(path))]
    wrong = [f"{label(path)}:{line} imports {name}" for name, line in imported(path) if name not in above]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", modules(), ids=label)
def test_inside_graph_imports_are_relative(path: Path) -> None:
    """Only so do they hold in a wheel, where graph lies inside sokanzu."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        else:
            continue
        assert not {name.split(".")[0] for name in names} & {"graph", "cli", "sokanzu"}, f"{label(path)}:{node.lineno}"


def test_the_command_imports_only_from_the_public_face() -> None:
    """cli.py stands at the top in a checkout and inside sokanzu in a wheel: `graph` is no name there."""
    for node in ast.walk(tree(HOUSE / "cli.py")):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert "graph" not in {name.split(".")[0] for name in names}, f"cli.py:{getattr(node, 'lineno', 0)}"


# --- docstrings and sizes


@pytest.mark.parametrize("path", sources(), ids=label)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", [HOUSE / "cli.py", HOUSE / "sokanzu.py", *modules()], ids=label)
def test_no_module_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "common", "core", "misc", "manager"}
    assert not [label(path) for path in sources() if path.stem in odd or path.parent.name in odd]


# --- the public face


def test_public_names_stand() -> None:
    assert sorted(sokanzu.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_had_and_explains_itself(name: str) -> None:
    assert getattr(sokanzu, name).__doc__


def test_a_name_that_is_not_there_is_no_surprise() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        getattr(sokanzu, "nothing_of_the_kind")  # noqa: B009
    assert set(PUBLIC) <= set(dir(sokanzu))


def test_the_version_stands_in_the_changelog() -> None:
    assert f"\n## {sokanzu.__version__}\n" in (HOUSE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_has_a_tested_version() -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins), "pins alone: no hash, no address"
    assert {plain_name(d) for d in wanted} <= {plain_name(pin) for pin in pins}


def plain_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


# --- messages


@cache
def messages() -> dict[str, dict[str, str]]:
    return tomllib.loads((GRAPH / "messages.toml").read_text(encoding="utf-8"))


def fields(template: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


def speaking() -> list[Path]:
    return [HOUSE / "cli.py", *modules()]


@cache
def reporters() -> dict[str, set[str]]:
    """What takes a message's code first, with its other parameters: Problem, the errors, functions with `code`.

    `word` is not among them: it speaks from the chart's own catalogue.
    """
    names: dict[str, set[str]] = {"Problem": set(), "sentence": set()}
    names |= {name: set() for name, thing in vars(errors).items() if isinstance(thing, type) and is_error(thing)}
    for path in speaking():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name not in ("__init__", "word"):
                takes = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
                if "code" in takes[:2]:
                    names.setdefault(node.name, set()).update(takes)
    return names


def is_error(thing: type) -> bool:
    return issubclass(thing, errors.SokanzuError) and thing is not errors.ProjectError


def choices(node: ast.expr) -> Iterator[str]:
    """The strings that an expression may be, where they are spelled out."""
    if isinstance(node, ast.IfExp):
        yield from choices(node.body)
        yield from choices(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def reports() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call that names a message: (file:line, the call, the code)."""
    for path in speaking():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and called(node) in reporters():
                yield from ((f"{label(path)}:{node.lineno}", node, code) for code in choices(node.args[0]))


def test_every_message_that_is_used_exists() -> None:
    unknown = [f"{where} {code}" for where, _, code in reports() if code not in messages()]
    assert not unknown, "\n".join(unknown)


def test_every_message_is_used() -> None:
    """As a whole string, or as one with a gap: f"stage-{stage}"."""
    spoken = set()
    for path in speaking():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                spoken.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                known = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
                if known and all(re.fullmatch(r"-?[a-z0-9]+(-[a-z0-9]+)*-?", part) for part in known):
                    gaps = (r"[\w-]+" if isinstance(p, ast.FormattedValue) else "" for p in node.values)
                    texts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "" for p in node.values)
                    spoken.add("".join(gap + text for gap, text in zip(gaps, texts, strict=True)))
    patterns = [re.compile(pattern) for pattern in spoken]  # more than re would keep
    silent = [code for code in messages() if not any(pattern.fullmatch(code) for pattern in patterns)]
    assert not silent, silent


def test_every_word_of_the_chart_exists() -> None:
    """The chart's page has a catalogue of its own, which its script reads as well."""
    files = [GRAPH / "chart" / "templates" / name for name in ("words.toml", "network-words.toml")]
    both = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    words = both[0] | both[1]
    assert len(words) == sum(map(len, both))  # each word once
    assert all(set(word) == {"en", "ja"} and fields(word["en"]) == fields(word["ja"]) for word in words.values())
    calls = [node for path in modules() for node in ast.walk(tree(path)) if called(node) == "word"]
    assert {code for call in calls if isinstance(call, ast.Call) for code in choices(call.args[0])} <= set(words)


@pytest.mark.parametrize("code", sorted(messages()))
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    message = messages()[code]
    assert set(message) == {"en", "ja"}
    assert fields(message["en"]) == fields(message["ja"])
    own_words = re.sub(r"\{.*?\}", "", message["ja"])
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", own_words) or not re.search(r"\w", own_words)


def test_every_field_of_a_message_is_filled() -> None:
    """Where a call spells its words out, they cover the message's fields."""
    missing = []
    for where, call, code in reports():
        words: set[str | None] = {*reporters()[called(call)], *(keyword.arg for keyword in call.keywords)}
        for argument in call.args[1:]:
            if isinstance(argument, ast.Dict):
                words |= {str(key.value) if isinstance(key, ast.Constant) else None for key in argument.keys}
        if None in words or code not in messages() or any(isinstance(a, ast.Name) for a in call.args[1:]):
            continue  # passed on from elsewhere
        if lacking := fields(messages()[code]["en"]) - {str(word) for word in words}:
            missing.append(f"{where} {code} lacks {', '.join(sorted(lacking))}")
    assert not missing, "\n".join(missing)


# --- what a start costs


def loaded(words: list[str], cwd: Path) -> set[str]:
    """The top-level modules that a command has imported by its end, children included."""
    code = "import sokanzu; sokanzu.main()"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *words],
        cwd=cwd,
        env=environment() | {"PYTHONPATH": str(HOUSE), "PYTHONPROFILEIMPORTTIME": "1"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = re.findall(r"^import time:.*\| +(\w+)", done.stderr, re.MULTILINE)
    assert "sokanzu" in found
    return set(found)


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}


def test_help_waits_for_nothing_heavy(tmp_path: Path) -> None:
    assert not loaded(["--help"], tmp_path) & {*HEAVY, "pyoxigraph"}


def test_a_query_waits_for_nothing_heavy(tmp_path: Path) -> None:
    loaded(["build", "-o", str(tmp_path)], tmp_path)
    question = ["query", "-b", str(tmp_path), "SELECT ?s { ?s a sk:Person } LIMIT 1"]
    assert not loaded(question, tmp_path) & {*HEAVY}
