"""How the plan is looked at and which part of it: the view, the length of the period, and a step to the one before or after."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from unionboard import clock
from unionboard.i18n import mark
from unionboard.models import PeriodKind, Plan, UnionKind
from unionboard.services.periods import TERMS, Span
from unionboard.services.timeline import Zoom, find_period, list_periods, list_zooms
from unionboard.ui.address import note_choice, take_choice
from unionboard.ui.text import month_name, t
from unionboard.ui.timeline_year import View


@dataclass(frozen=True, slots=True)
class Period:
    """The days in sight (inclusive), and what people call them."""

    zoom: Zoom
    within: Span
    name: str


VIEW_KEY, ZOOM_KEY, AT_KEY, DAY_KEY = "timeline_view", "timeline_zoom", "timeline_at", "timeline_day"
_VIEWS = {
    View.GANTT: (mark("Gantt"), "view_timeline"),
    View.CALENDAR: (mark("Calendar"), "calendar_month"),
    View.LIST: (mark("List"), "table_rows"),
}
_WHOLE = {
    PeriodKind.CALENDAR_YEAR: mark("All year"),
    PeriodKind.SCHOOL_YEAR: mark("School year"),
    PeriodKind.TERM: mark("Whole term"),
}
_ZOOMS = {Zoom.HALF: mark("Half-year"), Zoom.TERM: mark("Term"), Zoom.QUARTER: mark("Quarter"), Zoom.MONTH: mark("Month")}
_QUARTERS = (mark("Quarter 1"), mark("Quarter 2"), mark("Quarter 3"), mark("Quarter 4"))
_FORMER_HALVES = ("first_half", "second_half")
"""Links from before any half could be chosen."""


def ask_view() -> View:
    """Gantt, calendar or list."""
    take_choice(VIEW_KEY, "view", {view.value: view for view in View}, default=View.GANTT)
    st.session_state.setdefault(VIEW_KEY, View.GANTT)
    chosen = st.segmented_control(
        t("View"),
        list(View),
        format_func=lambda view: f":material/{_VIEWS[view][1]}: {t(_VIEWS[view][0])}",
        required=True,
        key=VIEW_KEY,
        label_visibility="collapsed",
        persist_state="session",
    )
    note_choice("view", str(chosen or View.GANTT), default=View.GANTT)
    return chosen or View.GANTT


def ask_period(plan: Plan, *, kind: UnionKind, view: View) -> Period:
    """Which part of the plan; a calendar always shows a month. On a phone the first choice is this month."""
    within = (plan.starts_on, plan.ends_on)
    _take_day(plan)
    zoom = Zoom.MONTH if view is View.CALENDAR else _ask_zoom(plan, kind)
    period = find_period(zoom, plan=within, day=st.session_state.setdefault(DAY_KEY, clock.today()))
    if zoom is not Zoom.ALL:
        _ask_which(list_periods(zoom, plan=within), period, zoom, plan)
    note_choice("at", "" if zoom is Zoom.ALL else _code(period))
    return Period(zoom, period, name_period(period, zoom, plan))


def name_period(period: Span, zoom: Zoom, plan: Plan) -> str:
    """上半年, 春季学期, 第二季度, 11月; with its year where the plan holds parts of two."""
    month = period[0].month
    if zoom is Zoom.ALL:
        return t(_WHOLE[plan.period_kind])
    if zoom is Zoom.MONTH:
        name = month_name(month)
    elif zoom is Zoom.QUARTER:
        name = t(_QUARTERS[(month - 1) // 3])
    elif zoom is Zoom.TERM:
        (spring, spring_end), _ = TERMS
        name = t("Spring term") if spring <= month <= spring_end else t("Autumn term")
    else:
        name = t("First half") if month <= 6 else t("Second half")
    return name if plan.starts_on.year == plan.ends_on.year else t("{period} {year}", period=name, year=period[0].year)


def show_whole_plan() -> None:
    """Choose the whole plan's period; for ``on_click``."""
    st.session_state[ZOOM_KEY] = Zoom.ALL


def is_mobile() -> bool:
    """Whether the browser says that it runs on a phone."""
    return "Mobile" in (st.context.headers.get("User-Agent") or "")


def _ask_zoom(plan: Plan, kind: UnionKind) -> Zoom:
    zooms = list_zooms(plan, kind=kind)
    first = Zoom.MONTH if is_mobile() else Zoom.ALL
    former = next((zoom for zoom in (Zoom.HALF, Zoom.TERM) if zoom in zooms), Zoom.ALL)
    take_choice(ZOOM_KEY, "zoom", {zoom.value: zoom for zoom in zooms} | dict.fromkeys(_FORMER_HALVES, former), default=first)
    if st.session_state.get(ZOOM_KEY) not in zooms:
        st.session_state[ZOOM_KEY] = first
    words = {Zoom.ALL: _WHOLE[plan.period_kind], **_ZOOMS}
    chosen = st.segmented_control(
        t("Period"),
        zooms,
        format_func=lambda zoom: t(words[zoom]),
        required=True,
        key=ZOOM_KEY,
        label_visibility="collapsed",
        persist_state="session",
    )
    zoom = chosen or Zoom.ALL
    note_choice("zoom", zoom.value, default="" if is_mobile() else Zoom.ALL)
    return zoom


def _ask_which(periods: list[Span], period: Span, zoom: Zoom, plan: Plan) -> None:
    """◀ 第二季度 ▶: a step back, all of them by name, a step forward."""
    names = {_code(one): name_period(one, zoom, plan) for one in periods}
    at = periods.index(period)
    st.session_state[AT_KEY] = _code(period)
    with st.container(horizontal=True, gap="xxsmall", width="content", wrap=False, vertical_alignment="center", key="timeline_step"):
        st.button(
            t("Earlier"),
            icon=":material/chevron_left:",
            key="timeline_earlier",
            disabled=at == 0,
            on_click=go_to,
            args=(periods[max(at - 1, 0)],),
        )
        st.selectbox(
            t("Which period"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key=AT_KEY,
            label_visibility="collapsed",
            width=128,
            on_change=_go_to_chosen,
            args=({_code(one): one for one in periods},),
        )
        later = periods[min(at + 1, len(periods) - 1)]
        st.button(
            t("Later"), icon=":material/chevron_right:", key="timeline_later", disabled=later == period, on_click=go_to, args=(later,)
        )


def go_to(period: Span) -> None:
    """Look at ``period``: at today where it holds today, so that a shorter one chosen next is today's."""
    st.session_state[DAY_KEY] = _day_in(period)


def _day_in(period: Span) -> date:
    today = clock.today()
    return today if period[0] <= today <= period[1] else period[0]


def _go_to_chosen(periods: dict[str, Span]) -> None:
    go_to(periods[st.session_state[AT_KEY]])


def _take_day(plan: Plan) -> None:
    """Look at the month the address names, or at the half an old link names, else at today."""
    days = {_code(month): _day_in(month) for month in list_periods(Zoom.MONTH, plan=(plan.starts_on, plan.ends_on))}
    halves = dict(zip(_FORMER_HALVES, (plan.starts_on, plan.ends_on), strict=True))
    take_choice(DAY_KEY, "at", days, default=halves.get(st.query_params.get("zoom", ""), clock.today()))


def _code(period: Span) -> str:
    return f"{period[0]:%Y-%m}"


def step_month(plan: Plan, step: int) -> None:
    """Look at the month ``step`` months later, as far as the plan goes; for callbacks."""
    months = list_periods(Zoom.MONTH, plan=(plan.starts_on, plan.ends_on))
    at = months.index(find_period(Zoom.MONTH, plan=(plan.starts_on, plan.ends_on), day=st.session_state[DAY_KEY]))
    go_to(months[min(max(at + step, 0), len(months) - 1)])
