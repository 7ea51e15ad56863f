"""What a subscribed calendar shows: the year's activities on their days, turns of duties, meetings. Facts; ``writing.ics`` makes the file.

The address is the only key to it, and lies in other people's telephones: so it tells what the plan on the notice board tells, and what
became of it. No money, no numbers of people, no notes or results. Whoever answers for an activity is named, as in the plan; names of people
who were visited are covered, and of what belongs to care (送温暖) the planned day stands, not the day it took place. Logs of standing
duties stay out.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from unionboard.config import TIME_ZONE
from unionboard.drafting.names import hide_names
from unionboard.models import AccessToken, Activity, Change, CheckOff, DatePrecision, DutyKind, FeedScope, Meeting, Plan
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status, list_activities
from unionboard.services.changes import current_pulse
from unionboard.services.duties import TURNS
from unionboard.services.guard import require
from unionboard.services.periods import Placement, Span
from unionboard.services.permissions import Act
from unionboard.services.unions import find_union
from unionboard.services.year_records import private_names

KEPT_DAYS = 366
"""Plans that ended longer ago than this are no longer in the calendar."""
LONGEST_DAYS = 14
"""What lasts longer is no bar across the weeks: it stands on its last day."""
OPEN_MEETING = timedelta(hours=1)
"""So long a meeting is drawn whose end is not known yet."""
_CARE = "CARE"
_COVERED = "***"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))


class EventKind(StrEnum):
    ACTIVITY = "activity"
    TURN = "turn"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One entry of a calendar. ``key`` is the same through all edits; ``changes`` only grows with them.

    ``days`` (inclusive) is where it stands; ``hours`` (aware) a meeting's. ``planned``: the time as the plan says it, where it stands on
    that time's last day instead; None: it stands on its own days. ``is_settled``: the day is certain. ``number``: of a turn or a meeting.
    """

    key: str
    kind: EventKind
    title: str
    days: Span
    path: str
    hours: tuple[datetime, datetime] | None = None
    planned: Placement | None = None
    is_settled: bool = True
    status: Status | OccurrenceStatus | None = None
    areas: tuple[str, ...] = ()
    owner: str = ""
    place: str = ""
    number: int = 0
    changes: int = 0
    changed_at_utc: datetime = _LONG_AGO

    def with_words(self, change: Callable[[str], str]) -> "FeedEvent":
        """The same with ``change`` made to everything that people typed."""
        return replace(self, title=change(self.title), owner=change(self.owner), place=change(self.place))


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar: whose it is, and its events by day. ``home`` tells this union's events from those of any other installation."""

    union: str
    scope: FeedScope
    about: str
    home: str
    events: tuple[FeedEvent, ...]


def gather_feed(session: Session, token: AccessToken, *, today: date) -> Feed:
    """What the calendar of ``token`` shows on ``today``: of all, of one owner, of one work area. Raises: NotYours."""
    require(session, Act.SEE_YEAR)
    union, names = find_union(session), private_names(session)
    plans = select(Plan).where(Plan.ends_on >= today - timedelta(days=KEPT_DAYS)).order_by(col(Plan.starts_on), col(Plan.id))
    events: list[FeedEvent] = []
    for plan in session.exec(plans):
        views = [view for view in list_activities(session, plan.id or 0, today=today) if _is_wanted(view, token)]
        stamps = _read_stamps(session, plan.id or 0)
        events += [_stamp(event, stamps.get(view.id)) for view in views for event in _tell_activity(view)]
        if token.scope is FeedScope.ALL:
            events += _list_meetings(session, plan.id or 0)
    told = [one.with_words(lambda text: hide_names(text, names, _COVERED)) for one in events]
    return Feed(
        union=union.name if union else "",
        scope=token.scope,
        about=token.about,
        home=_find_home(session),
        events=tuple(sorted(told, key=lambda event: (event.days, event.key))),
    )


def find_moment(session: Session, *, today: date) -> tuple[int, datetime]:
    """What a calendar made now rests on: a number that grows with every change, and since when it is as it is (UTC) - the last change, or
    the beginning of today, which may have made something late. Two indexed queries."""
    pulse = current_pulse(session)
    changed = session.exec(select(Change.at_utc).where(Change.id == pulse)).first()
    midnight = datetime.combine(today, time(), ZoneInfo(TIME_ZONE))
    return pulse, max(midnight, changed) if changed else midnight


def _is_wanted(view: ActivityView, token: AccessToken) -> bool:
    match token.scope:
        case FeedScope.OWNER:
            return view.owner == token.about
        case FeedScope.AREA:
            return token.about in (view.area, view.area_2)
        case FeedScope.ALL:
            return True


# --- activities and turns ----------------------------------------------------------------------------------------------------------------


def _tell_activity(view: ActivityView) -> Iterator[FeedEvent]:
    event = FeedEvent(
        key=f"activity-{view.id}",
        kind=EventKind.ACTIVITY,
        title=view.title,
        days=(view.starts_on, view.ends_on),
        path=f"/timeline?plan={view.plan_id}&activity={view.id}",
        status=view.status,
        areas=tuple(filter(None, (view.area, view.area_2))),
        owner=view.owner,
    )
    if view.duty is DutyKind.ONE_OFF:
        yield _place_one(event, view)
    else:
        yield from _place_turns(event, view)


def _place_one(event: FeedEvent, view: ActivityView) -> FeedEvent:
    """What was held stands where it was held; what is planned to the day on its days; all else on the last day it may take."""
    if view.record is not None and _CARE not in event.areas:
        return _fit(replace(event, days=(view.record.done_on, view.record.last_day)))
    if view.precision is DatePrecision.DAY:
        return _fit(event)
    return _on_last_day(event, view.precision, is_settled=view.record is not None)


def _place_turns(event: FeedEvent, view: ActivityView) -> Iterator[FeedEvent]:
    """Each turn by its number. A standing duty without turns has no day."""
    if view.status is Status.CANCELLED:
        return
    for turn in view.occurrences:
        one = replace(
            event,
            key=f"{event.key}-turn-{turn.number}",
            kind=EventKind.TURN,
            days=(turn.due_from, turn.due_to),
            status=turn.status,
            number=turn.number,
        )
        is_short = (turn.due_to - turn.due_from).days < LONGEST_DAYS
        yield one if is_short else _on_last_day(one, _precision_of(turn.due_from, turn.due_to), is_settled=turn.done_on is not None)


def _precision_of(first: date, last: date) -> DatePrecision:
    """Whole months are told by their names."""
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    return DatePrecision.MONTH if is_whole else DatePrecision.DAY


def _fit(event: FeedEvent) -> FeedEvent:
    first, last = event.days
    return event if (last - first).days < LONGEST_DAYS else _on_last_day(event, DatePrecision.DAY, is_settled=True)


def _on_last_day(event: FeedEvent, precision: DatePrecision, *, is_settled: bool) -> FeedEvent:
    first, last = event.days
    return replace(event, days=(last, last), planned=Placement(first, last, precision), is_settled=is_settled)


# --- meetings ----------------------------------------------------------------------------------------------------------------------------


def _list_meetings(session: Session, plan_id: int) -> Iterator[FeedEvent]:
    told = _count_changes(session, "meeting")
    for row in session.exec(select(Meeting).where(Meeting.plan_id == plan_id).order_by(col(Meeting.number))):
        event = FeedEvent(
            key=f"meeting-{row.id}",
            kind=EventKind.MEETING,
            title="",
            days=(row.held_on, row.held_on),
            path="/",
            hours=_hours_of(row),
            place=row.place,
            number=row.number,
        )
        yield _stamp(event, told.get(row.id or 0))


def _hours_of(row: Meeting) -> tuple[datetime, datetime] | None:
    """Its hours, where it was recorded while it was held; a meeting that was put down on another day has only its day."""
    start = row.started_at_utc.astimezone(ZoneInfo(TIME_ZONE))
    end = row.ended_at_utc.astimezone(ZoneInfo(TIME_ZONE)) if row.ended_at_utc else start + OPEN_MEETING
    return (start, end) if start.date() == row.held_on and (end.date() == row.held_on or row.ended_at_utc is None) and start < end else None


# --- since when, and how often changed --------------------------------------------------------------------------------------------------

Stamp = tuple[int, datetime]


def _stamp(event: FeedEvent, found: Stamp | None) -> FeedEvent:
    return replace(event, changes=found[0], changed_at_utc=found[1]) if found else event


def _read_stamps(session: Session, plan_id: int) -> Mapping[int, Stamp]:
    """By activity: how often it, its turns and its check-offs were changed, and when last. Two queries."""
    of_plan = select(Activity.id).where(Activity.plan_id == plan_id)
    own = _stamps_by(Change.row_id).where(col(Change.noun).in_(("activity", TURNS)), col(Change.row_id).in_(of_plan))
    check_offs = (
        _stamps_by(CheckOff.activity_id)
        .join(CheckOff, col(CheckOff.id) == Change.row_id)
        .where(Change.noun == "check_off", col(CheckOff.activity_id).in_(of_plan))
    )
    found = _read(session, own.group_by(col(Change.row_id)))
    for id_, (changes, at_utc) in _read(session, check_offs.group_by(col(CheckOff.activity_id))).items():
        before = found.get(id_, (0, _LONG_AGO))
        found[id_] = (before[0] + changes, max(before[1], at_utc))
    return found


def _count_changes(session: Session, noun: str) -> Mapping[int, Stamp]:
    return _read(session, _stamps_by(Change.row_id).where(Change.noun == noun).group_by(col(Change.row_id)))


def _stamps_by(key: Any) -> Any:
    return select(key, func.count(), func.max(Change.at_utc)).select_from(Change)


def _read(session: Session, query: Any) -> dict[int, Stamp]:
    rows: Sequence[tuple[int, int, datetime]] = session.exec(query).all()
    return {id_: (changes, at_utc) for id_, changes, at_utc in rows}


def _find_home(session: Session) -> str:
    """Two installations both have an activity 1: the first line of the log, which never changes, is no two unions'."""
    first = session.exec(select(Change.sha256, Change.at_utc).order_by(col(Change.id)).limit(1)).first()
    union = find_union(session)
    told = f"{first[0]} {first[1].isoformat()}" if first else ""
    return hashlib.sha256(f"{told} {union.id if union else 0}".encode()).hexdigest()[:16]
