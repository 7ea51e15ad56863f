"""Names of those who were visited: behind a click that is logged, at this computer only, and gone again after ten minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import PHONE_HEADER, TIME_ZONE
from unionboard.errors.care import NamesNotYours
from unionboard.services import private_names
from unionboard.ui.actions import action
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.identity import acting_who
from unionboard.ui.text import t

_SHOWN = "care_names"
_WATCH_S = 5


@dataclass(frozen=True, slots=True)
class _Shown:
    """Names by visit, for one person, until a moment (UTC, exclusive)."""

    names: dict[int, str]
    who: str
    until: datetime


def is_here() -> bool:
    """Whether this page is looked at on the computer the program runs on, by whoever sits there: not through the phones' door, nor from
    another address, nor on the big screen."""
    is_elsewhere = isinstance(st.context.ip_address, str)  # None: this computer
    is_for_all = st.query_params.get("screen") == "big"
    return PHONE_HEADER not in st.context.headers and not is_elsewhere and not is_for_all


def shown_names() -> dict[int, str] | None:
    """Names by visit while they may be seen; None: they are hidden. What has expired is forgotten."""
    shown: _Shown | None = st.session_state.get(_SHOWN)
    if shown is None:
        return None
    if clock.now_utc() >= shown.until or shown.who != acting_who() or not is_here():
        hide_names()
        return None
    return shown.names


def hide_names() -> None:
    """Forget the names; for callbacks too."""
    st.session_state.pop(_SHOWN, None)


def show_lock(visit_ids: Sequence[int]) -> None:
    """The way to the names of these visits, or what stands in it; while they are shown, until when, and the way to hide them."""
    if shown_names() is not None:
        until: datetime = st.session_state[_SHOWN].until
        text = t("Names are shown until {time}", time=f"{until.astimezone(ZoneInfo(TIME_ZONE)):%H:%M}")
        st.markdown(f":orange[:material/visibility: {text}]", width="content")
        st.button(t("Hide names"), icon=":material/visibility_off:", key="hide_names", on_click=hide_names)
        watch_expiry(lambda: shown_names() is not None)
    elif not is_here():
        st.markdown(f":small[:gray[:material/lock: {t('Names are shown on the computer the program runs on only.')}]]", width="content")
    else:
        with db.reading() as session:
            may_read = private_names.may_read_names(session, acting_who())
        st.button(
            t("Show names"),
            icon=":material/lock_open:" if may_read else ":material/lock:",
            help=t("For the chair and the treasurer. That you looked is written down; after ten minutes names hide again."),
            key="show_names",
            on_click=_reveal,
            args=(list(visit_ids),),
        )


def tell_last_look() -> None:
    """Who asked for names last, for everybody to see."""
    with db.reading() as session:
        look = private_names.last_look(session)
    if look is not None:
        told = t("Names were last shown to {who}, {moment}.", who=tell_who(look.who), moment=tell_moment(look.at_utc))
        st.markdown(f":small[:gray[{told}]]")


def _reveal(visit_ids: list[int]) -> None:
    who, now_utc = acting_who(), clock.now_utc()

    def change(session: Session) -> dict[int, str]:
        if not is_here():
            raise NamesNotYours
        return private_names.reveal(session, visit_ids, who=who, now_utc=now_utc)

    outcome = action(change)
    if outcome.ok and outcome.value is not None:
        st.session_state[_SHOWN] = _Shown(outcome.value, who, now_utc + private_names.SHOWN_FOR)


@st.fragment(run_every=_WATCH_S)
def watch_expiry(is_shown: Callable[[], bool]) -> None:
    """Draws nothing: when what ``is_shown`` may be seen no longer the page is drawn anew, without it."""
    if not is_shown():
        st.rerun()
