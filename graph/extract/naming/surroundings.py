"""What may stand directly before and after a name for it to be that name, and not a part of another one.

In: a text, the span of a form found in it, the entity's class. Out: yes or no. 警察 is not in 警察官, 書店 not in
書店街, NEC is in NEC製; "police" is not in Tokyo Police. Where nothing is known, no.
"""

from __future__ import annotations

import re
from functools import cache

from ...terms import vocabulary
from .spelling import CJK

_KANJI = "々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
KANJI = re.compile(f"[{_KANJI}]")
_KATA = re.compile("[\u30a1-\u30faー]")
_HIRA = re.compile("[\u3041-\u3096]")
_ALL_HIRA = re.compile("[\u3041-\u3096]+")


@cache
def is_a(cls: str, *ancestors: str) -> bool:
    """Whether a class is one of the others or lies below one."""
    return any(vocabulary().is_a(cls, one) for one in ancestors)


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=lambda word: -len(word)))


POSTS = """
長官 次官 事務次官 次長 総監 本部長 局長 部長 課長 室長 係長 署長 所長 店長 支店長 教育長 駅長 館長 院長 校長 学長
総長 総裁 大臣 副大臣 政務官 知事 副知事 市長 区長 町長 村長 会長 副会長 名誉会長 社長 副社長 代表
共同代表 取締役 理事長 副理事長 理事 監事 専務 常務 事務局長 事務総長 委員長 委員 議長 議員 顧問 参与
総括 主席 首席 最高 教授 准教授 名誉教授 講師 研究員 幹部 職員 社員 会員 役員 関係者 担当者 担当
広報
"""
_DOING = "主催 共催 後援 協賛 提供 運営 発行 発表 公表 調べ 主導 作成 監修 編集 編 著 訳"
_AFTER_ALL = re.compile(
    "及び|並びに|又は|若しくは|或いは|共々|側(?!面)|全員|一人ひとり|一人一人|等|自体|自身|自ら|以外|両者|双方|同様|宛|向け"
)
_AFTER_ACTOR = re.compile(
    _any(POSTS + _DOING) + "|製(?![品造作薬鉄])|出身|所属|在籍|傘下|当局|本体|同士|ほか|内部|経由|独自|氏"
)
_AFTER_GENERIC = re.compile("当局|内部|同士|幹部(?!会)")
_AFTER_PERSON = re.compile(
    _any(
        POSTS
        + _DOING
        + " 氏 様 殿 君 記者 弁護士 税理士 医師 博士 首相 元 前 容疑者 被告 作家 両氏 本人 自身 先生 監督 選手"
    )
)
_AFTER_INSTRUMENT = re.compile(
    "違反|改正(?![案法])|改悪|施行(?![令規])|制定|成立|廃止|撤廃|反対|賛成|全文|本文|条文|前文|上(?![院場])|下(?![院])"
    "|第[\\d一二三四五六七八九十百]|附則|附帯|解説|遵守|順守|[\\d]"
)
_AFTER_THING = re.compile(
    "導入|運用|利用|使用|活用|採用|設置|反対|賛成|撤廃|廃止|推進|拡大|拡充|開始|継続|中止|停止|関連|関係|全体|作動|構築|開発|整備|"
    "内(?![閣容])|外(?![国務交])|中(?![央国心])|上(?![院場])|付き?"
)
_AFTER_DOCUMENT = re.compile("参照|所収|収録|所載|掲載|転載|引用|重引")
_AFTER_PLACE = re.compile("内(?![閣容])|外(?![国務交])|全域|全体|周辺|付近|在住|出身|入口|入り口|店頭")
_AFTER_DATE = re.compile(r"\d+(?:年|月)")
_TO_OTHER_SCRIPT = re.compile("OB|HP|ホームページ|ウェブ|サイト|メンバー|スタッフ|トップ|グループ各|クラス|レベル")

# After katakana, Latin letters or digits a kanji is a new word, unless it makes another thing of the name.
_MAKES_ANOTHER = re.compile(
    "[法網会庁省連業系型式論派党案者員官署店館院校駅市町村区県府都部課局室群賞線号人化率権税語史学級士師手家屋堂制的団班隊車機器紙誌本版製(?=品|造|作|薬)]"
    "|東|西|南|北|日本|中央|新聞|機構|協会|組合|条例|要綱|指針|支[店社部]|大学|病院|銀行|工業|電[気機]|研究所|株価|財団|労組"
)

_DAY = "(?:[\\d元]年|\\d月|\\d日|\\d時|[昨今去翌来]年|[先今来翌]月|同年|同月|当日|翌日|今日|昨日|年度)"
_BEFORE_ALL = re.compile(
    f"(?:{_DAY}|(?<![{_KANJI}])[元前現同各両全当某]|現在|今回|当時|以前|以後|以降|一方|通称|略称|主催|共催|後援|協力|発行|編集|監修|講師|提供|運営|出典|著者)\\Z"
)
_BEFORE_LATIN = re.compile(f"(?:(?<![{_KANJI}])[米英独仏韓]|大手|対|旧|新興)\\Z")
_BEFORE_PERSON = re.compile(
    f"(?:{_any(POSTS)}|弁護士|税理士|医師|作家|記者|首相|監督|評論家|[長官員相士者家師]|氏|著|編|故)\\Z"
)
_NOT_OWN_BEFORE = re.compile("(?:日本|新|旧|東|西|南|北|全国|中国)\\Z")

_PARTICLE = re.compile("は|が|を|に|の|と|で|も|へ|や|か|から|まで|より|など|さん|くん|ちゃん|氏|だ|な|って|ら|たち|側")
_PREFECTURE = re.compile("[都道府県市区町村]\\Z")


def fits_after(text: str, start: int, end: int, cls: str) -> bool:
    """Whether what follows leaves the name what it is."""
    if end >= len(text):
        return True
    last, then = text[end - 1], text[end]
    if CJK.match(last):
        return _fits_after_japanese(text, start, end, cls)
    if then.isalnum() and not CJK.match(then):
        return False
    if KANJI.match(then):
        if then == "社":
            return is_a(cls, "Company", "MediaOrganization") and not text.startswith("社会", end)
        if text.startswith("製", end):
            return _AFTER_ACTOR.match(text, end) is not None
        return not _MAKES_ANOTHER.match(text, end) or _expected(text, start, end, cls)
    if _KATA.match(then):
        return _TO_OTHER_SCRIPT.match(text, end) is not None
    return not (then in "./@_&" and text[end + 1 : end + 2].isalnum() and text[end + 1 : end + 2].isascii())


def _fits_after_japanese(text: str, start: int, end: int, cls: str) -> bool:
    last, then = text[end - 1], text[end]
    if _KATA.match(last):
        if _KATA.match(then):
            return False
        if KANJI.match(then):
            if then == "社":
                return is_a(cls, "Company", "MediaOrganization") and not text.startswith("社会", end)
            return not _MAKES_ANOTHER.match(text, end) or _expected(text, start, end, cls)
        return not (then.isalnum() and not CJK.match(then)) or _AFTER_DATE.match(text, end) is not None
    if _HIRA.match(last):
        if _HIRA.match(then) and _ALL_HIRA.fullmatch(text, start, end):
            return _PARTICLE.match(text, end) is not None
        return not KANJI.match(then) or _expected(text, start, end, cls)
    if KANJI.match(then):
        return _expected(text, start, end, cls)
    if _KATA.match(then) or (then.isalnum() and not CJK.match(then)):
        own = is_a(cls, "Instrument") and then.isdigit()
        return own or (_TO_OTHER_SCRIPT.match(text, end) or _AFTER_DATE.match(text, end)) is not None
    return True


def _expected(text: str, start: int, end: int, cls: str) -> bool:
    """Whether the kanji that follow are known not to make another thing of the name."""
    if _AFTER_ALL.match(text, end) or text.startswith("的に", end):
        return not text.startswith("等級", end)
    if is_a(cls, "Person"):
        return _AFTER_PERSON.match(text, end) is not None
    if is_a(cls, "Instrument"):
        return _AFTER_INSTRUMENT.match(text, end) is not None
    if is_a(cls, "Document") and _AFTER_DOCUMENT.match(text, end):
        return True
    if is_a(cls, "Sector") and text[end - 1] == "業" and text[end] == "界":
        return True
    if is_a(cls, "Facility", "Place"):
        return (_AFTER_PLACE.match(text, end) or _AFTER_ACTOR.match(text, end)) is not None
    if is_a(cls, "Actor"):
        if end - start <= 2 or is_a(cls, "ActorGroup", "Sector", "AffectedPeople"):
            return _AFTER_GENERIC.match(text, end) is not None
        if text[end] == "長" and re.search("[局部課室署所店館院校会団係支]\\Z", text[start:end]):
            return True
        if text.startswith("内", end):
            return not _PREFECTURE.search(text[start:end]) and not text.startswith("内閣", end)
        return _AFTER_ACTOR.match(text, end) is not None
    return _AFTER_THING.match(text, end) is not None


def fits_before(text: str, start: int, end: int, cls: str) -> bool:
    """Whether what precedes leaves the name what it is."""
    if not start:
        return True
    before, first = text[start - 1], text[start]
    near = text[max(0, start - 6) : start]
    if not CJK.match(first):
        if before.isalnum() and not CJK.match(before):
            return False
        if first.isdigit() and before in ".,:/-第":
            return False
        if before in "./@_&" and text[start - 2 : start - 1].isalnum() and text[start - 2 : start - 1].isascii():
            return False
        return not _NOT_OWN_BEFORE.search(near)
    if _HIRA.match(first) and _ALL_HIRA.fullmatch(text, start, end):
        return not _HIRA.match(before) or before in "はがをにのとでもへや"
    if before.isalnum() and not CJK.match(before):
        return False
    if _KATA.match(before):
        return False
    if not KANJI.match(before):
        return True
    if _BEFORE_ALL.search(near):
        return not (is_a(cls, "Instrument") and before in "前両")
    if is_a(cls, "Person") and end - start > 2:
        return _BEFORE_PERSON.search(near) is not None
    if is_a(cls, "Law") and near.endswith("改正"):
        return True
    return _KATA.match(first) is not None and _BEFORE_LATIN.search(near) is not None


def may_adjoin(first: str, first_length: int, second: str, second_length: int) -> bool:
    """Whether two names may stand directly side by side: a body and its bureau, its man, its system, its rules."""
    if not is_a(first, "Actor", "Facility") or first_length < 2:
        return False
    if is_a(second, "OrganizationalUnit", "Person"):
        return first_length > 2
    return second_length >= 3 and is_a(second, "System", "Instrument", "Facility", "Document", "Project", "Trial")


# --- English

FUNCTION = set(
    """
    a an the in on at by of to from for with without and or but as when while if that this these those its their our
    his her both all each every some many most other another no not is are was were has have had after before since
    until under over between among against about across through via per than then however meanwhile moreover today
    yesterday also only even former acting current new what why how who did does do will would can could should may
    """.split()
)
TITLES = set(
    """
    president chair chairman chairwoman chairperson director minister prime secretary chief commissioner professor prof
    dr mr mrs ms miss sir judge justice lawyer attorney author journalist governor mayor senator officer spokesperson
    spokesman spokeswoman executive general deputy vice ceo inspector superintendent commander representative
    """.split()
)
_HEADS = set(
    """
    agency ministry bureau act association inc corp corporation company co ltd university hospital store stores street
    park system systems law bill department office party group union commission committee council institute foundation
    society bank times news shimbun bookstore bookstores centre center station police city prefecture force club
    museum school college network project programme program authority board court federation league international
    national guidelines guideline database trust service services laboratory laboratories house
    """.split()
)
# Capitals beside a name that do not belong to it: in June Midori Books, Councillor Tanaka, Supermarket Cove.
_BESIDE = set(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday councillor cllr dame lord lady captain sergeant detective dean treasurer clerk
    campaigner activist economist historian novelist sociologist supermarket retailer bookseller vendor manufacturer
    maker supplier operator newspaper broadcaster publisher
    """.split()
)
_PEOPLE = set(
    "officer officers man men woman women stations owner owners worker workers staff manager managers".split()
)
_WORD_AFTER = re.compile(r" ([A-Za-z][A-Za-z&.-]*)")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z&.-]*) \Z")


def fits_english(text: str, start: int, end: int, form: str, outer: int = 0) -> bool:
    """Whether a span that equals the form but for case is that name, judged by its capitals and its neighbours'.

    `outer` is where the Inc. after it ends.
    """
    found = text[start:end]
    words = [word for word in re.findall(r"[A-Za-z0-9]+", form) if word.lower() not in FUNCTION]
    proper = any(word[0].isupper() for word in words)
    if form.isupper() and len(form) <= 8:
        return found == form
    after = _WORD_AFTER.match(text, outer or end)
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    next_word, last_word = after[1] if after else "", before[1] if before else ""
    if not proper:
        return _fits_generic(text, start, found, next_word, last_word)
    if not found[0].isupper() and form[0].isupper():
        return len(words) > 1 and last_word.lower() not in ("a", "an")
    if len(words) == 1 and not found[0].isupper() and form[0].isupper():
        return False
    if next_word[:1].isupper() and next_word.lower().strip(".") in _HEADS:
        return False
    strange = last_word[:1].isupper() and last_word.lower().strip(".") not in FUNCTION | TITLES | _BESIDE
    return not strange or found.isupper()


def _fits_generic(text: str, start: int, found: str, next_word: str, last_word: str) -> bool:
    if last_word[:1].isupper() and last_word.lower() not in FUNCTION:
        return False
    if next_word.lower() in _HEADS or next_word.lower() in _PEOPLE:
        return False
    if found[0].isupper():
        lead = text[:start].rstrip(" \"'“‘([-–—•*")
        begins = not lead or lead[-1] in ".!?:;。" or last_word.lower() == "the"
        return begins and not next_word[:1].isupper()
    return True
