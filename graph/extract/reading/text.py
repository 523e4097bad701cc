"""Documents: files become sentences in reading order, every character with its way back.

In: a file, or a text. Out: a Document, whose sentences are clean (NFKC, one line, sure misreadings repaired) and
numbered by the article, box or note they belong to; a sentence with and without what it says in brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import Problem, SourceError
from ...reading import file_name, read_bytes
from ..dates import document_date
from ..flow import Clean, Document, Kind, Language, Sentence, Span, overlaps
from .columns import reading_order
from .formats import day, read, read_text
from .lines import Para, is_notice, lang_of, paragraphs
from .normal import gap, joined, repaired
from .read import Read
from .sentences import spans


def load(path: Path, *, lang: Language | None = None) -> Document:
    """The document in a file. Raises SourceError where it cannot be read; `lang` where it is known better."""
    name = file_name(path)
    problems: list[Problem] = []
    data = read_bytes(path, problems)
    if data is None:
        why = {language: problems[0].message(language) for language in ("en", "ja")}
        raise SourceError("document-unreadable", file=name, why=why)
    return of_bytes(data, path.name, lang=lang)


def of_bytes(data: bytes, name: str, *, lang: Language | None = None, charset: str = "") -> Document:
    """The document in the bytes of a file of that name. Raises SourceError where it cannot be read.

    `charset` is the encoding that whoever sent it claims, for a document that names none itself.
    """
    return _document(read(data, name, charset), name, lang)


def from_text(text: str, name: str, *, lang: Language | None = None, kind: str = "txt") -> Document:
    """The document that a text is; `kind` is txt, md or html."""
    return _document(read_text(text, name, kind), name, lang)


def _document(made: Read, name: str, lang: Language | None) -> Document:
    paras = [para for block in made.blocks for para in paragraphs(block)]
    main = lang or _main_language(paras, made.told.lang)
    notes = list(made.notes)
    streams = reading_order(paras) if made.loose else [[i] for i in range(len(paras))]
    if any(len(stream) > 1 for stream in streams):
        notes.append("document-columns-joined")
    told = [_Told(paras, stream) for stream in streams]
    _number(told, made.loose)
    sentences: list[Sentence] = []
    for number, one in enumerate(sorted(told, key=lambda t: t.block)):
        sentences += one.sentences(number, main)
    if not sentences:
        notes.append("document-empty")
    title = made.told.title or next((s.text for s in sentences if s.kind == "heading"), "")
    document = Document(
        name, made.text, tuple(sentences), main, None, title, made.told.publisher, made.kind, tuple(notes)
    )
    date = day(made.told.date)
    if made.kind in ("pdf", "docx"):  # they tell when the file was made, which may be long after it was written
        date = document_date(document) or date
    return replace(document, date=date)


def _main_language(paras: Sequence[Para], told: str) -> Language:
    """The language of most of the text; what the file says of itself where the text does not tell."""
    count: Counter[Language] = Counter()
    for para in paras:
        count[lang_of(para.text[:2000])] += len(para.text)
    if count:
        return max(count, key=lambda language: count[language])
    return "en" if told.lower().startswith("en") else "ja"


class _Told:
    """A paragraph that was put together from the pieces of its stream."""

    def __init__(self, paras: Sequence[Para], stream: list[int]) -> None:
        self.stream = stream
        self.pieces = [paras[i] for i in stream]
        self.first = self.pieces[0]
        self.kind: Kind = self.first.kind
        if len(stream) > 1 and self.kind == "heading":
            self.kind = "body"
        self.block = 0

    @property
    def text(self) -> str:
        """The text of the first piece."""
        return self.first.text

    def sentences(self, paragraph: int, main: Language) -> Iterator[Sentence]:
        """The sentences of the paragraph."""
        clean, seams = self.together()
        lang = lang_of(clean.text[:2000], main)
        for start, end in [(0, len(clean.text))] if self.kind == "heading" else spans(clean.text, lang):
            piece = clean[start:end]
            if not re.search(r"\w", piece.text):
                continue
            joins = [why for at, why in seams if start < at < end]
            joins += [why for p in self.pieces for why in p.joins if _told_of(why, piece.text)]
            own = lang_of(piece.text, lang)
            yield Sentence(piece, self.block, self.kind, own, tuple(dict.fromkeys(joins)), paragraph)

    def together(self) -> tuple[Clean, list[tuple[int, str]]]:
        """The whole text, and where pieces of it meet."""
        if len(self.pieces) == 1:
            return self.first.clean, []
        parts: list[Clean] = []
        seams: list[tuple[int, str]] = []
        length = 0
        for number, para in enumerate(self.pieces):
            if number:
                before = parts[-1].text
                if lang_of(para.text) == "en":
                    if re.search(r"[A-Za-z]-$", before) and re.match("[a-z]", para.text):
                        parts[-1] = parts[-1][:-1]
                        length -= 1
                    else:
                        parts.append(gap(parts[-1], para.clean, " "))
                        length += 1
                far = self.stream[number] - self.stream[number - 1] > 1
                why = "columns" if far else "break"
                seams.append((length, f"{why}: {before[-8:].strip()} + {para.text[:8].strip()}"))
            parts.append(para.clean)
            length += len(para.text)
        clean, _ = repaired(joined(parts))
        return clean, seams


def _told_of(why: str, text: str) -> bool:
    return why.rpartition(" → ")[2] in text


def _number(told: Sequence[_Told], loose: bool) -> None:
    """Number the blocks: what belongs together, and where reference ends.

    A heading begins a block. A note is one of its own, and what follows it goes on with what was before. A heading
    that stands between the halves of a cut paragraph begins a box, and after the box goes on what it interrupted.
    """
    owner = {i: one for one in told for i in one.stream}
    blocks = 0
    current = -1
    areas: dict[int, int] = {}
    run = False  # a run of short lines, with no sentence between: one block until something new is announced
    for i in sorted(owner):
        one = owner[i]
        if one.stream[0] != i:
            # The second half brings us back to where the first half was.
            if one.kind != "note":
                current, run = one.block, False
            continue
        para = one.first
        area = para.area
        if area:
            if area not in areas:
                areas[area] = blocks
                blocks += 1
            one.block = areas[area]
            if one.kind == "body" and loose:
                one.kind = "box"
            continue
        if one.kind == "note":
            one.block = blocks
            blocks += 1
            continue
        if one.kind == "heading":
            fresh = not run or para.sure or is_notice(one.text)
            if fresh or current < 0:
                current = blocks
                blocks += 1
            elif not para.sure:
                one.kind = "body" if run and not is_notice(one.text) else one.kind
            run = True
        else:
            run = False
            if current < 0:
                current = blocks
                blocks += 1
        one.block = current
    _boxes(told, owner)


def _boxes(told: Sequence[_Told], owner: dict[int, _Told]) -> None:
    """Blocks that begin and end between the halves of another paragraph are boxes."""
    if not any(len(one.stream) > 1 for one in told):
        return
    spread: dict[int, tuple[int, int]] = {}
    for i, one in sorted(owner.items()):
        first, _ = spread.get(one.block, (i, i))
        spread[one.block] = (first, i)
    for one in told:
        for a, b in zip(one.stream, one.stream[1:], strict=False):
            inside = {owner[i].block for i in range(a + 1, b)}
            boxes = {block for block in inside if a < spread[block][0] and spread[block][1] < b}
            for other in {id(owner[i]): owner[i] for i in range(a + 1, b)}.values():
                if other.block in boxes and other.kind == "body":
                    other.kind = "box"


# --- what stands in brackets

_ASIDES = {"(": ")", "（": "）", "[": "]", "［": "］", "〔": "〕", "【": "】"}
_BRACKETS = re.compile("[" + re.escape("".join(_ASIDES) + "".join(_ASIDES.values())) + "]")


def asides(sentence: Sentence, keep: Sequence[Span]) -> tuple[Sentence, list[tuple[int, Sentence]], list[int]]:
    """The sentence without what it says in brackets; that, each with the place where it stood; and the way back.

    A bracket that belongs to a span of `keep`, a name, stays, and so does one that has no partner. A sentence that
    is one aside as a whole stays as it is.
    """
    text = sentence.text
    taken = _asides(text, keep)
    left = "".join(text[a:b] for a, b in _between(taken, len(text)))
    if not taken or not re.search(r"\w", left):
        return sentence, [], list(range(len(text)))
    apart: list[tuple[int, Sentence]] = []
    back: list[int] = []
    at = 0
    for start, end in taken:
        back += range(at, start)
        # "the agency (one) has" keeps one of its two spaces
        if back and text[back[-1]] == " " and (end == len(text) or text[end] in " ,.;:!?、。"):
            back.pop()
        inner = sentence.clean[start + 1 : end - 1]
        body = inner.text.strip()
        if re.search(r"\w", body):
            first = inner.text.index(body)
            clean = inner[first : first + len(body)]
            apart.append((len(back), replace(sentence, clean=clean, lang=lang_of(body, sentence.lang))))
        at = end
    back += range(at, len(text))
    clean = sentence.clean
    main = Clean(
        "".join(text[i] for i in back), tuple(clean.starts[i] for i in back), tuple(clean.ends[i] for i in back)
    )
    return replace(sentence, clean=main), apart, back


def _asides(text: str, keep: Sequence[Span]) -> list[Span]:
    """The outermost pairs of brackets that no name holds."""
    stack: list[tuple[str, int]] = []
    found: list[Span] = []
    for match in _BRACKETS.finditer(text):
        char, at = match[0], match.start()
        if any(start <= at < end for start, end in keep):
            continue
        if char in _ASIDES:
            stack.append((_ASIDES[char], at))
        elif stack and stack[-1][0] == char:
            span = (stack.pop()[1], at + 1)
            while found and overlaps(found[-1], span):
                found.pop()
            found.append(span)
    return found


def _between(taken: Iterable[Span], length: int) -> Iterator[Span]:
    at = 0
    for start, end in taken:
        yield at, start
        at = end
    yield at, length
