"""The welfare fund: a yearly book of entries that are only ever added to, and what is left.

All sums are fen. A mistake is taken back by an entry that names it and counts negative on the same side and item. The lines themselves are
read in ``services/ledger``; here a book is sums, so that twenty thousand lines cost no more than twenty.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from unionboard.errors.activities import NoSuchActivity, ReasonMissing
from unionboard.errors.fund import (
    CorrectionTooEarly,
    EntryAlreadyReversed,
    EntryIsCorrection,
    NoSuchEntry,
    NoSuchFundItem,
    PurposeMissing,
    WrongDirection,
)
from unionboard.errors.money import AmountNotPositive
from unionboard.models import Activity, BudgetLine, Claim, ClaimState, Direction, FundEntry, FundSource, FundYear, Plan
from unionboard.models.changelog import ChangeAction
from unionboard.reference import FundItem
from unionboard.services import budget
from unionboard.services.changes import record_change, record_creations, update_row
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import check_day, check_open, find_head, lock_year, opening_of, sum_months
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.privacy import check_text
from unionboard.services.roles import check_not_audit, read_committee


@dataclass(frozen=True, slots=True)
class MonthSums:
    """What came in and went out in a calendar month, net of corrections booked in it."""

    month: int
    in_fen: int
    out_fen: int


@dataclass(frozen=True, slots=True)
class Book:
    """A year's book up to a day, in sums; its lines are in ``services/ledger``.

    Sums by item are net of corrections; ``budget_fen`` holds income and spending items alike, adopted lines and amendments together.
    ``months`` are all twelve; ``items`` are the union's items by code (see ``fund_items.list_items``).
    """

    year: int
    opening_fen: int
    income_fen: dict[str, int]
    spending_fen: dict[str, int]
    budget_fen: dict[str, int]
    months: tuple[MonthSums, ...]
    entry_count: int
    items: dict[str, FundItem]

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
        return not (self.entry_count or self.budget_fen or self.opening_fen)

    def _budget_of(self, direction: Direction) -> int:
        return sum(amount for code, amount in self.budget_fen.items() if self.items[code].direction == direction)


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
    cashier: str = "",
    one_hand: str = "",
    papers: int = 0,
    activity_id: int | None = None,
    claim_id: int | None = None,
    import_key: str = "",
) -> FundEntry:
    """Add a line to the book of ``booked_on``'s year under the next voucher number.

    ``one_hand``: why handler, approver and cashier are not three persons. ``claim_id``: the claim it pays; its state is the caller's.
    Raises: AmountNotPositive, NoSuchFundItem, WrongDirection, PurposeMissing, DateInFuture, DateOutsidePlan (there are plans, but
    neither one of them nor a book that was begun holds the day), PeriodClosed, NoSuchActivity, PrivateNumberTyped, AuditPaysNothing
    (``who`` audits).
    Source: ledger form (经费收支台账), domain notes F.
    """
    require(session, Act.KEEP_BOOKS)
    check_text(purpose, payee, handler, approver, cashier, one_hand)
    row = FundEntry(
        year=booked_on.year,
        voucher=0,
        booked_on=booked_on,
        direction=direction,
        item=item,
        source=source,
        amount_fen=amount_fen,
        purpose=purpose.strip(),
        payee=payee.strip(),
        handler=handler.strip(),
        approver=approver.strip(),
        cashier=cashier.strip(),
        one_hand=one_hand.strip(),
        papers=papers,
        activity_id=activity_id,
        claim_id=claim_id,
        import_key=import_key,
        who=who,
        created_at_utc=now_utc,
    )
    book_entries(session, [row], today=today, who=who, now_utc=now_utc)
    return row


def book_entries(session: Session, rows: Sequence[FundEntry], *, today: date, who: str, now_utc: datetime) -> None:
    """Add lines, in their order, under the next voucher numbers of their years: checked like one, but asking once for each day and item.

    Raises: what ``book_entry`` raises, before anything is added.
    """
    require(session, Act.KEEP_BOOKS)
    check_not_audit(read_committee(session), who)
    items, days = list_items(session), set[date]()
    for row in rows:
        if row.amount_fen <= 0:
            raise AmountNotPositive
        _check_item(items, row.item, row.direction)
        if not row.purpose:
            raise PurposeMissing
        if row.booked_on not in days:
            check_day(session, row.booked_on, today)
            days.add(row.booked_on)
        if row.activity_id is not None:
            activity = session.get(Activity, row.activity_id)
            if activity is None or activity.removed:
                raise NoSuchActivity(id=row.activity_id)
    vouchers = {year: _next_voucher(session, year) for year in sorted({row.year for row in rows})}
    for row in rows:
        row.voucher = vouchers[row.year]
        vouchers[row.year] += 1
    session.add_all(rows)
    record_creations(session, rows, who=who, now_utc=now_utc)


def reverse_entry(
    session: Session, entry_id: int, *, booked_on: date, reason: str, today: date, who: str, now_utc: datetime, import_key: str = ""
) -> FundEntry:
    """Take an entry back by one that names it, with ``reason`` as its purpose. The first line stays as it is; its claim is reversed.

    Raises: NoSuchEntry, EntryIsCorrection, EntryAlreadyReversed, ReasonMissing, CorrectionTooEarly, DateInFuture, DateOutsidePlan,
    PeriodClosed, PrivateNumberTyped, AuditPaysNothing.
    """
    require(session, Act.KEEP_BOOKS)
    check_not_audit(read_committee(session), who)
    entry = session.get(FundEntry, entry_id)
    if entry is None:
        raise NoSuchEntry(id=entry_id)
    if entry.reverses_id is not None:
        raise EntryIsCorrection(voucher=entry.voucher)
    lock_year(session, entry.year)
    earlier = session.exec(select(FundEntry).where(FundEntry.reverses_id == entry_id)).first()
    if earlier is not None:
        raise EntryAlreadyReversed(voucher=entry.voucher, by=earlier.voucher)
    if not reason.strip():
        raise ReasonMissing
    check_text(reason)
    if booked_on < entry.booked_on:
        raise CorrectionTooEarly(day=entry.booked_on)
    check_day(session, booked_on, today)
    row = FundEntry(
        **entry.model_dump(
            exclude={"id", "union_id", "year", "voucher", "booked_on", "purpose", "reverses_id", "import_key", "who", "created_at_utc"}
        ),
        year=booked_on.year,
        voucher=_next_voucher(session, booked_on.year),
        booked_on=booked_on,
        purpose=reason.strip(),
        reverses_id=entry_id,
        import_key=import_key,
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.REVERSE, who=who, now_utc=now_utc)
    claim = session.get(Claim, entry.claim_id) if entry.claim_id is not None else None
    if claim is not None:
        update_row(session, claim, version=claim.version, who=who, now_utc=now_utc, state=ClaimState.REVERSED)
    return row


def set_budget(
    session: Session, *, year: int, item: str, amount_fen: int, who: str, now_utc: datetime, version: int | None = None
) -> BudgetLine:
    """``budget.set_line`` for the union's own funds, the source most budgets know alone. Raises: what that raises."""
    return budget.set_line(session, year=year, item=item, amount_fen=amount_fen, version=version, who=who, now_utc=now_utc)


def set_opening(
    session: Session, *, year: int, opening_fen: int | None, who: str, now_utc: datetime, version: int | None = None
) -> FundYear:
    """What ``year`` starts with (may be negative); None takes last year's closing balance again. ``version`` as in ``set_budget``.

    Raises: StaleSave, PeriodClosed (a month of the year or a later one is closed), AuditPaysNothing.
    """
    check_not_audit(read_committee(session), who)
    row = lock_year(session, year)
    if opening_fen != row.opening_fen:
        check_open(session, date(year, 1, 1))
    seen = row.version if version is None else version or 1  # 1: the row may have been made by a booking since it was looked for
    update_row(session, row, version=seen, who=who, now_utc=now_utc, opening_fen=opening_fen)
    return row


def find_year(session: Session, year: int) -> FundYear | None:
    """The stored head of a year's book, if it has one."""
    return find_head(session, year)


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
    """The book of a calendar year, up to ``as_of`` (inclusive) when given. A constant number of queries, whatever was booked."""
    items: dict[Direction, dict[str, int]] = {side: defaultdict(int) for side in Direction}
    months: dict[Direction, dict[int, int]] = {side: defaultdict(int) for side in Direction}
    entry_count = 0
    for side, item, month, amount_fen, count in sum_months(session, year, as_of=as_of):
        items[side][item] += amount_fen
        months[side][month] += amount_fen
        entry_count += count
    return Book(
        year=year,
        opening_fen=opening_of(session, year),
        income_fen=dict(items[Direction.IN]),
        spending_fen=dict(items[Direction.OUT]),
        budget_fen=budget.sum_budget(session, year, as_of=as_of),
        months=tuple(MonthSums(number, months[Direction.IN][number], months[Direction.OUT][number]) for number in range(1, 13)),
        entry_count=entry_count,
        items=list_items(session),
    )


def _check_item(items: Mapping[str, FundItem], code: str, direction: Direction) -> None:
    fitting = [item.code for item in items.values() if item.direction == direction]
    if code not in fitting:
        refusal = WrongDirection if code in items else NoSuchFundItem
        raise refusal(code=code, codes=", ".join(fitting))


def _next_voucher(session: Session, year: int) -> int:
    lock_year(session, year)
    return session.exec(select(func.coalesce(func.max(FundEntry.voucher), 0)).where(FundEntry.year == year)).one() + 1
