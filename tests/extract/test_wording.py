"""The gist that a machine writes says the stance, the denial and the voice, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.extract.wording import _said, denied, gist
from graph.model import CURATOR, Claim, Entity, Passage, Project, Source, Stance, When, Words
from graph.terms import vocabulary

PROJECT = Project(
    "",
    Words(ja="見本"),
    "https://example.org/",
    entities=(
        Entity("City", "GovernmentBody", Words(ja="見本市", en="Example City")),
        Entity("Cameras", "CameraNetwork", Words(ja="駅前カメラ", en="station cameras")),
        Entity("Group", "CivilSocietyGroup", Words(ja="見本の会", en="Example Group")),
        Entity("Phone", "Device", Words(en="iPhone")),
        Entity("Letter", "Document", Words(ja="会報", en="newsletter")),
    ),
    sources=(Source("minutes", Words(ja="議事録", en="minutes"), document="Letter"),),
)
CLAIM = Claim("City", "operates", "Cameras", "minutes", passages=(Passage(0, 1),))


def said(**changes: object) -> Words:
    return gist(replace(CLAIM, **changes), PROJECT, vocabulary())  # type: ignore[arg-type]


def test_a_plain_statement() -> None:
    assert said() == Words(ja="見本市は駅前カメラを運用する。", en="Example City operates station cameras.")


def test_a_denial_is_one_in_both_languages() -> None:
    made = said(negated=True)
    assert made["ja"] == "見本市は駅前カメラを運用していない。"
    assert made["en"] == "Example City does not operate station cameras."


@pytest.mark.parametrize("stance", [stance for stance in Stance if stance is not Stance.stated])
@pytest.mark.parametrize("negated", [True, False])
def test_no_stance_reads_as_a_fact(stance: Stance, negated: bool) -> None:
    plain, made = said(negated=negated), said(stance=stance, negated=negated)
    others = [said(stance=other, negated=negated) for other in Stance if other is not stance]
    for lang in "ja", "en":
        assert made[lang] != plain[lang]
        assert made[lang] not in [other[lang] for other in others]
    assert made["en"].startswith("It is ")
    assert "見本市が" in made["ja"]


def test_softened_words_stay_soft() -> None:
    assert said(hedged=True)["ja"] == "見本市が駅前カメラを運用するとみられる。"
    assert said(hedged=True)["en"].startswith("It seems that Example City")
    assert "断定はしていない" in said(hedged=True, stance=Stance.alleged)["ja"]
    assert "said with reserve" in said(hedged=True, stance=Stance.alleged)["en"]


def test_who_is_quoted_is_said_and_the_document_itself_is_not() -> None:
    made = said(voiced_by="Group", stance=Stance.alleged)
    assert made["ja"].startswith("見本の会によれば、")
    assert made["en"].startswith("According to Example Group, it is suspected")
    for own in "", CURATOR, "minutes", "Letter":
        assert said(voiced_by=own) == said()


@pytest.mark.parametrize(
    ("dates", "ja", "en"),
    [
        ({"valid_from": When(2016, 4), "valid_to": When(2016, 4)}, "（2016年4月）", "(April 2016)"),
        ({"valid_from": When(2016, 4, 1)}, "（2016年4月1日から）", "(from 1 April 2016)"),
        ({"valid_to": When(2016)}, "（2016年まで）", "(until 2016)"),
        ({"valid_from": When(2014), "valid_to": When(2016)}, "（2014年–2016年）", "(2014–2016)"),
    ],
)
def test_dates_keep_their_precision(dates: dict[str, When], ja: str, en: str) -> None:
    made = said(**dates)
    assert made["ja"].endswith(f"{ja}。")
    assert made["en"].endswith(f"{en}.")


def test_qualifiers_stand_beside_it() -> None:
    made = said(qualifiers=(("role", Words(ja="運営者", en="operator")),))
    assert "運営者" in made["ja"]
    assert "operator" in made["en"]


def test_values_and_names_that_lack_a_language() -> None:
    assert "2016年4月" in said(predicate="startDate", object=When(2016, 4))["ja"]
    assert "12" in said(predicate="count", object=12)["en"]
    assert said(subject="Phone")["en"].startswith("iPhone operates")
    assert said(subject="https://example.org/x")["en"].startswith("https://example.org/x")
    assert said(subject="Cameras", predicate="covers", object="City")["en"].startswith("Station cameras")


def test_names_with_braces_or_full_stops_come_out_whole() -> None:
    odd = replace(PROJECT, entities=(Entity("City", "GovernmentBody", Words(ja="{0}%s。", en="{x} Inc.")),))
    made = gist(replace(CLAIM, object="City"), odd, vocabulary())
    assert made["ja"] == "{0}%s。は{0}%s。を運用する。"
    assert made["en"] == "{x} Inc. operates {x} Inc."


def test_only_the_languages_of_the_project() -> None:
    made = gist(CLAIM, replace(PROJECT, languages=("ja", "fr")), vocabulary())
    assert set(made) == {"ja", "fr"}


@pytest.mark.parametrize("name", sorted(vocabulary().properties))
def test_every_property_can_be_said_and_denied(name: str) -> None:
    joint, yes, no = _said()[name]["ja"]
    assert joint
    assert yes != no
    claim = replace(CLAIM, predicate=name)
    for lang in "ja", "en":
        told = gist(claim, PROJECT, vocabulary())[lang]
        assert told != gist(replace(claim, negated=True), PROJECT, vocabulary())[lang]
        assert "→" not in told


def test_the_file_names_no_property_that_is_not_there() -> None:
    assert set(_said()) <= set(vocabulary().properties)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("amends", "does not amend"),
        ("is part of", "is not part of"),
        ("has agreement with", "does not have agreement with"),
        ("supplies", "does not supply"),
        ("publishes", "does not publish"),
        ("matches against", "does not match against"),
        ("criticizes", "does not criticize"),
        ("oversees", "does not oversee"),
        ("uses", "does not use"),
        ("discusses", "does not discuss"),
    ],
)
def test_english_verbs_denied(label: str, expected: str) -> None:
    assert denied(label) == expected


def test_every_english_denial_is_a_verb_that_fits() -> None:
    """The label's verb in its base form: no "does not holds", no "does not opposs"."""
    for name, property in vocabulary().properties.items():
        if "en" in _said()[name]:
            continue
        words = denied(property.label["en"]).split()
        assert words[:2] == ["is", "not"] or (words[:2] == ["does", "not"] and not words[2].endswith("s")), name
