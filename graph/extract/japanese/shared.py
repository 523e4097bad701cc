"""What one clause leaves out and another of the same sentence says.

In: a Fitter, an event, its rule. Out: Fillings. 導入し、運用している shares its object; a shop that runs a system and
films its customers films them with it. Each says in `how` where it was taken from.
"""

from __future__ import annotations

import re

from ..flow import Mention
from .chunks import Chunk
from .filling import NOTHING, Filling, Fitter
from .keys import Rule
from .roles import Event

_RUNS = frozenset(
    """
    運用 導入 設置 稼働 稼動 使用 利用 活用 使う 用いる 運営 配備 採用 開始 始める 動かす 作動 駆使 接続 設ける
    取り付ける 整備
    """.split()
)


def object_of_chain(filler: Fitter, event: Event, rule: Rule, other: Filling) -> Filling:
    """The object of the verb right before, where this one has none of its own: Aを導入し、運用している."""
    chunk = filler.chunks[event.main]
    others = event.own("に", "と", "へ", "から", "について", "に対し")
    if (
        event.kind not in ("verb", "doing")
        or event.passive
        or event.own("を")
        or any(filler.chunks[i].mentions for i in others)
    ):
        return NOTHING
    if any(filler.chunks[i].verbal and filler.chunks[i].ending.rstrip("、").endswith("と") for i in chunk.children):
        return NOTHING  # what is said, thought or asked is its object
    for verb in reversed([v for v in filler.reader.chain(chunk) if v.i < chunk.i]):
        if verb.passive or verb.i == other.chunk:
            return NOTHING
        own = [i for i in verb.children if filler.chunks[i].role == "を" and i < verb.i]
        if not own:
            continue
        names = filler.names(own[-1], rule, "object")
        return Filling(names, own[-1], "object taken from the verb before") if names else NOTHING
    return NOTHING


def topic_object(filler: Fitter, event: Event, rule: Rule, doer: int) -> Filling:
    """The topic before a clause with a doer of its own: Aは|Bが運用しており、…"""
    if event.own("を") or event.passive:
        return NOTHING
    main = filler.chunks[event.main]
    above = [filler.chunks[main.parent]] if main.parent == main.i + 1 else []
    what = [a for a in above if _is_a_thing(a) and (a.copula or (a.role == "で" and a.comma))]
    over = [filler.chunks[a.parent] for a in what if a.parent >= 0]
    chain = filler.reader.chain(main)
    if chain[-1].parent >= 0 and filler.chunks[chain[-1].parent].copula:
        over.append(filler.chunks[chain[-1].parent])  # Aは|Bが運用しており、…のもので|ございます
    for verb in (*chain, *what, *over):  # Aは、Bが作った|装置で、…
        for i in verb.children:
            child = filler.chunks[i]
            if i < doer and child.role in ("は", "も") and not child.verbal:
                return Filling(filler.names(i, rule, "object"), i)
    return NOTHING


def _is_a_thing(chunk: Chunk) -> bool:
    return not chunk.mentions and chunk.head.text in _THINGS


_THINGS = frozenset("もの 装置 機器 製品 システム 機械 事業 制度 仕組み 端末 カメラ 条例 法律 文書 指針".split())
_CLEFT = re.compile(r"(?:の|もの)[はが][、，]?$")


def object_before(filler: Fitter, event: Event, rule: Rule) -> Filling:
    """What the sentence before was about: 設置したのは|Aだ; 去年|Aが設置した|ものだ; 導入した|Aは, first of all."""
    main = filler.chunks[event.main]
    if event.kind != "verb" or event.passive or event.own("を") or "を" not in rule.object or not rule.zero:
        return NOTHING
    if rule.frame.predicate == "establishes":
        return NOTHING  # 構築したのはA社だ: who built it need not be who has it
    above = filler.chunks[main.parent] if main.parent >= 0 else main
    cleft = _CLEFT.search(main.ending) is not None
    final = above.copula and above.i == len(filler.chunks) - 1
    a_thing = above.head.text == "もの" and main.i < above.i and (final or (above.role == "で" and above.comma))
    first = main.i == 0 and above.named is not None and filler.sentence.plain_form(main)
    part = rule.part is not None and any(
        rule.part.fullmatch(filler.sentence.text[filler.chunks[i].start : filler.chunks[i].end])
        for i in event.own("は", "も", "が")
    )
    if not (cleft or a_thing or first or part):
        return NOTHING
    for choice in (filler.topics[:1], filler.nearby):
        fitting = [m for m in choice if filler.fits(m, rule, "object") and not _actor(filler, m)]
        if rule.part and "事業費" in filler.sentence.text:
            fitting = [
                m for m in fitting if filler.vocabulary.fits(filler.classes(m)[0], ("Project", "Programme", "Trial"))
            ]
        if len({m.ids for m in fitting}) == 1:
            return Filling(tuple(fitting[:1]), -1)
    return NOTHING


def _actor(filler: Fitter, mention: Mention) -> bool:
    return any(filler.vocabulary.fits(cls, ("Actor",)) for cls in filler.classes(mention))


def object_of_clause(filler: Fitter, event: Event, rule: Rule) -> Filling:
    """The object of what is proposed, opposed or asked for: Aを|つくることを|提案した."""
    if rule.inner is None or (event.passive and not rule.agent):
        return NOTHING
    clauses = [
        filler.chunks[i]
        for i in event.own("が" if event.passive else "を", "に", "へ", "と")
        if filler.chunks[i].head.text in ("こと", "の", "よう")
    ]
    said = [filler.chunks[i] for i in filler.chunks[event.main].children]
    verbs = [filler.chunks[i] for noun in clauses for i in noun.children]
    quotes = [v for v in said if v.i < event.main and re.search("(?:と|ように|よう)[、，]?$", v.ending)]
    verbs += [*quotes, *(w for v in quotes for w in filler.reader.chain(v) if w.i < v.i)]  # つくり、開放しようと
    for verb in verbs:
        if not verb.verbal or not any(rule.inner.fullmatch(word) for word in verb.words):
            continue
        for i in reversed(verb.children):
            child = filler.chunks[i]
            wanted = ("が",) if rule.agent else ("が", "を") if verb.passive else ("を",)
            undergoes = i < verb.i and child.role in wanted
            if undergoes and (names := filler.names(i, rule, "object")):
                return Filling(names, i)
        if verb.before and not rule.agent and (names := filler.fitting([verb.before], rule, "object")):
            return Filling(names, verb.i)
    return NOTHING


def system_of_chain(filler: Fitter, event: Event, rule: Rule, doer: int) -> Filling:
    """The system that does it, where who runs the system is named: Aを導入し、客を撮影している; Aを使って照合する."""
    if not _systems_do_it(filler, rule) or event.kind != "verb" or event.passive:
        return NOTHING
    chunk = filler.chunks[event.main]
    if not _acts(filler, doer):
        return NOTHING
    linked = [v for v in filler.reader.chain(chunk) if _RUNS & set(v.words) and v.i != chunk.i]
    for verb in sorted(linked, key=lambda v: (v.i > chunk.i, abs(v.i - chunk.i))):
        if names := _runs(filler, verb, rule):
            return Filling(names, verb.i, "system that is run in the same sentence")
    for i in event.own("で", "により", "を通じ"):
        if not filler.chunks[i].topic and (names := _systems(filler, filler.names(i, rule, "subject"))):
            return Filling(names, i)
    return NOTHING


def _runs(filler: Fitter, verb: Chunk, rule: Rule) -> tuple[Mention, ...]:
    """The system that a verb says is run: Aを運用, Aの運用を開始."""
    for i in verb.children:
        child = filler.chunks[i]
        if i >= verb.i or child.role not in ("を", "が"):
            continue
        if names := _systems(filler, filler.names(i, rule, "subject")):
            return names
        if _RUNS & set(child.words):
            for j in child.children:
                below = filler.chunks[j]
                if below.role == "の" and j < child.i and (names := _systems(filler, filler.names(j, rule, "subject"))):
                    return names
            if child.before and (names := _systems(filler, filler.fitting([child.before], rule, "subject"))):
                return names
    return ()


def _systems(filler: Fitter, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(m for m in names if all(filler.vocabulary.fits(cls, ("System",)) for cls in filler.classes(m)))


def _systems_do_it(filler: Fitter, rule: Rule) -> bool:
    return filler.vocabulary.fits("System", filler.vocabulary.properties[rule.frame.predicate].domain)


def _acts(filler: Fitter, chunk: int) -> bool:
    """Whether a phrase names somebody who can run a system; a zero subject may."""
    if chunk < 0:
        return True
    return any(
        filler.vocabulary.fits(cls, ("Actor", "Facility"))
        for mention in filler.reader.names(chunk)
        for cls in filler.classes(mention)
    )
