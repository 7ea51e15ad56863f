"""The budget as one table: a row an item under the headings of the chart, its sources unfolded on wish, figures that lead to what is behind
them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

_KEY = "budget_table"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_budget_table",
    html='<div class="budget"></div>',
    css=(_here / "budget_table.css").read_text(encoding="utf-8"),
    js=(_here / "budget_table.js").read_text(encoding="utf-8"),
)


def show_budget_table(data: Mapping[str, Any], *, on_ask: Callable[[str, str, str], None]) -> None:
    """Draw ``data`` (of ``ui.fund.budget_rows``). ``on_ask`` gets a pressed figure's column, item and source ("" for none), before the page
    runs again."""

    def asked() -> None:
        chosen = st.session_state[_KEY].asked
        if chosen:
            column, item, source = chosen
            on_ask(str(column), str(item), str(source))

    _component(key=_KEY, data=write_json(data), on_asked_change=asked, height="content")
