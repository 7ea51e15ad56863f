"""Which period a plan is proposed for."""

from datetime import date

import pytest

from unionboard.models import PeriodKind
from unionboard.services.plan_periods import Period, current_period, offer_years, propose_period

YEAR, SCHOOL_YEAR, TERM = PeriodKind.CALENDAR_YEAR, PeriodKind.SCHOOL_YEAR, PeriodKind.TERM
NOVEMBER = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("title", "years", "usual", "period"),
    [
        ("青松小学工会2026年工作计划", (2026,), YEAR, Period(YEAR, 2026, (date(2026, 1, 1), date(2026, 12, 31)))),
        ("青松小学工会2026年工作计划", (2026,), SCHOOL_YEAR, Period(YEAR, 2026, (date(2026, 1, 1), date(2026, 12, 31)))),
        ("2025—2026学年工会工作计划", (2025, 2026), YEAR, Period(SCHOOL_YEAR, 2025, (date(2025, 9, 1), date(2026, 8, 31)))),
        ("2025—2026学年度第二学期工会计划", (2025, 2026), YEAR, Period(TERM, 2026, (date(2026, 2, 1), date(2026, 7, 31)))),
        ("2026学年第一学期工会计划", (2026,), YEAR, Period(TERM, 2026, (date(2026, 9, 1), date(2027, 1, 31)))),
        ("2026年春季学期工会工作计划", (2026,), YEAR, Period(TERM, 2026, (date(2026, 2, 1), date(2026, 7, 31)))),
        ("本学期工会工作计划", (), YEAR, Period(TERM, 2026, (date(2026, 9, 1), date(2027, 1, 31)))),
        ("工会工作计划", (), SCHOOL_YEAR, Period(SCHOOL_YEAR, 2026, (date(2026, 9, 1), date(2027, 8, 31)))),
        ("工会工作计划", (1999,), YEAR, Period(YEAR, 2026, (date(2026, 1, 1), date(2026, 12, 31)))),
        ("工会工作计划", (), TERM, Period(TERM, 2026, (date(2026, 9, 1), date(2027, 1, 31)))),
    ],
)
def test_the_title_goes_before_what_is_usual(title: str, years: tuple[int, ...], usual: PeriodKind, period: Period) -> None:
    assert propose_period(title, years=years, usual=usual, today=NOVEMBER) == period


@pytest.mark.parametrize(
    ("kind", "today", "year", "first"),
    [
        (SCHOOL_YEAR, date(2027, 3, 1), 2026, date(2026, 9, 1)),
        (SCHOOL_YEAR, date(2027, 8, 20), 2027, date(2027, 9, 1)),
        (TERM, date(2027, 1, 10), 2026, date(2026, 9, 1)),
        (TERM, date(2027, 2, 10), 2027, date(2027, 2, 1)),
        (TERM, date(2027, 8, 20), 2027, date(2027, 9, 1)),
        (YEAR, date(2027, 1, 1), 2027, date(2027, 1, 1)),
    ],
)
def test_the_running_period_is_the_one_of_the_day(kind: PeriodKind, today: date, year: int, first: date) -> None:
    period = current_period(kind, today=today)

    assert (period.year, period.span[0]) == (year, first)


@pytest.mark.parametrize(
    ("kind", "today", "taken", "years"),
    [
        (YEAR, date(2026, 3, 1), (), [2026]),
        (YEAR, NOVEMBER, (), [2026, 2027]),
        (YEAR, NOVEMBER, (2026,), [2027]),
        (YEAR, NOVEMBER, (2026, 2027), [2028]),
        (YEAR, date(2026, 3, 1), (2026,), [2027]),
        (SCHOOL_YEAR, NOVEMBER, (), [2026]),
        (TERM, NOVEMBER, (2026,), [2026]),
    ],
)
def test_in_autumn_next_years_plan_is_offered_too(kind: PeriodKind, today: date, taken: tuple[int, ...], years: list[int]) -> None:
    assert offer_years(kind, today=today, taken=taken) == years
