"""Plain tables as an Excel workbook, a sheet a table: what a list of claims, rules or changes needs and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from unionboard.writing.cells import Value, fit_row, write_head, write_row
from unionboard.writing.package import settle_package

_SHEET_LETTERS = 31


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` as wide as ``headings``; Decimals are yuan, ints counts, dates days."""

    name: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Value]]
    nothing: str = ""  # what is said where there is no row


def write_tables_xlsx(title: str, period: str, tables: Sequence[Table], *, as_of: date) -> bytes:
    """The workbook. Text that starts like a formula stays text; the same tables give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name[:_SHEET_LETTERS])
        write_head(sheet, title if table.name == title else f"{title} · {table.name}", period, table.headings, table.widths)
        sheet.page_setup.orientation = "landscape"
        rows = table.rows or [[table.nothing, *[None] * (len(table.headings) - 1)]]
        for number, row in enumerate(rows, start=4):
            write_row(sheet, number, row)
            fit_row(sheet, number, row, table.widths)
    buffer = BytesIO()
    book.save(buffer)
    return settle_package(buffer.getvalue(), as_of=as_of)
