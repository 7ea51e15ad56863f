"""The turns of a recurring duty."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import DatePrecision, DutyKind, Occurrence
from unionboard.reading.draft import Frequency, Period
from unionboard.services import checkoffs, duties
from unionboard.services.duties import plan_turns

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SCHOOL_YEAR = (date(2026, 9, 1), date(2027, 8, 31))
TERM = (date(2026, 2, 16), date(2026, 7, 10))


def turns(period: Period, within: tuple[date, date], times: int = 1) -> list[tuple[date, date]]:
    return plan_turns(Frequency(period, times, times), starts_on=within[0], ends_on=within[1])


@pytest.mark.parametrize("period", [Period.DAY, Period.STANDING, Period.ON_EVENT])
def test_duty_without_a_count_has_no_turns(period: Period) -> None:
    assert turns(period, YEAR) == []


@pytest.mark.parametrize(
    ("period", "count"),
    [
        (Period.WEEK, 53),
        (Period.FORTNIGHT, 26),
        (Period.MONTH, 12),
        (Period.QUARTER, 4),
        (Period.HALF_YEAR, 2),
        (Period.TERM, 2),
        (Period.YEAR, 1),
        (Period.TWO_YEARS, 1),
    ],
)
def test_calendar_year_has_the_usual_number_of_turns(period: Period, count: int) -> None:
    assert len(turns(period, YEAR)) == count


def test_monthly_duty_of_a_school_year_has_twelve_turns_from_september_on() -> None:
    found = turns(Period.MONTH, SCHOOL_YEAR)

    assert (len(found), found[0], found[5], found[-1]) == (
        12,
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2027, 2, 1), date(2027, 2, 28)),
        (date(2027, 8, 1), date(2027, 8, 31)),
    )


def test_terms_of_a_calendar_year_are_spring_and_the_part_of_autumn_within() -> None:
    assert turns(Period.TERM, YEAR) == [(date(2026, 2, 1), date(2026, 7, 31)), (date(2026, 9, 1), date(2026, 12, 31))]


def test_terms_of_a_school_year_are_autumn_and_spring() -> None:
    assert turns(Period.TERM, SCHOOL_YEAR) == [(date(2026, 9, 1), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 7, 31))]


def test_term_of_a_term_plan_is_the_plan() -> None:
    assert turns(Period.TERM, TERM) == [TERM]


def test_week_begins_on_monday_and_short_weeks_at_the_edge_join_their_neighbours() -> None:
    found = turns(Period.WEEK, (date(2026, 5, 2), date(2026, 5, 18)))  # a Saturday to a Monday

    assert found == [(date(2026, 5, 2), date(2026, 5, 10)), (date(2026, 5, 11), date(2026, 5, 18))]


def test_fortnights_cover_the_plan_without_a_gap() -> None:
    assert turns(Period.FORTNIGHT, (date(2026, 3, 2), date(2026, 4, 5))) == [
        (date(2026, 3, 2), date(2026, 3, 15)),
        (date(2026, 3, 16), date(2026, 4, 5)),
    ]


def test_quarters_of_a_school_year_take_in_the_lone_september() -> None:
    assert turns(Period.QUARTER, SCHOOL_YEAR) == [
        (date(2026, 9, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2027, 8, 31)),
    ]


def test_twice_a_month_divides_every_month_evenly() -> None:
    found = turns(Period.MONTH, YEAR, times=2)

    assert (len(found), found[:2]) == (24, [(date(2026, 1, 1), date(2026, 1, 15)), (date(2026, 1, 16), date(2026, 1, 31))])


def test_every_two_months_goes_by_whole_months() -> None:
    found = turns(Period.YEAR, YEAR, times=6)

    assert (len(found), found[1]) == (6, (date(2026, 3, 1), date(2026, 4, 30)))


def test_once_or_twice_plans_one_turn() -> None:
    assert plan_turns(Frequency(Period.YEAR, 1, 2), starts_on=YEAR[0], ends_on=YEAR[1]) == [YEAR]


def test_more_times_than_days_gives_one_turn_a_day() -> None:
    assert len(turns(Period.YEAR, (date(2026, 3, 2), date(2026, 3, 4)), times=9)) == 3


def test_changed_frequency_keeps_the_turns_already_checked_off(session: Session) -> None:
    activity = make_activity(
        session,
        make_plan(session),
        duty=DutyKind.RECURRING,
        frequency="每月一次",
        precision=DatePrecision.PERIOD,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
    )
    duties.add_turns(session, activity, turns(Period.MONTH, YEAR), who="chair", now_utc=NOW)
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 1, 20), today=date(2026, 2, 1), who="chair", now_utc=NOW)

    duties.save_duty(
        session, activity.id or 0, duty=DutyKind.RECURRING, frequency="每季度一次", plan=YEAR, version=1, who="chair", now_utc=NOW
    )

    rows = session.exec(select(Occurrence).order_by(Occurrence.number))  # type: ignore[arg-type]
    assert [(row.number, row.due_from) for row in rows] == [
        (1, date(2026, 1, 1)),
        (2, date(2026, 4, 1)),
        (3, date(2026, 7, 1)),
        (4, date(2026, 10, 1)),
    ]


def test_duty_made_standing_loses_its_open_turns(session: Session) -> None:
    activity = make_activity(session, make_plan(session), duty=DutyKind.RECURRING, frequency="每月一次")
    duties.add_turns(session, activity, turns(Period.MONTH, YEAR), who="chair", now_utc=NOW)

    duties.save_duty(session, activity.id or 0, duty=DutyKind.STANDING, frequency="", plan=YEAR, version=1, who="chair", now_utc=NOW)

    assert session.exec(select(Occurrence)).all() == []
