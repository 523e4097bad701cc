"""Who else takes part in an event: who joins the doer, and the one name here that fits a role that stays open.

In: a Filler, an event, its rule and what was found. Out: names or Fillings that say in `how` how they were found. A
role that an own phrase fills stays closed, and nothing is taken across quotation marks.
"""

from __future__ import annotations

import re

from ..flow import Mention
from .chunks import Chunk
from .filling import NOTHING, Filling, Fitter
from .keys import Rule
from .roles import Event, when

_TOGETHER = frozenset("requests opposes criticizes proposes challenges organizes issues publishes supports".split())
_BY_ITSELF = frozenset("records alerts matchesAgainst".split())  # it is a device that does it, unless somebody is named
_NO_DOER = frozenset("画像 映像 データ 情報 写真 記録 履歴 こと の 旨 顔 結果 通知 警報".split())
_BOUND = frozenset("協定 覚書 契約".split())
_ONLY = "the only one here that fits"


def jointly(filler: Fitter, event: Event, rule: Rule) -> tuple[Mention, ...]:
    """Who does it together with the subject: Aと|連名で, Aとともに."""
    for i in event.own("で"):
        if filler.chunks[i].head.text in ("連名", "共同", "合同", "共催", "協働"):
            for j in filler.chunks[i].children:
                if filler.chunks[j].role == "と" and (names := filler.names(j, rule, "subject")):
                    return names
    if rule.frame.predicate in _TOGETHER:
        for i in event.own("とともに"):
            if names := filler.names(i, rule, "subject"):
                return names
    return ()


def open_subject(filler: Fitter, event: Event, rule: Rule, told: Filling) -> Filling:
    """The topic, or the one device, where nobody in the sentence can be who does it: 画像は|Aと照合される."""
    device = rule.frame.predicate in _BY_ITSELF
    plain = rule.zero and rule.subject == ("が",) and event.kind != "noun"
    if not _asks(filler, event) or not (device or plain):
        return NOTHING
    if (event.passive and not device) or _doer(filler, event, told):
        return NOTHING
    if filler.topics and filler.fits(filler.topics[0], rule, "subject"):
        spoken_of = any(_NO_DOER & {filler.chunks[i].head.text} for i in event.own("は", "が"))
        return Filling(tuple(filler.topics[:1]), -1, _ONLY) if device or spoken_of else NOTHING
    devices = {m.ids: m for m in filler.nearby if _is_device(filler, m)}
    one = next(iter(devices.values())) if device and len(devices) == 1 else None
    return Filling((one,), -1, _ONLY) if one and filler.fits(one, rule, "subject") else NOTHING


def open_object(filler: Fitter, event: Event, rule: Rule, subject: Filling) -> Filling:
    """A phrase at the head of the sentence that the tree hung elsewhere; with whom one has agreed, who gets data."""
    if not _asks(filler, event) or event.kind == "being" or any(i != subject.chunk for i in event.own(*rule.object)):
        return NOTHING
    main = filler.chunks[event.main]
    if {"に", "に対し"} & set(rule.object):
        for chunk in filler.chunks[: event.first]:
            if chunk.role not in rule.object or chunk.role == "が" or not chunk.topic or chunk.depth > main.depth:
                continue
            if chunk.i != subject.chunk and (names := filler.names(chunk.i, rule, "object")):
                return Filling(names, chunk.i, _ONLY)
    if rule.frame.predicate == "providesDataTo" and event.kind == "verb" and not event.passive:
        for verb in filler.reader.chain(main):
            nouns = {filler.chunks[i].head.text for i in verb.children if filler.chunks[i].role == "を"}
            for i in verb.children if nouns & _BOUND and verb.i < main.i else ():
                if filler.chunks[i].role == "と" and (names := filler.names(i, rule, "object")):
                    return Filling(names, i, "with whom it was agreed")
    return NOTHING


def _asks(filler: Fitter, event: Event) -> bool:
    """Whether an event can take a name from elsewhere: not in quotation marks, not under a condition."""
    main = filler.chunks[event.main]
    before = filler.sentence.text[: main.start]
    inside = before.count("「") > before.count("」") or before.count("『") > before.count("』")
    return not inside and not re.search("(?:ば|たら|なら|ても|場合は?)[、，]?$", main.ending)


def _doer(filler: Fitter, event: Event, told: Filling) -> bool:
    """Whether a phrase of the sentence says who does it, named or not."""
    for found in filler.reader.subjects(event):
        if found.chunk >= 0 and found.chunk != told.chunk and not _lifeless(filler.chunks[found.chunk]):
            return True
    if any(c.role == "から" and c.named and c.i < event.main for c in filler.chunks):
        return True  # it is they from whom it comes
    return any(
        not _lifeless(filler.chunks[i]) and i != told.chunk and not when(filler.chunks[i])
        for i in event.own("が", "は", "も", "により")
    )


def _lifeless(chunk: Chunk) -> bool:
    return not chunk.mentions and chunk.head.text in _NO_DOER


def _is_device(filler: Fitter, mention: Mention) -> bool:
    fits = filler.vocabulary.fits
    return all(fits(cls, ("System",)) and not fits(cls, ("Database",)) for cls in filler.classes(mention))
