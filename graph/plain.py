"""A project as plain values, for tables and networks: text, numbers, yes and no.

In: a Project, or Ties of it. Out: rows for a table, a networkx MultiDiGraph that every format can hold. Several values
in one cell are parted by "; ", dates stand as precisely as the source has them. What is not there is empty text, or nan
for a number. networkx is imported only where a network is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import nan
from typing import TYPE_CHECKING

from .explore.ties import Tie, Ties
from .explore.tongue import clean
from .model import Claim, Entity, Project, Qualifier, Source, Value, When, Words, claim_id
from .terms import vocabulary

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Cell = str | bool | float
Row = dict[str, Cell]


def claim_rows(project: Project) -> list[Row]:
    """One row for each claim, candidates and rejected ones among them: see the column `review`."""
    return [_claim(claim, project) for claim in project.claims]


def entity_rows(project: Project) -> list[Row]:
    """One row for each entity."""
    return [_entity(entity, project) for entity in project.entities]


def source_rows(project: Project) -> list[Row]:
    """One row for each source."""
    return [_source(source, project) for source in project.sources]


TABLES: Mapping[str, tuple[Callable[[Project], list[Row]], Callable[[Project], Row]]] = {
    "claims": (claim_rows, lambda project: _claim(Claim("", "", "", ""), project)),
    "entities": (entity_rows, lambda project: _entity(Entity("", "", Words()), project)),
    "sources": (source_rows, lambda project: _source(Source("", Words()), project)),
}
"""By name: what makes a table's rows, and a row of nothing, which says what columns even an empty table has."""


def network(ties: Ties, project: Project, denials: Iterable[Tie] = ()) -> MultiDiGraph:
    """A directed multigraph of plain values: a node for each entity that is tied, an edge for each claim.

    Edges are keyed by the claim's id. The source stands as `sources`: `source` is what many formats call an edge's end.
    """
    from networkx import MultiDiGraph

    graph = MultiDiGraph()
    told = sorted([*ties, *denials], key=lambda tie: tie.claim)
    for id in sorted({end for tie in told for end in (tie.subject, tie.object)}):
        graph.add_node(id, **_node(id, project))
    for tie in told:
        graph.add_edge(tie.subject, tie.object, tie.claim, **_edge(tie))
    return graph


def _node(id: str, project: Project) -> dict[str, str]:
    entity = project.entity(id)
    found = entity or Entity(id, "", Words())
    return {
        "label": clean(found.name.best(project.languages[0])) or id,
        **{name: clean(text) for name, text in _spoken("label", found.name, project).items()},
        "class": found.cls,
        "theme": found.theme,
        "existence": found.existence.value if found.existence else "",
    }


def _edge(tie: Tie) -> dict[str, str | bool]:
    return {
        "claim": tie.name,
        "predicate": tie.predicate,
        "stance": tie.stance.value,
        "review": tie.review.value,
        "negated": tie.negated,
        "hedged": tie.hedged,
        "voiced_by": tie.voice,
        "sources": tie.source,
        "valid_from": _text(tie.valid_from),
        "valid_to": _text(tie.valid_to),
        "as_of": _text(tie.as_of),
    }


def _claim(claim: Claim, project: Project) -> Row:
    narrowed = dict(claim.qualifiers)
    return {
        "id": claim_id(claim, project.base),
        "handle": claim.handle,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": _told(claim.object, project),
        "value": claim.is_literal,
        "source": claim.source,
        "stance": claim.stance.value,
        "review": claim.review.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "voiced_by": claim.voiced_by,
        "cited_via": "; ".join(claim.cited_via),
        "valid_from": _text(claim.valid_from),
        "valid_to": _text(claim.valid_to),
        "as_of": _text(claim.as_of),
        **_spoken("gist", claim.gist, project),
        **_spoken("note", claim.note, project),
        "quote": claim.quote,
        "passages": "; ".join(f"{passage.start}-{passage.end}" for passage in claim.passages),
        **_spoken("place", claim.place, project),
        "method": claim.method,
        "confidence": nan if claim.confidence is None else claim.confidence,
        "based_on": "; ".join(claim.based_on),
        "readers": "; ".join(claim.readers),
        **{name: _told(narrowed.get(name, ()), project) for name in vocabulary().qualifiers},
    }


def _entity(entity: Entity, project: Project) -> Row:
    return {
        "id": entity.id,
        "class": entity.cls,
        **_spoken("name", entity.name, project),
        "also": "; ".join(entity.also),
        "reading": entity.reading,
        "theme": entity.theme,
        "existence": entity.existence.value if entity.existence else "",
        "kind": entity.kind,
        **_spoken("note", entity.note, project),
    }


def _source(source: Source, project: Project) -> Row:
    return {
        "id": source.id,
        **_spoken("title", source.title, project),
        **_spoken("publisher", source.publisher, project),
        "date": _text(source.date),
        "language": source.language,
        "grade": source.grade.value if source.grade else "",
        "document": source.document,
        "retells": source.retells,
        "addresses": "; ".join(source.addresses),
        **_spoken("rights", source.rights, project),
        **_spoken("read", source.read, project),
        **_spoken("note", source.note, project),
    }


def _spoken(name: str, words: Words, project: Project) -> dict[str, str]:
    """Words in each of the project's languages: name_ja, name_en."""
    return {f"{name}_{lang}": words.get(lang, "") for lang in project.languages}


def _told(value: Value | Qualifier | str, project: Project) -> str:
    """An object or a qualifier as text."""
    if isinstance(value, Words):
        return value.best(project.languages[0])
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _text(when: When | None) -> str:
    return str(when) if when else ""
