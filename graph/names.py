"""Every written form of a name, and what makes two of them the same.

In: text in any script, entities. Out: `fold`, the form under which names are compared;
`forms`, every way in which an entity is written; `nearest`, what was probably meant.
Folding only finds: it never merges. Two entities that fold alike stay two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from .model import Entity

# Characters of one origin and one use: the form of the Jōyō list, then older forms and the variants seen in
# names. 斉 and 斎 are two characters, but people who search rarely know which one a Saito writes.
_KANJI = """
万萬 与與 両兩 並竝 乗乘 乱亂 亀龜 予豫 争爭 亜亞 仏佛 仮假 会會 伝傳 体體躰 余餘 併倂 侠俠 価價 侭儘 倹儉 偽僞 児兒
党黨 内內 円圓 写寫 凜凛 処處 剣劍劔 剤劑 剥剝 剰剩 励勵 労勞 効效 勅敕 勧勸 勲勳 区區 医醫 単單 即卽 厳嚴 参參 双雙
収收 叙敍敘 台臺 叱𠮟 号號 吉𠮷 呉吳 告吿 喩喻 営營 嘱囑 噛嚙 団團 囲圍 図圖 国國 圏圈 園薗 土圡 圧壓 堕墮 塁壘 塩鹽
填塡 増增 壊壞 壌壤 壮壯 声聲 壱壹 売賣 壷壺 変變 奥奧 奨獎奬 姉姊 姫姬 娯娛 嬢孃 学學 宝寶寳 実實 富冨 寛寬 寝寢
対對 寿壽 専專 将將 尭堯 尽盡 届屆 属屬 岳嶽 峡峽 峰峯 島嶋嶌 崎﨑嵜碕 巣巢 巻卷 帯帶 帰歸 庁廳 広廣 廃廢 弁辨瓣辯
弐貳 弥彌 強强 弾彈 当當 径徑 従從 徳德 徴徵 応應 恋戀 恒恆 恵惠 悦悅 悩惱 悪惡 惨慘 慎愼 懐懷 戦戰 戯戲 戸戶 戻戾
払拂 抜拔 択擇 担擔 拝拜 拠據 拡擴 挙擧 挟挾 挿插 捜搜 掲揭 掴摑 揺搖 摂攝 撃擊 教敎 数數 斎齋齊斉 断斷 既旣 旧舊
昇曻 昼晝 晋晉 晩晚 暁曉 暦曆 曳曵 曽曾 条條 来來 枢樞 柳栁 栄榮 桑桒 桜櫻 桝枡 桟棧 桧檜 梼檮 検檢 楼樓 楽樂 概槪
様樣 槙槇 権權 横橫 橋槗𣘺 欠缺 欧歐 歓歡 歩步 歯齒 歳歲 歴歷 残殘 殴毆 殻殼 毀毁 毎每 気氣 沢澤 浄淨 浅淺 浜濱濵
涙淚 涛濤 涼凉 淵渕渊 清淸 渇渴 済濟 渉涉 渋澁 渓溪 温溫 湾灣 湿濕 満滿 滝瀧 滞滯 潜潛 瀬瀨 灯燈 炉爐 点點 為爲 焼燒
熙熈煕 犠犧 状狀 独獨 狭狹 猟獵 献獻 獣獸 瑶瑤 瓶甁 産產 画畫 略畧 畳疊 痩瘦 痴癡 発發 盗盜 県縣 真眞 研硏 砕碎 砺礪
礼禮 祢禰 祷禱 禅禪 秋穐龝 秘祕 称稱 税稅 稲稻 穂穗 穏穩 窃竊 竜龍 箪簞 籠篭 粋粹 粛肅 糸絲 経經 絵繪 絶絕 継繼 続續
総總 緑綠 緒緖 縁緣 縄繩 縦縱 繊纖 缶罐 群羣 翻飜 聴聽 胆膽 脱脫 脳腦 臓臟 舎舍 舗舖 船舩 艶艷 芸藝 茎莖 荘莊 莱萊
蒋蔣 蔵藏 薫薰 薬藥 藪薮 虚虛 虫蟲 蚕蠶 蛍螢 蛎蠣 蛮蠻 蝉蟬 蝋蠟 衛衞 装裝 褒襃 覇霸 覚覺 覧覽 観觀 角⻆ 触觸 訳譯
証證 誉譽 説說 読讀 諌諫 謡謠 譲讓 豊豐 賛贊 践踐 転轉 軽輕 辞辭 辺邊邉 迩邇 逓遞 遅遲 遥遙 郎郞 郷鄕鄉 酔醉 醤醬
醸釀 釈釋 野埜 鉄鐵鉃 鉱鑛 銭錢 鋭銳 鋳鑄 錬鍊 録錄 鎮鎭 関關 閲閱 闘鬪鬭 陥陷 険險 随隨 隠隱 雑雜 霊靈 青靑 静靜
靭靱 頬頰 頼賴 顔顏 顕顯 飲飮 餅餠 館舘 駅驛 駆驅 騒騷 験驗 髄髓 高髙 髪髮 鴎鷗 鶏鷄 鹸鹼 麦麥 麹麴 麺麵 黄黃 黒黑
黙默 齢齡"""

# Small kana, and kana that sound alike, once katakana has become hiragana.
_KANA = dict(zip("ぁぃぅぇぉゃゅょゎゕゖっゐゑぢづ", "あいうえおやゆよわかけついえじず", strict=True))
_LATIN = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
_SAME = str.maketrans(_KANA | _LATIN | {other: group[0] for group in _KANJI.split() for other in group[1:]})

# Long-vowel marks, hyphens, dashes, tildes: written or left out at will, and mistaken for one another.
_DASHES = frozenset("ー~〜∼-‐‑‒–—―⁃−─━")

# What kind of body it is, as written before or after its name; longer ones first, for some end in others.
_BODIES = tuple(
    sorted(
        """
        認定特定非営利活動法人 特定非営利活動法人 認定npo法人 npo法人 社団法人 財団法人 一般社団法人 一般財団法人
        公益社団法人 公益財団法人 特例社団法人 特例財団法人 独立行政法人 地方独立行政法人 国立研究開発法人 国立大学法人
        学校法人 宗教法人 医療法人 医療法人社団 医療法人財団 社会福祉法人 更生保護法人 弁護士法人 税理士法人 監査法人
        中間法人 株式会社 有限会社 合同会社 合名会社 合資会社 相互会社 有限責任事業組合
        """.split(),
        key=lambda body: -len(body),
    )
)
_BRACKETED = {
    f"({body})" for body in "株 有 同 名 資 相 社 財 一社 一財 公社 公財 特非 npo 独 地独 学 宗 医 福".split()
}
_BEFORE = _BRACKETED | {"npo"}
_AFTER = _BEFORE | set(
    "co ltd coltd limited inc incorporated corp corporation company llc llp plc gmbh kk kabushiki kaisha".split()
)


def fold(text: str) -> str:
    """The form under which names are compared: what writers and keyboards vary is taken away.

    Case, width, accents, kana kind, long vowels, hyphens, old and variant kanji, spaces, punctuation,
    invisible characters, and at the ends what kind of body it is (株式会社, NPO法人, Inc.).
    Never empty for a name that has letters; folding twice changes nothing.
    """
    return _settled(text, bodies=True)


def fold_whole(text: str) -> str:
    """As `fold`, but 株式会社 and its like stay: for those who type them and expect to see them."""
    return _settled(text, bodies=False)


def _settled(text: str, *, bodies: bool) -> str:
    # What one pass takes away can bring together what the next one composes: hence until nothing changes.
    for _ in range(8):
        folded = _folded(text, bodies=bodies)
        if folded == text:
            break
        text = folded
    return text


def _folded(text: str, *, bodies: bool) -> str:
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = normal.translate(_TABLE)
    if bodies and (" " in spaced or "(" in spaced):
        spaced = _without_words(spaced)
    bare = _repeated(spaced.translate(_SPACES))
    if bodies and (bare.startswith(_BODIES) or bare.endswith(_BODIES)):
        bare = _without_bodies(bare) or bare
    if bare:
        return bare
    # Nothing but punctuation, dashes or marks: those are then the name.
    visible = [c for c in normal if unicodedata.category(c)[0] not in "CZ"]
    return "".join(c for c in visible if not unicodedata.combining(c)) or "".join(visible)


_SPACES = str.maketrans("", "", " ()")


def _without_words(spaced: str) -> str:
    words = spaced.replace("(", " (").replace(")", ") ").split()
    start, end = 0, len(words)
    while start < end and words[start] in _BEFORE:
        start += 1
    while start < end and words[end - 1] in _AFTER:
        end -= 1
    kept = " ".join(words[start:end])
    return kept if kept.translate(_SPACES) else spaced


def _without_bodies(text: str) -> str:
    start, end = 0, len(text)
    while body := next((b for b in _BODIES if text.startswith(b, start, end)), ""):
        start += len(body)
    while body := next((b for b in _BODIES if text.endswith(b, start, end)), ""):
        end -= len(body)
    return text[start:end]


def _repeated(text: str) -> str:
    """佐々木 as 佐佐木, いすゞ as いすず."""
    if _ITERATION.isdisjoint(text):
        return text
    out: list[str] = []
    for char in text:
        if char in _ITERATION and out:
            char = unicodedata.normalize("NFC", out[-1] + "\u3099")[0] if char == "ゞ" else out[-1]
        out.append(char)
    return "".join(out)


_ITERATION = frozenset("々〻ゝゞ")


class _Table(dict[int, str]):
    """What becomes of one character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _character(chr(code))
        if len(self) < 50_000:  # whoever types all of Unicode gets no memory for it
            self[code] = folded
        return folded


_TABLE = _Table()


def _character(char: str) -> str:
    if char in "()":
        return char
    category = unicodedata.category(char)
    if char in _DASHES or char in ".\u3099\u309a" or category in ("Cf", "Cs", "Me") or _is_mark(char):
        return ""
    if category[0] in "PZ" or char.isspace():
        return " "
    if category == "Cc":
        return ""
    if "ァ" <= char <= "ヶ" or "ヽ" <= char <= "ヾ":
        char = chr(ord(char) - 0x60)
    elif category[0] == "L":
        parts = (c for c in unicodedata.normalize("NFD", char) if not _is_mark(c))
        char = unicodedata.normalize("NFC", "".join(parts))
    return char.translate(_SAME)


def _is_mark(char: str) -> bool:
    """Accents, vowel points, variation selectors: not the vowel signs of Indic scripts, nor voiced kana."""
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return selector or unicodedata.combining(char) in _POINTS


_POINTS = frozenset((*range(10, 37), *range(200, 256)))  # combining classes: Hebrew and Arabic points, accents

_HUMPS = r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[A-Z0-9])(?=[A-Z][a-z])|[-_]+"


def forms(entity: Entity) -> tuple[str, ...]:
    """Every way in which the entity is written: its names, other forms, reading, and its id as words."""
    words = re.sub(_HUMPS, " ", entity.id)
    return tuple(dict.fromkeys(form for form in (*entity.name.values(), *entity.also, entity.reading, words) if form))


# Syllables of borrowed words, which jaconv spells letter by letter, and を, as Hepburn has them.
_BORROWED = {
    "てぃ": "ti",
    "でぃ": "di",
    "とぅ": "tu",
    "どぅ": "du",
    "うぃ": "wi",
    "うぇ": "we",
    "うぉ": "wo",
    "ちぇ": "che",
    "しぇ": "she",
    "じぇ": "je",
    "つぁ": "tsa",
    "でゅ": "dyu",
    "てゅ": "tyu",
    "ふゅ": "fyu",
    "ぢゃ": "ja",
    "ぢゅ": "ju",
    "ぢょ": "jo",
    "を": "o",
}


def romaji(reading: str) -> tuple[str, ...]:
    """A reading in kana as Hepburn: as it is typed (saitou) and as a passport has it (saito)."""
    if not reading:
        return ()
    import jaconv

    kana = jaconv.kata2hira(unicodedata.normalize("NFKC", reading))
    latin = jaconv.kana2alphabet(re.sub("|".join(_BORROWED), lambda found: _BORROWED[found[0]], kana))
    typed = str(latin).replace("-", "").replace("cch", "tch")
    return tuple(dict.fromkeys((typed, re.sub(r"o[ou]", "o", typed).replace("uu", "u"))))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was probably meant to be, or None where nothing is near enough to suggest.

    One typo in three letters, two in six and so on; or the only candidate that contains the word.
    """
    wanted = fold(word[:LONGEST])
    by_fold: dict[str, str] = {}
    for candidate in sorted(candidates):
        by_fold.setdefault(_fold_once(candidate), candidate)
    if not wanted or wanted in by_fold:
        return by_fold.get(wanted)
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(wanted, by_fold.keys(), scorer=OSA.normalized_similarity, score_cutoff=_NEAR_ENOUGH)
    if best:
        return by_fold[best[0]]
    containing = [candidate for folded, candidate in by_fold.items() if len(wanted) > 3 and wanted in folded]
    return containing[0] if len(containing) == 1 else None


# A file with a thousand unknown names asks for the same candidates a thousand times.
_fold_once = lru_cache(maxsize=1 << 16)(fold)

LONGEST = 300  # characters of what someone types that are looked at
_NEAR_ENOUGH = 0.66
