"""The timeline as a table: every chosen activity in a row, sorted by any column."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard.charts.theme import MARKS
from unionboard.i18n import mark
from unionboard.models import DutyKind
from unionboard.money import format_fen
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.baseline import BaselineItem
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.address import note_choice, take_choice
from unionboard.ui.components.activity_table import show_activity_table
from unionboard.ui.components.packing import pack
from unionboard.ui.kept import keep
from unionboard.ui.status import describe_status
from unionboard.ui.text import named, span, t, tn, when
from unionboard.ui.timeline_baseline import tell_since
from unionboard.ui.timeline_year import Choice, Compared, find_shown

_COLUMNS = {
    "time": mark("Time"),
    "title": mark("Activity"),
    "area": mark("Area"),
    "section": mark("Section"),
    "owner": mark("Owner"),
    "people": mark("Attended / planned"),
    "money": mark("Spent / budget"),
    "status": mark("Status"),
    "evidence": mark("Evidence"),
}
_NUMBERS = ("people", "money", "evidence")
_SORT_KEY = "timeline_sort"
_LAST = ""  # what says nothing comes last whichever way a column is sorted

Cell = tuple[str, str | float]
"""What is read, and what is sorted by."""


def show_list(choice: Choice) -> None:
    """Draw the table, what is gone since the plan compared with at its end.

    A click or Enter on a row opens its drawer. The order lives in the address as ``sort=money`` or ``sort=-money``.
    """
    take_choice(_SORT_KEY, "sort", {f"{sign}{column}": f"{sign}{column}" for column in _COLUMNS for sign in ("", "-")}, default="")
    sort: str = st.session_state.setdefault(_SORT_KEY, "")
    note_choice("sort", sort)
    show_activity_table(keep(draw_list, choice, sort), on_open=open_activity, on_sort=_sort)


def draw_list(_session: Session, choice: Choice, sort: str) -> bytes:
    """What the component draws of ``choice``, packed."""
    shown = find_shown(choice)
    return pack(write_list(shown.views, sort=sort, compared=shown.compared, gone=shown.gone))


def write_list(
    shown: Sequence[ActivityView], *, sort: str = "", compared: Compared | None = None, gone: Sequence[BaselineItem] = ()
) -> dict[str, Any]:
    """What the component draws, as JSON: rows in the plan's order, each cell with its words and what it is sorted by."""
    budget, spent = sum(view.planned_budget_fen or 0 for view in shown), sum(view.spent_fen for view in shown)
    return {
        "columns": [{"key": key, "name": t(name), "number": key in _NUMBERS} for key, name in _COLUMNS.items()],
        "sort": sort,
        "rows": [*(_row(view, compared) for view in shown), *map(_gone_row, gone)],
        "total": tn("{n} activity", "{n} activities", len(shown)),
        "sums": {"money": f"{format_fen(spent, decimals=False)} / {format_fen(budget, decimals=False)}"} if budget or spent else {},
        "words": {"caption": t("Activities of the timeline"), "sortBy": t("Sort by"), "inOrder": t("Order of the plan")},
    }


def _sort(order: str) -> None:
    st.session_state[_SORT_KEY] = order


def _row(view: ActivityView, compared: Compared | None) -> dict[str, Any]:
    look = MARKS[view.status]
    cells: dict[str, Cell] = {
        "time": (_time(view), f"{view.starts_on}{view.ends_on}"),
        "title": (view.title, view.title),
        "area": (named(work_areas()[view.area]), list(work_areas()).index(view.area)),
        "section": (view.section_title, view.section_title),
        "owner": (view.owner, view.owner),
        "people": _people(view),
        "money": _money(view),
        "status": (describe_status(view), list(Status).index(view.status) - view.days_late / 1000),
        "evidence": _evidence(view),
    }
    return {
        "id": view.id,
        "status": view.status.value,
        "colour": look.colour_name,
        "shape": look.symbol,
        "note": tell_since(compared, view) if compared else "",
        "cells": cells,
    }


def _time(view: ActivityView) -> str:
    if view.duty is not DutyKind.ONE_OFF and view.frequency:
        return view.frequency
    if view.record and view.duty is DutyKind.ONE_OFF:
        return span(view.record.done_on, view.record.done_to)
    return when(view.starts_on, view.ends_on, view.precision)


def _gone_row(item: BaselineItem) -> dict[str, Any]:
    """What was planned then and is in the plan no longer; it opens nothing."""
    look = MARKS[Status.CANCELLED]
    cells: dict[str, Cell] = {
        **dict.fromkeys(_COLUMNS, ("", _LAST)),
        "time": (when(item.starts_on, item.ends_on, item.precision), f"{item.starts_on}{item.ends_on}"),
        "title": (item.title, item.title),
        "area": (named(work_areas()[item.area]), list(work_areas()).index(item.area)),
        "owner": (item.owner, item.owner),
        "status": (t("Taken out"), len(Status)),
    }
    return {"id": 0, "status": Status.CANCELLED.value, "colour": look.colour_name, "shape": look.symbol, "note": "", "cells": cells}


def _people(view: ActivityView) -> Cell:
    came = view.participants if view.duty is DutyKind.ONE_OFF else None
    if came is None and view.planned_people is None:
        return "", _LAST
    return f"{'–' if came is None else came} / {'–' if view.planned_people is None else view.planned_people}", came or 0


def _money(view: ActivityView) -> Cell:
    if not view.spent_fen and view.planned_budget_fen is None:
        return "", _LAST
    budget = "–" if view.planned_budget_fen is None else format_fen(view.planned_budget_fen, decimals=False)
    return f"{format_fen(view.spent_fen, decimals=False)} / {budget}", view.spent_fen


def _evidence(view: ActivityView) -> Cell:
    papers = sum(record.evidence_count for record in view.records)
    if not view.records:
        return "", _LAST
    return (str(papers) if papers else t("none")), papers
