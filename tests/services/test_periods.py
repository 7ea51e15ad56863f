"""Where a plan's words of time lie in its period."""

from datetime import date

import pytest

from unionboard.models import DatePrecision
from unionboard.reading.draft import FestivalTime
from unionboard.services.periods import Placement, Span, festival_months, move_months, place

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SCHOOL_YEAR = (date(2026, 9, 1), date(2027, 8, 31))
TERM = (date(2026, 2, 16), date(2026, 7, 10))


@pytest.mark.parametrize(
    ("months", "within", "span"),
    [
        ((2,), YEAR, (date(2026, 2, 1), date(2026, 2, 28))),
        ((7, 8), YEAR, (date(2026, 7, 1), date(2026, 8, 31))),
        ((9,), SCHOOL_YEAR, (date(2026, 9, 1), date(2026, 9, 30))),
        ((12,), SCHOOL_YEAR, (date(2026, 12, 1), date(2026, 12, 31))),
        ((1,), SCHOOL_YEAR, (date(2027, 1, 1), date(2027, 1, 31))),
        ((12, 1), SCHOOL_YEAR, (date(2026, 12, 1), date(2027, 1, 31))),
        ((12, 1), YEAR, (date(2026, 12, 1), date(2026, 12, 31))),
        ((12, 1, 2), YEAR, (date(2026, 1, 1), date(2026, 2, 28))),
        ((2,), TERM, (date(2026, 2, 16), date(2026, 2, 28))),
        ((1,), TERM, (date(2026, 2, 16), date(2026, 2, 28))),
        ((9,), TERM, (date(2026, 7, 1), date(2026, 7, 10))),
        ((7, 8, 9), SCHOOL_YEAR, (date(2027, 7, 1), date(2027, 8, 31))),
    ],
)
def test_months_span_first_to_last_day_within_the_plan(months: tuple[int, ...], within: Span, span: Span) -> None:
    assert place(within, months=months) == Placement(*span, DatePrecision.MONTH)


@pytest.mark.parametrize(
    ("half_year", "within", "span"),
    [
        (1, YEAR, (date(2026, 1, 1), date(2026, 6, 30))),
        (2, YEAR, (date(2026, 7, 1), date(2026, 12, 31))),
        (1, SCHOOL_YEAR, (date(2027, 1, 1), date(2027, 6, 30))),
        (2, SCHOOL_YEAR, (date(2026, 9, 1), date(2026, 12, 31))),
    ],
)
def test_half_year_is_the_calendars_within_the_plan(half_year: int, within: Span, span: Span) -> None:
    assert place(within, half_year=half_year) == Placement(*span, DatePrecision.HALF_YEAR)


def test_day_goes_before_its_month() -> None:
    assert place(YEAR, months=(3,), day_from=(3, 8)) == Placement(date(2026, 3, 8), date(2026, 3, 8), DatePrecision.DAY)


def test_days_of_a_school_year_take_the_year_they_fall_in() -> None:
    found = place(SCHOOL_YEAR, day_from=(12, 30), day_to=(1, 2))

    assert found == Placement(date(2026, 12, 30), date(2027, 1, 2), DatePrecision.DAY)


@pytest.mark.parametrize(
    ("day_from", "day_to", "span"),
    [
        ((2, 29), None, (date(2026, 2, 1), date(2026, 2, 28))),
        ((12, 30), (1, 2), (date(2026, 12, 1), date(2026, 12, 31))),
    ],
)
def test_day_the_plan_does_not_hold_becomes_its_month(day_from: tuple[int, int], day_to: tuple[int, int] | None, span: Span) -> None:
    assert place(YEAR, day_from=day_from, day_to=day_to) == Placement(*span, DatePrecision.MONTH)


def test_no_words_of_time_mean_the_whole_plan() -> None:
    assert place(YEAR) == Placement(*YEAR, DatePrecision.PERIOD)


def test_moved_months_never_leave_the_plan() -> None:
    assert move_months((date(2025, 1, 10), date(2025, 1, 20)), 11, YEAR) == (date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("title", "old_year", "new_year", "months"),
    [
        ("春节走访慰问", 2025, 2026, 1),  # 29 January -> 17 February
        ("中秋联欢", 2025, 2026, -1),  # 6 October -> 25 September
        ("庆元宵猜灯谜", 2026, 2027, -1),  # 3 March -> 20 February
        ("端午包粽子", 2025, 2026, 1),  # 31 May -> 19 June
        ("重阳节慰问退休教师", 2026, 2027, 0),  # 18 October -> 8 October
        ("迎春元宵灯会", 2026, 2027, -1),  # the later of the two: 3 March -> 20 February
        ("腊八送粥", 2025, 2026, 0),  # 7 January -> 26 January
        ("教职工运动会", 2025, 2026, 0),
        ("春节走访慰问", 2099, 2100, 0),  # beyond the lunar tables
    ],
)
def test_lunar_festival_moves_against_the_calendar(title: str, old_year: int, new_year: int, months: int) -> None:
    old, new = ((date(year, 1, 1), date(year, 12, 31)) for year in (old_year, new_year))

    assert festival_months(title, old=old, new=new) == months


@pytest.mark.parametrize(
    ("third", "within", "span"),
    [
        (1, YEAR, (date(2026, 2, 1), date(2026, 2, 10))),
        (2, YEAR, (date(2026, 2, 11), date(2026, 2, 20))),
        (3, YEAR, (date(2026, 2, 21), date(2026, 2, 28))),
        (2, TERM, (date(2026, 2, 16), date(2026, 2, 20))),
    ],
)
def test_third_narrows_its_month_to_ten_days_within_the_plan(third: int, within: Span, span: Span) -> None:
    assert place(within, months=(2,), third=third) == Placement(*span, DatePrecision.THIRD)


@pytest.mark.parametrize(
    ("months", "third", "span"),
    [
        ((2,), 1, (date(2026, 2, 16), date(2026, 2, 28))),  # the term begins after those ten days
        ((9,), 1, (date(2026, 7, 1), date(2026, 7, 10))),  # the term does not hold the month
        ((3, 4), 3, (date(2026, 3, 1), date(2026, 4, 30))),
    ],
)
def test_third_that_has_no_place_leaves_the_months(months: tuple[int, ...], third: int, span: Span) -> None:
    assert place(TERM, months=months, third=third) == Placement(*span, DatePrecision.MONTH)


@pytest.mark.parametrize(
    ("festival", "within", "span"),
    [
        (FestivalTime("MID_AUTUMN"), YEAR, (date(2026, 9, 25), date(2026, 9, 25))),
        (FestivalTime("SPRING_FESTIVAL"), SCHOOL_YEAR, (date(2027, 2, 6), date(2027, 2, 6))),
        (FestivalTime("SPRING_FESTIVAL", eve=True), YEAR, (date(2026, 2, 10), date(2026, 2, 16))),
        (FestivalTime("NEW_YEAR", eve=True), YEAR, (date(2026, 12, 25), date(2026, 12, 31))),  # of 2027: its eve lies in the plan
        (FestivalTime("NATIONAL_DAY", eve=True), SCHOOL_YEAR, (date(2026, 9, 24), date(2026, 9, 30))),
    ],
)
def test_festival_without_a_month_is_its_day_or_the_week_before_it(festival: FestivalTime, within: Span, span: Span) -> None:
    assert place(within, festival=festival) == Placement(*span, DatePrecision.DAY)


def test_festival_the_plan_does_not_hold_leaves_the_whole_plan() -> None:
    assert place(TERM, festival=FestivalTime("MID_AUTUMN")) == Placement(*TERM, DatePrecision.PERIOD)


def test_festival_narrows_the_months_it_falls_in() -> None:
    found = place(YEAR, months=(9, 10), festival=FestivalTime("MID_AUTUMN"))

    assert found == Placement(date(2026, 9, 25), date(2026, 9, 25), DatePrecision.DAY)


def test_festival_that_falls_in_another_month_leaves_the_month() -> None:
    found = place(YEAR, months=(2,), festival=FestivalTime("LANTERN"))  # 3 March in 2026

    assert found == Placement(date(2026, 2, 1), date(2026, 2, 28), DatePrecision.MONTH)


def test_day_goes_before_a_festival() -> None:
    found = place(YEAR, day_from=(3, 6), festival=FestivalTime("WOMENS_DAY"))

    assert found == Placement(date(2026, 3, 6), date(2026, 3, 6), DatePrecision.DAY)
