"""The year of all unions below an upper one, side by side: what is done, late, spent and proven, and who has not handed in. No persons.

The figures are those of each union's own board (``board``, ``activities``, ``coverage``, ``fund``), worked out by the database for all
unions at once: as many queries for a thousand unions as for one. A test holds them against the board of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, false, not_, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from unionboard.alphabet import rank_text
from unionboard.models import (
    Activity,
    ActivityState,
    BudgetAmendment,
    BudgetLine,
    CheckOff,
    DatePrecision,
    Direction,
    DutyKind,
    Evidence,
    FundEntry,
    Occurrence,
    OwnItem,
    Plan,
    SummaryDraft,
    Union,
)
from unionboard.reference import fund_items
from unionboard.services.fund_years import signed_amount
from unionboard.services.guard import actor_of, require
from unionboard.services.permissions import Act

Month = tuple[int, int]
"""Year and month, 1 to 12."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of one union or of several: ``done`` of ``due`` activities that were held in it or else should end in it."""

    due: int = 0
    done: int = 0
    late: int = 0

    @property
    def share_pct(self) -> int | None:
        """Whole per cent, rounded down; None: nothing was due."""
        return share_pct(self.done, self.due)


@dataclass(frozen=True, slots=True)
class Money:
    """The book of the calendar year, in fen: spent up to the day, and what the budget allows, amendments included."""

    spent_fen: int = 0
    budget_fen: int = 0

    @property
    def share_pct(self) -> int | None:
        """Whole per cent, rounded down; None: there is no budget."""
        return share_pct(self.spent_fen, self.budget_fen)


@dataclass(frozen=True, slots=True)
class UnionYear:
    """One union's year. ``year``: the whole plan, also what stands in no month. ``held`` check-offs, ``proven`` of them with papers.

    ``plan_id`` None: no plan of that year. ``drafted``: a summary was begun, ``handed_in_at_utc``: when it was finalised.
    ``last_entry_at_utc``: the newest check-off or line of the book. ``money`` None: not for whoever asks.
    """

    union_id: int
    name: str
    plan_id: int | None = None
    year: Cell = Cell()
    months: Mapping[Month, Cell] = field(default_factory=dict)
    held: int = 0
    proven: int = 0
    money: Money | None = None
    drafted: bool = False
    handed_in_at_utc: datetime | None = None
    last_entry_at_utc: datetime | None = None

    @property
    def evidence_pct(self) -> int | None:
        """Whole per cent, rounded down; None: nothing was held."""
        return share_pct(self.proven, self.held)


@dataclass(frozen=True, slots=True)
class Overview:
    """All unions below, by name, and their sums; ``months`` from the first to the last of their plans."""

    plan_year: int
    as_of: date
    unions: tuple[UnionYear, ...]
    months: tuple[Month, ...]

    @property
    def whole(self) -> Cell:
        return add_cells(one.year for one in self.unions)

    def month(self, month: Month) -> Cell:
        """A month of all of them."""
        return add_cells(one.months[month] for one in self.unions if month in one.months)

    @property
    def held(self) -> int:
        return sum(one.held for one in self.unions)

    @property
    def proven(self) -> int:
        return sum(one.proven for one in self.unions)

    @property
    def money(self) -> Money | None:
        told = [one.money for one in self.unions if one.money is not None]
        return Money(sum(one.spent_fen for one in told), sum(one.budget_fen for one in told)) if told else None

    @property
    def without_plan(self) -> int:
        return sum(one.plan_id is None for one in self.unions)

    @property
    def without_evidence(self) -> int:
        """Unions that held something and have not one paper for any of it."""
        return sum(one.held > 0 and one.proven == 0 for one in self.unions)

    @property
    def handed_in(self) -> int:
        return sum(one.handed_in_at_utc is not None for one in self.unions)


@dataclass(frozen=True, slots=True)
class UnionActivity:
    """An activity as the upper union sees it: what and when, never who."""

    id: int
    title: str
    area: str
    precision: DatePrecision
    starts_on: date
    ends_on: date
    done_on: date | None
    is_partial: bool
    is_cancelled: bool
    is_late: bool
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class UnionItem:
    """A spending item of one union's book; ``name`` is empty where it is the official one."""

    item: str
    name: str
    money: Money


@dataclass(frozen=True, slots=True)
class UnionDetails:
    """What stands behind a row, or behind one cell of it."""

    activities: tuple[UnionActivity, ...]
    items: tuple[UnionItem, ...] | None


def share_pct(part: int, whole: int) -> int | None:
    """Whole per cent, rounded down: 100 only when nothing is missing; None of nothing."""
    return part * 100 // whole if whole else None


def add_cells(cells: Iterable[Cell]) -> Cell:
    """Cells as one."""
    listed = list(cells)
    return Cell(sum(one.due for one in listed), sum(one.done for one in listed), sum(one.late for one in listed))


def list_years(session: Session) -> list[int]:
    """The years of plans of the unions below, newest first. One query."""
    require(session, Act.SEE_YEAR)
    query = select(Plan.year).where(col(Plan.union_id).in_(_below(session))).distinct()
    return sorted(session.exec(query), reverse=True)


# --- the overview -----------------------------------------------------------------------------------------------------------------------


def read_overview(session: Session, year: int, *, today: date) -> Overview:
    """The plans known by ``year`` of the unions below (``db.reading(below=…)``) as they stand on ``today`` (inclusive), and the books of
    the calendar year ``year``; of several plans of a union the earliest. Nine queries. Raises: NotYours."""
    require(session, Act.SEE_YEAR)
    below = _below(session)
    plans = _find_plans(session, below, year)
    plan_ids = [plan.id for plan in plans.values()]
    cells = _sum_activities(session, plan_ids, today=today)
    evidence = _sum_evidence(session, plan_ids, today=today)
    spent, budgets, booked_at = _sum_money(session, below, year, today=today)
    finals = _find_finals(session, plan_ids)
    sees_money = _sees_money(session)
    unions = []
    names = session.exec(select(Union.id, Union.name).where(col(Union.id).in_(below)).order_by(col(Union.id))).all()
    for union_id, name in sorted(names, key=lambda one: rank_text(one[1])):
        plan, mine = plans.get(union_id or 0), cells.get(union_id or 0, {})
        held, proven, ticked_at = evidence.get(union_id or 0, (0, 0, None))
        drafted, handed_in = finals.get(union_id or 0, (False, None))
        moments = [moment for moment in (ticked_at, booked_at.get(union_id or 0)) if moment is not None]
        unions.append(
            UnionYear(
                union_id=union_id or 0,
                name=name,
                plan_id=plan.id if plan else None,
                year=add_cells(mine.values()),
                months={month: cell for month, cell in sorted(mine.items(), key=lambda one: one[0] or (0, 0)) if month is not None},
                held=held,
                proven=proven,
                money=Money(spent.get(union_id or 0, 0), budgets.get(union_id or 0, 0)) if sees_money else None,
                drafted=drafted,
                handed_in_at_utc=handed_in,
                last_entry_at_utc=max(moments, default=None),
            )
        )
    return Overview(year, today, tuple(unions), _list_months(plans.values(), year))


def read_details(session: Session, union_id: int, year: int, *, today: date, month: Month | None = None) -> UnionDetails:
    """What stands behind a union's row, or behind its cell of ``month``: activities by day and the book by item. Seven queries.

    Empty for a union that is not below. Raises: NotYours.
    """
    require(session, Act.SEE_YEAR)
    below = [one for one in _below(session) if one == union_id]
    plans = _find_plans(session, below, year)
    activities = _list_activities(session, [plan.id for plan in plans.values()], today=today, month=month)
    return UnionDetails(activities, _list_items(session, below, year, today=today) if _sees_money(session) else None)


# --- parts ------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PlanSpan:
    id: int
    starts_on: date
    ends_on: date


def _below(session: Session) -> Sequence[int]:
    return tuple(session.info.get("below", ()))


def _sees_money(session: Session) -> bool:
    actor = actor_of(session)
    return actor is None or actor.may(Act.SEE_MONEY)


def _find_plans(session: Session, below: Sequence[int], year: int) -> dict[int, _PlanSpan]:
    """By union, as ``plans.plan_of_year`` finds them."""
    columns = (col(Plan.union_id), col(Plan.id), col(Plan.starts_on), col(Plan.ends_on))
    query = select_columns(*columns).where(col(Plan.year) == year, col(Plan.union_id).in_(below))
    found: dict[int, _PlanSpan] = {}
    for union_id, plan_id, starts_on, ends_on in session.execute(query.order_by(col(Plan.starts_on), col(Plan.id))):
        found.setdefault(union_id or 0, _PlanSpan(plan_id or 0, starts_on, ends_on))
    return found


def _list_months(plans: Iterable[_PlanSpan], year: int) -> tuple[Month, ...]:
    spans = list(plans) or [_PlanSpan(0, date(year, 1, 1), date(year, 12, 31))]
    first = min(plan.starts_on.year * 12 + plan.starts_on.month - 1 for plan in spans)
    last = max(plan.ends_on.year * 12 + plan.ends_on.month - 1 for plan in spans)
    return tuple((index // 12, index % 12 + 1) for index in range(first, last + 1))


def _is_live(today: date) -> ColumnElement[bool]:
    return and_(col(CheckOff.undone_at_utc).is_(None), func.coalesce(col(CheckOff.done_to), col(CheckOff.done_on)) <= today)


@dataclass(frozen=True, slots=True)
class _Judged:
    """``activities.judge_status`` and what the board makes of it, in SQL; both stay in step by a test."""

    last: Subquery
    turns: Subquery
    done: ColumnElement[bool]
    cancelled: ColumnElement[bool]
    counted: ColumnElement[bool]
    late: ColumnElement[bool]
    day: ColumnElement[date | None]

    @classmethod
    def of(cls, plan_ids: Sequence[int], *, today: date) -> "_Judged":
        of_these = col(Activity.plan_id).in_(plan_ids)
        newest_first = (col(CheckOff.done_on).desc(), col(CheckOff.id).desc())
        last = (
            select_columns(
                col(CheckOff.activity_id),
                col(CheckOff.done_on),
                col(CheckOff.is_partial),
                func.row_number().over(partition_by=col(CheckOff.activity_id), order_by=newest_first).label("place"),
            )
            .join(Activity, col(Activity.id) == CheckOff.activity_id)
            .where(of_these, _is_live(today))
            .subquery("last")
        )
        ticked = and_(col(CheckOff.occurrence_id) == Occurrence.id, col(CheckOff.activity_id) == Occurrence.activity_id, _is_live(today))
        turns = (
            select_columns(
                col(Occurrence.activity_id), func.count(col(Occurrence.id)).label("all"), func.count(col(CheckOff.id)).label("done")
            )
            .join(Activity, col(Activity.id) == Occurrence.activity_id)
            .outerjoin(CheckOff, ticked)
            .where(of_these)
            .group_by(col(Occurrence.activity_id))
            .subquery("turns")
        )
        is_one_off = col(Activity.duty) == DutyKind.ONE_OFF
        is_called_off = col(Activity.state) == ActivityState.CANCELLED
        is_held = last.c.activity_id.is_not(None)
        is_vague = col(Activity.precision).in_([DatePrecision.PERIOD, DatePrecision.HALF_YEAR])
        is_kept = and_(not_(is_called_off), func.coalesce(turns.c.all, 0) > 0, turns.c.all == turns.c.done)
        done = or_(and_(is_one_off, is_held, last.c.is_partial == false()), and_(not_(is_one_off), is_kept))
        cancelled = and_(is_called_off, or_(not_(is_one_off), not_(is_held)))
        return cls(
            last=last,
            turns=turns,
            done=done,
            cancelled=cancelled,
            counted=and_(not_(cancelled), or_(is_one_off, is_kept)),
            late=and_(is_one_off, not_(is_held), not_(is_called_off), col(Activity.ends_on) < today),
            day=case((and_(is_one_off, or_(is_held, not_(is_vague))), func.coalesce(last.c.done_on, col(Activity.ends_on))), else_=None),
        )

    def attach(self, query: Any) -> Any:
        """To a query of activities."""
        query = query.outerjoin(self.last, and_(self.last.c.activity_id == Activity.id, self.last.c.place == 1))
        return query.outerjoin(self.turns, self.turns.c.activity_id == Activity.id)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum_activities(session: Session, plan_ids: Sequence[int], *, today: date) -> dict[int, dict[Month | None, Cell]]:
    """By union and month; None: what stands in no month (kept duties, what was planned for half a year or the whole of it)."""
    judged = _Judged.of(plan_ids, today=today)
    month = (func.extract("year", judged.day).label("y"), func.extract("month", judged.day).label("m"))
    query = select_columns(col(Activity.union_id), *month, _count(judged.counted), _count(judged.done), _count(judged.late))
    query = judged.attach(query.select_from(Activity)).where(col(Activity.plan_id).in_(plan_ids), col(Activity.removed).is_(False))
    cells: dict[int, dict[Month | None, Cell]] = defaultdict(dict)
    for union_id, y, m, due, done, late in session.execute(query.group_by(col(Activity.union_id), *month)):
        cells[union_id][None if y is None else (int(y), int(m))] = Cell(int(due), int(done), int(late))
    return cells


def _has_papers() -> ColumnElement[bool]:
    papers = select_columns(true()).where(col(Evidence.check_off_id) == CheckOff.id, col(Evidence.removed_at_utc).is_(None))
    return papers.correlate(CheckOff).exists()


def _sum_evidence(session: Session, plan_ids: Sequence[int], *, today: date) -> dict[int, tuple[int, int, datetime | None]]:
    """By union: check-offs, those with papers, when the newest was made."""
    query = (
        select_columns(col(CheckOff.union_id), func.count(), _count(_has_papers()), func.max(col(CheckOff.created_at_utc)))
        .join(Activity, col(Activity.id) == CheckOff.activity_id)
        .where(col(Activity.plan_id).in_(plan_ids), col(Activity.removed).is_(False), _is_live(today))
        .group_by(col(CheckOff.union_id))
    )
    return {union_id: (held, int(proven), newest) for union_id, held, proven, newest in session.execute(query)}


def _is_spending(item: Any) -> ColumnElement[bool]:
    """Whether a budget line's item is one of spending: an official one, or an own one of its union's."""
    official = [code for code, one in fund_items().items() if one.direction == Direction.OUT]
    return or_(item.in_(official), col(OwnItem.direction) == Direction.OUT)


def _sum_money(
    session: Session, below: Sequence[int], year: int, *, today: date
) -> tuple[dict[int, int], dict[int, int], dict[int, datetime]]:
    """By union: spent, allowed, and when the newest line was booked. Four queries; what amends a budget is a list in its row."""
    if not _sees_money(session):
        return {}, {}, {}
    entries = select_columns(
        col(FundEntry.union_id),
        func.sum(case((col(FundEntry.direction) == Direction.OUT, signed_amount()), else_=0)),
        func.max(col(FundEntry.created_at_utc)),
    ).where(col(FundEntry.year) == year, col(FundEntry.booked_on) <= today, col(FundEntry.union_id).in_(below))
    rows = session.execute(entries.group_by(col(FundEntry.union_id))).all()
    lines = (
        select_columns(col(BudgetLine.union_id), func.sum(col(BudgetLine.amount_fen)))
        .outerjoin(OwnItem, and_(col(OwnItem.union_id) == BudgetLine.union_id, col(OwnItem.code) == BudgetLine.item))
        .where(col(BudgetLine.year) == year, col(BudgetLine.union_id).in_(below), _is_spending(col(BudgetLine.item)))
        .group_by(col(BudgetLine.union_id))
    )
    budgets: dict[int, int] = defaultdict(int, {union_id: int(fen) for union_id, fen in session.execute(lines)})
    for union_id, _, fen in _list_amended(session, below, year, today=today):
        budgets[union_id] += fen
    return {row[0]: int(row[1]) for row in rows}, dict(budgets), {row[0]: row[2] for row in rows}


def _list_amended(session: Session, below: Sequence[int], year: int, *, today: date) -> list[tuple[int, str, int]]:
    """What adopted amendments add to spending: union, item, fen. Two queries."""
    query = select(BudgetAmendment.union_id, BudgetAmendment.lines).where(
        BudgetAmendment.year == year, col(BudgetAmendment.adopted_on) <= today, col(BudgetAmendment.union_id).in_(below)
    )
    told = [(union_id or 0, line) for union_id, lines in session.exec(query) for line in lines]
    own = select(OwnItem.union_id, OwnItem.code).where(OwnItem.direction == Direction.OUT, col(OwnItem.union_id).in_(below))
    is_spent = {(union_id or 0, code) for union_id, code in session.exec(own)}
    official = {code for code, one in fund_items().items() if one.direction == Direction.OUT}
    return [(one, line["item"], line["delta_fen"]) for one, line in told if line["item"] in official or (one, line["item"]) in is_spent]


def _find_finals(session: Session, plan_ids: Sequence[int]) -> dict[int, tuple[bool, datetime | None]]:
    """By union: that a summary of the plan was begun, and when one was last finalised."""
    query = select_columns(col(SummaryDraft.union_id), func.max(col(SummaryDraft.finalised_at_utc))).where(
        col(SummaryDraft.plan_id).in_(plan_ids)
    )
    return {union_id: (True, finalised) for union_id, finalised in session.execute(query.group_by(col(SummaryDraft.union_id)))}


def _list_activities(session: Session, plan_ids: Sequence[int], *, today: date, month: Month | None) -> tuple[UnionActivity, ...]:
    """What the board counts, and what was cancelled; in ``month`` what its cell counts."""
    judged = _Judged.of(plan_ids, today=today)
    proven = (
        select_columns(true()).where(col(CheckOff.activity_id) == Activity.id, _is_live(today), _has_papers()).correlate(Activity).exists()
    )
    columns: tuple[Any, ...] = (Activity.id, Activity.title, Activity.area, Activity.precision, Activity.starts_on, Activity.ends_on)
    query = select_columns(
        *columns, judged.last.c.done_on, judged.last.c.is_partial, judged.cancelled, judged.late, judged.done, judged.day, proven
    )
    query = judged.attach(query.select_from(Activity)).where(col(Activity.plan_id).in_(plan_ids), col(Activity.removed).is_(False))
    query = query.where(or_(judged.counted, judged.cancelled))
    rows = []
    for id_, title, area, precision, starts_on, ends_on, done_on, is_partial, cancelled, late, done, day, has_papers in session.execute(
        query
    ):
        if month is None or (day is not None and (day.year, day.month) == month):
            held_on = done_on if done or is_partial else None
            rows.append(
                UnionActivity(
                    id_,
                    title,
                    area,
                    precision,
                    starts_on,
                    ends_on,
                    held_on,
                    bool(is_partial),
                    bool(cancelled),
                    bool(late),
                    bool(has_papers),
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.done_on or row.ends_on, row.id)))


def _list_items(session: Session, below: Sequence[int], year: int, *, today: date) -> tuple[UnionItem, ...]:
    """Spending items with a budget or a cost, the largest budget first."""
    spent_query = select(FundEntry.item, func.sum(signed_amount())).where(
        FundEntry.year == year, FundEntry.direction == Direction.OUT, FundEntry.booked_on <= today, col(FundEntry.union_id).in_(below)
    )
    spent = {item: int(fen) for item, fen in session.exec(spent_query.group_by(col(FundEntry.item)))}
    own_query = select(OwnItem).where(col(OwnItem.union_id).in_(below), OwnItem.direction == Direction.OUT)
    names = {row.code: row.name for row in session.exec(own_query)}
    items = {code for code, one in fund_items().items() if one.direction == Direction.OUT} | names.keys()
    lines = select(BudgetLine.item, func.sum(col(BudgetLine.amount_fen))).where(
        BudgetLine.year == year, col(BudgetLine.union_id).in_(below)
    )
    budget: dict[str, int] = defaultdict(int)
    for item, fen in session.exec(lines.group_by(col(BudgetLine.item))):
        budget[item] += int(fen)
    for _, item, fen in _list_amended(session, below, year, today=today):
        budget[item] += fen
    found = [UnionItem(code, names.get(code, ""), Money(spent.get(code, 0), budget.get(code, 0))) for code in items]
    shown = [one for one in found if one.money.spent_fen or one.money.budget_fen]
    return tuple(sorted(shown, key=lambda one: (-one.money.budget_fen, -one.money.spent_fen, one.item)))
