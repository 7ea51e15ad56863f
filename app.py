"""The launcher: ``streamlit run app.py`` serves the ASGI app; a script run of the same file draws the pages.

Dual-mode, see docs/adr/0001-launcher.md: AppTest and ``st.Page`` need the entry beside ``pages/``.
"""

import gc

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    gc.disable()  # nothing that is imported now becomes garbage; ``prepare`` enables it when all is loaded

    from unionboard.ui.breakdown import tell_breakdown
    from unionboard.web.breakdown import exception_handlers
    from unionboard.web.lifespan import prepare
    from unionboard.web.middleware import middleware
    from unionboard.web.routes import routes

    app = st.App(
        __file__,
        routes=routes,
        middleware=middleware,
        lifespan=prepare,
        on_script_error=tell_breakdown,
        exception_handlers=exception_handlers,
    )
else:
    from unionboard.ui.frame import show_app

    show_app()
