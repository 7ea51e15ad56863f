"""The colours of the mode this browser shows."""

import streamlit as st

from unionboard.charts.theme import Palette, choose_palette


def current_palette() -> Palette:
    """Light or dark, as the browser last reported (light until it has)."""
    return choose_palette(is_dark=st.context.theme.type == "dark")
