"""The change log is played again from its first line: what it comes to is what must be stored now, or somebody wrote past the program.

Every record is logged when it is made and at each change, with what stood there before; so a row that was changed, slipped in or deleted in
the database file is found, and so is a line of the log that was. Whether the log itself was written anew says ``chain_check``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from unionboard import models
from unionboard.models import Change, FundYear, Occurrence, Safekeeping, SummaryBlock
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import row_id, snapshot
from unionboard.services.duties import TURNS

REPLAYED: tuple[type[SQLModel], ...] = (
    models.Union,
    models.Member,
    models.Account,
    models.Safekeeping,
    models.Plan,
    models.Section,
    models.Measure,
    models.Activity,
    models.CheckOff,
    models.Evidence,
    models.Meeting,
    models.AgendaItem,
    models.Attendance,
    models.Decision,
    models.FundYear,
    models.FundMonth,
    models.FundPolicy,
    models.OwnItem,
    models.OwnOccasion,
    models.BudgetLine,
    models.BudgetAmendment,
    models.Claim,
    models.FundPaper,
    models.CareVisit,
    models.Handout,
    models.CeilingRule,
    models.CeilingFinding,
    models.LedgerImport,
    models.ImportMapping,
    models.SummaryDraft,
    models.SummaryBlock,
    models.SummaryDecision,
    models.SummaryTemplate,
    models.AccessToken,
    models.MessageChannel,
    models.MessagePolicy,
)
NOT_REPLAYED: Mapping[type[SQLModel], str] = {
    models.Change: "the log itself: see chain_check",
    models.FundEntry: "has sentences of its own: see book_check",
    models.Occurrence: "all turns of an activity are one record of the log, see duties.TURNS",
    models.SignIn: "comes and goes with a browser; the log tells of signing in and out",
    models.SentMessage: "what was sent to groups, and told there; nobody made it",
    models.SummaryTyping: "not saved yet",
}
_MADE_UNTOLD: tuple[type[SQLModel], ...] = (FundYear, Safekeeping, SummaryBlock)
"""Rows the program makes by itself, without anything people said in them."""
_WORKED_OUT: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"left_out"}),
    "section": frozenset({"as_read"}),
    "measure": frozenset({"as_read"}),
    "activity": frozenset({"as_read"}),
    "safekeeping": frozenset({"key_id", "drill_at_utc", "drill_backup"}),
    "access_token": frozenset({"used_on"}),
    "summary_block": frozenset({"kind", "position", "heading", "sentences", "base", "base_at_change", "base_as_of", "choices"}),
}
"""What the program reads from a document or writes from the records, over and over: no news for the log."""
_DEEDS = frozenset(
    {
        ChangeAction.CREATE,
        ChangeAction.UPDATE,
        ChangeAction.REMOVE,
        ChangeAction.RESTORE,
        ChangeAction.CHECK_OFF,
        ChangeAction.UNDO,
        ChangeAction.REVERSE,
    }
)
_BESIDE = ("month", "number", "item")
"""With the year, what people know a record by, if it has one of these."""


class Contradiction(StrEnum):
    CHANGED = "changed"  # the row is not what the log says it became
    GONE = "gone"  # the log knows the row, and it is not there
    UNLOGGED = "unlogged"  # the row is there, and the log does not know it
    LOG_CHANGED = "log_changed"  # two lines of the log do not fit each other


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A record of table ``noun`` that contradicts the log; ``name`` is what people know it by."""

    contradiction: Contradiction
    noun: str
    name: str


def replay_log(session: Session) -> Iterator[Contradicted]:
    """Every record that is not what the change log made it, table by table. Two queries a table."""
    for table in REPLAYED:
        noun = str(table.__tablename__)
        rows = {row_id(row): snapshot(row) for row in session.exec(select(table))}
        untold = {id_: snapshot(_begin(table, row)) for id_, row in rows.items()} if table in _MADE_UNTOLD else {}
        yield from _replay(session, noun, rows, untold)
    yield from _replay(session, TURNS, _tell_all_turns(session), {})


def is_signed_twice_alike(change: Change) -> bool:
    """Whether who and when of a line of the log are those of the record whose making it tells."""
    after = change.after or {}
    at_utc = change.at_utc.isoformat()
    return bool(after.get("who", change.who) == change.who and after.get("created_at_utc", at_utc) == at_utc)


def _begin(table: type[SQLModel], row: Mapping[str, Any]) -> SQLModel:
    """A row the program made by itself, before anybody said anything in it."""
    keys = ("id", "year", "draft_id", "key")
    return table(**{name: row[name] for name in keys if name in row})


def _tell_all_turns(session: Session) -> dict[int, dict[str, Any]]:
    turns: dict[int, dict[str, Any]] = defaultdict(lambda: {TURNS: []})
    for row in session.exec(select(Occurrence).order_by(col(Occurrence.id))):
        turns[row.activity_id][TURNS].append([row.id, row.number, row.due_from.isoformat(), row.due_to.isoformat()])
    return turns


def _replay(
    session: Session, noun: str, rows: Mapping[int, Mapping[str, Any]], untold: Mapping[int, Mapping[str, Any]]
) -> Iterator[Contradicted]:
    left_out = _WORKED_OUT.get(noun, frozenset())
    told: dict[int, dict[str, Any]] = defaultdict(dict, {id_: dict(fields) for id_, fields in untold.items()})
    broken: dict[int, None] = {}
    for change in session.exec(select(Change).where(Change.noun == noun, col(Change.action).in_(_DEEDS)).order_by(col(Change.id))):
        known = told[change.row_id]
        if (change.action == ChangeAction.CREATE and not is_signed_twice_alike(change)) or _differ(known, change.before or {}, left_out):
            broken[change.row_id] = None
        if change.action == ChangeAction.REMOVE and change.after is None:  # the row was deleted, not stamped
            del told[change.row_id]
        else:
            known |= change.after or {}
    for id_ in broken:
        yield Contradicted(Contradiction.LOG_CHANGED, noun, _name(told.get(id_, {}), id_))
    for id_, now in rows.items():
        known = told.pop(id_, {})
        if not known:
            yield Contradicted(Contradiction.UNLOGGED, noun, _name(now, id_))
        elif _differ(now, known, left_out):
            yield Contradicted(Contradiction.CHANGED, noun, _name(now, id_))
    for id_, known in told.items():
        if noun != TURNS or known[TURNS]:
            yield Contradicted(Contradiction.GONE, noun, _name(known, id_))


def _differ(one: Mapping[str, Any], other: Mapping[str, Any], left_out: Collection[str]) -> bool:
    """Whether a field that both know has two values."""
    return any(name in one and one[name] != value and name not in left_out for name, value in other.items())


def _name(fields: Mapping[str, Any], id_: int) -> str:
    beside = next((fields[name] for name in _BESIDE if name in fields), None) if "year" in fields else None
    if beside is None or "state" in fields:  # a claim has a year and an item too
        return str(id_)
    return f"{fields['year']}-{beside:02}" if isinstance(beside, int) else f"{fields['year']} {beside}"
