"""What the notice board's page of a month says."""

from datetime import date

from unionboard.models import DatePrecision, TemplateKind
from unionboard.reading.plan_time import MONTHS_EN, write_time
from unionboard.services.papers.notice import NoticeFacts
from unionboard.services.periods import Placement, month_index
from unionboard.services.plan_times import time_of_span
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled, Line

BLANK = "________________"
"""A line to write on."""
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def tell_notice(facts: NoticeFacts, words: FundWords, *, contact: str = "") -> Filled:
    """The values of the notice; ``contact`` as typed."""
    planned: list[Line] = [
        {"when": _when(line.when, facts.month, words), "activity": line.title, "owner": line.owner} for line in facts.planned
    ]
    done: list[Line] = [
        {
            "when": _days(line.first, line.last, facts.month_before, words, has_weekday=False),
            "activity": line.title,
            "people": words.tn("({n} person)", "({n} people)", line.people) if line.people else "",
        }
        for line in facts.done
    ]
    return Filled(
        TemplateKind.NOTICE,
        words.language,
        facts.as_of,
        {
            "union": facts.union,
            "title": words.t("Union activities in {month}", month=_month(facts.month, words)),
            "month": _month(facts.month, words),
            "month_before": words.month(facts.month_before.month),
            "contact": contact.strip() or BLANK,
            "printed_on": words.day(facts.as_of),
        },
        {"planned": planned, "duties": [{"activity": title} for title in facts.duties], "done": done},
    )


def _month(day: date, words: FundWords) -> str:
    """2026年5月 / May 2026."""
    return f"{MONTHS_EN[day.month - 1]} {day.year}" if words.language == "en" else f"{day.year}年{day.month}月"


def _when(when: Placement, month: date, words: FundWords) -> str:
    """As sure as it was planned; what may be on any day of the month only says so."""
    if when.precision is DatePrecision.DAY:
        return _days(when.starts_on, when.ends_on, month, words)
    if when.precision is DatePrecision.MONTH and month_index(when.starts_on) == month_index(when.ends_on) == month_index(month):
        return words.t("this month")
    return write_time(time_of_span(when.starts_on, when.ends_on, when.precision), language=words.language)


def _days(first: date, last: date, month: date, words: FundWords, *, has_weekday: bool = True) -> str:
    """16日（周六） / Sat 16; several days 18—22日 / 18–22; with their months where they reach into another."""
    english, is_within = words.language == "en", month_index(first) == month_index(last) == month_index(month)
    if first == last and is_within and not has_weekday:
        return words.short_day(first) if english else f"{first.day}日"
    if first == last and is_within:
        return f"{_WEEKDAYS_EN[first.weekday()]} {first.day}" if english else f"{first.day}日（周{'一二三四五六日'[first.weekday()]}）"
    if is_within:
        return f"{first.day}–{last.day}" if english else f"{first.day}—{last.day}日"
    return f"{words.short_day(first)}{'–' if english else '—'}{words.short_day(last)}"
