"""An empty page on a server prepared like ours: the floor every page is measured against."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from unionboard.web.lifespan import prepare

    app = st.App(__file__, lifespan=prepare)
else:
    st.write("empty")
