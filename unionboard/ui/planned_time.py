"""Asking when something is planned, as surely as people know it: to the day, to ten days, to the month, or only within the plan."""

from datetime import date

import streamlit as st

from unionboard.models import DatePrecision, Plan
from unionboard.services.periods import clip, month_index, month_span, third_span
from unionboard.ui.text import month_name, t, when

Span = tuple[date, date, DatePrecision]
_LABELS = {
    DatePrecision.DAY: "To the day",
    DatePrecision.THIRD: "Ten days of a month",
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
    if chosen not in (DatePrecision.DAY, DatePrecision.THIRD, DatePrecision.MONTH):
        return
    if chosen == DatePrecision.THIRD:
        thirds = _thirds(plan)
        words = {first: when(first, last, DatePrecision.THIRD) for first, last in thirds.items()}
        st.selectbox(t("Planned"), list(words), index=_place(list(words), starts_on), format_func=words.__getitem__, key=f"{key}_third")
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
    if chosen is DatePrecision.THIRD:
        first = typed[f"{key}_third"]
        return first, _thirds(plan)[first], chosen
    if chosen is DatePrecision.MONTH:
        return typed[f"{key}_first_month"], month_span(month_index(typed[f"{key}_last_month"]))[1], chosen
    return typed[f"{key}_first_day"], typed[f"{key}_last_day"], chosen


def _months(plan: Plan) -> list[date]:
    """The first days of the plan's months."""
    return [month_span(index)[0] for index in range(month_index(plan.starts_on), month_index(plan.ends_on) + 1)]


def _thirds(plan: Plan) -> dict[date, date]:
    """First and last day of each ten days of the plan's months, so far as they lie in the plan."""
    spans = (clip(third_span(month, third), (plan.starts_on, plan.ends_on)) for month in _months(plan) for third in (1, 2, 3))
    return dict(span for span in spans if span)


def _place(starts: list[date], day: date) -> int:
    """The index of the last of ``starts`` that is not after ``day``."""
    return max((index for index, start in enumerate(starts) if start <= day), default=0)
