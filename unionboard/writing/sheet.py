"""The year as it goes on paper: what the Excel Gantt and the printed pages both say, every word of it ready to be written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.periods import Span, clip

SHORT_DAYS = 2
"""What lasts no longer than this is a diamond: a bar of its length would be no wider than a line."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a duty: on the day it was done, else on the last day it is due."""

    day: date
    status: OccurrenceStatus


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An activity. Spans are inclusive. ``is_exact``: planned to the day. ``done``: what happened, up to today while it is under way.

    ``first_plan``: before it was postponed. ``people``: who took part, or with ``people_planned`` who is expected.
    """

    number: int
    activity_id: int
    title: str
    owner: str
    when: str
    status: Status
    status_text: str
    people: int | None
    people_planned: bool
    plan: Span
    is_exact: bool
    done: tuple[Span, ...] = ()
    first_plan: Span | None = None
    late_until: date | None = None
    is_duty: bool = False
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A section or work area with its rows, and how many of those that count are done."""

    heading: str
    done: int
    total: int
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class SheetMonth:
    """A month of the sheet, clipped to it; its name says the year where one begins on a sheet of two years."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The heads and the legend in the reader's language. ``page`` has the slots {page} and {pages}, ``continued`` the slot {heading}."""

    number: str
    part: str
    title: str
    owner: str
    when: str
    status: str
    people: str
    expected: str
    today: str
    continued: str
    page: str
    legend: str
    nothing: str
    plan: str
    month_only: str
    actual: str
    short: str
    short_planned: str
    short_done: str
    partly: str
    under_way: str
    late: str
    postponed: str
    cancelled: str
    turn_done: str
    turn_due: str
    turn_coming: str
    turn_missed: str
    sheet: str


@dataclass(frozen=True, slots=True)
class YearSheet:
    """All that goes on paper. ``choice`` says in a sentence what is listed, out of how many; ``printed`` when it was printed."""

    title: str
    choice: str
    printed: str
    within: Span
    today: date
    months: tuple[SheetMonth, ...]
    festivals: tuple[tuple[date, str], ...]
    terms: tuple[tuple[Span, str], ...]
    parts: tuple[SheetPart, ...]
    words: SheetWords

    @property
    def days(self) -> int:
        """How many days the sheet shows."""
        return (self.within[1] - self.within[0]).days + 1

    @property
    def rows(self) -> Iterator[SheetRow]:
        """All activities in their order."""
        return (row for part in self.parts for row in part.rows)


def is_short(span: Span) -> bool:
    """Whether a span is drawn as a diamond."""
    return (span[1] - span[0]).days < SHORT_DAYS


def touches(spans: Sequence[Span], column: Span) -> bool:
    """Whether any of the spans has a day in ``column``."""
    return any(clip(span, column) for span in spans)
