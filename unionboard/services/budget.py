"""The budget of a year: lines by item and source, their adoption, the amendments since, and what is carried into the next year.

``budget`` everywhere = adopted lines + adopted amendments. Lines are edited until the day of adoption; from then on only an amendment,
with a reason and an approval of its own, changes them. All sums are fen. Source: domain notes C6; StuFis' change sets, peers 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, func, select

from unionboard.errors.activities import ReasonMissing
from unionboard.errors.budget import (
    AmendmentDecided,
    AmendmentEmpty,
    ApproverMissing,
    BudgetAdopted,
    BudgetBelowZero,
    BudgetClosed,
    BudgetEmpty,
    BudgetNotAdopted,
    BudgetResolutionMissing,
    NoSuchAmendment,
)
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.fund import BudgetNegative, NoSuchFundItem
from unionboard.errors.saving import StaleSave
from unionboard.models import BudgetAmendment, BudgetLine, Direction, FundEntry, FundSource, FundYear
from unionboard.models.changelog import ChangeAction
from unionboard.money import format_fen
from unionboard.reference import FundItem
from unionboard.services.changes import record_change, update_row
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import find_head, lock_year, signed_amount
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.privacy import check_text
from unionboard.services.roles import check_approver, check_not_audit, read_committee

Pot = tuple[str, FundSource]
"""An item and whose money it is spent (or received) from: what one line of the budget stands for."""


class AmendmentState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """What an amendment adds to an item and source or, negative, takes away."""

    item: str
    source: FundSource
    delta_fen: int


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A change of an adopted budget. ``number`` counts from 1 in a year; only an adopted one counts."""

    id: int
    year: int
    number: int
    state: AmendmentState
    reason: str
    lines: tuple[AmendmentLine, ...]
    adopted_on: date | None
    resolution: str
    approver: str
    who: str
    created_at_utc: datetime
    version: int


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One item out of one source. ``version`` is the line's, 0 when only an amendment made it."""

    item: str
    source: FundSource
    adopted_fen: int
    amended_fen: int
    note: str
    version: int

    @property
    def now_fen(self) -> int:
        return self.adopted_fen + self.amended_fen


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget of a year: rows in the order of the items, amendments by number. ``version`` is that of the book's head, 0 without one."""

    year: int
    lines: tuple[BudgetRow, ...]
    adopted_on: date | None
    resolution: str
    amendments: tuple[AmendmentView, ...]
    is_closed: bool
    version: int

    @property
    def is_empty(self) -> bool:
        """No line has an amount, and nothing was adopted."""
        return self.adopted_on is None and not any(row.adopted_fen for row in self.lines)


@dataclass(frozen=True, slots=True)
class CarryLine:
    """What an item and source has left of its budget at the year's end; ``next_fen`` is what next year's budget already holds for it."""

    item: str
    source: FundSource
    budget_fen: int
    spent_fen: int
    next_fen: int

    @property
    def left_fen(self) -> int:
        return self.budget_fen - self.spent_fen


# --- reading ----------------------------------------------------------------------------------------------------------------------


def sum_budget(session: Session, year: int, *, as_of: date | None = None) -> dict[str, int]:
    """What ``year`` allows, or expects, by item over all sources; items that come to nothing are left out.

    With ``as_of`` only amendments adopted up to that day (inclusive) count. Two queries.
    """
    sums: dict[str, int] = defaultdict(int)
    for (item, _), amount_fen in sum_pots(session, year, as_of=as_of).items():
        sums[item] += amount_fen
    return {item: amount_fen for item, amount_fen in sums.items() if amount_fen}


def sum_pots(session: Session, year: int, *, as_of: date | None = None) -> dict[Pot, int]:
    """The same by item and source, those that come to nothing too."""
    sums: dict[Pot, int] = defaultdict(int)
    for line in session.exec(select(BudgetLine).where(BudgetLine.year == year)):
        sums[line.item, line.source] += line.amount_fen
    for pot, delta_fen in _sum_adopted(_load_amendments(session, year), as_of=as_of).items():
        sums[pot] += delta_fen
    return dict(sums)


def sum_booked(session: Session, year: int, *, as_of: date | None = None) -> dict[Pot, int]:
    """What was booked in ``year`` by item and source, net of corrections. One query."""
    query = select(FundEntry.item, FundEntry.source, func.sum(signed_amount())).where(FundEntry.year == year)
    if as_of is not None:
        query = query.where(FundEntry.booked_on <= as_of)
    rows = session.exec(query.group_by(col(FundEntry.direction), col(FundEntry.item), col(FundEntry.source)))  # as the index is ordered
    return {(item, FundSource(source)): int(fen) for item, source, fen in rows}


def read_budget(session: Session, year: int) -> BudgetView:
    """The lines, the adoption and all amendments of a year. Three queries."""
    head = find_head(session, year)
    lines = {(line.item, line.source): line for line in session.exec(select(BudgetLine).where(BudgetLine.year == year))}
    amendments = _load_amendments(session, year)
    amended = _sum_adopted(amendments)
    pots = sort_pots({*lines, *amended}, list_items(session))
    return BudgetView(
        year=year,
        lines=tuple(_row(pot, lines.get(pot), amended.get(pot, 0)) for pot in pots),
        adopted_on=head.adopted_on if head else None,
        resolution=head.resolution if head else "",
        amendments=tuple(_view(row) for row in amendments),
        is_closed=bool(head and head.closed_at_utc),
        version=head.version if head else 0,
    )


def sort_pots(pots: Iterable[Pot], items: Mapping[str, FundItem]) -> list[Pot]:
    """In the order of the items, and of the sources within an item."""
    places = {code: place for place, code in enumerate(items)}
    sources = list(FundSource)
    return sorted(pots, key=lambda pot: (places.get(pot[0], len(places)), pot[0], sources.index(pot[1])))


def carry_over(session: Session, year: int) -> tuple[CarryLine, ...]:
    """What spending items have left of the budget of ``year``, and what next year's budget holds for them: a proposal, nothing is stored.

    Items without anything left are not in it. Money that was given for a purpose (hardship fund, donations …) keeps it by its source.
    """
    booked, following = sum_booked(session, year), sum_pots(session, year + 1)
    items, budget = list_items(session, with_hidden=True), sum_pots(session, year)
    lines = [
        CarryLine(pot[0], pot[1], budget[pot], booked.get(pot, 0), following.get(pot, 0))
        for pot in sort_pots(budget, items)
        if items[pot[0]].direction == Direction.OUT
    ]
    return tuple(line for line in lines if line.left_fen > 0)


# --- before the adoption --------------------------------------------------------------------------------------------------------------


def set_line(
    session: Session,
    *,
    year: int,
    item: str,
    amount_fen: int,
    who: str,
    now_utc: datetime,
    source: FundSource = FundSource.UNION_FUNDS,
    note: str | None = None,
    version: int | None = None,
) -> BudgetLine:
    """What ``year`` allows (or, for an income item, expects) for ``item`` out of ``source``; 0 takes it away but keeps the line.

    ``version`` is the one the caller saw, 0 when there was no line yet; None overwrites whatever is there. ``note`` None keeps the note.
    Raises: NoSuchFundItem, BudgetNegative, PrivateNumberTyped, AuditPaysNothing, BudgetAdopted, BudgetClosed, StaleSave.
    """
    require(session, Act.PLAN_BUDGET)
    _check_item(session, item)
    if amount_fen < 0:
        raise BudgetNegative
    check_text(note or "")
    check_not_audit(read_committee(session), who)
    _check_open(lock_year(session, year), is_adopted=False)
    query = select(BudgetLine).where(BudgetLine.year == year, BudgetLine.item == item, BudgetLine.source == source)
    row = session.exec(query).first()
    if row is None:
        row = BudgetLine(year=year, item=item, source=source, amount_fen=amount_fen, note=(note or "").strip())
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        return row
    seen = row.version if version is None else version
    if row.version != seen and row.amount_fen != amount_fen:
        raise StaleSave(field=item, theirs=format_fen(row.amount_fen), yours=format_fen(amount_fen))
    told = {} if note is None else {"note": note.strip()}
    update_row(session, row, version=row.version, who=who, now_utc=now_utc, amount_fen=amount_fen, **told)
    return row


def check_editable(session: Session, year: int) -> None:
    """Whether ``set_line`` takes anything. Raises: BudgetAdopted, BudgetClosed."""
    head = find_head(session, year)
    if head is not None:
        _check_open(head, is_adopted=False)


def adopt_budget(
    session: Session, year: int, *, adopted_on: date, resolution: str, today: date, version: int | None, who: str, now_utc: datetime
) -> FundYear:
    """Adopt the budget of ``year`` by a resolution; from now on only amendments change it. Once adopted, day and resolution may be mended.

    ``version`` is that of ``BudgetView``; None overwrites. Raises: BudgetEmpty, BudgetResolutionMissing, PrivateNumberTyped,
    AuditPaysNothing, BudgetClosed, DateInFuture, StaleSave.
    """
    require(session, Act.ADOPT_BUDGET)
    if adopted_on > today:
        raise DateInFuture(day=adopted_on)
    if not resolution.strip():
        raise BudgetResolutionMissing
    check_text(resolution)
    check_not_audit(read_committee(session), who)
    head = lock_year(session, year)
    if head.closed_at_utc is not None:
        raise BudgetClosed(year=year)
    if not any(sum_pots(session, year).values()):
        raise BudgetEmpty(year=year)
    seen = head.version if version is None else version or 1  # 1: the head may have been made since it was looked for
    update_row(session, head, version=seen, who=who, now_utc=now_utc, adopted_on=adopted_on, resolution=resolution.strip())
    return head


# --- amendments -------------------------------------------------------------------------------------------------------------------------


def propose_amendment(
    session: Session, *, year: int, reason: str, lines: Iterable[AmendmentLine], who: str, now_utc: datetime
) -> BudgetAmendment:
    """Propose a change of the adopted budget; it counts only when it is adopted. Amounts for the same item and source are added up.

    Raises: ReasonMissing, PrivateNumberTyped, AuditPaysNothing, AmendmentEmpty, NoSuchFundItem, BudgetNotAdopted, BudgetClosed,
    BudgetBelowZero.
    """
    require(session, Act.PLAN_BUDGET)
    if not reason.strip():
        raise ReasonMissing
    check_text(reason)
    check_not_audit(read_committee(session), who)
    _check_open(lock_year(session, year), is_adopted=True)
    sums: dict[Pot, int] = defaultdict(int)
    for line in lines:
        _check_item(session, line.item)
        sums[line.item, line.source] += line.delta_fen
    deltas = {pot: delta_fen for pot, delta_fen in sums.items() if delta_fen}
    if not deltas:
        raise AmendmentEmpty
    _check_not_below_zero(session, year, deltas)
    last = session.exec(select(func.max(BudgetAmendment.number)).where(BudgetAmendment.year == year)).one()
    row = BudgetAmendment(
        year=year,
        number=(last or 0) + 1,
        reason=reason.strip(),
        lines=[{"item": item, "source": source.value, "delta_fen": delta_fen} for (item, source), delta_fen in deltas.items()],
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def adopt_amendment(
    session: Session,
    amendment_id: int,
    *,
    adopted_on: date,
    resolution: str,
    approver: str,
    today: date,
    version: int,
    who: str,
    now_utc: datetime,
) -> BudgetAmendment:
    """Adopt a proposed amendment: from now on it counts.

    Raises: NoSuchAmendment, AmendmentDecided, ApproverMissing, AuditPaysNothing, NotYoursToApprove, BudgetResolutionMissing,
    PrivateNumberTyped, BudgetClosed, BudgetBelowZero, DateInFuture, StaleSave.
    """
    require(session, Act.ADOPT_BUDGET)
    row = _load_proposed(session, amendment_id)
    if adopted_on > today:
        raise DateInFuture(day=adopted_on)
    if not resolution.strip():
        raise BudgetResolutionMissing
    if not approver.strip():
        raise ApproverMissing
    check_text(resolution)
    check_approver(read_committee(session), approver.strip())
    _check_open(lock_year(session, row.year), is_adopted=True)
    _check_not_below_zero(session, row.year, {(line.item, line.source): line.delta_fen for line in _view(row).lines})
    told = {"adopted_on": adopted_on, "resolution": resolution.strip(), "approver": approver.strip()}
    update_row(session, row, version=version, who=who, now_utc=now_utc, **told)
    return row


def withdraw_amendment(session: Session, amendment_id: int, *, version: int, who: str, now_utc: datetime) -> BudgetAmendment:
    """Take a proposed amendment back; it stays on record.

    Raises: NoSuchAmendment, AmendmentDecided, StaleSave.
    """
    require(session, Act.PLAN_BUDGET)
    row = _load_proposed(session, amendment_id)
    update_row(session, row, version=version, who=who, now_utc=now_utc, withdrawn_at_utc=now_utc)
    return row


def check_amendable(session: Session, row: BudgetAmendment) -> None:
    """Whether a withdrawn amendment could be proposed as it is now. Raises: BudgetNotAdopted, BudgetClosed, BudgetBelowZero."""
    _check_open(lock_year(session, row.year), is_adopted=True)
    _check_not_below_zero(session, row.year, {(line.item, line.source): line.delta_fen for line in _view(row).lines})


# --- parts ------------------------------------------------------------------------------------------------------------------------------


def _load_amendments(session: Session, year: int) -> list[BudgetAmendment]:
    query = select(BudgetAmendment).where(BudgetAmendment.year == year).order_by(col(BudgetAmendment.number))
    return list(session.exec(query))


def _sum_adopted(amendments: Iterable[BudgetAmendment], *, as_of: date | None = None) -> dict[Pot, int]:
    sums: dict[Pot, int] = defaultdict(int)
    for row in amendments:
        if row.adopted_on is not None and (as_of is None or row.adopted_on <= as_of):
            for line in _view(row).lines:
                sums[line.item, line.source] += line.delta_fen
    return dict(sums)


def _view(row: BudgetAmendment) -> AmendmentView:
    state = AmendmentState.WITHDRAWN if row.withdrawn_at_utc else AmendmentState.ADOPTED if row.adopted_on else AmendmentState.PROPOSED
    return AmendmentView(
        id=row.id or 0,
        state=state,
        lines=tuple(AmendmentLine(line["item"], FundSource(line["source"]), line["delta_fen"]) for line in row.lines),
        **row.model_dump(include={"year", "number", "reason", "adopted_on", "resolution", "approver", "who", "created_at_utc", "version"}),
    )


def _row(pot: Pot, line: BudgetLine | None, amended_fen: int) -> BudgetRow:
    item, source = pot
    if line is None:
        return BudgetRow(item, source, adopted_fen=0, amended_fen=amended_fen, note="", version=0)
    return BudgetRow(item, source, adopted_fen=line.amount_fen, amended_fen=amended_fen, note=line.note, version=line.version)


def _check_item(session: Session, code: str) -> None:
    items = list_items(session, with_hidden=True)
    if code not in items:
        raise NoSuchFundItem(code=code, codes=", ".join(items))


def _check_open(head: FundYear, *, is_adopted: bool) -> None:
    if head.closed_at_utc is not None:
        raise BudgetClosed(year=head.year)
    if head.adopted_on is not None and not is_adopted:
        raise BudgetAdopted(year=head.year, day=head.adopted_on)
    if head.adopted_on is None and is_adopted:
        raise BudgetNotAdopted(year=head.year)


def _check_not_below_zero(session: Session, year: int, deltas: Mapping[Pot, int]) -> None:
    now = sum_pots(session, year)
    for pot, delta_fen in deltas.items():
        if now.get(pot, 0) + delta_fen < 0:
            raise BudgetBelowZero(item=pot[0], now=format_fen(now.get(pot, 0)), less=format_fen(-delta_fen))


def _load_proposed(session: Session, amendment_id: int) -> BudgetAmendment:
    row = session.get(BudgetAmendment, amendment_id)
    if row is None:
        raise NoSuchAmendment
    if _view(row).state is not AmendmentState.PROPOSED:
        raise AmendmentDecided(number=row.number)
    return row
