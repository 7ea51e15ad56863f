"""What the check-offs page lists: a month, what is late, what lacks papers, or all; of everybody or of one person."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from unionboard.models import Plan
from unionboard.services import checklist
from unionboard.services.activities import ActivityView, Status
from unionboard.services.checklist import ALL, LATE, UNPROVEN
from unionboard.services.timeline import list_owners
from unionboard.ui.cards import forget_ticked
from unionboard.ui.text import month_name, t

SHOW_KEY = "checkoffs_show"
OWNER_KEY = "checkoffs_owner"


def choose_show(plan: Plan, *, today: date) -> str:
    """What the pills say; when the page was just entered, what the address asks for (``?show=late``), else the month that runs."""
    if SHOW_KEY not in st.session_state:
        forget_ticked()
        wish = st.query_params.get("show")
        st.session_state[SHOW_KEY] = wish if wish in _shows(plan) else checklist.choose_month(plan, today=today).isoformat()
    return str(st.session_state[SHOW_KEY])


def chosen_owner() -> str | None:
    """The person whose activities are listed; None is everybody."""
    return st.session_state.get(OWNER_KEY)


def show_pills(plan: Plan, views: Sequence[ActivityView]) -> None:
    """One row: months, latest first, with what is still open; then late, without papers, all."""
    names = {show: _name(views, show) for show in _shows(plan)}
    st.pills(
        t("Month"),
        list(names),
        format_func=names.__getitem__,
        key=SHOW_KEY,
        on_change=forget_ticked,
        required=True,
        wrap=False,
        label_visibility="collapsed",
    )


def show_owner_filter(views: Sequence[ActivityView]) -> None:
    """A list of everybody who answers for something."""
    st.selectbox(
        t("Owner"),
        list_owners(views),
        index=None,
        placeholder=t("Everybody"),
        key=OWNER_KEY,
        on_change=forget_ticked,
        label_visibility="collapsed",
        width=150,
    )


def _shows(plan: Plan) -> list[str]:
    return [*(month.isoformat() for month in checklist.list_months(plan)), LATE, UNPROVEN, ALL]


def _name(views: Sequence[ActivityView], show: str) -> str:
    number = _count(views, show)
    word = {LATE: t("Late"), UNPROVEN: t("No papers"), ALL: t("All")}.get(show) or month_name(date.fromisoformat(show).month)
    return f"{word} · {number}" if number else word


def _count(views: Sequence[ActivityView], show: str) -> int:
    if show == ALL:
        return 0
    if show == LATE:
        return sum(view.status is Status.LATE for view in views)
    if show == UNPROVEN:
        return sum(view.evidence_missing for view in views)
    return checklist.count_open(views, date.fromisoformat(show))
