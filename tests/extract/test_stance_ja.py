"""Japanese stance: what each sentence of stances/ja*.txt claims, and in whose words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("ginza")

from graph.extract.flow import Frame, Hit, Mention, Verdict
from graph.extract.japanese.stance import judge_ja
from graph.extract.parse import parse
from graph.extract.stance import DROPS, LONGEST_CUE, read_cues
from graph.model import Stance

STANCES = Path(__file__).parent / "stances"
FILES = ("ja-before", "ja", "ja-fresh")
_MARK = re.compile(r"\{(?P<name>[^{}|]+)(?P<roles>(?:\|[SOV])*)\}|\[(?P<word>[^\[\]:]+):(?P<predicate>\w+)\]")


@dataclass(frozen=True)
class Case:
    """A line: what is expected, and the sentence with its marks taken out."""

    expected: str
    text: str
    hit: Hit
    mentions: tuple[Mention, ...]
    voice: Mention | None


def read_case(line: str) -> Case:
    expected, _, marked = line.partition("|")
    text, end = "", 0
    mentions: list[Mention] = []
    roles: dict[str, Mention] = {}
    predicate, span = "", (0, 0)
    for match in _MARK.finditer(marked := marked.strip()):
        text += marked[end : match.start()]
        end = match.end()
        words = match["name"] or match["word"]
        start, text = len(text), text + words
        if match["word"]:
            predicate, span = match["predicate"], (start, len(text))
            continue
        mentions.append(Mention(start, len(text), (match["name"],)))
        roles |= dict.fromkeys(match["roles"].replace("|", ""), mentions[-1])
    text += marked[end:]
    nobody = Mention(0, 0, ("nobody",))
    frame = Frame("test", 1, "ja", predicate)
    hit = Hit(frame, roles.get("S", nobody), roles.get("O", nobody), span, (0, len(text)))
    return Case(expected.strip(), text, hit, tuple(mentions), roles.get("V"))


@cache
def cases() -> dict[str, Case]:
    lines = [(name, number, line) for name in FILES for number, line in enumerate(_lines(name), 1)]
    return {f"{name}:{number}": read_case(line) for name, number, line in lines if line and not line.startswith("#")}


def _lines(name: str) -> list[str]:
    return (STANCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@cache
def verdicts() -> dict[str, Verdict]:
    """All at once: the parser is faster with many."""
    trees = parse([case.text for case in cases().values()])
    return {
        key: judge_ja(tree, case.hit, case.mentions) for (key, case), tree in zip(cases().items(), trees, strict=True)
    }


def told(verdict: Verdict, case: Case) -> str:
    """A verdict in the words of the file; of a drop only as much as the file asks for."""
    if verdict.drop:
        return f"drop:{verdict.drop}" if ":" in case.expected else "drop"
    flags = [str(verdict.stance), "negated" * verdict.negated, "hedged" * verdict.hedged, "@" * bool(verdict.voice)]
    return " ".join(filter(None, flags))


@pytest.mark.parametrize("key", cases())
def test_what_the_sentence_claims(key: str) -> None:
    case, verdict = cases()[key], verdicts()[key]
    assert told(verdict, case) == case.expected, case.text
    assert verdict.drop or verdict.voice == case.voice, case.text


def test_every_cue_fits_its_examples() -> None:
    for name in ("endings", "nouns", "heads", "sources"):
        for cue in read_cues("ja")[name]:
            assert cue.examples, f"{name}:{cue.line}"
            for example in cue.examples:
                words = re.compile(cue.words.pattern.removeprefix("^"))
                assert words.search(example) or words.search(example + "と"), f"{name}:{cue.line} {example}"


def test_the_words_that_carry_a_stance_stand_in_the_sentence_and_are_few() -> None:
    for key, verdict in verdicts().items():
        assert len(verdict.cue) <= LONGEST_CUE, key
        assert verdict.cue in cases()[key].text, key
        assert not verdict.drop or verdict.drop in DROPS, key
        assert verdict.drop or verdict.cue or (verdict.stance is Stance.stated and not verdict.negated), key


_PIECES = (
    "警察は カメラを 設置 した しない する と という こと の が は を "
    "、 。 「 」 もし ば 場合 方針 ない わけではない 否定 検討 述べた "
    "か ため と、 導入 とは限らない べき 見送 った よう に 求めた ほか ながら それ"
).split()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map("".join), min_size=8, max_size=8))
def test_any_words_in_any_order_end_in_a_verdict(texts: list[str]) -> None:
    frame = Frame("test", 1, "ja", "deploys")
    for tree in parse(texts):
        for token in tree.tokens:
            here = Mention(token.start, token.end, ("x",))
            verdict = judge_ja(tree, Hit(frame, here, here, (token.start, token.end), (0, len(tree.text))), (here,))
            assert verdict.cue in tree.text
