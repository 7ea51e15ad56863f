"""The fund: what is left, claims on their way, the budget, care, the rules, and the closing of the books."""

import streamlit as st

from unionboard import clock
from unionboard.money import format_fen
from unionboard.services import fund
from unionboard.services.fund import Book
from unionboard.ui import address
from unionboard.ui.drawers import show_drawer
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund.acting import show_acting
from unionboard.ui.fund.beginning import show_ways_in
from unionboard.ui.fund.budget import YEAR_KEY, budget_drawers, show_budget_view
from unionboard.ui.fund.care import care_drawers, show_care_view
from unionboard.ui.fund.claims import claim_drawers, show_claims_view
from unionboard.ui.fund.closing import close_drawers, show_close_view
from unionboard.ui.fund.entry import follow_link, show_entry_form
from unionboard.ui.fund.exports import show_exports
from unionboard.ui.fund.facts import show_correction_form, show_entry
from unionboard.ui.fund.filter import OVERVIEW, VIEW_KEY
from unionboard.ui.fund.import_file import show_import
from unionboard.ui.fund.overview import show_overview
from unionboard.ui.fund.rules import rule_drawers, show_rules_view
from unionboard.ui.kept import keep
from unionboard.ui.live import watch_changes
from unionboard.ui.text import short_date, t

VIEWS = (OVERVIEW, "claims", "budget", "care", "rules", "close")
today = clock.today()


def view_name(view: str) -> str:
    """What a view of the page is called."""
    names = (t("Overview"), t("Claims"), t("The budget"), t("Care"), t("Rules"), t("Closings"))
    return dict(zip(VIEWS, names, strict=True))[view]


def chosen_year() -> int:
    """The book that is open: the one chosen above, else this year's when the plan runs, else the plan's."""
    plan = chosen_plan()
    default = today.year if plan is None or plan.starts_on <= today <= plan.ends_on else plan.year
    return int(st.session_state.get(YEAR_KEY) or default)


def choose_view() -> str:
    """The view that is asked for here or by the address (``?view=``)."""
    address.take_choice(VIEW_KEY, "view", {view: view for view in VIEWS}, default=OVERVIEW)
    st.session_state.setdefault(VIEW_KEY, OVERVIEW)
    view = st.segmented_control(
        t("View"), VIEWS, format_func=view_name, required=True, label_visibility="collapsed", wrap=True, key=VIEW_KEY
    )
    address.note_choice("view", view or OVERVIEW, default=OVERVIEW)
    return view or OVERVIEW


def show_told(book: Book) -> None:
    """Up to which day the figures go, and what the year allows."""
    facts = [t("up to {day}", day=short_date(today)) if book.year == today.year else t("{year} book", year=book.year)]
    if book.total_budget_fen:
        facts.append(t("budget {amount}", amount=format_fen(book.total_budget_fen, decimals=False)))
    with st.container(key="fund_told", width="content"):
        st.markdown(f":gray[{'　'.join(facts)}]", width="content")


def show_title(book: Book, years: list[int]) -> str:
    """Title, views, and what may be done from every one of them; the view that is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fund_head"):
        st.title(t("Fund"), width="content")
        view = choose_view()
        show_told(book)
        st.space("stretch")
        if len(years) > 1:
            st.session_state[YEAR_KEY] = book.year  # figures of last year's outcome lead to its book
            st.selectbox(t("Year"), years, label_visibility="collapsed", width=110, key=YEAR_KEY)
        show_acting()
        if not book.is_empty:
            show_exports(book.year)
        show_ways_in(book)
    return view


year = chosen_year()
watch_changes(auto=False)
book = keep(fund.read_book, year)
years = sorted({year, today.year, *keep(fund.list_years)}, reverse=True)

follow_link(year)
view = show_title(book, years)
match view:
    case "claims":
        show_claims_view(year)
    case "budget":
        show_budget_view(year)
    case "care":
        show_care_view(year)
    case "rules":
        show_rules_view(year)
    case "close":
        show_close_view(year)
    case _:
        show_overview(book, today=today)

show_drawer(
    {
        "entry": (t("Book an entry"), show_entry_form),
        "facts": (t("Entry"), show_entry),
        "correction": (t("Correct an entry"), show_correction_form),
        **claim_drawers(),
        **budget_drawers(),
        **care_drawers(year),
        **rule_drawers(),
        **close_drawers(),
    }
)
show_import(year)
