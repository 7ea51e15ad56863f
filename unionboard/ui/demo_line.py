"""Above the board of the demo year: that it is made up, and the one step to one's own year."""

import streamlit as st

from unionboard import clock
from unionboard.services import own_year, unions
from unionboard.services.demo import is_demo
from unionboard.services.permissions import Act
from unionboard.ui import identity, tour
from unionboard.ui.actions import report, telling_trouble
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.identity import acting_who
from unionboard.ui.kept import keep
from unionboard.ui.text import t


def show_demo_line() -> None:
    """Nothing where there is no demo that could be put away, and nothing to whoever may not do it."""
    union = keep(unions.find_union)  # the page has read it already: a year of one's own is asked nothing more
    if union is None or not is_demo(union) or not identity.may(Act.RESTORE_BACKUP) or not keep(own_year.may_begin):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="demo_line"):
        st.markdown(f":orange[:material/science: {t('This is the made-up demo year. Try whatever you like.')}]", width="content")
        st.space("stretch")
        with st.popover(t("Begin our own year"), icon=":material/flag:", key="own_year"):
            st.markdown(
                t(
                    "The demo year is backed up and put away, and you begin with an empty page. It can be brought back under "
                    "“Settings – Data safety”."
                )
            )
            st.button(t("Put the demo away and begin"), type="primary", key="go_own_year", on_click=_begin)


def _begin() -> None:
    with telling_trouble(), st.spinner(t("The demo year is being backed up …")):
        own_year.begin_own_year(who=acting_who(), now_utc=clock.now_utc(), actor=identity.require_actor())
        tour.end()
        st.session_state.pop(PLAN_KEY, None)
        st.query_params.clear()
        report(t("The demo year is backed up. Here begins your own."))
