"""Where activities stand in a month's calendar."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan
from unionboard.models import Activity, ActivityState, CheckOff, DatePrecision, DutyKind, Occurrence, Plan
from unionboard.services.activities import list_activities
from unionboard.services.month_calendar import MonthPage, entries_by_day, lay_out_month

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
WHOLE_YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "precision": DatePrecision.PERIOD}


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def on(first: int, last: int | None = None, month: int = 11) -> dict[str, Any]:
    """Planned for days of November."""
    return {"precision": DatePrecision.DAY, "starts_on": date(2026, month, first), "ends_on": date(2026, month, last or first)}


def in_month(month: int) -> dict[str, Any]:
    return {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, 30)}


def hold(session: Session, row: Activity, day: date, *, until: date | None = None, turn: Occurrence | None = None) -> None:
    session.add(
        CheckOff(
            activity_id=row.id or 0,
            occurrence_id=turn.id if turn else None,
            is_log=row.duty is DutyKind.STANDING,
            done_on=day,
            done_to=until,
            who="chair",
            created_at_utc=NOW,
        )
    )
    session.flush()


def due(session: Session, row: Activity, number: int, first: date, last: date) -> Occurrence:
    turn = Occurrence(activity_id=row.id or 0, number=number, due_from=first, due_to=last)
    session.add(turn)
    session.flush()
    return turn


def lay_out(session: Session, plan: Plan) -> MonthPage:
    return lay_out_month(list_activities(session, plan.id or 0, today=TODAY), month=NOVEMBER)


def days(page: MonthPage) -> dict[str, list[str]]:
    """Titles by the day they begin on: ``{"11-06": ["运动会"]}``."""
    return {f"{day:%m-%d}": [entry.view.title for entry in entries] for day, entries in entries_by_day(page).items()}


def test_weeks_run_from_monday_to_sunday_around_the_month(session: Session, plan: Plan) -> None:
    page = lay_out(session, plan)

    assert [week.starts_on for week in page.weeks] == [
        date(2026, 10, 26),
        *(date(2026, 11, day) for day in (2, 9, 16, 23, 30)),
    ]


def test_a_dated_activity_stands_on_its_day(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="运动会", **on(6))

    assert days(lay_out(session, plan)) == {"11-06": ["运动会"]}


def test_what_was_held_stands_on_the_days_it_was_held_not_where_it_was_planned(session: Session, plan: Plan) -> None:
    hold(session, make_activity(session, plan, title="运动会", **on(6)), date(2026, 11, 10))
    hold(session, make_activity(session, plan, title="读书会", **in_month(11)), date(2026, 11, 12))

    page = lay_out(session, plan)

    assert (days(page), page.month_long) == ({"11-10": ["运动会"], "11-12": ["读书会"]}, ())


def test_an_activity_over_a_weekend_has_a_bar_in_each_week(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="艺术节", **on(6, 10))

    bars = [(week.starts_on.day, bar.first, bar.days) for week in lay_out(session, plan).weeks for bar in week.bars]

    assert bars == [(2, 4, 3), (9, 0, 2)]


def test_bars_that_overlap_have_lanes_of_their_own_and_free_ones_are_used_again(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="长", **on(2, 4))
    make_activity(session, plan, title="短", **on(3))
    make_activity(session, plan, title="后", **on(5))

    bars = [(bar.entry.view.title, bar.lane) for bar in lay_out(session, plan).weeks[1].bars]

    assert bars == [("长", 0), ("后", 0), ("短", 1)]


def test_without_a_day_it_stands_above_the_weeks(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="本月", **in_month(11))
    make_activity(session, plan, title="上旬", precision=DatePrecision.THIRD, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 10))
    make_activity(session, plan, title="十二月", **in_month(12))

    page = lay_out(session, plan)

    assert ([entry.view.title for entry in page.month_long], days(page)) == (["本月", "上旬"], {})


def test_what_is_late_or_was_moved_away_is_not_lost(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="逾期", **on(9, month=10))
    moved = {"original_starts_on": date(2026, 11, 3), "original_ends_on": date(2026, 11, 3), "state": ActivityState.POSTPONED}
    make_activity(session, plan, title="推迟", **moved, **in_month(12))

    assert [entry.view.title for entry in lay_out(session, plan).month_long] == ["逾期", "推迟"]


def test_what_names_no_month_stands_apart(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="全年", **WHOLE_YEAR)
    make_activity(session, plan, title="五必访", duty=DutyKind.STANDING, **WHOLE_YEAR)
    hold(session, make_activity(session, plan, title="三月办了", **WHOLE_YEAR), date(2026, 3, 3))

    assert [entry.view.title for entry in lay_out(session, plan).all_year] == ["全年", "五必访"]


def test_entries_of_a_standing_duty_stand_on_their_days(session: Session, plan: Plan) -> None:
    visits = make_activity(session, plan, title="五必访", duty=DutyKind.STANDING, **WHOLE_YEAR)
    for day in (date(2026, 11, 5), date(2026, 11, 19), date(2026, 10, 2)):
        hold(session, visits, day)

    page = lay_out(session, plan)

    assert (days(page), page.all_year) == ({"11-05": ["五必访"], "11-19": ["五必访"]}, ())


def test_a_turn_of_a_week_stands_on_its_week_of_a_month_above_and_one_done_on_its_day(session: Session, plan: Plan) -> None:
    weekly = make_activity(session, plan, title="每周", duty=DutyKind.RECURRING, **WHOLE_YEAR)
    monthly = make_activity(session, plan, title="每月", duty=DutyKind.RECURRING, **WHOLE_YEAR)
    hold(session, weekly, date(2026, 11, 4), turn=due(session, weekly, 1, date(2026, 11, 2), date(2026, 11, 8)))
    due(session, weekly, 2, date(2026, 11, 9), date(2026, 11, 15))
    due(session, monthly, 11, *NOVEMBER)
    due(session, monthly, 12, date(2026, 12, 1), date(2026, 12, 31))

    page = lay_out(session, plan)

    assert days(page) == {"11-04": ["每周"], "11-09": ["每周"]}
    assert [(entry.view.title, entry.turn and entry.turn.number) for entry in page.month_long] == [("每月", 11)]
