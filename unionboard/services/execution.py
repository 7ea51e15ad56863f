"""How the budget is carried out (预算执行): what items and months may cost beside what they have cost. All sums are fen."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from unionboard.models import Activity, ActivityState, Direction
from unionboard.reference import fund_items
from unionboard.services.fund import Book

NEAR_BUDGET_PCT = 90


class BudgetState(StrEnum):
    UNBUDGETED = "unbudgeted"
    WITHIN = "within"
    NEAR = "near"  # NEAR_BUDGET_PCT or more is spent
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ItemMoney:
    """A spending item: what it may cost and what it has cost. ``share_pct`` is cut, not rounded: 100 is all of it; None: no budget."""

    item: str
    budget_fen: int
    spent_fen: int

    @property
    def share_pct(self) -> int | None:
        return self.spent_fen * 100 // self.budget_fen if self.budget_fen else None

    @property
    def over_fen(self) -> int:
        return max(0, self.spent_fen - self.budget_fen)

    @property
    def state(self) -> BudgetState:
        if not self.budget_fen:
            return BudgetState.UNBUDGETED
        if self.over_fen:
            return BudgetState.OVER
        return BudgetState.NEAR if self.spent_fen * 100 >= NEAR_BUDGET_PCT * self.budget_fen else BudgetState.WITHIN


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """A calendar month: what was planned to be spent, and what was."""

    month: int
    planned_fen: int
    spent_fen: int


def list_items(book: Book) -> list[ItemMoney]:
    """Spending items with a budget or a cost, the largest budget first, those without a budget last."""
    codes = [code for code, item in fund_items().items() if item.direction == Direction.OUT]
    items = [ItemMoney(code, book.budget_fen.get(code, 0), book.spending_fen.get(code, 0)) for code in codes]
    return sorted((one for one in items if one.budget_fen or one.spent_fen), key=lambda one: (-one.budget_fen, -one.spent_fen))


def list_months(session: Session, book: Book) -> list[MonthMoney]:
    """The twelve months of the book's year. An activity's planned budget is spread evenly over the months it is planned for; what the
    budget allows beyond the activities is spread over the year, so that the months add up to the budget."""
    planned: dict[tuple[int, int], int] = defaultdict(int)
    query = select(Activity).where(col(Activity.removed).is_(False), Activity.state != ActivityState.CANCELLED)
    for activity in session.exec(query.where(col(Activity.planned_budget_fen) > 0)):
        first = activity.starts_on.year * 12 + activity.starts_on.month - 1
        last = activity.ends_on.year * 12 + activity.ends_on.month - 1
        share, rest = divmod(activity.planned_budget_fen or 0, last - first + 1)
        for index in range(first, last + 1):
            planned[divmod(index, 12)] += share + (rest if index == last else 0)
    of_activities = sum(planned[book.year, index] for index in range(12))
    share, rest = divmod(max(0, book.total_budget_fen - of_activities), 12)
    spent: dict[int, int] = defaultdict(int)
    for entry in book.entries:
        spent[entry.booked_on.month] += entry.out_fen
    return [MonthMoney(month, planned[book.year, month - 1] + share + (rest if month == 12 else 0), spent[month]) for month in range(1, 13)]
