"""A plan as it stood, to go back to as long as nothing else was changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from unionboard.errors.saving import ChangedSince
from unionboard.models import Activity, Measure, Occurrence, Plan, Section
from unionboard.models.changelog import ChangeAction
from unionboard.services import amendments, duties, sections
from unionboard.services.changes import current_pulse, record_change, update_row
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.sections import Stamp

Values = dict[str, Any]
_UNLOGGED = ("as_read", "left_out")  # what the document said is no change of the plan


@dataclass(frozen=True, slots=True)
class PlanState:
    """Every row of plan ``plan_id`` with its values, by kind and id."""

    plan_id: int
    rows: Mapping[type[SQLModel], Mapping[int, Values]]


def keep_state(session: Session, plan_id: int) -> PlanState:
    """How plan ``plan_id`` stands now, without its check-offs and spending."""
    kinds = (Plan, Section, Measure, Activity, Occurrence)
    return PlanState(plan_id, {kind: {_id(row): _values(row) for row in _rows(session, kind, plan_id)} for kind in kinds})


def put_back(session: Session, state: PlanState, *, pulse: int, who: str, now_utc: datetime) -> None:
    """Make the plan what it was in ``state``. ``pulse`` is the one right after the change that is undone.

    What was added meanwhile is taken out: activities can be put back, headings and measures stay in the log. Raises: ChangedSince when
    anything at all was changed after ``pulse``.
    """
    require(session, Act.EDIT_PLAN)
    if current_pulse(session) != pulse:
        raise ChangedSince
    stamp = Stamp(who=who, now_utc=now_utc)
    now = {kind: {_id(row): row for row in _rows(session, kind, state.plan_id)} for kind in state.rows}
    for kind in (Section, Measure):
        for id_ in state.rows[kind].keys() - now[kind].keys():
            lost = kind(**state.rows[kind][id_])
            session.add(lost)
            record_change(session, lost, action=ChangeAction.RESTORE, **stamp)
    for logged in (Plan, Section, Measure, Activity):
        for id_, row in now[logged].items():
            if id_ in state.rows[logged]:
                _restore(session, row, state.rows[logged][id_], stamp)
    for id_ in now[Activity].keys() - state.rows[Activity].keys():
        added = session.get_one(Activity, id_)
        update_row(session, added, version=added.version, section_id=None, measure_id=None, **stamp)
        amendments.remove_activity(session, id_, **stamp)
        added.as_read = None
    for kind, remove in ((Measure, sections.remove_measure), (Section, sections.remove_section)):
        for id_ in now[kind].keys() - state.rows[kind].keys():
            setattr(now[kind][id_], "as_read", "")  # else the log would say that people did not want it
            session.flush()
            remove(session, id_, **stamp)
    _restore_turns(session, state, stamp)


def _restore(session: Session, row: SQLModel, values: Values, stamp: Stamp) -> None:
    if isinstance(row, Activity) and row.removed != values["removed"]:
        amendments.remove_activity(session, _id(row), removed=values["removed"], **stamp)
    logged = {name: value for name, value in values.items() if name not in {"id", "version", *_UNLOGGED}}
    update_row(session, row, version=getattr(row, "version"), **logged, **stamp)
    for name in _UNLOGGED:
        if name in values:
            setattr(row, name, values[name])
    session.add(row)
    session.flush()


def _restore_turns(session: Session, state: PlanState, stamp: Stamp) -> None:
    """Nobody can have ticked one since."""
    kept = state.rows[Occurrence]
    activities = state.rows[Activity]
    before = {id_: duties.tell_turns(session, id_) for id_ in activities}
    for turn in _rows(session, Occurrence, state.plan_id):
        if _id(turn) not in kept and getattr(turn, "activity_id") in activities:
            session.delete(turn)
    session.flush()
    for id_, values in kept.items():
        turn = session.get(Occurrence, id_) or Occurrence(**values)
        for name, value in values.items():
            setattr(turn, name, value)
        session.add(turn)
    for id_, told in before.items():
        duties.log_turns(session, id_, told, **stamp)


def _rows(session: Session, kind: type[SQLModel], plan_id: int) -> list[SQLModel]:
    homes = {
        Plan: select(Plan).where(Plan.id == plan_id),
        Section: select(Section).where(Section.plan_id == plan_id),
        Measure: select(Measure).join(Section, col(Section.id) == Measure.section_id).where(Section.plan_id == plan_id),
        Activity: select(Activity).where(Activity.plan_id == plan_id),
        Occurrence: select(Occurrence).join(Activity, col(Activity.id) == Occurrence.activity_id).where(Activity.plan_id == plan_id),
    }
    return list(session.exec(homes[kind]))  # type: ignore[call-overload]


def _id(row: SQLModel) -> int:
    return int(getattr(row, "id"))


def _values(row: SQLModel) -> Values:
    return {name: getattr(row, name) for name in type(row).model_fields}
