"""Entries and budgets from files on the command line: what would be stored is printed, then stored whole or not at all."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from unionboard import clock, i18n
from unionboard.cli.shell import LANGUAGE, Year, app, database, read_bytes, signature, t
from unionboard.i18n import mark

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.reading.ledger_drafts import LeftRow
    from unionboard.reading.ledger_lines import FileSetting
    from unionboard.reading.ledger_rows import Problem
    from unionboard.services.budget_import import BudgetPreview
    from unionboard.services.import_lines import ImportLine
    from unionboard.services.ledger_import import ImportPreview

TableFile = Annotated[Path, typer.Argument(metavar="FILE", help=mark("The table: .xlsx or .csv."), show_default=False)]
MappingName = Annotated[str, typer.Option("--mapping", metavar="M", help=mark("A remembered mapping, or a JSON file with one."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=mark("Only show what would be stored."))]
LeaveOut = Annotated[
    list[str] | None, typer.Option("--leave-out", metavar="ROW", help=mark("Leave a row of the file out; may be repeated."))
]
NearRule = Annotated[
    Literal["leave", "keep"],
    typer.Option("--near", help=mark("Lines that look like entries booked already: leave them out, or keep them.")),
]
Remember = Annotated[str, typer.Option("--remember", metavar="NAME", help=mark("Remember the mapping under this name."))]


@app.command("import-ledger")
def import_ledger(
    file: TableFile,
    year: Year,
    mapping: MappingName = "",
    dry_run: DryRun = False,
    near: NearRule = "leave",
    leave_out: LeaveOut = None,
    remember: Remember = "",
) -> None:
    """Book the lines of a ledger, a bank statement or a yearly report."""
    from unionboard.services import ledger_import
    from unionboard.services.import_lines import ImportChoices, Near
    from unionboard.services.import_mappings import save_mapping

    data = read_bytes(file)
    choices = ImportChoices(near=Near(near), left_rows=frozenset(leave_out or ()))
    with database(writes=not dry_run, safe=None if dry_run else "before-import") as session:
        setting, name = _read_setting(session, mapping)
        preview = ledger_import.preview_import(
            session, data, file_name=file.name, year=year, today=clock.today(), setting=setting, mapping=name, choices=choices
        )
        _print_preview(session, preview)
        ledger_import.check_ready(preview)
        if dry_run:
            print(t("Nothing was stored."))
            return
        ledger_import.import_ledger(session, preview, data, choices=choices, today=clock.today(), **signature())
        if remember:
            save_mapping(session, remember, preview.setting, signature=preview.signature, **signature())
    print(_tell_done(preview))


@app.command("import-budget")
def import_budget(file: TableFile, year: Year, mapping: MappingName = "", dry_run: DryRun = False, leave_out: LeaveOut = None) -> None:
    """Set a year's budget from a table of items and amounts."""
    from unionboard.services import budget_import
    from unionboard.services.import_lines import ImportChoices

    data = read_bytes(file)
    choices = ImportChoices(left_rows=frozenset(leave_out or ()))
    with database(writes=not dry_run, safe=None if dry_run else "before-import") as session:
        setting, name = _read_setting(session, mapping)
        preview = budget_import.preview_budget(
            session, data, file_name=file.name, year=year, setting=setting, mapping=name, choices=choices
        )
        _print_budget(session, preview)
        budget_import.check_budget_ready(preview)
        if dry_run:
            print(t("Nothing was stored."))
            return
        n = budget_import.import_budget(session, preview, data, choices=choices, **signature())
    print(t("The budget of {year}: {n} lines set.", year=year, n=n))


def _read_setting(session: "Session", mapping: str) -> "tuple[FileSetting | None, str]":
    """A JSON file's setting, or the name of a remembered one."""
    from unionboard.services.import_mappings import read_mapping

    path = Path(mapping)
    if mapping and (mapping.endswith(".json") or path.is_file()):
        return read_mapping(session, read_bytes(path), name=path.name), ""
    return None, mapping


# --- what is printed ---------------------------------------------------------------------------------------------------------


def _print_preview(session: "Session", preview: "ImportPreview") -> None:
    from unionboard.models import Direction
    from unionboard.money import format_fen
    from unionboard.reading.ledger_rows import RemarkKind
    from unionboard.services.import_lines import LineState
    from unionboard.services.import_words import opening_words, remark_words
    from unionboard.services.ledger_import import OpeningState

    items = _item_names(session)
    print(_tell_columns(preview))
    for line in preview.lines:
        _print_line(line, items)
    _print_problems(preview.problems)
    if any(remark.kind is RemarkKind.NO_DAY for line in preview.lines for remark in line.remarks):
        print(t(remark_words(RemarkKind.NO_DAY)))
    if preview.opening is not OpeningState.NONE and preview.opening_fen is not None:
        print(t(opening_words(preview.opening), amount=format_fen(preview.opening_fen)))
    _print_left(preview.left_out)
    if not preview.is_dated and preview.has_other_lines:
        print(t("The book of {year} has entries already; a yearly report adds to them.", year=preview.year))
    counts = {state.value: preview.count(state) for state in LineState}
    print(t("New {new} · known {known} · perhaps booked already {near} · refused {refused} · left out {left}", **counts))
    told = {"income": preview.total_fen(Direction.IN), "spending": preview.total_fen(Direction.OUT), "balance": preview.closing_fen}
    print(t("Income {income}, spending {spending}; balance then {balance}.", **{key: format_fen(fen) for key, fen in told.items()}))


def _print_line(line: "ImportLine", items: dict[str, str]) -> None:
    from unionboard.models import Direction
    from unionboard.money import format_fen
    from unionboard.reading.ledger_rows import RemarkKind
    from unionboard.services.import_lines import LineState
    from unionboard.services.import_words import remark_words, said_words, state_words

    side = t("Income") if line.direction is Direction.IN else t("Spending")
    cells = ((line.row, 8), (f"{line.booked_on or '—'}", 12), (side, 10))
    words = ((items.get(line.item, "—"), 18), (t(state_words(line.state)), 12))
    print(f"{_widen(cells)}{format_fen(line.amount_fen):>16}  {_widen(words)}{line.purpose}")
    if sentence := said_words(line.said):
        print(f"{'':8}{t(sentence, word=line.told, item=items.get(line.item, line.item))}")
    for remark in line.remarks:
        if remark.kind is not RemarkKind.NO_DAY:
            print(f"{'':8}{t(remark_words(remark.kind), cell=remark.cell, text=remark.text)}")
    _print_problems(line.problems if line.state is LineState.REFUSED else ())
    for entry in line.near:
        told = {"voucher": f"{entry.voucher:03d}", "day": entry.booked_on, "purpose": entry.purpose}
        print(f"{'':8}{t('Perhaps voucher {voucher} of {day}: {purpose}', **told)}")


def _print_budget(session: "Session", preview: "BudgetPreview") -> None:
    from unionboard.money import format_fen
    from unionboard.services.budget_import import BudgetState
    from unionboard.services.import_words import budget_words

    items = _item_names(session)
    for line in preview.lines:
        was = t("was {amount}", amount=format_fen(line.was_fen)) if line.state is BudgetState.CHANGED else ""
        cells = _widen(((", ".join(line.rows), 12), (items.get(line.item, line.item), 24)))
        print(f"{cells}{format_fen(line.amount_fen):>16}  {_widen(((t(budget_words(line.state)), 10),))}{was}")
    _print_problems(preview.problems)
    if preview.carried_fen is not None:
        print(t("Carried over {amount}: told by the file, not part of the budget.", amount=format_fen(preview.carried_fen)))
    _print_left(preview.left_out)


def _print_problems(problems: "tuple[Problem, ...]") -> None:
    for problem in problems:
        print(f"  ✗ {problem.cell}: {i18n.tell_refusal(LANGUAGE.get(), problem.refusal)}")


def _print_left(rows: "tuple[LeftRow, ...]") -> None:
    from unionboard.services.import_words import left_words

    for row in rows:
        print(t(left_words(row.why), place=row.place, text=row.text))


def _tell_columns(preview: "ImportPreview") -> str:
    from unionboard.services.import_words import field_words

    layout = preview.layouts[0]
    told = [f"{t(field_words(column.field))} = {column.heading}" for block in layout.blocks for column in block.columns if column.heading]
    unit = f" ({t('amounts in units of {n} yuan', n=preview.unit_yuan)})" if preview.unit_yuan > 1 else ""
    mapping = f" [{preview.mapping}]" if preview.mapping else ""
    return t("Read as: {columns}", columns="; ".join(told)) + unit + mapping


def _tell_done(preview: "ImportPreview") -> str:
    from unionboard.money import format_fen
    from unionboard.services.import_lines import LineState

    n = preview.count(LineState.NEW)
    return t("Booked {n} entries in {year}. Balance {balance}.", n=n, year=preview.year, balance=format_fen(preview.closing_fen))


def _item_names(session: "Session") -> dict[str, str]:
    from unionboard.services.fund_items import list_items

    return {code: item.en if LANGUAGE.get() == "en" else item.zh for code, item in list_items(session, with_hidden=True).items()}


def _widen(cells: tuple[tuple[str, int], ...]) -> str:
    """Texts, each filled up to its number of columns of a terminal, where Chinese takes two a character."""
    filled = ""
    for text, width in cells:
        taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
        filled += text + " " * max(1, width - taken)
    return filled
