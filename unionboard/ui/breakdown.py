"""When a page breaks: one sentence in the user's language with a code; what it was stands in the log under that code."""

import streamlit as st

from unionboard.errors.database import DatabaseDamaged, DatabaseGone
from unionboard.log import record
from unionboard.services import condition
from unionboard.ui import rescue
from unionboard.ui.refusals import tell
from unionboard.ui.text import t


def tell_breakdown(error: BaseException) -> bool:
    """Handler of ``st.App(on_script_error=…)``; True: Streamlit shows nothing of its own."""
    refusal = condition.explain(error)
    code = record(error, where="page")
    if isinstance(refusal, (DatabaseDamaged, DatabaseGone)):
        rescue.show(condition.look())
    elif refusal is not None:
        st.error(tell(refusal), icon=":material/block:")
    else:
        st.error(
            t(
                "This page could not be drawn. What was saved is safe: load the page again. If it returns, pass on the code {code}.",
                code=f"**{code}**",
            ),
            icon=":material/error:",
        )
    return True
