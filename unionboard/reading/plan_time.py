"""The time of an activity as people write it into one cell: 3月, 3月上旬, 3–5月, 3月8日–10日, 上半年, 春节前夕, 每月一次; Mar, 8 Mar …

What is written here is read back here, in either language.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from unionboard.reading.draft import FestivalTime, Frequency, Period
from unionboard.reading.frequency import find_frequency
from unionboard.reference.festivals import festivals

Day = tuple[int, int]  # (month, day)


@dataclass(frozen=True, slots=True)
class PlanTime:
    """What such a cell says; all empty: no month yet. ``third`` (1–3) narrows a single month."""

    months: tuple[int, ...] = ()
    half_year: int | None = None
    day_from: Day | None = None
    day_to: Day | None = None
    frequency: Frequency | None = None
    third: int | None = None
    festival: FestivalTime | None = None


_DASH = r"\s*(?:[-–—~～至到]+|、)\s*"
_MONTH = r"1[0-2]|0?[1-9]"
_MONTHS = re.compile(rf"(?P<first>{_MONTH})\s*月?份?(?:{_DASH}(?P<last>{_MONTH})\s*月?份?)?")
_THIRD = re.compile(rf"(?P<month>{_MONTH})\s*月份?\s*(?P<third>[上中下]旬|[初中底末]|月底)")
_THIRDS = {"上": 1, "初": 1, "中": 2, "下": 3, "底": 3, "末": 3, "月": 3}
_DAYS = re.compile(
    rf"(?P<month>{_MONTH})\s*[月./]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]?"
    rf"(?:{_DASH}(?:(?P<month_2>{_MONTH})\s*[月./]\s*)?(?P<day_2>3[01]|[12]\d|0?[1-9])\s*[日号]?)?"
)
_YEAR = re.compile(r"20\d\d\s*[年./-]\s*")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_EN = tuple(name.capitalize() for name in _NAMES)
_NAME = rf"(?:{'|'.join(_NAMES)})[a-z]*\.?"
_ENGLISH_MONTHS = re.compile(rf"(?P<first>{_NAME})(?:{_DASH}(?P<last>{_NAME}))?")
_ENGLISH_THIRD = re.compile(rf"(?P<third>early|mid|late)[\s-]*(?P<month>{_NAME})")
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
_EVES = ("前夕", "前", "节前")


# --- writing ---------------------------------------------------------------------------------------------------------------


def write_time(time: PlanTime, *, is_standing: bool = False, language: str = "zh_CN") -> str:
    """What the cell shows in ``language`` ("en", else Chinese); ``read_time`` reads it back. ``is_standing``: a duty without a count."""
    english = language == "en"
    if time.frequency:
        return _write_frequency(time.frequency, english=english)
    if is_standing:
        return "All year" if english else "全年"
    if time.day_from:
        first, last = _write_day(time.day_from, english=english), _write_day(time.day_to or time.day_from, english=english)
        return first if first == last else f"{first}–{last}"
    if time.months:
        return _write_months(time, english=english)
    if time.half_year:
        return ("First half", "Second half")[time.half_year - 1] if english else "上下"[time.half_year - 1] + "半年"
    if time.festival:
        festival = festivals()[time.festival.code]
        if english:
            return f"{'before ' if time.festival.eve else ''}{festival.en}"
        return f"{festival.zh}{'前夕' if time.festival.eve else ''}"
    return "No month yet" if english else "未定"


def _write_months(time: PlanTime, *, english: bool) -> str:
    first, last = time.months[0], time.months[-1]
    if first == last and time.third:
        return f"{('early', 'mid', 'late')[time.third - 1]} {MONTHS_EN[first - 1]}" if english else f"{first}月{'上中下'[time.third - 1]}旬"
    if english:
        return MONTHS_EN[first - 1] if first == last else f"{MONTHS_EN[first - 1]}–{MONTHS_EN[last - 1]}"
    return f"{first}月" if first == last else f"{first}–{last}月"


def _write_day(day: Day, *, english: bool) -> str:
    return f"{day[1]} {MONTHS_EN[day[0] - 1]}" if english else f"{day[0]}月{day[1]}日"


def _write_frequency(frequency: Frequency, *, english: bool) -> str:
    if frequency.period is Period.ON_EVENT:
        return "As it arises" if english else "有事即办"
    if frequency.period is Period.STANDING:
        return "All year" if english else "全年"
    low, high = frequency.times_min, frequency.times_max
    times = str(low) if low == high else f"{low}–{high}"
    counted = _COUNTS[low] if low == high and low < len(_COUNTS) else times
    chinese_period, english_period = next((zh, en) for period, zh, en in _PERIODS if period is frequency.period)
    return f"{times}× per {english_period}" if english else f"{chinese_period}{counted}次"


# --- reading ---------------------------------------------------------------------------------------------------------------


def read_time(text: str) -> PlanTime | None:
    """What was typed, in either language; a year before it is passed over. None when it cannot be understood."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().rstrip("。.")
    plain = _YEAR.sub("", plain)
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
    if found := _THIRD.fullmatch(plain):
        return PlanTime(months=(int(found["month"]),), third=_THIRDS[found["third"][0]])
    if found := _ENGLISH_MONTHS.fullmatch(plain):
        return _months(_number(found["first"]), _number(found["last"] or found["first"]))
    if found := _ENGLISH_THIRD.fullmatch(plain):
        return PlanTime(months=(_number(found["month"]),), third=("early", "mid", "late").index(found["third"]) + 1)
    if found := _DAYS.fullmatch(plain):
        first = (int(found["month"]), int(found["day"]))
        return PlanTime(day_from=first, day_to=(int(found["month_2"] or first[0]), int(found["day_2"])) if found["day_2"] else first)
    if found := _ENGLISH_DAYS.fullmatch(plain):
        first = (_number(found["month"]), int(found["day"]))
        return PlanTime(day_from=first, day_to=(_number(found["month_2"]), int(found["day_2"])) if found["day_2"] else first)
    if festival := _read_festival(plain):
        return PlanTime(festival=festival)
    frequency = _read_frequency(plain)
    return PlanTime(frequency=frequency) if frequency else None


def _months(first: int, last: int) -> PlanTime:
    return PlanTime(months=tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)))


def _number(name: str) -> int:
    return _NAMES.index(name[:3]) + 1


def _read_festival(plain: str) -> FestivalTime | None:
    for festival in festivals().values():
        names = {festival.zh, festival.zh.removesuffix("节"), festival.zh.removesuffix("节") + "节", festival.en.lower(), *festival.words}
        if plain in names:
            return FestivalTime(festival.code)
        if any(plain in {name + eve for eve in _EVES} or plain == f"before {name}" for name in names):
            return FestivalTime(festival.code, eve=True)
    return None


def _read_frequency(plain: str) -> Frequency | None:
    if found := _ENGLISH_FREQUENCY.fullmatch(plain):
        for period, chinese, english in _PERIODS:
            if found["period"].strip() == english:
                low, high = int(found["from"]), int(found["to"] or found["from"])
                times = str(low) if low == high else f"{low}-{high}"
                return Frequency(period, low, high, phrase=f"{chinese}{times}次")  # stored in words the reader of frequencies knows
    frequency = find_frequency(plain)
    return replace(frequency, phrase=plain) if frequency else None
