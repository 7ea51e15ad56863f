"""A plan table that comes back from Excel: what somebody changed in it, and taking that over."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from unionboard.errors import Refusal
from unionboard.errors.money import AmountNotPositive
from unionboard.errors.plans import OtherPlansTable, TableUnclear
from unionboard.errors.saving import PlanMovedOn
from unionboard.i18n import mark
from unionboard.models import Activity, DutyKind, Plan, Section
from unionboard.money import parse_yuan
from unionboard.reading.plan_table import DUTIES, PlanTable, TableRow
from unionboard.reading.plan_time import PlanTime, read_time
from unionboard.services import amendments, plans
from unionboard.services.activities import list_activities
from unionboard.services.comparison import Applied
from unionboard.services.differences import Difference, RowDifference, count_records
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.plan_rows import OTHER, PlanRow
from unionboard.services.plan_table import line_of, texts_of
from unionboard.services.plan_times import duty_of_time, time_of_activity
from unionboard.services.row_changes import Side, changes_between, row_side, stored_side
from unionboard.services.row_matching import bare
from unionboard.services.row_taking import add_row, change_activity
from unionboard.services.sections import Stamp

FIELDS = ("section", "when", "title", "duty", "owner", "audience", "people", "budget", "note")
"""What can be edited in the table."""


class Fault(StrEnum):
    """What is wrong with a cell."""

    TITLE = "title"
    TIME = "time"
    DUTY = "duty"
    PEOPLE = "people"
    BUDGET = "budget"


FAULT_SENTENCES = {
    Fault.TITLE: mark("Cell {cell}: an activity needs a name."),
    Fault.TIME: mark("Cell {cell}: the time “{text}” is not understood. Write it as 3月, 3–5月, 3月8日, 上半年 or 每月一次."),
    Fault.DUTY: mark("Cell {cell}: “{text}” is no kind of activity. Choose one from the list."),
    Fault.PEOPLE: mark("Cell {cell}: “{text}” is not a number of people."),
    Fault.BUDGET: mark("Cell {cell}: “{text}” is not an amount in yuan."),
}


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A cell that says nothing we understand; ``FAULT_SENTENCES[fault]`` tells it with ``cell`` and ``text``."""

    cell: str
    fault: Fault
    text: str


@dataclass(frozen=True, slots=True)
class TableComparison:
    """What the table differs in from the plan. ``headings``: what ``PlanRow.section`` counts in, new ones at the end."""

    differences: tuple[RowDifference, ...]
    problems: tuple[TableProblem, ...]
    headings: tuple[str, ...]


def compare_table(session: Session, plan_id: int, table: PlanTable, *, today: date) -> TableComparison:
    """What an edited table differs in from plan ``plan_id``: rows by their ids, wherever they stand now.

    A cell counts as changed when it says something else than when the table was written; what was corrected in the program meanwhile
    stands. Rows without an id are new; activities of the written table that have no row any more are gone. Problems name their cell; rows
    with one are no difference yet. Raises: OtherPlansTable.
    """
    back = _TableBack(session, session.get_one(Plan, plan_id), table, today)
    differences = [found for row in table.rows for found in back.compare(row)]
    return TableComparison((*differences, *back.gone()), tuple(back.problems), tuple(back.headings))


def apply_table(
    session: Session,
    plan_id: int,
    differences: Sequence[RowDifference],
    *,
    chosen: Collection[str],
    table: PlanTable,
    today: date,
    who: str,
    now_utc: datetime,
) -> Applied:
    """Take over the differences whose key is ``chosen``, like ``comparison.apply``; a section that is not there yet is added at the end.

    Raises: TableUnclear while a cell is not understood, PlanMovedOn when the plan is no longer what ``differences`` says.
    """
    require(session, Act.EDIT_PLAN)
    comparison = compare_table(session, plan_id, table, today=today)
    if comparison.problems:
        raise TableUnclear(n=len(comparison.problems), cells="、".join(problem.cell for problem in comparison.problems[:5]))
    now = {difference.key: difference for difference in comparison.differences}
    wanted = [difference for difference in differences if difference.key in chosen and difference.can_be_taken]
    if any(now.get(difference.key) != difference for difference in wanted):
        raise PlanMovedOn
    back = _TableBack(session, session.get_one(Plan, plan_id), table, today)
    back.headings = list(comparison.headings)
    for difference in wanted:
        back.take(difference, Stamp(who=who, now_utc=now_utc))
    session.flush()
    kinds = Counter(difference.kind for difference in wanted)
    return Applied(kinds[Difference.NEW], kinds[Difference.CHANGED] + kinds[Difference.UNCHANGED], kinds[Difference.GONE])


class _TableBack:
    """A table beside the plan it came from."""

    def __init__(self, session: Session, plan: Plan, table: PlanTable, today: date) -> None:
        self.session, self.plan, self.table = session, plan, table
        self.problems: list[TableProblem] = []
        self.stored = plans.list_sections(session, plan.id or 0)
        self.headings = [section.title for section in self.stored]
        query = select(Activity).where(Activity.plan_id == plan.id).order_by(col(Activity.position))
        self.activities = {activity.id or 0: activity for activity in session.exec(query)}
        views = list_activities(session, plan.id or 0, today=today)
        self.lines = {view.id: line_of(view) for view in views}
        self.records = count_records(session, plan.id or 0)
        for row in table.rows:
            if row.plan_id is not None and row.plan_id != plan.id:
                raise OtherPlansTable(cell=table.cell(row, "id"))
        self.taken_before = dict(self._find_taken())

    def _find_taken(self) -> Iterator[tuple[int, int]]:
        """Rows without an id whose activity was added since the table was written: most likely from this very table. One to one, by name;
        of several of that name the one at the same time. Line -> activity."""
        known = {row.activity_id for row in self.table.rows} | set(self.table.as_written or {})
        free = {id_: texts_of(line) for id_, line in self.lines.items() if id_ not in known}
        for row in self.table.rows if self.table.as_written is not None else ():
            name, when = bare(row.texts.get("title", "")), row.texts.get("when", "")
            same = [id_ for id_, texts in free.items() if row.activity_id is None and name and bare(texts["title"]) == name]
            if same:
                found = min(same, key=lambda id_: _differ(free[id_]["when"], when, "when"))
                del free[found]
                yield row.line, found

    def compare(self, row: TableRow) -> Iterator[RowDifference]:
        activity = self.activities.get(row.activity_id or self.taken_before.get(row.line, 0))
        if activity is None:
            read = self._read(row, row.texts.keys(), PlanRow(""))
            if read is not None:
                yield RowDifference(f"t{row.line}", Difference.NEW, read, None, title=read.title)
            return
        id_, records = activity.id or 0, self.records.get(activity.id or 0, 0)
        if activity.removed:
            read = self._read(row, row.texts.keys(), PlanRow(""))
            yield RowDifference(f"a{id_}", Difference.UNCHANGED, read, id_, records=records, title=activity.title, left_out=True)
            return
        texts = texts_of(self.lines[id_])
        written = (self.table.as_written or {}).get(id_, texts)
        changed = [name for name in FIELDS if name in row.texts and _differ(row.texts[name], written.get(name, ""), name)]
        read = self._read(row, changed, self._stored_row(activity))
        if read is None:
            return
        fields = {*changed, *(("duty",) if "when" in changed else ())}
        changes = changes_between(stored_side(activity, self._sections()), None, self._side(read), fields=fields)
        marked = tuple(
            replace(change, corrected=_differ(written.get(change.name, ""), texts.get(change.name, ""), change.name)) for change in changes
        )
        kind = Difference.CHANGED if marked else Difference.UNCHANGED
        yield RowDifference(f"a{id_}", kind, read, id_, marked, records, title=activity.title)

    def gone(self) -> Iterator[RowDifference]:
        """Activities the table was written with and has no row for; what was added to the plan since is not missing."""
        there = {row.activity_id for row in self.table.rows}
        written = self.lines.keys() if self.table.as_written is None else self.table.as_written.keys()
        for id_ in self.lines:
            if id_ in written and id_ not in there:
                records = self.records.get(id_, 0)
                yield RowDifference(f"a{id_}", Difference.GONE, None, id_, records=records, title=self.activities[id_].title)

    # --- what the cells say ---

    def _stored_row(self, activity: Activity) -> PlanRow:
        time = time_of_activity(activity)
        section = next((n for n, section in enumerate(self.stored) if section.id == activity.section_id), None)
        return PlanRow(
            activity.title,
            section=section,
            months=time.months,
            half_year=time.half_year,
            day_from=time.day_from,
            day_to=time.day_to,
            duty=activity.duty,
            frequency=time.frequency,
            area=activity.area,
            area_2=activity.area_2,
            owner=activity.owner,
            audience=activity.audience,
            planned_people=activity.planned_people,
            planned_budget_fen=activity.planned_budget_fen,
            note=activity.note,
            third=time.third,
        )

    def _read(self, row: TableRow, changed: Collection[str], base: PlanRow) -> PlanRow | None:
        """``base`` with the cells of the fields ``changed``; None when one of them says nothing we understand."""
        before = len(self.problems)
        texts = {name: row.texts.get(name, "") for name in changed if name in FIELDS}
        read = base
        if "title" in texts or not base.title:
            read = replace(read, title=texts.get("title", "").strip())
            if not read.title:
                self._blame(row, "title", Fault.TITLE)
        duty = self._read_duty(row, texts.get("duty", ""))
        if "when" in texts:
            time = read_time(texts["when"])
            if time is None:
                self._blame(row, "when", Fault.TIME)
            read = _at_time(read, time or PlanTime(), read.duty if duty is None else duty)
        elif duty is not None and "duty" in texts:
            read = replace(read, duty=duty)
        if "section" in texts:
            read = replace(read, section=self._section(texts["section"]))
        read = replace(
            read,
            owner=texts.get("owner", read.owner),
            audience=texts.get("audience", read.audience),
            note=texts.get("note", read.note),
        )
        if "people" in texts:
            read = replace(read, planned_people=self._read_people(row, texts["people"]))
        if "budget" in texts:
            read = replace(read, planned_budget_fen=self._read_budget(row, texts["budget"]))
        return read if len(self.problems) == before else None

    def _blame(self, row: TableRow, name: str, fault: Fault) -> None:
        self.problems.append(TableProblem(self.table.cell(row, name), fault, row.texts.get(name, "")))

    def _read_duty(self, row: TableRow, text: str) -> DutyKind | None:
        if not text:
            return None
        code = next((code for code, word in DUTIES.items() if bare(word) == bare(text)), None)
        if code is None:
            self._blame(row, "duty", Fault.DUTY)
        return DutyKind(code) if code else None

    def _read_people(self, row: TableRow, text: str) -> int | None:
        plain = bare(text).removesuffix("人")
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= 7):
            self._blame(row, "people", Fault.PEOPLE)
            return None
        return int(plain) if plain else None

    def _read_budget(self, row: TableRow, text: str) -> int | None:
        if not text:
            return None
        try:
            return parse_yuan(text)
        except AmountNotPositive:
            if text.strip("0.元") == "":
                return 0
            self._blame(row, "budget", Fault.BUDGET)
        except Refusal:
            self._blame(row, "budget", Fault.BUDGET)
        return None

    def _section(self, text: str) -> int | None:
        """The section a cell names by its title or heading; a new one is counted at the end."""
        if not text.strip():
            return None
        names = [{bare(section.title), bare(section.heading)} for section in self.stored]
        names += [{bare(heading)} for heading in self.headings[len(self.stored) :]]
        found = next((number for number, known in enumerate(names) if bare(text) in known), None)
        if found is None:
            self.headings.append(text.strip())
            return len(self.headings) - 1
        return found

    def _sections(self) -> dict[int, Section]:
        return {section.id or 0: section for section in self.stored}

    def _side(self, row: PlanRow) -> Side:
        if row.section is None:
            return row_side(row, self.plan, section_id=None, heading="")
        if row.section >= len(self.stored):
            return row_side(row, self.plan, section_id=0, heading=self.headings[row.section])
        section = self.stored[row.section]
        return row_side(row, self.plan, section_id=section.id, heading=section.heading)

    # --- taking over ---

    def take(self, difference: RowDifference, stamp: Stamp) -> None:
        """Put one difference into the plan."""
        session, plan, row = self.session, self.plan, difference.row
        if row is None:
            amendments.remove_activity(session, difference.activity_id or 0, **stamp)
        elif difference.activity_id is None:
            section_id = self._home(row.section, stamp)
            section = session.get(Section, section_id) if section_id else None
            add_row(session, plan, row, section_id=section_id, area=section.area if section else OTHER, stamp=stamp)
        elif difference.left_out:
            amendments.remove_activity(session, difference.activity_id, removed=False, **stamp)
        else:
            changes, activity = difference.changes, session.get_one(Activity, difference.activity_id)
            theirs = self._side(row)
            home = self._home(row.section, stamp) if any(change.name == "section" for change in changes) else None
            change_activity(session, plan, activity, changes, theirs, section_id=home, stamp=stamp)

    def _home(self, number: int | None, stamp: Stamp) -> int | None:
        if number is None:
            return None
        while len(self.stored) <= number:
            heading = self.headings[len(self.stored)]
            self.stored.append(plans.add_section(self.session, self.plan.id or 0, heading=heading, **stamp))
        return self.stored[number].id


def _at_time(row: PlanRow, time: PlanTime, duty: DutyKind) -> PlanRow:
    """The row at another time, which also says what kind of activity it is; ``duty`` where it says nothing."""
    kind = duty_of_time(time, duty)
    return replace(
        row,
        months=time.months,
        half_year=time.half_year,
        day_from=time.day_from,
        day_to=time.day_to,
        third=time.third,
        festival=time.festival,
        frequency=time.frequency,
        duty=kind,
    )


def _differ(one: str, other: str, name: str) -> bool:
    """Whether two cells say something else; 3000 and 3000.00 do not."""
    if name in {"budget", "people"}:
        return _number(one) != _number(other)
    return " ".join(one.split()) != " ".join(other.split())


def _number(text: str) -> str:
    plain = text.replace(",", "").replace("，", "").strip()
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
