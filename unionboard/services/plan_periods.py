"""The period a plan is for, proposed from its title, from what the union's plans are usually for, and from the day.

Source: domain notes B3 (titles with 学年 and 学期, their terms).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from unionboard.models import PeriodKind, Plan
from unionboard.services.periods import Span, month_span
from unionboard.services.plans import FIRST_YEAR, LAST_YEAR, span_of_year

NEXT_YEAR_FROM = 10
"""From this month on next year's plan is offered too: unions write it in autumn."""
_FIRST_TERM = re.compile(r"第一学期|上学期|秋季|秋学期|autumn term|first term", re.IGNORECASE)
_SECOND_TERM = re.compile(r"第二学期|下学期|春季|春学期|spring term|second term", re.IGNORECASE)
_TERM = re.compile(r"学期|\bterm\b", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"学年|school year", re.IGNORECASE)
_YEAR = re.compile(r"(?:20\d\d|二[〇○零]..)\s*年")
_SPRING, _AUTUMN = (2, 7), (9, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` is the one the plan is known by; the days are inclusive."""

    kind: PeriodKind
    year: int
    span: Span


def propose_period(title: str, *, years: Sequence[int], usual: PeriodKind, today: date) -> Period:
    """What the plan called ``title`` is for. ``years``: those found in the document, the likeliest first; without any it is for now.

    The title goes before what is usual. A second term of the school year 2025–2026 is spring 2026.
    """
    found = [year for year in years if FIRST_YEAR <= year <= LAST_YEAR]
    is_first, is_second = bool(_FIRST_TERM.search(title)), bool(_SECOND_TERM.search(title))
    has_school_year = bool(_SCHOOL_YEAR.search(title))
    if is_first or is_second or _TERM.search(title):
        year = found[0] if found else None
        if is_second and has_school_year and year is not None and year < LAST_YEAR:
            year += 1
        return _term(year, is_autumn=is_first if is_first != is_second else None, today=today)
    kind = PeriodKind.SCHOOL_YEAR if has_school_year else PeriodKind.CALENDAR_YEAR if _YEAR.search(title) else usual
    if kind is PeriodKind.TERM:
        return _term(found[0] if found else None, is_autumn=None, today=today)
    return Period(kind, found[0], span_of_year(found[0], kind)) if found else current_period(kind, today=today)


def current_period(kind: PeriodKind, *, today: date) -> Period:
    """The year, school year or term that runs on ``today``; in the holidays between two terms the one that follows."""
    if kind is PeriodKind.TERM:
        return _term(None, is_autumn=None, today=today)
    year = today.year - 1 if kind is PeriodKind.SCHOOL_YEAR and today.month < 8 else today.year
    return Period(kind, year, span_of_year(year, kind))


def offer_years(kind: PeriodKind, *, today: date, taken: Iterable[int]) -> list[int]:
    """The years a new plan may be begun for: the running one, from October the next as well, without those that have a plan.

    Where all of them have, the year after the newest; a year has two terms.
    """
    if kind is PeriodKind.TERM:
        return [current_period(kind, today=today).year]
    year, had = current_period(kind, today=today).year, set(taken)
    offered = [year] + ([year + 1] if today.month >= NEXT_YEAR_FROM and kind is PeriodKind.CALENDAR_YEAR else [])
    return [one for one in offered if one not in had] or [max(had) + 1]


def usual_kind(plans: Sequence[Plan], said: PeriodKind | None) -> PeriodKind:
    """What the union's plans are for: as somebody ``said``, else as the newest of ``plans`` is, else the calendar year."""
    return said or next((plan.period_kind for plan in plans), PeriodKind.CALENDAR_YEAR)


def _term(year: int | None, *, is_autumn: bool | None, today: date) -> Period:
    if is_autumn is None:
        is_autumn = today.month >= 8 or today.month == 1
    if year is None:
        year = today.year - 1 if is_autumn and today.month == 1 else today.year
    first, last = _AUTUMN if is_autumn else _SPRING
    start = year * 12 + first - 1
    return Period(PeriodKind.TERM, year, month_span(start, start + (last - first) % 12))
