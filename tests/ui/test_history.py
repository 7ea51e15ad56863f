"""The change log in plain words."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import ActivityState, DatePrecision, EvidenceKind
from unionboard.services import amendments, checkoffs, decisions, evidence, meetings
from unionboard.services.activities import load_row
from unionboard.services.history import list_activity_history
from unionboard.ui.history import tell_change

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def activity_id(session: Session) -> int:
    return make_activity(session, make_plan(session), owner="何敏").id or 0


def story(session: Session, activity_id: int) -> list[str]:
    """What each change is told as, oldest first, without its time and person."""
    return [tell_change(change).split("　", 2)[2] for change in reversed(list_activity_history(session, activity_id))]


def test_line_starts_with_local_time_and_person(session: Session, activity_id: int) -> None:
    amendments.save_activity(session, activity_id, version=1, owner="吴佳", **STAMP)

    (change,) = list_activity_history(session, activity_id)

    assert tell_change(change) == "11月21日 10:00　主席　负责人“何敏”→“吴佳”"


def test_moves_and_reasons_are_told(session: Session, activity_id: int) -> None:
    december: dict[str, Any] = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31), "precision": DatePrecision.MONTH}
    amendments.postpone_activity(session, activity_id, reason="场地*装修*", version=1, **december, **STAMP)
    amendments.set_state(session, activity_id, state=ActivityState.CANCELLED, reason="上级取消", version=2, **STAMP)
    amendments.set_state(session, activity_id, state=ActivityState.PLANNED, version=3, **STAMP)

    assert story(session, activity_id) == ["延期（场地\\*装修\\*）；时间 5月 → 12月", "取消（上级取消）", "恢复计划"]


def test_check_off_evidence_correction_and_undo_are_one_story(session: Session, activity_id: int) -> None:
    today = date(2026, 11, 21)
    row = checkoffs.check_off(session, activity_id, done_on=date(2026, 5, 8), today=today, **STAMP)
    evidence.note_paper(session, row.id or 0, kind=EvidenceKind.PHOTO, name="合影", **STAMP)
    checkoffs.amend_check_off(session, row.id or 0, participants=46, result="圆满", version=1, today=today, **STAMP)
    checkoffs.undo_check_off(session, activity_id, **STAMP)

    assert story(session, activity_id) == ["办结（5月8日）", "添加佐证“合影”", "补充记录：参加人数“46”、结果“圆满”", "撤销办结"]


def test_taking_out_and_putting_back_are_told(session: Session, activity_id: int) -> None:
    amendments.remove_activity(session, activity_id, **STAMP)
    amendments.remove_activity(session, activity_id, removed=False, **STAMP)

    assert story(session, activity_id) == ["移出计划", "重新列入计划"]


def test_what_a_meeting_asked_for_is_part_of_the_story(session: Session, activity_id: int) -> None:
    today, plan_id = date(2026, 11, 21), load_row(session, activity_id).plan_id
    meeting = meetings.start_meeting(session, plan_id, held_on=today, today=today, **STAMP)
    item = meetings.read_meeting(session, meeting.id or 0, today=today).items[0]
    told: dict[str, Any] = {"text": "联系*场地*", "owner": "吴佳", "due_on": None}
    row_id = decisions.decide_follow_up(session, meeting.id or 0, item.id, **told, **STAMP).id or 0
    for settled_on in (today, None):
        decisions.settle_follow_up(session, row_id, settled_on=settled_on, today=today, **STAMP)
    decisions.take_back(session, row_id, **STAMP)

    assert story(session, activity_id) == [
        "会议交办“联系\\*场地\\*”",
        "会议交办事项已办结",
        "会议交办事项改为未办结",
        "撤回会议决定",
    ]


def test_postponement_a_meeting_took_back_is_told_both_ways(session: Session, activity_id: int) -> None:
    today, plan_id = date(2026, 11, 21), load_row(session, activity_id).plan_id
    meeting = meetings.start_meeting(session, plan_id, held_on=today, today=today, **STAMP)
    item = meetings.read_meeting(session, meeting.id or 0, today=today).items[0]
    december: dict[str, Any] = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31), "precision": DatePrecision.MONTH}
    row = decisions.decide_postponed(session, item.id, reason="下雨", **december, **STAMP)
    decisions.take_back(session, row.id or 0, **STAMP)

    assert story(session, activity_id) == ["延期（下雨）；时间 5月 → 12月", "恢复计划；时间 12月 → 5月"]


def test_what_was_done_in_part_and_then_whole_is_told_as_that(session: Session, activity_id: int) -> None:
    today, details = date(2026, 11, 21), checkoffs.Details(is_partial=True, remaining="反馈")
    row = checkoffs.check_off(session, activity_id, done_on=date(2026, 5, 8), today=today, details=details, **STAMP)
    whole: dict[str, Any] = {"is_partial": False, "figures": {"sessions": 2}}
    checkoffs.amend_check_off(session, row.id or 0, version=1, today=today, **whole, **STAMP)

    assert story(session, activity_id) == [
        "部分办结（5月8日）",
        "补充记录：只完成一部分“是”→“否”、数据“期（场）数 2”、剩余事项“反馈”→“—”",
    ]
