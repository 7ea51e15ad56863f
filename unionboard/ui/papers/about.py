"""What a paper is about: chosen on its card, or named by the link that led here."""

from collections.abc import Callable, Sequence

import streamlit as st

from unionboard.models import TemplateKind
from unionboard.ui import address
from unionboard.ui.papers.words import ABOUT, PAPER


def ask_about(kind: TemplateKind, label: str, options: Sequence[str], tell: Callable[[str], str]) -> str:
    """One of ``options``, at first the first; an address that asks for this paper may name another, and then goes along with the choice."""
    key, first, is_asked = f"paper_{kind.value}_for", options[0], st.query_params.get(PAPER) == kind.value
    if is_asked:
        address.take_choice(key, ABOUT, {code: code for code in options}, default=first)
    if st.session_state.get(key) not in options:
        st.session_state[key] = first
    chosen = st.selectbox(label, options, format_func=tell, key=key) or first
    if is_asked:
        address.note_choice(ABOUT, chosen, default=first)
    return chosen
