"""A server on this machine that speaks the OpenAI chat protocol, and badly where a test wants that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.listening import Silent, listening


@dataclass
class Server:
    """What the server on this machine answers, and what it was asked."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler, dict[str, Any]], None] = lambda handler, body: None

    def says(self, *claims: object, wrap: str = "{}") -> None:
        """Answer with these claims."""
        self.text(wrap.format(json.dumps({"claims": list(claims)}, ensure_ascii=False)))

    def text(self, content: object, finish: str = "stop") -> None:
        """Answer with this content."""
        told = {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]}
        self.answer = lambda handler, _: reply(handler, 200, json.dumps(told).encode())


def reply(
    handler: BaseHTTPRequestHandler, status: int, data: bytes, kind: str = "application/json", **more: str
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **more}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs meanwhile."""
    told = Server()

    class Handler(Silent):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(body)
            told.headers.append(dict(self.headers))
            told.paths.append(self.path)
            told.answer(self, body)

        def do_GET(self) -> None:
            told.paths.append(f"GET {self.path}")
            reply(self, 200, b"{}")

    with listening(Handler) as address:
        told.url = f"{address}/v1"
        yield told
