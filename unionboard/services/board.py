"""The figures of the board: where the year stands on a day, each with the activities behind it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from unionboard.models import DatePrecision, Decision, DutyKind, Meeting, Plan
from unionboard.reference import work_areas
from unionboard.services import meetings
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.execution import BudgetState, ItemMoney
from unionboard.services.guard import require
from unionboard.services.permissions import Act

NEXT_DAYS = 30
LATELY_DAYS = 30
FAR_BEHIND_POINTS = 25
FEW_LEFT = 1
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

    @property
    def late(self) -> int:
        return sum(view.status is Status.LATE for view in self.activities)

    @property
    def missed(self) -> int:
        """Turns of recurring duties that went by."""
        return sum(len(view.missed) for view in self.activities if view.status is not Status.CANCELLED)

    @property
    def share_done_pct(self) -> int:
        return _share_pct(self.done, self.counted)


@dataclass(frozen=True, slots=True)
class Board:
    """Where a plan stands on ``as_of``.

    ``counted`` holds one-off activities and finished duties, without cancelled ones; ``done`` those of them done whole.
    ``late``: longest first. ``upcoming``: open ones that touch the next 30 days. ``done_since``: newest first, see ``list_done_since``;
    ``last_meeting`` is the one they are counted from, None: the last 30 days. ``duties``: standing and recurring duties with turns left.
    ``check_offs`` counts all live ones, ``proven`` those with evidence. ``weak`` areas: see ``is_weak``, the weakest first.
    ``follow_ups``: what meetings left somebody to do, by day.
    """

    as_of: date
    activities: tuple[ActivityView, ...]
    counted: tuple[ActivityView, ...]
    done: tuple[ActivityView, ...]
    late: tuple[ActivityView, ...]
    upcoming: tuple[ActivityView, ...]
    done_since: tuple[ActivityView, ...]
    duties: tuple[ActivityView, ...]
    unproven: tuple[ActivityView, ...]
    check_offs: int
    proven: int
    time_share_pct: int
    areas: tuple[AreaRow, ...]
    weak: tuple[AreaRow, ...]
    last_meeting: Meeting | None = None
    open_meeting: Meeting | None = None
    follow_ups: tuple[Decision, ...] = ()

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
    require(session, Act.SEE_YEAR)
    plan = session.exec(select(Plan).where(Plan.id == plan_id)).one()
    views = list_activities(session, plan_id, today=today)
    last = meetings.last_meeting(session, plan_id)
    counted = tuple(view for view in views if _counts(view))
    records = [record for view in views for record in view.records]
    time_share_pct = share_time_pct(plan.starts_on, plan.ends_on, today=today)
    areas = _group_by_area(views)
    weak = [row for row in areas if is_weak(row, time_share_pct=time_share_pct)]
    return Board(
        as_of=today,
        activities=tuple(views),
        counted=counted,
        done=tuple(view for view in counted if view.status is Status.DONE),
        late=tuple(sorted((view for view in views if view.status is Status.LATE), key=lambda view: -view.days_late)),
        upcoming=tuple(sorted((view for view in views if _is_upcoming(view, today)), key=lambda view: (view.ends_on, view.starts_on))),
        done_since=tuple(list_done_since(views, last, today=today)),
        duties=tuple(view for view in views if view.status is Status.STANDING),
        unproven=tuple(sorted((view for view in views if view.evidence_missing), key=lambda view: view.done_on or today)),
        check_offs=len(records),
        proven=sum(record.evidence_count > 0 for record in records),
        time_share_pct=time_share_pct,
        areas=areas,
        weak=tuple(sorted(weak, key=lambda row: (-row.late, -row.missed, row.share_done_pct))),
        last_meeting=last,
        open_meeting=meetings.open_meeting(session, plan_id),
        follow_ups=tuple(meetings.list_open_follow_ups(session, plan_id)),
    )


def list_done_since(views: Sequence[ActivityView], last: Meeting | None, *, today: date) -> list[ActivityView]:
    """What was done since a meeting: activities and duties with a check-off recorded after its end, on whatever day the work was done,
    since the meeting has not heard of it, or with work that went on after its day. Without a meeting: done within the last 30 days.
    Newest first.
    """
    if last is not None and last.ended_at_utc is not None:
        ended, held_on = last.ended_at_utc, last.held_on
        found = [view for view in views if any(record.created_at_utc > ended or record.last_day > held_on for record in view.records)]
        return sorted(found, key=lambda view: max(record.created_at_utc for record in view.records), reverse=True)
    first = today - timedelta(days=LATELY_DAYS)
    found = [view for view in views if view.done_on is not None and first <= view.done_on <= today]
    return sorted(found, key=lambda view: view.done_on or today, reverse=True)


def is_weak(row: AreaRow, *, time_share_pct: int) -> bool:
    """Whether an area needs a word at the meeting: something in it is late, a turn of a duty went by, or its done share lies 25 points or
    more under the share of the time gone with at least two activities left (one that is planned for the year's end is no weakness).
    """
    is_far_behind = time_share_pct - row.share_done_pct >= FAR_BEHIND_POINTS and row.counted - row.done > FEW_LEFT
    return bool(row.late or row.missed or is_far_behind)


def choose_items(items: Sequence[ItemMoney], most: int) -> list[ItemMoney]:
    """At most ``most`` of the fund's items in their order: those over their budget or without one for sure, then the first ones."""
    pressing = (BudgetState.OVER, BudgetState.UNBUDGETED)
    chosen = sorted(items, key=lambda one: one.state not in pressing)[:most]
    return [one for one in items if one in chosen]


def share_time_pct(starts_on: date, ends_on: date, *, today: date) -> int:
    """How much of a period (inclusive) is gone with the end of ``today``: whole per cent, rounded down, 0 before it and 100 after it."""
    gone = min(max((today - starts_on).days + 1, 0), (ends_on - starts_on).days + 1)
    return _share_pct(gone, (ends_on - starts_on).days + 1)


def pile_by_month(views: Sequence[ActivityView]) -> dict[tuple[int, int], list[ActivityView]]:
    """One-off activities under the (year, month) they happened in, or else should end in; done ones at the bottom of each pile.

    What was only planned within half a year or the whole plan stands in no month until it is done.
    """
    piles: dict[tuple[int, int], list[ActivityView]] = defaultdict(list)
    for view in views:
        is_vague = view.precision in (DatePrecision.PERIOD, DatePrecision.HALF_YEAR)
        if view.duty is DutyKind.ONE_OFF and (view.done_on or not is_vague):
            day = view.done_on or view.ends_on
            piles[day.year, day.month].append(view)
    for pile in piles.values():
        pile.sort(key=_by_status)
    return dict(piles)


def _by_status(view: ActivityView) -> tuple[int, date, int]:
    """The place of an activity beside others: done first, cancelled last, by time within."""
    return _ORDER.index(view.status), view.done_on or view.ends_on, view.id


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


def _group_by_area(views: list[ActivityView]) -> tuple[AreaRow, ...]:
    rows = []
    for code in work_areas():
        mine = [view for view in views if view.area == code]
        mine.sort(key=_by_status)
        counted = [view for view in mine if _counts(view)]
        if mine:
            rows.append(AreaRow(code, tuple(mine), sum(view.status is Status.DONE for view in counted), len(counted)))
    return tuple(rows)
