"""The register of care visits (慰问台账) as an Excel workbook, without a name: each visit has a number that leads to the papers.

Source: columns of domain notes F, less what D2 keeps off every export. Words come from the caller; sums are fen here, yuan in the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.writing.cells import Value, write_head, write_row, yuan

_WIDTHS = (8, 13, 18, 16, 9, 13, 24, 24, 14, 14)
_COUNT_WIDTHS = (24, 10, 12, 16)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as it may be shown: ``occasion`` is the merged one, ``person`` says that somebody is known, never who."""

    number: int
    visited_on: date
    person: str
    occasion: str
    people: int
    amount_fen: int
    goods: str
    visitors: str
    paper: str
    books: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """An occasion as it may be shown; a sum that is None is kept back."""

    occasion: str
    visits: int
    people: int
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class VisitRegister:
    """All that the workbook says. ``headings``: the ten columns of a visit; ``count_headings``: the four of an occasion."""

    title: str
    period: str
    sheet: str
    headings: Sequence[str]
    rows: Sequence[VisitRow]
    total: str
    count_sheet: str
    count_title: str
    count_headings: Sequence[str]
    counts: Sequence[CountRow]


def write_visits_xlsx(register: VisitRegister) -> bytes:
    """The workbook: every visit, and on a second sheet the occasions. Text that starts like a formula stays text."""
    book = Workbook()
    visits = book.active
    assert isinstance(visits, Worksheet)
    visits.title = register.sheet
    _write_visits(visits, register)
    _write_counts(book.create_sheet(register.count_sheet), register)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_visits(sheet: Worksheet, register: VisitRegister) -> None:
    write_head(sheet, register.title, register.period, register.headings, _WIDTHS)
    sheet.page_setup.orientation = "landscape"
    for line, row in enumerate(register.rows, start=4):
        told: list[Value] = [row.number, row.visited_on, row.person, row.occasion, row.people, yuan(row.amount_fen or None)]
        write_row(sheet, line, [*told, row.goods, row.visitors, row.paper, row.books])
    last = len(register.rows) + 4
    people, amount_fen = sum(row.people for row in register.rows), sum(row.amount_fen for row in register.rows)
    write_row(sheet, last, [None, None, register.total, None, people, yuan(amount_fen), None, None, None, None], is_bold=True)
    sheet.auto_filter.ref = f"A3:J{max(last - 1, 3)}"


def _write_counts(sheet: Worksheet, register: VisitRegister) -> None:
    write_head(sheet, register.count_title, register.period, register.count_headings, _COUNT_WIDTHS)
    for line, row in enumerate(register.counts, start=4):
        write_row(sheet, line, [row.occasion, row.visits, row.people, yuan(row.amount_fen)])
