"""One question to a chat-completions address, and nothing to any other.

In: an Endpoint that the user named, messages. Out: the text of the answer, or LlmError with the reason by which it is
counted. No redirect is followed; an answer has a size and a time beyond which nobody waits; the key stands in one
header and in no message.
"""

from __future__ import annotations

import json
import os
import re
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ...errors import SokanzuError, UsageError
from ...fetch import opener, within
from ...reading import shown

KEY = "SOKANZU_LLM_KEY"
MOST_BYTES = 4 << 20
SECONDS = 120.0
LONGEST_WAIT = 60.0  # seconds that an address may ask us to wait before we try again
TRIES = 4
GIVE_UP = 3  # questions in a row without an answer

Message = dict[str, str]
_sleep = time.sleep


class LlmError(SokanzuError):
    """An address did not answer as it should; `reason` is what that is counted as, `fatal` ends the run."""

    def __init__(self, reason: str, *, fatal: bool = False, why: str = "") -> None:
        self.reason, self.fatal, self.why = reason, fatal, why
        super().__init__("llm-no-answer", why=why or reason)


@dataclass(frozen=True)
class Endpoint:
    """A chat-completions address, the model to ask there, and what may be asked of it."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    most_bytes: int = MOST_BYTES

    @property
    def host(self) -> str:
        """The host and port, as messages name the address."""
        return shown(urlsplit(self.url).netloc)

    @property
    def rule(self) -> str:
        """The name@version that stands on what this model proposed."""
        return f"llm-{re.sub(r'[^A-Za-z0-9._-]+', '-', self.model).strip('-') or 'model'}@1"


def endpoint(url: str, model: str, seconds: float = SECONDS) -> Endpoint:
    """The address as the user named it, with the key of SOKANZU_LLM_KEY. Raises UsageError where it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise UsageError("llm-bad-address", url=shown(url)) from None
    if parts.username or parts.password:
        raise UsageError("llm-key-in-address", key=KEY)
    if parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(r"[\x21-\x7e]+", url):
        raise UsageError("llm-bad-address", url=shown(url))
    if not model.strip():
        raise UsageError("llm-no-model")
    key = os.environ.get(KEY, "").strip()
    if not re.fullmatch(r"[\x21-\x7e]*", key):  # http.client would quote it in its complaint
        raise UsageError("llm-bad-key", key=KEY)
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return Endpoint(urlunsplit(parts._replace(path=path, fragment="")), model.strip(), key, seconds)


class Chat:
    """Asks one address; remembers what it has refused, so that it is not asked for that again."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.plain = False  # it takes neither a schema nor a temperature
        self.over = False
        self.failed = 0  # in a row
        self.opener = opener(endpoint.url)

    def is_over(self) -> bool:
        """Whether it has stopped answering: what is asked now would only be waited for."""
        return self.over

    def ask(self, messages: Sequence[Message], schema: dict[str, Any]) -> str:
        """The text that the model answers. Raises LlmError."""
        try:
            answer = self.answer(messages, schema)
        except LlmError as error:
            self.failed += error.reason != "cut-off"  # that was an answer, if too long a one
            self.over = error.fatal or self.failed >= GIVE_UP
            raise
        self.failed = 0
        return answer

    def answer(self, messages: Sequence[Message], schema: dict[str, Any]) -> str:
        """What one question brings, asked again where the address wants that."""
        tries = 0
        while True:
            status, wait, data = self.post(self.body(messages, schema))
            tries += 1
            if status in (400, 404, 422, 501) and not self.plain:
                self.plain = True  # an older server, or a model that takes no schema: ask for JSON in words alone
            elif status in (429, 503) and tries < TRIES and wait <= LONGEST_WAIT:
                _sleep(wait if wait >= 0 else 2.0**tries)
            elif status == 200:
                return _content(data)
            elif 300 <= status < 400:
                raise LlmError("redirect", fatal=True, why=f"HTTP {status}")
            else:
                raise LlmError("http-error", fatal=status in (401, 403, 404, 429), why=f"HTTP {status}")

    def body(self, messages: Sequence[Message], schema: dict[str, Any]) -> bytes:
        """The question as the address takes it."""
        told: dict[str, Any] = {"model": self.endpoint.model, "messages": list(messages), "stream": False}
        if not self.plain:
            form = {"name": "claims", "strict": True, "schema": schema}
            told |= {"temperature": 0, "response_format": {"type": "json_schema", "json_schema": form}}
        return json.dumps(told).encode()

    def post(self, body: bytes) -> tuple[int, float, bytes]:
        """Status, seconds to wait (-1: it does not say) and the answer, within the time that there is for it all."""
        try:
            return within(self.endpoint.seconds, lambda: self.exchange(body))
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise LlmError("time-out", why=f"{self.endpoint.seconds:g} s") from None
            why = getattr(reason, "strerror", None) or type(reason).__name__
            raise LlmError("no-answer", fatal=isinstance(reason, OSError), why=shown(str(why))) from None

    def exchange(self, body: bytes) -> tuple[int, float, bytes]:
        """Send the question and read the answer."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        headers["User-Agent"] = "sokanzu"
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        request = urllib.request.Request(self.endpoint.url, body, headers, method="POST")
        with self.opener.open(request, timeout=self.endpoint.seconds) as response:
            return self.read(response)

    def read(self, response: HTTPResponse) -> tuple[int, float, bytes]:
        """The answer, if it is of the right kind and size."""
        status, wait = response.status, _seconds(response.headers.get("Retry-After", ""))
        if status != 200:
            return status, wait, b""  # an error page is nobody's business
        kind = response.headers.get_content_type()
        if not (kind == "application/json" or kind.endswith("+json")):
            raise LlmError("content-type", why=shown(kind, 60))
        most = self.endpoint.most_bytes
        length = response.headers.get("Content-Length", "")
        data = b""
        if not (length.isdecimal() and int(length) > most):
            data = response.read(most + 1)
        if not data or len(data) > most:
            raise LlmError("too-large" if length != "0" else "bad-json", why=f"> {most >> 10} KiB")
        return status, wait, data


def _content(data: bytes) -> str:
    """The text within a chat completion. Raises LlmError where the envelope is not of that form."""
    try:
        choice = json.loads(data)["choices"][0]
        content, finish = choice["message"]["content"], choice.get("finish_reason")
        if isinstance(content, list):  # in parts
            content = "".join(part["text"] for part in content if part.get("type") == "text")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise LlmError("bad-json", why="choices") from None
    if not isinstance(content, str):
        raise LlmError("bad-json", why="content")
    if finish == "length":
        raise LlmError("cut-off", why="finish_reason length")
    return content


def _seconds(text: str) -> float:
    """What Retry-After asks for, in seconds or as a date; -1 where it says nothing that can be read."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return -1.0
