"""The change log: every service that writes says here who changed what."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any
from zlib import crc32

from sqlmodel import Session, SQLModel, col, select

from unionboard.errors.saving import Difference, StaleSave
from unionboard.models.changelog import Change, ChangeAction
from unionboard.models.plan import Section

PRIVATE_FIELDS = frozenset({"recipient"})
PRIVATE_OF = {
    "care_visit": frozenset({"kind", "goods", "visitors", "paper_seen"}),
    "access_token": frozenset({"token"}),
    "message_channel": frozenset({"address"}),
}
"""Covered in the log, of any row or of rows of a table: it can be neither changed nor erased, and whoever is visited must be
forgettable; day and sum together with the occasion would say who it was. Source: domain notes D2."""
_OF_VISITS = frozenset({"rule_id", "rule_name", "rule_source", "word", "reason"})
"""Nor, for the same reason, what a ceiling said of a visit."""
COVERED = "***"
"""What the log has in place of something private: that it was there, or changed, and never what it was."""
_DIGESTED = frozenset({"password_hash", "token_sha256"})
"""Of these only a digest: whoever exchanged one past the program is found, and the log lets nobody sign in."""
_UNTOLD = frozenset({"version", "union_id"})
"""How often a row was changed the log tells by itself; whose it is, too: a union's log is its own."""
QUIET = (ChangeAction.SIGN_IN, ChangeAction.SIGN_OUT, ChangeAction.UNLOCK, ChangeAction.REVEAL, ChangeAction.EXPORT)
"""Lines that tell of people, not of the data."""


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def row_id(row: SQLModel) -> int:
    """What the log knows a stored row by: its id, of a book its year, of what is kept under a code a number made of the code."""
    code = getattr(row, "code", None)
    if code is not None:
        return crc32(str(code).encode()) >> 1  # 31 bits: the column is a signed whole number
    return int(getattr(row, "id", None) or getattr(row, "year"))


def snapshot(row: SQLModel) -> dict[str, Any]:
    """A row's fields as JSON values, without its version; of what is private only whether anything is there (``COVERED``)."""
    private = private_fields(row)
    told = {name: _plain(getattr(row, name)) for name in type(row).model_fields if name not in _UNTOLD}
    told |= {name: COVERED for name in private if told.get(name)}
    return {name: _digest(value) if name in _DIGESTED else value for name, value in told.items()}


def private_fields(row: SQLModel) -> frozenset[str]:
    """The fields of ``row`` that are covered in the log."""
    private = PRIVATE_FIELDS | PRIVATE_OF.get(str(type(row).__tablename__), frozenset())
    return private | _OF_VISITS if getattr(row, "care_visit_id", None) is not None else private


def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:16] if value else ""


def record_change(
    session: Session,
    row: SQLModel,
    *,
    action: ChangeAction,
    who: str,
    now_utc: datetime,
    before: dict[str, Any] | None = None,
    touched: Collection[str] = (),
) -> Change:
    """Log one change of ``row`` (flushed first, so that it has an id); with ``before``, an earlier snapshot, only what differs.

    ``touched``: fields that were changed although their snapshots, being covered, are alike.
    """
    session.flush()
    after = snapshot(row)
    if before is not None:
        differing = [name for name in after if after[name] != before.get(name) or name in touched]
        before = {name: before.get(name) for name in differing}
        after = {name: after[name] for name in differing}
    change = Change(
        at_utc=now_utc,
        who=who,
        action=action.value,
        noun=str(type(row).__tablename__),
        row_id=row_id(row),
        before=before,
        after=after,
    )
    session.add(change)
    session.flush()
    return change


def record_creations(session: Session, rows: Sequence[SQLModel], *, who: str, now_utc: datetime) -> None:
    """Log that ``rows`` were made, as ``record_change`` would one by one, in two statements."""
    session.flush()
    session.add_all(
        Change(
            at_utc=now_utc,
            who=who,
            action=ChangeAction.CREATE.value,
            noun=str(row.__tablename__),
            row_id=row_id(row),
            after=snapshot(row),
        )
        for row in rows
    )
    session.flush()


def change_row(session: Session, row: SQLModel, *, action: ChangeAction, who: str, now_utc: datetime, **values: object) -> None:
    """Set ``values`` on a row that has no version and log it as ``action``; nothing is written when nothing differs."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    if snapshot(row) != before:
        session.add(row)
        record_change(session, row, action=action, who=who, now_utc=now_utc, before=before)


def move_row(session: Session, row: SQLModel, *, who: str, now_utc: datetime, **values: object) -> None:
    """Set ``values`` on a versioned row that was loaded for just this, and log it; whoever must be refused when late asks before."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    setattr(row, "version", getattr(row, "version") + 1)
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)


def drop_row(session: Session, row: SQLModel, *, who: str, now_utc: datetime) -> None:
    """Delete ``row``; the log keeps what stood in it."""
    session.add(
        Change(
            at_utc=now_utc,
            who=who,
            action=ChangeAction.REMOVE.value,
            noun=str(row.__tablename__),
            row_id=row_id(row),
            before=snapshot(row),
        )
    )
    session.delete(row)
    session.flush()


def update_row(session: Session, row: SQLModel, *, version: int, who: str, now_utc: datetime, **values: Any) -> bool:
    """Set ``values`` on a versioned row and log it; returns whether anything differed.

    ``version`` is the one the editor saw. Raises: StaleSave when the row has moved on and a value differs from what is stored now.
    """
    before = snapshot(row)
    differing = {name: value for name, value in values.items() if _plain(getattr(row, name)) != _plain(value)}
    if not differing:
        return False
    if getattr(row, "version") != version:
        told = [
            Difference(field, _told(session, field, before[field]), _told(session, field, _plain(yours)))
            if field not in private_fields(row)
            else Difference(field, COVERED, COVERED)
            for field, yours in differing.items()
        ]
        last = next(iter(list_changes(session, noun=str(type(row).__tablename__), row_id=row_id(row))), None)
        raise StaleSave(
            differences=told, version=getattr(row, "version"), who=last.who if last else "", at_utc=last.at_utc if last else None
        )
    for name, value in differing.items():
        setattr(row, name, value)
    setattr(row, "version", version + 1)
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before, touched=differing)
    return True


def _told(session: Session, field: str, value: Any) -> Any:
    """A section by its heading, which says more than its number."""
    section = session.get(Section, value) if field == "section_id" and value is not None else None
    return value if section is None else section.heading


def current_pulse(session: Session) -> int:
    """A number that grows with every change: equal pulses mean nothing changed in between. That somebody came or looked changes nothing."""
    query = select(Change.id).where(col(Change.action).not_in(QUIET)).order_by(col(Change.id).desc()).limit(1)
    return session.exec(query).first() or 0


def tell_moment(session: Session, *, today: date) -> str:
    """What a page drawn now rests on: the pulse, and the day, whose end makes things late. Equal texts: nothing to draw again."""
    return write_moment(today, current_pulse(session))


def write_moment(today: date, pulse: int) -> str:
    """The same of a pulse that is known."""
    return f"{today.isoformat()}/{pulse}"


def list_changes(session: Session, *, noun: str, row_id: int) -> list[Change]:
    """A record's history, newest first."""
    query = select(Change).where(Change.noun == noun, Change.row_id == row_id).order_by(Change.id.desc())  # type: ignore[union-attr]
    return list(session.exec(query))
