"""The recycle bin from elsewhere: every deletion says that there is a way back, and where."""

import streamlit as st

from unionboard.ui.text import language, t

SETTINGS_PAGE = "pages/settings.py"


def in_bin(sentence: str) -> str:
    """``sentence`` (translated, about a deletion) with what can be done about it."""
    return f"{sentence}{' ' if language() == 'en' else ''}{t('It can be put back from the recycle bin for 30 days.')}"


def show_bin_link(key: str) -> None:
    """A small way to the bin, for where something may just have been deleted. ``key``: of its container."""
    with st.container(key=key):
        st.page_link(SETTINGS_PAGE, label=t("Recycle bin"), icon=":material/restore_from_trash:", query_params={"tab": "trash"})
