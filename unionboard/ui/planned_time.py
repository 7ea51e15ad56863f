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


def ask_planned_time(plan: Plan, current: Span, *, key: str) -> Span:
    """Widgets for a planned time within ``plan``, starting from ``current``; returns inclusive bounds and their precision."""
    starts_on, ends_on, precision = current
    offered = [DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.PERIOD]
    if precision is DatePrecision.HALF_YEAR:
        offered.insert(2, precision)
    st.segmented_control(
        t("Planned"),
        offered,
        default=precision,
        format_func=lambda choice: t(_LABELS[choice]),
        required=True,
        key=f"{key}_precision",
    )
    chosen = DatePrecision(st.session_state[f"{key}_precision"])
    if chosen is DatePrecision.PERIOD:
        return plan.starts_on, plan.ends_on, chosen
    if chosen is DatePrecision.HALF_YEAR:
        return current
    left, right = st.columns(2, wrap=False)
    if chosen is DatePrecision.MONTH:
        months = _months(plan)
        first = left.selectbox(t("From"), months, index=_place(months, starts_on), format_func=_name, key=f"{key}_first_month")
        last = right.selectbox(t("To"), months, index=_place(months, ends_on), format_func=_name, key=f"{key}_last_month")
        return first, _month_end(last), chosen
    first = left.date_input(t("From"), starts_on, format="YYYY-MM-DD", key=f"{key}_first_day")
    last = right.date_input(t("To"), ends_on, format="YYYY-MM-DD", key=f"{key}_last_day")
    return first, last, chosen


def _months(plan: Plan) -> list[date]:
    """The first days of the plan's months."""
    count = (plan.ends_on.year - plan.starts_on.year) * 12 + plan.ends_on.month - plan.starts_on.month + 1
    start = plan.starts_on.year * 12 + plan.starts_on.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(start, start + count)]


def _place(months: list[date], day: date) -> int:
    return max((index for index, month in enumerate(months) if month <= day), default=0)


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _name(month: date) -> str:
    return month_name(month.month)
