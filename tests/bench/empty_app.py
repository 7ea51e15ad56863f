"""A page with one button on a server prepared like ours: the floor every page and every click is measured against."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from unionboard.web.lifespan import prepare

    app = st.App(__file__, lifespan=prepare)
else:
    clicks = st.session_state.get("clicks", 0)
    st.button("count", key="count", on_click=lambda: st.session_state.update(clicks=clicks + 1))
    with st.container(key=f"clicked_{clicks}"):
        st.write("empty")
