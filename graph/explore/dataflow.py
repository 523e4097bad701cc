"""What becomes of people's data in one system: who runs it, who is recorded, what is made, kept, matched, passed on.

In: a Chosen and the id of a system (or of a database, trial or project). Out: a Dataflow: steps in a fixed order, each
with its propositions. What is denied, only proposed or intended, or disputed by us stands apart, never among what is
so. What is said of whoever runs the system, and not of the system, is marked as that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Claim, Review
from ..terms import vocabulary
from .chosen import ASSERTED, Chosen, best
from .sheet import Line, Part, Sheet, left_out, once
from .tongue import Tongue

STEPS: dict[str, tuple[str, ...]] = {
    "run": ("operates", "uses", "deploys", "conducts", "administers", "participatesIn", "establishes"),
    "supplied": ("supplies", "funds"),
    "what": ("isTrialOf", "partOf", "connectsTo", "startDate", "endDate", "date", "count", "status", "price"),
    "where": ("deployedAt", "covers", "locatedIn"),
    "recorded": ("records", "holdsDataOn"),
    "made": ("collects", "contains"),
    "matched": ("matchesAgainst",),
    "alerted": ("alerts",),
    "kept": ("retains",),
    "given": ("providesDataTo", "sharesDataWith"),
    "told": ("informs", "displays"),
    "purpose": ("hasPurpose", "usedFor", "basedOn"),
}
"""The steps with their properties, in the order of the telling."""

RUNS = ("operates", "uses", "deploys", "conducts")
OF_RUNNERS = tuple(p for step in ("recorded", "made", "kept", "given", "told", "purpose") for p in STEPS[step])
_STEP = {predicate: step for step, predicates in STEPS.items() for predicate in predicates}


@dataclass(frozen=True)
class Flow:
    """One proposition of a step. `links` are the claims that bring it to the system; `of_runner`: said of who runs it.

    `apart` is "" for what is so by its sources, else denied, weaker or disputed.
    """

    step: str
    claims: tuple[Claim, ...]
    links: tuple[tuple[Claim, ...], ...] = ()
    of_runner: str = ""
    apart: str = ""


@dataclass(frozen=True)
class Dataflow:
    """Everything that is said of a system's data, and how many claims on it say something else."""

    system: str
    flows: tuple[Flow, ...]
    left: Counter[str]


def dataflow(chosen: Chosen, system: str) -> Dataflow:
    """Gather what is said of one system, its trials, its databases and those who run it."""
    return _Walk(chosen, system).found()


_Met = tuple[dict[int, Claim], tuple[tuple[Claim, ...], ...], str]


class _Walk:
    """Walks from one system over the claims around it."""

    def __init__(self, chosen: Chosen, system: str) -> None:
        self.chosen, self.system = chosen, system
        self.by_subject: dict[str, list[Claim]] = defaultdict(list)
        self.by_object: dict[str, list[Claim]] = defaultdict(list)
        for claim in chosen.claims:
            self.by_subject[claim.subject].append(claim)
            if isinstance(claim.object, str):
                self.by_object[claim.object].append(claim)
        self.links: dict[str, tuple[tuple[Claim, ...], ...]] = {system: ()}  # how something hangs on the system
        self.flows: dict[tuple[object, ...], _Met] = {}
        self.left = Counter(chosen.left)

    def found(self) -> Dataflow:
        """Walk outwards from the system; only what is said to be so is walked over."""
        inner = [self.system, *self.follow(self.system, "isTrialOf", back=True)]
        for id in list(inner):
            inner += [other for other in self.follow(id, "matchesAgainst") if other not in inner]
        for id in inner:
            for claim in (*self.by_subject[id], *self.by_object[id]):
                self.take(claim, id)
        data = {
            str(claim.object)
            for id in inner
            for claim in self.by_subject[id]
            if claim.predicate in (*STEPS["made"], *STEPS["kept"]) and so(claim)
        }
        about = {*inner, *data}
        runners = [other for id in inner for verb in RUNS for other in self.follow(id, verb, back=True)]
        for runner in dict.fromkeys(runners):
            self.take_runner(runner, about)
            self.take_partners(runner, about)
        flows = [flow for parts in self.flows.values() for flow in self.split(*parts)]
        steps = list(STEPS)
        flows.sort(key=lambda f: (steps.index(f.step), bool(f.of_runner), *order(f.claims[0])))
        return Dataflow(self.system, tuple(flows), self.left)

    def follow(self, id: str, predicate: str, back: bool = False) -> list[str]:
        """What is said to be tied to it by a property, each with the claims that lead there."""
        steps: dict[str, list[Claim]] = defaultdict(list)
        for claim in (self.by_object if back else self.by_subject)[id]:
            other = claim.subject if back else claim.object
            if claim.predicate == predicate and isinstance(other, str) and so(claim) and other != id:
                steps[other].append(claim)
        for other, claims in steps.items():
            self.links.setdefault(other, (*self.links[id], tuple(claims)))
        return list(steps)

    def take(self, claim: Claim, id: str) -> None:
        """A claim on the system, a trial or a database, if it is on its data."""
        if claim.predicate not in _STEP:
            self.left["other"] += id == self.system
            return
        # Of what is part of it, or participates in it, it is the object; of most others the subject.
        if claim.object == id and claim.predicate in ("partOf", "connectsTo", "basedOn", "usedFor"):
            self.left["other"] += id == self.system
            return
        self.add(claim, self.links[id] if claim.subject == id or id != self.system else (), "")

    def take_runner(self, runner: str, about: set[str]) -> None:
        """What is said of who runs it: of this system's data; else only where it runs no other system."""
        alone = self.runs(runner) <= about
        for claim in self.by_subject[runner]:
            if claim.predicate in OF_RUNNERS and (named(claim, about) or (alone and not elsewhere(claim, about))):
                self.add(claim, self.links[runner], "" if named(claim, about) else runner)
        for claim in self.by_object[runner]:
            if claim.predicate in STEPS["given"] and (named(claim, about) or alone):
                self.add(claim, self.links[runner], "" if named(claim, about) else runner)

    def take_partners(self, runner: str, about: set[str]) -> None:
        """Who runs or takes part in the project that runs it; and what they do with this system's own data."""
        for claim in self.by_object[runner]:
            if claim.predicate in STEPS["run"]:
                self.add(claim, self.links[runner], runner)
        for verb in ("participatesIn", "administers"):
            for partner in self.follow(runner, verb, back=True):
                for claim in self.by_subject[partner]:
                    if claim.predicate in OF_RUNNERS and named(claim, about):
                        self.add(claim, self.links[partner], "")

    def runs(self, runner: str) -> set[str]:
        """The systems that it runs."""
        return {str(c.object) for c in self.by_subject[runner] if c.predicate in RUNS and so(c)}

    def add(self, claim: Claim, links: tuple[tuple[Claim, ...], ...], of_runner: str) -> None:
        """Put a claim to those that say the same; a proposition keeps the way by which it was met first."""
        key = claim.subject, claim.predicate, claim.object
        claims, _, _ = self.flows.setdefault(key, ({}, links, of_runner))
        claims[id(claim)] = claim

    def split(self, claims: dict[int, Claim], links: tuple[tuple[Claim, ...], ...], of_runner: str) -> Iterator[Flow]:
        """A proposition, by what keeps it from simply being so."""
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims.values():
            groups[apart(claim)].append(claim)
        for key, group in groups.items():
            yield Flow(_STEP[group[0].predicate], tuple(group), links, of_runner, key)


def so(claim: Claim) -> bool:
    """Whether its source says that it is so; what we dispute is walked over and stays disputed."""
    return not claim.negated and claim.stance in ASSERTED


def apart(claim: Claim) -> str:
    """Why it does not stand among what is so; "" if it does."""
    if claim.negated:
        return "denied"
    if claim.stance not in ASSERTED:
        return "weaker"
    return "" if claim.review is Review.accepted else "unsettled"


def named(claim: Claim, about: Iterable[str]) -> bool:
    """Whether a claim names one of these, as its object or in what narrows it."""
    wanted = set(about)
    ids = {id for _, value in claim.qualifiers if isinstance(value, tuple) for id in value}
    return bool(wanted & ids) or (isinstance(claim.object, str) and claim.object in wanted)


def elsewhere(claim: Claim, about: set[str]) -> bool:
    """Whether it says that it is about something else: other data, another system."""
    known = ("regarding", "data", "device")
    ids = {id for name, value in claim.qualifiers if name in known and isinstance(value, tuple) for id in value}
    return bool(ids) and not ids & about


def order(claim: Claim) -> tuple[str, str, str]:
    """A fixed order of propositions."""
    return claim.predicate, claim.subject, str(claim.object)


def sheet(found: Dataflow, chosen: Chosen, tongue: Tongue) -> Sheet:
    """What was found, to be read: a part for each step, then what is denied, weaker or not settled."""
    parts = []
    for step in STEPS:
        lines = tuple(_line(flow, chosen, tongue) for flow in found.flows if flow.step == step and not flow.apart)
        note = "" if lines else tongue.text("dataflow-silent")
        if step == "kept" and lines and all(not c.valid_to for f in found.flows if f.step == step for c in f.claims):
            note = tongue.text("dataflow-no-end")
        parts.append(Part(step, tongue.text(f"dataflow-{step}"), lines, note))
    for key in ("denied", "weaker", "unsettled"):
        lines = tuple(_line(flow, chosen, tongue) for flow in found.flows if flow.apart == key)
        note = tongue.text(f"dataflow-{key}-note") if lines else ""
        parts.append(Part(key, tongue.text(f"dataflow-{key}"), lines, note))
    title = tongue.text("dataflow-title", name=tongue.name(found.system))
    entity = chosen.project.entity(found.system)
    notes = [tongue.text("dataflow-note")]
    if entity and not any(vocabulary().is_a(entity.cls, cls) for cls in ("System", "Project", "Trial", "Programme")):
        notes.append(tongue.text("dataflow-no-system", name=tongue.name(found.system), cls=tongue.cls(entity.cls)))
    numbers = {"propositions": len(found.flows)}
    return Sheet("dataflow", title, tuple(parts), tuple(notes), left_out(tongue, found.left), numbers)


def _line(flow: Flow, chosen: Chosen, tongue: Tongue) -> Line:
    text = tongue.proposition(flow.claims[0])
    if flow.of_runner:
        text = tongue.text("dataflow-of-runner", text=text, name=tongue.name(flow.of_runner))
    own = chosen.proofs(flow.claims)
    links = [chosen.proofs(claims) for claims in flow.links]
    claim = flow.claims[0]
    data = {
        "step": flow.step,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object if isinstance(claim.object, str) else tongue.value(claim.object),
        "negated": claim.negated,
        "said_of_runner": flow.of_runner or None,
        "links": [[tie.name for tie in ties] for ties in links],
    }
    steps = tuple(best(ties) for ties in links)
    remarks = tongue.remarks(chosen.named(flow.claims))
    apart = tuple(tie for tie in once(steps) if tie.claim not in {mine.claim for mine in own})
    remarks |= {tie.claim: tongue.text("dataflow-link") for tie in apart}
    return Line(text, (*own, *apart), data, (best(own), *steps), remarks=remarks)
