"""The fund's two figures as facts a component draws: spending items as lying bullets, months as standing columns.

Lengths are per cent of the longest bar, sums arrive in fen, words come from the caller. A status never speaks by colour alone: ``tone``
is near ("yellow") or over ("orange", drawn hatched), and a word says so too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from unionboard.money import format_fen
from unionboard.services.execution import BudgetState, ItemMoney, MonthMoney

_STEPS = (1, 2, 5)
_TONES = {BudgetState.OVER: "orange", BudgetState.NEAR: "yellow", BudgetState.UNBUDGETED: "yellow", BudgetState.WITHIN: ""}


@dataclass(frozen=True, slots=True)
class Bullet:
    """A spending item: its name, spent / budget, share and what is left above; below, on the bar of the budget, what is spent and, after
    it, what is approved and not paid yet."""

    item: str
    name: str
    sums: str
    share: str
    left: str
    tone: str
    spent: float
    approved: float
    budget: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A month: spending on what was planned; ``label`` stands above, ``spoken`` says it all."""

    month: int
    name: str
    label: str
    is_plan: bool  # the label is what was planned, for a month without spending
    is_over: bool
    is_current: bool
    spent: float
    planned: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line: how high (per cent), and the sum it stands for."""

    height: float
    label: str


def write_bullets(
    items: Sequence[ItemMoney], *, names: Mapping[str, str], over: str, unbudgeted: str, left: str = "", chosen: str | None = None
) -> list[Bullet]:
    """One bullet an item. ``over`` is a sentence with ``{n}`` (per cent above the budget), ``left`` one with ``{amount}``, ``unbudgeted``
    a word."""
    span = max((max(item.budget_fen, item.spent_fen + item.approved_fen) for item in items), default=0) or 1
    return [
        Bullet(
            item=item.item,
            name=names[item.item],
            sums=_round(item.spent_fen) + (f" / {_round(item.budget_fen)}" if item.budget_fen else ""),
            share=tell_share(item, over=over, unbudgeted=unbudgeted),
            left=left.format(amount=_round(item.left_fen)) if left and item.budget_fen and not item.over_fen else "",
            tone=_TONES[item.state],
            spent=_share(item.spent_fen, span),
            approved=_share(item.approved_fen, span),
            budget=_share(item.budget_fen, span),
            is_chosen=item.item == chosen,
        )
        for item in items
    ]


def tell_share(item: ItemMoney, *, over: str, unbudgeted: str) -> str:
    """How much of the budget is spent, in words as ``write_bullets`` takes them."""
    if item.state is BudgetState.UNBUDGETED:
        return unbudgeted
    if item.state is BudgetState.OVER:
        return over.format(n=max(1, item.over_fen * 100 // item.budget_fen))  # a few fen too much are over, too
    return f"{item.share_pct}%"


def write_columns(
    months: Sequence[MonthMoney],
    *,
    names: Sequence[str],
    spoken_names: Sequence[str],
    planned: str,
    spent: str,
    tick: Callable[[int], str],
    current: int | None = None,
) -> tuple[list[Column], list[Tick]]:
    """Twelve columns and the grid behind them.

    ``names`` are the twelve labels below, ``spoken_names`` what the months are called aloud, ``planned`` and ``spent`` sentences with
    ``{amount}``; ``tick`` writes a sum (fen) of the grid. ``current`` (1–12) is the month that runs.
    """
    top = max((max(month.planned_fen, month.spent_fen, 0) for month in months), default=0)
    step = choose_step(top)
    span = top or step
    columns = [
        Column(
            month=month.month,
            name=names[month.month - 1],
            label=_round(month.spent_fen) if month.spent_fen > 0 else _round(month.planned_fen) if month.planned_fen else "",
            is_plan=month.spent_fen <= 0,
            is_over=month.spent_fen > month.planned_fen > 0,
            is_current=month.month == current,
            spent=_share(month.spent_fen, span),
            planned=_share(month.planned_fen, span),
            spoken=_month_spoken(month, spoken_names[month.month - 1], planned, spent),
        )
        for month in months
    ]
    return columns, [Tick(_share(value, span), tick(value)) for value in range(step, top + 1, step)]


def choose_step(top_fen: int) -> int:
    """The distance of grid lines (fen, whole yuan) that gives two to four of them below ``top_fen``."""
    power = 100
    while True:
        for factor in _STEPS:
            if top_fen < 5 * factor * power:
                return factor * power
        power *= 10


def _month_spoken(month: MonthMoney, name: str, planned: str, spent: str) -> str:
    words = [name, spent.format(amount=format_fen(month.spent_fen))]
    return " · ".join([*words, planned.format(amount=format_fen(month.planned_fen))] if month.planned_fen else words)


def _share(amount_fen: int, span_fen: int) -> float:
    return round(max(0, amount_fen) * 100 / span_fen, 1)


def _round(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="", decimals=False)
