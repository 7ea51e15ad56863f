"""Days as ledgers hold them: 2026-03-08, 2026/3/8, 20260308, 3月8日, a month, or a month and a day in columns of their own."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import CellDayAmbiguous, CellDayNotReadable

_YEAR_FIRST = re.compile(r"(\d{4}|\d{2})\s*[-/.年、]\s*(\d{1,2})\s*[-/.月、]\s*(\d{1,2})\s*[日号]?(?:[\sT].*)?")
_YEAR_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\s?\d{6}|\s.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*月(?:份|底|末)?|(\d{4})[-/.](\d{1,2})")
_SERIAL = re.compile(r"[345]\d{4}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
_SAID_TOO = re.compile(
    r"\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天\d][)）]?|(?<=[日号])\s*(?:凌晨|上午|中午|下午|傍晚|晚上?|\d{1,2}[时:]).*$"
)
"""The day of the week and the hour, which say nothing more."""
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")
_ONE_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9]|0[1-9])\s*月")
_MONTHS_TOLD = re.compile(r"\d\s*[-—–~至到、]+\s*\d{1,2}\s*月")
_CHINESE_YEAR = re.compile(r"[一二三四五六七八九〇零○]{4}(?=年)")
_TH = r"(?:st|nd|rd|th)?"
_ENGLISH = re.compile(
    rf"(?:(?P<first>\d{{1,2}}){_TH}[\s-]+)?(?P<month>[A-Za-z]{{3}})[a-z]*\.?[\s-]*"
    rf"(?:(?P<second>\d{{1,2}}(?!\d)){_TH})?,?[\s-]*(?P<year>\d{{4}})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
    plain = _SAID_TOO.sub("", _in_digits(unicodedata.normalize("NFKC", text).strip()))
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


def find_month(text: str) -> int | None:
    """The month that a sheet's name or title names, when it names one only."""
    found = {int(month) for month in _ONE_MONTH.findall(_in_digits(unicodedata.normalize("NFKC", text)))}
    return found.pop() if len(found) == 1 and not _MONTHS_TOLD.search(text) else None


def find_years(text: str) -> set[int]:
    """The years a title names."""
    found = set()
    for digits, characters in _TITLE_YEAR.findall(unicodedata.normalize("NFKC", text)):
        found.add(int(digits or "".join(_CHINESE.get(letter, letter) for letter in characters)))
    return found


def _in_digits(text: str) -> str:
    """二〇二六年三月二十八日 -> 2026年3月28日."""
    text = _CHINESE_YEAR.sub(lambda found: "".join(_CHINESE[letter] for letter in found[0]), text)
    return _CHINESE_NUMBER.sub(lambda found: _count(found[0]), text)


def _count(word: str) -> str:
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return "".join(_CHINESE[letter] for letter in word)
    return f"{_CHINESE.get(tens, '1')}{_CHINESE.get(ones, '0')}"


def _read(plain: str, year: int) -> FoundDay:
    if match := _YEAR_FIRST.fullmatch(plain) or _YEAR_SPACED.fullmatch(plain):
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
    if (match := _ENGLISH.fullmatch(plain)) and match["month"].lower() in _MONTHS and bool(match["first"]) != bool(match["second"]):
        return FoundDay(date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["first"] or match["second"])))
    if _SERIAL.fullmatch(plain):
        return FoundDay(_EPOCH + timedelta(days=int(float(plain))))
    raise CellDayNotReadable(text=plain)
