"""The table for the upper union as an Excel workbook: figures with their unit, how each is computed, and from which records.

The second sheet takes every figure apart down to its records. Sums are fen here and yuan in the cells. Source: domain notes E3.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.drafting.figures import Figure, Unit
from unionboard.drafting.upward import UpwardTable
from unionboard.i18n import translate
from unionboard.reference import upward_parts, upward_units
from unionboard.writing.cells import Value, fit_row, write_head, write_row, yuan
from unionboard.writing.figure_words import plain_value, tell_records, tell_rule
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package

_WIDTHS = (6, 30, 12, 15, 30, 46, 26)
_BASIS_WIDTHS = (6, 40, 15, 12, 30, 34, 46)
SHARE = "0.0"
_VALUE = 4
_NOT_RECORDED = "—"


def write_upward_xlsx(table: UpwardTable) -> bytes:
    """The workbook in the table's language; the same table gives the same bytes. Text that starts like a formula stays text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = translate(table.language, "Figures")
    _write_figures(sheet, table)
    _write_basis(book.create_sheet(translate(table.language, "How computed")), table)
    buffer = BytesIO()
    book.save(buffer)
    return settle_package(buffer.getvalue(), as_of=table.period.as_of)


def _write_figures(sheet: Worksheet, table: UpwardTable) -> None:
    """Number, name, unit, value, how, records and the code a form of the upper union may be filled by; a bold line for each part."""
    t = FundWords(table.language).t
    headings = (t("No."), t("Figure"), t("Unit"), t("Value"), t("How computed"), t("Records"), t("Code"))
    _write_top(sheet, table, headings, _WIDTHS)
    row, part = 3, ""
    for number, line in enumerate(table.lines, start=1):
        if line.part != part:
            part, row = line.part, row + 1
            write_row(sheet, row, [None, _named(upward_parts()[part], table), *[None] * 5], is_bold=True)
        row += 1
        figure = line.figure
        told = (tell_rule(figure, table.language), tell_records(figure.records, table.language)) if figure else (t("not recorded"), None)
        cells: list[Value] = [number, line.name, _unit(line.unit, table), _value(figure), *told, line.code]
        write_row(sheet, row, cells)
        _dress_value(sheet, row, _VALUE, figure)
        fit_row(sheet, row, cells, _WIDTHS)


def _write_basis(sheet: Worksheet, table: UpwardTable) -> None:
    """Every figure of the first sheet, below it what it is made of, each step further to the right."""
    t = FundWords(table.language).t
    headings = (t("No."), t("Figure"), t("Value"), t("Unit"), t("How computed"), t("Field"), t("Records"))
    _write_top(sheet, table, headings, _BASIS_WIDTHS)
    row = 3
    for number, line in enumerate(table.lines, start=1):
        for depth, figure in _take_apart(line.figure) if line.figure else ():
            row += 1
            name = line.name if depth == 0 else t("of which")
            told = (tell_rule(figure, table.language), figure.field or None, tell_records(figure.sources, table.language))
            cells: list[Value] = [number if depth == 0 else None, name, _value(figure), _unit(figure.unit, table), *told]
            write_row(sheet, row, cells)
            sheet.cell(row, 2).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=depth)
            _dress_value(sheet, row, 3, figure)
            fit_row(sheet, row, cells, _BASIS_WIDTHS)


def _take_apart(figure: Figure, depth: int = 0) -> Iterator[tuple[int, Figure]]:
    yield depth, figure
    for part in figure.parts:
        yield from _take_apart(part, depth + 1)


def _write_top(sheet: Worksheet, table: UpwardTable, headings: tuple[str, ...], widths: tuple[int, ...]) -> None:
    words = FundWords(table.language)
    title = words.t("{union}: figures for the upper union", union=table.union) if table.union else words.t("Figures for the upper union")
    period = table.period
    told = [
        words.t("To: {union}", union=table.higher_union) if table.higher_union else "",
        words.t("Period: {first} to {last}", first=words.day(period.starts_on), last=words.day(period.ends_on)),
        words.t("as of {day}", day=words.day(period.as_of)),
    ]
    write_head(sheet, title, " · ".join(text for text in told if text), headings, widths)
    sheet.page_setup.orientation = "landscape"


def _value(figure: Figure | None) -> Value:
    """A number where it is one, so that the upper union can go on computing with it."""
    if figure is None:
        return _NOT_RECORDED
    if isinstance(figure.value, date | str):
        return plain_value(figure)
    if figure.unit is Unit.FEN:
        return yuan(figure.number)
    return Decimal(figure.value) if figure.unit is Unit.PERCENT else figure.value


def _dress_value(sheet: Worksheet, row: int, column: int, figure: Figure | None) -> None:
    """Values stand at the right whatever they count, shares with one decimal."""
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(horizontal="right", vertical="center", indent=1)
    if figure is not None and figure.unit is Unit.PERCENT:
        cell.number_format = SHARE


def _unit(code: str, table: UpwardTable) -> str:
    named = upward_units().get(code)
    return _named(named, table) if named else ""


def _named(entry: object, table: UpwardTable) -> str:
    return str(getattr(entry, "en" if table.language == "en" else "zh"))
