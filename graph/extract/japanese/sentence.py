"""A parsed sentence as phrases: each with its words, its particle, the name it stands for and what it hangs on.

In: a Parsed and its mentions. Out: a Sentence of Chunks. The parser's tree is followed where it can be right; a name
is always one piece, however the parser cut it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..flow import Mention, Parsed, Token
from .chunks import Chunk
from .tree import Tree
from .words import CALLED, COLLECTIVE, OTHER_BEFORE, PERSON_TAIL, PLACE_TAIL, ROLES, TAIL, TOPIC, WEAK

_FUNCTION = frozenset({"ADP", "AUX", "SCONJ", "PART"})
_OPEN, _CLOSE = '「『（(［[〈《“"', "」』）)］]〉》”"
_SPACE = re.compile(r"[\s」』”）)]*")
_COMPOUND_PARTICLES = re.compile(
    r"に(?:よっ|より|よる|対し|対する|つい|関し|関する|まつわる|基づ|もとづ|則|従|沿|おい|おける|代わ|かわ|替わ"
    r"|加え|伴|際し|あた|当た|応じ|つれ"
    r"|向け|あて|宛て|向か|たい)|を(?:めぐ|巡|通じ|通し|介し|はじめ)|と(?:して(?!い|お|き|は?い)|とも|共|一緒)"
    r"|との間|の間"
)
_ABSORBED = frozenset(
    "よる 対する つく 関する まつわる 基づく もとづく 則る 従う 沿う おく おける 代わる かわる 替わる 加える 伴う "
    "際する あたる 当たる 応じる つれる 向ける"
    " あてる 宛てる 向かう めぐる 巡る 通じる 通ずる 通す 介する はじめる 共 とも 一緒 間 始める する".split()
)


_JOINED = re.compile(r"[・／/、，」』「『\s]+")
_BOTH = frozenset("及び および 並びに ならびに 又は または".split())
_AND = re.compile(r"(?:など|等)?(?:と|や|および|及び|ならびに|並びに|・|または|又は|か|とか|かつ)?(?:は)?[、，,]?")


class Sentence(Tree):
    """The phrases of a sentence and the names in it."""

    def __init__(
        self,
        parsed: Parsed,
        mentions: Sequence[Mention],
        kin: Callable[[Mention, Mention], bool] = lambda one, other: True,
        person: Callable[[Mention], bool] = lambda one: True,
    ) -> None:
        self.parsed, self.text, self.kin, self.person = parsed, parsed.text, kin, person
        self.mentions = sorted((m for m in mentions if m.end > m.start), key=lambda m: m.start)
        self.chunks: list[Chunk] = []
        self.of: dict[int, int] = {}  # token → chunk
        self._build()
        for chunk in self.chunks:
            self._finish(chunk)
        for chunk in self.chunks:
            chunk.parent = self._parent(chunk)
        self.repair()
        for chunk in self.chunks:
            if chunk.parent >= 0:
                self.chunks[chunk.parent].children.append(chunk.i)

    # --- cutting

    def _build(self) -> None:
        covers: dict[int, Mention] = {}
        for mention in self.mentions:
            for token in self.parsed.covering(mention.start, mention.end):
                covers.setdefault(token.i, mention)
        now: Chunk | None = None
        depth = 0
        for token in self.parsed.tokens:
            inside = covers.get(token.i)
            if token.text in _OPEN and not inside:
                depth += 1
                if now and now.tail:
                    now = None
                continue
            if token.text in _CLOSE and not inside:
                depth = max(0, depth - 1)
                continue
            if not inside and now is not None and self._is_function(token, now):
                now.tail.append(token)
                self.of[token.i] = now.i
                continue
            if (token.pos == "PUNCT" and not inside) or token.text.isspace():
                continue
            if now is None or now.tail or self._breaks(now.content[-1], token, covers):
                now = Chunk(len(self.chunks), [], depth=depth)
                self.chunks.append(now)
            now.content.append(token)
            self.of[token.i] = now.i
            if inside and inside not in now.mentions:
                now.mentions.append(inside)

    def _is_function(self, token: Token, now: Chunk) -> bool:
        last = now.tail[-1] if now.tail else now.content[-1]
        if token.pos == "PUNCT" or token.text == "・":
            return True
        if token.tag.startswith("補助記号"):
            return True
        if token.pos in _FUNCTION:
            return token.dep != "ROOT" or token.tag.startswith(("助詞", "助動詞"))
        if token.text == "す" and token.lemma in ("す", "する") and "サ変" in last.tag and last.end == token.start:
            return True  # 禁止|すべき
        if token.dep in ("fixed", "aux", "cop") and now.tail and token.pos in ("VERB", "AUX", "ADJ", "NOUN"):
            return True
        if now.tail and token.lemma in _ABSORBED and last.end == token.start and last.text in ("に", "を", "と", "の"):
            return bool(_COMPOUND_PARTICLES.match(self.text, last.start))
        return False

    def _breaks(self, last: Token, token: Token, covers: dict[int, Mention]) -> bool:
        one, other = covers.get(last.i), covers.get(token.i)
        if one is not None and one is other:
            return False
        between = self.text[last.end : token.start]
        if any(c.isspace() for c in between):
            return True
        if other is not None and one is not None:
            return True
        if (last.tag.startswith(("動詞", "形容詞")) and last.pos in ("VERB", "ADJ")) or last.pos in (
            "DET",
            "ADV",
            "CCONJ",
        ):
            return last.dep != "compound"
        if one is not None:
            return token.pos in ("DET", "ADV", "CCONJ") or token.tag.startswith(("動詞", "形容詞"))
        if token.tag.startswith("動詞") and last.pos == "NOUN" and last.end == token.start:
            return "副詞可能" in last.tag or "助数詞" in last.tag
        if token.tag.startswith(("動詞", "形容詞")) or (other is None and token.pos == "VERB"):
            return last.dep not in ("compound", "nummod", "fixed")
        return last.dep in ("obl", "nsubj", "obj", "iobj", "advmod", "dislocated")

    # --- reading

    def _finish(self, chunk: Chunk) -> None:
        end = chunk.end
        after = _SPACE.match(self.text, end)
        at = after.end() if after else end
        stop = chunk.tail[-1].end if chunk.tail else at
        chunk.ending = self.text[at:stop] if stop > at else ""
        chunk.comma = any(t.text in "、，," for t in chunk.tail)
        if chunk.mentions:
            self._name(chunk)
        if chunk.verbal:
            chunk.topic = bool(re.search("は[、，]?$", chunk.ending))
            return
        ending = chunk.ending.rstrip("、，,。．.")
        weak = WEAK.match(ending)
        ending = ending[weak.end() :] if weak else ending
        if (chunk.named and ending.startswith("・")) or ending == "・":
            chunk.role = "や"
            return
        if CALLED.fullmatch(ending):
            chunk.role, chunk.adnominal = "の", True
            return
        for role, pattern in ROLES:
            if found := pattern.match(ending):
                chunk.role = role
                rest = ending[found.end() :]
                chunk.topic = bool(TOPIC.search(rest)) or role in ("は", "も")
                chunk.adnominal = (
                    role == "の"
                    or rest.startswith("の")
                    or (found[0].endswith(("よる", "する", "おける", "る", "た")) and role not in ("から",))
                )
                if role == "の":
                    again = re.match(r"の(?=[をがはにへでと])", ending)
                    chunk.adnominal = not again
                return
        if not ending and chunk.named and chunk.comma:
            chunk.role = "、"

    def _name(self, chunk: Chunk) -> None:
        mention = chunk.mentions[-1]
        rest = self.text[mention.end : chunk.end].lstrip("」』”）)")
        inside = PLACE_TAIL.fullmatch(rest) and re.match("[にでのへ]|から", chunk.ending)
        if TAIL.fullmatch(rest) or inside or (self.person(mention) and PERSON_TAIL.fullmatch(rest)):
            before = self.text[chunk.start : mention.start].rstrip("「『“(（")
            other = OTHER_BEFORE.search(before)
            if not other:
                chunk.named = mention
        elif mention.end > chunk.start:
            chunk.before = mention

    def _parent(self, chunk: Chunk) -> int:
        """The phrase on which it hangs: that of its head word, else of any of its words."""
        for token in (chunk.head, *reversed(chunk.content), *chunk.tail):
            above = self._outside(token, chunk)
            if above > chunk.i:
                return above
        return -1

    def _outside(self, token: Token, chunk: Chunk) -> int:
        seen = set()
        while token.i not in seen:
            seen.add(token.i)
            head = self.parsed.tokens[token.head]
            at = self.of.get(head.i, -1)
            if at != chunk.i:
                return at
            token = head
        return -1

    # --- asking

    def group(self, i: int) -> list[Mention]:
        """The names that stand together in a phrase and before it: AとB, A、B、C. The phrase's own is last."""
        chunk = self.chunks[i]
        return [*self.group_before(chunk), chunk.named] if chunk.named else []

    def group_before(self, chunk: Chunk) -> list[Mention]:
        """The names joined to the last one of a phrase."""
        last = chunk.named or chunk.before
        if last is None:
            return []
        found = [m for m in chunk.mentions[:-1] if _JOINED.fullmatch(self.text[m.end : last.start])]
        at = chunk.i - 1
        after = self.chunks[chunk.i + 1] if chunk.i + 1 < len(self.chunks) else None
        counted = after is not None and not after.mentions and COLLECTIVE.fullmatch(self.text[after.start : after.end])
        while at >= 0:
            before = self.chunks[at]
            listed = self.chunks[at - 1].named and self.chunks[at - 1].role in ("と", "や", "、") if at else None
            if counted and listed and before.role == "の" and not before.mentions:
                at -= 1  # A、書店の|Bの|2店
                before = self.chunks[at]
            if before.named is None and before.head.text in _BOTH and at:
                at -= 1  # 生年月日|及び|顔写真, where the parser leaves the word by itself
                before = self.chunks[at]
                if before.named is None or before.role or not self.kin(before.named, last):
                    break
                found.insert(0, before.named)
                at -= 1
                continue
            if before.named is None or (before.depth != chunk.depth and not before.ending and not counted):
                break
            if before.role not in ("と", "や", "、") or before.topic or before.adnominal:
                break
            if not _AND.fullmatch(before.ending) or not self.kin(before.named, last):
                break
            found.insert(0, before.named)
            found[0:0] = [m for m in before.mentions[:-1] if _JOINED.fullmatch(self.text[m.end : before.named.start])]
            at -= 1
        return found
