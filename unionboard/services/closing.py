"""Months and years of the books are closed: from then on nothing is booked in them, and what was left stays said.

A book is closed up to a day: closing a month closes those before it, opening one opens those after it; a year rests on the one before
unless its opening balance was told. A checklist says beforehand what an auditor would ask. All sums are fen.
Source: domain notes C6; the traffic light of peers 2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.errors.activities import ReasonMissing
from unionboard.errors.closing import AlreadyClosed, ClosingNoteMissing, EarlierYearOpen, NotClosed, PeriodNotOver
from unionboard.models import CareVisit, Claim, ClaimState, FundEntry, FundMonth, FundYear, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.services import fund, ledger
from unionboard.services.changes import record_change, update_row
from unionboard.services.fund import Book, find_year
from unionboard.services.fund_years import balance_after, first_open_day, last_closed_day, lock_year, next_beginning
from unionboard.services.guard import require
from unionboard.services.ledger import EntryCheck
from unionboard.services.periods import Span, month_span
from unionboard.services.permissions import Act
from unionboard.services.posting import is_open
from unionboard.services.privacy import check_text
from unionboard.services.roles import check_not_audit, read_committee

__all__ = ["checklist", "close_month", "close_year", "first_open_day", "list_months", "reopen_month", "reopen_year"]

MONTHS = range(1, 13)


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"  # the books are closed all the same only with a note


class CheckCode(StrEnum):
    VOUCHERS = "vouchers"
    BANK = "bank"
    NO_PAPERS = "no_papers"
    UNAPPROVED = "unapproved"
    CLAIMS = "claims"
    VISITS = "visits"
    OVER_BUDGET = "over_budget"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One line of the checklist: how many were found and what they come to.

    ``facts``: of OVER_BUDGET ``items`` (code -> fen over); of BANK ``balance_fen`` and ``bank_fen`` (None: not told); of OPENING
    ``year`` (the year before).
    """

    code: CheckCode
    level: Light
    count: int = 0
    sum_fen: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the book: what moved in it, what was left at its end, and whether it is closed, by whom and with which note."""

    month: int
    in_fen: int
    out_fen: int
    balance_fen: int
    is_over: bool
    closed_at_utc: datetime | None
    closed_by: str
    bank_fen: int | None
    note: str

    @property
    def is_closed(self) -> bool:
        return self.closed_at_utc is not None


# --- looking ------------------------------------------------------------------------------------------------------------------------


def list_months(session: Session, year: int, *, today: date) -> tuple[MonthView, ...]:
    """The twelve months of a book. ``is_over``: its last day is ``today`` or earlier."""
    book = fund.read_book(session, year)
    closed = {row.month: row for row in _load_months(session, year)}
    views, left_fen = [], book.opening_fen
    for sums in book.months:
        left_fen += sums.in_fen - sums.out_fen
        row = closed.get(sums.month)
        views.append(
            MonthView(
                month=sums.month,
                in_fen=sums.in_fen,
                out_fen=sums.out_fen,
                balance_fen=left_fen,
                is_over=_span(year, sums.month)[1] <= today,
                closed_at_utc=row.closed_at_utc if row else None,
                closed_by=row.closed_by if row else "",
                bank_fen=row.bank_fen if row else None,
                note=row.note if row else "",
            )
        )
    return tuple(views)


def checklist(session: Session, year: int, month: int | None, *, today: date, bank_fen: int | None = None) -> tuple[CheckPoint, ...]:
    """What to look at before ``month`` (None: the year) is closed: everything since the last closing, of a year everything in it.

    What a month may leave to be done later is amber in it and red at the year's end. ``bank_fen`` is what the bank's statement says.
    """
    first, last = _span(year, month)
    if month is not None:
        opened = first_open_day(session, year) or date(year, 1, 1)
        first = min(first, max(opened, date(year, 1, 1)))
    later = Light.AMBER if month is not None else Light.RED
    last = min(last, today)
    book = fund.read_book(session, year, as_of=last)
    points = [
        _check_vouchers(session, year),
        _check_bank(balance_after(session, last), bank_fen),
        *(_check_entries(session, year, first, last, only, later) for only in (EntryCheck.NO_PAPERS, EntryCheck.UNAPPROVED)),
        _check_claims(session, year),
        _check_visits(session, year, last, later),
        _check_budget(book, later),
        _check_opening(session, year),
    ]
    return tuple(sorted(points, key=lambda point: list(Light).index(point.level), reverse=True))


# --- closing ------------------------------------------------------------------------------------------------------------------------


def close_month(
    session: Session, year: int, month: int, *, who: str, now_utc: datetime, today: date, bank_fen: int | None = None, note: str = ""
) -> FundMonth:
    """Close the books up to the end of ``month``, with the open months of the year before it. ``bank_fen``: the bank's figure on that day.

    Raises: AuditPaysNothing, PeriodNotOver, AlreadyClosed, ClosingNoteMissing (something is red), PrivateNumberTyped.
    """
    require(session, Act.CLOSE_BOOKS)
    check_not_audit(read_committee(session), who)
    closed, last = last_closed_day(session, year), _span(year, month)[1]
    if closed is not None and last <= closed:
        raise AlreadyClosed(day=closed)
    check_text(note)
    _check_list(session, year, month, today=today, bank_fen=bank_fen, note=note)
    _close_months(session, year, range(1, month), who=who, now_utc=now_utc)
    [row] = _close_months(session, year, [month], who=who, now_utc=now_utc, bank_fen=bank_fen, note=note.strip())
    return row


def close_year(
    session: Session, year: int, *, who: str, now_utc: datetime, today: date, bank_fen: int | None = None, note: str = ""
) -> FundYear:
    """Close the book of ``year`` with all its months; what it leaves is what the next year begins with.

    Raises: AuditPaysNothing, PeriodNotOver, AlreadyClosed, EarlierYearOpen (its opening rests on it), ClosingNoteMissing (something is
    red), PrivateNumberTyped.
    """
    require(session, Act.CLOSE_BOOKS)
    check_not_audit(read_committee(session), who)
    head = lock_year(session, year)
    if head.closed_at_utc is not None:
        raise AlreadyClosed(day=date(year, 12, 31))
    before = _find_open_before(session, year)
    if before is not None and head.opening_fen is None:
        raise EarlierYearOpen(year=before)
    check_text(note)
    _check_list(session, year, None, today=today, bank_fen=bank_fen, note=note)
    _close_months(session, year, MONTHS, who=who, now_utc=now_utc)
    closing_fen = balance_after(session, date(year, 12, 31))
    told = {"closed_at_utc": now_utc, "closed_by": who, "closing_fen": closing_fen, "bank_fen": bank_fen, "note": note.strip()}
    update_row(session, head, version=head.version, who=who, now_utc=now_utc, **told)
    return head


def reopen_month(session: Session, year: int, month: int, *, reason: str, who: str, now_utc: datetime) -> None:
    """Open a closed month again, and with it all that was closed after it and rests on it. ``reason`` stands in the month's note and in
    the change log.

    Raises: AuditPaysNothing, ReasonMissing, PrivateNumberTyped, NotClosed.
    """
    require(session, Act.CLOSE_BOOKS)
    check_not_audit(read_committee(session), who)
    if not reason.strip():
        raise ReasonMissing
    check_text(reason)
    until = next_beginning(session, year)
    months = select(FundMonth).where(
        col(FundMonth.closed_at_utc).is_not(None),
        FundMonth.year * 100 + FundMonth.month >= year * 100 + month,
        FundMonth.year < until,
    )
    years = select(FundYear).where(col(FundYear.closed_at_utc).is_not(None), FundYear.year >= year, FundYear.year < until)
    rows: list[FundMonth | FundYear] = [*session.exec(months), *session.exec(years)]
    if not rows:
        raise NotClosed
    opened = {"closed_at_utc": None, "closed_by": "", "closing_fen": None, "bank_fen": None, "note": reason.strip()}
    for row in rows:
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, **opened)


def reopen_year(session: Session, year: int, *, reason: str, who: str, now_utc: datetime) -> None:
    """Open a closed year again with its December, and all that was closed after it; its other months are opened one by one.

    Raises: AuditPaysNothing, ReasonMissing, PrivateNumberTyped, NotClosed.
    """
    require(session, Act.CLOSE_BOOKS)
    head = find_year(session, year)
    if head is None or head.closed_at_utc is None:
        raise NotClosed
    reopen_month(session, year, 12, reason=reason, who=who, now_utc=now_utc)


# --- parts --------------------------------------------------------------------------------------------------------------------------


def _span(year: int, month: int | None) -> Span:
    return month_span(year * 12 + month - 1) if month is not None else (date(year, 1, 1), date(year, 12, 31))


def _load_months(session: Session, year: int) -> Sequence[FundMonth]:
    return session.exec(select(FundMonth).where(FundMonth.year == year).order_by(col(FundMonth.month))).all()


def _check_list(session: Session, year: int, month: int | None, *, today: date, bank_fen: int | None, note: str) -> None:
    last = _span(year, month)[1]
    if today < last:
        raise PeriodNotOver(day=last)
    points = checklist(session, year, month, today=today, bank_fen=bank_fen)
    if any(point.level is Light.RED for point in points) and not note.strip():
        raise ClosingNoteMissing


def _close_months(
    session: Session, year: int, months: Iterable[int], *, who: str, now_utc: datetime, bank_fen: int | None = None, note: str = ""
) -> list[FundMonth]:
    """Close those of ``months`` that are open."""
    lock_year(session, year)
    known = {row.month: row for row in _load_months(session, year)}
    closed = []
    for month in months:
        row = known.get(month)
        if row is not None and row.closed_at_utc is not None:
            continue
        closing_fen = balance_after(session, _span(year, month)[1])
        told = {"closed_at_utc": now_utc, "closed_by": who, "closing_fen": closing_fen, "bank_fen": bank_fen, "note": note}
        if row is None:
            row = FundMonth(year=year, month=month)
            session.add(row)
            record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, **told)
        closed.append(row)
    return closed


def _find_open_before(session: Session, year: int) -> int | None:
    """The last earlier year that has entries and is not closed."""
    closed = select(FundYear.year).where(col(FundYear.closed_at_utc).is_not(None))
    earlier = select(func.max(FundEntry.year)).where(FundEntry.year < year, col(FundEntry.year).not_in(closed))
    return session.exec(earlier).one()


def _check_vouchers(session: Session, year: int) -> CheckPoint:
    count, highest = session.exec(select(func.count(), func.max(FundEntry.voucher)).where(FundEntry.year == year)).one()
    missing = abs((highest or 0) - count)
    return CheckPoint(CheckCode.VOUCHERS, Light.RED if missing else Light.GREEN, missing)


def _check_bank(balance_fen: int, bank_fen: int | None) -> CheckPoint:
    facts = {"balance_fen": balance_fen, "bank_fen": bank_fen}
    if bank_fen is None:
        return CheckPoint(CheckCode.BANK, Light.AMBER, facts=facts)
    difference_fen = bank_fen - balance_fen
    return CheckPoint(CheckCode.BANK, Light.RED if difference_fen else Light.GREEN, int(difference_fen != 0), difference_fen, facts)


def _check_entries(session: Session, year: int, first: date, last: date, only: EntryCheck, later: Light) -> CheckPoint:
    count, sum_fen = ledger.sum_checked(session, year, only, first=first, last=last)
    return CheckPoint(CheckCode(only.value), later if count else Light.GREEN, count, sum_fen)


def _check_claims(session: Session, year: int) -> CheckPoint:
    under_way = (ClaimState.SUBMITTED, ClaimState.APPROVED)
    query = select(func.count(), func.coalesce(func.sum(Claim.amount_fen), 0)).where(Claim.year == year, col(Claim.state).in_(under_way))
    count, sum_fen = session.exec(query).one()
    return CheckPoint(CheckCode.CLAIMS, Light.AMBER if count else Light.GREEN, count, int(sum_fen))


def _check_visits(session: Session, year: int, last: date, later: Light) -> CheckPoint:
    """Care visits with a sum, and hand-outs, that are neither in the books nor in a claim."""
    first = date(year, 1, 1)
    visits = select(func.count(), func.coalesce(func.sum(CareVisit.amount_fen), 0)).where(
        col(CareVisit.removed).is_(False), CareVisit.amount_fen > 0, is_open(CareVisit), col(CareVisit.visited_on).between(first, last)
    )
    handouts = select(func.count(), func.coalesce(func.sum(Handout.heads * Handout.unit_fen), 0)).where(
        col(Handout.removed_at_utc).is_(None), is_open(Handout), col(Handout.handed_on).between(first, last)
    )
    found = [session.exec(query).one() for query in (visits, handouts)]
    count, sum_fen = sum(count for count, _ in found), sum(int(fen) for _, fen in found)
    return CheckPoint(CheckCode.VISITS, later if count else Light.GREEN, count, sum_fen)


def _check_budget(book: Book, later: Light) -> CheckPoint:
    """Items that cost more than they may; where nothing is budgeted there is nothing to hold to."""
    over = {item: fen - book.budget_fen.get(item, 0) for item, fen in book.spending_fen.items() if fen > book.budget_fen.get(item, 0)}
    if not book.total_budget_fen:
        over = {}
    return CheckPoint(CheckCode.OVER_BUDGET, later if over else Light.GREEN, len(over), sum(over.values()), {"items": over})


def _check_opening(session: Session, year: int) -> CheckPoint:
    """Whether what people say the year began with is what the year before left, where there is one."""
    head = find_year(session, year)
    has_before = session.exec(select(FundEntry.id).where(FundEntry.year == year - 1).limit(1)).first() is not None
    facts = {"year": year - 1}
    if head is None or head.opening_fen is None or not has_before:
        return CheckPoint(CheckCode.OPENING, Light.GREEN, facts=facts)
    left_fen = balance_after(session, date(year - 1, 12, 31))
    difference_fen = head.opening_fen - left_fen
    return CheckPoint(CheckCode.OPENING, Light.RED if difference_fen else Light.GREEN, int(difference_fen != 0), difference_fen, facts)
