"""Check-offs: an activity, or a turn of a duty, reported as held; undone without losing the record."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.activities import DateOutsidePlan, DatesReversed
from unionboard.errors.checkoffs import (
    ActivityCancelled,
    ActivityRemoved,
    AlreadyCheckedOff,
    CheckOffCompleted,
    CheckOffTakenBack,
    CountNotPositive,
    CountTooLarge,
    DateInFuture,
    MorePresentThanDue,
    MoreThanEligible,
    NoSuchTurn,
    NotCheckedOff,
)
from unionboard.models import Activity, ActivityState, CheckOff, DutyKind, Occurrence, Plan
from unionboard.models.changelog import ChangeAction
from unionboard.services.activities import load_row
from unionboard.services.changes import record_change, snapshot, update_row

_COUNT_LIMIT = 1_000_000  # a primary trade union counts hundreds; ten typed digits are a slip, and more than some databases hold


@dataclass(frozen=True, slots=True)
class Details:
    """What may be told about how it went. ``participants``/``eligible`` are persons, ``person_times`` attendances over several turns.

    ``remaining``: what is left of something done in part, dropped when all is done; ``agenda``: one item a line.
    """

    done_to: date | None = None
    is_partial: bool = False
    participants: int | None = None
    eligible: int | None = None
    person_times: int | None = None
    result: str = ""
    award: str = ""
    award_level: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    remaining: str = ""
    agenda: str = ""


def check_off(
    session: Session,
    activity_id: int,
    *,
    done_on: date,
    today: date,
    who: str,
    now_utc: datetime,
    details: Details | None = None,
    occurrence_id: int | None = None,
) -> CheckOff:
    """Report an activity as held on ``done_on``. A recurring duty takes the turn ``occurrence_id``, or the one whose span holds the day,
    or the first open one; a standing duty takes any number of entries.

    Raises: NoSuchActivity, ActivityRemoved, ActivityCancelled, AlreadyCheckedOff, DateOutsidePlan, DateInFuture, DatesReversed,
    CountNotPositive, MoreThanEligible.
    """
    details = details or Details()
    activity = load_row(session, activity_id)
    if activity.removed:
        raise ActivityRemoved(title=activity.title)
    if activity.state is ActivityState.CANCELLED:
        raise ActivityCancelled(title=activity.title)
    _check_days(session, activity, done_on, details.done_to, today)
    _check_counts(details)
    turn = _choose_turn(session, activity, done_on, occurrence_id)
    is_log = activity.duty is not DutyKind.ONE_OFF and turn is None
    if not is_log:
        earlier = _live(session, activity_id, turn.id if turn else None)
        if earlier is not None:
            raise AlreadyCheckedOff(
                title=activity.title,
                done_on=earlier.done_on,
                who=earlier.who,
                at=earlier.created_at_utc,
                activity_id=activity_id,
                check_off_id=earlier.id,
            )
    row = CheckOff(
        activity_id=activity_id,
        occurrence_id=turn.id if turn else None,
        is_log=is_log,
        done_on=done_on,
        who=who,
        created_at_utc=now_utc,
        **_fields(details),
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CHECK_OFF, who=who, now_utc=now_utc)
    return row


def amend_check_off(
    session: Session, check_off_id: int, *, version: int, today: date, who: str, now_utc: datetime, **values: Any
) -> CheckOff:
    """Change some of what is told of a check-off: ``done_on`` and the fields of ``Details``; the rest stays.

    Raises: CheckOffTakenBack, StaleSave, and for days and counts what ``check_off`` raises.
    """
    row = load_live(session, check_off_id)
    names = [one.name for one in fields(Details)]
    told = Details(**{name: values.get(name, getattr(row, name)) for name in names})
    _check_days(session, load_row(session, row.activity_id), values.get("done_on", row.done_on), told.done_to, today)
    _check_counts(told)
    clean = _fields(told)
    changed = {name: clean[name] for name in names if name in values or name == "remaining"}
    changed |= {"done_on": values["done_on"]} if "done_on" in values else {}
    update_row(session, row, version=version, who=who, now_utc=now_utc, **changed)
    return row


def correct_day(session: Session, check_off_id: int, *, done_on: date, version: int, today: date, who: str, now_utc: datetime) -> CheckOff:
    """It was another day: a last day moves along. Raises: as ``amend_check_off``."""
    row = load_live(session, check_off_id)
    done_to = row.done_to and row.done_to + (done_on - row.done_on)
    return amend_check_off(session, check_off_id, version=version, today=today, who=who, now_utc=now_utc, done_on=done_on, done_to=done_to)


def load_live(session: Session, check_off_id: int) -> CheckOff:
    """A check-off that nobody took back. Raises: CheckOffTakenBack."""
    row = session.exec(select(CheckOff).where(CheckOff.id == check_off_id)).one()
    if row.undone_at_utc is not None:
        raise CheckOffTakenBack(title=load_row(session, row.activity_id).title)
    return row


def undo_check_off(
    session: Session, activity_id: int, *, who: str, now_utc: datetime, check_off_id: int | None = None, version: int | None = None
) -> CheckOff:
    """Take back ``check_off_id``, or the activity's latest check-off; it stays on record as undone. ``version``: the one that was seen.

    Raises: NoSuchActivity, NotCheckedOff, CheckOffCompleted (somebody told more of it than was seen).
    """
    activity = load_row(session, activity_id)
    query = select(CheckOff).where(CheckOff.activity_id == activity_id, col(CheckOff.undone_at_utc).is_(None))
    if check_off_id is not None:
        query = query.where(CheckOff.id == check_off_id)
    row = session.exec(query.order_by(col(CheckOff.created_at_utc).desc(), col(CheckOff.id).desc())).first()
    if row is None:
        raise NotCheckedOff(title=activity.title)
    if version is not None and row.version != version:
        raise CheckOffCompleted(title=activity.title)
    before = snapshot(row)
    row.undone_at_utc = now_utc
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UNDO, who=who, now_utc=now_utc, before=before)
    return row


def _fields(details: Details) -> dict[str, Any]:
    return {
        "done_to": details.done_to,
        "is_partial": details.is_partial,
        "participants": details.participants,
        "eligible": details.eligible,
        "person_times": details.person_times,
        "result": details.result.strip(),
        "award": details.award.strip(),
        "award_level": details.award_level,
        "figures": dict(details.figures),
        "remaining": details.remaining.strip() if details.is_partial else "",
        "agenda": "\n".join(line.strip() for line in details.agenda.splitlines() if line.strip()),
    }


def _check_days(session: Session, activity: Activity, done_on: date, done_to: date | None, today: date) -> None:
    plan = session.exec(select(Plan).where(Plan.id == activity.plan_id)).one()
    for day in (done_on, done_to or done_on):
        if not plan.starts_on <= day <= plan.ends_on:
            raise DateOutsidePlan(day=day, starts_on=plan.starts_on, ends_on=plan.ends_on)
        if day > today:
            raise DateInFuture(day=day)
    if done_to is not None and done_to < done_on:
        raise DatesReversed


def _check_counts(details: Details) -> None:
    for count in (details.participants, details.eligible, details.person_times, *details.figures.values()):
        if count is not None and count < 0:
            raise CountNotPositive
        if count is not None and count > _COUNT_LIMIT:
            raise CountTooLarge(count=count)
    if details.participants is not None and details.eligible is not None and details.participants > details.eligible:
        raise MoreThanEligible(attended=details.participants, eligible=details.eligible)
    present, due = (details.figures.get(code) for code in ("delegates_present", "delegates_due"))
    if present is not None and due is not None and present > due:
        raise MorePresentThanDue(present=present, due=due)


def _choose_turn(session: Session, activity: Activity, done_on: date, occurrence_id: int | None) -> Occurrence | None:
    turns = session.exec(select(Occurrence).where(Occurrence.activity_id == activity.id).order_by(col(Occurrence.number))).all()
    if occurrence_id is not None:
        chosen = next((turn for turn in turns if turn.id == occurrence_id), None)
        if chosen is None:
            raise NoSuchTurn(title=activity.title)
        return chosen
    taken = set(
        session.exec(select(CheckOff.occurrence_id).where(CheckOff.activity_id == activity.id, col(CheckOff.undone_at_utc).is_(None))).all()
    )
    free = [turn for turn in turns if turn.id not in taken]
    within = [turn for turn in free if turn.due_from <= done_on <= turn.due_to]
    return next(iter(within or free), None)


def _live(session: Session, activity_id: int, occurrence_id: int | None) -> CheckOff | None:
    query = select(CheckOff).where(
        CheckOff.activity_id == activity_id, CheckOff.occurrence_id == occurrence_id, col(CheckOff.undone_at_utc).is_(None)
    )
    return session.exec(query).first()
