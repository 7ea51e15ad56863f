"""The figures of the board: where the year stands on a day, each with the activities behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from unionboard.models import DatePrecision, DutyKind, Plan
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.execution import BudgetState, ItemMoney

NEXT_DAYS = 30
LATELY_DAYS = 30
_ORDER = (
    Status.DONE,
    Status.PARTLY,
    Status.STANDING,
    Status.UNDER_WAY,
    Status.LATE,
    Status.POSTPONED,
    Status.COMING,
    Status.CANCELLED,
)
_OPEN = (Status.COMING, Status.UNDER_WAY, Status.POSTPONED)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A work area and its activities: done ones first, cancelled ones last, by time within. ``done`` of ``counted`` as on the board."""

    code: str
    activities: tuple[ActivityView, ...]
    done: int
    counted: int


@dataclass(frozen=True, slots=True)
class Board:
    """Where a plan stands on ``as_of``.

    ``counted`` holds one-off activities and finished duties, without cancelled ones; ``done`` those of them done whole.
    ``late``: longest first. ``upcoming``: open ones that touch the next 30 days. ``done_lately``: within the last 30 days, newest first.
    ``duties``: standing and recurring duties with turns left. ``check_offs`` counts all live ones, ``proven`` those with evidence.
    """

    as_of: date
    activities: tuple[ActivityView, ...]
    counted: tuple[ActivityView, ...]
    done: tuple[ActivityView, ...]
    late: tuple[ActivityView, ...]
    upcoming: tuple[ActivityView, ...]
    done_lately: tuple[ActivityView, ...]
    duties: tuple[ActivityView, ...]
    unproven: tuple[ActivityView, ...]
    check_offs: int
    proven: int
    time_share_pct: int
    areas: tuple[AreaRow, ...]

    @property
    def share_done_pct(self) -> int:
        """Whole per cent, rounded down: 100 only when everything is done."""
        return _share_pct(len(self.done), len(self.counted))

    @property
    def under_way(self) -> int:
        """How many of the upcoming ones have begun."""
        return sum(view.status is Status.UNDER_WAY for view in self.upcoming)

    @property
    def longest_late_days(self) -> int:
        return self.late[0].days_late if self.late else 0


def read_board(session: Session, plan_id: int, *, today: date) -> Board:
    """The board of a plan on ``today``."""
    plan = session.exec(select(Plan).where(Plan.id == plan_id)).one()
    views = list_activities(session, plan_id, today=today)
    return judge_board(views, starts_on=plan.starts_on, ends_on=plan.ends_on, today=today)


def book_year(plan: Plan, *, today: date) -> int:
    """The year of the fund's book beside a plan: today's while the plan runs, else the one the plan is known by."""
    return today.year if plan.starts_on <= today <= plan.ends_on else plan.year


def judge_board(views: list[ActivityView], *, starts_on: date, ends_on: date, today: date) -> Board:
    """The board of ``views`` in a plan that runs from ``starts_on`` to ``ends_on`` (inclusive)."""
    counted = tuple(view for view in views if _counts(view))
    records = [record for view in views for record in view.records]
    lately = [view for view in views if view.status in (Status.DONE, Status.PARTLY) and _is_lately(view, today)]
    return Board(
        as_of=today,
        activities=tuple(views),
        counted=counted,
        done=tuple(view for view in counted if view.status is Status.DONE),
        late=tuple(sorted((view for view in views if view.status is Status.LATE), key=lambda view: -view.days_late)),
        upcoming=tuple(sorted((view for view in views if _is_upcoming(view, today)), key=lambda view: (view.ends_on, view.starts_on))),
        done_lately=tuple(sorted(lately, key=lambda view: view.done_on or today, reverse=True)),
        duties=tuple(view for view in views if view.status is Status.STANDING),
        unproven=tuple(sorted((view for view in views if view.evidence_missing), key=lambda view: view.done_on or today)),
        check_offs=len(records),
        proven=sum(record.evidence_count > 0 for record in records),
        time_share_pct=share_time_pct(starts_on, ends_on, today=today),
        areas=_group_by_area(views),
    )


def choose_items(items: Sequence[ItemMoney], most: int) -> list[ItemMoney]:
    """At most ``most`` of the fund's items in their order: those over their budget or without one for sure, then the first ones."""
    pressing = (BudgetState.OVER, BudgetState.UNBUDGETED)
    chosen = sorted(items, key=lambda one: one.state not in pressing)[:most]
    return [one for one in items if one in chosen]


def share_time_pct(starts_on: date, ends_on: date, *, today: date) -> int:
    """How much of a period (inclusive) is gone with the end of ``today``: whole per cent, rounded down, 0 before it and 100 after it."""
    gone = min(max((today - starts_on).days + 1, 0), (ends_on - starts_on).days + 1)
    return _share_pct(gone, (ends_on - starts_on).days + 1)


def status_rank(status: Status) -> int:
    """The place of a status where activities stand side by side: done first, cancelled last."""
    return _ORDER.index(status)


def _share_pct(part: int, whole: int) -> int:
    return part * 100 // whole if whole else 0


def _counts(view: ActivityView) -> bool:
    if view.status is Status.CANCELLED:
        return False
    return view.duty is DutyKind.ONE_OFF or view.status is Status.DONE


def _is_upcoming(view: ActivityView, today: date) -> bool:
    """What has no month of its own is on its way all year; it comes up only when its end does."""
    last = today + timedelta(days=NEXT_DAYS)
    if view.status not in _OPEN:
        return False
    if view.precision in (DatePrecision.PERIOD, DatePrecision.HALF_YEAR) and view.status is not Status.UNDER_WAY:
        return today <= view.ends_on <= last
    return view.starts_on <= last and today <= view.ends_on


def _is_lately(view: ActivityView, today: date) -> bool:
    return view.done_on is not None and today - timedelta(days=LATELY_DAYS) <= view.done_on <= today


def _group_by_area(views: list[ActivityView]) -> tuple[AreaRow, ...]:
    rows = []
    for code in work_areas():
        mine = [view for view in views if view.area == code]
        mine.sort(key=lambda view: (status_rank(view.status), view.done_on or view.ends_on, view.id))
        counted = [view for view in mine if _counts(view)]
        if mine:
            rows.append(AreaRow(code, tuple(mine), sum(view.status is Status.DONE for view in counted), len(counted)))
    return tuple(rows)
