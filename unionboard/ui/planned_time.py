"""Asking when something is planned, as surely as people know it: to the day, to the month, or only within the plan."""

import calendar
from datetime import date

import streamlit as st

from unionboard.models import DatePrecision, Plan
from unionboard.ui.text import month_name, t

Span = tuple[date, date, DatePrecision]
_LABELS = {
    DatePrecision.DAY: "To the day",
    DatePrecision.MONTH: "To the month",
    DatePrecision.HALF_YEAR: "Half a year",
    DatePrecision.PERIOD: "All year",
}


def show_planned_time(plan: Plan, current: Span, *, key: str) -> None:
    """Widgets for a planned time within ``plan``, starting from ``current``; ``read_planned_time`` says what they hold."""
    starts_on, ends_on, precision = current
    names = {choice: t(label) for choice, label in _LABELS.items() if choice is not DatePrecision.HALF_YEAR or precision is choice}
    st.segmented_control(t("Planned"), list(names), default=precision, format_func=names.__getitem__, required=True, key=f"{key}_precision")
    chosen = st.session_state[f"{key}_precision"]
    if chosen not in (DatePrecision.DAY, DatePrecision.MONTH):
        return
    left, right = st.columns(2, wrap=False)
    if chosen == DatePrecision.MONTH:
        months = {month: month_name(month.month) for month in _months(plan)}
        for column, label, name, day in ((left, t("From"), "first", starts_on), (right, t("To"), "last", ends_on)):
            place = _place(list(months), day)
            column.selectbox(label, list(months), index=place, format_func=months.__getitem__, key=f"{key}_{name}_month")
        return
    left.date_input(t("From"), starts_on, format="YYYY-MM-DD", key=f"{key}_first_day")
    right.date_input(t("To"), ends_on, format="YYYY-MM-DD", key=f"{key}_last_day")


def read_planned_time(plan: Plan, current: Span, *, key: str) -> Span:
    """What the widgets hold: inclusive bounds and their precision. For callbacks, which run before the page is drawn again."""
    typed = st.session_state
    chosen = DatePrecision(typed[f"{key}_precision"])
    if chosen is DatePrecision.PERIOD:
        return plan.starts_on, plan.ends_on, chosen
    if chosen is DatePrecision.HALF_YEAR:
        return current
    if chosen is DatePrecision.MONTH:
        return typed[f"{key}_first_month"], _month_end(typed[f"{key}_last_month"]), chosen
    return typed[f"{key}_first_day"], typed[f"{key}_last_day"], chosen


def _months(plan: Plan) -> list[date]:
    """The first days of the plan's months."""
    count = (plan.ends_on.year - plan.starts_on.year) * 12 + plan.ends_on.month - plan.starts_on.month + 1
    start = plan.starts_on.year * 12 + plan.starts_on.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(start, start + count)]


def _place(months: list[date], day: date) -> int:
    return max((index for index, month in enumerate(months) if month <= day), default=0)


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
