"""The steps by which people correct what was read: change, split, merge, drop, take in, add; each can be undone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from unionboard.models import DutyKind
from unionboard.reading.draft import Frequency, Period, SectionRole
from unionboard.reading.festivals import find_festivals, name_only
from unionboard.reading.lines import fold
from unionboard.reading.months import find_time
from unionboard.reading.plan_time import PlanTime, read_time
from unionboard.reference import work_areas
from unionboard.reference.relations import Relation
from unionboard.services.plan_rows import PlanRow, list_measure_drafts, row_of_measure, rows_of_measure
from unionboard.services.plan_times import duty_of_time, time_of_row
from unionboard.ui.plan_desk import Desk, DeskRow, Sheet, TakenMeasure, bare_words

STEPS_KEPT = 200
_TEXT_LIMITS = {"title": 300, "owner": 80, "audience": 200, "note": 1000}


def take_steps(desk: Desk, steps: Sequence[Mapping[str, Any]]) -> bool:
    """Take the browser's steps that were not taken yet (each has a running ``n`` and says what to ``do``); whether anything changed."""
    before = desk.sheet
    for step in steps:
        if int(step["n"]) > desk.step:
            desk.step = int(step["n"])
            _take(desk, step)
    return desk.sheet is not before


def _take(desk: Desk, step: Mapping[str, Any]) -> None:
    do = str(step["do"])
    if do == "undo" and desk.past:
        desk.future.append(desk.sheet)
        desk.sheet = desk.past.pop()
    elif do == "redo" and desk.future:
        desk.past.append(desk.sheet)
        desk.sheet = desk.future.pop()
    elif do in _STEPS:
        after = _STEPS[do](desk, step)
        if after != desk.sheet:
            desk.past = [*desk.past, desk.sheet][-STEPS_KEPT:]
            desk.future.clear()
            desk.sheet = after


# --- rows --------------------------------------------------------------------------------------------------------------------


def _edit(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """``values`` for all rows of ``ids``."""
    return _each(desk, step["ids"], lambda shown: edit_row(shown, step["values"]))


def edit_row(shown: DeskRow, values: Mapping[str, Any]) -> DeskRow:
    """The row with the values typed: texts, ``when`` as people write it, ``people`` and ``budget`` (yuan) as digits or "" for none."""
    row = shown.row
    for name, value in values.items():
        text = str(value).strip()
        if name in _TEXT_LIMITS:
            limited: dict[str, Any] = {name: text[: _TEXT_LIMITS[name]]}
            row = replace(row, **limited)
        elif name == "when":
            shown = _timed(replace(shown, row=row), text)
            row = shown.row
        elif name == "duty":
            row = _of_kind(row, DutyKind(text))
        elif name == "section":
            row = replace(row, section=int(text) if text.isdigit() else None)
        elif name == "area" and text in work_areas():
            row = replace(row, area=text, area_share=1.0)
        elif name == "relation":
            row = replace(row, relation=Relation(text))
        elif name in {"people", "budget"}:
            row = _counted(row, name, text)
    return replace(shown, row=row)


def _timed(shown: DeskRow, text: str) -> DeskRow:
    time = read_time(text)
    if time is None:
        return replace(shown, typed=text)
    return replace(shown, row=put_time(shown.row, time, duty_of_time(time, shown.row.duty)), typed="")


def put_time(row: PlanRow, time: PlanTime, duty: DutyKind) -> PlanRow:
    """The row at another time."""
    return replace(row, duty=duty, **{part.name: getattr(time, part.name) for part in fields(PlanTime)})


def _of_kind(row: PlanRow, duty: DutyKind) -> PlanRow:
    if duty is DutyKind.ONE_OFF:
        return put_time(row, PlanTime(), duty) if row.frequency else replace(row, duty=duty)
    if row.frequency and duty is row.duty:
        return row
    usual = {
        DutyKind.RECURRING: Frequency(Period.MONTH, phrase="每月一次"),  # shown in the time cell, to be put right there
        DutyKind.STANDING: Frequency(Period.STANDING, phrase="常年"),
    }
    return put_time(row, PlanTime(frequency=usual[duty]), duty)


def _counted(row: PlanRow, name: str, text: str) -> PlanRow:
    digits = re.sub(r"[,，\s¥￥元人]", "", text)
    try:
        number = Decimal(digits) if digits else None
    except InvalidOperation:
        return row
    if number is not None and not (number.is_finite() and 0 <= number < 10**10):
        return row
    if name == "people":
        return replace(row, planned_people=None if number is None else int(number))
    return replace(row, planned_budget_fen=None if number is None else int((number * 100).to_integral_value()))


def _split(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """Row ``id`` becomes one row for each of ``titles``; figures of the whole stay with the first."""
    titles = [title.strip()[:300] for title in step["titles"] if title.strip()]

    def parts(shown: DeskRow) -> list[DeskRow]:
        row = shown.row
        rest = replace(row, planned_budget_fen=None, planned_people=None, targets=())
        first = replace(shown, row=_of_its_festival(replace(row, title=titles[0])))
        others = [_of_its_festival(replace(rest, title=title)) for title in titles[1:]]
        return [first, *(replace(shown, id=new_id(desk, n), row=other) for n, other in enumerate(others))]

    rows = [part for shown in desk.rows for part in (parts(shown) if titles and shown.id == step["id"] else [shown])]
    return replace(desk.sheet, rows=tuple(rows))


def _of_its_festival(row: PlanRow) -> PlanRow:
    """A part of a row that was timed by festivals, or not at all, takes place at the one it names itself."""
    named = find_festivals(row.title)
    untimed = time_of_row(row) == PlanTime()
    return replace(row, festival=named[0]) if len(named) == 1 and (untimed or row.festival) else row


def _merge(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """The rows of ``ids`` become the first of them; budgets and people add up."""
    together = [shown for shown in desk.rows if shown.id in step["ids"]]
    if len(together) < 2:
        return desk.sheet
    first, *others = together
    rows = [shown.row for shown in together]
    budgets = [row.planned_budget_fen for row in rows if row.planned_budget_fen is not None]
    people = [row.planned_people for row in rows if row.planned_people is not None]
    merged = replace(
        first.row,
        title="、".join(dict.fromkeys(row.title for row in rows if row.title))[:300],
        planned_budget_fen=sum(budgets) if budgets else None,
        planned_people=sum(people) if people else None,
        note="\n".join(dict.fromkeys(row.note for row in rows if row.note)),
        targets=tuple(dict.fromkeys(target for row in rows for target in row.targets)),
    )
    gone = {shown.id for shown in others}
    return replace(
        desk.sheet, rows=tuple(replace(shown, row=merged) if shown is first else shown for shown in desk.rows if shown.id not in gone)
    )


def _keep(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """Drop the rows of ``ids``, or take them back."""
    return _each(desk, step["ids"], lambda shown: replace(shown, kept=bool(step["kept"])))


def _fine(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """Nothing to decide about the rows of ``ids``: they stay as read."""
    return _each(desk, step["ids"], lambda shown: replace(shown, settled=(*shown.settled, *desk.doubts_of(shown))))


def _add(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """An empty row below row ``after``, at its section and time; at the end without one."""
    place = next((n for n, shown in enumerate(desk.rows) if shown.id == step.get("after")), None)
    above = None if place is None else desk.rows[place].row
    row = PlanRow("") if above is None else PlanRow("", section=above.section, months=above.months, half_year=above.half_year)
    rows = list(desk.rows)
    rows.insert(len(rows) if place is None else place + 1, DeskRow(new_id(desk), row))
    return replace(desk.sheet, rows=tuple(rows))


def _each(desk: Desk, ids: Sequence[str], change: Callable[[DeskRow], DeskRow]) -> Sheet:
    return replace(desk.sheet, rows=tuple(change(shown) if shown.id in ids else shown for shown in desk.rows))


def new_id(desk: Desk, n: int = 0) -> str:
    """A row's id never given before; ``n`` counts within one step."""
    return f"s{desk.step}-{n}"


# --- lines -------------------------------------------------------------------------------------------------------------------


def _take_in(desk: Desk, step: Mapping[str, Any]) -> Sheet:
    """Source line ``line`` becomes activities (``what``: "activity") or a measure of the section above it ("measure")."""
    line = int(step["line"])
    if step["what"] == "measure":
        section = _section_above(desk, line)
        taken = TakenMeasure(line, section if section is not None else -1)
        if section is None or taken in desk.sheet.measures:
            return desk.sheet
        return replace(desk.sheet, measures=(*desk.sheet.measures, taken))
    if any(shown.row.line == line for shown in desk.rows):  # it had rows, which were dropped
        return _each(desk, [shown.id for shown in desk.rows if shown.row.line == line], lambda shown: replace(shown, kept=True))
    new = [DeskRow(new_id(desk, n), row) for n, row in enumerate(rows_of_line(desk, line))]
    place = next((n for n, shown in enumerate(desk.rows) if shown.row.line > line), len(desk.rows))
    rows = (*desk.rows[:place], *new, *desk.rows[place:])
    return replace(desk.sheet, rows=rows, measures=tuple(taken for taken in desk.sheet.measures if taken.line != line))


def rows_of_line(desk: Desk, line: int) -> list[PlanRow]:
    """A line as activities: each measure read from it, else its bare words under the month or section it stands below."""
    numbers = [number for number, (_, measure) in enumerate(list_measure_drafts(desk.draft)) if measure.line == line]
    if numbers:
        rows = [row for number in numbers for row in rows_of_measure(desk.draft, number) or [row_of_measure(desk.draft, number)]]
        return [_at_its_own_time(row) for row in rows]
    row = _at_its_own_time(PlanRow(bare_words(desk.text_of(line))[:300], line=line))
    if row.months or row.half_year:
        return [replace(row, section=_section_above(desk, line))]
    heads = [entry for entry in desk.draft.schedule if 0 < entry.line < line]
    head = max(heads, key=lambda entry: entry.line, default=None)
    section = _section_above(desk, line)
    if head and (section is None or head.line > desk.draft.sections[section].line):
        return [replace(row, months=head.months, half_year=head.half_year)]
    return [replace(row, section=section)]


def _at_its_own_time(row: PlanRow) -> PlanRow:
    """A row without a time takes the one its words begin with: 3月12日召开教代会."""
    found = find_time(fold(row.title)) if time_of_row(row) == PlanTime() else None
    title = row.title[found.end :].lstrip("，,：: ") if found else ""
    if found is None or not title:
        return row
    time = PlanTime(found.months, found.half_year, found.day_from, found.day_to, third=found.third)
    return put_time(replace(row, title=title), time, row.duty)


def _section_above(desk: Desk, line: int) -> int | None:
    """The work section whose heading stands last above ``line``, else the first one."""
    work = [(n, section) for n, section in enumerate(desk.draft.sections) if section.role is SectionRole.WORK]
    above = [n for n, section in work if section.line < line]
    return next(iter(above[-1:] or [n for n, _ in work]), None)


_STEPS: dict[str, Callable[[Desk, Mapping[str, Any]], Sheet]] = {
    "edit": _edit,
    "split": _split,
    "merge": _merge,
    "keep": _keep,
    "fine": _fine,
    "add": _add,
    "take": _take_in,
}


# --- proposals ---------------------------------------------------------------------------------------------------------------

_CUTS = "、，,；;"
_FIGURE = re.compile(
    r"(?:经费|费用|预算|预计|计划|约|共|人均|每人|不少于|不超过|至少)*[\d.]+万?[元人名]\w{0,3}"
)  # says how much, no deed of its own
_OPEN, _CLOSE = "（(《“「【", "）)》”」】"


def propose_parts(title: str) -> list[str]:
    """How a row could be split, as titles; the title alone where nothing suggests it.

    Where it lists festivals each of them is an occasion of the same deed: 春节、教师节走访慰问. What stands in brackets or quotation marks
    stays together.
    """
    occasions = list(dict.fromkeys(name_only(title, festival.code) for festival in find_festivals(title)))
    if len(occasions) > 1:
        return occasions
    parts, depth = [""], 0
    for letter in title:
        depth = max(depth + (letter in _OPEN) - (letter in _CLOSE), 0)
        if letter in _CUTS and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    parts = [part.strip() for part in parts]
    if any(_FIGURE.fullmatch(part) for part in parts):
        return [title]
    return parts if all(len(part) > 1 for part in parts) else [title]
