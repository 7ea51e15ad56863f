"""What a page offers is what its reader may do: a button for others' acts is not drawn at all. The services refuse them in any case."""

from typing import Any

import streamlit as st

from unionboard.services.permissions import Act
from unionboard.ui import identity


def offer(acts: Act | tuple[Act, ...], label: str, **options: Any) -> bool:
    """``st.button`` for whoever may do one of ``acts``; nothing for others."""
    return identity.may(*(acts if isinstance(acts, tuple) else (acts,))) and st.button(label, **options)
