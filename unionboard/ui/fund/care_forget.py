"""The drawer that erases the names of visits whose keeping period is over; counts and sums stay. Source: domain notes D2."""

from datetime import date

import streamlit as st

from unionboard import clock, db
from unionboard.services import private_names
from unionboard.services.permissions import Act
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons
from unionboard.ui.fund.care_names import hide_names
from unionboard.ui.identity import acting_who, may
from unionboard.ui.text import t, tn


def open_forgetting(year: int) -> None:
    """Open the drawer, up to the end of the year before ``year``."""
    open_drawer("care_forget", until=date(year - 1, 12, 31))


def show_forget_form(_subject: int | None) -> None:
    """Say up to which day, and erase."""
    if not may(Act.SEE_NAMES):
        return
    st.markdown(t("Names are kept no longer than the papers need them. What is erased cannot be brought back; counts and sums stay."))
    st.markdown(f":small[:gray[{t('Backups keep them, encrypted, until they are thinned out themselves: at most about a year.')}]]")
    st.date_input(t("Visits up to"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}until")
    last: date | None = st.session_state[f"{FORM_PREFIX}until"]
    with db.reading() as session:
        count = private_names.count_names(session, last=last) if last else 0
    st.markdown(f"**{tn('{n} name is kept up to that day.', '{n} names are kept up to that day.', count)}**")
    if count and last:
        show_buttons(t("Erase them"), _forget, last)


def _forget(last: date) -> None:
    who, now_utc = acting_who(), clock.now_utc()
    if action(lambda session: private_names.forget_names(session, last=last, who=who, now_utc=now_utc), done=t("The names are erased.")).ok:
        hide_names()
        leave_drawer()
