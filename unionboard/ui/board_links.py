"""Where the board leads: every number that can be asked “which?” names a page and its filter."""

from urllib.parse import urlencode

import streamlit as st

from unionboard.reference import work_areas
from unionboard.services.timeline_choice import AREA

WENT_KEY = "board_went"
BIG = "big"
_LINKS: dict[str, tuple[str, dict[str, str]]] = {
    "all": ("checkoffs", {"show": "all"}),
    "late": ("checkoffs", {"show": "late"}),
    "coverage": ("checkoffs", {"show": "coverage"}),
    "fund": ("fund", {}),
    "meeting": ("meeting", {}),
    "big_meeting": ("meeting", {"screen": BIG}),
    "big": ("board", {"screen": BIG}),
    "desk": ("board", {}),
} | {f"area_{code}": ("timeline", {"in": f"{AREA}{code}"}) for code in work_areas()}


def is_big() -> bool:
    """Whether the address asks for the meeting room's screen."""
    return st.query_params.get("screen") == BIG


def link(name: str) -> dict[str, str]:
    """For the component: the link's name for a click, and the address for a new tab."""
    page, query = _LINKS[name]
    path = "/" if page == "board" else f"/{page}"
    return {"go": name, "href": f"{path}?{urlencode(query)}" if query else path}


def go(name: str) -> None:
    """For callbacks: remember where to go; ``follow`` does it when the page runs."""
    st.session_state[WENT_KEY] = name


def follow() -> None:
    """Go where a click pointed. Called once at the top of the page, since callbacks cannot change pages."""
    name = st.session_state.pop(WENT_KEY, None)
    if name in _LINKS:
        page, query = _LINKS[name]
        st.switch_page(f"pages/{page}.py", query_params=query)
