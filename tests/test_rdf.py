"""Claims ⇄ triples: round trips, stable bytes, and nothing unsure in the plain view."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from graph.ask import ask
from graph.build import quads
from graph.errors import Problem
from graph.export.turtle import turtle
from graph.model import (
    Claim,
    Entity,
    Existence,
    Passage,
    Project,
    Qualifier,
    Reply,
    Review,
    Source,
    Stance,
    Theme,
    When,
    Words,
    claim_id,
)
from graph.project import read_project
from graph.rdf import RDF, Writer, graph_name, prefixes
from graph.rdf_reader import claims_from_turtle
from graph.rules import apply, why
from graph.sources import attach
from graph.terms import vocabulary
from graph.turtle import Turtle, comment

BASE = "https://example.org/p/"
HOUSE = Path(__file__).resolve().parent.parent

# Whatever people may type: no surrogates, which no UTF-8 file can hold.
free_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
words = st.builds(Words, st.dictionaries(st.sampled_from(["ja", "en", "ko"]), free_text, min_size=1, max_size=3))
whens = st.one_of(
    st.builds(When, st.integers(1000, 2100)),
    st.builds(When, st.integers(1000, 2100), st.integers(1, 12)),
    st.builds(When, st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28)),
)
ENTITIES = ("A", "B", "警察", "long-name_3")
entity_ids = st.sampled_from(ENTITIES)
passages = st.lists(st.integers(0, 999), min_size=2, max_size=6, unique=True).map(
    lambda ns: tuple(Passage(a, b) for a, b in zip(sorted(ns)[::2], sorted(ns)[1::2], strict=False))
)

_QUALIFIERS: dict[str, st.SearchStrategy[Qualifier]] = {
    "role": words,
    "data": st.sets(entity_ids, min_size=1).map(lambda ids: tuple(sorted(ids))),
    "lowerBound": st.integers(-(10**9), 10**9),
    "reportedOn": whens,
}


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    literal = draw(st.booleans())
    place = draw(st.booleans())
    spans = list(draw(passages))
    if draw(st.booleans()):
        spans.reverse()  # reading order may run against the text's
    return Claim(
        subject=draw(entity_ids),
        predicate=draw(st.sampled_from(["status", "says"] if literal else ["operates", "partOf", "alliedWith"])),
        object=draw(words) if literal else draw(entity_ids),
        source="s",
        stance=draw(st.sampled_from(Stance)),
        passages=() if place else tuple(spans),
        place=draw(words) if place else Words(),
        handle=draw(st.sampled_from(["", "C1"])),
        negated=draw(st.booleans()),
        hedged=draw(st.booleans()),
        voiced_by=draw(st.sampled_from(["A", "s", "curator"])),
        cited_via=tuple(sorted(draw(st.sets(entity_ids)))),
        valid_from=draw(st.none() | whens),
        valid_to=draw(st.none() | whens),
        as_of=draw(st.none() | whens),
        qualifiers=draw(st.fixed_dictionaries({}, optional=_QUALIFIERS).map(lambda d: tuple(sorted(d.items())))),
        gist=draw(words),
        cue=draw(st.just("") | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)),
        review=draw(st.sampled_from(Review)),
        reviewed_on=draw(st.none() | whens),
        readers=tuple(sorted(draw(st.sets(free_text, max_size=2)))),
        reason=draw(st.just(Words()) | words),
        note=draw(st.just(Words()) | words),
        replies=tuple(draw(st.lists(st.builds(Reply, by=entity_ids, gist=words, date=st.none() | whens), max_size=2))),
    )


def project_of(*made: Claim) -> Project:
    unlike = {claim_id(c, BASE): c for c in made}
    return Project(
        folder=".",
        title=Words(en="t"),
        base=BASE,
        entities=tuple(Entity(id, "Organization", Words(ja=id)) for id in ENTITIES),
        sources=(Source("s", Words(en="a source"), characters=1000),),
        claims=tuple(unlike.values()),
    )


def stored(project: Project) -> Store:
    store = Store()
    store.extend(quads(project))
    apply(store)
    return store


def meta(project: Project) -> dict[str, object]:
    return {
        "prefixes": prefixes(project.base),
        "title": dict(project.title),
        "base": project.base,
        "licence": project.licence,
        "newest": "",
        "counts": {"entities": 0, "sources": 0, "claims": 0},
    }


def as_turtle(project: Project) -> str:
    return "".join(turtle(stored(project), meta(project)))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(claims(), min_size=1, max_size=3))
def test_claims_survive_turtle(made: list[Claim]) -> None:
    project = project_of(*made)
    problems: list[Problem] = []
    back = claims_from_turtle(as_turtle(project), BASE, "x.ttl", vocabulary(), problems)
    assert problems == []
    assert {claim_id(c, BASE): c for c in back} == {claim_id(c, BASE): c for c in project.claims}


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(claims(), min_size=1, max_size=4))
def test_nothing_unsure_stands_in_the_plain_view(made: list[Claim]) -> None:
    project = project_of(*made)
    store = stored(project)
    plain = {q.triple for q in store.quads_for_pattern(None, None, None, graph_name("asserted"))}
    writer = Writer(project)
    want = {
        Triple(writer.node("entity", c.subject), NamedNode(vocabulary().properties[c.predicate].iri), term)
        for c in project.claims
        if c.review is Review.accepted and c.stance in (Stance.stated, Stance.reported) and not c.negated
        for term in writer.told(c)
    }
    assert plain == want
    assert {c for c in project.claims if c.asserted} == {
        c for c in project.claims if set(_triples(writer, c)) <= plain and c.asserted
    }
    for quad in store.quads_for_pattern(None, None, None, graph_name("inferred")):
        if quad.predicate.value != RDF + "type" and isinstance(quad.subject, NamedNode):
            assert why(store, quad.triple), f"{quad} rests on no claim"


def _triples(writer: Writer, claim: Claim) -> list[Triple]:
    property = NamedNode(vocabulary().properties[claim.predicate].iri)
    return [Triple(writer.node("entity", claim.subject), property, term) for term in writer.told(claim)]


def test_a_proposal_is_found_as_a_claim_and_not_as_a_fact() -> None:
    shares = Claim(
        "A", "sharesDataWith", "B", "s", Stance.proposed, (Passage(0, 5),), gist=Words(en="g"), voiced_by="s"
    )
    store, known = stored(project_of(shares)), prefixes(BASE)
    rows = ask(store, "SELECT ?o { entity:A sk:sharesDataWith ?o }", known)
    assert isinstance(rows, QuerySolutions) and list(rows) == []
    rows = ask(store, "SELECT ?s { ?c rdf:subject entity:A ; rdf:object entity:B ; sk:stance ?s }", known)
    assert isinstance(rows, QuerySolutions)
    assert [str(row["s"]) for row in rows] == ["<https://w3id.org/sokanzu/stance/proposed>"]


def test_what_does_not_exist_is_no_member_of_its_class() -> None:
    network = Entity("Net", "CameraNetwork", Words(en="n"), existence=Existence.proposed)
    project = dataclasses.replace(project_of(), entities=(network, Entity("Npa", "PoliceBody", Words(en="p"))))
    members: dict[str, set[str]] = {"Net": set(), "Npa": set()}
    for quad in stored(project).quads_for_pattern(None, NamedNode(RDF + "type"), None, None):
        name = str(quad.subject).strip("<>").rpartition("/")[2]
        members.setdefault(name, set()).add(str(quad.object).strip("<>").rpartition("#")[2])
    assert {"PoliceBody", "Actor", "Thing"} <= members["Npa"]
    assert not {"CameraNetwork", "System"} & members["Net"] and "Thing" in members["Net"]


def test_a_part_of_a_part_names_both_its_claims() -> None:
    one = Claim("A", "partOf", "B", "s", passages=(Passage(0, 1),), gist=Words(en="g"), voiced_by="s")
    two = Claim("B", "partOf", "警察", "s", passages=(Passage(2, 3),), gist=Words(en="g"), voiced_by="s")
    project = project_of(one, two)
    store = stored(project)
    part = NamedNode(vocabulary().properties["partOf"].iri)
    whole = Triple(NamedNode(BASE + "entity/A"), part, NamedNode(BASE + "entity/警察"))
    assert Quad(whole.subject, whole.predicate, whole.object, graph_name("inferred")) in store
    assert {n.value for n in why(store, whole)} == set(Writer(project).claim_iris.values())


def test_themes_are_concepts() -> None:
    project = dataclasses.replace(project_of(), themes=(Theme("t", Words(ja="話")),))
    assert BASE + "theme/t" in {t.subject.value for t in Writer(project).themes() if isinstance(t.subject, NamedNode)}


@settings(deadline=None, max_examples=60)
@given(free_text, free_text)
def test_turtle_and_rdflib_agree_on_any_text(text: str, other: str) -> None:
    node = NamedNode("https://example.org/p/entity/A")
    rows = [Triple(node, NamedNode("https://example.org/p/x"), Literal(t)) for t in (text, other)]
    writer = Turtle(prefixes(BASE))
    out = f"# {comment(text)}\n" + writer.head() + "".join(block for _, block in writer.blocks(rows))
    ours = {q.object.value for q in parse(out, format=RdfFormat.TURTLE) if isinstance(q.object, Literal)}
    assert ours == {text, other}
    assert {str(o) for o in rdflib.Graph().parse(data=out, format="turtle").objects()} == {text, other}


def test_the_same_project_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from graph.build import build;"
        "build(Path('seeds'), Path(sys.argv[1]), charts=False);"
    )
    made = []
    for seed in ("0", "1", "12345"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOUSE)}
        subprocess.run([sys.executable, "-c", script, str(out)], cwd=HOUSE, env=environment, check=True)
        made.append((out / "graph.ttl").read_bytes())
    assert made[0] == made[1] == made[2]
    assert len(rdflib.Graph().parse(data=made[0], format="turtle")) == len(set(parse(made[0], format=RdfFormat.TURTLE)))


def test_the_bundled_project_survives_turtle() -> None:
    project, problems = read_project(HOUSE / "seeds")
    assert [p.line() for p in problems] == []
    project, _, _ = attach(project)
    found: list[Problem] = []
    back = claims_from_turtle(as_turtle(project), project.base, "graph.ttl", vocabulary(), found)
    assert [p.line() for p in found] == []
    assert {claim_id(c, project.base): c for c in back} == {claim_id(c, project.base): c for c in project.claims}
    assert len(back) == len(project.claims) > 250
