"""The fund before the committee: what is left, and each item's spending against its budget as a large bar, read from afar."""

import streamlit as st

from unionboard import clock, db
from unionboard.models import Plan
from unionboard.money import format_fen
from unionboard.services import fund
from unionboard.services.board import choose_items
from unionboard.services.execution import BudgetState, ItemMoney, list_items
from unionboard.ui.fund.words import item_name
from unionboard.ui.progress import show_progress
from unionboard.ui.text import escape, t

ITEMS = 6
_COLOURS = {BudgetState.OVER: "orange", BudgetState.NEAR: "yellow", BudgetState.UNBUDGETED: "yellow", BudgetState.WITHIN: "gray"}


def show_fund(plan: Plan) -> None:
    """Left, spent and planned in figures; the largest items and those that press, two beside each other."""
    today = clock.today()
    with db.reading() as session:
        book = fund.read_book(session, fund.book_year(plan, today=today), as_of=today)
        items = list_items(session, book)
    figures = (
        ("left", t("Fund left"), book.balance_fen),
        ("spent", t("Spent this year"), book.total_spending_fen),
        ("planned", t("Planned this year"), book.total_budget_fen),
    )
    grid = st.grid(len(figures), min_column_width=150)
    for name, label, amount_fen in figures:
        with grid.cell(), st.container(key=f"meeting_fund_{name}"):
            st.metric(label, format_fen(amount_fen, decimals=False))
    if not items:
        st.markdown(f":gray[{t('Nothing is budgeted or spent yet.')}]")
        return
    bars = st.grid("auto", min_column_width=420)
    for item in choose_items(items, ITEMS):
        with bars.cell():
            _show_item(item, item_name(item.item, book.items))


def _show_item(item: ItemMoney, name: str) -> None:
    colour = _COLOURS[item.state]
    spent, budget = format_fen(item.spent_fen, decimals=False), format_fen(item.budget_fen, decimals=False)
    share = t("no budget") if item.share_pct is None else f"{item.share_pct}%"
    with st.container(gap="xxsmall", key=f"meeting_bar_{item.state}_{item.item}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="bottom"):
            st.markdown(f"**{name}**")
            st.markdown(f":gray[{escape(spent)} / {escape(budget)}]　:{colour}[**{share}**]", width="content")
        spoken = t("{name}: {spent} of {budget} spent", name=name, spent=spent, budget=budget)
        show_progress(item.share_pct or (100 if item.spent_fen else 0), label=spoken)
