"""Cards to tick off, drawn in the browser: a run sends their facts once for all of them, and what one finger does is seen under it at once.

What people do arrives as acts (a dict with a running ``n`` and what to ``do``). The browser sends those not yet confirmed, so that none is
lost when two follow each other quickly; ``data["step"]`` confirms the last one taken. A tick is drawn before it is confirmed and its way
back offered when it is; a refusal draws the card as it was.

The list stands outside a shadow root: its ``st-key-*`` classes are found on the page like those of Streamlit's own buttons.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

KEY = "cards"
PHOTOS = "photos_cards"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_cards",
    html='<div class="ub-cards"></div>',
    css=(_here / "cards.css").read_text(encoding="utf-8"),
    js=(_here / "cards.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_cards(data: Mapping[str, Any], *, on_acts: Callable[[Sequence[Mapping[str, Any]]], None]) -> None:
    """Draw ``data`` (of ``card_words.write_cards``, with ``step``); ``on_acts`` gets what people did, before the page runs again.

    A photo chosen on a card goes through the page's one uploader, within the container ``PHOTOS``, as ``"<check-off>~<name>"``.
    """

    def acted() -> None:
        on_acts(list(st.session_state[KEY].get("acts") or ()))

    _component(key=KEY, data=write_json(data), on_acts_change=acted, height="content")
