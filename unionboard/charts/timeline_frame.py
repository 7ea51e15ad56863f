"""The ground a timeline is drawn on: which days and how many pixels, and how text and days are placed there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any
from unicodedata import east_asian_width

from unionboard.services.periods import Span

DAY_MS = 86_400_000


def grey(alpha: float) -> str:
    """The neutral that serves light and dark alike."""
    return f"rgba(127,143,163,{alpha})"


@dataclass(frozen=True, slots=True)
class Frame:
    """What header and body share: the days in sight (inclusive, whole months), today, and the widths in pixels."""

    within: Span
    today: date
    width: int
    side: int = 232

    @property
    def label(self) -> int:
        return min(400, self.width * 27 // 100)

    @property
    def time(self) -> int:
        return self.width - self.label - self.side

    @property
    def day_px(self) -> float:
        return self.time / ((self.within[1] - self.within[0]).days + 1)

    @property
    def months(self) -> list[date]:
        """First days of the months in sight."""
        first, last = (day.year * 12 + day.month - 1 for day in self.within)
        return [date(index // 12, index % 12 + 1, 1) for index in range(first, last + 1)]

    def place(self, span: Span) -> str:
        """Where a mark for an inclusive span stands: in its middle, and never so near the edge that it would be cut."""
        start = datetime.combine(self.within[0], time())
        inset = timedelta(days=8 / self.day_px)
        end = datetime.combine(self.within[1], time()) + timedelta(days=1) - inset
        return min(max(datetime.fromisoformat(middle(span)), start + inset), end).isoformat()

    def holds(self, day: date) -> bool:
        return self.within[0] <= day <= self.within[1]

    def axes(self, height: int) -> dict[str, Any]:
        """The four axes of a figure that is ``height`` pixels high."""
        left, right = self.label / self.width, 1 - self.side / self.width
        plain = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "fixedrange": True}
        end = self.within[1] + timedelta(days=1)
        return {
            "width": self.width,
            "height": height,
            "xaxis": {**plain, "type": "date", "domain": [left, right], "range": [self.within[0].isoformat(), end.isoformat()]},
            "xaxis2": {**plain, "domain": [0, left], "range": [0, self.label]},
            "xaxis3": {**plain, "domain": [right, 1], "range": [0, self.side]},
            "yaxis": {**plain, "range": [height, 0]},
        }


def text_px(text: str, size: int) -> float:
    """About how wide ``text`` is drawn: Han characters and full-width marks a square each, others a little over half."""
    return size * sum(1.0 if east_asian_width(letter) in "WFA" else 0.55 for letter in text)


def cut_text(text: str, size: int, room_px: float) -> str:
    """``text``, or as much of it as fits followed by an ellipsis; escaped for Plotly, which reads a little HTML."""
    if text_px(text, size) <= room_px:
        return escape(text)
    kept = ""
    for letter in text:
        if text_px(kept + letter + "…", size) > room_px:
            break
        kept += letter
    return escape(kept.rstrip()) + "…"


def noon(day: date) -> str:
    """The middle of a day on the time axis."""
    return datetime.combine(day, time(12)).isoformat()


def middle(span: Span) -> str:
    """The middle of an inclusive span on the time axis."""
    return (datetime.combine(span[0], time()) + (span[1] - span[0] + timedelta(days=1)) / 2).isoformat()


def span_ms(span: Span) -> int:
    """The length of an inclusive span on the time axis."""
    return ((span[1] - span[0]).days + 1) * DAY_MS


def month_end(first: date) -> date:
    """The last day of the month that begins ``first``."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
