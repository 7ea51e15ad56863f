"""A month's calendar: Monday to Sunday where there is room, a list of days on a phone. Both stand in the page; CSS chooses."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import UNPACK_JS

_KEY = "month_calendar"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_month_calendar",
    html='<div class="calendar"></div>',
    css=(_here / "month_calendar.css").read_text(encoding="utf-8"),
    js=UNPACK_JS + (_here / "shapes.js").read_text(encoding="utf-8") + (_here / "month_calendar.js").read_text(encoding="utf-8"),
)


def show_month_calendar(data: bytes, *, on_open: Callable[[int], None], on_step: Callable[[int], None]) -> None:
    """Draw ``data`` (packed, of ``timeline_calendar.write_calendar``).

    ``on_open`` gets the id of an activity, ``on_step`` -1 or 1 for the month before or after, both before the page runs again.
    """

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    def stepped() -> None:
        step = st.session_state[_KEY].stepped
        if step is not None:
            on_step(int(step))

    _component(key=_KEY, data=data, on_opened_change=opened, on_stepped_change=stepped, height="content")
