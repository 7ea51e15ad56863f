"""The time a cell of a plan table names: 3月, 三, 3, 3.0, 2026-03, 3/8, 3月8日—12日, 第二季度, 每月."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from unionboard.reading.lines import fold
from unionboard.reading.months import MONTH_NUMBER, Time, find_dates, find_time, span_months

_FULL_DATE = re.compile(r"(?P<y>20\d\d)\s*(?:年|[./-])\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月|[./-])\s*(?P<d>[12]\d|3[01]|0?[1-9])\s*日?")
_YEAR_MONTH = re.compile(r"20\d\d\s*[./-]\s*(?P<m>1[0-2]|0?[1-9])$")
_BARE_MONTHS = re.compile(rf"({MONTH_NUMBER}(?:\s*[-、,至]\s*{MONTH_NUMBER})*)(?:\.0)?$")


def find_cell_time(text: str) -> Time | None:
    """The time in a month or date cell, with no months for words such as 每月 or 待定. None for a blank cell."""
    plain = fold(text).strip()
    if not plain:
        return None
    if (bare := _BARE_MONTHS.match(plain)) and (time := find_time(f"{bare[1]}月")):
        return replace(time, end=0, words=text)
    if found := _YEAR_MONTH.match(plain):
        return Time((int(found["m"]),), 0, words=text)
    if days := [(int(found["m"]), int(found["d"])) for found in _FULL_DATE.finditer(plain)]:
        time = find_time(plain)
        months = time.months if time and time.months else tuple(dict.fromkeys(month for month, _ in days))
        last = time.day_to if time and time.day_to and time.day_to[0] == months[-1] else days[-1]
        return Time(months, 0, None, days[0], max(days[-1], last), text)
    if time := find_time(plain):
        return replace(time, words=" ".join(text.split()))
    if days := find_dates(plain):
        return Time(tuple(dict.fromkeys(month for month, _ in days)), 0, None, days[0], days[-1], text)
    return Time((), 0, words=" ".join(text.split()))


def join_times(begin: Time, end: Time) -> Time:
    """One time from a start and an end that stand in two cells."""
    if not (begin.months and end.months):
        return begin if begin.months else end
    months = span_months(begin.months[0], end.months[-1])
    return Time(months, 0, None, begin.day_from, end.day_to if begin.day_from else None, f"{begin.words}-{end.words}")


def find_cell_dates(cells: Sequence[str]) -> tuple[date | None, date | None]:
    """The first and last day when time cells name day and year; a second day without year lies in the same year."""
    starts_on: date | None = None
    ends_on: date | None = None
    for cell in cells:
        found = list(_FULL_DATE.finditer(fold(cell)))
        time = find_cell_time(cell)
        if not found or time is None or time.day_to is None:
            continue
        try:
            first = date(int(found[0]["y"]), int(found[0]["m"]), int(found[0]["d"]))
            last = date(int(found[-1]["y"]), *time.day_to)
        except ValueError:  # 2月30日: the day stays as printed, for people to choose
            continue
        starts_on, ends_on = starts_on or first, max(first, last, ends_on or first)
    return starts_on, ends_on


def find_period_name(name: str) -> Time | None:
    """The time that a sheet's whole name is: 3月, 三月份, 上半年, 第一季度, 2026年下半年工作计划; None for any other name."""
    plain = fold(name).strip()
    time = find_time(plain)
    if time is None or not (time.months or time.half_year) or time.day_from:
        return None
    return time if re.fullmatch(r"份?(?:工会)?(?:工作|活动)?(?:计划|安排|工作|活动)?表?", plain[time.end :].strip()) else None
