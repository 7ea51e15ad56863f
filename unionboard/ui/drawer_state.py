"""Which activity's drawer is open, and what it shows: the address says the activity, the session the rest.

A drawer has panels: what is known is read first, each change is asked for in a panel of its own. What a panel was opened on is pinned: what
others save in the meantime is redrawn behind the typed text, but must not pass for what the person saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import streamlit as st

ADDRESS = "activity"
_PLACE, _PINNED, _CONFLICT = "drawer_place", "drawer_pinned", "drawer_conflict"


class Panel(StrEnum):
    READ = "read"
    REPORT = "report"
    EDIT = "edit"
    POSTPONE = "postpone"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Place:
    """What the drawer shows. ``entrance``: the panel it was opened on, behind which there is no way back but out.

    Of a report: ``record_id`` is the check-off being completed (None: a new one), ``turn_id`` the turn it is for.
    """

    activity_id: int
    panel: Panel = Panel.READ
    entrance: Panel = Panel.READ
    record_id: int | None = None
    turn_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the person saw when the panel opened: a row's version and the values of the fields that can be changed there."""

    version: int
    values: Mapping[str, Any]


def opened_activity() -> int | None:
    """The activity whose drawer the address asks for."""
    wish = st.query_params.get(ADDRESS, "")
    return int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else None  # longer ones no database can look for


def open_activity(
    activity_id: int, panel: Panel = Panel.READ, *, record_id: int | None = None, turn_id: int | None = None, entrance: Panel | None = None
) -> None:
    """Open the drawer of an activity, or another panel of the open one; for ``on_click`` callbacks and clicks on charts."""
    st.query_params[ADDRESS] = str(activity_id)
    st.session_state[_PLACE] = Place(activity_id, panel, entrance or panel, record_id, turn_id)
    forget_typed()


def close_activity() -> None:
    """Close the drawer; the next full run draws the page without it."""
    st.query_params.pop(ADDRESS, None)
    st.session_state.pop(_PLACE, None)
    forget_typed()


def current_place(activity_id: int) -> Place:
    """What the drawer of an activity shows; a link from elsewhere shows what is known."""
    place = st.session_state.get(_PLACE)
    return place if isinstance(place, Place) and place.activity_id == activity_id else Place(activity_id)


def show_panel(activity_id: int, panel: Panel, record_id: int | None = None, turn_id: int | None = None) -> None:
    """Go to another panel of the open drawer. For callbacks: draws the drawer anew, since only what asks nothing closes by itself."""
    open_activity(activity_id, panel, record_id=record_id, turn_id=turn_id, entrance=current_place(activity_id).entrance)
    st.rerun()


def leave_panel(activity_id: int) -> None:
    """Back to what is known, or out when the drawer was opened on this panel. For callbacks: redraws the page behind the drawer."""
    place = current_place(activity_id)
    if place.panel is place.entrance:
        close_activity()
        st.rerun()
    show_panel(activity_id, Panel.READ)


def pin(version: int, values: Mapping[str, Any]) -> Pinned:
    """What the panel was opened on: the first that is told after it opened."""
    pinned: Pinned = st.session_state.setdefault(_PINNED, Pinned(version, dict(values)))
    return pinned


def pinned() -> Pinned:
    """What the open panel was opened on."""
    kept: Pinned = st.session_state[_PINNED]
    return kept


def forget_typed() -> None:
    """A panel begins afresh: nothing is pinned, nothing in dispute."""
    for key in (_PINNED, _CONFLICT):
        st.session_state.pop(key, None)


def note_conflict(conflict: object | None) -> None:
    """Remember (or with None forget) the two versions that the panel has to show."""
    st.session_state[_CONFLICT] = conflict


def noted_conflict() -> Any:
    """What ``note_conflict`` was told last in this panel."""
    return st.session_state.get(_CONFLICT)
