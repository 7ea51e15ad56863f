"""Filling an Excel form that somebody else made: places in its cells, and for each list the row that names it, repeated.

A cell that is nothing but a place takes the figure as a figure, in the form's own number format. What stands below a repeated row moves
down with its heights and merged cells.
"""

import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors.exports import (
    FormFormula,
    FormRowMixed,
    TemplateNotExcel,
    TemplatePlaceUnknown,
    TemplateStrange,
    TemplateTagRefused,
    TemplateTagUnclosed,
    TemplateTooLarge,
    TemplateWithLinks,
)
from unionboard.writing.cells import write_text
from unionboard.writing.docx_template import open_package, refuse_strangeness
from unionboard.writing.fund_words import FundWords

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_FETCHING = re.compile(r"\b(WEBSERVICE|FILTERXML|HYPERLINK|DDE|RTD|CALL|REGISTER(\.ID)?|IMAGE)\s*\(|[\[|]", re.IGNORECASE)
_ELSEWHERE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/model/")
_MOST_ROWS, _MOST_COLUMNS, _MOST_SHEETS = 500, 60, 6
_WORDS = 60
Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def fill_sheets(
    form: bytes, values: Mapping[str, Any], lists: Lists, columns: Mapping[str, frozenset[str]], *, words: FundWords
) -> tuple[bytes, frozenset[str]]:
    """The workbook with its places filled, and which of them it names. ``columns``: the places of each list.

    Raises: a TemplateRefused that says why, ProtectedDocument.
    """
    _check(form)
    named: set[str] = set()
    with refuse_strangeness():
        book = load_workbook(io.BytesIO(form))
        if len(book.worksheets) > _MOST_SHEETS:
            raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)
        for sheet in book.worksheets:
            if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
                raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)
            named |= _fill_sheet(sheet, values, lists, columns, words)
        buffer = io.BytesIO()
        book.save(buffer)
    return buffer.getvalue(), frozenset(named)


def _check(form: bytes) -> None:
    package = open_package(form, main="xl/workbook.xml", otherwise=TemplateNotExcel)
    for name in package.names:
        if name.lower().startswith(_ELSEWHERE):
            raise TemplateWithLinks
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in (package.read(name) or b""):
            raise TemplateStrange


def _fill_sheet(
    sheet: Worksheet, values: Mapping[str, Any], lists: Lists, columns: Mapping[str, frozenset[str]], words: FundWords
) -> set[str]:
    """From the last row up, so that rows that are repeated push down only what is filled already."""
    named: set[str] = set()
    for row in range(sheet.max_row, 0, -1):
        texts = {cell.column: _read(cell) for cell in sheet[row] if isinstance(cell, Cell) and isinstance(cell.value, str)}
        found = {name for text in texts.values() for name in _PLACE.findall(text)}
        told = {name.partition(".")[0] for name in found if "." in name}
        _check_known(texts.values(), values, columns)
        if len(told) > 1:
            raise FormRowMixed(where=" ".join(texts.values())[:_WORDS])
        named |= {name for name in found if "." not in name} | told
        if told:
            _repeat(sheet, row, texts, lists[told.pop()], values, words)
        else:
            _write_cells(sheet, row, texts, values, {}, words)
    return named


def _read(cell: Cell) -> str:
    """A cell's text with plain braces. Raises: FormFormula, TemplateTagUnclosed, TemplateTagRefused."""
    text = str(cell.value).replace("｛｛", "{{").replace("｝｝", "}}")
    if cell.data_type == "f" and (_PLACE.search(text) or _FETCHING.search(text)):
        raise FormFormula(where=text[:_WORDS])
    if "{%" in text or "{#" in text:
        raise TemplateTagRefused(where=text[:_WORDS])
    if "{{" in _PLACE.sub("", text):
        raise TemplateTagUnclosed(where=text[:_WORDS])
    return text


def _check_known(texts: Any, values: Mapping[str, Any], columns: Mapping[str, frozenset[str]]) -> None:
    for text in texts:
        for name in _PLACE.findall(text):
            one, is_of_list, column = name.partition(".")
            if (one not in columns or column not in columns[one]) if is_of_list else name not in values:
                raise TemplatePlaceUnknown(place=name, where=text[:_WORDS])


def _repeat(
    sheet: Worksheet, row: int, texts: Mapping[int, str], lines: Sequence[Mapping[str, Any]], values: Mapping[str, Any], words: FundWords
) -> None:
    """``row`` once for each line; with none it stays, empty."""
    more = len(lines) - 1
    if more > 0:
        _make_room(sheet, row, more)
    for number in range(1, len(lines)):
        _copy_row(sheet, row, row + number)
    for number, line in enumerate(lines):
        _write_cells(sheet, row + number, texts, values, line, words)
    if not lines:
        for column, text in texts.items():
            if _PLACE.search(text):
                sheet.cell(row, column).value = None


def _make_room(sheet: Worksheet, row: int, more: int) -> None:
    """Whatever stands below ``row`` goes ``more`` rows down."""
    below = sheet.max_row
    heights = {number: sheet.row_dimensions[number].height for number in range(row + 1, below + 1)}
    merged = [one for one in sheet.merged_cells.ranges if one.min_row > row]
    for one in merged:  # its cells but the first are no cells, which move_range does not know
        sheet.unmerge_cells(str(one))
    if below > row:
        sheet.move_range(f"A{row + 1}:{get_column_letter(sheet.max_column)}{below}", rows=more, translate=True)
    for one in merged:
        one.shift(row_shift=more)
        sheet.merge_cells(str(one))
    for number in heights:
        sheet.row_dimensions[number].height = None
    for number, height in heights.items():
        sheet.row_dimensions[number + more].height = height


def _copy_row(sheet: Worksheet, row: int, to: int) -> None:
    sheet.row_dimensions[to].height = sheet.row_dimensions[row].height
    spans = [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == row]
    for column in range(1, sheet.max_column + 1):
        old: Any = sheet.cell(row, column)
        made: Any = sheet.cell(to, column)
        made._style = copy(old._style)
        if isinstance(old, Cell) and isinstance(made, Cell):
            made.value = old.value
    for one in spans:
        sheet.merge_cells(start_row=to, end_row=to, start_column=one.min_col, end_column=one.max_col)


def _write_cells(
    sheet: Worksheet, row: int, texts: Mapping[int, str], values: Mapping[str, Any], line: Mapping[str, Any], words: FundWords
) -> None:
    """Cells that name places; a figure or day alone in its cell stays one."""

    def find(name: str) -> Any:
        return line[name.partition(".")[2]] if "." in name else values[name]

    def write(value: Any) -> str:
        if isinstance(value, date):
            return words.day(value)
        return f"{value:,.2f}" if isinstance(value, Decimal) else "" if value is None else str(value)

    for column, text in texts.items():
        if not _PLACE.search(text):
            continue
        alone = _PLACE.fullmatch(text.strip())
        value = find(alone[1]) if alone else None
        if alone and not isinstance(value, str):
            sheet.cell(row, column).value = value
        else:
            sheet.cell(row, column).value = None  # an empty text would leave the place standing
            write_text(sheet, row, column, _PLACE.sub(lambda found: write(find(found[1])), text))
