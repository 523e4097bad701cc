"""Names that are descriptions, the document as the one who speaks, and what a rule provides for."""

from __future__ import annotations

from functools import cache

import pytest

pytest.importorskip("ginza")

from graph.extract.pipeline import Extractor
from graph.extract.reading.text import from_text
from graph.model import Entity, Project, Source, Words

ENTITIES = tuple(
    Entity(id, cls, Words(ja=names[0]), tuple(names[1:]))
    for id, cls, *names in (
        ("Police", "PoliceBody", "ひがし県警"),
        ("Agency", "PoliceBody", "中央警察局"),
        ("League", "NonProfit", "防犯連盟"),
        ("Books", "Sector", "書店業"),
        ("Guards", "Sector", "警備業"),
        ("Warden", "Organization", "書店業と警備業の両方を統括する監督団体"),
        ("Net", "CameraNetwork", "共有し相互利用する照合網", "照合網"),
        ("Images", "DataCategory", "店頭画像"),
        ("Staff", "ActorGroup", "保安員"),
        ("Phone", "Device", "保安員の携帯端末"),
        ("Gate", "FaceRecognitionSystem", "見本ゲート"),
        ("Shop", "Facility", "見本書店北口店"),
        ("Outline", "Guideline", "推進要綱"),
        ("Group", "ActorGroup", "町内会"),
        ("Cams", "Device", "街角カメラ"),
        ("Paper", "Document", "見本通信"),
        ("Issue3", "Document", "見本通信第3号"),
        ("Issue5", "Document", "見本通信第5号", "第5号"),
        ("View", "Proposal", "画像の見解"),
        ("Scheme", "System", "住民監視網"),
    )
)


@cache
def extractor() -> Extractor:
    return Extractor(Project("", Words(ja="例"), "https://example.org/", entities=ENTITIES))


def told(text: str, document: str = "") -> set[tuple[str, str, str, bool]]:
    source = Source("s", Words(ja="例"), document=document) if document else None
    found = extractor().extract(from_text(text, "x.txt", lang="ja"), source).candidates
    return {(c.claim.subject, c.claim.predicate, str(c.claim.object), c.claim.negated) for c in found}


def test_a_name_says_what_its_relative_clause_says() -> None:
    found = told("防犯連盟は書店業と警備業の両方を統括する監督団体の必要性を訴えている。")
    assert {
        ("Warden", "oversees", "Books", False),
        ("Warden", "oversees", "Guards", False),
        ("League", "proposes", "Warden", False),
    } <= found
    assert not [claim for claim in found if claim[0] == "League" and claim[1] == "oversees"]


def test_what_stands_before_a_name_may_belong_to_its_clause() -> None:
    found = told("防犯連盟が、店頭画像を書店業などの異業種の間で共有し相互利用する照合網をつくることを提案した。")
    assert {("League", "proposes", "Net", False), ("Net", "covers", "Books", False)} <= found
    assert not [claim for claim in found if claim[0] == "League" and claim[1] != "proposes"]


def test_a_message_to_a_device_reaches_its_owner() -> None:
    assert ("Gate", "alerts", "Staff", False) in told("見本ゲートは一致すると保安員の携帯端末に通知する。")
    assert ("Police", "criticizes", "Staff", False) not in told("ひがし県警は保安員の携帯端末を批判した。")


def test_the_system_that_a_shop_runs_collects_what_it_films() -> None:
    found = told("見本書店北口店では見本ゲートの運用を始めており、店頭画像を作成している。")
    assert ("Gate", "collects", "Images", False) in found
    assert ("Shop", "collects", "Images", False) not in found


def test_what_somebody_may_do_in_a_rule_is_not_done() -> None:
    rule = "推進要綱では、町内会が街角カメラを設置する際に、ひがし県警が助言を行うことを明記した。"
    assert not [claim for claim in told(rule) if claim[1] in ("deploys", "deployedAt")]
    done = "町内会が街角カメラを設置した際に、ひがし県警が助言を行った。"
    assert ("Group", "deploys", "Cams", False) in told(done)


def test_the_document_cites_what_it_refers_to() -> None:
    text = "くわしい経過がある（『見本通信』第3号、第5号参照）。"
    found = told(text, "Paper")
    assert ("Paper", "cites", "Issue5", False) in found
    assert not [claim for claim in told(text) if claim[1] == "cites"]


def test_an_exhortation_is_the_documents_own() -> None:
    text = "私たちは考える。\n住民監視網の構築を許してはなりません。"
    assert ("Paper", "opposes", "Scheme", False) in told(text, "Paper")
    assert not [claim for claim in told(text) if claim[1] == "opposes"]


def test_an_issue_named_beside_another_belongs_to_the_same_series() -> None:
    assert ("Issue5", "partOf", "Paper", False) in told("見本通信第3号、第5号に載った。")
    assert ("Issue5", "partOf", "Paper", False) not in told("防犯連盟、第5号に載った。")


def test_an_opinion_below_the_title_of_a_paper_is_that_papers() -> None:
    text = "「画像の見解」\n\n書店業と警備業の両方を統括する監督団体の必要性を強く訴えたいと考える。\n"
    assert ("View", "proposes", "Warden", False) in told(text)
    assert not [c for c in told(text.replace("「画像の見解」", "画像の見解を読んだ人へ")) if c[1] == "proposes"]
