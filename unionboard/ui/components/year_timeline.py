"""The year as rows below their months, for desk and phone alike: drawn in the browser, folded there, one click opens an activity."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_KEY = "year_timeline"
_HERE = Path(__file__).parent
_PARTS = ("shapes.js", "year_timeline.js", "year_timeline_rows.js", "year_timeline_head.js", "year_timeline_tip.js")
_timeline = st.components.v2.component(
    "unionboard_year_timeline",
    html='<div class="timeline"></div><div class="tip" aria-hidden="true" hidden></div>',
    css=(_HERE / "year_timeline.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / part).read_text(encoding="utf-8") for part in _PARTS),
)


def show_year_timeline(data: Mapping[str, Any], *, on_open: Callable[[int], None]) -> None:
    """Draw ``data`` (of ``timeline.write_timeline``) down to the window's foot. ``on_open`` gets the id of an activity clicked, once
    a click, before the page runs again."""

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    _timeline(key=_KEY, data=dict(data), on_opened_change=opened, height="content")
