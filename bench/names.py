"""How fast names are found, beside reading all of them.

In: nothing; 100,000 written forms of made-up people, offices and firms, the same every time.
Out: rows of (what, ratio, goal). The slowest question of each kind counts, not the middle one.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from graph.model import Entity, Project, Words
from graph.names import fold, fold_whole, forms, romaji
from graph.search import Index, write_index

from .measure import Row, ratio

FORMS = 100_000

_FAMILY = """
佐藤/さとう 鈴木/すずき 高橋/たかはし 田中/たなか 渡邊/わたなべ 伊藤/いとう 山本/やまもと 中村/なかむら 小林/こばやし
加藤/かとう 吉田/よしだ 山田/やまだ 佐々木/ささき 山口/やまぐち 松本/まつもと 井上/いのうえ 木村/きむら 林/はやし
齋藤/さいとう 清水/しみず 山﨑/やまざき 森/もり 池田/いけだ 橋本/はしもと 阿部/あべ 石川/いしかわ 前田/まえだ
藤田/ふじた 後藤/ごとう 近藤/こんどう 長谷川/はせがわ 村上/むらかみ 遠藤/えんどう 青木/あおき 坂本/さかもと
"""
_GIVEN = """
豊/ゆたか 貴男/たかお 泰彦/やすひこ 誠二/せいじ 花子/はなこ 健一/けんいち 美咲/みさき 直樹/なおき 由美子/ゆみこ
隆/たかし 恵子/けいこ 浩/ひろし 和子/かずこ 修/おさむ 真理/まり 大輔/だいすけ 裕子/ひろこ 学/まなぶ 京子/きょうこ
一郎/いちろう
香織/かおり 哲也/てつや 千尋/ちひろ 翔太/しょうた 陽菜/ひな 蓮/れん 結衣/ゆい 悠真/ゆうま 凛/りん 湊/みなと
"""
_TOWNS = """
札幌/Sapporo 仙台/Sendai 新潟/Niigata 千葉/Chiba 横浜/Yokohama 川崎/Kawasaki 静岡/Shizuoka 浜松/Hamamatsu
名古屋/Nagoya 京都/Kyoto 大阪/Osaka 堺/Sakai 神戸/Kobe 岡山/Okayama 広島/Hiroshima 北九州/Kitakyushu 福岡/Fukuoka
熊本/Kumamoto 鹿児島/Kagoshima 那覇/Naha 金沢/Kanazawa 長野/Nagano 宇都宮/Utsunomiya 高松/Takamatsu 松山/Matsuyama
"""
_TOPICS = """
防犯/Crime_Prevention 監視カメラ/Surveillance_Camera 個人情報保護/Personal_Information_Protection
顔認証/Face_Recognition 交通安全/Road_Safety 消費者/Consumer 書店/Bookstore 警備業/Security_Services
万引対策/Shoplifting_Countermeasures 地域安全/Community_Safety 情報通信/Information_and_Communications
人権擁護/Human_Rights データ流通/Data_Exchange 商店街/Shopping_Street 鉄道/Railway 医療/Medical_Care
"""
_BODIES = """
協議会/Council 推進機構/Promotion_Organization 委員会/Committee 研究所/Research_Institute 連合会/Federation
支援センター/Support_Centre 対策本部/Headquarters 協同組合/Cooperative 審査会/Review_Board 管理室/Control_Office
"""
_FIRMS = """
電機/Electric 警備/Security 書店/Books 商事/Trading システム/Systems ホールディングス/Holdings 製作所/Works
"""
_SYLLABLES = "アイカキクサシタテトナニネハビフマミメラリルレロンパドゴザー"

SHORT = "の", "e", "1", "警", "第", "防犯", "an", "支部", "渡辺", "so"
LONGER = (
    "さとう", "齊藤", "札幌", "takao", "ation", "株式会社", "第999", "横浜防犯", "個人情報保護協議会",
    "surveillance camera", "branch 555", "takao saito", "camera yokohama", "kitakyushu bookstore",
)  # fmt: skip
TYPOS = (
    "渡邊貴夫", "横浜防犯協議全", "個人情報保護協義会", "宇都宮交通安今研究所", "saitou takoa", "takanashi naoki",
    "hamamatu bokstore", "fukuoka reserch institute", "yokohma crime prevension council",
    "kitakyushu surveilance camera comittee",
)  # fmt: skip


def _pairs(table: str) -> list[tuple[str, str]]:
    return [(a, b.replace("_", " ")) for a, b in (entry.split("/") for entry in table.split())]


def made_up(at_least: int = FORMS) -> tuple[Project, list[str]]:
    """A project whose entities are written in at least so many ways, and those ways, folded."""
    chance = random.Random(2016)
    family, given, towns, topics, bodies, firms = map(_pairs, (_FAMILY, _GIVEN, _TOWNS, _TOPICS, _BODIES, _FIRMS))
    entities: list[Entity] = []
    folded: list[str] = []
    while len(folded) < at_least:
        n, number = len(entities), chance.randrange(1, 1000)
        if n % 3 == 0:
            (last, last_kana), (first, first_kana) = chance.choice(family), chance.choice(given)
            ja, kana = f"{last}{first} {number}号", f"{last_kana} {first_kana} {number}"
            en = f"{romaji(first_kana)[-1].capitalize()} {romaji(last_kana)[-1].capitalize()} {number}"
            entity = Entity(f"P{n}", "Person", Words(ja=ja, en=en), reading=kana)
        elif n % 3 == 1:
            (town, t), (topic, s), (body, b) = chance.choice(towns), chance.choice(topics), chance.choice(bodies)
            ja, en = f"特定非営利活動法人 {town}{topic}{body}第{number}支部", f"{t} {s} {b}, Branch {number}"
            entity = Entity(f"B{n}", "Organization", Words(ja=ja, en=en))
        else:
            name = "".join([chance.choice(_SYLLABLES[:-1]), *chance.choices(_SYLLABLES, k=chance.randrange(2, 5))])
            firm, f = chance.choice(firms)
            en = f"{romaji(name)[-1].capitalize()} {f} {number} Co., Ltd."
            entity = Entity(f"F{n}", "Company", Words(ja=f"株式会社{name}{firm}", en=en))
        entities.append(entity)
        folded += {way(form) for form in (*forms(entity), *romaji(entity.reading)) for way in (fold, fold_whole)}
    return Project("", Words(en="Names"), "https://example.org/", entities=tuple(entities)), folded


def rows(quick: bool) -> Iterator[Row]:
    """Each kind of question against reading every name; of its questions the slowest."""
    pairs = 15 if quick else 45
    project, names = made_up()
    with tempfile.TemporaryDirectory() as folder:
        write_index(Path(folder) / "names.db", project)
        with Index(Path(folder) / "names.db") as index:
            # Many searches against one scan, so that both take about as long: a busy machine that stops one of
            # them for a moment would otherwise count for many times the shorter one.
            def ask(text: str, times: int) -> None:
                for _ in range(times):
                    if not index.search(text):
                        raise ValueError(f"{text} finds nothing, so it measures nothing")

            def scan(text: str) -> list[str]:
                wanted = fold(text)
                return [name for name in names if wanted in name]

            def compare(text: str) -> list[object]:
                wanted = fold(text)
                whole = process.extract(wanted, names, scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=20)
                part = process.extract(wanted, names, scorer=fuzz.partial_ratio, score_cutoff=75, limit=20)
                return [*whole, *part]

            def slowest(texts: tuple[str, ...], times: int, other: Callable[[str], object]) -> float:
                return max(ratio(partial(ask, text, times), partial(other, text), pairs) / times for text in texts)

            what = f"of {len(names):,} names"
            yield Row(f"found by 1 or 2 characters {what} : looking through all", slowest(SHORT, 40, scan), 0.1)
            yield Row(f"found by more, and by words {what} : looking through all", slowest(LONGER, 20, scan), 0.15)
            yield Row(f"found with a typo {what} : rapidfuzz over all", slowest(TYPOS, 10, compare), 0.2)
