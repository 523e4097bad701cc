"""What hypothesis draws from, shared by the tests: broken files, and trees that look like records."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from graph.records import CLAIM_KEYS, ENTITY_KEYS, SOURCE_KEYS

# Whatever a UTF-8 file can hold: anything but lone surrogates.
free_text = st.text(st.characters(codec="utf-8"), max_size=40)

TRICKY = [
    *("", " ", "~", "null", "true", "no", "0", "-1", "1.5", "1e9", "99999999999999999999", "2014-13", "平成99年"),
    *("2014-02-30", "City", "Police", "Ｐolice", "police", "C1", "curator", "minutes", "operates", "status"),
    *(
        "https://[::1",
        "a:%zz",
        "javascript:alert(1)",
        "https://example.org/",
        "../../x",
        "\u202eabc",
        "a\nb",
        "<script>",
    ),
    *("{message}", "{", "%s", "\x07", "\uffff", "\ufeff", "'", '"', "が", "か\u3099", "日本", "en-US-US"),
]
scalars = st.sampled_from(TRICKY) | free_text | st.integers().map(str)
keys = st.sampled_from(
    [*ENTITY_KEYS, *SOURCE_KEYS, *CLAIM_KEYS, "source", "claims", "ja", "en", "role", "data", "page"]
)

trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | free_text, inner, max_size=5),
    max_leaves=20,
)


def _as_yaml(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False)  # JSON is YAML, and quotes whatever needs it


yaml_files = trees.map(_as_yaml)


@st.composite
def records(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, object]:
    """A record with some of its keys, each holding anything."""
    return draw(st.dictionaries(st.sampled_from(known), trees, max_size=len(known)))


record_files = {
    "sources.yaml": st.lists(records(SOURCE_KEYS), max_size=3).map(_as_yaml),
    "entities.yaml": st.lists(records(ENTITY_KEYS), max_size=3).map(_as_yaml),
    "claims/a.yaml": st.lists(records((*CLAIM_KEYS, "role", "data", "page", "lowerBound")), max_size=3).map(
        lambda claims: _as_yaml({"source": "minutes", "claims": claims})
    ),
}


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """A text with a few of its lines lost, doubled, moved, cut, indented or spoilt."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["lose", "double", "move", "cut", "indent", "spoil", "replace"]))
        if how == "lose" and len(lines) > 1:
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif how == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif how == "indent":
            lines[at] = draw(st.sampled_from([" ", "  ", "\t", "- "])) + lines[at]
        elif how == "spoil":
            cut = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + draw(scalars) + lines[at][cut:]
        else:
            before, colon, _ = lines[at].partition(":")
            lines[at] = before + colon + " " + draw(scalars)
    return "\n".join(lines)
