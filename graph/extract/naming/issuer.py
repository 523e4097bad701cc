"""Who issued a document, and what its head says by that: a body above or below an opinion, 発行・…の会 in a masthead.

In: a Document, the names. Out: the Issuer, and where the document is itself an entity, the Hit that they published it.
Only one body may be meant: two names at the head, or an addressee (御中, "to"), and nobody is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...model import Entity
from ...terms import vocabulary
from ..flow import Document, Frame, Hit, Mention, Sentence
from .names import Names

_HEAD, _FOOT = 6, 6
_LONGEST = 60
_SPARE = 12  # what may stand beside a name in a title
_ADDRESSEE = re.compile(r"(?:御中|様|殿|宛て?|あて|各位)\s*\Z|\b(?:to|TO|To)\b|^(?:被申立人|被告|相手方|Respondent)")
_SIGNED = re.compile(
    r"^(?:申立人|原告|請願者|陳情者|発行(?:元|者|所)?|編集・?発行|作成|発信者|提出者|主催|報告|文責"
    r"|Complainant|Issued by|Published by|Submitted by|From|Claimant)\b|発行\s*[・:：]|発行\Z"
)
_ENDS = re.compile(r"[。.?!？！]\Z")

PUBLISHES = Frame("imprint", 1, "ja", "publishes", ("Organization", "ActorGroup"), ("Document",))
ISSUES = Frame("imprint-rule", 1, "ja", "issues", ("Organization",), ("Instrument",))


@dataclass(frozen=True)
class Issuer:
    """The body that issued a document, and the line where it says so (None: what was read with the document)."""

    id: str
    line: Sentence | None = None
    mention: Mention | None = None


def issuer(document: Document, names: Names, entities: Mapping[str, Entity]) -> Issuer | None:
    """Who issued a document, where that is one body beyond doubt."""
    for text in (document.publisher, document.title.rpartition("|")[2] if "|" in document.title else ""):
        bodies = list(_bodies(text, names, entities))
        if len({m.ids[0] for m in bodies}) == 1:
            return Issuer(bodies[0].ids[0])
    lines = [s for s in document.sentences if len(s.text) <= _LONGEST and not _ENDS.search(s.text)]
    ends = {id(s) for s in (*document.sentences[:_HEAD], *document.sentences[-_FOOT:])}
    near = [s for s in lines if id(s) in ends and not _ADDRESSEE.search(s.text)]
    signed = [s for s in near if _SIGNED.search(s.text)]
    for choice in (signed, [s for s in near if s not in signed]):
        found = [Issuer(m.ids[0], s, m) for s in choice for m in _bodies(s.text, names, entities)]
        if len({one.id for one in found}) == 1:
            return found[0]
    return None


def _bodies(text: str, names: Names, entities: Mapping[str, Entity]) -> Iterator[Mention]:
    """The organizations that a line is made of, but for a date, a title, a post."""
    for mention in names.find_in(text):
        rest = text[: mention.start] + text[mention.end :]
        cls = entities[mention.ids[0]].cls
        if len(mention.ids) == 1 and vocabulary().is_a(cls, "Organization") and len(rest) <= 24:
            yield mention


def imprint(
    document: Document, issued: Issuer | None, names: Names, entities: Mapping[str, Entity]
) -> Iterator[tuple[Sentence, Hit]]:
    """That the issuer published the document, where its title is the name of an entity; with the line it stands in."""
    if issued is None or issued.line is None or issued.mention is None:
        return
    for title in document.sentences[:3]:
        for told in names.find_in(title.text):
            cls = entities[told.ids[0]].cls
            frame = next((f for f in (PUBLISHES, ISSUES) if vocabulary().is_a(cls, f.object_classes[0])), None)
            whole = len(title.text) - (told.end - told.start) <= _SPARE
            if frame and whole and len(told.ids) == 1 and told.ids[0] != issued.id:
                at = issued.mention.start
                place = title.clean.passages(told.start, told.end, document.text)
                span = (at, issued.mention.end)
                yield issued.line, Hit(frame, issued.mention, Mention(at, at, told.ids, antecedent=place), span, span)
                return


def titled(document: Document, names: Names, entities: Mapping[str, Entity]) -> str:
    """The entity that a document is itself, where its first line is that one's name and little else; or empty."""
    for title in document.sentences[:1]:
        for told in names.find_in(title.text):
            whole = len(title.text) - (told.end - told.start) <= _SPARE
            known = [
                c
                for c in ("Document", "Instrument", "LegalChallenge")
                if vocabulary().is_a(entities[told.ids[0]].cls, c)
            ]
            if whole and known and len(told.ids) == 1:
                return told.ids[0]
    return ""
