"""What a name says by itself: 警察庁生活安全局 is part of 警察庁, 個人情報保護法改正案 would amend 個人情報保護法.

In: the mentions of a sentence, the entities. Out: hits whose evidence is the one name, each once in a document. Only
names that hold another entity's whole name are read so, and only where what follows it is of the kind listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from ...model import Entity, Stance
from ...terms import Vocabulary
from ..flow import Frame, Hit, Mention, Sentence


@dataclass(frozen=True)
class _Rule:
    """Another's name within a name, and after it what makes it so. `turned`: the whole name is the object."""

    frame: Frame
    tail: re.Pattern[str]
    turned: bool = False
    within: bool = False  # whether something may stand before the inner name


def _rule(
    id: str,
    property: str,
    part: tuple[str, ...],
    whole: tuple[str, ...],
    tail: str,
    stance: Stance | None = None,
    *,
    turned: bool = False,
    within: bool = False,
) -> _Rule:
    subjects, objects = (whole, part) if turned else (part, whole)
    return _Rule(Frame(id, 1, "ja", property, subjects, objects, stance), re.compile(tail), turned, within)


_THINGS = ("System", "Instrument", "Project", "Programme", "Trial", "Concern", "DataCategory")
_RULES_OF = "(?:要領|要綱|規程|規則|条例|指針|ガイドライン|法律|基準|通知|通達)"
_RULES = (
    _rule(
        "name-unit",
        "partOf",
        ("OrganizationalUnit",),
        ("Organization",),
        r".*(?:局|部|課|室|係|署|センター|支部|委員会)",
    ),
    _rule("name-issue", "partOf", ("Document",), ("Document",), r"[ 』」]*第?[\d〇一二三四五六七八九十百]+号"),
    _rule(
        "name-bill", "amends", ("Bill",), ("Law",), r"(?:の一部を改正する法律|(?:の?一部)?改正法?)案?", Stance.proposed
    ),
    _rule(
        "name-register",
        "holdsDataOn",
        ("Database",),
        ("AffectedPeople", "ActorGroup"),
        r"(?:等|ら|たち)?(?:の|に関する)?.{0,10}(?:データベース|名簿|リスト|台帳)",
    ),
    _rule(
        "name-against",
        "opposes",
        ("Campaign", "CivilSocietyGroup"),
        _THINGS,
        r"(?:の?(?:導入|施行|制定|成立|強行|拡大|設置))?(?:に|への?|を|は)?(?:反対|撤廃|廃止|撤回|阻止|中止"
        r"|許さない|いらない|やめさせる).{0,12}",
    ),
    _rule(
        "name-for",
        "supports",
        ("Campaign", "CivilSocietyGroup"),
        _THINGS,
        r"(?:の?改悪(?:に|への?)?反対|を(?:守る|まもる|支える|支援する|生かす)).{0,12}",
    ),
    _rule(
        "name-lawsuit",
        "challenges",
        ("LegalChallenge",),
        (*_THINGS, "Actor"),
        r"(?:の|を)?(?:違憲|差し?止め|取り?消し|無効確認|無効|国家賠償|国賠|廃止|中止"
        r"|撤回)+(?:請求)?(?:等)?(?:請求)?(?:集団)?(?:訴訟|裁判|仮処分|審査請求)",
    ),
    _rule(
        "name-rules",
        "regulates",
        ("Guideline", "Law", "Notice"),
        ("System", "DataCategory", "Sector", "Project"),
        r"(?:(?:及び|・|と|、|並びに|又は|や).{2,20}?)?等?(?:の.{1,12}?)?等?(?:に関する|に係る|についての).{0,12}"
        + _RULES_OF,
        within=True,
    ),
    _rule(
        "name-explains",
        "interprets",
        ("Instrument",),
        ("Instrument",),
        r"[」』]?に(?:係る|関する|ついての)(?:質疑応答集|Q&A|解釈|解釈基準|留意事項|運用通知|逐条解説|ガイドライン)",
    ),
    _rule("name-coming", "isAbout", ("Event",), ("Instrument",), r"の(?:施行|成立|制定|改正|廃止)(?:強行)?"),
    _rule(
        "name-footage",
        "collects",
        ("DataCategory",),
        ("System",),
        r"(?:で|が|により|によって|による)(?:撮影|記録|収集|取得|録画|集め)(?:した|された|する|た)?.{0,8}(?:データ"
        r"|画像|映像|情報|記録)",
        turned=True,
    ),
)
_SESSION = re.compile(r"第[\d〇一二三四五六七八九十百]+回[ の]?(.+)")
_SERIES = Frame("name-session", 1, "ja", "partOf", ("Event",), ("Event", "Organization"))
_SCHEME = re.compile("制度?$")
_BEFORE = re.compile(r"(?:.*(?:及び|・|と|、|並びに|又は|や))?\Z")
_LONGEST = 80


_ISSUE = next(rule.frame for rule in _RULES if rule.frame.id == "name-issue")
_NUMBER = re.compile(r"第?[\d〇一二三四五六七八九十百]+号")
_ALSO = frozenset(("、", ",", "・", "と", "や", "及び", ""))


class Compounds:
    """Knows all names; `find` is asked sentence by sentence."""

    def __init__(self, entities: Iterable[Entity], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.by_name: dict[str, list[Entity]] = {}
        self.classes = {entity.id: entity.cls for entity in entities}
        self.known: dict[tuple[str, str], list[tuple[Frame, Entity, bool]]] = {}
        for entity in entities:
            for form in dict.fromkeys(_plain(form) for form in (*entity.name.values(), *entity.also)):
                self.by_name.setdefault(form, []).append(entity)
        for form, named in list(self.by_name.items()):  # a suit over マイナンバー制 is named マイナンバー訴訟
            stem = _SCHEME.sub("", form)
            scheme = len(named) == 1 and vocabulary.is_a(named[0].cls, "System")
            if scheme and stem != form and len(stem) > 3 and stem not in self.by_name:
                self.by_name[stem] = named

    def find(self, sentence: Sentence, mentions: Sequence[Mention], seen: set[tuple[str, str, str]]) -> Iterator[Hit]:
        """The hits of names that were not read in this document before; `seen` holds those that were."""
        series: tuple[int, Mention] | None = None  # what the issue just named is of, and where that ended
        for mention in mentions:
            if len(mention.ids) != 1 or mention.antecedent:
                continue
            whole = series[1] if series and sentence.text[series[0] : mention.start] in _ALSO else None
            series = None
            if whole and _NUMBER.fullmatch(sentence.text, mention.start, mention.end):
                series = mention.end, whole
                key = mention.ids[0], _ISSUE.predicate, whole.ids[0]
                if key not in seen and whole.ids != mention.ids:  # 会報第32号、35号
                    seen.add(key)
                    yield Hit(_ISSUE, mention, whole, (mention.start,) * 2, (whole.start, mention.end))
                continue
            name = _plain(sentence.text[mention.start : mention.end])
            for id, frame, other, turned in self.nested(name, mention.ids[0]):
                if frame.id == _ISSUE.id and id == mention.ids[0]:
                    series = mention.end, Mention(mention.start, mention.end, (other.id,))
                key = id, frame.predicate, other.id
                if other.id != id and key not in seen:
                    seen.add(key)
                    span = mention.start, mention.end
                    outer = mention if id == mention.ids[0] else Mention(*span, (id,))
                    inner = Mention(*span, (other.id,))
                    one, two = (inner, outer) if turned else (outer, inner)
                    yield Hit(frame, one, two, span, span)

    def nested(self, name: str, id: str, depth: int = 2) -> Iterator[tuple[str, Frame, Entity, bool]]:
        """What a name says, and what the names in it say: whose name, and `read`'s answers."""
        for frame, other, turned in self.read(name, id):
            yield id, frame, other, turned
            inner = next((f for f in map(_plain, (*other.name.values(), *other.also)) if f in name and f != name), "")
            if depth and inner:
                yield from self.nested(inner, other.id, depth - 1)

    def read(self, name: str, id: str) -> list[tuple[Frame, Entity, bool]]:
        """What the name of an entity says: a rule, the entity whose name stands in it, whether that is the subject."""
        if (found := self.known.get((name, id))) is None:
            found = self.known[name, id] = list(self._read(name[:_LONGEST], self.classes.get(id, "")))
        return found

    def _read(self, name: str, cls: str) -> Iterator[tuple[Frame, Entity, bool]]:
        taken: list[tuple[int, int]] = []
        for start in range(len(name) - 1):
            for end in range(len(name) - 1, start + 1, -1):
                whole = self.by_name.get(name[start:end].rstrip())
                if not whole or len(whole) != 1 or any(start < b and a < end for a, b in taken):
                    continue
                for rule in _RULES:
                    part = rule.frame.object_classes if rule.turned else rule.frame.subject_classes
                    others = rule.frame.subject_classes if rule.turned else rule.frame.object_classes
                    if start and not (rule.within and _BEFORE.fullmatch(name, 0, start)):
                        continue
                    fits = self.vocabulary.fits(cls, part) and self.vocabulary.fits(whole[0].cls, others)
                    if fits and rule.tail.fullmatch(name[end:]):
                        taken.append((start, end))
                        yield rule.frame, whole[0], rule.turned
                        break
        session = _SESSION.fullmatch(name)
        series = self.by_name.get(session[1].strip(), []) if session else []
        if len(series) == 1 and self.vocabulary.fits(series[0].cls, _SERIES.object_classes):
            yield _SERIES, series[0], False


def _plain(name: str) -> str:
    return normalize("NFKC", name).strip("「」『』 ")
