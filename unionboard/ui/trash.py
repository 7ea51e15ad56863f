"""The recycle bin from elsewhere: every deletion says that there is a way back, and where."""

import streamlit as st

from unionboard.ui.text import language, t

_PAGE, _TAB = "pages/settings.py", "trash"
_ADDRESS = f"/settings?tab={_TAB}"


def in_bin(sentence: str) -> str:
    """``sentence`` (translated, about a deletion) with what can be done about it, as Markdown with a link."""
    told = t("It can be put back from the [recycle bin]({address}) for 30 days.", address=_ADDRESS)
    return f"{sentence}{' ' if language() == 'en' else ''}{told}"


def show_bin_link(key: str) -> None:
    """A small way to the bin, for where something may just have been deleted. ``key``: of its container."""
    with st.container(width="content", key=key):
        st.page_link(_PAGE, label=t("Recycle bin"), icon=":material/restore_from_trash:", query_params={"tab": _TAB})
