"""Where everything stands on the pages of a printed timeline: columns, breaks of lines, heights of rows, the axis, what goes on which page.

Titles, owners and states break into as many lines as they need, and their row grows; nothing is cut. Lengths are tenths of a millimetre.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.writing.sheet import SheetPart, SheetRow, YearSheet
from unionboard.writing.text_lines import break_lines, plain, width_em

MARGIN = 100
WEEKS_UP_TO_DAYS = 130
"""A sheet of no more days than this names its Mondays."""


class PaperSize(StrEnum):
    """What the pages are cut for; ``LONG`` is one page as long as it must be, to be sent as a picture."""

    A4 = "A4"
    A3 = "A3"
    LONG = "long"


SIZES: dict[PaperSize, tuple[int, int]] = {PaperSize.A4: (2970, 2100), PaperSize.A3: (4200, 2970), PaperSize.LONG: (2970, 1_000_000)}
_ROOMINESS = {  # (size of the type, air above and below a line), the most comfortable first
    PaperSize.A4: ((1.0, 9), (1.0, 6), (1.0, 3)),
    PaperSize.A3: ((1.25, 9), (1.15, 7), (1.05, 5), (1.0, 3), (1.0, 2), (1.0, 1)),
    PaperSize.LONG: ((1.0, 9),),
}


_TIGHTER = 0.08
"""What share of its pages each step towards tighter lines must save."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or, without ``row``, the heading of ``part``; ``top`` counts from the first row's upper edge."""

    part: SheetPart
    row: SheetRow | None
    is_continued: bool
    top: float
    height: float


def choose_layout(sheet: YearSheet, size: PaperSize) -> "Layout":
    """The most comfortable layout, unless a tighter one saves pages worth it: one of two, not one of twenty."""
    layouts = enumerate(Layout(sheet, size, scale, air) for scale, air in _ROOMINESS[size])
    return min(layouts, key=lambda tried: len(tried[1].pages) * (1 + _TIGHTER * tried[0]))[1]


class Layout:
    """Where everything stands for a size of type and an amount of air."""

    def __init__(self, sheet: YearSheet, size: PaperSize, scale: float, air: float) -> None:
        self.sheet, self.scale, self.air = sheet, scale, air * scale
        self.width, self.height = SIZES[size]
        self.text, self.side, self.small = 28 * scale, 25 * scale, 22 * scale
        self.line = 36 * scale
        self.left, self.right = MARGIN, self.width - MARGIN
        rows, words = tuple(sheet.rows), sheet.words
        widest = 820 if size is PaperSize.A3 else 640
        self.title_width = self._column((row.title for row in rows), words.title, self.text, 46, widest)
        self.when_width = self._column((row.when for row in rows), words.when, self.side, 24, 225)
        self.status_width = self._column((row.status_text for row in rows), words.status, self.side, 62, 235)
        self.owner_width = self._column((row.owner for row in rows), words.owner, self.side, 16, 210)
        self.when_at = self.left + self.title_width
        self.time_at = self.when_at + self.when_width
        self.owner_at = self.right - self.owner_width
        self.status_at = self.owner_at - self.status_width

    def _column(self, texts: Iterable[str], head: str, size: float, air: float, widest: float) -> float:
        """As wide as its texts, between what its head needs and ``widest``: there they break."""
        needed = max((width_em(plain(text)) for text in (*texts, head)), default=0) * size
        least = width_em(head) * size * 1.05
        return max(min(needed, (widest - air) * self.scale), least) + air * self.scale

    # --- text ---

    def title_lines(self, row: SheetRow) -> tuple[str, ...]:
        return break_lines(row.title, (self.title_width - 44 * self.scale) / self.text)

    def side_lines(self, text: str, width: float) -> tuple[str, ...]:
        return break_lines(text, (width - 14 * self.scale) / self.side)

    def status_lines(self, row: SheetRow) -> tuple[str, ...]:
        return self.side_lines(row.status_text, self.status_width - 46 * self.scale)

    def heading_lines(self, part: SheetPart, *, is_continued: bool) -> tuple[str, ...]:
        heading = plain(part.heading)
        text = self.sheet.words.continued.format(heading=heading) if is_continued else heading
        return break_lines(text, (self.status_at - self.left - 30 * self.scale) / self.text)

    @cached_property
    def head_lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        room = self.right - self.left
        printed = width_em(plain(self.sheet.printed)) * self.side + 60
        return break_lines(self.sheet.title, (room - printed) / (46 * self.scale)), break_lines(self.sheet.choice, room / self.side)

    # --- heights ---

    @cached_property
    def axis_top(self) -> float:
        titles, choice = self.head_lines
        return MARGIN + len(titles) * 58 * self.scale + len(choice) * 34 * self.scale + 16 * self.scale

    @cached_property
    def festival_lanes(self) -> tuple[tuple[float, int, str], ...]:
        """(middle, lane, name): a name that would touch its neighbour stands one lane lower; lane 0 leaves room for today's flag."""
        ends: list[float] = []
        placed = []
        flag = self.flag
        for day, name in self.sheet.festivals:
            half = width_em(name) * self.small / 2
            x = min(max(self.x_of(day) + self.day_width / 2, self.time_at + half), self.status_at - half)
            lane = next((at for at, end in enumerate(ends) if x - half > end + 6), len(ends))
            if lane == 0 and flag and flag[0] - half - 8 < x < flag[1] + half + 8:
                lane = next((at for at, end in enumerate(ends) if at and x - half > end + 6), max(len(ends), 1))
            ends += [0.0] * (lane + 1 - len(ends))
            ends[lane] = x + half
            placed.append((x, lane, name))
        return tuple(placed)

    @cached_property
    def flag(self) -> tuple[float, float] | None:
        """From where to where today's flag reaches."""
        if not self.sheet.within[0] <= self.sheet.today <= self.sheet.within[1]:
            return None
        width = width_em(self.sheet.words.today) * self.small + 20 * self.scale
        at = min(max(self.today_x - width / 2, self.time_at), self.status_at - width)
        return at, at + width

    @property
    def has_weeks(self) -> bool:
        return self.sheet.days <= WEEKS_UP_TO_DAYS

    @cached_property
    def axis(self) -> dict[str, float]:
        """Upper edges of the axis' strips, and of the first row."""
        top = self.axis_top
        edges = {"terms": top}
        top += 36 * self.scale if self.sheet.terms else 0
        edges["months"] = top
        top += 44 * self.scale
        edges["weeks"] = top
        top += 30 * self.scale if self.has_weeks else 0
        edges["festivals"] = top
        lanes = max([1 if self.flag else 0, *(lane + 1 for _, lane, _ in self.festival_lanes)])
        edges["rows"] = top + (lanes * 30 + 8) * self.scale
        return edges

    @cached_property
    def legend(self) -> list[list[tuple[str, float]]]:
        """The legend's entries in lines: what is drawn, and where it begins."""
        room = self.right - self.left - width_em(self.page_text(99, 99)) * self.side - 60 * self.scale
        lines: list[list[tuple[str, float]]] = [[]]
        x = indent = width_em(self.sheet.words.legend) * self.side + 16 * self.scale
        for kind, word in legend_words(self.sheet):
            width = 56 * self.scale + width_em(word) * self.side + 22 * self.scale
            if x + width > room and lines[-1]:
                lines.append([])
                x = indent
            lines[-1].append((kind, x))
            x += width
        return lines

    def page_text(self, page: int, pages: int) -> str:
        return self.sheet.words.page.format(page=page, pages=pages)

    @property
    def foot_height(self) -> float:
        return (len(self.legend) * 38 + 16) * self.scale

    def row_height(self, row: SheetRow) -> float:
        lines = max(
            len(self.title_lines(row)),
            len(self.side_lines(row.when, self.when_width)),
            len(self.status_lines(row)),
            len(self.side_lines(row.owner, self.owner_width)),
            1,
        )
        return lines * self.line + 2 * self.air

    @cached_property
    def pages(self) -> list[list[Line]]:
        """The rows page by page. A heading never stands alone at a page's foot."""
        room = self.height - MARGIN - self.foot_height - self.axis["rows"]
        pages: list[list[Line]] = [[]]
        top = 0.0
        for part in self.sheet.parts:
            for at, row in enumerate(part.rows):
                height = self.row_height(row)
                heading = self._heading_height(part, is_continued=at > 0)
                is_full = bool(pages[-1]) and top + height + (heading if at == 0 else 0) > room
                if is_full:
                    pages.append([])
                    top = 0.0
                if at == 0 or is_full:
                    pages[-1].append(Line(part, None, at > 0, top, heading))
                    top += heading
                pages[-1].append(Line(part, row, False, top, height))
                top += height
        return pages

    def _heading_height(self, part: SheetPart, *, is_continued: bool) -> float:
        return max(len(self.heading_lines(part, is_continued=is_continued)), 1) * self.line + 2 * (self.air + 2)

    # --- time ---

    @property
    def day_width(self) -> float:
        return (self.status_at - 30 * self.scale - self.time_at) / self.sheet.days

    def x_of(self, day: date) -> float:
        """The left edge of a day."""
        return self.time_at + (day - self.sheet.within[0]).days * self.day_width

    @property
    def today_x(self) -> float:
        return self.x_of(self.sheet.today) + self.day_width / 2


def legend_words(sheet: YearSheet) -> list[tuple[str, str]]:
    """What the legend explains, and its words."""
    words = sheet.words
    entries = [("plan", words.plan), ("month", words.month_only), ("actual", words.actual), ("short", words.short)]
    entries += [(status.value, getattr(words, status.value)) for status in (Status.PARTLY, Status.UNDER_WAY, Status.LATE)]
    entries += [(status.value, getattr(words, status.value)) for status in (Status.POSTPONED, Status.CANCELLED)]
    return entries + [(f"turn_{status.value}", getattr(words, f"turn_{status.value}")) for status in OccurrenceStatus]
