"""The timeline on the screen: a plan's groups put into the words and marks the component draws, and what a click does."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from unionboard import clock
from unionboard.charts.theme import MARKS
from unionboard.models import DutyKind
from unionboard.reference import work_areas
from unionboard.reference.festivals import festivals_between
from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record, Status
from unionboard.services.baseline import BaselineItem
from unionboard.services.periods import Span, clip
from unionboard.services.timeline import Group, Grouping, Term
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.components.year_timeline import show_year_timeline
from unionboard.ui.status import TURN_LOOKS, describe_status
from unionboard.ui.text import listed, month_name, named, short_date, span, t, tn, when, when_turn
from unionboard.ui.timeline_rows import Frame, draw_gone, draw_marks
from unionboard.ui.timeline_words import festival_name, term_name

FOLD_ABOVE = 60
"""More activities than this begin with their groups folded."""
_GONE = "gone"


def show_timeline(
    groups: Sequence[Group],
    *,
    by: Grouping,
    within: Span,
    terms: Sequence[Term] = (),
    baseline: Mapping[int, BaselineItem] | None = None,
    gone: Sequence[BaselineItem] = (),
) -> None:
    """Draw the groups over the days ``within`` (inclusive); a click on a row opens its drawer.

    With ``baseline`` (items by activity id) the plan as adopted lies behind today's, and ``gone`` ones stand struck out at the end of their
    groups.
    """
    data = write_timeline(groups, by=by, within=within, today=clock.today(), terms=terms, baseline=baseline, gone=gone)
    show_year_timeline(data, on_open=open_activity)


def write_timeline(
    groups: Sequence[Group],
    *,
    by: Grouping,
    within: Span,
    today: date,
    terms: Sequence[Term] = (),
    baseline: Mapping[int, BaselineItem] | None = None,
    gone: Sequence[BaselineItem] = (),
) -> dict[str, Any]:
    """What the component draws, as JSON. Days count from the first in sight; places are ``[first day, days, …]``; names are kept short
    because they are sent for every row."""
    frame = Frame(within, today)
    count = sum(len(group.activities) for group in groups)
    months = frame.months()
    return {
        "plan": next((view.plan_id for group in groups for view in group.activities), 0),
        "days": frame.days,
        "today": (today - within[0]).days,
        "months": [[first, days, month_name(day.month), str(day.month), _year_word(day, within)] for first, days, day in months],
        "ticks": frame.ticks(),
        "festivals": frame.join_festivals(_festivals(within)),
        "terms": [[*frame.place(seen), term_name(term)] for term in terms if (seen := clip((term.starts_on, term.ends_on), within))],
        "looks": {status.value: [mark.colour_name, mark.symbol] for status, mark in MARKS.items()},
        "folded": count > FOLD_ABOVE,
        "based": baseline is not None,
        "words": _words(len(groups), count, by=by, today=today),
        "groups": _write_groups(groups, by, frame, baseline, gone),
    }


def _write_groups(
    groups: Sequence[Group], by: Grouping, frame: Frame, baseline: Mapping[int, BaselineItem] | None, gone: Sequence[BaselineItem]
) -> list[dict[str, Any]]:
    keys = {group.key for group in groups}
    lost: dict[str, list[dict[str, Any]]] = {}
    for item in gone:
        key = item.area if by is Grouping.AREA else str(item.section_id or "")
        lost.setdefault(key if key in keys else _GONE, []).append(_write_gone(item, frame))
    written = []
    for group in groups:
        rows = [_write_row(view, frame, baseline) for view in group.activities]
        written.append(
            {
                "k": f"{by}:{group.key}",
                "h": named(work_areas()[group.key]) if by is Grouping.AREA else group.heading or t("Under no section"),
                "d": group.done,
                "n": group.total,
                "m": [[at, share.done, share.planned, share.late] for at, share in enumerate(group.months) if share.planned],
                "r": rows + lost.get(group.key, []),
            }
        )
    if _GONE in lost:
        written.append({"k": _GONE, "h": t("No longer in the plan"), "d": 0, "n": 0, "m": [], "r": lost[_GONE]})
    return written


def _write_row(view: ActivityView, frame: Frame, baseline: Mapping[int, BaselineItem] | None) -> dict[str, Any]:
    base = baseline.get(view.id) if baseline else None
    row: dict[str, Any] = {
        "i": view.id,
        "t": view.title,
        "s": view.status.value,
        "w": _side_word(view),
        "o": view.owner,
        "p": view.frequency if view.duty is not DutyKind.ONE_OFF and view.frequency else when(view.starts_on, view.ends_on, view.precision),
        "b": draw_marks(view, frame, tell_turn=_tell_turn, base=base),
    }
    if view.record and view.duty is DutyKind.ONE_OFF:
        row["a"] = span(view.record.done_on, view.record.done_to)
    if view.carried_over:
        row["c"] = 1
    if baseline is not None and base is None:
        row["x"] = 1
    if base and (base.starts_on, base.ends_on, base.precision) != (view.starts_on, view.ends_on, view.precision):
        row["v"] = when(base.starts_on, base.ends_on, base.precision)
    return row


def _write_gone(item: BaselineItem, frame: Frame) -> dict[str, Any]:
    """The row of something that was adopted and taken out since; it opens nothing."""
    return {
        "i": 0,
        "t": item.title,
        "s": Status.CANCELLED.value,
        "w": t("Taken out"),
        "o": item.owner,
        "p": when(item.starts_on, item.ends_on, item.precision),
        "b": draw_gone(item, frame),
    }


def _tell_turn(turn: OccurrenceView | Record) -> str:
    if isinstance(turn, Record):
        return f"{t(TURN_LOOKS[OccurrenceStatus.DONE][1])} {short_date(turn.done_on)}"
    number = t("Turn {number} · {when}", number=turn.number, when=when_turn(turn.due_from, turn.due_to))
    done = f" {short_date(turn.done_on)}" if turn.done_on else ""
    return f"{number}\n{t(TURN_LOOKS[turn.status][1])}{done}"


def _side_word(view: ActivityView) -> str:
    if view.status is Status.POSTPONED:
        return t("Moved to {when}", when=when(view.starts_on, view.ends_on, view.precision))
    return describe_status(view)


def _year_word(day: date, within: Span) -> str:
    """The year, at each January of a time that runs over New Year."""
    return str(day.year) if within[0].year != within[1].year and day.month == 1 else ""


def _festivals(within: Span) -> list[tuple[date, str]]:
    return [(found.day, festival_name(found.festival)) for found in festivals_between(*within) if found.festival.mark]


def _words(groups: int, count: int, *, by: Grouping, today: date) -> dict[str, str]:
    """Labels by the names the script knows them by; ``{n}`` is filled in by the script."""
    heads = tn("{n} section", "{n} sections", groups) if by is Grouping.SECTION else tn("{n} work area", "{n} work areas", groups)
    return {
        "summary": listed([heads, tn("{n} activity", "{n} activities", count)]),
        "label": t("Timeline of the plan, one row an activity"),
        "hint": t("Arrow keys move between rows and fold groups, Enter opens a row."),
        "comma": t(", "),
        "today": t("Today {day}", day=today.day),
        "status": t("Status"),
        "owner": t("Owner"),
        "plan": t("Plan"),
        "actual": t("Actual"),
        "soft": t("Month only"),
        "short": t("1–2 days"),
        "duty": t("Standing"),
        "base": t("As adopted"),
        "added": t("Added since"),
        "planned": t("Planned"),
        "done": t("Done on"),
        "carried": t("Not done last year"),
        "share": t("{done} of {n} done", done="{d}", n="{n}"),
        "late": t("{n} late", n="{n}"),
        "coming": t("{n} to come", n="{n}"),
        "foldAll": t("Fold all"),
        "unfoldAll": t("Unfold all"),
    }
