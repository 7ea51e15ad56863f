"""An .xlsx as sheets: each visible sheet is one table of cell texts, with merged cells marked.

What people see is what is read: hidden sheets, columns and rows are left out. Rows that a filter hides are read, for a filter is only a way
of looking at a table. A formula that no program has computed yet is shown as it is written.
"""

import re
import warnings
from collections.abc import Callable
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
    """One sheet. ``rows_left``: rows with words below the ``MAX_ROWS`` that are read; ``columns_left`` likewise at the right.

    ``row_numbers`` and ``column_numbers``: where each row and column stands in the workbook, from 1.
    """

    name: str
    rows: list[Row]
    rows_left: int = 0
    columns_left: int = 0
    row_numbers: list[int] = field(default_factory=list)
    column_numbers: list[int] = field(default_factory=list)


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
    most_rows: int = MAX_ROWS


def show_text(cell: Any) -> str:
    """A cell's value as people see it."""
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


def read_workbook(
    package: Package,
    *,
    with_hidden: bool = False,
    with_hidden_rows: bool = False,
    most_rows: int = MAX_ROWS,
    tell: Callable[[Any], str] = show_text,
) -> list[Sheet]:
    """The visible sheets in order; ``with_hidden`` all sheets with all their rows and columns.

    ``tell`` makes a text of a cell's value (of the library's own cells).

    Raises: DamagedDocument, TextTooLarge.
    """
    if len(_STRING.findall(package.read("xl/sharedStrings.xml") or b"")) > STRINGS_LIMIT:
        raise TextTooLarge(limit_mb=PART_LIMIT_MB)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and print settings it does not know: nothing of the text
            book = openpyxl.load_workbook(package.slim_copy(), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if with_hidden or sheet.sheet_state == "visible"]
            layouts = [_find_layout(sheet, package, most_rows) for sheet in sheets]
            for layout in layouts:
                if with_hidden or with_hidden_rows:
                    layout.hidden_rows = set()
                if with_hidden:
                    layout.hidden_columns = set()
            return [_read_sheet(sheet, layout, tell) for sheet, layout in zip(sheets, layouts, strict=True)]
    except Refusal:
        raise
    except Exception as error:  # whatever the libraries below trip over in foreign bytes, the file cannot be opened
        raise DamagedDocument from error


def _find_layout(sheet: Any, package: Package, most_rows: int) -> _Layout:
    return _read_layout(package.read(sheet._worksheet_path) or b"", most_rows)


def _read_sheet(sheet: Any, layout: _Layout, tell: Callable[[Any], str]) -> Sheet:
    rows: list[Row] = []
    numbers: list[int] = []
    shown = [column for column in range(1, MAX_COLUMNS + 1) if column not in layout.hidden_columns]
    if layout.rows:
        for number, cells in enumerate(sheet.iter_rows(max_row=layout.rows, max_col=MAX_COLUMNS), start=1):
            if number not in layout.hidden_rows:
                numbers.append(number)
                rows.append(tuple(_cell(tell(cells[column - 1]), (number, column), layout) for column in shown))
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.text or cell.continued), default=0)
    return Sheet(sheet.title, [row[:width] for row in rows], layout.rows_left, layout.columns_left, numbers, shown[:width])


def _cell(text: str, place: tuple[int, int], layout: _Layout) -> Cell:
    return Cell(text or layout.formulas.get(place, ""), continued=place in layout.continued)


def _read_layout(data: bytes, most_rows: int) -> _Layout:
    layout = _Layout(most_rows=most_rows)
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
            case "mergeCell" if area <= most_rows * MAX_COLUMNS:  # ranges do not overlap: more than that is nonsense
                left, top, right, bottom = (place or 1 for place in range_boundaries(element.get("ref", "")))
                rows, columns = range(top + 1, min(bottom, most_rows) + 1), range(left, min(right, MAX_COLUMNS) + 1)
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
        if formula is not None and not has_value and row <= layout.most_rows:
            layout.formulas[row, column] = f"={formula.text or '…'}"
    if not columns:
        return
    if row > layout.most_rows:
        layout.rows_left += 1
        return
    if element.get("hidden") in _ON:
        layout.hidden_rows.add(row)
    layout.rows = max(layout.rows, row)
    layout.columns_left = max(layout.columns_left, sum(column > MAX_COLUMNS for column in columns))


def _date_text(value: date, number_format: str) -> str:
    """The date as the cell shows it: a format without a day shows a month, one without a year leaves the year to the reader."""
    shown = _QUOTED.sub("", number_format.lower())
    if "d" not in shown and "m" in shown:
        return f"{value.year}年{value.month}月" if "y" in shown else f"{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日" if "y" in shown else f"{value.month}月{value.day}日"
