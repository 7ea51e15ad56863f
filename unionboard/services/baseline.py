"""The plan as it once stood, rebuilt from the change log: what was added, taken out and moved since.

The log is read backwards: today's rows with every later change taken back. So a log that does not reach far enough back costs nothing but
the creation of a few rows, and those count as part of the plan from the start.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.models import Activity, Change, DatePrecision, DutyKind, Meeting, Plan, Section
from unionboard.models.changelog import ChangeAction
from unionboard.services.activities import ActivityView
from unionboard.services.periods import Span, clip

_NOUN = "activity"
_FIELDS = ("title", "section_id", "area", "area_2", "owner", "starts_on", "ends_on", "precision", "duty", "removed")


@dataclass(frozen=True, slots=True)
class BaselineItem:
    """An activity as it was planned then; bounds inclusive. ``section_id`` is None also where the section is gone today."""

    activity_id: int
    title: str
    section_id: int | None
    area: str
    owner: str
    starts_on: date
    ends_on: date
    precision: DatePrecision
    duty: DutyKind
    area_2: str | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    """What became of a plan since: ids of activities ``added`` and ``moved`` to other days, and the items that are ``gone``."""

    added: frozenset[int]
    gone: tuple[BaselineItem, ...]
    moved: frozenset[int]


def read_baseline(session: Session, plan_id: int, *, as_of_utc: datetime | None = None) -> dict[int, BaselineItem]:
    """The activities of a plan by id as they stood at a moment (its own transaction included), by default when the plan was adopted.

    Four queries whatever the size. {} before the plan was there, and for a plan that was begun empty. Source: the log's entries for
    activities (create, update, remove, restore); see ``count_unlogged`` for what it does not tell.
    """
    moment = as_of_utc or find_adoption(session, plan_id)
    of_plan = select(Activity).where(Activity.plan_id == plan_id)
    states: dict[int, dict[str, Any]] = {
        row.id or 0: {name: getattr(row, name) for name in _FIELDS} for row in session.exec(of_plan.order_by(col(Activity.position)))
    }
    later = select(Change).where(Change.noun == _NOUN, col(Change.row_id).in_(select(Activity.id).where(Activity.plan_id == plan_id)))
    if moment is not None:
        later = later.where(col(Change.at_utc) > moment)
    for change in session.exec(later.order_by(col(Change.id).desc())):
        if change.action == ChangeAction.CREATE:
            states.pop(change.row_id, None)
        elif change.row_id in states:
            states[change.row_id] |= {name: value for name, value in (change.before or {}).items() if name in _FIELDS}
    sections = set(session.exec(select(Section.id).where(Section.plan_id == plan_id)))
    return {id_: _item(id_, state, sections) for id_, state in states.items() if not state["removed"]}


def find_adoption(session: Session, plan_id: int) -> datetime | None:
    """When a plan was adopted; of a plan whose row does not say so, when the log saw it first, else None."""
    adopted = session.exec(select(Plan.adopted_at_utc).where(Plan.id == plan_id)).first()
    if adopted is not None:
        return adopted
    return session.exec(select(func.min(Change.at_utc)).where(Change.noun == "plan", Change.row_id == plan_id)).one()


def find_last_meeting(session: Session, plan_id: int) -> datetime | None:
    """When the plan's last meeting ended, None before the first one did."""
    return session.exec(select(func.max(Meeting.ended_at_utc)).where(Meeting.plan_id == plan_id)).one()


def count_unlogged(session: Session, plan_id: int) -> int:
    """How many activities of a plan the log does not know the beginning of: a baseline takes them as planned from the start."""
    known = select(Change.row_id).where(Change.noun == _NOUN, Change.action == ChangeAction.CREATE.value)
    return session.exec(select(func.count()).where(Activity.plan_id == plan_id, col(Activity.id).not_in(known))).one()


def compare_with_baseline(views: Sequence[ActivityView], baseline: Mapping[int, BaselineItem]) -> Deviation:
    """What is different in ``views`` (all of a plan's activities) from what was planned; gone items in the plan's order then.

    Moved is what lies on other days now, or is planned more or less precisely.
    """
    now = {view.id: view for view in views}
    return Deviation(
        added=frozenset(now.keys() - baseline.keys()),
        gone=tuple(item for item in baseline.values() if item.activity_id not in now),
        moved=frozenset(view.id for view in views if view.id in baseline and _days(view) != _days(baseline[view.id])),
    )


def select_gone(
    items: Iterable[BaselineItem],
    *,
    within: Span,
    areas: Collection[str] = (),
    sections: Collection[int] = (),
    owners: Collection[str] = (),
    words: str = "",
) -> list[BaselineItem]:
    """The items that fit every filter of ``timeline.select_activities``; what they were planned for lies ``within`` (inclusive)."""
    wanted = words.casefold().split()
    return [
        item
        for item in items
        if clip((item.starts_on, item.ends_on), within)
        and (not areas or item.area in areas or item.area_2 in areas)
        and (not sections or item.section_id in sections)
        and (not owners or item.owner in owners)
        and all(word in f"{item.title}\n{item.owner}".casefold() for word in wanted)
    ]


def _days(planned: ActivityView | BaselineItem) -> tuple[date, date, DatePrecision]:
    return planned.starts_on, planned.ends_on, planned.precision


def _item(id_: int, state: Mapping[str, Any], sections: Collection[int | None]) -> BaselineItem:
    """From a row's own values, or the log's JSON for them."""
    return BaselineItem(
        activity_id=id_,
        title=state["title"],
        section_id=state["section_id"] if state["section_id"] in sections else None,
        area=state["area"],
        area_2=state["area_2"],
        owner=state["owner"],
        starts_on=_day(state["starts_on"]),
        ends_on=_day(state["ends_on"]),
        precision=DatePrecision(state["precision"]),
        duty=DutyKind(state["duty"]),
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
