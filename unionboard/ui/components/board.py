"""The board as one piece: figures, lists, cells and bars drawn in the browser, so that a run sends their facts and nothing else."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_KEY = "board_sheet"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_board",
    html='<div class="sheet"></div>',
    css=(_here / "board.css").read_text(encoding="utf-8") + (_here / "board_big.css").read_text(encoding="utf-8"),
    js="".join((_here / name).read_text(encoding="utf-8") for name in ("icons.js", "board_parts.js", "board.js")),
)


def show_board_component(facts: bytes, *, on_open: Callable[[int], None], on_go: Callable[[str], None]) -> None:
    """Draw ``facts``, which ``board_sheet`` writes as JSON.

    ``on_open`` gets the id of an activity, ``on_go`` the name of a link, both before the page runs again.
    """

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    def gone() -> None:
        chosen = st.session_state[_KEY].gone
        if chosen is not None:
            on_go(str(chosen))

    _component(key=_KEY, data=facts, on_opened_change=opened, on_gone_change=gone, height="content")
