"""Words on the screen: translated per session, user text made safe, days and months written as people write them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from difflib import SequenceMatcher
from functools import reduce

import streamlit as st

from unionboard import i18n
from unionboard.config import DEFAULT_LANGUAGE
from unionboard.models import DatePrecision
from unionboard.reading.plan_time import PlanTime, write_time
from unionboard.services.periods import third_of

LANGUAGE_KEY = "language"
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&=])")
_LETTER = re.compile(r"\d[\d.]*|.", re.DOTALL)  # a number is compared whole: 30 and 100 have no zero in common
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@contextmanager
def speak(language: str) -> Iterator[None]:
    """Words in ``language`` where there is no session: on a route, on the command line."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The language of this session (fragments run without the entry script, so it is looked up here each time)."""
    return _SPOKEN.get() or str(st.session_state.get(LANGUAGE_KEY, DEFAULT_LANGUAGE))


def language() -> str:
    """What names, days and papers are written in for this session: the language that is spoken, or English where that is another one."""
    return i18n.written_language(spoken())


def t(msgid: str, /, **facts: object) -> str:
    """``msgid`` in the session's language, slots filled. Facts that users typed must go through ``escape`` where Markdown is read."""
    return i18n.translate(spoken(), msgid, **facts)


def tn(singular: str, plural: str, n: int, /, **facts: object) -> str:
    """A counted thing: ``tn("{n} activity", "{n} activities", 3)``."""
    return i18n.translate_count(spoken(), singular, plural, n, **facts)


def named(entry: object) -> str:
    """The name of a reference entry (work area, fund item, care kind) in the session's language."""
    return str(getattr(entry, "en" if language() == "en" else "zh"))


def listed(parts: Iterable[str]) -> str:
    """Clauses one after the other: 新增 2，修改 3."""
    words = list(parts)
    return reduce(lambda first, second: t("{first}, {second}", first=first, second=second), words) if words else ""


def escape(text: object) -> str:
    """User text for places that read Markdown: letter for letter, on one line. U+2060 (zero width) stops directives and bare links."""
    plain = _MARKDOWN.sub(r"\\\1", str(text)).replace(":", ":\u2060").replace("@", "@\u2060").replace("www", "www\u2060")
    return re.sub(r"\s*\n\s*", " ", plain)


def mark_difference(mine: str, new: str) -> tuple[str, str]:
    """Both texts as Markdown, what is only in one of them coloured."""
    left: list[str] = []
    right: list[str] = []
    old, fresh = _LETTER.findall(mine), _LETTER.findall(new)
    for change, i1, i2, j1, j2 in SequenceMatcher(None, old, fresh, autojunk=False).get_opcodes():
        is_same = change == "equal"
        for parts, words, colour in ((left, "".join(old[i1:i2]), "orange"), (right, "".join(fresh[j1:j2]), "green")):
            if words.strip():
                parts.append(escape(words) if is_same else f":{colour}-background[{escape(words)}]")
    return "".join(left), "".join(right)


def short_date(day: date) -> str:
    """3月8日 / 8 Mar, for tables and lists."""
    return f"{day.month}月{day.day}日" if language() != "en" else f"{day.day} {_MONTHS_EN[day.month - 1]}"


def long_date(day: date) -> str:
    """2026年3月8日 / 8 Mar 2026, for prose."""
    return f"{day.year}年{short_date(day)}" if language() != "en" else f"{short_date(day)} {day.year}"


def month_name(month: int) -> str:
    """3月 / Mar."""
    return f"{month}月" if language() != "en" else _MONTHS_EN[month - 1]


def when(starts_on: date, ends_on: date, precision: DatePrecision) -> str:
    """The planned time as sure as it was planned: 3月8日, 3月8日–10日, 3月上旬, 3月, 7–8月, 上半年, 全年."""
    if precision is DatePrecision.PERIOD:
        return t("All year")
    if precision is DatePrecision.HALF_YEAR:
        return t("First half") if starts_on.month <= 6 else t("Second half")
    if precision is DatePrecision.THIRD:
        return write_time(PlanTime(months=(starts_on.month,), third=third_of(starts_on)), language=language())
    if precision is DatePrecision.MONTH:
        if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
            return month_name(starts_on.month)
        if language() == "en":
            return f"{month_name(starts_on.month)}–{month_name(ends_on.month)}"
        return f"{starts_on.month}–{ends_on.month}月"
    return span(starts_on, ends_on)


def span(first: date, last: date | None) -> str:
    """One day or an inclusive span of days."""
    if last is None or first == last:
        return short_date(first)
    if language() != "en" and (first.year, first.month) == (last.year, last.month):
        return f"{short_date(first)}–{last.day}日"
    return f"{short_date(first)}–{short_date(last)}"


def when_turn(due_from: date, due_to: date) -> str:
    """The span of a turn: whole months by their names (3月, 9–12月), anything else by its days."""
    next_day = date.fromordinal(due_to.toordinal() + 1)
    whole_months = due_from.day == 1 and next_day.day == 1
    return when(due_from, due_to, DatePrecision.MONTH if whole_months else DatePrecision.DAY)


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday(day: date) -> str:
    """星期六 / Saturday."""
    return t(_WEEKDAYS[day.weekday()])
