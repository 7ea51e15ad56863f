"""When a page breaks in a way nobody foresaw: one sentence in the user's language, the details in the log."""

import streamlit as st

from unionboard.log import write_log
from unionboard.ui.text import t


def tell_breakdown(error: BaseException) -> bool:
    """Handler of ``st.App(on_script_error=…)``; True: Streamlit shows nothing of its own."""
    place = write_log(error)
    st.error(
        t(
            "This page could not be drawn. What was saved is safe: load the page again. If it returns, pass on the file {place}.",
            place=place,
        ),
        icon=":material/error:",
    )
    return True
