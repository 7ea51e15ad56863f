"""One button = one action = one transaction. Refusals and successes become notices that the next drawing of the page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from unionboard import db
from unionboard.config import LOCAL_USER
from unionboard.errors import Refusal
from unionboard.ui.refusals import tell
from unionboard.ui.text import t

__all__ = ["LOCAL_USER", "Outcome", "action", "refuse", "report", "show_notices"]

_REFUSED = "notice_refused"
_DONE = "notice_done"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an action gave; ``ok`` is False when it was refused (the sentence is already waiting to be shown)."""

    ok: bool
    value: T | None = None


def action(change: Callable[[Session], T], *, done: str = "", close: bool = False) -> Outcome[T]:
    """Run ``change`` in one transaction, for use inside ``on_click`` callbacks.

    A Refusal rolls everything back and is shown as one sentence. ``done`` (translated) is shown as a toast on success;
    ``close=True`` ends an open drawer and redraws the whole page.
    """
    try:
        with db.writing() as session:
            value = change(session)
    except Refusal as refusal:
        refuse(tell(refusal))
        return Outcome(ok=False)
    except OperationalError:
        refuse(t("Somebody else is saving at this moment. Nothing was changed; try again."))
        return Outcome(ok=False)
    if done:
        st.session_state[_DONE] = done
    if close:
        st.rerun()
    return Outcome(ok=True, value=value)


def refuse(sentence: str) -> None:
    """Keep a (translated) sentence to be shown by the next ``show_notices``."""
    st.session_state[_REFUSED] = sentence


def report(sentence: str) -> None:
    """Keep a (translated) sentence about what was done, for the next ``show_notices``; for sentences that need the outcome."""
    st.session_state[_DONE] = sentence


def show_notices() -> None:
    """Show what the last action left to say. Called once at the top of a page and once at the top of a drawer."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        with st.container(key="refused"):  # frame.css keeps it in sight: the button pressed may stand far below
            st.error(refused, icon=":material/block:")
    done = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check_circle:")
