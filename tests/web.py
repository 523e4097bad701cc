"""A web server on this machine, which answers as it is told to, and badly where a test wants that."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

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

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.headers.append(dict(self.headers))
            page = told.pages.get(self.path)
            if page:
                page(self)
            else:
                reply(self, b"<p>nothing here</p>", 404)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # the other side went away, as it should

    with Quiet(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        told.url = f"http://127.0.0.1:{running.server_address[1]}"
        yield told
        told.over.set()
        running.shutdown()
