"""Last year's plan as the beginning of this year's."""

import re
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import Activity, DatePrecision, Measure, Plan, Section
from unionboard.services import duties
from unionboard.services.periods import Span, festival_months, move_months
from unionboard.services.plans import create_plan, list_measures, list_sections, store_new


def copy_plan(session: Session, plan_id: int, *, year: int, who: str, now_utc: datetime) -> Plan:
    """A plan of ``year`` like plan ``plan_id``: sections, measures and activities, without check-offs, states and removed rows.

    A day becomes its month; what is named after a lunar festival moves with it; turns of duties are planned anew. The old year's number
    in titles and texts becomes the new one. Raises: YearOutOfRange, PlanExists.
    """
    old = session.exec(select(Plan).where(Plan.id == plan_id)).one()
    years = year - old.year
    before = (old.starts_on, old.ends_on)
    within = (_years_later(old.starts_on, years), _years_later(old.ends_on, years))
    texts = {"guiding": _in_year(old.guiding, old.year, years), "closing": _in_year(old.closing, old.year, years)}
    title = _in_year(old.title, old.year, years)
    plan = create_plan(session, title=title, year=year, period_kind=old.period_kind, within=within, who=who, now_utc=now_utc, **texts)
    sections: dict[int | None, int] = {}
    for section in list_sections(session, plan_id):
        changed = {
            "plan_id": plan.id,
            "heading": _in_year(section.heading, old.year, years),
            "intro": _in_year(section.intro, old.year, years),
        }
        sections[section.id] = _copy_row(session, section, changed, who=who, now_utc=now_utc)
    measures: dict[int | None, int] = {}
    for measure in list_measures(session, plan_id):
        changed = {"section_id": sections[measure.section_id], "text": _in_year(measure.text, old.year, years)}
        measures[measure.id] = _copy_row(session, measure, changed, who=who, now_utc=now_utc)
    kept = select(Activity).where(Activity.plan_id == plan_id, col(Activity.removed).is_(False)).order_by(col(Activity.position))
    for activity in session.exec(kept).all():
        copied = Activity(
            **activity.model_dump(include=_COPIED),
            **_later_time(activity, years, before, within),
            plan_id=plan.id or 0,
            title=_in_year(activity.title, old.year, years),
            section_id=sections.get(activity.section_id),
            measure_id=measures.get(activity.measure_id),
        )
        store_new(session, copied, who=who, now_utc=now_utc)
        duties.add_turns(session, copied, duties.spans_of(copied.duty, copied.frequency, within))
    return plan


_COPIED = {"position", "area", "area_2", "duty", "owner", "audience", "planned_people", "planned_budget_fen", "frequency", "note"}


def _copy_row(session: Session, row: Section | Measure, changed: dict[str, Any], *, who: str, now_utc: datetime) -> int:
    copied = type(row)(**{**row.model_dump(exclude={"id", "version"}), **changed})
    store_new(session, copied, who=who, now_utc=now_utc)
    return copied.id or 0


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) or (day.month == 2 and day.day == 28 and day.year % 4):
        return move_months((day, day), 12 * years, (date.min, date.max))[1]  # the end of February stays its end
    return day.replace(year=day.year + years)


def _in_year(text: str, year: int, years: int) -> str:
    """The text with the plan's year, and a school year's second one, moved on; other years stay."""
    return re.sub(rf"(?<!\d)(?:{year}|{year + 1}(?=\s*学年))(?!\d)", lambda found: str(int(found.group()) + years), text)


def _later_time(activity: Activity, years: int, before: Span, within: Span) -> dict[str, Any]:
    if activity.precision is DatePrecision.PERIOD:
        return {"precision": DatePrecision.PERIOD, "starts_on": within[0], "ends_on": within[1]}
    planned = (activity.original_starts_on or activity.starts_on, activity.original_ends_on or activity.ends_on)
    precision = activity.precision
    months = 12 * years
    if precision is not DatePrecision.HALF_YEAR:
        precision = DatePrecision.MONTH
        months += festival_months(activity.title, old=before, new=within)
    starts_on, ends_on = move_months(planned, months, within)
    return {"precision": precision, "starts_on": starts_on, "ends_on": ends_on}
