"""Files for the tests, made from their texts: PDF and Word, small, and broken where a test wants them so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Line = tuple[float, float, float, str]  # x, y, size, words

LOCKED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <"
    + b"11" * 32
    + b"> /U <"
    + b"22" * 32
    + b"> /P -44 >> /ID [<00> <00>]"
)

_FONT = """<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UTF16-{way}
/DescendantFonts [{number} 0 R] >>"""
_CID = b"""<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /FontDescriptor 5 0 R
/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 5 >> >>"""
_DESCRIPTOR = b"""<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0
/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"""


def pdf(
    pages: Sequence[Sequence[Line]], *, vertical: bool = False, info: str = "", more: bytes = b"", turn: int = 0
) -> bytes:
    """A PDF with lines at their places, in fonts that every reader knows. `more` goes into the trailer."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _FONT.format(way="V" if vertical else "H", number=4).encode(),
        _CID,
        _DESCRIPTOR,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids: list[int] = []
    for lines in pages:
        shown = b"\n".join(_shown(line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {turn} /Contents {len(objects)} 0 R "
            "/Resources << /Font << /J 3 0 R /L 6 0 R >> >> >>".encode()
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    objects.append(f"<< {info} >>".encode("latin-1"))
    made, places = b"%PDF-1.6\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info %d 0 R %s >>\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(objects),
            more,
        )
        + b"startxref\n%d\n%%%%EOF" % len(made)
    )


def _shown(line: Line) -> bytes:
    x, y, size, words = line
    if words.isascii():
        words = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /L {size} Tf {x} {y} Td ({words}) Tj ET".encode()
    return f"BT /J {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET".encode()


def set_in_lines(text: str, x: float, y: float, *, size: float = 10, width: int = 20, step: float = 16) -> list[Line]:
    """A paragraph broken into lines of so many characters."""
    return [(x, y - step * (i // width), size, text[i : i + width]) for i in range(0, len(text), width)]


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str, style: str = "") -> str:
    """A paragraph of a Word document; `text` may hold runs of its own."""
    runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}{runs}</w:p>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, *, prolog: str = "") -> bytes:
    """A Word document with that body, and other parts as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def notes(*texts: str) -> str:
    """The part that holds footnotes, after the separator that Word writes there."""
    inner = "".join(f'<w:footnote w:id="{i}">{p(text)}</w:footnote>' for i, text in enumerate(texts, 1))
    return f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>{inner}</w:footnotes>'
