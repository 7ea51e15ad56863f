"""What a meeting decides is done at once, and taken back whole as long as nobody has touched it since."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors.activities import NotLater, ReasonMissing, TitleMissing
from unionboard.errors.checkoffs import ActivityRemoved, DateInFuture
from unionboard.errors.entries import NameMissing
from unionboard.errors.meetings import DecisionMissing, DecisionOvertaken, DecisionTakenBack, ItemIsNoActivity, OwnerUnchanged
from unionboard.models import Activity, ActivityState, CheckOff, DatePrecision, Decision, DecisionKind, Direction, EvidenceKind, Meeting
from unionboard.services import amendments, checkoffs, decisions, evidence, fund, meetings
from unionboard.services.activities import Status, find_activity, load_row
from unionboard.services.history import list_activity_history
from unionboard.services.meeting_views import DecisionView, MeetingView
from unionboard.services.periods import Placement

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
MAY = Placement(date(2026, 5, 1), date(2026, 5, 31), DatePrecision.MONTH)
DECEMBER = Placement(date(2026, 12, 1), date(2026, 12, 31), DatePrecision.MONTH)
TO_DECEMBER: dict[str, Any] = {"starts_on": DECEMBER.starts_on, "ends_on": DECEMBER.ends_on, "precision": DECEMBER.precision}


@pytest.fixture
def activity(session: Session) -> Activity:
    """趣味运动会, planned for May, in the hands of 沈一鸣."""
    return make_activity(session, make_plan(session), owner="沈一鸣")


@pytest.fixture
def meeting(session: Session, activity: Activity) -> Meeting:
    """An open meeting; its first point is ``activity``."""
    return meetings.start_meeting(session, activity.plan_id, held_on=TODAY, today=TODAY, **STAMP)


@pytest.fixture
def item_id(session: Session, meeting: Meeting) -> int:
    """The point of ``activity``."""
    return look(session, meeting).items[0].id


def look(session: Session, meeting: Meeting) -> MeetingView:
    return meetings.read_meeting(session, meeting.id or 0, today=TODAY)


def decided(session: Session, meeting: Meeting) -> DecisionView:
    (decision,) = look(session, meeting).decisions
    return decision


def state_of(activity: Activity) -> dict[str, Any]:
    """All that was decided about an activity; what is only bookkeeping left out."""
    return activity.model_dump(exclude={"version"})


def postpone(session: Session, item_id: int, **options: Any) -> Decision:
    return decisions.decide_postponed(session, item_id, **{**TO_DECEMBER, "reason": " 场地未到位 ", **options}, **STAMP)


def add(session: Session, meeting: Meeting, **options: Any) -> Decision:
    told = {"title": "健步走", "area": "CULT", "owner": "吴佳", **TO_DECEMBER, **options}
    return decisions.decide_added(session, meeting.id or 0, None, **told, **STAMP)


# --- carried out ----------------------------------------------------------------------------------------------------------------------


def test_done_checks_the_activity_off(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    decisions.decide_done(session, item_id, done_on=date(2026, 11, 18), today=TODAY, **STAMP)

    view, decision = find_activity(session, activity.id or 0, today=TODAY), decided(session, meeting)
    assert (view.status, view.done_on) == (Status.DONE, date(2026, 11, 18))
    assert (decision.kind, decision.title, decision.owner, decision.done_on) == (
        DecisionKind.DONE,
        "趣味运动会",
        "沈一鸣",
        date(2026, 11, 18),
    )


def test_day_that_is_corrected_later_is_told_as_corrected(session: Session, meeting: Meeting, item_id: int) -> None:
    row = decisions.decide_done(session, item_id, done_on=date(2026, 11, 18), today=TODAY, **STAMP)

    checkoffs.correct_day(session, row.check_off_id or 0, done_on=date(2026, 11, 17), version=1, today=TODAY, **STAMP)

    assert decided(session, meeting).done_on == date(2026, 11, 17)


def test_postponed_moves_the_activity(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    postpone(session, item_id)

    decision = decided(session, meeting)
    assert (activity.state, activity.starts_on, activity.original_starts_on) == (
        ActivityState.POSTPONED,
        date(2026, 12, 1),
        date(2026, 5, 1),
    )
    assert (decision.kind, decision.text, decision.due_on) == (DecisionKind.POSTPONED, "场地未到位", date(2026, 12, 31))
    assert (decision.planned_before, decision.planned) == (MAY, DECEMBER)


def test_reassigned_changes_the_owner(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    decisions.decide_reassigned(session, item_id, owner=" 吴佳 ", **STAMP)

    decision = decided(session, meeting)
    assert (activity.owner, decision.kind, decision.owner_before, decision.owner) == ("吴佳", DecisionKind.REASSIGNED, "沈一鸣", "吴佳")


def test_cancelled_takes_the_activity_off(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    decisions.decide_cancelled(session, item_id, reason="报名不足", **STAMP)

    decision = decided(session, meeting)
    assert (activity.state, activity.state_reason, decision.kind, decision.text) == (
        ActivityState.CANCELLED,
        "报名不足",
        DecisionKind.CANCELLED,
        "报名不足",
    )


def test_added_stands_in_the_plan(session: Session, meeting: Meeting) -> None:
    row = add(session, meeting)

    activity, decision = load_row(session, row.activity_id or 0), decided(session, meeting)
    assert (activity.title, activity.area, activity.owner, activity.starts_on) == ("健步走", "CULT", "吴佳", date(2026, 12, 1))
    assert (decision.title, decision.owner, decision.planned, decision.planned_before) == ("健步走", "吴佳", DECEMBER, None)


def test_follow_up_belongs_to_the_activity_of_its_point(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    due_on = date(2026, 12, 5)
    decisions.decide_follow_up(session, meeting.id or 0, item_id, text=" 联系场地 ", owner="吴佳", due_on=due_on, **STAMP)

    decision = decided(session, meeting)
    assert (decision.text, decision.owner, decision.due_on, decision.activity_id) == ("联系场地", "吴佳", due_on, activity.id)


def test_decision_makes_its_point_reached(session: Session, meeting: Meeting, item_id: int) -> None:
    postpone(session, item_id)

    item = look(session, meeting).items[0]
    assert (item.is_reached, [decision.kind for decision in item.decisions]) == (True, [DecisionKind.POSTPONED])


def test_two_decisions_on_one_point_stand_in_their_order(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    decisions.decide_reassigned(session, item_id, owner="吴佳", **STAMP)
    postpone(session, item_id)

    assert [(one.kind, one.owner) for one in look(session, meeting).items[0].decisions] == [
        (DecisionKind.REASSIGNED, "吴佳"),
        (DecisionKind.POSTPONED, "吴佳"),
    ]


# --- refused ------------------------------------------------------------------------------------------------------------------------


def test_point_that_is_no_activity_cannot_be_done(session: Session, meeting: Meeting) -> None:
    fund = look(session, meeting).items[1]

    with pytest.raises(ItemIsNoActivity):
        decisions.decide_done(session, fund.id, done_on=TODAY, today=TODAY, **STAMP)


def test_what_cannot_be_carried_out_is_not_written_down(session: Session, meeting: Meeting, item_id: int) -> None:
    with pytest.raises(NotLater):
        postpone(session, item_id, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30))
    with pytest.raises(ReasonMissing):
        postpone(session, item_id, reason=" ")
    with pytest.raises(ReasonMissing):
        decisions.decide_cancelled(session, item_id, reason="", **STAMP)
    with pytest.raises(NameMissing):
        decisions.decide_reassigned(session, item_id, owner=" ", **STAMP)
    with pytest.raises(OwnerUnchanged):
        decisions.decide_reassigned(session, item_id, owner="沈一鸣", **STAMP)
    with pytest.raises(TitleMissing):
        add(session, meeting, title="")
    with pytest.raises(DecisionMissing):
        decisions.decide_follow_up(session, meeting.id or 0, None, text=" ", owner="", due_on=None, **STAMP)

    assert session.exec(select(Decision)).all() == []


# --- follow-ups ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def follow_up(session: Session, meeting: Meeting) -> Decision:
    return decisions.decide_follow_up(session, meeting.id or 0, None, text="联系场地", owner="吴佳", due_on=None, **STAMP)


def settle(session: Session, follow_up: Decision, day: date | None) -> Decision:
    return decisions.settle_follow_up(session, follow_up.id or 0, settled_on=day, today=TODAY, **STAMP)


def test_follow_up_of_an_ended_meeting_is_settled_and_opened_again(session: Session, meeting: Meeting, follow_up: Decision) -> None:
    meetings.end_meeting(session, meeting.id or 0, today=TODAY, **STAMP)

    assert settle(session, follow_up, TODAY).settled_on == TODAY
    assert settle(session, follow_up, None).settled_on is None


def test_follow_up_is_not_settled_tomorrow_nor_when_it_was_taken_back(session: Session, follow_up: Decision) -> None:
    with pytest.raises(DateInFuture):
        settle(session, follow_up, date(2026, 11, 22))
    decisions.take_back(session, follow_up.id or 0, **STAMP)
    with pytest.raises(DecisionTakenBack):
        settle(session, follow_up, TODAY)


def test_follow_up_on_an_activity_is_part_of_its_history(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    row = decisions.decide_follow_up(session, meeting.id or 0, item_id, text="联系场地", owner="吴佳", due_on=None, **STAMP)
    settle(session, row, TODAY)

    told = [(change.noun, change.action) for change in list_activity_history(session, activity.id or 0)]

    assert told == [("decision", "update"), ("decision", "create")]


# --- taken back ---------------------------------------------------------------------------------------------------------------------


def test_decision_taken_back_stays_on_record_and_is_told_no_more(session: Session, meeting: Meeting, follow_up: Decision) -> None:
    decisions.take_back(session, follow_up.id or 0, **STAMP)

    assert session.get_one(Decision, follow_up.id).taken_back_at_utc == NOW
    assert look(session, meeting).decisions == ()
    with pytest.raises(DecisionTakenBack):
        decisions.take_back(session, follow_up.id or 0, **STAMP)


def test_done_taken_back_undoes_the_check_off(session: Session, activity: Activity, item_id: int) -> None:
    row = decisions.decide_done(session, item_id, done_on=TODAY, today=TODAY, **STAMP)

    decisions.take_back(session, row.id or 0, **STAMP)

    assert find_activity(session, activity.id or 0, today=TODAY).status is Status.LATE
    assert session.get_one(CheckOff, row.check_off_id).undone_at_utc == NOW


def test_changes_taken_back_leave_the_activity_as_it_was(session: Session, activity: Activity, item_id: int) -> None:
    before = state_of(activity)

    rows = [
        postpone(session, item_id),
        decisions.decide_reassigned(session, item_id, owner="吴佳", **STAMP),
        decisions.decide_cancelled(session, item_id, reason="停办", **STAMP),
    ]
    for row in reversed(rows):
        decisions.take_back(session, row.id or 0, **STAMP)

    assert state_of(activity) == before


def test_second_postponement_taken_back_leaves_the_first(session: Session, activity: Activity, item_id: int) -> None:
    postpone(session, item_id, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25), precision=DatePrecision.DAY)
    first = state_of(activity)

    decisions.take_back(session, postpone(session, item_id, reason="下雨").id or 0, **STAMP)

    assert state_of(activity) == first


def test_added_taken_back_leaves_the_plan_and_is_not_deleted(session: Session, meeting: Meeting) -> None:
    row = add(session, meeting)

    decisions.take_back(session, row.id or 0, **STAMP)

    assert load_row(session, row.activity_id or 0).removed


def test_owner_is_taken_back_though_the_dates_moved_since(session: Session, activity: Activity, item_id: int) -> None:
    row = decisions.decide_reassigned(session, item_id, owner="吴佳", **STAMP)
    postpone(session, item_id)

    decisions.take_back(session, row.id or 0, **STAMP)

    assert (activity.owner, activity.starts_on) == ("沈一鸣", date(2026, 12, 1))


def test_what_was_put_back_by_hand_only_leaves_the_record(session: Session, activity: Activity, meeting: Meeting, item_id: int) -> None:
    done = decisions.decide_done(session, item_id, done_on=TODAY, today=TODAY, **STAMP)
    checkoffs.undo_check_off(session, activity.id or 0, **STAMP)
    moved = decisions.decide_reassigned(session, item_id, owner="吴佳", **STAMP)
    amendments.save_activity(session, activity.id or 0, owner="沈一鸣", version=activity.version, **STAMP)
    added = add(session, meeting)
    amendments.remove_activity(session, added.activity_id or 0, **STAMP)

    for row in (done, moved, added):
        decisions.take_back(session, row.id or 0, **STAMP)

    assert (activity.owner, look(session, meeting).decisions) == ("沈一鸣", ())


def test_check_off_that_was_corrected_since_is_not_taken_back(session: Session, item_id: int) -> None:
    row = decisions.decide_done(session, item_id, done_on=TODAY, today=TODAY, **STAMP)
    checkoffs.correct_day(session, row.check_off_id or 0, done_on=date(2026, 11, 17), version=1, today=TODAY, **STAMP)

    with pytest.raises(DecisionOvertaken):
        decisions.take_back(session, row.id or 0, **STAMP)

    assert session.get_one(CheckOff, row.check_off_id).undone_at_utc is None


def test_dates_that_moved_again_are_not_taken_back(session: Session, activity: Activity, item_id: int) -> None:
    row = postpone(session, item_id, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25), precision=DatePrecision.DAY)
    postpone(session, item_id)

    with pytest.raises(DecisionOvertaken):
        decisions.take_back(session, row.id or 0, **STAMP)


@pytest.mark.parametrize("is_held", [True, False])
def test_added_activity_that_was_held_or_changed_is_not_taken_back(session: Session, meeting: Meeting, is_held: bool) -> None:
    row = add(session, meeting, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    if is_held:
        checkoffs.check_off(session, row.activity_id or 0, done_on=TODAY, today=TODAY, **STAMP)
    else:
        amendments.save_activity(session, row.activity_id or 0, owner="何敏", version=1, **STAMP)

    with pytest.raises(DecisionOvertaken):
        decisions.take_back(session, row.id or 0, **STAMP)


def test_check_off_with_papers_is_not_taken_back(session: Session, item_id: int) -> None:
    row = decisions.decide_done(session, item_id, done_on=TODAY, today=TODAY, **STAMP)
    evidence.note_paper(session, row.check_off_id or 0, kind=EvidenceKind.SIGN_IN, place="3号盒", **STAMP)

    with pytest.raises(DecisionOvertaken):
        decisions.take_back(session, row.id or 0, **STAMP)


def test_added_activity_with_spending_is_not_taken_back(session: Session, meeting: Meeting) -> None:
    row = decisions.decide_added(session, meeting.id or 0, None, title="冬至慰问", area="CARE", owner="", **TO_DECEMBER, **STAMP)
    fund.book_entry(
        session,
        booked_on=TODAY,
        direction=Direction.OUT,
        item="education",
        amount_fen=10_000,
        purpose="冬至慰问品",
        activity_id=row.activity_id,
        today=TODAY,
        **STAMP,
    )

    with pytest.raises(DecisionOvertaken):
        decisions.take_back(session, row.id or 0, **STAMP)


def test_nothing_is_decided_about_an_activity_that_was_taken_out_of_the_plan(session: Session, activity: Activity, item_id: int) -> None:
    amendments.remove_activity(session, activity.id or 0, **STAMP)

    with pytest.raises(ActivityRemoved):
        postpone(session, item_id)
    with pytest.raises(ActivityRemoved):
        decisions.decide_done(session, item_id, done_on=TODAY, today=TODAY, **STAMP)
