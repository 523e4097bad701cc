"""Lists that share their head: one mention, of all that are listed, and of nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.naming.names import Names
from graph.model import Entity, Words


def body(id: str, cls: str, *names: str) -> Entity:
    return Entity(id, cls, Words(ja=names[0]), tuple(names[1:]))


LISTED = (
    body("Ibaraki", "PoliceBody", "茨城県警察", "茨城県警"),
    body("Gunma", "PoliceBody", "群馬県警察", "群馬県警"),
    body("Gifu", "PoliceBody", "岐阜県警"),
    body("Fukuoka", "PoliceBody", "福岡県警"),
    body("Osaka", "PoliceBody", "大阪府警"),
    body("Hokkaido", "PoliceBody", "北海道警"),
    body("MPD", "PoliceBody", "警視庁"),
    body("Soumu", "GovernmentBody", "総務省"),
    body("Homu", "GovernmentBody", "法務省"),
    body("KeisatsuCho", "PoliceBody", "警察庁"),
    body("TokyoCourt", "Court", "東京地方裁判所"),
    body("NagoyaCourt", "Court", "名古屋地裁"),
    body("CityA", "GovernmentBody", "甲野市"),
    body("CityB", "GovernmentBody", "乙野市"),
    body("TownC", "GovernmentBody", "丙野町"),
    body("StoreA", "Facility", "駅前店"),
    body("StoreB", "Facility", "中央店"),
)
NAMES = Names(LISTED)


def lists(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.ids) for m in NAMES.find_in(text) if m.all_of]


@pytest.mark.parametrize(
    ("text", "words", "ids"),
    [
        ("茨城・群馬・岐阜・福岡の各県警が使う。", "茨城・群馬・岐阜・福岡の各県警", "Ibaraki Gunma Gifu Fukuoka"),
        ("茨城、群馬の両県警は、", "茨城、群馬の両県警", "Ibaraki Gunma"),
        ("茨城、群馬両県警は、", "茨城、群馬両県警", "Ibaraki Gunma"),
        ("警視庁、大阪両府警", "警視庁、大阪両府警", "MPD Osaka"),
        ("茨城、群馬、岐阜の3県警", "茨城、群馬、岐阜の3県警", "Ibaraki Gunma Gifu"),
        ("北海道、大阪、福岡の各道府県警", "北海道、大阪、福岡の各道府県警", "Hokkaido Osaka Fukuoka"),
        ("総務、法務両省は、", "総務、法務両省", "Soumu Homu"),
        ("総務、法務、警察の各省庁", "総務、法務、警察の各省庁", "Soumu Homu KeisatsuCho"),
        ("東京、名古屋両地裁で、", "東京、名古屋両地裁", "TokyoCourt NagoyaCourt"),
        ("甲野、乙野、丙野の各市町", "甲野、乙野、丙野の各市町", "CityA CityB TownC"),
        ("駅前・中央の両店で", "駅前・中央の両店", "StoreA StoreB"),
        ("茨城・群馬県警が、", "茨城・群馬県警", "Ibaraki Gunma"),
        ("茨城と群馬の両県警", "茨城と群馬の両県警", "Ibaraki Gunma"),
        ("警視庁と福岡県警は、", "警視庁と福岡県警", "MPD Fukuoka"),
        ("茨城県警、群馬県警及び警視庁は、", "茨城県警、群馬県警及び警視庁", "Ibaraki Gunma MPD"),
    ],
)
def test_all_of_a_list_are_meant(text: str, words: str, ids: str) -> None:
    assert lists(text) == [(words, tuple(ids.split()))]


def test_東京_and_大阪_without_an_entity_for_the_first() -> None:
    """東京府警 is nobody: the list has the one that is known, and says nothing of the other."""
    ((words, ids),) = lists("東京、大阪両府警は、")
    assert ids == ("Osaka",)
    assert words == "大阪両府警"


@pytest.mark.parametrize(
    "text",
    [
        "島根・鳥取の両県警は、",  # nobody of them is listed
        "各県警に通知した。",
        "茨城・群馬の県境で、",
        "茨城・群馬の両県民は、",
        "茨城、群馬の両県警察官が、",
        "両省は協議した。",
        "甲野、乙野の両市民は、",
        "駅前・中央の各店舗で",
    ],
)
def test_what_is_no_list_of_them(text: str) -> None:
    assert lists(text) == []


def test_the_number_says_how_many_of_the_items_belong() -> None:
    assert lists("警察庁によると、茨城、群馬両県警は、") == [("茨城、群馬両県警", ("Ibaraki", "Gunma"))]
    assert lists("群馬の3県警") == []


def test_a_shared_form_in_a_list_is_left_out() -> None:
    names = Names(
        [body("A", "PoliceBody", "甲県警"), body("B", "PoliceBody", "甲県警"), body("C", "PoliceBody", "乙県警")]
    )
    (mention,) = [m for m in names.find_in("甲・乙の両県警は、") if m.all_of]
    assert mention.ids == ("C",)


def test_other_mentions_of_the_sentence_stand() -> None:
    found = NAMES.find_in("警察庁は、茨城・群馬の各県警と総務省に通知した。")
    assert [m.ids for m in found] == [("KeisatsuCho",), ("Ibaraki", "Gunma"), ("Soumu",)]


@given(st.text(st.sampled_from("茨城群馬大阪北海道県府警各両3二の・、と及び警視庁総務省市町。 "), max_size=40))
def test_lists_lie_in_the_text_and_apart(text: str) -> None:
    last = 0
    for mention in NAMES.find_in(text):
        assert last <= mention.start < mention.end <= len(text)
        assert len(set(mention.ids)) == len(mention.ids) > 0
        last = mention.end
