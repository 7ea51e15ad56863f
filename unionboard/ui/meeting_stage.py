"""Where a session stands in the meeting: which screen, which item, which form. The item itself is the meeting's: all screens follow it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.services import meetings
from unionboard.services.meeting_views import ItemView, MeetingView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.identity import acting_who

SAVE, LEAVE = "meeting_save", "meeting_leave"  # the keys of every form's buttons
_ASIDE, _FORM = "meeting_aside", "meeting_form"


class Stage(StrEnum):
    OPENING = "opening"  # who is there, what will be gone through
    ITEM = "item"
    END = "end"


class FormKind(StrEnum):
    """What a form asks for; the names of decisions where it makes one."""

    DONE = "done"
    POSTPONED = "postponed"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"
    ADDED = "added"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form belongs to the item it was opened for, wherever the meeting has gone since. ``item_id`` is None on the closing screen."""

    kind: FormKind
    item_id: int | None

    @property
    def key(self) -> str:
        """The start of its widgets' keys."""
        return f"meeting_form_{self.kind}_{self.item_id or 0}"


def item_of(view: MeetingView) -> int | None:
    """The item the meeting is at; None before the first one."""
    item = view.items[view.current] if view.items else None
    return item.id if item and item.is_reached else None


def chosen_stage(view: MeetingView) -> Stage:
    """The screen of this session: opening and end may be looked at aside, until the meeting moves to another item."""
    form = current_form()
    if form and form.kind is FormKind.ENDING:
        return Stage.END  # the question is answered here, wherever the meeting has gone since
    stage, item_id = st.session_state.get(_ASIDE, (None, None))
    if stage is not None and item_id == item_of(view):
        return Stage(stage)
    return Stage.OPENING if item_of(view) is None else Stage.ITEM


def chosen_item(view: MeetingView) -> ItemView | None:
    """The item on this screen: the one whose form is open, else the meeting's."""
    form = current_form()
    wanted = form.item_id if form else item_of(view)
    return next((item for item in view.items if item.id == wanted), None)


def current_form() -> OpenForm | None:
    """The form that is open in this session."""
    form: OpenForm | None = st.session_state.get(_FORM)
    return form


def open_form(kind: FormKind, item_id: int | None) -> None:
    """For ``on_click``."""
    st.session_state[_FORM] = OpenForm(kind, item_id)


def close_form() -> None:
    """For ``on_click``, and after saving."""
    st.session_state.pop(_FORM, None)


def look_at(view: MeetingView, stage: Stage) -> None:
    """Show the opening or the end on this screen alone; ``Stage.ITEM`` goes back to the meeting's item. For ``on_click``."""
    st.session_state[_ASIDE] = (stage if stage is not Stage.ITEM else None, item_of(view))


def go_to(view: MeetingView, item_id: int) -> None:
    """Bring all screens to an item. For ``on_click``."""
    st.session_state.pop(_ASIDE, None)
    if item_id != item_of(view):
        action(lambda session: meetings.show_item(session, view.id, item_id, **stamp()))


def may_step(view: MeetingView, *, forward: bool) -> bool:
    """Whether whoever looks may go one screen on or back: to another point only those who hold the meeting bring all screens."""
    place = view.current + (1 if forward else -1)
    stage, is_begun = chosen_stage(view), item_of(view) is not None
    moves = (
        0 <= place < len(view.items) if stage is Stage.ITEM else not is_begun and (stage is Stage.OPENING) == forward and bool(view.items)
    )
    return not moves or identity.may(Act.HOLD_MEETING)


def step(view: MeetingView, *, forward: bool) -> None:
    """One screen on or back: opening, the items in their order, end. For ``on_click``."""
    ids = [item.id for item in view.items]
    stage = chosen_stage(view)
    if stage is Stage.ITEM:
        place = view.current + (1 if forward else -1)
        if 0 <= place < len(ids):
            go_to(view, ids[place])
        else:
            look_at(view, Stage.END if forward else Stage.OPENING)
    elif (stage is Stage.OPENING) == forward:
        if item_of(view) is not None:
            look_at(view, Stage.ITEM)
        elif ids:
            go_to(view, ids[0])
        else:
            look_at(view, Stage.END if forward else Stage.OPENING)


def stamp() -> dict[str, Any]:
    """Who changes something, and when, as services ask for it."""
    return {"who": acting_who(), "now_utc": clock.now_utc()}
