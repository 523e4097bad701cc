"""From bytes to characters.

In: the bytes of a file and what it says of its own encoding. Out: its text, no character of it lost or invented, and
whether the encoding was a guess. What cannot be read without loss is refused with the place of the first bad byte.
"""

from __future__ import annotations

import codecs
import re

from ...errors import SourceError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),  # kept as a character, as in every other place where a source's text is read
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JAPANESE = ("cp932", "euc_jp")
_LOOK_AT = 200_000  # bytes that are enough to judge an encoding by
_MOST_CONTROLS, _MOST_CONTROLS_OF_UTF_8 = 0.05, 0.2  # the share of bytes that text may hold of them
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_KANA = re.compile("[ぁ-んァ-ヶー]")
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_RARE = re.compile(
    "[^\\x00-\\x7fぁ-んァ-ヶー一-鿿、。「」『』（）【】〔〕《》〈〉・…―！？：；％〜～※○●◎□■◆◇〇々〆０-９Ａ-Ｚａ-ｚ　]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"SQLite format 3\0",
    b"7z\xbc\xaf",
    b"II*\0",
    b"MM\0*",
    b"BM",
)


def decoded(data: bytes, file: str, declared: str = "") -> tuple[str, bool]:
    """The text of the bytes, and whether the encoding had to be guessed.

    `declared` is the encoding that the file itself names. Raises SourceError where the bytes are no text.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, file), False
    text = _tried(data, "utf-8")
    if _is_binary(data, _MOST_CONTROLS if text is None else _MOST_CONTROLS_OF_UTF_8):
        raise SourceError("document-binary", file=file)
    if b"\x1b$" in data and not re.search(rb"[\x80-\xff]", data):
        return _strict(data, "iso2022_jp_ext", file), False
    if text is not None:
        return text, False
    if declared and (text := _tried(data, _python_name(declared))) is not None:
        return text, False
    return _guessed(data, file), True


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_byte(data, error.start, encoding, file) from None


def _bad_byte(data: bytes, at: int, encoding: str, file: str) -> SourceError:
    line = data.count(b"\n", 0, at) + 1
    at = min(at, len(data) - 1)
    return SourceError(
        "document-bad-byte", file=file, byte=f"0x{data[at]:02x}", place=at + 1, line=line, encoding=encoding
    )


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _python_name(declared: str) -> str:
    """The encoding as Python knows it; what calls itself Shift_JIS is written on Windows."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return "utf-8"
    if name in ("shift_jis", "shift_jis_2004", "cp932"):
        return "cp932"
    # UTF-16 without its mark is never what a page that can be searched for its declaration is in.
    return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-7")) or not _is_text_encoding(name) else name


def _is_text_encoding(name: str) -> bool:
    try:
        return isinstance(b"".decode(name), str)
    except (LookupError, UnicodeError):
        return False


def _guessed(data: bytes, file: str) -> str:
    """Japanese in one of its two old encodings, or a Western one: what reads most like writing."""
    readings: list[tuple[float, str, str]] = []
    for encoding in _JAPANESE:
        text = _tried(data, encoding)
        if text is not None:
            readings.append((_likeness(text[:_LOOK_AT]), encoding, text))
    best = max(readings, default=(0.0, "", ""))
    if best[1] and (at := _misfit(data, best[1])) is not None:
        raise _bad_byte(data, at, best[1], file)
    if best[0] > 0:
        return best[2]
    high = sum(1 for byte in data[:_LOOK_AT] if byte > 127)
    western = _tried(data, "cp1252") if high * 8 < len(data[:_LOOK_AT]) else None
    if western is not None and _reads_western(western[:_LOOK_AT]):
        return western
    if best[1]:
        return best[2]
    ends = {encoding: _readable(data, encoding) for encoding in ("utf-8", *_JAPANESE)}
    encoding = max(ends, key=lambda e: ends[e])
    raise _bad_byte(data, ends[encoding], encoding, file)


def _misfit(data: bytes, encoding: str) -> int | None:
    """Where a line begins to be in another encoding than the rest: files pasted together from several sources."""
    other = next(one for one in _JAPANESE if one != encoding)
    at = 0
    for line in data.splitlines(keepends=True):
        high = re.search(rb"[\x80-\xff]", line)
        if high and (_tried(line, "utf-8") is not None and len(line) > high.start() + 5):
            return at + high.start()
        mine = line.decode(encoding, "replace") if high else ""
        private = _PRIVATE.search(mine)
        if high and (private or _likeness(mine) < -0.5):
            read = _tried(line, other)
            if read is not None and _likeness(read) > (-0.5 if private else 0.2):
                return at + high.start()
        at += len(line)
    return None


def _likeness(text: str) -> float:
    """How much a text reads like Japanese: kana speak for it; rare signs and half-width kana against it."""
    beyond = sum(1 for c in text if c > "\x7f") or 1
    kana = len(_KANA.findall(text))
    return (kana - 2 * len(_HALF_WIDTH.findall(text)) - 2 * len(_RARE.findall(text))) / beyond


def _reads_western(text: str) -> bool:
    """Whether the characters beyond ASCII stand in words or are typographic, as they do in European languages."""
    odd = re.findall("[\u0080-\u024f\u2010-\u2122]", text)
    fit = re.findall("[A-Za-z][à-öø-ÿÀ-ÖØ-Þß]|[à-öø-ÿÀ-ÖØ-Þß][A-Za-z]|[“”‘’–—…•£€©®°§«»·™]", text)
    return len(fit) * 2 >= len(odd)


def _readable(data: bytes, encoding: str) -> int:
    """How many bytes can be read."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _is_binary(data: bytes, most: float) -> bool:
    if any(data.startswith(magic) for magic in _BINARY if magic != b"BM") or (data[:2] == b"BM" and b"\0" in data[:64]):
        return True
    head = data[:_LOOK_AT]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > most * len(head) and len(head) > 8
