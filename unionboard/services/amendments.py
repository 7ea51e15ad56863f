"""Amending the plan: an activity added, changed, postponed, cancelled, taken out and put back. Nothing is deleted."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, func, select

from unionboard.errors.activities import DateOutsidePlan, DatesReversed, NotLater, ReasonMissing, TitleMissing
from unionboard.models import Activity, ActivityState, DatePrecision, Plan
from unionboard.models.changelog import ChangeAction
from unionboard.services.activities import load_row
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.duties import plan_anew
from unionboard.services.guard import require
from unionboard.services.permissions import Act


def _plan_of(session: Session, plan_id: int) -> Plan:
    return session.exec(select(Plan).where(Plan.id == plan_id)).one()


def _check_dates(session: Session, plan_id: int, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise DatesReversed
    plan = _plan_of(session, plan_id)
    for day in (starts_on, ends_on):
        if not plan.starts_on <= day <= plan.ends_on:
            raise DateOutsidePlan(day=day, starts_on=plan.starts_on, ends_on=plan.ends_on)


def save_activity(session: Session, activity_id: int, *, version: int, who: str, now_utc: datetime, **values: Any) -> Activity:
    """Change fields of an activity (title, area, area_2, section_id, starts_on, ends_on, precision, duty, frequency, owner, relation,
    audience, planned_people, planned_budget_fen, targets, note). With ``duty`` or ``frequency`` its turns are planned anew.

    Raises: TitleMissing, DatesReversed, DateOutsidePlan, StaleSave, NoSuchActivity.
    """
    require(session, Act.EDIT_PLAN)
    row = load_row(session, activity_id)
    if "title" in values:
        values["title"] = str(values["title"]).strip()
        if not values["title"]:
            raise TitleMissing
    if "starts_on" in values or "ends_on" in values:
        _check_dates(session, row.plan_id, values.get("starts_on", row.starts_on), values.get("ends_on", row.ends_on))
    frequency_before = (row.duty, row.frequency)
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
    if (row.duty, row.frequency) != frequency_before:
        plan = _plan_of(session, row.plan_id)
        plan_anew(session, row, (plan.starts_on, plan.ends_on), who=who, now_utc=now_utc)
    return row


def postpone_activity(
    session: Session,
    activity_id: int,
    *,
    starts_on: date,
    ends_on: date,
    precision: DatePrecision,
    reason: str,
    version: int,
    who: str,
    now_utc: datetime,
) -> Activity:
    """Move an activity to later dates (inclusive) with a reason; the first planned dates stay on record.

    Raises: ReasonMissing, DatesReversed, DateOutsidePlan, NotLater, StaleSave, NoSuchActivity.
    """
    require(session, Act.EDIT_PLAN)
    if not reason.strip():
        raise ReasonMissing
    row = load_row(session, activity_id)
    _check_dates(session, row.plan_id, starts_on, ends_on)
    if starts_on <= row.starts_on and ends_on <= row.ends_on:
        raise NotLater
    update_row(
        session,
        row,
        version=version,
        who=who,
        now_utc=now_utc,
        state=ActivityState.POSTPONED,
        state_reason=reason.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision,
        original_starts_on=row.original_starts_on or row.starts_on,
        original_ends_on=row.original_ends_on or row.ends_on,
    )
    return row


def set_state(
    session: Session, activity_id: int, *, state: ActivityState, reason: str = "", version: int, who: str, now_utc: datetime
) -> Activity:
    """Mark as under way, cancelled (with a reason) or planned again; one that was postponed stays postponed when it is taken back.

    Raises: ReasonMissing when cancelling without one, StaleSave, NoSuchActivity.
    """
    require(session, Act.EDIT_PLAN)
    if state is ActivityState.CANCELLED and not reason.strip():
        raise ReasonMissing
    row = load_row(session, activity_id)
    if state is ActivityState.PLANNED and row.original_starts_on:
        state = ActivityState.POSTPONED
    update_row(session, row, version=version, who=who, now_utc=now_utc, state=state, state_reason=reason.strip())
    return row


def add_activity(
    session: Session,
    plan_id: int,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    precision: DatePrecision,
    who: str,
    now_utc: datetime,
    **values: Any,
) -> Activity:
    """Add an activity at the end of its plan. Raises: TitleMissing, DatesReversed, DateOutsidePlan."""
    require(session, Act.EDIT_PLAN)
    if not title.strip():
        raise TitleMissing
    _check_dates(session, plan_id, starts_on, ends_on)
    last = session.exec(select(func.coalesce(func.max(Activity.position), 0)).where(Activity.plan_id == plan_id)).one()
    row = Activity(
        plan_id=plan_id, title=title.strip(), starts_on=starts_on, ends_on=ends_on, precision=precision, position=last + 1, **values
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def remove_activity(session: Session, activity_id: int, *, who: str, now_utc: datetime, removed: bool = True) -> Activity:
    """Take an activity out of the plan, or with ``removed=False`` put it back. Nothing is deleted. Raises: NoSuchActivity."""
    require(session, Act.EDIT_PLAN)
    row = load_row(session, activity_id)
    before = snapshot(row)
    row.removed = removed
    row.version += 1
    session.add(row)
    action = ChangeAction.REMOVE if removed else ChangeAction.RESTORE
    record_change(session, row, action=action, who=who, now_utc=now_utc, before=before)
    return row
