"""The ledger on the fund page: searched, narrowed and paged in the database; a line opens in the drawer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard.models import Direction, FundSource
from unionboard.money import format_fen
from unionboard.reference import FundItem
from unionboard.services import ledger
from unionboard.services.fund import Book
from unionboard.services.fund_items import list_items
from unionboard.services.ledger import EntryCheck, EntryPage, EntryView
from unionboard.ui.components.ledger_table import show_ledger_table
from unionboard.ui.drawers import open_drawer
from unionboard.ui.fund.filter import (
    CHECK_KEY,
    EVERY_SIDE,
    ITEM_KEY,
    MONTH_KEY,
    SEARCH_KEY,
    SIDE_KEY,
    SOURCE_KEY,
    LedgerFilter,
    clear_filter,
    current_filter,
    times_narrowed,
    turn_to,
)
from unionboard.ui.fund.words import check_name, item_name, purpose_text, source_name, voucher_text
from unionboard.ui.kept import keep
from unionboard.ui.text import month_name, short_date, t, tn

PAGE_SIZE = 15  # as high as the items and care beside it


@st.fragment(key="fund_ledger")
def show_ledger(book: Book) -> None:
    """The year's entries, newest first, as far as the filters let them through. A search or a turned page runs this part alone."""
    with st.container(border=True, height="stretch", key="fund_ledger_card"):
        head = st.container(horizontal=True, vertical_alignment="center", key="fund_ledger_head")
        _ask_filters(book)
        wish = current_filter()
        listed = keep(write_ledger, book.year, wish)
        turn_to(listed.page)
        with head:
            shown = f"{listed.total} / {book.entry_count}" if wish.is_narrow else book.entry_count
            count = tn("{shown} entry", "{shown} entries", book.entry_count, shown=shown)
            st.markdown(f":material/receipt_long: **{t('Ledger')}**　:gray[{count}]", width="content")
            st.space("stretch")
            _ask_words()
        if not listed.total:
            st.markdown(f":gray[{t('Nothing found.') if book.entry_count else t('Nothing is booked yet.')}]")
            return
        show_ledger_table({**listed.table, "narrowed": times_narrowed()}, on_open=_open, on_turn=turn_to)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the lines that were asked for, as its component draws it; its number (from 0), and how many lines there are in all."""

    table: dict[str, Any]
    page: int
    total: int


def write_ledger(session: Session, year: int, wish: LedgerFilter) -> Listed:
    """The page that is asked for, or the last one there is. For ``kept.keep``."""
    asked: dict[str, Any] = {
        "words": wish.words,
        "direction": wish.side,
        "item": wish.item,
        "source": wish.source,
        "month": wish.month,
        "only": wish.check,
        "page_size": PAGE_SIZE,
    }
    page = ledger.find_entries(session, year, **asked, page=wish.page)
    if not page.entries and page.total:
        wish = replace(wish, page=(page.total - 1) // PAGE_SIZE)
        page = ledger.find_entries(session, year, **asked, page=wish.page)
    return Listed(_write_table(list_items(session), page, wish), wish.page, page.total)


def _ask_words() -> None:
    st.text_input(
        t("Search"),
        placeholder=t("Search purpose, payee, amount"),
        icon=":material/search:",
        type="search",
        label_visibility="collapsed",
        live=True,  # a pause said in words would load pandas to be read
        width=250,
        key=SEARCH_KEY,
        on_change=turn_to,
        args=(0,),
    )
    st.segmented_control(
        t("Direction"),
        [EVERY_SIDE, Direction.OUT.value, Direction.IN.value],
        format_func=lambda code: {EVERY_SIDE: t("All"), "out": t("Spending"), "in": t("Income")}[code],
        default=None if SIDE_KEY in st.session_state else EVERY_SIDE,
        required=True,
        label_visibility="collapsed",
        key=SIDE_KEY,
        on_change=turn_to,
        args=(0,),
    )


def _ask_filters(book: Book) -> None:
    common: dict[str, Any] = {"index": None, "label_visibility": "collapsed", "on_change": turn_to, "args": (0,)}
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="fund_ledger_filters"):
        st.selectbox(
            t("Item"),
            list(book.items),
            format_func=lambda code: item_name(code, book.items),
            placeholder=t("All items"),
            width=170,
            key=ITEM_KEY,
            **common,
        )
        st.selectbox(
            t("Month"), list(range(1, 13)), format_func=month_name, placeholder=t("All months"), width=130, key=MONTH_KEY, **common
        )
        st.selectbox(
            t("Source of the money"),
            list(FundSource),
            format_func=source_name,
            placeholder=t("All sources"),
            width=150,
            key=SOURCE_KEY,
            **common,
        )
        st.selectbox(
            t("To be checked"),
            list(EntryCheck),
            format_func=check_name,
            placeholder=t("All entries"),
            width=150,
            key=CHECK_KEY,
            **common,
        )
        if current_filter().is_narrow:
            st.button(t("Show all"), icon=":material/close:", type="tertiary", key="fund_clear", on_click=clear_filter)


def _open(entry_id: int) -> None:
    open_drawer("facts", entry_id)
    st.rerun()  # the drawer hangs on the page, not on this part of it


def _write_table(items: Mapping[str, FundItem], page: EntryPage, wish: LedgerFilter) -> dict[str, Any]:
    words = {
        "caption": t("Ledger"),
        "pages": t("Pages of the ledger"),
        "day": t("Date"),
        "voucher": t("Voucher"),
        "purpose": t("What for"),
        "item": t("Item"),
        "income": t("Income ¥"),
        "spending": t("Spending ¥"),
        "balance": t("Balance ¥"),
        "papers": t("Papers"),
    }
    sums = None
    if wish.is_narrow:
        told = tn("{n} entry in all", "{n} entries in all", page.total)
        sums = {"purpose": told, "income": _amount(page.in_fen), "spending": _amount(page.out_fen)}
    return {
        "words": words,
        "rows": [_write_row(items, entry, is_bare=wish.check is EntryCheck.NO_PAPERS) for entry in page.entries],
        "sums": sums,
        "pager": _write_pager(page, wish.page),
    }


def _write_row(items: Mapping[str, FundItem], entry: EntryView, *, is_bare: bool) -> dict[str, Any]:
    """``is_bare``: it is known to lack papers; of a visit a line does not tell."""
    papers = entry.papers + entry.paper_count
    return {
        "id": entry.id,
        "day": short_date(entry.booked_on),
        "voucher": voucher_text(entry.voucher),
        "purpose": purpose_text(entry),
        "payee": entry.payee,
        "item": item_name(entry.item, items),
        "income": _amount(entry.in_fen),
        "spending": _amount(entry.out_fen),
        "balance": format_fen(entry.balance_fen, symbol=""),
        "papers": str(papers) if papers else t("none yet") if is_bare or _needs_papers(entry) else "",
        "bare": not papers,
        "marks": write_marks(entry),
        "looks": "taken" if entry.reversed_by else "minus" if entry.reverses else "",
    }


def _needs_papers(entry: EntryView) -> bool:
    """Spending that stands; whoever visits has seen the papers."""
    return entry.direction is Direction.OUT and entry.reverses is None and entry.reversed_by is None and not entry.is_visit


def write_marks(entry: EntryView) -> list[dict[str, str]]:
    """What a line is known for besides its sums: a word, its tone, and why."""
    marks = []
    if entry.one_hand:
        marks.append({"word": t("In one hand"), "tone": "violet", "why": entry.one_hand})
    return marks


def _write_pager(page: EntryPage, number: int) -> dict[str, Any] | None:
    last = (page.total - 1) // PAGE_SIZE
    if not last:
        return None
    first_line = number * PAGE_SIZE + 1
    told = t("{first}–{last} of {total}", first=first_line, last=first_line + len(page.entries) - 1, total=f"{page.total:,}")
    steps = (
        ("«", t("Newest entries"), 0, number > 0),
        ("‹", t("Newer entries"), number - 1, number > 0),
        ("›", t("Older entries"), number + 1, number < last),
        ("»", t("Oldest entries"), last, number < last),
    )
    return {"told": told, "steps": [{"sign": sign, "name": name, "to": to if can else None} for sign, name, to, can in steps]}


def _amount(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="") if amount_fen else ""
