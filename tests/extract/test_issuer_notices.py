"""Who issued a document, and what the lines of notices and signatures say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.flow import Document, Mention
from graph.extract.naming.issuer import imprint, issuer
from graph.extract.naming.names import Names
from graph.extract.notices import notices
from graph.extract.reading.text import from_text
from graph.model import Entity, Words
from graph.terms import vocabulary

LISTED = {
    id: Entity(id, cls, Words(ja=name))
    for id, cls, name in (
        ("Bar", "NonProfit", "見本弁護士会"),
        ("Other", "NonProfit", "別の協会"),
        ("Letter", "Document", "見本通信"),
        ("Book", "Document", "街角の目"),
        ("House", "Company", "見本書房"),
        ("Shop", "Company", "別冊堂"),
        ("Meeting", "Event", "第3回見本学習会"),
        ("Theme", "IdentityScheme", "見本番号制"),
        ("Sato", "Person", "佐藤一郎"),
        ("Suzuki", "Person", "鈴木花子"),
        ("Hall", "Place", "見本会館"),
    )
}
NAMES = Names(list(LISTED.values()))


def read(text: str) -> Document:
    return from_text(text, "x.txt", lang="ja")


def issued_by(text: str) -> str:
    found = issuer(read(text), NAMES, LISTED)
    return found.id if found else ""


def told(text: str) -> set[tuple[str, str, str]]:
    document = read(text)
    lines = [(sentence, NAMES.find(sentence)) for sentence in document.sentences]
    found = [hit for _, hit in notices(lines, LISTED, vocabulary(), document.text)]
    for hit in found:
        assert isinstance(hit.object, Mention)
        filled = [m for m in (hit.subject, hit.object) if m.start == m.end]
        for mention in filled:  # what stands in another line is shown there
            assert [document.text[p.start : p.end] for p in mention.antecedent] == [LISTED[mention.ids[0]].name["ja"]]
    return {(h.subject.ids[0], h.frame.predicate, h.object.ids[0]) for h in found if isinstance(h.object, Mention)}


BODY = "きょうは、ここに集まった人々が意見を述べる。" * 3


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"見本通信\n\n発行・見本弁護士会\n\n{BODY}\n", "Bar"),
        (f"意見書\n\n2018年3月2日\n見本弁護士会\n\n{BODY}\n", "Bar"),
        (f"{BODY}\n\n見本弁護士会\n", "Bar"),
        (f"見本弁護士会 御中\n\n{BODY}\n", ""),
        (f"見本弁護士会\n\n別の協会\n\n{BODY}\n", ""),
        (f"見本弁護士会は述べた。\n\n{BODY}\n", ""),
    ],
)
def test_who_issued_a_document(text: str, body: str) -> None:
    assert issued_by(text) == body


def test_the_issuer_publishes_the_document_that_the_title_names() -> None:
    document = read(f"見本通信 第37号\n\n発行・見本弁護士会\n\n{BODY}\n")
    hits = [hit for _, hit in imprint(document, issuer(document, NAMES, LISTED), NAMES, LISTED)]
    assert [(h.subject.ids, h.frame.predicate) for h in hits] == [(("Bar",), "publishes")]


def test_a_notice_of_a_meeting() -> None:
    text = "第3回見本学習会\nテーマ 見本番号制について\n講師 佐藤一郎さん\n主催 見本弁護士会\n会場:見本会館\n"
    assert told(text) == {
        ("Meeting", "isAbout", "Theme"),
        ("Sato", "speaksAt", "Meeting"),
        ("Bar", "organizes", "Meeting"),
        ("Meeting", "locatedIn", "Hall"),
    }


def test_a_person_in_a_line_of_their_own_speaks() -> None:
    assert told("第3回見本学習会\n佐藤一郎さん(弁護士)\n") == {("Sato", "speaksAt", "Meeting")}
    assert told("第3回見本学習会\n佐藤一郎さんは休んだ。\n") == set()


@pytest.mark.parametrize("price", ["(本体800円+税)", " 定価1,200円", "発行 (税込880円)", "（本体800円＋税）"])
def test_a_notice_of_a_book_says_who_publishes_it(price: str) -> None:
    assert told(f"新刊 街角の目\n見本書房{price}\n") == {("House", "publishes", "Book")}


@pytest.mark.parametrize(
    "text",
    [
        "街角の目\n見本書房(本体800円+税)\n",  # nothing says that it is for sale
        "新刊 街角の目、見本通信\n見本書房(本体800円+税)\n",  # which of the two?
        "新刊 街角の目\n見本書房(本体800円+税)\n別冊堂(本体900円+税)\n",
        "新刊 街角の目\n見本書房に注文した。\n",
    ],
)
def test_a_notice_of_a_book_that_leaves_it_open(text: str) -> None:
    assert told(text) == set()


def test_who_signs_for_a_body_has_the_post_that_stands_there() -> None:
    assert told("2018年3月2日\n見本弁護士会\n会長 佐藤一郎\n") == {("Sato", "holdsPostIn", "Bar")}


@pytest.mark.parametrize(
    "text",
    [
        "見本弁護士会\n佐藤一郎\n",  # no post
        "見本弁護士会の隣で\n会長 佐藤一郎\n",
        "見本弁護士会、別の協会\n会長 佐藤一郎\n",
        "見本弁護士会\n元会長 佐藤一郎\n",
        "見本弁護士会\n会長 佐藤一郎 副会長 鈴木花子\n",
    ],
)
def test_a_signature_that_leaves_it_open(text: str) -> None:
    assert told(text) == set()


@given(
    st.lists(st.sampled_from([*(e.name["ja"] for e in LISTED.values()), "会長", "新刊", "(本体1円+税)", "\n", "講師"]))
)
def test_no_heap_of_lines_breaks_the_reading(parts: list[str]) -> None:
    document = read(" ".join(parts) or "空")
    for _, hit in notices([(s, NAMES.find(s)) for s in document.sentences], LISTED, vocabulary(), document.text):
        assert hit.subject.ids != getattr(hit.object, "ids", ())
