"""Activities as people ask about them: planned when, what became of them, late or not. They are changed in ``amendments``."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

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


def judge_status(activity: Activity, records: list[Record], occurrences: list[Occurrence], *, today: date) -> Status:
    """The status of ``activity`` on ``today``, from what people decided and what was checked off."""
    if activity.duty is not DutyKind.ONE_OFF:
        if activity.state is ActivityState.CANCELLED:
            return Status.CANCELLED
        all_done = bool(occurrences) and {turn.id for turn in occurrences} <= {record.occurrence_id for record in records}
        return Status.DONE if all_done else Status.STANDING
    if records:
        return Status.PARTLY if records[-1].is_partial else Status.DONE
    if activity.state is ActivityState.CANCELLED:
        return Status.CANCELLED
    if activity.ends_on < today:
        return Status.LATE
    if activity.state is ActivityState.POSTPONED:
        return Status.POSTPONED
    running = activity.precision is DatePrecision.DAY and activity.starts_on < activity.ends_on and activity.starts_on <= today
    if activity.state is ActivityState.UNDER_WAY or running:
        return Status.UNDER_WAY
    return Status.COMING


def judge_occurrence(occurrence: Occurrence, record: Record | None, *, today: date) -> OccurrenceStatus:
    """Done, due (today within its span), missed or coming."""
    if record is not None:
        return OccurrenceStatus.DONE
    if occurrence.due_to < today:
        return OccurrenceStatus.MISSED
    return OccurrenceStatus.DUE if occurrence.due_from <= today else OccurrenceStatus.COMING


def list_activities(session: Session, plan_id: int, *, today: date, as_decided_then: bool = False) -> list[ActivityView]:
    """All activities of a plan that are not removed, in the plan's order (sections first to last, then those without one).

    ``today`` bounds what is known (inclusive): what was held or spent later does not count yet. Six queries whatever the size.
    ``as_decided_then``: nor does what was decided later; whoever tells of a day that has passed asks for it.
    """
    require(session, Act.SEE_YEAR)
    activities = list(session.exec(select(Activity).where(Activity.plan_id == plan_id, col(Activity.removed).is_(False))))
    if as_decided_then:
        earlier = find_decided(session, today=today)
        activities = [Activity(**row.model_dump() | earlier[row.id or 0]) if row.id in earlier else row for row in activities]
    return _views(session, activities, today=today)


def find_activity(session: Session, activity_id: int, *, today: date) -> ActivityView:
    """One activity. Raises: NoSuchActivity (also for a removed one)."""
    activity = session.exec(select(Activity).where(Activity.id == activity_id, col(Activity.removed).is_(False))).first()
    if activity is None:
        raise NoSuchActivity(id=activity_id)
    return _views(session, [activity], today=today)[0]


def _views(session: Session, activities: list[Activity], *, today: date) -> list[ActivityView]:
    plan_ids = {activity.plan_id for activity in activities}
    of_these = select(Activity.id).where(col(Activity.plan_id).in_(plan_ids))
    if len(activities) == 1:
        of_these = of_these.where(Activity.id == activities[0].id)
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
    live = select(CheckOff).where(col(CheckOff.activity_id).in_(of_these), col(CheckOff.undone_at_utc).is_(None))
    live = live.where(func.coalesce(col(CheckOff.done_to), col(CheckOff.done_on)) <= today)
    for row in session.exec(live.order_by(col(CheckOff.done_on), col(CheckOff.id))):
        records[row.activity_id].append(_record(row, evidence.get(row.id or 0, 0)))
    turns: dict[int, list[Occurrence]] = defaultdict(list)
    for turn in session.exec(select(Occurrence).where(col(Occurrence.activity_id).in_(of_these)).order_by(col(Occurrence.number))):
        turns[turn.activity_id].append(turn)
    entries = select(FundEntry.activity_id, func.sum(signed_amount())).where(col(FundEntry.activity_id).in_(of_these))
    booked = entries.where(FundEntry.direction == Direction.OUT, col(FundEntry.booked_on) <= today).group_by(col(FundEntry.activity_id))
    spent = {activity_id or 0: int(fen) for activity_id, fen in session.exec(booked)}
    views = [
        _view(
            activity,
            sections.get(activity.section_id or 0),
            records[activity.id or 0],
            turns[activity.id or 0],
            spent.get(activity.id or 0, 0),
            today,
        )
        for activity in activities
    ]
    order = {id_: section.position for id_, section in sections.items()}
    return sorted(views, key=lambda view: (order.get(view.section_id or 0, 10_000), view.position, view.id))


def _record(row: CheckOff, evidence_count: int) -> Record:
    return Record(
        id=row.id or 0,
        occurrence_id=row.occurrence_id,
        is_log=row.is_log,
        done_on=row.done_on,
        done_to=row.done_to,
        is_partial=row.is_partial,
        participants=row.participants,
        eligible=row.eligible,
        person_times=row.person_times,
        result=row.result,
        award=row.award,
        award_level=row.award_level,
        figures=dict(row.figures),
        evidence_count=evidence_count,
        who=row.who,
        created_at_utc=row.created_at_utc,
        version=row.version,
        remaining=row.remaining,
        agenda=row.agenda,
    )


def _view(
    activity: Activity, section: Section | None, records: list[Record], turns: list[Occurrence], spent_fen: int, today: date
) -> ActivityView:
    by_turn = {record.occurrence_id: record for record in records if record.occurrence_id is not None}
    status = judge_status(activity, records, turns, today=today)
    occurrences = []
    for turn in turns:
        record = by_turn.get(turn.id or 0)
        occurrences.append(
            OccurrenceView(
                id=turn.id or 0,
                number=turn.number,
                due_from=turn.due_from,
                due_to=turn.due_to,
                status=judge_occurrence(turn, record, today=today),
                done_on=record.done_on if record else None,
                check_off_id=record.id if record else None,
            )
        )
    return ActivityView(
        id=activity.id or 0,
        plan_id=activity.plan_id,
        section_id=activity.section_id,
        section_heading=section.heading if section else "",
        section_title=section.title if section else "",
        position=activity.position,
        title=activity.title,
        area=activity.area,
        area_2=activity.area_2,
        duty=activity.duty,
        precision=activity.precision,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        owner=activity.owner,
        audience=activity.audience,
        planned_people=activity.planned_people,
        planned_budget_fen=activity.planned_budget_fen,
        frequency=activity.frequency,
        state=activity.state,
        state_reason=activity.state_reason,
        original_starts_on=activity.original_starts_on,
        original_ends_on=activity.original_ends_on,
        note=activity.note,
        version=activity.version,
        status=status,
        days_late=(today - activity.ends_on).days if status is Status.LATE else 0,
        records=tuple(records),
        occurrences=tuple(occurrences),
        spent_fen=spent_fen,
        carried_over=activity.carried_over,
        relation=activity.relation,
        targets=tuple(activity.targets),
    )


def load_row(session: Session, activity_id: int) -> Activity:
    """The stored row of an activity. Raises: NoSuchActivity."""
    row = session.exec(select(Activity).where(Activity.id == activity_id)).first()
    if row is None:
        raise NoSuchActivity(id=activity_id)
    return row
