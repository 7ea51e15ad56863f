"""Festival days against a table that was computed twice elsewhere (lunardate and zhdate, Qingming by LunarCalendar)."""

from datetime import date

import pytest

from unionboard.reference.festivals import festival_days, festivals, festivals_between

MOVABLE = ("NEW_YEARS_EVE", "SPRING_FESTIVAL", "LANTERN", "QINGMING", "DRAGON_BOAT", "QIXI", "MID_AUTUMN", "DOUBLE_NINTH")
TABLE = {
    2024: "02-09 02-10 02-24 04-04 06-10 08-10 09-17 10-11",
    2025: "01-28 01-29 02-12 04-04 05-31 08-29 10-06 10-29",
    2026: "02-16 02-17 03-03 04-05 06-19 08-19 09-25 10-18",
    2027: "02-05 02-06 02-20 04-05 06-09 08-08 09-15 10-08",
    2028: "01-25 01-26 02-09 04-04 05-28 08-26 10-03 10-26",
    2029: "02-12 02-13 02-27 04-04 06-16 08-16 09-22 10-16",
    2030: "02-02 02-03 02-17 04-05 06-05 08-05 09-12 10-05",
    2031: "01-22 01-23 02-06 04-05 06-24 08-24 10-01 10-24",
}


@pytest.mark.parametrize("year", TABLE)
def test_movable_festivals_of_a_year(year: int) -> None:
    found = {day.festival.code: f"{day.day:%m-%d}" for day in festival_days(year)}

    assert " ".join(found[code] for code in MOVABLE) == TABLE[year]


def test_solar_festivals_keep_their_day() -> None:
    found = {day.festival.zh: f"{day.day:%m-%d}" for day in festival_days(2026) if day.festival.calendar == "solar"}

    assert found == {
        "元旦": "01-01",
        "妇女节": "03-08",
        "植树节": "03-12",
        "世界读书日": "04-23",
        "劳动节": "05-01",
        "青年节": "05-04",
        "护士节": "05-12",
        "儿童节": "06-01",
        "建党节": "07-01",
        "建军节": "08-01",
        "教师节": "09-10",
        "国庆": "10-01",
        "国际志愿者日": "12-05",
    }


def test_laba_falls_twice_in_2022_and_not_at_all_in_2023() -> None:
    laba = [day.day for year in (2022, 2023) for day in festival_days(year) if day.festival.code == "LABA"]

    assert laba == [date(2022, 1, 10), date(2022, 12, 30)]


def test_festivals_between_crosses_the_new_year_with_both_bounds_inclusive() -> None:
    found = festivals_between(date(2026, 12, 5), date(2027, 2, 6))

    assert [(day.festival.zh, f"{day.day}") for day in found] == [
        ("国际志愿者日", "2026-12-05"),
        ("元旦", "2027-01-01"),
        ("腊八", "2027-01-15"),
        ("小年", "2027-01-30"),
        ("除夕", "2027-02-05"),
        ("春节", "2027-02-06"),
    ]


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_the_calendar_does_not_cover_has_no_festivals(year: int) -> None:
    assert festival_days(year) == ()


@pytest.mark.parametrize("year", [2000, 2099])
def test_every_festival_is_found_at_the_ends_of_the_calendar(year: int) -> None:
    late_in_the_lunar_year = {"LABA", "LITTLE_NEW_YEAR"}

    assert {day.festival.code for day in festival_days(year)} >= festivals().keys() - late_in_the_lunar_year
