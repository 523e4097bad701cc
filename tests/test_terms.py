"""The vocabulary: complete, bilingual, without blank nodes, and as the code and the page read it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from graph.model import Existence, Grade, Review, Stance
from graph.paths import HOUSE, ONTOLOGY
from graph.reference import ontology_reference
from graph.terms import SK, Property, Term, vocabulary

CLASSES = """
Actor Person Organization GovernmentBody PoliceBody Regulator Court Cabinet NonProfit CivilSocietyGroup Company
Retailer Vendor MediaOrganization OrganizationalUnit ActorGroup Sector AffectedPeople Place Facility System
FaceRecognitionSystem CameraNetwork Database IdentityScheme IdentityDocument Device DataCategory Project Trial
Programme Instrument Law Bill Guideline Notice Proposal Agreement Opinion Judgment LegalChallenge Campaign Event
Document Sign Purpose Concern
""".split()
APPARATUS = "Claim Source Rule Run Reply".split()
RELATIONS = {
    "posts": "holdsPostIn 役職に就く · formerlyHeldPostIn 元役職 · memberOf 所属する · partOf 一部である · "
    "represents 業界を代表する · successorOf 後継である · alliedWith 連携する · hasAgreementWith 協定を結ぶ · "
    "locatedIn 所在する · oversees 監督・統括する",
    "systems": "operates 運用する · deploys 導入する · conducts 実施する · isTrialOf 〜の実証実験 · "
    "administers 事務局・運営を担う · participatesIn 参加する · funds 資金を出す · supplies 供給する · "
    "deployedAt 配備先 · connectsTo 接続する · covers 対象範囲 · matchesAgainst 照合する · uses 利用する · "
    "usedFor 〜に用いられる · alerts 通知する · hasPurpose 目的とする",
    "data": "records 撮影する · collects 作成・収集する · retains 保有する · contains 含む · "
    "holdsDataOn 〜の情報を持つ · providesDataTo 提供する · sharesDataWith 共同利用・共有する · informs 告知する · "
    "displays 掲示する",
    "policy": "issues 発出・発行する · amends 改正する · proposes 提案する · establishes 設ける・構築する · "
    "regulates 規律する · restricts 制限する · requires 求める・必要とする · mandates 役割を定める · "
    "interprets 解釈を示す · basedOn 根拠とする · reliesOn 依拠する · advises 助言する · promotes 推進する · "
    "ledTo 〜につながった",
    "contention": "opposes 反対する · supports 支持する · criticizes 批判する · requests 申し入れる · "
    "challenges 争う · investigates 調査する · consultedBy 相談を受ける · upholds 合憲・適法とする · "
    "strikesDown 違憲・違法とする",
    "works": "authorOf 著者である · publishes 発行する · cites 引用・参照する · isAbout 〜について · "
    "organizes 主催する · speaksAt 講演する",
}
LITERALS = "startDate endDate date count status occupation price says".split()
QUALIFIERS = """
role manner scope mode condition capacity content amount page lowerBound ordinal reportedOn purpose recipient
dataSubject data device document reportedBy at regarding grounds covering quoting
""".split()
FIELDS = """
stance voicedBy negated hedged passage readingOrder place gist quote cue citedVia validFrom validTo
asOf method confidence review reviewedOn reader reason reply by address grade readAs sha256 characters
originalSha256 retrieved retells reading theme
existence wouldBe documentKind group former rank
""".split()

# What sources say of what: one of each kind of claim about surveillance in Japan around 2016.
SAID = """
NonProfit administers Project · FaceRecognitionSystem alerts ActorGroup · Campaign alliedWith Campaign
Bill amends Law · PoliceBody amends Guideline · Person authorOf Document · CivilSocietyGroup authorOf Document
IdentityScheme basedOn Law · IdentityDocument basedOn Law · LegalChallenge challenges IdentityScheme
Document cites Document · Document cites Notice · Document cites Proposal · FaceRecognitionSystem collects DataCategory
CameraNetwork collects DataCategory · Device collects DataCategory · PoliceBody conducts Trial
FaceRecognitionSystem connectsTo CameraNetwork · IdentityDocument contains DataCategory · CameraNetwork covers Sector
CameraNetwork covers Place · FaceRecognitionSystem deployedAt ActorGroup · Retailer deploys FaceRecognitionSystem
Facility displays Sign · Cabinet establishes Concern · Bill establishes Organization · ActorGroup establishes System
Person formerlyHeldPostIn OrganizationalUnit · Database holdsDataOn AffectedPeople · Person holdsPostIn NonProfit
Facility informs AffectedPeople · Notice interprets Guideline · Document isAbout FaceRecognitionSystem
Event isAbout LegalChallenge · Event isAbout Law · Trial isTrialOf FaceRecognitionSystem · GovernmentBody issues Notice
NonProfit issues Proposal · Regulator issues Guideline · PoliceBody ledTo Proposal · Trial locatedIn Place
Guideline mandates PoliceBody · FaceRecognitionSystem matchesAgainst Database · PoliceBody memberOf ActorGroup
Facility operates FaceRecognitionSystem · PoliceBody operates FaceRecognitionSystem
Project operates FaceRecognitionSystem · Document opposes System · Campaign opposes Law
Campaign opposes IdentityScheme · CivilSocietyGroup organizes Event · Organization oversees Sector
Regulator oversees IdentityScheme · Notice partOf Notice · Facility partOf Retailer
OrganizationalUnit partOf PoliceBody · Event partOf Event · Retailer participatesIn Project · PoliceBody promotes Device
Cabinet promotes Event · NonProfit proposes CameraNetwork · Proposal proposes Organization
Project providesDataTo PoliceBody · Company publishes Document · CivilSocietyGroup publishes Document
FaceRecognitionSystem records AffectedPeople · Guideline regulates IdentityDocument · Proposal reliesOn Organization
NonProfit represents Sector · Proposal requires PoliceBody · Notice restricts IdentityDocument
Facility retains DataCategory · NonProfit sharesDataWith PoliceBody · Person speaksAt Event
Regulator successorOf Organization · Vendor supplies FaceRecognitionSystem · Document supports Campaign
Campaign supports Law · Judgment upholds IdentityScheme · FaceRecognitionSystem usedFor IdentityDocument
Cabinet uses IdentityScheme · PoliceBody uses Device · PoliceBody uses CameraNetwork
"""
TELLS = """
Notice says · IdentityDocument says · Event says · Retailer count · Programme startDate · Bill status · Event date
Person occupation · Document price · Document date
"""


def triples(name: str) -> list[Quad]:
    return list(parse(path=ONTOLOGY / name, format=RdfFormat.TURTLE))


def every_term() -> list[Term]:
    known = vocabulary()
    values = [value for values in known.values.values() for value in values.values()]
    tables = (known.classes, known.apparatus, known.properties, known.qualifiers, known.fields)
    return [*(term for table in tables for term in table.values()), *values]


def test_every_name_of_the_design_is_there() -> None:
    known = vocabulary()
    assert list(known.classes) == ["Thing", *CLASSES]
    assert list(known.apparatus) == APPARATUS
    relations = {name for name, one in known.properties.items() if one.kind == "relation"}
    assert relations == {entry.split(" ")[0] for line in RELATIONS.values() for entry in line.split(" · ")}
    assert [name for name, one in known.properties.items() if one.kind == "literal"] == LITERALS
    assert set(known.qualifiers) == set(QUALIFIERS)
    assert set(known.fields) == set(FIELDS)


@pytest.mark.parametrize("group", RELATIONS)
def test_relations_read_on_a_chart_as_designed(group: str) -> None:
    for entry in RELATIONS[group].split(" · "):
        name, label = entry.split(" ")
        one = vocabulary().properties[name]
        assert (one.label["ja"], one.group, one.kind) == (label, group, "relation")


def test_values_are_those_of_the_model() -> None:
    values = vocabulary().values
    for scheme, model in {"stance": Stance, "review": Review, "existence": Existence, "grade": Grade}.items():
        assert list(values[scheme]) == [value.value for value in model]
        assert all(one.iri == f"https://w3id.org/sokanzu/{scheme}/{name}" for name, one in values[scheme].items())
    assert list(values["kind"]) == ["newsletter", "book", "article", "report", "press report", "web page"]


@pytest.mark.parametrize("term", every_term(), ids=lambda term: term.name)
def test_every_term_explains_itself_in_both_languages(term: Term) -> None:
    for words in (term.label, term.definition):
        assert set(words) == {"ja", "en"}
        assert all(text == text.strip() and text for text in words.values())
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", term.label["ja"])
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", term.label["en"])
    assert term.definition["ja"].endswith("。") and term.definition["en"].endswith(".")
    assert len(term.definition["en"]) > len(term.label["en"]) + 10


def test_nothing_in_the_file_lacks_a_label() -> None:
    quads = triples("sokanzu.ttl")
    told = {(q.subject, q.predicate, q.object.language) for q in quads if isinstance(q.object, Literal)}
    for subject in {q.subject for q in quads}:
        for predicate in (
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2004/02/skos/core#definition",
        ):
            assert (subject, NamedNode(predicate), "ja") in told, subject
            assert (subject, NamedNode(predicate), "en") in told, subject


@pytest.mark.parametrize("name", ["sokanzu.ttl", "alignments.ttl"])
def test_no_blank_nodes(name: str) -> None:
    assert not [q for q in triples(name) if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_two_terms_share_a_label(lang: str) -> None:
    known = vocabulary()
    properties = [*known.properties.values(), *known.qualifiers.values(), *known.fields.values()]
    for terms in (properties, list(known.classes.values())):
        shared = [label for label, times in Counter(one.label[lang] for one in terms).items() if times > 1]
        assert not shared


def test_domains_and_ranges_name_what_there_is() -> None:
    known = vocabulary()
    things, datatypes = {*known.classes, *known.apparatus}, {"langString", "PartialDate", "string", "integer"}
    for one in (*known.properties.values(), *known.qualifiers.values()):
        assert set(one.domain) <= things, one.name
        assert set(one.range) <= (things if one.kind == "relation" else things | datatypes), one.name
        assert one.domain and one.range, one.name
        assert not one.inverse or one.inverse in known.properties


@pytest.mark.parametrize("said", [entry for line in SAID.strip().splitlines() for entry in line.split(" · ")])
def test_what_sources_say_fits(said: str) -> None:
    subject, name, other = said.split(" ")
    known = vocabulary()
    assert known.fits(subject, known.properties[name].domain)
    assert known.fits(other, known.properties[name].range)


@pytest.mark.parametrize("told", [entry for line in TELLS.strip().splitlines() for entry in line.split(" · ")])
def test_what_sources_tell_in_words_fits(told: str) -> None:
    subject, name = told.split(" ")
    assert vocabulary().fits(subject, vocabulary().properties[name].domain)


@pytest.mark.parametrize(
    "said",
    [
        "Document holdsPostIn Organization",
        "Person holdsPostIn Law",
        "AffectedPeople records System",
        "Law amends Person",
    ],
)
def test_what_makes_no_sense_does_not_fit(said: str) -> None:
    subject, name, other = said.split(" ")
    one = vocabulary().properties[name]
    assert not (vocabulary().fits(subject, one.domain) and vocabulary().fits(other, one.range))


def test_classes_lie_below_one_another() -> None:
    known = vocabulary()
    assert known.ancestors("PoliceBody") == ("GovernmentBody", "Organization", "Actor", "Thing")
    assert known.ancestors("Thing") == known.ancestors("Claim") == known.ancestors("NoSuchClass") == ()
    assert known.is_a("PoliceBody", "PoliceBody") and known.is_a("Facility", "Place")
    assert not known.is_a("Actor", "Person") and not known.is_a("Claim", "Thing")
    assert known.fits("NoSuchClass", ()) and not known.fits("NoSuchClass", ("Thing",))
    assert all(known.is_a(name, "Thing") for name in known.classes)


def test_what_follows_from_a_property_is_known() -> None:
    known = vocabulary().properties
    assert [one.name for one in known.values() if one.transitive] == ["partOf"]
    assert [one.name for one in known.values() if one.symmetric] == ["alliedWith", "hasAgreementWith"]


def test_addresses_are_those_of_the_namespace() -> None:
    known = vocabulary()
    for table in (known.classes, known.apparatus, known.properties, known.qualifiers, known.fields):
        assert all(one.iri == SK + name and one.name == name for name, one in table.items())
    assert isinstance(known.properties["uses"], Property)


def test_alignments_speak_of_our_terms_and_of_standard_ones_that_exist() -> None:
    from rdflib import URIRef
    from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, SDO, SKOS

    ours = {q.subject for q in triples("sokanzu.ttl")}
    elsewhere = ("http://data.europa.eu/eli/ontology#", "https://w3id.org/dpv#", "http://www.w3.org/ns/oa#")
    standard = (DCTERMS, FOAF, ORG, PROV, RDF, SDO, SKOS)
    for quad in triples("alignments.ttl"):
        assert quad.subject in ours
        assert isinstance(quad.object, NamedNode)
        theirs = quad.object.value
        assert theirs.startswith(elsewhere) or any(URIRef(theirs) in space for space in standard), theirs


def test_the_page_is_what_the_ontology_says() -> None:
    page = HOUSE / "docs" / "ontology.md"
    assert page.read_text(encoding="utf-8") == ontology_reference("en"), "python -m graph.reference > docs/ontology.md"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_names_every_term(lang: str) -> None:
    page = ontology_reference(lang)
    for term in every_term():
        assert f"**`{term.name}`**" in page
        assert term.definition["ja"] in page and term.definition["en"] in page


def test_the_file_is_plain_turtle_in_reading_order() -> None:
    text = Path(ONTOLOGY / "sokanzu.ttl").read_text(encoding="utf-8")
    assert "\t" not in text and "\r" not in text
    assert text.index("sk:Actor a owl:Class") < text.index("sk:relatedTo a owl:") < text.index("stance:stated a skos:")
