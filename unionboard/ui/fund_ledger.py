"""The ledger on the page and as a workbook."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from unionboard import db
from unionboard.models import Direction
from unionboard.money import FEN_PER_YUAN, format_fen
from unionboard.reference import fund_items
from unionboard.services import unions
from unionboard.services.execution import list_items
from unionboard.services.fund import Book, EntryView
from unionboard.ui.fund_entry import open_correction
from unionboard.ui.fund_overview import ITEM_KEY, ITEM_ROW_HEIGHT
from unionboard.ui.fund_words import item_name, items_of, purpose_text, source_name, voucher_text
from unionboard.ui.text import language, long_date, t, tn
from unionboard.writing.ledger_xlsx import ItemRow, LedgerDocument, LedgerRow

ROW_HEIGHT = 38
FEWEST_ROWS = 12
_CLICK_KEY = "fund_correct"


def show_ledger(book: Book) -> None:
    """The year's entries, newest first, narrowed by words, item and side; as high as the items beside it."""
    rows_in_sight = max(FEWEST_ROWS, (len(list_items(book)) * ITEM_ROW_HEIGHT + 118) // ROW_HEIGHT)
    with st.container(border=True, height="stretch"):
        entries = _ask_filter(book)
        if not entries:
            st.markdown(f":gray[{t('Nothing found.') if book.entries else t('Nothing is booked yet.')}]")
            return
        vouchers = {entry.id: entry.voucher for entry in book.entries}
        st.dataframe(
            _frame(entries, vouchers),
            hide_index=True,
            row_height=ROW_HEIGHT,
            height=min(len(entries) + 1, rows_in_sight) * ROW_HEIGHT + 2,
            column_config=_columns([entry.id for entry in entries]),
            placeholder="",
            key=f"fund_ledger_{book.year}",
            alt=t("Ledger"),
        )
        if len(entries) < len(book.entries):
            in_fen, out_fen = sum(entry.in_fen for entry in entries), sum(entry.out_fen for entry in entries)
            sums = t("Shown: income {income}, spending {spending}", income=format_fen(in_fen), spending=format_fen(out_fen))
            st.markdown(f":small[:gray[{sums}]]")


def _ask_filter(book: Book) -> list[EntryView]:
    with st.container(horizontal=True, vertical_alignment="center"):
        count = tn("{n} entry", "{n} entries", len(book.entries))
        st.markdown(f":material/receipt_long: **{t('Ledger')}**　:gray[{count}]", width="content")
        st.space("stretch")
        words = st.text_input(
            t("Search"),
            placeholder=t("Search purpose, payee, amount"),
            icon=":material/search:",
            type="search",
            label_visibility="collapsed",
            width=230,
            key="fund_search",
        )
        item = st.selectbox(
            t("Item"),
            list(fund_items()),
            index=None,
            format_func=item_name,
            placeholder=t("All items"),
            label_visibility="collapsed",
            width=170,
            key=ITEM_KEY,
        )
        side = st.segmented_control(
            t("Direction"),
            ["all", Direction.OUT.value, Direction.IN.value],
            format_func=lambda code: {"all": t("All"), "out": t("Spending"), "in": t("Income")}[code],
            default="all",
            required=True,
            label_visibility="collapsed",
            key="fund_side",
        )
    return [
        entry
        for entry in reversed(book.entries)
        if item in (None, entry.item) and side in ("all", entry.direction.value) and _matches(entry, words or "")
    ]


def _matches(entry: EntryView, words: str) -> bool:
    said = (
        entry.purpose,
        entry.payee,
        entry.handler,
        item_name(entry.item),
        voucher_text(entry.voucher),
        format_fen(entry.in_fen or entry.out_fen),
    )
    text = " ".join(said).casefold()
    return all(word.casefold() in text or word.casefold() in text.replace(",", "") for word in words.split())


def _frame(entries: Sequence[EntryView], vouchers: dict[int, int]) -> pd.DataFrame:
    """A row an entry; sums in yuan, empty on the side the entry does not touch."""
    return pd.DataFrame(
        {
            "booked_on": [entry.booked_on for entry in entries],
            "voucher": [voucher_text(entry.voucher) for entry in entries],
            "purpose": [purpose_text(entry, vouchers) for entry in entries],
            "item": [item_name(entry.item) for entry in entries],
            "income": [entry.in_fen / FEN_PER_YUAN or None for entry in entries],
            "spending": [entry.out_fen / FEN_PER_YUAN or None for entry in entries],
            "balance": [entry.balance_fen / FEN_PER_YUAN for entry in entries],
            "correct": [t("Correct") if entry.reverses is None and entry.reversed_by is None else None for entry in entries],
            "papers": [entry.papers or None for entry in entries],
        }
    )


def _columns(entry_ids: list[int]) -> dict[str, Any]:
    config = st.column_config
    money: dict[str, Any] = {"format": "accounting", "alignment": "right"}
    return {
        "booked_on": config.DateColumn(t("Date"), format="D MMM" if language() == "en" else "M月D日", width=76),
        "voucher": config.TextColumn(t("Voucher"), width=56),
        "purpose": config.TextColumn(t("What for"), width=130 if language() == "en" else 164),
        "item": config.TextColumn(t("Item"), width=140 if language() == "en" else 112),
        "income": config.NumberColumn(t("Income ¥"), width=88, **money),
        "spending": config.NumberColumn(t("Spending ¥"), width=88, **money),
        "balance": config.NumberColumn(t("Balance ¥"), width=96, **money),
        "correct": config.ButtonColumn("", type="tertiary", width=60, key=_CLICK_KEY, on_click=_correct_row, args=(entry_ids,)),
        "papers": config.NumberColumn(t("Papers"), width=56, alignment="right"),
    }


def _correct_row(entry_ids: list[int]) -> None:
    open_correction(entry_ids[st.session_state[_CLICK_KEY]["row"]])


def build_ledger_document(book: Book, *, today: date) -> LedgerDocument:
    """The whole year's ledger in the session's language, ready to be written as a workbook."""
    with db.reading() as session:
        union = unions.find_union(session)
    name = union.name if union else ""
    last = min(today, date(book.year, 12, 31))
    vouchers = {entry.id: entry.voucher for entry in book.entries}
    return LedgerDocument(
        title=t("{union} income and spending ledger {year}", union=name, year=book.year).strip(),
        period=t("{first} to {last}, in yuan", first=long_date(date(book.year, 1, 1)), last=long_date(last)),
        sheet=t("Ledger"),
        headings=(
            t("Date"),
            t("Voucher"),
            t("What for"),
            t("Item"),
            t("Income"),
            t("Spending"),
            t("Balance"),
            t("Handled by"),
            t("Approved by"),
            t("Papers"),
            t("Remarks"),
        ),
        opening=t("Carried over"),
        opening_fen=book.opening_fen,
        rows=[_ledger_row(entry, vouchers) for entry in book.entries],
        total=t("Total"),
        item_sheet=t("Budget"),
        item_title=t("{union} budget and its execution {year}", union=name, year=book.year).strip(),
        item_headings=(t("Item"), t("Budget this year"), t("Booked this year"), t("Share")),
        items=(
            (t("Total income"), _item_rows(book, Direction.IN, book.income_fen)),
            (t("Total spending"), _item_rows(book, Direction.OUT, book.spending_fen)),
        ),
    )


def _ledger_row(entry: EntryView, vouchers: dict[int, int]) -> LedgerRow:
    return LedgerRow(
        booked_on=entry.booked_on,
        voucher=entry.voucher,
        purpose=purpose_text(entry, vouchers),
        item=item_name(entry.item),
        in_fen=entry.in_fen or None,
        out_fen=entry.out_fen or None,
        balance_fen=entry.balance_fen,
        handler=entry.handler,
        approver=entry.approver,
        papers=entry.papers,
        note=" · ".join(part for part in (entry.payee, source_name(entry.source)) if part),
    )


def _item_rows(book: Book, direction: Direction, booked_fen: dict[str, int]) -> list[ItemRow]:
    rows = [ItemRow(item_name(code), book.budget_fen.get(code, 0), booked_fen.get(code, 0)) for code in items_of(direction)]
    return [row for row in rows if row.budget_fen or row.booked_fen]
