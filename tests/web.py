"""A web server on this machine, which answers as it is told to, and badly where a test wants that."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TypeAlias

from tests.listening import Silent, listening

Handler: TypeAlias = BaseHTTPRequestHandler
PAGE = "<!doctype html><title>頁</title><p>森の市は協議した。</p>".encode()


@dataclass
class Web:
    """A server: what it says for each path, and what it was asked for."""

    url: str = ""
    pages: dict[str, Callable[[Handler], object]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def has(self, path: str, data: bytes = PAGE, status: int = 200, **headers: str) -> str:
        """Serve these bytes there, with their length; gives the address."""
        self.pages[path] = lambda handler: reply(handler, data, status, **headers)
        return self.url + path

    def does(self, path: str, what: Callable[[Handler], object]) -> str:
        """Do this when asked for the path; gives the address."""
        self.pages[path] = what
        return self.url + path


def reply(handler: Handler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "text/html", "Content_Length": str(len(data)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


@contextmanager
def serving() -> Iterator[Web]:
    """A server that runs meanwhile."""
    told = Web()

    class Answers(Silent):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.headers.append(dict(self.headers))
            page = told.pages.get(self.path)
            if page:
                page(self)
            else:
                reply(self, b"<p>nothing here</p>", 404)

    with listening(Answers) as address:
        told.url = address
        yield told
        told.over.set()
