"""The timeline as a month's calendar: its days and weeks put into words for the component."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from unionboard.charts.theme import MARKS
from unionboard.models import DutyKind
from unionboard.reference.festivals import festivals_between
from unionboard.services.activities import ActivityView, Status
from unionboard.services.month_calendar import Entry, MonthPage, entries_by_day, lay_out_month
from unionboard.services.periods import Span
from unionboard.services.timeline import Term
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.components.month_calendar import show_month_calendar
from unionboard.ui.components.packing import pack
from unionboard.ui.kept import keep
from unionboard.ui.status import TURN_LOOKS, describe_status
from unionboard.ui.text import language, listed, short_date, span, t, weekday, when, when_turn
from unionboard.ui.timeline_baseline import tell_since
from unionboard.ui.timeline_words import festival_name, term_name
from unionboard.ui.timeline_year import Choice, Compared, find_shown

_DAY = timedelta(days=1)

Mark = tuple[str, str]
"""What a day is called, and why: a festival or a term."""


def show_calendar(choice: Choice, *, on_step: Callable[[int], None]) -> None:
    """Draw the month of ``choice``; a click opens the drawer, Page Up and Page Down call ``on_step`` with -1 and 1."""
    show_month_calendar(keep(draw_calendar, choice), on_open=open_activity, on_step=on_step)


def draw_calendar(_session: Session, choice: Choice) -> bytes:
    """What the component draws of ``choice``, packed."""
    shown = find_shown(choice)
    return pack(
        write_calendar(shown.views, month=choice.within, name=choice.period, terms=shown.terms, today=choice.today, compared=shown.compared)
    )


def write_calendar(
    shown: Sequence[ActivityView], *, month: Span, name: str, terms: Sequence[Term], today: date, compared: Compared | None = None
) -> dict[str, Any]:
    """What the component draws, as JSON: ``weeks`` of days and bars for a wide screen, ``agenda`` for a narrow one, and the bands above."""
    page = lay_out_month(shown, month=month)
    item = partial(_item, compared=compared)
    marks = _day_marks(month, terms)
    return {
        "name": name,
        "weekdays": [_short_weekday(page.weeks[0].starts_on + n * _DAY) for n in range(7)],
        "weeks": [
            {
                "days": [_day(week.starts_on + n * _DAY, month, marks, today) for n in range(7)],
                "bars": [{**item(bar.entry), "first": bar.first, "days": bar.days, "lane": bar.lane} for bar in week.bars],
            }
            for week in page.weeks
        ],
        "monthLong": [item(entry) for entry in page.month_long],
        "allYear": [item(entry) for entry in page.all_year],
        "agenda": [
            {**_day(day, month, marks, today), "items": [item(entry) for entry in entries]}
            for day, entries in _agenda(page, marks, month, today).items()
        ],
        "words": {
            "monthLong": t("This month, no day set") if page.month_long else "",
            "allYear": t("Any time of the plan · {n}", n=len(page.all_year)) if page.all_year else "",
            "empty": "" if shown else t("Nothing in this month."),
            "nothing": t("Nothing is planned for this day."),
            "hint": t("Arrow keys move between activities, Enter opens one, Page Up and Page Down change the month."),
        },
    }


def _agenda(page: MonthPage, marks: dict[date, list[Mark]], month: Span, today: date) -> dict[date, list[Entry]]:
    """Days with anything on them, and today."""
    entries = entries_by_day(page)
    days = {day for day in (*entries, *marks, today) if month[0] <= day <= month[1]}
    return {day: entries.get(day, []) for day in sorted(days)}


def _day_marks(month: Span, terms: Sequence[Term]) -> dict[date, list[Mark]]:
    """Festivals, and first and last days of terms."""
    found: dict[date, list[Mark]] = {}
    for festival in festivals_between(*month):
        if festival.festival.mark:
            found.setdefault(festival.day, []).append((festival_name(festival.festival), "festival"))
    for term in terms:
        for day, words in ((term.starts_on, t("{term} begins")), (term.ends_on, t("{term} ends"))):
            if month[0] <= day <= month[1]:
                found.setdefault(day, []).append((words.format(term=term_name(term)), "term"))
    return found


def _day(day: date, month: Span, marks: dict[date, list[Mark]], today: date) -> dict[str, Any]:
    is_inside = month[0] <= day <= month[1]
    return {
        "number": day.day,
        "name": t("{day} {weekday}", day=short_date(day), weekday=weekday(day)),
        "marks": marks.get(day, []) if is_inside else [],
        "inside": is_inside,
        "today": day == today,
        "past": day < today,
        "weekend": day.weekday() >= 5,
    }


def _item(entry: Entry, *, compared: Compared | None) -> dict[str, Any]:
    """A button: title, status as shape, colour and word, and what else is told."""
    view = entry.view
    status, word = _look(entry)
    mark = MARKS[status]
    time = _time(entry)
    told = [view.owner, tell_since(compared, view) if compared else ""]
    more = [words for words in told if words]
    return {
        "id": view.id,
        "title": view.title,
        "time": time,
        "word": word,
        "status": status.value,
        "colour": mark.colour_name,
        "shape": mark.symbol,
        "detail": " · ".join([time, *more]),
        "label": listed([view.title, time, *more, word]),
    }


def _look(entry: Entry) -> tuple[Status, str]:
    """The status of what stands here: of the turn where it is one."""
    if entry.record and entry.view.duty is not DutyKind.ONE_OFF:
        return Status.DONE, t("Done")
    if entry.turn:
        status, word = TURN_LOOKS[entry.turn.status]
        return status, t(word)
    return entry.view.status, describe_status(entry.view)


def _time(entry: Entry) -> str:
    if entry.record:
        return span(entry.record.done_on, entry.record.done_to)
    if entry.turn:
        return t("Turn {number} · {when}", number=entry.turn.number, when=when_turn(entry.turn.due_from, entry.turn.due_to))
    if entry.view.frequency and entry.view.duty is not DutyKind.ONE_OFF:
        return entry.view.frequency
    return when(entry.view.starts_on, entry.view.ends_on, entry.view.precision)


def _short_weekday(day: date) -> str:
    """周一 / Mon."""
    return weekday(day)[:3] if language() == "en" else f"周{weekday(day)[-1]}"
