"""Words of time in a plan -> days of its period: months, half-years and days without a year find their place in it.

All spans are inclusive at both ends. Nothing ever lies outside the plan's period: what the text says beyond it is drawn in to its edge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from unionboard.models import DatePrecision
from unionboard.reading.draft import FestivalTime
from unionboard.reading.plan_time import PlanTime
from unionboard.reference.festivals import festivals, festivals_between

Span = tuple[date, date]
TERMS = ((2, 7), (9, 1))
"""First and last month of a school's terms: spring February–July, autumn September–January."""
EVE_DAYS = 7
"""前夕: so many days before a festival, the last of them the day before."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where something lies in the plan, and how sure that is."""

    starts_on: date
    ends_on: date
    precision: DatePrecision


def month_index(day: date) -> int:
    """Months since year 0: January 2026 is 24312."""
    return day.year * 12 + day.month - 1


def month_span(first: int, last: int | None = None) -> Span:
    """First to last day of the months from index ``first`` to ``last`` (inclusive)."""
    return _first_day(first), _first_day((first if last is None else last) + 1) - timedelta(days=1)


def _first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def clip(span: Span, within: Span) -> Span | None:
    """The part of ``span`` that lies within, or None."""
    first, last = max(span[0], within[0]), min(span[1], within[1])
    return (first, last) if first <= last else None


def is_half(part: Span, whole: Span) -> bool:
    """Whether ``part`` holds at least half the days of ``whole``."""
    return 2 * ((part[1] - part[0]).days + 1) >= (whole[1] - whole[0]).days + 1


def term_spans(within: Span) -> list[Span]:
    """The school terms of which any day lies within, whole, in order."""
    years = range(within[0].year - 1, within[1].year + 1)
    terms = sorted(month_span(y * 12 + first - 1, y * 12 + first - 1 + (last - first) % 12) for y in years for first, last in TERMS)
    return [term for term in terms if clip(term, within)]


def place(
    within: Span,
    *,
    months: Sequence[int] = (),
    half_year: int | None = None,
    day_from: tuple[int, int] | None = None,
    day_to: tuple[int, int] | None = None,
    third: int | None = None,
    festival: FestivalTime | None = None,
) -> Placement:
    """What a plan's words of time mean in the period ``within``; a day goes before all else, a half-year comes last.

    ``months`` stand in reading order: (12, 1) runs over New Year where the period does. Days are (month, day). ``third`` (1-3) narrows one
    month to its first, second or last ten days. ``festival`` narrows the months (or the half-year) it falls in, and says nothing about
    others. Without any of them the answer is the whole period. Source: domain notes B1, B6.
    """
    if day_from is not None:
        return _place_days(day_from, day_to or day_from, within)
    if festival is not None:
        named = place(within, months=months, half_year=half_year)
        if found := find_festival_span(festival, (named.starts_on, named.ends_on)):
            return Placement(*found, DatePrecision.DAY)
    if len(months) == 1 and third in (1, 2, 3):
        return _place_third(months[0], third, within)
    if months:
        return Placement(*_place_months(months, within), DatePrecision.MONTH)
    if half_year is not None:
        halves = (month_span(year * 12 + (half_year - 1) * 6, year * 12 + half_year * 6 - 1) for year in _years(within))
        return Placement(*(_longest(halves, within) or within), DatePrecision.HALF_YEAR)
    return Placement(*within, DatePrecision.PERIOD)


def place_time(within: Span, time: PlanTime) -> Placement:
    """Where a time that was typed or read lies in the period ``within``; how often it says is left aside."""
    return place(
        within,
        months=time.months,
        half_year=time.half_year,
        day_from=time.day_from,
        day_to=time.day_to,
        third=time.third,
        festival=time.festival,
    )


def _years(within: Span) -> range:
    return range(within[0].year - 1, within[1].year + 1)


def _longest(spans: Iterable[Span], within: Span) -> Span | None:
    """The span with the most days within, clipped; on a tie one that begins within."""
    found = [(span, clipped) for span in spans if (clipped := clip(span, within))]
    if not found:
        return None
    return max(found, key=lambda pair: (pair[1][1] - pair[1][0], pair[0][0] >= within[0]))[1]


def _place_months(months: Sequence[int], within: Span) -> Span:
    first, last = (min(months), max(months)) if list(months) == sorted(months) else (months[0], months[-1])
    length = (last - first) % 12
    starts = [year * 12 + first - 1 for year in _years(within)]
    found = _longest((month_span(start, start + length) for start in starts), within)
    if found:
        return found
    is_before = first < within[0].month  # a month the period does not hold: drawn in to its nearer edge
    return clip(month_span(month_index(within[0] if is_before else within[1])), within) or within


def third_span(first_of_month: date, third: int) -> Span:
    """Days 1-10, 11-20 or 21 to the end of a month: 上旬, 中旬, 下旬. ``third`` is 1, 2 or 3."""
    last = month_span(month_index(first_of_month))[1] if third == 3 else first_of_month.replace(day=10 * third)
    return first_of_month.replace(day=10 * third - 9), last


def third_of(day: date) -> int:
    """The third of its month a day lies in: 1, 2 or 3."""
    return min((day.day - 1) // 10 + 1, 3)


def _place_third(month: int, third: int, within: Span) -> Placement:
    whole = _place_months((month,), within)
    narrowed = clip(third_span(whole[0], third), whole) if whole[0].month == month else None
    return Placement(*narrowed, DatePrecision.THIRD) if narrowed else Placement(*whole, DatePrecision.MONTH)


def find_festival_span(festival: FestivalTime, within: Span) -> Span | None:
    """The day of a festival, or the days before it, so far as they lie within; the first of them in the period, None when there is none."""
    lead = timedelta(days=EVE_DAYS if festival.eve else 0)
    for found in festivals_between(within[0], min(within[1], date.max - lead) + lead):
        if found.festival.code == festival.code:
            eve = (found.day - lead, found.day - timedelta(days=1)) if festival.eve else (found.day, found.day)
            if span := clip(eve, within):
                return span
    return None


def _place_days(day_from: tuple[int, int], day_to: tuple[int, int], within: Span) -> Placement:
    try:
        starts = [date(year, *day_from) for year in _years(within)]
        first = next(day for day in starts if within[0] <= day <= within[1])
        last = date(first.year if day_to >= day_from else first.year + 1, *day_to)
    except (ValueError, StopIteration):  # 29 February in a common year, or a day the period does not hold
        return Placement(*_place_months((day_from[0],), within), DatePrecision.MONTH)
    if last > within[1]:
        return Placement(*_place_months((day_from[0],), within), DatePrecision.MONTH)
    return Placement(first, last, DatePrecision.DAY)


def move_months(span: Span, months: int, within: Span) -> Span:
    """The whole months that ``span`` touches, ``months`` later, drawn in to the period ``within``."""
    first, last = month_index(span[0]) + months, month_index(span[1]) + months
    low, high = month_index(within[0]), month_index(within[1])
    moved = month_span(min(max(first, low), high), min(max(last, low), high))
    return clip(moved, within) or within


def festival_months(title: str, *, old: Span, new: Span) -> int:
    """How many months later (or, below zero, earlier) than by the calendar year a lunar festival named in ``title`` falls in period ``new``
    than in ``old``; 0 when it names none, or a period does not hold it.

    Spring Festival 2026 is in February, 2025 in January: from 2025 to 2026 that is 1.
    """
    for festival in reversed(festivals().values()):  # 元宵 in spring, not 春节
        if festival.calendar != "solar" and any(word in title for word in festival.words):
            before, after = (_first_day_of(festival.code, span) for span in (old, new))
            return after.month - before.month if before and after else 0
    return 0


def _first_day_of(code: str, within: Span) -> date | None:
    return next((found.day for found in festivals_between(*within) if found.festival.code == code), None)
