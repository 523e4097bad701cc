"""The shapes find what is broken, and the quick way finds exactly what pySHACL finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph.errors import Severity, SokanzuError
from graph.paths import ONTOLOGY
from graph.shacl import Shapes
from graph.shapes import Finding, check, own_shapes, reference

SHAPE = "https://w3id.org/sokanzu/shape/"
PREFIXES = """
@prefix sk: <https://w3id.org/sokanzu/ns#> .
@prefix stance: <https://w3id.org/sokanzu/stance/> .
@prefix review: <https://w3id.org/sokanzu/review/> .
@prefix existence: <https://w3id.org/sokanzu/existence/> .
@prefix grade: <https://w3id.org/sokanzu/grade/> .
@prefix entity: <https://example.org/id/entity/> .
@prefix claim: <https://example.org/id/claim/> .
@prefix source: <https://example.org/id/source/> .
@prefix theme: <https://example.org/id/theme/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENTITIES = """
theme:shops a skos:Concept ; skos:prefLabel "店"@ja, "Shops"@en .
entity:Police a sk:PoliceBody ; rdfs:label "警察"@ja, "the police"@en ; sk:theme theme:shops .
entity:Bureau a sk:OrganizationalUnit ; rdfs:label "ある局"@ja, "a bureau"@en .
entity:Section a sk:OrganizationalUnit ; rdfs:label "ある課"@ja, "a section"@en .
entity:Association a sk:NonProfit ; rdfs:label "ある機構"@ja, "an association"@en .
entity:Chair a sk:Person ; rdfs:label "ある人"@ja, "someone"@en ; sk:reading "あるひと" .
entity:Shop a sk:Facility ; rdfs:label "ある店"@ja, "a shop"@en .
entity:Draft a sk:Proposal ; rdfs:label "ある提言"@ja, "a draft"@en .
entity:Missing a sk:Thing ; sk:wouldBe sk:Sign ; sk:existence existence:absent ;
    rdfs:label "無い掲示"@ja, "a missing sign"@en .
entity:Letter a sk:Document ; sk:documentKind "newsletter" ; rdfs:label "ある会報"@ja, "a newsletter"@en .
source:letter a sk:Source ; dcterms:title "ある会報"@ja, "a newsletter"@en ; dcterms:date "2016"^^xsd:gYear ;
    sk:document entity:Letter ; sk:grade grade:primary ; sk:characters 2000 ; sk:sha256 "{hash}" ;
    sk:originalSha256 "{hash}" ; sk:retrieved "2016-04-01"^^xsd:date ; sk:retells entity:Draft ;
    sk:address "https://example.org/letter"^^xsd:anyURI .
""".replace("{hash}", "0123456789abcdef" * 4)


def claim(name: str, spo: str, stance: str = "stated", **other: str) -> str:
    """A claim in Turtle, whole unless `other` replaces a part (by an empty string: leaves it out)."""
    subject, predicate, *objects = spo.split(" ", 2)
    parts = {
        "subject": f"rdf:subject {subject}",
        "predicate": f"rdf:predicate {predicate}",
        "object": f"rdf:object {' '.join(objects)}",
        "stance": f"sk:stance stance:{stance}",
        "voice": "sk:voicedBy entity:Letter",
        "source": "prov:wasDerivedFrom source:letter",
        "passage": "sk:passage <https://example.org/id/source/letter#char=10,20>",
        "gist": 'sk:gist "要旨"@ja, "gist"@en',
        "method": "sk:method sk:curated",
        "review": "sk:review review:accepted",
        **other,
    }
    return f"claim:{name} a sk:Claim ; " + " ; ".join(part for part in parts.values() if part) + " .\n"


CLAIMS = (
    "".join(
        (
            claim(
                "issues", "entity:Association sk:issues entity:Draft", dates='sk:validFrom "2015-01"^^xsd:gYearMonth'
            ),
            claim("holds", "entity:Chair sk:holdsPostIn entity:Association", role='sk:role "理事長"@ja, "chair"@en'),
            claim("part1", "entity:Section sk:partOf entity:Bureau", stance="reported"),
            claim(
                "part2",
                "entity:Bureau sk:partOf entity:Police",
                dates='sk:validFrom "2014"^^xsd:gYear ; sk:validTo "2014"^^xsd:gYear',
            ),
            claim(
                "shares", "entity:Association sk:sharesDataWith entity:Police", stance="proposed", cue='sk:cue "提案"'
            ),
            claim(
                "led",
                "entity:Police sk:ledTo entity:Draft",
                stance="inferred",
                on="sk:basedOn claim:issues, claim:holds",
            ),
            claim("sign", "entity:Shop sk:displays entity:Missing", negated="sk:negated true", hedged="sk:hedged true"),
            claim("works", 'entity:Chair sk:occupation "弁護士"@ja, "lawyer"@en', via="sk:citedVia entity:Letter"),
            claim("began", 'entity:Draft sk:startDate "2015-01"^^xsd:gYearMonth', passage='sk:place "p. 12"'),
            claim(
                "candidate",
                "entity:Shop sk:partOf entity:Association",
                review="sk:review review:candidate",
                confidence="sk:confidence 0.5",
            ),
            claim(
                "disputed",
                "entity:Police sk:operates entity:System",
                review='sk:review review:disputed ; rdfs:comment "食い違い"@ja, "contradicted"@en',
                reply="sk:reply <https://example.org/id/claim/disputed#reply-1>",
                more='sk:lowerBound 5 ; sk:at entity:Shop ; sk:reportedOn "2016-02-29"^^xsd:date ; sk:page "146"',
            ),
        )
    )
    + """
entity:System a sk:FaceRecognitionSystem ; rdfs:label "ある装置"@ja, "a device"@en .
<https://example.org/id/claim/disputed#reply-1> a sk:Reply ; sk:by entity:Police ;
    sk:gist "否定"@ja, "denied"@en ; sk:date "2016"^^xsd:gYear .
"""
)
PLAIN = """
entity:Association sk:issues entity:Draft .
entity:Chair sk:holdsPostIn entity:Association ; sk:occupation "弁護士"@ja, "lawyer"@en .
entity:Section sk:partOf entity:Bureau .
entity:Bureau sk:partOf entity:Police .
entity:Draft sk:startDate "2015-01"^^xsd:gYearMonth .
"""
INFERRED = """
entity:Section sk:partOf entity:Police ; sk:relatedTo entity:Bureau .
entity:Association sk:relatedTo entity:Draft .
entity:Police a sk:Actor, sk:Thing .
"""
GRAPHS = {"entities": ENTITIES, "claims": CLAIMS, "asserted": PLAIN, "inferred": INFERRED}


def triples(text: str) -> list[Quad]:
    return list(parse(PREFIXES + text, format=RdfFormat.TURTLE))


GOOD = {name: triples(text) for name, text in GRAPHS.items()}


def store(graphs: dict[str, list[Quad]], more: str = "") -> Store:
    """A store with the ontology and these graphs; `more` is Turtle that comes on top."""
    found = Store()
    found.load(path=ONTOLOGY / "sokanzu.ttl", format=RdfFormat.TURTLE, to_graph=graph("ontology"))
    for name, quads in {**graphs, "more": triples(more)}.items():
        found.extend(Quad(q.subject, q.predicate, q.object, graph(name)) for q in quads)
    return found


def graph(name: str) -> NamedNode:
    return NamedNode(f"https://w3id.org/sokanzu/graph/{name}")


def short(findings: list[Finding]) -> set[str]:
    return {finding.shape.removeprefix(SHAPE) for finding in findings}


def entity(name: str, about: str = "a sk:Company", label: str = 'rdfs:label "名"@ja') -> str:
    """An entity that some claim speaks of."""
    spoken = claim(f"about{name}", f"entity:{name} sk:partOf entity:Police", "proposed")
    return f"entity:{name} {' ; '.join(p for p in (about, label) if p)} .\n{spoken}"


OP = "entity:Police sk:opposes entity:Draft"
BROKEN = {
    "claim-subject": [
        claim("b1", OP, subject=""),
        claim("b2", OP, subject="rdf:subject entity:Nobody"),
        claim("b3", OP, subject="rdf:subject entity:Police, entity:Shop", stance="proposed"),
    ],
    "claim-predicate": [
        claim("b4", OP, predicate=""),
        claim("b5", OP, predicate="rdf:predicate sk:befriends"),
        claim("b6", OP, predicate='rdf:predicate "opposes"'),
        claim("b7", OP, predicate="rdf:predicate sk:relatedTo"),
    ],
    "claim-object": [
        claim("b8", OP, object=""),
        claim("b9", 'entity:Police sk:status "一"@ja, "二"@ja'),
    ],
    "claim-one-object": [claim("b10", OP, object="rdf:object entity:Draft, entity:Shop")],
    "claim-source": [
        claim("b11", OP, source="", passage='sk:place "p. 1"'),
        claim("b12", OP, source="prov:wasDerivedFrom entity:Letter", passage='sk:place "p. 1"'),
    ],
    "claim-passage": [
        claim("b13", OP, passage="sk:passage <https://example.org/id/source/letter#line=1>"),
        claim("b14", OP, passage='sk:passage "10,20"'),
    ],
    "claim-gist": [
        claim("b15", OP, gist=""),
        claim("b16", OP, gist='sk:gist "plain"'),
        claim("b17", OP, gist='sk:gist "one"@en, "two"@en'),
    ],
    "claim-voice": [
        claim("b18", OP, voice=""),
        claim("b19", OP, voice="sk:voicedBy entity:Nobody"),
        claim("b20", OP, voice="sk:voicedBy entity:Police, sk:curator"),
    ],
    "claim-stance": [
        claim("b21", OP, stance="certain"),
        claim("b22", OP).replace("sk:stance stance:stated", "sk:stance stance:stated, stance:alleged"),
    ],
    "claim-review": [claim("b23", OP, review=""), claim("b24", OP, review="sk:review review:fine")],
    "claim-method": [claim("b25", OP, method=""), claim("b26", OP, method='sk:method "by hand"')],
    "claim-flag-negated": [claim("b27", OP, more="sk:negated false"), claim("b28", OP, more='sk:negated "yes"')],
    "claim-flag-hedged": [claim("b29", OP, more="sk:hedged false")],
    "claim-valid-from": [
        claim("b30", OP, more='sk:validFrom "2014-13"^^xsd:gYearMonth'),
        claim("b31", OP, more='sk:validFrom "2014-01"^^xsd:gYear'),
        claim("b32", OP, more='sk:validFrom "2015-02-29"^^xsd:date'),
        claim("b33", OP, more='sk:validFrom "2014"'),
        claim("b34", OP, more='sk:validFrom "2014"^^xsd:gYear, "2015"^^xsd:gYear'),
    ],
    "claim-valid-to": [claim("b35", OP, more='sk:validTo "平成26年"@ja')],
    "claim-as-of": [claim("b36", OP, more='sk:asOf "2014-01-01T00:00:00"^^xsd:dateTime')],
    "claim-reviewed-on": [claim("b37", OP, more="sk:reviewedOn 2016")],
    "claim-cue": [claim("b38", OP, more='sk:cue "一二三四五六七八九十一二三"')],
    "claim-quote": [claim("b39", OP, more='sk:quote "a", "b"')],
    "claim-confidence": [claim("b40", OP, more="sk:confidence 1.5"), claim("b41", OP, more='sk:confidence "high"')],
    "claim-based-on": [claim("b42", OP, more="sk:basedOn claim:unheard")],
    "claim-cited-via": [claim("b43", OP, more="sk:citedVia entity:Nobody")],
    "claim-reply": [claim("b44", OP, more="sk:reply entity:Police")],
    "claim-reason": [claim("b45", OP, more='sk:reason "because"')],
    "claim-comment": [claim("b46", OP, more='rdfs:comment "one"@en, "two"@en')],
    "claim-evidence": [claim("b47", OP, passage="")],
    "claim-note": [claim("b48", OP, review="sk:review review:disputed")],
    "claim-withdrawn-on": [claim("b49", OP, review='sk:review review:withdrawn ; rdfs:comment "why"@en')],
    "claim-passage-inside": [
        claim("b50", OP, passage="sk:passage <https://example.org/id/source/letter#char=1990,2001>"),
        claim("b51", OP, passage="sk:passage <https://example.org/id/source/letter#char=20,10>"),
        claim("b52", OP, passage="sk:passage <https://example.org/id/source/other#char=10,20>"),
    ],
    "claim-source-hash": [
        'source:b53 a sk:Source ; dcterms:title "題"@ja .\n'
        + claim(
            "b53",
            OP,
            source="prov:wasDerivedFrom source:b53",
            passage="sk:passage <https://example.org/id/source/b53#char=1,2>",
        )
    ],
    "claim-dates": [
        claim("b54", OP, more='sk:validFrom "2014-07"^^xsd:gYearMonth ; sk:validTo "2014-06-30"^^xsd:date'),
        claim("b55", OP, more='sk:validFrom "2015"^^xsd:gYear ; sk:validTo "2014"^^xsd:gYear'),
    ],
    "domain": [
        claim("b56", "entity:Shop sk:holdsPostIn entity:Association"),
        claim("b57", "entity:Missing sk:operates entity:System"),
    ],
    "range": [
        claim("b58", "entity:Chair sk:holdsPostIn entity:Police, entity:Draft"),
        claim("b59", "entity:Shop sk:partOf entity:Nobody", "proposed"),
        claim("b60", 'entity:Police sk:opposes "drafts"@en', "proposed"),
    ],
    "range-value": [
        claim("b61", "entity:Draft sk:startDate entity:Police"),
        claim("b62", 'entity:Draft sk:startDate "2015"', "proposed"),
        claim("b63", "entity:Draft sk:count 5", "proposed"),
    ],
    "qualifier": [
        claim("b64", OP, more='sk:role "chair"'),
        claim("b65", OP, more='sk:purpose "目的"@ja'),
        claim("b66", OP, more='sk:reportedOn "2015"'),
        claim("b67", OP, more='sk:lowerBound "five"@en'),
    ],
    "led-to": [claim("b68", "entity:Police sk:ledTo entity:Draft", "stated")],
    "person-without-reason": [
        claim("b69", "entity:Chair sk:supports entity:Draft", "alleged"),
        claim("b70", "entity:Police sk:advises entity:Chair", "questioned"),
    ],
    "person-with-reason": [
        claim("b71", "entity:Chair sk:supports entity:Draft", "inferred", more='sk:reason "公人"@ja')
    ],
    "person-private": [
        claim("b72", 'entity:Chair sk:startDate "1949"^^xsd:gYear', "proposed"),
        claim("b73", "entity:Chair sk:locatedIn entity:Shop", "proposed"),
    ],
    "entity-label": [
        entity("NoName", label=""),
        entity("TwoNames", label='rdfs:label "甲"@ja, "乙"@ja'),
        entity("EmptyName", label='rdfs:label ""'),
    ],
    "entity-existence": [entity("B74", "a sk:Thing ; sk:wouldBe sk:Company ; sk:existence existence:perhaps")],
    "entity-would-be": [entity("B75", "a sk:Thing ; sk:wouldBe sk:Company, sk:Court ; sk:existence existence:planned")],
    "entity-would-be-class": [entity("B76", "a sk:Thing ; sk:wouldBe sk:Claim ; sk:existence existence:planned")],
    "entity-theme": [entity("B77", "a sk:Company ; sk:theme theme:unheard")],
    "entity-kind": [entity("B78", 'a sk:Document ; sk:documentKind "scroll"')],
    "entity-class": [entity("B79", "a sk:Thing"), entity("B80", "a sk:Thing ; sk:existence existence:planned")],
    "entity-not-there": [entity("B81", "a sk:Company ; sk:existence existence:planned")],
    "entity-spoken-of": ['entity:Lonely a sk:Company ; rdfs:label "孤"@ja .'],
    "plain-triple": [
        "entity:Association sk:sharesDataWith entity:Police .",
        "entity:Shop sk:displays entity:Missing .",
        "entity:Shop sk:partOf entity:Association .",
        "entity:Police sk:opposes entity:Association .",
        'entity:Draft sk:status "成立"@ja .',
        "entity:Police sk:hasAgreementWith entity:Association .",
    ],
    "source-title": ["source:b82 a sk:Source ."],
    "source-date": ['source:b83 a sk:Source ; dcterms:title "題"@ja ; dcterms:date "2016" .'],
    "source-address": ['source:b84 a sk:Source ; dcterms:title "題"@ja ; sk:address "https://example.org/" .'],
    "source-grade": ['source:b85 a sk:Source ; dcterms:title "題"@ja ; sk:grade grade:quaternary .'],
    "source-hash": ['source:b86 a sk:Source ; dcterms:title "題"@ja ; sk:sha256 "ABC" .'],
    "source-characters": [
        'source:b87 a sk:Source ; dcterms:title "題"@ja ; sk:characters -1 .',
        'source:b88 a sk:Source ; dcterms:title "題"@ja ; sk:characters "many" .',
        'source:b89 a sk:Source ; dcterms:title "題"@ja ; sk:characters "1,000"^^xsd:integer .',
    ],
    "source-original-hash": ['source:b91 a sk:Source ; dcterms:title "題"@ja ; sk:originalSha256 "ABC" .'],
    "source-retrieved": ['source:b92 a sk:Source ; dcterms:title "題"@ja ; sk:retrieved "今日"@ja .'],
    "source-document": ['source:b90 a sk:Source ; dcterms:title "題"@ja ; sk:document entity:Nobody .'],
    "source-retells": ['source:b93 a sk:Source ; dcterms:title "題"@ja ; sk:retells entity:Nobody .'],
    "reply-by": ['<https://example.org/r1> a sk:Reply ; sk:gist "否"@ja .'],
    "reply-gist": ["<https://example.org/r2> a sk:Reply ; sk:by entity:Police ."],
    "reply-date": ['<https://example.org/r3> a sk:Reply ; sk:by entity:Police ; sk:gist "否"@ja ; sk:date "昨日"@ja .'],
    "reply-address": ['<https://example.org/r4> a sk:Reply ; sk:by entity:Police ; sk:gist "否"@ja ; sk:address "x" .'],
}
WARNINGS = {"claim-withdrawn-on", "claim-source-hash", "led-to", "person-with-reason", "entity-spoken-of"}


def test_a_good_graph_has_nothing_to_find() -> None:
    good = store(GOOD)
    assert check(good) == []
    assert reference(good) == []


def test_every_shape_is_broken_by_some_case() -> None:
    named = {one.shape.removeprefix(SHAPE) for one in own_shapes().checks(lambda cls: [cls])}
    assert named == set(BROKEN)


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape, texts in BROKEN.items() for text in texts])
def test_what_is_broken_is_found(shape: str, text: str) -> None:
    found = [one for one in check(store(GOOD, text)) if one.shape == SHAPE + shape]
    assert found
    for one in found:
        assert one.severity is (Severity.warning if shape in WARNINGS else Severity.error)
        assert set(one.message) == {"ja", "en"}
        assert "{?" not in "".join(one.message.values())


def test_both_ways_find_the_same_in_everything_broken() -> None:
    broken = store(GOOD, "".join(text for texts in BROKEN.values() for text in texts))
    ours, theirs = check(broken), reference(broken)
    assert [one.key for one in ours] == sorted({one.key for one in theirs})
    assert {one.component for one in ours} == {one.component for one in theirs}
    assert short(ours) == set(BROKEN)


def test_a_message_names_the_thing_in_its_language() -> None:
    found = check(store(GOOD, claim("b", "entity:Shop sk:holdsPostIn entity:Association")))
    assert len(found) == 1
    assert "ある店" in found[0].message["ja"] and "a shop" in found[0].message["en"]


EVERYTHING = [quad for quads in GOOD.values() for quad in quads]
SUBJECTS = sorted({str(q.subject) for q in EVERYTHING})
TERMS = sorted({str(q.object) for q in EVERYTHING} | {'"x"', '"x"@en', '"2014"', "false", "<https://example.org/n>"})
PREDICATES = sorted({str(q.predicate) for q in EVERYTHING})


@settings(max_examples=20, deadline=None)
@given(
    lost=st.sets(st.integers(0, len(EVERYTHING) - 1), max_size=12),
    told=st.lists(st.tuples(*map(st.sampled_from, (SUBJECTS, PREDICATES, TERMS))), max_size=12),
)
def test_both_ways_find_the_same_whatever_is_lost_or_added(lost: set[int], told: list[tuple[str, str, str]]) -> None:
    left = {"all": [quad for number, quad in enumerate(EVERYTHING) if number not in lost]}
    changed = store(left, "".join(f"{s} {p} {o} .\n" for s, p, o in told))
    assert [one.key for one in check(changed)] == sorted({one.key for one in reference(changed)})


SH_PREFIX = PREFIXES + "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix my: <https://example.org/shape/> .\n"
PEOPLE = """
entity:A a sk:Person ; rdfs:label "甲"@ja, "A"@en ; sk:startDate "2015"^^xsd:gYear ; sk:count 3, 5 ;
    sk:memberOf entity:C .
entity:B a sk:Person ; rdfs:label "乙"@ja, "B"@fr, "B"@en-GB ; sk:reading "B-b", "b" ; sk:count 12 ;
    sk:opposes entity:A, entity:B .
entity:C a sk:Company ; rdfs:label "丙" ; sk:partOf entity:D ; sk:memberOf entity:A ; sk:supports entity:B ;
    sk:opposes entity:B .
entity:D a sk:Company ; rdfs:label "丁"@ja ; sk:count 4, 4.5, "many" .
"""
THEIR_OWN = {
    "two labels": "sh:targetClass sk:Actor ; sh:property [ sh:path rdfs:label ; sh:minCount 2 ; sh:maxCount 2 ]",
    "nothing": "sh:targetClass sk:Person ; sh:property [ sh:path sk:reading ; sh:maxCount 0 ]",
    "languages": 'sh:targetClass sk:Actor ; sh:property [ sh:path rdfs:label ; sh:languageIn ( "ja" "en" ) ]',
    "pattern": 'sh:targetClass sk:Person ; sh:property [ sh:path sk:reading ; sh:pattern "^b$" ; sh:flags "i" ]',
    "numbers": "sh:targetClass sk:Actor ; sh:property [ sh:path sk:count ; sh:minExclusive 3 ; sh:maxExclusive 12 ]",
    "lengths": "sh:targetSubjectsOf rdfs:label ; sh:property [ sh:path sk:reading ; sh:minLength 2 ; sh:maxLength 2 ]",
    "disjoint": "sh:targetClass sk:Company ; sh:property [ sh:path sk:opposes ; sh:disjoint sk:supports ]",
    "less": "sh:targetClass sk:Actor ; sh:property [ sh:path sk:count ; sh:lessThan sk:count ]",
    "at most": "sh:targetClass sk:Actor ; sh:property [ sh:path sk:count ; sh:lessThanOrEquals sk:count ]",
    "inverse": "sh:targetClass sk:Actor ; sh:property [ sh:path [ sh:inversePath sk:opposes ] ; sh:minCount 1 ]",
    "sequence": "sh:targetNode entity:A, entity:X ; sh:property [ sh:path ( sk:memberOf sk:partOf ) ; sh:minCount 1 ]",
    "either": "sh:targetObjectsOf sk:opposes ; sh:property [ "
    "sh:path [ sh:alternativePath ( sk:memberOf sk:opposes ) ] ; sh:nodeKind sh:BlankNode ; sh:class sk:Person ]",
    "star": "sh:targetClass sk:Actor ; sh:property [ sh:path [ sh:zeroOrMorePath sk:partOf ] ; sh:hasValue entity:D ]",
    "maybe": "sh:targetClass sk:Company ; sh:property [ sh:path [ sh:zeroOrOnePath sk:partOf ] ; sh:in ( entity:C ) ]",
    "exactly one": "sh:targetClass sk:Actor ; sh:xone ( [ sh:class sk:Person ]"
    " [ sh:property [ sh:path sk:partOf ; sh:minCount 1 ] ] [ sh:path sk:supports ; sh:minCount 1 ] )",
    "neither": "sh:targetClass sk:Actor ; sh:not [ sh:or ( [ sh:class sk:Person ] [ sh:in ( entity:C ) ] ) ]",
    "both": "sh:targetClass sk:Actor ; sh:and ( [ sh:class sk:Company ] [ sh:path sk:count ; sh:minCount 1 ] )",
    "deep": "sh:targetClass sk:Actor ; sh:property [ sh:path sk:memberOf ; sh:property [ sh:path sk:partOf ;"
    " sh:property my:far ] ] . my:far sh:path sk:count ; sh:datatype xsd:integer ; sh:severity sh:Info",
    "class of its own": "a owl:Class",
    "off": "sh:targetClass sk:Actor ; sh:deactivated true ; sh:class sk:Sign",
    "is": "sh:targetNode entity:A, entity:B, 'word' ; sh:hasValue entity:A ; sh:nodeKind sh:IRI",
    "asked of all": 'sh:targetClass sk:Actor ; sh:sparql [ sh:message "{$this} {?value}"@en ; sh:select """'
    "SELECT $this ?value WHERE { $this <https://w3id.org/sokanzu/ns#count> ?value . # a } comment {\n"
    'FILTER(isNumeric(?value) && ?value > 4) OPTIONAL { $this <https://w3id.org/sokanzu/ns#none> ?o } }""" ]',
    "asked of each": 'sh:targetClass sk:Actor ; sh:sparql [ sh:select """SELECT $this ?value WHERE {'
    " { $this <https://w3id.org/sokanzu/ns#opposes> ?value } UNION { BIND($this AS ?value)"
    ' FILTER(STRENDS(STR($this), "D")) } }""" ]',
    "counted": 'sh:targetClass sk:Actor ; sh:sparql [ sh:select """SELECT $this WHERE {'
    ' $this <https://w3id.org/sokanzu/ns#count> ?n } GROUP BY $this HAVING (COUNT(?n) > 1)""" ]',
}


def written(tmp_path: Path, text: str) -> Shapes:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        f"{SH_PREFIX} @prefix owl: <http://www.w3.org/2002/07/owl#> .\nmy:shape a sh:NodeShape ; {text} .\n",
        encoding="utf-8",
    )
    return Shapes(path)


@pytest.mark.parametrize("name", THEIR_OWN)
def test_shapes_of_a_users_own_mean_the_same_both_ways(name: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, THEIR_OWN[name])
    data = store({"people": triples(PEOPLE)})
    ours, theirs = check(data, shapes), reference(data, shapes)
    assert [one.key for one in ours] == sorted({one.key for one in theirs})
    assert bool(ours) == (name not in ("off", "class of its own"))


def test_a_shape_that_says_nothing_still_gets_a_sentence(tmp_path: Path) -> None:
    found = check(store({"people": triples(PEOPLE)}), written(tmp_path, "sh:targetClass sk:Company ; sh:class sk:Sign"))
    assert found and all("sh:class" in one.message["en"] and "sh:class" in one.message["ja"] for one in found)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sh:targetClass sk:Actor ; sh:closed true", "sh:closed"),
        ("sh:property [ sh:path sk:count ; sh:equals sk:price ] ; sh:targetClass sk:Actor", "sh:equals"),
        ("sh:targetClass sk:Actor ; sh:property [ sh:path sk:count ; sh:qualifiedValueShape [] ]", "sh:qualified"),
        ("sh:targetClass sk:Actor ; sh:js my:script", "sh:js"),
        ('sh:targetClass sk:Actor ; sh:pattern "(?=x)"', "sh:pattern"),
        ("sh:targetClass sk:Actor ; sh:nodeKind sh:Word", "sh:nodeKind"),
        ("sh:targetClass sk:Actor ; sh:minCount 1", "sh:minCount"),
        ("sh:targetClass sk:Actor ; sh:property [ sh:path sk:count ; sh:minCount 9 ]", "sh:minCount 9"),
        ("sh:targetClass sk:Actor ; sh:node my:shape", "recursion"),
        ("sh:targetClass sk:Actor ; sh:not [ sh:sparql [ sh:select 'SELECT $this {}' ] ]", "sh:sparql inside"),
        ("sh:targetClass sk:Actor ; sh:sparql [ sh:ask 'ASK {}' ]", "sh:ask"),
        ("sh:targetClass sk:Actor ; sh:sparql [ sh:select 'SELECT $this { MINUS { $this ?p ?o } }' ]", "MINUS"),
        ("sh:target [ sh:select 'SELECT ?this {}' ] ; sh:class sk:Actor", "sh:target"),
        ("sh:targetClass sk:Actor . my:mine a sh:ConstraintComponent", "ConstraintComponent"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(SokanzuError) as error:
        written(tmp_path, text)
    assert error.value.code == "shape-unsupported"
    assert named in error.value.message("en") and named in error.value.message("ja")


def test_shapes_that_are_no_turtle_are_refused_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(SokanzuError, match=r"shapes\.ttl:\d+: these shapes are not Turtle"):
        written(tmp_path, "sh:targetClass ")
