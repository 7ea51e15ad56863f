"""How long a meeting has lasted; it runs on by itself."""

from datetime import datetime
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "unionboard_meeting_clock",
    html="<time></time>",
    css="time { font-family: var(--st-font); color: var(--st-text-color); font-variant-numeric: tabular-nums; }\n:host { display: block; }",
    js=(Path(__file__).parent / "meeting_clock.js").read_text(encoding="utf-8"),
)


def show_clock(since_utc: datetime, *, label: str) -> None:
    """Hours and minutes since then; ``label`` stands before them."""
    _component(key="meeting_clock", data={"since": int(since_utc.timestamp() * 1000), "label": label}, height="content", width="content")
