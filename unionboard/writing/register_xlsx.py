"""The register of what was held and what proves it (活动台账), as an Excel workbook for the inspector's desk.

Source: columns of domain notes F. Words come from the caller; sums are fen here and yuan in the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.writing.cells import Value, write_head, write_row, yuan

_WIDTHS = (6, 13, 30, 16, 8, 8, 12, 36, 32, 18)
_AREA_WIDTHS = (22, 10, 10, 10)
_KIND_WIDTH = 10
SHARE = "0%"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What was held on ``held_on``–``held_to`` (inclusive). ``spent_fen`` None leaves the cell empty; no ``papers`` means none."""

    held_on: date
    held_to: date | None
    title: str
    area: str
    eligible: int | None
    participants: int | None
    spent_fen: int | None
    result: str
    papers: str
    place: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A work area: how often something was held, how often with papers, and with each kind of paper."""

    name: str
    held: int
    proven: int
    kinds: Sequence[int]


@dataclass(frozen=True, slots=True)
class RegisterDocument:
    """All that the workbook says. ``headings``: ten columns; ``area_headings``: name, held, proven, share, then one a kind of paper."""

    title: str
    period: str
    sheet: str
    headings: Sequence[str]
    rows: Sequence[RegisterRow]
    total: str
    area_sheet: str
    area_title: str
    area_headings: Sequence[str]
    areas: Sequence[AreaRow]


def write_register_xlsx(document: RegisterDocument) -> bytes:
    """The workbook: the register, and on a second sheet the share by area. Text that starts like a formula stays text."""
    book = Workbook()
    register = book.active
    assert isinstance(register, Worksheet)
    register.title = document.sheet
    _write_register(register, document)
    _write_areas(book.create_sheet(document.area_sheet), document)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_register(sheet: Worksheet, document: RegisterDocument) -> None:
    write_head(sheet, document.title, document.period, document.headings, _WIDTHS)
    sheet.page_setup.orientation = "landscape"
    for number, row in enumerate(document.rows, start=1):
        values: list[Value] = [number, _days(row), row.title, row.area, row.eligible, row.participants, yuan(row.spent_fen)]
        write_row(sheet, number + 3, [*values, row.result, row.papers, row.place])
    last = len(document.rows) + 4
    spent = yuan(sum(row.spent_fen or 0 for row in document.rows))
    write_row(sheet, last, [None, None, document.total, *[None] * 3, spent, *[None] * 3], is_bold=True)
    sheet.auto_filter.ref = f"A3:J{max(last - 1, 3)}"


def _write_areas(sheet: Worksheet, document: RegisterDocument) -> None:
    widths = (*_AREA_WIDTHS, *[_KIND_WIDTH] * (len(document.area_headings) - len(_AREA_WIDTHS)))
    write_head(sheet, document.area_title, document.period, document.area_headings, widths)
    sheet.page_setup.orientation = "landscape"
    kinds = [sum(counts) for counts in zip(*(row.kinds for row in document.areas), strict=True)]
    whole = AreaRow(document.total, sum(row.held for row in document.areas), sum(row.proven for row in document.areas), kinds)
    for number, row in enumerate((*document.areas, whole), start=4):
        share = Decimal(row.proven) / row.held if row.held else None
        write_row(sheet, number, [row.name, row.held, row.proven, share, *(count or None for count in row.kinds)], is_bold=row is whole)
        sheet.cell(number, len(_AREA_WIDTHS)).number_format = SHARE


def _days(row: RegisterRow) -> str:
    """One day, or an inclusive span: 2026-11-06, 2026-11-06–08, 2026-11-28–12-02."""
    if row.held_to is None or row.held_to == row.held_on:
        return row.held_on.isoformat()
    first, last = row.held_on.isoformat(), row.held_to.isoformat()
    shared = next(length for length in (8, 5, 0) if last[:length] == first[:length])  # 2026-11-, 2026-
    return f"{first}–{last[shared:]}"
