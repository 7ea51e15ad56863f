"""The drawer for what a year starts with and what it allows per item."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.saving import StaleSave
from unionboard.models import BudgetLine, Direction, FundYear
from unionboard.money import format_fen, parse_yuan, yuan_text
from unionboard.reference import fund_groups, fund_items
from unionboard.services import fund
from unionboard.services.fund import Book
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.fund_drawer import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund_words import item_name, items_of
from unionboard.ui.text import named, t


def open_budget(year: int) -> None:
    """Open the drawer with the stored opening balance and budget of ``year``."""
    with db.reading() as session:
        head, lines = fund.find_year(session, year), fund.list_budget(session, year)
    amounts = {f"budget_{code}": yuan_text(line.amount_fen) for code, line in lines.items() if line.amount_fen}
    opening = yuan_text(head.opening_fen) if head and head.opening_fen is not None else ""
    open_drawer("budget", year, opening=opening, seen=(head, lines), **amounts)


def show_budget_form(year: int | None) -> None:
    """Ask for the opening balance and an amount per item, with last year's figures beside them; empty means none."""
    year = year or clock.today().year
    with db.reading() as session:
        before, book = fund.read_book(session, year - 1), fund.read_book(session, year)
    st.text_input(
        t("Carried over into {year} (yuan)", year=year),
        placeholder=yuan_text(before.balance_fen),
        help=t("Leave empty to take last year's closing balance, {amount}.", amount=format_fen(before.balance_fen)),
        key=f"{FORM_PREFIX}opening",
    )
    st.markdown(f"**{t('Income expected')}**")
    _ask_amounts(items_of(Direction.IN), before.income_fen)
    alone: list[str] = []
    for group in fund_groups().values():
        codes = [code for code in items_of(Direction.OUT) if fund_items()[code].group == group.code]
        if len(codes) == 1:  # a heading of its own would only repeat the item's name
            alone += codes
            continue
        st.markdown(f"**{named(group)}**")
        _ask_amounts(codes, before.spending_fen)
    st.markdown(f"**{t('Other items')}**")
    _ask_amounts(alone, before.spending_fen)
    _show_total(book)
    show_buttons(t("Save the budget"), _save, year)


def _ask_amounts(codes: list[str], last_year_fen: dict[str, int]) -> None:
    for code in codes:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            last = last_year_fen.get(code)
            note = f"  \n:small[:gray[{t('last year {amount}', amount=format_fen(last, decimals=False))}]]" if last else ""
            st.markdown(item_name(code) + note, width="stretch")
            st.text_input(item_name(code), label_visibility="collapsed", width=150, key=f"{FORM_PREFIX}budget_{code}")


def _show_total(book: Book) -> None:
    """What the typed amounts come to; nothing while one of them cannot be read."""
    try:
        income_fen, spending_fen = (sum(_amount_of(code) for code in items_of(side)) for side in (Direction.IN, Direction.OUT))
    except Refusal:
        return
    st.markdown(
        f":gray[{t('Income')}] **{format_fen(income_fen, decimals=False)}**　"
        f":gray[{t('Spending')}] **{format_fen(spending_fen, decimals=False)}**　"
        f":gray[{t('Left at the end')}] **{format_fen(book.opening_fen + income_fen - spending_fen, decimals=False)}**"
    )


def _amount_of(code: str) -> int:
    return _parse(typed(f"budget_{code}")) or 0


def _parse(text: str) -> int | None:
    """Fen, None for an empty field; zero is allowed here, and a minus for the opening balance."""
    plain = text.replace("−", "-")
    if not plain:
        return None
    if not plain.strip("0.元¥￥"):
        return 0
    return -parse_yuan(plain[1:]) if plain.startswith("-") else parse_yuan(plain)


def _save(year: int) -> None:
    seen: tuple[FundYear | None, dict[str, BudgetLine]] = st.session_state[f"{FORM_PREFIX}seen"]
    stamp: dict[str, Any] = {"who": LOCAL_USER, "now_utc": clock.now_utc()}

    def change(session: Session) -> None:
        _save_opening(session, year, seen[0], stamp)
        for code in fund_items():
            line, amount_fen = seen[1].get(code), _amount_of(code)
            if amount_fen == (line.amount_fen if line else 0):
                continue
            try:
                fund.set_budget(session, year=year, item=code, amount_fen=amount_fen, version=line.version if line else 0, **stamp)
            except StaleSave as stale:
                raise StaleSave(field=item_name(code), theirs=stale.facts["theirs"], yours=stale.facts["yours"]) from None

    if action(change, done=t("Budget saved.")).ok:
        leave_drawer()


def _save_opening(session: Session, year: int, head: FundYear | None, stamp: dict[str, Any]) -> None:
    opening_fen = _parse(typed("opening"))
    if opening_fen != (head.opening_fen if head else None):
        fund.set_opening(session, year=year, opening_fen=opening_fen, version=head.version if head else 0, **stamp)
