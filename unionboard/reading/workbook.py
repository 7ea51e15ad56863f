"""An .xlsx as blocks: each visible sheet is one table of cell texts, with merged cells marked."""

import re
import warnings
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.errors import DamagedDocument
from unionboard.reading.tables import Cell, Row

MAX_ROWS = 3000  # a year's plan has a few dozen rows; what lies below is formatting or another register
MAX_COLUMNS = 64

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_workbook(data: bytes, *, with_hidden: bool = False) -> list[tuple[str, list[Row]]]:
    """The visible sheets in order, each with its name and its rows; ``with_hidden`` all of them.

    Raises: DamagedDocument.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on drop-down lists and print settings it does not keep: nothing of the text
            book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    except Exception as error:  # whatever the libraries below trip over in foreign bytes, the file cannot be opened
        raise DamagedDocument from error
    return [(sheet.title, _rows(sheet)) for sheet in book.worksheets if with_hidden or sheet.sheet_state == "visible"]


def _rows(sheet: Worksheet) -> list[Row]:
    continued = {
        (row, column)
        for merged in sheet.merged_cells.ranges
        if merged.max_row > merged.min_row
        for row in range(merged.min_row + 1, min(merged.max_row, MAX_ROWS) + 1)
        for column in range(merged.min_col, min(merged.max_col, MAX_COLUMNS) + 1)
    }
    return [
        tuple(Cell(_text(cell), continued=(cell.row, cell.column) in continued) for cell in row)
        for row in sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS), max_col=min(sheet.max_column, MAX_COLUMNS))
    ]


def _text(cell: WorkbookCell | MergedCell) -> str:
    value = cell.value
    match value:
        case None | bool() | time():
            return ""
        case datetime() | date():
            return _date_text(value, str(cell.number_format))
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("_x000D_", "").strip()


def _date_text(value: date, number_format: str) -> str:
    """The date as the cell shows it: a format without a day shows a month, one without a year leaves the year to the reader."""
    shown = _QUOTED.sub("", number_format.lower())
    if "d" not in shown and "m" in shown:
        return f"{value.year}年{value.month}月" if "y" in shown else f"{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日" if "y" in shown else f"{value.month}月{value.day}日"
