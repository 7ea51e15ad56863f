"""The timeline on paper: one menu with the plan's table, the Excel Gantt, the pages to print and the picture."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from unionboard import clock, db
from unionboard.models import Plan
from unionboard.services.exports import Export
from unionboard.services.plan_table import build_table
from unionboard.services.timeline import Zoom
from unionboard.services.timeline_choice import TimelineChoice
from unionboard.ui.downloads import may_export, offer_file
from unionboard.ui.text import language, speak, t
from unionboard.ui.timeline_period import ZOOM_KEY
from unionboard.ui.timeline_year import Choice, View
from unionboard.ui.year_sheet import load_sheet, name_file
from unionboard.writing.gantt_xlsx import write_gantt
from unionboard.writing.plan_table import write_plan_table

PAPER_PATH = "/paper/timeline"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_paper_menu(plan: Plan, choice: Choice) -> None:
    """A popover; the table holds the whole plan, all else what ``choice`` leaves of it. Files are written when they are asked for."""
    if not may_export():
        return
    with st.popover(t("On paper"), icon=":material/print:", key="timeline_paper"):
        _show_pages(plan, choice)
        _show_files(plan, choice)
        if choice.is_compared:
            st.markdown(f":gray[{t('Paper shows the plan as it stands today, without the former one laid behind it.')}]")


def _show_pages(plan: Plan, choice: Choice) -> None:
    st.markdown(f"**{t('Print, or save as PDF')}**")
    with st.container(horizontal=True, gap="small"):
        for size in ("A4", "A3"):
            st.link_button(size, _link(plan, choice, size), icon=":material/print:", width="stretch")
    st.link_button(t("Long picture, to be sent"), _link(plan, choice, "long"), icon=":material/image:", width="stretch")


def _show_files(plan: Plan, choice: Choice) -> None:
    st.markdown("**Excel**")
    gantt, table = partial(_write_gantt, plan, choice_of(choice), language()), partial(_write_table, plan)
    for label, name, write, what, key in (
        (t("Gantt chart with coloured cells"), name_file(plan), gantt, Export.GANTT, "gantt"),
        (t("Plan table, whole plan"), t("Work plan table {year}", year=plan.year), table, Export.PLAN_TABLE, "table"),
    ):
        offer_file(
            label,
            write,
            what=what,
            file_name=f"{name}.xlsx",
            mime=_XLSX,
            icon=":material/table_view:",
            key=f"paper_{key}",
            width="stretch",
        )
    if choice.is_narrowed or choice.within != (plan.starts_on, plan.ends_on):
        st.markdown(f":gray[{t('The plan table always lists the whole plan; all else what the timeline shows now.')}]")


def choice_of(choice: Choice) -> TimelineChoice:
    """What was chosen, as an address can carry it; a calendar shows a month whatever the period was before."""
    zoom = Zoom.MONTH if choice.view is View.CALENDAR else Zoom(st.session_state[ZOOM_KEY])
    return TimelineChoice(
        zoom=zoom,
        at=None if zoom is Zoom.ALL else choice.within[0],
        by=choice.grouping,
        place=choice.place,
        owner=choice.owner,
        words=choice.words.strip(),
        statuses=choice.statuses,
    )


def _link(plan: Plan, choice: Choice, size: str) -> str:
    pairs = [("plan", str(plan.id)), ("size", size), ("lang", language()), *choice_of(choice).write()]
    return f"{PAPER_PATH}?{urlencode(pairs)}"


def _write_gantt(plan: Plan, choice: TimelineChoice, language: str) -> bytes:
    """Called when the button is pressed, outside the session: its language comes along."""
    with speak(language), db.reading() as session:
        return write_gantt(load_sheet(session, plan, choice, today=clock.today()))


def _write_table(plan: Plan) -> bytes:
    with db.reading() as session:
        return write_plan_table(build_table(session, plan.id or 0, today=clock.today()))
