"""The plan as an Excel table (工作计划表) that can be edited and brought back: every row carries its id.

Source: columns of domain notes F. The words are a document's, not the screen's, and stay Chinese.
"""

from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.money import FEN_PER_YUAN
from unionboard.reading.plan_table import AS_WRITTEN_SHEET, DUTIES, HEADINGS, TOTAL
from unionboard.services.plan_table import TableLine, TableView, texts_of
from unionboard.writing.cells import BOX, CENTRE, LEFT, MONEY, RIGHT, height_pt, write_headings, write_text

_WIDTHS = (10, 22, 14, 44, 8, 12, 14, 10, 12, 24, 14)
_LISTS_SHEET = "选项"
_COLUMN = {name: column for column, name in enumerate(HEADINGS, start=1)}
_LETTER = {name: chr(ord("A") + column - 1) for name, column in _COLUMN.items()}
_SPARE_ROWS = 100  # below the last row: lists and text format are ready for what people add
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_GREY = Font(color="8A97A6", size=9)
_HINT = "编号由程序编定，请勿改动；新增工作时留空，复制的行按新增处理。改好后在“工作计划”页读回，先看差异，再决定采用哪些。"


def write_plan_table(view: TableView) -> bytes:
    """The workbook: the table, and unseen what it said when it was written, so that what people changed since can be told."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "工作计划表"
    _write_table(sheet, view)
    _write_lists(book.create_sheet(_LISTS_SHEET), view)
    _write_as_written(book.create_sheet(AS_WRITTEN_SHEET), view)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_table(sheet: Worksheet, view: TableView) -> None:
    write_text(sheet, 1, 1, view.title)
    write_headings(sheet, 2, tuple(HEADINGS.values()), _WIDTHS)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_cols = None
    note = Comment(_HINT, "")
    note.width, note.height = 320, 110
    sheet.cell(2, _COLUMN["id"]).comment = note
    for line, row in enumerate(view.lines, start=3):
        _write_row(sheet, line, row)
    last = len(view.lines) + 2
    for line in range(3, last + _SPARE_ROWS + 2):
        sheet.cell(line, _COLUMN["when"]).number_format = "@"  # 3-5 stays 3-5, and is not made the fifth of March
    _write_totals(sheet, last + 1, view)
    sheet.auto_filter.ref = f"A2:{_LETTER['status']}{max(last, 3)}"
    _add_list(sheet, "section", f"={_LISTS_SHEET}!$A$1:$A${max(len(view.sections), 1)}", last)
    _add_list(sheet, "duty", f"={_LISTS_SHEET}!$B$1:$B${len(DUTIES)}", last)


def _write_row(sheet: Worksheet, line: int, row: TableLine) -> None:
    texts = {**texts_of(row), "id": row.id, "status": row.status}
    for name, column in _COLUMN.items():
        cell = sheet.cell(line, column)
        cell.border = BOX
        cell.alignment = LEFT if name in {"section", "title", "audience", "note"} else _MIDDLE
        if name == "people" and row.people is not None:
            cell.value = row.people
        elif name == "budget" and row.budget_fen is not None:
            cell.value = Decimal(row.budget_fen) / FEN_PER_YUAN
            cell.number_format, cell.alignment = MONEY, RIGHT
        else:
            write_text(sheet, line, column, texts[name])
    sheet.cell(line, _COLUMN["id"]).font = _GREY
    sheet.row_dimensions[line].height = max(height_pt(texts[name], _WIDTHS[column - 1]) for name, column in _COLUMN.items())


def _write_totals(sheet: Worksheet, line: int, view: TableView) -> None:
    people = sum(row.people or 0 for row in view.lines)
    budget_fen = sum(row.budget_fen or 0 for row in view.lines)
    for column in _COLUMN.values():
        cell = sheet.cell(line, column)
        cell.border, cell.font, cell.alignment = BOX, Font(bold=True), CENTRE
    write_text(sheet, line, _COLUMN["id"], TOTAL)
    write_text(sheet, line, _COLUMN["title"], f"共{len(view.lines)}项")
    sheet.cell(line, _COLUMN["people"]).value = people or None
    money = sheet.cell(line, _COLUMN["budget"])
    money.value = Decimal(budget_fen) / FEN_PER_YUAN if budget_fen else None
    money.number_format, money.alignment = MONEY, RIGHT


def _add_list(sheet: Worksheet, name: str, source: str, last: int) -> None:
    """A drop-down list that helps and forbids nothing: a new section may be typed."""
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    choice.add(f"{_LETTER[name]}3:{_LETTER[name]}{last + _SPARE_ROWS}")
    sheet.add_data_validation(choice)


def _write_lists(sheet: Worksheet, view: TableView) -> None:
    for line, section in enumerate(view.sections, start=1):
        write_text(sheet, line, 1, section)
    for line, duty in enumerate(DUTIES.values(), start=1):
        write_text(sheet, line, 2, duty)
    sheet.sheet_state = "hidden"


def _write_as_written(sheet: Worksheet, view: TableView) -> None:
    names = [name for name in HEADINGS if name != "status"]
    for column, name in enumerate(names, start=1):
        write_text(sheet, 1, column, HEADINGS[name])
    for line, row in enumerate(view.lines, start=2):
        texts = {**texts_of(row), "id": row.id}
        for column, name in enumerate(names, start=1):
            write_text(sheet, line, column, texts[name])
    sheet.sheet_state = "veryHidden"
