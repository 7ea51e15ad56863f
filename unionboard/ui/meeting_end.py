"""The last screen of a meeting: what was decided, what was not reached, and the end."""

import streamlit as st

from unionboard import clock
from unionboard.services import meetings
from unionboard.services.meeting_views import MeetingView
from unionboard.ui.actions import action
from unionboard.ui.meeting_item import show_decision
from unionboard.ui.meeting_stage import FormKind, close_form, current_form, open_form, stamp
from unionboard.ui.meeting_words import Speech
from unionboard.ui.text import t, tn


def show_end(view: MeetingView, speech: Speech) -> None:
    """Decisions left, what was not reached right, below them the one way out."""
    st.title(t("To close"), anchor=False)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.markdown(f"**{t('Decided today')}**　{tn('{n} decision', '{n} decisions', len(view.decisions))}")
        with st.container(border=True, gap=None, key="meeting_all_decided"):
            for decision in view.decisions:
                show_decision(decision, speech, with_title=True)
            if not view.decisions:
                st.markdown(f":gray[{t('Nothing was decided yet.')}]")
    with right:
        open_items = [item for item in view.items if not item.is_reached]
        st.markdown(f"**{t('Not reached')}**　{tn('{n} point', '{n} points', len(open_items))}")
        with st.container(border=True, gap=None, key="meeting_not_reached"):
            for item in open_items:
                st.markdown(f"{speech.title(item)}　{speech.reason(item)}")
            told = t("They come first at the next meeting.") if open_items else t("Every point was gone through.")
            st.markdown(f":small[:gray[{told}]]")
    _show_way_out(view)


def _show_way_out(view: MeetingView) -> None:
    form = current_form()
    if form is None or form.kind is not FormKind.ENDING:
        label = f"`E` {t('Close the meeting')}"
        st.button(label, type="primary", icon=":material/lock:", key="go_meeting_end", on_click=open_form, args=(FormKind.ENDING, None))
        return
    with st.container(border=True, key=form.key):
        present = t("{present} of {due} present", present=view.present, due=view.due)
        st.markdown(f"**{t('End the meeting?')}**　{present}")
        st.markdown(t("The minutes are written and locked: nothing of this meeting can be changed afterwards."))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(t("End and lock"), type="primary", icon=":material/lock:", key="meeting_save", on_click=_end, args=(view.id,))
            st.button(t("Not yet"), type="tertiary", key="meeting_leave", on_click=close_form)
            st.markdown(f":small[:gray[{t('Enter ends it, Esc goes back')}]]", width="content")


def _end(meeting_id: int) -> None:
    if action(lambda session: meetings.end_meeting(session, meeting_id, today=clock.today(), **stamp())).ok:
        close_form()
