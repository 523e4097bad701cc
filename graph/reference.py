"""The reference page of the vocabulary, docs/ontology.md.

In: the vocabulary. Out: Markdown: classes as a tree, properties by group, qualifiers,
values, each with its definition in both languages. Make the page anew with

    python -m graph.reference > docs/ontology.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .model import Words
from .terms import Property, Term, vocabulary

_OTHER = {"en": "ja", "ja": "en"}
_HEADS = {
    "title": Words(en="The vocabulary", ja="語彙"),
    "intro": Words(
        en="Generated from `ontology/sokanzu.ttl`; change it there. `sk:` stands for "
        "`https://w3id.org/sokanzu/ns#`. In a project folder names are written without it: `class: PoliceBody`.",
        ja="`ontology/sokanzu.ttl` から作られています。直すときはそちらを直してください。`sk:` は "
        "`https://w3id.org/sokanzu/ns#` です。プロジェクトでは `class: PoliceBody` のように、これを付けずに書きます。",
    ),
    "classes": Words(en="Classes", ja="クラス"),
    "relations": Words(en="Properties between things", ja="ものとものの関係"),
    "fits": Words(
        en="The lines of the chart. In front of the arrow stands what the subject may be, behind it the object; "
        "a class stands for all below it.",
        ja="図の線になります。矢印の前は主語に、後は目的語になれるクラスで、その下位のクラスも含みます。",
    ),
    "literals": Words(en="Properties with words, dates or numbers", ja="言葉・日付・数をとる性質"),
    "qualifiers": Words(en="Qualifiers", ja="限定"),
    "narrow": Words(en="They stand on a claim and narrow it.", ja="主張に付き、命題を狭めます。"),
    "fields": Words(en="Fields", ja="項目"),
    "fields-of": Words(
        en="What else stands on claims, replies, sources and entities in the graph.",
        ja="グラフの中で主張・回答・出典・実体に付くその他の項目です。",
    ),
    "apparatus": Words(en="Claims and what they stand on", ja="主張とその支え"),
    "values": Words(en="Values", ja="値"),
    "example": Words(en="Example", ja="例"),
    "anything": Words(en="anything", ja="何でも"),
    "transitive": Words(en="transitive", ja="推移的"),
    "symmetric": Words(en="symmetric", ja="対称的"),
    "former": Words(en="over when told", ja="述べた時点で終わっている"),
    "posts": Words(en="Posts and structure", ja="役職と組織"),
    "systems": Words(en="Systems and undertakings", ja="システムと事業"),
    "data": Words(en="Data and people", ja="データと人々"),
    "policy": Words(en="Policy and influence", ja="政策と影響"),
    "contention": Words(en="Contention", ja="賛否と争い"),
    "works": Words(en="Works and events", ja="著作と催し"),
    "stance": Words(en="Stance: how sure the source is, surest first", ja="stance 出典の確かさ（確かな順）"),
    "review": Words(en="Review: our verdict", ja="review 私たちの判断"),
    "existence": Words(en="Existence: what keeps a thing from simply existing", ja="existence 存在のあり方"),
    "grade": Words(en="Grade: how near a source stands to what it tells", ja="grade 出典の近さ"),
    "kind": Words(en="Kinds of document", ja="kind 資料の種別"),
}


def ontology_reference(lang: str = "en") -> str:
    """The whole page, its headings in `lang` ("en" or "ja"); definitions stand in both languages."""
    known = vocabulary()
    relations = [p for p in known.properties.values() if p.kind == "relation"]
    literals = [p for p in known.properties.values() if p.kind == "literal"]

    def lines() -> Iterator[str]:
        yield f"# {_head('title', lang)}\n\n{_head('intro', lang)}\n"
        yield f"## {_head('classes', lang)}\n"
        for cls in known.classes.values():
            yield "  " * len(known.ancestors(cls.name)) + _entry(cls, lang)
        yield f"\n## {_head('relations', lang)}\n\n{_head('fits', lang)}\n"
        for group in dict.fromkeys(p.group for p in relations):
            yield f"### {_head(group, lang)}\n"
            yield from (_entry(p, lang) for p in relations if p.group == group)
            yield ""
        yield f"## {_head('literals', lang)}\n"
        yield from (_entry(p, lang) for p in literals)
        yield f"\n## {_head('qualifiers', lang)}\n\n{_head('narrow', lang)}\n"
        yield from (_entry(p, lang) for p in known.qualifiers.values())
        yield f"\n## {_head('values', lang)}\n"
        for scheme, values in known.values.items():
            yield f"### {_head(scheme, lang)}\n"
            yield from (_entry(value, lang) for value in values.values())
            yield ""
        yield f"## {_head('apparatus', lang)}\n"
        yield from (_entry(cls, lang) for cls in known.apparatus.values())
        yield f"\n## {_head('fields', lang)}\n\n{_head('fields-of', lang)}\n"
        yield from (_entry(p, lang) for p in known.fields.values())

    return "\n".join(lines()) + "\n"


def _head(key: str, lang: str) -> str:
    return _HEADS[key].best(lang)


def _entry(term: Term, lang: str) -> str:
    """One item of a list: name, labels, what it joins, both definitions, an example."""
    second = _OTHER[lang]
    parts = [f"- **`{term.name}`** {term.label.best(lang)} · {term.label.best(second)}"]
    if isinstance(term, Property):
        parts.append(_joins(term, lang))
    parts.append(f"<br>{term.definition.best(lang)}<br>{term.definition.best(second)}")
    if term.examples:
        parts.append(f"<br>*{_head('example', lang)}: {_both(term.examples, lang)}*")
    return " ".join(parts).replace(" <br>", "<br>")


def _joins(term: Property, lang: str) -> str:
    anything = (_head("anything", lang),)
    domain = () if term.kind == "qualifier" else term.domain or anything
    arrow = " ".join(filter(None, (_names(domain), "→", _names(term.range or anything))))
    traits = [_head(trait, lang) for trait in ("transitive", "symmetric", "former") if getattr(term, trait)]
    return f"({', '.join([arrow, *traits])})"


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


def _both(words: Words, lang: str) -> str:
    return " · ".join(dict.fromkeys((words.best(lang), words.best(_OTHER[lang]))))


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(ontology_reference("en"))
