"""What the year-end report of the fund says (决算 and 经审报告): opening, income and spending by item with their shares, what is left.

All sums are fen. Source: domain notes C6 (report lines), D2 (what may be told of care).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from sqlmodel import Session, col, select

from unionboard.models import Direction, Handout
from unionboard.reference import FundItem
from unionboard.services import budget, care, fund, fund_items, unions
from unionboard.services.budget import AmendmentState, AmendmentView

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """An item of the year. ``last_fen``: booked on it last year, None without a book of last year; ``amended_fen`` may be negative."""

    item: FundItem
    adopted_fen: int = 0
    amended_fen: int = 0
    booked_fen: int = 0
    last_fen: int | None = None
    note: str = ""

    @property
    def budget_fen(self) -> int:
        """What the budget allows now."""
        return self.adopted_fen + self.amended_fen


@dataclass(frozen=True, slots=True)
class CareLine:
    """Visits of one occasion, small ones merged: times, people (人次), and the sum where it is not one person's."""

    zh: str
    en: str
    visits: int
    people: int
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class HandoutLine:
    """A hand-out to many: heads × value, and how many have signed (None: not counted yet)."""

    title: str
    handed_on: date
    heads: int
    amount_fen: int
    signed: int | None


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """A change of the budget that was adopted: what it adds to (or takes from) which items, and why."""

    number: int
    adopted_on: date
    resolution: str
    reason: str
    changes: tuple[tuple[FundItem, int], ...]

    def sum_of(self, direction: Direction) -> int:
        """What it adds on one side in all."""
        return sum(delta_fen for item, delta_fen in self.changes if item.direction == direction)


class Booked(Protocol):
    """An item's line, as far as sums ask."""

    @property
    def booked_fen(self) -> int: ...


class BookedSums:
    """The sums of a book's account: what was left before, what came in, what went out."""

    __slots__ = ()
    opening_fen: int
    income: Sequence[Booked]
    spending: Sequence[Booked]

    @property
    def income_fen(self) -> int:
        return sum(line.booked_fen for line in self.income)

    @property
    def spending_fen(self) -> int:
        return sum(line.booked_fen for line in self.spending)

    @property
    def balance_fen(self) -> int:
        """Carried over + received - spent."""
        return self.opening_fen + self.income_fen - self.spending_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReport(BookedSums):
    """A book from the first of January to ``as_of`` (inclusive). Lines stand in the order of the items; none without any figure."""

    union: str
    year: int
    as_of: date
    opening_fen: int
    income: tuple[ReportLine, ...]
    spending: tuple[ReportLine, ...]
    care: tuple[CareLine, ...] = ()
    handouts: tuple[HandoutLine, ...] = ()
    adopted_on: date | None = None
    resolution: str = ""
    amendments: tuple[AmendmentLine, ...] = ()
    closed_on: date | None = None
    bank_fen: int | None = None
    note: str = ""
    entry_count: int = 0

    @property
    def is_whole_year(self) -> bool:
        """Whether it reaches the last day of the year."""
        return self.as_of >= date(self.year, 12, 31)

    @property
    def is_empty(self) -> bool:
        """Nothing booked, budgeted or carried over."""
        return not (self.income or self.spending or self.opening_fen)


def share_pct(part_fen: int, whole_fen: int) -> Decimal | None:
    """``part_fen`` of ``whole_fen`` in per cent, rounded half up to hundredths as reports print it; None of nothing."""
    if whole_fen == 0:
        return None
    return (Decimal(part_fen) * 100 / whole_fen).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def gather_report(session: Session, year: int, *, as_of: date) -> FundReport:
    """The book of ``year`` up to ``as_of`` (inclusive, at most the year's last day) as its report tells it."""
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    book, before = fund.read_book(session, year, as_of=last), _booked_of(session, year - 1)
    told, items = budget.read_budget(session, year), fund_items.list_items(session)
    amendments = [row for row in told.amendments if row.state is AmendmentState.ADOPTED and row.adopted_on and row.adopted_on <= last]
    adopted: dict[str, int] = defaultdict(int)
    amended: dict[str, int] = defaultdict(int)
    notes: dict[str, list[str]] = defaultdict(list)
    for row in told.lines:
        adopted[row.item] += row.adopted_fen
        if row.note:
            notes[row.item].append(row.note)
    for change in (change for row in amendments for change in row.lines):
        amended[change.item] += change.delta_fen

    def list_lines(direction: Direction, booked: Mapping[str, int]) -> tuple[ReportLine, ...]:
        made = [
            ReportLine(
                item=item,
                adopted_fen=adopted[code],
                amended_fen=amended[code],
                booked_fen=booked.get(code, 0),
                last_fen=None if before is None else before.get(code, 0),
                note="；".join(notes[code]),
            )
            for code, item in items.items()
            if item.direction == direction
        ]
        return tuple(line for line in made if line.adopted_fen or line.amended_fen or line.booked_fen or line.last_fen)

    head, union = fund.find_year(session, year), unions.find_union(session)
    closed_on = head.closed_at_utc.date() if head and head.closed_at_utc else None
    return FundReport(
        union=union.name if union else "",
        year=year,
        as_of=last,
        opening_fen=book.opening_fen,
        income=list_lines(Direction.IN, book.income_fen),
        spending=list_lines(Direction.OUT, book.spending_fen),
        care=_care_of(session, first, last),
        handouts=_handouts_of(session, first, last),
        adopted_on=told.adopted_on,
        resolution=told.resolution,
        amendments=tuple(_tell_amendment(row, items) for row in amendments),
        closed_on=closed_on,
        bank_fen=head.bank_fen if head and closed_on else None,
        note=head.note if head and closed_on else "",
        entry_count=book.entry_count,
    )


def _booked_of(session: Session, year: int) -> dict[str, int] | None:
    """What was booked on each item in ``year``; None when nothing was."""
    book = fund.read_book(session, year)
    return {**book.income_fen, **book.spending_fen} or None


def _tell_amendment(row: AmendmentView, items: Mapping[str, FundItem]) -> AmendmentLine:
    sums: dict[str, int] = defaultdict(int)
    for change in row.lines:
        sums[change.item] += change.delta_fen
    assert row.adopted_on is not None
    changes = tuple((item, sums[code]) for code, item in items.items() if sums[code])
    return AmendmentLine(row.number, row.adopted_on, row.resolution, row.reason, changes)


def _care_of(session: Session, first: date, last: date) -> tuple[CareLine, ...]:
    counts = care.count_visits(session, first=first, last=last)
    return tuple(CareLine(count.zh, count.en, count.visits, count.people, count.amount_fen) for count in counts)


def _handouts_of(session: Session, first: date, last: date) -> tuple[HandoutLine, ...]:
    query = select(Handout).where(Handout.handed_on >= first, Handout.handed_on <= last, col(Handout.removed_at_utc).is_(None))
    rows = session.exec(query.order_by(col(Handout.handed_on), col(Handout.id)))
    return tuple(HandoutLine(row.title, row.handed_on, row.heads, row.heads * row.unit_fen, row.signed) for row in rows)
