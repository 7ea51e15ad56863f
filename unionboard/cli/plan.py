"""The plan on the command line: a corrected version compared and taken over, the table for Excel, last year's plan, templates."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionboard import clock, i18n
from unionboard.cli.shell import (
    LANGUAGE,
    MOST,
    AsJson,
    PlanFile,
    PlanNumber,
    app,
    database,
    note_export,
    print_json,
    read_bytes,
    signature,
    t,
    write_file,
)
from unionboard.cli_json import describe_applied, describe_copy, describe_difference
from unionboard.errors.plans import NoPlanYet, NotOurTable
from unionboard.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from unionboard.models import Plan
    from unionboard.services.comparison import Applied, RowDifference
    from unionboard.services.table_comparison import TableProblem

AnyYear = Annotated[
    int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("The plan's year; the current plan when left out."))
]
_KINDS = ("new", "changed", "gone")


@app.command()
def compare(
    file: PlanFile,
    year: AnyYear = None,
    plan: PlanNumber = None,
    apply: Annotated[
        str,
        typer.Option("--apply", metavar="KINDS", help=mark("Take over all, or some of new,changed,gone; without it nothing is stored.")),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what a corrected document, or a plan table edited in Excel, changes in the plan."""
    kinds = _read_kinds(apply)
    data = read_bytes(file)
    with database(writes=bool(kinds), safe="before-adopt" if kinds else None) as session:
        standing = _find_plan(session, year)
        try:
            differences, problems, applied = _compare_table(session, standing, data, file, kinds)
        except NotOurTable:
            differences, problems, applied = _compare_document(session, standing, data, file, plan, kinds)
    if as_json:
        told = {"differences": [describe_difference(found) for found in differences], "problems": [_tell(problem) for problem in problems]}
        print_json({**told, "applied": describe_applied(applied) if applied else None})
        return
    _print_differences(differences)
    for problem in problems:
        print(_tell(problem))
    if applied:
        print(t("Taken over: {new} new, {changed} changed, {removed} taken out.", **describe_applied(applied)))


Outcome = tuple["Sequence[RowDifference]", "Sequence[TableProblem]", "Applied | None"]


def _read_kinds(words: str) -> set[str]:
    kinds = set(_KINDS) if words == "all" else {word.strip() for word in words.split(",") if word.strip()}
    if kinds - set(_KINDS):
        raise typer.BadParameter(t("Say all, or some of new,changed,gone."), param_hint="--apply")
    return kinds


def _find_plan(session: "Session", year: int | None) -> "Plan":
    from unionboard.services import plans

    plan = plans.current_plan(session, today=clock.today()) if year is None else plans.plan_of_year(session, year)
    if plan is None:
        raise NoPlanYet
    return plan


def _compare_table(session: "Session", standing: "Plan", data: bytes, file: Path, kinds: set[str]) -> Outcome:
    if file.suffix.lower() != ".xlsx":
        raise NotOurTable
    from unionboard.reading.plan_table import read_plan_table
    from unionboard.services.table_comparison import apply_table, compare_table

    table, today, plan_id = read_plan_table(data, filename=file.name), clock.today(), standing.id or 0
    found = compare_table(session, plan_id, table, today=today)
    chosen = _choose(found.differences, kinds)
    options: dict[str, Any] = {"chosen": chosen, "table": table, "today": today, **signature()}
    applied = apply_table(session, plan_id, found.differences, **options) if kinds else None
    return found.differences, found.problems, applied


def _compare_document(session: "Session", standing: "Plan", data: bytes, file: Path, plan: int | None, kinds: set[str]) -> Outcome:
    from unionboard.reading.files import read_file
    from unionboard.services import comparison
    from unionboard.services.plan_rows import list_rows

    reading = read_file(data, filename=file.name)
    draft, plan_id = reading.plan(plan), standing.id or 0
    differences = comparison.compare(session, plan_id, list_rows(draft), draft)
    source = {"source_name": file.name, "source_text": "\n".join(line.text for line in reading.lines)}
    options: dict[str, Any] = {"chosen": _choose(differences, kinds), "draft": draft, **source, **signature()}
    return differences, (), comparison.apply(session, plan_id, differences, **options) if kinds else None


def _choose(differences: "Sequence[RowDifference]", kinds: set[str]) -> list[str]:
    return [found.key for found in differences if found.kind in kinds]


def _tell(problem: "TableProblem") -> str:
    from unionboard.services.table_comparison import FAULT_SENTENCES

    return i18n.translate(LANGUAGE.get(), FAULT_SENTENCES[problem.fault], cell=problem.cell, text=problem.text)


def _print_differences(differences: "Sequence[RowDifference]") -> None:
    for found in differences:
        if found.kind in _KINDS:
            print(f"{t(_KIND_WORDS[found.kind])}\t{found.title}")
        for change in found.changes:
            print(f"\t{change.before or '–'} → {change.after or '–'}")
    same = sum(found.kind not in _KINDS for found in differences)
    print(t("Unchanged: {n}.", n=same))


_KIND_WORDS = {"new": mark("New"), "changed": mark("Changed"), "gone": mark("Gone")}


@app.command("export-plan")
def export_plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("Write to this .xlsx file."), show_default=False)], year: AnyYear = None
) -> None:
    """Write the plan as an Excel table; edited, it comes back by compare."""
    from unionboard.services.plan_table import build_table
    from unionboard.writing.plan_table import write_plan_table

    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter(t("The file must end in .xlsx."), param_hint="FILE")
    with database() as session:
        table = build_table(session, _find_plan(session, year).id or 0, today=clock.today())
    note_export("plan_table")
    write_file(file, write_plan_table(table))
    print(t("Written: {path}", path=file))


@app.command("export-gantt")
def export_gantt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("Write to this .xlsx file."), show_default=False)],
    plan: Annotated[
        int | None, typer.Option("--plan", metavar="ID", max=MOST, help=mark("The plan's number; the current plan when left out."))
    ] = None,
    year: AnyYear = None,
) -> None:
    """Write the year as an Excel Gantt chart with coloured cells."""
    from unionboard.errors.plans import NoSuchPlan
    from unionboard.services import plans
    from unionboard.services.timeline_choice import TimelineChoice
    from unionboard.ui.text import speak
    from unionboard.ui.year_sheet import load_sheet
    from unionboard.writing.gantt_xlsx import write_gantt

    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter(t("The file must end in .xlsx."), param_hint="FILE")
    with database() as session, speak(LANGUAGE.get()):
        wanted = next((row for row in plans.list_plans(session) if row.id == plan), None) if plan is not None else _find_plan(session, year)
        if wanted is None:
            raise NoSuchPlan
        content = write_gantt(load_sheet(session, wanted, TimelineChoice(), today=clock.today()))
    note_export("gantt")
    write_file(file, content)
    print(t("Written: {path}", path=file))


@app.command("copy-plan")
def copy_plan(
    to: Annotated[int, typer.Option("--to", metavar="YYYY", max=9999, help=mark("The year of the copy."))],
    year: Annotated[
        int | None, typer.Option("--from", metavar="YYYY", max=9999, help=mark("The year copied; the current plan when left out."))
    ] = None,
    with_cancelled: Annotated[bool, typer.Option("--with-cancelled", help=mark("Take cancelled activities along."))] = False,
    preview: Annotated[bool, typer.Option("--preview", help=mark("Only show what would become of each activity."))] = False,
    as_json: AsJson = False,
) -> None:
    """Make last year's plan the beginning of another year's: festivals, weekdays and months are found anew."""
    from unionboard.services import plan_copy

    with database(writes=not preview, safe=None if preview else "before-adopt") as session:
        old = _find_plan(session, year)
        options: dict[str, Any] = {"year": to, "today": clock.today(), "with_cancelled": with_cancelled}
        report = plan_copy.preview_copy(session, old.id or 0, **options)
        copied = None if preview else plan_copy.copy_plan(session, old.id or 0, **options, **signature())
    if as_json:
        print_json(describe_copy(report))
        return
    for row in report.rows:
        marks = [t("not done last year")] if row.carried_over else []
        marks += [t("not due this time")] if row.not_due else []
        marks += [t("check “{ordinal}”", ordinal=row.ordinal)] if row.ordinal else []
        print("\t".join([f"{row.before[0]} … {row.before[1]}", f"{row.after[0]} … {row.after[1]}", row.title, *marks]))
    if copied is not None:
        print(t("Copied “{title}”: {n} activities.", title=copied.title, n=len(report.rows)))


@app.command("templates")
def show_templates(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help=mark("Print this template's text."), show_default=False)] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("This year when left out."))] = None,
    as_json: AsJson = False,
) -> None:
    """List the templates of plans, or print one to be adapted and imported."""
    from unionboard.services.templates import list_templates, template_text

    if code is not None:
        print(template_text(code, year=year or clock.today().year), end="")
        return
    if as_json:
        print_json([{"code": template.code, "zh": template.zh, "en": template.en} for template in list_templates()])
        return
    for template in list_templates():
        print(f"{template.code:<12}{template.en if LANGUAGE.get() == 'en' else template.zh}")
