"""Candidates as they are written down: JSON Lines for programs, YAML for a project's claims/.

In: candidates, the project whose entities they name. Out: text. Offsets count the characters of the untouched text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

import yaml

from ..model import Project, When, Words, claim_id
from .flow import Candidate

Row = dict[str, Any]


def row(candidate: Candidate, project: Project) -> Row:
    """One candidate as plain data: the fields of a line of JSON Lines (docs/extraction.md lists them)."""
    claim = candidate.claim
    made: Row = {
        "document": candidate.document,
        "id": claim_id(claim, project.base),
        "subject": _thing(claim.subject, project),
        "predicate": claim.predicate,
        "object": _thing(claim.object, project) if isinstance(claim.object, str) else {"value": _value(claim.object)},
        "stance": str(claim.stance),
        "negated": claim.negated,
        "hedged": claim.hedged,
        "voicedBy": claim.voiced_by or None,
        "validFrom": str(claim.valid_from) if claim.valid_from else None,
        "validTo": str(claim.valid_to) if claim.valid_to else None,
        "passages": [[p.start, p.end] for p in claim.passages],
        "quote": claim.quote,
        "cue": claim.cue or None,
        "rule": claim.method,
        "how": list(candidate.how),
        "gist": dict(claim.gist),
    }
    if claim.qualifiers:
        made["qualifiers"] = {name: _value(value) for name, value in claim.qualifiers}
    if claim.confidence is not None:
        made["confidence"] = claim.confidence
    return made


def as_line(made: Row) -> str:
    """A row as one line."""
    return json.dumps(made, ensure_ascii=False) + "\n"


def as_claims(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as claims/ holds them: a group for each source, each claim with `review: candidate`.

    The rule and the exact words stand beside each claim as comments.
    """
    by_source: dict[str, list[Row]] = defaultdict(list)
    for made in rows:
        by_source[made["document"]].append(made)
    for source, found in by_source.items():
        yield _yaml([{"source": source}], flow=False) + "  claims:\n"
        for made in found:
            yield f"\n  # {_seen(made['quote'])}\n  # {_seen('; '.join([made['rule'], *made['how']]))}\n"
            yield indent(_yaml([_record(made)]), "  ")


def _seen(text: str) -> str:
    """Text fit for a comment: on one line, with nothing in it that YAML does not take."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


_FLAGS = ("negated", "hedged", "voicedBy", "validFrom", "validTo")


def _record(made: Row) -> Row:
    """A row with the keys of a claims file."""
    told: Row = {"id": f"X-{made['id'][:8]}", "subject": made["subject"]["id"], "predicate": made["predicate"]}
    told |= {"object": made["object"]["id"]} if "id" in made["object"] else {"value": made["object"]["value"]}
    told["stance"] = made["stance"]
    told |= {key: made[key] for key in _FLAGS if made[key]} | made.get("qualifiers", {})
    told["passages"] = made["passages"]
    told |= {"cue": made["cue"]} if made["cue"] else {}
    return {**told, "review": "candidate", "gist": made["gist"]}


def _yaml(value: object, flow: bool | None = None) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=flow)


def _thing(id: str, project: Project) -> Row:
    entity = project.entity(id)
    return {"id": id, "name": entity.name.best(project.languages[0]) if entity else id}


def _value(value: object) -> Any:
    if isinstance(value, Words):
        return dict(value)
    if isinstance(value, When):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
