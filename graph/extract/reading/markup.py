"""Text picked out of markup, piece by piece, each with its place in the source.

In: pieces of the untouched text (characters, entities, line breaks). Out: flow.Clean with the white space of the
source collapsed as a browser does, and none left where Japanese was only wrapped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..flow import Clean

ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACE = re.compile("[ \t\r\n\f]+")
_WRAPPED = re.compile("[ぁ-ゖァ-ヺー一-鿿々〆、。「」『』（）【】・！？＝～〜]")


class Buffer:
    """Collects the text of one block."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.clear()

    def clear(self) -> None:
        """Begin the next block."""
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int, *, entities: bool = True) -> None:
        """Add [start, end) of the source, its entities read."""
        at = start
        if entities:
            for match in ENTITY.finditer(self.source, start, end):
                made = html.unescape(match[0])
                if made == match[0]:
                    continue
                self._plain(at, match.start())
                at = match.end()
                self.put(made, match.start(), at)
        self._plain(at, end)

    def put(self, made: str, start: int, end: int) -> None:
        """Add characters that stand for [start, end) of the source."""
        self.chars += made
        self.starts += [start] * len(made)
        self.ends += [end] * len(made)

    def _plain(self, start: int, end: int) -> None:
        if start < end:
            self.chars += self.source[start:end]
            self.starts += range(start, end)
            self.ends += range(start + 1, end + 1)

    def line_break(self, start: int, end: int) -> None:
        """A break that the reader sees. It is kept apart from those that only wrap the source."""
        self.put("\u2028", start, end)

    def taken(self, *, as_is: bool = False) -> Clean:
        """The block's text; `as_is` keeps its lines (preformatted text)."""
        found = Clean("".join(self.chars), tuple(self.starts), tuple(self.ends))
        self.clear()
        return found if as_is else _collapsed(found)


def _collapsed(clean: Clean) -> Clean:
    keep: list[int] = []
    swap: dict[int, str] = {}
    at = 0
    for match in _SPACE.finditer(clean.text):
        keep += range(at, match.start())
        at = match.end()
        before = clean.text[match.start() - 1 : match.start()]
        after = clean.text[at : at + 1]
        wrapped = "\n" in match[0] or "\r" in match[0]
        if not before or not after or (wrapped and _WRAPPED.match(before) and _WRAPPED.match(after)):
            continue
        keep.append(match.start())
        swap[match.start()] = " "
    keep += range(at, len(clean.text))
    return Clean(
        "".join(swap.get(i) or clean.text[i] for i in keep),
        tuple(clean.starts[i] for i in keep),
        tuple(clean.ends[i] for i in keep),
    )


_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, by name in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[:20_000]):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


RAW = frozenset("script style textarea title noscript template iframe noembed noframes xmp".split())
"""Elements whose inside is no markup."""


def tags(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The tags and texts of an HTML source in order, in linear time however broken it is.

    Yields ("text", "", start, end), ("open", "name attributes", start, end), ("close", name, start, end), and for the
    inside of what holds no markup ("raw", name, start, end).
    """
    at, size = 0, len(text)
    while at < size:
        start = text.find("<", at)
        if start < 0:
            yield "text", "", at, size
            return
        if start > at:
            yield "text", "", at, start
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            at = size if end < 0 else end + 3
        elif text[start + 1 : start + 2] in ("!", "?"):
            end = text.find(">", start)
            at = size if end < 0 else end + 1
        elif match := _TAG_NAME.match(text, start):
            end = _tag_end(text, match.end())
            if end < 0:
                return
            name = match[2].lower()
            at = end
            if match[1]:
                yield "close", name, start, end
            elif name in RAW:
                over = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(text, end)
                at = over.start() if over else size
                yield "raw", name, end, at
            else:
                yield "open", text[match.start(2) : end - 1], start, end
        else:
            yield "text", "", start, start + 1
            at = start + 1


_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_STOP = re.compile("[>\"']")


def _tag_end(text: str, at: int) -> int:
    """After the > that ends a tag, not one in quotes; -1 where there is none."""
    begun = at
    while match := _STOP.search(text, at):
        if match[0] == ">":
            return match.end()
        # A quotation mark opens a value only after =; elsewhere it is a slip of the writer.
        if not text[max(begun, match.start() - 4) : match.start()].rstrip().endswith("="):
            at = match.end()
            continue
        close = text.find(match[0], match.end())
        if close < 0:
            end = text.find(">", match.end())
            return end + 1 if end >= 0 else -1
        at = close + 1
    return -1
