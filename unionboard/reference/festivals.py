"""When a year's festivals fall: solar ones by date, lunar ones by the lunar calendar, Qingming by its solar term (GB/T 33661)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from borax.calendars.lunardate import LunarDate, TermUtils

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Well within the library's tables of lunar years and solar terms, 1900–2100."""


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival and the rule of its day; ``days_after`` counts from that day. ``mark``: shown on the timeline.

    ``words`` are those by which a plan names it, ``names`` phrases that hold such a word and yet say no time (三八红旗手).
    """

    code: str
    zh: str
    en: str
    calendar: str
    month: int
    day: int
    days_after: int = 0
    mark: bool = False
    short_zh: str = ""
    short_en: str = ""
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """A festival on its day of one year."""

    festival: Festival
    day: date


@cache
def festivals() -> dict[str, Festival]:
    """Festivals by code, as they follow one another in most years."""
    table = tomllib.loads(resources.files("unionboard.reference").joinpath("festivals.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: Festival(**{**row, "words": tuple(row["words"]), "names": tuple(row.get("names", ()))}) for row in table["festival"]
    }


@cache
def festival_days(year: int) -> tuple[FestivalDay, ...]:
    """All festivals that fall in a calendar year, earliest first; none outside FIRST_YEAR–LAST_YEAR.

    A festival late in the lunar year (Laba) can fall twice in a year, or not at all. Source: domain notes B6.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    days = [FestivalDay(festival, day) for festival in festivals().values() for day in _days_of(festival, year)]
    return tuple(sorted(days, key=lambda found: found.day))


def festivals_between(first: date, last: date) -> list[FestivalDay]:
    """All festivals from ``first`` to ``last`` (inclusive), earliest first."""
    return [found for year in range(first.year, last.year + 1) for found in festival_days(year) if first <= found.day <= last]


def _days_of(festival: Festival, year: int) -> list[date]:
    if festival.calendar == "solar":
        return [date(year, festival.month, festival.day)]
    if festival.calendar == "term":
        return [TermUtils.day_start_from_term(year, "清明")]
    shift = timedelta(days=festival.days_after)
    days = [LunarDate(lunar_year, festival.month, festival.day).to_solar_date() + shift for lunar_year in (year - 1, year)]
    return [day for day in days if day.year == year]
