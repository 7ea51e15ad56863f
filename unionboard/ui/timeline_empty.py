"""The timeline with nothing to show: what will stand here, and the one next step."""

import streamlit as st

from unionboard.ui import empty_pages
from unionboard.ui.text import t
from unionboard.ui.timeline_filters import clear_filters
from unionboard.ui.timeline_period import show_whole_plan
from unionboard.ui.timeline_year import Choice


def show_no_plan() -> None:
    """Before the first plan."""
    text = t("Here the plan of the year will lie before you by month: what was planned, what happened, and what is still owed.")
    empty_pages.show_no_plan(t("Timeline"), text)


def show_no_activities() -> None:
    """A plan that was begun empty."""
    st.markdown(f"# {t('Timeline')}")
    text = t("The plan holds no activities yet. Each one you add will be a row here, in the months it was planned for.")
    empty_pages.show_no_activities(text)


def show_nothing_found(choice: Choice) -> None:
    """Choices that leave nothing: all activities again, or the whole plan where no other choice was made."""
    if choice.is_narrowed:
        st.markdown(t("No activity fits this choice."))
        st.button(t("Show all again"), icon=":material/filter_alt_off:", key="timeline_clear", on_click=clear_filters)
    else:
        st.markdown(t("Nothing is planned for {period}.", period=choice.period))
        st.button(t("Show the whole plan"), icon=":material/calendar_today:", key="timeline_whole", on_click=show_whole_plan)
