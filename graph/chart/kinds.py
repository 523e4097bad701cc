"""The kinds that give a node its colour and its weight in the first picture.

In: a project, the vocabulary. Out: a kind for each entity, a weight for a class. Kinds are coarser than classes:
a reader tells ten colours apart, not fifty.
"""

from __future__ import annotations

from ..model import Project
from ..terms import Vocabulary

# kind -> the classes that belong to it; the first fitting row wins
KINDS: dict[str, tuple[str, ...]] = {
    "person": ("Person",),
    "state": ("GovernmentBody",),
    "business": ("Company", "Sector", "Facility"),
    "civil": ("CivilSocietyGroup", "Campaign", "LegalChallenge", "AffectedPeople"),
    "association": ("Organization", "ActorGroup", "Actor"),
    "system": ("System", "DataCategory"),
    "policy": ("Instrument", "Programme", "Purpose"),
    "event": ("Project", "Trial", "Event"),
    "document": ("Document", "Sign"),
    "other": (),
}

# how much a class carries a story; what is not named here weighs 1
_WEIGHTS: dict[str, float] = {
    "Document": 0.35,
    "Sign": 0.45,
    "Purpose": 0.4,
    "DataCategory": 0.55,
    "Device": 0.75,
    "Place": 0.5,
    "Facility": 1.1,
    "Sector": 0.7,
    "AffectedPeople": 0.8,
    "Concern": 0.7,
    "Campaign": 0.7,
    "Event": 0.6,
    "Person": 1.3,
    "Organization": 1.3,
    "FaceRecognitionSystem": 1.3,
}


def kinds(project: Project, vocabulary: Vocabulary) -> dict[str, str]:
    """The kind that gives each entity its colour; a unit takes that of the body it is part of."""
    entities = {entity.id: entity for entity in project.entities}
    whole = {c.subject: str(c.object) for c in reversed(project.claims) if c.asserted and c.predicate == "partOf"}
    by_class = {cls: _kind(cls, vocabulary) for cls in {entity.cls for entity in project.entities}}
    found = {}
    for id, entity in entities.items():
        seen = {id}
        while entity.cls == "OrganizationalUnit" and (above := whole.get(entity.id)) in entities and above not in seen:
            seen.add(above)
            entity = entities[above]
        found[id] = by_class[entity.cls]
    return found


def _kind(cls: str, vocabulary: Vocabulary) -> str:
    for name, classes in KINDS.items():
        if any(vocabulary.is_a(cls, one) for one in classes):
            return name
    return "other"


def weight(cls: str, vocabulary: Vocabulary) -> float:
    """How much an entity of that class carries a story: the nearest ancestor's weight."""
    for name in (cls, *vocabulary.ancestors(cls)):
        if name in _WEIGHTS:
            return _WEIGHTS[name]
    return 1.0
