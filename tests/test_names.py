"""Names: folded, written, romanised, suggested, found. Nothing that can be typed is an error."""

from __future__ import annotations

import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreError, StoreMissing, sentence
from graph.model import Entity, Project, Words
from graph.names import fold, fold_whole, forms, nearest, romaji
from graph.search import Hit, Index, Kind, write_index

# Where folding has most to do: kana, voicing, variants, marks, brackets, legal forms, invisible characters.
TRICKY = st.lists(
    st.sampled_from(
        [
            *"アあがガﾊﾞﾟ゛ーｰ・々ゝゞヾ〻斎齋斉髙﨑邊國-〜()（）株㈱㍿ .,AaßİſœøéＮ①½ﬁ한ㄱ😀𠮷|\"'*^:+",
            *"\u3099\u309a\u0301\u200b\u200f\u202e\0\u3164\U000e0100\ufe0f\u0e38\u093f\ud800",
            *("株式会社", "特定非営利活動法人", "NPO法人", "(株)", "株式", "會社", "法人"),
            *(" co.", " Ltd", " inc", "k.k.", "NPO "),
        ]
    ),
    max_size=12,
).map("".join)
TEXT = TRICKY | st.text(max_size=30)


def made(*entities: Entity) -> Project:
    return Project("", Words(en="Test"), "https://example.org/", entities=entities)


def called(id: str, ja: str = "", *also: str, en: str = "", reading: str = "") -> Entity:
    return Entity(id, "Organization", Words({k: v for k, v in (("ja", ja), ("en", en)) if v}), also, reading)


SAMPLE = made(
    called("Police", "警察", en="the police"),
    called("NationalPoliceAgency", "警察庁", "NPA", en="National Police Agency", reading="けいさつちょう"),
    called("MetropolitanPoliceDepartment", "警視庁", "MPD", en="Metropolitan Police Department"),
    called("CommunitySafetyBureau", "警察庁生活安全局", en="Community Safety Bureau"),
    called("NSPO", "特定非営利活動法人 全国万引犯罪防止機構", en="National Shoplifting Prevention Organization"),
    called("MaruzenJunkudo", "株式会社丸善ジュンク堂書店", en="Maruzen Junkudo Bookstores"),
    called("TakehanaYutaka", "竹花豊", en="Yutaka Takehana", reading="たけはな ゆたか"),
    called("SaitoTakao", "斎藤貴男", en="Takao Saito", reading="さいとう たかお"),
    called("SystemA", "顔認証システム"),
    called("SystemB", "顔認証システム"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("names") / "names.db"
    write_index(path, SAMPLE)
    with Index(path) as index:
        yield index


def ids(hits: list[Hit]) -> list[str]:
    return [hit.id for hit in hits]


# folding


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_whole(fold_whole(text)) == fold_whole(text)


@given(TEXT)
def test_a_name_with_letters_is_never_emptied(text: str) -> None:
    if any(char.isalnum() for char in text):
        assert fold(text)
        assert fold_whole(text)


@given(TEXT)
def test_what_is_folded_can_be_stored_and_shown(text: str) -> None:
    folded = fold(text)
    folded.encode("utf-8")
    assert not {unicodedata.category(char) for char in folded} & {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


@pytest.mark.parametrize(
    "alike",
    [
        ("齋藤", "斎藤", "齊藤", "斉藤"),
        ("髙﨑", "高崎"),
        ("渡邊", "渡邉", "渡辺"),
        ("國澤 廣", "国沢広"),
        ("萬國會學", "万国会学"),
        ("マイナンバー", "ﾏｲﾅﾝﾊﾞｰ", "まいなんばー", "マイナンバ－", "マイナンバ"),
        ("サーバー", "サーバ", "サ―バ―"),
        ("キヤノン", "キャノン"),
        ("佐々木", "佐佐木"),
        ("いすゞ", "いすず", "イスズ"),
        ("葛\U000e0100城", "葛城"),
        ("株式会社丸善", "丸善株式会社", "㈱丸善", "丸善(株)", "丸善（株）", "株式會社 丸善", "㍿丸善", "丸善"),
        ("特定非営利活動法人 万防", "NPO法人万防", "ＮＰＯ法人　万防", "(特非)万防", "NPO 万防"),
        ("Foo Co., Ltd.", "FOO", "foo, Inc.", "Foo K.K.", "f\u200bo\u202eo"),
        ("『NO!監視』ニュース", "NO監視ニュース"),
        ("Tōkyō", "TOKYO", "tōkyō"),
        ("ジャン・ポール", "ジャンポール", "ジャン･ポール"),
        ("shares_data_with", "sharesDataWith", "shares-data with"),
    ],
)
def test_written_otherwise_but_the_same(alike: tuple[str, ...]) -> None:
    assert len({fold(text) for text in alike}) == 1, {text: fold(text) for text in alike}


def test_what_differs_stays_different() -> None:
    police = ["警察", "警察庁", "警視庁"]
    assert len({fold(text) for text in police}) == 3
    assert fold("ハバ") != fold("ババ") != fold("パパ")  # voicing is no accent
    assert fold("कि") != fold("के")  # nor are vowel signs
    assert fold("Zinc") == "zinc"
    assert fold("(学)") == "学"


def test_a_bare_legal_form_is_a_name_of_its_own() -> None:
    assert fold("株式会社") == "株式会社"
    assert fold("Inc.") == "inc"
    assert fold_whole("株式会社丸善") == "株式会社丸善"


@pytest.mark.parametrize(
    "text", ["々" * 10_000, "株式会社" * 2_500 + "x", "(株) " * 2_500, " co" * 3_000, " " * 10_000]
)
def test_long_names_fold_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# written forms


def test_forms_name_every_language_other_forms_reading_and_the_id_as_words() -> None:
    entity = Entity(
        "MPD3DFaceSystem", "System", Words(ja="照合システム", en="3D system"), ("三次元", "3D"), "しょうごう"
    )
    assert forms(entity) == ("3D system", "照合システム", "三次元", "3D", "しょうごう", "MPD 3D Face System")
    assert forms(Entity("警察庁", "PoliceBody", Words(ja="警察庁"))) == ("警察庁",)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("NationalPoliceAgency", "National Police Agency"),
        ("APPIAmendmentBill2015", "APPI Amendment Bill 2015"),
        ("F-Alert_x", "F Alert x"),
    ],
)
def test_an_id_is_read_as_words(id: str, words: str) -> None:
    assert forms(Entity(id, "Thing", Words())) == (words,)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("たけはな ゆたか", ("takehana yutaka",)),
        ("さいとう", ("saitou", "saito")),
        ("おおさか", ("oosaka", "osaka")),
        ("けいさつちょう", ("keisatsuchou", "keisatsucho")),
        ("ファミリーパーティー", ("famiripati",)),
        ("チェーン", ("chen",)),
        ("マッチ", ("matchi",)),
        ("", ()),
    ],
)
def test_a_reading_in_latin_letters(kana: str, latin: tuple[str, ...]) -> None:
    assert romaji(kana) == latin


# suggestions

PROPERTIES = ["sharesDataWith", "providesDataTo", "holdsPostIn", "formerlyHeldPostIn", "partOf", "stated", "警察庁"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sharesDatWith", "sharesDataWith"),
        ("shares_data_with", "sharesDataWith"),
        ("holdPostsIn", "holdsPostIn"),
        ("partof", "partOf"),
        ("satted", "stated"),
        ("警祭庁", "警察庁"),
        ("formerly", "formerlyHeldPostIn"),
        ("DataWith", "sharesDataWith"),
        ("worksFor", None),
        ("x", None),
        ("", None),
        ("\0", None),
    ],
)
def test_the_nearest_name_is_suggested(word: str, meant: str | None) -> None:
    assert nearest(word, PROPERTIES) == meant
    assert nearest(word, reversed(PROPERTIES)) == meant


@given(TEXT, st.lists(TEXT, max_size=8))
def test_a_suggestion_is_always_one_of_the_candidates(word: str, candidates: list[str]) -> None:
    assert nearest(word, candidates) in {None, *candidates}


# finding


def test_best_first_each_entity_once(index: Index) -> None:
    hits = index.search("警察")
    assert [(hit.id, hit.kind) for hit in hits] == [
        ("Police", Kind.exact),
        ("NationalPoliceAgency", Kind.prefix),
        ("CommunitySafetyBureau", Kind.prefix),
    ]
    assert hits[0] == Hit("Police", "Organization", Words(ja="警察", en="the police"), "警察", Kind.exact, 1.0)
    assert ids(index.search("庁")) == ["NationalPoliceAgency", "MetropolitanPoliceDepartment", "CommunitySafetyBureau"]
    assert index.search("警察", limit=2) == hits[:2]
    assert index.search("警察", limit=0) == []


@pytest.mark.parametrize(
    ("typed", "first", "kind"),
    [
        ("npa", "NationalPoliceAgency", Kind.exact),
        ("竹", "TakehanaYutaka", Kind.prefix),
        ("花", "TakehanaYutaka", Kind.part),
        ("たけ", "TakehanaYutaka", Kind.prefix),
        ("タケハナ", "TakehanaYutaka", Kind.prefix),
        ("takehana", "TakehanaYutaka", Kind.prefix),
        ("takehana yutaka", "TakehanaYutaka", Kind.exact),
        ("saito", "SaitoTakao", Kind.prefix),
        ("saitou", "SaitoTakao", Kind.prefix),
        ("齊藤", "SaitoTakao", Kind.prefix),
        ("keisatsucho", "NationalPoliceAgency", Kind.exact),
        ("丸善", "MaruzenJunkudo", Kind.prefix),
        ("株式", "MaruzenJunkudo", Kind.prefix),
        ("株式会社", "MaruzenJunkudo", Kind.prefix),
        ("丸善ジュンク堂書店 ㈱", "MaruzenJunkudo", Kind.exact),
        ("NPO法人全国万引", "NSPO", Kind.prefix),
        ("特定非営利", "NSPO", Kind.prefix),
        ("機構", "NSPO", Kind.part),
        ("agency police", "NationalPoliceAgency", Kind.part),
        ("警祭庁", "NationalPoliceAgency", Kind.near),
        ("全国万引き防止機構", "NSPO", Kind.near),
        ("takehena", "TakehanaYutaka", Kind.near),
        ("natoinal police agency", "NationalPoliceAgency", Kind.near),
        ("shoplifitng prevention", "NSPO", Kind.near),
    ],
)
def test_found_by(index: Index, typed: str, first: str, kind: Kind) -> None:
    hit = index.search(typed)[0]
    assert (hit.id, hit.kind) == (first, kind)


def test_one_phrase_of_two_things_finds_both(index: Index) -> None:
    assert ids(index.search("顔認証システム")) == ["SystemA", "SystemB"]


def test_of_equal_folds_the_form_as_typed_comes_first(tmp_path: Path) -> None:
    write_index(tmp_path / "names.db", made(called("A", "斉藤"), called("B", "斎藤"), called("C", "齋藤")))
    with Index(tmp_path / "names.db") as found:
        for id, name in ("A", "斉藤"), ("B", "斎藤"), ("C", "齋藤"):
            hits = found.search(name)
            assert hits[0].id == id
            assert {hit.kind for hit in hits} == {Kind.exact}
            assert len(hits) == 3


ENTITIES = st.lists(
    st.builds(
        lambda n, ja, also, reading: Entity(f"E{n}", "Thing", Words(ja=ja), tuple(also), reading),
        st.integers(0, 99),
        TEXT,
        st.lists(TEXT, max_size=2),
        TEXT,
    ),
    max_size=8,
    unique_by=lambda entity: entity.id,
)


@given(ENTITIES, st.data())
def test_every_part_of_every_form_finds_its_entity(
    tmp_path_factory: pytest.TempPathFactory, entities: list[Entity], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("names") / "names.db"
    write_index(path, made(*entities))
    with Index(path) as found:
        for entity in entities:
            for form in forms(entity):
                folded = fold(form)
                if not folded:
                    continue
                start = data.draw(st.integers(0, len(folded) - 1))
                end = data.draw(st.integers(start + 1, len(folded)))
                part = folded[start:end]
                wanted = {e.id for e in entities for f in (*forms(e), *romaji(e.reading)) if fold(part) in fold(f)}
                hits = found.search(part, limit=100)
                assert wanted <= set(ids(hits))
                assert Kind.near not in {hit.kind for hit in hits}


@given(TEXT | st.text(alphabet="\"*^():+-{}AND OR NEAR\0\\%_'", max_size=40), st.integers(-1, 5))
def test_whatever_is_typed(index: Index, text: str, limit: int) -> None:
    hits = index.search(text, limit)
    assert len(hits) <= max(limit, 0)
    assert len(set(ids(hits))) == len(hits)
    order = list(Kind)
    assert [order.index(hit.kind) for hit in hits] == sorted(order.index(hit.kind) for hit in hits)
    assert all(0 < hit.score <= 1 for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "*",
        '"',
        "'",
        '""',
        "AND",
        "NEAR(警察 庁, 2)",
        '警察" OR "庁',
        "words : 警",
        "^警",
        "-警",
        "警*",
        "'; DROP TABLE forms; --",
        "\u202e警察\u202c",
        "😀",
        "👩\u200d👩\u200d👧",
        "\ud800",
        "\ufffe",
        "警" * 10_000,
        "a b " * 5_000,
        "\u0301" * 10_000,
        "ﷺ" * 1_000,
        "()" * 5_000,
    ],
)
def test_hostile_text_is_only_text(index: Index, text: str) -> None:
    index.search(text)
    assert ids(index.search("警察"))[0] == "Police"


def test_operators_are_letters_like_others(index: Index) -> None:
    assert ids(index.search("\u200f警\u200b察庁\0")) == ids(index.search("警察庁"))
    assert ids(index.search('"警察庁"')) == ids(index.search("警察庁"))
    assert index.search("警察 NOT 庁") == []


def test_symbols_can_be_names(tmp_path: Path) -> None:
    names = ["C++", "・・", "😀", "+", "ー", '"', "^*", "\uf8fe", "\uf62b"]
    write_index(tmp_path / "names.db", made(*(called(f"E{n}", name) for n, name in enumerate(names))))
    with Index(tmp_path / "names.db") as found:
        for n, name in enumerate(names):
            assert ids(found.search(name))[0] == f"E{n}"


def test_several_threads_may_share_an_index(index: Index) -> None:
    wanted = index.search("police")
    got: list[bool] = []

    def ask() -> None:
        got.extend(index.search("police") == wanted for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 200


# the file


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    shuffled = made(*reversed(SAMPLE.entities))
    for name, project in ("a", SAMPLE), ("b", shuffled), ("a again", SAMPLE):
        write_index(tmp_path / name, project)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "a again"}


def test_an_odd_path_and_an_empty_project(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20 d" / "名前.db"
    path.parent.mkdir()
    write_index(path, made())
    with Index(path) as found:
        assert found.search("警察") == []
        assert found.search("警") == []


def test_a_reader_keeps_the_index_that_it_opened(tmp_path: Path) -> None:
    path = tmp_path / "names.db"
    write_index(path, SAMPLE)
    with Index(path) as old:
        if sys.platform != "win32":  # which replaces no file that is open
            write_index(path, made(called("Other", "別")))
        assert ids(old.search("警察"))[0] == "Police"
        assert ids(old.search("takehena")) == ["TakehanaYutaka"]


def test_what_is_missing_or_damaged_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing) as missing:
        Index(tmp_path / "none.db")
    assert "build" in missing.value.message("en")
    assert "build" in missing.value.message("ja")
    (tmp_path / "text.db").write_text("not an index, though it is long enough to be one " * 99)
    (tmp_path / "empty.db").write_bytes(b"")
    for name in "text.db", "empty.db":
        with pytest.raises(StoreError, match="another version"):
            Index(tmp_path / name)
    write_index(tmp_path / "names.db", SAMPLE)
    whole = (tmp_path / "names.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="damaged"), Index(tmp_path / "half.db") as half:
        for text in "警察", "takehena", "a", "機構":
            half.search(text)


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_index(tmp_path / "file" / "names.db", SAMPLE)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert "{" not in sentence("names-unwritable", "ja", file="x", why="y")


def test_light_to_import_and_to_search_without_typos(tmp_path: Path) -> None:
    write_index(tmp_path / "names.db", SAMPLE)
    code = f"""
import sys
import graph.names
heavy = {{"rapidfuzz", "jaconv", "sqlite3", "rdflib", "pyoxigraph"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
from graph.search import Index
assert Index({str(tmp_path / "names.db")!r}).search("警察")
assert not (heavy - {{"sqlite3"}}) & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)
