"""A meeting as it is looked at: who is there, the points of the agenda with what they are about, what was decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import AgendaItem, AgendaKind, Attendance, CheckOff, DatePrecision, Decision, DecisionKind, Meeting
from unionboard.services.activities import ActivityView, list_activities
from unionboard.services.periods import Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What a decision said and did. ``text``: what people typed (see models.Decision).

    ``title`` is the activity's name; ``owner`` who is in charge by the decision, ``owner_before`` who was; ``planned`` the time it has by
    the decision (postponed, added), ``planned_before`` the one it had; ``done_on`` the day it was held (done).
    """

    kind: DecisionKind
    text: str = ""
    title: str = ""
    owner: str = ""
    owner_before: str = ""
    due_on: date | None = None
    done_on: date | None = None
    planned: Placement | None = None
    planned_before: Placement | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView(DecisionFacts):
    """A stored decision."""

    id: int
    meeting_id: int
    item_id: int | None
    activity_id: int | None
    who: str
    created_at_utc: datetime
    version: int


@dataclass(frozen=True, slots=True)
class ItemView:
    """A point of the agenda. ``title`` is empty for the fund, for the empty point at the end and for ``gathered`` activities.

    ``activity`` is None when the point is about none, or it was taken out of the plan since. ``decisions``: without those taken back.
    """

    id: int
    kind: AgendaKind
    title: str
    note: str
    is_reached: bool
    activity: ActivityView | None
    gathered: tuple[ActivityView, ...]
    follow_up: DecisionView | None
    decisions: tuple[DecisionView, ...]
    version: int


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting. ``current``: index of the item on the screen. ``due`` members should be there, ``present`` of them are; guests apart."""

    id: int
    plan_id: int
    number: int
    held_on: date
    place: str
    chaired_by: str
    recorded_by: str
    started_at_utc: datetime
    ended_at_utc: datetime | None
    version: int
    attendance: tuple[Attendance, ...]
    items: tuple[ItemView, ...]
    decisions: tuple[DecisionView, ...]
    current: int

    @property
    def is_ended(self) -> bool:
        return self.ended_at_utc is not None

    @property
    def present(self) -> int:
        return sum(row.is_present for row in self.attendance if row.member_id is not None)

    @property
    def due(self) -> int:
        return sum(row.member_id is not None for row in self.attendance)

    @property
    def guests(self) -> tuple[Attendance, ...]:
        """Those present who are no members."""
        return tuple(row for row in self.attendance if row.member_id is None and row.is_present)


def view_meeting(session: Session, meeting: Meeting, *, today: date) -> MeetingView:
    """``meeting`` with everything around it; activities as they stand on ``today``."""
    rows = session.exec(
        select(Attendance).where(Attendance.meeting_id == meeting.id).order_by(col(Attendance.position), col(Attendance.id))
    )
    items = list_items(session, meeting.id or 0)
    decisions = view_decisions(session, _live_decisions(session, meeting.id or 0))
    asked_ids = [item.decision_id for item in items if item.decision_id is not None]
    asked_rows = session.exec(select(Decision).where(col(Decision.id).in_(asked_ids))).all()
    asked = {view.id: view for view in view_decisions(session, asked_rows)}
    activities = {view.id: view for view in list_activities(session, meeting.plan_id, today=today)}
    by_item: dict[int | None, list[DecisionView]] = defaultdict(list)
    for decision in decisions:
        by_item[decision.item_id].append(decision)
    views = tuple(_item(item, activities, asked, by_item[item.id]) for item in items)
    return MeetingView(
        id=meeting.id or 0,
        plan_id=meeting.plan_id,
        number=meeting.number,
        held_on=meeting.held_on,
        place=meeting.place,
        chaired_by=meeting.chaired_by,
        recorded_by=meeting.recorded_by,
        started_at_utc=meeting.started_at_utc,
        ended_at_utc=meeting.ended_at_utc,
        version=meeting.version,
        attendance=tuple(rows),
        items=views,
        decisions=tuple(decisions),
        current=next((index for index, item in enumerate(views) if item.id == meeting.item_id), 0),
    )


def list_items(session: Session, meeting_id: int) -> list[AgendaItem]:
    """The points of a meeting's agenda in their order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(col(AgendaItem.position), col(AgendaItem.id))
    return list(session.exec(query))


def view_decisions(session: Session, rows: Sequence[Decision]) -> list[DecisionView]:
    """These decisions with what they did, in the same order."""
    ids = [row.check_off_id for row in rows if row.check_off_id is not None]
    held = {row.id: row.done_on for row in session.exec(select(CheckOff).where(col(CheckOff.id).in_(ids)))}
    return [_decision(row, held.get(row.check_off_id)) for row in rows]


def _live_decisions(session: Session, meeting_id: int) -> Sequence[Decision]:
    query = select(Decision).where(Decision.meeting_id == meeting_id, col(Decision.taken_back_at_utc).is_(None))
    return session.exec(query.order_by(col(Decision.id))).all()


def _decision(row: Decision, done_on: date | None) -> DecisionView:
    before, after = row.before or {}, row.after or {}
    moves = row.kind in (DecisionKind.POSTPONED, DecisionKind.ADDED)
    return DecisionView(
        id=row.id or 0,
        meeting_id=row.meeting_id,
        item_id=row.agenda_item_id,
        kind=row.kind,
        text=row.text,
        title=after.get("title", ""),
        owner=row.owner,
        owner_before=before.get("owner", ""),
        due_on=row.due_on,
        done_on=done_on,
        planned=_placement(after) if moves else None,
        planned_before=_placement(before),
        activity_id=row.activity_id,
        settled_on=row.settled_on,
        who=row.who,
        created_at_utc=row.created_at_utc,
        version=row.version,
    )


def _placement(fields: Mapping[str, Any]) -> Placement | None:
    if not fields:
        return None
    starts_on, ends_on = date.fromisoformat(fields["starts_on"]), date.fromisoformat(fields["ends_on"])
    return Placement(starts_on, ends_on, DatePrecision(fields["precision"]))


def _item(
    item: AgendaItem, activities: Mapping[int, ActivityView], asked: Mapping[int, DecisionView], decisions: Sequence[DecisionView]
) -> ItemView:
    activity, follow_up = activities.get(item.activity_id or 0), asked.get(item.decision_id or 0)
    return ItemView(
        id=item.id or 0,
        kind=item.kind,
        title=activity.title if activity else follow_up.text if follow_up else item.title,
        note=item.note,
        is_reached=item.reached_at_utc is not None,
        activity=activity,
        gathered=tuple(activities[id_] for id_ in item.gathered if id_ in activities),
        follow_up=follow_up,
        decisions=tuple(decisions),
        version=item.version,
    )
