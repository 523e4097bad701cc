"""What there is on one thing, as one page that needs nothing from elsewhere.

In: an About. Out: HTML that opens from a file, without a script: styles stand inline, named by their hash in the
page's content security policy, and nothing else may load or run. Everything that comes from data is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from ..chart.page import asset, environment
from .about import About
from .about_text import besides, heading
from .sheet import heading as part_heading
from .sheet import rating


def page(about: About) -> str:
    """The page, in the language of `about`."""
    from markupsafe import Markup

    style = asset("about.css")
    there = {one.id for pile in about.piles for one in pile.claims}
    names = {about.by_id[id].handle or id: id for id in there if id in about.by_id}
    return (
        environment()
        .get_template("about.html")
        .render(
            lang=about.lang,
            policy=policy(style),
            style=Markup(style),
            title=about.name,
            about=about,
            text=about.tongue.text,
            proof=lambda tie: about.tongue.proof(tie).partition("  ")[2],
            rating=lambda line, part: rating(line, part, about.tongue),
            pile_heading=lambda pile: heading(pile, about),
            part_heading=lambda part: part_heading(part, about.tongue),
            besides=lambda one: list(besides(one, about)),
            is_link=is_link,
            there=there,
            names=names,
        )
    )


def policy(style: str) -> str:
    """The content security policy: this style, and nothing else from anywhere."""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"


def is_link(address: str) -> bool:
    """Whether an address may be followed: a page of the web, never javascript: or the like."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return address.isprintable() and address.startswith(("http://", "https://")) and bool(parts.netloc)
