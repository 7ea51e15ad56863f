"""Dues and funds made known for a quarter, a half-year or a year (会费收缴与经费收支公示), with the books' own figures.

Sums are fen. Of care visits it tells how many there were, and of a few not even that: periods can be subtracted from one another, so no
occasion stands here. Source: domain notes C6 (公示), D2 (small cells).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session

from unionboard.models import Direction
from unionboard.reference import FundItem
from unionboard.services import care, fund, unions
from unionboard.services.fund import Book
from unionboard.services.fund_report import BookedSums
from unionboard.services.guard import require
from unionboard.services.periods import Span, month_span
from unionboard.services.permissions import Act
from unionboard.services.small_counts import SMALL_COUNT

DUES = "dues"


class Period(StrEnum):
    """What of a calendar year is made known."""

    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    Q4 = "Q4"
    H1 = "H1"
    H2 = "H2"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item: what the year's budget has for it, what was booked in the period, and since the first of January."""

    item: FundItem
    budget_fen: int
    booked_fen: int
    year_fen: int


@dataclass(frozen=True, slots=True)
class DisclosureFacts(BookedSums):
    """The period from ``first`` to ``last`` (inclusive; no later than the day it is written). ``opening_fen``: left the day before.

    ``visits`` and ``visited`` (人次) are None where they are so few that they would point at somebody, 0 where there were none.
    """

    union: str
    year: int
    period: Period
    first: date
    last: date
    as_of: date
    opening_fen: int
    income: tuple[ItemLine, ...]
    spending: tuple[ItemLine, ...]
    dues_fen: int
    members: int | None
    visits: int | None
    visited: int | None

    @property
    def is_empty(self) -> bool:
        """Nothing booked, budgeted or carried over."""
        return not (self.income or self.spending or self.opening_fen)


def span_of(year: int, period: Period) -> Span:
    """First and last day (inclusive) of a period of ``year``."""
    january = year * 12
    if period is Period.YEAR:
        return month_span(january, january + 11)
    number, months = int(period.value[1]), 3 if period.value[0] == "Q" else 6
    return month_span(january + (number - 1) * months, january + number * months - 1)


def current_period(today: date) -> Period:
    """The quarter that ended last, which is what is made known next: of January to March the year's first one, still running."""
    return Period(f"Q{max(1, (today.month - 1) // 3)}")


def gather_disclosure(session: Session, year: int, period: Period, *, today: date) -> DisclosureFacts:
    """What is made known of ``period`` of the book of ``year``, up to ``today`` at most. Raises: NotYours."""
    require(session, Act.SEE_MONEY)
    first, end = span_of(year, period)
    last = max(first, min(end, today))
    book = fund.read_book(session, year, as_of=last)
    before = fund.read_book(session, year, as_of=first - timedelta(days=1)) if first.month > 1 else None
    visits = care.count_visits(session, first=first, last=last)
    told, people = sum(count.visits for count in visits), sum(count.people for count in visits)
    is_few = 0 < told < SMALL_COUNT
    union = unions.find_union(session)
    return DisclosureFacts(
        union=union.name if union else "",
        year=year,
        period=period,
        first=first,
        last=last,
        as_of=today,
        opening_fen=before.balance_fen if before else book.opening_fen,
        income=_lines(book, before, Direction.IN),
        spending=_lines(book, before, Direction.OUT),
        dues_fen=book.income_fen.get(DUES, 0) - (before.income_fen.get(DUES, 0) if before else 0),
        members=union.member_count if union else None,
        visits=None if is_few else told,
        visited=None if is_few else people,
    )


def _lines(book: Book, before: Book | None, side: Direction) -> tuple[ItemLine, ...]:
    """The items of one side with any figure, in the union's order."""
    now, then = _sums(book, side), _sums(before, side) if before else {}
    made = (
        ItemLine(item, book.budget_fen.get(code, 0), now.get(code, 0) - then.get(code, 0), now.get(code, 0))
        for code, item in book.items.items()
        if item.direction == side
    )
    return tuple(line for line in made if line.budget_fen or line.booked_fen or line.year_fen)


def _sums(book: Book, side: Direction) -> Mapping[str, int]:
    return book.income_fen if side is Direction.IN else book.spending_fen
