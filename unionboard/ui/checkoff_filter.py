"""What the check-offs page shows: a month, what is late, what lacks papers, all, the evidence by area; of everybody or of one person."""

from datetime import date

import streamlit as st
from sqlmodel import Session

from unionboard.models import Plan
from unionboard.services import checklist
from unionboard.services.checklist import ALL, COVERAGE, LATE, UNPROVEN, Stock, list_shows, take_stock
from unionboard.ui.address import note_choice, take_choice
from unionboard.ui.cards import forget_ticked
from unionboard.ui.kept import keep
from unionboard.ui.text import month_name, t

SHOW_KEY = "checkoffs_show"
OWNER_KEY = "checkoffs_owner"


def choose_show(plan: Plan, *, today: date) -> str:
    """What the pills say; when the page was just entered, what the address asks for (``?show=late``), else the month that runs."""
    month = checklist.choose_month(plan, today=today).isoformat()
    is_entered = SHOW_KEY not in st.session_state
    if take_choice(SHOW_KEY, "show", {show: show for show in list_shows(plan, today=today)}, default=month) or is_entered:
        forget_ticked()
    return str(st.session_state.setdefault(SHOW_KEY, month))


def choose_owner(stock: Stock) -> str | None:
    """The person whose activities are listed, from the list or the address (``?owner=``); None is everybody."""
    take_choice(OWNER_KEY, "owner", {owner: owner for owner in stock.owners}, default=None)
    return st.session_state.get(OWNER_KEY)


def show_pills(plan: Plan, *, today: date) -> None:
    """One row, with what is still open; the choice lives in the address."""
    names = keep(_name_shows, plan.id or 0, list_shows(plan, today=today), today=today)
    chosen = st.pills(
        t("Month"),
        list(names),
        format_func=names.__getitem__,
        key=SHOW_KEY,
        on_change=forget_ticked,
        required=True,
        wrap=False,
        label_visibility="collapsed",
    )
    note_choice("show", str(chosen), default=checklist.choose_month(plan, today=today).isoformat())


def offer_all(show: str) -> None:
    """Below a list with nothing in it: everything of everybody."""
    if show != ALL or st.session_state.get(OWNER_KEY):
        st.button(t("Show the whole year"), icon=":material/filter_alt_off:", key="checkoffs_all", on_click=_choose_all)


def _choose_all() -> None:
    st.session_state[SHOW_KEY], st.session_state[OWNER_KEY] = ALL, None
    forget_ticked()


def show_owner_filter(stock: Stock) -> None:
    """A list of everybody who answers for something."""
    chosen = st.selectbox(
        t("Owner"),
        stock.owners,
        index=None,
        placeholder=t("Everybody"),
        key=OWNER_KEY,
        on_change=forget_ticked,
        label_visibility="collapsed",
        width=150,
    )
    note_choice("owner", chosen or "")


def _name_shows(_session: Session, plan_id: int, shows: tuple[str, ...], *, today: date) -> dict[str, str]:
    counts = keep(take_stock, plan_id, today=today).counts
    words = {LATE: t("Late"), UNPROVEN: t("No papers"), ALL: t("All"), COVERAGE: t("Evidence by area")}
    names = {show: words.get(show) or month_name(date.fromisoformat(show).month) for show in shows}
    return {show: f"{name} · {counts[show]}" if counts.get(show) else name for show, name in names.items()}
