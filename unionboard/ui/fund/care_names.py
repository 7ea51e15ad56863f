"""Names of those who were visited: behind a click that is logged, where nobody looks on, and gone again after ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import TIME_ZONE
from unionboard.services import private_names
from unionboard.ui import identity
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.private_sight import offer_sight, watch_expiry
from unionboard.ui.text import t

_SHOWN = "care_names"


@dataclass(frozen=True, slots=True)
class _Shown:
    """Names by visit, for one person."""

    names: dict[int, str]
    who: str


def shown_names() -> dict[int, str] | None:
    """Names by visit while they may be seen; None: they are hidden. What has expired is forgotten."""
    shown: _Shown | None = st.session_state.get(_SHOWN)
    if shown is None:
        return None
    if not identity.is_unlocked() or shown.who != identity.acting_who() or not identity.is_here():
        hide_names()
        return None
    return shown.names


def hide_names() -> None:
    """Forget the names; for callbacks too."""
    st.session_state.pop(_SHOWN, None)


def show_lock(visit_ids: Sequence[int]) -> None:
    """The way to the names of these visits, or what stands in it; while they are shown, until when, and the way to hide them."""
    until = identity.unlocked_until()
    if shown_names() is None or until is None:
        offer_sight(t("Show names"), key="show_names", reveal=partial(_reveal, visit_ids), keep=_keep)
        return
    text = t("Names are shown until {time}", time=f"{until.astimezone(ZoneInfo(TIME_ZONE)):%H:%M}")
    st.markdown(f":orange[:material/visibility: {text}]", width="content")
    st.button(t("Hide names"), icon=":material/visibility_off:", key="hide_names", on_click=hide_names)
    watch_expiry(lambda: shown_names() is not None)


def tell_last_look() -> None:
    """Who asked for names last, for everybody to see."""
    with db.reading() as session:
        look = private_names.last_look(session)
    if look is not None:
        told = t("Names were last shown to {who}, {moment}.", who=tell_who(look.who), moment=tell_moment(look.at_utc))
        st.markdown(f":small[:gray[{told}]]")


def _reveal(visit_ids: Sequence[int], session: Session) -> dict[int, str]:
    return private_names.reveal(session, visit_ids, who=identity.acting_who(), now_utc=clock.now_utc())


def _keep(names: dict[int, str]) -> None:
    st.session_state[_SHOWN] = _Shown(names, identity.acting_who())
