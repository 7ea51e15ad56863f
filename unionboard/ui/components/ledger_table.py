"""A page of the ledger that people and screen readers can read: real rows and cells, cards on a phone, one click opens a line."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

_KEY = "ledger_table"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_ledger_table",
    html='<div class="ledger"></div>',
    css=(_here / "ledger_table.css").read_text(encoding="utf-8"),
    js=(_here / "shapes.js").read_text(encoding="utf-8") + (_here / "ledger_table.js").read_text(encoding="utf-8"),
)


def show_ledger_table(data: Mapping[str, Any], *, on_open: Callable[[int], None], on_turn: Callable[[int], None]) -> None:
    """Draw ``data`` (of ``ui.fund.ledger``). ``on_open`` gets the id of an entry, ``on_turn`` the number of a page (from 0), both before
    the page runs again."""

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    def turned() -> None:
        page = st.session_state[_KEY].turned
        if page is not None:
            on_turn(int(page))

    _component(key=_KEY, data=write_json(data), on_opened_change=opened, on_turned_change=turned, height="content")
