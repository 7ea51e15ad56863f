"""Charts whose cells are activities: a click opens the drawer."""

import plotly.graph_objects as go
import streamlit as st

from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.text import language

CONFIG = {"displayModeBar": False}


def show_activity_chart(figure: go.Figure, *, name: str, spoken: str) -> None:
    """Draw a figure whose ``customdata`` are activity ids. ``spoken`` is what a screen reader says of it."""
    rounds = st.session_state.get(f"{name}_rounds", 0)
    key = f"{name}_{language()}_{rounds}"
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=lambda: _open_clicked(name, key),
        selection_mode="points",
        config=CONFIG,
        alt=spoken,
    )


def _open_clicked(name: str, key: str) -> None:
    """A new key after each click: Plotly would keep the selection and take the next click on the same cell as its end."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        clicked = points[0]["customdata"]
        open_activity(int(clicked[0] if isinstance(clicked, list) else clicked))
        st.session_state[f"{name}_rounds"] = st.session_state.get(f"{name}_rounds", 0) + 1
