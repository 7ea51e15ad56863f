"""The timeline for a phone: a list by month. Plotly loses the first tap on a touch screen, and a year is too wide for one anyway."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_KEY = "phone_timeline"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_phone_timeline",
    html='<div id="months"></div>',
    css=(_here / "phone_timeline.css").read_text(encoding="utf-8"),
    js=(_here / "phone_timeline.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """An activity: its plain text, and its status as a colour's name, a shape and a word."""

    id: int
    title: str
    detail: str
    status: str
    colour: str
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class PhoneMonth:
    """A month's heading with its share ("3/5"), and its rows."""

    name: str
    share: str
    now: bool
    rows: tuple[PhoneRow, ...]


def show_phone_timeline(months: list[PhoneMonth], *, on_open: Callable[[int], None]) -> None:
    """Draw the list; a tap calls ``on_open`` with the activity's id before the page runs again."""

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen is not None:
            on_open(int(chosen))

    _component(key=_KEY, data={"months": [asdict(month) for month in months]}, on_opened_change=opened)
