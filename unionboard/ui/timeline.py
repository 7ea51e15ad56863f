"""The timeline on the screen: a plan's groups put into the words and marks the component draws, and what a click does."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard.charts.theme import MARKS
from unionboard.models import DutyKind
from unionboard.reference import work_areas
from unionboard.reference.festivals import festivals_between
from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record, Status
from unionboard.services.baseline import BaselineItem
from unionboard.services.periods import Span, clip
from unionboard.services.timeline import Group, Grouping, Term, group_activities
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.components.packing import pack
from unionboard.ui.components.year_timeline import show_year_timeline
from unionboard.ui.kept import keep
from unionboard.ui.status import TURN_LOOKS, describe_status
from unionboard.ui.text import listed, month_name, named, short_date, span, t, tn, when, when_turn
from unionboard.ui.timeline_rows import Frame, draw_gone, draw_marks
from unionboard.ui.timeline_words import festival_name, term_name
from unionboard.ui.timeline_year import Choice, find_chosen, find_shown

FOLD_ABOVE = 60
"""More activities than this begin with their groups folded, and of a folded group no rows are sent."""
_GONE = "gone"
_UNFOLDED = "timeline_unfolded"


def show_timeline(choice: Choice) -> None:
    """Draw the groups of ``choice``; a click on a row opens its drawer, one on a heading that was folded sends its rows.

    The plan as it once stood lies behind today's, and what is gone since stands struck out at the end of its group.
    """
    is_folded = len(find_chosen(choice).views) > FOLD_ABOVE
    unfolded = st.session_state.get(_UNFOLDED, frozenset()) if is_folded else None
    show_year_timeline(keep(draw_timeline, choice, unfolded), on_open=open_activity, on_unfold=_unfold)


def _unfold(groups: Collection[str]) -> None:
    st.session_state[_UNFOLDED] = frozenset(groups)


def draw_timeline(_session: Session, choice: Choice, unfolded: frozenset[str] | None) -> bytes:
    """What the component draws of ``choice``, packed."""
    shown = find_shown(choice)
    groups = group_activities(shown.views, by=choice.grouping, sections=shown.sections, within=choice.within, shares_of=shown.found)
    data = write_timeline(
        groups,
        by=choice.grouping,
        within=choice.within,
        today=choice.today,
        terms=shown.terms,
        baseline=shown.compared.baseline if shown.compared else None,
        gone=shown.gone,
        unfolded=unfolded,
    )
    return pack(data)


def write_timeline(
    groups: Sequence[Group],
    *,
    by: Grouping,
    within: Span,
    today: date,
    terms: Sequence[Term] = (),
    baseline: Mapping[int, BaselineItem] | None = None,
    gone: Sequence[BaselineItem] = (),
    unfolded: Collection[str] | None = None,
) -> dict[str, Any]:
    """What the component draws, as JSON. Days count from the first in sight; places are ``[first day, days, …]``; names are kept short
    because they are sent for every row. ``unfolded``: keys of the groups whose rows are sent, None for all."""
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
        "groups": _write_groups(groups, by, frame, baseline, gone, unfolded),
    }


def _write_groups(
    groups: Sequence[Group],
    by: Grouping,
    frame: Frame,
    baseline: Mapping[int, BaselineItem] | None,
    gone: Sequence[BaselineItem],
    unfolded: Collection[str] | None,
) -> list[dict[str, Any]]:
    keys = {group.key for group in groups}
    lost: dict[str, list[BaselineItem]] = {}
    for item in gone:
        key = item.area if by is Grouping.AREA else str(item.section_id or "")
        lost.setdefault(key if key in keys else _GONE, []).append(item)
    written: list[dict[str, Any]] = []
    for group in groups:
        head = {
            "k": f"{by}:{group.key}",
            "h": named(work_areas()[group.key]) if by is Grouping.AREA else group.heading or t("Under no section"),
            "d": group.done,
            "n": group.total,
            "m": [[at, share.done, share.planned, share.late] for at, share in enumerate(group.months) if share.planned],
        }
        if unfolded is None or head["k"] in unfolded:
            head["r"] = [
                *(_write_row(view, frame, baseline) for view in group.activities),
                *(_write_gone(item, frame) for item in lost.get(group.key, ())),
            ]
        written.append(head)
    if _GONE in lost:
        head = {"k": _GONE, "h": t("No longer in the plan"), "d": 0, "n": 0, "m": []}
        if unfolded is None or _GONE in unfolded:
            head["r"] = [_write_gone(item, frame) for item in lost[_GONE]]
        written.append(head)
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
