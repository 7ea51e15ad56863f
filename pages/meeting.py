import streamlit as st

from unionboard import clock, db
from unionboard.models import Plan
from unionboard.services import meetings
from unionboard.services.meeting_views import MeetingView
from unionboard.ui.empty_pages import show_no_plan
from unionboard.ui.frame import chosen_plan
from unionboard.ui.live import watch_changes
from unionboard.ui.meeting_end import show_end
from unionboard.ui.meeting_frame import hear_keys, show_bar, show_foot
from unionboard.ui.meeting_item import show_item
from unionboard.ui.meeting_opening import show_opening
from unionboard.ui.meeting_stage import Stage, chosen_item, chosen_stage, close_form, current_form
from unionboard.ui.meeting_start import show_start
from unionboard.ui.meeting_words import speak
from unionboard.ui.text import t


def show_meeting(plan: Plan, view: MeetingView) -> None:
    """The screen the meeting is at, under the row every screen has."""
    speech, item, stage = speak(), chosen_item(view), chosen_stage(view)
    with st.container(key="meeting_page"):
        show_bar(view)
        if stage is Stage.ITEM and item:
            show_item(plan, view, item, speech)
        elif stage is Stage.END:
            show_end(view, speech)
        else:
            show_opening(view, speech)
    show_foot(view, speech)


plan = chosen_plan()
if plan is None:
    show_no_plan(t("Committee meeting"), t("Here the committee goes through its year. There is no plan yet."))
    st.stop()
watch_changes(auto=current_form() is None)
with db.reading() as session:
    meeting = meetings.open_meeting(session, plan.id or 0)
    view = meetings.read_meeting(session, meeting.id or 0, today=clock.today()) if meeting else None
if not view:
    close_form()  # of a meeting that was ended on another screen
hear_keys(plan, view)
if view:
    show_meeting(plan, view)
else:
    with st.container(key="meeting_page"):
        show_start(plan)
