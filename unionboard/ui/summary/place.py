"""Where somebody is on the summary's page: which draft, which part of it, which sentence and figure."""

from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.ui.components.paper import Pick
from unionboard.ui.identity import acting_who

BLOCK, SENTENCE, FIGURE, FOCUS, PAPER = (f"summary_{name}" for name in ("block", "sentence", "figure", "focus", "paper_too"))
TITLE = "title"
"""Stands for the title where blocks are chosen by their keys."""


def pick(picked: Pick) -> None:
    """Choose what was clicked on the paper; it stays where it is."""
    st.session_state[BLOCK], st.session_state[SENTENCE], st.session_state[FIGURE] = picked.key, picked.n, picked.figure


def turn_to(key: str, sentence: int | None = None) -> None:
    """Choose a part, or a sentence of it, and scroll the paper there; for callbacks."""
    pick(Pick(key, sentence))
    st.session_state[FOCUS] = st.session_state.get(FOCUS, 0) + 1


def picked() -> Pick:
    """What is chosen now; sentence and figure may be gone since."""
    state = st.session_state
    return Pick(str(state.get(BLOCK, TITLE)), state.get(SENTENCE), state.get(FIGURE))


def stamp() -> dict[str, Any]:
    """Who writes, and when."""
    return {"who": acting_who(), "now_utc": clock.now_utc()}
