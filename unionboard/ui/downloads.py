"""Files that leave: made when the button is pressed, for whoever may have them, and every one is written into the change log first."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.permissions import SignedOut
from unionboard.services.exports import Export, record_export
from unionboard.services.guard import Actor, actor_of, bind_actor
from unionboard.services.permissions import Act
from unionboard.services.private_names import may_read_names
from unionboard.ui import identity

Make = Callable[[], bytes]
T = TypeVar("T")


def may_export(*, names: bool = False) -> bool:
    """Whether whoever looks may take files out; with ``names`` those that name whom the union visited, which takes the unlock."""
    if not names:
        return identity.may(Act.EXPORT)
    if not (identity.may(Act.EXPORT_NAMES) and identity.is_unlocked()):
        return False
    with db.reading() as session:
        return may_read_names(session, identity.acting_who())


def offer_file(
    label: str, make: Make, *, what: Export, file_name: str, key: str, mime: str | None = None, names: bool = False, **look: Any
) -> None:
    """A button that saves what ``make`` gives; nothing is drawn for whoever may not have it. ``look``: as of ``st.download_button``.

    ``make`` is called outside the session, in a thread of its own: it takes its language along and asks nothing of the page. Whether the
    file may still be had is asked again at that moment, and what ``make`` reads it reads with the rights of whoever asked.
    """
    if not may_export(names=names):
        return
    who = identity.acting_who()

    def take_note(session: Session) -> Actor | None:
        record_export(session, what, names=names, who=who, now_utc=clock.now_utc())
        return actor_of(session)

    note = as_whoever_looks(take_note)

    def give() -> bytes:
        with db.acting(note()):
            return make()

    st.download_button(label, give, file_name=file_name, mime=mime, on_click="ignore", key=key, **look)


def as_whoever_looks(change: Callable[[Session], T]) -> Callable[[], T]:
    """``change`` for later, outside this run, in a transaction of its own and as whoever looks now; who that is by then is asked again.

    What is given back raises SignedOut, and whatever ``change`` raises.
    """
    look_up, actor_now = identity.remember(), identity.current_actor()

    def run() -> T:
        with db.acting(actor_now), db.writing() as session:  # for the union they are of
            actor = look_up(session)
            if actor is None:
                raise SignedOut
            bind_actor(session, actor)
            return change(session)

    return run
