"""One button = one action = one transaction. Refusals and successes become notices that the next drawing of the page shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.services import condition, guard
from unionboard.services.backup_files import Safe
from unionboard.services.backup_schedule import back_up_before
from unionboard.ui import identity
from unionboard.ui.refusals import tell

__all__ = ["Outcome", "action", "refuse", "report", "show_notices", "telling_trouble"]

_REFUSED = "notice_refused"
_DONE = "notice_done"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an action gave; ``ok`` is False when it was refused (the sentence is already waiting to be shown, or is left to the caller)."""

    ok: bool
    value: T | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on from a refusal: a button below its sentence."""

    label: str
    on_click: Callable[..., None]
    args: tuple[object, ...] = ()


def action(
    change: Callable[[Session], T],
    *,
    done: str = "",
    close: bool = False,
    told_by_caller: tuple[type[Refusal], ...] = (),
    safe: Safe | None = None,
) -> Outcome[T]:
    """Run ``change`` in one transaction, for use inside ``on_click`` callbacks.

    Who acts is asked again within the transaction: whoever was signed out or lost a role a moment ago changes nothing.
    A Refusal, a busy database or a full disk rolls everything back and is shown as one sentence. ``done`` (translated) is shown as a
    toast on success; ``close=True`` ends an open drawer and redraws the whole page. Of refusals ``told_by_caller`` nothing is said here.
    ``safe``: a backup with that label is made before, unless the newest one holds the same; when it cannot be made nothing is done.
    """
    try:
        if safe:
            with db.reading() as session:
                actor = identity.require_actor(session)
            back_up_before(safe, now_utc=clock.now_utc(), actor=actor)
        with db.writing() as session:
            guard.bind_actor(session, identity.require_actor(session))
            value = change(session)
    except Refusal as refusal:
        if not isinstance(refusal, told_by_caller):
            refuse(tell(refusal))
        return Outcome(ok=False, refusal=refusal)
    except (DBAPIError, OSError) as error:
        _tell_trouble(error)
        return Outcome(ok=False)
    if done:
        st.session_state[_DONE] = done
    if close:
        st.rerun()
    return Outcome(ok=True, value=value)


@contextmanager
def telling_trouble() -> Iterator[None]:
    """For what is no one transaction: a refusal, a busy database or a full disk ends the block and is told as by ``action``."""
    try:
        yield
    except Refusal as refusal:
        refuse(tell(refusal))
    except (DBAPIError, OSError) as error:
        _tell_trouble(error)


def _tell_trouble(error: DBAPIError | OSError) -> None:
    """Raises: ``error`` itself when it is a fault of ours."""
    trouble = condition.explain(error)
    if trouble is None:
        raise error
    refuse(tell(trouble))


def refuse(sentence: str, offer: Offer | None = None) -> None:
    """Keep a (translated) sentence, and a way on from it, to be shown by the next ``show_notices``."""
    st.session_state[_REFUSED] = (sentence, offer)


def report(sentence: str) -> None:
    """Keep a (translated) sentence about what was done, for the next ``show_notices``; for sentences that need the outcome."""
    st.session_state[_DONE] = sentence


def show_notices() -> None:
    """Show what the last action left to say. Called once at the top of a page and once at the top of a drawer."""
    refused, offer = st.session_state.pop(_REFUSED, (None, None))
    if refused:
        with st.container(key="refused"):  # frame.css keeps it in sight: the button pressed may stand far below
            st.error(refused, icon=":material/block:")
            if offer:
                st.button(offer.label, icon=":material/arrow_forward:", key="take_offer", on_click=offer.on_click, args=offer.args)
    done = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check_circle:")
