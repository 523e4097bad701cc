"""Stories: what may stand in one, what it rests on, how sure its captions may be, what the page gets of it."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import build, prepare
from graph.chart.data import page_data
from graph.chart.drawing import draw
from graph.errors import Severity
from graph.folder import fingerprint, input_files
from graph.model import Claim, Project, Review, Stance, Step
from graph.paths import BLANK, SEEDS, TEMPLATES
from graph.project import read_project
from graph.stories import STEP_KEYS, STORY_KEYS
from graph.terms import vocabulary
from graph.told import Evidence, digests, proved, told
from tests import strategies
from tests.bad_cases import FILES, A, S
from tests.test_bad_input import lay, said

FILE = "stories/a.yaml"
STORY = """\
id: way
title: {ja: 道, en: A way}
intro: {ja: はじめに, en: To begin}
steps:
- title: {ja: 一, en: One}
  caption: {ja: 市は渡しているという。, en: The city is said to pass them on.}
  claims: [C1, C2]
  entities: [Police, City]
  theme: cameras
  focus: C2
- caption: {ja: 警察のこと。, en: On the police.}
  entities: Police
- caption: {ja: カメラのこと。, en: On the cameras.}
  theme: cameras
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path / "p", {**FILES, FILE: STORY})


def checked(folder: Path) -> tuple[Project, list[tuple[str, str, int]]]:
    """The project as `check` sees it, and what it says in stories/."""
    project, report, _ = prepare(folder, extract=False)
    found = [problem for problem in report.problems if "stories" in problem.where.file]
    return project, said(found, folder)


def page(project: Project) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = page_data(project, vocabulary(), draw(project, vocabulary()), "ja")["stories"]
    return data


def with_story(folder: Path, old: str, new: str, file: str = FILE) -> Path:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    return lay(folder, {file: text.replace(old, new, 1)})


# --- reading


def test_a_story_is_read_as_it_stands(folder: Path) -> None:
    project, problems = read_project(folder)
    assert problems == []
    [story] = project.stories
    assert story.id == "way" and dict(story.title) == {"ja": "道", "en": "A way"} and story.intro["en"] == "To begin"
    assert [step.claims for step in story.steps] == [("C1", "C2"), (), ()]
    assert story.steps[0].entities == ("Police", "City") and story.steps[0].focus == "C2"
    assert story.steps[0].theme == "cameras" and story.steps[1].entities == ("Police",)
    assert (story.where.line, story.steps[0].where.line, story.steps[0].claim_lines) == (1, 5, (7, 7))
    assert checked(folder) == (project, [])


def test_a_file_may_hold_a_list_and_the_files_go_by_name(folder: Path) -> None:
    rows = STORY.replace("id: way", "id: b").splitlines()
    listed = "- " + "\n  ".join(rows) + "\n- " + "\n  ".join([rows[0].replace("b", "c"), *rows[1:]]) + "\n"
    lay(folder, {"stories/0.yaml": listed, "stories/z.yaml": ""})
    project, problems = read_project(folder)
    assert problems == [] and [story.id for story in project.stories] == ["b", "c", "way"]


def test_a_project_without_stories_has_none(tmp_path: Path) -> None:
    project, _ = read_project(lay(tmp_path, dict(FILES)))
    assert project.stories == () and page(project) == []


WRONG = [
    ("id: way\n", "", [("missing-key", 1)]),
    ("id: way", "id: 1way", [("bad-id", 1)]),
    ("id: way", "id: https://example.org/way", [("bad-id", 1)]),
    ("id: way", "id: way\ncolour: red", [("unknown-key", 2)]),
    ("title: {ja: 道, en: A way}\n", "", [("missing-key", 1)]),
    ("title: {ja: 道, en: A way}\n", "title: {ja: 道, and what of it, en: x}\n", [("bad-language", 2)]),
    ("intro: {ja: はじめに, en: To begin}", "intro: [a]", [("not-words", 3)]),
    (STORY.partition("steps:\n")[2], "", [("missing-key", 1)]),
    ("steps:\n", "steps: none\nx:\n", [("unknown-key", 5), ("not-a-list", 4)]),
    ("- title: {ja: 一, en: One}", "- just words\n- title: x", [("not-a-mapping", 5)]),
    ("  caption: {ja: 市は渡しているという。, en: The city is said to pass them on.}\n", "", [("missing-key", 5)]),
    ("caption: {ja: 警察のこと。, en: On the police.}", 'caption: {ja: "", en: " "}', [("missing-key", 11)]),
    ("claims: [C1, C2]", "claim: [C1, C2]\n  claims: C2", [("unknown-key-near", 7)]),
    ("claims: [C1, C2]", "claims: [C2,\n    C11]", [("unknown-handle-near", 8)]),
    ("claims: [C1, C2]", "claims: [C2, nothing-like-it]", [("unknown-handle", 7)]),
    ("claims: [C1, C2]", "claims: [[C1], C2]", [("not-text", 7)]),
    ("entities: Police", "entities: Polise", [("unknown-entity-near", 12)]),
    ("entities: Police", "entities: [Zzzzzz]", [("unknown-entity", 12)]),
    ("  entities: Police\n", "", [("step-without-evidence", 11)]),
    ("entities: Police", "entities: []", [("step-without-evidence", 11)]),
    ("entities: Police", "entities: Spare", [("step-without-evidence", 11)]),
    ("- caption: {ja: カメラのこと。, en: On the cameras.}\n  theme: cameras", "- caption: x\n  theme: camera",
     [("unknown-theme-near", 14)]),
    ("- caption: {ja: カメラのこと。, en: On the cameras.}\n  theme: cameras", "- caption: x\n  theme: cards",
     [("step-without-evidence", 13)]),
    ("focus: C2", "focus: C22", [("step-focus-near", 10)]),
    ("focus: C2", "focus: Nothing-of-it", [("step-focus", 10)]),
    ("focus: C2", "focus: Polica", [("step-focus-near", 10)]),
    ("focus: C2", "focus: [C2]", [("not-text", 10)]),
    ("theme: cameras", "theme: cameras\n  theme: cards", [("yaml-duplicate-key", 10)]),
    ("title: {ja: 一, en: One}", 'title: "a\\nb"', [("name-on-lines", 5)]),
    ("ja: 警察のこと。", 'ja: "\\x07"', [("control-character", 11)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "want"), WRONG, ids=lambda value: str(value)[:24].replace("\n", "/"))
def test_a_mistake_is_told_with_its_line_and_the_story_left_out(
    old: str, new: str, want: list[tuple[str, int]], folder: Path
) -> None:
    project, found = checked(with_story(folder, old, new))
    assert [(code, line) for code, file, line in found if file == FILE] == sorted(want, key=lambda w: w[1])
    standing = {"yaml-duplicate-key"}  # the first of the two was taken
    assert bool(project.stories) is (want[0][0] in standing)
    assert len(project.claims) == len(read_project(folder)[0].claims), "a claim is not lost with a story"


def test_two_stories_of_one_id_are_told_and_the_first_stays(folder: Path) -> None:
    lay(folder, {"stories/b.yaml": STORY.replace("A way", "Another")})
    project, found = checked(folder)
    assert found == [("duplicate-id", "stories/b.yaml", 1)]
    assert [story.title["en"] for story in project.stories] == ["A way"]


def test_mistakes_elsewhere_are_not_told_again_by_the_story(folder: Path) -> None:
    """C2 is lost for its own mistake: the story waits, and says nothing of it."""
    project, found = checked(with_story(folder, "stance: stated", "stance: zzzz", A))
    assert found == [] and project.stories == ()
    assert checked(with_story(folder, "id: way", "id: 1"))[1] == [("bad-id", FILE, 1)]


def test_a_mistake_in_one_story_hides_none_in_another(folder: Path) -> None:
    lay(folder, {"stories/b.yaml": STORY.replace("id: way", "id: b").replace("C1, C2]", "C2, C9x9]")})
    _, found = checked(with_story(folder, "title: {ja: 道, en: A way}", "title: [x]"))
    assert ("not-words", FILE, 2) in found and ("unknown-handle", "stories/b.yaml", 7) in found


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00", b'"', b"[[[", b"&a x: *a", b"---\na\n---\nb"])
def test_a_file_that_cannot_be_read_is_one_problem(content: bytes, folder: Path) -> None:
    lay(folder, {FILE: content})
    assert len([problem for problem in read_project(folder)[1] if problem.severity is Severity.error]) == 1


def test_what_would_not_be_read_is_pointed_out(folder: Path) -> None:
    lay(folder, {"stories/b.yml": STORY, "stories.yaml": STORY, "stories/deeper/c.yaml": STORY, "stories/.d.yaml": "["})
    found = said(read_project(folder)[1], folder)
    assert found == [("ignored-file", name, 0) for name in ("stories.yaml", "stories/b.yml", "stories/deeper")]


@settings(max_examples=150)
@given(
    strategies.yaml_files
    | st.lists(
        st.fixed_dictionaries(
            {},
            optional={key: strategies.trees for key in STORY_KEYS}
            | {"steps": st.lists(strategies.records((*STEP_KEYS, "x")), max_size=3)},
        ),
        max_size=3,
    ).map(lambda tree: json.dumps(tree, ensure_ascii=False))
    | strategies.free_text
)
def test_whatever_stands_there_makes_problems_and_nothing_else(text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = lay(Path(place), {**FILES, FILE: text})
        project, problems = read_project(folder)
        proven, more = proved(project)
        said([*problems, *more], folder)
        assert all(FILE in problem.where.file for problem in [*problems, *more])
        assert len(project.claims) == 5
        for story in page(proven):
            for step in story["steps"]:
                assert step["caption"] and step["weakest"] in set(Stance)


# --- what may be told


@pytest.mark.parametrize(("review", "code"), [("rejected", "step-rejected"), ("withdrawn", "step-rejected")])
def test_what_we_took_back_is_not_told(review: str, code: str, folder: Path) -> None:
    with_story(folder, "- id: C2", f"- id: C2\n    review: {review}\n    note: wrong", A)
    project, found = checked(folder)
    assert found == [(code, FILE, 7)] and project.stories == ()


def test_what_is_disputed_is_told_as_such(folder: Path) -> None:
    with_story(folder, "- id: C2", "- id: C2\n    review: disputed\n    note: doubtful", A)
    project, found = checked(folder)
    assert found == []
    [story] = page(project)
    assert story["steps"][0]["disputed"] is True


def test_a_digest_is_not_told(folder: Path) -> None:
    with_story(
        folder, "- id: record\n  title: Record\n  document: Report", "- id: record\n  title: R\n  document: Report", S
    )
    with_story(folder, "- id: minutes\n", "- id: minutes\n  retells: Report\n", S)
    project, found = checked(folder)
    assert {code for code, _, _ in found} == {"step-digest"} and project.stories == ()


def unreviewed(project: Project) -> Project:
    from dataclasses import replace

    machine = [replace(c, review=Review.candidate, method="rule@1") if c.handle == "C2" else c for c in project.claims]
    return replace(project, claims=tuple(machine))


def test_what_nobody_has_decided_on_is_not_told(folder: Path) -> None:
    project, problems = proved(unreviewed(read_project(folder)[0]))
    assert [problem.code for problem in problems] == ["step-unreviewed"] and project.stories == ()


def test_a_claim_may_be_named_by_its_id(folder: Path) -> None:
    from graph.model import claim_id

    project = read_project(folder)[0]
    id = next(claim_id(claim, project.base) for claim in project.claims if claim.handle == "C2")
    with_story(folder, "claims: [C1, C2]", f"claims: [C1, '{id}']")
    with_story(folder, "focus: C2", f"focus: '{id}'")
    named, found = checked(folder)
    assert found == [] and page(named) == page(project)


def test_the_picture_shows_just_what_may_be_told() -> None:
    project = read_project(SEEDS)[0]
    assert draw(project, vocabulary()).claims == told(project)
    assert digests(project) == {"digest-ja", "digest-en"}


# --- the page


def test_the_page_gets_claims_by_their_number(folder: Path) -> None:
    project = read_project(folder)[0]
    claims = draw(project, vocabulary()).claims
    [story] = page(project)
    first, second, third = story["steps"]
    assert [claims[number].handle for number in first["claims"]] == ["C1", "C2"]
    assert first["focus"] == {"kind": "claim", "id": "C2"} and first["entities"] == ["Police", "City"]
    assert (first["weakest"], first["disputed"]) == ("alleged", False)
    assert second["claims"] == [] and "focus" not in second and third["theme"] == "cameras"
    about = [claim.stance for claim in claims if "City" in (claim.subject, claim.object)]
    assert third["weakest"] == max(about, key=lambda stance: stance.rank)


def test_a_claim_without_a_handle_is_named_by_its_number(folder: Path) -> None:
    from graph.model import claim_id

    project = read_project(folder)[0]
    id = next(claim_id(claim, project.base) for claim in project.claims if claim.handle == "C2")
    with_story(folder, "claims: [C1, C2]", f"claims: ['{id}']")
    with_story(folder, "focus: C2", f"focus: '{id}'")
    with_story(folder, "  - id: C2\n    subject", "  - subject", A)
    project = read_project(folder)[0]
    step = page(project)[0]["steps"][0]
    assert step["focus"] == {"kind": "claim", "id": f".{step['claims'][0]}"}


def test_a_page_with_fewer_claims_tells_no_story_that_needs_the_others(folder: Path) -> None:
    project = read_project(folder)[0]
    fewer = tuple(claim for claim in told(project) if claim.handle != "C1")
    assert not Evidence(project, fewer).stands(project.stories[0])
    assert Evidence(project, told(project)).stands(project.stories[0])


def test_stories_are_presentation_and_leave_the_graph_alone(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "with", extract=False)
    (folder / FILE).unlink()
    build(folder, tmp_path / "without", extract=False)
    assert (tmp_path / "with" / "graph.ttl").read_bytes() == (tmp_path / "without" / "graph.ttl").read_bytes()
    assert (tmp_path / "with" / "chart.html").read_bytes() != (tmp_path / "without" / "chart.html").read_bytes()


def test_a_changed_story_makes_the_build_old(folder: Path) -> None:
    before = fingerprint(folder)
    assert folder / FILE in input_files(folder)
    with_story(folder, "A way", "Another way")
    assert fingerprint(folder) != before


def test_a_new_project_has_a_story_that_stands() -> None:
    project, report, _ = prepare(BLANK, extract=False)
    assert not report.errors and [len(story.steps) for story in project.stories] == [2]


def test_the_player_finds_all_its_words() -> None:
    script = (TEMPLATES / "js" / "story.js").read_text(encoding="utf-8")
    words = tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))
    used = set(re.findall(r'\bword\("([a-z-]+)"', script))
    assert len(used) > 8 and used <= set(words)
    assert all(set(words[code]) == {"ja", "en"} and all(words[code].values()) for code in used)
    gaps = {code: [set(re.findall(r"\{\w+\}", text)) for text in words[code].values()] for code in used}
    assert not [code for code, (ja, en) in gaps.items() if ja != en]


# --- the bundled story

# What a caption must say, in both languages, where a claim of its step is no surer than this.
HEDGES: dict[str, tuple[str, str]] = {
    "reported": (r"報じ|伝え|よれば|と述べる|いう|とされ", r"report|according to|says"),
    "inferred": (r"推測|考え", r"infer|we think"),
    "alleged": (r"疑|という主張", r"suspect|alleg"),
    "intended": (r"主張", r"claim"),
    "proposed": (r"提案|望まし|意向", r"propos|desirable|wish"),
    "demanded": (r"呼びかけ|求め", r"calls? on"),
    "hedged": (r"「いえる」|考え|推測", r"hedge|we think|infer|apparent"),
    "disputed": (r"食い違|争い", r"differ|disput|does not fit"),
    "negated": (r"ない|ず", r"\bn(?:o|ot|othing)\b|without"),
}


def kinds_of(claim: Claim) -> set[str]:
    """The kinds of doubt that a caption on a claim must carry over."""
    found = {claim.stance.value} & set(HEDGES)
    return found | {
        name
        for name, there in [
            ("hedged", claim.hedged),
            ("disputed", claim.review is Review.disputed),
            ("negated", claim.negated),
        ]
        if there
    }


def too_sure(step: Step, claims: list[Claim]) -> list[tuple[str, str]]:
    """The doubts of the claims that the caption leaves out, by language."""
    wanted = {kind for claim in claims for kind in kinds_of(claim)}
    patterns = {(kind, lang): HEDGES[kind][n] for kind in wanted for n, lang in enumerate(("ja", "en"))}
    return sorted(key for key, pattern in patterns.items() if not re.search(pattern, step.caption[key[1]]))


@pytest.fixture(scope="module")
def bundled() -> Project:
    return proved(read_project(SEEDS)[0])[0]


def steps(project: Project) -> list[Step]:
    return [step for story in project.stories for step in story.steps]


def test_the_bundled_story_leads_through_all_themes(bundled: Project) -> None:
    assert [problem.code for problem in proved(read_project(SEEDS)[0])[1]] == []
    assert [story.id for story in bundled.stories] == ["five-themes"]
    assert sorted(step.theme for step in steps(bundled) if step.theme) == sorted(theme.id for theme in bundled.themes)
    assert 10 <= len(steps(bundled)) <= 14


def test_its_words_are_there_in_both_languages(bundled: Project) -> None:
    [story] = bundled.stories
    for words in [story.title, story.intro, *(step.title for step in story.steps), *(s.caption for s in story.steps)]:
        assert set(words) == {"ja", "en"} and words["ja"] != words["en"]
        assert re.search("[ぁ-ん一-龠]", words["ja"]) and not re.search("[ぁ-んァ-ヶ一-龠]", words["en"])


def test_each_step_shows_its_claims(bundled: Project) -> None:
    handles = {claim.handle: claim for claim in bundled.claims}
    for step in steps(bundled):
        assert len(step.claims) >= 3 and set(step.claims) <= set(handles) and step.focus


def test_no_caption_is_surer_than_its_claims(bundled: Project) -> None:
    handles = {claim.handle: claim for claim in bundled.claims}
    for step in steps(bundled):
        assert not too_sure(step, [handles[name] for name in step.claims]), step.title["en"]


def test_a_caption_that_is_too_sure_would_be_found(bundled: Project) -> None:
    from dataclasses import replace

    from graph.model import Words

    handles = {claim.handle: claim for claim in bundled.claims}
    sure = Words(ja="機構は画像を警察と分け合っている。", en="The organization shares images with the police.")
    for step in steps(bundled):
        doubts = [handles[name] for name in step.claims if kinds_of(handles[name])]
        if doubts:
            assert too_sure(replace(step, caption=sure), doubts)


def test_what_contradicts_is_told_as_well(bundled: Project) -> None:
    """The denial by the trade press, the protest, the other reading of who ran the trial, the courts."""
    told_of = {name for step in steps(bundled) for name in step.claims}
    assert {"C042", "K03", "P062", "P080", "P103", "P106", "P115", "P132", "K12", "P149"} <= told_of
