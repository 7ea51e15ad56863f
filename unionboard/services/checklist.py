"""What there is to tick off, in the order a hand works through it: late, due, standing duties, done."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from unionboard.models import DatePrecision, DutyKind, Plan
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status, list_activities
from unionboard.services.periods import month_index
from unionboard.services.timeline import list_owners

ALL = "all"
LATE = "late"
UNPROVEN = "unproven"
COVERAGE = "coverage"  # no list of cards: what proves what was done, by work area
_OPEN = (Status.COMING, Status.UNDER_WAY, Status.POSTPONED, Status.LATE)


class Part(StrEnum):
    """A group of the list."""

    LATE = "late"
    DUE = "due"
    DUTIES = "duties"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Stock:
    """A plan's activities by time, with what every list of them needs: how many a month (its first day in ISO), ``LATE`` and ``UNPROVEN``
    hold, and who answers for something."""

    views: tuple[ActivityView, ...]
    counts: Mapping[str, int]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The list's groups, each by time; parts without anything are left out. ``open`` counts what is not done yet (duties apart)."""

    parts: Mapping[Part, tuple[ActivityView, ...]]
    open: int


def take_stock(session: Session, plan_id: int, *, today: date) -> Stock:
    """All activities of a plan, looked through once."""
    views = list_activities(session, plan_id, today=today)
    by_time = sorted(views, key=lambda view: (view.ends_on, view.starts_on, view.id))
    return Stock(tuple(by_time), _count_shows(views), tuple(list_owners(views)))


def list_months(plan: Plan) -> list[date]:
    """The first days of the plan's months, latest first."""
    first, last = month_index(plan.starts_on), month_index(plan.ends_on)
    return [date(index // 12, index % 12 + 1, 1) for index in range(last, first - 1, -1)]


def choose_month(plan: Plan, *, today: date) -> date:
    """The month of ``today`` when the plan holds it, else the plan's nearest one; its first day."""
    day = min(max(today, plan.starts_on), plan.ends_on)
    return day.replace(day=1)


def list_shows(plan: Plan, *, today: date) -> tuple[str, ...]:
    """What the page can show, most wanted first: the running month, what is late or lacks papers, all, the coverage, the other months."""
    current = choose_month(plan, today=today)
    others = [month.isoformat() for month in list_months(plan) if month != current]
    return (current.isoformat(), LATE, UNPROVEN, ALL, COVERAGE, *others)


def make_checklist(
    views: Sequence[ActivityView], *, show: str, today: date, owner: str | None = None, kept: Mapping[int, Part] | None = None
) -> Checklist:
    """The list for ``show``: ``ALL``, ``LATE``, ``UNPROVEN`` (done without papers) or a month as its first day in ISO (2026-11-01).

    ``views`` come by time, as ``take_stock`` gives them. The current month also shows everything late and the duties. ``kept``: activities
    ticked a moment ago, in the group where they stood.
    """
    kept = kept or {}
    mine = [view for view in views if owner is None or view.owner == owner]
    groups: dict[Part, list[ActivityView]] = {part: [] for part in Part}
    for view in mine:
        part = kept.get(view.id) or _part(view)
        if part and _is_shown(view, part, show, today):
            groups[part].append(view)
    groups[Part.DONE].sort(key=lambda view: view.done_on or view.ends_on, reverse=True)
    open_ones = sum(view.status in _OPEN for view in mine)
    return Checklist({part: tuple(group) for part, group in groups.items() if group}, open_ones)


def is_of_month(view: ActivityView, month: date) -> bool:
    """A one-off activity belongs to every month it is planned over; one that names no month, to that of its end."""
    return month_index(month) in _months_of(view)


def _months_of(view: ActivityView) -> range:
    """Indices of the months a one-off activity belongs to; none of a duty."""
    if view.duty is not DutyKind.ONE_OFF:
        return range(0)
    is_vague = view.precision in (DatePrecision.PERIOD, DatePrecision.HALF_YEAR)
    return range(month_index(view.ends_on if is_vague else view.starts_on), month_index(view.ends_on) + 1)


def _count_shows(views: Iterable[ActivityView]) -> dict[str, int]:
    """What is late, what was done without papers, and by month the one-off activities that are still to be done (in part done is done)."""
    counts: Counter[str] = Counter()
    for view in views:
        counts[LATE] += view.status is Status.LATE
        counts[UNPROVEN] += view.evidence_missing
        if view.status in _OPEN:
            counts.update(date(index // 12, index % 12 + 1, 1).isoformat() for index in _months_of(view))
    return dict(counts)


def takes_tick(view: ActivityView) -> bool:
    """Whether one tap may check it off now: not done, not cancelled, and of a recurring duty a turn is due or missed."""
    if view.duty is DutyKind.RECURRING and view.occurrences:
        return view.next_turn is not None and view.next_turn.status is not OccurrenceStatus.COMING and view.status is not Status.CANCELLED
    return view.status not in (Status.DONE, Status.PARTLY, Status.CANCELLED)


def _part(view: ActivityView) -> Part | None:
    if view.status is Status.CANCELLED:
        return None
    if view.duty is not DutyKind.ONE_OFF:
        return Part.DONE if view.status is Status.DONE else Part.DUTIES
    if view.status is Status.LATE:
        return Part.LATE
    return Part.DONE if view.status in (Status.DONE, Status.PARTLY) else Part.DUE


def _is_shown(view: ActivityView, part: Part, show: str, today: date) -> bool:
    if show in (ALL, COVERAGE):
        return show == ALL
    if show == LATE:
        return part is Part.LATE
    if show == UNPROVEN:
        return view.evidence_missing
    month = date.fromisoformat(show)
    if part is Part.DONE and view.done_on:
        return month_index(view.done_on) == month_index(month)
    is_current = month_index(today) == month_index(month)
    if part in (Part.LATE, Part.DUTIES) and is_current:
        return True
    return is_of_month(view, month)
