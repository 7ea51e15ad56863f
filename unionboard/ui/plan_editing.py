"""The plan under correction: loaded with its versions, compared with what is stored, saved as one, and put on top of others' changes."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import Activity, DutyKind, Measure, Plan, Section
from unionboard.reading.plan_time import PlanTime, read_time
from unionboard.services import activities, amendments, duties, plans
from unionboard.services.activities import ActivityView
from unionboard.services.changes import current_pulse
from unionboard.services.periods import Placement, Span, place, place_time
from unionboard.services.plan_times import duty_of_time, time_of_activity
from unionboard.ui.identity import acting_who
from unionboard.ui.plan_grid import NO_SECTION, Grid, GridRow, fen, read_edits, section_of
from unionboard.ui.plan_time import write_time
from unionboard.ui.text import language

EDITOR_KEY = "plan_editor"
SERIAL_KEY = "plan_serial"


@dataclass(slots=True)
class Editor:
    """The plan as it was loaded, and the grid of its activities. ``stored`` are the rows as the grid first showed them, in ``language``;
    ``picked`` is the id of a line of the outline, ``only_carried`` shows what was not done last year alone.
    """

    plan: Plan
    sections: list[Section]
    measures: list[Measure]
    removed: list[Activity]
    views: dict[str, ActivityView]
    stored: dict[str, GridRow]
    grid: Grid
    pulse: int
    language: str
    picked: int | None = None
    only_carried: bool = False


def grid_row(key: str, view: ActivityView) -> GridRow:
    """A stored activity as the grid shows it."""
    return GridRow(
        key,
        title=view.title,
        when=write_time(time_of_activity(view), view.duty),
        duty=view.duty.value,
        section=str(view.section_id or NO_SECTION),
        area=view.area,
        owner=view.owner,
        people=view.planned_people,
        budget=None if view.planned_budget_fen is None else view.planned_budget_fen / 100,
    )


def current_editor(plan: Plan) -> Editor:
    """The session's editor of ``plan``. What others changed comes in at once, except to rows while edits of ours are waiting: those keep
    the versions we saw, so that saving over somebody's change is refused first."""
    editor = st.session_state.get(EDITOR_KEY)
    with db.reading() as session:
        pulse = current_pulse(session)
        if not (isinstance(editor, Editor) and editor.plan.id == plan.id):
            serial = st.session_state.get(SERIAL_KEY, 0) + 1
            st.session_state[SERIAL_KEY] = serial
            return _keep(_load(session, plan, generation=1000 * serial))
        read_edits(editor.grid)
        if editor.language != language():
            return _keep(_in_other_words(session, editor))
        if editor.pulse == pulse:
            return editor
        fresh = _load(session, plan, generation=editor.grid.generation + 1)
    fresh.picked, fresh.only_carried = editor.picked, editor.only_carried
    if count_changes(editor):
        fresh.views, fresh.stored, fresh.grid = editor.views, editor.stored, editor.grid
    return _keep(fresh)


def _in_other_words(session: Session, editor: Editor) -> Editor:
    """The editor in the language now chosen, with the edits that are not saved yet."""
    fresh = _load(session, editor.plan, generation=editor.grid.generation + 1)
    fresh.picked, fresh.only_carried = editor.picked, editor.only_carried
    fresh.views = editor.views  # the versions seen: saving over somebody's change is refused first
    fresh.stored = {key: grid_row(key, view) for key, view in editor.views.items()}
    fresh.grid.rows = [_translated(row, editor.stored.get(row.id), fresh.stored.get(row.id)) for row in editor.grid.latest]
    fresh.grid.latest = list(fresh.grid.rows)
    return fresh


def _translated(row: GridRow, before: GridRow | None, fresh: GridRow | None) -> GridRow:
    if before is not None and fresh is not None and row.when == before.when:
        return replace(row, when=fresh.when)
    time = read_time(row.when)
    return row if time is None or not row.when else replace(row, when=write_time(time, DutyKind(row.duty)))


def _keep(editor: Editor) -> Editor:
    st.session_state[EDITOR_KEY] = editor
    return editor


def _load(session: Session, plan: Plan, *, generation: int) -> Editor:
    plan_id = plan.id or 0
    views = {str(view.id): view for view in activities.list_activities(session, plan_id, today=clock.today())}
    stored = {key: grid_row(key, view) for key, view in views.items()}
    return Editor(
        plan,
        plans.list_sections(session, plan_id),
        plans.list_measures(session, plan_id),
        plans.list_removed(session, plan_id),
        views,
        stored,
        Grid("plan", list(stored.values()), generation=generation),
        current_pulse(session),
        language(),
    )


def count_changes(editor: Editor) -> int:
    """How many rows differ from what is stored."""
    now, stored = {row.id: row for row in editor.grid.latest}, editor.stored
    return sum(stored.get(key) != row for key, row in now.items()) + sum(key not in now for key in stored)


def reload(editor: Editor) -> Editor:
    """Load the plan anew; edits of ours are left behind."""
    with db.reading() as session:
        plan = session.get_one(Plan, editor.plan.id)
        fresh = _load(session, plan, generation=editor.grid.generation + 1)
    fresh.picked, fresh.only_carried = editor.picked, editor.only_carried
    return _keep(fresh)


def rebase(editor: Editor) -> None:
    """Put our edits on top of what is stored now: what somebody else changed meanwhile is seen, and a second save means it."""
    before, ours = editor.stored, {row.id: row for row in editor.grid.latest}
    fresh = reload(editor)
    rows = [_merge(row, before[row.id], ours[row.id]) if row.id in ours and row.id in before else row for row in fresh.grid.rows]
    gone = {key for key in before if key not in ours}
    fresh.grid.rows = [row for row in rows if row.id not in gone] + [row for key, row in ours.items() if key not in before]
    fresh.grid.latest = list(fresh.grid.rows)


_FIELDS = ("title", "when", "duty", "section", "area", "owner", "people", "budget")


def _merge(theirs: GridRow, before: GridRow, ours: GridRow) -> GridRow:
    return replace(theirs, **{name: getattr(ours, name) for name in _FIELDS if getattr(ours, name) != getattr(before, name)})


def store(session: Session, editor: Editor) -> None:
    """All rows that differ, in one transaction."""
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
    stored = editor.stored
    rows = {row.id: row for row in editor.grid.latest}
    for key in stored:
        if key not in rows:
            amendments.remove_activity(session, int(key), **stamp)
    for key, row in rows.items():
        if key not in stored:
            _add(session, editor.plan, row, stamp)
        elif row != stored[key]:
            _change(session, editor.plan, editor.views[key], stored[key], row, stamp)


def _span(plan: Plan) -> Span:
    return plan.starts_on, plan.ends_on


def _placed(plan: Plan, time: PlanTime, duty: DutyKind) -> Placement:
    if duty is not DutyKind.ONE_OFF:
        return place(_span(plan))
    return place_time(_span(plan), time)


def _add(session: Session, plan: Plan, row: GridRow, stamp: dict[str, Any]) -> None:
    time = read_time(row.when) or PlanTime()
    duty = duty_of_time(time, DutyKind(row.duty))
    placed = _placed(plan, time, duty)
    frequency = time.frequency.phrase if time.frequency else ""
    activity = amendments.add_activity(
        session,
        plan.id or 0,
        title=row.title,
        starts_on=placed.starts_on,
        ends_on=placed.ends_on,
        precision=placed.precision,
        duty=duty,
        frequency=frequency,
        section_id=section_of(row),
        area=row.area,
        owner=row.owner,
        planned_people=row.people,
        planned_budget_fen=fen(row.budget),
        **stamp,
    )
    duties.add_turns(session, activity, duties.spans_of(duty, frequency, _span(plan)), **stamp)


def _change(session: Session, plan: Plan, view: ActivityView, before: GridRow, row: GridRow, stamp: dict[str, Any]) -> None:
    values: dict[str, Any] = {
        name: getattr(row, name) for name in ("title", "area", "owner") if getattr(row, name) != getattr(before, name)
    }
    if row.section != before.section:
        values["section_id"] = section_of(row)
    if row.people != before.people:
        values["planned_people"] = row.people
    if row.budget != before.budget:
        values["planned_budget_fen"] = fen(row.budget)
    duty, frequency = view.duty, view.frequency
    if row.when != before.when or row.duty != before.duty:
        time = (read_time(row.when) or PlanTime()) if row.when != before.when else time_of_activity(view)
        duty = DutyKind(row.duty) if row.duty != before.duty else duty_of_time(time, view.duty)
        frequency = time.frequency.phrase if time.frequency and duty is not DutyKind.ONE_OFF else ""
        placed = _placed(plan, time, duty)
        values |= {"starts_on": placed.starts_on, "ends_on": placed.ends_on, "precision": placed.precision}
    saved = amendments.save_activity(session, view.id, version=view.version, **values, **stamp)
    if (duty, frequency) != (view.duty, view.frequency):
        duties.save_duty(session, view.id, duty=duty, frequency=frequency, plan=_span(plan), version=saved.version, **stamp)
