"""The last screen of a meeting: what was decided, what was not reached, and the end."""

import streamlit as st

from unionboard import clock
from unionboard.services import meetings
from unionboard.services.meeting_views import MeetingView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.meeting_item import show_decision
from unionboard.ui.meeting_stage import LEAVE, SAVE, FormKind, close_form, current_form, open_form, stamp
from unionboard.ui.meeting_words import Speech
from unionboard.ui.offers import offer
from unionboard.ui.text import t, tn
from unionboard.ui.trash import in_bin


def show_end(view: MeetingView, speech: Speech) -> None:
    """Decisions left, what was not reached right."""
    _show_question(view)
    st.title(t("Closing"), anchor=False)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.markdown(f"**{t('Decided today')}**　{tn('{n} item', '{n} items', len(view.decisions))}")
        with st.container(border=True, gap="xsmall", key="meeting_all_decided"):
            for decision in view.decisions:
                show_decision(decision, speech, with_title=True)
            if not view.decisions:
                st.markdown(f":gray[{t('Nothing was decided yet.')}]")
    with right:
        open_items = [item for item in view.items if not item.is_reached]
        st.markdown(f"**{t('Not reached')}**　{tn('{n} point', '{n} points', len(open_items))}")
        with st.container(border=True, gap="xsmall", key="meeting_not_reached"):
            for item in open_items:
                st.markdown(f"{speech.title(item)}　{speech.reason(item)}")
            told = t("They come first at the next meeting.") if open_items else t("Every point was gone through.")
            st.markdown(f":small[:gray[{told}]]")


def ask_to_end() -> None:
    """The button below the last screen."""
    label = f"`E` {t('Close the meeting')}"
    offer(
        Act.HOLD_MEETING,
        label,
        type="primary",
        icon=":material/lock:",
        key="go_meeting_end",
        on_click=open_form,
        args=(FormKind.ENDING, None),
    )


def _show_question(view: MeetingView) -> None:
    """Once more before nothing can be changed; above all else, so that it is in sight."""
    form = current_form()
    if form is None or form.kind is not FormKind.ENDING or not identity.may(Act.HOLD_MEETING):
        return
    with st.container(border=True, key=form.key):
        present = t("{present} of {due} present", present=view.present, due=view.due)
        st.markdown(f"**{t('End the meeting?')}**　{present}")
        if view.due and not view.present:
            st.markdown(f":orange[:material/warning: {t('Nobody is ticked as present: the minutes will say that all were absent.')}]")
        st.markdown(t("The minutes are written and locked: nothing of this meeting can be changed afterwards."))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(t("End and lock"), type="primary", icon=":material/lock:", key=SAVE, on_click=_end, args=(view.id,))
            st.button(t("Not yet"), type="tertiary", key=LEAVE, on_click=close_form)
            if not view.decisions and not any(item.note for item in view.items):
                label = t("Nothing was decided: discard it")
                offer(
                    Act.HOLD_MEETING,
                    label,
                    type="tertiary",
                    icon=":material/delete:",
                    key="meeting_discard",
                    on_click=_discard,
                    args=(view.id,),
                )
            st.markdown(f":small[:gray[{t('Enter ends it, Esc goes back')}]]", width="content")


def _discard(meeting_id: int) -> None:
    done = in_bin(t("The meeting was discarded."))
    if action(lambda session: meetings.discard_meeting(session, meeting_id, **stamp()), done=done).ok:
        close_form()


def _end(meeting_id: int) -> None:
    if action(lambda session: meetings.end_meeting(session, meeting_id, today=clock.today(), **stamp())).ok:
        close_form()
