"""The named questions of the bundled project: what they answer on the newsletter alone, and on everything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib.plugins.sparql import prepareQuery

from graph.ask import NamedQuery, ask, guard, named_queries, only_sources
from graph.build import build
from graph.model import Claim, Project, Review, Stance
from graph.rdf import GRAPHS, prefixes
from graph.store import Generation, current

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NEWSLETTER = "newsletter-2016"
QUERIES = {query.id: query for query in named_queries(SEEDS)}
NPA, POLICE = "NationalPoliceAgency", "Police"
NSPO = "NationalShopliftingPreventionOrganization"
IKEBUKURO = "JunkudoIkebukuroFaceRecognition"
MY_NUMBER = {"MyNumberSystem", "MyNumberAct", "IndividualNumberCard", "NotificationCard"}

Rows = list[dict[str, str]]
Routes = set[tuple[frozenset[str], ...]]

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())


class Asked:
    """The claims of some sources, and questions to them; a cell is the last part of an IRI, or the words."""

    def __init__(self, project: Project, store: Store, sources: Sequence[str] = ()) -> None:
        self.store = store
        self.entities = {entity.id: entity for entity in project.entities}
        self.makers = {source.document for source in project.sources if source.document}
        digests = {source.id for source in project.sources if source.retells}  # what they retell is there too
        said = [c for c in project.claims if c.source not in digests and c.review is not Review.candidate]
        self.claims = [c for c in said if not sources or c.source in sources]
        self.prefixes = prefixes(project.base)

    def rows(self, name: str, **given: str) -> Rows:
        values = {key: NamedNode(self.prefixes["entity"] + value) for key, value in given.items()}
        answer = ask(self.store, QUERIES[name].text, self.prefixes, values)
        assert isinstance(answer, QuerySolutions)
        columns = [variable.value for variable in answer.variables]
        return [{column: cell(row[column]) for column in columns if row[column] is not None} for row in answer]

    def claim(self, handle: str) -> Claim:
        return next(c for c in self.claims if c.handle == handle)


def cell(term: object) -> str:
    if isinstance(term, NamedNode):
        return re.split("[/#]", term.value)[-1]
    assert isinstance(term, Literal)
    return term.value


def column(rows: Rows, name: str) -> set[str]:
    return {row[name] for row in rows}


def grouped(rows: Rows, by: str, name: str = "claim") -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row[by]].append(row[name])
    return dict(found)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Generation]:
    out = tmp_path_factory.mktemp("build")
    return build(SEEDS, out, charts=False).project, current(out)


@pytest.fixture(scope="module")
def everything(built: tuple[Project, Generation]) -> Asked:
    project, generation = built
    return Asked(project, generation.open())


@pytest.fixture(scope="module")
def alone(built: tuple[Project, Generation]) -> Asked:
    """As if the newsletter were the only source."""
    project, generation = built
    return Asked(project, only_sources(generation, generation.open(), [NEWSLETTER]), [NEWSLETTER])


# ── the files ───────────────────────────────────────────────────────────────


def test_there_are_fifteen_questions() -> None:
    assert list(QUERIES) == [f"CQ{number:02}" for number in range(1, 16)]


@each_query
def test_a_question_explains_itself_in_both_languages(query: NamedQuery) -> None:
    assert query.path.stem == query.id
    assert set(query.title) == set(query.help) == {"ja", "en"}
    words = [*query.title.values(), *query.help.values()]
    assert all(words) and len(set(words)) == len(words)
    assert not any(re.search("[ぁ-んァ-ヶ一-鿿]", text) for text in (query.title["en"], query.help["en"]))
    assert all(re.search("[ぁ-んァ-ヶ一-鿿]", text) for text in (query.title["ja"], query.help["ja"]))


@each_query
def test_a_question_is_plain_sparql_and_names_only_what_there_is(query: NamedQuery, everything: Asked) -> None:
    guard(query.text)
    prepareQuery(query.text, initNs=everything.prefixes)  # another engine reads it too
    code = re.sub(r'#[^\n]*|"[^"]*"', "", query.text)
    assert not re.search(r"\bFROM\b", code)
    graphs = {f"graph:{name}" for name in GRAPHS}
    assert [name for name in re.findall(r"\bGRAPH\s+(\S+)", code) if name not in graphs] == []
    terms = (quad.subject for quad in everything.store.quads_for_pattern(None, None, None, None))
    known = {t.value for t in terms if isinstance(t, NamedNode)}
    named = re.findall(r"\b(sk|entity|theme|stance|review|existence):([\w-]*)", code)
    assert named and [f"{p}:{name}" for p, name in named if everything.prefixes[p] + name not in known] == []


@each_query
def test_a_question_runs_on_everything_on_the_newsletter_and_on_nothing(
    query: NamedQuery, everything: Asked, alone: Asked
) -> None:
    assert everything.rows(query.id)
    assert bool(alone.rows(query.id)) == (query.id not in ("CQ04", "CQ05"))
    empty = ask(Store(), query.text, everything.prefixes)
    assert isinstance(empty, QuerySolutions) and list(empty) == []


@each_query
def test_claims_are_named_by_handles_and_of_the_sources_asked(query: NamedQuery, alone: Asked) -> None:
    handles = {claim.handle for claim in alone.claims}
    for row in alone.rows(query.id):
        named = [row[c] for c in row if c == "claim" or c == "claims" or c.endswith("_claims")]
        assert handles.issuperset(" ".join(named).split())
        assert named or "who" not in row, "only CQ10 has a row without a claim: a system that nobody is said to run"
        assert row.get("source", NEWSLETTER) == NEWSLETTER


@each_query
def test_candidates_and_rejected_and_withdrawn_claims_answer_nothing(query: NamedQuery, everything: Asked) -> None:
    store = Store()
    review = NamedNode(everything.prefixes["sk"] + "review")
    accepted = ("candidate", "rejected", "withdrawn")
    for number, quad in enumerate(everything.store.quads_for_pattern(None, None, None, None)):
        if quad.predicate == review:
            verdict = NamedNode(everything.prefixes["review"] + accepted[number % 3])
            quad = Quad(quad.subject, quad.predicate, verdict, quad.graph_name)
        store.add(quad)
    answer = ask(store, query.text, everything.prefixes)
    assert isinstance(answer, QuerySolutions)
    # A system that claims name is still listed, but with nobody who runs it.
    assert [row for row in answer if query.id != "CQ10" or row["claim"] is not None] == []


# ── what the newsletter alone answers ───────────────────────────────────────


def test_cq01_former_police_officials(alone: Asked, everything: Asked) -> None:
    (row,) = alone.rows("CQ01")
    assert (row["person"], row["formerly"], row["police"]) == ("TakehanaYutaka", "CommunitySafetyBureau", NPA)
    assert (row["now"], row["as_of"]) == (NSPO, "2016")
    assert (row["former_claims"], row["present_claims"]) == ("C057", "C056")
    assert row["proposal_claims"] == "C018 C039 C043"
    assert "局長" in row["ja"] and "理事長" in row["ja"]
    assert "director general" in row["en"] and "chair of the board" in row["en"]
    assert column(everything.rows("CQ01"), "person") == {"TakehanaYutaka"}, "a vice-governor is no police official"


def test_cq02_without_notice_and_secretly(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ02")
    systems = {how: set(names) for how, names in grouped(rows, "how", "system").items()}
    assert systems == {"no notice": {IKEBUKURO}, "said secret": {"PortableFaceRecognition", "MPD3DFaceSystem"}}
    assert column(rows, "claim") == {"C030", "C031", "C062", "C065"}
    assert next(row["review"] for row in rows if row["claim"] == "C062") == "disputed"
    assert {"C062", "C065"} == {c.handle for c in alone.claims if c.qualifier("manner")} - {"C061"}, "not any manner"
    assert column(rows, "claim") < column(everything.rows("CQ02"), "claim")


def test_cq03_both_shortest_routes_have_five_links(alone: Asked) -> None:
    rows = alone.rows("CQ03")
    names = list(dict.fromkeys(row["route"] for row in rows))
    assert names == ["C060 C057 C056 C034 C036", "C052 C053 C018 C034 C036"], "the surer first"
    assert column(rows, "as_sure_as") == {"proposed"}
    weakest = grouped([row for row in rows if row["weakest"] == "true"], "route")
    assert list(weakest.values()) == [["C036"], ["C018", "C039", "C043", "C036"]]
    assert {row["stance"] for row in rows if row["weakest"] == "false"} == {"stated"}


def test_cq04_and_cq05_no_claim_of_the_newsletter_ties_the_police_to_a_named_store_or_to_my_number(
    alone: Asked,
) -> None:
    assert alone.rows("CQ04") == alone.rows("CQ05") == []
    neighbours: dict[str, set[str]] = defaultdict(set)
    for claim in alone.claims:  # of any length, and denials too
        if isinstance(claim.object, str) and not {claim.subject, claim.object} & alone.makers:
            neighbours[claim.subject].add(claim.object)
            neighbours[claim.object].add(claim.subject)
    police = {id for id, entity in alone.entities.items() if entity.cls == "PoliceBody"}
    reached, new = set[str](), police | {"FivePrefecturalPoliceForces", "CommunitySafetyBureau"}
    while new:
        reached |= new
        new = {other for id in new for other in neighbours[id]} - reached
    assert {NSPO, "Bookstores", "PrivateCameraNetwork"} < reached
    stores = {id for id, entity in alone.entities.items() if entity.cls in ("Facility", "Retailer")}
    assert {"MaruzenJunkudo", "JunkudoIkebukuro"} < stores
    assert reached.isdisjoint(stores | MY_NUMBER)


def test_cq06_inferences_and_alleged_intentions(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ06")
    assert [row["claim"] for row in rows if row["stance"] == "inferred"] == ["C061"], "ours are not the source's"
    assert grouped([row for row in rows if row["stance"] == "intended"], "about") == {
        "AbeAdministration": ["C001", "C002"],
        NPA: ["C054", "C055"],
        POLICE: ["C072"],
        "TheState": ["C073"],
    }
    assert len(rows) == 7
    ours = {c.handle for c in everything.claims if c.voiced_by == "curator"}
    assert {"C084", "C091", "K13"} < ours
    assert ours.isdisjoint(column(everything.rows("CQ06"), "claim"))


def test_cq07_own_words_and_what_is_told(alone: Asked, everything: Asked) -> None:
    assert grouped(alone.rows("CQ07"), "voice") == {"own words": ["C042", "C043"], "told of it": ["C018", "C039"]}
    assert {row["claim"] for row in alone.rows("CQ07") if row["denied"] == "true"} == {"C042"}
    assert grouped(everything.rows("CQ07"), "voice")["own words"] == ["C042", "C043"]
    assert everything.rows("CQ07", organization="JapanFederationOfBarAssociations") == []


def test_cq08_who_refuses_face_recognition(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ08")
    assert [row["claim"] for row in rows] == ["C009", "C010", "C011"]
    assert column(rows, "voice") == {"MinistryOfInternalAffairsAndCommunications"}
    assert column(rows, "via") == {"SaitoBook"}
    assert column(rows, "by") == {"SaitoTakao"} and column(rows, "page") == {"146"}
    assert {"P142", "P143"} < column(everything.rows("CQ08"), "claim"), "another hand"


def test_cq09_data_flow(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ09")
    assert grouped(rows, "step", "what") == {
        "1 run by": ["JunkudoIkebukuro"],
        "2 recorded": ["Customers"],
        "3 made": ["CustomerFaceImageData"],
        "4 matched with": ["ShoplifterFaceDatabase"],
        "5 held there": ["HabitualShoplifters"],
        "6 alerted": ["StoreSecurityGuards"],
        "7 kept": ["CustomerFaceImageData"],
    }
    hedged = [row["claim"] for row in rows if row["hedged"] == "true"]
    assert hedged == ["C023", "C024", "C025", "C026", "C028", "C032"]
    kept = rows[-1]
    assert (kept["claim"], kept["since"]) == ("C032", "2014-06") and "until" not in kept
    assert "すべての来店客" in kept["ja"] and "all customers" in kept["en"]
    other = everything.rows("CQ09", system="MPD3DFaceSystem")
    assert {row["what"]: row["denied"] for row in other}["NonMatchingFaceImages"] == "true"


def test_cq10_face_recognition_systems(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ10")
    runs = {(row["system"], row.get("who"), row.get("claim")) for row in rows if row.get("how") != "deployedAt"}
    assert runs == {
        ("CardCounterFaceRecognition", None, None),
        (IKEBUKURO, "JunkudoIkebukuro", "C023"),
        ("MaruzenJunkudoFaceRecognition", "MaruzenJunkudo", "C020"),
        ("MPD3DFaceSystem", "MetropolitanPoliceDepartment", "C065"),
        ("PortableFaceRecognition", NPA, "C062"),
    }
    sureness = {row["claim"]: (row["stance"], row["hedged"], row["review"]) for row in rows if "claim" in row}
    assert sureness["C020"] == ("reported", "false", "accepted")
    assert sureness["C023"] == ("stated", "true", "accepted")
    assert sureness["C062"] == ("stated", "false", "disputed")
    classes = {id for id, entity in everything.entities.items() if entity.cls == "FaceRecognitionSystem"}
    assert column(everything.rows("CQ10"), "system") == classes


def test_cq11_timeline(alone: Asked, everything: Asked) -> None:
    rows = alone.rows("CQ11")
    dated = {(row["date"], row["kind"], row["claim"]) for row in rows}
    assert dated == {
        ("2010-10", "startDate", "C044"),
        ("2014", "date", "C052"),
        ("2014-06", "validFrom", "C023"),
        ("2014-06", "validFrom", "C032"),
        ("2015-01", "asOf", "C039"),
        ("2015-01", "asOf", "C050"),
        ("2015-01", "date", "C040"),
        ("2015-09", "date", "C006"),
        ("2015-10-26", "date", "C079"),
        ("2015-11", "reportedOn", "C020"),
        ("2015-11", "date", "C021"),
        ("2016", "asOf", "C056"),
        ("2016-03", "date", "C086"),
        ("2016-03", "date", "C088"),
    }
    for asked in (alone, everything):
        dates = [row["date"] for row in asked.rows("CQ11")]
        assert dates == sorted(dates) and all(re.fullmatch(r"\d{4}(-\d\d){0,2}", date) for date in dates)
    with_dates = {
        c.handle for c in everything.claims if c.valid_from or c.valid_to or c.as_of or c.qualifier("reportedOn")
    }
    assert with_dates < column(everything.rows("CQ11"), "claim")


def test_cq12_what_did_not_exist_yet(alone: Asked, everything: Asked) -> None:
    expected = {
        "CrossIndustryImageNetwork": "C034",
        "ProposedPrivacyThirdPartyBody": "C048",
        "ProposedRetailSecurityDataBody": "C045",
    }
    assert {row["thing"]: row["claim"] for row in alone.rows("CQ12")} == expected
    became = {row["thing"]: row.get("became") for row in everything.rows("CQ12")}
    assert became["ProposedPrivacyThirdPartyBody"] == "PersonalInformationProtectionCommission"
    other = everything.rows("CQ12", draft="JFBAOpinion2016")
    assert column(other, "thing") == {"StatuteOnPoliceFaceRecognition"}


def test_cq13_everything_said_about_one_person(alone: Asked, everything: Asked) -> None:
    assert [row["claim"] for row in alone.rows("CQ13")] == ["C056", "C057"]
    assert [row["claim"] for row in alone.rows("CQ13", person="TajimaYasuhiko")] == ["C077"]
    named = {c.handle for c in everything.claims if "TakehanaYutaka" in (c.subject, c.object)}
    assert column(everything.rows("CQ13"), "claim") == named
    # The exact words, where the text is at hand: with a stand-in for the text.
    store = Store()
    store.extend(alone.store.quads_for_pattern(None, None, None, None))
    node = next(alone.store.quads_for_pattern(None, None, Literal("C056"), None)).subject
    claims = NamedNode(alone.prefixes["graph"] + "claims")
    store.add(Quad(node, NamedNode(alone.prefixes["sk"] + "quote"), Literal("…", language="ja"), claims))
    answer = ask(store, QUERIES["CQ13"].text, alone.prefixes)
    assert isinstance(answer, QuerySolutions)
    assert [row["words"] and row["words"].value for row in answer] == ["…", None]


def test_cq14_second_hand(alone: Asked, everything: Asked) -> None:
    assert {row["publication"]: row["claims"] for row in alone.rows("CQ14")} == {
        "NSPOProposal2015": " ".join(f"C0{number}" for number in range(42, 52)),
        "NoKanshiIssue32": "C065 C066 C067",
        "NoKanshiIssue35": "C065 C066 C067",
        "PressReportsNov2015": "C020",
        "SaitoBook": "C009 C010 C011 C012 C013 C014",
    }
    for asked in (alone, everything):
        rows = asked.rows("CQ14")
        assert all(len(row["claims"].split()) == int(row["count"]) for row in rows)
        told = {(c.handle, via) for c in asked.claims for via in c.cited_via}
        assert {(handle, row["publication"]) for row in rows for handle in row["claims"].split()} == told


def test_cq15_works_of_the_movement(alone: Asked, everything: Asked) -> None:
    works = {(row["who"], row["does"], row["what"]) for row in alone.rows("CQ15") if row["does"] != "cites"}
    group = "AssociationToRejectSurveillanceSociety"
    assert works == {
        ("SaitoTakao", "authorOf", "SaitoBook"),
        ("TajimaYasuhiko", "authorOf", "TajimaArticle"),
        (group, "authorOf", "TajimaArticle"),
        (group, "publishes", "NoKanshiNewsletter"),
        ("MizunagaSeiji", "speaksAt", "StudyMeeting36"),
        ("Kinohanasha", "publishes", "NewBookMarch2016"),
    }
    cited = [row["claim"] for row in alone.rows("CQ15") if row["does"] == "cites"]
    assert sorted(cited) == ["C015", "C041", "C068", "C069", "C075"]
    ours = next(row for row in alone.rows("CQ15") if row["claim"] == "C091")
    assert (ours["stance"], ours["voice"]) == ("inferred", "curator")
    people = column(everything.rows("CQ15"), "who")
    assert NSPO not in people and "JapanFederationOfBarAssociations" in people
    assert column(alone.rows("CQ15"), "claim") < column(everything.rows("CQ15"), "claim")


# ── routes on everything ────────────────────────────────────────────────────


def test_cq04_routes_to_named_stores_and_the_denial_beside_them(everything: Asked) -> None:
    rows = everything.rows("CQ04")
    routes = [row for row in rows if row["kind"] == "route"]
    assert {"MaruzenJunkudo", "JunkudoIkebukuro"} < column(routes, "store")
    assert {NPA, POLICE, "MetropolitanPoliceDepartment"} < column(routes, "police")
    assert {row["claim"] for row in rows if row["kind"] == "denial"} == {"K03", "P062"}
    (shortest,) = grouped(of(routes, POLICE, "MaruzenJunkudo"), "route").values()
    assert [everything.claim(handle).predicate for handle in shortest] == [
        "alliedWith",
        "administers",
        "participatesIn",
    ]
    assert "ShibuyaBookstoresProject" in {everything.claim(handle).object for handle in shortest}
    narrow = everything.rows("CQ04", store="JunkudoIkebukuro", police=NPA)
    assert [row["claim"] for row in narrow if row["kind"] == "denial"] == ["K03", "P062"], "said of the police at large"
    one = everything.rows("CQ04", store="JunkudoIkebukuro")
    assert column(one, "store") == {"JunkudoIkebukuro"} and {"K03", "P062"} < column(one, "claim")
    assert [r for r in one if r["kind"] == "route"] == [r for r in routes if r["store"] == "JunkudoIkebukuro"]


def test_cq05_routes_to_my_number_are_no_tie(everything: Asked) -> None:
    rows = everything.rows("CQ05")
    assert column(rows, "kind") == {"route"} and column(rows, "tie") == {"false"}
    assert {"MyNumberSystem", "MyNumberAct"} <= column(rows, "my_number")
    assert {"K08", "K15"} <= column(rows, "claim")
    for route in column(rows, "route"):
        merely = {everything.claim(handle).predicate for handle in route.split()} & {"oversees", "regulates", "amends"}
        assert merely


@pytest.mark.parametrize(("name", "end"), [("CQ04", "store"), ("CQ05", "my_number")])
def test_a_pair_gets_its_shortest_route_and_of_those_the_surest(name: str, end: str, everything: Asked) -> None:
    rows = [row for row in everything.rows(name) if row["kind"] == "route"]
    claims = {claim.handle: claim for claim in everything.claims}
    classes = {id: entity.cls for id, entity in everything.entities.items()}
    bodies = {id for id, cls in classes.items() if cls == "PoliceBody"}
    others = {"CommunitySafetyBureau", "FivePrefecturalPoliceForces", "LocalPoliceStationsTokyo"}
    goals = {id for id, cls in classes.items() if cls in ("Facility", "Retailer")} if end == "store" else MY_NUMBER
    expected: dict[tuple[str, str, str], tuple[int, int, int]] = {}
    for a, b in product(bodies | others, goals):
        links = links_of(everything.claims, everything.makers | (bodies - {a}))
        for route in routes_between(links, a, b):
            ranks = [min(claims[handle].stance.rank for handle in link) for link in route]
            tie = not any(all(merely(claims[handle], a, b) for handle in link) for link in route)
            key, value = (a, b, str(tie).lower()), (len(route), max(ranks), sum(ranks))
            expected[key] = min(value, expected.get(key, value))
    found = {}
    for key in {(row["police"], row[end], row["tie"]) for row in rows}:
        its = [row for row in rows if (row["police"], row[end], row["tie"]) == key]
        stances = [claims[row["claim"]].stance for row in its]
        assert [row["claim"] for row in its] == its[0]["route"].split()
        assert [row["step"] for row in its] == list("12345"[: len(its)])
        assert all(row["source"] == claims[row["claim"]].source for row in its)
        found[key] = (len(its), max(s.rank for s in stances), sum(s.rank for s in stances))
        weakest = list(Stance)[found[key][1]]
        assert column(its, "as_sure_as") == {weakest.value}
        assert all((row["weakest"] == "true") == (row["stance"] == weakest) for row in its)
    assert found == expected


def merely(claim: Claim, a: str, b: str) -> bool:
    """Whether the claim has something on the way oversee, regulate or amend its neighbour."""
    return claim.predicate in ("oversees", "regulates", "amends") and claim.subject not in (a, b)


def of(rows: Rows, a: str, b: str) -> Rows:
    """The rows of one police body and what it is joined to."""
    return [row for row in rows if row["police"] == a and b in (row.get("store"), row.get("my_number"))]


# ── routes, held to a search of another kind ────────────────────────────────

Links = dict[str, dict[str, set[str]]]


def links_of(claims: Sequence[Claim], left_out: set[str]) -> Links:
    """Which claims join which entities: no denial, nothing unreviewed, rejected or withdrawn."""
    found: Links = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        if (
            claim.negated
            or claim.review in (Review.candidate, Review.rejected, Review.withdrawn)
            or not isinstance(claim.object, str)
        ):
            continue
        if not {claim.subject, claim.object} & left_out:
            found[claim.subject][claim.object].add(claim.handle)
            found[claim.object][claim.subject].add(claim.handle)
    return found


def routes_between(links: Links, a: str, b: str, most: int = 5) -> Routes:
    """Every route of at most `most` links, as the claims of each link."""

    def walk(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if path[-1] == b:
            yield path
        elif len(path) <= most:
            for other in links.get(path[-1], {}):
                if other not in path:
                    yield from walk((*path, other))

    paths = walk((a,)) if a != b else iter(())
    return {tuple(frozenset(links[x][y]) for x, y in pairwise(path)) for path in paths}


def routes_told(rows: Rows) -> Routes:
    """The routes in the rows of CQ03."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row["route"]][row["step"]].add(row["claim"])
    return {tuple(frozenset(steps[step]) for step in sorted(steps)) for steps in found.values()}


def held_to_the_rules(rows: Rows, claims: dict[str, Claim]) -> None:
    """A route is as sure as its weakest link, and a link as its surest claim; shorter and surer ones come first."""
    order = []
    for route in dict.fromkeys(row["route"] for row in rows):
        its = [row for row in rows if row["route"] == route]
        steps = {row["step"] for row in its}
        ranks = {s: min(claims[row["claim"]].stance.rank for row in its if row["step"] == s) for s in steps}
        assert column(its, "as_sure_as") == {list(Stance)[max(ranks.values())].value}
        assert all((row["weakest"] == "true") == (ranks[row["step"]] == max(ranks.values())) for row in its)
        order.append((len(steps), max(ranks.values()), sum(ranks.values())))
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (NPA, "Bookstores"),
        (POLICE, "MyNumberAct"),
        (POLICE, "JunkudoIkebukuro"),
        (NPA, POLICE),
        (NSPO, POLICE),
        (NPA, "MyNumberSystem"),
        ("TakehanaYutaka", "Bookstores"),
        (NPA, NPA),
    ],
)
def test_cq03_finds_every_route_and_no_other(a: str, b: str, alone: Asked, everything: Asked) -> None:
    for asked in (alone, everything):
        rows = asked.rows("CQ03", **{"from": a, "to": b})
        links = links_of(asked.claims, asked.makers - {a, b})
        assert routes_told(rows) == routes_between(links, a, b)
        held_to_the_rules(rows, {claim.handle: claim for claim in asked.claims})


def test_cq03_takes_either_end_or_none(everything: Asked) -> None:
    default = everything.rows("CQ03")
    assert default == everything.rows("CQ03", to="Bookstores") == everything.rows("CQ03", **{"from": NPA})
    assert column(default, "from") == {NPA} and column(default, "to") == {"Bookstores"}
    assert column(everything.rows("CQ03", to="MaruzenJunkudo"), "to") == {"MaruzenJunkudo"}


NODES = [NPA, "Bookstores", "A", "B", "C", "D", "E"]
random_claim = st.builds(
    Claim,
    subject=st.sampled_from(NODES),
    predicate=st.sampled_from(["oversees", "uses"]),
    object=st.sampled_from(NODES),
    source=st.just("s"),
    stance=st.sampled_from(Stance),
    review=st.sampled_from(Review),
    negated=st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(random_claim, max_size=12), st.sampled_from([None, "A"]))
def test_cq03_on_random_claims(claims: list[Claim], maker: str | None) -> None:
    known = prefixes("https://w3id.org/sokanzu/id/")

    def node(name: str) -> NamedNode:
        prefix, _, local = name.partition(":")
        return NamedNode(known[prefix] + local)

    store = Store()

    def add(s: str, p: str, o: str | Literal) -> None:
        store.add(Quad(node(s), node(p), node(o) if isinstance(o, str) else o, node("graph:claims")))

    for number, stance in enumerate(Stance):
        add(f"stance:{stance}", "sk:rank", Literal(number))
        add(f"stance:{stance}", "skos:topConceptOf", "stance:")
    for name in [*(f"entity:{n}" for n in NODES), "sk:oversees", "sk:uses"]:
        for lang in ("ja", "en"):
            add(name, "rdfs:label", Literal(name, language=lang))
    if maker:
        add("source:s", "rdf:type", "sk:Source")
        add("source:s", "sk:document", f"entity:{maker}")
    by_handle = {f"H{number:02}": claim for number, claim in enumerate(claims)}
    for handle, claim in by_handle.items():
        add(f"claim:{handle}", "rdf:subject", f"entity:{claim.subject}")
        add(f"claim:{handle}", "rdf:predicate", f"sk:{claim.predicate}")
        add(f"claim:{handle}", "rdf:object", f"entity:{claim.object}")
        add(f"claim:{handle}", "dcterms:identifier", Literal(handle))
        add(f"claim:{handle}", "sk:stance", f"stance:{claim.stance}")
        add(f"claim:{handle}", "sk:review", f"review:{claim.review}")
        add(f"claim:{handle}", "prov:wasDerivedFrom", "source:s")
        if claim.negated:
            add(f"claim:{handle}", "sk:negated", Literal(True))
    answer = ask(store, QUERIES["CQ03"].text, known)
    assert isinstance(answer, QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    rows = [{c: cell(row[c]) for c in columns} for row in answer]
    named = [Claim(**{**vars(claim), "handle": handle}) for handle, claim in by_handle.items()]
    expected = routes_between(links_of(named, {maker} if maker else set()), NPA, "Bookstores")
    assert routes_told(rows) == expected
    held_to_the_rules(rows, by_handle)
