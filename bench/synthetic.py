"""A made-up project folder of any size, the same bytes every time.

In: a folder and how many claims. Out: the folder, filled as docs/project-folder.md says:
police bodies, firms, systems and places in a few hundred to some ten thousand entities,
every stance, some negated claims, a thousand claims to a source.
"""

from __future__ import annotations

import random
from pathlib import Path

PER_SOURCE = 1_000
STANCES = (
    ("stated",) * 6 + ("reported",) * 2 + ("inferred", "alleged", "intended", "proposed", "demanded", "questioned")
)
CLASSES = {"Police": "PoliceBody", "Firm": "Company", "System": "FaceRecognitionSystem", "Shop": "Facility"}
PROPOSITIONS = (  # (kind of subject, property, kind of object)
    ("Firm", "supplies", "System"),
    ("Firm", "operates", "System"),
    ("System", "deployedAt", "Shop"),
    ("Police", "uses", "System"),
    ("Firm", "sharesDataWith", "Police"),
    ("Police", "partOf", "Police"),
    ("Firm", "alliedWith", "Firm"),
)


def write_project(folder: Path, claims: int, entities: int | None = None) -> Path:
    """Write the folder; `entities` is a fifth of `claims` if left out, and at least 40."""
    each = max(10, (claims // 5 if entities is None else entities) // len(CLASSES))
    sources = -(-claims // PER_SOURCE)
    (folder / "claims").mkdir(parents=True)
    _write(
        folder / "sokanzu.toml",
        f'title = {{ja = "試験 {claims}", en = "Synthetic {claims}"}}',
        'base = "https://example.org/synthetic/"',
        'languages = ["ja", "en"]',
        *(f'[[themes]]\nid = "t{n}"\nname = {{ja = "話題{n}", en = "Story {n}"}}' for n in range(5)),
    )
    _write(
        folder / "entities.yaml",
        *(
            f"- {{id: {kind}{n}, class: {cls}, theme: t{n % 5}, name: {{ja: {cls}の{n}号, en: {kind} {n}}}}}"
            for kind, cls in CLASSES.items()
            for n in range(each)
        ),
    )
    _write(
        folder / "sources.yaml",
        *(
            f"- {{id: s{n}, title: {{ja: 資料{n}, en: Source {n}}}, date: {2000 + n % 20}, language: ja, "
            f"grade: primary, characters: {PER_SOURCE * 20}}}"
            for n in range(sources)
        ),
    )
    chance = random.Random(claims)
    for source in range(sources):
        count = min(PER_SOURCE, claims - source * PER_SOURCE)
        lines = [f"source: s{source}", "readers: [a, b]", "claims:"]
        for n in range(count):
            subject, predicate, other = chance.choice(PROPOSITIONS)
            one, two = chance.sample(range(each), 2)
            if predicate == "partOf":  # a tree, so that what follows from it grows with the claims
                one, two = max(one, 1), max(one, 1) // 10
            lines += [
                f"  - id: C{source * PER_SOURCE + n}",
                f"    subject: {subject}{one}",
                f"    predicate: {predicate}",
                f"    object: {other}{two}",
                f"    stance: {chance.choice(STANCES)}",
                f"    passages: [[{n * 20}, {n * 20 + 15}]]",
                f"    gist: {{ja: {n} 番目の主張, en: statement {n}}}",
            ]
            if chance.random() < 0.05:
                lines.append("    negated: true")
            if chance.random() < 0.3:
                lines.append(f"    date: {chance.randrange(1990, 2016)}-{chance.randrange(1, 13):02}")
        _write(folder / "claims" / f"s{source}.yaml", *lines)
    return folder


def _write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
