"""Last year's plan as the beginning of another: what is copied, and afterwards what somebody should look at."""

import streamlit as st

from unionboard import clock, db
from unionboard.models import Plan
from unionboard.services import plan_copy, plans
from unionboard.ui.actions import LOCAL_USER, action, show_notices
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.text import t

ASKING_KEY = "plan_copying"  # the id of the plan to copy, while the dialog is open
COPIED_KEY = "plan_copied"


def ask_copy(plan: Plan) -> None:
    """For ``on_click``: open the dialog that copies ``plan``."""
    st.session_state[ASKING_KEY] = plan.id


def _close() -> None:
    st.session_state.pop(ASKING_KEY, None)


def show_copy_dialog() -> None:
    """Draw the dialog when it is open. Called once, at the end of the page."""
    if ASKING_KEY in st.session_state:
        st.dialog(t("Copy a plan"), on_dismiss=_close, icon=":material/content_copy:")(_show)()


def _show() -> None:
    show_notices()
    with db.reading() as session:
        standing = {plan.id: plan for plan in plans.list_plans(session)}
    ids = list(standing)
    chosen = st.session_state[ASKING_KEY]
    left, right = st.columns([3, 2])
    left.selectbox(
        t("From"),
        ids,
        index=ids.index(chosen) if chosen in ids else 0,
        format_func=lambda id_: f"{standing[id_].year} · {standing[id_].title}",
        key="copy_from",
    )
    latest = max(plan.year for plan in standing.values())
    right.number_input(t("To the year"), plans.FIRST_YEAR, plans.LAST_YEAR, latest + 1, key="copy_to")
    st.markdown("\n".join(f"- {line}" for line in _tell_what_moves()))
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(t("Cancel"), key="cancel_copy", type="tertiary", on_click=_close)
        st.button(t("Copy"), key="go_copy", type="primary", icon=":material/content_copy:", on_click=_copy)


def _tell_what_moves() -> tuple[str, ...]:
    return (
        t("Sections, measures, activities, owners and budgets come along; check-offs, papers and spending stay with the old year."),
        t("What belongs to a festival moves with it; a day keeps its weekday; what belongs to a term stays in its term."),
        t("What was left undone is marked “not done last year”; check it off the list or drop it."),
    )


def _copy() -> None:
    plan_id, year = int(st.session_state["copy_from"]), int(st.session_state["copy_to"])
    outcome = action(lambda session: plan_copy.copy_plan(session, plan_id, year=year, who=LOCAL_USER, now_utc=clock.now_utc()))
    if outcome.value is not None:
        _close()
        show_copied(outcome.value)


def show_copied(plan: Plan) -> None:
    """Look at the copy from now on."""
    st.session_state[PLAN_KEY] = plan.id
    st.session_state[COPIED_KEY] = plan.id
