"""Choices that live in the page's address, so that a link shows what its sender saw.

Streamlit's own ``bind="query-params"`` writes the label a user reads, which changes with the language and with every count in it.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def take_choice(key: str, name: str, options: Mapping[str, T]) -> None:
    """Before a widget with ``key``: start from what ``name`` in the address says if that is an option and nothing is chosen yet."""
    wish = st.query_params.get(name, "")
    if key not in st.session_state and wish in options:
        st.session_state[key] = options[wish]


def take_choices(key: str, name: str, options: Mapping[str, T]) -> None:
    """The same for a widget with several values."""
    wishes = [options[wish] for wish in st.query_params.get_all(name) if wish in options]
    if key not in st.session_state and wishes:
        st.session_state[key] = wishes


def note_choice(name: str, value: str | Sequence[str], *, default: str = "") -> None:
    """After the widget: write its value to the address; the default leaves no trace there."""
    values = [value] if isinstance(value, str) else list(value)
    values = [one for one in values if one != default]
    if values != st.query_params.get_all(name):
        if values:
            st.query_params[name] = values
        else:
            st.query_params.pop(name, None)
