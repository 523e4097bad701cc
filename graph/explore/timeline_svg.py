"""A timeline as a picture: SVG that needs nothing from elsewhere and can be read without being seen.

In: a Timeline. Out: SVG text, one row an entry. A pale bar spans every day that the dates may mean, so that 2014 is
the whole of 2014; a full bar spans what surely lies within. An arrow stands where no beginning or no end is given. How
sure an entry is shows in the line around its bar and stands in words at the end of its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from ..chart.text import em, width
from .chosen import Chosen
from .ties import SUREST
from .timeline import Entry, Kind, Timeline, dated, surest, told
from .tongue import Tongue, clean

MOST = 2_000  # rows; more make no picture that anyone reads
ROW, HEAD, FOOT = 20.0, 92.0, 40.0
LEFT, BARS, GAP = 12.0, 420.0, 14.0
SIZE = 12.0
LEAST = 3.0  # pixels: a day must be seen
MOST_TEXT = 900.0
TICKS = 12

_DASHES = {
    "stated": "",
    "reported": "6 2",
    "inferred": "2 2",
    "alleged": "2 4",
    "intended": "8 3 2 3",
    "proposed": "5 4",
    "demanded": "5 4",
    "questioned": "1 4",
}
_STYLE = (
    "text{font-family:'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP',Meiryo,sans-serif;fill:#1c1c1c}"
    ".grid{stroke:#d9d9d9}.may{fill:#a9c4dd}.sure{fill:#24557f}.edge{fill:none;stroke:#24557f}"
    ".no .may{fill:#e3b9ae}.no .sure{fill:#8c2f1b}.no .edge{stroke:#8c2f1b}.small{fill:#4a4a4a}"
)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date, end: bool = False) -> float:
        """Where a day begins, or ends."""
        days = self.last.toordinal() + 1 - self.first.toordinal()
        return LEFT + BARS * (day.toordinal() + end - self.first.toordinal()) / days


def svg(found: Timeline, chosen: Chosen, tongue: Tongue) -> str:
    """The picture. Without entries it says so."""
    entries = found.entries[:MOST]
    scale = _scale(entries)
    rows = [_row(entry, number, scale, chosen, tongue) for number, entry in enumerate(entries)]
    wide = LEFT + BARS + GAP + max((room for _, room in rows), default=300.0) + 20
    tall = HEAD + ROW * len(rows) + FOOT
    title = clean(f"{tongue.text('timeline-title')} ― {tongue.words(chosen.project.title)}")
    about = tongue.text("timeline-svg-desc", count=len(entries))
    notes = [tongue.text("timeline-note")]
    if not entries:
        notes = [tongue.text("timeline-empty")]
    elif len(entries) < len(found.entries):
        notes.append(tongue.text("timeline-svg-cut", count=len(entries), all=len(found.entries)))
    wide = max(wide, *(LEFT * 2 + width(note, SIZE) for note in (*notes, title * 2)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{tongue.lang}" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {wide:.0f} {tall:.0f}" width="{wide:.0f}" height="{tall:.0f}">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(clean(about))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{wide:.0f}" height="{tall:.0f}" fill="#fff"/>',
        f'<text x="{LEFT:.0f}" y="26" font-size="18">{escape(title)}</text>',
        *(
            f'<text class="small" x="{LEFT:.0f}" y="{44 + 16 * n}" font-size="{SIZE:.0f}">{escape(clean(note))}</text>'
            for n, note in enumerate(notes)
        ),
        *(_ticks(scale, tall) if entries else ()),
        '<g role="list">',
        *(text for text, _ in rows),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scale(entries: tuple[Entry, ...]) -> _Scale:
    """Whole years around all dates, with one to spare for what is open."""
    first = min((entry.earliest.year for entry in entries), default=2000)
    last = max((entry.latest.year for entry in entries), default=2000)
    first -= first > 1 and any(entry.kind is Kind.until for entry in entries)
    last += last < 9999 and any(entry.kind is Kind.since for entry in entries)
    return _Scale(date(first, 1, 1), date(last, 12, 31))


def _ticks(scale: _Scale, tall: float) -> Iterator[str]:
    step = max(1, -(-(scale.last.year - scale.first.year + 1) // TICKS))
    for year in range(scale.first.year, scale.last.year + 1, step):
        x = scale.x(date(year, 1, 1))
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 8:.0f}" y2="{tall - FOOT + 6:.0f}"/>'
        yield f'<text class="small" x="{x + 2:.1f}" y="{HEAD - 12:.0f}" font-size="10">{year}</text>'


def _row(entry: Entry, number: int, scale: _Scale, chosen: Chosen, tongue: Tongue) -> tuple[str, float]:
    """A row and the room that its words take."""
    y = HEAD + ROW * number
    least = surest(entry, chosen)
    names = tongue.text("explore-comma").join(tie.name for tie in chosen.proofs(entry.claims)[:4])
    if len(entry.claims) > 4:
        names = tongue.text("explore-more-names", names=names, count=len(entry.claims) - 4)
    sure = "" if least.sureness == SUREST else f" [{tongue.sure(least.sureness)}]"
    words = tongue.text("timeline-line", date=dated(entry, tongue), text=f"{told(entry, tongue)}{sure} {names}")
    whole = clean(words)
    shown = _cut(whole)
    kind = ' class="no"' if entry.claim.negated else ""
    bars = "".join(_bars(entry, scale, y, _DASHES[least.stance.value], _known_until(entry, chosen)))
    text = f'<text x="{LEFT + BARS + GAP:.0f}" y="{y + 13:.1f}" font-size="{SIZE:.0f}">{escape(shown)}</text>'
    return f'<g role="listitem"{kind}><title>{escape(whole)}</title>{bars}{text}</g>', width(shown, SIZE)


def _known_until(entry: Entry, chosen: Chosen) -> date:
    """Until when something without an end is known to have gone on: its source said so then, and no longer."""
    told = [tie.as_of or tie.said for tie in chosen.proofs(entry.claims)]
    return max((when.earliest() for when in told if when), default=date.min)


def _bars(entry: Entry, scale: _Scale, y: float, dashes: str, until: date) -> Iterator[str]:
    """What it may span, what it surely spans, arrows where it is open."""
    left = scale.x(entry.start.earliest()) if entry.start else LEFT
    right = scale.x(entry.latest, end=True) if entry.end or entry.kind is Kind.over else LEFT + BARS
    room = max(right - left, LEAST)
    yield f'<rect class="may" x="{left:.1f}" y="{y + 4:.1f}" width="{room:.1f}" height="11"/>'
    if surely := _surely(entry, scale, until):
        begin, end = surely
        yield f'<rect class="sure" x="{begin:.1f}" y="{y + 4:.1f}" width="{max(end - begin, LEAST):.1f}" height="11"/>'
    style = f' stroke-dasharray="{dashes}"' if dashes else ""
    yield f'<rect class="edge" x="{left:.1f}" y="{y + 4:.1f}" width="{room:.1f}" height="11"{style}/>'
    for x, way, is_open in ((left, -1, entry.start is None), (left + room, 1, entry.kind is Kind.since)):
        if is_open:
            points = f"{x:.1f},{y + 3:.1f} {x + 7 * way:.1f},{y + 9.5:.1f} {x:.1f},{y + 16:.1f}"
            yield f'<polygon class="sure" points="{points}"/>'


def _surely(entry: Entry, scale: _Scale, known: date) -> tuple[float, float] | None:
    """What surely lies within: a day; of a span what is between the last day of its start and the first of its end."""
    start, end = entry.start, entry.end
    if entry.kind is Kind.over:
        return None
    if entry.kind is Kind.since and start:
        return scale.x(start.latest()), scale.x(max(start.latest(), min(known, scale.last)), end=True)
    if start and end and start == end:
        return (scale.x(start.earliest()), scale.x(start.latest(), end=True)) if start.day else None
    begin = start.latest() if start else (end.earliest() if end else None)
    until = end.earliest() if end else (start.latest() if start else None)
    if begin is None or until is None or begin > until:
        return None
    return scale.x(begin), scale.x(until, end=True)


def _cut(text: str) -> str:
    """Text that fits on a row; the whole stands in the row's title."""
    if width(text, SIZE) <= MOST_TEXT:
        return text
    room, kept = MOST_TEXT / SIZE - 1, []
    for char in text:
        room -= em(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"
