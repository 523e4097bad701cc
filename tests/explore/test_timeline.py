"""What happened when: dates at their own precision, in order, and drawn as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from graph.explore.chosen import choose
from graph.explore.ties import Filter
from graph.explore.timeline import Kind, Timeline, dated, sheet, timeline
from graph.explore.timeline_svg import MOST, svg
from graph.explore.tongue import Tongue
from graph.model import Claim, Entity, Project, Stance, When, Words
from tests.explore.claim_graphs import claim, project, projects

SVG = "{http://www.w3.org/2000/svg}"


def found(claims: Sequence[Claim]) -> Timeline:
    return timeline(choose(project(claims)))


def drawn(made: Project, lang: str = "en", wanted: Filter = Filter()) -> ElementTree.Element:  # noqa: B008 - frozen
    chosen = choose(made, wanted)
    return ElementTree.fromstring(svg(timeline(chosen), chosen, Tongue(made, lang)))


def bars(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    """Where the bars of a kind begin and end."""
    rows = [bar for bar in root.iter(f"{SVG}rect") if bar.get("class") == kind]
    return [(float(bar.attrib["x"]), float(bar.attrib["x"]) + float(bar.attrib["width"])) for bar in rows]


def test_a_year_is_some_time_in_it_and_stands_before_its_months_and_days() -> None:
    dates = [When(2014, 1, 1), When(2014, 1), When(2013, 12, 31), When(2014), When(2014, 6)]
    claims = [claim("a", f"b{n}", n, valid_from=when, valid_to=when) for n, when in enumerate(dates)]
    told = [str(entry.start) for entry in found(claims).entries]
    assert told == ["2013-12-31", "2014", "2014-01", "2014-01-01", "2014-06"]


def test_open_ends_stay_open() -> None:
    when = When(2014, 6)
    claims = [
        claim("a", "b", 0, valid_from=when),
        claim("a", "b", 1, valid_to=when),
        claim("a", "b", 2, as_of=when),
        claim("a", "b", 3, valid_from=when, valid_to=when),
        claim("a", "b", 4, valid_from=when, valid_to=When(2015)),
        claim("a", "b", 5),
    ]
    result = found(claims)
    by_kind = {entry.kind: entry for entry in result.entries}
    assert set(by_kind) == {*Kind} - {Kind.over} and result.left["undated"] == 1
    tongue = Tongue(project(claims), "en")
    told = {kind: dated(entry, tongue) for kind, entry in by_kind.items()}
    assert told[Kind.since] == "since 2014-06, no end given" and told[Kind.until] == "until 2014-06, no beginning given"
    assert told[Kind.seen] == "as of 2014-06" and told[Kind.lasted] == "2014-06 – 2015"


def test_the_same_at_one_time_is_told_once_with_all_who_say_so() -> None:
    when = When(2014)
    claims = [claim("a", "b", n, source=f"s{n}", valid_from=when, valid_to=when) for n in range(3)]
    (entry,) = found([*claims]).entries
    assert {c.handle for c in entry.claims} == {"C0", "C1", "C2"}
    apart = found([*claims, claim("a", "b", 9, negated=True, valid_from=when, valid_to=when)])
    assert len(apart.entries) == 2


def test_a_former_post_is_not_drawn_as_going_on() -> None:
    post = claim("a", "b", 0, "formerlyHeldPostIn", source="s2", valid_from=When(2003, 6))
    made = project([post, claim("a", "c", 1, valid_from=When(2030), valid_to=When(2030))])
    tongue, (entry, _) = Tongue(made, "en"), timeline(choose(made)).entries
    assert entry.kind is Kind.over and dated(entry, tongue) == "from 2003-06, over by 2018"  # s2 is of 2018
    root = drawn(made)
    assert not bars(root, "sure") and not list(root.iter(f"{SVG}polygon"))
    (first, until), (later, _) = bars(root, "may")
    assert first < until < later
    untold = project([claim("a", "b", 0, "formerlyHeldPostIn", source="s0", valid_from=When(2003, 6))])
    (entry,) = timeline(choose(untold)).entries
    assert dated(entry, tongue) == "from 2003-06, over when told"
    drawn(untold)


def test_what_has_no_end_is_surely_there_only_until_its_source_said_so() -> None:
    known = claim("a", "b", 0, source="s1", valid_from=When(2010, 1, 1))  # s1 is of 2017
    made = project([known, claim("a", "c", 1, source="s1", valid_from=When(2030))])
    (first, _), (whole, _) = bars(drawn(made), "sure")[0], bars(drawn(made), "may")[0]
    (_, until), (_, end) = bars(drawn(made), "sure")[0], bars(drawn(made), "may")[0]
    assert first == whole and until < end
    untold = project([claim("a", "b", 0, source="s0", valid_from=When(2010, 1, 1))])
    (begin, stop), *_ = bars(drawn(untold), "sure")
    assert stop - begin <= 3.0


def test_what_was_said_before_it_happened_is_marked() -> None:
    made = project([claim("a", "b", 1, source="s1", valid_from=When(2018)), claim("a", "c", 2, source="s1")])
    chosen = choose(made)  # s1 is of 2017
    (part,) = sheet(timeline(chosen), chosen, Tongue(made, "en")).parts
    (line,) = part.lines
    assert list(line.remarks.values()) == ["said before that date"]


@given(projects())
def test_every_dated_claim_stands_once_and_in_order(made: Project) -> None:
    chosen = choose(made, Filter(candidates=True))
    result = timeline(chosen)
    told = Counter(c.handle for entry in result.entries for c in entry.claims)
    dates = {c.handle for c in chosen.claims if c.valid_from or c.valid_to or c.as_of or isinstance(c.object, When)}
    assert set(told) == dates and set(told.values()) <= {1}
    assert [e.earliest for e in result.entries] == sorted(e.earliest for e in result.entries)
    for part in sheet(result, chosen, Tongue(made, "ja")).parts:
        for line in part.lines:
            assert line.weakest and line.weakest.sureness == min(tie.sureness for tie in line.proofs)


# --- the picture


def test_a_year_is_drawn_as_the_whole_year_and_a_day_as_a_day() -> None:
    year, day = When(2014), When(2014, 7, 1)
    made = project(
        [claim("a", "b", 0, valid_from=year, valid_to=year), claim("a", "c", 1, valid_from=day, valid_to=day)]
    )
    root = drawn(made)
    (first, whole), (at, until) = bars(root, "may")
    assert whole - first == 420.0  # the only year there is: all of the width
    assert first < at < until < whole and until - at <= 3.0
    assert len(bars(root, "sure")) == 1  # nothing is sure of the year but that it lies within


def test_a_span_is_sure_only_between_its_dates() -> None:
    made = project([claim("a", "b", 0, valid_from=When(2010), valid_to=When(2013))])
    (may,), (sure,) = bars(drawn(made), "may"), bars(drawn(made), "sure")
    assert may[0] < sure[0] < sure[1] < may[1]
    assert sure[1] - sure[0] < (may[1] - may[0]) * 0.52  # 2011 and 2012 of four years


def test_arrows_stand_where_ends_are_open() -> None:
    made = project([claim("a", "b", 0, valid_from=When(2010)), claim("a", "c", 1, valid_to=When(2012))])
    root = drawn(made)
    assert len(list(root.iter(f"{SVG}polygon"))) == 2
    shut = project([claim("a", "b", 0, valid_from=When(2010), valid_to=When(2012))])
    assert not list(drawn(shut).iter(f"{SVG}polygon"))


def test_the_picture_can_be_read_without_being_seen_and_asks_for_nothing() -> None:
    made = project([claim("a", "b", 7, valid_from=When(2010), stance=Stance.proposed, negated=True)])
    root = drawn(made)
    assert root.get("role") == "img" and root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    (item,) = [g for g in root.iter(f"{SVG}g") if g.get("role") == "listitem"]
    words = item.findtext(f"{SVG}title") or ""
    assert "C7" in words and "proposed" in words and "denied" in words and "since 2010" in words
    text = ElementTree.tostring(root, encoding="unicode")
    assert not re.search(r"(?:href|src|url\(|@import|<script)", text)


@given(st.text(max_size=60), st.sampled_from(["ja", "en"]))
def test_whatever_a_name_is_the_picture_is_xml(name: str, lang: str) -> None:
    odd = Entity("a", "Person", Words(en=name or "x", ja=name or "x"))
    made = project([claim("a", "b", 0, valid_from=When(2010))], [odd])
    assert drawn(replace(made, title=Words(en=name, ja=name)), lang).tag == f"{SVG}svg"


def test_no_dates_are_a_picture_too_and_too_many_are_cut_with_a_word() -> None:
    assert "No claim that counts here gives a date." in "".join(drawn(project([claim("a", "b")])).itertext())
    many = [claim("a", f"b{n % 50}", n, valid_from=When(1 + n % 9999)) for n in range(MOST + 10)]
    root = drawn(project(many))
    assert len([g for g in root.iter(f"{SVG}g") if g.get("role") == "listitem"]) == MOST
    assert f"Only the first {MOST} of {MOST + 10}" in "".join(root.itertext())
