"""Pages with nothing to show: what will stand there, in one sentence, and the button that brings it about."""

import streamlit as st

from unionboard.ui.text import t


def show_no_plan(title: str, text: str) -> None:
    """Before the first plan. ``title`` and ``text`` are translated; the text says what this page will show."""
    st.markdown(f"# {title}")
    st.markdown(text)
    with st.container(horizontal=True, key="no_plan"):
        st.page_link("pages/plan.py", label=t("Read a plan"), icon=":material/upload_file:")
        st.page_link("pages/board.py", label=t("Other ways to begin"), icon=":material/arrow_forward:")


def show_no_activities(text: str) -> None:
    """A plan that was begun empty; ``text`` is translated."""
    st.markdown(text)
    st.page_link("pages/plan.py", label=t("Add activities to the plan"), icon=":material/arrow_forward:")
