"""A file's bytes as sheets of cells that keep their names (``E7``): .xlsx, .csv with any usual encoding and separator, a saved page.

Only what is in the cells is read here; what it means is read by ``ledger_columns`` and ``ledger_lines``.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from unionboard.errors.documents import (
    DocumentTooLarge,
    EmptyDocument,
    FormatNotRead,
    MacrosNotRead,
    NotADocument,
    NotAnOfficeFile,
    OldWorkbookNotRead,
)
from unionboard.errors.ledger_import import FileTooLarge, TableFileEmpty, TableNotRead, TableTooLarge
from unionboard.reading.cells import MAX_COLUMNS, Row
from unionboard.reading.encoding import decode_text
from unionboard.reading.formats import find_format
from unionboard.reading.markup import is_markup, read_markup
from unionboard.reading.package import MIB, Package

LIMIT_MB = 20
MOST_ROWS = 50_000
_DELIMITERS = "\t,;|，"
_SAMPLE = 300  # lines that are enough to know the delimiter by
_TEXT_NUMBER = re.compile(r'="(.*)"')  # how programs keep Excel from reading 001 as 1
_EXCEL_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: ``number`` as the table's program counts it, ``texts`` by place, ``continued`` places covered by a cell above."""

    number: int
    texts: tuple[str, ...]
    continued: frozenset[int] = frozenset()

    def text(self, place: int) -> str:
        return self.texts[place] if place < len(self.texts) else ""

    @property
    def is_blank(self) -> bool:
        return not any(self.texts)


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A sheet's rows with something in them. ``column_numbers``: where each place stands, when columns are hidden."""

    name: str
    rows: tuple[GridRow, ...]
    column_numbers: tuple[int, ...] = field(default=())
    prefix: str = ""

    def cell_name(self, row: GridRow | int, place: int) -> str:
        """``E7``; of a file with several sheets ``3月!E7``."""
        number = row if isinstance(row, int) else row.number
        column = self.column_numbers[place] if place < len(self.column_numbers) else place + 1
        letters = ""
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{self.prefix}{letters}{number}"


def read_sheets(data: bytes, *, filename: str) -> tuple[GridSheet, ...]:
    """The visible sheets that hold anything, with all their rows; a .csv is one sheet.

    Raises: TableFileEmpty, TableNotRead, TableTooLarge, FileTooLarge, ProtectedDocument, DamagedDocument, OldWorkbookNotRead.
    """
    if len(data) > LIMIT_MB * MIB:
        raise FileTooLarge(limit_mb=LIMIT_MB)
    if not data.strip():
        raise TableFileEmpty
    try:
        kind = find_format(data, PurePath(filename).suffix.lower())
        sheets = _read_workbook(data) if kind == ".xlsx" else _read_text(data) if not kind else ()
    except DocumentTooLarge:
        raise FileTooLarge(limit_mb=LIMIT_MB) from None
    except EmptyDocument:
        raise TableFileEmpty from None
    except (OldWorkbookNotRead, MacrosNotRead):
        raise
    except (FormatNotRead, NotADocument, NotAnOfficeFile):
        raise TableNotRead from None
    if kind and kind != ".xlsx":
        raise TableNotRead
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise TableFileEmpty
    return tuple(filled)


# --- workbooks ---------------------------------------------------------------------------------------------------------------


def _read_workbook(data: bytes) -> tuple[GridSheet, ...]:
    from unionboard.reading.workbook import read_workbook  # noqa: PLC0415 - a quarter of a second that only workbooks pay

    sheets = read_workbook(Package(data), with_hidden_rows=True, most_rows=MOST_ROWS, tell=_tell_value)
    if any(sheet.rows_left for sheet in sheets):
        raise TableTooLarge(limit=MOST_ROWS)
    several = len([sheet for sheet in sheets if sheet.rows]) > 1
    return tuple(
        GridSheet(
            sheet.name, _grid_rows(sheet.rows, sheet.row_numbers), tuple(sheet.column_numbers), prefix=f"{sheet.name}!" if several else ""
        )
        for sheet in sheets
    )


def _tell_value(cell: Any) -> str:
    """A value with all it says: days with their year, sums without the noise of binary fractions."""
    value = cell.value
    match value:
        case None | bool() | time():
            return ""
        case datetime() | date():
            shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", str(cell.number_format).lower())
            return f"{value:%Y-%m-%d}" if "d" in shown or "m" not in shown else f"{value:%Y-%m}"
        case float():
            return _tell_number(value)
        case _:
            return str(value).replace("_x000D_", "").strip()


def _tell_number(value: float) -> str:
    """Fifteen digits, which is what a spreadsheet keeps: 0.1 + 0.2 is 0.3."""
    plain = f"{value:.15g}"
    if "e" in plain:
        plain = f"{value:.10f}".rstrip("0").rstrip(".")
    return plain


def _grid_rows(rows: Sequence[Row], numbers: Sequence[int]) -> tuple[GridRow, ...]:
    made = (
        GridRow(
            number,
            tuple(_clean(cell.text) for cell in row),
            frozenset(place for place, cell in enumerate(row) if cell.continued),
        )
        for number, row in zip(numbers, rows, strict=True)
    )
    return tuple(row for row in made if not row.is_blank)


# --- text --------------------------------------------------------------------------------------------------------------------


def _read_text(data: bytes) -> tuple[GridSheet, ...]:
    text = decode_text(data)
    if is_markup(text):
        tables = [block for block in read_markup(text) if isinstance(block, list)]
        several = len(tables) > 1
        return tuple(
            GridSheet(f"{n}", _grid_rows(rows, range(1, len(rows) + 1)), prefix=f"{n}!" if several else "")
            for n, rows in enumerate(tables, start=1)
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = 0
    if said := _EXCEL_SEPARATOR.fullmatch(lines[0].strip().strip("\ufeff")):
        delimiter, skipped = said[1], 1
    else:
        delimiter = _find_delimiter(lines[:_SAMPLE])
    rows = []
    for number, values in enumerate(_parse("\n".join(lines[skipped:]), delimiter), start=1 + skipped):
        if number > MOST_ROWS:
            raise TableTooLarge(limit=MOST_ROWS)
        rows.append(GridRow(number, tuple(_clean(value) for value in values[:MAX_COLUMNS])))
    return (GridSheet("", tuple(row for row in rows if not row.is_blank)),)


def _find_delimiter(lines: Sequence[str]) -> str:
    """The one that cuts the most lines into equally many cells."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(values) for values in _parse("\n".join(lines), delimiter) if len(values) > 1)
        agreeing = max(widths.values(), default=0)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best


def _parse(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each line. Where a quotation mark is never closed, or stands inside a word, marks are letters like others."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            return list(_rows(text, delimiter, quoting=quoting))
        except csv.Error:
            continue
    raise TableNotRead  # a cell beyond 128 KiB


def _rows(text: str, delimiter: str, *, quoting: Any) -> Iterator[list[str]]:
    lines = (f"{line}\n" for line in text.split("\n"))
    yield from csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True, quoting=quoting)


def _clean(text: str) -> str:
    plain = re.sub(r"\s+", " ", text.replace("\ufeff", "").replace("\u200b", "")).strip()
    if wrapped := _TEXT_NUMBER.fullmatch(plain):
        plain = wrapped[1].strip()
    return plain[1:] if re.match(r"'\d", plain) else plain
