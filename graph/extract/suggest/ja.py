"""Names in Japanese sentences that no entity bears, found by their heads and by what stands around them.

In: the text of a sentence, the spans that name known entities. Out: Finds, in text order, none overlapping another.
No parser is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..flow import Span
from ..naming.spelling import BODY
from ..naming.surroundings import POSTS, fits_after
from .heads import Find, head_of, is_generic, people

_KANJI = "々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134fヶケ〇"
_KATA = "\u30a1-\u30faー"
_WORD = f"[{_KANJI}{_KATA}A-Za-z0-9]"
_RUN = re.compile(
    f"(?:{_WORD}|(?<=[{_KATA}])・(?=[{_KATA}])|(?<=[A-Za-z0-9])[ &.-](?=[A-Za-z0-9])|(?<=法人|会社) (?={_WORD})"
    r"|\((?:株|有)\))+"
)
_LONGEST = 40
_BODY_FIRST = re.compile(f"(?:{BODY}) ?")
_LEAD = re.compile(  # what belongs to the sentence and not to the name
    r"(?:[0-9〇一二三四五六七八九十]+(?:年度|年|月|日|時|回|件|社|店|号|人|名|つ|か所|カ所|ヵ所)(?:間|目|以上|以降|後|前)?"
    "|(?:平成|昭和|令和)(?:[0-9]+|元)?年?|昨年|今年|来年|同年|同月|同日|当日|翌日|翌年|先月|今月|来月|現在|当時|今回|前回|次回|以前"
    "|以後|以降|一方|他方|実際|結局|例外|最近|近年|従来|元(?![町村山本田])|前(?![田川橋原])|現(?!代)|各|両|全(?!国|日|農|労|電|学)|同(?!志)"
    "|旧|新(?=しい)|計|約|他|主催|共催|後援|協賛|協力|発行|編集|監修|出典|著者|製|側|等|所管|制定|公表|発表|運営|当局|内|向け|宛|対"
    "|大手|老舗|地元|都内|県内|市内|国内|全国(?=各地)|各地|株価)"
)
_NOT_A_NAME = re.compile(  # a head with nothing before it but what any such body may be called
    "(?:大型|大手|中小|小規模|地方|地元|都市|一部|多数|複数|他|別|各種|特定|当該|関係|関連|民間|公立|私立|国立|公的|全国の?|近隣|周辺|既存|一般|専門|新|"
    "新規|有名|老舗|個人|直営|系列|加盟|提携|参加|対象|監視|管理|運用|利用|使用|処罰|実施|対処|解決|現行|改正|設置|導入|販売|小売|飲食|"
    "監督|所管|担当|主管|行政|司法|立法|本|当|同|前|両|全|弊|自|何|某|旧|多く|国|県|市|区|町|村|都|府|道|被害|実店|基本)+"
)
_OKURIGANA = re.compile("(?![はがをにのとでもへやかなだ])[ぁ-ん]")
_HEAD_SIZE = re.compile("(?:省|庁|市|区|町|村|県|府|都|駅)\\Z")
_PLACE_WORDS = re.compile("(?:都市|地区|学区|区|選挙区|商店街|市町村|自治体|繁華街|首都|(?<!東)京都|東京|街)\\Z")
_QUOTED = re.compile(
    "「([^「」『』\\s]{3,30})」(?=(?:という|と(?:題|銘打|名付)|(?:の|と)?(?:設置|開催|制定|改正|締結|導入|会)))?|『([^「」『』]{2,40})』"
)
_SOCIETY = re.compile(  # 監視社会を拒否する会, 見本の会, 監視に反対する市民の会
    f"[{_KANJI}{_KATA}A-Za-z0-9]{{2,14}}"
    f"(?:(?:を|に|と|から)[{_KANJI}{_KATA}]{{1,8}}[ぁ-ん]{{0,3}}[るうくすむつぶぐたい](?:[{_KANJI}{_KATA}]{{2,6}}の)?|の)"
    "(?:会|(?<!の)ネットワーク)"
    f"(?![{_KANJI}{_KATA}])"
)
_SOCIETY_HEAD = re.compile("(?:会|ネットワーク)\\Z")
_POST_WORDS = "|".join(sorted(POSTS.split(), key=lambda word: (-len(word), word)))
_BEFORE_NAME = re.compile(f"(?:{_POST_WORDS}|弁護士|作家|記者|医師|税理士|[長官員士者家師])\\Z")
_MISTER = re.compile(f"(?P<name>[{_KANJI}]{{2,16}}|[{_KATA}]{{2,12}}(?:・[{_KATA}]{{1,12}}){{1,3}})氏(?![{_KANJI}名])")
_NOT_MISTER = re.compile("[同両各前故某諸]")
_PEOPLE = "|".join(people())
_PERSON_AFTER = re.compile(f"(?:{_PEOPLE})(?![{_KANJI}])")
_PERSON_BEFORE = re.compile(f"(?:{_PEOPLE}|{_POST_WORDS})(?:の|、|・| )?\\Z")
_LABELS = {
    "Company": "Company",
    "Corporation_Other": "Organization",
    "Nonprofit_Organization": "NonProfit",
    "Political_Party": "Organization",
    "Political_Organization_Other": "Organization",
    "International_Organization": "Organization",
    "Government": "GovernmentBody",
    "Law": "Law",
    "Newspaper": "MediaOrganization",
    "School": "Organization",
    "Museum": "Facility",
    "Station": "Facility",
}


def find(text: str, known: Sequence[Span]) -> list[Find]:
    """The names that the text itself gives away."""
    found = [*_people(text, known), *_societies(text), *_quoted(text), *_headed(text, known)]
    return apart(found, known)


def learned(text: str, labelled: Iterable[tuple[int, int, str]], known: Sequence[Span]) -> list[Find]:
    """The names that GiNZA labels; its labels are often wrong, so that none is sure, and a person needs a post."""
    found = []
    for start, end, label in labelled:
        form = text[start:end]
        if label == "Person":
            post = _PERSON_AFTER.match(text, end) or _PERSON_BEFORE.search(text, max(0, start - 8), start)
            if post and 2 <= len(form) <= 16 and not re.search(r"[ぁ-ん\d]", form):
                found.append(Find(start, end, "Person"))
        elif (
            label in _LABELS and 2 <= len(form) <= _LONGEST and re.fullmatch(f"{_WORD}+", form) and not is_generic(form)
        ):
            head = head_of(form)
            found.append(Find(start, end, head.cls if head else _LABELS[label], sure=False))
    return apart(found, known)


def apart(found: Iterable[Find], known: Sequence[Span] = ()) -> list[Find]:
    """Those that share no character with what is known or with one before them in the list, in text order."""
    taken = list(known)
    kept = []
    for one in found:
        if not any(one.start < end and start < one.end for start, end in taken):
            taken.append((one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _people(text: str, known: Sequence[Span]) -> Iterator[Find]:
    """…の竹花豊氏: what stands before 氏, without the post."""
    for found in _MISTER.finditer(text):
        start, end = found.span("name")
        start = max([start, *(b for _, b in known if start < b < end)])
        for cut in range(end - 2, start, -1):
            if _BEFORE_NAME.search(text, max(start, cut - 6), cut):
                start = cut
                break
        name = text[start:end]
        if 2 <= len(name) <= (6 if re.match(f"[{_KANJI}]", name) else 30) and not _NOT_MISTER.match(name):
            yield Find(start, end, "Person")


def _societies(text: str) -> Iterator[Find]:
    for found in _SOCIETY.finditer(text):
        lead = _LEAD.match(text, found.start())
        start = lead.end() if lead and lead.end() < found.end() - 4 else found.start()
        name = text[start : found.end()]
        if len(name) >= 4 and not re.match("(?:市民|住民|団体|今回|次回|前回|恒例|最後|最初)の会", name):
            yield Find(start, found.end(), "CivilSocietyGroup")


def _quoted(text: str) -> Iterator[Find]:
    """『…』 is a work; 「…」 a name where its last word says of what kind."""
    for found in _QUOTED.finditer(text):
        if found[2]:
            yield Find(*found.span(2), "Document")
        elif (
            (head := head_of(found[1])) and head.head and not is_generic(found[1]) and not re.search("[、。]", found[1])
        ):
            if re.search("[はがをも]", found[1]) and not _SOCIETY_HEAD.search(found[1]):
                continue  # a sentence that is quoted
            yield Find(*found.span(1), head.cls, sure=len(found[1]) >= len(head.head) + 2)


def _headed(text: str, known: Sequence[Span]) -> Iterator[Find]:
    """Runs of kanji, katakana and Latin letters that end in a head."""
    for run in _RUN.finditer(text):
        for start, end in _without(run.span(), known):
            if end - start <= 2 * _LONGEST:
                yield from _in_run(text, start, end)


def _without(span: Span, known: Sequence[Span]) -> Iterator[Span]:
    at = span[0]
    for start, end in sorted(known):
        if end <= at or start >= span[1]:
            continue
        if start > at:
            yield at, start
        at = max(at, end)
    if at < span[1]:
        yield at, span[1]


def _in_run(text: str, start: int, end: int) -> Iterator[Find]:
    while (lead := _LEAD.match(text, start, end)) and lead.end() < end:
        start = lead.end()
    if body := _BODY_FIRST.match(text, start, end):
        stop = next((b for b in range(end, body.end() + 1, -1) if fits_after(text, start, b, "Company")), 0)
        if stop and not (stop == end and _OKURIGANA.match(text, end)):  # NPO法人見守りの輪 goes on, who knows how far
            head = head_of(text[start:stop])
            yield Find(start, stop, head.cls if head else "Company")
        return
    for stop in range(min(end, start + _LONGEST), start + 1, -1):
        name = text[start:stop]
        head = head_of(name)
        if not head or (stop < len(text) and not fits_after(text, start, stop, head.cls)):
            continue
        if stop < end and text[stop - 1] == "会" and text[stop] in "長員議計場社":
            continue
        if not _names(name, head.head):
            continue
        yield Find(start, stop, head.cls, sure=not head.weak)
        return


def _names(name: str, head: str) -> bool:
    """Whether there is enough before the head to tell this one from others of its kind."""
    if is_generic(name):
        return False
    own = name.removesuffix(head) if head != name else name
    if len(own) < (1 if len(head) > 1 else 2) and not (
        _HEAD_SIZE.search(name) and len(own) == 1 and own not in "同各両本当他全何"
    ):
        return False
    if len(own) == 1 and len(head) == 1 and head not in "市県省":
        return False
    if is_generic(own):  # ネットワークシステム
        return False
    return not _NOT_A_NAME.fullmatch(own) and not (len(head) == 1 and _PLACE_WORDS.search(name))
