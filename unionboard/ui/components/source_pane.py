"""The source beside what was read from it: every line with its number and a word for what it became; one click shows its rows."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

_HERE = Path(__file__).parent
_pane = st.components.v2.component(
    "unionboard_source_pane",
    html='<div class="pane" role="listbox"></div>',
    css=(_HERE / "source_pane.css").read_text(encoding="utf-8"),
    js=(_HERE / "source_pane.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class PaneLine:
    """One line: ``mark`` is a sign and a word (✓ 活动 3 项); ``tone`` one of "", made, standing, out (struck through)."""

    id: int
    number: str
    text: str
    mark: str = ""
    tone: str = ""
    strong: bool = False


def show_source_pane(
    lines: Sequence[PaneLine], *, key: str, label: str, picked: int | None, on_pick: Callable[[int], None], height: int
) -> None:
    """Draw ``lines``; a click or Enter on one calls ``on_pick`` with its id before the next run."""

    def pick() -> None:
        value = _picked(st.session_state.get(key))
        if value is not None:
            on_pick(value)

    data = {"lines": [asdict(line) for line in lines], "picked": picked, "label": label, "height": height}
    _pane(key=key, data=write_json(data), on_picked_change=pick, height=height)


def _picked(state: Any) -> int | None:
    value = state.get("picked") if state else None
    return None if value is None else int(value)
