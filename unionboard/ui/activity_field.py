"""The field that asks which activity of the chosen plan something is for."""

import streamlit as st

from unionboard import clock, db
from unionboard.services import activities
from unionboard.ui.frame import chosen_plan
from unionboard.ui.text import t, when


def ask_activity(key: str) -> None:
    """Nothing where no plan is chosen."""
    plan = chosen_plan()
    if plan is None:
        return
    with db.reading() as session:
        views = {view.id: view for view in activities.list_activities(session, plan.id or 0, today=clock.today())}
    st.selectbox(
        t("For which activity (optional)"),
        list(views),
        index=None,
        format_func=lambda id_: f"{when(views[id_].starts_on, views[id_].ends_on, views[id_].precision)}　{views[id_].title}",
        placeholder=t("None"),
        key=key,
    )
