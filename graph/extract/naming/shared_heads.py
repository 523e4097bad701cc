"""Lists of names that share their head: 茨城・群馬・岐阜・福岡の各県警, 東京、大阪両府警, 総務、法務両省.

In: every key under which an entity is found; then a text and its mentions. Out: the mentions with each such list as
one, all of whose entities are meant. What is no entity in the list is left out; a list in which none is stays alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..flow import Mention
from .spelling import key
from .surroundings import is_a

_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_POLICE = "(?:都道府県|都府県|道府県|府県|都県|県|府|道)?警(?:察本部|察)?(?![察視官備])"
_HEAD = re.compile(
    "の?(?P<count>各|両|\\d{1,2}|[二三四五六七八九十])"
    f"(?P<head>{_POLICE}|(?:都道府県|都府県|道府県|府県|都県|県|府)(?![警民立議道])|[市区町村]+(?![民立議役])|省庁?(?!令)"
    "|庁(?!舎)|地裁|高裁|地検|高検|大学|大(?![会学き])|党(?!員)|支店|店(?!舗)|署(?!長)|支部|支社|新聞|銀行)"
)
_ITEM = "[々\u3400-\u9fffヶケ\u30a1-\u30faーA-Za-z]{1,16}"
_LIST = re.compile(f"{_ITEM}(?:[・、,]{_ITEM}|と{_ITEM})+\\Z")
_SPLIT = re.compile("[・、,と]")
_PLAIN = re.compile(
    "(?P<items>(?:" + _ITEM + "・)+)(?P<last>[々\u3400-\u9fff]{2,4}?)(?P<head>[県府道]警|地裁|高裁|地検)"
)
_JOINED = re.compile("(?:・|、|,|と|や|及び|および|並びに)\\Z")
_FORCE = re.compile("[都道府県]警(?:察本部|察)?\\Z|^警視庁\\Z")


class Heads:
    """Knows what an item and a head make together."""

    def __init__(self, ids: Mapping[str, tuple[str, ...]], classes: Mapping[str, str]) -> None:
        self.ids, self.classes = ids, classes

    def join(self, text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """The mentions, those of a list with a shared head made one."""
        found = [*self._counted(text), *self._plain(text)]
        kept: list[Mention] = []
        for one in found:
            if not any(one.start < o.end and o.start < one.end for o in kept):
                kept.append(one)
        for mention in mentions:
            if not any(mention.start < o.end and o.start < mention.end for o in kept):
                kept.append(mention)
        return tuple(self._forces(text, sorted(kept, key=lambda m: m.start)))

    def _counted(self, text: str) -> Iterator[Mention]:
        """茨城・群馬の各県警, 茨城、群馬両県警, 茨城、群馬、岐阜の3県警."""
        for head in _HEAD.finditer(text):
            before = _LIST.search(text, max(0, head.start() - 120), head.start())
            if not before:
                continue
            items, at = [], before.start()
            for item in _SPLIT.split(before[0]):
                items.append((at, item))
                at += len(item) + 1
            number = _number(head["count"])
            if number:
                if len(items) < number:
                    continue
                items = items[-number:]
            yield from self._all_of(items, head["head"], head.end())

    def _plain(self, text: str) -> Iterator[Mention]:
        """茨城・群馬県警: the head stands with the last only."""
        if "・" not in text:
            return
        for found in _PLAIN.finditer(text):
            if not self._named(found["last"], found["head"]):
                continue
            items, at = [], found.start()
            for item in [*found["items"].rstrip("・").split("・"), found["last"]]:
                items.append((at, item))
                at += len(item) + 1
            yield from self._all_of(items, found["head"], found.end())

    def _all_of(self, items: Iterable[tuple[int, str]], head: str, end: int) -> Iterator[Mention]:
        known = [(at, ids[0]) for at, item in items if len(ids := self._named(item, head)) == 1]
        ids = tuple(dict.fromkeys(id for _, id in known))
        if ids:
            yield Mention(known[0][0], end, ids, all_of=True)

    def _named(self, item: str, head: str) -> tuple[str, ...]:
        """The entities of an item with the head put to it; an item may be a whole name itself (警視庁)."""
        for tail in ("", *_heads(head)):
            name = item + (tail[1:] if tail[:1] in "都道府県" and item.endswith(tail[:1]) else tail)  # 北海道警
            if (not tail or not item.endswith(tail)) and (ids := self.ids.get(key(name))):
                fitting = tuple(id for id in ids if tail or self._is_like(id, head))
                if fitting:
                    return fitting
        return ()

    def _is_like(self, id: str, head: str) -> bool:
        return is_a(self.classes[id], "PoliceBody") if "警" in head else False

    def _forces(self, text: str, mentions: list[Mention]) -> Iterator[Mention]:
        """警視庁と神奈川県警: two police forces of prefectures in a list."""
        made: Mention | None = None
        for mention in mentions:
            if made and self._is_force(text, made) and self._is_force(text, mention):
                between = text[made.end : mention.start]
                if _JOINED.match(between) and _JOINED.fullmatch(between):
                    ids = tuple(dict.fromkeys((*made.ids, *mention.ids)))
                    made = Mention(made.start, mention.end, ids, all_of=True)
                    continue
            if made:
                yield made
            made = mention
        if made:
            yield made

    def _is_force(self, text: str, mention: Mention) -> bool:
        if not mention.all_of and (len(mention.ids) > 1 or not _FORCE.search(text[mention.start : mention.end])):
            return False
        return all(is_a(self.classes[id], "PoliceBody") for id in mention.ids)


def _heads(head: str) -> Iterator[str]:
    """What the head is with one item: 都府県警 is 県警, 府警 or 警視庁's; 省庁 is 省 or 庁."""
    if "警" in head:
        for area in "県府道":
            for tail in ("警", "警察", "警察本部"):
                yield area + tail
    elif set(head) <= set("都道府県"):
        yield from "県府都道"
    elif set(head) <= set("市区町村"):
        yield from head
    elif head == "省庁":
        yield from "省庁"
    else:
        yield head
        yield from {"地裁": ("地方裁判所",), "高裁": ("高等裁判所",), "地検": ("地方検察庁",), "大": ("大学",)}.get(
            head, ()
        )


def _number(count: str) -> int:
    """How many are in the list; 0 where it is not said."""
    if count == "両":
        return 2
    return int(count) if count.isdigit() else _NUMBERS.get(count, 0)
