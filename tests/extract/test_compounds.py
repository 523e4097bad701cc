"""What a name says by itself, and what it does not."""

from __future__ import annotations

import pytest

from graph.extract.flow import Hit, Mention, Sentence, plain
from graph.extract.naming.compounds import Compounds
from graph.extract.naming.names import Names
from graph.model import Entity, Passage, Stance, Words
from graph.terms import vocabulary


def thing(id: str, cls: str, *names: str) -> Entity:
    return Entity(id, cls, Words(ja=names[0]), tuple(names[1:]))


LISTED = (
    thing("NPA", "PoliceBody", "警察庁"),
    thing("Bureau", "OrganizationalUnit", "警察庁生活安全局", "生活安全局"),
    thing("Law", "Law", "個人情報保護法"),
    thing("Bill", "Bill", "個人情報保護法改正案"),
    thing("Letter", "Document", "見本通信"),
    thing("Letter7", "Document", "見本通信第7号"),
    thing("Rally", "Event", "見本集会"),
    thing("Rally3", "Event", "第3回見本集会"),
    thing("Store", "Facility", "警察庁売店"),
    thing("X", "Company", "見本電機"),
    thing("X2", "Company", "見本電機"),
    thing("XUnit", "OrganizationalUnit", "見本電機開発部"),
)
COMPOUNDS = Compounds(LISTED, vocabulary())


def hits(text: str, seen: set[tuple[str, str, str]] | None = None) -> list[Hit]:
    sentence = Sentence(plain(text))
    return list(COMPOUNDS.find(sentence, Names(LISTED).find(sentence), set() if seen is None else seen))


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (hit.subject.ids[0], hit.frame.predicate, hit.object.ids[0])
        for hit in hits(text)
        if isinstance(hit.object, Mention)
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("警察庁生活安全局は述べた。", ("Bureau", "partOf", "NPA")),
        ("個人情報保護法改正案が出た。", ("Bill", "amends", "Law")),
        ("見本通信第7号に載った。", ("Letter7", "partOf", "Letter")),
        ("第3回見本集会を開いた。", ("Rally3", "partOf", "Rally")),
    ],
)
def test_names_that_say_what_they_are_part_of(text: str, claim: tuple[str, str, str]) -> None:
    assert told(text) == [claim]


@pytest.mark.parametrize(
    "tail", ["改正案", "の一部改正案", "一部改正法案", "の一部を改正する法律案", "の一部を改正する法律"]
)
def test_all_that_a_bill_is_called(tail: str) -> None:
    law, bill = thing("L", "Law", "見本法"), thing("B", "Bill", f"見本法{tail}")
    assert [whole.id for _, whole, _ in Compounds([law, bill], vocabulary()).read(f"見本法{tail}", "B")] == ["L"]
    assert Compounds([law, bill], vocabulary()).read("見本法一", "B") == []


@pytest.mark.parametrize(
    ("whole", "part", "claim"),
    [
        (
            ("Thieves", "AffectedPeople", "万引き常習犯"),
            ("Base", "Database", "万引き常習犯の顔認証データベース"),
            "holdsDataOn",
        ),
        (("Act", "Law", "見本法"), ("Drive", "Campaign", "見本法撤廃"), "opposes"),
        (("Act", "Law", "見本法"), ("Drive", "Campaign", "見本法改悪反対"), "supports"),
        (("Scheme", "IdentityScheme", "見本番号"), ("Suit", "LegalChallenge", "見本番号違憲訴訟"), "challenges"),
        (
            ("Card", "IdentityDocument", "見本カード"),
            ("Rules", "Guideline", "見本カードの交付等に関する事務処理要領"),
            "regulates",
        ),
        (("Act", "Law", "見本法"), ("Day", "Event", "見本法の施行"), "isAbout"),
        (("Rules", "Guideline", "見本要領"), ("Answers", "Notice", "見本要領に係る質疑応答集"), "interprets"),
    ],
)
def test_names_that_hold_another_name(whole: tuple[str, str, str], part: tuple[str, str, str], claim: str) -> None:
    made = Compounds([thing(*whole), thing(*part)], vocabulary())
    assert [(f.predicate, other.id) for f, other, _ in made.read(part[2], part[0])] == [(claim, whole[0])]


def test_what_cameras_shot_is_collected_by_them() -> None:
    made = Compounds(
        [thing("Cams", "Device", "店内カメラ"), thing("D", "DataCategory", "店内カメラで撮影した画像データ")],
        vocabulary(),
    )
    assert [(f.predicate, o.id, turned) for f, o, turned in made.read("店内カメラで撮影した画像データ", "D")] == [
        ("collects", "Cams", True)
    ]


def test_every_name_joined_before_the_tail_is_read() -> None:
    cards = [thing("A", "IdentityDocument", "甲カード"), thing("B", "IdentityDocument", "乙カード")]
    name = "甲カード及び乙カードの交付等に関する要領"
    made = Compounds([*cards, thing("R", "Guideline", name)], vocabulary())
    assert [o.id for _, o, _ in made.read(name, "R")] == ["A", "B"]


def test_a_bill_only_proposes() -> None:
    (hit,) = hits("個人情報保護法改正案が出た。")
    assert hit.frame.stance is Stance.proposed


@pytest.mark.parametrize(
    "text",
    [
        "生活安全局は述べた。",  # this form does not say whose
        "警察庁は述べた。",
        "警察庁売店で買う。",  # a shop is no unit of it
        "見本電機開発部は",  # which of the two that are called so?
        "第3回の会議",
    ],
)
def test_names_that_say_nothing(text: str) -> None:
    assert told(text) == []


def test_the_evidence_is_the_name_and_each_is_told_once() -> None:
    seen: set[tuple[str, str, str]] = set()
    (hit,) = hits("きのう警察庁生活安全局は、", seen)
    assert hit.predicate == hit.clause == (3, 11)
    assert hits("警察庁生活安全局は再び、", seen) == []


def test_what_was_filled_in_and_what_is_shared_says_nothing() -> None:
    sentence = Sentence(plain("警察庁生活安全局は"))
    filled = Mention(0, 8, ("Bureau",), antecedent=(Passage(0, 8),))
    shared = Mention(0, 8, ("Bureau", "Store"))
    assert list(COMPOUNDS.find(sentence, [filled, shared], set())) == []


def test_hostile_names() -> None:
    odd = [thing(f"O{n}", "Document", name) for n, name in enumerate(["", " ", "第", "第1回", "(", "第1号", "\x00"])]
    made = Compounds(odd, vocabulary())
    for name in ("", "第1回", "第1号", "第1回 ", "((((", "第1号第1号"):
        assert all(whole.name["ja"].strip() for _, whole, _ in made.read(name, "O1"))
