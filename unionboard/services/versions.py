"""How a record stood before, and the way back to it: a new change through the service that edits it, so that every rule is asked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypedDict

from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel, col, select

from unionboard import models
from unionboard.errors.history import NoSuchVersion, RecordGone
from unionboard.models import Change
from unionboard.models.changelog import ChangeAction
from unionboard.services import (
    amendments,
    budget,
    care,
    ceiling_rules,
    checkoffs,
    claim_drafts,
    fund_items,
    fund_policy,
    handouts,
    meetings,
    occasions,
    plans,
    sections,
    unions,
)
from unionboard.services.changes import COVERED, snapshot
from unionboard.services.changes import row_id as log_id
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.record_changes import FieldChange

_DEEDS = frozenset(ChangeAction) - {
    ChangeAction.REVEAL,
    ChangeAction.EXPORT,
    ChangeAction.SIGN_IN,
    ChangeAction.SIGN_OUT,
    ChangeAction.UNLOCK,
}
_HOMES: Mapping[str, type[SQLModel]] = {"section_id": models.Section, "activity_id": models.Activity}
"""Fields that name a record which may be gone by now: then they stay as they are."""


class _Stamp(TypedDict):
    version: int
    who: str
    now_utc: datetime


Values = Mapping[str, Any]
Save = Callable[[Session, Any, Values, date, _Stamp], object]


@dataclass(frozen=True, slots=True)
class Editable:
    """A kind of record that people edit: which of its fields, and how they are saved. ``whole``: the service wants all of them."""

    table: type[SQLModel]
    fields: tuple[str, ...]
    save: Save
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it stood after the change ``change_id``. ``row_version``: of the record as it was read.

    ``differing``: what putting it back would change, before and after, of a care visit only which fields; empty when it stands so now.
    """

    noun: str
    row_id: int
    row_version: int
    change_id: int
    at_utc: datetime
    who: str
    origin: str
    differing: tuple[FieldChange, ...]


_ACTIVITY = (
    *("title", "area", "area_2", "section_id", "starts_on", "ends_on", "precision", "duty", "frequency", "owner", "relation", "audience"),
    *("planned_people", "planned_budget_fen", "fund_item", "targets", "note"),
    *("state", "state_reason", "original_starts_on", "original_ends_on"),
)
_CLAIM = (
    *("kind", "purpose", "item", "source", "amount_fen", "payee", "activity_id", "people", "participants", "winners", "festival", "form"),
    *("needed_on", "handler", "note", "over_reason"),
)
_UNION = (
    *(
        "name",
        "kind",
        "higher_union",
        "centre",
        "member_count",
        "women_count",
        "staff_count",
        "delegate_count",
        "group_count",
        "party_body",
    ),
    "language",
)
_RULE = (
    *("name", "shape", "amount_fen", "share_pct", "count", "years", "items", "kinds", "festivals", "words", "condition", "source"),
    *("valid_from", "valid_to", "is_active"),
)

EDITABLE: Mapping[str, Editable] = {
    "union": Editable(models.Union, _UNION, lambda s, row, told, _, by: unions.save_union(s, row.id, **told, **by)),
    "member": Editable(
        models.Member, ("name", "duty", "position", "is_active"), lambda s, row, told, _, by: unions.save_member(s, row.id, **told, **by)
    ),
    "plan": Editable(models.Plan, ("title", "guiding", "closing"), lambda s, row, told, _, by: plans.save_plan(s, row.id, **told, **by)),
    "section": Editable(
        models.Section,
        ("heading", "printed_number", "intro", "area"),
        lambda s, row, told, _, by: plans.save_section(s, row.id, **told, **by),
    ),
    "measure": Editable(
        models.Measure,
        ("text", "area", "owner", "section_id"),
        lambda s, row, told, _, by: sections.save_measure(s, row.id, **told, **by),
    ),
    "activity": Editable(models.Activity, _ACTIVITY, lambda s, row, told, _, by: amendments.save_activity(s, row.id, **told, **by)),
    "check_off": Editable(
        models.CheckOff,
        ("done_on", *(one.name for one in fields(checkoffs.Details))),
        lambda s, row, told, today, by: checkoffs.amend_check_off(s, row.id, today=today, **told, **by),
    ),
    "claim": Editable(models.Claim, _CLAIM, lambda s, row, told, _, by: claim_drafts.save_claim(s, row.id, **told, **by)),
    "budget_line": Editable(
        models.BudgetLine,
        ("amount_fen", "note"),
        lambda s, row, told, _, by: budget.set_line(s, year=row.year, item=row.item, source=row.source, **told, **by),
        whole=True,
    ),
    "care_visit": Editable(
        models.CareVisit,
        ("visited_on", "people", "amount_fen", "form", "item", "source", "activity_id"),
        lambda s, row, told, today, by: care.edit_visit(s, row.id, today=today, **told, **by),
    ),
    "handout": Editable(
        models.Handout,
        ("title", "handed_on", "heads", "unit_fen", "festival", "goods", "supplier", "item", "source", "activity_id"),
        lambda s, row, told, today, by: handouts.edit_handout(s, row.id, today=today, **told, **by),
    ),
    "meeting": Editable(
        models.Meeting,
        ("place", "chaired_by", "recorded_by"),
        lambda s, row, told, _, by: meetings.save_particulars(s, row.id, **told, **by),
        whole=True,
    ),
    "agenda_item": Editable(models.AgendaItem, ("note",), lambda s, row, told, _, by: meetings.save_note(s, row.id, **told, **by)),
    "own_item": Editable(
        models.OwnItem,
        ("name", "group", "is_hidden"),
        lambda s, row, told, _, by: fund_items.save_item(s, row.code, direction=row.direction, **told, **by),
        whole=True,
    ),
    "own_occasion": Editable(
        models.OwnOccasion,
        ("name", "item", "must_visit", "is_hidden"),
        lambda s, row, told, _, by: occasions.save_occasion(s, row.code, **told, **by),
        whole=True,
    ),
    "ceiling_rule": Editable(models.CeilingRule, _RULE, lambda s, row, told, _, by: ceiling_rules.save_rule(s, row.id, **told, **by)),
    "fund_policy": Editable(
        models.FundPolicy,
        ("resolution_above_fen", "near_pct"),
        lambda s, row, told, _, by: fund_policy.save_policy(s, **told, **by),
        whole=True,
    ),
}
"""By noun. The parts of a summary have versions of their own (``summary_editing``); what is booked is taken back, never put back."""


def list_versions(session: Session, noun: str, row_id: int) -> tuple[Version, ...]:
    """How a record stood after each change that touched what people edit, newest first; nothing for a record that is gone, or of a kind
    that is not edited. Raises: NotYours."""
    require(session, Act.SEE_HISTORY)
    row = _find(session, noun, row_id)
    if row is None:
        return ()
    now, seen = snapshot(row), getattr(row, "version")
    versions = []
    for change, stood in reversed(list(_walk(session, noun, row_id))):
        differing = _compare(session, now, stood)
        if noun == "care_visit":
            differing = tuple(FieldChange(one.name, COVERED, COVERED) for one in differing)
        versions.append(Version(noun, row_id, seen, change.id or 0, change.at_utc, change.who, change.origin, differing))
    return tuple(versions)


def put_back(session: Session, noun: str, row_id: int, *, change_id: int, version: int, who: str, now_utc: datetime, today: date) -> None:
    """Make a record what it was after the change ``change_id``; nothing is written when it stands so. ``version`` is the one that was seen.

    Raises: NoSuchVersion, RecordGone, NotYours, StaleSave, and all that saving such a record raises.
    """
    require(session, Act.SEE_HISTORY)
    row = _find(session, noun, row_id)
    if row is None:
        raise RecordGone
    stood = next((stood for change, stood in _walk(session, noun, row_id) if change.id == change_id), None)
    if stood is None:
        raise NoSuchVersion
    kind = EDITABLE[noun]
    differing = {one.name: one.after for one in _compare(session, snapshot(row), stood)}
    if not differing:
        return
    told = {name: _restore_type(kind.table, name, value) for name, value in differing.items()}
    if kind.whole:
        told = {name: getattr(row, name) for name in kind.fields} | told
    kind.save(session, row, told, today, {"version": version, "who": who, "now_utc": now_utc})


def _find(session: Session, noun: str, row_id: int) -> SQLModel | None:
    kind = EDITABLE.get(noun)
    if kind is None:
        return None
    if "id" not in kind.table.model_fields:  # the log knows it by its year, or by a number made of its code
        return next((row for row in session.exec(select(kind.table)) if log_id(row) == row_id), None)
    return session.get(kind.table, row_id)


def _walk(session: Session, noun: str, row_id: int) -> Iterable[tuple[Change, dict[str, Any]]]:
    """Each change that touched an editable field with all those fields as they stood after it, oldest first."""
    kind = EDITABLE[noun]
    changes = session.exec(
        select(Change).where(Change.noun == noun, Change.row_id == row_id, col(Change.action).in_(_DEEDS)).order_by(col(Change.id))
    ).all()
    stood: dict[str, Any] = {}
    for change in reversed(changes):  # a field that came to the table later stood before its first change as that change says
        stood |= {name: value for name, value in (change.before or {}).items() if name in kind.fields}
    for change in changes:
        if change.action == ChangeAction.REMOVE and change.after is None:  # another record may bear its number from here on
            stood = {}
            continue
        touched = {name: value for name, value in (change.after or {}).items() if name in kind.fields}
        stood = {**stood, **touched}
        if touched:
            yield change, dict(stood)


def _compare(session: Session, now: Values, stood: Values) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, now[name], value)
        for name, value in stood.items()
        if name in now and now[name] != value and COVERED not in (value, now[name]) and not _is_homeless(session, name, value)
    )


def _is_homeless(session: Session, name: str, value: object) -> bool:
    if name not in _HOMES or value is None:
        return False
    home = session.get(_HOMES[name], value)
    return home is None or bool(getattr(home, "removed", False))


def _restore_type(table: type[SQLModel], name: str, value: object) -> Any:
    """A value of the log as the row holds it: days and codes are text there."""
    kind: Any = table.model_fields[name].annotation
    return TypeAdapter(kind).validate_python(value)
