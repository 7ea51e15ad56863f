"""An .xlsx as sheets: each visible sheet is one table of cell texts, with merged cells marked.

What people see is what is read: hidden sheets, columns and rows are left out. Rows that a filter hides are read, for a filter is only a way
of looking at a table. A formula that no program has computed yet is shown as it is written.
"""

import re
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from unionboard.errors import Refusal
from unionboard.errors.documents import DamagedDocument, TextTooLarge
from unionboard.reading.cells import MAX_COLUMNS, MAX_ROWS, Cell, Row
from unionboard.reading.package import PART_LIMIT_MB, Package

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ON = ("1", "true")
_STRING = re.compile(rb"<(?:\w+:)?si[ />]")
STRINGS_LIMIT = 100_000  # different texts in the cells of one workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows_left``: rows with words below the ``MAX_ROWS`` that are read; ``columns_left`` likewise at the right."""

    name: str
    rows: list[Row]
    rows_left: int = 0
    columns_left: int = 0


@dataclass(slots=True)
class _Layout:
    """What the cells' values do not tell. Rows and columns count from 1."""

    continued: set[tuple[int, int]] = field(default_factory=set)  # (row, column) below the first row of a merged range
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # without a computed value
    rows: int = 0  # the last row with a value
    rows_left: int = 0
    columns_left: int = 0


def read_workbook(package: Package, *, with_hidden: bool = False) -> list[Sheet]:
    """The visible sheets in order; ``with_hidden`` all sheets with all their rows and columns.

    Raises: DamagedDocument, TextTooLarge.
    """
    if len(_STRING.findall(package.read("xl/sharedStrings.xml") or b"")) > STRINGS_LIMIT:
        raise TextTooLarge(limit_mb=PART_LIMIT_MB)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and print settings it does not know: nothing of the text
            book = openpyxl.load_workbook(package.slim_copy(), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if with_hidden or sheet.sheet_state == "visible"]
            return [_read_sheet(sheet, package, with_hidden=with_hidden) for sheet in sheets]
    except Refusal:
        raise
    except Exception as error:  # whatever the libraries below trip over in foreign bytes, the file cannot be opened
        raise DamagedDocument from error


def _read_sheet(sheet: Any, package: Package, *, with_hidden: bool) -> Sheet:
    layout = _read_layout(package.read(sheet._worksheet_path) or b"")
    if with_hidden:
        layout.hidden_rows, layout.hidden_columns = set(), set()
    rows: list[Row] = []
    shown = [column for column in range(1, MAX_COLUMNS + 1) if column not in layout.hidden_columns]
    if layout.rows:
        for number, cells in enumerate(sheet.iter_rows(max_row=layout.rows, max_col=MAX_COLUMNS), start=1):
            if number not in layout.hidden_rows:
                rows.append(tuple(_cell(cells[column - 1], (number, column), layout) for column in shown))
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.text or cell.continued), default=0)
    return Sheet(sheet.title, [row[:width] for row in rows], layout.rows_left, layout.columns_left)


def _cell(cell: Any, place: tuple[int, int], layout: _Layout) -> Cell:
    return Cell(_text(cell) or layout.formulas.get(place, ""), continued=place in layout.continued)


def _read_layout(data: bytes) -> _Layout:
    layout = _Layout()
    row, is_filtered, area = 0, False, 0
    tags = [_S + tag for tag in ("col", "row", "filterColumn", "mergeCell")]
    for _, element in etree.iterparse(BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
        match element.tag.removeprefix(_S):
            case "col" if element.get("hidden") in _ON:
                layout.hidden_columns |= set(range(int(element.get("min")), min(int(element.get("max")), MAX_COLUMNS) + 1))
            case "row":
                row = int(float(element.get("r", row + 1)))
                _note_row(element, row, layout)
            case "filterColumn":
                is_filtered = True
            case "mergeCell" if area <= MAX_ROWS * MAX_COLUMNS:  # ranges do not overlap: more than that is nonsense
                left, top, right, bottom = (place or 1 for place in range_boundaries(element.get("ref", "")))
                rows, columns = range(top + 1, min(bottom, MAX_ROWS) + 1), range(left, min(right, MAX_COLUMNS) + 1)
                area += len(rows) * len(columns)
                layout.continued |= {(each, column) for each in rows for column in columns}
        element.clear()
    if is_filtered:
        layout.hidden_rows.clear()
    return layout


def _note_row(element: etree._Element, row: int, layout: _Layout) -> None:
    columns = []
    column = 0
    for cell in element.iterchildren(_S + "c"):
        column = coordinate_to_tuple(cell.get("r"))[1] if cell.get("r") else column + 1
        formula = cell.find(_S + "f")
        has_value = bool(cell.findtext(_S + "v")) or cell.find(_S + "is") is not None
        if has_value or formula is not None:
            columns.append(column)
        if formula is not None and not has_value and row <= MAX_ROWS:
            layout.formulas[row, column] = f"={formula.text or '…'}"
    if not columns:
        return
    if row > MAX_ROWS:
        layout.rows_left += 1
        return
    if element.get("hidden") in _ON:
        layout.hidden_rows.add(row)
    layout.rows = max(layout.rows, row)
    layout.columns_left = max(layout.columns_left, sum(column > MAX_COLUMNS for column in columns))


def _text(cell: Any) -> str:
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
