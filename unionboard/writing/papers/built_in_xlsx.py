"""Our own forms in Excel, for the papers that are tables: the same places as in Word, the rows of a list repeated by themselves."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.models import TemplateKind
from unionboard.writing.cells import BOX, CENTRE, LEFT, MONEY, RIGHT, write_head, write_headings, write_text
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package
from unionboard.writing.papers.form_names import FormNames

IN_EXCEL = frozenset({TemplateKind.SIGN_IN, TemplateKind.HANDOUT, TemplateKind.DISCLOSURE, TemplateKind.CERTIFICATE})
_SIGN_PT = 28
_DAY = date(2026, 1, 1)


def write_xlsx_form(kind: TemplateKind, language: str) -> bytes:
    """The Excel form of a paper of ``IN_EXCEL``."""
    words, names, book = FundWords(language), FormNames(kind, language), Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _WRITERS[kind](sheet, words, names)
    sheet.page_setup.paperSize = 9  # A4
    buffer = io.BytesIO()
    book.save(buffer)
    return settle_package(buffer.getvalue(), as_of=_DAY)


def _write_sign_in(sheet: Worksheet, words: FundWords, names: FormNames) -> None:
    sheet.title = words.t("Sign-in sheet")
    told = words.t(
        "{activity}　Time: {day}　Place: {place}", activity=names.place("activity"), day=names.place("day"), place=names.place("place")
    )
    headings = (words.t("No."), words.t("Full name"), words.t("Department or duty"), words.t("Sign here"), words.t("Time"))
    write_head(sheet, f"{names.place('union')}{names.gap}{names.place('title')}", told, headings, (7, 16, 24, 22, 16))
    _write_rows(sheet, 4, [*(names.of_row("rows", one) for one in ("number", "name", "department")), "", ""], high=True)


def _write_handout(sheet: Worksheet, words: FundWords, names: FormNames) -> None:
    sheet.title = words.t("List to sign")
    facts = {"day": names.place("day"), "n": names.place("heads"), "amount": names.place("unit")}
    headings = (
        words.t("No."),
        words.t("Full name"),
        words.t("Department"),
        words.t("Article"),
        words.t("Quantity"),
        words.t("Amount (yuan)"),
        words.t("Sign here"),
        words.t("Date"),
    )
    title = f"{names.place('union')}{names.gap}{names.place('title')}"
    write_head(sheet, title, words.t("{day}, {n} people, {amount} yuan each", **facts), headings, (6, 14, 18, 24, 8, 12, 18, 14))
    sheet.page_setup.orientation = "landscape"
    cells = [names.of_row("rows", one) for one in ("number", "name", "department", "goods", "quantity", "amount")]
    _write_rows(sheet, 4, [*cells, "", ""], sums=(6,), high=True)
    _write_rows(sheet, 5, ["", words.t("Total"), "", "", names.place("heads"), names.place("total"), "", ""], sums=(6,), high=True)
    write_text(sheet, 7, 2, words.t("Handed out by: ________"))
    write_text(sheet, 7, 5, words.t("Witness: ________"))


def _write_disclosure(sheet: Worksheet, words: FundWords, names: FormNames) -> None:
    t, place = words.t, names.place
    sheet.title = t("Disclosure")
    headings, widths = (t("Item"), t("Year’s budget"), t("This period"), t("Since January")), (34, 18, 18, 18)
    told = t("From {first} to {last}. Amounts are in yuan.", first=place("first"), last=place("last"))
    write_head(sheet, f"{place('union')}{names.gap}{place('title')}", told, (t("Income"), *headings[1:]), widths)
    row = 4
    for rows, total, whole in (("income_rows", t("Total income"), "income"), ("spending_rows", t("Total spending"), "spending")):
        _write_rows(sheet, row, [names.of_row(rows, one) for one in ("item", "budget", "amount", "year_to_date")], sums=(2, 3, 4))
        _write_rows(sheet, row + 1, [total, "", place(whole), ""], sums=(3,))
        if rows == "income_rows":
            write_headings(sheet, row + 2, (t("Spending"), *headings[1:]), widths, merged=2)
        row += 3
    sheet.freeze_panes = sheet.print_title_rows = None
    told_below = (
        (t("Left at the beginning"), "opening"),
        (t("Left at the end of the period"), "balance"),
        (t("Dues collected"), "dues"),
        (t("Members"), "members"),
        (t("Care visits"), "care"),
        (t("On display"), "posted"),
        (t("Phone for questions"), "phone"),
    )
    for number, (label, name) in enumerate(told_below, start=row):
        _write_rows(sheet, number, [label, place(name), "", ""], sums=(2,) if name in ("opening", "balance", "dues") else ())
        sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=4)
        sheet.cell(number, 2).alignment = Alignment(horizontal="left", vertical="center")
    foot = row + len(told_below) + 1
    for number, label in enumerate((t("Chair (signature)"), t("Treasurer (signature)"), t("Audit committee (signature)"))):
        write_text(sheet, foot + 2 * number, 1, f"{label}  ____________")


def _write_certificates(sheet: Worksheet, words: FundWords, names: FormNames) -> None:
    sheet.title = words.t("Honours")
    headings = (words.t("No."), words.t("Honoured"), words.t("Honour"), words.t("Level"), words.t("Activity"), words.t("Date"))
    told = words.t("Honours: {n}.", n=names.place("count"))
    write_head(sheet, f"{names.place('union')}{names.gap}{names.place('title')}", told, headings, (6, 22, 34, 14, 28, 18))
    sheet.page_setup.orientation = "landscape"
    _write_rows(sheet, 4, [names.of_row("rows", one) for one in ("number", "name", "award", "level", "activity", "day")])


def _write_rows(sheet: Worksheet, row: int, texts: Sequence[str], *, sums: Sequence[int] = (), high: bool = False) -> None:
    """A framed row; ``sums``: its columns of money; ``high``: for signing by hand."""
    for column, text in enumerate(texts, start=1):
        write_text(sheet, row, column, text)
        cell = sheet.cell(row, column)
        cell.border, cell.alignment = BOX, RIGHT if column in sums else CENTRE if column == 1 and high else LEFT
        if column in sums:
            cell.number_format = MONEY
    if high:
        sheet.row_dimensions[row].height = _SIGN_PT


_WRITERS = {
    TemplateKind.SIGN_IN: _write_sign_in,
    TemplateKind.HANDOUT: _write_handout,
    TemplateKind.DISCLOSURE: _write_disclosure,
    TemplateKind.CERTIFICATE: _write_certificates,
}
