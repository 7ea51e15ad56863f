"""The list people sign when something is handed out (发放签领表), in Excel or Word: names as pasted, or lines to fill by hand.

Source: columns of domain notes F. Words come from the caller; nothing of the list is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.writing.cells import Value, write_head, write_row, write_text, yuan
from unionboard.writing.document import Paper

_XLSX_WIDTHS = (6, 14, 18, 24, 8, 12, 18, 14)
_DOCX_WIDTHS = (5, 9, 11, 12, 5, 9, 10, 9)
_ROW_PT = 28
"""High enough to sign in by hand."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who signs: empty fields are filled by hand."""

    name: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class SignOffList:
    """All that the list says. ``headings``: number, name, department, goods, quantity, amount, signature, day.

    ``unit_fen``: the value for each; ``foot``: the words beside which whoever handed out and whoever looked on sign.
    """

    union: str
    title: str
    told: str
    sheet: str
    headings: Sequence[str]
    receivers: Sequence[Receiver]
    goods: str
    unit_fen: int
    total: str
    foot: Sequence[str]
    language: str
    as_of: date

    @property
    def total_fen(self) -> int:
        """What all of the lines are worth."""
        return self.unit_fen * len(self.receivers)


def write_signoff_xlsx(document: SignOffList) -> bytes:
    """The list as a workbook on A4 across, headings on every page. Names that start like a formula stay text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = document.sheet
    write_head(sheet, f"{document.union}{document.title}", document.told, document.headings, _XLSX_WIDTHS)
    sheet.page_setup.orientation = "landscape"
    for number, receiver in enumerate(document.receivers, start=1):
        values: list[Value] = [number, receiver.name, receiver.department, document.goods, 1, yuan(document.unit_fen), None, None]
        write_row(sheet, number + 3, values)
        sheet.row_dimensions[number + 3].height = _ROW_PT
    last = len(document.receivers) + 4
    sums: list[Value] = [None, document.total, None, None, len(document.receivers), yuan(document.total_fen), None, None]
    write_row(sheet, last, sums, is_bold=True)
    sheet.row_dimensions[last].height = _ROW_PT
    for number, words in enumerate(document.foot):
        write_text(sheet, last + 2, 2 + 3 * number, words)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_signoff_docx(document: SignOffList) -> bytes:
    """The list as a Word file on A4, headings on every page."""
    paper = Paper(document.language)
    paper.add_title(f"{document.union}\n{document.title}")
    paper.add_paragraph(document.told)
    amount = f"{yuan(document.unit_fen):,.2f}"
    rows = [
        (str(number), receiver.name, receiver.department, document.goods, "1", amount, "", "")
        for number, receiver in enumerate(document.receivers, start=1)
    ]
    rows.append(("", document.total, "", "", str(len(document.receivers)), f"{yuan(document.total_fen):,.2f}", "", ""))
    paper.add_table(document.headings, rows, _DOCX_WIDTHS, row_pt=_ROW_PT)
    paper.add_line_to_sign("　".join(document.foot))
    return paper.to_bytes(title=document.title, author=document.union, as_of=document.as_of)
