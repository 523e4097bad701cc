"""Projects to draw: a small one with every kind of claim, a hostile one, a large one.

In: nothing. Out: Project values that no file was read for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.model import (
    Claim,
    Entity,
    Existence,
    Passage,
    Project,
    Reply,
    Review,
    Source,
    Stance,
    Theme,
    When,
    Words,
)

# What has broken charts before, and what a name may not do: run, link, break out, turn the text around.
CORPUS = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=2</script>",
    "<img src=x onerror=window.ran=3>",
    '"><svg onload=window.ran=4>',
    "' onmouseover='window.ran=5",
    '" autofocus onfocus="window.ran=6" x="',
    "<a href='javascript:window.ran=7'>x</a>",
    "]]><![CDATA[<script>window.ran=8</script>",
    "<!--<script>window.ran=9</script>",
    "{{7*7}}{% raw %}${window.ran=10}",
    "{subject} {object} {label}",
    "&lt;script&gt;&amp;#60;",
    "line one\nline two\r\n\ttabbed\u2028separated\u2029",
    "\u202egnp.exe\u202c \u2067right to left\u2069 \u200f\u061c",
    "שלום عربي mixed 警察",
    "\x00\x01\x07\x1b[31m\x7f\x85",
    "\ufeff\u200b\u200d\u2060",
    "\\u003cscript\\u003e \\\\ \\n",
    "</style><style>*{display:none}</style>",
    "a" * 400,
    "警" * 300,
    "e\u0301\u0327" * 40,
    "𠮷野家🚓👨‍👩‍👧",
)
EVIL_ADDRESSES = (
    "javascript:window.ran=20",
    "JaVaScRiPt:window.ran=21",
    "data:text/html,<script>window.ran=22</script>",
    'https://example.org/" onclick="window.ran=23',
    "java\nscript:window.ran=24",
    "https://example.org/ok?a=1&b=2#c",
    "file:///etc/passwd",
    "//example.org/x",
)


def small() -> Project:
    """Ten entities, two themes, and a claim of every stance and verdict."""
    title = Words(ja="小さな相関図", en="A small chart")
    themes = (
        Theme("a", Words(ja="画像の共有", en="Sharing images")),
        Theme("b", Words(ja="店の顔認証", en="Face recognition")),
    )
    leaflet = Source(
        "leaflet",
        Words(ja="会報一号", en="leaflet no. 1"),
        publisher=Words(ja="市民の会"),
        date=When(2016, 3),
        addresses=("https://example.org/leaflet?a=1&b=2",),
        document="Leaflet",
    )
    paper = Source("paper", Words(ja="新聞", en="a newspaper"), date=When(2017))
    return Project(
        "small", title, "https://example.org/id/", ("ja", "en"), themes, _entities(), (leaflet, paper), tuple(_claims())
    )


def _entities() -> tuple[Entity, ...]:
    return (
        Entity("Bureau", "PoliceBody", Words(ja="警察の局", en="the bureau"), ("NPB",), "けいさつのきょく", "a"),
        Entity("Club", "NonProfit", Words(ja="万引対策の会", en="the club"), theme="a"),
        Entity("Chair", "Person", Words(ja="山田太郎", en="Taro Yamada"), reading="やまだたろう", theme="a"),
        Entity("Network", "CameraNetwork", Words(ja="画像網", en="image network"), (), "", "a", Existence.proposed),
        Entity("Shop", "Retailer", Words(ja="本の店", en="the bookshop"), theme="b"),
        Entity("System", "FaceRecognitionSystem", Words(ja="顔認証システム", en="face recognition"), theme="b"),
        Entity("Guests", "AffectedPeople", Words(ja="来店客", en="customers"), theme="b"),
        Entity("Leaflet", "Document", Words(ja="会報", en="the leaflet"), theme="b"),
        Entity("Critics", "CivilSocietyGroup", Words(ja="市民の会", en="the critics")),
        Entity("Alone", "Law", Words(ja="だれにも言われない法律", en="a law nobody mentions")),
    )


def _claims() -> Iterator[Claim]:
    def claim(
        handle: str, subject: str, predicate: str, object: str | Words, gist: str, stance: str = "stated",
        source: str = "leaflet", review: str = "accepted", role: Words | None = None, **more: Any,
    ) -> Claim:  # fmt: skip
        if source == "leaflet":
            more = {"passages": (Passage(3, 9), Passage(20, 24))} | more
        else:
            more = {"place": Words(ja="一面", en="front page")} | more
        return Claim(
            subject, predicate, object, source, Stance(stance), handle=handle, review=Review(review),
            gist=Words(ja=f"要旨：{gist}。", en=f"Gist: {gist}."), qualifiers=(("role", role),) if role else (), **more,
        )  # fmt: skip

    chair, director = Words(ja="理事長", en="chair"), Words(ja="局長", en="director")
    yield claim("C1", "Chair", "holdsPostIn", "Club", "理事長", role=chair, quote="山田太郎\n理事長")
    yield claim("C2", "Chair", "holdsPostIn", "Club", "新聞も", "reported", "paper", role=chair)
    yield claim("C3", "Chair", "formerlyHeldPostIn", "Bureau", "元局長", role=director)
    yield claim("C4", "Club", "proposes", "Network", "提案")
    since = When(2015, 1)
    yield claim(
        "C5", "Club", "sharesDataWith", "Bureau", "共有の提案", "proposed", valid_from=since, cited_via=("Leaflet",)
    )
    yield claim("C6", "Bureau", "ledTo", "Network", "推測", "inferred", based_on=("C3",), hedged=True)
    yield claim("C7", "Bureau", "uses", "Network", "狙い", "intended")
    reply = Reply("Bureau", Words(ja="答えない。", en="No comment."), When(2016, 5, 1), "https://example.org/r")
    note = Words(ja="異論がある。", en="It is disputed.")
    yield claim("C8", "Bureau", "operates", "System", "疑い", "alleged", review="disputed", note=note, replies=(reply,))
    yield claim("C9", "Shop", "operates", "System", "運用")
    yield claim("C10", "System", "records", "Guests", "撮影")
    yield claim("C11", "Shop", "informs", "Guests", "告知せず", negated=True)
    yield claim("C12", "Shop", "informs", "Guests", "告知したとも", source="paper")
    yield claim("C13", "Critics", "opposes", "System", "反対", "demanded")
    yield claim("C14", "Critics", "publishes", "Leaflet", "発行か", "questioned")
    yield claim("C15", "Critics", "alliedWith", "Club", "候補", source="paper", review="candidate")
    yield claim("C16", "Critics", "opposes", "Bureau", "不採用", source="paper", review="rejected")
    yield claim("C17", "Critics", "opposes", "Shop", "撤回", source="paper", review="withdrawn", note=note)
    yield claim("C18", "Shop", "count", Words(ja="十店", en="ten shops"), "店の数", source="paper")


def hostile() -> Project:
    """The corpus in every field that has words, each name with a line to the next."""
    count = len(CORPUS)
    words = [Words(ja=text, en=text if "window" in text else text[::-1]) for text in CORPUS]
    themes = tuple(Theme(f"t{n}", words[n]) for n in range(3))
    claims = [_hostile_claim(n, words[n], count) for n in range(count)]
    claims += [
        Claim(f"e{n}", "says", words[n], f"s{n}", handle=f"L{n}", place=words[n], gist=words[n]) for n in range(count)
    ]
    return Project(
        CORPUS[0], words[1], "https://example.org/id/", ("ja", "en"), themes,
        tuple(_hostile_entity(n, words[n]) for n in range(count)),
        tuple(_hostile_source(n, words[n]) for n in range(count)),
        tuple(claims),
    )  # fmt: skip


def _hostile_entity(n: int, words: Words) -> Entity:
    classes = ("PoliceBody", "Person", "Retailer", "Law", "Document", "NoSuchClass")
    existence = Existence.alleged if n % 5 == 0 else None
    also = (CORPUS[-n - 1],)
    return Entity(f"e{n}", classes[n % 6], words, also, CORPUS[n], f"t{n % 3}", existence, CORPUS[n], words)


def _hostile_source(n: int, words: Words) -> Source:
    return Source(f"s{n}", words, words, addresses=EVIL_ADDRESSES, language=CORPUS[n], read=words, note=words)


def _hostile_claim(n: int, words: Words, count: int) -> Claim:
    text = CORPUS[n]
    return Claim(
        f"e{n}",
        "noSuchProperty" if n % 7 == 3 else "uses",
        f"e{(n + 1) % count}",
        f"s{n}",
        list(Stance)[n % len(Stance)],
        place=words,
        handle=text,
        negated=n % 4 == 0,
        voiced_by=f"e{n}",
        cited_via=(text,),
        qualifiers=(("role", words), ("manner", words), (text, words)),
        gist=words,
        quote=text,
        cue=text,
        based_on=(CORPUS[-n],),
        method=text,
        review=Review.disputed if n % 3 == 0 else Review.accepted,
        reason=words,
        note=words,
        replies=(Reply(text, words, When(2016), EVIL_ADDRESSES[n % len(EVIL_ADDRESSES)]),),
    )


def star(count: int = 70) -> Project:
    """One that is tied to more than a picture holds."""
    entities = tuple(Entity(f"e{n}", "Organization", Words(ja=f"項目{n}", en=f"entity {n}")) for n in range(count + 1))
    claims = tuple(
        Claim("e0", "uses", f"e{n}", "s", passages=(Passage(n, n + 1),), gist=Words(ja=f"要旨{n}", en=f"gist {n}"))
        for n in range(1, count + 1)
    )
    title, source = Words(ja="星", en="a star"), Source("s", Words(ja="出典", en="source"))
    return Project("star", title, "https://example.org/id/", ("ja", "en"), (), entities, (source,), claims)


def large(count: int = 400) -> Project:
    """Far more than a picture holds: everyone has lines to the next, the seventh and the thirty-first."""
    classes = ("Organization", "Person", "System", "Law")
    entities = tuple(
        Entity(f"e{n}", classes[n % 4], Words(ja=f"項目{n}", en=f"entity {n}"), theme=f"t{n % 6}") for n in range(count)
    )
    predicates = ("uses", "supports", "opposes")
    claims = tuple(
        Claim(
            f"e{n}", predicates[n % 3], f"e{(n + 1) * step % count}", "s", passages=(Passage(n, n + 1),),
            handle=f"C{n}x{step}", gist=Words(ja=f"要旨{n}", en=f"gist {n}"),
        )
        for n in range(count)
        for step in (1, 7, 31)
    )  # fmt: skip
    themes = tuple(Theme(f"t{n}", Words(ja=f"話題{n}", en=f"story {n}")) for n in range(6))
    title, source = Words(ja="大きな図", en="large"), Source("s", Words(ja="出典", en="source"))
    return Project("large", title, "https://example.org/id/", ("ja", "en"), themes, entities, (source,), claims)
