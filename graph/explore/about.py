"""Everything that the store holds on one entity, one source or one claim.

In: a store, what its build says of itself, an id, a language. Out: an About: what it is, its claims, and as a Sheet
what can be read off them: how sure, in whose words, what happened when, what was answered, what is open.

Only what concerns the thing is read: its claims, their sources, the claims beside them, and by which documents those
sources hang together. So an entity of a large project is told as quickly as one of a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from ..dossier import Dossier
from ..model import Claim, Project, Source, claim_id, iri
from ..rdf import PROV, RDF, graph_name, sk
from .behind import Behind, value
from .chosen import Chosen, choose
from .open_questions import open_questions
from .part import part
from .sheet import Line, Part, Sheet
from .ties import Filter, weakest
from .timeline import sheet as timeline_sheet
from .timeline import timeline
from .told import Beside, Told, pile, reply_text, standing, told
from .tongue import Tongue, clean

_CLAIMS, _SOURCES = graph_name("claims"), graph_name("sources")
_NAMED = 12  # claims that a line of counts names


@dataclass(frozen=True)
class Pile:
    """Claims under a heading. `key` names the pile for a program."""

    key: str
    title: str
    claims: tuple[Told, ...]
    note: str = ""


class About:
    """What there is on one thing; `kind` is entity, source or claim, `id` as in the model."""

    def __init__(self, store: Store, meta: Mapping[str, Any], lang: str, kind: str, id: str) -> None:
        self.store, self.meta, self.kind, self.id = store, meta, kind, id
        self.spaces: Mapping[str, str] = meta["prefixes"]
        self.dossier = Dossier(store, self.spaces, lang)
        self.iri = iri(meta["base"], kind, id)
        self.lang = lang
        # In the order of their names; of a source in the order of its text.
        self.mine = [self._local(claim) for claim in self._mine()]

    @cached_property
    def whole(self) -> Project:
        """The project cut down to its claims and those beside it."""
        beside: list[str] = []
        if self.kind == "claim":
            there = (*self.grounds, *self.resting, *self.dossier.alike(self.iri))
            beside = [self._local(other) for other, _ in there]
        entities, sources = ([self.id] if self.kind == kind else [] for kind in ("entity", "source"))
        return part(self.store, self.meta, entities, {*self.mine, *beside}, sources)

    @cached_property
    def tongue(self) -> Tongue:
        """Speaks of it."""
        return Tongue(self.whole, self.lang)

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """The claims of it, and those beside one claim, by id."""
        return {claim_id(claim, self.whole.base): claim for claim in self.whole.claims}

    def _mine(self) -> Iterable[str]:
        if self.kind == "claim":
            return [self.iri]
        if self.kind == "source":
            return self.dossier.claims_from(self.iri)
        claims = {claim for claims in self.dossier.claims_of(self.iri).values() for claim in claims}
        return sorted(claims, key=lambda claim: (self.dossier.handle(claim), claim))

    @cached_property
    def grounds(self) -> list[tuple[str, int]]:
        """The claims that a claim rests on, with how many steps off."""
        return self.dossier.grounds(self.iri)

    @cached_property
    def resting(self) -> list[tuple[str, int]]:
        """The claims that rest on it."""
        return self.dossier.grounds(self.iri, back=True)

    @property
    def name(self) -> str:
        """What it is called."""
        if self.kind == "claim":
            return self.tongue.proposition(self.by_id[self.id])
        return self.tongue.name(self.id)

    @cached_property
    def chosen(self) -> Chosen:
        """Its claims that count: accepted and disputed ones. Beside them what tells which sources hang together."""
        own = replace(self.whole, claims=tuple(self.by_id[id] for id in self.mine))
        counted = choose(own, Filter(documents=True))
        return replace(counted, project=self._wider())

    def _wider(self) -> Project:
        """The project at hand with the claims by which its sources may hang together, and what those name."""
        grounds = [self.dossier.grounds(self.spaces["claim"] + id) for id in self.mine]
        near = {self._local(other) for found in grounds for other, steps in found if steps == 1}
        links, behind = Behind(self.store, self.spaces).found(self.whole)
        more = part(self.store, self.meta, (), (links | near) - self.by_id.keys(), behind)
        sources = {one.id: one for one in (*more.sources, *self.whole.sources)}
        entities = {one.id: one for one in (*more.entities, *self.whole.entities)}
        return replace(
            self.whole,
            claims=(*self.whole.claims, *more.claims),
            sources=tuple(sources.values()),
            entities=tuple(entities.values()),
        )

    def _local(self, claim: str) -> str:
        return claim.removeprefix(self.spaces["claim"])

    # what it is

    @cached_property
    def facts(self) -> tuple[tuple[str, str, str], ...]:
        """What it is, as (key, label, value); what is not known is left out."""
        rows = {"entity": self._entity, "source": self._source, "claim": self._claim}[self.kind]()
        return tuple((key, self.tongue.text(f"about-{key}"), value) for key, value in rows if value)

    def _entity(self) -> Iterator[tuple[str, str]]:
        entity, tongue = self.whole.entity(self.id), self.tongue
        yield "id", clean(self.id)
        if entity is None:
            return
        yield "names", " · ".join(dict.fromkeys(map(clean, (*entity.name.values(), *entity.also))))
        yield "class", tongue.cls(entity.cls)
        yield (
            "existence",
            tongue.terms.values["existence"][entity.existence.value].label.best(self.lang)
            if (entity.existence)
            else "",
        )
        yield "theme", tongue.theme(entity.theme) if entity.theme else ""
        yield "note", tongue.words(entity.note)

    def _source(self) -> Iterator[tuple[str, str]]:
        source, tongue = self.whole.source(self.id), self.tongue
        yield "id", clean(self.id)
        if source is None:
            return
        yield "names", " · ".join(dict.fromkeys(map(clean, source.title.values())))
        yield "publisher", tongue.words(source.publisher)
        yield "date", str(source.date or "")
        yield "grade", tongue.terms.values["grade"][source.grade.value].label.best(self.lang) if source.grade else ""
        yield "document", tongue.name(source.document) if source.document else ""
        yield "retells", tongue.name(source.retells) if source.retells else ""
        yield "address", " ".join(map(clean, source.addresses))
        yield "rights", tongue.words(source.rights)
        yield "read", tongue.words(source.read)
        yield "note", tongue.words(source.note)

    def _claim(self) -> Iterator[tuple[str, str]]:
        yield "id", " ".join(dict.fromkeys((clean(self.by_id[self.id].handle or self.id), self.id)))

    # its claims

    def told(self, id: str) -> Told:
        """One of its claims in full."""
        besides: dict[bool, list[Beside]] = {False: [], True: []}
        address = self.spaces["claim"] + id
        for other, opposite in self.dossier.alike(address):
            besides[opposite].append(self._beside(other))
        claim = self.by_id[id]
        rests = [
            (self.dossier.handle(other), self._local(other)) for other, n in self.dossier.grounds(address) if n == 1
        ]
        return told(claim, id, self.tongue, same=besides[False], opposite=besides[True], rests=rests)

    def _beside(self, other: str) -> Beside:
        node = self.dossier.node(other, "claims")
        source = self.dossier.label(node[PROV + "wasDerivedFrom"][0].value)
        stance = self.dossier.term("stance", node, "stance")
        return Beside(self.dossier.handle(other), self._local(other), stance, clean(source))

    @cached_property
    def piles(self) -> tuple[Pile, ...]:
        """Its claims under headings: a source's in the order of its text, the others by what they are good for."""
        text = self.tongue.text
        if self.kind == "claim":
            return tuple(self._around_claim())
        claims = [self.told(id) for id in self.mine]
        if self.kind == "source":
            return (
                (Pile("claims", text("about-in-order"), tuple(claims), text("about-in-order-note")),) if claims else ()
            )
        claims.sort(key=lambda one: (one.claim.predicate, one.name, one.id))
        return tuple(
            Pile(kind.value, text(f"about-{kind.value}"), tuple(ones), text(f"about-{kind.value}-note"))
            for kind, ones in pile(claims).items()
        )

    def _around_claim(self) -> Iterator[Pile]:
        text = self.tongue.text
        yield Pile("claim", text("about-claim"), (self.told(self.id),))
        for opposite, key in ((False, "same"), (True, "opposite")):
            others = [self._local(other) for other, turned in self.dossier.alike(self.iri) if turned is opposite]
            if others:
                yield Pile(key, text(f"about-{key}"), tuple(map(self.told, others)))
        for key, found in (("grounds", self.grounds), ("resting", self.resting)):
            if found:
                ids = [self._local(other) for other, _ in found]
                yield Pile(
                    key, text(f"about-{key}"), tuple(map(self.told, ids)), self._sure(ids) if key == "grounds" else ""
                )

    def _sure(self, ids: list[str]) -> str:
        """A claim is no surer than what it rests on: the weakest of all these is named."""
        least = weakest([self.chosen.proof(self.by_id[id]) for id in (self.id, *ids)])
        return self.tongue.text("explore-at-most", sure=self.tongue.sure(least.sureness), claim=clean(least.name))

    # what can be read off them

    @cached_property
    def sheet(self) -> Sheet:
        """Counts, relations, timeline, replies, open questions: the parts that have lines."""
        parts = [*self._counts(), *self._relations(), self._timeline(), self._replies()]
        if self.kind != "claim":
            parts += open_questions(self.chosen, self._opposed(), self.tongue, self.whole.entity(self.id))
        shown = tuple(one for one in parts if one.lines)
        return Sheet(f"about-{self.kind}", self.name, shown, (self.tongue.text("about-notice"),))

    def _counts(self) -> Iterator[Part]:
        """How many claims there are of each standing and stance, in whose words, from which source."""
        if self.kind == "claim":
            return
        tongue = self.tongue
        ways: dict[str, tuple[Callable[[Claim], str], Callable[[str], str]]] = {
            "standing": (lambda claim: standing(claim).value, lambda key: tongue.text(f"about-{key}")),
            "stance": (lambda claim: claim.stance.value, tongue.stance),
            "voice": (lambda claim: claim.voiced_by, tongue.name),
            "source": (lambda claim: claim.source, tongue.name),
        }
        for by, (key, label) in ways.items():
            groups: dict[str, list[str]] = {}
            for id in self.mine:
                claim = self.by_id[id]
                groups.setdefault(key(claim), []).append(claim.handle or id)
            if by == self.kind:
                continue
            order = sorted(groups.items(), key=lambda row: (-len(row[1]), row[0]))
            lines = tuple(self._count(by, key, label(key), sorted(names)) for key, names in order)
            yield Part(f"by-{by}", tongue.text(f"about-by-{by}"), lines, rated=False)

    def _count(self, by: str, key: str, label: str, names: list[str]) -> Line:
        shown = ", ".join(map(clean, names[:_NAMED]))
        if len(names) > _NAMED:
            shown = self.tongue.text("explore-more-names", names=shown, count=len(names) - _NAMED)
        text = self.tongue.text("about-count", label=label, count=len(names), claims=shown)
        return Line(text, data={"by": by, "key": key, "label": label, "count": len(names), "names": names})

    def _timeline(self) -> Part:
        if self.kind == "claim":
            return Part("timeline", "")
        found = timeline(self.chosen)
        years = timeline_sheet(found, self.chosen, self.tongue)
        lines = tuple(line for year in years.parts for line in year.lines)
        return Part("timeline", years.title, lines, years.notes[0])

    def _replies(self) -> Part:
        """What was answered to its claims, oldest first; also that someone was asked and what came of it."""
        rows = sorted(
            (
                (str(reply.date or "9999"), self.by_id[id].handle or id, id, reply)
                for id in self.mine
                for reply in self.by_id[id].replies
            ),
            key=lambda row: row[:3],
        )
        lines = tuple(
            Line(
                reply_text(reply, self.tongue),
                (self.chosen.proof(self.by_id[id]),),
                {"by": reply.by, "date": str(reply.date) if reply.date else None, "address": reply.address},
            )
            for _, _, id, reply in rows
        )
        return Part("replies", self.tongue.text("about-replies"), lines, rated=False)

    def _opposed(self) -> list[tuple[Claim, list[Claim]]]:
        """Its claims that count, each with those of them that say the opposite."""
        counted = {claim_id(claim, self.whole.base): claim for claim in self.chosen.claims}
        found = []
        for id, claim in counted.items():
            others = [
                self._local(other) for other, opposite in self.dossier.alike(self.spaces["claim"] + id) if opposite
            ]
            there = [counted[other] for other in others if other in counted]
            if there:
                found.append((claim, there))
        return found

    def _relations(self) -> Iterator[Part]:
        """Of a source: what it retells and cites, and who cites or retells it."""
        source = self.whole.source(self.id) if self.kind == "source" else None
        if source is None:
            return
        tongue, lines = self.tongue, []
        if source.retells:
            lines.append(
                Line(
                    tongue.text("about-retells-line", name=tongue.name(source.retells)),
                    data={"retells": source.retells},
                )
            )
        vias: dict[str, int] = {}
        for id in self.mine:
            for via in self.by_id[id].cited_via:
                vias[via] = vias.get(via, 0) + 1
        for via, count in sorted(vias.items()):
            text = tongue.text("about-via-line", name=tongue.name(via), count=count)
            lines.append(Line(text, data={"cited_via": via, "count": count}))
        lines += self._citing(source)
        yield Part("relations", tongue.text("about-relations"), tuple(lines), rated=False)

    def _citing(self, source: Source) -> Iterator[Line]:
        """Who rests on it."""
        if not source.document:
            return
        document = NamedNode(iri(self.whole.base, "entity", source.document))
        for quad in sorted(self.store.quads_for_pattern(None, sk("retells"), document, _SOURCES), key=str):
            id = value(quad.subject).removeprefix(self.spaces["source"])
            name = clean(self.dossier.label(value(quad.subject)))
            yield Line(self.tongue.text("about-retold-line", name=name), data={"retold_by": id})
        users: dict[str, int] = {}
        for quad in self.store.quads_for_pattern(None, sk("citedVia"), document, _CLAIMS):
            for row in self.store.quads_for_pattern(quad.subject, NamedNode(PROV + "wasDerivedFrom"), None, _CLAIMS):
                users[value(row.object)] = users.get(value(row.object), 0) + 1
        for user, count in sorted(users.items()):
            text = self.tongue.text("about-used-line", name=clean(self.dossier.label(user)), count=count)
            yield Line(text, data={"used_by": user.removeprefix(self.spaces["source"]), "count": count})
        rows = self.store.quads_for_pattern(None, NamedNode(RDF + "object"), document, _CLAIMS)
        cites = NamedNode(RDF + "predicate"), sk("cites")
        for claim in sorted(quad.subject.value for quad in rows if isinstance(quad.subject, NamedNode)):
            if Quad(NamedNode(claim), *cites, _CLAIMS) not in self.store:
                continue
            for row in self.store.quads_for_pattern(NamedNode(claim), NamedNode(RDF + "subject"), None, _CLAIMS):
                words = {"name": clean(self.dossier.label(value(row.object))), "claim": self.dossier.handle(claim)}
                data = {"cited_by": value(row.object).removeprefix(self.spaces["entity"]), "claim": words["claim"]}
                yield Line(self.tongue.text("about-cited-line", **words), data=data)
