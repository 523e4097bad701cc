"""Dates of English sentences: whose they are, and how long what they date lasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.english.dated import belongs, together
from graph.extract.flow import Frame, Hit, Mention
from graph.extract.pipeline import Extractor
from graph.extract.reading.text import load
from graph.model import Entity, Project, Words

WHO = {
    "Council": ("GovernmentBody", "Norwick Council"),
    "Police": ("PoliceBody", "Norwick Police"),
    "League": ("CivilSocietyGroup", "Tenants' League"),
    "Pellam": ("Vendor", "Pellam Systems"),
    "Shop": ("Retailer", "Greenway Books"),
    "Cameras": ("CameraNetwork", "street cameras"),
    "Code": ("Guideline", "Camera Code"),
    "Mori": ("Person", "Jun Mori"),
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    entities = tuple(Entity(id, cls, Words(en=name)) for id, (cls, name) in WHO.items())
    return Extractor(Project("", Words(en="T"), "https://example.org/", entities=entities))


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        # an act is over, a tie begins
        ("The street cameras were paid for by Norwick Council in 2018.", {"funds": ("2018", "2018")}),
        ("Norwick Council signed a contract with Pellam Systems in May 2019.", {"hasAgreementWith": ("2019-05",) * 2}),
        ("In 2018 Norwick Police joined the Tenants' League.", {"memberOf": ("2018", "None")}),
        ("Since 2018 Norwick Police has used street cameras.", {"uses": ("2018", "None")}),
        # somebody's name is no month; the month of May is one without a number
        ("The Tenants' League was sued by Jun Mori in 2018.", {"challenges": ("2018", "2018")}),
        # the day of the report
        ("Norwick, 9 October 2024 - Norwick Police has installed street cameras.", {"deploys": ("None", "None")}),
        # the content of what was done then
        (
            "In 2018 the Tenants' League sent a letter, in which it criticises street cameras.",
            {"criticizes": ("2018", "2018")},
        ),
        # the day of the saying
        ("On 4 May 2020 Norwick Police said that it uses street cameras.", {"uses": ("None", "None")}),
        ("Norwick Police said on 4 May 2020 that it uses street cameras.", {"uses": ("None", "None")}),
        ("Norwick Police denied in June 2020 that it uses street cameras.", {"uses": ("None", "None")}),
        ("Norwick Police said that it has used street cameras since 2018.", {"uses": ("2018", "None")}),
        # a relative clause has its own
        (
            "The Camera Code, which Norwick Council adopted in 2017, forbids street cameras.",
            {"issues": ("2017", "2017"), "restricts": ("None", "None")},
        ),
        (
            "The street cameras, which were built by Pellam Systems, appeared in 2021.",
            {"supplies": ("None", "None")},
        ),
        (
            "In 2017 Greenway Books, which was criticised by Jun Mori, joined the Tenants' League.",
            {"criticizes": ("None", "None"), "memberOf": ("2017", "None")},
        ),
        # another verb's
        (
            "Norwick Council operates street cameras and was fined in 2022.",
            {"operates": ("None", "None")},
        ),
        (
            "Greenway Books wrote to Norwick Council in 2021 and sued Norwick Police in 2022.",
            {"challenges": ("2022", "2022")},
        ),
        (
            "The street cameras were switched on in January 2020 and have been operated by Greenway Books ever since.",
            {"operates": ("2020-01", "None")},
        ),
        # a post told in passing
        (
            "On 4 May 2020 Jun Mori, the chair of the Tenants' League, criticised Greenway Books.",
            {"holdsPostIn": ("None", "None"), "criticizes": ("2020-05-04", "2020-05-04")},
        ),
        ("Jun Mori has been chair of the Tenants' League since 2019.", {"holdsPostIn": ("2019", "None")}),
    ],
)
def test_a_date_is_that_of_its_own_clause(
    extractor: Extractor, tmp_path: Path, text: str, dated: dict[str, tuple[str, str]]
) -> None:
    path = tmp_path / "d.txt"
    path.write_text(text, encoding="utf-8")
    found = [c.claim for c in extractor.extract(load(path)).candidates]
    told = {c.predicate: (str(c.valid_from), str(c.valid_to)) for c in found}
    assert {k: v for k, v in told.items() if k in dated} == dated


spans = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda pair: (min(pair), max(pair)))
words = st.lists(
    st.sampled_from("which said that on Monday , in 2014 . ; and was fined ” the city is".split()), max_size=18
).map(" ".join)


@given(words, spans, spans)
def test_no_sentence_breaks_it(text: str, date: tuple[int, int], predicate: tuple[int, int]) -> None:
    hit = Hit(Frame("x-en", 1, "en", "uses"), Mention(0, 0, ("A",)), Mention(0, 0, ("B",)), predicate, predicate)
    assert belongs(text, hit, date) in (True, False)
    assert together(text, date, date)
    assert together(text, date, predicate) == together(text, predicate, date)
