"""The welfare fund: a yearly book of entries that are only ever added to, what a year allows per item, and what is left.

All sums are fen. A mistake is taken back by an entry that names it and counts negative on the same side and item.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from sqlalchemy import ColumnElement, case
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from unionboard.errors.activities import DateOutsidePlan, NoSuchActivity, ReasonMissing
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.fund import (
    BudgetNegative,
    CorrectionTooEarly,
    EntryAlreadyReversed,
    EntryIsCorrection,
    NoSuchEntry,
    NoSuchFundItem,
    PurposeMissing,
    WrongDirection,
)
from unionboard.errors.money import AmountNotPositive
from unionboard.errors.saving import StaleSave
from unionboard.models import Activity, BudgetLine, Direction, FundEntry, FundSource, FundYear, Plan
from unionboard.models.changelog import ChangeAction
from unionboard.money import format_fen
from unionboard.reference import fund_items
from unionboard.services.changes import record_change, update_row


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of the ledger. A correction has negative ``in_fen`` or ``out_fen``; ``balance_fen`` is what was left after the line.

    ``reverses`` and ``reversed_by`` are ids of entries; ``papers`` counts the vouchers attached on paper.
    """

    id: int
    year: int
    voucher: int
    booked_on: date
    direction: Direction
    item: str
    source: FundSource
    in_fen: int
    out_fen: int
    balance_fen: int
    purpose: str
    payee: str
    handler: str
    approver: str
    papers: int
    activity_id: int | None
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class Book:
    """A year's book up to a day. Sums per item are net of corrections; ``budget_fen`` holds income and spending items alike."""

    year: int
    opening_fen: int
    income_fen: dict[str, int]
    spending_fen: dict[str, int]
    budget_fen: dict[str, int]
    entries: tuple[EntryView, ...]  # oldest first

    @property
    def total_income_fen(self) -> int:
        return sum(self.income_fen.values())

    @property
    def total_spending_fen(self) -> int:
        return sum(self.spending_fen.values())

    @property
    def total_budget_fen(self) -> int:
        """What the year allows to be spent."""
        return self._budget_of(Direction.OUT)

    @property
    def income_budget_fen(self) -> int:
        """What the year expects to receive."""
        return self._budget_of(Direction.IN)

    @property
    def balance_fen(self) -> int:
        """Left now: carried over + received - spent."""
        return self.opening_fen + self.total_income_fen - self.total_spending_fen

    @property
    def planned_balance_fen(self) -> int:
        """Left at the end of the year if all goes by the budget; where no income is budgeted, what has been received counts."""
        return self.opening_fen + (self.income_budget_fen or self.total_income_fen) - self.total_budget_fen

    @property
    def is_empty(self) -> bool:
        """Nothing booked, budgeted or carried over."""
        return not (self.entries or self.budget_fen or self.opening_fen)

    def _budget_of(self, direction: Direction) -> int:
        items = fund_items()
        return sum(amount for code, amount in self.budget_fen.items() if items[code].direction == direction)


def book_entry(
    session: Session,
    *,
    booked_on: date,
    direction: Direction,
    item: str,
    amount_fen: int,
    purpose: str,
    today: date,
    who: str,
    now_utc: datetime,
    source: FundSource = FundSource.UNION_FUNDS,
    payee: str = "",
    handler: str = "",
    approver: str = "",
    papers: int = 0,
    activity_id: int | None = None,
) -> FundEntry:
    """Add a line to the book of ``booked_on``'s year under the next voucher number.

    Raises: AmountNotPositive, NoSuchFundItem, WrongDirection, PurposeMissing, DateInFuture, DateOutsidePlan (there are plans, but none
    holds the day), NoSuchActivity. Source: ledger form (经费收支台账), domain notes F.
    """
    if amount_fen <= 0:
        raise AmountNotPositive
    _check_item(item, direction)
    if not purpose.strip():
        raise PurposeMissing
    _check_day(session, booked_on, today)
    if activity_id is not None:
        activity = session.get(Activity, activity_id)
        if activity is None or activity.removed:
            raise NoSuchActivity(id=activity_id)
    row = FundEntry(
        year=booked_on.year,
        voucher=_next_voucher(session, booked_on.year),
        booked_on=booked_on,
        direction=direction,
        item=item,
        source=source,
        amount_fen=amount_fen,
        purpose=purpose.strip(),
        payee=payee.strip(),
        handler=handler.strip(),
        approver=approver.strip(),
        papers=papers,
        activity_id=activity_id,
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def reverse_entry(session: Session, entry_id: int, *, booked_on: date, reason: str, today: date, who: str, now_utc: datetime) -> FundEntry:
    """Take an entry back by one that names it, with ``reason`` as its purpose. The first line stays as it is.

    Raises: NoSuchEntry, EntryIsCorrection, EntryAlreadyReversed, ReasonMissing, CorrectionTooEarly, DateInFuture, DateOutsidePlan.
    """
    entry = session.get(FundEntry, entry_id)
    if entry is None:
        raise NoSuchEntry(id=entry_id)
    if entry.reverses_id is not None:
        raise EntryIsCorrection(voucher=entry.voucher)
    _lock_year(session, entry.year)
    earlier = session.exec(select(FundEntry).where(FundEntry.reverses_id == entry_id)).first()
    if earlier is not None:
        raise EntryAlreadyReversed(voucher=entry.voucher, by=earlier.voucher)
    if not reason.strip():
        raise ReasonMissing
    if booked_on < entry.booked_on:
        raise CorrectionTooEarly(day=entry.booked_on)
    _check_day(session, booked_on, today)
    row = FundEntry(
        **entry.model_dump(exclude={"id", "year", "voucher", "booked_on", "purpose", "reverses_id", "import_key", "who", "created_at_utc"}),
        year=booked_on.year,
        voucher=_next_voucher(session, booked_on.year),
        booked_on=booked_on,
        purpose=reason.strip(),
        reverses_id=entry_id,
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.REVERSE, who=who, now_utc=now_utc)
    return row


def set_budget(
    session: Session, *, year: int, item: str, amount_fen: int, who: str, now_utc: datetime, version: int | None = None
) -> BudgetLine:
    """What ``year`` allows (or, for an income item, expects) for ``item``; 0 takes it away but keeps the line.

    ``version`` is the one the caller saw, 0 when there was no line yet; None overwrites whatever is there.
    Raises: NoSuchFundItem, BudgetNegative, StaleSave.
    """
    if item not in fund_items():
        raise NoSuchFundItem(code=item, codes=", ".join(fund_items()))
    if amount_fen < 0:
        raise BudgetNegative
    row = session.exec(select(BudgetLine).where(BudgetLine.year == year, BudgetLine.item == item)).first()
    if row is None:
        row = BudgetLine(year=year, item=item, amount_fen=amount_fen)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    else:
        seen = row.version if version is None else version
        if row.version != seen and row.amount_fen != amount_fen:
            raise StaleSave(field=item, theirs=format_fen(row.amount_fen), yours=format_fen(amount_fen))
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, amount_fen=amount_fen)
    return row


def set_opening(
    session: Session, *, year: int, opening_fen: int | None, who: str, now_utc: datetime, version: int | None = None
) -> FundYear:
    """What ``year`` starts with (may be negative); None takes last year's closing balance again. ``version`` as in ``set_budget``.

    Raises: StaleSave.
    """
    row = _lock_year(session, year)
    seen = row.version if version is None else version or 1  # 1: the row may have been made by a booking since it was looked for
    update_row(session, row, version=seen, who=who, now_utc=now_utc, opening_fen=opening_fen)
    return row


def find_year(session: Session, year: int) -> FundYear | None:
    """The stored head of a year's book, if it has one."""
    return session.get(FundYear, year)


def list_budget(session: Session, year: int) -> dict[str, BudgetLine]:
    """The budget lines of a year by item, those with amount 0 too."""
    return {line.item: line for line in session.exec(select(BudgetLine).where(BudgetLine.year == year))}


def list_years(session: Session) -> list[int]:
    """Years that have a plan, a budget or an entry, newest first."""
    spans = session.exec(select(col(Plan.starts_on), col(Plan.ends_on))).all()
    years = {year for starts_on, ends_on in spans for year in range(starts_on.year, ends_on.year + 1)}
    for column in (FundEntry.year, BudgetLine.year, FundYear.year):
        years.update(session.exec(select(column).distinct()).all())
    return sorted(years, reverse=True)


def book_year(plan: Plan, *, today: date) -> int:
    """The year of the fund's book beside a plan: today's while the plan runs, else the one the plan is known by."""
    return today.year if plan.starts_on <= today <= plan.ends_on else plan.year


def read_book(session: Session, year: int, *, as_of: date | None = None) -> Book:
    """The book of a calendar year, up to ``as_of`` (inclusive) when given. Three queries and one a year-head."""
    query = select(FundEntry).where(FundEntry.year == year).order_by(col(FundEntry.booked_on), col(FundEntry.voucher))
    if as_of is not None:
        query = query.where(FundEntry.booked_on <= as_of)
    rows = session.exec(query).all()
    opening_fen = _opening_of(session, year)
    sums: dict[str, dict[str, int]] = {Direction.IN: defaultdict(int), Direction.OUT: defaultdict(int)}
    for row in rows:
        sums[row.direction][row.item] += _counted(row)
    return Book(
        year=year,
        opening_fen=opening_fen,
        income_fen=dict(sums[Direction.IN]),
        spending_fen=dict(sums[Direction.OUT]),
        budget_fen={code: line.amount_fen for code, line in list_budget(session, year).items() if line.amount_fen},
        entries=tuple(_views(rows, opening_fen, _corrections(session, year, as_of))),
    )


def _check_item(code: str, direction: Direction) -> None:
    fitting = [item.code for item in fund_items().values() if item.direction == direction]
    if code not in fitting:
        refusal = WrongDirection if code in fund_items() else NoSuchFundItem
        raise refusal(code=code, codes=", ".join(fitting))


def _check_day(session: Session, day: date, today: date) -> None:
    if day > today:
        raise DateInFuture(day=day)
    spans = session.exec(select(col(Plan.starts_on), col(Plan.ends_on)).order_by(col(Plan.starts_on))).all()
    if spans and not any(starts_on <= day <= ends_on for starts_on, ends_on in spans):
        starts_on, ends_on = min(spans, key=lambda span: min(abs(span[0] - day), abs(span[1] - day)))
        raise DateOutsidePlan(day=day, starts_on=starts_on, ends_on=ends_on)


def _lock_year(session: Session, year: int) -> FundYear:
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


def _next_voucher(session: Session, year: int) -> int:
    _lock_year(session, year)
    return session.exec(select(func.coalesce(func.max(FundEntry.voucher), 0)).where(FundEntry.year == year)).one() + 1


def _counted(row: FundEntry) -> int:
    return -row.amount_fen if row.reverses_id is not None else row.amount_fen


def _signed_amount() -> ColumnElement[int]:
    """What an entry adds to the balance, in SQL."""
    side = case((col(FundEntry.direction) == Direction.IN, 1), else_=-1)
    return side * case((col(FundEntry.reverses_id).is_(None), 1), else_=-1) * col(FundEntry.amount_fen)


def _opening_of(session: Session, year: int) -> int:
    """What people say the year started with, else the last balance said before it and all that was booked since."""
    said = select(FundYear).where(FundYear.year <= year, col(FundYear.opening_fen).is_not(None)).order_by(col(FundYear.year).desc())
    head = session.exec(said).first()
    before = select(func.coalesce(func.sum(_signed_amount()), 0)).where(FundEntry.year < year)
    if head is not None:
        before = before.where(FundEntry.year >= head.year)
    return (head.opening_fen or 0 if head else 0) + int(session.exec(before).one())


def _corrections(session: Session, year: int, as_of: date | None) -> dict[int, int]:
    """Ids of corrected entries of the year, with the id of the entry that takes them back (it may stand in a later book)."""
    query = select(FundEntry).where(col(FundEntry.reverses_id).in_(select(FundEntry.id).where(FundEntry.year == year)))
    if as_of is not None:
        query = query.where(FundEntry.booked_on <= as_of)
    return {row.reverses_id or 0: row.id or 0 for row in session.exec(query)}


def _views(rows: Iterable[FundEntry], opening_fen: int, corrections: dict[int, int]) -> Iterable[EntryView]:
    rows = list(rows)
    steps = [_counted(row) if row.direction is Direction.IN else -_counted(row) for row in rows]
    for row, balance_fen in zip(rows, list(accumulate(steps, initial=opening_fen))[1:], strict=True):
        is_income = row.direction is Direction.IN
        yield EntryView(
            **row.model_dump(
                exclude={"amount_fen", "reverses_id", "who", "created_at_utc", "claim_id", "cashier", "one_hand", "import_key"}
            ),
            in_fen=_counted(row) if is_income else 0,
            out_fen=0 if is_income else _counted(row),
            balance_fen=balance_fen,
            reverses=row.reverses_id,
            reversed_by=corrections.get(row.id or 0),
        )
