"""What leads out of the program: calendars others subscribe to, reminders to groups, tokens for other programs."""

import streamlit as st

from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.settings import api_tokens, calendars, messages
from unionboard.ui.text import t


def show() -> None:
    """The tab."""
    if not identity.may(Act.CONNECT):
        st.markdown(t("Calendars and tokens are kept by the chair, who can give you the address of a calendar."))
        return
    calendars.show()
    messages.show()
    api_tokens.show()
