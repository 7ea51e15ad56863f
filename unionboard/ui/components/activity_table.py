"""A table people and screen readers can read: real rows and cells, sorted by any column, cards on a phone."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import UNPACK_JS

_KEY = "activity_table"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_activity_table",
    html='<div class="list"></div>',
    css=(_here / "activity_table.css").read_text(encoding="utf-8"),
    js=UNPACK_JS + (_here / "shapes.js").read_text(encoding="utf-8") + (_here / "activity_table.js").read_text(encoding="utf-8"),
)


def show_activity_table(data: bytes, *, on_open: Callable[[int], None], on_sort: Callable[[str], None]) -> None:
    """Draw ``data`` (packed, of ``timeline_list.write_list``).

    ``on_open`` gets the id of an activity, ``on_sort`` a column's key ("-" before it: largest first; "" for the order given), both before
    the page runs again.
    """

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    def sorted_by() -> None:
        order = st.session_state[_KEY].sorted
        if order is not None:
            on_sort(str(order))

    _component(key=_KEY, data=data, on_opened_change=opened, on_sorted_change=sorted_by, height="content")
