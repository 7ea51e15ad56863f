"""Words of time in a plan -> days of its period: months, half-years and days without a year find their place in it.

All spans are inclusive at both ends. Nothing ever lies outside the plan's period: what the text says beyond it is drawn in to its edge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from unionboard.models import DatePrecision
from unionboard.reference.festivals import festivals, festivals_between

Span = tuple[date, date]


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


def place(
    within: Span,
    *,
    months: Sequence[int] = (),
    half_year: int | None = None,
    day_from: tuple[int, int] | None = None,
    day_to: tuple[int, int] | None = None,
) -> Placement:
    """What a plan's words of time mean in the period ``within``; a day goes before months, months before a half-year.

    ``months`` stand in reading order: (12, 1) runs over New Year where the period does. Days are (month, day). Without any of them the
    answer is the whole period.
    """
    if day_from is not None:
        return _place_days(day_from, day_to or day_from, within)
    if months:
        return Placement(*_place_months(months, within), DatePrecision.MONTH)
    if half_year is not None:
        halves = (month_span(year * 12 + (half_year - 1) * 6, year * 12 + half_year * 6 - 1) for year in _years(within))
        return Placement(*(_longest(halves, within) or within), DatePrecision.HALF_YEAR)
    return Placement(*within, DatePrecision.PERIOD)


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
        if any(word in title for word in festival.words):
            before, after = (_first_day_of(festival.code, span) for span in (old, new))
            return after.month - before.month if before and after else 0
    return 0


def _first_day_of(code: str, within: Span) -> date | None:
    return next((found.day for found in festivals_between(*within) if found.festival.code == code), None)
