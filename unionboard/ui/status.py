"""The word of a status, and how it is written: every page says it the same way."""

from collections.abc import Mapping

from unionboard.charts.theme import MARKS
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status
from unionboard.ui.text import t, tn

WORDS: Mapping[Status, str] = {
    Status.DONE: "Done",
    Status.PARTLY: "Partly done",
    Status.UNDER_WAY: "Under way",
    Status.COMING: "Coming",
    Status.LATE: "Late",
    Status.POSTPONED: "Postponed",
    Status.CANCELLED: "Cancelled",
    Status.STANDING: "Standing",
}
TURN_LOOKS: Mapping[OccurrenceStatus, tuple[Status, str]] = {
    OccurrenceStatus.DONE: (Status.DONE, "Done"),
    OccurrenceStatus.DUE: (Status.UNDER_WAY, "Due now"),
    OccurrenceStatus.MISSED: (Status.LATE, "Missed"),
    OccurrenceStatus.COMING: (Status.COMING, "Coming"),
}
"""A turn looks like the status it resembles, under its own word."""


def status_word(status: Status) -> str:
    """已办, 在办, 未到, 逾期 …"""
    return t(WORDS[status])


def status_icon(status: Status) -> str:
    """The Material Symbol as Streamlit's ``icon=`` takes it."""
    return f":material/{MARKS[status].icon}:"


def write_status(status: Status, word: str = "") -> str:
    """Markdown: icon and word in the status's colour."""
    return f":{MARKS[status].colour_name}[{status_icon(status)} {word or status_word(status)}]"


def write_badge(status: Status, word: str = "") -> str:
    """Markdown: the same as a badge."""
    return f":{MARKS[status].colour_name}-badge[{status_icon(status)} {word or status_word(status)}]"


def describe_status(view: ActivityView) -> str:
    """The word, with what makes it urgent or late: 逾期 21 天, 已办（晚 5 天）, 常年 9/12 次."""
    if view.status is Status.LATE:
        return tn("{n} day late", "{n} days late", view.days_late)
    if view.status is Status.STANDING and view.occurrences:
        return f"{status_word(view.status)} {count_turns(view)}"
    if view.days_after:
        return tn("{word} ({n} day late)", "{word} ({n} days late)", view.days_after, word=status_word(view.status))
    return status_word(view.status)


def count_turns(view: ActivityView) -> str:
    """How often a duty was done: 9/12 次 / 9 of 12 where its turns are counted, else 9 次 / 9 times."""
    if view.occurrences:
        return t("{done} of {planned}", done=view.done_count, planned=len(view.occurrences))
    return tn("{n} time", "{n} times", view.done_count)


def write_turn(status: OccurrenceStatus) -> str:
    """Markdown: icon and word of one turn of a duty."""
    look, word = TURN_LOOKS[status]
    return write_status(look, t(word))
