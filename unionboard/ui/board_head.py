"""The board's title row, on the desk and on the meeting room's screen."""

from datetime import date

import streamlit as st

from unionboard.models import Plan
from unionboard.ui.text import escape, long_date, t, weekday

BIG = "big"


def is_big() -> bool:
    """Whether the address asks for the meeting room's screen."""
    return st.query_params.get("screen") == BIG


def show_head(today: date) -> None:
    """Title, the day, and the way to the meeting."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(t("Board"), anchor=False, width="content")
        st.markdown(f":gray[{long_date(today)}　{weekday(today)}]", width="content")
        st.space("stretch")
        icon = ":material/co_present:"
        if st.button(t("Start the meeting"), type="primary", icon=icon, key="go_meeting"):
            st.switch_page("pages/board.py", query_params={"screen": BIG})


def show_big_head(name: str, plan: Plan, today: date) -> None:
    """The union and its year in large letters, the day, and the way back."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="big_head"):
        st.title(f"{escape(name)}　:red[{t('{year} plan year', year=plan.year)}]", anchor=False, width="content")
        st.space("stretch")
        st.markdown(f":gray[{long_date(today)}　{weekday(today)}]", width="content")
        if st.button(t("End the meeting"), icon=":material/close_fullscreen:", type="tertiary", key="end_meeting"):
            st.switch_page("pages/board.py")


def show_next_step() -> None:
    """A plan without activities: the one thing to do."""
    with st.container(border=True):
        st.markdown(t("The plan holds no activities yet. Type them in, or read the plan's document."))
        st.page_link("pages/plan.py", label=t("Go to the plan"), icon=":material/arrow_forward:")
