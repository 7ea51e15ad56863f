"""Days as ledgers hold them."""

from datetime import date

import pytest

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import CellDayAmbiguous, CellDayNotReadable
from unionboard.reading.ledger_days import FoundDay, Sure, find_month, find_years, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-08",
        "2026/3/8",
        "2026.3.8",
        "2026年3月8日",
        "2026年03月08号",
        "20260308",
        "2026-03-08 10:11:12",
        "2026-03-08T10:11",
        "20260308 101112",
        "２０２６-３-８",
        "26-3-8",
        "46089",
        "2026-3-8（周日）",
        "2026/03/08 星期日",
        "2026、3、8",
        "2026 3 8",
        "2026年3月8日上午",
        "2026年3月8日 14时30分",
        "二〇二六年三月八日",
        "Mar 8, 2026",
        "8-Mar-2026",
        "8 March 2026",
    ],
)
def test_day_is_read(text: str) -> None:
    assert read_day(text, year=2026) == FoundDay(date(2026, 3, 8))


@pytest.mark.parametrize("text", ["3月8日", "3-8", "3.8", "03/08", "3 月 8 日", "三月八日", "3月8日下午"])
def test_day_without_a_year_is_in_the_books(text: str) -> None:
    assert read_day(text, year=2026) == FoundDay(date(2026, 3, 8), has_year=False)


@pytest.mark.parametrize(
    ("text", "has_year"), [("2月", False), ("2月份", False), ("2026年2月", True), ("2026-02", True), ("2026.02", True)]
)
def test_of_a_month_the_last_day_is_taken(text: str, *, has_year: bool) -> None:
    assert read_day(text, year=2026) == FoundDay(date(2026, 2, 28), Sure.MONTH, has_year)


@pytest.mark.parametrize(
    ("text", "day"), [("31/01/2026", date(2026, 1, 31)), ("1/31/2026", date(2026, 1, 31)), ("3/3/2026", date(2026, 3, 3))]
)
def test_year_at_the_end_is_read_when_it_can_be_one_day_only(text: str, day: date) -> None:
    assert read_day(text, year=2026).day == day


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("3/4/2026", CellDayAmbiguous),
        ("03-04-05", CellDayAmbiguous),
        ("2026-02-30", CellDayNotReadable),
        ("13月", CellDayNotReadable),
        ("上旬", CellDayNotReadable),
        ("3月8日-10日", CellDayNotReadable),
        ("", CellDayNotReadable),
    ],
)
def test_what_is_no_day_or_two_is_refused(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_day(text, year=2026)


@pytest.mark.parametrize(
    ("title", "month"), [("3月", 3), ("2026年十二月份经费", 12), ("1-3月", None), ("一季度", None), ("1月至3月", None), ("青松小学", None)]
)
def test_month_of_a_sheet(title: str, month: int | None) -> None:
    assert find_month(title) == month


@pytest.mark.parametrize(
    ("title", "years"),
    [("2017年度经费", {2017}), ("二〇二六年预算", {2026}), ("2025年决算和2026年预算", {2025, 2026}), ("共2026元", set())],
)
def test_years_of_a_title(title: str, years: set[int]) -> None:
    assert find_years(title) == years
