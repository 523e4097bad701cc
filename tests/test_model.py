"""Dates at their own precision, words, and ids that do not move."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Claim, Passage, Stance, When, Words, claim_id

VALID = {
    "2014": "2014",
    "2014-06": "2014-06",
    "2014-06-30": "2014-06-30",
    "2014年6月": "2014-06",
    "2014年6月30日": "2014-06-30",
    "平成22年10月": "2010-10",
    "令和元年": "2019",
    "昭和64年1月7日": "1989-01-07",
    "２０１４年": "2014",
}
INVALID = [
    "2014-13",
    "2014-02-30",
    "平成99年",
    "平成0年",
    "昭和65年",
    "14-06",
    "2014-6",
    "2014/06",
    "",
    "2014-06-",
    "0000",
]


@pytest.mark.parametrize(("text", "want"), VALID.items())
def test_dates_keep_their_precision(text: str, want: str) -> None:
    assert str(When.parse(text)) == want


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        When.parse(text)


@given(st.dates(date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_lies_within_its_bounds(day: date, length: int) -> None:
    when = When.parse(day.isoformat()[:length])
    assert str(when) == day.isoformat()[:length]
    assert when.earliest() <= day <= when.latest()
    assert When.parse(str(when)) == when


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        when = When.parse(text)
        assert When.parse(str(when)) == when


def test_words_prefer_the_language_asked_for() -> None:
    assert Words(ja="警察", en="police").best("ja") == "警察"
    assert Words(ja="警察").best("en") == "警察"
    assert Words().best("en") == ""
    assert Words(ja="a", en="b") == Words({"en": "b", "ja": "a"})
    assert len({Words(ja="a"), Words(ja="a"), Words(en="a")}) == 2


BASE = "https://example.org/"
CLAIM = Claim("A", "operates", "B", "s", Stance.stated, (Passage(1, 2),))


def test_a_claims_id_is_made_of_what_it_says_and_where() -> None:
    def but(**more: object) -> str:
        return claim_id(Claim(**{**CLAIM.__dict__, **more}), BASE)

    same = claim_id(CLAIM, BASE)
    assert same == "08845ee64fc7bc3d"  # fixed for ever: other people's files point at such ids
    assert but(stance=Stance.alleged) == but(gist=Words(en="x")) == but(handle="C1") == same
    assert (
        len({same, but(subject="C"), but(passages=(Passage(1, 3),)), but(source="t"), but(object=Words(en="B"))}) == 5
    )
    assert claim_id(CLAIM, "https://example.com/") != same
