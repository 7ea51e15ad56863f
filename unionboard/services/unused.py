"""An installation in which nobody has recorded anything, or nothing but the first answers: there an export may be brought in.

The first answers are what the welcome page asks for: the union's name and kind. They give way to what is brought in, and the log begins
anew with it; that they were there is said in it, so that a backup of that hour is no riddle.
"""

from collections.abc import Sequence
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, delete, literal, select
from sqlmodel import Session

from unionboard import db
from unionboard.config import HOME_UNION
from unionboard.migrations.append_only import allow_changes, forbid_changes
from unionboard.models import Change, Union, metadata
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import bind_union
from unionboard.services.chain_check import RESTORED, ChainHead, read_head
from unionboard.services.open_staging import BEGUN_WITH
from unionboard.services.union_tree import list_logged

_UNION, _LOG = str(Union.__tablename__), str(Change.__tablename__)


def is_empty(engine: Engine) -> bool:
    """Whether nobody has recorded anything here: not even an account or a line of the log."""
    with db.as_program(engine).connect() as connection:
        return not _any_row(connection, except_for=())


def is_unused(engine: Engine) -> bool:
    """Whether there is nothing here, or nothing but the first answers."""
    with db.as_program(engine).connect() as connection:
        return is_unused_within(connection)


def is_unused_within(connection: Connection) -> bool:
    """The same within a transaction: the one union and the lines of the log that tell of it, or of a demo year that was put away."""
    if _any_row(connection, except_for=(_UNION, _LOG)):
        return False
    unions, log = metadata.tables[_UNION].c, metadata.tables[_LOG].c
    if connection.execute(select(unions.id).where(unions.id != HOME_UNION).limit(1)).first() is not None:
        return False
    others = connection.execute(select(log.noun, log.after).where(log.noun != _UNION).limit(2)).all()
    return all(noun == RESTORED and (after or {}).get("left") for noun, after in others)


def clear(connection: Connection) -> tuple[ChainHead, ...]:
    """Take everything away in the open transaction of an unused installation; where its log ended, and that of a demo year before it."""
    with Session(connection, info={"union": None}, join_transaction_mode="create_savepoint") as session:
        head = read_head(session)
    log = metadata.tables[_LOG]
    told = [after for (after,) in connection.execute(select(log.c.after).where(log.c.noun == RESTORED))]
    for noun in (*BEGUN_WITH, _UNION):
        connection.execute(delete(metadata.tables[noun]))
    if head.id == 0:
        return ()
    with Operations.context(MigrationContext.configure(connection)):
        allow_changes(_LOG)
        connection.execute(delete(log))
        forbid_changes(_LOG)
    return (*(ChainHead(one["replaced_chain_id"], str(one["replaced_chain_sha256"])) for one in told), head)


def note_cleared(connection: Connection, left: Sequence[ChainHead], *, who: str, now_utc: datetime) -> None:
    """In the log of every union that came in: what was written here before ended at ``left``, and has gone."""
    if not left:
        return
    with Session(connection, info={"union": None}, join_transaction_mode="create_savepoint") as session, session.begin():
        for union in list_logged(session):
            bind_union(session, union)
            for head in left:
                told = {
                    "chain_sha256": read_head(session).sha256,
                    "newest_id": 0,  # nothing of it is in what came in
                    "replaced_chain_id": head.id,
                    "replaced_chain_sha256": head.sha256,
                }
                action = ChangeAction.RESTORE.value
                session.add(Change(at_utc=now_utc, who=who, action=action, noun=RESTORED, row_id=0, after=told))
                session.flush()


def _any_row(connection: Connection, *, except_for: Sequence[str]) -> bool:
    """Whoever records anything leaves a line in the log, so that is asked first and mostly alone."""
    tables = [table for name, table in metadata.tables.items() if name not in {*BEGUN_WITH, *except_for}]
    tables.sort(key=lambda table: table.name != _LOG)
    return any(connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in tables)
