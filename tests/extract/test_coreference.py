"""Coreference in both languages: who is meant, where nobody may be, and where the name itself stands."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.flow import Mention, Sentence, plain
from graph.extract.naming.coreference import Coreference
from graph.extract.naming.english_reference import plural, topic
from graph.extract.naming.names import Names
from graph.extract.pipeline import Extractor
from graph.extract.reading.text import load
from graph.model import Claim, Entity, Project, Words

WHO = {
    "Council": ("GovernmentBody", "Norwick Council"),
    "Police": ("PoliceBody", "Norwick Police"),
    "Ministry": ("GovernmentBody", "Ministry of Transit"),
    "Authority": ("GovernmentBody", "Harbour Authority"),
    "Board": ("GovernmentBody", "Health Board"),
    "League": ("CivilSocietyGroup", "Tenants' League"),
    "Guild": ("NonProfit", "Lawyers' Guild"),
    "Pellam": ("Vendor", "Pellam Systems"),
    "Books": ("Retailer", "Greenway Books"),
    "Cameras": ("CameraNetwork", "street cameras"),
    "Watchman": ("FaceRecognitionSystem", "Watchman"),
    "List": ("Database", "Offender List"),
    "Code": ("Guideline", "Camera Code"),
    "Bill": ("Bill", "Surveillance Bill"),
    "Report": ("Document", "Watched in Norwick"),
    "Study": ("Document", "Second Study"),
    "Mori": ("Person", "Jun Mori"),
    "Clerk": ("Person", "Ada Renn"),
}
JAPANESE = {
    "Kiko": ("NonProfit", "店舗防犯機構"),
    "Kenkei": ("PoliceBody", "西海県警"),
    "Tonari": ("PoliceBody", "東浜県警"),
    "Shoten": ("Retailer", "若草書店"),
    "Denki": ("Vendor", "つばめ電機"),
    "Kanshi": ("CivilSocietyGroup", "監視を考える会"),
    "Hokoku": ("Document", "見られる町"),
    "Takehana": ("Person", "竹本一郎"),
}


def entities() -> list[Entity]:
    made = [
        Entity(id, cls, Words(en=name), also=("Town Clerk",) if id == "Clerk" else ())
        for id, (cls, name) in WHO.items()
    ]
    return made + [Entity(id, cls, Words(ja=name)) for id, (cls, name) in JAPANESE.items()]


def project(who: list[Entity]) -> Project:
    return Project(folder="", title=Words(en="T"), base="https://example.org/", entities=tuple(who))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(project(entities()))


def filled(extractor: Extractor, folder: Path, text: str) -> list[tuple[str, str]]:
    """What was filled in, as the words and the id."""
    path = folder / "d.txt"
    path.write_text(text, encoding="utf-8")
    document = load(path)
    found = []
    for one in extractor.prepare(document, None, None):
        for m in one.mentions:
            if m.how and m.end > m.start:
                found.append((one.sentence.text[m.start : m.end], m.ids[0]))
                for passage in m.antecedent:
                    assert document.text[passage.start : passage.end].strip()
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # the subject of the sentence before
        ("Norwick Council runs street cameras. It shares the footage with shops.", [("It", "Council")]),
        ("The Tenants' League sued Norwick Council. It is led by Jun Mori.", [("It", "League")]),
        ("The street cameras are old. They were paid for by Norwick Council.", [("They", "Cameras")]),
        ("The street cameras are old. Norwick Police uses them too.", [("them", "Cameras")]),
        ("Watchman is new. Greenway Books and Norwick Council take part in it.", [("it", "Watchman")]),
        ("The Tenants' League is small. Mr Jun Mori is its secretary.", [("its", "League")]),
        ("Jun Mori chairs the Lawyers' Guild. He wrote to Norwick Council.", [("He", "Mori")]),
        # inside a sentence
        ("Watchman is run by Norwick Council, which set it up in 2020.", [("it", "Watchman")]),
        ("The Council's Camera Code, which it adopted in 2017, is short.", []),
        ("Norwick Council's Camera Code, which it adopted in 2017, is short.", [("it", "Council")]),
        ("The Lawyers' Guild and the Tenants' League, with which it has worked, met.", [("it", "Guild")]),
        # the subject again in a later clause; what another does with it
        ("Watchman films shoppers, and it alerts Norwick Police.", [("it", "Watchman")]),
        ("Norwick Council keeps street cameras; it uses them daily.", [("it", "Council")]),
        ("In 2018 the Lawyers' Guild sued, in a paper in which it opposes Watchman.", []),
        ("In 2018 the Lawyers' Guild sent a letter, in which it opposes Watchman.", [("it", "Guild")]),
        ("The Health Board has no cameras, and Norwick Police sends it no images.", [("it", "Board")]),
        # who speaks is meant by what follows
        ("“They cannot hear,” the Health Board said. Its chair is Jun Mori.", [("Its", "Board")]),
        # what no name ends in, where there is only one
        ("The Health Board met Norwick Police. Later the agency voted.", [("the agency", "Board")]),
        ("Watchman uses the Offender List. Norwick Police sells the register.", [("the register", "List")]),
        # short forms
        ("The Harbour Authority met. Later the Authority voted.", [("the Authority", "Authority")]),
        ("Norwick Police replied. A list is kept by the force.", [("the force", "Police")]),
        ("The Ministry of Transit replied. The Ministry was brief.", [("The Ministry", "Ministry")]),
        ("Town Clerk Ada Renn spoke. The Clerk was brief.", [("The Clerk", "Clerk")]),
        ("Pellam Systems is rich. The company sells Watchman.", [("The company", "Pellam")]),
    ],
)
def test_english_words_that_point_to_one(
    extractor: Extractor, tmp_path: Path, text: str, meant: list[tuple[str, str]]
) -> None:
    assert filled(extractor, tmp_path, text) == meant


@pytest.mark.parametrize(
    "text",
    [
        # it is nobody
        "Norwick Council met. It is clear that street cameras are costly.",
        "Norwick Council met. It was said that Pellam Systems would pay.",
        # the sentence before is about something else, or about two
        "A Norwick Council officer spoke. It sold footage to Greenway Books.",
        "Norwick Council's lawyer spoke. It sold footage to Greenway Books.",
        "The Lawyers' Guild and the Tenants' League met. It sued Norwick Council.",
        "Residents wrote to Norwick Council. It is not theirs to run Watchman.",
        # the number does not fit
        "The street cameras are old. Norwick Police uses it.",
        "Watchman is new. Norwick Police uses them.",
        "Norwick Council met. They sold footage to Greenway Books.",
        # what was spoken of may as well be meant
        "The Health Board opposed Watchman. Lawyers' Guild supports it.",
        "Watchman uses the Offender List. Norwick Police keeps it.",
        "Pellam Systems built Watchman. It is used by Norwick Police.",
        # another clause stands between
        "Watchman is new. Norwick Police said that Greenway Books uses it.",
        # there is another in between, or nothing is meant
        "Norwick Council bought Watchman, and it alerts Norwick Police.",
        "Watchman failed Norwick Council, and Norwick Police keeps it.",
        "Watchman films shoppers, and it is clear that Norwick Police knows.",
        # two could be meant, or what names end so
        "The Health Board met Harbour Authority. Later the agency voted.",
        "Norwick Police met. Later the agency voted.",
        "Pellam Systems and Greenway Books met. The company sells Watchman.",
        "Norwick Police and Harbour Authority met the Health Board, which it serves.",
        # another paragraph, another article
        "Norwick Council met.\n\nIt sold footage to Greenway Books.",
        # nothing was named
        "It sold footage to Greenway Books.",
        "The force sold footage to Greenway Books.",
        # a name of its own
        "Norwick Council met. The Council of Elders sued Greenway Books.",
        "Norwick Police met. The police station is near Greenway Books.",
    ],
)
def test_english_words_that_may_mean_nobody(extractor: Extractor, tmp_path: Path, text: str) -> None:
    assert filled(extractor, tmp_path, text) == []


def test_a_capital_makes_a_short_form_a_name_for_the_whole_document(extractor: Extractor, tmp_path: Path) -> None:
    text = "# One\n\nThe Harbour Authority met.\n\n# Two\n\nThe Authority voted. The authority voted.\n"
    path = tmp_path / "d.md"
    path.write_text(text, encoding="utf-8")
    document = load(path)
    assert len({s.block for s in document.sentences}) > 1
    read = [m for one in extractor.prepare(document, None, None) for m in one.mentions if m.how]
    assert [m.ids for m in read] == [("Authority",), ("Authority",)]
    assert [document.text[p.start : p.end] for p in read[0].antecedent] == ["Harbour Authority"]


def test_the_two_companies_are_those_just_named(extractor: Extractor, tmp_path: Path) -> None:
    text = "Pellam Systems met Greenway Books in Norwick. The two companies share images with Norwick Police."
    told = {(c.subject, c.predicate, c.object) for c in claims(extractor, tmp_path, text)}
    assert told == {("Pellam", "sharesDataWith", "Police"), ("Books", "sharesDataWith", "Police")}
    text = "Pellam Systems met Norwick Council. The two companies share images with Norwick Police."
    assert claims(extractor, tmp_path, text) == []


def test_two_that_end_alike_have_no_short_form(tmp_path: Path) -> None:
    two = [Entity("A", "GovernmentBody", Words(en="Health Board")), Entity("B", "Regulator", Words(en="Data Board"))]
    assert filled(Extractor(project(two)), tmp_path, "The Health Board met the Data Board. The Board met.") == []


def test_questions_and_answers_are_one_conversation(extractor: Extractor, tmp_path: Path) -> None:
    text = (
        "Q (Ada Renn): Who runs the street cameras?\n"
        "A (Jun Mori): The street cameras are run by Greenway Books. They were paid for by Norwick Council.\n"
    )
    assert ("They", "Cameras") in filled(extractor, tmp_path, text)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Watched in Norwick\n\nThis report, written by Jun Mori, is short.\n", ["Report"]),
        ("Watched in Norwick\n\nThis code is short.\n", []),  # it is none
        ("Watched in Norwick\n\nThe Second Study is long. This report is short.\n", ["Study"]),  # the one named last
        ("A walk in Norwick\n\nThis report, written by Jun Mori, is short.\n", []),
        ("見られる町\n\n本書は竹本一郎が書いた。\n", ["Hokoku"]),
        ("見られる町\n\nこの報告書は竹本一郎が書いた。\n", ["Hokoku"]),
        ("見られる町\n\n日本書店は竹本一郎が開いた。\n", []),
    ],
)
def test_a_document_that_is_an_entity_speaks_of_itself(
    extractor: Extractor, tmp_path: Path, text: str, own: list[str]
) -> None:
    assert [id for _, id in filled(extractor, tmp_path, text) if id in ("Report", "Study", "Hokoku")] == own


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("店舗防犯機構は四月に発足した。同機構は名簿を配っている。", [("同機構", "Kiko")]),
        ("西海県警は装置を入れた。県警は画像を若草書店に渡した。", [("県警", "Kenkei")]),
        ("西海県警と東浜県警が会った。県警は画像を若草書店に渡した。", []),
        ("つばめ電機が装置を作った。同社は若草書店に売った。", [("同社", "Denki")]),
        ("店舗防犯機構(以下「機構」という。)は発足した。機構は名簿を配る。", [("機構", "Kiko")]),
        ("竹本一郎氏が話した。竹本氏は若草書店を訪ねた。", [("竹本", "Takehana")]),
        ("同社は若草書店に売った。", []),
    ],
)
def test_japanese_words_that_point_back(
    extractor: Extractor, tmp_path: Path, text: str, meant: list[tuple[str, str]]
) -> None:
    assert filled(extractor, tmp_path, text) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # これを: what the sentence before is about, or the one thing that it has
        ("「顔ゲート」は新しい。西海県警がこれを利用している。", [("Kenkei", "uses", "Gate")]),
        ("西海県警は若草書店を訪れた。東浜県警がこれを利用している。", []),
        # 設置したのは, したものだ, first of all: the object is the thing that the sentence before has
        ("7月に「顔ゲート」がつきました。動かしているのは若草書店。", [("Shoten", "operates", "Gate")]),
        ("顔ゲートが店にある。昨年、若草書店が導入したものです。", [("Shoten", "deploys", "Gate")]),
        ("西海県警は来た。昨年、若草書店が導入したものです。", []),
        # 同店 is the shop, not who runs it
        ("若草書店は、港本店を開いた。同店には顔ゲートが設置されている。", [("Gate", "deployedAt", "Minato")]),
        # a topic is over the clause with a doer of its own, and stands outside of a relative clause
        ("顔ゲートは、若草書店が運用しており、万引犯名簿と照合している。", [("Gate", "matchesAgainst", "Meibo")]),
    ],
)
def test_what_a_japanese_sentence_leaves_to_the_one_before(
    tmp_path: Path, text: str, found: list[tuple[str, str, str]]
) -> None:
    who = [*entities(), Entity("Gate", "FaceRecognitionSystem", Words(ja="顔ゲート"))]
    who.append(Entity("Minato", "Facility", Words(ja="港本店")))
    extractor = Extractor(project([*who, Entity("Meibo", "Database", Words(ja="万引犯名簿"))]))
    told = {(c.subject, c.predicate, c.object) for c in claims(extractor, tmp_path, text)}
    assert told >= set(found)
    assert found or not told


def test_our_office_is_the_one_of_that_kind_that_the_document_names(extractor: Extractor, tmp_path: Path) -> None:
    text = "西海県警は、若草書店から映像を受け取った。本県警は何も言わない。\n\n当機構は、店舗防犯機構のことである。"
    assert ("当機構", "Kiko") not in filled(extractor, tmp_path, text)
    text = "店舗防犯機構は提言を出した。\n\n当機構は、若草書店に申し入れた。"
    assert ("当機構", "Kiko") in filled(extractor, tmp_path, text)


def claims(extractor: Extractor, folder: Path, text: str) -> list[Claim]:
    path = folder / "d.txt"
    path.write_text(text, encoding="utf-8")
    return [c.claim for c in extractor.extract(load(path)).candidates]


def test_what_is_filled_in_is_in_the_evidence_and_said(extractor: Extractor, tmp_path: Path) -> None:
    text = "The street cameras are old. They were paid for by Norwick Council in 2018."
    path = tmp_path / "d.txt"
    path.write_text(text, encoding="utf-8")
    (one,) = extractor.extract(load(path)).candidates
    assert (one.claim.subject, one.claim.predicate, one.claim.object) == ("Council", "funds", "Cameras")
    assert "They → street cameras" in one.how
    assert next(text[p.start : p.end] for p in one.claim.passages) == "street cameras"
    assert (str(one.claim.valid_from), str(one.claim.valid_to)) == ("2018", "2018")


@pytest.mark.parametrize(
    "text",
    [
        "Norwick Council met. Will it share footage with Greenway Books?",
        "Norwick Council met. If it shares footage with Greenway Books, residents will sue.",
        "Norwick Council met. It might share footage with Greenway Books.",
        "The street cameras are old. Norwick Police would use them if it could.",
    ],
)
def test_what_is_filled_in_claims_nothing_where_it_is_asked_or_supposed(
    extractor: Extractor, tmp_path: Path, text: str
) -> None:
    assert claims(extractor, tmp_path, text) == []


def test_we_is_who_issued_the_document_but_no_name_to_point_to(extractor: Extractor) -> None:
    reference = Coreference(Names(entities()), entities(), issuer="League")
    assert reference.known == {}


@pytest.mark.parametrize(
    ("name", "many"),
    [("street cameras", True), ("Tenants' League", False), ("Pellam Systems", False), ("Glass", False), ("bus", False)],
)
def test_a_plural_is_a_common_noun_in_s(name: str, many: bool) -> None:
    assert plural(Entity("X", "System", Words(en=name))) is (many or name == "bus")


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_the_topic_is_one_of_the_mentions_or_none(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    mention = Mention(start, end, ("X",))
    assert topic(text, [mention]) in (mention, None)


PIECES = st.sampled_from(
    ["Norwick Council ", "street cameras ", "it ", "They ", "the Board ", ", which it ", "uses them ", "its ", ". ",
     "A (Q): ", "\n\n", "県警は", "同機構 ", "This report ", "and ", "’s ", "(", "“"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_no_text_breaks_it_and_mentions_never_overlap(pieces: list[str]) -> None:
    names = Names(entities())
    reference = Coreference(names, entities(), issuer="League", document="Report")
    for number, text in enumerate("".join(pieces).split("\n\n")):
        sentence = Sentence(plain(text), lang="en" if text.isascii() else "ja", paragraph=number)
        found = reference.see(sentence, names.find(sentence), text)
        spans = [(m.start, m.end) for m in found]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= after[0] for one, after in pairwise(spans))
