"""The sentence of a candidate in its context, with subject, predicate and object marked.

In: a candidate, the untouched text, the document's sentences. Out: pieces of text, each with the name of a style; a
mark is a label in brackets as well, so that it can be seen without colours. Line breaks of the page are closed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ..extract.flow import Candidate, Document, Sentence, Span, overlaps
from ..model import Entity, Passage, Project
from ..names import forms
from .inert import inert

Piece = tuple[str, str]
"""Text and the name of its style: subject, predicate, object, cue, dim, label, warn, or "" for plain."""

ROLES = ("subject", "object", "predicate", "cue")  # whoever comes first keeps a character
LONGEST = 1500  # characters of a sentence that are shown; a run-on page is no sentence
AROUND = 300  # characters of the sentences around it


def evidence(
    candidate: Candidate, text: str, document: Document | None, project: Project, labels: Mapping[str, str]
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """What stands before, the sentence with its marks, what stands after."""
    passages = candidate.context or candidate.claim.passages
    before, after = around(passages, text, document)
    where = _characters(passages, text)
    cut = _cut(where, candidate.claim.passages)
    where, whole = where[cut[0] : cut[1]], len(where)
    pieces = list(_marked(where, text, roles(candidate, where, text, project), labels))
    if cut[0]:
        pieces.insert(0, ("… ", "dim"))
    if cut[1] < whole:
        pieces.append((" …", "dim"))
    return _dim(before, tail=True), pieces, _dim(after, tail=False)


def around(passages: Sequence[Passage], text: str, document: Document | None) -> tuple[str, str]:
    """The sentence before and the one after, of the same block."""
    if document is None or not passages:
        return "", ""
    sentences = document.sentences
    last = passages[-1]
    here = [n for n, s in enumerate(sentences) if any(last.start <= at < last.end for at in s.clean.starts)]
    if not here:
        return "", ""
    first, final = here[0], here[-1]

    def told(number: int, block: int) -> str:
        if not 0 <= number < len(sentences) or sentences[number].block != block:
            return ""
        return _untouched(sentences[number], text)

    return told(first - 1, sentences[first].block), told(final + 1, sentences[final].block)


def _untouched(sentence: Sentence, text: str) -> str:
    passages = sentence.clean.passages(0, len(sentence.text), text)
    return "".join(text[at] if at >= 0 else " " for at in _characters(passages, text))


def _dim(text: str, tail: bool) -> list[Piece]:
    shown = inert(text.strip())
    if len(shown) > AROUND:
        shown = "… " + shown[-AROUND:] if tail else shown[:AROUND] + " …"
    return [(shown, "dim")] if shown else []


def _characters(passages: Iterable[Passage], text: str) -> list[int]:
    """The offsets of the characters to show; -1 stands for a space where the page broke a line or a passage ended."""
    found: list[int] = []
    for passage in passages:
        if found and found[-1] >= 0 and passage.start != found[-1] + 1 and not _wide(text, found[-1]):
            found.append(-1)
        for at in range(passage.start, min(passage.end, len(text))):
            if text[at] not in " \t\r\n\f\v\u00a0":
                found.append(at)
            elif found and found[-1] >= 0 and not (_broken(text, at) and _wide(text, found[-1])):
                found.append(-1)
    return found


def _broken(text: str, at: int) -> bool:
    """Whether the white space at that offset holds a line break."""
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    return "\n" in text[at:end] or "\r" in text[at:end]


def _wide(text: str, at: int) -> bool:
    return unicodedata.east_asian_width(text[at]) in "WF"


def _cut(where: Sequence[int], evidence: Sequence[Passage]) -> tuple[int, int]:
    """Which part of a long sentence is shown: that around the evidence."""
    if len(where) <= LONGEST or not evidence:
        return 0, len(where)
    last = evidence[-1]
    first = next((n for n, at in enumerate(where) if last.start <= at < last.end), 0)
    start = max(0, min(first - LONGEST // 4, len(where) - LONGEST))
    return start, start + LONGEST


def apart(candidate: Candidate, text: str) -> str:
    """The words of the evidence that stand outside the sentence: where the name stands that was filled in."""
    context = candidate.context
    far = [p for p in candidate.claim.passages if not any(c.start <= p.start and p.end <= c.end for c in context)]
    return " … ".join(inert(text[p.start : p.end][:AROUND]) for p in far) if context else ""


def roles(candidate: Candidate, where: Sequence[int], text: str, project: Project) -> dict[int, str]:
    """For each offset that is marked, the role it has: as the extractor marked it, else by the names themselves."""
    claim = candidate.claim
    spans: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    for role, passage in candidate.marks:
        spans.setdefault(role, []).append((passage.start, passage.end))
    for role, id in (("subject", claim.subject), ("object", claim.object)):
        entity = project.entity(id) if isinstance(id, str) else None
        taken = [span for other in ("subject", "object") for span in spans[other]]
        if entity and not spans[role] and (span := _named(entity, where, text, claim.passages, taken)):
            spans[role].append(span)
    if claim.cue and not spans["cue"] and (span := _find(claim.cue, where, text, claim.passages)):
        spans["cue"].append(span)
    found: dict[int, str] = {}
    if candidate.context:  # what is not evidence stands back
        backing = claim.passages
        found = {at: "dim" for at in where if not any(p.start <= at < p.end for p in backing)}
    for role in ROLES:
        for start, end in spans[role]:
            for at in range(start, end):
                if found.get(at) in (None, "dim"):
                    found[at] = role
    return found


def _named(
    entity: Entity, where: Sequence[int], text: str, evidence: Sequence[Passage], taken: Sequence[Span]
) -> Span | None:
    """Where an entity's name stands, its longest form first, not within what is taken."""
    for form in sorted(forms(entity), key=len, reverse=True):
        if span := _find(form, where, text, evidence, taken):
            return span
    return None


def _find(
    words: str, where: Sequence[int], text: str, evidence: Sequence[Passage], taken: Sequence[Span] = ()
) -> Span | None:
    """Where words stand among the characters shown; within the evidence if they do there."""
    folded, origin = "", []
    for at in where:
        for char in unicodedata.normalize("NFKC", text[at] if at >= 0 else " ").lower():
            folded += char
            origin.append(at)
    wanted = unicodedata.normalize("NFKC", words).lower()
    best = None
    at = folded.find(wanted) if wanted.strip() else -1
    while at >= 0:
        span = (origin[at], origin[at + len(wanted) - 1] + 1)
        if span[0] >= 0 and span[1] > span[0] and not any(overlaps(span, other) for other in taken):
            if any(p.start <= span[0] and span[1] <= p.end for p in evidence):
                return span
            best = best or span
        at = folded.find(wanted, at + 1)
    return best


def _marked(where: Sequence[int], text: str, marks: Mapping[int, str], labels: Mapping[str, str]) -> Iterable[Piece]:
    """The characters in pieces; each marked run in brackets behind its label."""
    run, role = "", ""
    for n, at in enumerate(where):
        here = marks.get(at, "")
        if at < 0 and 0 < n < len(where) - 1 and marks.get(where[n + 1], "") == role:
            here = role  # a space within a name
        if here != role:
            yield from _piece(run, role, labels)
            run, role = "", here
        run += text[at] if at >= 0 else " "
    yield from _piece(run, role, labels)


def _piece(run: str, role: str, labels: Mapping[str, str]) -> Iterable[Piece]:
    if role == "dim":
        yield inert(run), role
    elif role:
        yield f"[{labels[role]}:", "label"
        yield inert(run), role
        yield "]", "label"
    elif run:
        yield inert(run), ""
