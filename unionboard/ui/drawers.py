"""The drawers of a page: one is remembered as open at a time and drawn at the end of the page, until it is saved or closed.

A press beside a drawer or the Escape key closes it as well as its cross does. What was typed into one of ``KEEPS_TYPING`` by then is laid
out again when the same is asked for next; cancelling and saving forget it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import streamlit as st

from unionboard.services.guard import not_yours
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import show_notices
from unionboard.ui.refusals import tell
from unionboard.ui.text import t

OPEN_KEY = "open_drawer"
FORM_PREFIX = "drawer_"
"""Keys of all fields in these drawers start so: a drawer opens with empty fields."""
WIDTH = 520
KEEPS_TYPING = frozenset({"entry", "claim_form", "budget", "budget_amend", "handout_form"})
"""Long forms; those of care visits are not among them, since they hold names."""
FORMS: Mapping[str, tuple[Act, ...]] = {
    "entry": (Act.KEEP_BOOKS,),
    "correction": (Act.KEEP_BOOKS,),
    "claim_form": (Act.HAND_IN_CLAIM,),
    "budget": (Act.PLAN_BUDGET,),
    "budget_adopt": (Act.ADOPT_BUDGET,),
    "budget_amend": (Act.PLAN_BUDGET,),
    "budget_decide": (Act.ADOPT_BUDGET,),
    "items": (Act.SET_FUND_RULES,),
    "item": (Act.SET_FUND_RULES,),
    "rule": (Act.SET_FUND_RULES,),
    "samples": (Act.SET_FUND_RULES,),
    "occasions": (Act.SET_FUND_RULES,),
    "visit": (Act.RECORD_CARE,),
    "visit_edit": (Act.RECORD_CARE,),
    "care_posting": (Act.KEEP_BOOKS, Act.HAND_IN_CLAIM),
    "care_forget": (Act.SEE_NAMES,),
    "handout_form": (Act.KEEP_BOOKS,),
    "finalise": (Act.FINALISE_SUMMARY,),
    "reopen": (Act.FINALISE_SUMMARY,),
    "own_form": (Act.WRITE_SUMMARY,),
}
"""Drawers that ask for something, and whose they are: any of the acts is enough, others are told so, whichever way they came."""
_BEGUN, _LEFT, _IS_BACK = "open_drawer_begun", "open_drawer_left", "open_drawer_is_back"
_NOT_COMPARED = frozenset({"handler", "approver", "booked_on"})  # what a form proposes, not what it is about


@dataclass(frozen=True, slots=True)
class _Left:
    """What a closed drawer was opened with, and what stood in its fields."""

    place: tuple[str, int | None]
    begun: Mapping[str, Any]
    typed: Mapping[str, Any]


def open_drawer(name: str, subject: int | None = None, /, **typed: Any) -> None:
    """Remember the drawer to open, for ``on_click`` callbacks. ``typed`` fills fields by the rest of their keys."""
    _lay_out(name, subject, typed)
    left = st.session_state.pop(_LEFT, None)
    if isinstance(left, _Left) and left.place == (name, subject) and _compared(left.begun) == _compared(typed):
        for field, value in left.typed.items():
            st.session_state[FORM_PREFIX + field] = value
        st.session_state[_IS_BACK] = [field for field, value in left.typed.items() if not isinstance(value, bool | Enum)]


def close_drawer() -> None:
    """Forget the open drawer; the next full run draws the page without it."""
    st.session_state.pop(OPEN_KEY, None)


def show_drawer(drawers: dict[str, tuple[str, Callable[[int | None], None]]]) -> None:
    """Open the remembered one of ``drawers`` (name -> title and drawing function). Called once, at the end of the page."""
    name, subject = st.session_state.get(OPEN_KEY, (None, None))
    if name in drawers:
        title, draw = drawers[name]
        st.dialog(title, position="right", width=WIDTH, on_dismiss=dismiss_drawer)(_show)(name, draw, subject)


def dismiss_drawer() -> None:
    """Close the drawer and keep what was typed into it, should the same be asked for next."""
    name, subject = st.session_state.get(OPEN_KEY, ("", None))
    begun = st.session_state.get(_BEGUN, {})
    fields = {str(key)[len(FORM_PREFIX) :]: value for key, value in st.session_state.items() if str(key).startswith(FORM_PREFIX)}
    typed = {field: value for field, value in fields.items() if value != begun.get(field) and _is_plain(value)}
    if name in KEEPS_TYPING and any(type(value) is str and value.strip() for value in typed.values()):  # beside what forms propose
        st.session_state[_LEFT] = _Left((name, subject), begun, typed)
    close_drawer()


def _lay_out(name: str, subject: int | None, typed: Mapping[str, Any]) -> None:
    for key in [key for key in st.session_state if str(key).startswith(FORM_PREFIX)]:
        del st.session_state[key]
    for field, value in typed.items():
        st.session_state[FORM_PREFIX + field] = list(value) if isinstance(value, list) else value
    st.session_state[OPEN_KEY] = (name, subject)
    st.session_state[_BEGUN] = dict(typed)
    st.session_state.pop(_IS_BACK, None)


def _compared(begun: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in begun.items() if field not in _NOT_COMPARED}


def _is_plain(value: object) -> bool:
    """Whether a field takes this value back: not of files, nor of what a form saw when it was opened."""
    return isinstance(value, str | int | date | None) or (isinstance(value, list) and bool(value) and isinstance(value[0], str | tuple))


def _show(name: str, draw: Callable[[int | None], None], subject: int | None) -> None:
    show_notices()
    acts = FORMS.get(name, ())
    if acts and not identity.may(*acts):
        st.markdown(tell(not_yours(*acts)))
        return
    if st.session_state.get(_IS_BACK):
        with st.container(horizontal=True, vertical_alignment="center", key="typed_before"):
            st.markdown(f":small[:gray[:material/history: {t('What you typed before is still here.')}]]", width="stretch")
            st.button(t("Start afresh"), type="tertiary", key="start_afresh", on_click=_start_afresh)
    draw(subject)


def _start_afresh() -> None:
    """Give every field what it was opened with: the browser keeps what stands in a field whose value is only forgotten here."""
    begun = st.session_state[_BEGUN]
    for field in st.session_state.pop(_IS_BACK):
        value = begun.get(field)
        st.session_state[FORM_PREFIX + field] = list(value) if isinstance(value, list) else value


def typed(field: str) -> str:
    """What stands in a text field, trimmed."""
    return str(st.session_state.get(FORM_PREFIX + field) or "").strip()


def show_buttons(label: str, on_save: Callable[..., None], *args: object) -> None:
    """Save, wide and primary, beside cancel."""
    with st.container(horizontal=True, wrap=False):
        st.button(label, type="primary", icon=":material/check:", width="stretch", key="go_drawer_save", on_click=on_save, args=args)
        st.button(t("Cancel"), key="close_drawer", on_click=leave_drawer)


def leave_drawer() -> None:
    """Close the drawer and redraw the page; for callbacks of the drawer's own buttons."""
    close_drawer()
    st.rerun()
