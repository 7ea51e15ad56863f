"""What others change appears by itself.

The browser asks ``/pulse`` again and again, which costs a query and no script run; a run follows only when something changed. A fragment
on a timer would run every page of every visitor every two seconds, and could not know of a half-typed field, which only the browser sees.
"""

import json
from functools import lru_cache
from pathlib import Path

import streamlit as st

from unionboard.ui.kept import find_moment_of_run
from unionboard.ui.text import spoken, t

_here = Path(__file__).parent / "components"
_component = st.components.v2.component(
    "unionboard_live",
    html='<div id="line" role="status"><span></span><button type="button"></button></div>',
    css=(_here / "live.css").read_text(encoding="utf-8"),
    js=(_here / "live.js").read_text(encoding="utf-8"),
)


def watch_changes(*, auto: bool = True) -> None:
    """Keep the page up to date with everybody's changes. Call it once, before the page reads its data.

    ``auto``: the page only shows, and is drawn again within one or two seconds unless a drawer or menu is open or a field is being typed
    in. Otherwise the page holds forms: a line offers to draw it again. Neither closes or resets anything.
    """
    told = _write(find_moment_of_run().told, spoken(), auto=auto)
    _component(key="live", data=told, on_moved_change=lambda: None, height="content")


@lru_cache(maxsize=64)
def _write(moment: str, _language: str, *, auto: bool) -> bytes:
    why = t("The program was closed, sharing was stopped, or this device left the network. What was saved is safe; scan the code anew.")
    words = {"changed": t("Data has changed"), "refresh": t("Refresh"), "lost": t("Nobody answers"), "why": why}
    return json.dumps({"moment": moment, "auto": auto, "words": words}, ensure_ascii=False).encode()
