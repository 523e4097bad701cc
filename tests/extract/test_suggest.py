"""Suggested entities: what is found, what never is, and that a project can read what comes out."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Severity
from graph.extract import parse
from graph.extract.flow import Document
from graph.extract.naming.names import Names
from graph.extract.reading.text import from_text
from graph.extract.suggest import new_ids
from graph.extract.suggest.defined import find as defined
from graph.extract.suggest.defined import fits_initials
from graph.extract.suggest.heads import head_of, is_generic
from graph.extract.suggest.new_ids import Ids
from graph.extract.suggest.suggest import as_yaml, suggest
from graph.extract.suggest.suggested import Suggestion, Suggestions
from graph.model import Entity, Words
from graph.paths import BLANK
from graph.project import read_project
from graph.terms import vocabulary
from graph.values import ID


@pytest.fixture(autouse=True)
def _without_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads and brackets alone, so that the tests are quick and the same everywhere; two below ask for GiNZA."""
    monkeypatch.setattr(parse, "available", lambda: False)


def document(text: str, name: str = "a.txt") -> Document:
    return from_text(text, name)


def made(text: str, entities: Sequence[Entity] = ()) -> Suggestions:
    return suggest([document(text)], Names(entities), entities)


def classes(text: str, entities: Sequence[Entity] = ()) -> dict[str, str]:
    """Each suggestion's name with its class."""
    return {
        next(iter(sorted(one.entity.name.items(), reverse=True)))[1]: one.entity.cls for one in made(text, entities).new
    }


def only(text: str, entities: Sequence[Entity] = ()) -> Suggestion:
    (one,) = made(text, entities).new
    return one


# --- Japanese: by the head


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("きのう、茨城県警が認めた。", "茨城県警", "PoliceBody"),
        ("総務省は通知した。", "総務省", "GovernmentBody"),
        ("津市は拒んだ。", "津市", "GovernmentBody"),
        ("個人情報保護委員会が調べた。", "個人情報保護委員会", "Regulator"),
        ("東京地裁で争う。", "東京地裁", "Court"),
        ("株式会社見本電機は否定した。", "株式会社見本電機", "Company"),
        ("見本商事株式会社が売る。", "見本商事株式会社", "Company"),
        ("NPO法人街の灯は求めた。NPO法人安全網が求めた。", "NPO法人安全網", "NonProfit"),
        ("駅前中央書店で撮られた。", "駅前中央書店", "Retailer"),
        ("見本書店駅前店の店長", "見本書店駅前店", "Facility"),
        ("見本市個人情報保護条例に反する。", "見本市個人情報保護条例", "Law"),
        ("マイナンバー法が施行された。", "マイナンバー法", "Law"),
        ("個人情報保護法改正案を審議した。", "個人情報保護法改正案", "Bill"),
        ("防犯カメラ設置要綱の撤廃を求めた。", "防犯カメラ設置要綱", "Guideline"),
        ("見本市防犯協会の理事長が", "見本市防犯協会", "NonProfit"),
        ("監視社会を拒否する会は抗議した。", "監視社会を拒否する会", "CivilSocietyGroup"),
        ("見本の会は抗議した。", "見本の会", "CivilSocietyGroup"),
        ("監視に反対する市民の会は抗議した。", "監視に反対する市民の会", "CivilSocietyGroup"),
        ("「見張り番システム」を入れた。", "見張り番システム", "System"),
        ("『防犯白書』を出した。", "防犯白書", "Document"),
        ("見本新聞が報じた。", "見本新聞", "MediaOrganization"),
        ("元見本県警生活安全部長が", "見本県警生活安全部", "OrganizationalUnit"),
        ("理事長の竹花次郎氏は", "竹花次郎", "Person"),
        ("ジョン・スミス氏は", "ジョン・スミス", "Person"),
    ],
)
def test_a_name_and_its_class(text: str, name: str, cls: str) -> None:
    assert classes(text).get(name) == cls


@pytest.mark.parametrize(
    "text",
    [
        "大型書店や専門店、加盟店に広がった。",
        "この方法や手法は違法であり、司法が裁く。",
        "同市と同省、各県警、両党に尋ねた。",
        "警察署の一部の幹部と内部の全部局",
        "市民の会議で会長が話した。今回の会は終わった。",
        "システムやデータベース、防犯カメラの運用",
        "都市と地区の社会、会社、国会",
        "同氏と両氏は、前田さんと話した。",
        "ネットワークシステムが1つある。",
        "「入れてもよい方法」という。",
        "2016年4月、3社が5店で始めた。",
        "NPO法人見守りの輪が求めた。",  # how far the name goes, nobody can tell
        "見本システムを入れた。",  # a plain word may end so: once is not enough
    ],
)
def test_plain_words_are_nobody(text: str) -> None:
    assert classes(text) == {}


def test_a_weak_head_needs_a_second_time_or_quotation_marks() -> None:
    assert classes("見張りシステムを入れた。見張りシステムは高い。") == {}
    assert classes("三眼システムを入れた。三眼システムは高い。") == {"三眼システム": "System"}
    assert classes("「三眼システム」を入れた。") == {"三眼システム": "System"}


def test_what_belongs_to_the_sentence_stays_outside() -> None:
    assert classes("昨年見本市は、元見本県警本部長の佐藤一郎氏と、2016年総務省側に尋ねた。") == {
        "見本市": "GovernmentBody",
        "見本県警本部": "PoliceBody",
        "佐藤一郎": "Person",
        "総務省": "GovernmentBody",
    }


def test_a_surname_says_too_little_by_itself() -> None:
    assert classes("山田氏は述べた。山田氏は去った。") == {}
    one = only("竹花次郎氏は述べた。竹花氏は去った。")
    assert (one.entity.name["ja"], one.entity.also, one.general) == ("竹花次郎", (), ("竹花",))


# --- English


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        (
            "He wrote to the Ministry of Internal Affairs and Communications.",
            "Ministry of Internal Affairs and Communications",
            "GovernmentBody",
        ),
        ("The Sample Prefectural Police and Sample City agreed.", "Sample Prefectural Police", "PoliceBody"),
        ("The Sample Prefectural Police and Sample City agreed.", "Sample City", "GovernmentBody"),
        (
            "Under the Act on the Protection of Personal Information, nobody may.",
            "Act on the Protection of Personal Information",
            "Law",
        ),
        (
            "Whether the Association to Reject the Camera State knew is open.",
            "Association to Reject the Camera State",
            "CivilSocietyGroup",
        ),
        ("Yesterday Harbour Books Ltd. denied it.", "Harbour Books Ltd.", "Company"),
        ("Professor Jane Doe of Sample University spoke.", "Jane Doe", "Person"),
        ("Professor Jane Doe of Sample University spoke.", "Sample University", "NonProfit"),
        ("John Smith, a lawyer for the group, spoke.", "John Smith", "Person"),
        ("They asked the Tokyo Bar Association's board.", "Tokyo Bar Association", "CivilSocietyGroup"),
    ],
)
def test_english_names(text: str, name: str, cls: str) -> None:
    assert classes(text).get(name) == cls


@pytest.mark.parametrize(
    "text",
    [
        "The police told the city. The Act says so, and The System works.",
        "On Monday, In April, The New Year began.",
        "CCTV is everywhere and CCTV grows; the USB and the USB port.",
        "XYZW was seen once.",
        "president of the company, the agency and its department",
    ],
)
def test_english_words_that_are_nobody(text: str) -> None:
    assert classes(text) == {}


def test_capitals_that_stand_twice_are_somebody() -> None:
    one = only("XYZW denied it. Nobody believed XYZW.")
    assert (one.entity.id, one.entity.cls, one.count) == ("XYZW", "Organization", 2)


# --- all forms of one thing


def test_short_forms_defined_in_brackets_belong_to_the_name() -> None:
    one = only("見本県個人情報保護審議会(略称:個情審)は審議した。個情審は反対した。")
    assert (one.entity.name["ja"], one.entity.also, one.count) == ("見本県個人情報保護審議会", ("個情審",), 3)


def test_a_general_word_is_shown_and_not_put_under_also() -> None:
    one = only("見本防犯機構(以下「機構」という。)は認めた。機構は急いだ。")
    assert (one.entity.also, one.general) == ((), ("機構",))
    assert "機構\n- id" in as_yaml(made("見本防犯機構(以下「機構」という。)は認めた。"))


def test_latin_names_and_capitals_in_brackets() -> None:
    one = only("見本防犯機構(Sample Crime Prevention Organization、SCPO)は、SCPOの名で知られる。")
    assert dict(one.entity.name) == {"ja": "見本防犯機構", "en": "Sample Crime Prevention Organization"}
    assert one.entity.also == ("SCPO",)
    assert one.entity.id == "SampleCrimePreventionOrganization"


def test_capitals_give_a_name_away_that_has_no_head() -> None:
    one = only("They met at Watchers Without Borders (WWB). WWB declined.")
    assert (one.entity.name["en"], one.entity.also) == ("Watchers Without Borders", ("WWB",))
    assert classes("They met at Watchers Without Borders (ABC).") == {}


def test_with_and_without_the_legal_form_it_is_one_thing() -> None:
    one = only("株式会社見本電機は売る。見本電機は否定した。")
    assert (one.entity.id[-5:], one.count) == ("Denki" if new_ids._tokenizer() else "見本電機"[-5:], 2)


def test_an_end_that_nobody_else_shares_is_a_guess() -> None:
    one = only("警察庁生活安全局は指針を出した。生活安全局は急いだ。")
    assert (one.entity.also, one.guessed) == (("生活安全局",), ("生活安全局",))
    both = classes("茨城県警生活安全局と警察庁生活安全局がある。生活安全局は急いだ。")
    assert set(both) == {"茨城県警生活安全局", "警察庁生活安全局", "生活安全局"}


# --- what is known already

KNOWN = (
    Entity("NPA", "PoliceBody", Words(ja="警察庁", en="National Police Agency"), ("NPA",)),
    Entity("Org", "NonProfit", Words(ja="全国万引犯罪防止機構")),
    Entity("Denki", "Company", Words(ja="株式会社見本電機")),
)


def test_no_written_form_of_an_entity_is_proposed() -> None:
    text = "警察庁、NPA、全国万引き犯罪防止機構と見本電機。NPAは動いた。The National Police Agency said."
    assert made(text, KNOWN) == Suggestions(documents=1)


def test_what_looks_like_an_entity_is_told_apart_from_what_is_new() -> None:
    told = made("万防機構は否定した。警察庁(以下「本庁舎」という。)は急いだ。", KNOWN)
    assert told.new == ()
    assert [(v.id, v.form) for v in told.variants] == [("NPA", "本庁舎"), ("Org", "万防機構")]
    lines = as_yaml(told).splitlines()
    assert all(line.startswith("#") or not line for line in lines)
    assert "# - id: Org  # 全国万引犯罪防止機構" in lines
    assert "#   also: [万防機構]" in lines


def test_another_prefecture_is_no_variant() -> None:
    listed = (
        Entity("Ibaraki", "PoliceBody", Words(ja="茨城県警察本部")),
        Entity("E", "Facility", Words(ja="東口中央書店")),
    )
    told = made("群馬県警察本部と西口中央書店は。", listed)
    assert [one.entity.name["ja"] for one in told.new] == ["群馬県警察本部", "西口中央書店"]
    assert told.variants == ()


def test_what_was_taken_over_is_not_suggested_again() -> None:
    text = TEXT + "株式会社見本電機と茨城県警、理事長の佐藤一郎氏。Sample University (SU) and XYZW. XYZW. SU won.\n"
    first = made(text)
    assert first.new
    again = made(text, [one.entity for one in first.new])
    assert again.new == ()


# --- counts, places, order


def test_counts_and_places_over_documents() -> None:
    documents = [
        document("一行目である。\n\n茨城県警は認めた。", "a.txt"),
        document("茨城県警だ。\n\n津市は拒んだ。", "b.txt"),
    ]
    told = suggest(documents, Names([]), [])
    assert [(one.entity.name["ja"], one.count) for one in told.new] == [("茨城県警", 2), ("津市", 1)]
    assert [(c.document, c.line) for c in told.new[0].contexts] == [("a.txt", 3), ("b.txt", 1)]
    assert "津市は拒んだ。" in told.new[1].contexts[0].text


def test_contexts_are_short_and_few() -> None:
    one = only("、".join(["あれこれと長く続く話のなかで茨城県警が"] * 40) + "。\n" + "茨城県警は認めた。\n" * 9)
    assert len(one.contexts) == 2
    assert all(len(context.text) < 90 and "茨城県警" in context.text for context in one.contexts)


def test_the_same_every_time() -> None:
    text = "茨城県警と津市、総務省が、株式会社見本電機と見本の会に。『防犯白書』XYZW XYZW"
    assert as_yaml(made(text)) == as_yaml(made(text))


# --- YAML that a project reads


def appended(told: Suggestions, folder: Path) -> list[Entity]:
    """The entities of a project to which the suggestions were added; no error and no warning."""
    shutil.copytree(BLANK, folder)
    entities = folder / "entities.yaml"
    entities.write_text(entities.read_text(encoding="utf-8") + "\n" + as_yaml(told), encoding="utf-8")
    project, problems = read_project(folder)
    assert [problem.message("en") for problem in problems if problem.severity is Severity.error] == []
    return list(project.entities)


TEXT = """見本市防犯協会(以下「協会」という。)は、株式会社見本電機の「三眼システム」を入れた。
理事長の佐藤一郎氏は『防犯白書: "no" # 1』を出した。見本防犯機構(Sample Organization、SO)も、茨城県警も。
監視に反対する見本の会は、見本市防犯カメラ設置要綱の撤廃を求めた。駅前防犯カメラ網もある。"""


def test_appended_to_a_project_it_builds_and_is_found(tmp_path: Path) -> None:
    from graph.build import build

    project, _ = read_project(BLANK)
    told = suggest([document(TEXT)], Names(project.entities), project.entities)
    entities = appended(told, tmp_path / "p")
    assert len(told.new) > 6
    assert set(entities) >= {one.entity for one in told.new}
    build(tmp_path / "p", tmp_path / "out", charts=False, extract=False)
    found = {id for s in document(TEXT).sentences for m in Names(entities).find(s) for id in m.ids}
    assert found >= {one.entity.id for one in told.new}


def test_nothing_found_is_a_file_too(tmp_path: Path) -> None:
    told = made("なにもない。")
    assert told.new == ()
    assert yaml.safe_load(as_yaml(told)) is None
    appended(told, tmp_path / "p")


NASTY = "\x00\x07\x85\u2028\u2029\u202e\u200b\ufeff\ufffe\ud7ff'\"#:-[]{}&*!|>%@`?,~\t\n\r"
NASTY += "『』「」()茨城県警市の会氏書店 NoSampleActInc."


@settings(max_examples=150)
@given(st.text(st.sampled_from(NASTY), max_size=80), st.text(max_size=8))
def test_hostile_text_stays_in_its_comment(text: str, name: str) -> None:
    told = suggest([from_text(text, name + ".txt")], Names([]), [])
    out = as_yaml(told)
    read = yaml.safe_load(out) or []
    assert [record["id"] for record in read] == [one.entity.id for one in told.new]
    assert [record["name"] for record in read] == [dict(one.entity.name) for one in told.new]
    assert not set(out) & set("\x00\x07\x85\u2028\u2029\u202e\u200b\ufeff\r\t")
    assert all(record["class"] in vocabulary().classes for record in read)


def test_hostile_names_are_read_back_by_the_project(tmp_path: Path) -> None:
    text = "『no』『1: {a}』『- x # y』『& * !』『\u202eabc\x07def』『null』『\"\\'"
    told = made(text + "』と茨城県警。")
    read = {entity.id: dict(entity.name) for entity in appended(told, tmp_path / "p")}
    assert [one.entity.name["ja"] for one in told.new if one.entity.cls == "PoliceBody"] == ["茨城県警"]
    assert all(read[one.entity.id] == dict(one.entity.name) for one in told.new)


def test_a_very_long_run_is_no_name() -> None:
    assert classes("県" * 20_000 + "警は。" + "A" * 20_000 + " " + "Act " * 5_000) == {}


# --- ids


def test_ids_are_unique_and_fit_a_project() -> None:
    ids = Ids(["Ibaraki", "sampleact"])
    made = [
        ids.make("Sample Act", "", "Law"),
        ids.make("SAMPLE ACT", "", "Law"),
        ids.make("Curator", "", "Person"),
        ids.make("5", "", "PoliceBody"),
        ids.make("…", "", "Law"),
        ids.make("Élysée O'Neil", "", "Person"),
        ids.make("セコム", "", "Company"),
        ids.make("x" * 400, "", "Law"),
    ]
    assert all(ID.fullmatch(id) and len(id) < 70 for id in made)
    assert len({id.casefold() for id in [*made, "Ibaraki", "sampleact", "curator"]}) == len(made) + 3
    assert made[0] == "SampleAct2"
    assert made[5:7] == ["ElyseeONeil", "Sekomu"]


@pytest.mark.skipif(not new_ids._tokenizer(), reason="the extra [ja] is not installed")
def test_japanese_is_read_aloud() -> None:
    assert Ids([]).make("茨城県警察本部", "", "PoliceBody") == "IbarakiKenKeisatsuHonbu"


def test_without_a_reading_the_name_is_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_ids, "_tokenizer", lambda: None)
    assert Ids([]).make("茨城県警", "", "PoliceBody") == "茨城県警"
    assert Ids(["茨城県警"]).make("茨城県警", "", "PoliceBody") == "茨城県警2"


@given(st.lists(st.text(max_size=12), max_size=8))
def test_whatever_the_names_ids_fit_and_differ(names: list[str]) -> None:
    ids = Ids([])
    made = [ids.make(name, "", "Law") for name in names]
    assert all(ID.fullmatch(id) for id in made)
    assert len(set(map(str.casefold, made))) == len(made)


# --- heads and brackets


def test_every_class_of_the_table_is_one_of_the_ontology() -> None:
    from graph.extract.suggest.heads import _table

    table = _table()
    heads = [*table.ja.values(), *table.last.values(), *table.first.values()]
    assert {head.cls for head in heads} <= set(vocabulary().classes)


def test_the_longest_head_decides() -> None:
    for form, cls in [
        ("見本警察署", "PoliceBody"),
        ("見本消防署", "GovernmentBody"),
        ("見本新聞社", "MediaOrganization"),
    ]:
        head = head_of(form)
        assert head and head.cls == cls
    assert is_generic("警察署")
    assert not is_generic("警視庁")
    assert head_of("竹花豊") is None


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("警察庁(以下「庁」という。)は", ["庁"]),
        ("警察庁(以下、単に「庁」とする)は", ["庁"]),
        ("警察庁(略称は警庁)は", ["警庁"]),
        ("警察庁(NPA)は", ["NPA"]),
        ("警察庁(National Police Agency、NPA)は", ["National Police Agency", "NPA"]),
        ('The Movement for Streets (hereinafter "the Movement") met.', ["Movement"]),
        ('The Movement for Streets (the "Movement") met.', ["Movement"]),
        ("the agency (see below) and (2016)", []),
        ("(以下「庁」という。)", []),
        ("警察庁(東京都千代田区)は", []),
    ],
)
def test_what_brackets_define(text: str, forms: list[str]) -> None:
    assert [one.form for one in defined(text)] == forms
    assert all(text[one.end :].lstrip().startswith("(") for one in defined(text))


def test_initials() -> None:
    assert fits_initials("NPA", "National Police Agency")
    assert fits_initials("MOFA", "Ministry Of Foreign Affairs")
    assert not fits_initials("NPO", "National Police Agency")
    assert not fits_initials("", "")


# --- with GiNZA


def test_ginza_adds_people_beside_their_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ginza")
    monkeypatch.undo()
    text = "弁護士の佐藤花子が反対した。通行人の山田太郎さんは黙っていた。"
    found = classes(text)
    assert found.get("佐藤花子") == "Person"
    assert "山田太郎" not in found  # no public role


def test_ginza_reads_no_more_than_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ginza")
    from graph.extract.suggest import suggest as module

    monkeypatch.undo()
    monkeypatch.setattr(module, "_PARSED_AT_MOST", 10)
    told = made("茨城県警は、これを認めたと伝えられている。")
    assert told.unparsed == 21
    assert [one.entity.name["ja"] for one in told.new] == ["茨城県警"]
    assert "21 characters" in as_yaml(told)
