"""A bar with a mark for the time gone, which st.progress does not have."""

from html import escape

import streamlit as st


def show_progress(share_pct: int, *, label: str, mark_pct: int | None = None) -> None:
    """How much of something is used (clipped to 0-100), with an upright mark at ``mark_pct``. ``label`` is what a screen reader says."""
    used = min(100, max(0, share_pct))
    mark = "" if mark_pct is None else f'<i style="left:{min(100, max(0, mark_pct))}%"></i>'
    st.html(f'<div class="ub-progress" role="img" aria-label="{escape(label)}"><b style="width:{used}%"></b>{mark}</div>')
