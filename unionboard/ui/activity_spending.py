"""What an activity cost: its entries in the fund, and the way to book one more or to link one that was booked without it."""

import streamlit as st
from sqlmodel import Session

from unionboard.config import PROJECT_DIR
from unionboard.models import Plan
from unionboard.money import format_fen
from unionboard.services import care, fund
from unionboard.services.activities import ActivityView
from unionboard.services.fund import EntryView
from unionboard.ui.fund_entry import BOOK_FOR
from unionboard.ui.text import escape, short_date, t

FUND_PAGE = PROJECT_DIR / "pages" / "fund.py"


def list_entries(session: Session, plan: Plan, activity_id: int) -> list[EntryView]:
    """What was booked for the activity, oldest first, as it may be shown."""
    books = [fund.read_book(session, year) for year in range(plan.starts_on.year, plan.ends_on.year + 1)]
    return [entry for book in books for entry in care.cover_small_occasions(session, book).entries if entry.activity_id == activity_id]


def show_spending(view: ActivityView, entries: list[EntryView]) -> None:
    """The sum as the heading, the entries below it."""
    spent = escape(format_fen(view.spent_fen))
    title = t("Spent {amount}", amount=spent) if entries else t("Nothing spent yet")
    with st.expander(title, icon=":material/account_balance_wallet:", key="spending_box"):
        if view.planned_budget_fen:
            st.markdown(f":small[:gray[{t('Planned {amount}', amount=escape(format_fen(view.planned_budget_fen)))}]]")
        for entry in entries:
            with st.container(horizontal=True, wrap=False, gap="small"):
                st.markdown(f":small[:gray[{short_date(entry.booked_on)}]]", width=72)
                st.markdown(f":small[{escape(entry.purpose)}]", width="stretch")
                st.markdown(f":small[{escape(format_fen(entry.out_fen or entry.in_fen))}]", width="content")
        query = {BOOK_FOR: str(view.id), "plan": str(view.plan_id)}
        st.page_link(FUND_PAGE, label=t("Book spending"), icon=":material/add:", query_params=query)
