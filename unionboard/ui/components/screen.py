"""How much room the browser gives us. Pixel-exact charts need it; it costs one extra run when a page is first shown."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

PHONE_BELOW = 700
_DESK, _PHONE = (1680, 200, 1920, 1080), (358, 200, 390, 844)
_component = st.components.v2.component("unionboard_screen", js=(Path(__file__).parent / "screen.js").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Screen:
    """Pixels: ``width`` of the content, ``top`` of what follows on the page, ``height`` of the window; and whether that is a phone's."""

    width: int
    top: int
    height: int
    is_phone: bool


def measure_screen(key: str = "screen") -> Screen:
    """The room below this call; views that begin at different heights on one page need different keys.

    Before the browser has answered: as it last was, else a guess from the kind of browser."""
    answer = _component(key=key, data=None, on_room_change=lambda: None, height="content")
    if answer.room:
        st.session_state[f"{key}_room"] = tuple(answer.room)
    is_mobile = "Mobile" in (st.context.headers.get("User-Agent") or "")
    width, top, window, height = st.session_state.get(f"{key}_room", _PHONE if is_mobile else _DESK)
    return Screen(width, top, height, is_phone=window < PHONE_BELOW)
