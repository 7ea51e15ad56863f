"""The ways into a book: a line, a ledger, and before the first figure the budget."""

import streamlit as st

from unionboard.services.fund import Book
from unionboard.services.permissions import Act
from unionboard.ui.fund.budget import open_budget
from unionboard.ui.fund.entry import open_entry
from unionboard.ui.fund.import_file import open_import
from unionboard.ui.offers import offer
from unionboard.ui.text import t

_IMPORTS = (Act.KEEP_BOOKS, Act.PLAN_BUDGET)


def show_ways_in(book: Book) -> None:
    """What may be done from every view of the fund."""
    args, icon = (book.year,), ":material/upload_file:"
    if not book.is_empty:
        offer(_IMPORTS, t("Import"), icon=icon, key="go_open_import", on_click=open_import, args=args)
    label, icon = t("Book an entry"), ":material/add:"
    offer(Act.KEEP_BOOKS, label, icon=icon, type="primary", key="go_open_entry", on_click=open_entry, args=args)


def show_empty(year: int) -> None:
    """Before the first figure: what will stand here, and where to begin."""
    with st.container(border=True):
        st.markdown(f"**{t('The {year} book is still empty.', year=year)}**", width="content")
        st.markdown(
            t("Here you will see what is left, what each month and item cost against the budget, the ledger, and care visits by occasion.")
        )
        with st.container(horizontal=True):
            offer(
                Act.PLAN_BUDGET,
                t("Begin with the opening balance and the budget"),
                icon=":material/tune:",
                key="begin_budget",
                on_click=open_budget,
                args=(year,),
            )
            offer(
                (Act.KEEP_BOOKS, Act.PLAN_BUDGET),
                t("Import a ledger"),
                icon=":material/upload_file:",
                key="begin_import",
                on_click=open_import,
                args=(year,),
            )
