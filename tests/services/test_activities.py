"""What an activity is on a given day."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors import DateOutsidePlan, NotLater
from unionboard.models import ActivityState, DatePrecision
from unionboard.services import activities, amendments, checkoffs
from unionboard.services.activities import Status


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
