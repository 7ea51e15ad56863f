"""The meetings of the demo year: held as a committee holds them, point by point."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from unionboard.models import AgendaKind
from unionboard.services import decisions, meetings
from unionboard.services.meeting_views import ItemView

FUND = "fund"


def hold_meeting(
    session: Session, plan_id: int, facts: dict[str, Any], *, held_on: date, year: int, who: str, now_utc: datetime, until_utc: datetime
) -> None:
    """Let a told meeting happen on ``held_on``, from ``now_utc`` on and over before ``until_utc``. What is ``left`` is not reached."""
    stamp: dict[str, Any] = {"who": who, "now_utc": now_utc}
    told = {said["on"]: said for said in facts["said"]}
    people = {"place": facts["place"], "chaired_by": facts["chair"], "recorded_by": facts["recorder"]}
    meeting = meetings.start_meeting(session, plan_id, held_on=held_on, today=held_on, **people, **stamp)
    meeting_id = meeting.id or 0
    view = meetings.read_meeting(session, meeting_id, today=held_on)
    for row in view.attendance:
        meetings.mark_present(session, row.id or 0, is_present=row.name not in facts["absent"], **stamp)
    for title in facts.get("left", ()):
        meetings.add_item(session, meeting_id, title=title, **stamp)
    for item in view.items:
        meetings.show_item(session, meeting_id, item.id, **stamp)
        if said := told.get(FUND if item.kind is AgendaKind.FUND else item.title):
            _say(session, meeting_id, item, said, year=year, stamp=stamp)
    ended_utc = min(now_utc + timedelta(minutes=facts["minutes"]), until_utc)
    meetings.end_meeting(session, meeting_id, today=held_on, who=who, now_utc=ended_utc)


def settle(session: Session, plan_id: int, task: str, *, settled_on: date, who: str, now_utc: datetime) -> None:
    """Report the follow-up ``task`` as done; what it is about may not have come up that year."""
    for row in meetings.list_open_follow_ups(session, plan_id):
        if row.text == task:
            decisions.settle_follow_up(session, row.id or 0, settled_on=settled_on, today=settled_on, who=who, now_utc=now_utc)


def _say(session: Session, meeting_id: int, item: ItemView, said: dict[str, Any], *, year: int, stamp: dict[str, Any]) -> None:
    if note := said.get("note"):
        meetings.save_note(session, item.id, note=note, version=item.version, **stamp)
    if said.get("is_settled") and item.follow_up:
        held_on = meetings.find_meeting(session, meeting_id).held_on
        decisions.settle_follow_up(session, item.follow_up.id, settled_on=held_on, today=held_on, **stamp)
    if (owner := said.get("owner")) and item.activity and item.activity.owner != owner:
        decisions.decide_reassigned(session, item.id, owner=owner, **stamp)
    if task := said.get("task"):
        due_on = date.fromisoformat(f"{year}-{said['until']}")
        decisions.decide_follow_up(session, meeting_id, item.id, text=task, owner=said["by"], due_on=due_on, **stamp)
