"""What becomes another where an export is brought in: the number of a union that was one of many, and the key that names are sealed with.

It is written into the change log, so that the log still tells of every record how it came to be what it is.
"""

from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from unionboard import secrecy
from unionboard.config import HOME_UNION
from unionboard.models import Change, Union
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import move_row, snapshot
from unionboard.services.keys import load_safekeeping
from unionboard.services.open_format import Package


def settle(target: Connection, package: Package, *, above: int | None, who: str, now_utc: datetime) -> None:
    """Make the rows in the open transaction of ``target`` those of this installation. ``above``: the union under which the one in the
    export was, which did not come along."""
    with Session(target, info={"union": HOME_UNION}, join_transaction_mode="create_savepoint") as session, session.begin():
        if package.union is not None:
            _tell_union(session, package.union, above=above, who=who, now_utc=now_utc)
        if package.with_names or not package.sealed:
            _take_own_key(session, who=who, now_utc=now_utc)


def _tell_union(session: Session, number: int, *, above: int | None, who: str, now_utc: datetime) -> None:
    """The log knows the union by its old number, and under another."""
    union = session.exec(select(Union).order_by(col(Union.id))).first()
    if union is None:
        return
    now = snapshot(union)
    before = now | {"id": number, "above_id": above}

    def note(action: ChangeAction, row_id: int, before: dict[str, object] | None, after: dict[str, object] | None) -> None:
        noun = str(Union.__tablename__)
        session.add(Change(at_utc=now_utc, who=who, action=action.value, noun=noun, row_id=row_id, before=before, after=after))
        session.flush()

    if number != HOME_UNION:
        note(ChangeAction.REMOVE, number, before, None)
        note(ChangeAction.CREATE, HOME_UNION, None, now)
    elif above is not None:
        note(ChangeAction.UPDATE, HOME_UNION, {"above_id": above}, {"above_id": None})


def _take_own_key(session: Session, *, who: str, now_utc: datetime) -> None:
    """Everything personal is sealed with the key here, or nothing is: of that key nobody has said yet that a copy is kept elsewhere."""
    row, own = load_safekeeping(session), secrecy.create_key()
    if row.key_id == own:
        return
    row.key_id = own
    if row.key_kept_at_utc is not None:
        move_row(session, row, who=who, now_utc=now_utc, key_kept_at_utc=None)
    session.add(row)
