"""The board's title row: the day, the meeting, the room's screen and the phones."""

from datetime import date

import streamlit as st

from unionboard.services.permissions import Act
from unionboard.ui import guide, identity, tour
from unionboard.ui.board_links import go
from unionboard.ui.phone_access import Sharing, may_share, show_phone_button
from unionboard.ui.text import long_date, t, tn, weekday


def show_head(today: date, sharing: Sharing, *, has_open_meeting: bool) -> None:
    """Title, the day, and the ways out of the board."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(t("Board"), anchor=False, width="content")
        st.markdown(f":gray[{long_date(today)}　{weekday(today)}]", width="stretch")
        tour.offer()
        guide.offer()
        if may_share():
            show_phone_button(sharing)
        st.button(t("Large screen"), icon=":material/tv:", key="go_big", on_click=go, args=("big",))
        may_hold = identity.may(Act.HOLD_MEETING)
        label = t("The meeting goes on") if has_open_meeting else t("Start the meeting") if may_hold else t("Meetings")
        icon = ":material/co_present:"
        st.button(label, type="primary" if may_hold else "secondary", icon=icon, key="go_meeting", on_click=go, args=("meeting",))


def show_first_ticks(untouched: int) -> None:
    """A plan adopted in the middle of its year: what is past looks late until somebody says that it was held."""
    if not untouched or not identity.may(Act.CHECK_OFF):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="first_ticks"):
        words = tn(
            "{n} activity lies in the past and nothing is ticked off yet. Was it held? Tick it off.",
            "{n} activities lie in the past and nothing is ticked off yet. Were they held? Tick them off.",
            untouched,
        )
        st.markdown(f":material/lightbulb: {words}", width="content")
        st.button(t("Tick off what was held"), icon=":material/task_alt:", key="go_late", on_click=go, args=("late",))


def show_next_step() -> None:
    """A plan without activities: the one thing to do."""
    with st.container(border=True):
        st.markdown(t("The plan holds no activities yet. Type them in, or read the plan's document."))
        st.page_link("pages/plan.py", label=t("Go to the plan"), icon=":material/arrow_forward:")
