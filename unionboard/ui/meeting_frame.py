"""What every screen of a meeting has: where one is, how long it has lasted, the way on and back, and the keys."""

import streamlit as st

from unionboard.models import Plan
from unionboard.services.meeting_views import MeetingView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.board_links import BIG, is_big
from unionboard.ui.components.meeting_clock import show_clock
from unionboard.ui.components.meeting_keys import listen_to_keys
from unionboard.ui.meeting_end import ask_to_end
from unionboard.ui.meeting_forms import first_widget
from unionboard.ui.meeting_item import ACTION_KEYS
from unionboard.ui.meeting_opening import attendance_keys
from unionboard.ui.meeting_stage import LEAVE, SAVE, Stage, chosen_item, chosen_stage, current_form, look_at, may_step, step
from unionboard.ui.meeting_start import start_keys
from unionboard.ui.meeting_words import Speech, name_meeting
from unionboard.ui.progress import show_progress
from unionboard.ui.text import t

_ON = ("PageDown", "ArrowRight", " ")
_BACK = ("PageUp", "ArrowLeft")
_TYPED = {"Enter": SAVE, "Escape": LEAVE}


def show_bar(view: MeetingView) -> None:
    """The meeting, "3 / 14", its length; a bar for what was gone through."""
    stage, item, count = chosen_stage(view), chosen_item(view), len(view.items)
    reached = sum(item.is_reached for item in view.items)
    place = t("Opening") if stage is Stage.OPENING else t("Closing")
    if stage is Stage.ITEM and item:
        place = f"**{view.items.index(item) + 1}** / {count}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="meeting_bar"):
        st.markdown(f"**{name_meeting(view.number)}**", width="content")
        st.markdown(place, width="content")
        st.space("stretch")
        show_clock(view.started_at_utc, label=t("Running for"))
        _show_screen_switch()
    spoken = t("{reached} of {count} points gone through", reached=reached, count=count)
    show_progress(reached * 100 // count if count else 0, label=spoken)


def _show_screen_switch() -> None:
    """To the projector's size and back."""
    if is_big():
        st.button(
            t("Normal size"), icon=":material/close_fullscreen:", type="tertiary", key="meeting_screen", on_click=_resize, args=(False,)
        )
    else:
        st.button(t("Projector"), icon=":material/open_in_full:", type="tertiary", key="meeting_screen", on_click=_resize, args=(True,))


def _resize(big: bool) -> None:
    if big:
        st.query_params["screen"] = BIG
    else:
        st.query_params.pop("screen", None)


def show_foot(view: MeetingView, speech: Speech) -> None:
    """Back, what comes next, on: always in sight."""
    if current_form():
        return
    stage = chosen_stage(view)
    following = view.items[view.current + 1] if stage is Stage.ITEM and view.current + 1 < len(view.items) else None
    with st.bottom, st.container(horizontal=True, wrap=False, vertical_alignment="center", key="meeting_foot"):
        if stage is not Stage.OPENING and may_step(view, forward=False):
            st.button(t("Back"), icon=":material/arrow_back:", key="meeting_back", on_click=step, args=(view,), kwargs={"forward": False})
        if stage is not Stage.OPENING:
            st.button(
                t("Agenda"), icon=":material/list:", type="tertiary", key="meeting_to_opening", on_click=look_at, args=(view, Stage.OPENING)
            )
        if stage is not Stage.END:
            st.button(t("Closing"), icon=":material/flag:", type="tertiary", key="meeting_to_end", on_click=look_at, args=(view, Stage.END))
        st.space("stretch")
        if following:
            st.markdown(f":gray[{t('Next: {title}', title=speech.title(following))}]", width="content")
        if stage is Stage.END:
            ask_to_end()
        elif may_step(view, forward=True):
            on = {Stage.OPENING: t("First point") if not any(item.is_reached for item in view.items) else t("To the agenda")}
            label = on.get(stage) or (t("Next point") if following else t("Closing"))
            st.button(
                label,
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                key="meeting_next",
                on_click=step,
                args=(view,),
                kwargs={"forward": True},
            )


def hear_keys(plan: Plan, view: MeetingView | None) -> None:
    """The keys of the screen that is to be shown. Called before it is drawn, so that a key pressed early waits for its button."""
    form = current_form() if view else None
    if form:
        listen_to_keys(_TYPED, typed=_TYPED, focus=first_widget(form))
        return
    if view is None:
        listen_to_keys(start_keys(plan), typed={})
        return
    keys = dict.fromkeys(_ON, "meeting_next") | dict.fromkeys(_BACK, "meeting_back")
    if is_big():
        keys |= {"ArrowDown": "meeting_next", "ArrowUp": "meeting_back"}
    keys |= {"Home": "meeting_to_opening", "End": "meeting_to_end"}
    stage = chosen_stage(view)
    if not identity.may(Act.HOLD_MEETING):
        pass  # the keys that only lead from screen to screen
    elif stage is Stage.ITEM and chosen_item(view):
        keys |= ACTION_KEYS
    elif stage is Stage.OPENING:
        keys |= attendance_keys(view)
    else:
        keys |= {"e": "go_meeting_end"}
    listen_to_keys(keys, typed={})
