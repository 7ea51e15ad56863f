"""The fund's cards: figures drawn in the browser, so that a run sends their facts and nothing else, and a first tap is enough."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_fund_cards",
    html='<div class="cards"></div>',
    css=(_here / "fund_cards.css").read_text(encoding="utf-8"),
    js="".join((_here / name).read_text(encoding="utf-8") for name in ("shapes.js", "icons.js", "fund_cards.js")),
)


def show_fund_cards(data: Mapping[str, Any], *, key: str, on_choose: Callable[[str, Any], None]) -> None:
    """Draw ``data`` (of ``ui.fund.overview``). ``on_choose`` gets what a pressed figure stands for, ``("item", code)``,
    ``("month", number)`` …, before the page runs again."""

    def chosen() -> None:
        choice = st.session_state[key].chosen
        if choice:
            kind, value = choice
            on_choose(str(kind), value)

    _component(key=key, data=write_json(data), on_chosen_change=chosen, height="content")
