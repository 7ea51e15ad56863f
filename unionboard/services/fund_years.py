"""The years of the fund's books: what each begins with, how far they are closed, and what a line adds to the balance."""

from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlalchemy import select as select_columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from unionboard.errors.activities import DateOutsidePlan
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.closing import PeriodClosed
from unionboard.models import Direction, FundEntry, FundMonth, FundYear, Plan
from unionboard.services.periods import month_span


def signed_amount() -> ColumnElement[int]:
    """What an entry counts on its own side, in SQL: a correction counts negative."""
    return case((col(FundEntry.reverses_id).is_(None), col(FundEntry.amount_fen)), else_=-col(FundEntry.amount_fen))


def balance_step() -> ColumnElement[int]:
    """What an entry adds to the balance, in SQL."""
    return case((col(FundEntry.direction) == Direction.IN, signed_amount()), else_=-signed_amount())


def sum_months(session: Session, year: int, *, as_of: date | None = None) -> Iterator[tuple[Direction, str, int, int, int]]:
    """What each item came to in each month that has entries: side, item, month, fen and how many lines. One query, off one index."""
    month = func.extract("month", col(FundEntry.booked_on)).label("month")
    by: tuple[Any, ...] = (FundEntry.direction, FundEntry.item, month)
    query = select_columns(*by, func.sum(signed_amount()), func.count()).where(col(FundEntry.year) == year)
    if as_of is not None:
        query = query.where(col(FundEntry.booked_on) <= as_of)
    for side, item, number, amount_fen, count in session.execute(query.group_by(*by)):
        yield side, item, int(number), int(amount_fen), count


def opening_of(session: Session, year: int) -> int:
    """What people say the year started with, else the last balance said before it and all that was booked since. Two queries."""
    said = select(FundYear).where(FundYear.year <= year, col(FundYear.opening_fen).is_not(None)).order_by(col(FundYear.year).desc())
    head = session.exec(said).first()
    before = select(func.coalesce(func.sum(balance_step()), 0)).where(FundEntry.year < year)
    if head is not None:
        before = before.where(FundEntry.year >= head.year)
    return (head.opening_fen or 0 if head else 0) + int(session.exec(before).one())


def balance_after(session: Session, day: date) -> int:
    """What was left at the end of ``day``, by the book of its year. Three queries."""
    so_far = select(func.coalesce(func.sum(balance_step()), 0)).where(FundEntry.year == day.year, FundEntry.booked_on <= day)
    return opening_of(session, day.year) + int(session.exec(so_far).one())


def find_head(session: Session, year: int) -> FundYear | None:
    """The head of the year's book, if anybody has said anything about it."""
    return session.exec(select(FundYear).where(FundYear.year == year)).first()


def lock_year(session: Session, year: int) -> FundYear:
    """The head of the year's book, made when missing. Others who write to the year wait from here on: on PostgreSQL for this row, on SQLite
    they wait for the whole transaction (``BEGIN IMMEDIATE``)."""
    query = select(FundYear).where(FundYear.year == year).with_for_update()
    row = session.exec(query).first()
    if row is None:
        try:
            with session.begin_nested():
                session.add(FundYear(year=year))
        except IntegrityError:  # another writer made it between the two statements
            pass
        row = session.exec(query).one()
    return row


def next_beginning(session: Session, year: int) -> int:
    """The first year after ``year`` whose opening people told themselves: from it on nothing rests on the book of ``year``."""
    told = select(func.min(FundYear.year)).where(FundYear.year > year, col(FundYear.opening_fen).is_not(None))
    return session.exec(told).one() or MAXYEAR


def last_closed_day(session: Session, year: int) -> date | None:
    """The last day (inclusive) of a closing that rests on the book of ``year``: its own, or one of a later year that goes on from it; None:
    there is none. Three queries."""
    until = next_beginning(session, year)
    months: Sequence[tuple[int, int]] = session.exec(
        select(FundMonth.year, FundMonth.month)
        .where(col(FundMonth.closed_at_utc).is_not(None), FundMonth.year >= year, FundMonth.year < until)
        .order_by(col(FundMonth.year).desc(), col(FundMonth.month).desc())
        .limit(1)
    ).all()
    closed = select(func.max(FundYear.year)).where(col(FundYear.closed_at_utc).is_not(None), FundYear.year >= year, FundYear.year < until)
    last_year = session.exec(closed).one()
    days = [month_span(y * 12 + m - 1)[1] for y, m in months] + ([date(last_year, 12, 31)] if last_year else [])
    return max(days, default=None)


def first_open_day(session: Session, year: int) -> date | None:
    """The first day that takes entries after the last closing that rests on the book of ``year``; None: nothing of it is closed."""
    closed = last_closed_day(session, year)
    return closed + timedelta(days=1) if closed else None


def check_open(session: Session, day: date) -> None:
    """What is booked on a day before a closing would move its balance. Raises: PeriodClosed."""
    first = first_open_day(session, day.year)
    if first is not None and day < first:
        raise PeriodClosed(year=day.year, month=day.month, first=first)


def check_day(session: Session, day: date, today: date, *, named_year: int | None = None) -> None:
    """Whether a line may be dated ``day``. ``named_year``: a book people asked for outright, which may be older than any plan.

    Raises: DateInFuture, DateOutsidePlan (there are plans, but neither one of them nor a book that was begun holds the day), PeriodClosed.
    """
    if day > today:
        raise DateInFuture(day=day)
    spans = session.exec(select(col(Plan.starts_on), col(Plan.ends_on)).order_by(col(Plan.starts_on))).all()
    has_book = day.year == named_year or find_head(session, day.year) is not None
    if spans and not has_book and not any(starts_on <= day <= ends_on for starts_on, ends_on in spans):
        starts_on, ends_on = min(spans, key=lambda span: min(abs(span[0] - day), abs(span[1] - day)))
        raise DateOutsidePlan(day=day, starts_on=starts_on, ends_on=ends_on)
    check_open(session, day)
