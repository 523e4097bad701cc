"""What a language model may answer, checked by pydantic.

In: the text of an answer. Out: proposed claims of the right form, and a count of those that are not; nothing in them
is believed yet. This is the only module that needs pydantic (pip install 'sokanzu[llm]').
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...model import Stance

MOST = 200  # claims of one block; whoever finds more has not read it

_THOUGHT = re.compile(r"\A\s*<(think|thinking)>.*?</\1>", re.DOTALL)
_FENCE = re.compile(r"```[A-Za-z]*[ \t]*\r?\n(.*?)```", re.DOTALL)


class Proposed(BaseModel):
    """A claim as a model proposes it."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    subject: str = Field(min_length=1, max_length=500)
    predicate: str = Field(min_length=1, max_length=100)
    object: str = Field(min_length=1, max_length=500)
    quote: str = Field(min_length=1, max_length=2000)
    stance: str = Field(min_length=1, max_length=50)
    negated: bool
    hedged: bool = False


def schema(entities: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
    """The JSON Schema that a server is asked to hold the model to."""
    fields: dict[str, Any] = {
        "subject": {"type": "string", "enum": list(entities)},
        "predicate": {"type": "string", "enum": list(properties)},
        "object": {"type": "string", "enum": list(entities)},
        "quote": {"type": "string"},
        "stance": {"type": "string", "enum": [str(stance) for stance in Stance]},
        "negated": {"type": "boolean"},
        "hedged": {"type": "boolean"},
    }
    claim = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    claims = {"type": "array", "items": claim}
    return {
        "type": "object",
        "properties": {"claims": claims},
        "required": ["claims"],
        "additionalProperties": False,
    }


def read(content: str, counts: Counter[str]) -> list[Proposed]:
    """The claims of an answer, a code fence or a thought before it aside; the others are counted by what is wrong."""
    told = _json(content)
    if isinstance(told, dict):
        told = told.get("claims")
    if not isinstance(told, list):
        counts["bad-json" if told is None else "schema"] += 1
        return []
    found = []
    for item in told[:MOST]:
        try:
            found.append(Proposed.model_validate(item))
        except ValidationError:
            counts["schema"] += 1
    if len(told) > MOST:
        counts["too-many"] += len(told) - MOST
    return found


def _json(content: str) -> Any:
    """The JSON of an answer; None where there is none that is whole."""
    text = _THOUGHT.sub("", content).strip()
    if fenced := _FENCE.search(text):
        text = fenced[1].strip()
    start = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if start < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
