"""The year as rows below their months, for desk and phone alike: drawn in the browser, folded there, one click opens an activity."""

from collections.abc import Callable, Collection
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import UNPACK_JS

_KEY = "year_timeline"
_HERE = Path(__file__).parent
_PARTS = ("shapes.js", "year_timeline.js", "year_timeline_rows.js", "year_timeline_head.js", "year_timeline_tip.js")
_timeline = st.components.v2.component(
    "unionboard_year_timeline",
    html='<div class="timeline"></div><div class="tip" aria-hidden="true" hidden></div>',
    css=(_HERE / "year_timeline.css").read_text(encoding="utf-8"),
    js="\n".join([UNPACK_JS, *((_HERE / part).read_text(encoding="utf-8") for part in _PARTS)]),
)


def show_year_timeline(data: bytes, *, on_open: Callable[[int], None], on_unfold: Callable[[Collection[str]], None]) -> None:
    """Draw ``data`` (packed, of ``timeline.write_timeline``) down to the window's foot. ``on_open`` gets the id of an activity clicked,
    once a click; ``on_unfold`` the keys of all unfolded groups when rows of one are missing. Both before the page runs again."""

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    def unfolded() -> None:
        keys = st.session_state[_KEY].unfolded
        if keys is not None:
            on_unfold([str(key) for key in keys])

    _timeline(key=_KEY, data=data, on_opened_change=opened, on_unfolded_change=unfolded, height="content")
