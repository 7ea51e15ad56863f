"""The fund's book over the days a summary tells of: every line, and the budget where the days are one book."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from unionboard.drafting.records import AmendmentRecord, BookRecord, BudgetLineRecord, EntryRecord, OpeningRecord
from unionboard.models import BudgetAmendment, BudgetLine, Direction, FundEntry, FundYear
from unionboard.reference import FundItem
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import signed_amount
from unionboard.services.summary_spans import Days

MEMBER_GROUP = "activities"
"""职工活动支出 in reference/fund_items."""


def gather_book(session: Session, days: Days, *, as_of: date, language: str) -> BookRecord:
    """Lines booked within ``days`` up to ``as_of`` (inclusive), what the book began with, and the budget's parts. At most eight queries."""
    last, items = days.until(as_of), list_items(session)
    has_begun = last >= days.first
    is_budgeted = days.is_book_year and has_begun
    return BookRecord(
        names={code: item.en if language == "en" else item.zh for code, item in items.items()},
        opening=_gather_opening(session, days.first) if has_begun else OpeningRecord(),
        entries=_gather_entries(session, col(FundEntry.booked_on).between(days.first, last)),
        lines=_gather_lines(session, days.first.year, items) if is_budgeted else (),
        amendments=_gather_amendments(session, days.first.year, items, last) if is_budgeted else (),
        member_items=frozenset(code for code, item in items.items() if item.group == MEMBER_GROUP),
    )


def _gather_opening(session: Session, first: date) -> OpeningRecord:
    """The last balance said before ``first``, and everything booked from the start of its year up to the day before."""
    said = select(FundYear).where(FundYear.year <= first.year, col(FundYear.opening_fen).is_not(None)).order_by(col(FundYear.year).desc())
    head = session.exec(said.limit(1)).first()
    booked = col(FundEntry.booked_on) < first
    entries = _gather_entries(session, booked if head is None else booked & (col(FundEntry.year) >= head.year))
    return OpeningRecord(None, 0, entries) if head is None else OpeningRecord(head.year, head.opening_fen or 0, entries)


def _gather_entries(session: Session, wanted: ColumnElement[bool]) -> tuple[EntryRecord, ...]:
    told: tuple[Any, ...] = (FundEntry.id, FundEntry.booked_on, FundEntry.direction, FundEntry.item, signed_amount(), FundEntry.activity_id)
    lines = session.execute(select_columns(*told).where(wanted).order_by(col(FundEntry.booked_on), col(FundEntry.voucher)))
    return tuple(EntryRecord(id_, day, side.value, item, fen, activity_id) for id_, day, side, item, fen, activity_id in lines)


def _gather_lines(session: Session, year: int, items: dict[str, FundItem]) -> tuple[BudgetLineRecord, ...]:
    query = select(BudgetLine).where(BudgetLine.year == year, BudgetLine.amount_fen > 0).order_by(col(BudgetLine.id))
    return tuple(BudgetLineRecord(row.id or 0, row.item, row.amount_fen) for row in session.exec(query) if _is_spending(row.item, items))


def _gather_amendments(session: Session, year: int, items: dict[str, FundItem], last: date) -> tuple[AmendmentRecord, ...]:
    query = select(BudgetAmendment).where(BudgetAmendment.year == year, col(BudgetAmendment.adopted_on) <= last)
    amendments = []
    for row in session.exec(query.order_by(col(BudgetAmendment.number))):
        by_item: dict[str, int] = defaultdict(int)
        for line in row.lines:
            if _is_spending(line["item"], items):
                by_item[line["item"]] += line["delta_fen"]
        amendments.append(AmendmentRecord(row.id or 0, dict(by_item)))
    return tuple(amendments)


def _is_spending(code: str, items: dict[str, FundItem]) -> bool:
    return code in items and items[code].direction == Direction.OUT
