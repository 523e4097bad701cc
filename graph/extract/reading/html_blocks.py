"""HTML: the blocks that a reader sees.

In: the source of a page. Out: Read; offsets count characters of the source. Scripts, navigation, hidden parts and
the readings over characters (ruby) are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..flow import Kind
from .lines import Block
from .markup import Buffer, attributes, tags
from .read import Read, Told

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = frozenset("nav rt rp rtc button select datalist svg math object canvas audio video dialog head".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_APART = frozenset("aside blockquote figcaption footer".split())
_KINDS: dict[str, Kind] = {"li": "item", "dt": "item", "td": "cell", "th": "cell", "aside": "box", "blockquote": "box"}
_CLOSES = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "option": ("option",),
    "rt": ("rt", "rp"),
    "rp": ("rt", "rp"),
    "body": ("head",),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fn|reference)(?:$|[\s_-])", re.IGNORECASE)
_DATES = ("article:published_time", "datepublished", "dcterms.date", "dc.date", "dc.date.issued", "pubdate", "date")
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "author", "dc.creator")


@dataclass(frozen=True)
class _Open:
    """An open element."""

    name: str
    skipped: bool
    kind: Kind
    area: int


class _Page:
    def __init__(self, text: str) -> None:
        self.text = text
        self.buffer = Buffer(text)
        self.blocks: list[Block] = []
        self.stack: list[_Open] = []
        self.count: Counter[str] = Counter()
        self.areas = 0
        self.meta: dict[str, str] = {}

    def read(self) -> Read:
        """Go through the source once."""
        for what, told, start, end in tags(self.text):
            if what == "text":
                if not self.skipping:
                    self.buffer.add(start, end)
            elif what == "open":
                self.open(told, start, end)
            elif what == "raw":
                self.raw(told, start, end)
            else:
                self.close(told)
        self.flush()
        meta = self.meta
        date = next((meta[name] for name in _DATES if meta.get(name)), meta.get("time", ""))
        publisher = next((meta[name] for name in _PUBLISHERS if meta.get(name)), "")
        title = meta.get("og:title") or meta.get("title", "")
        return Read(self.text, tuple(self.blocks), "html", Told(title, publisher, date, meta.get("lang", "")))

    @property
    def skipping(self) -> bool:
        """Whether the reader does not see this place."""
        return bool(self.stack and self.stack[-1].skipped)

    def open(self, told: str, start: int, end: int) -> None:
        """A start tag."""
        name = re.split(r"[\s/]", told, maxsplit=1)[0].lower()
        given = attributes(told[len(name) :]) if len(told) > len(name) else {}
        if name == "meta":
            key = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.meta.setdefault(key.lower(), given.get("content", "").strip())
        elif name == "html" and given.get("lang"):
            self.meta["lang"] = given["lang"]
        elif name == "time" and given.get("datetime"):
            self.meta.setdefault("time", given["datetime"])
        elif name == "br" and not self.skipping:
            self.buffer.line_break(start, end)
        if name in _BLOCKS:
            self.flush()
            if self.stack and self.stack[-1].name == "p":
                self.close("p")
        if name in _CLOSES and self.stack and self.stack[-1].name in _CLOSES[name]:
            self.close(self.stack[-1].name)
        if name not in _VOID:
            self.push(name, given, end)

    def push(self, name: str, given: dict[str, str], end: int) -> None:
        """An element begins."""
        above = self.stack[-1] if self.stack else _Open("", False, "body", 0)
        hidden = (
            name in _SKIPPED
            or "hidden" in given
            or given.get("aria-hidden", "").lower() == "true"
            or given.get("role", "").lower() == "navigation"
            or bool(_HIDDEN.search(given.get("style", "")))
            or (name == "sup" and "<a" in self.text[end : end + 120].lower().partition("</sup")[0])
        )
        kind: Kind = "heading" if re.fullmatch("h[1-6]", name) else _KINDS.get(name, above.kind)
        area = above.area
        footnote = _NOTE.search(f"{given.get('class', '')} {given.get('role', '')}") if name in _BLOCKS else None
        if footnote and name not in ("body", "html"):
            kind = "note"
        if name in _APART or (kind == "note" and above.kind != "note"):
            self.areas += 1
            area = self.areas
        if above.kind in ("note", "box") and kind in ("body", "item"):
            kind = above.kind
        self.stack.append(_Open(name, above.skipped or hidden, kind, area))
        self.count[name] += 1

    def close(self, name: str) -> None:
        """An end tag: what is still open inside ends too; a tag that closes nothing is passed over."""
        if name in _BLOCKS:
            self.flush()
        if not self.count[name]:
            return
        while True:
            gone = self.stack.pop()
            self.count[gone.name] -= 1
            if gone.name == name:
                return

    def raw(self, name: str, start: int, end: int) -> None:
        """The inside of an element that holds no markup; only the title is read."""
        if name == "title" and "title" not in self.meta:
            buffer = Buffer(self.text)
            buffer.add(start, end)
            self.meta["title"] = buffer.taken().text.strip()

    def flush(self) -> None:
        """End the block that was being collected."""
        if not self.buffer.chars:
            return
        at = self.stack[-1] if self.stack else _Open("", False, "body", 0)
        clean = self.buffer.taken(as_is=bool(self.count["pre"]))
        if clean.text.strip():
            level = int(at.name[1]) if re.fullmatch("h[1-6]", at.name) else 0
            self.blocks.append(Block(clean, at.kind, True, level, at.area))


def read_html(text: str) -> Read:
    """The blocks of an HTML page and what it says of itself."""
    return _Page(text).read()
