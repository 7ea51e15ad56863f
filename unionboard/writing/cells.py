"""What our workbooks share: cells that hold text as text, borders and fills, a page of A4 whose headings stay in sight."""

import re
from collections.abc import Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.money import FEN_PER_YUAN
from unionboard.writing.text_lines import break_lines

MONEY = "#,##0.00;[Red]-#,##0.00"
DAY = "yyyy-mm-dd"
Value = str | int | date | Decimal | None
_LIKE_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""What a spreadsheet takes for a formula once somebody edits the cell; in Chinese ones its full-width forms too."""
_LINE = Side(style="thin", color="9AA7B5")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD = PatternFill("solid", start_color="E6EBF1")
TEXT_PT = 11
"""The size of a cell's text when nothing is said of it."""
_DRESSES: WeakKeyDictionary[Workbook, dict[tuple[type, bool], StyleArray]] = WeakKeyDictionary()
_ONE_LINE_PT = TEXT_PT * 1.3 + 6
LEFT, CENTRE, RIGHT = (Alignment(horizontal=side, vertical="center", wrap_text=side == "left") for side in ("left", "center", "right"))


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Text as text: never a formula, also not when somebody edits the cell in Excel, and without characters a workbook cannot hold."""
    cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", text) or None)
    if cell.value is not None:
        cell.data_type = "s"  # neither a formula nor, as #REF! would be, an error
        cell.quotePrefix = bool(_LIKE_FORMULA.match(text))


def height_pt(text: str, width: float, *, size: float = TEXT_PT) -> float:
    """How high a cell must be to show all of its text in a column of ``width``, which counts digits: a Chinese letter is two of them wide.

    Not every program makes rows as high as their text by itself; what is too low is cut, on paper too.
    """
    lines = sum(max(len(break_lines(line, width * 0.5 * TEXT_PT / size)), 1) for line in text.splitlines())
    return lines * size * 1.3 + 6


def fit_row(sheet: Worksheet, number: int, values: Sequence[object], widths: Sequence[float]) -> None:
    """Make a row as high as its longest text needs; rows of one line stay as they are."""
    texts = [(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str)]
    highest = max((height_pt(text, width) for text, width in texts if len(text) * 2 > width), default=0.0)
    if highest > _ONE_LINE_PT:
        sheet.row_dimensions[number].height = highest


def write_headings(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float], *, merged: int | None = None) -> None:
    """The heads of the columns in ``row``: they stay in sight and on every printed page, below the titles that are centred over them.

    ``merged``: how many of the rows above become one cell each; all when left out.
    """
    for number in range(1, row if merged is None else merged + 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(headings))
        sheet.cell(number, 1).alignment = CENTRE
    sheet.cell(1, 1).font = Font(size=16, bold=True)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[row].height = 24
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        write_text(sheet, row, column, heading)
        cell = sheet.cell(row, column)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), HEAD, BOX, CENTRE
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    assert footer is not None
    footer.center.text = "&P / &N"


def write_head(sheet: Worksheet, title: str, period: str, headings: Sequence[str], widths: Sequence[float]) -> None:
    """Title, period and headings in the first three rows."""
    for number, text in enumerate((title, period), start=1):
        write_text(sheet, number, 1, text)
    write_headings(sheet, 3, headings, widths)


def yuan(amount_fen: int | None) -> Decimal | None:
    """A sum as a cell holds it."""
    return None if amount_fen is None else Decimal(amount_fen) / FEN_PER_YUAN


def write_row(sheet: Worksheet, number: int, values: Sequence[Value], *, is_bold: bool = False) -> None:
    """A row of framed cells: text at the left, sums in yuan (Decimal) at the right, days and counts in the middle."""
    assert sheet.parent is not None
    dresses = _DRESSES.setdefault(sheet.parent, {})
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        _dress(cell, value, dresses, is_bold=is_bold)
        if isinstance(value, str):
            write_text(sheet, number, column, value)
        elif value is not None:
            cell.value = value


def _dress(cell: Any, value: Value, dresses: dict[tuple[type, bool], StyleArray], *, is_bold: bool) -> None:
    """Frame and type by what a cell holds. Looked up once a workbook and copied: a book of twenty thousand lines has few kinds of cells."""
    kind = type(value)
    dress = dresses.get((kind, is_bold))
    if dress is not None:
        cell._style = copy(dress)
        return
    cell.border, cell.font = BOX, Font(bold=is_bold)
    if isinstance(value, str):
        cell.alignment = LEFT
    elif value is not None:
        cell.number_format = MONEY if isinstance(value, Decimal) else DAY if isinstance(value, date) else "0"
        cell.alignment = RIGHT if isinstance(value, Decimal) else CENTRE
    dresses[kind, is_bold] = copy(cell._style)
