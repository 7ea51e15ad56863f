"""What happened: to one record and what belongs to it, or to everything, newest first. Names of those visited are covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from unionboard.config import TIME_ZONE
from unionboard.models import (
    AgendaItem,
    Attendance,
    BudgetAmendment,
    BudgetLine,
    CeilingFinding,
    Change,
    CheckOff,
    Decision,
    DecisionKind,
    Evidence,
    FundEntry,
    FundMonth,
    FundPaper,
    Member,
)
from unionboard.models.changelog import ChangeAction
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.record_changes import RecordChange, tell_changes

PER_PAGE = 50
GROUPS: Mapping[str, tuple[str, ...]] = {
    "plan": ("plan", "section", "measure", "activity", "turns"),
    "check_offs": ("check_off", "evidence"),
    "meetings": ("meeting", "agenda_item", "attendance", "decision"),
    "money": (
        *("fund_entry", "fund_year", "fund_month", "claim", "fund_paper", "budget_line", "budget_amendment", "handout", "ledger_import"),
        "ceiling_finding",
    ),
    "care": ("care_visit",),
    "rules": ("own_item", "own_occasion", "ceiling_rule", "fund_policy", "import_mapping"),
    "summary": ("summary_draft", "summary_block", "summary_decision", "summary_template"),
    "union": ("union", "member"),
    "access": ("account", "sign_in", "access_token", "message_channel", "message_policy", "export", "safekeeping", "backup"),
}
"""Kinds of records, as people look for them. Who looked at names is told among what was done to care visits."""
_CHILDREN: Mapping[str, tuple[tuple[str, Any, Any], ...]] = {
    "check_off": (("evidence", Evidence.id, Evidence.check_off_id),),
    "claim": (
        ("fund_paper", FundPaper.id, FundPaper.claim_id),
        ("fund_entry", FundEntry.id, FundEntry.claim_id),
        ("ceiling_finding", CeilingFinding.id, CeilingFinding.claim_id),
    ),
    "fund_entry": (
        ("fund_paper", FundPaper.id, FundPaper.fund_entry_id),
        ("fund_entry", FundEntry.id, FundEntry.reverses_id),
        ("ceiling_finding", CeilingFinding.id, CeilingFinding.fund_entry_id),
    ),
    "handout": (("fund_paper", FundPaper.id, FundPaper.handout_id), ("ceiling_finding", CeilingFinding.id, CeilingFinding.handout_id)),
    "meeting": (
        ("agenda_item", AgendaItem.id, AgendaItem.meeting_id),
        ("attendance", Attendance.id, Attendance.meeting_id),
        ("decision", Decision.id, Decision.meeting_id),
    ),
    "fund_year": (
        ("budget_line", BudgetLine.id, BudgetLine.year),
        ("budget_amendment", BudgetAmendment.id, BudgetAmendment.year),
        ("fund_month", FundMonth.id, FundMonth.year),
    ),
    "union": (("member", Member.id, None),),
}
"""What belongs to a record: its noun, its id, and the column that names the record; None: all there are."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """``PER_PAGE`` changes of ``total``, newest first; ``page`` counts from 1 and is one of ``pages``."""

    changes: tuple[RecordChange, ...]
    total: int
    page: int
    pages: int


def list_activity_history(session: Session, activity_id: int) -> list[Change]:
    """The changes of an activity, its check-offs (undone ones too), their evidence and what meetings asked somebody to do about it, newest
    first. What a meeting changed of the activity is among its own changes. Raises: NotYours.
    """
    require(session, Act.SEE_HISTORY)
    check_offs = select(CheckOff.id).where(CheckOff.activity_id == activity_id)
    papers = select(Evidence.id).where(col(Evidence.check_off_id).in_(check_offs))
    tasks = select(Decision.id).where(Decision.activity_id == activity_id, Decision.kind == DecisionKind.FOLLOW_UP)
    mine = or_(
        (col(Change.noun) == "activity") & (col(Change.row_id) == activity_id),
        (col(Change.noun) == "check_off") & col(Change.row_id).in_(check_offs),
        (col(Change.noun) == "evidence") & col(Change.row_id).in_(papers),
        (col(Change.noun) == "decision") & col(Change.row_id).in_(tasks),
    )
    return list(session.exec(select(Change).where(mine).order_by(col(Change.id).desc())))


def list_history(session: Session, noun: str, row_id: int) -> tuple[RecordChange, ...]:
    """The story of a record and of what belongs to it, newest first. Raises: NotYours."""
    require(session, Act.SEE_HISTORY)
    if noun == "activity":
        return tell_changes(session, list_activity_history(session, row_id))
    mine: list[ColumnElement[bool]] = [_is(noun) & (col(Change.row_id) == row_id)]
    for child, id_, owner in _CHILDREN.get(noun, ()):
        ids = select(id_) if owner is None else select(id_).where(owner == row_id)
        mine.append(_is(child) & col(Change.row_id).in_(ids))
    return tell_changes(session, session.exec(select(Change).where(or_(*mine)).order_by(col(Change.id).desc())).all())


def list_all_changes(
    session: Session, *, who: str = "", group: str = "", first: date | None = None, last: date | None = None, page: int = 1
) -> HistoryPage:
    """Every change by ``who`` to records of ``group`` (one of ``GROUPS``) from ``first`` to ``last`` (both inclusive, the union's days);
    what is left empty does not matter. A page beyond the last is the last. Raises: NotYours."""
    require(session, Act.SEE_HISTORY)
    wanted = list(_wanted(who, group, first, last))
    total = session.exec(select(func.count()).select_from(Change).where(*wanted)).one()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    query = select(Change).where(*wanted).order_by(col(Change.id).desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return HistoryPage(tell_changes(session, session.exec(query).all()), total, page, pages)


def list_authors(session: Session) -> tuple[str, ...]:
    """Everybody who ever changed something, by name. Raises: NotYours."""
    require(session, Act.SEE_HISTORY)
    return tuple(session.exec(select(Change.who).distinct().order_by(Change.who)))


def _wanted(who: str, group: str, first: date | None, last: date | None) -> Iterable[ColumnElement[bool]]:
    if who:
        yield col(Change.who) == who
    if group:
        yield col(Change.noun).in_(GROUPS[group])
    if first:
        yield col(Change.at_utc) >= _begin(first)
    if last:
        yield col(Change.at_utc) < _begin(last + timedelta(days=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(TIME_ZONE))


def _is(noun: str) -> ColumnElement[bool]:
    return (col(Change.noun) == noun) & (col(Change.action) != ChangeAction.REVEAL.value)
