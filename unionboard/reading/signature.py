"""The last lines of a plan: who signs it, and the day."""

import re
from collections.abc import Sequence
from datetime import date

from unionboard.reading.lines import Passage
from unionboard.reading.marks import chinese_number, find_mark, starts_with_verb

_DATE = re.compile(
    r"(?P<year>20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
    r"|(?P<year_2>20\d\d)[./-](?P<month_2>\d{1,2})(?:[./-](?P<day_2>\d{1,2}))?"
)
_SIGNER = re.compile(r"(?:工会(?:委员会|委员|分会|小组)?|委员会|分会|学校|小学|中学|幼儿园|医院|公司)$")
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NAME_LENGTH = 20
_LINES_ABOVE = 2  # a file of two lines has no signature


def count_signature(passages: Sequence[Passage]) -> int:
    """How many of the last passages sign: the name, the day, or both in either order."""
    kinds: list[bool] = []
    for passage in reversed(passages[_LINES_ABOVE:]):
        is_date = is_signature_date(passage.plain)
        if is_date in kinds or not (is_date or _is_name(passage.plain)):
            break
        kinds.append(is_date)
    return len(kinds)


def is_signature_date(plain: str) -> bool:
    """Whether a line is a day and nothing else: 2026年1月6日, 二〇二六年一月."""
    return bool(_DATE.fullmatch(plain.replace(" ", "")))


def find_signature_date(plain: str) -> date | None:
    """The day a signature names, the first of the month when it names none; None for a day that does not exist."""
    found = _DATE.fullmatch(plain.replace(" ", ""))
    if not found:
        return None
    year, month, day = (found[name] or found[f"{name}_2"] for name in ("year", "month", "day"))
    try:
        return date(int(year.translate(_YEAR_DIGITS)), chinese_number(month), chinese_number(day) if day else 1)
    except ValueError:
        return None


def _is_name(plain: str) -> bool:
    return (
        len(plain) <= _NAME_LENGTH
        and bool(_SIGNER.search(re.sub(r"(?<=会)\s+\S{2,4}$|宣$", "", plain)))
        and not find_mark(plain)
        and not starts_with_verb(plain)
    )
