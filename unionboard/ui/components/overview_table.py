"""A table whose cells can be shaded by a share and opened: the unions by month, and the figures they handed in. Cards on a phone."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import UNPACK_JS, pack

_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_overview_table",
    html='<div class="overview"></div>',
    css=(_here / "overview_table.css").read_text(encoding="utf-8"),
    js=UNPACK_JS + (_here / "overview_table.js").read_text(encoding="utf-8"),
)
Cell = Mapping[str, Any]
"""``text``; ``note`` below it, ``tone`` of the note (late, done, near, muted); ``share`` shades it (0 to 100), ``bar`` draws one; ``open``:
what a click tells; ``label``: the whole of it as a screen reader says it."""


def write_table(caption: str, columns: Sequence[Mapping[str, str]], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The table packed. A column has ``name`` and ``kind`` (name, month, number, text), a row ``cells``, or ``heading`` alone."""
    return pack({"caption": caption, "columns": list(columns), "rows": list(rows)})


def show_overview_table(data: bytes, *, key: str, on_open: Callable[[str], None]) -> None:
    """Draw ``data``; ``on_open`` gets what the pressed cell opens before the page runs again."""

    def opened() -> None:
        chosen = st.session_state[key].opened
        if chosen is not None:
            on_open(str(chosen))

    _component(key=key, data=data, on_opened_change=opened, height="content")
