"""The unions below as an Excel workbook: the year by union and month, the figures they handed in, summed, and every sum's addends.

Sums are fen here and yuan in the cells. Text that starts like a formula stays text.
"""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.drafting.upward import name_line
from unionboard.reference import upward_parts, upward_units
from unionboard.services.overview import Cell, Overview, UnionYear
from unionboard.services.upward_sums import SumLine, UpwardSums
from unionboard.writing.cells import Value, write_head, write_row, yuan
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package

_NOTHING = "–"


def write_overview_xlsx(overview: Overview, sums: UpwardSums, *, language: str) -> bytes:
    """Three sheets in ``language``; the same figures give the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    words = FundWords(language)
    sheet.title = words.t("Unions")
    _write_unions(sheet, overview, words)
    _write_sums(book.create_sheet(words.t("Sums")), overview, sums, language)
    _write_addends(book.create_sheet(words.t("Addends")), overview, sums, language)
    buffer = BytesIO()
    book.save(buffer)
    return settle_package(buffer.getvalue(), as_of=overview.as_of)


def _write_unions(sheet: Worksheet, overview: Overview, words: FundWords) -> None:
    t, has_money = words.t, overview.money is not None
    months = [f"{year}-{month:02d}" for year, month in overview.months]
    money = [t("Spent (yuan)"), t("Budget (yuan)")] if has_money else []
    counts = [t("Due"), t("Done"), t("Late"), t("Check-offs"), t("With evidence")]
    headings = [t("Union"), *months, *counts, *money, t("Plan"), t("Summary handed in")]
    widths = [28.0, *[8.0] * len(months), *[9.0] * len(counts), *[14.0] * len(money), 8.0, 14.0]
    told = t("Activities done of those due; as of {day}", day=words.day(overview.as_of))
    write_head(sheet, t("The unions’ year {year}", year=overview.plan_year), told, headings, widths)
    sheet.page_setup.orientation = "landscape"
    whole = overview.whole
    sums: list[Value] = [t("All unions"), *(_cell(overview.month(month)) for month in overview.months)]
    sums += [whole.due, whole.done, whole.late, overview.held, overview.proven]
    if overview.money is not None:
        sums += [yuan(overview.money.spent_fen), yuan(overview.money.budget_fen)]
    write_row(sheet, 4, [*sums, len(overview.unions) - overview.without_plan, overview.handed_in], is_bold=True)
    for number, one in enumerate(overview.unions, start=5):
        write_row(sheet, number, _union_row(one, overview, words))


def _union_row(one: UnionYear, overview: Overview, words: FundWords) -> list[Value]:
    row: list[Value] = [one.name, *(_cell(one.months.get(month, Cell())) for month in overview.months)]
    row += [one.year.due, one.year.done, one.year.late, one.held, one.proven]
    if overview.money is not None:
        row += [yuan(one.money.spent_fen), yuan(one.money.budget_fen)] if one.money else [None, None]
    handed_in = one.handed_in_at_utc.date() if one.handed_in_at_utc else words.t("begun") if one.drafted else words.t("no")
    return [*row, words.t("no") if one.plan_id is None else words.t("yes"), handed_in]


def _cell(cell: Cell) -> str:
    return f"{cell.done}/{cell.due}" if cell.due else _NOTHING


def _write_sums(sheet: Worksheet, overview: Overview, sums: UpwardSums, language: str) -> None:
    words = FundWords(language)
    t = words.t
    headings = (t("Figure"), t("Value"), t("Unit"), t("Part"), t("Whole"), t("Unions"), t("Records"), t("Code"))
    told = t("{counted} of {unions} unions handed in their summary", counted=sums.counted, unions=sums.unions)
    title = t("Figures handed in {year}, summed", year=overview.plan_year)
    write_head(sheet, title, f"{told} · {t('as of {day}', day=words.day(overview.as_of))}", headings, (34, 16, 10, 14, 14, 9, 10, 26))
    row, part = 3, ""
    for line in sums.lines:
        if line.section != part:
            part, row = line.section, row + 1
            write_row(sheet, row, [_named(upward_parts()[part], language), *[None] * 7], is_bold=True)
        row += 1
        whole = [_number(line.part, line), _number(line.whole, line)] if line.is_share else [None, None]
        write_row(
            sheet,
            row,
            [_name(line, language), _value(line.value, line), _unit(line, language), *whole, len(line.addends), line.records, line.code],
        )


def _write_addends(sheet: Worksheet, overview: Overview, sums: UpwardSums, language: str) -> None:
    words = FundWords(language)
    t = words.t
    headings = (t("Figure"), t("Union"), t("Value"), t("Unit"), t("Part"), t("Whole"), t("Records"), t("as of"))
    title = t("What each union handed in {year}", year=overview.plan_year)
    write_head(sheet, title, t("as of {day}", day=words.day(overview.as_of)), headings, (34, 28, 16, 10, 14, 14, 10, 14))
    row = 3
    for line in sums.lines:
        for one in line.addends:
            row += 1
            whole: list[Value] = [None, None] if one.whole is None else [_number(one.part or 0, line), _number(one.whole, line)]
            values = [_name(line, language), one.union, _value(one.value, line), _unit(line, language), *whole, one.records, one.as_of]
            write_row(sheet, row, values)


def _value(value: object, line: SumLine) -> Value:
    """A number, so that whoever gets the file can go on computing; sums of money in yuan."""
    if value is None:
        return _NOTHING
    return yuan(int(str(value))) if line.unit == "fen" else value  # type: ignore[return-value]


def _number(value: int, line: SumLine) -> Value:
    return yuan(value) if line.section == "money" else value


def _name(line: SumLine, language: str) -> str:
    return line.own_name or name_line(line.code, language=language)


def _unit(line: SumLine, language: str) -> str:
    named = upward_units().get(line.unit)
    return _named(named, language) if named else ""


def _named(entry: object, language: str) -> str:
    return str(getattr(entry, "en" if language == "en" else "zh"))
