"""Meetings of the committee: started, gone through point by point, ended. What is decided in them stands in ``decisions``."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.entries import NameMissing
from unionboard.errors.meetings import AgendaTitleMissing, MeetingClosed, MeetingNotEmpty, NoSuchMeeting
from unionboard.models import Activity, AgendaItem, AgendaKind, Attendance, Decision, DecisionKind, Meeting, Plan
from unionboard.models.base import Row
from unionboard.models.changelog import ChangeAction
from unionboard.services import unions
from unionboard.services.activities import list_activities
from unionboard.services.agenda import Point, propose_agenda
from unionboard.services.changes import drop_row, record_change, snapshot, update_row
from unionboard.services.fund import book_year, read_book
from unionboard.services.meeting_views import MeetingView, list_items, view_meeting
from unionboard.services.minutes import make_minutes

# --- looking --------------------------------------------------------------------------------------------------------------------


def open_meeting(session: Session, plan_id: int) -> Meeting | None:
    """The plan's meeting that has not ended."""
    return session.exec(select(Meeting).where(Meeting.plan_id == plan_id, col(Meeting.ended_at_utc).is_(None))).first()


def list_meetings(session: Session, plan_id: int) -> list[Meeting]:
    """The plan's meetings, newest first."""
    return list(session.exec(select(Meeting).where(Meeting.plan_id == plan_id).order_by(col(Meeting.number).desc())))


def last_meeting(session: Session, plan_id: int) -> Meeting | None:
    """The plan's latest meeting that has ended."""
    return next((meeting for meeting in list_meetings(session, plan_id) if meeting.ended_at_utc is not None), None)


def find_meeting(session: Session, meeting_id: int) -> Meeting:
    """Raises: NoSuchMeeting."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NoSuchMeeting(number=meeting_id)
    return meeting


def read_meeting(session: Session, meeting_id: int, *, today: date) -> MeetingView:
    """A meeting with its people, points and decisions; activities as they stand on ``today``. Raises: NoSuchMeeting."""
    return view_meeting(session, find_meeting(session, meeting_id), today=today)


def list_open_follow_ups(session: Session, plan_id: int, *, or_settled_on: date | None = None) -> list[Decision]:
    """What ended meetings of this plan, or of earlier ones, left somebody to do: by day, those without one last.

    ``or_settled_on``: with those settled on that day, which may be opened again.
    """
    plan = session.get_one(Plan, plan_id)
    is_listed = or_(col(Decision.settled_on).is_(None), col(Decision.settled_on) == or_settled_on)
    query = (
        select(Decision)
        .join(Meeting, col(Meeting.id) == Decision.meeting_id)
        .join(Plan, col(Plan.id) == Meeting.plan_id)
        .where(Decision.kind == DecisionKind.FOLLOW_UP, is_listed, col(Decision.taken_back_at_utc).is_(None))
        .where(col(Meeting.ended_at_utc).is_not(None), Plan.starts_on <= plan.starts_on)
    )
    return sorted(session.exec(query), key=lambda row: (row.due_on or date.max, row.id))


def load_open(session: Session, meeting_id: int) -> Meeting:
    """A meeting that may still be changed. Raises: NoSuchMeeting, MeetingClosed."""
    meeting = find_meeting(session, meeting_id)
    if meeting.ended_at_utc is not None:
        raise MeetingClosed
    return meeting


def load_item(session: Session, item_id: int) -> AgendaItem:
    """A point of a meeting that may still be changed. Raises: MeetingClosed."""
    item = session.get_one(AgendaItem, item_id)
    load_open(session, item.meeting_id)
    return item


# --- beginning and end ------------------------------------------------------------------------------------------------------------


def start_meeting(
    session: Session,
    plan_id: int,
    *,
    held_on: date,
    today: date,
    who: str,
    now_utc: datetime,
    place: str = "",
    chaired_by: str = "",
    recorded_by: str = "",
) -> Meeting:
    """Begin a meeting with the active members to be ticked and an agenda (see ``agenda.propose_agenda``), or take up the open one.

    Place, chair and recorder are those of the last meeting where nothing is given. Raises: DateInFuture.
    """
    meeting = open_meeting(session, plan_id)
    if meeting is not None:
        return meeting
    if held_on > today:
        raise DateInFuture(day=held_on)
    last = previous_meeting(session, plan_id)
    number = session.exec(select(func.coalesce(func.max(Meeting.number), 0)).where(Meeting.plan_id == plan_id)).one() + 1
    meeting = Meeting(
        plan_id=plan_id,
        number=number,
        held_on=held_on,
        place=place.strip() or (last.place if last else ""),
        chaired_by=chaired_by.strip() or (last.chaired_by if last else ""),
        recorded_by=recorded_by.strip() or (last.recorded_by if last else ""),
        started_at_utc=now_utc,
    )
    _create(session, meeting, who, now_utc)
    for position, member in enumerate(unions.list_members(session), start=1):
        row = Attendance(meeting_id=meeting.id or 0, member_id=member.id, position=position, name=member.name, duty=member.duty)
        _create(session, row, who, now_utc)
    points = propose_agenda(
        list_activities(session, plan_id, today=today),
        held_on=held_on,
        follow_ups=[row.id or 0 for row in list_open_follow_ups(session, plan_id)],
        carried=left_over(session, last) if last else (),
    )
    for position, point in enumerate(points, start=1):
        _create(session, _item_of(session, meeting, position, point), who, now_utc)
    return meeting


def end_meeting(session: Session, meeting_id: int, *, today: date, who: str, now_utc: datetime) -> Meeting:
    """End a meeting: its minutes are kept as they are told now, and nothing of it can be changed any more.

    Raises: NoSuchMeeting, MeetingClosed.
    """
    meeting = load_open(session, meeting_id)
    plan, union = session.get_one(Plan, meeting.plan_id), unions.find_union(session)
    facts = make_minutes(
        view_meeting(session, meeting, today=today),
        union=union.name if union else "",
        plan=plan,
        book=read_book(session, book_year(plan, today=meeting.held_on), as_of=meeting.held_on),
        now_utc=now_utc,
    )
    _set(session, meeting, who, now_utc, ended_at_utc=now_utc, minutes=facts.to_json())
    return meeting


def discard_meeting(session: Session, meeting_id: int, *, who: str, now_utc: datetime) -> None:
    """Let a meeting that was begun by mistake, or for the wrong day, never have been; its number is the next one's.

    Raises: NoSuchMeeting, MeetingClosed, MeetingNotEmpty when something was decided (also what was taken back) or noted.
    """
    meeting, items = load_open(session, meeting_id), list_items(session, meeting_id)
    decided = session.exec(select(Decision.id).where(Decision.meeting_id == meeting_id)).first()
    if decided is not None or any(item.note for item in items):
        raise MeetingNotEmpty
    people = session.exec(select(Attendance).where(Attendance.meeting_id == meeting_id)).all()
    for row in (*items, *people, meeting):
        drop_row(session, row, who=who, now_utc=now_utc)


def previous_meeting(session: Session, plan_id: int) -> Meeting | None:
    """The plan's last meeting, or at the beginning of its year the one before."""
    starts_on = session.get_one(Plan, plan_id).starts_on
    query = select(Meeting).join(Plan, col(Plan.id) == Meeting.plan_id).where(Plan.starts_on <= starts_on)
    query = query.where(col(Meeting.ended_at_utc).is_not(None))
    return session.exec(query.order_by(col(Plan.starts_on).desc(), col(Meeting.number).desc())).first()


def left_over(session: Session, meeting: Meeting) -> list[Point]:
    """The points an ended meeting did not reach: they come first at the next."""
    items = [item for item in list_items(session, meeting.id or 0) if item.reached_at_utc is None]
    return [
        Point(
            item.kind,
            activity_ids=tuple(item.gathered) if item.activity_id is None else (item.activity_id,),
            decision_id=item.decision_id,
            title="" if item.activity_id or item.decision_id else item.title,
        )
        for item in items
    ]


def _item_of(session: Session, meeting: Meeting, position: int, point: Point) -> AgendaItem:
    single = point.activity_ids[0] if len(point.activity_ids) == 1 else None
    title = point.title
    if single is not None:
        title = session.get_one(Activity, single).title
    elif point.decision_id is not None:
        title = session.get_one(Decision, point.decision_id).text
    return AgendaItem(
        meeting_id=meeting.id or 0,
        position=position,
        kind=point.kind,
        title=title,
        activity_id=single,
        gathered=[] if single is not None else list(point.activity_ids),
        decision_id=point.decision_id,
    )


# --- people and particulars ---------------------------------------------------------------------------------------------------------


def save_particulars(
    session: Session,
    meeting_id: int,
    *,
    place: str,
    chaired_by: str,
    recorded_by: str,
    version: int,
    who: str,
    now_utc: datetime,
) -> Meeting:
    """Where the meeting is, who chairs and who records. Raises: NoSuchMeeting, MeetingClosed, StaleSave."""
    meeting = load_open(session, meeting_id)
    told = {"place": place.strip(), "chaired_by": chaired_by.strip(), "recorded_by": recorded_by.strip()}
    update_row(session, meeting, version=version, who=who, now_utc=now_utc, **told)
    return meeting


def mark_present(session: Session, attendance_id: int, *, is_present: bool, who: str, now_utc: datetime) -> Attendance:
    """Tick somebody as present, or untick. Raises: MeetingClosed."""
    row = session.get_one(Attendance, attendance_id)
    load_open(session, row.meeting_id)
    update_row(session, row, version=row.version, who=who, now_utc=now_utc, is_present=is_present)
    return row


def mark_all_present(session: Session, meeting_id: int, *, who: str, now_utc: datetime, is_present: bool = True) -> None:
    """Tick everybody on the list as present, or untick all. Raises: NoSuchMeeting, MeetingClosed."""
    load_open(session, meeting_id)
    for row in session.exec(select(Attendance).where(Attendance.meeting_id == meeting_id)).all():
        mark_present(session, row.id or 0, is_present=is_present, who=who, now_utc=now_utc)


def add_guest(session: Session, meeting_id: int, name: str, *, who: str, now_utc: datetime, duty: str = "") -> Attendance:
    """Somebody who is here and on no list. Raises: NameMissing, NoSuchMeeting, MeetingClosed."""
    load_open(session, meeting_id)
    if not name.strip():
        raise NameMissing
    last = session.exec(select(func.coalesce(func.max(Attendance.position), 0)).where(Attendance.meeting_id == meeting_id)).one()
    row = Attendance(meeting_id=meeting_id, position=last + 1, name=name.strip(), duty=duty.strip(), is_present=True)
    _create(session, row, who, now_utc)
    return row


# --- agenda -------------------------------------------------------------------------------------------------------------------------


def show_item(session: Session, meeting_id: int, item_id: int, *, who: str, now_utc: datetime) -> AgendaItem:
    """Put a point on the screen; it counts as reached from now on. Raises: NoSuchMeeting, MeetingClosed."""
    meeting, item = load_open(session, meeting_id), load_item(session, item_id)
    _set(session, meeting, who, now_utc, item_id=item_id)
    mark_reached(session, item, who=who, now_utc=now_utc)
    return item


def mark_reached(session: Session, item: AgendaItem, *, who: str, now_utc: datetime) -> None:
    """From now on ``item`` counts as dealt with."""
    if item.reached_at_utc is None:
        _set(session, item, who, now_utc, reached_at_utc=now_utc)


def save_note(session: Session, item_id: int, *, note: str, version: int, who: str, now_utc: datetime) -> AgendaItem:
    """Write down what was said; a point with words was reached. Raises: MeetingClosed, StaleSave."""
    item = load_item(session, item_id)
    update_row(session, item, version=version, who=who, now_utc=now_utc, note=note.strip())
    if item.note:
        mark_reached(session, item, who=who, now_utc=now_utc)
    return item


def add_item(session: Session, meeting_id: int, *, title: str, who: str, now_utc: datetime) -> AgendaItem:
    """Add a point at the end of the agenda. Raises: AgendaTitleMissing, NoSuchMeeting, MeetingClosed."""
    load_open(session, meeting_id)
    if not title.strip():
        raise AgendaTitleMissing
    items = list_items(session, meeting_id)
    position = items[-1].position + 1 if items else 1
    item = AgendaItem(meeting_id=meeting_id, position=position, kind=AgendaKind.OTHER, title=title.strip())
    _create(session, item, who, now_utc)
    return item


def move_item(session: Session, item_id: int, *, up: bool, who: str, now_utc: datetime) -> AgendaItem:
    """Let a point change places with its neighbour; beyond the ends it stays. Raises: MeetingClosed."""
    item = load_item(session, item_id)
    items = list_items(session, item.meeting_id)
    index = items.index(item)
    other = items[index - 1] if up and index else items[index + 1] if not up and index + 1 < len(items) else None
    if other is not None:
        mine, theirs = item.position, other.position
        _set(session, item, who, now_utc, position=theirs)
        _set(session, other, who, now_utc, position=mine)
    return item


def single_out(session: Session, item_id: int, activity_id: int, *, who: str, now_utc: datetime) -> AgendaItem:
    """Make one of the gathered activities a point of its own, right after those it stood with; the last one takes their place.

    What somebody else has singled out already is given back as it is. Raises: MeetingClosed.
    """
    group = load_item(session, item_id)
    items = list_items(session, group.meeting_id)
    if activity_id not in group.gathered:
        return next(item for item in items if item.activity_id == activity_id)
    title = session.get_one(Activity, activity_id).title
    if len(group.gathered) == 1:
        _set(session, group, who, now_utc, activity_id=activity_id, title=title, gathered=[])
        return group
    _set(session, group, who, now_utc, gathered=[id_ for id_ in group.gathered if id_ != activity_id])
    for item in items:
        if item.position > group.position:
            _set(session, item, who, now_utc, position=item.position + 1)
    single = AgendaItem(meeting_id=group.meeting_id, position=group.position + 1, kind=group.kind, title=title, activity_id=activity_id)
    _create(session, single, who, now_utc)
    return single


# --- writing ------------------------------------------------------------------------------------------------------------------------


def _create(session: Session, row: Row, who: str, now_utc: datetime) -> None:
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)


def _set(session: Session, row: Row, who: str, now_utc: datetime, **values: Any) -> None:
    """Log what no one types (where the screen is, the order, what was reached): the version stays, so that nobody's words are refused."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
