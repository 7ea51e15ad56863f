"""Check-offs: what may be reported, and how it is taken back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors import Refusal
from unionboard.errors.activities import DateOutsidePlan
from unionboard.errors.checkoffs import (
    ActivityCancelled,
    ActivityRemoved,
    AlreadyCheckedOff,
    CheckOffCompleted,
    CheckOffTakenBack,
    CountNotPositive,
    CountTooLarge,
    DateInFuture,
    MorePresentThanDue,
    MoreThanEligible,
    NoSuchTurn,
    NotCheckedOff,
)
from unionboard.models import Activity, ActivityState, CheckOff, DutyKind, Occurrence
from unionboard.models.changelog import Change
from unionboard.services import activities, amendments, checkoffs
from unionboard.services.activities import Status
from unionboard.services.checkoffs import Details

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def report(session: Session, activity: Activity, done_on: date = date(2026, 5, 8), **values: object) -> CheckOff:
    """Check off with the usual who and when."""
    return checkoffs.check_off(session, activity.id or 0, done_on=done_on, today=TODAY, who="chair", now_utc=NOW, **values)  # type: ignore[arg-type]


def test_second_check_off_of_an_activity_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    report(session, activity)

    with pytest.raises(AlreadyCheckedOff) as refused:
        report(session, activity, date(2026, 5, 9))

    facts = refused.value.facts
    assert (facts["done_on"], facts["who"], facts["at"], facts["check_off_id"]) == (date(2026, 5, 8), "chair", NOW, 1)


def test_undone_check_off_makes_room_for_another(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    report(session, activity)
    checkoffs.undo_check_off(session, activity.id or 0, who="chair", now_utc=NOW)

    again = report(session, activity, date(2026, 5, 9))

    assert again.done_on == date(2026, 5, 9)


def test_undone_check_off_stays_on_record(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    report(session, activity)

    checkoffs.undo_check_off(session, activity.id or 0, who="chair", now_utc=NOW)

    assert [row.undone_at_utc for row in session.exec(select(CheckOff))] == [NOW]


def test_tick_of_what_was_taken_out_of_the_plan_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    amendments.remove_activity(session, activity.id or 0, **STAMP)

    with pytest.raises(ActivityRemoved):
        report(session, activity)


def test_undo_without_a_check_off_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(NotCheckedOff):
        checkoffs.undo_check_off(session, activity.id or 0, who="chair", now_utc=NOW)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_day_outside_the_plan_is_refused(session: Session, day: date) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(DateOutsidePlan):
        report(session, activity, day)


def test_day_that_has_not_come_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(DateInFuture):
        report(session, activity, date(2026, 11, 22))


def test_cancelled_activity_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session), state=ActivityState.CANCELLED)

    with pytest.raises(ActivityCancelled):
        report(session, activity)


def test_more_attended_than_eligible_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(MoreThanEligible):
        report(session, activity, details=Details(participants=59, eligible=58))


def test_recurring_duty_takes_the_turn_that_holds_the_day(session: Session) -> None:
    activity = make_activity(session, make_plan(session), duty=DutyKind.RECURRING)
    turns = [
        Occurrence(activity_id=activity.id or 0, number=number, due_from=date(2026, number, 1), due_to=date(2026, number, 28))
        for number in (1, 2, 3)
    ]
    session.add_all(turns)
    session.flush()

    row = report(session, activity, date(2026, 2, 10))

    assert row.occurrence_id == turns[1].id


def test_standing_duty_takes_two_entries_on_one_day(session: Session) -> None:
    activity = make_activity(session, make_plan(session), duty=DutyKind.STANDING)

    rows = [report(session, activity), report(session, activity)]

    assert [row.is_log for row in rows] == [True, True]


def test_check_off_is_logged_with_who_and_when(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    row = report(session, activity)

    change = session.exec(select(Change)).one()
    assert (change.noun, change.row_id, change.action, change.who, change.at_utc) == ("check_off", row.id, "check_off", "chair", NOW)


def test_extra_entry_of_a_recurring_duty_stands_for_no_turn(session: Session) -> None:
    activity = make_activity(session, make_plan(session), duty=DutyKind.RECURRING)
    may = (date(2026, 5, 1), date(2026, 5, 31))
    session.add_all([Occurrence(activity_id=activity.id or 0, number=number, due_from=may[0], due_to=may[1]) for number in (1, 2)])
    session.flush()
    first, _second, _extra = report(session, activity), report(session, activity), report(session, activity)

    checkoffs.undo_check_off(session, activity.id or 0, check_off_id=first.id, who="chair", now_utc=NOW)

    view = activities.find_activity(session, activity.id or 0, today=TODAY)
    assert (view.status, view.done_count) == (Status.STANDING, 1)


def test_amending_changes_only_what_is_named(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity, details=Details(participants=46, result="圆满"))

    checkoffs.amend_check_off(session, row.id or 0, eligible=48, version=1, today=TODAY, **STAMP)

    assert (row.participants, row.eligible, row.result, row.version) == (46, 48, "圆满", 2)


def test_amending_checks_what_will_stand(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity, details=Details(participants=46))

    with pytest.raises(MoreThanEligible):
        checkoffs.amend_check_off(session, row.id or 0, eligible=40, version=1, today=TODAY, **STAMP)


def test_what_is_left_is_forgotten_when_all_is_done(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity, details=Details(is_partial=True, remaining="提案答复"))
    assert row.remaining == "提案答复"

    checkoffs.amend_check_off(session, row.id or 0, is_partial=False, version=1, today=TODAY, **STAMP)

    assert row.remaining == ""


def test_correcting_the_day_moves_the_last_day_along(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity, date(2026, 11, 19), details=Details(done_to=date(2026, 11, 20)))

    checkoffs.correct_day(session, row.id or 0, done_on=date(2026, 5, 8), version=1, today=TODAY, **STAMP)

    assert (row.done_on, row.done_to) == (date(2026, 5, 8), date(2026, 5, 9))


def test_agenda_is_kept_as_one_item_a_line(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    row = report(session, activity, details=Details(agenda=" 听取报告\n\n审议方案 \n"))

    assert row.agenda == "听取报告\n审议方案"


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (Details(participants=-1), CountNotPositive),
        (Details(figures={"articles_sent": 1_000_001}), CountTooLarge),
        (Details(figures={"delegates_due": 30, "delegates_present": 31}), MorePresentThanDue),
    ],
)
def test_numbers_that_cannot_be_are_refused(session: Session, details: Details, refusal: type[Refusal]) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(refusal):
        report(session, activity, details=details)


def test_details_for_a_check_off_taken_back_meanwhile_are_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity)
    checkoffs.undo_check_off(session, activity.id or 0, **STAMP)

    with pytest.raises(CheckOffTakenBack):
        checkoffs.amend_check_off(session, row.id or 0, version=1, today=TODAY, result="收到 12 条", **STAMP)


def test_undo_of_a_record_completed_meanwhile_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    row = report(session, activity)
    checkoffs.amend_check_off(session, row.id or 0, version=1, today=TODAY, result="收到 12 条", **STAMP)

    with pytest.raises(CheckOffCompleted):
        checkoffs.undo_check_off(session, activity.id or 0, check_off_id=row.id, version=1, **STAMP)

    assert row.undone_at_utc is None


def test_turn_that_was_planned_anew_meanwhile_is_refused(session: Session) -> None:
    duty = make_activity(session, make_plan(session), duty=DutyKind.RECURRING)

    with pytest.raises(NoSuchTurn):
        report(session, duty, occurrence_id=99)
