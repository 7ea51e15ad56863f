"""The budget table (预算表) as an Excel workbook: an item's last year, budget, amendments, outcome and rate side by side.

Source: columns of domain notes F. Sums are fen here and yuan in the cells.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.reference import fund_groups
from unionboard.services.fund_report import FundReport, ReportLine
from unionboard.writing.cells import Value, fit_row, write_head, write_row, yuan
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package

RATE = "0.0%"
_WIDTHS = (28, 15, 15, 14, 15, 10, 38)
_RATE_COLUMN = 6
_INSIDE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


class RowKind(Enum):
    """An item, or a sum in bold."""

    ITEM = 1
    SUM = 2


def write_budget_xlsx(report: FundReport, words: FundWords) -> bytes:
    """The workbook in the language of ``words``; the same report gives the same bytes. Text that starts like a formula stays text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.t("Budget table")
    title = words.t("{union} budget {year}", union=report.union, year=report.year).strip()
    write_head(sheet, title, _tell_adoption(report, words), _headings(words), _WIDTHS)
    sheet.page_setup.orientation = "landscape"
    number = 4
    for cells, kind in [*_income(report, words), *_spending(report, words), *_balance(report, words)]:
        write_row(sheet, number, cells, is_bold=kind is not RowKind.ITEM)
        fit_row(sheet, number, cells, _WIDTHS)
        sheet.cell(number, _RATE_COLUMN).number_format = RATE
        if kind is RowKind.ITEM:
            sheet.cell(number, 1).alignment = _INSIDE
        number += 1
    buffer = BytesIO()
    book.save(buffer)
    return settle_package(buffer.getvalue(), as_of=report.as_of)


def _headings(words: FundWords) -> tuple[str, ...]:
    return (
        words.t("Item"),
        words.t("Outcome last year"),
        words.t("Budget this year"),
        words.t("Amended"),
        words.t("Carried out"),
        words.t("Rate"),
        words.t("Remarks"),
    )


def _tell_adoption(report: FundReport, words: FundWords) -> str:
    up_to = words.t("up to {day}, in yuan", day=words.day(report.as_of))
    if report.adopted_on is None:
        return f"{words.t('Not adopted yet')} · {up_to}"
    adopted = words.t("Adopted {day} {resolution}", day=words.day(report.adopted_on), resolution=report.resolution).strip()
    return f"{adopted} · {up_to}"


def _income(report: FundReport, words: FundWords) -> list[tuple[list[Value], RowKind]]:
    rows = [(_cells(words.named(line.item), [line], _tell_note(line, report, words)), RowKind.ITEM) for line in report.income]
    return [*rows, (_cells(words.t("Total income"), report.income), RowKind.SUM)]


def _spending(report: FundReport, words: FundWords) -> list[tuple[list[Value], RowKind]]:
    """Group by group, each with its sum above its items when it has more than one."""
    rows: list[tuple[list[Value], RowKind]] = []
    for code, group in {**fund_groups(), "": None}.items():
        lines = [line for line in report.spending if line.item.group == code]
        if group is not None and len(lines) > 1:
            rows.append((_cells(words.named(group), lines), RowKind.SUM))
        rows += [(_cells(words.named(line.item), [line], _tell_note(line, report, words)), RowKind.ITEM) for line in lines]
    return [*rows, (_cells(words.t("Total spending"), report.spending), RowKind.SUM)]


def _balance(report: FundReport, words: FundWords) -> list[tuple[list[Value], RowKind]]:
    opening: list[Value] = [words.t("Carried over"), None, yuan(report.opening_fen), None, yuan(report.opening_fen), None, None]
    planned = report.opening_fen + sum(line.adopted_fen for line in report.income) - sum(line.adopted_fen for line in report.spending)
    amended = sum(line.amended_fen for line in report.income) - sum(line.amended_fen for line in report.spending)
    left: list[Value] = [words.t("Left"), None, yuan(planned), yuan(amended or None), yuan(report.balance_fen), None, None]
    return [(opening, RowKind.SUM), (left, RowKind.SUM)]


def _cells(name: str, lines: Sequence[ReportLine], note: str = "") -> list[Value]:
    last = [line.last_fen for line in lines if line.last_fen is not None]
    adopted, amended = sum(line.adopted_fen for line in lines), sum(line.amended_fen for line in lines)
    booked, allowed = sum(line.booked_fen for line in lines), adopted + amended
    rate = Decimal(booked) / allowed if allowed > 0 else None
    return [name, yuan(sum(last)) if last else None, yuan(adopted or None), yuan(amended or None), yuan(booked), rate, note or None]


def _tell_note(line: ReportLine, report: FundReport, words: FundWords) -> str:
    """The line's own note, and the amendments that changed it."""
    told = [line.note]
    for amendment in report.amendments:
        if any(item.code == line.item.code for item, _ in amendment.changes):
            facts = {"number": amendment.number, "day": words.short_day(amendment.adopted_on), "reason": amendment.reason}
            told.append(words.t("Amendment {number} ({day}): {reason}", **facts))
    return words.t("; ").join(text for text in told if text)
