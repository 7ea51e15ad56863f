"""The lock before personal fields: opened for ten minutes with the account's password, without accounts by one click; both are logged."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.config import TIME_ZONE
from unionboard.errors.permissions import SignedOut
from unionboard.services import sign_ins
from unionboard.services.guard import actor_of
from unionboard.services.permissions import Act
from unionboard.services.unlocking import unlock_here
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.text import t

_WATCH_S = 5


def show_unlock(key: str) -> bool:
    """The way to open personal fields, or until when they are open and the way to close them; whether they are open.

    Draws nothing for whoever may not see them, nor where others look on. ``key``: a page and its drawer may both show it.
    """
    if not identity.may(Act.SEE_NAMES):
        return False
    until = identity.unlocked_until()
    if until is None:
        _show_closed(key)
        return False
    with st.container(horizontal=True, vertical_alignment="center", key=f"unlocked_{key}"):
        words = t("Personal details are open until {time}", time=f"{until.astimezone(ZoneInfo(TIME_ZONE)):%H:%M}")
        st.markdown(f":orange[:material/lock_open: {words}]", width="content")
        st.button(t("Lock again"), icon=":material/lock:", type="tertiary", key=f"lock_{key}", on_click=lock)
    _watch_expiry()
    return True


def lock() -> None:
    """Close personal fields before their time; for callbacks."""
    sign_in_id = identity.current_actor().sign_in_id
    if sign_in_id is not None:
        action(lambda session: sign_ins.lock(session, sign_in_id, now_utc=clock.now_utc()))
    identity.open_until(None)


def _show_closed(key: str) -> None:
    told = t("Opened for ten minutes; that you opened them is written down.")
    if not identity.is_signed_in():
        st.button(t("Unlock personal details"), icon=":material/lock:", help=told, key=f"unlock_{key}", on_click=_unlock_here)
        return
    with st.popover(t("Unlock personal details"), icon=":material/lock:", key=f"unlock_{key}"):
        with st.form(f"unlock_form_{key}", border=False, clear_on_submit=True):
            st.text_input(t("Your password"), type="password", max_chars=200, autocomplete="current-password", key=f"unlock_password_{key}")
            st.form_submit_button(t("Unlock"), type="primary", key=f"unlock_send_{key}", on_click=_unlock, args=(key,))
        st.markdown(f":small[:gray[{told}]]")


def _unlock(key: str) -> None:
    password = str(st.session_state.get(f"unlock_password_{key}") or "")

    def change(session: Session) -> datetime:
        actor = actor_of(session)
        if actor is None or actor.sign_in_id is None:
            raise SignedOut
        return sign_ins.unlock(session, actor.sign_in_id, password, now_utc=clock.now_utc())

    action(change)
    identity.forget()


def _unlock_here() -> None:
    outcome = action(lambda session: unlock_here(session, who=identity.acting_who(), now_utc=clock.now_utc()))
    if outcome.ok:
        identity.open_until(outcome.value)


@st.fragment(run_every=_WATCH_S)
def _watch_expiry() -> None:
    """Draws nothing: when the ten minutes are over the page is drawn anew, without what was open."""
    if not identity.is_unlocked():
        st.rerun()
