"""What the whole room may read of an activity: its facts, names masked, and nothing to press but the way to the desk."""

import streamlit as st

from unionboard import clock, db
from unionboard.errors.activities import NoSuchActivity
from unionboard.services import activities
from unionboard.services.activities import ActivityView
from unionboard.services.masking import Mask, list_known_names
from unionboard.ui.activity_facts import show_facts, show_head
from unionboard.ui.drawer_state import close_activity, opened_activity
from unionboard.ui.text import escape, t

WIDTH = 900


def show_masked_drawer() -> None:
    """The meeting room's drawer, when the address names an activity. Called once, at the end of a page."""
    activity_id = opened_activity()
    if activity_id is None:
        return
    try:
        with db.reading() as session:
            view = activities.find_activity(session, activity_id, today=clock.today())
            mask = Mask(list_known_names(session))
    except NoSuchActivity:
        close_activity()
        return
    st.dialog(escape(mask.text(view.title)), position="right", width=WIDTH, on_dismiss=close_activity)(_show)(view, mask)


def _show(view: ActivityView, mask: Mask) -> None:
    with st.container(key="drawer"):
        show_head(view, is_brief=False, mask=mask)
        show_facts(view, mask=mask)
        st.button(t("Work on it at normal size"), icon=":material/close_fullscreen:", key="drawer_to_desk", on_click=_leave)


def _leave() -> None:
    """The drawer stays open, with everything in it."""
    st.query_params.pop("screen", None)
    st.rerun()
