"""The outline of a plan that stands: its sections in their order, and the measures below them."""

from datetime import datetime
from typing import Any, TypedDict

from sqlmodel import Session, col, func, select

from unionboard.errors.activities import NoSuchMeasure, NoSuchSection, SectionHoldsMeasures, TextMissing
from unionboard.models import Activity, Measure, Section
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import drop_row, record_change, update_row
from unionboard.services.plan_rows import OTHER


class Stamp(TypedDict):
    """Who writes, and when."""

    who: str
    now_utc: datetime


def move_section(session: Session, section_id: int, *, steps: int, who: str, now_utc: datetime) -> None:
    """Put a section ``steps`` places later (below zero: earlier) among its neighbours; beyond the ends it stays at the end.

    Its printed number stays with its heading. Raises: NoSuchSection.
    """
    section = _section(session, section_id)
    rows = list(session.exec(select(Section).where(Section.plan_id == section.plan_id).order_by(col(Section.position))))
    old = rows.index(section)
    rows.insert(min(max(old + steps, 0), len(rows) - 1), rows.pop(old))
    for position, row in enumerate(rows, start=1):
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, position=position)


def remove_section(session: Session, section_id: int, *, into: int | None = None, who: str, now_utc: datetime) -> None:
    """Take a heading out of the plan. Its activities and measures go to section ``into``; without one the activities have no section.

    The log keeps the heading. Raises: NoSuchSection, SectionHoldsMeasures when it has measures and there is no ``into``.
    """
    section = _section(session, section_id)
    stamp = Stamp(who=who, now_utc=now_utc)
    home = None if into is None else _section(session, into)
    measures = list(session.exec(select(Measure).where(Measure.section_id == section_id).order_by(col(Measure.position))))
    if measures and home is None:
        raise SectionHoldsMeasures(heading=section.heading, n=len(measures))
    for measure in measures:
        place = _next_place(session, into or 0)
        update_row(session, measure, version=measure.version, section_id=into, position=place, **stamp)
        session.flush()
    for activity in session.exec(select(Activity).where(Activity.section_id == section_id)).all():
        update_row(session, activity, version=activity.version, section_id=into, **stamp)
    session.flush()
    drop_row(session, section, **stamp)


def add_measure(session: Session, section_id: int, *, text: str, who: str, now_utc: datetime) -> Measure:
    """A further measure at the end of a section, in its area. Raises: TextMissing, NoSuchSection."""
    if not text.strip():
        raise TextMissing
    section = _section(session, section_id)
    row = Measure(section_id=section_id, position=_next_place(session, section_id), text=text.strip(), area=section.area or OTHER)
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def save_measure(session: Session, measure_id: int, *, version: int, who: str, now_utc: datetime, **values: Any) -> Measure:
    """Change fields of a measure (text, area, owner, section_id). Raises: TextMissing, NoSuchMeasure, StaleSave."""
    row = _measure(session, measure_id)
    if "text" in values:
        values["text"] = str(values["text"]).strip()
        if not values["text"]:
            raise TextMissing
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
    return row


def remove_measure(session: Session, measure_id: int, *, who: str, now_utc: datetime) -> None:
    """Take a measure out of the plan; activities that came from it stay. The log keeps its text. Raises: NoSuchMeasure."""
    row = _measure(session, measure_id)
    for activity in session.exec(select(Activity).where(Activity.measure_id == measure_id)).all():
        update_row(session, activity, version=activity.version, who=who, now_utc=now_utc, measure_id=None)
    session.flush()
    drop_row(session, row, who=who, now_utc=now_utc)


def _section(session: Session, section_id: int) -> Section:
    row = session.exec(select(Section).where(Section.id == section_id)).first()
    if row is None:
        raise NoSuchSection(id=section_id)
    return row


def _measure(session: Session, measure_id: int) -> Measure:
    row = session.exec(select(Measure).where(Measure.id == measure_id)).first()
    if row is None:
        raise NoSuchMeasure(id=measure_id)
    return row


def _next_place(session: Session, section_id: int) -> int:
    return session.exec(select(func.coalesce(func.max(Measure.position), 0)).where(Measure.section_id == section_id)).one() + 1
