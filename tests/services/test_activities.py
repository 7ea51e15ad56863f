"""What an activity is on a given day."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors.activities import DateOutsidePlan, NotLater
from unionboard.models import Activity, ActivityState, DatePrecision, DutyKind
from unionboard.services import activities, amendments, checkoffs
from unionboard.services.activities import Status
from unionboard.services.checkoffs import Details

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2026, 4, 30), Status.COMING), (date(2026, 5, 31), Status.COMING), (date(2026, 6, 1), Status.LATE)],
)
def test_month_activity_turns_late_on_the_first_day_after_its_month(session: Session, today: date, status: Status) -> None:
    activity = make_activity(session, make_plan(session))

    view = activities.find_activity(session, activity.id or 0, today=today)

    assert view.status is status


def test_activity_of_several_days_is_under_way_on_its_first_day(session: Session) -> None:
    activity = make_activity(session, make_plan(session), precision=DatePrecision.DAY, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 6))

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 5, 4))

    assert view.status is Status.UNDER_WAY


def test_cancelled_activity_is_never_late(session: Session) -> None:
    activity = make_activity(session, make_plan(session), state=ActivityState.CANCELLED)

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 12, 1))

    assert view.status is Status.CANCELLED


def test_months_of_a_school_year_activity_follow_the_calendar_over_new_year(session: Session) -> None:
    plan = make_plan(session, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    activity = make_activity(session, plan, starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 31))

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 9, 1))

    assert view.months == [12, 1]


def test_postponed_activity_keeps_its_first_dates(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    amendments.postpone_activity(
        session,
        activity.id or 0,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        precision=DatePrecision.MONTH,
        reason="场地维修",
        version=1,
        who="chair",
        now_utc=NOW,
    )

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 6, 1))
    assert (view.status, view.original_starts_on, view.starts_on) == (Status.POSTPONED, date(2026, 5, 1), date(2026, 10, 1))


def test_postponing_to_the_time_already_planned_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    same: dict[str, Any] = {"starts_on": activity.starts_on, "ends_on": activity.ends_on, "precision": activity.precision}

    with pytest.raises(NotLater):
        amendments.postpone_activity(session, activity.id or 0, reason="下雨", version=1, who="chair", now_utc=NOW, **same)


def test_dates_outside_the_plan_are_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(DateOutsidePlan):
        amendments.save_activity(session, activity.id or 0, version=1, who="chair", now_utc=NOW, ends_on=date(2027, 1, 1))


def test_done_counts_the_live_check_off_only(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 8), today=date(2026, 5, 9), who="chair", now_utc=NOW)
    checkoffs.undo_check_off(session, activity.id or 0, who="chair", now_utc=NOW)

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 5, 9))

    assert (view.status, view.records) == (Status.COMING, ())


@pytest.mark.parametrize(
    ("done_on", "done_to", "days"),
    [
        (date(2026, 5, 31), None, 0),
        (date(2026, 6, 5), None, 5),
        (date(2026, 5, 30), date(2026, 6, 1), 1),
    ],
)
def test_done_after_the_planned_end_counts_the_days(session: Session, done_on: date, done_to: date | None, days: int) -> None:
    activity = make_activity(session, make_plan(session))
    report(session, activity, done_on, done_to=done_to)

    assert activities.find_activity(session, activity.id or 0, today=date(2026, 7, 1)).days_after == days


def test_postponed_activity_is_late_only_after_its_new_end(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    june: dict[str, Any] = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), "precision": DatePrecision.MONTH}
    amendments.postpone_activity(session, activity.id or 0, reason="下雨", version=1, **june, **STAMP)
    report(session, activity, date(2026, 7, 2))

    assert activities.find_activity(session, activity.id or 0, today=date(2026, 7, 2)).days_after == 2


def test_what_is_done_in_part_is_not_done_late(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    report(session, activity, date(2026, 6, 5), is_partial=True)

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 7, 1))
    assert (view.status, view.days_after) == (Status.PARTLY, 0)


def test_cancelled_activity_that_was_postponed_comes_back_postponed(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    june: dict[str, Any] = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), "precision": DatePrecision.MONTH}
    amendments.postpone_activity(session, activity.id or 0, reason="下雨", version=1, **june, **STAMP)
    amendments.set_state(session, activity.id or 0, state=ActivityState.CANCELLED, reason="上级取消", version=2, **STAMP)

    row = amendments.set_state(session, activity.id or 0, state=ActivityState.PLANNED, version=3, **STAMP)

    assert row.state is ActivityState.POSTPONED


def test_new_frequency_plans_the_turns_anew(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    amendments.save_activity(session, activity.id or 0, version=1, duty=DutyKind.RECURRING, frequency="每季度一次", **STAMP)

    view = activities.find_activity(session, activity.id or 0, today=date(2026, 1, 1))
    assert [turn.due_to for turn in view.occurrences] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


def report(session: Session, activity: Activity, done_on: date, **details: Any) -> None:
    """Check it off on ``done_on``."""
    checkoffs.check_off(session, activity.id or 0, done_on=done_on, today=done_on.replace(month=12), details=Details(**details), **STAMP)
