"""Field by field: what a document changed of an activity, and what people changed of it since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from unionboard.models import Activity, DatePrecision, DutyKind, Plan, Section
from unionboard.money import yuan_text
from unionboard.reading.draft import FestivalTime, Frequency, Period, Target, TargetOp
from unionboard.reading.plan_time import write_time
from unionboard.reference.relations import Relation
from unionboard.services.plan_rows import PlanRow
from unionboard.services.plan_times import time_of_activity, time_of_row
from unionboard.services.plans import values_of_row

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "when": ("starts_on", "ends_on", "precision", "frequency"),
    "duty": ("duty",),
    "section": ("section_id",),
    "owner": ("owner",),
    "audience": ("audience",),
    "people": ("planned_people",),
    "budget": ("planned_budget_fen",),
    "note": ("note",),
    "relation": ("relation",),
    "targets": ("targets",),
    "area": ("area", "area_2"),
}
"""The columns of an activity behind each field of a comparison."""
_GUESSED = frozenset({"area", "targets"})  # no words of the document but our reading of them: new only where its title is


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field the document changed: stored now (``before``) and read now (``after``).

    ``name``: title, when, section, owner, audience, area, duty, people, budget, note, relation or targets. ``when`` is in the words of a
    plan (3月, 每月一次), which ``plan_time.read_time`` reads; area, duty and relation are codes, people and budget (yuan) digits.
    ``corrected``: a person changed it since it was adopted, so that taking it over undoes that.
    """

    name: str
    before: str
    after: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison as columns and as words. ``section``: the heading; ``columns["section_id"]`` is 0 for a section not stored
    yet, None without one."""

    columns: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)


def stored_side(activity: Activity, sections: dict[int, Section]) -> Side:
    """What stands in the plan. Of a postponed activity the first planned time counts: the document knows no other."""
    columns = {name: getattr(activity, name) for names in FIELDS.values() for name in names}
    section = sections.get(activity.section_id or 0)
    words = _words(columns, section.heading if section else "")
    words["when"] = write_time(time_of_activity(activity), is_standing=activity.duty is DutyKind.STANDING)
    if activity.original_starts_on and activity.original_ends_on:
        columns |= {"starts_on": activity.original_starts_on, "ends_on": activity.original_ends_on, "precision": None}
    return Side(columns, words)


def row_side(row: PlanRow, plan: Plan, *, section_id: int | None, heading: str) -> Side:
    """What a document makes of an activity of ``plan``."""
    columns = {**values_of_row(row, plan, default_area=""), "section_id": section_id}
    words = _words(columns, heading)
    words["when"] = write_time(time_of_row(row), is_standing=row.duty is DutyKind.STANDING)
    return Side(columns, words)


def row_of_read(base: dict[str, Any]) -> PlanRow:
    """The row behind what was kept as read; its section is known by heading only."""
    festival, phrase = base.get("festival"), base.get("frequency") or ""
    return PlanRow(
        base.get("title", ""),
        months=tuple(base.get("months") or ()),
        half_year=base.get("half_year"),
        day_from=_day(base.get("day_from")),
        day_to=_day(base.get("day_to")),
        duty=DutyKind(base.get("duty", DutyKind.ONE_OFF)),
        frequency=Frequency(Period.STANDING, phrase=phrase) if phrase else None,
        area=base.get("area"),
        owner=base.get("owner", ""),
        audience=base.get("audience", ""),
        planned_people=base.get("people"),
        planned_budget_fen=base.get("budget_fen"),
        note=base.get("note", ""),
        third=base.get("third"),
        festival=FestivalTime(**festival) if festival else None,
        relation=Relation(base.get("relation", Relation.LEAD)),
        targets=tuple(Target(**{**target, "op": TargetOp(target["op"])}) for target in base.get("targets", ())),
    )


def _day(pair: list[int] | None) -> tuple[int, int] | None:
    return (pair[0], pair[1]) if pair else None


def changes_between(mine: Side, base: Side | None, theirs: Side, *, fields: Collection[str] = tuple(FIELDS)) -> tuple[FieldChange, ...]:
    """What ``theirs`` changed against ``base`` and is not yet stored; without a base, all that differs from what is stored."""
    return tuple(_changes(mine, base, theirs, fields))


def corrections_of(mine: Side, base: Side | None, theirs: Side) -> tuple[FieldChange, ...]:
    """What is stored otherwise than the document says, where the document has not changed: taking it over would undo a person's work."""
    if base is None:
        return ()
    fields = [name for name in FIELDS if name not in _GUESSED and not _differ(base, theirs, name)]
    return tuple(replace(change, corrected=True) for change in _changes(mine, None, theirs, fields))


def _changes(mine: Side, base: Side | None, theirs: Side, fields: Collection[str]) -> Iterator[FieldChange]:
    retitled = _differ(mine if base is None else base, theirs, "title")
    for name in FIELDS:
        if name not in fields or (name in _GUESSED and not retitled) or _says_nothing(theirs, name):
            continue
        before, after = mine.words[name], theirs.words[name]
        if before != after and _differ(mine, theirs, name) and (base is None or _differ(base, theirs, name)):
            yield FieldChange(name, before, after, corrected=base is not None and _differ(base, mine, name))


def _differ(one: Side, other: Side, name: str) -> bool:
    """A precision that is None is not known and no difference."""
    pairs = [(one.columns[column], other.columns[column], column) for column in FIELDS[name]]
    return any(a != b and not (column == "precision" and None in {a, b}) for a, b, column in pairs)


def _says_nothing(side: Side, name: str) -> bool:
    return (name == "section" and side.columns["section_id"] is None) or (name == "area" and not side.columns["area"])


def _words(columns: dict[str, Any], heading: str) -> dict[str, str]:
    fen, people = columns["planned_budget_fen"], columns["planned_people"]
    return {
        **{name: str(columns[name]) for name in ("title", "owner", "audience", "note", "duty", "relation", "area")},
        "section": heading,
        "people": "" if people is None else str(people),
        "budget": "" if fen is None else yuan_text(fen),
        "targets": "；".join(target["phrase"] for target in columns["targets"]),
    }


def columns_to_save(changes: Collection[FieldChange], theirs: Side) -> dict[str, Any]:
    """The columns of ``changes`` with their new values, without the section."""
    names = {change.name for change in changes} - {"section"}
    known_precision = DatePrecision(theirs.columns["precision"])
    columns = {column: theirs.columns[column] for name in names for column in FIELDS[name]}
    return {**columns, "precision": known_precision} if "precision" in columns else columns
