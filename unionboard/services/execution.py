"""How the budget is carried out (预算执行): planned, approved, paid and left side by side, by item, source and month. All sums are fen.

Planned is what activities are planned to cost, approved what claims were granted and is not paid yet, paid (received) what was booked.
What is left is the budget less both, so that money promised is not promised twice. Source: domain notes C6, peers 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from sqlmodel import Session, col, func, select

from unionboard.models import Activity, ActivityState, Claim, ClaimState, Direction, FundEntry, FundPolicy, FundSource
from unionboard.reference import FundItem, fund_groups
from unionboard.services import budget, fund_items
from unionboard.services.budget import Pot, sort_pots
from unionboard.services.fund import Book
from unionboard.services.fund_years import opening_of, signed_amount

NEAR_BUDGET_PCT = 90
"""Where a union has set no share of its own (``FundPolicy.near_pct``)."""


class BudgetState(StrEnum):
    UNBUDGETED = "unbudgeted"
    WITHIN = "within"
    NEAR = "near"  # NEAR_BUDGET_PCT or more is spent
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ItemMoney:
    """A spending item: what it may cost, what it has cost and what is approved and not paid yet (0 where nobody asked for that).

    ``share_pct`` is cut, not rounded: 100 is all of it; None: no budget.
    """

    item: str
    budget_fen: int
    spent_fen: int
    near_pct: int = NEAR_BUDGET_PCT
    approved_fen: int = 0

    @property
    def share_pct(self) -> int | None:
        return self.spent_fen * 100 // self.budget_fen if self.budget_fen else None

    @property
    def left_fen(self) -> int:
        """What may still be asked for; below zero when more is promised than allowed."""
        return self.budget_fen - self.spent_fen - self.approved_fen

    @property
    def over_fen(self) -> int:
        return max(0, -self.left_fen)

    @property
    def state(self) -> BudgetState:
        return judge_budget(self.budget_fen, self.spent_fen + self.approved_fen, near_pct=self.near_pct)


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """A calendar month: what was planned to be spent, and what was."""

    month: int
    planned_fen: int
    spent_fen: int


@dataclass(frozen=True, slots=True)
class PotMoney:
    """An item out of one source or, ``source`` None, out of all of them; sums of several such are a group's or a side's.

    ``last_year_fen`` was booked the year before. ``planned_fen`` is None where it cannot be told: activities name no source.
    """

    item: str
    source: FundSource | None
    last_year_fen: int
    adopted_fen: int
    amended_fen: int
    planned_fen: int | None
    approved_fen: int
    booked_fen: int
    near_pct: int
    note: str = ""

    @property
    def budget_fen(self) -> int:
        """What the year allows, or expects, now."""
        return self.adopted_fen + self.amended_fen

    @property
    def used_fen(self) -> int:
        """Paid, and approved to be paid."""
        return self.booked_fen + self.approved_fen

    @property
    def left_fen(self) -> int:
        """Below zero when more is used than allowed; of an income item what is still to come."""
        return self.budget_fen - self.used_fen

    @property
    def share_pct(self) -> int | None:
        """The rate of execution, cut, not rounded: booked of the budget; None: no budget."""
        return self.booked_fen * 100 // self.budget_fen if self.budget_fen else None

    @property
    def state(self) -> BudgetState:
        """How a spending item stands, with what is approved counted as spent."""
        return judge_budget(self.budget_fen, self.used_fen, near_pct=self.near_pct)

    @property
    def is_empty(self) -> bool:
        """There is no figure in it."""
        return not any((self.last_year_fen, self.adopted_fen, self.amended_fen, self.planned_fen, self.approved_fen, self.booked_fen))


@dataclass(frozen=True, slots=True)
class ItemExecution:
    """An item with its sources; ``sources`` is empty where all of it is the union's own funds."""

    whole: PotMoney
    sources: tuple[PotMoney, ...]


@dataclass(frozen=True, slots=True)
class GroupExecution:
    """Items of one side that stand under one heading of the chart (``code`` of fund_groups; "" for income)."""

    code: str
    direction: Direction
    items: tuple[ItemExecution, ...]
    total: PotMoney


@dataclass(frozen=True, slots=True)
class Execution:
    """A year's budget and its execution. ``unplaced_fen`` is planned by activities whose item nobody has said."""

    year: int
    opening_fen: int
    groups: tuple[GroupExecution, ...]
    income: PotMoney
    spending: PotMoney
    unplaced_fen: int

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.opening_fen

    @property
    def means_fen(self) -> int:
        """What may be spent: carried over and expected; where no income is budgeted, what has come in."""
        return self.opening_fen + (self.income.budget_fen or self.income.booked_fen)

    @property
    def planned_fen(self) -> int:
        """What all activities are to cost."""
        return (self.spending.planned_fen or 0) + self.unplaced_fen

    @property
    def planned_balance_fen(self) -> int:
        """Left at the year's end if all goes by the budget; below zero, more is allowed than there is."""
        return self.means_fen - self.spending.budget_fen


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """An activity with money planned for a year. ``item`` is None as long as nobody has said it and nothing is booked or claimed for it;
    ``suggested`` is what activities of its kind were mostly booked on."""

    id: int
    title: str
    area: str
    starts_on: date
    ends_on: date
    planned_fen: int
    item: str | None
    is_said: bool
    suggested: str | None
    version: int


def judge_budget(budget_fen: int, used_fen: int, *, near_pct: int = NEAR_BUDGET_PCT) -> BudgetState:
    """Near from ``near_pct`` of the budget on, over from the first fen beyond it."""
    if not budget_fen:
        return BudgetState.UNBUDGETED
    if used_fen > budget_fen:
        return BudgetState.OVER
    return BudgetState.NEAR if used_fen * 100 >= near_pct * budget_fen else BudgetState.WITHIN


def read_near_pct(session: Session) -> int:
    """From which share of a budget on the union calls it near."""
    policy = session.exec(select(FundPolicy)).first()
    return policy.near_pct if policy else NEAR_BUDGET_PCT


def list_items(session: Session, book: Book) -> list[ItemMoney]:
    """Spending items with a budget, a cost or a promise, the largest budget first, those without a budget last. What is approved and not
    paid yet counts as used, and near is what the union itself calls near. Two queries."""
    approved: dict[str, int] = defaultdict(int)
    for (item, _), fen in _sum_approved(session, book.year).items():
        approved[item] += fen
    near_pct = read_near_pct(session)
    codes = [code for code, item in book.items.items() if item.direction == Direction.OUT]
    items = [ItemMoney(code, book.budget_fen.get(code, 0), book.spending_fen.get(code, 0), near_pct, approved[code]) for code in codes]
    shown = (one for one in items if one.budget_fen or one.spent_fen or one.approved_fen)
    return sorted(shown, key=lambda one: (-one.budget_fen, -one.spent_fen))


def list_months(session: Session, book: Book) -> list[MonthMoney]:
    """The twelve months of the book's year. An activity's planned budget is spread evenly over the months it is planned for; what the
    budget allows beyond the activities is spread over the year, so that the months add up to the budget."""
    planned: dict[int, int] = defaultdict(int)
    for activity in _load_planned(session):
        for month, share_fen in _spread(activity, book.year):
            planned[month] += share_fen
    share, rest = divmod(max(0, book.total_budget_fen - sum(planned.values())), 12)
    return [MonthMoney(sums.month, planned[sums.month] + share + (rest if sums.month == 12 else 0), sums.out_fen) for sums in book.months]


def read_execution(session: Session, year: int, *, as_of: date | None = None) -> Execution:
    """The budget of ``year`` and its execution up to ``as_of`` (inclusive) when given. A constant number of queries."""
    union_items = fund_items.list_items(session)
    view = budget.read_budget(session, year)
    rows = {(row.item, row.source): row for row in view.lines}
    booked, before = budget.sum_booked(session, year, as_of=as_of), budget.sum_booked(session, year - 1)
    approved = _sum_approved(session, year)
    planned = _sum_planned(session, year)
    near_pct = read_near_pct(session)

    def make(pot: Pot) -> PotMoney:
        row = rows.get(pot)
        return PotMoney(
            item=pot[0],
            source=pot[1],
            last_year_fen=before.get(pot, 0),
            adopted_fen=row.adopted_fen if row else 0,
            amended_fen=row.amended_fen if row else 0,
            planned_fen=None,
            approved_fen=approved.get(pot, 0),
            booked_fen=booked.get(pot, 0),
            near_pct=near_pct,
            note=row.note if row else "",
        )

    pots = [make(pot) for pot in sort_pots({*rows, *booked, *before, *approved}, union_items)]
    by_item = {item: tuple(found) for item, found in groupby((pot for pot in pots if not pot.is_empty), key=lambda pot: pot.item)}
    items = [_make_item(code, by_item.get(code, ()), planned.get(code, 0), near_pct) for code in union_items]
    groups = tuple(_gather(union_items, [item for item in items if not item.whole.is_empty], near_pct))
    return Execution(
        year=year,
        opening_fen=opening_of(session, year),
        groups=groups,
        income=_total([group.total for group in groups if group.direction is Direction.IN], near_pct),
        spending=_total([group.total for group in groups if group.direction is Direction.OUT], near_pct),
        unplaced_fen=planned.get(None, 0),
    )


def list_planned(session: Session, year: int) -> tuple[PlannedActivity, ...]:
    """Activities with money planned for ``year``, in the order of their days, with the item it is planned on as far as that is known."""
    known = _items_of_activities(session)
    rows = _load_planned(session)
    habits = {} if all(row.fund_item or row.id in known for row in rows) else _habits(session)
    return tuple(
        PlannedActivity(
            id=activity.id or 0,
            title=activity.title,
            area=activity.area,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
            planned_fen=planned_fen,
            item=activity.fund_item or known.get(activity.id or 0),
            is_said=bool(activity.fund_item),
            suggested=habits.get(activity.area),
            version=activity.version,
        )
        for activity in sorted(rows, key=lambda one: (one.starts_on, one.position, one.id or 0))
        if (planned_fen := sum(share_fen for _, share_fen in _spread(activity, year)))
    )


# --- parts ------------------------------------------------------------------------------------------------------------------------------


def _load_planned(session: Session) -> list[Activity]:
    query = select(Activity).where(col(Activity.removed).is_(False), Activity.state != ActivityState.CANCELLED)
    return list(session.exec(query.where(col(Activity.planned_budget_fen) > 0)))


def _spread(activity: Activity, year: int) -> Iterator[tuple[int, int]]:
    """Months of ``year`` with their share of what the activity is planned to cost; its last month takes the rest."""
    first = activity.starts_on.year * 12 + activity.starts_on.month - 1
    last = activity.ends_on.year * 12 + activity.ends_on.month - 1
    share, rest = divmod(activity.planned_budget_fen or 0, last - first + 1)
    for index in range(max(first, year * 12), min(last, year * 12 + 11) + 1):
        yield index % 12 + 1, share + (rest if index == last else 0)


def _sum_approved(session: Session, year: int) -> dict[Pot, int]:
    query = select(Claim.item, Claim.source, func.sum(Claim.amount_fen)).where(Claim.year == year, Claim.state == ClaimState.APPROVED)
    return {(item, FundSource(source)): int(fen) for item, source, fen in session.exec(query.group_by(col(Claim.item), col(Claim.source)))}


def _sum_planned(session: Session, year: int) -> dict[str | None, int]:
    """What activities plan for ``year`` by item, None for those without one."""
    known = _items_of_activities(session)
    sums: dict[str | None, int] = defaultdict(int)
    for activity in _load_planned(session):
        planned_fen = sum(share_fen for _, share_fen in _spread(activity, year))
        sums[activity.fund_item or known.get(activity.id or 0)] += planned_fen
    return dict(sums)


def _items_of_activities(session: Session) -> dict[int, str]:
    """The item most of an activity's money was spent on or, before anything was booked, asked for. Two queries."""
    claimed = select(Claim.activity_id, Claim.item, func.sum(Claim.amount_fen)).where(
        col(Claim.state).in_([ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.APPROVED]), Claim.item != ""
    )
    booked = select(FundEntry.activity_id, FundEntry.item, func.sum(signed_amount())).where(FundEntry.direction == Direction.OUT)
    found: dict[int, str] = {}
    for query, activity_id, item in (
        (claimed, col(Claim.activity_id), col(Claim.item)),
        (booked, col(FundEntry.activity_id), col(FundEntry.item)),
    ):
        rows = session.exec(query.where(activity_id.is_not(None)).group_by(activity_id, item).order_by(item)).all()
        found |= {one: code for one, code, fen in sorted(rows, key=lambda row: row[2]) if one is not None and fen > 0}
    return found


def _habits(session: Session) -> dict[str, str]:
    """The item most was spent on for activities of each work area. One query."""
    query = (
        select(Activity.area, FundEntry.item, func.sum(signed_amount()))
        .join(FundEntry, col(FundEntry.activity_id) == col(Activity.id))
        .where(FundEntry.direction == Direction.OUT)
        .group_by(col(Activity.area), col(FundEntry.item))
        .order_by(col(FundEntry.item))
    )
    return {area: item for area, item, fen in sorted(session.exec(query).all(), key=lambda row: row[2]) if fen > 0}


def _make_item(code: str, pots: tuple[PotMoney, ...], planned_fen: int, near_pct: int) -> ItemExecution:
    whole = _total(pots, near_pct, item=code, planned_fen=planned_fen)
    is_plain = all(pot.source is FundSource.UNION_FUNDS for pot in pots)
    return ItemExecution(whole, () if is_plain else pots)


def _gather(items: Mapping[str, FundItem], rows: Iterable[ItemExecution], near_pct: int) -> Iterator[GroupExecution]:
    """Rows under the headings of the chart, in its order; the items come in that order already."""
    heads = {"": Direction.IN, **dict.fromkeys(fund_groups(), Direction.OUT)}
    found: dict[str, list[ItemExecution]] = defaultdict(list)
    for row in rows:
        item = items[row.whole.item]
        found["" if item.direction == Direction.IN else item.group].append(row)
    for code, direction in heads.items():
        if found[code]:
            yield GroupExecution(code, direction, tuple(found[code]), _total([row.whole for row in found[code]], near_pct))


def _total(pots: Iterable[PotMoney], near_pct: int, *, item: str = "", planned_fen: int | None = None) -> PotMoney:
    pots = tuple(pots)
    return PotMoney(
        item=item,
        source=None,
        last_year_fen=sum(pot.last_year_fen for pot in pots),
        adopted_fen=sum(pot.adopted_fen for pot in pots),
        amended_fen=sum(pot.amended_fen for pot in pots),
        planned_fen=sum(pot.planned_fen or 0 for pot in pots) if planned_fen is None else planned_fen,
        approved_fen=sum(pot.approved_fen for pot in pots),
        booked_fen=sum(pot.booked_fen for pot in pots),
        near_pct=near_pct,
        note="; ".join(pot.note for pot in pots if pot.note) if item else "",
    )
