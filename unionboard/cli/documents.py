"""Plan documents on the command line: shown as read, and adopted."""

from pathlib import Path
from typing import TYPE_CHECKING

from unionboard import clock
from unionboard.cli.shell import AsJson, PlanFile, PlanNumber, Year, app, database, print_json, read_bytes, signature, t
from unionboard.cli_json import describe_reading
from unionboard.errors.documents import NoPlanFound

if TYPE_CHECKING:
    from unionboard.reading.draft import Reading, ScheduleEntry


@app.command()
def parse(file: PlanFile, plan: PlanNumber = None, as_json: AsJson = False) -> None:
    """Show what is read from a plan document, and what is left out; nothing is stored."""
    reading = _read_document(file)
    draft = reading.plan(plan)
    if as_json:
        print_json(describe_reading(reading, draft))
        return
    for document in reading.documents if len(reading.documents) > 1 else ():
        print(f"[{document.n}{'*' if document.n == draft.n else ''}] {document.title}")
    print(draft.title)
    for section in (section for section in draft.sections if section.heading):
        print(f"  {section.printed_number} {section.heading}".rstrip())
        for measure in section.measures:
            if measure.frequency:
                print(f"    {measure.frequency.phrase}: {measure.text}")
    for entry in draft.schedule:
        print(f"{_tell_time(entry)}: {'; '.join(item.title for item in entry.items)}")
    lines = {line.number: line.text for line in reading.lines}
    for fate in draft.ignored:
        print(t("Left out, line {line}: {text}", line=fate.line, text=lines[fate.line].strip()))


@app.command("import")
def import_plan(file: PlanFile, year: Year, plan: PlanNumber = None) -> None:
    """Make a plan document the plan of a year."""
    from unionboard.models import PeriodKind
    from unionboard.reading.draft import DocumentKind
    from unionboard.services import activities, plans

    reading = _read_document(file)
    draft = reading.plan(plan)
    if plan is None and draft.kind is not DocumentKind.PLAN:
        raise NoPlanFound  # a summary or news: only adopted when somebody insists
    kind = PeriodKind.CALENDAR_YEAR
    with database(writes=True, safe="before-adopt") as session:
        starts_on, ends_on = plans.span_of_year(year, kind)
        adopted = plans.adopt_draft(
            session,
            draft,
            year=year,
            period_kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            source_name=file.name,
            source_text="\n".join(line.text for line in reading.lines),
            **signature(),
        )
        count = len(activities.list_activities(session, adopted.id or 0, today=clock.today()))
    print(t("Adopted “{title}” for {year}: {n} activities.", title=adopted.title, year=year, n=count))


def _read_document(path: Path) -> "Reading":
    from unionboard.reading.files import read_file

    return read_file(read_bytes(path), filename=path.name)


def _tell_time(entry: "ScheduleEntry") -> str:
    if entry.months:
        return t("Month {months}", months=", ".join(str(month) for month in entry.months))
    return t("First half") if entry.half_year == 1 else t("Second half") if entry.half_year == 2 else t("All year")
