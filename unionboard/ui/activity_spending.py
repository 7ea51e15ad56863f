"""What an activity cost: its entries in the fund, and the ways to book one more or to link one that was booked without it."""

from collections.abc import Sequence

import streamlit as st

from unionboard.config import PROJECT_DIR
from unionboard.money import format_fen
from unionboard.services import spending
from unionboard.services.activities import ActivityView
from unionboard.services.ledger import EntryView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.activity_actions import stamp
from unionboard.ui.fund.entry import BOOK_FOR
from unionboard.ui.text import escape, short_date, t

FUND_PAGE = PROJECT_DIR / "pages" / "fund.py"


def show_spending(view: ActivityView, entries: Sequence[EntryView], unlinked: Sequence[EntryView]) -> None:
    """The sum as the heading; below it the entries, and what may be booked or linked."""
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
        if identity.may(Act.KEEP_BOOKS):
            st.page_link(FUND_PAGE, label=t("Book spending"), icon=":material/add:", query_params=query)
        if unlinked:
            _ask_link(view, unlinked)


def _ask_link(view: ActivityView, unlinked: Sequence[EntryView]) -> None:
    key = f"link_{view.id}"
    words = {entry.id: f"{short_date(entry.booked_on)}　{entry.purpose}　{format_fen(entry.out_fen)}" for entry in unlinked}
    chosen = st.selectbox(
        t("Booked without naming the activity?"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder=t("Choose the entry"),
        key=key,
    )
    if chosen is not None:
        told = t("The ledger keeps the entry, takes it back and books it again for this activity: two lines more, no sum changes.")
        st.markdown(f":small[:gray[{told}]]")
        st.button(t("Book it for this activity"), icon=":material/link:", key=f"go_{key}", on_click=_link, args=(view, chosen))


def _link(view: ActivityView, entry_id: int) -> None:
    reason = t("Booked again for “{title}”", title=view.title)
    if action(lambda session: spending.link_entry(session, entry_id, activity_id=view.id, reason=reason, **stamp()), done=t("Saved.")).ok:
        st.rerun()
