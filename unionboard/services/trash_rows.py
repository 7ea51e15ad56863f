"""What the recycle bin makes again from the change log: headings, measures and meetings leave their tables when they are taken away.

A row gets its old number unless the database has given that to another one since; then whatever came back with it follows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.errors.trash import AnotherMeetingOpen, HeadingInTrash
from unionboard.models import Activity, AgendaItem, Attendance, Change, Measure, Meeting, Section
from unionboard.models.base import Row
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import snapshot
from unionboard.services.log_values import read_values
from unionboard.services.permissions import Act
from unionboard.services.trash_records import Restoring, Told

REMOVAL = "removal_id"
"""Under this the line that tells of a row made again names, as what was before, the line that took it away."""


@dataclass(frozen=True, slots=True)
class LostKind:
    """One kind of row that is deleted: who may see it in the bin and who may put it back, and how."""

    sees: Act
    restores: tuple[Act, ...]
    tell: Callable[[Session, Change], Told]
    put_back: Callable[[Restoring], None]


def find_restored(session: Session, nouns: Sequence[str]) -> dict[int, str]:
    """The removals that a later line put back, by id."""
    query = select(Change).where(Change.action == ChangeAction.RESTORE.value, col(Change.noun).in_(nouns)).order_by(col(Change.id))
    restored: dict[int, str] = {}
    for line in session.exec(query):
        told = (line.before or {}).get(REMOVAL)
        if told is None:  # put back when a whole plan was
            told = _newest_removal(session, line)
        if told is not None:
            restored[int(told)] = line.noun
    return restored


def _newest_removal(session: Session, line: Change) -> int | None:
    query = select(func.max(Change.id)).where(
        Change.noun == line.noun,
        Change.row_id == line.row_id,
        Change.action == ChangeAction.REMOVE.value,
        col(Change.id) < (line.id or 0),
    )
    return session.exec(query).one()


def _make_again(way: Restoring, table: type[Row], removal: Change, **values: Any) -> Row:
    """The row as it was, flushed and logged; ``values`` in place of what it had."""
    told = read_values(table, removal.before or {}) | values
    if way.session.get(table, told["id"]) is not None:
        told["id"] = None
    row = table(**told)
    way.session.add(row)
    way.session.flush()
    line = Change(
        at_utc=way.now_utc,
        who=way.who,
        action=ChangeAction.RESTORE.value,
        noun=str(table.__tablename__),
        row_id=getattr(row, "id"),
        before={REMOVAL: removal.id},
        after=snapshot(row),
    )
    way.session.add(line)
    way.session.flush()
    return row


# --- headings and measures ---------------------------------------------------------------------------------------------------------------


def _lines_with(session: Session, removal: Change, noun: str, column: str, *, action: ChangeAction) -> list[Change]:
    """What was done to rows that named the removed one in ``column``, just before it: the log's lines of the same moment and hand."""
    query = select(Change).where(
        Change.noun == noun,
        Change.at_utc == removal.at_utc,
        Change.who == removal.who,
        Change.action == action.value,
        col(Change.id) < (removal.id or 0),
    )
    return [line for line in session.exec(query.order_by(col(Change.id))) if (line.before or {}).get(column) == removal.row_id]


def _moved_with(session: Session, removal: Change, noun: str, column: str) -> list[Change]:
    """What the removal moved away from the row first."""
    return _lines_with(session, removal, noun, column, action=ChangeAction.UPDATE)


def _tell_section(session: Session, removal: Change) -> Told:
    before = removal.before or {}
    others = sum(len(_moved_with(session, removal, noun, "section_id")) for noun in ("measure", "activity"))
    row = Section(**read_values(Section, before))
    return Told(title=row.title, others=others)


def _put_back_section(way: Restoring) -> None:
    """With the measures and activities that went elsewhere for it, if they are still there."""
    removal = way.removal
    section = _make_again(way, Section, removal)
    kinds: tuple[tuple[str, type[Row]], ...] = (("measure", Measure), ("activity", Activity))
    for noun, table in kinds:
        for line in _moved_with(way.session, removal, noun, "section_id"):
            row, after = way.session.get(table, line.row_id), line.after or {}
            if row is None or getattr(row, "section_id") != after.get("section_id"):
                continue
            values = {"section_id": getattr(section, "id")}
            if "position" in (line.before or {}) and getattr(row, "position") == after.get("position"):
                values["position"] = (line.before or {})["position"]
            way.write(row, **values)


def _tell_measure(session: Session, removal: Change) -> Told:
    before = removal.before or {}
    section = session.get(Section, before["section_id"])
    return Told(
        title=before["text"],
        parent="" if section is None else section.title,
        others=len(_moved_with(session, removal, "activity", "measure_id")),
    )


def _put_back_measure(way: Restoring) -> None:
    """Activities that came from it and have found no other belong to it again."""
    if way.session.get(Section, (way.removal.before or {})["section_id"]) is None:
        raise HeadingInTrash
    measure = _make_again(way, Measure, way.removal)
    for line in _moved_with(way.session, way.removal, "activity", "measure_id"):
        activity = way.session.get(Activity, line.row_id)
        if activity is not None and activity.measure_id is None:
            way.write(activity, measure_id=getattr(measure, "id"))


# --- meetings ---------------------------------------------------------------------------------------------------------------------------


def _rows_of_meeting(session: Session, removal: Change, noun: str) -> list[Change]:
    return _lines_with(session, removal, noun, "meeting_id", action=ChangeAction.REMOVE)


def _tell_meeting(session: Session, removal: Change) -> Told:
    before = removal.before or {}
    others = sum(len(_rows_of_meeting(session, removal, noun)) for noun in ("agenda_item", "attendance"))
    return Told(number=before["number"], day=date.fromisoformat(before["held_on"]), others=others)


def _put_back_meeting(way: Restoring) -> None:
    """With its people and agenda. Where its number was given to another since, it gets the next one."""
    before = way.removal.before or {}
    others = select(Meeting).where(Meeting.plan_id == before["plan_id"]).order_by(col(Meeting.number))
    standing = list(way.session.exec(others))
    for other in standing:
        if other.ended_at_utc is None:
            raise AnotherMeetingOpen(number=other.number)
    numbers = [other.number for other in standing]
    number = before["number"] if before["number"] not in numbers else max(numbers) + 1
    meeting = _make_again(way, Meeting, way.removal, number=number)
    kinds: tuple[tuple[str, type[Row]], ...] = (("agenda_item", AgendaItem), ("attendance", Attendance))
    for noun, table in kinds:
        for line in _rows_of_meeting(way.session, way.removal, noun):
            row = _make_again(way, table, line, meeting_id=getattr(meeting, "id"))
            if noun == "agenda_item" and line.row_id == before.get("item_id") and getattr(row, "id") != line.row_id:
                way.write(meeting, item_id=getattr(row, "id"))


LOST_KINDS: Mapping[str, LostKind] = {
    "section": LostKind(Act.SEE_YEAR, (Act.EDIT_PLAN,), _tell_section, _put_back_section),
    "measure": LostKind(Act.SEE_YEAR, (Act.EDIT_PLAN,), _tell_measure, _put_back_measure),
    "meeting": LostKind(Act.SEE_YEAR, (Act.HOLD_MEETING,), _tell_meeting, _put_back_meeting),
}
"""By the log's noun."""
