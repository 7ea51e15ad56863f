"""Activities as people ask about them: planned when, what became of them, late or not. They are changed in ``amendments``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, func, select

from unionboard.errors.activities import NoSuchActivity
from unionboard.models import (
    Activity,
    ActivityState,
    CheckOff,
    DatePrecision,
    Direction,
    DutyKind,
    Evidence,
    FundEntry,
    Occurrence,
    Section,
)
from unionboard.reference.relations import Relation
from unionboard.services.decided import find_decided
from unionboard.services.fund_years import signed_amount
from unionboard.services.guard import require
from unionboard.services.permissions import Act


class Status(StrEnum):
    """What an activity is on a given day. Its colour, shape and word are one everywhere."""

    DONE = "done"
    PARTLY = "partly"
    UNDER_WAY = "under_way"
    COMING = "coming"
    LATE = "late"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    STANDING = "standing"  # standing and recurring duties, as long as turns are left


class OccurrenceStatus(StrEnum):
    DONE = "done"
    DUE = "due"  # its span holds today
    MISSED = "missed"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """One turn of a recurring duty; ``due_from``–``due_to`` inclusive."""

    id: int
    number: int
    due_from: date
    due_to: date
    status: OccurrenceStatus
    done_on: date | None
    check_off_id: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """A live check-off. ``participants`` are persons, ``person_times`` attendances."""

    id: int
    occurrence_id: int | None
    is_log: bool
    done_on: date
    done_to: date | None
    is_partial: bool
    participants: int | None
    eligible: int | None
    person_times: int | None
    result: str
    award: str
    award_level: str
    figures: dict[str, Any]
    evidence_count: int
    who: str
    created_at_utc: datetime
    version: int
    remaining: str = ""
    agenda: str = ""

    @property
    def last_day(self) -> date:
        return self.done_to or self.done_on


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity with its status on a day, its check-offs and what was spent on it (fen)."""

    id: int
    plan_id: int
    section_id: int | None
    section_heading: str
    section_title: str
    position: int
    title: str
    area: str
    area_2: str | None
    duty: DutyKind
    precision: DatePrecision
    starts_on: date
    ends_on: date
    owner: str
    audience: str
    planned_people: int | None
    planned_budget_fen: int | None
    frequency: str
    state: ActivityState
    state_reason: str
    original_starts_on: date | None
    original_ends_on: date | None
    note: str
    version: int
    status: Status
    days_late: int
    records: tuple[Record, ...]
    occurrences: tuple[OccurrenceView, ...]
    spent_fen: int
    carried_over: bool = False  # copied from a year that left it undone
    relation: Relation = Relation.LEAD
    targets: tuple[dict[str, Any], ...] = ()

    @property
    def days_after(self) -> int:
        """How many days after its planned end (the new one, if it was postponed) a one-off activity was done; 0: in time, or not done."""
        if self.status is not Status.DONE or self.duty is not DutyKind.ONE_OFF or self.record is None:
            return 0
        return max(0, (self.record.last_day - self.ends_on).days)

    @property
    def record(self) -> Record | None:
        """The check-off of a one-off activity, or the latest entry of a duty."""
        return self.records[-1] if self.records else None

    @property
    def done_on(self) -> date | None:
        return self.record.done_on if self.record else None

    @property
    def participants(self) -> int | None:
        return self.record.participants if self.record else None

    @property
    def months(self) -> list[int]:
        """Calendar months the plan names, in the plan's order; empty when it names none."""
        if self.precision is DatePrecision.PERIOD:
            return []
        first = self.starts_on.year * 12 + self.starts_on.month - 1
        last = self.ends_on.year * 12 + self.ends_on.month - 1
        return [index % 12 + 1 for index in range(first, last + 1)]

    @property
    def done_count(self) -> int:
        """Turns done of a recurring duty, entries of a standing one."""
        if self.occurrences:
            return sum(turn.status is OccurrenceStatus.DONE for turn in self.occurrences)
        return len(self.records)

    @property
    def missed(self) -> tuple[OccurrenceView, ...]:
        return tuple(turn for turn in self.occurrences if turn.status is OccurrenceStatus.MISSED)

    @property
    def next_turn(self) -> OccurrenceView | None:
        """The turn a tick goes to: the one due today, else the earliest missed, else the next coming one."""
        for status in (OccurrenceStatus.DUE, OccurrenceStatus.MISSED, OccurrenceStatus.COMING):
            for turn in self.occurrences:
                if turn.status is status:
                    return turn
        return None

    @property
    def evidence_missing(self) -> bool:
        """Done without a single paper to show for it."""
        return any(record.evidence_count == 0 for record in self.records)


def judge_status(planned: Mapping[str, Any], records: Sequence[Record], turns: Sequence[int], *, today: date) -> Status:
    """The status on ``today`` of an activity with these fields, from what people decided and what was checked off; ``turns``: their ids."""
    if planned["duty"] is not DutyKind.ONE_OFF:
        if planned["state"] is ActivityState.CANCELLED:
            return Status.CANCELLED
        all_done = bool(turns) and set(turns) <= {record.occurrence_id for record in records}
        return Status.DONE if all_done else Status.STANDING
    if records:
        return Status.PARTLY if records[-1].is_partial else Status.DONE
    if planned["state"] is ActivityState.CANCELLED:
        return Status.CANCELLED
    if planned["ends_on"] < today:
        return Status.LATE
    if planned["state"] is ActivityState.POSTPONED:
        return Status.POSTPONED
    is_dated = planned["precision"] is DatePrecision.DAY and planned["starts_on"] < planned["ends_on"]
    if planned["state"] is ActivityState.UNDER_WAY or (is_dated and planned["starts_on"] <= today):
        return Status.UNDER_WAY
    return Status.COMING


def judge_occurrence(due_from: date, due_to: date, record: Record | None, *, today: date) -> OccurrenceStatus:
    """Done, due (today within its span), missed or coming."""
    if record is not None:
        return OccurrenceStatus.DONE
    if due_to < today:
        return OccurrenceStatus.MISSED
    return OccurrenceStatus.DUE if due_from <= today else OccurrenceStatus.COMING


def list_activities(session: Session, plan_id: int, *, today: date, as_decided_then: bool = False) -> list[ActivityView]:
    """All activities of a plan that are not removed, in the plan's order (sections first to last, then those without one).

    ``today`` bounds what is known (inclusive): what was held or spent later does not count yet. Six queries whatever the size.
    ``as_decided_then``: nor does what was decided later; whoever tells of a day that has passed asks for it.
    """
    require(session, Act.SEE_YEAR)
    planned = _read_planned(session, Activity.plan_id == plan_id)
    if as_decided_then:
        earlier = find_decided(session, today=today)
        planned = [row | earlier.get(row["id"], {}) for row in planned]
    return _views(session, planned, today=today)


def find_activity(session: Session, activity_id: int, *, today: date) -> ActivityView:
    """One activity. Raises: NoSuchActivity (also for a removed one)."""
    planned = _read_planned(session, Activity.id == activity_id)
    if not planned:
        raise NoSuchActivity(id=activity_id)
    return _views(session, planned, today=today)[0]


def _shared(table: type[SQLModel], view: type) -> tuple[str, ...]:
    """The fields of ``view`` that are columns of ``table``, in the order of the view's."""
    return tuple(field.name for field in fields(view) if field.name in table.model_fields)


@cache
def _read_columns(table: type[SQLModel], names: tuple[str, ...]) -> Select[Any]:
    return select_columns(*(getattr(table, name) for name in names))


# Columns, not entities: a plan of 2,000 activities with their turns and check-offs is read in a third of the time.
_PLANNED, _TOLD = _shared(Activity, ActivityView), _shared(CheckOff, Record)
_TURN = ("id", "number", "due_from", "due_to")
Turn = tuple[int, int, date, date]


def _read_planned(session: Session, *where: Any) -> list[dict[str, Any]]:
    query = _read_columns(Activity, _PLANNED).where(*where, col(Activity.removed).is_(False))
    return [dict(zip(_PLANNED, row, strict=True)) for row in session.execute(query)]


def _views(session: Session, planned: list[dict[str, Any]], *, today: date) -> list[ActivityView]:
    plan_ids = {one["plan_id"] for one in planned}
    of_these = select(Activity.id).where(col(Activity.plan_id).in_(plan_ids))
    if len(planned) == 1:
        of_these = of_these.where(Activity.id == planned[0]["id"])
    sections = {row.id or 0: row for row in session.exec(select(Section).where(col(Section.plan_id).in_(plan_ids)))}
    evidence = dict(
        session.exec(
            select(Evidence.check_off_id, func.count())
            .join(CheckOff, col(CheckOff.id) == Evidence.check_off_id)
            .where(col(CheckOff.activity_id).in_(of_these), col(Evidence.removed_at_utc).is_(None))
            .group_by(col(Evidence.check_off_id))
        ).all()
    )
    records: dict[int, list[Record]] = defaultdict(list)
    live = _read_columns(CheckOff, ("activity_id", *_TOLD)).where(col(CheckOff.activity_id).in_(of_these))
    live = live.where(col(CheckOff.undone_at_utc).is_(None), func.coalesce(col(CheckOff.done_to), col(CheckOff.done_on)) <= today)
    for activity_id, *told in session.execute(live.order_by(col(CheckOff.done_on), col(CheckOff.id))):
        known = dict(zip(_TOLD, told, strict=True))
        records[activity_id].append(Record(**known, evidence_count=evidence.get(known["id"], 0)))
    turns: dict[int, list[Turn]] = defaultdict(list)
    all_turns = _read_columns(Occurrence, ("activity_id", *_TURN)).where(col(Occurrence.activity_id).in_(of_these))
    for activity_id, *turn in session.execute(all_turns.order_by(col(Occurrence.number))):
        turns[activity_id].append(tuple(turn))
    entries = select(FundEntry.activity_id, func.sum(signed_amount())).where(col(FundEntry.activity_id).in_(of_these))
    booked = entries.where(FundEntry.direction == Direction.OUT, col(FundEntry.booked_on) <= today).group_by(col(FundEntry.activity_id))
    spent = {activity_id or 0: int(fen) for activity_id, fen in session.exec(booked)}
    titles = {id_: section.title for id_, section in sections.items()}
    views = [
        _view(
            one,
            sections[one["section_id"]].heading if one["section_id"] in sections else "",
            titles.get(one["section_id"], ""),
            records.get(one["id"], []),
            turns.get(one["id"], []),
            spent.get(one["id"], 0),
            today,
        )
        for one in planned
    ]
    order = {id_: section.position for id_, section in sections.items()}
    return sorted(views, key=lambda view: (order.get(view.section_id or 0, 10_000), view.position, view.id))


def _view(
    planned: Mapping[str, Any],
    section_heading: str,
    section_title: str,
    records: list[Record],
    turns: list[Turn],
    spent_fen: int,
    today: date,
) -> ActivityView:
    status = judge_status(planned, records, [id_ for id_, *_ in turns], today=today)
    by_turn = {record.occurrence_id: record for record in records if record.occurrence_id is not None}
    return ActivityView(
        **{**planned, "targets": tuple(planned["targets"])},
        section_heading=section_heading,
        section_title=section_title,
        status=status,
        days_late=(today - planned["ends_on"]).days if status is Status.LATE else 0,
        records=tuple(records),
        occurrences=tuple(_view_turn(turn, by_turn.get(turn[0]), today) for turn in turns),
        spent_fen=spent_fen,
    )


def _view_turn(turn: Turn, record: Record | None, today: date) -> OccurrenceView:
    id_, number, due_from, due_to = turn
    status = judge_occurrence(due_from, due_to, record, today=today)
    return OccurrenceView(id_, number, due_from, due_to, status, record.done_on if record else None, record.id if record else None)


def load_row(session: Session, activity_id: int) -> Activity:
    """The stored row of an activity. Raises: NoSuchActivity."""
    row = session.exec(select(Activity).where(Activity.id == activity_id)).first()
    if row is None:
        raise NoSuchActivity(id=activity_id)
    return row
