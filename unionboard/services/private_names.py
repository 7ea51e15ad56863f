"""Names of those who were visited: only after somebody asked for them, which is written down, and only for the chair and the treasurer.

Source: domain notes D2 (details behind an explicit unlock that is logged and expires; names forgotten after the keeping period).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from unionboard.config import COMMAND_LINE
from unionboard.errors.care import NamesNotYours
from unionboard.models import CareVisit, Change
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, snapshot
from unionboard.services.guard import actor_of, require, require_unlocked
from unionboard.services.permissions import Act
from unionboard.services.roles import Role, read_committee

SHOWN_FOR = timedelta(minutes=10)
"""How long names stay on the screen after they were unlocked."""
READERS = (Role.CHAIR, Role.TREASURER)
_TELLING = ("recipient", "goods", "visitors", "paper_seen")


def may_read_names(session: Session, who: str) -> bool:
    """Whether the account that acts may see names; whoever has the files has them. Where there are no accounts: whether ``who`` is the
    chair or the treasurer on the committee's list; where the list names neither, whoever works at this computer is, but for the audit
    committee."""
    actor = actor_of(session)
    if actor is not None and (actor.account_id is not None or actor.origin == COMMAND_LINE or not actor.may(Act.SEE_NAMES)):
        return actor.may(Act.SEE_NAMES)
    committee = read_committee(session)
    if Role.AUDIT in committee.roles_of(who):
        return False
    return not committee.holders(*READERS) or bool(committee.roles_of(who) & frozenset(READERS))


def reveal(session: Session, visit_ids: Collection[int], *, who: str, now_utc: datetime) -> dict[int, str]:
    """The names (or codes) of those visited, by visit; every visit asked for is written into the change log.

    That it is asked at a computer, and not by a phone, is the caller's to make sure. Raises: NotYours, NamesNotYours, Locked.
    """
    require_names(session, who=who, now_utc=now_utc)
    rows = session.exec(select(CareVisit).where(col(CareVisit.id).in_(visit_ids), col(CareVisit.removed).is_(False))).all()
    for row in rows:
        session.add(
            Change(at_utc=now_utc, who=who, action=ChangeAction.REVEAL.value, noun=str(CareVisit.__tablename__), row_id=row.id or 0)
        )
    session.flush()
    return {row.id or 0: row.recipient for row in rows}


def list_names(session: Session, visit_ids: Collection[int]) -> dict[int, str]:
    """The same for a file, which ``exports.record_export`` has written down already. Raises: NotYours."""
    require(session, Act.EXPORT_NAMES)
    rows = session.exec(select(CareVisit).where(col(CareVisit.id).in_(visit_ids), col(CareVisit.removed).is_(False))).all()
    return {row.id or 0: row.recipient for row in rows}


def require_names(session: Session, *, who: str, now_utc: datetime) -> None:
    """Whoever acts may be shown names, now. Raises: NotYours, NamesNotYours, Locked."""
    require(session, Act.SEE_NAMES)
    if not may_read_names(session, who):
        raise NamesNotYours
    require_unlocked(session, now_utc=now_utc)


@dataclass(frozen=True, slots=True)
class Look:
    """When names were last asked for, and by whom."""

    who: str
    at_utc: datetime


def last_look(session: Session) -> Look | None:
    """The last time anybody asked for names; None: nobody ever did."""
    query = select(Change).where(Change.noun == CareVisit.__tablename__, Change.action == ChangeAction.REVEAL.value)
    change = session.exec(query.order_by(col(Change.id).desc()).limit(1)).first()
    return None if change is None else Look(change.who, change.at_utc)


def count_names(session: Session, *, last: date) -> int:
    """How many visits up to ``last`` (inclusive) still keep a name."""
    return len(_named(session, last))


def forget_names(session: Session, *, last: date, who: str, now_utc: datetime) -> int:
    """Erase the names of all visits up to ``last`` (inclusive), taken back ones too; how many there were. Counts and sums stay.

    Backups made before keep them, sealed, as long as they are kept themselves. Raises: NotYours, NamesNotYours.
    """
    require(session, Act.SEE_NAMES)
    if not may_read_names(session, who):
        raise NamesNotYours
    rows = _named(session, last)
    for row in rows:
        _erase(session, row, ("recipient",), who=who, now_utc=now_utc)
    return len(rows)


def forget_visits(session: Session, visit_ids: Collection[int], *, who: str, now_utc: datetime) -> int:
    """Erase all that would tell whom these visits were for, taken back ones too; how many had anything to erase. The right to is the
    caller's to ask for: the recycle bin does this by itself."""
    rows = session.exec(select(CareVisit).where(col(CareVisit.id).in_(visit_ids)).order_by(col(CareVisit.id))).all()
    told = [row for row in rows if any(getattr(row, name) for name in _TELLING)]
    for row in told:
        _erase(session, row, _TELLING, who=who, now_utc=now_utc)
    return len(told)


def _erase(session: Session, row: CareVisit, fields: Iterable[str], *, who: str, now_utc: datetime) -> None:
    """The log says that something is gone, and keeps nothing of it."""
    before = snapshot(row)
    for name in fields:
        setattr(row, name, "")
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)


def _named(session: Session, last: date) -> list[CareVisit]:
    return list(session.exec(select(CareVisit).where(CareVisit.visited_on <= last, CareVisit.recipient != "")))
