"""Names of those who were visited: only after somebody asked for them, which is written down, and only for the chair and the treasurer.

Source: domain notes D2 (details behind an explicit unlock that is logged and expires; names forgotten after the keeping period).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from unionboard.errors.care import NamesNotYours
from unionboard.models import CareVisit, Change
from unionboard.models.changelog import ChangeAction
from unionboard.services.roles import Role, read_committee

SHOWN_FOR = timedelta(minutes=10)
"""How long names stay on the screen after they were asked for."""
READERS = (Role.CHAIR, Role.TREASURER)


def may_read_names(session: Session, who: str) -> bool:
    """Whether ``who`` is the chair or the treasurer on the committee's list; where the list names neither, whoever works at this
    computer is, but for the audit committee."""
    committee = read_committee(session)
    if Role.AUDIT in committee.roles_of(who):
        return False
    return not committee.holders(*READERS) or bool(committee.roles_of(who) & frozenset(READERS))


def reveal(session: Session, visit_ids: Collection[int], *, who: str, now_utc: datetime) -> dict[int, str]:
    """The names (or codes) of those visited, by visit; every visit asked for is written into the change log.

    That it is asked at this computer, and not by a phone, is the caller's to make sure. Raises: NamesNotYours.
    """
    if not may_read_names(session, who):
        raise NamesNotYours
    rows = session.exec(select(CareVisit).where(col(CareVisit.id).in_(visit_ids), col(CareVisit.removed).is_(False))).all()
    for row in rows:
        session.add(
            Change(at_utc=now_utc, who=who, action=ChangeAction.REVEAL.value, noun=str(CareVisit.__tablename__), row_id=row.id or 0)
        )
    session.flush()
    return {row.id or 0: row.recipient for row in rows}


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

    Raises: NamesNotYours.
    """
    if not may_read_names(session, who):
        raise NamesNotYours
    rows = _named(session, last)
    for row in rows:
        row.recipient = ""
        row.version += 1
        session.add(row)
        session.add(
            Change(
                at_utc=now_utc,
                who=who,
                action=ChangeAction.UPDATE.value,
                noun=str(CareVisit.__tablename__),
                row_id=row.id or 0,
                after={"forgotten": True},
            )
        )
    session.flush()
    return len(rows)


def _named(session: Session, last: date) -> list[CareVisit]:
    return list(session.exec(select(CareVisit).where(CareVisit.visited_on <= last, CareVisit.recipient != "")))
