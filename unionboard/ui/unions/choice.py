"""What of the unions below is looked at: the year, the view, the order, a search, a page. All of it stands in the address."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from unionboard.i18n import mark
from unionboard.services.overview import Month, Overview, UnionYear, list_years
from unionboard.ui.address import note_choice, take_choice
from unionboard.ui.text import t, tn
from unionboard.ui.unions.below import keep_below

PAGE_SIZE = 40
VIEW_KEY, YEAR_KEY, SORT_KEY, FIND_KEY, PAGE_KEY = "unions_view", "unions_year", "unions_sort", "unions_find", "unions_page"
UNION, MONTH, FIGURE = "union", "month", "figure"
"""In the address: what stands open in the drawer."""


class View(StrEnum):
    MAP = "map"
    SUMS = "sums"


class Order(StrEnum):
    NAME = "name"
    SHARE = "share"  # least done first
    LATE = "late"  # most late first
    SPENT = "spent"  # the largest share of the budget first
    EVIDENCE = "evidence"  # least proven first
    OPEN = "open"  # those that have not handed in first


_VIEWS = {View.MAP: mark("By union and month"), View.SUMS: mark("Up the line")}
_ORDERS = {
    Order.NAME: mark("By name"),
    Order.SHARE: mark("Least done first"),
    Order.LATE: mark("Most late first"),
    Order.SPENT: mark("Most of the budget spent first"),
    Order.EVIDENCE: mark("Least proven first"),
    Order.OPEN: mark("Not handed in first"),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the unions that were looked for."""

    unions: tuple[UnionYear, ...]
    found: int
    pages: int


def ask_view() -> View:
    """The map, or the figures that were handed in."""
    take_choice(VIEW_KEY, "view", {view.value: view for view in View}, default=View.MAP)
    st.session_state.setdefault(VIEW_KEY, View.MAP)
    st.segmented_control(
        t("View"),
        list(View),
        format_func={view: t(word) for view, word in _VIEWS.items()}.__getitem__,
        key=VIEW_KEY,
        required=True,
        label_visibility="collapsed",
        width="content",
    )
    view = View(st.session_state[VIEW_KEY] or View.MAP)
    note_choice("view", view.value, default=View.MAP)
    return view


def ask_year(today: date) -> int:
    """A year for which somebody below has a plan: this one, else the newest."""
    years = keep_below(list_years) or [today.year]
    usual = today.year if today.year in years else years[0]
    take_choice(YEAR_KEY, "year", {str(year): year for year in years}, default=usual)
    if st.session_state.get(YEAR_KEY) not in years:
        st.session_state[YEAR_KEY] = usual
    if len(years) > 1:
        st.selectbox(t("Year"), years, key=YEAR_KEY, label_visibility="collapsed", width=110)
    year = int(st.session_state.get(YEAR_KEY) or usual)
    note_choice("year", str(year), default=str(usual))
    return year


def ask_rows(overview: Overview) -> Rows:
    """Search, order and page."""
    with st.container(horizontal=True, vertical_alignment="center", key="unions_choices"):
        words = _ask_words()
        order = _ask_order(has_money=overview.money is not None)
        found = [one for one in overview.unions if words.casefold() in one.name.casefold()]
        found.sort(key=lambda one: _rank(one, order))
        pages = max(1, -(-len(found) // PAGE_SIZE))
        page = _ask_page(pages, len(found))
    return Rows(tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), len(found), pages)


def opened_union() -> int | None:
    """The union whose drawer the address asks for."""
    wish = st.query_params.get(UNION, "")
    return int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else None


def opened_month() -> Month | None:
    """Its month, as 2026-05."""
    year, _, month = st.query_params.get(MONTH, "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit() and len(year) == 4 and 1 <= int(month) <= 12):
        return None
    return int(year), int(month)


def open_cell(cell: str) -> None:
    """``7`` or ``7 2026-05``: a union, or a month of it."""
    union, _, month = cell.partition(" ")
    close_drawer()
    st.query_params[UNION] = union
    if month:
        st.query_params[MONTH] = month


def open_figure(figure: str) -> None:
    """One of the sums: its addends."""
    close_drawer()
    st.query_params[FIGURE] = figure


def close_drawer() -> None:
    """The page stays as it was behind it."""
    for name in (UNION, MONTH, FIGURE):
        st.query_params.pop(name, None)


def _ask_words() -> str:
    take_choice(FIND_KEY, "find", {wish: wish for wish in st.query_params.get_all("find")}, default="")
    st.text_input(
        t("Find a union"), key=FIND_KEY, placeholder=t("Find a union"), label_visibility="collapsed", icon=":material/search:", width=260
    )
    words = str(st.session_state[FIND_KEY] or "").strip()
    note_choice("find", words)
    return words


def _ask_order(*, has_money: bool) -> Order:
    orders = [order for order in Order if has_money or order is not Order.SPENT]
    take_choice(SORT_KEY, "sort", {order.value: order for order in orders}, default=Order.NAME)
    names = {order: t(_ORDERS[order]) for order in orders}
    st.selectbox(t("Order"), orders, format_func=names.__getitem__, key=SORT_KEY, label_visibility="collapsed", width=240)
    order = Order(st.session_state[SORT_KEY] or Order.NAME)
    note_choice("sort", order.value, default=Order.NAME)
    return order


def _ask_page(pages: int, found: int) -> int:
    numbers = list(range(1, pages + 1))
    take_choice(PAGE_KEY, "page", {str(number): number for number in numbers}, default=1)
    if (st.session_state.get(PAGE_KEY) or 1) not in numbers:
        st.session_state[PAGE_KEY] = pages
    st.markdown(f":gray[{tn('{n} union', '{n} unions', found)}]", width="content")
    if pages > 1:
        st.space("stretch")
        names = {number: t("Page {n} of {pages}", n=number, pages=pages) for number in numbers}
        st.selectbox(t("Page"), numbers, format_func=names.__getitem__, key=PAGE_KEY, label_visibility="collapsed", width=150)
    page = int(st.session_state.get(PAGE_KEY) or 1)
    note_choice("page", str(page), default="1")
    return page


def _rank(one: UnionYear, order: Order) -> tuple[int, str]:
    """What orders a union; one of which nothing can be said stands last, but where it is looked for first."""
    last = 10**9
    money = one.money.share_pct if one.money else None
    ranks = {
        Order.NAME: 0,
        Order.SHARE: last if one.year.share_pct is None else one.year.share_pct,
        Order.LATE: -one.year.late,
        Order.SPENT: last if money is None else -money,
        Order.EVIDENCE: last if one.evidence_pct is None else one.evidence_pct,
        Order.OPEN: (one.handed_in_at_utc is not None) + (one.plan_id is not None),
    }
    return ranks[order], one.name
