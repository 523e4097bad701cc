"""How long a corpus takes: documents of the size of a newsletter, made from templates, read by two processes.

In: nothing; the bundled project's entities, sentences put together at random but the same every time.
Out: rows of (what, ratio, goal): 10,000 documents as a share of an hour, the highest memory late over early.
"""

from __future__ import annotations

import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import Process, Queue
from pathlib import Path

from graph.extract.corpus import Task, extract_files
from graph.extract.pipeline import Extractor
from graph.model import Entity, Project
from graph.paths import SEEDS
from graph.project import read_project
from graph.terms import vocabulary

from .measure import Row

CHARACTERS = 2_000
JOBS = 2
HOUR = 3_600.0
FULL = 10_000

# {police} and its like are filled with entities of that class; {date} with a date.
_SAYS: list[str] = """
{PoliceBody}は{date}、{Guideline}を改正した。
{PoliceBody}が{date}に改正した{Guideline}は、{PoliceBody}の役割を定めている。
{Retailer}は{date}から、{FaceRecognitionSystem}を全店で運用しているとみられる。
{Facility}に導入された{FaceRecognitionSystem}は、来店客の顔を撮影し、{Database}と照合している。
報道によれば、{PoliceBody}は{FaceRecognitionSystem}を導入していたことが明らかになった。
{Person}は{date}まで{PoliceBody}の幹部を務め、その後{NonProfit}の理事長に就任した。
{NonProfit}の理事長は、元{PoliceBody}の{Person}氏である。
{NonProfit}は{date}、{PoliceBody}と画像データを共同利用することを提案した。
{CivilSocietyGroup}は{PoliceBody}に対し、{FaceRecognitionSystem}の運用を中止するよう申し入れた。
{CivilSocietyGroup}は{Law}に反対している。
{Vendor}製の{FaceRecognitionSystem}が{Facility}に配備されている。
{GovernmentBody}は{date}に{Notice}を都道府県に通知した。
{PoliceBody}は、{NonProfit}に顧客のデータを提供していないと説明した。
もし{PoliceBody}が{FaceRecognitionSystem}を導入すれば、市民の暮らしは大きく変わるだろう。
{PoliceBody}は{FaceRecognitionSystem}の導入を検討しているのだろうか。
{NonProfit}と{PoliceBody}は{date}に協定を結んだ。
""".split()
_FILLS = """
会場には平日の夜にもかかわらず多くの人が集まり、用意した椅子が足りなくなるほどだった。
参加者からは、仕組みがよくわからないまま話が進んでいくことへの不安の声が相次いだ。
本紙ではこれまでも同じ問題を取り上げてきたが、状況はこの一年でさらに大きく動いている。
費用がどのくらいかかるのか、だれがそれを負担するのかについての説明はほとんどなかった。
次の集まりは来月の第二土曜日を予定しており、だれでも予約なしで参加することができる。
街を歩くだけで記録される暮らしを、わたしたちはいつのまにか当たり前のものとして受け入れている。
制度の細かな中身は規則に委ねられており、条文を読んだだけでは全体の姿をつかみにくい。
海外ではこうした技術の使い方に歯止めをかける動きが広がっているが、国内の議論は遅れがちである。
""".split()


def write_corpus(folder: Path, documents: int, project: Project) -> list[Path]:
    """Documents d00000.txt … in the folder, of about CHARACTERS characters each."""
    chance = random.Random(2016)
    terms = vocabulary()
    slots = {name: _of(project, name, terms.is_a) for name in _classes()}
    paths = []
    for number in range(documents):
        lines: list[str] = []
        while sum(map(len, lines)) < CHARACTERS:
            lines.append(_filled(chance, slots) if chance.random() < 0.45 else chance.choice(_FILLS))
        paragraphs = ["".join(lines[at : at + 4]) for at in range(0, len(lines), 4)]
        paths.append(folder / f"d{number:05}.txt")
        paths[-1].write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return paths


def _classes() -> set[str]:
    return set(re.findall(r"{([A-Z]\w+)}", " ".join(_SAYS)))


def _of(project: Project, name: str, is_a: Callable[[str, str], bool]) -> list[str]:
    def fits(entity: Entity) -> bool:
        return is_a(entity.cls, name)

    return [entity.name["ja"] for entity in project.entities if fits(entity) and "ja" in entity.name]


def _filled(chance: random.Random, slots: dict[str, list[str]]) -> str:
    text = chance.choice(_SAYS).replace("{date}", f"{chance.randint(2005, 2016)}年{chance.randint(1, 12)}月")
    for name, names in slots.items():
        while f"{{{name}}}" in text:
            text = text.replace(f"{{{name}}}", chance.choice(names), 1)
    return text


def _memory(folder: Path, project: Project, told: Queue[tuple[int, int]]) -> None:
    """The highest memory of one process after a quarter of the documents, and after all of them."""
    extractor = Extractor(project)
    task = Task(project, tuple(map(str, extractor.files)))
    paths = sorted(folder.glob("*.txt"))
    early = 0
    for number, _ in enumerate(extract_files(paths, task), 1):
        if number == len(paths) // 4:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told.put((early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def _seconds(paths: list[Path], task: Task) -> float:
    began = time.perf_counter()
    failed = sum(done.error is not None for done in extract_files(paths, task, JOBS))
    if failed:
        raise RuntimeError(f"{failed} documents failed")
    return time.perf_counter() - began


def rows(quick: bool) -> Iterator[Row]:
    """The corpus's rows."""
    documents = 80 if quick else 1_000
    project, _ = read_project(SEEDS)
    extractor = Extractor(project)
    task = Task(project, tuple(map(str, extractor.files)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_corpus(folder, documents, project)
        few, all = _seconds(paths[: documents // 4], task), _seconds(paths, task)
        each = (all - few) / (documents - documents // 4)  # what it takes to start is paid once
        hours = (all + each * (FULL - documents)) / HOUR
        yield Row(f"{FULL:,} documents of {CHARACTERS:,} characters by {JOBS} processes, over an hour", hours, 1.0)
        told: Queue[tuple[int, int]] = Queue()
        process = Process(target=_memory, args=(folder, project, told))
        process.start()
        early, late = told.get()
        process.join()
        yield Row(f"highest memory after {documents} documents, over after {documents // 4}", late / early, 1.1)
