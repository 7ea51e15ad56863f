"""The plan as a table for Excel: its rows with their ids, in a document's words."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from unionboard.models import DutyKind, Plan
from unionboard.money import yuan_text
from unionboard.reading.plan_table import DUTIES
from unionboard.reading.plan_time import write_time
from unionboard.services import plans
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.plan_times import time_of_activity

STATUS_WORDS = {
    Status.DONE: "已办",
    Status.PARTLY: "部分办结",
    Status.UNDER_WAY: "在办",
    Status.COMING: "未到",
    Status.LATE: "逾期",
    Status.POSTPONED: "延期",
    Status.CANCELLED: "取消",
    Status.STANDING: "常年",
}


@dataclass(frozen=True, slots=True)
class TableLine:
    """One activity as the table shows it. ``duty``: a code; money in fen."""

    id: str
    section: str
    when: str
    title: str
    duty: str
    owner: str
    audience: str
    people: int | None
    budget_fen: int | None
    note: str
    status: str


@dataclass(frozen=True, slots=True)
class TableView:
    """The plan as a table: title, rows in the plan's order, and its sections by title."""

    title: str
    lines: tuple[TableLine, ...]
    sections: tuple[str, ...]


def build_table(session: Session, plan_id: int, *, today: date) -> TableView:
    """The rows of the plan table, with their status on ``today``; removed activities are not in it."""
    plan = session.get_one(Plan, plan_id)
    lines = tuple(line_of(view) for view in list_activities(session, plan_id, today=today))
    return TableView(plan.title, lines, tuple(section.title for section in plans.list_sections(session, plan_id) if section.title))


def texts_of(line: TableLine) -> dict[str, str]:
    """A line's cells as text, by field: as they are read back."""
    return {
        "section": line.section,
        "when": line.when,
        "title": line.title,
        "duty": DUTIES[line.duty],
        "owner": line.owner,
        "audience": line.audience,
        "people": "" if line.people is None else str(line.people),
        "budget": "" if line.budget_fen is None else yuan_text(line.budget_fen),
        "note": line.note,
    }


def line_of(view: ActivityView) -> TableLine:
    """An activity as the table shows it."""
    status = STATUS_WORDS[view.status]
    if view.occurrences:
        status = f"{view.done_count}/{len(view.occurrences)}次"
    elif view.done_on and view.status in {Status.DONE, Status.PARTLY}:
        status = f"{status} {view.done_on.month}月{view.done_on.day}日"
    return TableLine(
        f"P{view.plan_id}-A{view.id}",
        view.section_title,
        write_time(time_of_activity(view), is_standing=view.duty is DutyKind.STANDING),
        view.title,
        view.duty.value,
        view.owner,
        view.audience,
        view.planned_people,
        view.planned_budget_fen,
        view.note,
        status,
    )
