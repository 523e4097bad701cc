"""Bad input gets a clear error, in the right place, and nothing beside it is lost."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import prepare
from graph.errors import Problem, Severity
from graph.model import Project
from graph.project import read_project
from graph.sources import attach
from tests import strategies
from tests.bad_cases import ALL, C1, CASES, FILES, HANDLES, A, B, Case, E, S, T


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path / "p", dict(FILES))


@contextmanager
def changed(files: Mapping[str, str | bytes]) -> Iterator[Path]:
    """A good project with some of its files changed."""
    with tempfile.TemporaryDirectory() as place:
        yield lay(Path(place), {**FILES, **files})


def said(problems: list[Problem], folder: Path) -> list[tuple[str, str, int]]:
    """Each problem's code, file and line; its sentence is made in both languages on the way."""
    found = []
    for problem in problems:
        for lang in ("ja", "en"):
            sentence = problem.message(lang)
            assert "\n" not in sentence and len(sentence) < 700, sentence
            assert all(c.isprintable() or c == "\u3000" for c in sentence), ascii(sentence)
        file = os.path.relpath(problem.where.file, os.path.relpath(folder)) if problem.where.file else ""
        found.append((problem.code, file, problem.where.line))
    return found


def handles(project: Project) -> set[str]:
    return {claim.handle for claim in project.claims}


def test_the_good_project_is_good(folder: Path) -> None:
    project, problems = read_project(folder)
    assert problems == [] and handles(project) == HANDLES
    assert prepare(folder)[1].errors == 0


# --- one thing wrong at a time


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_mistake_is_one_problem_in_its_place(case: Case, tmp_path: Path) -> None:
    files, want = case.texts()
    folder = lay(tmp_path / "p", files)
    project, problems = read_project(folder)
    assert said(problems, folder) == want
    assert HANDLES - handles(project) == set(case.lost.split())
    assert project.claims or case.lost == ALL


def test_every_message_of_reading_was_provoked() -> None:
    """The corpus covers what it can; the others are about whole files, below."""
    provoked = {code for case in CASES for code in case.codes.split()}
    elsewhere = {"file-too-large", "file-unreadable", "not-a-file", "not-utf8", "folder-unreadable", "ignored-file"}
    elsewhere |= {"toml-deep", "turtle-long", "not-a-project", "project-has-errors", "lookalike-id", "wants-literal"}
    text = (Path(__file__).resolve().parent.parent / "graph" / "messages.toml").read_text(encoding="utf-8")
    ours = re.findall(r"(?m)^\[(.+)\]$", text.partition("# reading")[2].partition("\n# sources\n")[0])
    assert set(ours) - elsewhere - provoked == set()


# --- everything wrong at once


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """One mistake from each of many cases, in one project: as many problems, and what is good stays."""
    chosen = ["entity", "theme", "month 13", "existence", "kind", "document", "no web address", "no title"]
    chosen += ["id over lines", "a number for the title", "a bell in Turtle", "a bad date in Turtle", "no predicate"]
    files: dict[str, str] = dict(FILES)
    want = []
    for case in CASES:
        if case.name in chosen:
            for old, new in case.edits.items():
                assert old in files[case.file]
                files[case.file] = files[case.file].replace(old, new, 1)
            want += case.codes.split()
    folder = lay(tmp_path, dict(files))
    project, problems = read_project(folder)
    found = said(problems, folder)
    marks = {
        (name, n) for name, text in files.items() for n, row in enumerate(text.split("\n"), 1) if row.endswith("# !")
    }
    assert sorted(code for code, _, _ in found) == sorted(want) and len(want) == len(chosen)
    assert {(file, line) for _, file, line in found} == marks
    assert {entity.id for entity in project.entities} == {"City", "Police", "Mori", "Report"}


def test_one_claim_with_many_mistakes_names_them_all(tmp_path: Path) -> None:
    claim = """\
  - id: C1
    subject: Nobody
    predicate: zzz
    object: Nothing
    stance: sure
    passages: [[5, 3]]
    negated: maybe
    date: 2014-13
    basedOn: [none]
    colour: red
"""
    folder = lay(tmp_path, {**FILES, A: FILES[A].replace(C1, claim)})
    found = said(read_project(folder)[1], folder)
    assert [(code, line) for code, _, line in found] == [
        ("missing-key", 4), ("unknown-entity", 5), ("unknown-property", 6), ("unknown-entity", 7),
        ("unknown-choice", 8), ("passage-reversed", 9), ("not-a-flag", 10), ("bad-date", 11),
        ("unknown-handle", 12), ("unknown-key", 13),
    ]  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_is_one_problem_not_a_flood(file: str, tmp_path: Path) -> None:
    for number, content in enumerate([b"\xff\xfe\x00", b"\x00", b'"', b"[[["]):
        folder = lay(tmp_path / str(number), {**FILES, file: content})
        problems = read_project(folder)[1]
        found = said(problems, folder)
        assert len(found) == 1 and found[0][1] == file and found[0][2] > 0, found


# --- whole files


def assert_only(problems: list[Problem], folder: Path, *want: tuple[str, str, int]) -> None:
    assert said(problems, folder) == sorted(want, key=lambda w: (w[1], w[2], w[0]))


def test_duplicates_in_other_files_are_found_and_the_first_stays(folder: Path) -> None:
    lay(folder, {
        "entities/more.yaml": "- id: Extra\n  class: Person\n  name: x\n- id: City\n  class: Person\n  name: y\n",
        "claims/z.yaml": FILES[A].partition("  - id: C3")[0].replace("id: C2", "id: D2"),
    })  # fmt: skip
    project, problems = read_project(folder)
    assert_only(problems, folder, ("duplicate-id", "entities/more.yaml", 4), ("duplicate-handle", "claims/z.yaml", 4),
         ("duplicate-claim", "claims/z.yaml", 4), ("duplicate-claim", "claims/z.yaml", 11))  # fmt: skip
    assert [e.cls for e in project.entities if e.id == "City"] == ["GovernmentBody"]
    assert "entities.yaml:1" in problems[-1].message() and len([c for c in project.claims if c.handle == "C1"]) == 1


def test_the_same_claim_in_turtle_and_yaml_is_a_duplicate(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("subject: Police\n    predicate: uses", "subject: Police\n    predicate: operates")
                 .replace("[[10, 20]]", "[[30, 40]]")})  # fmt: skip
    assert_only(read_project(folder)[1], folder, ("duplicate-claim", B, 10))


def test_a_claim_of_a_group_that_names_no_source_is_still_read(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("source: minutes\n", "").replace("alleged", "aleged")})
    assert_only(read_project(folder)[1], folder, ("missing-key", A, 1), ("unknown-choice-near", A, 7))


@pytest.mark.parametrize("file", FILES)
def test_byte_order_marks_and_other_line_ends_do_no_harm(file: str, folder: Path) -> None:
    plain = read_project(folder)[0]
    lay(folder, {file: b"\xef\xbb\xbf" + FILES[file].replace("\n", "\r\n").encode()})
    project, problems = read_project(folder)
    assert problems == [] and project == plain
    lay(folder, {file: FILES[file].replace("\n", "\r\n") + "\r\n\r\n"})
    assert read_project(folder) == (plain, [])


def test_lines_are_counted_the_same_with_other_line_ends(folder: Path) -> None:
    for case in CASES:
        if case.name in (
            "stance",
            "a tab",
            "a NUL",
            "month 13",
            "a number for the base",
            "an unknown stance in Turtle",
        ):
            files, want = case.texts()
            lay(folder, {**files, case.file: str(files[case.file]).replace("\n", "\r\n")})
            assert said(read_project(folder)[1], folder) == want


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-16", "euc_jp"])
def test_another_encoding_is_named_with_its_line(encoding: str, folder: Path) -> None:
    lay(folder, {E: FILES[E].encode(encoding), A: FILES[A].encode(encoding)})
    found = said(read_project(folder)[1], folder)
    line = {A: 10, E: 3} if encoding != "utf-16" else {A: 1, E: 1}
    assert found == [("not-utf8", A, line[A]), ("not-utf8", E, line[E])]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_is_no_accident(file: str, content: str, folder: Path) -> None:
    lay(folder, {file: content})
    codes = {code for code, _, _ in said(read_project(folder)[1], folder)}
    assert codes <= {"missing-key", "unknown-entity", "unknown-entity-near", "unknown-source", "unknown-source-near",
                     "unknown-theme"}  # fmt: skip
    assert ("missing-key" in codes) == (file == T)  # a base is needed; lists may be empty


def test_a_file_of_another_shape(folder: Path) -> None:
    lay(folder, {E: "City: {class: GovernmentBody}\n", S: "minutes\n", A: "- C1\n- [C2]\n"})
    assert_only(read_project(folder)[1], folder, ("not-a-list", E, 1), ("not-a-list", S, 1), ("not-a-mapping", A, 1),
         ("not-a-mapping", A, 2))  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_folder_where_a_file_should_be(file: str, folder: Path) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    assert_only(read_project(folder)[1], folder, ("not-a-file", file, 0))


@pytest.mark.parametrize("file", FILES)
def test_links_that_lead_nowhere(file: str, folder: Path) -> None:
    (folder / file).unlink()
    (folder / file).symlink_to(folder / file)  # to itself
    assert_only(read_project(folder)[1], folder, ("file-unreadable", file, 0))
    (folder / file).unlink()
    (folder / file).symlink_to(folder / "gone")
    assert_only(read_project(folder)[1], folder, ("file-unreadable", file, 0))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("file", FILES)
def test_a_pipe_keeps_nobody_waiting(file: str, folder: Path) -> None:
    (folder / file).unlink()
    os.mkfifo(folder / file)
    assert_only(read_project(folder)[1], folder, ("not-a-file", file, 0))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind nobody who is root")
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_may_not_be_read(file: str, folder: Path) -> None:
    (folder / file).chmod(0)
    assert_only(read_project(folder)[1], folder, ("file-unreadable", file, 0))


@pytest.mark.parametrize("place", ["claims", "entities"])
def test_a_file_where_a_folder_should_be(place: str, folder: Path) -> None:
    for path in (folder / place).glob("*"):
        path.unlink()
    (folder / place).rmdir() if (folder / place).exists() else None
    (folder / place).write_text("oops", encoding="utf-8")
    assert_only(read_project(folder)[1], folder, ("folder-unreadable", place, 0))


@pytest.mark.parametrize("file", FILES)
def test_a_huge_file_is_not_read(file: str, folder: Path) -> None:
    with (folder / file).open("r+b") as hole:
        hole.truncate(200 << 20)
    start = time.perf_counter()
    problems = read_project(folder)[1]
    assert_only(problems, folder, ("file-too-large", file, 0))
    assert "200" in problems[0].message() and time.perf_counter() - start < 5


def test_files_that_nobody_would_read_are_named(folder: Path) -> None:
    (folder / "claims" / "2016").mkdir()
    strays = [
        "claims/x.yml",
        "claims/X.YAML",
        "claims/x.json",
        "entities/x.yml",
        "sources.yml",
        "claims.yaml",
        "Entities.yaml",
    ]
    lay(folder, {**dict.fromkeys(strays, "[]"), "claims/notes.md": "", "entities/README.txt": "", ".claims.yaml": "{"})
    lay(folder, {"claims/._a.yaml": b"\x00\x05\x16\x07", "claims/.#a.yaml": "x", "claims/a.yaml~": "x"})
    project, problems = read_project(folder)
    assert_only(problems, folder, *(("ignored-file", name, 0) for name in [*strays, "claims/2016"]))
    assert {p.severity for p in problems} == {Severity.warning} and handles(project) == HANDLES


def test_a_file_name_with_anything_in_it_stays_on_one_line(folder: Path) -> None:
    name = b"a\nb\x1b[31m\xff.yaml".decode(errors="surrogateescape")
    try:
        lay(folder, {f"claims/{name}": "["})
    except OSError:
        pytest.skip("this file system takes no such names")
    (problem,) = read_project(folder)[1]
    assert problem.line("ja").encode() and "\n" not in problem.line("ja") and "\x1b" not in problem.line("ja")


# --- what must not blow up


BOMBS = {
    "billion laughs": "a: &a [x]\n"
    + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 300_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(1000)),
    "quotes": "'" * 1_000_000,
    "anchors": "".join(f"&a{n} " for n in range(100_000)),
    "one long word": "a" * 3_000_000,
    "many documents": "---\n" * 300_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("file", [E, A])
def test_a_bomb_is_an_error_and_soon(bomb: str, file: str, folder: Path) -> None:
    lay(folder, {file: BOMBS[bomb]})
    start = time.perf_counter()
    problems = read_project(folder)[1]
    assert said(problems, folder)[0][1] == file and time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{a = " * 20_000, "a = 1" + "0" * 100_000])
def test_a_bomb_in_toml(text: str, folder: Path) -> None:
    lay(folder, {T: text})
    ((code, file, _),) = said(read_project(folder)[1], folder)
    assert code in ("toml-deep", "toml-syntax") and file == T


def test_many_passages_and_many_unknown_names_take_no_absurd_time(folder: Path) -> None:
    many = ", ".join(f"[{n}, {n + 1}]" for n in range(40_000, 0, -1))
    names = "".join(FILES[A].partition("claims:\n")[2].partition("  - id: C2")[0].replace("City", f"Citizen{n}")
                    .replace("C1", f"X{n}") for n in range(500))  # fmt: skip
    lay(folder, {A: FILES[A].replace("[[10, 20]]", f"[{many}]") + names})
    start = time.perf_counter()
    problems = read_project(folder)[1]
    assert len([p for p in problems if p.code.startswith("unknown-entity")]) == 500
    assert time.perf_counter() - start < 10


def test_a_very_long_literal_is_read_and_a_longer_one_refused(folder: Path) -> None:
    long = "長" * (15 * 1024 * 1024 // 3)
    lay(folder, {B: FILES[B].replace("市は小さい。", long)})
    start = time.perf_counter()
    project, problems = read_project(folder)
    assert problems == [] and time.perf_counter() - start < 10
    assert next(c for c in project.claims if c.handle == "T2").gist["ja"] == long
    lay(folder, {B: FILES[B].replace("市は小さい。", long * 2)})
    assert_only(read_project(folder)[1], folder, ("turtle-long", B, 0))


def test_a_very_long_name_is_not_repeated_in_full(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("providesDataTo", "x" * 1_000_000)})
    assert len(read_project(folder)[1][0].message()) < 400


def test_what_a_file_holds_cannot_steer_a_terminal(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("predicate: providesDataTo", 'predicate: "\\e[2J\\r\\nok\u202e"')})
    messages = [p.line(lang) for p in read_project(folder)[1] for lang in ("ja", "en")]
    assert messages and all(c.isprintable() for message in messages for c in message)


# --- names


@pytest.mark.parametrize(
    "name", ["\"quoted\" and 'so'", "<script>alert(1)</script>", "a & b; {message} %s \\n", "株式会社　甲"]
)
def test_a_name_is_kept_as_it_is(name: str, folder: Path) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    lay(folder, {E: FILES[E].replace("{ja: 予備, en: Spare}", quoted)})
    project, report, _ = prepare(folder)
    assert report.errors == 0
    found = project.entity("Spare")
    assert found and dict(found.name) == {"ja": name}


def test_an_id_is_the_same_however_its_accents_are_written(folder: Path) -> None:
    composed, pieces = "カメラが網", "カメラか\u3099網"
    lay(folder, {
        E: FILES[E].replace("id: Net", f"id: {pieces}").replace("theme: cameras", f"theme: {pieces}"),
        A: FILES[A].replace("object: Net", f"object: {composed}").replace("subject: Net", f"subject: {pieces}"),
        B: FILES[B].replace("entity:Net", f"entity:{pieces}"),
        T: FILES[T].replace('"cameras"', f'"{composed}"'),
    })  # fmt: skip
    project, problems = read_project(folder)
    assert problems == [] and project.entity(composed) and handles(project) == HANDLES


@pytest.mark.parametrize("other", ["Ｃｉｔｙ", "city", "CITY", "ＣiTy"])
def test_ids_that_look_alike_stay_two_and_are_named(other: str, folder: Path) -> None:
    lay(folder, {E: FILES[E].replace("id: Spare", f"id: {other}")})
    project, problems = read_project(folder)
    assert_only(problems, folder, ("lookalike-id", E, 19))
    assert problems[0].severity is Severity.warning and {"City", other} <= {e.id for e in project.entities}
    lay(folder, {A: FILES[A].replace("subject: City", f"subject: {other}")})
    assert {c.subject for c in read_project(folder)[0].claims} >= {other}


def test_a_source_that_looks_like_another(folder: Path) -> None:
    lay(folder, {S: FILES[S] + "- {id: Minutes, title: x}\n"})
    assert_only(read_project(folder)[1], folder, ("lookalike-id", S, 12))


# --- texts


def test_a_text_that_cannot_be_used_never_stops_the_build(folder: Path) -> None:
    lay(folder, {"sources/a.pdf": b"%PDF \xff", "sources/empty.txt": b""})
    (folder / "sources" / "loop").symlink_to(folder / "sources" / "loop")
    (folder / "sources" / "inner").mkdir()
    with (folder / "sources" / "large.bin").open("wb") as hole:
        hole.truncate(200 << 20)
    _, texts, problems = attach(read_project(folder)[0])
    assert texts == {} and {p.severity for p in problems} <= {Severity.warning}
    assert said(problems, folder) == [("file-too-large", "sources/large.bin", 0)]


def test_a_quote_in_turtle_counts_only_where_the_text_bears_it_out(folder: Path) -> None:
    lay(folder, {B: FILES[B].replace("sk:negated true ;", 'sk:quote "invented"@en ;')})
    project, problems = read_project(folder)
    assert problems == [] and not any(c.quote for c in attach(project)[0].claims)


def test_a_text_of_another_length_is_named(folder: Path) -> None:
    lay(folder, {"sources/record.txt": "これは記録です。", S: FILES[S] + "  file: record.txt\n  characters: 99\n"})
    _, texts, problems = attach(read_project(folder)[0])
    assert_only(problems, folder, ("wrong-length", S, 9))
    assert texts == {} and problems[0].severity is Severity.warning


# --- what only the whole graph shows


def found_by_shapes(folder: Path) -> list[tuple[str, str, int]]:
    report = prepare(folder)[1]
    said(list(report.problems), folder)
    return [(p.code, Path(p.where.file).name, p.where.line) for p in report.problems if p.severity is Severity.error]


def test_an_inferred_claim_about_a_person_needs_a_reason(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("object: Police", "object: Mori")})
    assert ("shape", "a.yaml", 4) in found_by_shapes(folder)
    lay(
        folder,
        {A: FILES[A].replace("object: Police", "object: Mori\n    reason: {ja: 本人が公にした。, en: Made public.}")},
    )
    assert found_by_shapes(folder) == []


def test_what_does_not_fit_the_property_is_found(folder: Path) -> None:
    lay(folder, {A: FILES[A].replace("predicate: uses", "predicate: holdsPostIn")})
    assert {(file, line) for _, file, line in found_by_shapes(folder)} == {("a.yaml", 11)}


@pytest.mark.parametrize("case", [case for case in CASES if "-near" not in case.codes], ids=lambda case: case.name)
def test_a_project_with_mistakes_can_be_checked_and_shown(case: Case, tmp_path: Path) -> None:
    """What is left out of it leaves nothing behind that the graph would trip over, or complain of again."""
    folder = lay(tmp_path, case.texts()[0])
    report = prepare(folder)[1]
    said(list(report.problems), folder)
    assert not [p for p in report.problems if p.code == "shape" and p.severity is Severity.error]
    assert report.text("ja") and report.json()


# --- anything at all


def check_nothing_raised(folder: Path) -> Project:
    start = time.perf_counter()
    project, problems = read_project(folder)
    said(problems, folder)
    assert time.perf_counter() - start < 10
    assert len({c.handle for c in project.claims if c.handle}) == len([c for c in project.claims if c.handle])
    assert all(c.passages or c.place for c in project.claims), "no evidence, no claim"
    assert all(c.subject and c.object != "" and c.gist and c.source for c in project.claims)
    return project


MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@MANY
@given(
    st.sampled_from(sorted(FILES)),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode(errors="replace")),
)
def test_any_bytes_for_a_file(file: str, content: bytes) -> None:
    with changed({file: content}) as folder:
        check_nothing_raised(folder)


@settings(MANY, max_examples=150)
@given(st.data())
def test_any_mutation_of_a_file(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    with changed({file: data.draw(strategies.mutations(FILES[file]))}) as folder:
        check_nothing_raised(folder)


@MANY
@given(st.sampled_from([S, E, A]), strategies.yaml_files)
def test_any_tree_for_a_file(file: str, content: str) -> None:
    with changed({file: content}) as folder:
        check_nothing_raised(folder)


@MANY
@given(st.fixed_dictionaries({}, optional=strategies.record_files))
def test_any_values_in_records(files: dict[str, str]) -> None:
    with changed(files) as folder:
        check_nothing_raised(folder)


@FEW
@given(st.data())
def test_whatever_is_read_can_be_stored_and_checked(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    files = data.draw(st.fixed_dictionaries({}, optional=strategies.record_files))
    with changed({file: data.draw(strategies.mutations(FILES[file])), **files}) as folder:
        report = prepare(folder)[1]
        said(list(report.problems), folder)
