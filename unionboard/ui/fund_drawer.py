"""The fund's drawers: one is remembered as open at a time and drawn at the end of the page, until it is saved or closed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from unionboard.ui.actions import show_notices
from unionboard.ui.text import t

OPEN_KEY = "fund_drawer"
FORM_PREFIX = "drawer_"
"""Keys of all fields in these drawers start so: a drawer opens with empty fields."""
WIDTH = 520


def open_drawer(name: str, subject: int | None = None, /, **typed: Any) -> None:
    """Remember the drawer to open, for ``on_click`` callbacks. ``typed`` fills fields by the rest of their keys."""
    for key in [key for key in st.session_state if str(key).startswith(FORM_PREFIX)]:
        del st.session_state[key]
    for field, value in typed.items():
        st.session_state[FORM_PREFIX + field] = value
    st.session_state[OPEN_KEY] = (name, subject)


def close_drawer() -> None:
    """Forget the open drawer; the next full run draws the page without it."""
    st.session_state.pop(OPEN_KEY, None)


def show_drawer(drawers: dict[str, tuple[str, Callable[[int | None], None]]]) -> None:
    """Open the remembered one of ``drawers`` (name -> title and drawing function). Called once, at the end of the page."""
    name, subject = st.session_state.get(OPEN_KEY, (None, None))
    if name in drawers:
        title, draw = drawers[name]
        st.dialog(title, position="right", width=WIDTH, on_dismiss=close_drawer)(_show)(draw, subject)


def _show(draw: Callable[[int | None], None], subject: int | None) -> None:
    show_notices()
    draw(subject)


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
