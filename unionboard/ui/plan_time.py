"""The time of an activity as people type it into a cell: 3月, 3–5月, 3月8日–10日, 上半年, 每月一次; Mar, 8 Mar, 1× per month."""

import re
import unicodedata
from dataclasses import dataclass, replace

from unionboard.models import DutyKind
from unionboard.reading.draft import Frequency, Period
from unionboard.reading.frequency import find_frequency
from unionboard.services.activities import ActivityView
from unionboard.services.plan_rows import PlanRow
from unionboard.ui.text import language, month_name, t

Day = tuple[int, int]  # (month, day)


@dataclass(frozen=True, slots=True)
class PlanTime:
    """What such a cell says; all empty: no month yet."""

    months: tuple[int, ...] = ()
    half_year: int | None = None
    day_from: Day | None = None
    day_to: Day | None = None
    frequency: Frequency | None = None


_DASH = r"\s*(?:[-–—~～至到]+|、)\s*"
_MONTHS = re.compile(rf"(?P<first>1[0-2]|0?[1-9])\s*月?份?(?:{_DASH}(?P<last>1[0-2]|0?[1-9])\s*月?份?)?")
_DAYS = re.compile(
    rf"(?P<month>1[0-2]|0?[1-9])\s*[月./]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]?"
    rf"(?:{_DASH}(?:(?P<month_2>1[0-2]|0?[1-9])\s*[月./]\s*)?(?P<day_2>3[01]|[12]\d|0?[1-9])\s*[日号]?)?"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?:{'|'.join(_NAMES)})[a-z]*\.?"
_ENGLISH_MONTHS = re.compile(rf"(?P<first>{_NAME})(?:{_DASH}(?P<last>{_NAME}))?")
_ENGLISH_DAYS = re.compile(rf"(?P<day>\d{{1,2}})\s*(?P<month>{_NAME})(?:{_DASH}(?P<day_2>\d{{1,2}})\s*(?P<month_2>{_NAME}))?")
_PERIODS: tuple[tuple[Period, str, str], ...] = (  # the longer words first
    (Period.TWO_YEARS, "每两年", "two years"),
    (Period.FORTNIGHT, "每两周", "two weeks"),
    (Period.HALF_YEAR, "每半年", "half-year"),
    (Period.WEEK, "每周", "week"),
    (Period.MONTH, "每月", "month"),
    (Period.QUARTER, "每季度", "quarter"),
    (Period.TERM, "每学期", "term"),
    (Period.YEAR, "每年", "year"),
    (Period.DAY, "每天", "day"),
)
_ENGLISH_FREQUENCY = re.compile(r"(?P<from>\d+)(?:\s*[-–]\s*(?P<to>\d+))?\s*[×x]?\s*(?:times\s*)?(?:per|a|every)\s+(?P<period>[a-z -]+)")
_COUNTS = "零一两三四五六七八九十"
_NONE = {"", "未定", "待定", "不定", "年内", "no month yet", "open"}
_HALVES = {"上半年": 1, "下半年": 2, "first half": 1, "second half": 2}
_STANDING = {"常年", "全年", "all year", "standing"}


def time_of_row(row: PlanRow) -> PlanTime:
    """The time of a row about to be adopted."""
    return PlanTime(row.months, row.half_year, row.day_from, row.day_to, row.frequency)


def time_of_activity(view: ActivityView) -> PlanTime:
    """The time of a stored activity."""
    if view.duty is not DutyKind.ONE_OFF:
        return PlanTime(frequency=find_frequency(view.frequency))
    match view.precision.value:
        case "day":
            days = ((view.starts_on.month, view.starts_on.day), (view.ends_on.month, view.ends_on.day))
            return PlanTime(day_from=days[0], day_to=days[1])
        case "month":
            return PlanTime(months=tuple(view.months))
        case "half_year":
            return PlanTime(half_year=1 if view.starts_on.month <= 6 else 2)
    return PlanTime()


def write_time(time: PlanTime, duty: DutyKind = DutyKind.ONE_OFF) -> str:
    """What the cell shows, in the session's language; ``read_time`` reads it back."""
    if time.frequency:
        return _write_frequency(time.frequency)
    if duty is DutyKind.STANDING:
        return t("All year")
    if time.day_from:
        last = time.day_to or time.day_from
        return _day(time.day_from) if last == time.day_from else f"{_day(time.day_from)}–{_day(last)}"
    if time.months:
        first, last_month = time.months[0], time.months[-1]
        if first == last_month:
            return month_name(first)
        return f"{month_name(first)}–{month_name(last_month)}" if language() == "en" else f"{first}–{last_month}月"
    if time.half_year:
        return t("First half") if time.half_year == 1 else t("Second half")
    return t("No month yet")


def _day(day: Day) -> str:
    return f"{day[1]} {month_name(day[0])}" if language() == "en" else f"{day[0]}月{day[1]}日"


def _write_frequency(frequency: Frequency) -> str:
    if frequency.period is Period.ON_EVENT:
        return t("As it arises")
    if frequency.period is Period.STANDING:
        return t("All year")
    low, high = frequency.times_min, frequency.times_max
    times = str(low) if low == high else f"{low}–{high}"
    counted = _COUNTS[low] if low == high and low < len(_COUNTS) else times
    chinese, english = next((zh, en) for period, zh, en in _PERIODS if period is frequency.period)
    return f"{times}× per {english}" if language() == "en" else f"{chinese}{counted}次"


def read_time(text: str) -> PlanTime | None:
    """What was typed, in either language; None when it cannot be understood."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().rstrip("。.")
    if plain in _NONE:
        return PlanTime()
    if plain in _HALVES:
        return PlanTime(half_year=_HALVES[plain])
    if plain in _STANDING:
        return PlanTime(frequency=Frequency(Period.STANDING, phrase="常年"))
    if plain in {"as it arises", "有事即办"}:
        return PlanTime(frequency=Frequency(Period.ON_EVENT, phrase="遇有情况随时"))
    if found := _MONTHS.fullmatch(plain):
        return _months(int(found["first"]), int(found["last"] or found["first"]))
    if found := _ENGLISH_MONTHS.fullmatch(plain):
        return _months(_number(found["first"]), _number(found["last"] or found["first"]))
    if found := _DAYS.fullmatch(plain):
        first = (int(found["month"]), int(found["day"]))
        return PlanTime(day_from=first, day_to=(int(found["month_2"] or first[0]), int(found["day_2"])) if found["day_2"] else first)
    if found := _ENGLISH_DAYS.fullmatch(plain):
        first = (_number(found["month"]), int(found["day"]))
        return PlanTime(day_from=first, day_to=(_number(found["month_2"]), int(found["day_2"])) if found["day_2"] else first)
    frequency = _read_frequency(plain)
    return PlanTime(frequency=frequency) if frequency else None


def _months(first: int, last: int) -> PlanTime:
    return PlanTime(months=tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)))


def _number(name: str) -> int:
    return _NAMES.index(name[:3]) + 1


def _read_frequency(plain: str) -> Frequency | None:
    if found := _ENGLISH_FREQUENCY.fullmatch(plain):
        for period, chinese, english in _PERIODS:
            if found["period"].strip() == english:
                low, high = int(found["from"]), int(found["to"] or found["from"])
                times = str(low) if low == high else f"{low}-{high}"
                return Frequency(period, low, high, phrase=f"{chinese}{times}次")  # stored in words the reader of frequencies knows
    frequency = find_frequency(plain)
    return replace(frequency, phrase=plain) if frequency else None
