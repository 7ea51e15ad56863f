"""Keys and clicker of the meeting: each key presses a button that stands on the page, so that everything has one way to be done."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import write_json
from unionboard.ui.text import t

DARK_KEY = "b"  # the third key of most clickers
_component = st.components.v2.component(
    "unionboard_meeting_keys", js=(Path(__file__).parent / "meeting_keys.js").read_text(encoding="utf-8")
)


def listen_to_keys(keys: Mapping[str, str], *, typed: Mapping[str, str], focus: str = "") -> None:
    """``keys``: the key of a button by the name browsers give a pressed key ("PageDown", "1", " "); they rest while somebody types in a
    field, where only those of ``typed`` ("Enter", "Escape") count. ``focus``: the key of the widget that gets the focus, once.

    A key whose button is not there waits a second for it; then, or when the button is disabled, it does nothing.
    """
    data = {"keys": dict(keys), "typed": dict(typed), "focus": focus, "dark": DARK_KEY, "added": t("New: ")}
    _component(key="meeting_keys", data=write_json(data), height="content")
