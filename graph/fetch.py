"""One document from the web, at the user's word.

In: an http or https address that the user named. Out: its bytes, its name, and what the server says of its encoding.
No cookies, no scripts, nothing that the document refers to; redirects lead to http and https alone; size and time are
bounded, whatever the other side does. Errors are one sentence.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from threading import Thread
from typing import TypeVar
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from .errors import SourceError
from .reading import MOST_BYTES, shown
from .values import is_address

SCHEMES = ("http", "https")
SECONDS = 30.0  # without a byte
LONGEST = 300.0  # seconds altogether
MOST_REDIRECTS = 8
_REDIRECTS = (301, 302, 303, 307, 308)
_WHOLE = (200, 203)  # a part of a document (206) was not asked for and is none
_CHUNK = 1 << 16
_SUFFIXES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_LIKE = {"htm": "html", "xhtml": "html", "markdown": "md", "text": "txt"}
_SAYS_NOTHING = ("text/plain", "application/octet-stream")  # what servers say of every file that they do not know
_DEFAULTS = ("us-ascii", "iso-8859-1", "latin-1", "windows-1252")  # and of every text, Japanese or not

T = TypeVar("T")


@dataclass(frozen=True)
class Fetched:
    """What came back: the bytes, a file's name for them with an ending that tells the kind, the address as named.

    `charset` is the encoding that the server claims, "" where it only says what it says of everything.
    """

    data: bytes
    name: str
    address: str
    charset: str = ""


def is_web(text: str) -> bool:
    """Whether the user means an address rather than a file."""
    return "://" in text


def fetch(address: str, seconds: float = SECONDS, longest: float = LONGEST, most: int = MOST_BYTES) -> Fetched:
    """Fetch one document. Raises SourceError where it cannot be had."""
    _checked(address, address)
    try:
        return within(longest, lambda: _fetched(address, seconds, time.monotonic() + longest, most))
    except TimeoutError:
        raise _failed(address, f"> {longest:g} s") from None


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives, or raises. Raises TimeoutError where it is not done in time.

    It is done in a thread of its own: a server that sends a byte now and then never lets a socket time out.
    """
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # handed on to who waits
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def opener(url: str) -> urllib.request.OpenerDirector:
    """Opens http and https alone: no files, no FTP, no data; follows no redirect, and takes an error as an answer."""
    host = urlsplit(url).hostname or ""
    here = host in ("localhost", "::1") or host.startswith("127.") or host.endswith(".localhost")
    found = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({} if here else None),  # no proxy has any business between us and this machine
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
    ):
        found.add_handler(handler)
    return found


def _failed(address: str, why: object) -> SourceError:
    said = getattr(why, "strerror", None) or str(why)  # without the number that the system gives it
    words = shown(" ".join(str(said).split()) or type(why).__name__, 200)
    return SourceError("source-not-fetched", address=shown(address, 300), why=words)


def _checked(address: str, named: str) -> str:
    """An address as it is sent: in ASCII, without a fragment. `named` is the one that the user gave."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in SCHEMES or not host:
            if address != named:
                raise SourceError("source-leads-away", address=shown(named, 300), to=shown(address, 200))
            raise SourceError("source-not-web", address=shown(address, 300))
        if parts.username is not None or parts.password is not None:
            raise SourceError("source-password", address=shown(host))
        name = f"[{host}]" if ":" in host else host.encode("idna").decode()
        safe = "%/:=&?~+!$,;'@()*[]"
        path, query = quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe)
    except ValueError as error:
        raise _failed(named, error) from None
    return urlunsplit(SplitResult(parts.scheme, name + ("" if port is None else f":{port}"), path, query, ""))


def _fetched(address: str, seconds: float, until: float, most: int) -> Fetched:
    url = _checked(address, address)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            request = urllib.request.Request(url, headers={"User-Agent": "sokanzu", "Accept-Encoding": "identity"})
            with opener(url).open(request, timeout=seconds) as answer:
                onward = answer.headers.get("Location", "")
                if answer.status not in _REDIRECTS or not onward:
                    return _taken(answer, url, address, until, most)
            url = _checked(urljoin(url, _utf8(onward)), address)  # what else it says is not read
    except urllib.error.URLError as error:
        raise _failed(address, error.reason) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failed(address, error) from None
    raise SourceError("source-leads-away", address=shown(address, 300), to=shown(url, 200))


def _taken(answer: http.client.HTTPResponse, url: str, address: str, until: float, most: int) -> Fetched:
    if answer.status not in _WHOLE:
        raise _failed(address, f"HTTP {answer.status}")
    coding = answer.headers.get("Content-Encoding", "") or "identity"
    if coding.strip().lower() != "identity":
        raise _failed(address, f"Content-Encoding: {coding}")
    data = _body(answer, address, until, most)
    plain = urlunsplit(urlsplit(address)._replace(fragment=""))
    charset = (answer.headers.get_content_charset("") or "").strip()
    if charset in _DEFAULTS:
        charset = ""
    plain = plain if is_address(plain) else _checked(plain, plain)
    return Fetched(data, _name(url, answer.headers, data), plain, charset)


def _body(answer: http.client.HTTPResponse, address: str, until: float, most: int) -> bytes:
    told = answer.headers.get("Content-Length", "")
    data = bytearray()
    if told.isdecimal() and len(told) < 20 and int(told) > most:
        raise SourceError("source-too-large", address=shown(address, 300), most=most >> 20)
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > most:
            raise SourceError("source-too-large", address=shown(address, 300), most=most >> 20)
        if time.monotonic() > until:  # nobody waits any more
            raise TimeoutError
    if told.isdecimal() and int(told[:20]) != len(data):
        raise _failed(address, f"{len(data)} / {told[:20]} bytes")
    return bytes(data)


def _name(url: str, headers: Message, data: bytes) -> str:
    """A file's name: what the server calls it, else the end of the address; with an ending that we know."""
    parts = urlsplit(url)
    name = _utf8(headers.get_filename() or "") or unquote(parts.path.rstrip("/").rpartition("/")[2])
    name = name or parts.hostname or "page"
    kind = headers.get_content_type()
    suffix = "pdf" if data[:1024].lstrip().startswith(b"%PDF-") else _SUFFIXES.get(kind, "")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    ending = _LIKE.get(ending, ending)
    if kind in _SAYS_NOTHING and ending in _SUFFIXES.values():
        return name
    return f"{name}.{suffix}" if suffix and ending != suffix else name


def _utf8(text: str) -> str:
    """A header's words, which http.client reads as Latin-1, in the encoding that servers write them in."""
    try:
        return text.encode("iso-8859-1").decode()
    except UnicodeError:
        return text
