"""Who acts in this session: the account that is signed in; as long as there are none, whoever sits here, by the name they choose."""

import streamlit as st

from unionboard.config import LOCAL_USER

NAME_KEY = "acting_name"


def acting_name() -> str:
    """The name of whoever acts; empty as long as nobody has said it."""
    return str(st.session_state.get(NAME_KEY, ""))


def acting_who() -> str:
    """Who to name in the change log: the person, else whoever works at this computer."""
    return acting_name() or LOCAL_USER
