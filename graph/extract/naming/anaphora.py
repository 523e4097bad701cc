"""Words that point back: 同機構, その要綱, 県警は, "the agency", "it".

In: a sentence's text. Out: Pointers, each with its place, what it may stand for (classes, the end of a name) and how
far it may look. Who is meant is not known here: `coreference` remembers who was named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ...terms import vocabulary
from ..flow import Language, Span

# What the noun may be, by its last characters. The first fitting line counts.
_JAPANESE = """
県警 府警 道警 署 警察署 県警察: PoliceBody
省 庁 局 課 部 室 市 県 府 都 道 町 村 区: GovernmentBody PoliceBody OrganizationalUnit Place
政府 当局 役所 自治体 市役所 県庁: GovernmentBody PoliceBody OrganizationalUnit
裁判所 地裁 高裁 最高裁: Court
審議会 審査会 諮問会議: GovernmentBody Organization
公社 公団 事業団 検討会 調査会 評議会: Organization GovernmentBody
委員会: GovernmentBody Regulator Organization
機構 協会 連盟 連合会 連合 連絡会 協議会 財団 法人 組合 振興組合: Organization
同盟 団体 研究会 会 センター 会議 市民団体 ネットワーク: Organization
党: Organization
院 館 園: Organization Facility
社 会社 企業 事業者 メーカー 業者: Company
店 店舗 本店 書店 支店 百貨店 施設 駅 モール: Facility Retailer
紙 誌 局: MediaOrganization Document
大 大学 学校: Organization
氏: Person
システム 装置 顔認証システム カメラ網 端末 ゲート センサー ドローン ロボット アプリ 機体 機器 機種: System
カード: IdentityDocument
弁護士会: Organization
原告団: ActorGroup
名簿 リスト: Database
カメラ 監視カメラ 防犯カメラ: Device CameraNetwork System
データベース: Database
制度: IdentityScheme Instrument
データ 画像 情報 画像データ 顔画像: DataCategory
実験 実証実験: Trial
事業 計画 プロジェクト: Project Programme Trial
法 法律: Law
法案 案 改正案: Bill Proposal
条例 規則 要綱 指針 ガイドライン 方針 基準 要領 規程: Guideline Law
通知 通達: Notice
提言 提案 見解: Proposal Opinion
意見書 声明 意見: Opinion Document
協定 覚書 契約: Agreement
判決 決定: Judgment
訴訟 裁判: LegalChallenge
運動 署名: Campaign
集会 学習会 講演会: Event
書 本 報告書 資料 会報: Document
"""
_ENGLISH = """
police force, force, police: PoliceBody
ministry, agency, bureau, department, government: GovernmentBody PoliceBody OrganizationalUnit
city, prefecture, municipality, council, authority, town: GovernmentBody PoliceBody
court: Court
commission, committee, regulator, watchdog: GovernmentBody Regulator Organization
organisation, organization, association, group, body, union, federation, coalition, network: Organization
foundation, institute, society, campaign group, charity, non-profit, ngo, campaigners: Organization
company, firm, manufacturer, vendor, supplier, developer, maker, start-up, startup, insurer, airline: Company
retailer, chain, contractor, operator: Company
store, shop, bookstore, branch, station, mall, hospital, airport, supermarket, outlet: Facility Retailer
newspaper, broadcaster, magazine: MediaOrganization
university, school, college: Organization
system, software, technology, platform, product, scheme, tool, app: System
database, watchlist, register, archive: Database
cameras, camera network: CameraNetwork Device
trial, pilot, experiment: Trial
project, programme, program, initiative: Project Programme
law, act, statute, legislation: Law
bill: Bill
guidelines, guideline, guidance, rules, ordinance, code, regulations, policy: Guideline Law
notice, circular: Notice
proposal, recommendations, recommendation: Proposal
opinion, statement: Opinion
agreement, memorandum, contract: Agreement
judgment, ruling, decision: Judgment
lawsuit, suit, case, complaint: LegalChallenge
report, study, newsletter, book, article: Document
"""
# A name of one of these ends in it; 同機構 is a body whose name has 機構, "the ministry" one with Ministry.
_LOOSE = frozenset(
    """
    端末 ゲート 機体 機器 機種 カード 名簿 リスト 社 会社 企業 事業者 メーカー 業者 店 店舗 施設 氏 システム 装置
    仕組み カメラ
    データ 画像 情報 団体 市民団体
    当局 自治体 紙 誌 書 本 制度 資料 法人 法律 実験 事業 計画 プロジェクト 案 訴訟 裁判 運動 集会 役所
    提案 提言 見解 意見 実証実験
    company firm manufacturer vendor supplier developer maker retailer chain contractor operator store shop outlet
    organisation organization group body charity non-profit ngo system software technology platform product scheme law
    act legislation statute lawsuit suit case complaint report study government newspaper project programme program
    initiative trial pilot experiment regulator watchdog
    start-up startup insurer airline campaigners tool app rules guidance force cameras database opinion statement
    """.split()
)
_ALONE = """
県警 府警 道警 機構 協会 連盟 連合会 連絡会 協議会 委員会 財団 組合 市 県 府 都 町 村 省 庁 警察署 振興組合 審議会
審査会 公社 連合 弁護士会 原告団
装置 システム 端末 ゲート カード 名簿 データベース 制度 条例 要綱 指針 協定 覚書 通知 法案 提言 実験 実証実験 事業
""".split()
_THINGS = "条例 要綱 指針 ガイドライン 規程 協定 覚書 法案".split()
"""What in an article stands for the one of that kind that was named: 県警は, 市は, 装置を."""

_FALLS_BACK = frozenset(
    "agency authority department association society foundation institute federation council database archive register "
    "watchlist code guidelines ordinance".split()
)
"""Heads that no name need end in, where only one thing of their kind was named: the agency, for a board."""

_SAME = "同"
_THIS = "この|その|当該|先の|前記の|上記の|本"
_PARTICLE = "は|が|も|を|に|と|の|へ|で|から|より|による|側|・|、|,|。|」|』|\\)|$"
_OWN = re.compile(
    r"(?<![一-龥々])(?:当(?:社|会|店|団体|機構|協会|連合会|委員会|法人|連盟|市|局|庁|省|県|町|村|区|署|財団|組合|公社|審議会|研究所|館|院)|(?:本|わが|我が)(?:市|県|町|村|区)|弊社|小社|本会|私たち"
    r"|わたしたち|われわれ|我々)"
    r"(?=は|が|も|で|の|に|と|を|から|では|として|、)"
)
_THIS_ONE = re.compile(r"(?:これ|それ)(?=を(?!機|も|受|踏|通|超|見|もと|基|契|ふま|境))")
_OWN_EN = re.compile(r"\b(?:[Ww]e|[Oo]ur (?:[Aa]ssociation|[Oo]rgani[sz]ation|[Cc]ompany|[Gg]roup|[Cc]ouncil))\b")


@dataclass(frozen=True)
class Pointer:
    """A word that stands for somebody or something named before.

    `ends`: how the name ends, "" where any of the classes will do. `kind`: "same" (同社) looks through the block and
    its own sentence, "alone" (県警は) wants one such body in the block, "own" is who issued the document, "pronoun"
    is the subject of the sentence before, "this" (これを) what that sentence is about.
    """

    span: Span
    classes: tuple[str, ...]
    ends: str = ""
    kind: str = "same"
    id: str = ""  # who it is, where that is certain
    falls_back: bool = False  # where no name that was read ends so, the only one of these classes is meant


@cache
def _heads(lang: Language) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in (_JAPANESE if lang == "ja" else _ENGLISH).strip().splitlines():
        names, _, classes = line.partition(": ")
        for name in re.split(", " if lang == "en" else " ", names):
            found.setdefault(name, tuple(classes.split()))
    known = vocabulary().classes
    if wrong := {cls for classes in found.values() for cls in classes} - known.keys():
        raise ValueError(f"no class: {', '.join(sorted(wrong))}")
    return found


@cache
def _patterns(lang: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = "|".join(sorted(map(re.escape, _heads(lang)), key=len, reverse=True))
    if lang == "ja":
        alone = "|".join(sorted(_ALONE, key=len, reverse=True))
        things = "|".join(_THINGS)
        return (
            re.compile(f"(?:(?<![一-龥々]){_SAME}|(?:{_THIS}))(?P<head>{heads})(?=長?(?:{_PARTICLE}|[ぁ-ん]))"),
            re.compile(
                rf"(?:(?<=[、。，「」のはがをにでとも])|^|(?<=\s))(?P<head>{alone})(?=は|が|も|側|に(?!な|よ(?!る|れ))|に対し|によると"
                f"|によれば|では|からも?|と同|と(?:協定|覚書|契約))|(?<![一-龥々ァ-ヶーA-Za-zのるたない])(?P<thing>{things})(?=を|の(?:改正|撤去|廃止))"
            ),
        )
    return (
        re.compile(
            rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Tt]he same)\s+(?:same\s+)?(?P<head>{heads})\b", re.I
        ),
        re.compile(
            r"\A(?:[QA](?:\s*\([^()]*\))?:\s*)?[\"“(]?"
            r"(?:(?:However|Meanwhile|Later|Then|In addition|Moreover|Also), )?(?P<head>It|He|She|They)\b"
        ),
    )


EMPTY_IT = re.compile(
    r"\A\s+(?:is|was|has been|would be|will be|may be|should be|remains?|became|seems?|appears?|follows?|turns? out"
    r"|takes?)\b(?:\s+(?:also|not|now|still|only|clear|unclear|likely|possible|important|essential|necessary|said"
    r"|understood|known|thought|\w+ed|\w+ly|\w+ble|\w+ful|a|an|the|time|true))*\s*"
    r"(?:\w+\s+)?(?:that|to|whether|if|how|why|for|who|when)\b"
)


LATER = re.compile(
    r"\b[Tt]he (?P<head>[A-Za-z][a-z]+)\b(?!\s(?:of|for) (?:the )?[A-Z])(?=['’.,;:)\"”]"
    r"|\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|must|shall|should"
    r"|does|do|did|to|of|in|on|at|by|for|from|with|and|or|which|that|who|as|into|also|now|then|not|never|said|says|told"
    r"|collects?|records?|uses?|keeps?|stores?|sends?|shares?|match(?:es)?|compares?|operates?|makes?|provides?"
    r"|gives?|gave|den(?:y|ies)|opposes?|supports?|asks?|plans?|calls?|further|again|since|set|put|ran|runs?|took|takes?"
    r"|[a-z]+ed)\b|$)"
)
"""The short form of a name that was read before; what follows must not make another thing of it."""


def pointers(text: str, lang: Language) -> Iterator[Pointer]:
    """The words of a sentence that point back, in text order, none overlapping another."""
    found = [*(_japanese(text) if lang == "ja" else _english(text))]
    found.sort(key=lambda p: (p.span[0], -p.span[1]))
    end = 0
    for pointer in found:
        if pointer.span[0] >= end:
            yield pointer
            end = pointer.span[1]


def _japanese(text: str) -> Iterator[Pointer]:
    same, alone = _patterns("ja")
    heads = _heads("ja")
    for match in same.finditer(text):
        head = match["head"]
        if match[0] in ("同時", "同意", "本法人", "同意見", "本書店", "本社") or match[0].startswith(
            ("その会", "この会社員", "その社会")
        ):
            continue
        loose = head in _LOOSE
        if (
            match[0].startswith(("その", "この", "本"))
            and loose
            and head in ("案", "計画", "情報", "画像", "法律", "本", "運動", "書")
        ):
            continue
        yield Pointer(match.span(), heads[head], "" if loose else head)
    for match in alone.finditer(text):
        head = match["head"] or match["thing"]
        yield Pointer(match.span(), heads[head], "" if head in _LOOSE else head, "alone")
    for match in _OWN.finditer(text):
        if text.count("「", 0, match.start()) <= text.count("」", 0, match.start()):  # who is quoted is someone else
            head = re.sub("^(?:当|本|わが|我が)", "", match[0])
            yield Pointer(
                match.span(), ("Organization",), head if head != match[0] and head not in _LOOSE else "", "own"
            )
    for match in _THIS_ONE.finditer(text):
        yield Pointer(
            match.span(), ("System", "Programme", "IdentityScheme", "Database", "Device", "DataCategory"), "", "this"
        )


def _english(text: str) -> Iterator[Pointer]:
    same, pronoun = _patterns("en")
    heads = _heads("en")
    for match in same.finditer(text):
        head = match["head"].lower()
        after = text[match.end() :]
        if re.match(r"(?:-|\s+(?:of|in|for|at|on|against)\s+[a-zA-Z]|\s+[A-Z])", after):
            continue  # the ministry of justice, the City Council: a name of its own
        if re.match(
            r"\s+(?:cameras?|systems?|officers?|officials?|data|records?|images?|law|station|department|force|agency|"
            r"company|minister|budget|hall|council|government|residents)\b",
            after,
        ):
            continue
        falls_back = head in _FALLS_BACK and match["head"].islower()
        yield Pointer(match.span(), heads[head], "" if head in _LOOSE else head, falls_back=falls_back)
    if first := pronoun.match(text):
        word = first["head"]
        if word != "It" or not EMPTY_IT.match(text[first.end("head") :]):
            classes = (
                ("Person",)
                if word in ("He", "She")
                else ("Organization", "System", "Instrument", "Facility", "Project")
            )
            yield Pointer(first.span("head"), classes, "", "plural" if word == "They" else "pronoun")
    for match in _OWN_EN.finditer(text):
        yield Pointer(match.span(), ("Organization",), "", "own")


_RUN = re.compile(
    r"(?<![一-龥々ァ-ヶーA-Za-zのるたない])[一-龥々ァ-ヶーA-Za-z]{2,12}(?=は|が|も|を|に|と(?!い)|の|へ|から|側)"
)


def tails(text: str, forms: Mapping[str, Sequence[str]], shared: Callable[[str], bool]) -> Iterator[Pointer]:
    """警備局は after 国境警備局: the last words of a name that was read, where only one name ends so.

    `shared` says whether several names of the project end so: then it is what such things are called (顔認証システム).
    """
    for match in _RUN.finditer(text):
        word = match[0]
        ends = [(id, form) for id, each in forms.items() for form in each if form.endswith(word) and form != word]
        said_of_it = any(form[: -len(word)].endswith(("の", "る", "た")) for _, form in ends)  # …時の顔認証システム
        if len({id for id, _ in ends}) == 1 and not said_of_it and not shared(word):
            yield Pointer(match.span(), ("Thing",), "", "last", ends[0][0])
