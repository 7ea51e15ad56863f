"""The frame of the two panes: source or outline left, grid right, and the bar at the foot that is always in sight."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from unionboard.ui.components.screen import measure_screen

_AROUND = 222  # pixels: the panes' heads above them, the bar at the foot and the air between
_PHONE_HEIGHT = 420
_LEAST_HEIGHT = 360


def pane_height(key: str) -> int:
    """Pixels that fit between here and the bar at the foot; ``key`` names the view."""
    screen = measure_screen(key)
    return _PHONE_HEIGHT if screen.is_phone else max(_LEAST_HEIGHT, screen.height - screen.top - _AROUND)


@contextmanager
def head_of_pane(key: str) -> Iterator[None]:
    """One line above a pane, equally high on both sides."""
    with st.container(horizontal=True, vertical_alignment="center", key=key, gap="small", height=40, border=False):
        yield


@contextmanager
def foot(key: str) -> Iterator[None]:
    """The bar at the foot of the window, as wide as the page."""
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key=key, width=1680),
    ):
        yield
