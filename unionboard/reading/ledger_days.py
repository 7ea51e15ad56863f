"""Days as ledgers hold them: 2026-03-08, 2026/3/8, 20260308, 3月8日, a month, or a month and a day in columns of their own."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import CellDayAmbiguous, CellDayNotReadable

_YEAR_FIRST = re.compile(r"(\d{4}|\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\s?\d{6}|\s.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*月(?:份|底|末)?|(\d{4})[-/.](\d{1,2})")
_SERIAL = re.compile(r"[345]\d{4}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
_CHINESE = {
    "〇": "0",
    "零": "0",
    "○": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?=\s*(?:年|学年|财年|[-—~至]))|(二[〇零○0][〇零○一二三四五六七八九\d]{2})(?=年)")


class Sure(StrEnum):
    """How sure a day is."""

    DAY = "day"
    MONTH = "month"  # only the month was told: its last day
    NONE = "none"  # nothing was told


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day, how sure it is, and whether its year was told or is the book's."""

    day: date
    sure: Sure = Sure.DAY
    has_year: bool = True


def read_day(text: str, *, year: int) -> FoundDay:
    """The day a cell tells; without a year it is in ``year``. Of a month its last day. Raises: CellDayNotReadable, CellDayAmbiguous."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return _read(plain, year)
    except Refusal:
        raise
    except ValueError:
        raise CellDayNotReadable(text=text) from None


def last_of_month(year: int, month: int) -> date:
    """The month's last day. Raises: ValueError."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def find_years(text: str) -> set[int]:
    """The years a title names."""
    found = set()
    for digits, characters in _TITLE_YEAR.findall(unicodedata.normalize("NFKC", text)):
        found.add(int(digits or "".join(_CHINESE.get(letter, letter) for letter in characters)))
    return found


def _read(plain: str, year: int) -> FoundDay:
    if match := _YEAR_FIRST.fullmatch(plain):
        told, month, day = (int(part) for part in match.groups())
        if told < 100:
            if told != year % 100:
                raise CellDayAmbiguous(text=plain)
            told += year - year % 100
        return FoundDay(date(told, month, day))
    if match := _COMPACT.fullmatch(plain):
        return FoundDay(date(*(int(part) for part in match.groups())))
    if match := _YEAR_LAST.fullmatch(plain):
        first, second, told = (int(part) for part in match.groups())
        if first != second and first <= 12 and second <= 12:
            raise CellDayAmbiguous(text=plain)
        return FoundDay(date(told, min(first, second) if first <= 12 else second, max(first, second)))
    if match := _MONTH_AND_DAY.fullmatch(plain):
        return FoundDay(date(year, int(match[1]), int(match[2])), has_year=False)
    if match := _MONTH.fullmatch(plain):
        told_year = match[1] or match[3]
        return FoundDay(last_of_month(int(told_year or year), int(match[2] or match[4])), Sure.MONTH, has_year=bool(told_year))
    if _SERIAL.fullmatch(plain):
        return FoundDay(_EPOCH + timedelta(days=int(float(plain))))
    raise CellDayNotReadable(text=plain)
