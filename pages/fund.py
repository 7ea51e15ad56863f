"""The fund: what is left, where it went, the ledger, and care visits."""

from datetime import date
from functools import partial

import streamlit as st

from unionboard import clock, db
from unionboard.money import format_fen
from unionboard.services import care, execution, fund
from unionboard.services.fund import Book
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund_budget import open_budget, show_budget_form
from unionboard.ui.fund_care import show_visit_form, show_visits
from unionboard.ui.fund_drawer import show_drawer
from unionboard.ui.fund_entry import follow_link, open_entry, show_correction_form, show_entry_form
from unionboard.ui.fund_ledger import build_ledger_document, show_ledger
from unionboard.ui.fund_overview import show_balance, show_items, show_months
from unionboard.ui.live import watch_changes
from unionboard.ui.text import short_date, t
from unionboard.writing.ledger_xlsx import write_ledger_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
today = clock.today()


def chosen_year() -> int:
    """The book that is open: the one chosen above, else this year's when the plan runs, else the plan's."""
    plan = chosen_plan()
    default = today.year if plan is None or plan.starts_on <= today <= plan.ends_on else plan.year
    return int(st.session_state.get("fund_year") or default)


def show_title(book: Book, years: list[int]) -> None:
    """Title, what is shown, and the three things one may do."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(t("Fund"), width="content")
        facts = [t("{year} book", year=book.year)]
        if book.year == today.year:
            facts.append(t("up to {day}", day=short_date(today)))
        if book.total_budget_fen:
            facts.append(t("budget {amount}", amount=format_fen(book.total_budget_fen, decimals=False)))
        st.markdown(f":gray[{'　'.join(facts)}]", width="content")
        st.space("stretch")
        if len(years) > 1:
            st.selectbox(t("Year"), years, index=years.index(book.year), label_visibility="collapsed", width=110, key="fund_year")
        if not book.is_empty:
            st.button(t("Budget and opening"), icon=":material/tune:", key="open_budget", on_click=open_budget, args=(book.year,))
        if book.entry_count:
            st.download_button(
                t("Export ledger"),
                partial(write_ledger_xlsx, build_ledger_document(book, today=today)),
                file_name=t("fund-ledger-{year}.xlsx", year=book.year),
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
                key="export_ledger",
            )
        st.button(t("Book an entry"), icon=":material/add:", type="primary", key="go_open_entry", on_click=open_entry, args=(book,))


def show_empty(year: int) -> None:
    """Before the first figure: what will stand here, and where to begin."""
    with st.container(border=True):
        st.markdown(f"**{t('The {year} book is still empty.', year=year)}**", width="content")
        st.markdown(
            t("Here you will see what is left, what each month and item cost against the budget, the ledger, and care visits by occasion.")
        )
        st.button(
            t("Begin with the opening balance and the budget"),
            icon=":material/tune:",
            key="begin_budget",
            on_click=open_budget,
            args=(year,),
        )


year = chosen_year()
watch_changes(auto=False)
with db.reading() as session:
    book = fund.read_book(session, year)
    months = execution.list_months(session, book)
    visits = care.count_visits(session, first=date(year, 1, 1), last=date(year, 12, 31))
    years = sorted({year, today.year, *fund.list_years(session)}, reverse=True)

follow_link(book)
show_title(book, years)
if book.is_empty and not visits:
    show_empty(year)
else:
    balance, by_month = st.columns([0.27, 0.73])
    with balance:
        show_balance(book, months, today=today)
    with by_month:
        show_months(months, year=year, today=today)
    by_item, ledger = st.columns([0.36, 0.64])
    with by_item:
        show_items(book)
        show_visits(visits)
    with ledger:
        show_ledger(book)

show_drawer(
    {
        "entry": (t("Book an entry"), show_entry_form),
        "correction": (t("Correct an entry"), partial(show_correction_form, book)),
        "budget": (t("Budget and opening"), show_budget_form),
        "visit": (t("Record a care visit"), lambda _: show_visit_form(year)),
    }
)
