"""A row of a document or table put into a plan that stands: as a new activity, or as changes of one."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from unionboard.models import Activity, Plan
from unionboard.services import amendments, duties
from unionboard.services.plan_rows import PlanRow
from unionboard.services.plans import store_new, turns_of_row, values_of_row
from unionboard.services.row_changes import FieldChange, Side, columns_to_save
from unionboard.services.sections import Stamp


def add_row(
    session: Session, plan: Plan, row: PlanRow, *, section_id: int | None, area: str, stamp: Stamp, measure_id: int | None = None
) -> Activity:
    """``row`` as the last activity of ``plan``, with the turns of its duty; ``area`` where it has none of its own."""
    last = session.exec(select(func.coalesce(func.max(col(Activity.position)), 0)).where(Activity.plan_id == plan.id)).one()
    values = values_of_row(row, plan, default_area=area)
    activity = Activity(plan_id=plan.id or 0, position=last + 1, section_id=section_id, measure_id=measure_id, **values)
    store_new(session, activity, **stamp)
    duties.add_turns(session, activity, turns_of_row(row, (plan.starts_on, plan.ends_on)), **stamp)
    return activity


def change_activity(
    session: Session,
    plan: Plan,
    activity: Activity,
    changes: Collection[FieldChange],
    theirs: Side,
    *,
    section_id: int | None,
    stamp: Stamp,
) -> None:
    """Store ``changes`` as ``theirs`` has them; ``section_id`` counts only where the section is one of them. Turns already held stay.

    Raises: TitleMissing, DatesReversed, DateOutsidePlan, StaleSave.
    """
    values = columns_to_save(changes, theirs)
    duty = {"duty": values.pop("duty", activity.duty), "frequency": values.pop("frequency", activity.frequency)}
    if any(change.name == "section" for change in changes):
        values["section_id"] = section_id
    saved = amendments.save_activity(session, activity.id or 0, version=activity.version, **values, **stamp)
    within = (plan.starts_on, plan.ends_on)
    duties.save_duty(session, activity.id or 0, plan=within, version=saved.version, **duty, **stamp)
