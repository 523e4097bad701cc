"""The page: picture, evidence, search, list and legend in one file that opens without a network.

In: a project and the vocabulary. Out: HTML. Scripts and styles are inline and named by their hash in the
page's content security policy; nothing else may run, and nothing may be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ..model import Claim, Project
from ..paths import TEMPLATES
from ..terms import Vocabulary
from .analysis import analyses
from .central import central
from .data import counts, embedded, page_data
from .drawing import LANGUAGES, READABLE, Drawing, draw
from .graphviz import Graphviz
from .layout import Layout, layout, room_needed
from .picture import picture
from .text import clean
from .words import words

if TYPE_CHECKING:
    from jinja2 import Environment

PANEL = ("base", "time", "cite", "panel", "search")  # what a page with the evidence panel needs, in this order
_SCRIPTS = (
    *PANEL, "ties", "routes", "draw", "keys", "legend", "list", "scene", "actions", "bars", "analysis", "story",
    "picture", "find", "zoom", "save", "chart",
)  # fmt: skip
_LEAST = 38  # nodes below which a first picture is not thinned out any further


def page(
    project: Project,
    vocabulary: Vocabulary,
    lang: str = "ja",
    unsure: frozenset[Claim] = frozenset(),
    framed: bool = False,
) -> str:
    """The chart as one self-contained page, opening in `lang`, with a switch to the other language.

    Lines of `unsure` claims alone are marked. A `framed` page stands in another one, which keeps the address.
    """
    lang = lang if lang in LANGUAGES else "ja"
    drawing, layouts = first_picture(project, vocabulary, unsure)
    data = page_data(project, vocabulary, drawing, lang) | {"counts": counts(project, drawing, vocabulary)}
    data["analyses"] = analyses(project, drawing.claims)
    with Graphviz() as dot:
        if placed := central(drawing, dot):
            data["central"] = {"spots": placed}
    return rendered(
        "chart.html",
        lang=lang,
        style=sheet("chart", "story"),
        script=vendored("dagre") + script(*(["framed"] if framed else []), *_SCRIPTS),
        data={"data": data},
        title={code: clean(project.title.best(code)) for code in LANGUAGES},
        pictures={one.lang: picture(one) for one in layouts} if drawing.nodes else {},
    )


@lru_cache(maxsize=2)
def first_picture(
    project: Project, vocabulary: Vocabulary, unsure: frozenset[Claim] = frozenset()
) -> tuple[Drawing, tuple[Layout, ...]]:
    """What is drawn first, and where, in each language: as much as stays readable on a laptop's screen."""
    most = READABLE
    with Graphviz() as dot:
        while True:
            drawing = draw(project, vocabulary, most=most, unsure=unsure)
            room = max(room_needed(drawing, lang, dot) for lang in LANGUAGES)
            if room <= 1 or len(drawing.nodes) <= _LEAST:
                return drawing, tuple(layout(drawing, lang, dot) for lang in LANGUAGES)
            most = max(_LEAST, len(drawing.nodes) - max(1, round((room - 1) * 40)))


@cache
def asset(name: str) -> str:
    """A script or a style sheet of ours."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def vendored(name: str) -> str:
    """A library that lies in templates/vendor, under its licence, as a function that makes it when it is wanted.

    The address of its source map is left out.
    """
    licence = (TEMPLATES / "vendor" / f"{name}.LICENSE").read_text(encoding="utf-8").strip()
    code = (TEMPLATES / "vendor" / f"{name}.js").read_text(encoding="utf-8")
    code = "".join(line for line in code.splitlines(keepends=True) if not line.startswith("//#"))
    return f"/*! {name}\n{licence}\n*/\nfunction {name}Library() {{\n{code}\nreturn {name};\n}}\n"


def script(*names: str) -> str:
    """Scripts of ours in one, in this order; nothing of theirs is seen from outside."""
    text = "\n".join(_bare(asset(f"js/{name}.js")) for name in names)
    return f'(() => {{\n"use strict";\n{text}\n}})();\n'


def sheet(*names: str) -> str:
    """Style sheets of ours in one, without comments and blanks that say nothing."""
    text = re.sub(r"/\*.*?\*/", "", "\n".join(asset(f"{name}.css") for name in names), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r":[ \t]+", ":", text)).replace(";}", "}").strip()


@cache
def _bare(text: str) -> str:
    """A script without its comments: they are for whoever reads the source, and every chart would carry them."""
    import rjsmin

    return str(rjsmin.jsmin(text))


@cache
def environment() -> Environment:
    """Jinja2 on our templates; whatever is not marked as safe is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def rendered(
    template: str, /, style: str, script: str, data: Mapping[str, Any], pictures: dict[str, str], **fill: object
) -> str:
    """A template with its inline parts, under a policy that lets only these run; `data` by the id of its element."""
    from markupsafe import Markup

    return environment().get_template(template).render(
        policy=policy(script, style),
        style=Markup(style),
        script=Markup(script),
        data={id: Markup(embedded(value)) for id, value in data.items()},
        pictures={lang: Markup(picture) for lang, picture in pictures.items()},
        languages=LANGUAGES,
        word=words(),
        **fill,
    )  # fmt: skip


def policy(script: str, style: str) -> str:
    """The page's content security policy: this script, this style, nothing from anywhere."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
