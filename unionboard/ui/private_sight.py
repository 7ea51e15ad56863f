"""What is private is shown on a click that is logged: while personal fields are unlocked, which without accounts the same click does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.errors.permissions import Locked
from unionboard.services import guard
from unionboard.services.permissions import Act
from unionboard.services.unlocking import unlock_here
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.text import t
from unionboard.ui.unlock import show_unlock

T = TypeVar("T")
_WATCH_S = 5


def offer_sight(label: str, *, key: str, reveal: Callable[[Session], T], keep: Callable[[T], None]) -> None:
    """The way to something private, or what stands in it. ``reveal`` reads and logs it within a transaction, ``keep`` gets what it gave."""
    if not identity.is_here():
        _tell(t("Names are never shown on a phone or on the big screen."))
    elif not identity.may(Act.SEE_NAMES):
        _tell(t("Names are for the chair and the treasurer."))
    elif identity.is_signed_in() and not identity.is_unlocked():
        show_unlock(key)
    else:
        told = t("For the chair and the treasurer. That you looked is written down; after ten minutes names hide again.")
        st.button(label, icon=":material/lock_open:", help=told, key=key, on_click=_reveal, args=(reveal, keep))


def _tell(sentence: str) -> None:
    st.markdown(f":small[:gray[:material/lock: {sentence}]]", width="content")


def _reveal(reveal: Callable[[Session], T], keep: Callable[[T], None]) -> None:
    opened: list[datetime] = []

    def change(session: Session) -> T:
        if not identity.is_here():
            raise Locked
        actor = guard.actor_of(session)
        if actor is not None and actor.account_id is None and actor.unlocked_until_utc is None:
            opened.append(unlock_here(session, who=identity.acting_who(), now_utc=clock.now_utc()))
            guard.bind_actor(session, replace(actor, unlocked_until_utc=opened[0]))
        return reveal(session)

    outcome = action(change)
    if not outcome.ok:
        return
    if opened:
        identity.open_until(opened[0])
    keep(outcome.value)  # type: ignore[arg-type]


@st.fragment(run_every=_WATCH_S)
def watch_expiry(is_shown: Callable[[], bool]) -> None:
    """Draws nothing: when what ``is_shown`` may be seen no longer the page is drawn anew, without it."""
    if not is_shown():
        st.rerun()
