"""Which name a Japanese sentence is about.

In: a sentence's text and its mentions. Out: the mention that is its topic, None where nobody is; and whether the topic
of the sentences before is over, since this one is about something unnamed or about several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..flow import Mention, overlaps

_TOPIC = re.compile(
    r"[」』\"”]?(?:氏|さん|側|など|等|自身|自体)?(?:において|に(?:おい|つい)て|で|に|と|から)?(?:は"
    r"|も)(?![^\s、,]{0,2}ず)"
)
_SUBJECT = re.compile(r"[」』\"”]?(?:氏|さん|側|など|等|自身)?が(?!い(?:る|ます)|ある)")
_OTHER = re.compile(r"(?P<noun>[一-龥々ァ-ヶーA-Za-z]+)(?:は|が)")
_CLEFT = re.compile(r"[たるうく]のは、?[一-龥々ァ-ヶー]*の?[「『]?\Z")
_ENDS = re.compile(r"[」』]?(?:だ|です|である)?。?\Z")
_WHEN = re.compile(
    r"(?:今回|当初|現在|昨年|今年|当時|今|最近|これ|それ|本来|実際|以前|以後|今後|一方|\d+[年月日]"
    r"|[昨今先翌来][年月]|必要|こと)\Z"
)


def about(text: str, mentions: Sequence[Mention]) -> tuple[Mention | None, bool]:
    """The mention that a sentence is about, and whether whom the ones before were about is to be forgotten."""
    depth = depths(text)
    outer = [
        m for m in mentions if m.end > m.start and (not depth[m.start] or (depth[m.start] == 1 and quoted(text, m)))
    ]
    marked = [m for m in outer if _TOPIC.match(text, m.end)]
    answer = [m for m in outer if _CLEFT.search(text[: m.start]) and _ENDS.match(text, m.end)]
    if answer and not marked:
        return _single(answer)  # 作ったのはA社だ: the next sentence is about A社
    if marked:
        return _single(marked)
    others = [
        match
        for match in _OTHER.finditer(text)
        if not depth[match.start()]
        and not _WHEN.search(match["noun"])
        and not any(overlaps(match.span("noun"), (m.start, m.end)) for m in mentions)
    ]
    subjects = [m for m in outer if _SUBJECT.match(text, m.end)]
    if others or len(subjects) > 1:
        return None, True
    return _single(subjects)


def _single(marked: Sequence[Mention]) -> tuple[Mention | None, bool]:
    """The first of those marked as what the sentence is about; nobody any more where it means several."""
    if marked and len(marked[0].ids) == 1:
        return marked[0], False
    return None, bool(marked)


def quoted(text: str, mention: Mention) -> bool:
    """Whether a name is all that stands between its quotation marks."""
    return text[mention.start - 1 : mention.start] in ("「", "『") and text[mention.end : mention.end + 1] in (
        "」",
        "』",
    )


def depths(text: str) -> list[int]:
    """How deep in quotation marks each character stands."""
    depth, found = 0, []
    for char in text:
        if char in "」』":
            depth = max(0, depth - 1)
        found.append(depth)
        if char in "「『":
            depth += 1
    return found
