"""A photo as wide as its place, and over the whole window at a click: Streamlit's own full screen speaks English and needs a mouse."""

import base64
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_photo = st.components.v2.component(
    "unionboard_photo",
    css=(_HERE / "photo.css").read_text(encoding="utf-8"),
    js=(_HERE / "photo.js").read_text(encoding="utf-8"),
)


def show_photo(jpeg: bytes, *, name: str, enlarge: str, close: str, opened: int, key: str) -> None:
    """Draw the picture ``name``; ``enlarge`` and ``close`` are the (translated) names of what a click does.

    It fills the window at once when ``opened`` is higher than ever before in this browser tab. It travels with the page's own data: no
    address that others could open.
    """
    src = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    _photo(key=key, data={"src": src, "name": name, "enlarge": enlarge, "close": close, "opened": opened})
