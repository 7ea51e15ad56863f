"""What stands in the check-off list, and in which group."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import Activity, ActivityState, DatePrecision, DutyKind, Occurrence, Plan
from unionboard.services import checkoffs
from unionboard.services.activities import list_activities
from unionboard.services.checklist import ALL, LATE, UNPROVEN, Part, choose_month, list_months, make_checklist, take_stock, takes_tick

TODAY = date(2026, 11, 21)
NOVEMBER = "2026-11-01"
DECEMBER = "2026-12-01"


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def in_month(month: int) -> dict[str, object]:
    return {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, 28)}


def tick(session: Session, activity: Activity, day: date) -> None:
    checkoffs.check_off(session, activity.id or 0, done_on=day, today=TODAY, who="chair", now_utc=NOW)


def listed(session: Session, plan: Plan, show: str, **options: object) -> dict[Part, list[str]]:
    checklist = make_checklist(take_stock(session, plan.id or 0, today=TODAY).views, show=show, today=TODAY, **options)  # type: ignore[arg-type]
    return {part: [view.title for view in group] for part, group in checklist.parts.items()}


def test_current_month_holds_late_ones_of_any_month_due_ones_duties_and_done_ones(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="五月的")
    make_activity(session, plan, title="本月的", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    make_activity(session, plan, title="下月的", **in_month(12))
    make_activity(session, plan, title="常年的", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)
    tick(session, make_activity(session, plan, title="已办的", **in_month(10)), date(2026, 11, 3))

    assert listed(session, plan, NOVEMBER) == {
        Part.LATE: ["五月的"],
        Part.DUE: ["本月的"],
        Part.DUTIES: ["常年的"],
        Part.DONE: ["已办的"],
    }


def test_another_month_holds_only_its_own(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="五月的")
    make_activity(session, plan, title="十二月的", **in_month(12))
    make_activity(session, plan, title="常年的", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)

    assert listed(session, plan, DECEMBER) == {Part.DUE: ["十二月的"]}
    assert listed(session, plan, "2026-05-01") == {Part.LATE: ["五月的"]}


def test_late_and_unproven_lists_hold_nothing_else(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="五月的")
    make_activity(session, plan, title="十二月的", **in_month(12))
    tick(session, make_activity(session, plan, title="无佐证的", **in_month(3)), date(2026, 3, 3))

    assert listed(session, plan, LATE) == {Part.LATE: ["五月的"]}
    assert listed(session, plan, UNPROVEN) == {Part.DONE: ["无佐证的"]}


def test_kept_ones_stay_in_the_group_where_they_were_ticked(session: Session, plan: Plan) -> None:
    activity = make_activity(session, plan, title="五月的")
    tick(session, activity, TODAY)

    assert listed(session, plan, NOVEMBER, kept={activity.id: Part.LATE}) == {Part.LATE: ["五月的"]}


def test_owner_narrows_the_list_and_the_count(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="何敏的", owner="何敏", **in_month(12))
    make_activity(session, plan, title="吴佳的", owner="吴佳", **in_month(12))
    views = list_activities(session, plan.id or 0, today=TODAY)

    checklist = make_checklist(views, show=ALL, today=TODAY, owner="何敏")

    assert ([view.title for view in checklist.parts[Part.DUE]], checklist.open) == (["何敏的"], 1)


def test_cancelled_ones_are_not_listed(session: Session, plan: Plan) -> None:
    make_activity(session, plan, state=ActivityState.CANCELLED)

    assert listed(session, plan, ALL) == {}


def test_activity_over_two_months_is_open_in_both(session: Session, plan: Plan) -> None:
    make_activity(session, plan, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31))

    assert take_stock(session, plan.id or 0, today=TODAY).counts == {NOVEMBER: 1, DECEMBER: 1, LATE: 0, UNPROVEN: 0}


def test_stock_counts_what_is_late_and_what_was_done_without_papers(session: Session, plan: Plan) -> None:
    make_activity(session, plan, owner="何敏", **in_month(5))
    tick(session, make_activity(session, plan, owner="何敏", **in_month(10)), date(2026, 10, 3))
    make_activity(session, plan, owner="吴佳", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)

    stock = take_stock(session, plan.id or 0, today=TODAY)

    assert stock.counts == {LATE: 1, UNPROVEN: 1, "2026-05-01": 1}
    assert stock.owners == ("何敏", "吴佳")


def test_months_of_a_school_year_run_back_over_new_year(session: Session) -> None:
    school_year = make_plan(session, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))

    assert list_months(school_year) == [date(2027, 1, 1), date(2026, 12, 1), date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)]


@pytest.mark.parametrize(
    ("today", "month"),
    [(date(2026, 11, 21), date(2026, 11, 1)), (date(2027, 2, 3), date(2026, 12, 1)), (date(2025, 2, 3), date(2026, 1, 1))],
)
def test_month_first_shown_is_the_nearest_one_of_the_plan(session: Session, plan: Plan, today: date, month: date) -> None:
    assert choose_month(plan, today=today) == month


@pytest.mark.parametrize(("due", "ticks"), [(date(2026, 11, 1), True), (date(2026, 8, 1), True), (date(2026, 12, 1), False)])
def test_recurring_duty_takes_a_tick_only_when_a_turn_is_due_or_missed(session: Session, plan: Plan, due: date, ticks: bool) -> None:
    duty = make_activity(session, plan, duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD)
    session.add(Occurrence(activity_id=duty.id or 0, number=1, due_from=due, due_to=due.replace(day=28)))
    session.flush()

    (view,) = list_activities(session, plan.id or 0, today=TODAY)

    assert takes_tick(view) is ticks
