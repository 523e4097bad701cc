"""Names in sentences: leftmost-longest, never a part of another name, whatever the width, case and spacing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.flow import Mention, Sentence, plain
from graph.extract.naming.names import Names, unspaced
from graph.extract.naming.spelling import Squeezed, bare, body_span, key, same, spellings, squeeze, without_body
from graph.extract.reading.text import from_text
from graph.model import Entity, Words
from graph.names import fold


def called(id: str, cls: str, *names: str) -> Entity:
    first = names[0] if names else ""
    lang = "en" if first.isascii() else "ja"
    return Entity(id, cls, Words({lang: first} if first else {}), tuple(names[1:]))


POLICE = (
    called("Police", "PoliceBody", "警察", "police"),
    called("NPA", "PoliceBody", "警察庁", "National Police Agency", "NPA"),
    called("MPD", "PoliceBody", "警視庁", "Metropolitan Police Department"),
    called("Station", "PoliceBody", "見本警察署", "Example Police Station"),
    called("Bureau", "OrganizationalUnit", "警察庁生活安全局", "生活安全局"),
)


def told(text: str, entities: Sequence[Entity]) -> list[tuple[str, ...]]:
    """What is found: the words, then the ids."""
    return [(text[m.start : m.end], *m.ids) for m in Names(entities).find_in(text)]


def ids(text: str, entities: Sequence[Entity]) -> list[str]:
    return [id for _, *ids in told(text, entities) for id in ids]


# --- the longest, from the left


def test_four_bodies_that_contain_each_other_stay_four() -> None:
    text = "警察は、警察庁と警視庁、見本警察署に届けた。"
    assert told(text, POLICE) == [
        ("警察", "Police"),
        ("警察庁", "NPA"),
        ("警視庁", "MPD"),
        ("見本警察署", "Station"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市は撮影をやめた。", ["市"]),
        ("要綱は、市が定めた。", ["市"]),
        ("会は市に申し入れた。", ["市"]),
        ("同市は撮影をやめた。", []),
        ("西海市は撮影をやめた。", []),
        ("市立図書館が開いた。", []),
        ("市民が集まった。", []),
        ("朝市で売る。", []),
        ("市である。", []),
    ],
)
def test_a_form_of_one_character_is_a_word_of_its_own(text: str, found: list[str]) -> None:
    assert [words for words, _ in told(text, [called("Town", "GovernmentBody", "みなと", "市")])] == found


@pytest.mark.parametrize(
    "text",
    [
        "警察官が来た。",
        "警察署に届けた。",
        "県警察は動いた。",
        "警察学校を出た。",
        "警察庁舎が建つ。",
        "別の警察署である。",
        "警察法を改めた。",
        "警察犬がいる。",
        "元警察官の男。",
    ],
)
def test_a_form_inside_another_word_is_no_mention(text: str) -> None:
    assert told(text, POLICE) == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("警察庁長官が述べた。", "NPA"),
        ("元警察庁長官が述べた。", "NPA"),
        ("同警察庁は答えない。", "NPA"),
        ("警察側は否定した。", "Police"),
        ("2016年警察庁は通達を出した。", "NPA"),
        ("警察庁生活安全局は指針を示した。", "Bureau"),
        ("(警察庁)", "NPA"),
        ("警察庁及び総務省は、", "NPA"),
        ("警察庁並びに各省は、", "NPA"),
        ("警察庁又は総務省が、", "NPA"),
        ("警察庁", "NPA"),
    ],
)
def test_a_name_stands_beside_posts_dates_and_signs(text: str, id: str) -> None:
    assert ids(text, POLICE) == [id]


def test_a_body_and_its_bureau_side_by_side_are_two_where_the_whole_is_not_listed() -> None:
    entities = (called("City", "GovernmentBody", "見本市"), called("Section", "OrganizationalUnit", "防犯推進課"))
    assert told("見本市防犯推進課が答えた。", entities) == [("見本市", "City"), ("防犯推進課", "Section")]
    assert told("見本市場が開いた。", entities) == []


def test_instruments_people_and_places_have_neighbours_of_their_own() -> None:
    entities = (
        called("Law", "Law", "個人情報保護法"),
        called("Person", "Person", "竹花豊"),
        called("Store", "Facility", "ジュンク堂書店 池袋店"),
        called("System", "System", "顔認証システム"),
        called("Shops", "Sector", "書店"),
    )
    assert ids("個人情報保護法違反の疑い", entities) == ["Law"]
    assert ids("個人情報保護法案", entities) == []
    assert ids("理事長竹花豊氏が、", entities) == ["Person"]
    assert ids("竹花豊子が、", entities) == []
    assert ids("ジュンク堂書店池袋店内で", entities) == ["Store"]
    assert ids("顔認証システム導入を、", entities) == ["System"]
    assert ids("大書店街の書店員", entities) == []


# --- width, case, spacing


@pytest.mark.parametrize(
    "text",
    ["NPA は動いた。", "ＮＰＡは動いた。", "警 察 庁は動いた。", "NATIONAL POLICE AGENCY", "national Police agency"],
)
def test_what_varies_without_changing_the_name(text: str) -> None:
    found = from_text(text, "a.txt").sentences[0]
    names = Names(POLICE)
    assert [m.ids for m in names.find(found)] in ([("NPA",)], [])
    if "警" not in text and "national P" not in text:
        assert [m.ids for m in names.find(found)] == [("NPA",)]


def test_short_japanese_names_are_not_put_together_over_spaces() -> None:
    """警察 庁 may be the end of one column and the beginning of another."""
    assert ids("警察 庁舎の", POLICE) == ["Police"]
    entities = (called("Org", "NonProfit", "全国万引犯罪防止機構"), called("P", "Person", "竹花豊"))
    assert told("全国 万引犯罪 防止機構と竹花　豊氏", entities) == [
        ("全国 万引犯罪 防止機構", "Org"),
        ("竹花　豊", "P"),
    ]


BROKEN = "きのう開かれた集まりにいた全国万引犯罪\n防止機構は、声明を出したと伝えられた。\n"


def test_a_name_over_a_broken_line_is_found_where_it_stands() -> None:
    document = from_text(BROKEN, "a.txt")
    names = Names([called("Org", "NonProfit", "全国万引犯罪防止機構")])
    found = [(s, m) for s in document.sentences for m in names.find(s)]
    assert len(found) == 1
    sentence, mention = found[0]
    (passage,) = sentence.clean.passages(mention.start, mention.end, document.text)
    assert document.text[passage.start : passage.end] == "全国万引犯罪\n防止機構"


def test_okurigana_old_kanji_middle_dots_and_ga() -> None:
    entities = (
        called("Org", "NonProfit", "全国万引犯罪防止機構"),
        called("G", "Guideline", "安全・安心まちづくり推進要綱"),
        called("K", "Place", "霞ヶ関"),
        called("S", "Person", "斎藤一郎"),
    )
    assert ids("全国万引き犯罪防止機構は", entities) == ["Org"]
    assert ids("安全安心まちづくり推進要綱は", entities) == ["G"]
    assert ids("霞が関で", entities) == ["K"]
    assert ids("齋藤一郎氏", entities) == ["S"]


def test_legal_forms_belong_to_the_mention() -> None:
    entities = (called("M", "Company", "見本電機"), called("B", "Company", "Blackwell Systems"))
    assert told("株式会社見本電機は、", entities) == [("株式会社見本電機", "M")]
    assert told("見本電機(株)が、", entities) == [("見本電機(株)", "M")]
    assert told("Blackwell Systems Inc. said so.", entities) == [("Blackwell Systems Inc.", "B")]
    assert ids("見本電機は", (called("M", "Company", "株式会社見本電機"),)) == ["M"]


# --- English


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The police came.", ["Police"]),
        ("Police came.", ["Police"]),
        ("Tokyo Police came.", []),
        ("A police officer came.", []),
        ("Policemen came.", []),
        ("The National Police Agency said", ["NPA"]),
        ("a transnational police agency", []),
        ("the NPA's letter", ["NPA"]),
        ("the npa file", []),
        ("SNPA and NPAs", []),
        ("see npa.example.org or NPA.example", []),
        ("Metropolitan Police Department Museum", []),
        ("the Example Police Station", ["Station"]),
    ],
)
def test_english_is_read_by_its_capitals_and_neighbours(text: str, expected: list[str]) -> None:
    assert ids(text, POLICE) == expected


def test_generic_english_words_take_a_plural_and_proper_names_do_not() -> None:
    entities = (called("C", "System", "security cameras"), called("S", "Company", "Sample Store"))
    assert ids("a security camera films", entities) == ["C"]
    assert ids("Security cameras film", entities) == ["C"]
    assert ids("Sample Stores film", entities) == []


# --- ids, shared forms, what is listed


def test_a_form_that_several_share_gives_all_their_ids() -> None:
    entities = (called("A", "FaceRecognitionSystem", "顔認証システム"), called("B", "System", "顔認証システム"))
    (mention,) = Names(entities).find_in("顔認証システムを導入した。")
    assert sorted(mention.ids) == ["A", "B"]
    assert not mention.all_of


def test_named_knows_case_and_spacing_but_guesses_nothing() -> None:
    names = Names(POLICE)
    assert names.named("npa") == ("NPA",)
    assert names.named("「警察庁」") == ("NPA",)
    assert names.named("the National  Police Agency".replace("  ", " ")) == ("NPA",)
    assert names.named("警察庁舎") == ()
    assert names.named("") == ()


def test_readings_are_not_looked_for() -> None:
    entity = Entity("S", "Sector", Words(ja="書店"), reading="しょてん")
    assert Names([entity]).find_in("しょてんで買う") == ()


def test_no_entities_and_empty_texts() -> None:
    assert Names([]).find_in("警察庁は") == ()
    assert Names(POLICE).find(Sentence(plain(""))) == ()
    assert Names([called("X", "Company", "")]).find_in("X と警察庁") == ()


HOSTILE = [
    *(
        "",
        " ",
        "　",
        "a",
        "あ",
        "1",
        "2016",
        "・",
        "・・・",
        "()",
        "(.*)",
        "[",
        "\\",
        "\\d+",
        "$^",
        "「」",
        "「「」」",
        "『a』",
    ),
    *(
        "\x00",
        "\u202e警察庁",
        "株式会社",
        "Inc.",
        "the ",
        "the the",
        "が",
        "ｶﾞ",
        "ー",
        "𠮷野家",
        "🏳️‍🌈",
        "ﷺ",
        "ß",
        "İ",
        "a" * 5000,
    ),
]


def test_hostile_names_neither_fail_nor_match_everything() -> None:
    entities = [called(f"X{n}", "Company", name, name + name) for n, name in enumerate(HOSTILE)]
    names = Names([*entities, *POLICE])
    text = "(.*) 警察庁は2016年、İß「」ガ・・・\\d+ を 1 つ $^ 示した🏳️‍🌈。" + "ﷺ" * 3
    found = names.find_in(text)
    assert ("NPA",) in [m.ids for m in found]
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert not [m for m in found if text[m.start : m.end] in ("1", "2016", "は", "が")]


# --- many names


def many(count: int) -> list[Entity]:
    """Names of which some contain each other: 第1機構, 第1機構支部, 第11機構 …"""
    made = []
    for n in range(count // 2):
        made.append(called(f"A{n}", "NonProfit", f"見本第{n}機構"))
        made.append(called(f"B{n}", "OrganizationalUnit", f"見本第{n}機構支部"))
    return made


def test_ten_thousand_names_that_contain_each_other() -> None:
    names = Names(many(10_000))
    text = "見本第1機構と見本第11機構支部、見本第4999機構、見本第5000機構"
    assert [m.ids[0] for m in names.find_in(text)] == ["A1", "B11", "A4999"]


def test_a_hundred_thousand_names() -> None:
    names = Names(many(100_000))
    assert [m.ids[0] for m in names.find_in("見本第49999機構支部は")] == ["B49999"]


# --- whatever the text

LETTERS = st.sampled_from("警察庁視署官県市の は、・「」NPApolice製者元同2 年\n\u200bｶﾞー機構全国万引きGHeal.-")


@given(st.text(LETTERS, max_size=60) | st.text(max_size=60))
def test_mentions_lie_in_the_text_apart_and_fold_to_a_form(text: str) -> None:
    entities = (*POLICE, called("Org", "NonProfit", "全国万引犯罪防止機構", "機構"))
    names = Names(entities)
    forms = {e.id: {key(f) for form in (*e.name.values(), *e.also) for f in (form, *spellings(form))} for e in entities}
    last = 0
    for mention in names.find_in(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        words = key(text[mention.start : mention.end])
        words = key(without_body(text[mention.start : mention.end]) or words)
        assert mention.ids
        assert mention.all_of or all(words in forms[id] for id in mention.ids)


@given(st.text(st.sampled_from("見本市機構会電機庁森ヶ関ァー Aa"), min_size=3, max_size=10))
def test_a_name_alone_in_quotation_marks_is_found(name: str) -> None:
    """Nothing around it can make another word of it."""
    form = " ".join(name.split())
    if len(key(bare(form))) < 2 or not re.search(r"\w", form) or form != name:
        return
    entity = called("X", "Company", form)
    found = Names([entity]).find_in(f"「{form}」")
    latin = form.isascii()
    assert latin or [m.ids for m in found] == [("X",)], form


# --- spelling


@given(st.text(max_size=60))
def test_same_keeps_the_length_and_squeezing_knows_its_way_back(text: str) -> None:
    assert len(same(text)) == len(text)
    squeezed = Squeezed(text)
    assert squeezed.text == squeeze(text)
    for at in range(len(squeezed.text)):
        start, end = squeezed.back(at, at + 1)
        assert text[start:end] == squeezed.text[at]


@given(st.text(st.sampled_from("万引き届け出取り扱い立ち入り霞ヶ関ケの"), max_size=14))
def test_all_spellings_of_a_form_are_few_and_hold_itself(form: str) -> None:
    found = spellings(form)
    assert key(form) in found
    assert len(found) == len(set(found)) <= 48


def test_bare_and_without_body() -> None:
    assert bare("「見張り」") == "見張り"
    assert bare("「甲」と「乙」") == "「甲」と「乙」"
    assert bare("the police") == "police"
    assert without_body("株式会社見本電機") == "見本電機"
    assert without_body("株式会社甲") == ""
    assert without_body("見本電機") == ""
    assert body_span("特定非営利活動法人 見本の会は", 10, 14) == (0, 14)


def test_the_key_tells_apart_what_fold_finds() -> None:
    assert fold("サーバー") == fold("サーバ")
    assert key("サーバー") != key("サーバ")
    assert unspaced("警察 庁") == unspaced("警察庁") == "警察庁"


def test_a_mention_moves() -> None:
    assert Mention(1, 3, ("A",)).moved(4) == Mention(5, 7, ("A",))
