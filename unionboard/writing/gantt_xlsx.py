"""The year as an Excel Gantt as committees keep one: a row an activity, a column a week (a day when the sheet is short), coloured cells.

Every coloured cell also carries a sign, so that the sheet can be read printed in black and white, and where Excel prints no colours.
Section headings are rows of their own and no cell of the table is merged: it can be filtered and sorted.
"""

from collections.abc import Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.charts.theme import LIGHT
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.periods import Span, clip
from unionboard.writing.cells import BOX, CENTRE, HEAD, LEFT, TEXT_PT, height_pt, write_headings, write_text
from unionboard.writing.sheet import SheetPart, SheetRow, YearSheet, is_short, touches

DAYS_UP_TO = 100
"""A sheet of no more days than this has a column for each day."""
TITLE_ROW, ABOUT_ROW, MONTH_ROW, HEAD_ROW = 1, 2, 3, 4
FIRST_ROW = HEAD_ROW + 1
NUMBER, PART, TITLE, OWNER, WHEN, STATUS, PEOPLE = range(1, 8)
FIRST_COLUMN = PEOPLE + 1
_WIDTHS = (5, 22, 36, 10, 17, 14, 9)
_COLUMN_WIDTH = 2.9
_PART_PT = 8


def _rgb(colour: str) -> str:
    return colour.removeprefix("#")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of the time part looks: its sign, its fill and the colour of the sign."""

    sign: str
    pattern: Literal["solid", "lightVertical", "lightUp", "gray125", "lightTrellis"]
    colour: str
    ink: str
    ground: str = "FFFFFF"

    @property
    def fill(self) -> PatternFill:
        """The cell's fill; patterns show on ``ground``."""
        if self.pattern == "solid":
            return PatternFill("solid", start_color=self.colour)
        return PatternFill(self.pattern, start_color=self.colour, end_color=self.ground)

    def as_cell(self) -> dict[str, Any]:
        """What of a cell it sets."""
        return {"fill": self.fill, "font": Font(size=9, color=self.ink), "alignment": Alignment(horizontal="center", vertical="center")}


_GREEN, _BLUE, _GREY = (_rgb(LIGHT.fill[status]) for status in (Status.DONE, Status.UNDER_WAY, Status.COMING))
_ORANGE, _VIOLET, _GOLD = (_rgb(LIGHT.fill[status]) for status in (Status.LATE, Status.POSTPONED, Status.STANDING))
_PALE, _LANE, _INK = "D5DDE6", "FAF6E8", _rgb(LIGHT.ink)
LOOKS = {
    "plan": Look("□", "solid", _PALE, "5B6776"),
    "month": Look("┆", "lightVertical", "C3CCD6", "7A8898"),
    "short": Look("◇", "solid", _PALE, _INK),
    "actual": Look("■", "solid", _GREEN, "FFFFFF"),
    "actual_short": Look("◆", "solid", _GREEN, "FFFFFF"),
    "partly": Look("◧", "solid", "9CCBC3", _INK),
    "under_way": Look("▶", "solid", _BLUE, "FFFFFF"),
    "late": Look("▲", "lightUp", _ORANGE, _rgb(LIGHT.text[Status.LATE]), "FBE6DA"),
    "postponed": Look("▷", "gray125", _VIOLET, _rgb(LIGHT.text[Status.POSTPONED]), "EFE9F7"),
    "cancelled": Look("×", "lightTrellis", "C9CDD3", _rgb(LIGHT.text[Status.CANCELLED])),
    "lane": Look("", "solid", _LANE, _INK),
    "turn_done": Look("●", "solid", _LANE, _rgb(LIGHT.text[Status.STANDING])),
    "turn_due": Look("◉", "solid", _LANE, _BLUE),
    "turn_coming": Look("○", "solid", _LANE, _GREY),
    "turn_missed": Look("✕", "solid", "FBE6DA", _rgb(LIGHT.text[Status.LATE])),
}
"""Every look of a cell, by what it says."""
_TODAY = Side(style="medium", color=_INK)
_MONTH_EDGE = Side(style="thin", color="7A8898")
_HAIR = Side(style="hair", color="C3CCD6")
_TODAY_HEAD = {"font": Font(size=8, bold=True, color="FFFFFF"), "fill": PatternFill("solid", start_color=_INK)}


class _Table:
    """The sheet being written: its columns, and the styles made so far (a style costs openpyxl more than a cell)."""

    def __init__(self, page: Worksheet, sheet: YearSheet) -> None:
        self.page, self.sheet = page, sheet
        self.columns = list(list_columns(sheet))
        self.begins = {month.span[0] for month in sheet.months}
        self.today = next((at for at, span in self.weeks() if clip(span, (sheet.today, sheet.today))), None)
        self.last = FIRST_ROW + sum(len(part.rows) + 1 for part in sheet.parts) - 1
        self._styles: dict[Hashable, StyleArray] = {}

    def weeks(self) -> Iterator[tuple[int, Span]]:
        """The columns of time with their numbers."""
        return enumerate(self.columns, start=FIRST_COLUMN)

    def write(self, line: int, column: int, text: str, style: str, **look: Any) -> None:
        """A cell with text as text. ``style`` names what is set by ``look``: the same name, the same look."""
        write_text(self.page, line, column, text)
        self.style(line, column, style, **look)

    def style(self, line: int, column: int, style: str, **look: Any) -> None:
        cell: Any = self.page.cell(line, column)
        stays_text = cell.quotePrefix
        key = (style, *self._edges(line, column))
        if key not in self._styles:
            for name, value in look.items():
                setattr(cell, name, value)
            cell.border = self._border(line, column)
            self._styles[key] = copy(cell._style)
        cell._style = copy(self._styles[key])
        cell.quotePrefix = stays_text

    def _edges(self, line: int, column: int) -> tuple[bool, bool, bool, bool]:
        is_time = column >= FIRST_COLUMN
        begins = is_time and self.columns[column - FIRST_COLUMN][0] in self.begins
        is_today = column == self.today
        return is_time, begins, is_today, is_today and line == self.last

    def _border(self, line: int, column: int) -> Border:
        """Lines of the table; today's column is outlined from its head to the last row."""
        is_time, begins, is_today, is_foot = self._edges(line, column)
        if not is_time:
            return BOX
        if is_today:
            top = _TODAY if line == HEAD_ROW else _HAIR
            return Border(left=_TODAY, right=_TODAY, top=top, bottom=_TODAY if is_foot else _HAIR)
        return Border(left=_MONTH_EDGE if begins else _HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)


def write_gantt(sheet: YearSheet) -> bytes:
    """The workbook. Text is written as text, also when it begins like a formula."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet.words.sheet
    table = _Table(page, sheet)
    _write_head(table)
    line = FIRST_ROW
    for part in sheet.parts:
        _write_part(table, line, part)
        for at, row in enumerate(part.rows, start=line + 1):
            _write_row(table, at, part, row)
        line += len(part.rows) + 1
    _write_legend(table, table.last + 2)
    _set_print(table)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def list_columns(sheet: YearSheet) -> Iterator[Span]:
    """The days of each column: single days, or weeks from Monday on that also end with their month, so that each column has one month."""
    step = 1 if sheet.days <= DAYS_UP_TO else 7
    for month in sheet.months:
        first = month.span[0]
        while first <= month.span[1]:
            end = first if step == 1 else first + timedelta(days=6 - first.weekday())
            yield first, min(end, month.span[1])
            first = min(end, month.span[1]) + timedelta(days=1)


def look_of(row: SheetRow, column: Span) -> str:
    """What a cell says, as a key of ``LOOKS``; "" for an empty cell. What happened goes before what was planned."""
    if row.is_duty:
        return _look_of_duty(row, column)
    done = next((span for span in row.done if clip(span, column)), None)
    if done:
        if row.status in {Status.PARTLY, Status.UNDER_WAY}:
            return row.status.value
        return "actual_short" if is_short(done) else "actual"
    if touches([row.plan], column):
        if row.status in {Status.LATE, Status.POSTPONED, Status.CANCELLED}:
            return row.status.value
        if not row.is_exact:
            return "month"
        return "short" if is_short(row.plan) else "plan"
    return "postponed" if row.first_plan and touches([row.first_plan], column) else ""


def _look_of_duty(row: SheetRow, column: Span) -> str:
    if row.status is Status.CANCELLED:
        return "cancelled" if touches([row.plan], column) else ""
    turns = {turn.status for turn in row.turns if clip((turn.day, turn.day), column)}
    for status in (OccurrenceStatus.MISSED, OccurrenceStatus.DUE, OccurrenceStatus.DONE, OccurrenceStatus.COMING):
        if status in turns:  # what needs somebody shows first
            return f"turn_{status.value}"
    return "lane" if touches([row.plan], column) else ""


def sign_of(row: SheetRow, column: Span, look: str) -> str:
    """The sign of a cell; with several turns of a duty in it, how many stands behind."""
    turns = sum(bool(clip((turn.day, turn.day), column)) for turn in row.turns)
    return f"{LOOKS[look].sign}{turns}" if row.is_duty and turns > 1 else LOOKS[look].sign


def _write_head(table: _Table) -> None:
    page, sheet, words = table.page, table.sheet, table.sheet.words
    heads = (words.number, words.part, words.title, words.owner, words.when, words.status, words.people)
    days = tuple(str(column[0].day) for column in table.columns)
    write_text(page, TITLE_ROW, 1, sheet.title)
    write_text(page, ABOUT_ROW, 1, f"{sheet.choice}  {sheet.printed}")
    write_headings(page, HEAD_ROW, (*heads, *days), (*_WIDTHS, *(_COLUMN_WIDTH for _ in days)), merged=0)
    page.cell(ABOUT_ROW, 1).font = Font(size=10, color=_rgb(LIGHT.muted))
    for line in (TITLE_ROW, ABOUT_ROW):
        page.cell(line, 1).alignment = Alignment(horizontal="left", vertical="center")
    small = Font(size=8, color=_rgb(LIGHT.muted))
    for column, _ in table.weeks():
        is_today = column == table.today
        look = _TODAY_HEAD if is_today else {"font": small, "fill": HEAD}
        table.style(HEAD_ROW, column, "head", alignment=CENTRE, **look)
    for column in range(1, FIRST_COLUMN + len(days)):
        table.style(MONTH_ROW, column, "months", font=Font(bold=True), fill=HEAD, alignment=CENTRE)
    at = FIRST_COLUMN
    for month in sheet.months:
        wide = sum(1 for column in table.columns if clip(column, month.span))
        write_text(page, MONTH_ROW, at, month.name)
        page.merge_cells(start_row=MONTH_ROW, end_row=MONTH_ROW, start_column=at, end_column=at + wide - 1)
        at += wide
    page.row_dimensions[MONTH_ROW].height = 20


def _write_part(table: _Table, line: int, part: SheetPart) -> None:
    """A heading's row: its words run on over the empty cells beside it."""
    for column in range(1, FIRST_COLUMN + len(table.columns)):
        table.style(line, column, "part", fill=HEAD, font=Font(bold=True), alignment=Alignment(vertical="center"))
    write_text(table.page, line, PART, part.heading)
    if part.total:
        table.write(line, STATUS, f"{part.done}/{part.total}", "share", fill=HEAD, font=Font(bold=True), alignment=LEFT)
    table.page.row_dimensions[line].height = 20


def _write_row(table: _Table, line: int, part: SheetPart, row: SheetRow) -> None:
    texts = {PART: part.heading, TITLE: row.title, OWNER: row.owner, WHEN: row.when, STATUS: row.status_text}
    gone = Font(strike=True, color=_rgb(LIGHT.text[Status.CANCELLED])) if row.status is Status.CANCELLED else Font()
    fonts = {PART: Font(size=_PART_PT, color=_rgb(LIGHT.muted)), TITLE: gone, STATUS: Font(color=_rgb(LIGHT.text[row.status]))}
    for column, text in texts.items():
        style = f"{column}{row.status if column in {TITLE, STATUS} else ''}"
        table.write(line, column, " ".join(text.split()), style, font=fonts.get(column, Font()), alignment=LEFT)
    table.page.cell(line, NUMBER).value = row.number
    table.style(line, NUMBER, "number", alignment=CENTRE)
    table.page.cell(line, PEOPLE).value = row.people
    number_format = f'"{table.sheet.words.expected} "0' if row.people_planned else "0"
    table.style(line, PEOPLE, f"people{row.people_planned}", alignment=CENTRE, number_format=number_format)
    sizes = {PART: _PART_PT}
    heights = (height_pt(" ".join(text.split()), _WIDTHS[at - 1], size=sizes.get(at, TEXT_PT)) for at, text in texts.items())
    table.page.row_dimensions[line].height = max(*heights, 20)
    for column, span in table.weeks():
        look = look_of(row, span)
        if look:
            table.page.cell(line, column).value = sign_of(row, span, look) or None
        table.style(line, column, f"look {look}", **(LOOKS[look].as_cell() if look else {}))


def _write_legend(table: _Table, line: int) -> None:
    words = table.sheet.words
    looks = {"plan": words.plan, "month": words.month_only, "actual": words.actual}
    looks |= {"short": words.short_planned, "actual_short": words.short_done, "partly": words.partly, "under_way": words.under_way}
    looks |= {"late": words.late, "postponed": words.postponed, "cancelled": words.cancelled}
    looks |= {f"turn_{turn.value}": getattr(words, f"turn_{turn.value}") for turn in OccurrenceStatus}
    write_text(table.page, line, PART, words.legend)
    table.page.cell(line, PART).font = Font(bold=True)
    for at, (look, word) in enumerate(looks.items(), start=line + 1):
        table.write(at, PART, LOOKS[look].sign, f"look {look}", **LOOKS[look].as_cell())
        write_text(table.page, at, TITLE, word)


def _set_print(table: _Table) -> None:
    page = table.page
    page.freeze_panes = page.cell(FIRST_ROW, OWNER).coordinate
    page.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(PEOPLE)}{max(table.last, FIRST_ROW)}"
    page.print_title_rows = f"{MONTH_ROW}:{HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 8  # A3
    page.page_setup.fitToWidth = 1
    page.print_options.horizontalCentered = True
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
