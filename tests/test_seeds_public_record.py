"""The public record in the bundled project: read with plain YAML, without Sokanzu's own reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.model import When
from graph.terms import vocabulary

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
BRIDGES = ["K01", "K02", "K03", "K04", "K04b", *(f"K{n:02}" for n in range(5, 14)), "K15"]
REFERENCES = ["purpose", "recipient", "dataSubject", "data", "device", "document", "reportedBy", "at", "regarding"]
REFERENCES += ["grounds", "covering", "quoting", "citedVia"]
WORDS = ["gist", "place", "note", "role", "manner", "scope", "mode", "condition", "capacity", "content", "amount"]
DATES = ["validFrom", "validTo", "date", "asOf", "reportedOn"]
OURS = {"newsletter-2016", "digest-ja", "digest-en"}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-鿿]")


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def claims_of(path: Path) -> list[dict[str, Any]]:
    loaded = load(path)
    groups = loaded if isinstance(loaded, list) else [loaded]
    return [{**claim, "source": group["source"]} for group in groups for claim in group["claims"]]


CLAIMS = claims_of(SEEDS / "claims" / "public-record.yaml")
EVERY_CLAIM = [claim for path in sorted((SEEDS / "claims").glob("*.yaml")) for claim in claims_of(path)]
BY_HANDLE = {claim["id"]: claim for claim in CLAIMS}
ADDED: list[dict[str, Any]] = load(SEEDS / "entities" / "public-record.yaml")
EVERY_ENTITY: list[dict[str, Any]] = [
    entity for path in [SEEDS / "entities.yaml", *sorted((SEEDS / "entities").glob("*.yaml"))] for entity in load(path)
]
ENTITIES = {entity["id"]: entity for entity in EVERY_ENTITY}
EVERY_SOURCE: list[dict[str, Any]] = load(SEEDS / "sources.yaml")
SOURCES = {source["id"]: source for source in EVERY_SOURCE}
PAGES = [source for source in EVERY_SOURCE if source["id"] not in OURS]

each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
each_added = pytest.mark.parametrize("entity", ADDED, ids=lambda entity: entity["id"])


def test_every_bridge_is_there_and_at_least_forty_claims_more() -> None:
    handles = [claim["id"] for claim in CLAIMS]
    assert [bridge for bridge in BRIDGES if bridge not in handles] == []
    others = [handle for handle in handles if handle not in BRIDGES]
    assert len(others) >= 40
    assert [handle for handle in others if not re.fullmatch(r"P\d{3}", handle)] == []
    assert [handle for handle, times in Counter(claim["id"] for claim in EVERY_CLAIM).items() if times > 1] == []


def test_bridges_say_what_they_must() -> None:
    nothing_to_the_police = BY_HANDLE["K03"]
    assert nothing_to_the_police["predicate"] == "providesDataTo"
    assert nothing_to_the_police["object"] == "Police"
    assert nothing_to_the_police["negated"] == "true"
    assert nothing_to_the_police["asOf"] and nothing_to_the_police["note"]
    ours = BY_HANDLE["K13"]
    assert (ours["stance"], ours["voicedBy"]) == ("inferred", "curator")
    reported = {handle for handle in BRIDGES if BY_HANDLE[handle]["stance"] == "reported"}
    assert reported == {"K01", "K02", "K03", "K04", "K04b", "K05", "K06"}


@each_claim
def test_a_claim_has_its_page_its_place_and_its_gist(claim: dict[str, Any]) -> None:
    assert claim["source"] in SOURCES and claim["source"] not in OURS
    assert claim.get("place") or claim.get("passages")
    assert claim["stance"] in vocabulary().values["stance"]
    assert set(claim["gist"]) == {"ja", "en"}
    assert JAPANESE.search(claim["gist"]["ja"]) and not JAPANESE.search(claim["gist"]["en"])
    assert claim["gist"]["ja"].endswith("。") and claim["gist"]["en"].endswith(".")


@each_claim
def test_a_claim_names_only_what_is_known(claim: dict[str, Any]) -> None:
    named = [claim["subject"], *([claim["object"]] if "object" in claim else [])]
    named += [id for key in REFERENCES for id in many(claim.get(key, []))]
    named += [reply["by"] for reply in claim.get("reply", [])]
    if claim.get("voicedBy", "curator") != "curator":
        named.append(claim["voicedBy"])
    assert [id for id in named if id not in ENTITIES] == []
    handles = {each["id"] for each in EVERY_CLAIM}
    assert [handle for handle in claim.get("basedOn", []) if handle not in handles] == []
    mentioned = set(re.findall(r"\b[CPK]\d{2,3}b?\b", " ".join(claim.get("note", {}).values())))
    assert mentioned <= handles


@each_claim
def test_a_claim_fits_its_property(claim: dict[str, Any]) -> None:
    words = vocabulary()
    property = words.properties[claim["predicate"]]
    assert words.fits(ENTITIES[claim["subject"]]["class"], property.domain)
    if property.kind == "literal":
        assert "value" in claim and "object" not in claim
    else:
        assert "object" in claim and "value" not in claim
        assert words.fits(ENTITIES[claim["object"]]["class"], property.range)
    dates = [claim[key] for key in DATES if key in claim]
    if "PartialDate" in property.range:
        dates.append(claim["value"])
    assert [str(When.parse(date)) for date in dates] == dates


@each_claim
def test_words_stand_in_both_languages(claim: dict[str, Any]) -> None:
    words = [claim[key] for key in WORDS if key in claim]
    words += [reply["gist"] for reply in claim.get("reply", [])]
    if isinstance(claim.get("value"), dict):
        words.append(claim["value"])
    assert [each for each in words if set(each) != {"ja", "en"} or not all(each.values())] == []


@each_claim
def test_what_is_disputed_or_ours_says_why(claim: dict[str, Any]) -> None:
    if claim.get("review") in ("disputed", "withdrawn"):
        assert set(claim["note"]) == {"ja", "en"}
    if claim["stance"] == "inferred":
        assert claim["voicedBy"] == "curator"
        assert claim["basedOn"] and claim["note"]
        assert "Person" not in [ENTITIES[claim[end]]["class"] for end in ("subject", "object")]


def test_both_sides_of_each_discrepancy_stand() -> None:
    def found(subject: str, predicate: str, told: str, review: str = "") -> list[str]:
        return [
            claim["id"]
            for claim in CLAIMS
            if (claim["subject"], claim["predicate"]) == (subject, predicate)
            and told in (claim.get("object"), claim.get("value"))
            and (not review or claim.get("review", "accepted") == review)
            and claim.get("note")
        ]

    assert found("NationalPoliceAgency", "conducts", "MPDFieldTrial", "disputed")
    assert found("MetropolitanPoliceDepartment", "conducts", "MPDFieldTrial", "accepted")
    assert found("StoresOf2014Report", "uses", "SharedFaceSystem2014", "disputed")
    assert found("PortableFaceRecognition", "connectsTo", "PortableDeviceVideoCamera")
    assert found("MaruzenJunkudo", "startDate", "2015-02-01")
    first = [claim for claim in CLAIMS if claim["subject"] == "ShibuyaBookstoresProject" and "review" in claim]
    assert [claim["review"] for claim in first] == ["disputed"]
    answered = [claim for claim in CLAIMS if claim["subject"] in ("StoresOf2014Report", "SharedFaceSystem2014")]
    assert [claim["id"] for claim in answered if claim["reply"][0]["by"] != "Lykaon"] == []
    by_vendor = [claim["object"] for claim in CLAIMS if claim["subject"] == "Lykaon"]
    assert by_vendor == ["YomiuriArticle20140405"]  # nothing ties the vendor to the unnamed system
    bill = {claim["date"] for claim in CLAIMS if claim["subject"] == "APPIAmendmentBill2015" and "value" in claim}
    assert bill == {"2015-03-10", "2015-09-03", "2015-09-09"}


@each_page
def test_a_page_has_an_address_a_grade_and_a_title(page: dict[str, Any]) -> None:
    assert re.match(r"https?://[^\s/]+\.[^\s/]+/", page["address"])
    assert page["grade"] in vocabulary().values["grade"]
    for key in ("title", "publisher", "rights", "read"):
        assert set(page[key]) == {"ja", "en"}
    assert set(page.get("note", {"ja": "", "en": ""})) == {"ja", "en"}
    if "date" in page:
        assert str(When.parse(page["date"])) == page["date"]
    assert page.get("document", page["id"]) in {*ENTITIES, page["id"]}


def test_every_page_is_used_and_stands_once() -> None:
    used = {claim["source"] for claim in CLAIMS}
    assert [page["id"] for page in PAGES if page["id"] not in used] == []
    assert len(SOURCES) == len(EVERY_SOURCE)
    assert len({page["address"] for page in PAGES}) == len(PAGES)


def test_no_forum_and_nothing_private() -> None:
    addresses = [page["address"] for page in PAGES]
    addresses += [reply["address"] for claim in CLAIMS for reply in claim.get("reply", [])]
    assert [address for address in addresses if "5ch.net" in address or "situation274" in address] == []
    people = {id for id, entity in ENTITIES.items() if entity["class"] == "Person"}
    about_people = [claim for claim in CLAIMS if claim["subject"] in people]
    roles = {"holdsPostIn", "formerlyHeldPostIn", "authorOf", "speaksAt"}
    assert {claim["predicate"] for claim in about_people} <= roles
    private = re.compile("生まれ|出身|卒業|住所|家族|born|graduate|address|family")
    assert [claim["id"] for claim in about_people if private.search(f"{claim['gist']} {claim.get('note', '')}")] == []


@each_added
def test_an_added_entity_is_named_in_both_languages(entity: dict[str, Any]) -> None:
    assert entity["class"] in vocabulary().classes
    assert set(entity["name"]) == {"ja", "en"}
    assert JAPANESE.search(entity["name"]["ja"]) and not JAPANESE.search(entity["name"]["en"])
    assert set(entity.get("note", {"ja": "", "en": ""})) == {"ja", "en"}


def test_entities_stand_once_and_are_spoken_of() -> None:
    assert [id for id, times in Counter(entity["id"] for entity in EVERY_ENTITY).items() if times > 1] == []
    spoken_of: set[str] = set()
    for claim in CLAIMS:
        spoken_of |= {claim["subject"], claim.get("object", ""), claim.get("voicedBy", "")}
        spoken_of |= {id for key in REFERENCES for id in many(claim.get(key, []))}
        spoken_of |= {reply["by"] for reply in claim.get("reply", [])}
    assert [entity["id"] for entity in ADDED if entity["id"] not in spoken_of] == []


def reach(claims: Iterable[dict[str, Any]], start: Iterable[str], closed: Iterable[str] = ()) -> set[str]:
    """What can be reached over plain lines, in either direction, without passing through what is closed."""
    lines: dict[str, set[str]] = {}
    for claim in claims:
        plain = claim["stance"] in ("stated", "reported") and claim.get("review", "accepted") == "accepted"
        if plain and "object" in claim and claim.get("negated") != "true":
            lines.setdefault(claim["subject"], set()).add(claim["object"])
            lines.setdefault(claim["object"], set()).add(claim["subject"])
    seen, waiting = set(closed), list(start)
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += lines.get(here, ())
    return seen - set(closed)


def test_only_the_public_record_joins_the_police_to_a_named_shop_or_to_my_number() -> None:
    police = {id for id, entity in ENTITIES.items() if entity["class"] == "PoliceBody"}
    police |= {"FivePrefecturalPoliceForces", "CommunitySafetyBureau"}
    shops, number = {"MaruzenJunkudo", "JunkudoIkebukuro"}, {"MyNumberSystem", "MyNumberAct", "IndividualNumberCard"}
    # That one and the same document speaks of two things does not tie them to each other.
    hub = {source["document"] for source in EVERY_SOURCE if "document" in source}
    newsletter = [claim for claim in EVERY_CLAIM if claim["source"] == "newsletter-2016"]
    assert not reach(newsletter, police, hub) & (shops | number)
    assert shops | number <= reach(EVERY_CLAIM, police, hub)
    assert not reach(EVERY_CLAIM, police, {*hub, "ShibuyaBookstoresProject"}) & (shops | number)
    law = {"PersonalInformationProtectionCommission", "APPI"}
    assert not reach(EVERY_CLAIM, police, {*hub, *law}) & number
