"""What the change log says of given records, as it may be told: private fields left out, names of people visited covered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from unionboard.drafting.figures import Source
from unionboard.drafting.names import hide_names
from unionboard.models import (
    Account,
    Activity,
    AgendaItem,
    BudgetAmendment,
    CareVisit,
    CeilingRule,
    Change,
    Claim,
    Decision,
    Evidence,
    FundEntry,
    FundPaper,
    Handout,
    Measure,
    Member,
    Plan,
    Section,
    SummaryDraft,
    Union,
)
from unionboard.models.changelog import ChangeAction
from unionboard.services.source_records import find_owners, sort_ids
from unionboard.services.year_records import private_names

_COVERED = "***"
_TECHNICAL = ("id", "position", "stored_name", "sha256", "size_bytes", "is_photo", "as_read")
_NAMES: Mapping[str, tuple[type[SQLModel], str]] = {
    "fund_entry": (FundEntry, "purpose"),
    "handout": (Handout, "title"),
    "section": (Section, "heading"),
    "measure": (Measure, "text"),
    "plan": (Plan, "title"),
    "claim": (Claim, "purpose"),
    "fund_paper": (FundPaper, "name"),
    "budget_amendment": (BudgetAmendment, "reason"),
    "ceiling_rule": (CeilingRule, "name"),
    "agenda_item": (AgendaItem, "title"),
    "decision": (Decision, "text"),
    "member": (Member, "name"),
    "union": (Union, "name"),
    "summary_draft": (SummaryDraft, "title"),
    "account": (Account, "name"),
}
"""What a record is called that belongs to no activity."""
_UNCHANGING = frozenset({ChangeAction.REVEAL, ChangeAction.EXPORT, ChangeAction.SIGN_IN, ChangeAction.SIGN_OUT, ChangeAction.UNLOCK})
"""Told of who looked, came and went: no record changed."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, as the change log keeps it; None: there was, or is, nothing."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change of one record. ``title``: of its activity, else its own; empty where it has none or may not be told.

    ``action`` is that of the change log; of a care visit, and of what was booked for one, no field is told. ``origin``: from where, as the
    log says it; empty for what was written before the log said it.
    """

    change_id: int
    noun: str
    row_id: int
    action: str
    at_utc: datetime
    who: str
    title: str
    activity_id: int | None
    fields: tuple[FieldChange, ...]
    origin: str = ""


def list_record_changes(session: Session, sources: Iterable[Source], *, after: int, until: int | None = None) -> tuple[RecordChange, ...]:
    """Changes of ``sources``, and of the papers on check-offs among them, after the change ``after`` up to ``until`` (inclusive), newest
    first. A change that touched nothing anybody would know is left out."""
    wanted = set(sources)
    check_offs = [source.id for source in wanted if source.noun == "check_off"]
    wanted |= {Source("evidence", id_ or 0) for id_ in session.exec(select(Evidence.id).where(col(Evidence.check_off_id).in_(check_offs)))}
    query = select(Change).where(col(Change.id) > after, col(Change.noun).in_({source.noun for source in wanted}))
    if until is not None:
        query = query.where(col(Change.id) <= until)
    rows = [row for row in session.exec(query.order_by(col(Change.id).desc())) if Source(row.noun, row.row_id) in wanted]
    return tuple(told for told in tell_changes(session, rows) if not _says_nothing(told))


def tell_changes(session: Session, rows: Sequence[Change]) -> tuple[RecordChange, ...]:
    """Lines of the log as they may be told, in the order given."""
    if not rows:
        return ()
    known = _Known(session, {Source(row.noun, row.row_id) for row in rows})
    return tuple(known.tell(row) for row in rows)


def _says_nothing(change: RecordChange) -> bool:
    is_private = change.noun == "care_visit"
    return change.action in _UNCHANGING or (change.action == ChangeAction.UPDATE and not change.fields and not is_private)


class _Known:
    """What the records of some changes are called, and what may be told of them."""

    def __init__(self, session: Session, records: set[Source]) -> None:
        self.names = private_names(session)
        self.ids = sort_ids(records)
        self.owners = find_owners(session, self.ids)
        self.titles = self._find_titles(session)
        entries = select(CareVisit.fund_entry_id).where(col(CareVisit.fund_entry_id).in_(self.ids["fund_entry"]))
        self.private = {Source("fund_entry", id_ or 0) for id_ in session.exec(entries)}
        self.private |= {Source("care_visit", id_) for id_ in self.ids["care_visit"]}
        papers = select(FundPaper.id).where(col(FundPaper.id).in_(self.ids["fund_paper"]), col(FundPaper.is_private))
        self.private |= {Source("fund_paper", id_ or 0) for id_ in session.exec(papers)}

    def _find_titles(self, session: Session) -> dict[Source, str]:
        activities = session.exec(select(Activity.id, Activity.title).where(col(Activity.id).in_(set(self.owners.values())))).all()
        called = dict(activities)
        titles = {source: called.get(id_, "") for source, id_ in self.owners.items()}
        for noun, (table, name) in _NAMES.items():
            rows = session.exec(select(table).where(col(getattr(table, "id")).in_(self.ids[noun]))).all()
            titles |= {Source(noun, getattr(row, "id")): str(getattr(row, name)) for row in rows}
        return titles

    def tell(self, row: Change) -> RecordChange:
        """The change as it may be told."""
        source = Source(row.noun, row.row_id)
        is_private = source in self.private
        fields = () if is_private else self._tell_fields(row.before or {}, row.after or {})
        return RecordChange(
            change_id=row.id or 0,
            noun=row.noun,
            row_id=row.row_id,
            action=row.action,
            at_utc=row.at_utc,
            who=row.who,
            title="" if is_private else self._cover(self.titles.get(source, "")),
            activity_id=self.owners.get(source),
            fields=fields,
            origin=row.origin,
        )

    def _tell_fields(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
        told = (FieldChange(name, self._cover(before.get(name)), self._cover(after.get(name))) for name in {**before, **after})
        return tuple(one for one in told if not _is_technical(one.name) and (one.before or None) != (one.after or None))

    def _cover(self, value: Any) -> Any:
        if isinstance(value, str):
            return hide_names(value, self.names, _COVERED)
        if isinstance(value, list):
            return [self._cover(one) for one in value]
        return {name: self._cover(one) for name, one in value.items()} if isinstance(value, dict) else value


def _is_technical(name: str) -> bool:
    return name in _TECHNICAL or name.endswith(("_id", "_utc"))
