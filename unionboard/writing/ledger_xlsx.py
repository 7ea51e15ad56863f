"""The fund's ledger as an Excel workbook, laid out like the register unions keep (经费收支台账), with the budget's execution beside it.

Source: columns of domain notes F. Words come from the caller; sums are fen here and yuan in the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.writing.cells import Value, fit_row, write_head, write_row, yuan

SHARE = "0.0%"
_LEDGER_WIDTHS = (12, 8, 38, 18, 13, 13, 14, 10, 10, 8, 28)
_ITEM_WIDTHS = (26, 16, 16, 12)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger; a sum that is None leaves its cell empty."""

    booked_on: date
    voucher: int
    purpose: str
    item: str
    in_fen: int | None
    out_fen: int | None
    balance_fen: int
    handler: str
    approver: str
    papers: int
    note: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item's budget (0: none) and what was booked on it."""

    name: str
    budget_fen: int
    booked_fen: int


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """All that the workbook says. ``headings`` are the ledger's eleven columns, ``item_headings`` the four of the second sheet."""

    title: str
    period: str
    sheet: str
    headings: Sequence[str]
    opening: str
    opening_fen: int
    rows: Sequence[LedgerRow]
    total: str
    item_sheet: str
    item_title: str
    item_headings: Sequence[str]
    items: Sequence[tuple[str, Sequence[ItemRow]]]  # (name of the total: income, spending; its items)


def write_ledger_xlsx(document: LedgerDocument) -> bytes:
    """The workbook. Text that starts like a formula stays text; dates and sums are real dates and numbers."""
    book = Workbook()
    ledger = book.active
    assert isinstance(ledger, Worksheet)
    ledger.title = document.sheet
    _write_ledger(ledger, document)
    _write_items(book.create_sheet(document.item_sheet), document)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_ledger(sheet: Worksheet, document: LedgerDocument) -> None:
    write_head(sheet, document.title, document.period, document.headings, _LEDGER_WIDTHS)
    sheet.page_setup.orientation = "landscape"
    write_row(sheet, 4, [None, None, document.opening, None, None, None, yuan(document.opening_fen), None, None, None, None])
    for number, row in enumerate(document.rows, start=5):
        sums = (yuan(row.in_fen), yuan(row.out_fen), yuan(row.balance_fen))
        values = [row.booked_on, row.voucher, row.purpose, row.item, *sums, row.handler, row.approver, row.papers or None, row.note]
        write_row(sheet, number, values)
        fit_row(sheet, number, values, _LEDGER_WIDTHS)
        sheet.cell(number, 2).number_format = "000"
    in_fen, out_fen = sum(row.in_fen or 0 for row in document.rows), sum(row.out_fen or 0 for row in document.rows)
    sums = (yuan(in_fen), yuan(out_fen), yuan(document.opening_fen + in_fen - out_fen))
    papers = sum(row.papers for row in document.rows)
    last = len(document.rows) + 5
    write_row(sheet, last, [None, None, document.total, None, *sums, None, None, papers or None, None], is_bold=True)
    sheet.auto_filter.ref = f"A3:K{last - 1}"


def _write_items(sheet: Worksheet, document: LedgerDocument) -> None:
    write_head(sheet, document.item_title, document.period, document.item_headings, _ITEM_WIDTHS)
    number = 4
    for total, items in document.items:
        for row in (*items, ItemRow(total, sum(row.budget_fen for row in items), sum(row.booked_fen for row in items))):
            share = Decimal(row.booked_fen) / row.budget_fen if row.budget_fen else None
            cells: list[Value] = [row.name, yuan(row.budget_fen or None), yuan(row.booked_fen), share]
            write_row(sheet, number, cells, is_bold=row.name is total)
            sheet.cell(number, 4).number_format = SHARE
            number += 1
