"""The bundled newsletter data, as it stands in its files: read with plain YAML, without Sokanzu's own reader.

The newsletter itself is not part of the project. Where the environment variable
SOKANZU_NEWSLETTER names a copy of it, the passages' words are compared by hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.terms import vocabulary

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
GOLDEN = ROOT / "tests" / "golden" / "newsletter-passages.json"
CHARACTERS = 2073

HANDLES = [f"C{n:03}" for n in range(1, 102) if n not in (58, 59, 89, 90, 93)]

REFERENCES = ["purpose", "recipient", "dataSubject", "data", "device", "document", "reportedBy", "at", "regarding"]
REFERENCES += ["grounds", "covering", "quoting", "citedVia"]
WORDS = ["role", "manner", "scope", "mode", "condition", "capacity", "content", "amount", "gist", "note", "reason"]

ACCOUNT = "feda1b6c874c3e1c"  # hash of the account's last part: the number itself must not stand even here


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def spans(claim: dict[str, Any]) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in claim["passages"]]


GROUP = load(SEEDS / "claims" / "newsletter-2016.yaml")
CLAIMS: list[dict[str, Any]] = GROUP["claims"]
ENTITIES: dict[str, dict[str, Any]] = {
    entity["id"]: entity
    for path in [SEEDS / "entities.yaml", *sorted((SEEDS / "entities").glob("*.yaml"))]
    for entity in load(path)
}
SOURCES: dict[str, dict[str, Any]] = {source["id"]: source for source in load(SEEDS / "sources.yaml")}

each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])


@pytest.fixture(scope="module")
def newsletter() -> str:
    named = os.environ.get("SOKANZU_NEWSLETTER")
    if not named:
        pytest.skip("SOKANZU_NEWSLETTER does not name a copy of the newsletter, which is not part of the project")
    data = Path(named).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SOURCES["newsletter-2016"]["sha256"]
    return data.decode("utf-8")


def test_every_handle_is_there_once() -> None:
    assert len(HANDLES) == 96
    assert Counter(claim["id"] for claim in CLAIMS) == Counter(HANDLES)
    assert GROUP["source"] == "newsletter-2016"
    assert GROUP["readers"]


def test_all_entities_of_the_newsletter_are_there() -> None:
    own = load(SEEDS / "entities.yaml")
    assert len(own) == len({entity["id"] for entity in own}) == 92
    assert {"NationalPoliceAgency", "Police", "MetropolitanPoliceDepartment"} <= {entity["id"] for entity in own}
    assert sum(entity["class"] == "FaceRecognitionSystem" for entity in own) == 5


def test_entities_have_a_known_class_a_theme_and_two_names() -> None:
    themes = set(re.findall(r'^id = "(.+)"$', (SEEDS / "sokanzu.toml").read_text(encoding="utf-8"), re.M))
    assert len(themes) == 5
    for entity in load(SEEDS / "entities.yaml"):
        assert entity["class"] in vocabulary().classes, entity["id"]
        assert set(entity["name"]) == {"ja", "en"} and all(entity["name"].values()), entity["id"]
        assert entity["theme"] in themes, entity["id"]
        assert entity.get("existence", "absent") in vocabulary().values["existence"], entity["id"]
        if entity["class"] == "Document":
            assert entity["kind"], entity["id"]
        if "note" in entity:
            assert set(entity["note"]) == {"ja", "en"} and all(entity["note"].values()), entity["id"]


def test_no_written_form_names_two_things() -> None:
    owners: dict[str, set[str]] = {}
    for entity in load(SEEDS / "entities.yaml"):
        for form in {*entity["name"].values(), *entity.get("also", [])}:
            owners.setdefault(form.casefold(), set()).add(entity["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}
    assert "顔認証システム" not in owners  # five systems share that phrase
    assert not {"同店", "同機構", "同社"} & set(owners)


@each_claim
def test_a_claim_is_whole(claim: dict[str, Any]) -> None:
    terms = vocabulary()
    assert claim["stance"] in terms.values["stance"]
    assert claim["predicate"] in terms.properties
    assert ("object" in claim) != ("value" in claim)
    for key in WORDS:
        if key in claim:
            assert set(claim[key]) == {"ja", "en"} and all(text.strip() for text in claim[key].values()), key
    assert {"ja", "en"} == set(claim["gist"])
    assert len(claim.get("cue", "")) <= 12
    if claim.get("review") in ("disputed", "withdrawn"):
        assert claim["note"]


@each_claim
def test_a_claim_names_what_is_known(claim: dict[str, Any]) -> None:
    named = [claim["subject"], *([claim["object"]] if "object" in claim else [])]
    named += [id for key in REFERENCES if key in claim for id in many(claim[key])]
    if claim.get("voicedBy", "curator") != "curator":
        named.append(claim["voicedBy"])
    assert set(named) <= set(ENTITIES)
    assert set(many(claim.get("basedOn", []))) <= set(HANDLES)


@each_claim
def test_passages_lie_inside_the_text_and_apart(claim: dict[str, Any]) -> None:
    places = spans(claim)
    assert places
    assert all(0 <= start < end <= CHARACTERS for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(sorted(places)))


def test_people_hold_no_unsure_claim() -> None:
    people = {id for id, entity in ENTITIES.items() if entity["class"] == "Person"}
    assert not [c["id"] for c in CLAIMS if {c["subject"], c.get("object")} & people and c["stance"] != "stated"]


def test_the_inference_names_its_grounds() -> None:
    (inference,) = (c for c in CLAIMS if c["stance"] == "inferred" and c.get("voicedBy") != "curator")
    assert inference["id"] == "C061"
    assert inference["basedOn"] == ["C053", "C057"]
    assert inference["note"]


def test_no_account_number() -> None:
    for path in sorted(p for p in SEEDS.rglob("*") if p.is_file()):
        digits = re.sub(r"(?<=[0-9０-９])[-－ ‐](?=[0-9０-９])", "", path.read_text(encoding="utf-8"))
        for run in re.findall(r"[0-9０-９]{6,}", digits):
            plain = "".join(str(int(d)) for d in run)
            windows = (plain[i : i + 6] for i in range(len(plain) - 5))
            assert ACCOUNT not in {hashlib.sha256(w.encode()).hexdigest()[:16] for w in windows}, path.name


@pytest.mark.parametrize("id", ["digest-ja", "digest-en"])
def test_digests_are_the_registered_files(id: str) -> None:
    source = SOURCES[id]
    data = (SEEDS / "sources" / source["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == source["sha256"]
    assert len(data.decode("utf-8")) == int(source["characters"])


def test_passages_yield_the_expected_words(newsletter: str) -> None:
    assert len(newsletter) == CHARACTERS == int(SOURCES["newsletter-2016"]["characters"])
    found = {
        claim["id"]: hashlib.sha256("".join(newsletter[a:b] for a, b in spans(claim)).encode()).hexdigest()[:12]
        for claim in CLAIMS
    }
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_cues_are_the_newsletter_s_words(newsletter: str) -> None:
    assert [claim["id"] for claim in CLAIMS if "cue" in claim and claim["cue"] not in newsletter] == []


def test_nothing_is_borrowed_but_names(newsletter: str) -> None:
    """No 18 characters in a row that also stand in the newsletter, unless they are a name or a title."""

    def squeeze(text: str) -> str:
        return re.sub(r"\s+", "", text)

    run = 18
    source = squeeze(newsletter)
    grams = {source[i : i + run] for i in range(len(source) - run + 1)}
    names = [squeeze(form) for e in ENTITIES.values() for form in (*e["name"].values(), *e.get("also", []))]
    for path in sorted(p for p in SEEDS.rglob("*") if p.is_file()):
        text = squeeze(path.read_text(encoding="utf-8"))
        shared = {text[i : i + run] for i in range(len(text) - run + 1)} & grams
        assert [gram for gram in sorted(shared) if not any(gram in name for name in names)] == [], path.name
