"""What was just done to the plan, said at its top until it is closed: adopted, copied, a corrected version applied."""

from collections.abc import Sequence

import streamlit as st

from unionboard.models import Plan
from unionboard.services.activities import ActivityView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.frame import PAGES_DIR
from unionboard.ui.plan_comparing import APPLIED_KEY, Done, begin_comparison, can_be_undone, undo
from unionboard.ui.plan_copying import COPIED_KEY, Copied
from unionboard.ui.plan_differences import count_words
from unionboard.ui.plan_start import ADOPTED_KEY
from unionboard.ui.text import escape, listed, t, tn


def show_notes(plan: Plan, views: Sequence[ActivityView]) -> None:
    """The note about what was done to ``plan`` last, if anything was."""
    copied, done = st.session_state.get(COPIED_KEY), st.session_state.get(APPLIED_KEY)
    if isinstance(done, Done) and done.plan_id == plan.id:
        _show_applied(done)
    elif isinstance(copied, Copied) and copied.plan_id == plan.id:
        _show_copied(plan, copied)
    elif st.session_state.get(ADOPTED_KEY) == plan.id:
        _show_adopted(plan, len(views))
    elif not views and identity.may(Act.EDIT_PLAN):
        _show_empty(plan)


def _show_adopted(plan: Plan, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_adopted_note"):
        words = tn("The plan of {year} stands: {n} activity.", "The plan of {year} stands: {n} activities.", count, year=plan.year)
        st.markdown(f":green[:material/check_circle: **{words}**]", width="content")
        st.page_link(PAGES_DIR / "board.py", label=t("To the board"), icon=":material/dashboard:")
        st.page_link(PAGES_DIR / "timeline.py", label=t("See it on the timeline"), icon=":material/view_timeline:")
        st.page_link(PAGES_DIR / "checkoffs.py", label=t("Tick off what is done"), icon=":material/task_alt:")
        st.space("stretch")
        st.button(t("Close"), key="close_adopted", type="tertiary", on_click=close_notes)


def _show_empty(plan: Plan) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_empty_note"):
        st.markdown(t("There are no activities yet. Type one into the last row of the table, or read the plan's document."))
        st.button(t("Read the document"), key="read_into_empty", icon=":material/upload_file:", on_click=begin_comparison, args=(plan,))


def _show_copied(plan: Plan, copied: Copied) -> None:
    report = copied.report
    with st.container(border=True, key="plan_copied_note", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            count = len(report.rows)
            words = tn(
                "The plan of {year} stands: {n} activity from {old}.",
                "The plan of {year} stands: {n} activities from {old}.",
                count,
                year=plan.year,
                old=copied.old_year,
            )
            st.markdown(f":green[:material/check_circle: **{words}**]", width="content")
            if report.to_check or report.carried_over:
                st.markdown(f":gray[{t('Please look at these:')}]", width="content")
            st.space("stretch")
            st.button(t("Close"), key="close_copied", type="tertiary", on_click=close_notes)
        for icon, label, rows in (
            ("history", t("Not done last year"), report.carried_over),
            ("pin", t("Move the ordinal on"), [row for row in report.to_check if row.ordinal]),
            ("event_busy", t("Every two years, held last year, so not planned now"), [row for row in report.to_check if row.not_due]),
        ):
            if rows:
                titles = listed(escape(row.title) for row in rows)
                st.markdown(f":orange[:material/{icon}:] {label}　:gray[{titles}]")


def _show_applied(done: Done) -> None:
    applied = done.applied
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_applied_note"):
        words = t("The corrected version is taken over: {counted}.", counted=count_words(applied.new, applied.changed, applied.removed))
        st.markdown(f":green[:material/check_circle: **{words}**]", width="content")
        if applied.removed:
            st.markdown(f":gray[{t('What was taken out can be put back under “removed”.')}]", width="content")
        st.space("stretch")
        if can_be_undone(done) and identity.may(Act.EDIT_PLAN):
            st.button(t("Undo"), key="undo_applied", icon=":material/undo:", on_click=undo, args=(done,))
        st.button(t("Close"), key="close_applied", type="tertiary", on_click=close_notes)


def close_notes() -> None:
    """For ``on_click``: the notes are read."""
    for key in (ADOPTED_KEY, COPIED_KEY, APPLIED_KEY):
        st.session_state.pop(key, None)
