"""The change log is played again from its first line: what it comes to is what must be stored now, or somebody wrote past the program.

Every record the money rests on is logged when it is made and at each change, with what stood there before; so a row that was changed,
slipped in or deleted in the database file is found, and so is a line of the log that was.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from unionboard.models import (
    BudgetAmendment,
    BudgetLine,
    CareVisit,
    CeilingFinding,
    CeilingRule,
    Change,
    Claim,
    Evidence,
    FundMonth,
    FundPaper,
    FundPolicy,
    FundYear,
    Handout,
    OwnItem,
)
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import row_id, snapshot

REPLAYED: tuple[type[SQLModel], ...] = (
    FundYear,
    FundMonth,
    FundPolicy,
    OwnItem,
    BudgetLine,
    BudgetAmendment,
    Claim,
    FundPaper,
    CareVisit,
    Handout,
    CeilingRule,
    CeilingFinding,
    Evidence,
)
"""Ledger entries are not among them: they have sentences of their own, see ``verification``."""

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
        yield from _replay(session, table)


def is_signed_twice_alike(change: Change) -> bool:
    """Whether who and when of a line of the log are those of the record whose making it tells."""
    after = change.after or {}
    at_utc = change.at_utc.isoformat()
    return bool(after.get("who", change.who) == change.who and after.get("created_at_utc", at_utc) == at_utc)


def _replay(session: Session, table: type[SQLModel]) -> Iterator[Contradicted]:
    noun = str(table.__tablename__)
    rows = {row_id(row): row for row in session.exec(select(table))}
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    if table is FundYear:  # its rows are made by whoever needs one first
        told |= {year: snapshot(FundYear(year=year)) for year in rows}
    broken: dict[int, None] = {}
    changes = select(Change).where(Change.noun == noun, Change.action != ChangeAction.REVEAL.value).order_by(col(Change.id))
    for change in session.exec(changes):
        known = told[change.row_id]
        is_made = change.action == ChangeAction.CREATE.value
        if (is_made and not is_signed_twice_alike(change)) or any(
            name in known and known[name] != value for name, value in (change.before or {}).items()
        ):
            broken[change.row_id] = None
        if change.action == ChangeAction.REMOVE.value and change.after is None:  # the row was deleted, not stamped
            del told[change.row_id]
        else:
            known |= change.after or {}
    for id_ in broken:
        yield Contradicted(Contradiction.LOG_CHANGED, noun, _name(told.get(id_, {}), id_))
    for id_, row in rows.items():
        now, known = snapshot(row), told.pop(id_, {})
        if not known:
            yield Contradicted(Contradiction.UNLOGGED, noun, _name(now, id_))
        elif any(name in now and now[name] != value for name, value in known.items()):
            yield Contradicted(Contradiction.CHANGED, noun, _name(now, id_))
    for id_, known in told.items():
        yield Contradicted(Contradiction.GONE, noun, _name(known, id_))


def _name(fields: Mapping[str, Any], id_: int) -> str:
    beside = next((fields[name] for name in _BESIDE if name in fields), None) if "year" in fields else None
    if beside is None or "state" in fields:  # a claim has a year and an item too
        return str(id_)
    return f"{fields['year']}-{beside:02}" if isinstance(beside, int) else f"{fields['year']} {beside}"
