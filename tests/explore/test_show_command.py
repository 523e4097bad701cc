"""`sokanzu show` in full: an entity, a source, a claim, in every format; what hostile names cannot do."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import Store

from graph.build import build, quads
from graph.commands.context import Context
from graph.commands.show import show
from graph.errors import UsageError
from graph.explore.about import About
from graph.explore.about_page import is_link, page
from graph.explore.about_text import as_json, markdown, text
from graph.explore.chosen import choose
from graph.explore.corroboration import corroboration
from graph.explore.ties import Filter
from graph.explore.told import Standing, standing
from graph.model import Claim, Existence, Passage, Project, Reply, Review, Stance, When, Words, claim_id
from graph.rdf import prefixes
from tests.browser.projects import CORPUS, EVIL_ADDRESSES
from tests.explore.claim_graphs import BASE, claim, entity, project, projects
from tests.test_commands import HOUSE

FORMATS = ("text", "json", "markdown", "html")
VOID = {"meta", "br", "hr", "img", "input", "link"}


def about(made: Project, kind: str, id: str, lang: str = "en") -> About:
    store = Store()
    store.extend(quads(made))
    meta = {"folder": "", "title": dict(made.title), "base": made.base, "languages": ["ja", "en"], "licence": ""}
    return About(store, {**meta, "prefixes": prefixes(made.base)}, lang, kind, id)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A folder in which the bundled project was built."""
    folder = tmp_path_factory.mktemp("show")
    build(HOUSE / "seeds", folder / "build", charts=False, extract=False)
    with chdir(folder):
        yield Context(HOUSE / "seeds", folder / "build", "en")


def said(here: Context, capsys: pytest.CaptureFixture[str], name: str, **more: Any) -> str:
    capsys.readouterr()
    assert show(here, name, **more) == 0
    return capsys.readouterr().out


class Page(HTMLParser):
    """A page's elements and text; fails where they do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def harmless(html: str) -> Page:
    """A page that runs nothing, loads nothing and leads to the web alone."""
    read = Page(html)
    ids = {attrs["id"] for _, attrs in read.elements if "id" in attrs}
    for tag, attrs in read.elements:
        assert tag in {
            *(
                "html",
                "head",
                "meta",
                "title",
                "style",
                "body",
                "header",
                "nav",
                "main",
                "footer",
                "section",
                "article",
            ),
            *("h1", "h2", "h3", "p", "ul", "li", "dl", "div", "dt", "dd", "a", "bdi", "span", "details", "summary"),
            *("blockquote", "article"),
        }, tag
        assert not any(name.startswith("on") or name in ("src", "style") for name in attrs)
        if tag == "a":
            address = attrs["href"] or ""
            assert address.startswith(("https://", "http://")) or (address[1:] in ids and address[0] == "#"), address
    policy = next(attrs["content"] for tag, attrs in read.elements if attrs.get("http-equiv"))
    assert policy and policy.startswith("default-src 'none'; style-src 'sha256-") and "script" not in policy
    return read


# --- the bundled project


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", ["NationalPoliceAgency", "newsletter-2016", "C039", "digest-ja", "P019"])
def test_every_format_tells_the_same_claims(
    here: Context, capsys: pytest.CaptureFixture[str], name: str, lang: str
) -> None:
    spoken = replace(here, lang=lang)
    told = {format: said(spoken, capsys, name, format=format, limit=0) for format in FORMATS}
    data = json.loads(told["json"])
    names = {one["claim"] for pile in data["claims"] for one in pile["claims"]}
    assert names and all(name in told[format] for format in FORMATS for name in names)
    notice = "不正や違法を意味しない" if lang == "ja" else "Inclusion implies no wrongdoing"
    assert all(notice in told[format] for format in ("json", "markdown", "html"))
    read = harmless(told["html"])
    for part in data["parts"]:
        assert part["title"] in read.text
    assert {format: said(spoken, capsys, name, format=format, limit=0) for format in FORMATS} == told


def test_what_is_so_and_what_is_only_said_are_kept_apart(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(here, capsys, "NationalPoliceAgency", format="json"))
    piles = {pile["part"]: {one["claim"]: one for one in pile["claims"]} for pile in data["claims"]}
    assert {"C054", "C055"} <= piles["weaker"].keys() and {"C062", "P115"} <= piles["disputed"].keys()
    assert all(one["stance"] in ("stated", "reported") and not one["negated"] for one in piles["asserted"].values())
    assert all(one["standing"] == key for key, pile in piles.items() for one in pile.values())
    parts = {part["part"]: part for part in data["parts"]}
    assert {"C062", "P115"} == {one["claim"] for line in parts["open-disputed"]["lines"] for one in line["claims"]}
    stances = {line["key"]: set(line["names"]) for line in parts["by-stance"]["lines"]}
    assert {"C054", "C055"} <= stances["intended"]
    assert set().union(*stances.values()) == set().union(*(pile.keys() for pile in piles.values()))


def test_a_source_is_told_in_the_order_of_its_text(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(here, capsys, "source:newsletter-2016", format="json"))
    (pile,) = data["claims"]
    places = [min(map(tuple, one["passages"])) for one in pile["claims"] if one.get("passages")]
    assert places == sorted(places) and len(places) > 50
    assert all(one["source"] == "newsletter-2016" for one in pile["claims"])
    lines = [line for part in data["parts"] if part["part"] == "relations" for line in part["lines"]]
    assert {line["retold_by"] for line in lines if "retold_by" in line} == {"digest-ja", "digest-en"}
    retold = json.loads(said(here, capsys, "digest-ja", format="json"))
    assert any("retells" in line for part in retold["parts"] for line in part["lines"])


def test_the_ending_says_what_is_written(here: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending, begin in ((".html", "<!doctype html>"), (".md", "# "), (".json", "{"), (".txt", "National Police")):
        file = tmp_path / "new" / f"npa{ending}"
        assert show(here, "警察庁", file=file) == 0
        assert file.read_text(encoding="utf-8").startswith(begin)
        assert str(file) in capsys.readouterr().err
    assert show(here, "警察庁", format="json", file=tmp_path / "npa.txt") == 0
    json.loads((tmp_path / "npa.txt").read_text(encoding="utf-8"))
    assert not list(tmp_path.glob("**/.*")), "nothing half-written is left"
    with pytest.raises(UsageError) as error:
        show(here, "警察庁", format="pdf")
    assert error.value.code == "unknown-format"


def test_what_may_have_been_meant(here: Context) -> None:
    with pytest.raises(UsageError) as error:
        show(here, "newsleter-2016")
    assert "newsletter-2016" in error.value.message("en")
    for name in ("zzzzqqqq", "source:zzzzqqqq", "\x00", "<script>", "a" * 3000, "' OR 1=1 --", 'x"\n> y'):
        with pytest.raises(UsageError):
            show(here, name)


def test_a_former_post_is_told_as_over(here: Context, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(here, capsys, "TakehanaYutaka")
    assert "from 2003-06, over by 2007-08-30" in told and "since 2003-06, no end given" not in told
    for format in FORMATS:  # neither beside the claim nor where it stands as evidence
        told = said(here, capsys, "P019", format=format)
        assert "since 2003" not in told and "2003-06–" not in told
        assert format == "json" or "from 2003-06, over when told" in told


# --- made-up ones


def test_a_claim_names_what_it_rests_on_and_what_rests_on_it() -> None:
    claims = [
        claim("a", "b", 0, based_on=("C1",)),
        claim("b", "c", 1, based_on=("C2",), stance=Stance.alleged),
        claim("c", "d", 2, based_on=("C0",)),  # in a circle
        claim("d", "e", 3, based_on=("C0",)),
        claim("a", "b", 4, source="s1", negated=True),
        claim("a", "b", 5, source="s2"),
        claim("x", "y", 6),
    ]
    made = project(claims)
    one = about(made, "claim", claim_id(claims[0], BASE))
    piles = {pile.key: {told.name for told in pile.claims} for pile in one.piles}
    assert piles == {
        "claim": {"C0"},
        "same": {"C5"},
        "opposite": {"C4"},
        "grounds": {"C1", "C2"},
        "resting": {"C2", "C3", "C1"},
    }
    grounds = next(pile for pile in one.piles if pile.key == "grounds")
    assert "alleged" in grounds.note and "C1" in grounds.note
    told = "\n".join(text(one))
    assert "What it rests on (2)" in told and "C6" not in told
    harmless(page(one))


def test_a_symmetric_property_is_the_same_from_both_ends() -> None:
    claims = [
        claim("a", "b", 0, "alliedWith"),
        claim("b", "a", 1, "alliedWith", source="s1", negated=True),
        claim("a", "a", 2, "alliedWith"),
        claim("b", "a", 3, "supplies"),
    ]
    one = about(project(claims), "claim", claim_id(claims[0], BASE))
    assert {pile.key: [told.name for told in pile.claims] for pile in one.piles} == {
        "claim": ["C0"],
        "opposite": ["C1"],
    }
    loop = about(project(claims), "claim", claim_id(claims[2], BASE))
    assert [pile.key for pile in loop.piles] == ["claim"]


def test_an_entity_of_which_nothing_is_said() -> None:
    nobody = replace(entity("nobody"), existence=Existence.proposed, note=Words(en="A plan."))
    one = about(project([claim("a", "b")], [nobody]), "entity", "nobody")
    assert not one.piles and [part.key for part in one.sheet.parts] == ["open-existence"]
    assert "A plan." in "".join(text(one)) and "nobody" in page(one) and json.loads(as_json(one))["claims"] == []


def test_replies_stand_in_the_order_of_their_dates() -> None:
    later, sooner, never = Reply("b", Words(en="No."), When(2016)), Reply("b", Words(en="We will see.")), When(2015, 3)
    claims = [claim("a", "b", 0, replies=(later, sooner)), claim("a", "b", 1, replies=(replace(later, date=never),))]
    (part,) = [part for part in about(project(claims), "entity", "a").sheet.parts if part.key == "replies"]
    assert [line.data["date"] for line in part.lines] == ["2015-03", "2016", None]


def test_a_hub_says_what_is_left() -> None:
    claims = [claim("hub", f"e{n}", n, valid_from=When(2010)) for n in range(250)]
    one = about(project(claims), "entity", "hub")
    told = "\n".join(text(one, 100))
    assert "150 more claims (--limit 0 shows all" in told and "150 more lines" in told
    assert len(re.findall(r"^  hub → ", told, re.M)) == 100
    assert len(re.findall(r"^  hub → ", "\n".join(text(one, 0)), re.M)) == 250
    assert page(one).count("<article") == 250 == "\n".join(markdown(one)).count("\n- **C")


@given(projects(), st.sampled_from(["ja", "en"]))
def test_every_claim_stands_in_one_pile(made: Project, lang: str) -> None:
    made = replace(made, claims=made.claims[:-1])  # without the one whose property the ontology does not know
    for id in [one.id for one in made.entities]:
        one = about(made, "entity", id, lang)
        mine = [c for c in made.claims if id in (c.subject, c.object, c.voiced_by)]
        told = [told for pile in one.piles for told in pile.claims]
        assert sorted(c.handle for c in mine) == sorted(t.name for t in told)
        for t in told:
            asserted = t.claim.asserted
            assert (t.standing is Standing.asserted) == asserted and t.standing is standing(t.claim)
        counted = {c.handle for c in one.chosen.claims}
        assert counted == {c.handle for c in mine if c.review in (Review.accepted, Review.disputed)}


LINKS = st.lists(
    st.tuples(
        st.sampled_from(["d0", "d1", "d2", "d3"]),
        st.sampled_from(["partOf", "cites"]),
        st.sampled_from(["d0", "d1", "d2", "d3"]),
    ),
    max_size=5,
)
DOCUMENT = st.sampled_from(["", "d0", "d1", "d2"])


@given(
    st.lists(st.tuples(st.sampled_from(["s0", "s1", "s2"]), st.sampled_from(["", "d0", "d1", "d2", "d3"])), max_size=5),
    LINKS,
    st.tuples(DOCUMENT, DOCUMENT, DOCUMENT),
    st.tuples(DOCUMENT, DOCUMENT, DOCUMENT),
    st.lists(st.tuples(st.sampled_from(["s0", "s1", "s2"]), st.sampled_from(["d0", "d1", "d3"])), max_size=3),
)
def test_what_rests_on_one_source_is_judged_as_over_the_whole(
    said: list[tuple[str, str]],
    links: list[tuple[str, str, str]],
    documents: tuple[str, ...],
    retold: tuple[str, ...],
    used: list[tuple[str, str]],
) -> None:
    """Only what concerns the entity is read; still its sources hang together as they do in the whole project."""
    claims = [
        claim("a", "b", n, source=source, voiced_by=source, cited_via=(via,) if via else ())
        for n, (source, via) in enumerate(said)
    ]
    claims += [claim(one, two, 20 + n, kind, source="s9") for n, (one, kind, two) in enumerate(links)]
    claims += [claim("x", "y", 40 + n, source=source, cited_via=(via,)) for n, (source, via) in enumerate(used)]
    papers = [entity(f"d{n}", "Document") for n in range(4)]
    made = project(claims, papers)
    sources = tuple(
        replace(source, document=documents[n], retells=retold[n] if retold[n] != documents[n] else "")
        for n, source in enumerate(made.sources)
    )
    made = replace(made, sources=(*sources, replace(sources[0], id="s9", document="", retells="")))
    whole = corroboration(choose(made, Filter(documents=True)))
    one = corroboration(about(made, "entity", "a").chosen)
    for kind in ("several", "seeming", "single"):
        expected = {(p.object, len(p.origins), p.sources) for p in getattr(whole, kind) if p.subject == "a"}
        assert {(p.object, len(p.origins), p.sources) for p in getattr(one, kind)} == expected


def hostile() -> Project:
    words = [Words(ja=text, en=text) for text in CORPUS]
    entities = [replace(entity(f"e{n}"), name=words[n], also=(CORPUS[-n],), note=words[n]) for n in range(len(CORPUS))]
    claims: list[Claim] = [
        claim(
            f"e{n}",
            f"e{(n + 1) % len(CORPUS)}",
            n,
            "uses",
            passages=(Passage(n, n + 1),),
            handle=text.replace("\x00", "") or "H",
            negated=n % 4 == 0,
            quote=text,
            cue=text,
            gist=words[n],
            note=words[n],
            place=words[n],
            reason=words[n],
            readers=(text,),
            review=list(Review)[n % len(Review)],
            qualifiers=(("role", words[n]),),
            replies=(Reply("e1", words[n], When(2016), EVIL_ADDRESSES[n % len(EVIL_ADDRESSES)]),),
        )
        for n, text in enumerate(CORPUS)
    ]
    made = project(claims, entities)
    first = replace(made.sources[0], title=words[0], publisher=words[1], note=words[2], addresses=EVIL_ADDRESSES)
    return replace(made, title=words[0], sources=(first, *made.sources[1:]))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_words_do_no_harm(lang: str) -> None:
    made = hostile()
    for kind, id in [("entity", f"e{n}") for n in range(len(CORPUS))] + [("source", "s0")]:
        one = about(made, kind, id, lang)
        read = harmless(page(one))
        for told in one.piles[0].claims if one.piles else ():
            assert " ".join(told.text.split()) in read.text
        told_text = "\n".join(text(one))
        unfit = {char for char in told_text if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")}
        assert unfit <= {"\n"}, ascii(unfit)
        json.loads(as_json(one))
        written = "\n".join(markdown(one))
        for token in MarkdownIt("commonmark").parse(written):
            parts = [token, *(token.children or ())]
            assert not {"html_block", "html_inline", "image", "link_open", "code_inline"} & {p.type for p in parts}


@given(st.text(), st.sampled_from(["-", "+", "1.", "9)", "#", ">", "=", "&amp;", "    ", "~~~", "|", "* * *", ""]))
def test_markdown_shows_words_as_they_are(words: str, begin: str) -> None:
    named = replace(entity("a"), name=Words(en=begin + words))
    one = about(project([claim("a", "b")], [named, entity("b")]), "entity", "a")
    tokens = MarkdownIt("commonmark").parse("\n".join(markdown(one)))
    shown = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert shown[0] == " ".join(one.name.split())
    assert sum(token.type == "heading_open" for token in tokens) == 1 + len(one.piles) + len(one.sheet.parts)


@given(st.text(max_size=40))
def test_only_the_web_is_linked(text: str) -> None:
    for address in (text, "javascript:" + text, "http:" + text, "\x01https://" + text):
        assert not is_link(address) or address.strip().lower().startswith(("http://", "https://"))
    assert is_link("https://example.org/a") and not is_link("http:///x") and not is_link("file:///etc/passwd")
