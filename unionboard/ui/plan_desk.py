"""A document just read: its rows under correction beside their source, and what adopting makes of them. Nothing is stored before that."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from unionboard.models import DutyKind, PeriodKind
from unionboard.reading.draft import IgnoredReason, LineUse, PlanDraft, Reading, SectionRole
from unionboard.reading.plan_time import PlanTime, read_time
from unionboard.reference import work_areas
from unionboard.services.duties import duty_kind
from unionboard.services.plan_rows import PlanRow, list_measure_drafts, list_rows, row_of_measure
from unionboard.services.plan_times import time_of_row
from unionboard.services.plans import FIRST_YEAR, LAST_YEAR, span_of_year
from unionboard.ui.components.source_pane import PaneLine
from unionboard.ui.plan_grid import DUTY_WORDS, NO_SECTION, Grid, GridRow
from unionboard.ui.plan_time import write_time
from unionboard.ui.text import t, tn

REASONS = {
    IgnoredReason.PAGE_CHROME: "Page decoration",
    IgnoredReason.ADVERTISEMENT: "Advertisement",
    IgnoredReason.NOT_A_PLAN: "Not part of a plan",
    IgnoredReason.DUPLICATE: "Said before",
    IgnoredReason.ALREADY_DONE: "Tells of work already done",
    IgnoredReason.TABLE_HEADER: "Head of a table",
    IgnoredReason.TOTALS_ROW: "Row of totals",
    IgnoredReason.EMPTY_MONTH: "Month without an activity",
    IgnoredReason.FORM_TEXT: "Wording of the form",
    IgnoredReason.UNREADABLE: "Not understood",
}
_USES = {
    LineUse.TITLE: "Title",
    LineUse.GUIDING: "Guiding thought",
    LineUse.SECTION: "Section",
    LineUse.INTRO: "Introduction",
    LineUse.MEASURE: "Measure",
    LineUse.MONTH_HEAD: "Month",
    LineUse.SIGNATURE: "Signature",
    LineUse.CLOSING: "Closing words",
}
_STRONG = {LineUse.TITLE, LineUse.SECTION, LineUse.MONTH_HEAD}


@dataclass(slots=True)
class Desk:
    """What lies on the desk while a document is being turned into a plan."""

    reading: Reading
    n: int
    origins: dict[str, PlanRow]
    grid: Grid
    title: str
    year: int
    kind: PeriodKind
    starts_on: date
    ends_on: date
    picked: int | None = None
    serial: int = 0

    @property
    def draft(self) -> PlanDraft:
        return self.reading.plan(self.n)


def open_desk(reading: Reading, *, today: date, n: int | None = None, serial: int = 0) -> Desk:
    """Lay out document ``n`` (by default the best plan of the file), with its year and period proposed."""
    draft = reading.plan(n)
    in_range = [year for year in draft.years if FIRST_YEAR <= year <= LAST_YEAR]
    year = in_range[0] if in_range else today.year
    kind = PeriodKind.SCHOOL_YEAR if "学年" in draft.title else PeriodKind.CALENDAR_YEAR
    starts_on, ends_on = span_of_year(year, kind)
    rows = list_rows(draft)
    origins = {f"r{number}": row for number, row in enumerate(rows)}
    grid = Grid("draft", [grid_row(key, row) for key, row in origins.items()], generation=1000 * serial)
    return Desk(reading, draft.n, origins, grid, draft.title, year, kind, starts_on, ends_on, serial=serial)


def grid_row(key: str, row: PlanRow) -> GridRow:
    """A row as the grid shows it."""
    return GridRow(
        key,
        title=row.title,
        when=write_time(time_of_row(row), row.duty),
        duty=row.duty.value,
        section=NO_SECTION if row.section is None else str(row.section),
        area=row.area if row.area in work_areas() else "OTHER",
        owner=row.owner,
        people=row.planned_people,
        budget=None if row.planned_budget_fen is None else row.planned_budget_fen / 100,
        line=row.line,
    )


def plan_row(shown: GridRow, origin: PlanRow | None) -> PlanRow | None:
    """The corrected row; None when its time cannot be understood. Cells left as they were keep what was read."""
    origin = origin or PlanRow("")
    first = grid_row(shown.id, origin)
    changed_time = read_time(shown.when) if shown.when != first.when else time_of_row(origin)
    if changed_time is None:
        return None
    duty = DutyKind(shown.duty)
    if shown.when != first.when and shown.duty == first.duty:
        duty = duty_of(changed_time, duty)
    return replace(
        origin,
        title=shown.title.strip(),
        months=changed_time.months,
        half_year=changed_time.half_year,
        day_from=changed_time.day_from,
        day_to=changed_time.day_to,
        frequency=changed_time.frequency if duty is not DutyKind.ONE_OFF else None,
        duty=duty,
        section=section_of(shown),
        area=origin.area if shown.area == first.area else shown.area,
        owner=shown.owner,
        planned_people=shown.people,
        planned_budget_fen=fen(shown.budget),
    )


def section_of(row: GridRow) -> int | None:
    """The section's number behind the cell."""
    return None if row.section in {"", NO_SECTION} else int(row.section)


def duty_of(time: PlanTime, otherwise: DutyKind) -> DutyKind:
    """The kind of activity a typed time speaks of: 每月一次 is a duty that recurs, 3月 something done once."""
    if time.frequency:
        return duty_kind(time.frequency)
    return DutyKind.ONE_OFF if time != PlanTime() else otherwise


def fen(budget_yuan: float | None) -> int | None:
    """Whole fen of a number cell."""
    return None if budget_yuan is None else int((Decimal(str(budget_yuan)) * 100).to_integral_value())


def kept_rows(desk: Desk) -> tuple[list[PlanRow], list[GridRow]]:
    """The rows to adopt, and those whose name or time is still missing or not understood."""
    kept, unclear = [], []
    for shown in desk.grid.latest:
        if shown.kept:
            row = plan_row(shown, desk.origins.get(shown.id))
            if row is None or not row.title:
                unclear.append(shown)
            else:
                kept.append(row)
    return kept, unclear


def take_line(desk: Desk, line: int) -> list[GridRow]:
    """All rows with the source line ``line`` taken in as activities: each measure read from it, else its bare text."""
    numbers = [number for number, (_, measure) in enumerate(list_measure_drafts(desk.draft)) if measure.line == line]
    text = next(source.text.strip() for source in desk.reading.lines if source.number == line)
    new = [row_of_measure(desk.draft, number) for number in numbers] or [PlanRow(text[:300], line=line)]
    added = {f"l{line}-{number}": row for number, row in enumerate(new)}
    desk.origins.update(added)
    present = {row.id for row in desk.grid.latest}
    rows = [*desk.grid.latest, *(grid_row(key, row) for key, row in added.items() if key not in present)]
    return sorted(rows, key=lambda row: row.line or len(desk.reading.lines) + 1)


def section_names(desk: Desk) -> dict[str, str]:
    """Keys and short names of the sections an activity can stand under."""
    sections = enumerate(desk.draft.sections)
    return {str(n): short_name(s.printed_number, s.heading, s.number) for n, s in sections if s.role is SectionRole.WORK}


def short_name(printed: str, heading: str, number: int) -> str:
    """A section in few words, for a cell."""
    bare = printed.rstrip("、.．")
    words = heading if len(heading) <= 7 else f"{heading[:6]}…"
    return f"{bare or number} {words or t('(without a heading)')}"


def pane_lines(desk: Desk) -> list[PaneLine]:
    """Every line of the chosen document with what it became; the counts follow the grid."""
    read = {row.line for row in desk.origins.values()}
    counts = Counter(row.line for row in desk.grid.latest if row.kept and row.line)
    standing = {row.line: row.duty for row in desk.grid.latest if row.kept and row.duty != DutyKind.ONE_OFF.value}
    roles = {section.line: section.role for section in desk.draft.sections}
    texts = {source.number: source.text for source in desk.reading.lines}
    lines = []
    for fate in desk.draft.fates:
        if fate.use is LineUse.ELSEWHERE or not texts[fate.line].strip():
            continue
        taken = counts.get(fate.line, 0)
        mark, tone = "", ""
        if taken:
            duty = standing.get(fate.line)
            mark = f"◆ {t(DUTY_WORDS[duty])}" if duty and taken == 1 else f"✓ {tn('{n} activity', '{n} activities', taken)}"
            tone = "standing" if duty else "made"
        elif fate.use is LineUse.IGNORED:
            mark, tone = f"✕ {t(REASONS[fate.reason or IgnoredReason.UNREADABLE])}", "out"
        elif fate.line in read:
            mark = f"✕ {t('Not kept')}"
        elif fate.use is LineUse.SECTION and roles.get(fate.line, SectionRole.WORK) is not SectionRole.WORK:
            mark = t("Guiding thought") if roles[fate.line] is SectionRole.GUIDING else t("Monthly schedule")
        elif fate.use in _USES:
            mark = t(_USES[fate.use])
        lines.append(PaneLine(fate.line, str(fate.line), texts[fate.line].strip(), mark, tone, strong=fate.use in _STRONG))
    return lines
