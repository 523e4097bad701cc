"""The matcher of Japanese frames: arguments, voice, relatives, chains, coordination, topics, and what is no hit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("ginza")

from graph.errors import Problem
from graph.extract.flow import Hit, Mention
from graph.extract.frames import example, own_files, read_frames
from graph.extract.japanese.matcher import JapaneseMatcher, body_keys
from graph.extract.parse import parse
from graph.model import Entity, Passage, Words
from graph.terms import vocabulary


@cache
def matcher() -> JapaneseMatcher:
    problems: list[Problem] = []
    files = [path for path in own_files() if path.name.endswith(".ja.yaml")]
    frames = read_frames(files, problems, {"ja": body_keys, "en": body_keys})
    assert problems == []
    return JapaneseMatcher(frames, vocabulary())


def hits(marked: str, topics: tuple[Mention, ...] = (), classes: dict[str, str] | None = None) -> list[Hit]:
    read = example(marked)
    entities = {id: Entity(id, cls, Words(ja=id)) for id, cls in (classes or {}).items()}
    mentions = []
    for (start, end), cls in read.mentions:
        name = read.text[start:end]
        entities[name] = Entity(name, cls, Words(ja=name))
        mentions.append(Mention(start, end, (name,)))
    return matcher().find(parse([read.text])[0], mentions, topics, entities.__getitem__)


def triples(marked: str, *properties: str) -> set[tuple[str, str, str]]:
    found = set()
    for hit in hits(marked):
        if not properties or hit.frame.predicate in properties:
            told = hit.object.ids[0] if isinstance(hit.object, Mention) else str(hit.object)
            found.add((hit.subject.ids[0], hit.frame.predicate, told))
    return found


NPA, RULES = "{警察庁|PoliceBody}", "{推進要綱|Guideline}"
SHOP, FORCE, SYSTEM = "{みどり書店|Retailer}", "{青森県警|PoliceBody}", "{顔認証システム|FaceRecognitionSystem}"
AMENDS = {("警察庁", "amends", "推進要綱")}


@pytest.mark.parametrize(
    "text",
    [
        f"{NPA}は{RULES}を改正した。",
        f"{NPA}は、2014年に{RULES}の改正を行いました。",
        f"{RULES}は{NPA}によって改正された。",
        f"{NPA}により改正された{RULES}が問題になっている。",
        f"{NPA}が改正した{RULES}を読む。",
        f"{RULES}を改正した{NPA}は説明を避けた。",
        f"{NPA}による{RULES}の改正は2014年だった。",
        f"{RULES}を改正したのは{NPA}だ。",
        f"{RULES}は{NPA}が改正した。",
        f"{NPA}は会議を開き、{RULES}を改正した。",
        f"{NPA}、{RULES}を改正",
        f"{NPA}は「{RULES}」を改正している。",
    ],
)
def test_who_did_what_in_many_constructions(text: str) -> None:
    assert triples(text, "amends") == AMENDS


@pytest.mark.parametrize(
    "text",
    [
        f"{NPA}の要望で国会が{RULES}を改正した。",
        f"{NPA}の職員が{RULES}を改正した。",
        f"{NPA}は{RULES}の担当者を改正した。",
        f"{NPA}は国会が改正した{RULES}を読んだ。",
        f"反{NPA}の会が{RULES}を改正した。",
        f"市民団体は、{NPA}の前で、{RULES}を改正した人に抗議した。",
    ],
)
def test_a_name_that_is_not_the_argument_makes_no_hit(text: str) -> None:
    assert AMENDS.isdisjoint(triples(text, "amends"))


def test_the_modified_noun_is_the_argument() -> None:
    text = "{群馬県|GovernmentBody}は{警察庁|PoliceBody}の{推進要綱|Guideline}を改正した。"
    assert triples(text, "amends") == {("群馬県", "amends", "推進要綱")}


def test_everyone_who_is_joined_gets_a_hit() -> None:
    text = f"{SHOP}、{{そら百貨店|Retailer}}、{{うみ商店|Retailer}}は{SYSTEM}と{{入退室装置|Device}}を導入した。"
    shops, things = ("みどり書店", "そら百貨店", "うみ商店"), ("顔認証システム", "入退室装置")
    assert triples(text, "deploys") == {(shop, "deploys", thing) for shop in shops for thing in things}


def test_those_counted_together_are_those_named_before() -> None:
    text = f"{{駅前実験|Trial}}には{SHOP}、{FORCE}など5者が参加した。"
    assert triples(text) == {(name, "participatesIn", "駅前実験") for name in ("みどり書店", "青森県警")}


def test_a_chain_of_verbs_shares_the_subject() -> None:
    text = f"{SHOP}では{SYSTEM}を運用しており、{{来店客|AffectedPeople}}を撮影している。"
    assert triples(text) == {
        ("みどり書店", "operates", "顔認証システム"),
        ("みどり書店", "records", "来店客"),
    }


def test_who_is_asked_is_who_would_do_it() -> None:
    text = f"{{市民の会|CivilSocietyGroup}}は{FORCE}に対し、{RULES}を改正するよう求めた。"
    assert triples(text, "amends", "requests") == {
        ("青森県警", "amends", "推進要綱"),
        ("市民の会", "requests", "青森県警"),
    }


def test_what_is_judged_is_not_done_by_the_judge() -> None:
    assert triples(f"{{市民の会|CivilSocietyGroup}}は{SYSTEM}の導入を批判した。", "deploys") == set()
    assert triples(f"{{市民の会|CivilSocietyGroup}}は、{SYSTEM}を運用していると批判した。", "operates") == set()


def test_a_sentence_without_a_subject_is_about_the_topic() -> None:
    topic = Mention(0, 0, ("みどり書店",), how=("topic → みどり書店",), antecedent=(Passage(0, 5),))
    found = hits(f"2014年に{SYSTEM}を導入した。", (topic,), {"みどり書店": "Retailer"})
    assert [(h.subject, h.frame.predicate) for h in found] == [(topic, "deploys")]


def test_the_topic_is_not_taken_where_someone_else_is_named() -> None:
    topic = Mention(0, 0, ("みどり書店",))
    assert hits(f"別の店が{SYSTEM}を導入した。", (topic,), {"みどり書店": "Retailer"}) == []
    assert hits(f"{SYSTEM}が導入された。", (topic,), {"みどり書店": "Retailer"}) == []


def test_a_topic_of_a_class_that_does_not_fit_is_not_taken() -> None:
    topic = Mention(0, 0, ("犯罪の抑止",))
    assert hits(f"2014年に{SYSTEM}を導入した。", (topic,), {"犯罪の抑止": "Purpose"}) == []


def test_agreements_hold_between_those_who_conclude_them() -> None:
    text = f"{SHOP}と{FORCE}の間で協定が締結された。"
    assert triples(text, "hasAgreementWith") == {("みどり書店", "hasAgreementWith", "青森県警")}


def test_evidence_runs_from_the_first_argument_to_the_end_of_the_predicate() -> None:
    text = f"昨日の発表では、{NPA}は2014年に{RULES}を改正していたという。"
    hit = next(h for h in hits(text) if h.frame.predicate == "amends")
    plain = example(text).text
    assert plain[slice(*hit.clause)].startswith("警察庁は2014年")
    assert plain[slice(*hit.predicate)].startswith("改正して")
    assert "発表" not in plain[slice(*hit.clause)]


def test_posts_carry_the_title() -> None:
    found = hits("{防犯機構|NonProfit}理事長の{佐藤一郎|Person}氏が話した。")
    assert [(h.frame.predicate, dict(h.qualifiers)["role"]) for h in found] == [("holdsPostIn", Words(ja="理事長"))]


def test_a_former_post_is_not_a_present_one() -> None:
    assert {p for _, p, _ in triples("元{警察庁|PoliceBody}長官の{佐藤一郎|Person}氏が話した。")} == {
        "formerlyHeldPostIn"
    }


def test_a_title_stands_whatever_its_bearer_denies() -> None:
    from graph.extract.japanese.stance import judge_ja

    read = example("{防犯機構|NonProfit}の{佐藤一郎|Person}理事長は疑惑を否定した。")
    found = hits("{防犯機構|NonProfit}の{佐藤一郎|Person}理事長は疑惑を否定した。")
    verdicts = [judge_ja(parse([read.text])[0], hit, ()) for hit in found]
    assert [(v.negated, v.drop) for v in verdicts] == [(False, "")]


def test_hits_come_in_text_order_and_once() -> None:
    found = hits(f"{NPA}は{RULES}を改正し、{SHOP}は{SYSTEM}を導入した。")
    keys = [(h.predicate, h.frame.id, h.subject.ids, h.object.ids) for h in found if isinstance(h.object, Mention)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) == 2


def test_names_that_cut_words_of_the_parser() -> None:
    text = "{警察庁生活安全局|OrganizationalUnit}長の{佐藤一郎|Person}氏が話した。"
    assert triples(text) == {("佐藤一郎", "holdsPostIn", "警察庁生活安全局")}


def frame_problems(body: str, tmp_path: Path) -> list[Problem]:
    file = tmp_path / "own.yaml"
    file.write_text(
        "- id: own-ja\n  version: 1\n  lang: ja\n  property: amends\n"
        '  examples: ["{警察庁|PoliceBody|S}は{要綱|Guideline|O}を改めた。"]\n' + body,
        encoding="utf-8",
    )
    problems: list[Problem] = []
    read_frames([file], problems, {"ja": body_keys, "en": body_keys})
    return problems


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("  verb: [改める]\n", "unknown-key-near", 6),
        ("  verbs: [改める]\n  object: [をば]\n", "unknown-choice", 7),
        ("  verbs: [改める]\n  of: nobody\n", "unknown-choice", 7),
        ("  verbs: [改める]\n  without: ['(']\n", "frame-bad-pattern", 7),
        ("  phrases: ['{S}と{S}']\n", "frame-bad-phrase", 6),
        ("  verbs: [改める]\n  zero: maybe\n", "not-a-flag", 7),
        ("  zero: false\n", "frame-without-words", 1),
    ],
)
def test_a_frame_that_cannot_be_read_is_told_by_its_line(body: str, code: str, line: int, tmp_path: Path) -> None:
    problems = frame_problems(body, tmp_path)
    assert code in [p.code for p in problems]
    assert {p.where.line for p in problems if p.code == code} == {line}


def test_a_frame_of_a_project_is_found_by_its_words(tmp_path: Path) -> None:
    assert frame_problems("  verbs: [改める]\n  object: [を]\n  through: ['規定']\n", tmp_path) == []


def test_the_one_with_whom_it_was_agreed_gets_the_data() -> None:
    text = "{あおば航空|Company}は4月に{みどり市|GovernmentBody}と協定を結び、購入記録を提供している。"
    assert ("あおば航空", "providesDataTo", "みどり市") in triples(text, "providesDataTo")


def test_an_open_role_stays_open_where_somebody_unnamed_fills_it() -> None:
    text = "{あおば航空|Company}は4月に{みどり市|GovernmentBody}と協定を結び、購入記録を警察に提供している。"
    assert not triples(text, "providesDataTo")


def test_kinds_of_shop_before_names_that_are_counted_do_not_part_them() -> None:
    text = (
        "{ひがし県警|PoliceBody}は、{ひまわり屋|Retailer}、書店の{みどり堂|Retailer}の2店から画像の提供を受けていた。"
    )
    assert {s for s, _, _ in triples(text, "providesDataTo")} == {"ひまわり屋", "みどり堂"}
