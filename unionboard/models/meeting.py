"""Committee meetings: who was there, what was gone through, what was decided, and the minutes as they were locked."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type


class AgendaKind(StrEnum):
    """Why an item is on the agenda; in the order in which a meeting takes them."""

    CARRIED = "carried"  # not reached last time
    FOLLOW_UP = "follow_up"  # an open decision of an earlier meeting
    LATE = "late"
    MONTH = "month"  # of the meeting's month
    NEXT = "next"  # of the month after it
    FUND = "fund"
    OTHER = "other"


class DecisionKind(StrEnum):
    """What a decision did. All but ``FOLLOW_UP`` were carried out when they were written down."""

    DONE = "done"  # an activity was checked off
    POSTPONED = "postponed"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"
    ADDED = "added"  # a new activity
    FOLLOW_UP = "follow_up"  # somebody does something until a day


class Meeting(OfUnion, table=True):
    """One meeting of the committee. It is open until ``ended_at_utc``; then ``minutes`` (see services.minutes) hold it as it was told.

    ``number`` counts a plan's meetings from 1; ``item_id`` is the agenda item on the screen. A plan has at most one open meeting.
    """

    __table_args__ = (
        Index(
            "uq_meeting_open",
            "plan_id",
            unique=True,
            sqlite_where=text("ended_at_utc IS NULL"),
            postgresql_where=text("ended_at_utc IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    number: int
    held_on: date
    place: str = Field(default="", max_length=80)
    chaired_by: str = Field(default="", max_length=40)
    recorded_by: str = Field(default="", max_length=40)
    item_id: int | None = Field(default=None)
    started_at_utc: datetime = Field(sa_type=UtcDateTime)
    ended_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    minutes: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    version: int = Field(default=1)


class Attendance(OfUnion, table=True):
    """Somebody who should be at a meeting, by name and duty as they were on the day, and whether they came."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="member.id")  # None: a guest
    position: int = Field(default=0)
    name: str = Field(max_length=40)
    duty: str = Field(default="", max_length=40)
    is_present: bool = Field(default=False)
    version: int = Field(default=1)


class AgendaItem(OfUnion, table=True):
    """One point of a meeting's agenda. It was reached when ``reached_at_utc`` is set; what was not comes first next time.

    ``gathered``: ids of the activities that stand together in one item, because too many of them would be on the agenda singly.
    """

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int
    kind: AgendaKind = Field(sa_type=code_type(AgendaKind))
    title: str = Field(default="", max_length=300)  # an activity's as it was then; the fund and gathered ones have none
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    gathered: list[int] = Field(default_factory=list, sa_type=JSON)
    decision_id: int | None = Field(default=None, foreign_key="decision.id")  # the follow-up that is asked after
    note: str = Field(default="")  # what was said
    reached_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class Decision(OfUnion, table=True):
    """What a meeting decided on an agenda item. A follow-up is open until ``settled_on``; one taken back stays on record.

    ``text`` is what people typed: what a follow-up asks for, the reason of a postponement or cancellation, else empty. ``before`` and
    ``after`` are the activity's fields around the decision, so that it can be told, and taken back, whatever happens later.
    """

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    agenda_item_id: int | None = Field(default=None)  # no constraint: items point at decisions too
    kind: DecisionKind = Field(sa_type=code_type(DecisionKind))
    text: str = Field(max_length=300)
    owner: str = Field(default="", max_length=80)
    due_on: date | None = Field(default=None)
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    check_off_id: int | None = Field(default=None, foreign_key="check_off.id")
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    settled_on: date | None = Field(default=None)
    taken_back_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)
